"""A kind is one module, two templates, an entry in the registry and one test module, and nobody else knows its name.

The check takes a path and a source and gives what is wrong with it, so that its tests can hand in small wrong sources.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from feedback.kinds import kinds
from feedback.kinds.base import Kind

from .example import example

ROOT = Path(settings.BASE_DIR)
MODULES, TEMPLATES, TESTS = Path("feedback/kinds"), Path("templates/feedback/kinds"), Path("tests/feedback/kinds")
REGISTRY = MODULES / "__init__.py"
LISTS = ast.Dict | ast.Set | ast.List | ast.Tuple


def own_files(kind: str) -> set[Path]:
    """Everything a kind may be made of; its script only if its form needs one."""
    module, test = MODULES / f"{kind}.py", TESTS / f"test_{kind}.py"
    templates = {TEMPLATES / f"{kind}_input.html", TEMPLATES / f"{kind}_summary.html"}
    return {module, test, *templates, Path(f"static/js/{kind}.js")}


def named(path: str, source: str) -> list[str]:
    """Where a file outside a kind's own takes its name for that of a kind."""
    find = {".py": _in_python, ".html": _in_template, ".js": _in_script}[Path(path).suffix]
    found = {(line, kind) for line, kind in find(source) if Path(path) not in own_files(kind)}
    return [f"{path}:{line} knows of {kind}" for line, kind in sorted(found)]


def _in_python(source: str) -> Iterator[tuple[int, str]]:
    """Compared with a kind, looked up among the kinds, given or stored as one, listed with others, imported.

    A name alone is no offence: "text" is a field of a question too.
    """
    for node in ast.walk(ast.parse(source)):
        where: list[ast.AST | None] = []
        match node:
            case ast.Compare() if any(map(_is_a_kind, [node.left, *node.comparators])):
                where = [node]
            case ast.Match() if _is_a_kind(node.subject):
                where = [case.pattern for case in node.cases]
            case ast.Subscript() if _last_name(node.value) == "kinds":
                where = [node.slice]
            case ast.Call(func=ast.Attribute(value=value)) if _last_name(value) == "kinds":
                where = [*node.args]
            case ast.keyword() if "kind" in re.split("_+", node.arg or ""):
                where = [node.value]
            case ast.Dict() if any(isinstance(key, ast.Constant) and key.value == "kind" for key in node.keys):
                where = [v for k, v in zip(node.keys, node.values, strict=True) if k and ast.unparse(k) == "'kind'"]
            case ast.ImportFrom() | ast.Import():
                yield from ((node.lineno, name) for alias in node.names for name in _imported(node, alias.name))
        if isinstance(node, LISTS):
            where.append(_all_names_of_kinds(node))
        yield from ((part.lineno, kind) for one in where if one for part, kind in _names(one))


def _names(node: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value in kinds:
            yield part, part.value


def _last_name(node: ast.AST | None) -> str:
    """What is meant by `question.kind`, `kind`, `data["kind"]` and `form.data.get("kind")`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name
        case ast.Subscript(slice=inner) | ast.Call(args=[inner, *_]):
            return _last_name(inner)
    return ""


def _is_a_kind(node: ast.AST) -> bool:
    name = f"{_last_name(node.value)}" if isinstance(node, ast.Attribute) and node.attr == "name" else _last_name(node)
    return "kind" in name.split("_")


def _all_names_of_kinds(node: ast.AST) -> ast.AST | None:
    """A table or a list of two kinds and more, and nothing else."""
    members = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
    words = [member.value for member in members if isinstance(member, ast.Constant)]
    is_one = len(words) == len(members) > 1 and all(isinstance(word, str) and word in kinds for word in words)
    return ast.Tuple(members) if is_one else None


def _imported(node: ast.Import | ast.ImportFrom, name: str) -> list[str]:
    whole = f"{getattr(node, 'module', None) or ''}.{name}"
    found = re.search(r"(?:^|\.)kinds\.(\w+)", whole)
    return [found[1]] if found and found[1] in kinds else []


def _in_template(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines(), start=1):
        for kind in kinds:
            for tag in re.findall(r"{[{%].*?[}%]}", line):
                if re.search(r"\bkind\b", tag) and re.search(rf"[\"']{kind}[\"']", tag):
                    yield number, kind
            if re.search(rf"kinds/{kind}_|kind\w*\s*=\s*[\"']?{kind}\b", line):
                yield number, kind


def _in_script(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines(), start=1):
        if re.search(r"kind\b", line, re.IGNORECASE):
            yield from ((number, kind) for kind in kinds if re.search(rf"[\"'`=]{kind}[\"'`\]]", line))


def sources() -> list[Path]:
    patterns = [f"{floor}/**/*.py" for floor in ("agenda", "feedback", "sessions", "masterclass")]
    found = {file for pattern in [*patterns, "templates/**/*.html", "static/js/**/*.js"] for file in ROOT.glob(pattern)}
    return sorted(file.relative_to(ROOT) for file in found if "migrations" not in file.parts)


def test_nobody_else_knows_a_kind_by_its_name() -> None:
    paths = [path for path in sources() if path != REGISTRY]
    assert len(paths) > 150
    assert [said for path in paths for said in named(str(path), (ROOT / path).read_text("utf-8"))] == []


@pytest.mark.parametrize("kind", list(kinds))
class TestEachKind:
    def test_it_is_one_module_with_one_class(self, kind: str) -> None:
        made = type(kinds[kind])
        assert Path(inspect.getfile(made)).relative_to(ROOT) == MODULES / f"{kind}.py"
        module = inspect.getmodule(made)
        others = [one for _, one in inspect.getmembers(module, inspect.isclass) if issubclass(one, Kind)]
        assert {one for one in others if one.__module__ == made.__module__} == {made}
        assert kinds[kind].name == kind == kind.lower()

    def test_it_has_two_templates(self, kind: str) -> None:
        found = {path.relative_to(ROOT) for path in (ROOT / TEMPLATES).iterdir() if path.stem.split("_")[0] == kind}
        assert found == {path for path in own_files(kind) if path.suffix == ".html"}

    def test_it_is_imported_and_entered_once(self, kind: str) -> None:
        source, made = (ROOT / REGISTRY).read_text("utf-8"), type(kinds[kind]).__name__
        assert source.count(f"from feedback.kinds.{kind} import {made}\n") == 1
        assert len(re.findall(rf"\b{made}\b", source)) == 2
        assert len(re.findall(rf"\b{made}\(\)", source)) == 1

    def test_its_tests_bring_an_example(self, kind: str) -> None:
        assert (ROOT / TESTS / f"test_{kind}.py").exists()
        assert example(kind).field_names

    def test_its_settings_typed_back_unchanged_are_the_same(self, kind: str) -> None:
        config = example(kind).config
        assert kinds[kind].settle(kinds[kind].typed(config), config) == config
        assert kinds[kind].typed(config).keys() == {setting.name for setting in kinds[kind].settings}

    def test_asked_without_preparation_it_needs_nothing_more(self, kind: str) -> None:
        quick = kinds[kind].quick
        assert quick is None or (quick.label and kinds[kind].fields(kinds[kind].settle(quick.typed)))

    def test_hands_go_up_for_options_only(self, kind: str) -> None:
        fields = kinds[kind].fields(example(kind).config)
        assert not kinds[kind].takes_hands or all(field.options for field in fields)

    def test_it_says_how_people_call_it_and_how_to_write_it_down(self, kind: str) -> None:
        assert kinds[kind].label
        assert f"| `{kind}` |" in (ROOT / "docs" / "documents.md").read_text("utf-8")


def test_no_template_is_left_of_a_kind_that_went() -> None:
    stems = {path.stem.rpartition("_")[0] for path in (ROOT / TEMPLATES).glob("[!_]*.html")}
    assert stems == set(kinds)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("sessions/x.py", "if question.kind == 'choice': pass"),
        ("sessions/x.py", "if 'choice' == kinds[question.kind].name: pass"),
        ("sessions/x.py", "known = question.kind in {'choice', row}"),
        ("sessions/x.py", "known = data['kind'] != 'choice'"),
        ("sessions/x.py", "known = data.get('kind') != 'choice'"),
        ("sessions/x.py", "match question.kind:\n    case 'choice':\n        pass"),
        ("feedback/x.py", "kind = kinds['choice']"),
        ("feedback/x.py", "kind = kinds.get('choice')"),
        ("feedback/x.py", "rows.filter(kind='choice')"),
        ("feedback/x.py", "rows.filter(question__kind__in=['choice', row])"),
        ("feedback/x.py", "row = {'kind': 'choice', 'text': words}"),
        ("feedback/x.py", "READ = ('choice', 'choice')"),
        ("feedback/x.py", "COLOURS = {'choice': 1, 'choice': 2}"),
        ("feedback/x.py", "from feedback.kinds.choice import NONE"),
        ("feedback/x.py", "from .kinds import choice"),
        ("feedback/kinds/base.py", "from feedback.kinds.choice import NONE"),
        ("feedback/kinds/text.py", "from feedback.kinds.choice import NONE"),
        ("templates/feedback/x.html", '{% if question.kind == "choice" %}'),
        ("templates/feedback/x.html", '{% include "feedback/kinds/choice_input.html" %}'),
        ("templates/feedback/x.html", '<div data-kind="choice">'),
        ("templates/feedback/kinds/text_input.html", "{% if question.kind == 'choice' %}"),
        ("static/js/x.js", 'if (form.dataset.kind === "choice") go();'),
        ("static/js/x.js", "find('[data-kind=\"choice\"]')"),
    ],
)
def test_a_name_in_another_file_is_reported(path: str, source: str) -> None:
    assert named(path, source) == [f"{path}:{2 if 'case' in source else 1} knows of choice"]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("feedback/x.py", "fields['text'].label = entry.kind"),
        ("feedback/x.py", "SAME_FIELDS = ('kind', 'text', 'scale')"),
        ("feedback/x.py", "from feedback.kinds import kinds\nfrom feedback.kinds.base import Kind"),
        ("agenda/x.py", "if slot.kind == 'lunch' and row['text'] == '': pass"),
        ("feedback/kinds/choice.py", "from feedback.kinds.choice import NONE"),
        ("templates/feedback/x.html", '<input type="text" class="choice">{% if question.kind == mine %}'),
        ("templates/feedback/kinds/choice_input.html", '{% if question.kind == "choice" %}'),
        ("static/js/x.js", 'button.type = "text";'),
        ("static/js/choice.js", 'if (form.dataset.kind === "choice") go();'),
    ],
)
def test_a_word_that_means_something_else_is_not(path: str, source: str) -> None:
    assert named(path, source) == []

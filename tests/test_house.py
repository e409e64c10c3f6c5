"""The house stands: four floors with no arrow back up, pure modules, and the rules of style.md that a machine can read.

Each check takes a path and a source and gives sentences about what is wrong with it, so the tests of the checks can
hand in small wrong sources.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignObjectRel

ROOT = Path(settings.BASE_DIR)
FLOORS = ("agenda", "feedback", "sessions", "masterclass")  # an arrow points from right to left
FOLDERS = {"agenda": "agenda", "feedback": "feedback", "sessions": "live"}  # app -> its folder of templates
LIBRARIES = {"kinds": "feedback", "live": "sessions", "markdown": "agenda"}
PURE = (
    "agenda/running_order.py",
    "agenda/daylog.py",
    "agenda/progress.py",
    "agenda/timing.py",
    "agenda/verbs.py",
    "agenda/recovery.py",
    "agenda/pace.py",
    "agenda/going_round.py",
    "agenda/register.py",
    "agenda/plan.py",
    "agenda/calendar.py",
    "agenda/slot_kinds.py",
    "agenda/typed.py",
    "agenda/drafting.py",
    "agenda/reading_choices.py",
    "agenda/again.py",
    "agenda/draft_notes.py",
    "agenda/draft_times.py",
    "agenda/draft_presses.py",
    "agenda/plan_changes.py",
    "agenda/day_line.py",
    "agenda/document.py",
    "agenda/toml_lines.py",
    "agenda/importers/",
    "feedback/kinds/",
    "feedback/bank.py",
    "feedback/confidentiality.py",
    "feedback/examples.py",
    "feedback/grouping.py",
    "feedback/alike.py",
    "feedback/shift.py",
    "feedback/report_text.py",
    "feedback/word_list.py",
    "feedback/exports/tables.py",
    "feedback/exports/csvfile.py",
    "feedback/exports/whole.py",
    "feedback/exports/tidy.py",
    "feedback/exports/figures.py",
    "feedback/exports/notes.py",
    "feedback/exports/sheet.py",
    "feedback/exports/sheets.py",
    "feedback/exports/said_sheets.py",
    "feedback/exports/run_sheets.py",
    "feedback/exports/readme.py",
    "masterclass/script_words.py",
    "masterclass/modules.py",
    "masterclass/joining.py",
    "masterclass/styles.py",
)
PURE_LIBRARIES = {"pydantic", "pydantic_core", "icalendar", "docx", "pptx", "openpyxl", "defusedxml"}
MARKS_SAFE = "agenda/markdown.py"  # what nh3 has cleaned, and nothing else
CLOCKS = {"now", "utcnow", "today", "time", "time_ns"}
LINES = {".py": 300, ".js": 200, ".css": 400}
FUNCTION, TEST_FUNCTION, TEST_FILE = 30, 80, 500

Check = Callable[[str, str], list[str]]


def above(path: str) -> tuple[str, ...]:
    """The floors that a file of one of the four folders may not know; templates count with their app."""
    parts = Path(path).parts
    name = parts[1] if parts[0] == "templates" and len(parts) > 2 else parts[0]
    app = next((app for app, folder in FOLDERS.items() if name == folder), name)
    if parts[0] == "templates":
        return FLOORS[FLOORS.index(app) + 1 :] if app in FLOORS else FLOORS
    return FLOORS[FLOORS.index(app) + 1 :]


def labels(floors: tuple[str, ...]) -> tuple[str, ...]:
    """What Django and templates call these apps."""
    return (*floors, "live") if "sessions" in floors else floors


def imported(path: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a module imports, wherever in it, relative names made absolute."""
    package = Path(path).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            yield from ((node.lineno, f"{module}.{alias.name}".strip(".")) for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            yield from ((node.lineno, text) for text in texts(node))


def called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def texts(node: ast.AST) -> list[str]:
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def check_imports(path: str, source: str) -> list[str]:
    """An import of a floor above."""
    found = imported(path, ast.parse(source))
    return [f"{path}:{line} imports {name}" for line, name in found if name.split(".")[0] in above(path)]


@cache
def reverse_names(floors: tuple[str, ...]) -> frozenset[str]:
    """What models on these floors add to the models below them: accessors and names for queries."""
    names: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if (
                isinstance(field, ForeignObjectRel)
                and floor(field.related_model) in floors
                and floor(model) not in floors
            ):
                names |= {field.name, field.get_accessor_name() or field.name}
    return frozenset(names - {"+"})


def floor(model: object) -> str:
    return getattr(model, "__module__", "").split(".")[0]


def check_disguises(path: str, source: str) -> list[str]:
    """A model, template or reverse relation of a floor above, reached without an import.

    What a pure module is given are plain values: their attributes are no relations, whatever they are called.
    """
    floors = above(path)
    upper = "|".join(labels(floors)) or "$none"
    reaches = re.compile(rf"({upper})(\.[\w.]+|/[\w/.-]+\.html)")
    wrong = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and reaches.fullmatch(node.value):
            wrong.append(f"{path}:{node.lineno} names {node.value}")
        elif isinstance(node, ast.Attribute) and not is_pure(path) and node.attr in reverse_names(floors):
            wrong.append(f"{path}:{node.lineno} uses .{node.attr}, a relation of a floor above")
        elif isinstance(node, ast.Call):
            wrong += [f"{path}:{node.lineno} {said}" for said in _disguised_call(node, floors)]
    return wrong


QUERIES = {"filter", "exclude", "get", "order_by", "values", "values_list", "annotate", "aggregate", "only", "defer"}
BY_NAME = {
    "getattr",
    "hasattr",
    "attrgetter",
    "select_related",
    "prefetch_related",
    "Prefetch",
    "Q",
    "F",
    "Count",
    "Max",
}


def _disguised_call(node: ast.Call, floors: tuple[str, ...]) -> Iterator[str]:
    name, names = called(node), reverse_names(floors)
    if name == "get_model" and (not texts(node) or set(texts(node)) & set(labels(floors))):
        yield "asks for a model by name"
    if name not in QUERIES | BY_NAME:
        return
    words = [keyword.arg or "" for keyword in node.keywords]
    words += [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if isinstance(node.func, ast.Attribute) or name in BY_NAME:
        yield from (f"{name}() by {word}" for word in words if set(word.lstrip("-").split("__")) & names)


def is_pure(path: str) -> bool:
    return path.startswith(PURE)


def check_pure(path: str, source: str) -> list[str]:
    """A pure module that reads a clock, or imports more than the standard library, a few others and pure modules."""
    wrong, tree = [], ast.parse(source)
    for line, name in imported(path, tree):
        root, *rest = name.split(".")
        here = "/".join([root, *rest])
        pure = any(here.startswith(p.removesuffix(".py").rstrip("/")) for p in PURE)
        if not pure and root not in sys.stdlib_module_names | PURE_LIBRARIES:
            wrong.append(f"{path}:{line} imports {name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            wrong.append(f"{path}:{node.lineno} reads a clock")
    return wrong


TAG = re.compile(r"{%-?\s*(include|extends)\s+[\"']([^\"']+)[\"']")
INCLUDE_OTHER = re.compile(r"{%-?\s*(?:include|extends)\s+[^\"'\s]")
LOAD = re.compile(r"{%-?\s*load\s+([^%]+)%}")


def check_templates(path: str, source: str) -> list[str]:
    """A template that takes from a floor above: a template, a tag library, a reverse relation."""
    floors = above(path)
    allowed = {"layouts", *(FOLDERS[app] for app in FOLDERS if app not in floors)}
    wrong = [f"{path} takes {name}" for _, name in TAG.findall(source) if name.split("/")[0] not in allowed]
    wrong += [f"{path} takes a template by variable" for _ in INCLUDE_OTHER.findall(source)]
    loaded = {word for group in LOAD.findall(source) for word in group.replace(" from ", " ").split()}
    wrong += [f"{path} loads {name}" for name in sorted(loaded) if LIBRARIES.get(name) in floors]
    inside = " ".join(re.findall(r"{[{%](.*?)[}%]}", source, re.DOTALL))
    used = set(re.findall(r"\.(\w+)", re.sub(r"\"[^\"]*\"|'[^']*'", "", inside)))
    return wrong + [f"{path} uses .{name}, a relation of a floor above" for name in used & reverse_names(floors)]


FORBIDDEN = {
    "|safe": re.compile(r"\|\s*safe(seq)?\b"),
    "autoescape off": re.compile(r"autoescape\s+off"),
    "a script without src": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an inline style": re.compile(r"\sstyle\s*=|<style"),
    "hx-on": re.compile(r"hx-on"),
    "an inline handler": re.compile(r"<[^>]*\son\w+\s*="),
    "another site": re.compile(r"(src|href)\s*=\s*[\"']?\s*(https?:)?//"),
}


def check_markup(path: str, source: str) -> list[str]:
    """What the content security policy and the reader of a template cannot bear."""
    wrong = [f"{path} has {what}" for what, pattern in FORBIDDEN.items() if pattern.search(source)]
    if Path(path).name.startswith("_") and "{% extends" in source:
        wrong.append(f"{path} is a fragment and extends")
    return wrong


def check_python_rules(path: str, source: str) -> list[str]:
    """request.POST outside a form, mark_safe, csrf_exempt, functions that are too long."""
    wrong, tree = [], ast.parse(source)
    longest = TEST_FUNCTION if path.startswith("tests/") else FUNCTION
    forms = {id(arg) for node in ast.walk(tree) if isinstance(node, ast.Call) for arg in _form_data(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "POST" and id(node) not in forms:
            wrong.append(f"{path}:{node.lineno} reads request.POST outside a form")
        if isinstance(node, ast.Name | ast.Attribute | ast.alias):
            name = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "attr", "")
            if name in {"mark_safe", "csrf_exempt", "SafeText"} and (name, path) != ("mark_safe", MARKS_SAFE):
                wrong.append(f"{path}:{node.lineno} uses {name}")
        if isinstance(node, ast.Call) and called(node) == "SafeString":
            wrong.append(f"{path}:{node.lineno} makes a SafeString of its own")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > longest:
                wrong.append(f"{path}:{node.lineno} {node.name} has {length} lines")
    return wrong


def _form_data(node: ast.Call) -> list[ast.expr]:
    """The arguments of a form, `request.POST or None` included; and of what forms.py reads besides."""
    if not (called(node).endswith(("Form", "_from_post"))):
        return []
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return [arg.values[0] if isinstance(arg, ast.BoolOp) else arg for arg in given]


def check_length(path: str, source: str) -> list[str]:
    limit = TEST_FILE if path.startswith("tests/") else LINES[Path(path).suffix]
    length = source.count("\n")
    return [f"{path} has {length} lines"] if length > limit else []


def files(*patterns: str) -> list[str]:
    """Paths from the project's root, generated files left out."""
    found = {str(file.relative_to(ROOT)) for pattern in patterns for file in ROOT.glob(pattern)}
    return sorted(path for path in found if "/migrations/" not in path and "__pycache__" not in path)


PYTHON = [f"{floor}/**/*.py" for floor in FLOORS]
EVERYTHING = [*PYTHON, "*.py", "tests/**/*.py", "static/**/*.js", "static/**/*.css"]


@pytest.mark.parametrize(
    ("check", "patterns"),
    [
        (check_imports, PYTHON),
        (check_disguises, PYTHON),
        (check_pure, PYTHON),
        (check_templates, ["templates/**/*.html"]),
        (check_markup, ["templates/**/*.html"]),
        (check_python_rules, [*PYTHON, "*.py", "tests/**/*.py"]),
        (check_length, EVERYTHING),
    ],
)
def test_the_house_keeps_its_rules(check: Check, patterns: list[str]) -> None:
    paths = [path for path in files(*patterns) if check is not check_pure or is_pure(path)]
    assert len(paths) >= 10
    assert [said for path in paths for said in check(path, (ROOT / path).read_text("utf-8"))] == []


def test_nothing_imports_the_project() -> None:
    """The tests, run.py and manage.py may."""
    lower = files(*(f"{floor}/**/*.py" for floor in FLOORS[:-1]))
    roots = {name.split(".")[0] for path in lower for _, name in imported(path, ast.parse((ROOT / path).read_text()))}
    assert "masterclass" not in roots
    assert "django" in roots


def test_every_pure_module_is_there() -> None:
    assert [path for path in PURE if not (ROOT / path).exists()] == []


def test_every_test_folder_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "tests").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_tag_library_has_a_floor() -> None:
    own = {Path(path).stem: path.split("/")[0] for path in files("*/templatetags/[!_]*.py")}
    assert own == LIBRARIES


def test_every_dependency_is_explained() -> None:
    wanted = re.findall(r"^    \"([a-z0-9-]+)[\[>]", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    paper = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert "django" in wanted
    assert [name for name in wanted if not re.search(rf"^\\|.*`{name}`.*\\|$", paper, re.MULTILINE)] == []


def test_what_is_marked_safe_has_been_cleaned() -> None:
    calls = [node for node in ast.walk(ast.parse((ROOT / MARKS_SAFE).read_text("utf-8"))) if isinstance(node, ast.Call)]
    marked = [ast.unparse(node) for node in calls if called(node) == "mark_safe"]
    assert marked == ["mark_safe(_only_what_may_stay(html))"]


def test_relations_of_the_floors_above_are_known() -> None:
    """If these are empty, the check for reverse relations finds nothing."""
    assert {"questions", "answers", "stage", "agreement", "screens", "ground_rules"} <= reverse_names(FLOORS[1:])
    assert {"stage", "agreement", "screens", "ground_rules"} <= reverse_names(FLOORS[2:])
    assert not {"answers", "questions", "slots", "log"} & reverse_names(FLOORS[2:])


@pytest.mark.parametrize(
    ("check", "path", "source"),
    [
        (check_imports, "agenda/x.py", "from feedback import models"),
        (check_imports, "agenda/views/x.py", "def f():\n    import sessions.room"),
        (check_imports, "agenda/views/x.py", "from ...feedback import models"),
        (check_imports, "feedback/x.py", "if TYPE_CHECKING:\n    from sessions.models import Stage"),
        (check_imports, "feedback/x.py", "import_module('sessions.models')"),
        (check_imports, "sessions/x.py", "from masterclass.settings import PORT"),
        (check_disguises, "agenda/x.py", "workshop.questions.all()"),
        (check_disguises, "agenda/x.py", "Workshop.objects.filter(questions__text='')"),
        (check_disguises, "agenda/x.py", "Workshop.objects.prefetch_related('slots__questions')"),
        (check_disguises, "agenda/x.py", "Workshop.objects.annotate(n=Count('questions'))"),
        (check_disguises, "feedback/x.py", "hasattr(at_phone.attendee, 'agreement')"),
        (check_disguises, "feedback/x.py", "workshop.stage"),
        (check_disguises, "agenda/x.py", "apps.get_model('feedback', 'Question')"),
        (check_disguises, "agenda/x.py", "apps.get_model(label)"),
        (check_disguises, "feedback/x.py", "apps.get_model('live.Stage')"),
        (check_disguises, "agenda/x.py", "models.ForeignKey('feedback.Question')"),
        (check_disguises, "agenda/x.py", "render(request, 'live/phone/page.html')"),
        (check_pure, "agenda/timing.py", "from django.utils import timezone"),
        (check_pure, "agenda/plan.py", "from . import models"),
        (check_pure, "agenda/plan.py", "from agenda.models import Slot"),
        (check_pure, "feedback/kinds/x.py", "from feedback import queries"),
        (check_pure, "agenda/timing.py", "datetime.now(UTC)"),
        (check_templates, "templates/agenda/x.html", "{% include 'feedback/summary.html' %}"),
        (check_templates, "templates/feedback/x.html", '{% extends "live/layout.html" %}'),
        (check_templates, "templates/layouts/x.html", '{% include "agenda/_speakers.html" %}'),
        (check_templates, "templates/404.html", '{% include "agenda/_speakers.html" %}'),
        (check_templates, "templates/agenda/x.html", "{% include name %}"),
        (check_templates, "templates/agenda/x.html", "{% load kinds %}"),
        (check_templates, "templates/agenda/x.html", "{% load region from live %}"),
        (check_templates, "templates/agenda/x.html", "{{ workshop.questions.count }}"),
        (check_templates, "templates/feedback/x.html", "{% if attendee.agreement %}"),
        (check_markup, "templates/x.html", "{{ text | safe }}"),
        (check_markup, "templates/x.html", "{% autoescape off %}"),
        (check_markup, "templates/x.html", '<script type="module">go()</script>'),
        (check_markup, "templates/x.html", '<p style="color: red">'),
        (check_markup, "templates/x.html", '<p hx-on:click="go()">'),
        (check_markup, "templates/x.html", '<p onclick="go()">'),
        (check_markup, "templates/x.html", '<script src="https://cdn.example.org/x.js"></script>'),
        (check_markup, "templates/x.html", '<link href="//cdn.example.org/x.css">'),
        (check_markup, "templates/_x.html", '{% extends "layouts/page.html" %}'),
        (check_python_rules, "agenda/views/x.py", "name = request.POST.get('name')"),
        (check_python_rules, "agenda/views/x.py", "'digits' in request.POST"),
        (check_python_rules, "agenda/views/x.py", "act(**request.POST)"),
        (check_python_rules, "agenda/x.py", "from django.utils.safestring import mark_safe"),
        (check_python_rules, "agenda/x.py", "mark_safe(text)"),
        (check_python_rules, "agenda/x.py", "SafeString(text)"),
        (check_python_rules, "agenda/markdown.py", "SafeString(text)"),
        (check_python_rules, "agenda/x.py", "@csrf_exempt\ndef f(): pass"),
        (check_python_rules, "agenda/x.py", "def f():\n" + "    x = 1\n" * 30),
        (check_length, "agenda/x.py", "\n" * 301),
        (check_length, "tests/x.py", "\n" * 501),
        (check_length, "static/js/x.js", "\n" * 201),
        (check_length, "static/css/x.css", "\n" * 401),
    ],
)
def test_a_broken_rule_is_reported(check: Check, path: str, source: str) -> None:
    reported = check(path, source)
    assert len(reported) == 1
    assert path in reported[0]


@pytest.mark.parametrize(
    ("check", "path", "source"),
    [
        (check_imports, "sessions/x.py", "from agenda import access\nfrom feedback.models import Question"),
        (check_imports, "agenda/x.py", "from django.contrib.sessions.models import Session"),
        (check_disguises, "sessions/x.py", "hasattr(attendee, 'agreement')\nworkshop.questions"),
        (check_disguises, "agenda/x.py", "redirect('live:phone')\nworkshop.slots"),
        (check_pure, "agenda/document.py", "from pydantic import BaseModel\nfrom . import toml_lines, timing"),
        (check_templates, "templates/live/x.html", "{% load kinds live markdown %}{{ workshop.stage }}"),
        (
            check_templates,
            "templates/agenda/x.html",
            "{% url 'feedback:summary' w.pk %}{% include 'layouts/_x.html' %}",
        ),
        (check_markup, "templates/x.html", '<script type="module" src="{% static \'x.js\' %}"></script>'),
        (check_python_rules, "agenda/views/x.py", "form = CodeForm(request.POST or None)"),
        (check_python_rules, "agenda/markdown.py", "mark_safe(text)"),
        (check_length, "agenda/x.py", "\n" * 300),
    ],
)
def test_what_is_allowed_is_not_reported(check: Check, path: str, source: str) -> None:
    assert check(path, source) == []

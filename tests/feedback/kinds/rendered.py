"""The two templates of a kind, rendered, and the page read as a browser would."""

import uuid
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from django.template import Context, Template

from feedback.kinds import kinds
from feedback.models import Question

from .example import EVIL, example
from .tallied import tallied

INPUT = Template("{% load kinds %}{% question_input question value error %}")
SUMMARY = Template("{% load kinds %}{% question_summary question tally %}")
VOID = {"input", "rect", "br"}
MARKED = {"radio", "checkbox"}
Config = dict[str, object]


class Page(HTMLParser):
    """Checks that tags close in order and ids are unique; remembers what refers to what, and what is filled in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.roots = 0
        self.ids: list[str] = []
        self.references: list[str] = []
        self.checked: list[str] = []
        self.names: list[str] = []
        self.filled: dict[str, Any] = {}
        self._writes_to: str | None = None
        self.feed(html)
        assert self.open == []
        assert len(set(self.ids)) == len(self.ids)
        assert set(self.references) <= set(self.ids)

    @property
    def answer(self) -> Any:
        """As `readAnswer` of static/js/fields.js reads the form."""
        parts = {name.removeprefix("value").removeprefix("."): found for name, found in self.filled.items()}
        return parts if any(parts) else parts.get("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.roots += not self.open
        if tag not in VOID:
            self.open.append(tag)
        if one := found.get("id"):
            self.ids.append(one)
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (found.get(name) or "").split()
        if name := found.get("name"):
            self.names.append(name)
            self._fill(name, tag, found)
        assert not {"style", "placeholder", "required", "maxlength", "onclick"} & set(found)
        assert tag not in {"form", "script", "style", "select"}
        assert found.get("type") != "number"

    def _fill(self, name: str, tag: str, found: dict[str, str | None]) -> None:
        value, kind = found.get("value") or "", found.get("type")
        is_chosen = "checked" in found
        if is_chosen:
            self.checked.append(value)
        if tag == "textarea":
            self._writes_to, self.filled[name] = name, ""
        elif kind == "checkbox":
            self.filled[name] = [*self.filled.get(name, []), *([value] if is_chosen else [])]
        elif kind not in MARKED or is_chosen:
            self.filled[name] = value

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_data(self, data: str) -> None:
        if self._writes_to is not None:
            self.filled[self._writes_to] += data

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "textarea" and self._writes_to is not None:
            self.filled[self._writes_to] = self.filled[self._writes_to].removeprefix("\n")
            self._writes_to = None


def question(kind: str, config: Config | None = None) -> Question:
    """`config` is that of the kind's example unless it is said."""
    config = example(kind).config if config is None else kinds[kind].check_config(config)
    return Question(id=uuid.uuid4(), kind=kind, text=f"What? {EVIL}", hint=f"Hint {EVIL}", config=config)


def input_html(
    kind: str,
    value: object = None,
    error: str | None = None,
    *,
    asked: Question | None = None,
    config: Config | None = None,
) -> str:
    return INPUT.render(Context({"question": asked or question(kind, config), "value": value, "error": error}))


def summary_html(kind: str, values: Iterable[object], *, config: Config | None = None) -> str:
    asked = question(kind, config)
    tally = tallied(kinds[kind], asked.config, values)
    return SUMMARY.render(Context({"question": asked, "tally": tally}))

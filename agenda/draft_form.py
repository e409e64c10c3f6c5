"""What the plan page sends: the whole draft as typed, and what was pressed."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from .document import NOT_TEXT
from .draft_notes import NO_TEXT
from .draft_presses import VERBS, Press
from .drafting import Draft, Person, Row
from .publishing import Sent
from .slot_kinds import KINDS

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
DO = re.compile(r"([a-z-]{1,20})(?::([a-z0-9_-]{0,40}))?(?::([a-z0-9]{0,20}))?")
SAVES = {"save", "keep", "publish", "restart"}
LINES = ("title", "byline", "at", "minutes", "floor")
MOST_ROWS = 1000  # far more than a day may have, so that it is the page that says so


class DraftForm(forms.Form):
    """Every row under its own key, in the order of the fields called `row`. Not valid: not from our own page."""

    edit = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    do = forms.CharField(required=False)

    def clean_do(self) -> Press:
        found = DO.fullmatch(self.cleaned_data["do"] or "save")
        pressed = Press(found[1], found[2] or "", found[3] or "") if found else Press("")
        fits = {
            "add": pressed.chosen in KINDS,
            "remove-speaker": pressed.chosen.isdecimal(),
            "keep": pressed.chosen.isdecimal(),
            "publish": not pressed.chosen or pressed.chosen.isdecimal(),
        }
        if pressed.verb not in {*VERBS, *SAVES} or not fits.get(pressed.verb, True):
            raise ValidationError("Not a press of this page.")
        return pressed

    def clean(self) -> dict[str, Any]:
        keys = self._list("row")
        if len(keys) > MOST_ROWS or len(set(keys)) < len(keys) or not all(map(KEY.fullmatch, keys)):
            raise ValidationError("Not the rows of this page.")
        self.cleaned_data["rows"] = tuple(map(self._row, keys))
        return self.cleaned_data

    def sent(self) -> Sent:
        """What was typed and pressed; a character that is none of text stands as �. Only for a form that is valid."""
        words: dict[str, Any] = {name: self._line(name) for name in ("title", "date", "place", "starts", "ends")}
        held = self.cleaned_data
        return Sent(Draft(**words, rows=held["rows"]), held["edit"], held["version"], held["do"])

    def _row(self, key: str) -> Row:
        kind, absorb = self._line(f"kind-{key}"), self._line(f"absorb-{key}")
        if kind not in KINDS or absorb not in {"", "auto", "offer", "never"}:
            raise ValidationError("Not a choice of this page.")
        typed: dict[str, Any] = {name: self._line(f"{name}-{key}") for name in LINES}
        typed |= {name: self._text(f"{name}-{key}") for name in ("detail", "notes")}
        typed |= {name: f"{name}-{key}" in self.data for name in ("fixed", "droppable")}
        return Row(key=key, kind=kind, absorb=absorb, speakers=self._speakers(key), **typed)

    def _speakers(self, key: str) -> tuple[Person, ...]:
        columns = [self._list(f"{name}-{key}") for name in ("speaker", "role", "organisation")]
        if len({len(column) for column in columns}) > 1:
            raise ValidationError("Not the speakers of this page.")
        return tuple(Person(*map(_on_one_line, person)) for person in zip(*columns, strict=True))

    def _list(self, name: str) -> list[str]:
        return cast(QueryDict, self.data).getlist(name)

    def _line(self, name: str) -> str:
        return _on_one_line(self.data.get(name, ""))

    def _text(self, name: str) -> str:
        """Line ends as everywhere but in forms."""
        return _as_text(self.data.get(name, "").replace("\r\n", "\n").replace("\r", "\n"))


def _on_one_line(text: str) -> str:
    return _as_text(" ".join(text.splitlines()))


def _as_text(text: str) -> str:
    return NOT_TEXT.sub(NO_TEXT, text)

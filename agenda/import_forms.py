"""What people bring to make a day of, and what they press and type while they look at what was understood of it."""

import re
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .document import NOT_TEXT
from .draft_notes import NO_TEXT
from .forms import DayForm
from .reading_choices import WORDS, Pressed

LONGEST_PASTE = 200_000
FILES = ".txt,.md,.csv,.xlsx,.docx,.pptx,.eml,.html"
NOTHING = _("Paste your running order, or choose a file of up to 50 MB.")
NUMBER = re.compile(r"[0-9]{1,6}")


class BringForm(forms.Form):
    """A running order as people have it: pasted, or a file. The file wins where there are both."""

    text = forms.CharField(
        label=_("Paste your running order"),
        max_length=LONGEST_PASTE,
        required=False,
        strip=False,
        error_messages={
            "max_length": _("This is longer than %(limit_value)s characters. Paste the running order alone.")
        },
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": FILES}),
        error_messages=dict.fromkeys(("missing", "invalid", "max_length"), NOTHING),
    )

    def clean_text(self) -> str:
        return NOT_TEXT.sub(NO_TEXT, self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        held = self.cleaned_data
        if not self.errors and not held.get("file") and not held.get("text", "").strip():
            self.add_error("text", NOTHING)
        return held

    @property
    def brought(self) -> tuple[str, bytes] | None:
        """The name and the bytes of the file, if one came."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        return (NOT_TEXT.sub("", file.name or ""), file.read()) if file else None


class ReadingForm(DayForm):
    """A press at the page of what was read. What is typed is kept at each press, right or wrong."""

    @property
    def pressed(self) -> Pressed:
        """What was pressed, in whatever else was typed; what our own page would not send says nothing."""
        data = cast(QueryDict, self.data)
        found: dict[str, Any] = {}
        for name in data:
            kind, _dash, about = name.partition("-")
            value = str(data[name])
            if kind == "fate" and NUMBER.fullmatch(about):
                found |= {"line": int(about), "fate": value}
            elif kind == "answer" and about:
                found |= {"ask": about, "answer": value}
            elif name == "day" and NUMBER.fullmatch(value):
                found |= {"day": int(value)}
        words = {name: _on_one_line(str(data[name])) for name in WORDS if name in data}
        return Pressed(**found, words=words)

    @property
    def is_create(self) -> bool:
        """Whether it is the last press."""
        return "create" in self.data


class EditForm(forms.Form):
    """At which save of the plan's draft the page was opened."""

    edit = forms.IntegerField(min_value=0, max_value=2**31 - 1)


def _on_one_line(text: str) -> str:
    return NOT_TEXT.sub(NO_TEXT, " ".join(text.splitlines()))[:300]

"""What the desk's presses carry."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.timing import Event
from feedback import hands
from feedback.fields import LineField
from feedback.forms import LONGEST_TABLE
from feedback.models import Question

from . import press_text
from .models import Stage
from .questions import QUICK

SOME_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class PressForm(forms.Form):
    """Move on: what the person saw as live, and a number of its own for each press."""

    expect = forms.SlugField(required=False, max_length=40)
    press = forms.UUIDField(required=False)

    @property
    def seen(self) -> str | None:
        return self.cleaned_data["expect"] or None

    @property
    def number(self) -> uuid.UUID | None:
        press: uuid.UUID | None = self.cleaned_data["press"]
        return press


class ChangeForm(forms.Form):
    """A press that changes the day that runs; press_text.py says how it is written."""

    change = forms.CharField(max_length=10000)
    press = forms.UUIDField(required=False)

    def clean_change(self) -> tuple[int | None, list[Event]]:
        try:
            return press_text.read(self.cleaned_data["change"])
        except ValueError:
            raise forms.ValidationError(_("This press is not one of the desk's.")) from None


class UndoForm(forms.Form):
    """Undo: the number of the newest press the person saw."""

    seen = forms.IntegerField(min_value=0)
    press = forms.UUIDField(required=False)


class HandForm(forms.Form):
    hand = forms.ChoiceField(choices=Question.Hand.choices)


class QuickForm(forms.Form):
    """A question that nobody has prepared."""

    text = LineField(limit=300, error_messages={"required": _("Write the question first.")})
    kind = forms.ChoiceField(
        widget=forms.RadioSelect,
        initial=next(iter(QUICK)),
        choices=[(name, quick.label) for name, quick in QUICK.items()],
    )
    press = forms.UUIDField()

    @property
    def wrong(self) -> str:
        """The first sentence about what is wrong."""
        return next(str(error) for errors in self.errors.values() for error in errors)


class PageForm(forms.Form):
    """Which page of the summary; none is the first."""

    page = forms.RegexField("^[a-z]+(:[0-9a-f-]{36})?$", required=False, max_length=50)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField(min_value=1, max_value=60)


class AnswerForm(forms.Form):
    """A press on one answer. Its id is never part of an address, which others may write down."""

    answer = forms.UUIDField()


class ParkedForm(forms.Form):
    """A press on one thing in the parking lot."""

    parked = forms.UUIDField()


class TableForm(forms.Form):
    """Which table's notes the screen shows; empty for all."""

    table = LineField(limit=LONGEST_TABLE, required=False)


class IntroductionForm(forms.Form):
    """A press in the introductions: what is done, with whose turn, and the newest call that the person saw."""

    turn = forms.RegexField(rf"\A(call|pass|over|undo|hide)\.({SOME_ID})?\.({SOME_ID})?\Z")
    press = forms.UUIDField()

    def clean_turn(self) -> tuple[str, uuid.UUID | None, uuid.UUID | None]:
        verb, seat, seen = self.cleaned_data["turn"].split(".")
        return verb, uuid.UUID(seat) if seat else None, uuid.UUID(seen) if seen else None


APART = {Stage.Face.SUMMARY, Stage.Face.ASKS}  # each has a press of its own


class FaceForm(forms.Form):
    face = forms.ChoiceField(choices=[one for one in Stage.Face.choices if one[0] not in APART])


class OnForm(forms.Form):
    """A press that sets something on, or off again."""

    on = forms.TypedChoiceField(choices=[("1", "on"), ("0", "off")], coerce=lambda value: value == "1")


class DigitsForm(forms.Form):
    """The four digits a projector shows; spaces are fine."""

    digits = forms.CharField(max_length=12)

    def clean_digits(self) -> str:
        return "".join(char for char in self.cleaned_data["digits"] if char in "0123456789")


class HandsForm(forms.Form):
    """How many hands went up for each option of a question; what is left empty was not counted."""

    def __init__(self, data: Any = None, *, question: Question, counts: hands.Counts) -> None:
        super().__init__(data)
        wrong = _("Write a whole number up to %(most)s, or nothing.") % {"most": f"{hands.MOST:,}"}
        for part, _text, found in hands.options(question):
            for option in found:
                self.fields[_hands_name(part, option.key)] = forms.IntegerField(
                    label=option.label,
                    required=False,
                    min_value=0,
                    max_value=hands.MOST,
                    initial=counts.get((part, option.key)),
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "hands-n"}),
                    error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
                )
        self._options = hands.options(question)

    @property
    def counts(self) -> hands.Counts:
        """What was typed, once the form is valid."""
        names = {(part, one.key): _hands_name(part, one.key) for part, _text, found in self._options for one in found}
        return {place: self.cleaned_data[name] for place, name in names.items() if self.cleaned_data[name] is not None}

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each statement ("" where there is but one) and the fields of its options."""
        for part, text, found in self._options:
            yield text, [self[_hands_name(part, option.key)] for option in found]


def _hands_name(part: str, key: str) -> str:
    return f"hands.{part}.{key}"

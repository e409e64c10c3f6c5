"""What the desk's presses carry."""

import uuid

from django import forms

from feedback.models import Question

from .models import Stage


class PressForm(forms.Form):
    """Move on and undo: what the person saw as live, and a number of its own for each press."""

    expect = forms.SlugField(required=False, max_length=40)
    press = forms.UUIDField(required=False)

    @property
    def seen(self) -> str | None:
        return self.cleaned_data["expect"] or None

    @property
    def number(self) -> uuid.UUID | None:
        press: uuid.UUID | None = self.cleaned_data["press"]
        return press


class HandForm(forms.Form):
    hand = forms.ChoiceField(choices=Question.Hand.choices)


class FaceForm(forms.Form):
    face = forms.ChoiceField(choices=Stage.Face.choices)


class BlankForm(forms.Form):
    on = forms.TypedChoiceField(choices=[("1", "blank"), ("0", "back")], coerce=lambda value: value == "1")


class DigitsForm(forms.Form):
    """The four digits a projector shows; spaces are fine."""

    digits = forms.CharField(max_length=12)

    def clean_digits(self) -> str:
        return "".join(char for char in self.cleaned_data["digits"] if char in "0123456789")

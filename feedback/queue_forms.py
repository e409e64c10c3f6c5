"""What phones send about the questions to a speaker, from the page's form or as JSON."""

from collections.abc import Mapping
from typing import Any

from django import forms

from .fields import TypedField
from .forms import RELOAD, HandInForm


class AskForm(HandInForm):
    """A question to the speaker of the item `slot`: its own id, its edit, its words."""

    question = None  # type: ignore[assignment]
    table = None  # type: ignore[assignment]
    slot = forms.SlugField(max_length=40, error_messages={"required": RELOAD, "invalid": RELOAD})
    value = TypedField(required=False, strip=False)

    @property
    def typed(self) -> str:
        """For the page that says what is wrong; a very long text is still there."""
        return str(self.cleaned_data.get("value", ""))


class PressForm(forms.Form):
    """A press on a question in the list. A script says which press it was, to know the answer to it."""

    key = forms.UUIDField(required=False)
    edit = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: Mapping[str, Any]) -> None:
        """JSON may hold anything under these names; only text and whole numbers can be meant."""
        found = {name: data.get(name) for name in self.base_fields}
        super().__init__({name: value for name, value in found.items() if isinstance(value, str | int)})

    @property
    def heard(self) -> dict[str, Any]:
        return {"key": str(self.cleaned_data["key"]), "edit": self.cleaned_data["edit"]}


class MeTooForm(PressForm):
    """Also, or not any more."""

    on = forms.TypedChoiceField(choices=[("1", "on"), ("0", "off")], coerce=lambda value: value == "1")


class WordsForm(forms.Form):
    """A facilitator's list of words, one on a line."""

    words = TypedField(required=False, strip=False)

"""From what the plan page posts of a list of questions: which to add, and which goes where."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback import bank
from feedback.bank import Ready
from feedback.fields import TypedField, random_id
from feedback.forms import RELOAD


class MoveForm(forms.Form):
    """Above or below which question another one goes."""

    above = forms.UUIDField(required=False)
    below = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        if bool(self.cleaned_data.get("above")) == bool(self.cleaned_data.get("below")):
            raise forms.ValidationError(RELOAD)
        return self.cleaned_data

    @property
    def next_to(self) -> UUID:
        found: UUID = self.cleaned_data["above"] or self.cleaned_data["below"]
        return found


class ReadyForm(forms.Form):
    """Which of the ready questions to ask. `number` was made with the form, so that sending it twice adds once."""

    number = TypedField(required=False, widget=forms.HiddenInput, initial=uuid4)
    ready = forms.MultipleChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), _("Tick at least one question."))
    )

    def __init__(self, data: Any = None, *, item: str) -> None:
        super().__init__(data, auto_id=f"ready-{item}-%s")
        self.fields["ready"].choices = [(key, one.text) for key, one in bank.on_offer().items()]  # type: ignore[attr-defined]

    def clean_number(self) -> UUID:
        return random_id(self.cleaned_data["number"])

    @property
    def chosen(self) -> list[Ready]:
        """In the order of the list."""
        return [one for key, one in bank.on_offer().items() if key in self.cleaned_data["ready"]]

"""What somebody types to be sent a mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .letter_models import Letter

LIKE = _("Write one e-mail address, like name@example.org.")


class WhichLetterForm(forms.Form):
    """Which of the two mails."""

    purpose = forms.ChoiceField(choices=Letter.Purpose.choices)


class LetterForm(WhichLetterForm):
    """Where it goes. One address and nothing else: no name beside it, and nothing that could begin another line."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), LIKE),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Any = None, *, purpose: str) -> None:
        super().__init__(data, auto_id=f"{purpose}-%s", initial={"purpose": purpose})
        self.fields["purpose"].widget = forms.HiddenInput()

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if any(char in '",;<>()[]\\' or char.isspace() for char in address):
            raise forms.ValidationError(LIKE)
        return address

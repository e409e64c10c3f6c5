"""What phones send about asks: a contact, typed for the one they are put in touch with, and presses."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from .connecting import Contact
from .connection_models import LONGEST_NAME, LONGEST_REACH
from .fields import LineField
from .forms import RELOAD
from .theme_forms import AnswersField

FEWEST_DIGITS, MOST_DIGITS = 6, 20
NO_NAME = _("Write the name by which you want to be known.")
NO_REACH = _("Write an e-mail address or a phone number, so that you can be reached.")


class ContactForm(forms.Form):
    """How somebody wants to be reached. Nothing of it is filled in beforehand."""

    name = LineField(
        limit=LONGEST_NAME, label=_("Your name, as you want to pass it on"), error_messages={"required": NO_NAME}
    )
    reach = LineField(
        limit=LONGEST_REACH, label=_("Your e-mail address or phone number"), error_messages={"required": NO_REACH}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"autocomplete": "name"}
        self.fields["reach"].widget.attrs |= {"autocomplete": "email"}

    def clean_reach(self) -> str:
        reach = str(self.cleaned_data["reach"])
        if not (_is_phone(reach) or any(_is_email(word.strip("<>,;()")) for word in reach.split())):
            raise ValidationError(NO_REACH)
        return reach

    @property
    def contact(self) -> Contact:
        return Contact(name=self.cleaned_data["name"], reach=self.cleaned_data["reach"])


class AskerForm(ContactForm):
    """The same with the offers that the page named: a later one is not meant."""

    offers = AnswersField(required=False)


class SideForm(forms.Form):
    """A press on connections that a page has named."""

    key = AnswersField(error_messages={"required": RELOAD})


def _is_phone(reach: str) -> bool:
    return FEWEST_DIGITS <= len(re.findall(r"\d", reach)) <= MOST_DIGITS


def _is_email(word: str) -> bool:
    try:
        validate_email(word)
    except ValidationError:
        return False
    return True

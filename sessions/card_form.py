"""What people type on a card, their own or that of somebody without a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.card_models import Card
from agenda.cards import Introduction
from feedback.fields import LineField

LONG = 160  # from here on a field is an area
OWN = {
    "name": _("Your name (optional)"),
    "council": _("Your council or organisation (optional)"),
    "roles": _("Your roles there (optional, several may fit)"),
    "portfolio": _("Your portfolio or committees (optional)"),
    "experience": _("Other experience that matters today (optional)"),
    "interest": _("What interests you about today (optional)"),
    "key_point": _("The one thing you want to say (optional)"),
    "is_ask": _("This is an ask: I would like help with it"),
    "on_screen": _("Show my card on the screen and on phones while I speak"),
}
THEIRS = {
    "name": _("Their name (optional)"),
    "council": _("Their council or organisation (optional)"),
    "roles": _("Their roles there (optional, several may fit)"),
    "portfolio": _("Their portfolio or committees (optional)"),
    "experience": _("Other experience that matters today (optional)"),
    "interest": _("What interests them about today (optional)"),
    "key_point": _("The one thing they want to say (optional)"),
    "is_ask": _("This is an ask: they would like help with it"),
    "on_screen": _("They want their card on the screen and on phones while they speak"),
}


class CardForm(forms.Form):
    """Somebody's introduction; every field may stay empty. `theirs`: the desk types it for somebody.

    `shared`: the device goes from hand to hand, so the browser offers nobody's name.
    """

    name = LineField(limit=80, required=False)
    council = LineField(limit=120, required=False)
    roles = forms.MultipleChoiceField(required=False, choices=Card.Role.choices, widget=forms.CheckboxSelectMultiple)
    portfolio = LineField(limit=160, required=False, help_text=_("For example: housing, or the audit committee."))
    experience = LineField(limit=300, required=False, help_text=_("Up to 300 characters."))
    interest = LineField(limit=500, required=False, help_text=_("Up to 500 characters."))
    key_point = LineField(limit=300, required=False, help_text=_("Up to 300 characters."))
    is_ask = forms.BooleanField(required=False)
    on_screen = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, said: Introduction, theirs: bool = False, shared: bool = False) -> None:
        super().__init__(data, initial=vars(said), auto_id="card-%s")
        words = THEIRS if theirs else OWN
        for name, field in self.fields.items():
            field.label = words[name]
            if isinstance(field, LineField):
                field.widget = _widget(field.limit)
        if not (theirs or shared):
            self.fields["name"].widget.attrs["autocomplete"] = "name"
            self.fields["council"].widget.attrs["autocomplete"] = "organization"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_ask") and cleaned.get("key_point") == "":
            self.add_error("key_point", _("Say what the ask is, or take away the tick that says it is one."))
        return cleaned

    @property
    def said(self) -> Introduction:
        """What was typed, once the form is valid."""
        return Introduction(**self.cleaned_data)


class SeenForm(forms.Form):
    """Which introduction the page was opened on."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def _widget(limit: int) -> forms.Widget:
    if limit > LONG:
        return forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"})
    return forms.TextInput(attrs={"autocomplete": "off"})

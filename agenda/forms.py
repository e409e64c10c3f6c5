"""What people type into the plan's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Attendee


class CodeForm(forms.Form):
    """The join code, as people read it off a screen: spaces and lower case are fine."""

    code = forms.CharField(
        label=_("Join code"),
        max_length=40,
        error_messages={"required": _("Type the six letters shown on the screen in the room.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(char for char in self.cleaned_data["code"].upper() if char.isalnum())


class WhoForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who somebody is; every field may stay empty."""

    class Meta:
        model = Attendee
        fields = ("name", "council", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Your name (optional)")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["council"].label = _("Your council or organisation (optional)")
        self.fields["council"].widget.attrs["autocomplete"] = "organization"
        self.fields["role"] = forms.ChoiceField(
            label=_("I am (optional)"),
            required=False,
            widget=forms.RadioSelect,
            choices=[
                (Attendee.Role.COUNCILLOR, _("a councillor")),
                (Attendee.Role.OFFICER, _("an officer")),
                (Attendee.Role.SPEAKER, _("a speaker")),
                (Attendee.Role.HOST, _("one of the hosts")),
                (Attendee.Role.REMOTE, _("joining remotely")),
            ],
        )

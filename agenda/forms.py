"""What people type into the plan's own pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .models import Attendee, Workshop


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
        if self.instance.device == Attendee.Device.TABLET:  # the next person is not offered who had it before
            self.fields["name"].widget.attrs["autocomplete"] = "off"
            self.fields["council"].widget.attrs["autocomplete"] = "off"
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


class SeatForm(WhoForm):
    """The same of somebody without a phone, as the desk types it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"name": _("Name (optional)"), "council": _("Council or organisation (optional)")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["role"].label = _("They are (optional)")


BLANK = "blank"
# A browser's date field sends the first; the others are how people here write a date.
DATE_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y")


class DayForm(forms.Form):
    """What every new day is asked for, whatever it is made of."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Give the day a title. You can change it later.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    date = forms.DateField(
        label=_("Date"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": _("Say on which date the day is. You can change it later."),
            "invalid": _("Write the date as day, month and year, such as 7 February 2026 or 07/02/2026."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("Place (optional)"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class NewDayForm(DayForm):
    """A new day: `days` are those it may start from, templates among them."""

    start_from = forms.ChoiceField(
        label=_("Start from"),
        error_messages={
            "required": _("Choose what to start from: a blank day will do."),
            "invalid_choice": _("This day is not there to start from any more. Choose another, or a blank day."),
        },
    )
    rehearsal = forms.BooleanField(
        label=_("This is a rehearsal"),
        required=False,
        help_text=_("It has a clock of its own, and can be wiped and begun again as often as you like."),
    )

    def __init__(self, *args: Any, days: Sequence[Workshop], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {day.pk: day for day in days}
        groups = (
            (_("Templates"), [_choice(day) for day in days if day.template]),
            (
                _("A copy of your own day, without its people and answers"),
                [_choice(day) for day in days if not day.template],
            ),
        )
        field = self.fields["start_from"]
        field.choices = [(BLANK, _("A blank day")), *(group for group in groups if group[1])]  # type: ignore[attr-defined]

    def clean_start_from(self) -> Workshop | None:
        """The day to start from, or None for a blank one."""
        return self.days.get(self.cleaned_data["start_from"])


def _choice(day: Workshop) -> tuple[str, str]:
    return day.pk, f"{day.title}, {date_format(day.date, 'j F Y')}"


class TemplateForm(forms.Form):
    on = forms.TypedChoiceField(choices=[("1", "template"), ("0", "day")], coerce=lambda value: value == "1")


class CompareForm(forms.Form):
    """Two published versions, whichever of them is chosen first."""

    older = forms.TypedChoiceField(label=_("Compare version"), coerce=int)
    newer = forms.TypedChoiceField(label=_("with version"), coerce=int)

    def __init__(self, *args: Any, numbers: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, number) for number in numbers]
        for name, place in (("older", 1), ("newer", 0)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].initial = next(iter(numbers[place:]), None)

    @property
    def pair(self) -> list[int]:
        return sorted([self.cleaned_data["older"], self.cleaned_data["newer"]])

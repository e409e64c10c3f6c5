"""Fields of the forms in which a question is prepared. What was typed comes back as it was."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.kinds.base import Setting, without_controls
from feedback.kinds.lines import on_one_line

LONGEST = 120  # minutes that people may be told a question takes


class TypedField(forms.CharField):
    """Whatever was typed, without what no file could hold."""

    def to_python(self, value: Any) -> str:
        return without_controls(value or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        return without_controls(data or "")


class LineField(TypedField):
    """Words on one line: line breaks and runs of spaces become one space."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return on_one_line(super().to_python(value), self.limit)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            said = _("This is %(length)s characters. Shorten it to %(limit)s: nothing is lost.")
            raise forms.ValidationError(said % {"length": f"{len(value):,}", "limit": self.limit})


class MinutesField(TypedField):
    """Minutes, or none when it is left empty."""

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and len(typed) <= len(str(LONGEST)) and 1 <= int(typed) <= LONGEST:
            return int(typed)
        said = _("Write the minutes as a number from 1 to %(most)s, or leave them out.")
        raise forms.ValidationError(said % {"most": LONGEST})


class TickField(forms.BooleanField):
    """ "on" or "", as kinds read it."""

    def clean(self, value: Any) -> str:
        return "on" if super().clean(value) else ""


class RadiosField(forms.ChoiceField):
    """One of several, all of them in sight. `missing` is said where nothing that is offered was chosen."""

    widget = forms.RadioSelect

    def __init__(self, *, missing: Any, **kwargs: Any) -> None:
        super().__init__(error_messages=dict.fromkeys(("required", "invalid_choice"), missing), **kwargs)


class ApprovalField(RadiosField):
    """Whether answers are approved before the room sees them; None where that is left to what is usual."""

    def clean(self, value: Any) -> bool | None:
        return {"on": True, "off": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        """From the question, or from what was posted."""
        return {True: "on", False: "off", None: ""}.get(value, value)


def random_id(text: str) -> UUID:
    """The id that a form was made with; a new one if what came is none."""
    try:
        number = UUID(text)
    except ValueError:
        return uuid4()
    return number if number.version == 4 else uuid4()


class Digits(forms.TextInput):
    """A short field for a number; no spinning by the wheel, no letters lost on the way."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal", "class": "digits-few", "autocomplete": "off"})


def setting_field(setting: Setting) -> forms.Field:
    """The field in which one setting of a kind is typed."""
    if setting.widget == "tick":
        return TickField(required=False, label=setting.label)
    widgets: dict[str, type[forms.Widget]] = {"line": forms.TextInput, "number": Digits}
    if widget := widgets.get(setting.widget):
        return LineField(limit=200, required=False, label=setting.label, help_text=setting.hint, widget=widget)
    rows = forms.Textarea(attrs={"rows": 5})
    return TypedField(required=False, label=setting.label, help_text=setting.hint, widget=rows)

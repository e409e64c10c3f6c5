"""How long the words of a day are kept, as somebody types it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Workshop

from .models import Keeping

DAYS = gettext_lazy("Write a whole number of days, from 1 to 60.")
DATE = gettext_lazy("Write a date, such as 2027-03-01.")


class KeepingForm(forms.Form):
    """The days after the day, and the date."""

    open_days = forms.IntegerField(
        label=gettext_lazy("Days after the close of the day"),
        min_value=1,
        max_value=60,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAYS),
    )
    delete_on = forms.DateField(
        label=gettext_lazy("Delete names and answers on (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": DATE},
    )

    def __init__(self, data: Any = None, *, workshop: Workshop, keeping: Keeping) -> None:
        self._workshop = workshop
        super().__init__(data, initial={"open_days": keeping.open_days, "delete_on": keeping.delete_on})

    def clean(self) -> dict[str, Any]:
        days: int | None = self.cleaned_data.get("open_days")
        on: date | None = self.cleaned_data.get("delete_on")
        if days and on and on <= self._workshop.date + timedelta(days=days):
            self.add_error("delete_on", _("Choose a date on which answers cannot be changed any more."))
        return self.cleaned_data

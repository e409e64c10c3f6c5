"""The report as somebody types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .kinds.base import without_controls
from .report_models import LONGEST


class EditForm(forms.Form):
    """Which save the page has seen; 0 before the first."""

    edit = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)


class ReportForm(EditForm):
    text = forms.CharField(
        label=_("What it says"),
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"}),
        error_messages={
            "required": _("Write something first. To let go of this text, begin anew from the summary."),
            "max_length": _("This is longer than a report can be here: 100,000 characters. Nothing was saved."),
        },
    )

    def clean_text(self) -> str:
        text: str = without_controls(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

"""What is typed on the pages of the sheets and of the parking lot."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.fields import LineField, TypedField, random_id
from feedback.forms import HOW_MANY, LONGEST_TABLE, MOST_PEOPLE, TableField

LONGEST_HOW = 200
LONGEST_TYPED = 4000


class WrittenForm(forms.Form):
    """A form whose first wrong sentence is told."""

    @property
    def wrong(self) -> str:
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class DeskNoteForm(WrittenForm):
    """A note that is typed at the desk, under a key of its own; for a table, if one is named."""

    key = TypedField(required=False, widget=forms.HiddenInput)
    value = TypedField(required=False, label=_("Note"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    table = TableField(limit=LONGEST_TABLE, required=False, label=_("Table (optional)"))
    people = forms.IntegerField(
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        label=_("People at it (optional)"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HOW_MANY),
    )

    def clean_key(self) -> UUID:
        return random_id(self.cleaned_data["key"]) or uuid4()


class PhotoForm(WrittenForm):
    """A photo of a sheet on paper. What kind of file it is says its content, and neither its name nor its sender."""

    key = TypedField(required=False, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Photo of the paper"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages=dict.fromkeys(("required", "missing", "invalid"), _("Choose a photo of up to 12 MB.")),
    )
    table = TableField(limit=LONGEST_TABLE, required=False, label=_("Table (optional)"))

    def clean_key(self) -> UUID:
        return random_id(self.cleaned_data["key"])

    @property
    def data_of_photo(self) -> bytes:
        content: bytes = self.cleaned_data["photo"].read()
        return content


class OnePhotoForm(WrittenForm):
    """A press on one photo, or what it says; `expect` stood there when the page was made."""

    photo = forms.UUIDField()
    typed = TypedField(required=False)
    expect = TypedField(required=False)

    def clean_expect(self) -> str:
        expect: str = self.cleaned_data["expect"].strip()
        return expect

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"].strip()
        if len(typed) > LONGEST_TYPED:
            said = _("This is %(length)s characters. Shorten it to %(limit)s: nothing is lost.")
            raise forms.ValidationError(said % {"length": f"{len(typed):,}", "limit": f"{LONGEST_TYPED:,}"})
        return typed


class TypedNoteForm(WrittenForm):
    """Other words for a note that was typed at the desk, and for which edit of it. Its id is in no address."""

    answer = forms.UUIDField()
    edit = forms.IntegerField(min_value=1)
    value = TypedField(required=False)


class SheetForm(WrittenForm):
    """A new sheet."""

    text = LineField(limit=300, label=_("What the sheet asks"), error_messages={"required": _("Write what it asks.")})
    hand = forms.ChoiceField(
        label=_("Who writes"),
        widget=forms.RadioSelect,
        initial="scribe",
        choices=[("scribe", _("One person at each table")), ("phones", _("Everybody on their phone"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who writes.")),
    )
    number = TypedField(required=False, widget=forms.HiddenInput)

    def clean_number(self) -> UUID:
        return random_id(self.cleaned_data["number"])


class DealtWithForm(WrittenForm):
    """By whom or how something in the parking lot was dealt with. Left empty, no more is said than that."""

    parked = forms.UUIDField()
    how = LineField(limit=LONGEST_HOW, required=False)


class ParkForm(WrittenForm):
    """Something for the parking lot."""

    key = TypedField(required=False, widget=forms.HiddenInput)
    value = TypedField(required=False, label=_("What shall we come back to?"), widget=forms.Textarea(attrs={"rows": 3}))

    def clean_key(self) -> UUID:
        return random_id(self.cleaned_data["key"])

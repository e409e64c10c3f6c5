"""From what a browser posts: an answer, to what its kind validates. Questions are in question_forms.py."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from agenda.forms import WhoForm
from agenda.models import Attendee
from feedback.fields import LineField
from feedback.kinds.base import Field, Kind

LONGEST_TABLE = 20
MOST_PEOPLE = 99  # at one table
HOW_MANY = _("Write how many you are at the table as a number up to 99, or leave it empty. Nothing is lost.")
RELOAD = _("This page is out of date. Copy your answer, then open the page again: nothing you sent is lost.")


def raw_from_post(kind: Kind, config: dict[str, object], data: Mapping[str, str]) -> object:
    """The posted answer as JSON: what is in "value", or a dict of the parts of "value.<part>" that were filled in.

    Tick boxes are a list of those that are ticked.
    """
    fields = kind.fields(config)
    if [field.name for field in fields] == ["value"]:
        return _posted(fields[0], data)
    return {field.name.removeprefix("value."): _posted(field, data) for field in fields if field.name in data}


def _posted(field: Field, data: Mapping[str, str]) -> object:
    if field.widget == "ticks" and isinstance(data, MultiValueDict):
        return data.getlist(field.name)
    return data.get(field.name, "")


def of_question(question_id: UUID) -> str:
    """What stands before the name of every field of one question, in a form that asks several."""
    return f"{question_id.hex}."


def part_from_post(question_id: UUID, data: Mapping[str, str]) -> Mapping[str, str]:
    """The fields of one question out of such a form, under the names they have in a form of their own."""
    before = of_question(question_id)
    names = [name for name in data if name.startswith(before)]
    if not isinstance(data, MultiValueDict):
        return {name.removeprefix(before): data[name] for name in names}
    return MultiValueDict({name.removeprefix(before): data.getlist(name) for name in names})


def is_blank(raw: object) -> bool:
    """Nothing was filled in."""
    if isinstance(raw, Mapping):
        return all(is_blank(part) for part in raw.values())
    return not raw or (isinstance(raw, str) and not raw.strip())


def who_from_post(attendee: Attendee, data: Mapping[str, str]) -> WhoForm:
    """Who somebody says they are, where the form they sent has a place for it."""
    return WhoForm(data if "who" in data else None, instance=attendee)


def words_from_post(data: Mapping[str, str]) -> str:
    """Whatever was written, when no question says how to read it."""
    return "\n".join(data[name] for name in data if name.split(".")[0] == "value")


class TableField(LineField):
    """How the people at one table call it. Nothing but text can be meant."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value if isinstance(value, str) else "")

    def validate(self, value: str) -> None:
        if len(value) > self.limit:
            said = _("The name of your table is %(length)s characters. Shorten it to %(limit)s: nothing is lost.")
            raise forms.ValidationError(said % {"length": f"{len(value):,}", "limit": self.limit})


class SheetForm(forms.Form):
    """Which sheet of paper is typed in: what its page was made with, and nothing that anybody writes."""

    sheet = forms.RegexField(r"\A[A-Za-z0-9_-]{43}\Z")


class HandInForm(forms.Form):
    """What comes with every answer, from the page's form or as JSON: the answer's own id, its edit, its question.

    `table`, and `people` at it, come from somebody who writes for a table.
    """

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    edit = forms.IntegerField(
        min_value=1,
        max_value=1_000_000,
        error_messages={"required": RELOAD, "invalid": RELOAD, "min_value": RELOAD, "max_value": RELOAD},
    )
    question = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    table = TableField(limit=LONGEST_TABLE, required=False)
    people = forms.IntegerField(
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HOW_MANY),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        """JSON may hold anything under these names; only text and whole numbers can be meant."""
        found = {name: data.get(name) for name in self.base_fields}
        super().__init__({name: value for name, value in found.items() if isinstance(value, str | int | UUID)})

    def clean_key(self) -> UUID:
        """Random ids only: the other versions hold a time, which would say when an unlinked answer was given."""
        key: UUID = self.cleaned_data["key"]
        if key.version != 4:
            raise forms.ValidationError(RELOAD)
        return key


class TakeBackForm(HandInForm):
    """Which answer is taken back: the question, and the id the answer has or was to have."""

    edit = None  # type: ignore[assignment]
    table = None  # type: ignore[assignment]
    people = None  # type: ignore[assignment]


class NoteForm(HandInForm):
    """What comes with a note to self: its own id, and its edit. The item is in the address."""

    question = None  # type: ignore[assignment]
    table = None  # type: ignore[assignment]
    people = None  # type: ignore[assignment]


class DeleteNoteForm(NoteForm):
    """Which note."""

    edit = None  # type: ignore[assignment]

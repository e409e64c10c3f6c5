"""From what a browser posts to what a kind validates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.kinds.base import Kind

RELOAD = _("This page is out of date. Copy your answer, then open the page again: nothing you sent is lost.")


def raw_from_post(kind: Kind, config: dict[str, object], data: Mapping[str, str]) -> object:
    """The posted answer as JSON: the text of "value", or a dict of the parts of "value.<part>" that were filled in."""
    names = [field.name for field in kind.fields(config)]
    if names == ["value"]:
        return data.get("value", "")
    return {name.removeprefix("value."): data[name] for name in names if name in data}


def words_from_post(data: Mapping[str, str]) -> str:
    """Whatever was written, when no question says how to read it."""
    return "\n".join(data[name] for name in data if name.split(".")[0] == "value")


class HandInForm(forms.Form):
    """What comes with every answer, from the page's form or as JSON: the answer's own id, its edit, its question."""

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    edit = forms.IntegerField(
        min_value=1,
        max_value=1_000_000,
        error_messages={"required": RELOAD, "invalid": RELOAD, "min_value": RELOAD, "max_value": RELOAD},
    )
    question = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})

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

"""Rows of a table as plain JSON values and back: what a day that is carried to another computer is written in.

Every field of a model goes by itself, so a new one is carried from the day it is there. What leads to other rows is
named by whoever calls: a key, a user name or an id that is random, never a number that a database gave.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import AutoField, Field, Model
from django.utils.translation import gettext as _

Entry = dict[str, Any]
Tables = dict[str, list[Entry]]
Found = TypeVar("Found")


class Unreadable(Exception):
    """What a file holds cannot be taken in. The message is a sentence."""


@cache
def plain_fields(model: type[Model]) -> list["Field[Any, Any]"]:
    """The fields that are values: neither links to other rows nor numbers that the database gives."""
    fields = model._meta.concrete_fields
    return [field for field in fields if not field.is_relation and not isinstance(field, AutoField)]


def write(row: Model, **links: object) -> Entry:
    """One row, and beside its own values those of `links`."""
    own = {field.name: _written(field.value_from_object(row)) for field in plain_fields(type(row))}
    return own | links


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def read(model: type[Model], entry: object, *links: str) -> dict[str, Any]:
    """The values of one row, fit for `model(**values)`; those of `links` are left out. Raises Unreadable.

    A field that a file from before its time does not have gets its default.
    """
    fields = {field.name: field for field in plain_fields(model)}
    if not isinstance(entry, dict):
        raise Unreadable(_("A row of it cannot be read."))
    if unknown := sorted(set(entry) - {*fields, *links}):
        raise Unreadable(_("It holds “%(name)s”, which this version does not know.") % {"name": unknown[0]})
    for name, field in fields.items():
        if name not in entry and not (field.has_default() or field.null or field.blank):
            raise Unreadable(_("A row of it lacks “%(name)s”.") % {"name": name})
    return {name: _read(field, entry[name]) for name, field in fields.items() if name in entry}


def _read(field: "Field[Any, Any]", written: Any) -> Any:
    if written is None and field.null:
        return None
    try:
        value = field.to_python(written)
        field.run_validators(value)
        if value is not None and _written(value) == written:  # nothing is guessed from another spelling
            return value
    except (ValidationError, TypeError, ValueError, OverflowError):
        pass
    raise Unreadable(_("What it says as “%(name)s” cannot be read.") % {"name": field.name})


def link(entry: Entry, name: str, known: Mapping[str, Found]) -> Found | None:
    """The row that an entry names, None if it names none. Raises Unreadable for one that is not known."""
    key = entry.get(name)
    if key is None:
        return None
    if not isinstance(key, str) or key not in known:
        raise Unreadable(_("A row of it belongs to a “%(name)s” that is not in it.") % {"name": name})
    return known[key]


def needed(entry: Entry, name: str, known: Mapping[str, Found]) -> Found:
    """The same, for a row that must name one."""
    found = link(entry, name, known)
    if found is None:
        raise Unreadable(_("A row of it lacks “%(name)s”.") % {"name": name})
    return found


def as_text(entry: object) -> str:
    """One text for one value, whatever the order of its keys: two that are equal have the same."""
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), allow_nan=False)


def missing(here: Iterable[Entry], there: Iterable[Entry], *ignored: str) -> list[Entry]:
    """Those of `here` that are not in `there`, not looking at the keys in `ignored`."""
    known = {as_text(_without(entry, ignored)) for entry in there}
    return [entry for entry in here if as_text(_without(entry, ignored)) not in known]


def _without(entry: Entry, ignored: tuple[str, ...]) -> Entry:
    return {key: value for key, value in entry.items() if key not in ignored}

"""A workshop is a document: each app answers for its chapter, and together they load and dump a whole day.

One way for samples, templates, copies and imports; `load_document(dump_document(workshop))` is the identity. Answers,
people and what happened on the day are no part of it. docs/documents.md lists every key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel

from . import changes
from .document import DocumentRefused, TomlDocument, read_part
from .models import LogEntry, Workshop
from .rows import Tables


def _nothing_to_tidy(workshop: Workshop, part: Any) -> None:
    """Most chapters leave nothing behind."""


def _nothing_to_purge(workshop: Workshop) -> None:
    """Most of what a chapter keeps goes with the workshop by itself."""


def _nothing_to_pack(workshop: Workshop) -> Tables:
    """A chapter that is all said in the document."""
    return {}


def _nothing_to_unpack(workshop: Workshop, tables: Tables) -> None:
    """The same, on the way back."""


def _asks_for_nothing(workshop: Workshop) -> dict[str, timedelta]:
    """Most chapters have nobody type."""
    return {}


@dataclass(frozen=True)
class Chapter:
    """One app's part of a document.

    `shape` is a pydantic model of the top-level keys this app owns. `load(workshop, part)` writes that part to the
    database inside the caller's transaction; `dump(workshop)` gives it back as plain JSON values, without the keys
    that have none. `tidy(workshop, part)` runs once every chapter is loaded, and deletes what no chapter needs now.
    `purge(workshop)` deletes what would hold on to a workshop that is deleted.

    A day that is carried to another computer takes along what no document holds: `pack(workshop)` gives every table
    this app keeps of it as plain JSON values, and `unpack(workshop, tables)` writes them over what is there. `replaced`
    names the tables whose rows `unpack` throws away, for somebody who might lose them. See `agenda.carry`.
    `unpacked(workshop)` runs once every chapter is unpacked.

    `typing(workshop)` says how long each person will be typing, by slot key.
    """

    name: str
    shape: type[BaseModel]
    load: Callable[[Workshop, Any], None]
    dump: Callable[[Workshop], dict[str, Any]]
    tidy: Callable[[Workshop, Any], None] = _nothing_to_tidy
    purge: Callable[[Workshop], None] = _nothing_to_purge
    pack: Callable[[Workshop], Tables] = _nothing_to_pack
    unpack: Callable[[Workshop, Tables], None] = _nothing_to_unpack
    unpacked: Callable[[Workshop], None] = _nothing_to_purge
    replaced: Mapping[str, Any] = field(default_factory=dict)
    typing: Callable[[Workshop], dict[str, timedelta]] = _asks_for_nothing


_chapters: dict[str, Chapter] = {}


def register(chapter: Chapter) -> None:
    _chapters[chapter.name] = chapter


def registered() -> tuple[Chapter, ...]:
    """In the order of the floors: agenda, feedback, live."""
    return tuple(_chapters.values())


def load_document(document: dict[str, Any], *, new: bool = False) -> Workshop:
    """The day this document describes, made or brought up to date; its `slug` says which day it is. `new`: only made.

    All or nothing: raises DocumentRefused with a sentence and changes nothing. A document that says what the database
    says already changes nothing either.
    """
    try:
        parts = _read(document)
        with transaction.atomic():
            return _write(parts, new=new)
    except DocumentRefused as refused:
        raise refused.found_in(document) from None


def dump_document(workshop: Workshop) -> dict[str, Any]:
    """The whole document, every default spelt out, as plain JSON values. For those who may edit the day: it holds the
    facilitator's private notes."""
    return {key: value for chapter in registered() for key, value in chapter.dump(workshop).items()}


def typing_asked(workshop: Workshop) -> dict[str, timedelta]:
    """Slot key -> how long each person is asked to type in it, by all chapters."""
    asked: dict[str, timedelta] = {}
    for chapter in registered():
        for key, span in chapter.typing(workshop).items():
            asked[key] = asked.get(key, timedelta(0)) + span
    return asked


def clock_runs(workshop: Workshop) -> bool:
    """The day has begun, on its own clock or on the real one; no document sets the clock any more."""
    return workshop.clock_real is not None or LogEntry.objects.filter(workshop=workshop).exists()


def _read(document: dict[str, Any]) -> dict[str, BaseModel]:
    """Chapter name -> its part in its shape."""
    known = {key for chapter in registered() for key in chapter.shape.model_fields}
    for key in document:
        if key not in known:
            raise DocumentRefused(_("is not a key of a workshop document."), (key,))
    text_dates = not isinstance(document, TomlDocument)
    parts = {}
    for chapter in registered():
        own = {key: value for key, value in document.items() if key in chapter.shape.model_fields}
        parts[chapter.name] = read_part(chapter.shape, own, text_dates=text_dates)
    return parts


def _write(parts: dict[str, BaseModel], *, new: bool) -> Workshop:
    wanted: dict[str, Any] = {}
    for part in parts.values():
        wanted |= part.model_dump(mode="json", exclude_none=True)
    # The lock that touch() takes, without its change: whether there is one is only known after looking.
    workshop = Workshop.objects.select_for_update().filter(slug=wanted["slug"]).first()
    if workshop is None:
        workshop = Workshop(slug=wanted["slug"])
    elif new:
        raise DocumentRefused(_("is the name of a day that is there already."), ("slug",))
    elif _without_a_running_clock(workshop, dump_document(workshop)) == _without_a_running_clock(workshop, wanted):
        return workshop
    else:
        workshop.touch(phones=True)
    for chapter in registered():
        chapter.load(workshop, parts[chapter.name])
    for chapter in registered():
        chapter.tidy(workshop, parts[chapter.name])
    changes.announce(workshop)
    return workshop


def _without_a_running_clock(workshop: Workshop, document: dict[str, Any]) -> dict[str, Any]:
    """No document sets a clock that runs, so what it says of one is no difference."""
    if not clock_runs(workshop):
        return document
    return {key: value for key, value in document.items() if key != "rehearsal_starts"}

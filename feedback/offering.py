"""Ready questions, put into a day by whoever prepares it. Raises `Refused` with a sentence for that person."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from agenda import changes
from agenda.chapter import current_plan
from agenda.models import Slot, Workshop

from . import bank
from .bank import Group, Ready
from .confidentiality import ONLY_THEIRS, in_short
from .kinds import kinds
from .models import Question
from .prepared import in_lines
from .preparing import Settings, Wanted, put

REFLECTION = "reflection"  # the kind of item in which answers come back
SAME = ("kind", "hand", "mode", "occasion", "bundle", "minutes")


@dataclass(frozen=True)
class Offered:
    """A ready question as the plan page offers it. `asked_in`: the title of the item that asks it already, or ""."""

    ready: Ready
    asked_in: str

    @property
    def kind(self) -> str:
        return kinds[self.ready.kind].label

    @property
    def promise(self) -> str:
        return ONLY_THEIRS if kinds[self.ready.kind].is_private else in_short(self.ready.mode, self.ready.bundle)

    @property
    def details(self) -> list[str]:
        return in_lines(self.ready.kind, self.ready.settings())


@dataclass(frozen=True)
class OfferedGroup:
    """Some that belong together. `is_first`: they are what such an item usually asks."""

    group: Group
    questions: list[Offered]
    is_first: bool


def offered(item_kind: str, taken: Mapping[str, str]) -> list[OfferedGroup]:
    """What can be put into an item of this kind, the usual first. `taken`: key -> title, of the day's questions."""
    found = [
        OfferedGroup(group, [Offered(one, taken.get(one.key, "")) for one in ready], item_kind in group.items)
        for group, ready in bank.groups()
    ]
    return sorted(found, key=lambda one: not one.is_first)


@transaction.atomic
def add_ready(*, workshop: Workshop, slot_key: str, number: uuid.UUID, ready: Sequence[Ready]) -> list[Question]:
    """Some of the ready questions, at the end of an item, in this order. The same form sent again adds none twice.

    Each keeps its key, so that days can be compared; one that this day has already gets another.
    """
    workshop.touch(phones=False)
    slots = (current_plan(workshop) or {"slots": []})["slots"]
    titles = bank.heard((slot["kind"], slot["title"]) for slot in slots)
    added = [put(workshop, slot_key, uuid.uuid5(number, one.key), wanted(one, titles)) for one in ready]
    for question, one in zip(added, ready, strict=True):
        if one.comes_back:
            _let_come_back(question, slots)
    changes.announce(workshop)
    return added


def wanted(ready: Ready, titles: Sequence[str] = ()) -> Wanted:
    """A ready question as it is put into a day that has these items."""
    settings = Settings(config=ready.settings(titles), **{name: getattr(ready, name) for name in SAME})
    return Wanted(ready.text, ready.hint, settings, ready.key, ready.version)


def _let_come_back(question: Question, slots: Sequence[dict[str, Any]]) -> None:
    """What is asked over lunch is read out in the reflection after it."""
    keys = [slot["key"] for slot in slots]
    later = slots[keys.index(question.slot.key) + 1 :]
    there = next((slot["key"] for slot in later if slot["kind"] == REFLECTION), None)
    if there and question.returns_in is None:
        question.returns_in = Slot.objects.get(workshop=question.workshop, key=there)
        question.save(update_fields=["returns_in"])

"""Ready questions, in plain words, with keys and versions that stay: bank.toml, read once. Pure.

A question that is asked in the same words under the same key can be compared from day to day.
"""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limits

from feedback.kinds import kinds
from feedback.kinds.base import Key
from feedback.kinds.lines import key_from

FILE = Path(__file__).with_name("bank.toml")
HEARD = {"speaker", "discussion", "reflection"}  # the kinds of items people can say something of afterwards
MOST_HEARD = 8


class Entry(BaseModel):
    """Whatever stands in the file is meant: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Group(Entry):
    """Some that belong together. `items` are the kinds of items it is offered first in."""

    name: str
    title: str
    items: list[str]


class Ready(Entry):
    """One that can be put into a day as it stands.

    `comes_back`: asked over lunch, its answers come back in the next reflection. `per_item` names the list in its
    config that the day's own items replace.
    """

    key: Key
    version: Annotated[int, Limits(ge=1)] = 1
    group: str
    occasion: Literal["survey", "live", "flipchart", "feedback", "followup"] = "live"
    kind: str
    text: Annotated[str, Limits(min_length=1, max_length=300)]
    hint: Annotated[str, Limits(max_length=200)] = ""
    config: dict[str, Any] = {}
    hand: Literal["talk", "scribe", "phones"] = "phones"
    mode: Literal["unlinked", "facilitator", "named"] = "unlinked"
    bundle: Literal["alone", "form", "pair"] = "alone"
    minutes: Annotated[int, Limits(ge=1, le=120)] | None = None
    comes_back: bool = False
    per_item: str = ""

    def settings(self, heard: Sequence[str] = ()) -> dict[str, object]:
        """What its kind makes of its config, on a day with these items. Raises Refused."""
        config = dict(self.config)
        if self.per_item and heard:
            keys: list[str] = []
            for title in heard[:MOST_HEARD]:
                keys.append(key_from(title, keys, "item"))
            config[self.per_item] = [{"key": key, "text": title} for key, title in zip(keys, heard, strict=False)]
        return kinds[self.kind].check_config(config)


@cache
def _read() -> tuple[tuple[Group, ...], tuple[Ready, ...]]:
    found = tomllib.loads(FILE.read_text("utf-8"))
    groups = tuple(Group.model_validate(one) for one in found["groups"])
    return groups, tuple(Ready.model_validate(one) for one in found["questions"])


def everything() -> tuple[Ready, ...]:
    """All of them, also those whose kind this version cannot ask."""
    return _read()[1]


def on_offer() -> dict[str, Ready]:
    """By key, in order: those whose kind is there."""
    return {one.key: one for one in everything() if one.kind in kinds}


def groups() -> list[tuple[Group, list[Ready]]]:
    """The same by group; none that is empty."""
    offered = on_offer().values()
    found = [(group, [one for one in offered if one.group == group.name]) for group in _read()[0]]
    return [(group, ready) for group, ready in found if ready]


def heard(items: Iterable[tuple[str, str]]) -> list[str]:
    """Of a day's items, each a kind and a title: the titles people can say something of, none twice."""
    titles = dict.fromkeys(title for kind, title in items if kind in HEARD)
    return list(titles)[:MOST_HEARD]

"""The file in which a whole day is carried from one computer to another, as text.

    {"carry": 1, "leg": "<id of this journey>", "made_at": "2026-11-22T09:00:00Z", "sha256": "<of all the rest>",
     "chapters": {"agenda": {"day": [{…}], "log": [{…}], …}, "feedback": {…}, "live": {…}}}

`chapters` is what each chapter's `pack` gave: table -> rows, every moment in UTC.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from .document import DocumentRefused, check_text
from .rows import Tables, Unreadable, as_text

VERSION = 1


@dataclass(frozen=True)
class CarryFile:
    """One day on its way. `leg` names this journey, for both ends."""

    leg: str
    made_at: str
    chapters: dict[str, Tables]


def new(chapters: dict[str, Tables], now: datetime) -> CarryFile:
    return CarryFile(str(uuid.uuid4()), f"{now:%Y-%m-%dT%H:%M:%SZ}", chapters)


def written(file: CarryFile) -> str:
    """The text of it, with a sum that no damage fits."""
    content = {"carry": VERSION, "leg": file.leg, "made_at": file.made_at, "chapters": file.chapters}
    return json.dumps(content | {"sha256": _sum(content)}, allow_nan=False) + "\n"


def read(text: str) -> CarryFile:
    """The day in such a text. Raises Unreadable, with a sentence, for every other."""
    try:
        content = json.loads(text, parse_constant=_refuse)
        check_text(content)
    except (ValueError, RecursionError, DocumentRefused) as error:
        raise Unreadable(_("This file is cut short or damaged, or it is not a day that was carried out.")) from error
    if not isinstance(content, dict) or "carry" not in content:
        raise Unreadable(_("This is not a file that carry_day has written."))
    if isinstance(content["carry"], int) and content["carry"] > VERSION:
        raise Unreadable(_("This file is from a newer version of this program. Bring this one up to date first."))
    given = content.pop("sha256", None)
    if given != _sum(content):
        raise Unreadable(_("This file is damaged: it is not as it was written. Carry the day out once more."))
    return _shaped(content)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _sum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(as_text(content).encode()).hexdigest()


def _shaped(content: dict[str, Any]) -> CarryFile:
    """Chapters of tables of rows, and one row of them is the day."""
    chapters: Any = content.get("chapters")
    tables = [table for chapter in _values(chapters) for table in _values(chapter)]
    if not all(isinstance(table, list) and all(isinstance(row, dict) for row in table) for table in tables):
        raise Unreadable(_("This is not a file that carry_day has written."))
    if len(chapters.get("agenda", {}).get("day", [])) != 1:
        raise Unreadable(_("This file holds no day."))
    return CarryFile(str(content.get("leg")), str(content.get("made_at")), chapters)


def _values(held: object) -> list[Any]:
    if not isinstance(held, dict):
        raise Unreadable(_("This is not a file that carry_day has written."))
    return list(held.values())

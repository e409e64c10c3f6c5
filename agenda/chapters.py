"""The registry of chapters: each app answers for its part of a workshop document."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from .models import Workshop


@dataclass(frozen=True)
class Chapter:
    """One app's part of a document.

    `shape` is a pydantic model of the top-level keys this app owns. `load(workshop, part)` writes that part to the
    database inside the caller's transaction; `dump(workshop)` gives it back as plain JSON values.
    """

    name: str
    shape: type[BaseModel]
    load: Callable[[Workshop, Any], None]
    dump: Callable[[Workshop], dict[str, Any]]


_chapters: dict[str, Chapter] = {}


def register(chapter: Chapter) -> None:
    _chapters[chapter.name] = chapter


def registered() -> tuple[Chapter, ...]:
    """In the order of the floors: agenda, feedback, live."""
    return tuple(_chapters.values())

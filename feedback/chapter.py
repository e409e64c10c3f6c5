"""This app's part of a workshop document."""

from typing import Any

from pydantic import BaseModel

from agenda.chapters import Chapter
from agenda.models import Workshop


class Part(BaseModel):
    pass


def load(workshop: Workshop, part: Part) -> None: ...


def dump(workshop: Workshop) -> dict[str, Any]:
    return {}


chapter = Chapter(name="feedback", shape=Part, load=load, dump=dump)

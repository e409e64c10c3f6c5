"""This app's part of a workshop document."""

from typing import Any

from pydantic import BaseModel

from .chapters import Chapter
from .models import Workshop


class Part(BaseModel):
    pass


def load(workshop: Workshop, part: Part) -> None: ...


def dump(workshop: Workshop) -> dict[str, Any]:
    return {}


chapter = Chapter(name="agenda", shape=Part, load=load, dump=dump)

"""The room's part of a workshop document: its ground rules."""

from typing import Annotated, Any

from pydantic import Field

from agenda.chapters import Chapter
from agenda.document import Line, Shape
from agenda.models import Workshop

from . import carried
from .models import GroundRule, Stage


class RuleEntry(Shape):
    """One of the rules the room is asked to agree to."""

    text: Annotated[Line, Field(min_length=1, max_length=200)]
    detail: Annotated[Line, Field(max_length=300)] = ""


class Part(Shape):
    """The top-level keys of the room."""

    ground_rules: Annotated[list[RuleEntry], Field(max_length=50)] = []


def load(workshop: Workshop, part: Part) -> None:
    Stage.objects.get_or_create(workshop=workshop)
    GroundRule.objects.filter(workshop=workshop, position__gte=len(part.ground_rules)).delete()
    for position, entry in enumerate(part.ground_rules):
        GroundRule.objects.update_or_create(workshop=workshop, position=position, defaults=entry.model_dump())


def dump(workshop: Workshop) -> dict[str, Any]:
    rows = GroundRule.objects.filter(workshop=workshop)
    return {"ground_rules": [{"text": row.text, "detail": row.detail} for row in rows]}


chapter = Chapter(
    name="live",
    shape=Part,
    load=load,
    dump=dump,
    pack=carried.pack,
    unpack=carried.unpack,
    replaced=carried.REPLACED,
)

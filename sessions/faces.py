"""Which face the screen wears, what a speaker's item has come to, and how people are told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .models import Stage

if TYPE_CHECKING:
    from .room import Room

SPEAKER = "speaker"
NEXT_KEY = "p"


@dataclass(frozen=True)
class Phase:
    """One of the three parts of a speaker's item. `key` presses the next one."""

    name: str
    label: str
    is_now: bool
    key: str


def phases(room: "Room") -> list[Phase]:
    """Talk, questions, discussion; none but in a speaker's item."""
    if not room.live or room.live.item.kind != SPEAKER:
        return []
    labels = {"talk": _("Talk"), "questions": _("Questions"), "discussion": _("Discussion")}
    names = list(labels)
    place = names.index(room.stage.phase)
    return [
        Phase(name, label, is_now=i == place, key=NEXT_KEY if i == place + 1 else "")
        for i, (name, label) in enumerate(labels.items())
    ]


def worn(room: "Room") -> str:
    """The way out beats everything, then blank; before the start and after the end the screen speaks for itself."""
    stage = room.stage
    if stage.is_out:
        return "out"
    if stage.blank:
        return "blank"
    if stage.face == Stage.Face.QUESTION and room.question is None:
        return "slot"
    if stage.face == Stage.Face.SUMMARY:
        return stage.face if room.leaf else _otherwise(room)
    if stage.face == Stage.Face.ASKS:
        return stage.face if room.board_is_on else _otherwise(room)
    if stage.face == Stage.Face.SLOT and room.state != "running":
        return _otherwise(room)
    if stage.face == Stage.Face.SLOT and room.introductions and room.introductions.is_on:
        return "intros"
    return stage.face


def _otherwise(room: "Room") -> str:
    """What the screen shows where nothing is asked of it."""
    if room.state == "running":
        return "slot"
    return "join" if room.state == "before" else "finished"


def in_words(room: "Room") -> str:
    """The same for the desk: "the ground rules", or the title of what is on."""
    return {
        "out": _("“Leave now”, and where to go"),
        "blank": _("nothing: the screen is blank"),
        "join": _("how to join"),
        "rules": _("the ground rules"),
        "housekeeping": _("housekeeping"),
        "question": room.question.question.text if room.question else "",
        "summary": room.leaf.title if room.leaf else "",
        "intros": _("whoever introduces themselves"),
        "asks": _("what people ask of the room"),
        "finished": _("thank you, and good-bye"),
    }.get(room.face) or (room.live.item.title if room.live else "")

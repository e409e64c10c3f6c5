"""The kinds of items a running order is made of, and what is usual for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Absorb = Literal["auto", "offer", "never"]


@dataclass(frozen=True, slots=True)
class SlotKind:
    """What an item of this kind is like unless somebody says otherwise. `name` is a message id.

    Its floor, the fewest minutes anybody may propose for it, is `least` minutes or `share` per cent of its length.
    """

    name: str
    minutes: int
    fixed: bool = False
    absorb: Absorb = "never"
    least: int | None = None
    share: int | None = None


KINDS: Mapping[str, SlotKind] = MappingProxyType(
    {
        "arrival": SlotKind("Arrival", 30),
        "intros": SlotKind("Introductions", 45),
        "speaker": SlotKind("Speaker", 30),
        "discussion": SlotKind("Discussion", 30, absorb="offer", share=60),
        "break": SlotKind("Break", 15, absorb="offer", least=10),
        "lunch": SlotKind("Lunch", 45, fixed=True, absorb="offer", least=35),
        "reflection": SlotKind("Reflections", 15, absorb="offer", share=60),
        "summary": SlotKind("Summary", 15),
        "close": SlotKind("Close", 10, fixed=True),
    }
)


def usual_floor(kind: str, minutes: int) -> int | None:
    """The floor of an item of this kind and length that may be shortened; None where nothing is usual."""
    usual = KINDS[kind]
    if usual.share is not None:
        return -(-minutes * usual.share // 100)
    return None if usual.least is None else min(usual.least, minutes)

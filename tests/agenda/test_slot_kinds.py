"""What is usual for each kind of item."""

from typing import get_args

from agenda.chapter import Kind
from agenda.slot_kinds import KINDS, usual_floor


def test_every_kind_of_a_document_has_its_usual_settings() -> None:
    assert tuple(KINDS) == get_args(Kind)


def test_a_floor_is_a_share_of_the_length_rounded_up() -> None:
    assert usual_floor("discussion", 40) == 24
    assert usual_floor("discussion", 37) == 23
    assert usual_floor("discussion", 0) == 0


def test_a_floor_in_minutes_is_never_more_than_the_length() -> None:
    assert (usual_floor("break", 15), usual_floor("break", 8)) == (10, 8)
    assert (usual_floor("lunch", 45), usual_floor("lunch", 30)) == (35, 30)


def test_talks_and_rules_have_no_floor() -> None:
    assert {kind for kind in KINDS if usual_floor(kind, 60) is None} == {
        "arrival",
        "intros",
        "speaker",
        "summary",
        "close",
    }
    assert {usual.absorb for kind, usual in KINDS.items() if usual_floor(kind, 60) is None} == {"never"}

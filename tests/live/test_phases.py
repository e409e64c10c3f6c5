"""A speaker's item: talk, questions, discussion. What each says to the room, and when it begins again."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from agenda.models import Workshop
from agenda.services import Refused, Stale
from sessions import services, staging
from sessions.models import Stage

from . import day
from .test_picture import bytes_of
from .test_room import look, shown

QUIET = "Nothing to do here now. We will say when."
HANDS = "Questions to the speakers now – put your hand up, or ask on your phone"
TOGETHER = "We discuss this together now"


@pytest.fixture
def talk(workshop: Workshop) -> Workshop:
    """A day at its first speakers."""
    day.begin(workshop, until="how-digital")
    return workshop


def come_to(workshop: Workshop, phase: str) -> None:
    staging.set_phase(workshop=workshop, phase=phase, expect=day.live(workshop))


@pytest.mark.parametrize(
    ("phase", "phone", "screen"),
    [
        ("talk", QUIET, "Welcome How digital"),
        ("questions", HANDS, HANDS),
        ("discussion", TOGETHER, TOGETHER),
    ],
)
def test_each_phase_says_what_to_do_and_who_speaks(talk: Workshop, phase: str, phone: str, screen: str) -> None:
    come_to(talk, phase)
    said = {"phone": shown(talk, "phone"), "screen": shown(talk)}
    assert phone in said["phone"]
    assert screen in said["screen"]
    for words in ("Cllr Joyce McCarty", "Programme Director, Digital Newcastle"):
        assert all(words in text for text in said.values())
    others = {QUIET, HANDS, TOGETHER} - {phone}
    assert [words for words in others if words in said["phone"] + said["screen"]] == []


def test_one_speaker_is_asked_alone(workshop: Workshop) -> None:
    day.begin(workshop, until="culture")
    come_to(workshop, "questions")
    assert "Questions to the speaker now – put your hand up, or ask on your phone" in shown(workshop)


@pytest.mark.parametrize("phase", ["talk", "questions", "discussion"])
def test_a_screen_names_the_phase_and_counts_nobody_down(talk: Workshop, phase: str) -> None:
    day.set_clock(talk, "12:20")  # long over
    come_to(talk, phase)
    text = shown(talk)
    assert "Talk Questions Discussion" in text
    assert [now.name for now in look(talk).phases if now.is_now] == [phase]
    assert [word for word in ("min", "over", "late", "left") if f" {word}" in text] == []
    assert "data-ends-ms" not in bytes_of(talk)


@pytest.mark.parametrize("phase", ["questions", "discussion"])
def test_the_next_speakers_begin_with_their_talk(talk: Workshop, phase: str) -> None:
    come_to(talk, phase)
    services.move_on(workshop=talk, expect="how-digital", actor=None)
    assert look(talk).phase == "talk"
    come_to(talk, phase)
    services.undo(workshop=talk, seen=day.seen(talk), actor=None)
    assert (day.live(talk), look(talk).phase) == ("how-digital", "talk")


def another_face(workshop: Workshop) -> None:
    services.put_on_screen(workshop=workshop, face="rules")


def a_question(workshop: Workshop) -> None:
    day.ask(workshop, "digital_pleased")


def more_time(workshop: Workshop) -> None:
    day.change(workshop, "extend how-digital 5")


def undone(workshop: Workshop) -> None:
    day.change(workshop, "hold")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)


@pytest.mark.parametrize("happens", [another_face, a_question, more_time, undone], ids=lambda each: each.__name__)
def test_nothing_else_moves_a_phase(talk: Workshop, happens: Callable[[Workshop], None]) -> None:
    come_to(talk, "discussion")
    happens(talk)
    assert look(talk).phase == "discussion"


def test_the_desk_offers_the_questions_of_the_item_first_when_the_discussion_begins(talk: Workshop) -> None:
    offered = []
    for phase in ("talk", "questions", "discussion"):
        come_to(talk, phase)
        first = look(talk).to_ask
        offered.append(first and first.key)
    assert offered == [None, None, "digital_pleased"]
    come_to(talk, "talk")
    assert shown(talk, "desk").count("Ask the room") == 2  # and whoever wants to may ask before


def test_only_a_speakers_item_has_phases(workshop: Workshop) -> None:
    day.begin(workshop)
    assert (look(workshop).phases, look(workshop).phase) == ([], "")
    before = day.revisions(workshop)
    with pytest.raises(Refused, match="Only a speaker's item has a talk"):
        come_to(workshop, "questions")
    assert day.revisions(workshop) == before


@pytest.mark.parametrize("expect", [None, "intros", "data"])
def test_a_press_from_another_item_changes_nothing(talk: Workshop, expect: str | None) -> None:
    before = day.revisions(talk)
    with pytest.raises(Stale, match="Nothing was changed by this press"):
        staging.set_phase(workshop=talk, phase="questions", expect=expect)
    assert (look(talk).phase, day.revisions(talk)) == ("talk", before)


def test_phones_hear_of_a_phase(talk: Workshop) -> None:
    _, control_rev = day.revisions(talk)
    come_to(talk, "questions")
    assert day.revisions(talk)[1] == control_rev + 1


def test_a_frozen_screen_stays_at_its_phase(talk: Workshop) -> None:
    come_to(talk, "questions")
    staging.freeze(workshop=talk, on=True)
    come_to(talk, "discussion")
    assert HANDS in shown(talk)
    assert TOGETHER in shown(talk, "phone")


def test_a_phase_nobody_knows_cannot_be_stored(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError, match="stage_phase_known"):
        Stage.objects.update(phase="encore")

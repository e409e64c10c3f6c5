"""Going round the room: whose turn it is, what each face has of it, and what nobody is shown."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from agenda import cards, services
from agenda.cards import Introduction
from agenda.models import Attendee, Workshop
from agenda.services import Refused, Stale
from feedback import keeping
from sessions import introductions, staging
from sessions import services as live
from sessions.call_models import Call
from tests.cast import newcastle, phone_in

from . import day
from .test_picture import bytes_of
from .test_room import look, shown

ANN = {"council": "Exampleshire County Council", "roles": ["leader"], "portfolio": "Digital", "interest": "One team"}
ANN |= {"key_point": "Who shares a data officer?", "is_ask": True, "experience": "Ran a call centre"}


def person(workshop: Workshop, name: str, *, on_screen: bool = False, **said: Any) -> Attendee:
    attendee = phone_in(workshop).attendee
    cards.introduce(attendee=attendee, said=Introduction(name=name, on_screen=on_screen, **said))
    return attendee


@pytest.fixture
def intros(workshop: Workshop) -> Workshop:
    """The sample day in its introductions: 45 minutes, at their beginning."""
    day.begin(workshop)
    return workshop


def seen(workshop: Workshop) -> uuid.UUID | None:
    newest = Call.objects.filter(workshop=workshop).last()
    return newest.pk if newest else None


def call(workshop: Workshop, attendee: Attendee | None) -> None:
    seat = attendee.pk if attendee else None
    introductions.call(workshop=workshop, seat=seat, seen=seen(workshop), press=uuid.uuid4())


def pass_by(workshop: Workshop, attendee: Attendee | None) -> None:
    seat = attendee.pk if attendee else None
    introductions.pass_by(workshop=workshop, seat=seat, seen=seen(workshop), press=uuid.uuid4())


def undo(workshop: Workshop) -> None:
    introductions.undo(workshop=workshop, seen=seen(workshop), press=uuid.uuid4())


def going(workshop: Workshop) -> Any:
    found = look(workshop).introductions
    assert found
    return found


def test_the_card_of_who_speaks_is_on_the_screen_and_on_phones(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True, **ANN)
    call(intros, ann)
    assert look(intros).face == "intros"
    for audience in ("screen", "phone"):
        words = shown(intros, audience)
        for said in ("Ann Ash", "Exampleshire County Council", "Leader · Digital", "One team"):
            assert said in words, audience
        assert "I ask you Who shares a data officer?" in words
    assert "Ran a call centre" in shown(intros, "phone"), "the screen has no room for all of it"


def test_nothing_is_shown_of_somebody_who_did_not_choose_it(intros: Workshop) -> None:
    ann, bob = person(intros, "Ann Ash", **ANN), person(intros, "Bob Birch", interest="Roads")
    for attendee in (ann, bob):
        call(intros, attendee)
        for audience in ("screen", "phone"):
            pages = bytes_of(intros, audience)
            assert "One of us" in pages
            for said in ("Ann", "Bob", "Exampleshire", "Digital", "One team", "data officer", "call centre", "Roads"):
                assert said not in pages, (audience, said)
            assert str(attendee.pk) not in pages
    assert "Bob Birch" in shown(intros, "desk")


def test_whose_turn_is_next_is_said_by_name_only_of_those_who_chose_it(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    bob = person(intros, "Bob Birch")
    person(intros, "Carl Cedar", on_screen=True)
    call(intros, ann)
    assert all("Next: one of us" in shown(intros, audience) for audience in ("screen", "phone"))
    call(intros, bob)
    assert all("Next: Carl Cedar" in shown(intros, audience) for audience in ("screen", "phone"))
    assert "Bob Birch" not in shown(intros, "screen") + shown(intros, "phone")


def test_a_card_of_which_little_is_filled_has_no_empty_places(intros: Workshop) -> None:
    call(intros, person(intros, "", on_screen=True, council="Exampleshire"))
    words = shown(intros)
    assert "One of us Exampleshire" in words
    assert "What interests me" not in words
    assert "I ask you" not in words


def test_the_next_is_the_first_by_name_who_has_not_spoken(intros: Workshop) -> None:
    bob, ann = person(intros, "Bob Birch"), person(intros, "Ann Ash")
    assert going(intros).next_name == "Ann Ash"
    call(intros, ann)
    assert going(intros).next_name == "Bob Birch"
    call(intros, bob)
    assert (going(intros).next_name, going(intros).next_is_over) == ("", True)
    introductions.end(workshop=intros, seen=seen(intros), press=uuid.uuid4())
    assert not going(intros).is_on
    assert look(intros).face == "slot"


def test_whoever_answered_before_the_day_is_called_once_they_are_here(intros: Workshop) -> None:
    seat = services.sign_up(workshop=intros, name="Ann Ash")
    person(intros, "Bob Birch")
    assert (going(intros).next_name, going(intros).waiting, going(intros).unnamed) == ("Bob Birch", 1, 0)
    services.arrive(attendee=Attendee.objects.get(pk=seat.attendee_id))
    assert (going(intros).next_name, going(intros).waiting, going(intros).unnamed) == ("Ann Ash", 2, 0)


def test_people_without_a_name_come_last_and_are_counted(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash")
    for _ in range(2):
        phone_in(intros)
    call(intros, ann)
    assert (going(intros).waiting, going(intros).next_name) == (2, "somebody who is not on the list")
    call(intros, None)
    assert going(intros).waiting == 1
    assert "One of us" in shown(intros)


def test_a_stale_press_is_refused_and_changes_nothing(intros: Workshop) -> None:
    ann, bob = person(intros, "Ann Ash"), person(intros, "Bob Birch")
    call(intros, ann)
    for old in (None, uuid.uuid4()):
        for act in (introductions.call, introductions.pass_by):
            with pytest.raises(Stale, match="gone on to somebody else already"):
                act(workshop=intros, seat=bob.pk, seen=old, press=uuid.uuid4())
        for end in (introductions.end, introductions.undo):
            with pytest.raises(Stale):
                end(workshop=intros, seen=old, press=uuid.uuid4())
    assert going(intros).speaking_name == "Ann Ash"


def test_a_press_on_what_was_undone_meanwhile_is_stale_too(intros: Workshop) -> None:
    ann, bob = person(intros, "Ann Ash"), person(intros, "Bob Birch")
    call(intros, ann)
    old = seen(intros)
    undo(intros)
    call(intros, bob)
    with pytest.raises(Stale):
        introductions.call(workshop=intros, seat=ann.pk, seen=old, press=uuid.uuid4())


def test_a_repeated_press_counts_once(intros: Workshop) -> None:
    press, ann = uuid.uuid4(), person(intros, "Ann Ash")
    for _ in range(2):
        introductions.call(workshop=intros, seat=ann.pk, seen=None, press=press)
    assert Call.objects.count() == 1


def test_whoever_passes_makes_room_for_the_next_and_is_not_called_again(intros: Workshop) -> None:
    ann, bob = person(intros, "Ann Ash"), person(intros, "Bob Birch")
    call(intros, ann)
    pass_by(intros, ann)
    assert going(intros).speaking_name == "Bob Birch"
    assert [(one.name, one.state) for one in going(intros).listed] == [("Bob Birch", "speaking"), ("Ann Ash", "passed")]
    pass_by(intros, bob)
    assert not going(intros).is_on
    assert going(intros).next_is_over
    assert going(intros).waiting == 0


def test_one_undo_takes_back_a_pass_with_the_call_that_followed_it(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash")
    person(intros, "Bob Birch")
    call(intros, ann)
    pass_by(intros, ann)
    undo(intros)
    assert [(one.name, one.state) for one in going(intros).listed] == [
        ("Ann Ash", "speaking"),
        ("Bob Birch", "waiting"),
    ]
    undo(intros)
    assert not going(intros).is_on
    with pytest.raises(Refused, match="nothing to take back"):
        undo(intros)


def test_since_when_is_kept_of_whoever_speaks_and_of_nobody_else(intros: Workshop) -> None:
    ann, bob, carl = (person(intros, name) for name in ("Ann Ash", "Bob Birch", "Carl Cedar"))
    for attendee in (ann, bob):
        call(intros, attendee)
    pass_by(intros, carl)
    assert [call.attendee for call in Call.objects.exclude(began_at=None)] == [bob]
    introductions.end(workshop=intros, seen=seen(intros), press=uuid.uuid4())
    assert not Call.objects.exclude(began_at=None).exists()
    undo(intros)
    assert [call.attendee for call in Call.objects.exclude(began_at=None)] == [bob]


def test_the_desk_reads_how_long_each_may_speak(workshop: Workshop) -> None:
    day.set_clock(workshop, "10:30")
    day.begin(workshop)
    for number in range(14):
        person(workshop, f"Person {number:02}")
    day.set_clock(workshop, "10:58")
    said = going(workshop)
    ends = said.pace.ends
    assert said.still_to_speak.startswith("14 still to speak, ")
    assert f"each keeps {ends.astimezone(day.schedule(workshop).rows[0].start.tzinfo):%H:}" in said.still_to_speak
    assert said.still_to_speak in shown(workshop, "desk")


def test_of_the_last_one_who_speaks_on_is_said_how_far_that_is_over_the_time(workshop: Workshop) -> None:
    day.set_clock(workshop, "10:30")
    day.begin(workshop)
    call(workshop, person(workshop, "Ann Ash"))
    assert going(workshop).still_to_speak.startswith("The last one speaks: ")
    day.set_clock(workshop, "12:30")
    said = going(workshop).still_to_speak
    assert (said.startswith("The last one speaks, "), said.endswith(" over the time.")) == (True, True)


def test_there_is_no_going_round_in_another_item(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    call(intros, ann)
    day.begin(intros, until="how-digital")
    assert look(intros).introductions is None
    assert "Ann Ash" not in shown(intros) + shown(intros, "desk")
    with pytest.raises(Refused, match="introductions are not on now"):
        call(intros, ann)


def test_somebody_who_has_left_or_is_of_another_day_cannot_be_called(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    stranger = person(newcastle("another-day"), "Somebody Else", on_screen=True)
    with pytest.raises(Refused, match="not there any more"):
        call(intros, stranger)
    call(intros, ann)
    services.leave(attendee=ann)
    assert "Ann Ash" not in shown(intros)


def test_a_call_turns_the_screen_to_the_card_from_whatever_it_showed(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    live.put_on_screen(workshop=intros, face="rules")
    assert look(intros).face == "rules"
    call(intros, ann)
    assert look(intros).face == "intros"
    live.put_on_screen(workshop=intros, face="rules")
    assert "Ann Ash" not in shown(intros)


def test_a_frozen_screen_keeps_its_card_and_lets_go_of_one_that_is_taken_away(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    bob = person(intros, "Bob Birch", on_screen=True)
    person(intros, "Carl Cedar", on_screen=True)
    call(intros, ann)
    before = bytes_of(intros)
    staging.freeze(workshop=intros, on=True)
    assert bytes_of(intros) == before
    call(intros, bob)
    assert bytes_of(intros) == before
    assert "Bob Birch" in shown(intros, "phone")
    cards.take_off_screen(workshop=intros, seat=ann.pk)
    assert "Ann Ash" not in shown(intros)
    staging.freeze(workshop=intros, on=False)
    assert "Bob Birch" in shown(intros)


def test_a_screen_that_was_frozen_before_anybody_spoke_shows_nobody(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    staging.freeze(workshop=intros, on=True)
    call(intros, ann)
    assert "Ann Ash" not in shown(intros)


def test_whoever_is_erased_leaves_the_screen_and_the_list_and_stays_counted(intros: Workshop) -> None:
    ann = person(intros, "Ann Ash", on_screen=True)
    call(intros, ann)
    keeping.erase_person(workshop=intros, attendee_id=ann.pk, actor=None)
    pages = shown(intros) + shown(intros, "phone") + shown(intros, "desk")
    assert "Ann Ash" not in pages
    assert "One of us" in shown(intros)
    assert [call.attendee for call in Call.objects.all()] == [None]


def test_a_rehearsal_that_begins_again_has_called_nobody(intros: Workshop) -> None:
    there = newcastle("another-day")
    day.begin(there)
    for workshop in (intros, there):
        call(workshop, person(workshop, "Ann Ash"))
    Workshop.objects.filter(pk=intros.pk).update(rehearsal=True)
    intros.refresh_from_db()
    live.begin_again(workshop=intros, actor=None)
    assert [call.workshop for call in Call.objects.all()] == [there]


@pytest.mark.parametrize("number", [1, 3])
def test_the_introductions_are_read_in_two_queries(
    intros: Workshop, number: int, django_assert_num_queries: Any
) -> None:
    for i in range(number):
        call(intros, person(intros, f"Person {i}", on_screen=True, **ANN))
    seen_now = look(intros)
    with django_assert_num_queries(2):
        found = seen_now.introductions
        assert found
        assert len(found.rows) == number
        assert found.still_to_speak
        assert found.speaking.card


@pytest.mark.parametrize(
    "wrong", [{"kind": "sung"}, {"kind": "over", "attendee": True}, {"kind": "called", "number": 1}]
)
def test_the_database_refuses_what_cannot_have_happened(intros: Workshop, wrong: dict[str, Any]) -> None:
    ann = person(intros, "Ann Ash")
    call(intros, ann)
    if wrong.get("attendee"):
        wrong = wrong | {"attendee": ann}
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(workshop=intros, press=uuid.uuid4(), **{"number": 2} | wrong)


def test_whoever_has_left_meanwhile_is_not_called(intros: Workshop) -> None:
    """The desk's page is a moment old: it still has their name on the button."""
    ann = person(intros, "Ann Ash")
    services.leave(attendee=ann)
    for act in (introductions.call, introductions.pass_by):
        with pytest.raises(Refused, match="not there any more"):
            act(workshop=intros, seat=ann.pk, seen=None, press=uuid.uuid4())
    assert not Call.objects.exists()

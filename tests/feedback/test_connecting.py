"""What phones do about an ask, who may, and what happens when two do it at the same moment."""

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from agenda.models import Workshop
from agenda.seat import Seat, new_secret
from agenda.services import Refused
from feedback import asks, connecting, in_touch, services
from feedback.connection_models import Connection
from feedback.models import Answer
from tests.at_once import at_once
from tests.cast import newcastle

from .asking_room import (
    ANN,
    BEN,
    WORDS,
    ask,
    asker_agrees,
    can_help,
    connected,
    contacts,
    everything_of_connections,
    helper_agrees,
    offered,
)
from .room import give, new_question, seat_in


@pytest.fixture
def ann(workshop: Workshop) -> Seat:
    return seat_in(workshop)


def helpers(workshop: Workshop) -> dict[str, int]:
    return {one.words: one.helpers for one in asks.board(workshop).asks}


def take_back(workshop: Workshop, seat: Seat, *rows: Connection) -> None:
    connecting.take_back(workshop=workshop, seat=seat, keys=[row.pk for row in rows])


def remove(workshop: Workshop, seat: Seat, *rows: Connection) -> None:
    connecting.remove(workshop=workshop, seat=seat, keys=[row.pk for row in rows])


@pytest.mark.parametrize("mode", ["unlinked", "facilitator", "named"])
def test_both_see_the_others_contact_only_once_both_have_said_yes(workshop: Workshop, ann: Seat, mode: str) -> None:
    answer = ask(workshop, ann, mode=mode)
    ben, _row = offered(answer)
    assert (contacts(workshop, ann), contacts(workshop, ben)) == ([], [])
    assert helper_agrees(answer, ben) is False
    assert (contacts(workshop, ann), contacts(workshop, ben)) == ([], [])
    assert asker_agrees(answer, ann) == 1
    assert contacts(workshop, ann) == [(BEN.name, BEN.reach)]
    assert contacts(workshop, ben) == [(ANN.name, ANN.reach)]


def test_it_is_the_same_whoever_says_yes_first(workshop: Workshop, ann: Seat) -> None:
    answer = ask(workshop, ann)
    ben, _row = offered(answer)
    assert asker_agrees(answer, ann) == 0
    (offer,) = in_touch.mine(workshop, ben).offered
    assert (offer.is_wanted, offer.is_agreed, offer.about) == (True, False, WORDS)
    assert helper_agrees(answer, ben) is True
    assert contacts(workshop, ben) == [(ANN.name, ANN.reach)]


def test_whoever_asks_is_told_how_many_and_nothing_of_who(workshop: Workshop, ann: Seat) -> None:
    answer = ask(workshop, ann)
    for _ in range(3):
        helper_agrees(answer, offered(answer)[0])
    (own,) = in_touch.mine(workshop, ann).asked
    assert (own.about, len(own.offers), own.agreed) == (WORDS, 3, [])
    assert helpers(workshop)[WORDS] == 3


def test_a_yes_is_for_those_one_was_told_of_and_for_nobody_who_comes_later(workshop: Workshop, ann: Seat) -> None:
    answer = ask(workshop, ann)
    _ben, row = offered(answer)
    cat, later = offered(answer)
    helper_agrees(answer, cat)
    assert asker_agrees(answer, ann, row.pk) == 0
    later.refresh_from_db()
    assert (later.asker, later.asker_reach, contacts(workshop, cat)) == ("", "", [])


def test_nobody_helps_with_what_they_ask_themselves(workshop: Workshop, ann: Seat) -> None:
    for mode in ("unlinked", "named"):
        answer = ask(workshop, ann, mode=mode)
        with pytest.raises(Refused, match="You ask this yourself"):
            can_help(answer, ann)
    assert not Connection.objects.exists()


def test_pressed_twice_it_is_once_and_taken_back_twice_it_is_gone(workshop: Workshop, ann: Seat) -> None:
    answer = ask(workshop, ann)
    ben, _row = offered(answer)
    can_help(answer, ben)
    assert helpers(workshop)[WORDS] == 1
    for _ in range(2):
        assert can_help(answer, ben, on=False) is None
    assert helpers(workshop)[WORDS] == 0


def test_only_what_the_room_sees_can_be_helped_with(workshop: Workshop, ann: Seat) -> None:
    answer = ask(workshop, ann)
    services.hide(answer.question)
    for other in (asks.public_id(answer.pk), asks.public_id(uuid.uuid4()), answer.pk):
        with pytest.raises(Refused, match="not on the board any more"):
            connecting.can_help(workshop=workshop, seat=seat_in(workshop), ask=other, on=True)
    assert not Connection.objects.exists()


def test_an_offer_is_no_ask(workshop: Workshop) -> None:
    question = new_question(workshop, "both", kind="ask", approval=False)
    given = [give(question, {"side": side, "text": f"Maps {n}"}).key for n, side in enumerate(("offer", "ask", "ask"))]
    services.show(question)
    board = asks.board(workshop)
    assert board.offers == ["Maps 0"]
    assert sorted(one.words for one in board.asks) == ["Maps 1", "Maps 2"]
    with pytest.raises(Refused, match="not on the board"):
        can_help(Answer.objects.get(pk=given[0]), seat_in(workshop))


def test_either_takes_its_yes_back_until_both_have_said_it(workshop: Workshop, ann: Seat) -> None:
    answer = ask(workshop, ann)
    ben, row = offered(answer)
    asker_agrees(answer, ann)
    take_back(workshop, ann, row)
    row.refresh_from_db()
    assert (row.asker, row.asker_name, row.asker_reach) == ("", "", "")
    assert helper_agrees(answer, ben) is False
    take_back(workshop, ben, row)
    assert not Connection.objects.exists()
    with pytest.raises(Refused, match="Nothing was passed on"):
        asker_agrees(answer, ann, row.pk)
    with pytest.raises(Refused, match="Nothing was passed on"):
        helper_agrees(answer, ben)


def test_afterwards_nothing_is_taken_back_and_either_removes_it_for_both(workshop: Workshop, ann: Seat) -> None:
    for number in range(2):
        answer, ben, row = connected(workshop, ann)
        for seat in (ann, ben):
            with pytest.raises(Refused, match="You are in touch already"):
                take_back(workshop, seat, row)
        with pytest.raises(Refused, match="You are in touch already"):
            can_help(answer, ben, on=False)
        remove(workshop, (ann, ben)[number], row)
        assert (contacts(workshop, ann), contacts(workshop, ben)) == ([], [])
        assert not Connection.objects.exists()


def test_nobody_else_takes_back_removes_or_says_yes(workshop: Workshop, ann: Seat) -> None:
    answer, _ben, row = connected(workshop, ann)
    half = ask(workshop, ann)
    _cat, waiting = offered(half)
    before = everything_of_connections()
    strangers = [seat_in(workshop), Seat(ann.attendee_id, new_secret())]  # another phone in the very same seat
    for stranger in strangers:
        take_back(workshop, stranger, row, waiting)
        remove(workshop, stranger, row, waiting)
        for one in (answer, half):
            with pytest.raises(Refused, match="Nothing was passed on"):
                helper_agrees(one, stranger)
            with pytest.raises(Refused, match="Nothing was passed on"):
                asker_agrees(one, stranger, row.pk, waiting.pk)
        assert contacts(workshop, stranger) == []
    assert everything_of_connections() == before


def test_whoever_opens_the_same_seat_on_another_phone_sees_no_contact(workshop: Workshop, ann: Seat) -> None:
    """A personal link opens a seat, and whoever sent the link has it too."""
    _answer, _ben, row = connected(workshop, ann, mode="named")
    thief = Seat(ann.attendee_id, new_secret())
    found = in_touch.mine(workshop, thief)
    assert found.made == []
    assert BEN.reach not in repr(found.asked) + repr(found.offered)
    remove(workshop, thief, row)
    assert contacts(workshop, ann) == [(BEN.name, BEN.reach)]
    other = ask(workshop, ann, mode="named")
    offered(other)
    asker_agrees(other, ann)
    with pytest.raises(Refused, match="said yes on another phone"):
        asker_agrees(other, thief, contact=BEN)


def test_nothing_joins_what_one_phone_asks_and_helps_with(workshop: Workshop, ann: Seat) -> None:
    ben = seat_in(workshop)
    for mode in ("unlinked", "named"):
        answer = ask(workshop, ann, mode=mode)
        offered(answer, ben)
        helper_agrees(answer, ben)
        asker_agrees(answer, ann)
    names = [name for row in Connection.objects.values_list("offer", "helper", "asker") for name in row]
    names += Answer.objects.exclude(respondent=None).values_list("respondent", flat=True)
    assert len(names) == len(set(names)) == 2 * 3 + 3
    stored = everything_of_connections()
    for seat in (ann, ben):
        assert seat.secret not in stored
        assert str(seat.attendee_id) not in stored


def test_an_ask_of_another_day_is_not_there(workshop: Workshop, ann: Seat) -> None:
    elsewhere = newcastle("another-day")
    answer = ask(workshop, ann)
    with pytest.raises(Refused, match="not on the board"):
        connecting.can_help(workshop=elsewhere, seat=seat_in(elsewhere), ask=asks.public_id(answer.pk), on=True)
    _answer, _ben, row = connected(workshop, ann)
    remove(elsewhere, ann, row)
    assert Connection.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"helper_name": "Ben"},
        {"helper_reach": "ben@council.example"},
        {"asker_name": "Ann", "asker_reach": "ann@council.example"},
        {"asker": "a" * 64},
        {"answer": None, "offer": None},
        {"offer": None},
        {"helper": ""},
    ],
)
def test_the_database_refuses_half_a_contact(workshop: Workshop, ann: Seat, wrong: dict[str, object]) -> None:
    _ben, row = offered(ask(workshop, ann))
    with pytest.raises(IntegrityError), transaction.atomic():
        Connection.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_two_who_say_yes_are_in_touch(self) -> None:
        workshop = newcastle()
        ann = seat_in(workshop)
        answer = ask(workshop, ann)
        ben, row = offered(answer)
        at_once(lambda: helper_agrees(answer, ben), lambda: asker_agrees(answer, ann, row.pk))
        assert contacts(workshop, ann) == [(BEN.name, BEN.reach)]
        assert contacts(workshop, ben) == [(ANN.name, ANN.reach)]

    def test_a_yes_and_a_taking_back_leave_both_or_neither(self) -> None:
        workshop = newcastle()
        for _ in range(4):
            ann = seat_in(workshop)
            answer = ask(workshop, ann)
            ben, row = offered(answer)
            helper_agrees(answer, ben)

            def says_yes(answer: Answer = answer, ann: Seat = ann, row: Connection = row) -> str:
                return _or_refused(lambda: asker_agrees(answer, ann, row.pk))

            def takes_back(ben: Seat = ben, row: Connection = row) -> str:
                return _or_refused(lambda: take_back(Workshop.objects.get(pk=workshop.pk), ben, row))

            said = at_once(says_yes, takes_back)
            seen = (contacts(workshop, ann), contacts(workshop, ben))
            if said[0]:
                assert ("Nothing was passed on" in said[0], said[1], seen) == (True, "", ([], []))
            else:
                assert "in touch already" in said[1]
                assert seen == ([(BEN.name, BEN.reach)], [(ANN.name, ANN.reach)])

    def test_pressed_on_two_pages_of_one_phone_it_is_once(self) -> None:
        workshop = newcastle()
        answer = ask(workshop, seat_in(workshop))
        ben = seat_in(workshop)
        at_once(*[lambda: can_help(answer, ben)] * 3)
        assert Connection.objects.count() == 1


def _or_refused(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as refused:
        return str(refused)
    return ""

"""The board of asks: what stands on it, who hears of an offer, and what a frozen screen keeps of it."""

from typing import Any

import pytest

from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from agenda.services import Refused
from feedback import asks, next_day
from feedback.models import Answer, Question
from sessions import asks as board
from sessions import questions, services
from tests.cast import browser_of, user_with
from tests.feedback.asking_room import WORDS, asker_agrees, can_help, helper_agrees, offered
from tests.feedback.room import give, new_question, seat_in

from . import day
from .test_picture import bytes_of, freeze


@pytest.fixture
def asked(workshop: Workshop) -> Answer:
    """The day runs, and three have asked for something. The room has seen nothing of it."""
    day.begin(workshop)
    return asks_of_three(workshop)


def asks_of_three(workshop: Workshop, first: Seat | None = None, **fields: Any) -> Answer:
    """What the first of them asks."""
    fields = {"kind": "ask", "config": {"offers": False}, "approval": False} | fields
    question = new_question(workshop, "asks", slot="intros", **fields)
    keys = [
        give(question, WORDS, first).key,
        *(give(question, words).key for words in ("Who has a board?", "Who pays?")),
    ]
    return Answer.objects.select_related("question").get(pk=keys[0])


def put(workshop: Workshop) -> None:
    board.put_board_on_screen(workshop=workshop, actor=None)


def test_the_board_says_what_is_asked_and_how_many_can_help(workshop: Workshop, asked: Answer) -> None:
    put(workshop)
    for _ in range(2):
        can_help(asked, seat_in(workshop))
    screen = bytes_of(workshop)
    assert WORDS in screen
    assert screen.count("Who can help?") == 2
    assert "2 can help" in screen
    assert day.stage(workshop).face == "asks"


def test_phones_list_the_same_with_a_press_and_no_number(workshop: Workshop, asked: Answer) -> None:
    put(workshop)
    before, seat = bytes_of(workshop, "phone"), seat_in(workshop)
    revisions = day.revisions(workshop)
    can_help(asked, seat)
    assert WORDS in before
    assert f"/asks/{asks.public_id(asked.pk)}/help/" in before
    assert str(asked.pk) not in before
    assert day.revisions(workshop) == (revisions[0] + 1, revisions[1])
    assert bytes_of(workshop, "phone") == before


def test_there_is_no_board_before_somebody_asks_for_something(workshop: Workshop) -> None:
    day.begin(workshop)
    new_question(workshop, "asks", slot="intros", kind="ask")
    face = day.stage(workshop).face
    with pytest.raises(Refused, match="no ask yet that the room may see"):
        put(workshop)
    assert (day.stage(workshop).face, day.question(workshop, "asks").shown) == (face, False)


def test_what_the_desk_has_not_approved_or_has_hidden_is_not_on_it(workshop: Workshop) -> None:
    day.begin(workshop)
    answer = asks_of_three(workshop, approval=True)
    with pytest.raises(Refused, match="approve what has come"):
        put(workshop)
    Answer.objects.exclude(pk=answer.pk).update(approved=True)
    put(workshop)
    assert WORDS not in bytes_of(workshop) + bytes_of(workshop, "phone")
    assert "Who pays?" in bytes_of(workshop)
    Answer.objects.filter(value="Who pays?").update(hidden=True, shown_value=None)
    assert "Who pays?" not in bytes_of(workshop) + bytes_of(workshop, "phone")


def test_a_question_that_is_never_shown_is_not_on_the_board(workshop: Workshop) -> None:
    day.begin(workshop)
    asks_of_three(workshop, showing="never")
    with pytest.raises(Refused, match="no ask yet"):
        put(workshop)


@pytest.mark.parametrize(("mode", "on_screen"), [("named", 1), ("facilitator", 0), ("unlinked", 0)])
def test_the_screen_names_who_asks_only_where_people_were_told_so(
    workshop: Workshop, mode: str, on_screen: int
) -> None:
    day.begin(workshop)
    answer = asks_of_three(workshop, mode=mode)
    Attendee.objects.filter(pk=answer.attendee_id or seat_in(workshop).attendee_id).update(name="Ann Ash")
    put(workshop)
    assert bytes_of(workshop).count("Ann Ash") == on_screen
    assert "Ann Ash" not in bytes_of(workshop, "phone")


def test_many_asks_are_set_smaller_and_the_rest_is_counted(workshop: Workshop, asked: Answer) -> None:
    for number in range(9):
        give(asked.question, f"Ask {number}")
    put(workshop)
    screen = bytes_of(workshop)
    assert "board-full" in screen
    assert screen.count('class="board-ask"') == board.MOST
    assert f"{12 - board.MOST} more asks are there too" in screen
    assert bytes_of(workshop, "phone").count("data-queued") == 12


class TestAFrozenBoard:
    def test_it_keeps_its_asks_and_numbers(self, workshop: Workshop, asked: Answer) -> None:
        put(workshop)
        can_help(asked, seat_in(workshop))
        freeze(workshop)
        can_help(asked, seat_in(workshop))
        services.put_on_screen(workshop=workshop, face="rules")
        screen = bytes_of(workshop)
        assert WORDS in screen
        assert "1 can help" in screen
        freeze(workshop, on=False)
        assert WORDS not in bytes_of(workshop)

    def test_it_holds_no_word_and_no_id_of_an_answer(self, workshop: Workshop, asked: Answer) -> None:
        put(workshop)
        freeze(workshop)
        kept = repr(day.stage(workshop).frozen)
        assert str(asks.public_id(asked.pk)) in kept
        assert not [word for word in (WORDS, str(asked.pk), str(asked.respondent)) if word in kept]

    def test_what_was_hidden_leaves_it_and_does_not_come_back(self, workshop: Workshop, asked: Answer) -> None:
        put(workshop)
        freeze(workshop)
        question = day.question(workshop, "asks")
        questions.hide_answers(workshop=workshop, question=question, actor=None)
        assert WORDS not in bytes_of(workshop)
        questions.show_answers(workshop=workshop, question=question, actor=None)
        assert WORDS not in bytes_of(workshop)

    def test_shown_live_nothing_comes_into_it_by_itself(self, workshop: Workshop) -> None:
        day.begin(workshop)
        answer = asks_of_three(workshop, showing="live")
        put(workshop)
        freeze(workshop)
        assert Question.objects.get(pk=answer.question_id).showing == "press"
        freeze(workshop, on=False)
        assert Question.objects.get(pk=answer.question_id).showing == "live"


class TestTheDesk:
    def test_it_reads_the_asks_with_numbers_and_shows_the_board(self, workshop: Workshop, asked: Answer) -> None:
        ann = browser_of(user_with("ann", workshop, "owner"))
        assert "The room does not see it yet" in bytes_of(workshop, "desk")
        assert ann.post(f"/w/{workshop.pk}/desk/asks/").status_code == 302
        can_help(asked, seat_in(workshop))
        desk = bytes_of(workshop, "desk")
        assert "1 can help" in desk
        assert "what people ask of the room" in desk  # that is what the screen shows
        assert workshop.audit.filter(kind="answers shown", detail__question="asks").exists()

    def test_it_approves_and_hides_them_there_whatever_item_is_on(self, workshop: Workshop) -> None:
        day.begin(workshop)
        answer = asks_of_three(workshop, approval=True)
        day.begin(workshop, until="lunch")
        ann = browser_of(user_with("ann", workshop, "owner"))
        assert "3 wait for approval" in bytes_of(workshop, "desk")
        for press, seen in (("approve", True), ("hide", False), ("put-back", True)):
            assert ann.post(f"/w/{workshop.pk}/desk/answer/{press}/", {"answer": answer.pk}).status_code == 302
            if press == "approve":
                put(workshop)
            assert (WORDS in bytes_of(workshop)) is seen
        assert "2 wait for approval" in bytes_of(workshop, "desk")

    def test_without_asks_it_says_nothing_of_them(self, workshop: Workshop) -> None:
        day.begin(workshop)
        assert "Show the board" not in bytes_of(workshop, "desk")


def test_open_asks_are_those_for_which_nobody_is_in_touch(workshop: Workshop) -> None:
    day.begin(workshop)
    seat = seat_in(workshop)
    answer = asks_of_three(workshop, seat, mode="named")
    put(workshop)
    ben, _row = offered(answer)
    assert next_day.next_day(workshop).asks == asks.open_asks(workshop)
    assert {one.words: one.helpers for one in asks.open_asks(workshop)} == {
        WORDS: 1,
        "Who has a board?": 0,
        "Who pays?": 0,
    }
    helper_agrees(answer, ben)
    asker_agrees(answer, seat)
    assert sorted(one.words for one in asks.open_asks(workshop)) == ["Who has a board?", "Who pays?"]
    assert [one.in_touch for one in asks.at_desk(workshop) if one.words == WORDS] == [1]
    Answer.objects.filter(value="Who pays?").update(hidden=True, shown_value=None)
    assert [one.words for one in asks.open_asks(workshop)] == ["Who has a board?"]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_read_takes_two_queries(
    workshop: Workshop, asked: Answer, rows: int, django_assert_num_queries: Any
) -> None:
    put(workshop)
    for _ in range(rows):
        can_help(asked, seat_in(workshop))
    for read in (asks.board, asks.at_desk, asks.open_asks):
        with django_assert_num_queries(2):
            read(workshop)

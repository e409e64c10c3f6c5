"""Counts are kept by addition and always say what counting anew would."""

import random
import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from feedback import counting, services
from feedback.counting import Totals
from feedback.kinds.base import Counted
from feedback.models import Answer, Count, Question
from feedback.releasing import release

from .room import CHOICE, give, new_question, seat_in

Rows = list[tuple[str, str, str, int]]


def kept(question: Question) -> Rows:
    rows = Count.objects.filter(question=question).order_by("of", "part", "key")
    return list(rows.values_list("of", "part", "key", "n"))


def totals(question: Question) -> Totals:
    return counting.totals([question]).get(question.pk, Totals())


@pytest.mark.parametrize("showing", ["press", "live"])
@pytest.mark.parametrize("kind", ["text", "choice"])
def test_whatever_happens_the_counts_are_those_of_counting_anew(workshop: Workshop, kind: str, showing: str) -> None:
    config = CHOICE if kind == "choice" else {}
    asked = new_question(workshop, "q", kind=kind, config=config, showing=showing, shown=showing == "live")
    dice, seats = random.Random(7), [seat_in(workshop) for _ in range(5)]
    keys = [uuid.uuid4() for _ in seats]
    for edit in range(1, 40):
        one = dice.randrange(len(seats))
        give(asked, dice.choice(["yes", "no"]), seats[one], key=keys[one], edit=edit)
        asked.refresh_from_db()
        match dice.randrange(6):
            case 0:
                services.show(asked)
            case 1:
                services.hide(asked)
            case 2:
                release(asked, all_of_them=True)
        stood = kept(asked)
        counting.count_anew(asked)
        assert kept(asked) == stood
    assert totals(asked).given == len(seats)


def test_a_choice_is_counted_by_its_options(workshop: Workshop) -> None:
    asked = new_question(workshop, "q", kind="choice", config=CHOICE)
    for option in ("yes", "yes", "no", "no"):
        give(asked, option)
    assert counting.counted(asked, Count.Of.RELEASED) == Counted(3, {("", "yes"): 2, ("", "no"): 1})
    assert totals(asked) == Totals(given=4, released=3, unshown=3)
    services.show(asked)
    assert totals(asked) == Totals(given=4, released=3)
    assert counting.counted_each([asked], Count.Of.SHOWN)[asked.pk].n == 3


def test_what_is_not_approved_and_what_is_hidden_is_not_shown(workshop: Workshop) -> None:
    asked = new_question(workshop, "q", approval=True)
    for words in ("a", "b", "c"):
        give(asked, words)
    Answer.objects.filter(value="a").update(approved=True)
    Answer.objects.filter(value="b").update(approved=True, hidden=True)
    services.show(asked)
    assert totals(asked) == Totals(given=3, released=3, unapproved=1)
    assert counting.counted(asked, Count.Of.SHOWN).values == ["a"]


def test_what_is_shown_as_it_comes_comes_in_threes_too(workshop: Workshop) -> None:
    asked = new_question(workshop, "q", showing="live", shown=True)
    seen = []
    for number in range(4):
        give(asked, f"{number}")
        seen.append(len(counting.counted(asked, Count.Of.SHOWN).values))
    assert seen == [0, 0, 3, 3]


def test_pinned_answers_are_read_first_and_no_more_than_asked_for(workshop: Workshop) -> None:
    asked = new_question(workshop, "q")
    for number in range(6):
        give(asked, f"{number}")
    Answer.objects.filter(value="4").update(pinned=True)
    read = counting.counted(asked, Count.Of.RELEASED, most=3)
    assert (read.n, len(read.values), read.values[0]) == (6, 3, "4")


def test_the_hundredth_answer_asks_the_database_as_often_as_the_tenth(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = new_question(workshop, "q", kind="choice", config=CHOICE)
    for number in range(102):
        if number in {11, 101}:  # the third of a batch
            seat = seat_in(workshop)
            with django_assert_num_queries(18):
                give(asked, "yes", seat)
        else:
            give(asked, "yes")
    with django_assert_num_queries(1):
        counting.counted(asked, Count.Of.RELEASED)

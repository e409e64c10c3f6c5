"""Who is named beside an answer: only whoever was told so, only to those who run the day."""

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda import services as agenda
from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from feedback import erasing, names, queries, services
from feedback.models import Question

from .room import CHOICE, give, new_question, seat_in

LINKED = ("facilitator", "named")


def person(workshop: Workshop, name: str = "Ann Ash", council: str = "Exampleshire") -> Seat:
    seat = seat_in(workshop)
    Attendee.objects.filter(pk=seat.attendee_id).update(name=name, council=council)
    return seat


def on_cards(question: Question) -> list[tuple[str, str]]:
    return sorted((card.words, card.who) for card in queries.cards(question))


def in_summary(question: Question, *, with_names: bool = True) -> list[tuple[str, str]]:
    heard = queries.heard(question.workshop, with_names=with_names)
    [said] = [said for item in heard for said in item.said if said.asked.question == question]
    return sorted((one.words, one.who) for one in said.signed)


@pytest.mark.parametrize(
    ("name", "council", "called"),
    [
        ("Ann Ash", "Exampleshire", "Ann Ash, Exampleshire"),
        ("Ann Ash", "", "Ann Ash"),
        ("", "Exampleshire", "No name given, Exampleshire"),
        ("", "", "No name given"),
    ],
)
def test_all_that_somebody_says_of_themselves_is_optional(name: str, council: str, called: str) -> None:
    assert names.in_full(name, council) == called


@pytest.mark.parametrize("mode", LINKED)
def test_those_who_run_the_day_read_who_said_what(workshop: Workshop, mode: str) -> None:
    question = new_question(workshop, "q", mode=mode)
    give(question, "heron", person(workshop))
    give(question, "otter", person(workshop, "", ""))
    wanted = [("heron", "Ann Ash, Exampleshire"), ("otter", "No name given")]
    assert on_cards(question) == wanted
    assert in_summary(question) == wanted
    assert in_summary(question, with_names=False) == []


def test_an_answer_not_kept_with_a_name_has_none_beside_it(workshop: Workshop) -> None:
    question = new_question(workshop, "q")
    for words in ("heron", "otter", "badger"):
        give(question, words, person(workshop))
    assert {who for _words, who in on_cards(question)} == {""}
    assert in_summary(question) == []


@pytest.mark.parametrize("mode", LINKED)
def test_what_is_counted_has_a_list_of_who_said_what_in_the_summary(workshop: Workshop, mode: str) -> None:
    question = new_question(workshop, "vote", kind="choice", config=CHOICE, mode=mode)
    give(question, "yes", person(workshop))
    assert in_summary(question) == [("Yes", "Ann Ash, Exampleshire")]


def test_of_two_times_each_answer_stands_with_its_own(workshop: Workshop) -> None:
    first = new_question(workshop, "q", mode="named")
    second = new_question(workshop, "q_2", mode="named", again_of=first)
    ann = person(workshop)
    give(first, "heron", ann)
    give(second, "otter", ann)
    [said] = [said for item in queries.heard(workshop, with_names=True) for said in item.said]
    assert said.first
    assert ([one.words for one in said.first.signed], [one.words for one in said.signed]) == (["heron"], ["otter"])


def test_a_name_that_changes_later_is_the_one_that_is_read(workshop: Workshop) -> None:
    question, ann = new_question(workshop, "q", mode="facilitator"), person(workshop)
    give(question, "heron", ann)
    seat = Attendee.objects.select_related("workshop").get(pk=ann.attendee_id)
    agenda.say_who(attendee=seat, name="Ann Oak", council="", role="")
    assert on_cards(question) == in_summary(question) == [("heron", "Ann Oak")]


@pytest.mark.parametrize("mode", LINKED)
def test_whoever_is_erased_leaves_neither_answer_nor_name(workshop: Workshop, mode: str) -> None:
    question, ann = new_question(workshop, "q", mode=mode), person(workshop)
    give(question, "heron", ann)
    give(question, "otter", person(workshop, "Ben Beech", ""))
    erasing.erase(Attendee.objects.select_related("workshop").get(pk=ann.attendee_id))
    assert on_cards(question) == in_summary(question) == [("otter", "Ben Beech")]


def test_what_the_desk_may_not_read_yet_has_no_name_in_the_summary(workshop: Workshop) -> None:
    question, ann = new_question(workshop, "q", mode="named"), person(workshop)
    give(question, "heron", ann)
    question.answers.update(released_value=None, waits=True)
    assert names.signed([question]) == {}


def test_names_cost_one_query_more_in_the_summary_and_none_on_the_desk(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        question = new_question(workshop, f"extra_{number}", mode="named")
        for words in ("heron", "otter", "badger"):
            give(question, words, person(workshop))
        services.show(question)
        with django_assert_num_queries(9):
            found = queries.heard(workshop, with_names=True)
        [item] = [one for one in found if one.said]
        assert [len(said.signed) for said in item.said] == [3] * (number + 1)
        with django_assert_num_queries(1):
            assert len(on_cards(question)) == 3

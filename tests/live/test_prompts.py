"""Whose name the room is shown beside an answer, and whose it never is."""

from dataclasses import dataclass

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda import services as agenda
from agenda.models import User, Workshop
from feedback.kinds import kinds
from feedback.models import Answer, Question
from sessions import answers, questions, staging
from tests.cast import Phone, browser_of, phone_in, user_with
from tests.feedback.kinds.example import example
from tests.feedback.room import new_question

from . import day
from .test_snapshots import html, render

NAME, COUNCIL = "Ann Ash", "Exampleshire"

QUERIES = {"screen": 13, "phone": 17, "desk": 15}


@dataclass
class Asked:
    """A question that is on, and three who have answered it by name."""

    question: Question
    phone: Phone


def named_phone(workshop: Workshop, name: str = NAME, council: str = COUNCIL) -> Phone:
    phone = phone_in(workshop)
    agenda.say_who(attendee=phone.attendee, name=name, council=council, role="councillor")
    return phone


def ask(workshop: Workshop, mode: str, words: tuple[object, ...] = ("heron", "otter"), **fields: object) -> Asked:
    """Everybody who answers is called the same, so that a single one on a page is found."""
    if not day.live(workshop):
        day.begin(workshop, until="lunch")
    question = new_question(workshop, f"q{Question.objects.count()}", "lunch", status="ready", mode=mode, **fields)
    questions.ask_the_room(workshop=workshop, question=question, actor=None)
    for each in words:
        phone = named_phone(workshop)
        day.answer(question, each, phone.seat)
    return Asked(question, phone)


def room_reads(workshop: Workshop) -> str:
    """Whatever is sent to phones, the screen and speakers, and the screen as the desk has it in small."""
    faces = [html(workshop, audience) for audience in ("phone", "screen", "speaker")]
    return "".join([*faces, render(workshop, "desk").regions["miniature"].html])


def pages_read(workshop: Workshop, phone: Phone) -> str:
    """And what they fetch themselves, with what somebody reads who may only see the summary."""
    viewer = browser_of(User.objects.filter(username="viewer").first() or user_with("viewer", workshop, "viewer"))
    other = phone_in(workshop).client
    here = f"/w/{workshop.pk}"
    fetched = [viewer.get(f"{here}/summary/"), viewer.get(f"{here}/screen/"), viewer.get(f"{here}/order/")]
    fetched += [other.get(f"{here}/{page}") for page in ("", "mine/", "state/phone?w=0", "order/")]
    fetched += [phone.client.get(f"{here}/state/phone?w=0")]
    assert {reply.status_code for reply in fetched} == {200}
    return "".join(reply.content.decode() for reply in fetched)


def test_a_name_that_only_the_facilitator_sees_is_sent_to_no_phone_and_no_screen(workshop: Workshop) -> None:
    """Whatever the kind of question; if this fails, a promise is broken."""
    for kind in kinds:
        value, config = example(kind).value, example(kind).config
        asked = ask(workshop, "facilitator", (value,), kind=kind, config=config, showing="live", approval=False)
        read = room_reads(workshop)
        assert (kind, NAME in read, COUNCIL in read) == (kind, False, False)
    fetched = pages_read(workshop, asked.phone)
    assert (NAME in fetched, COUNCIL in fetched) == (False, False)


def test_nor_in_any_state_of_a_question_whose_words_are_read(workshop: Workshop) -> None:
    asked = ask(workshop, "facilitator", approval=False)
    for press in (
        lambda: None,
        lambda: questions.show_answers(workshop=workshop, question=asked.question, actor=None),
        lambda: staging.freeze(workshop=workshop, on=True),
        lambda: questions.close(workshop=workshop, question=asked.question, actor=None),
        lambda: staging.freeze(workshop=workshop, on=False),
    ):
        press()
        assert html(workshop, "desk").count(NAME) == 2  # there is something to leak
        assert NAME not in room_reads(workshop)
    assert "heron" in room_reads(workshop)
    assert NAME not in pages_read(workshop, asked.phone)


def test_the_room_reads_a_name_beside_words_that_it_was_promised(workshop: Workshop) -> None:
    asked = ask(workshop, "named")
    assert NAME not in room_reads(workshop)
    questions.show_answers(workshop=workshop, question=asked.question, actor=None)
    asked.question.refresh_from_db()
    assert (asked.question.approval, NAME in room_reads(workshop)) == (True, False)  # as is usual here
    answers.press(workshop=workshop, answer_id=Answer.objects.get(value="heron").pk, verb="approve", actor=None)
    screen = html(workshop, "screen")
    card = next(part for part in screen.split("<li") if "heron" in part)
    assert f'<span class="card-who" dir="auto">{NAME}</span>' in card
    assert (screen.count(NAME), COUNCIL in screen, "otter" in screen) == (1, False, False)
    assert NAME in render(workshop, "desk").regions["miniature"].html
    answers.press(workshop=workshop, answer_id=Answer.objects.get(value="heron").pk, verb="hide", actor=None)
    assert NAME not in room_reads(workshop)


def test_no_phone_is_sent_a_name_even_of_an_answer_that_the_screen_shows_with_one(workshop: Workshop) -> None:
    asked = ask(workshop, "named", approval=False, showing="live")
    assert NAME in html(workshop, "screen")
    assert "heron" in html(workshop, "phone")
    assert NAME not in html(workshop, "phone") + html(workshop, "speaker")
    phone = phone_in(workshop).client
    for page in ("", "mine/", "state/phone?w=0"):
        assert NAME not in phone.get(f"/w/{workshop.pk}/{page}").content.decode()
    assert asked.question.mode == "named"


def test_a_promise_made_stricter_takes_the_names_off_a_frozen_screen_too(workshop: Workshop) -> None:
    asked = ask(workshop, "named", approval=False, showing="live")
    staging.freeze(workshop=workshop, on=True)
    assert NAME in html(workshop, "screen")
    Question.objects.filter(pk=asked.question.pk).update(mode="facilitator")
    assert NAME not in room_reads(workshop)
    assert "heron" in html(workshop, "screen")
    assert NAME in html(workshop, "desk")


@pytest.mark.parametrize("frozen", [False, True])
def test_a_name_that_nobody_has_approved_is_not_read_by_the_room(workshop: Workshop, frozen: bool) -> None:
    asked = ask(workshop, "named", words=("heron",), showing="live")
    answers.approve_all(workshop=workshop, question=asked.question, actor=None)
    staging.freeze(workshop=workshop, on=frozen)
    control_rev = day.revisions(workshop)[1]
    agenda.say_who(attendee=asked.phone.attendee, name=NAME, council="Hexham", role="")  # the same name
    assert (NAME in html(workshop, "screen"), day.revisions(workshop)[1]) == (True, control_rev)
    agenda.say_who(attendee=asked.phone.attendee, name="Rude Word", council="", role="")
    assert day.revisions(workshop)[1] > control_rev
    assert "heron" not in room_reads(workshop)
    assert "Rude Word" not in room_reads(workshop)
    assert "Rude Word" in html(workshop, "desk")
    assert "1 waits for approval" in html(workshop, "desk")
    answers.approve_all(workshop=workshop, question=asked.question, actor=None)
    assert "Rude Word" in html(workshop, "screen")


def test_where_nobody_gave_a_name_the_screen_says_nothing_of_it(workshop: Workshop) -> None:
    asked = ask(workshop, "named", words=("heron",), approval=False, showing="live")
    agenda.say_who(attendee=asked.phone.attendee, name="", council=COUNCIL, role="")
    screen = html(workshop, "screen")
    assert "heron" in screen
    assert "card-who" not in screen
    assert COUNCIL not in screen


def test_both_times_of_a_question_have_their_names(workshop: Workshop) -> None:
    first = ask(workshop, "named", words=("heron",), approval=False)
    second = ask(workshop, "named", words=("otter",), approval=False, again_of=first.question)
    questions.show_answers(workshop=workshop, question=second.question, actor=None)
    assert html(workshop, "screen").count(NAME) == 2
    Question.objects.filter(pk=first.question.pk).update(mode="facilitator")
    screen = html(workshop, "screen")
    assert screen.count(NAME) == 1
    assert NAME in next(part for part in screen.split("<li") if "otter" in part)
    assert NAME not in html(workshop, "phone")


@pytest.mark.parametrize("mode", ["unlinked", "facilitator", "named"])
def test_names_cost_no_query_more_on_any_face_however_many_have_answered(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries, mode: str
) -> None:
    asked = ask(workshop, mode, ("heron", "otter", "badger"), approval=False, showing="live")
    for words in (("one", "two", "three"), ()):
        for audience, wanted in QUERIES.items():
            with django_assert_num_queries(wanted):
                assert "heron" in html(workshop, audience)
        for each in words:
            day.answer(asked.question, each, named_phone(workshop).seat)

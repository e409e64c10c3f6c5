"""Asking something nobody has prepared, and asking the same thing twice."""

import uuid

import pytest

from agenda.models import Audit, Workshop
from agenda.services import Refused, Stale
from feedback.models import Answer, Question
from sessions import questions

from . import day
from .test_snapshots import html


def ask_quickly(workshop: Workshop, kind: str = "text", question_id: uuid.UUID | None = None) -> Question:
    question_id = question_id or uuid.uuid4()
    questions.quick_question(workshop=workshop, text="Shall we go on?", kind=kind, question_id=question_id, actor=None)
    return Question.objects.get(pk=question_id)


@pytest.mark.parametrize(("kind", "raw"), [("text", "Gladly"), ("choice", "yes"), ("scale", {"where_i_stand": "very"})])
def test_a_question_nobody_has_prepared_is_asked_at_once(workshop: Workshop, kind: str, raw: object) -> None:
    day.begin(workshop, until="data")
    question = ask_quickly(workshop, kind)
    assert (question.status, question.slot.key, question.hand, question.mode) == ("open", "data", "phones", "unlinked")
    assert day.stage(workshop).question == question
    assert "Shall we go on?" in html(workshop, "phone")
    assert day.answer(question, raw).value == raw
    assert Audit.objects.get().kind == "question opened"


def test_the_same_quick_question_twice_is_once(workshop: Workshop) -> None:
    day.begin(workshop)
    question = ask_quickly(workshop)
    before = day.revisions(workshop)
    assert ask_quickly(workshop, question_id=question.pk).times_asked == 1
    assert Question.objects.filter(text="Shall we go on?").count() == 1
    assert day.revisions(workshop)[0] > before[0]


def test_nothing_is_asked_quickly_before_the_day_starts(workshop: Workshop) -> None:
    before = Question.objects.count()
    with pytest.raises(Refused, match="Start the day first"):
        ask_quickly(workshop)
    assert Question.objects.count() == before


@pytest.fixture
def twice(workshop: Workshop) -> tuple[Question, Question]:
    """Yes or no, asked, closed and asked again: three said yes, then three said no."""
    day.begin(workshop, until="data")
    first = ask_quickly(workshop, "choice")
    for _ in range(3):
        day.answer(first, "yes")
    questions.close(workshop=workshop, question=first, actor=None)
    questions.ask_again(workshop=workshop, question=first, actor=None, round_id=uuid.uuid4(), expect="data")
    second = Question.objects.get(again_of=first)
    for _ in range(3):
        day.answer(second, "no")
    return first, second


def test_asked_again_it_is_open_on_every_face_and_the_first_time_keeps_its_answers(
    workshop: Workshop, twice: tuple[Question, Question]
) -> None:
    first, second = twice
    assert (second.status, day.stage(workshop).question) == ("open", second)
    assert set(Answer.objects.filter(question=first).values_list("value", flat=True)) == {"yes"}
    assert html(workshop, "desk").count("Ask again") == 0  # the first was, and the second is still open
    with pytest.raises(Refused, match="asked again already"):
        questions.ask_again(workshop=workshop, question=first, actor=None, round_id=uuid.uuid4())
    with pytest.raises(Stale, match="The day has moved"):
        questions.ask_again(workshop=workshop, question=second, actor=None, round_id=uuid.uuid4(), expect="lunch")


def test_the_room_sees_the_shift_when_the_second_time_is_shown_and_not_before(
    workshop: Workshop, twice: tuple[Question, Question]
) -> None:
    assert "3 of 3" not in html(workshop, "screen") + html(workshop, "phone")
    questions.show_answers(workshop=workshop, question=twice[1], actor=None)
    for audience in ("screen", "phone"):
        before, now = html(workshop, audience).split("First time")[1].split("Second time")
        for half in (before, now):
            assert "3 answers" in half
        assert before.index("3 of 3") < before.index("0 of 3")  # yes, then no
        assert now.index("0 of 3") < now.index("3 of 3")
    questions.hide_answers(workshop=workshop, question=twice[1], actor=None)
    assert "3 of 3" not in html(workshop, "screen") + html(workshop, "phone")
    assert not Answer.objects.exclude(shown_value=None).exists()


def test_the_desk_reads_the_shift_before_the_room_does(workshop: Workshop, twice: tuple[Question, Question]) -> None:
    article = html(workshop, "desk").split(f'id="asked-{twice[1].pk}"')[1].split("</article>")[0]
    assert article.index("First time") < article.rindex("Second time")
    assert article.count("3 of 3") == 2

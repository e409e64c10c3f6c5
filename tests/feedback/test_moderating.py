"""What the desk does with one answer: what the room may see of it then, and that the counts stay true."""

import random

import pytest

from agenda import services as agenda
from agenda.chapters import dump_document, load_document
from agenda.models import Workshop
from feedback import counting, moderating, queries, services, survey
from feedback.counting import Totals
from feedback.models import Answer, Count, Question
from tests.live import day

from .room import give, new_question, seat_in

VERBS = (moderating.hide, moderating.put_back, moderating.pin, moderating.unpin, moderating.approve)


def three_said(workshop: Workshop, **fields: object) -> Question:
    question = new_question(workshop, "q", **fields)
    for words in ("heron", "otter", "badger"):
        give(question, words)
    return question


def one(words: str) -> Answer:
    return Answer.objects.select_related("question").get(value=words)


def shown(question: Question) -> list[str]:
    rows = question.answers.filter(shown_value__isnull=False)
    return sorted(rows.values_list("shown_value", flat=True))


def totals(question: Question) -> Totals:
    return counting.totals([question])[question.pk]


def test_a_hidden_answer_is_not_shown_until_it_is_put_back(workshop: Workshop) -> None:
    question = three_said(workshop)
    services.show(question)
    moderating.change(one("otter"), moderating.hide)
    assert shown(question) == ["badger", "heron"]
    services.show(question)
    assert shown(question) == ["badger", "heron"]
    assert totals(question) == Totals(given=3, released=3)
    moderating.change(one("otter"), moderating.put_back)
    assert shown(question) == ["badger", "heron", "otter"]


def test_put_back_while_nothing_is_shown_it_waits_for_the_press(workshop: Workshop) -> None:
    question = three_said(workshop)
    moderating.change(one("otter"), moderating.hide)
    moderating.change(one("otter"), moderating.put_back)
    assert (shown(question), totals(question).unshown) == ([], 3)


def test_approved_while_the_answers_are_shown_it_is_shown_and_otherwise_waits(workshop: Workshop) -> None:
    question = three_said(workshop, approval=True)
    assert totals(question).unapproved == 3
    moderating.change(one("otter"), moderating.approve)
    assert (shown(question), totals(question).unapproved, totals(question).unshown) == ([], 2, 1)
    services.show(question)
    moderating.change(one("heron"), moderating.approve)
    assert shown(question) == ["heron", "otter"]


def test_an_answer_that_changed_is_approved_anew(workshop: Workshop) -> None:
    question = new_question(workshop, "q", approval=True, mode="named")
    seat = seat_in(workshop)
    give(question, "kind words", seat)
    services.show(question)
    moderating.change(one("kind words"), moderating.approve)
    give(question, "other words", seat, edit=2)
    assert (shown(question), totals(question).unapproved) == (["kind words"], 1)
    services.show(question)
    assert (shown(question), totals(question).unapproved) == (["kind words"], 1)


def test_all_that_wait_are_approved_at_once_and_no_hidden_one(workshop: Workshop) -> None:
    question = three_said(workshop, approval=True, shown=True)
    moderating.change(one("badger"), moderating.hide)
    assert moderating.approve_all(question) == 2
    assert shown(question) == ["heron", "otter"]
    assert totals(question).unapproved == 0


@pytest.mark.parametrize("is_shown", [False, True])
def test_whatever_is_pressed_the_counts_are_those_of_counting_anew(workshop: Workshop, is_shown: bool) -> None:
    question = three_said(workshop, approval=True, shown=is_shown)
    dice = random.Random(11)
    for _ in range(30):
        moderating.change(one(dice.choice(["heron", "otter", "badger"])), dice.choice(VERBS))
        stood = sorted(Count.objects.filter(question=question).values_list("of", "n"))
        counting.count_anew(question)
        assert sorted(Count.objects.filter(question=question).values_list("of", "n")) == stood


def test_the_desk_reads_what_waits_for_approval_first_then_what_is_pinned(workshop: Workshop) -> None:
    question = three_said(workshop, approval=True)
    for words in ("heron", "badger"):
        moderating.change(one(words), moderating.approve)
    moderating.change(one("badger"), moderating.pin)
    cards = queries.cards(question)
    assert [(card.words, card.waits) for card in cards] == [("otter", True), ("badger", False), ("heron", False)]


def test_the_desk_reads_no_card_that_is_not_released(workshop: Workshop) -> None:
    question = three_said(workshop)
    give(question, "waiting-vole")
    assert "waiting-vole" not in [card.words for card in queries.cards(question)]


@pytest.mark.parametrize(
    ("mode", "kind", "seats", "is_on"),
    [
        ("unlinked", "text", 60, False),
        ("unlinked", "text", 61, True),
        ("named", "text", 1, True),
        ("facilitator", "text", 1, False),
        ("named", "scale", 1, False),
    ],
)
def test_approval_is_on_for_named_words_and_in_large_rooms(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, mode: str, kind: str, seats: int, is_on: bool
) -> None:
    monkeypatch.setattr(services, "MOST_UNAPPROVED", 2)
    for _ in range(3 if seats > 60 else 1):
        seat_in(workshop)
    question = Question.objects.filter(workshop=workshop, kind=kind).first()
    assert question is not None
    question.mode, question.occasion = mode, "live"
    services.open_to_room(question, now=workshop.created_at)
    question.refresh_from_db()
    assert question.approval is is_on


@pytest.mark.parametrize(("replied", "is_on"), [(2, False), (3, True)])
def test_of_what_is_asked_before_the_day_its_start_settles_approval(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, replied: int, is_on: bool
) -> None:
    """The first who comes to the survey opens it, when nobody is in the room."""
    monkeypatch.setattr(services, "MOST_UNAPPROVED", 2)
    new_question(workshop, "before", "intros", occasion="survey", status="draft")
    new_question(workshop, "signed", "intros", occasion="survey", status="draft", mode="named")
    survey.open_when_due(workshop)
    before, named = (Question.objects.get(workshop=workshop, key=key) for key in ("before", "signed"))
    assert (before.approval, named.approval) == (None, True)
    for number in range(replied):
        give(before, f"goal {number}", agenda.sign_up(workshop=workshop))
    day.begin(workshop)
    before.refresh_from_db()
    assert before.approval is is_on
    day.show(workshop, "before")
    assert len(shown(before)) == (0 if is_on else replied)
    assert totals(before).unapproved == (replied if is_on else 0)


@pytest.mark.parametrize("approval", [True, False])
def test_what_was_settled_about_approval_stays(workshop: Workshop, approval: bool) -> None:
    question = new_question(workshop, "q", status="ready", mode="named", approval=approval)
    services.open_to_room(question, now=workshop.created_at)
    question.refresh_from_db()
    assert question.approval is approval


def test_what_was_settled_by_asking_is_settled_anew_after_a_rehearsal_and_nowhere_written(workshop: Workshop) -> None:
    question = new_question(workshop, "q", status="ready")
    settled = new_question(workshop, "r", status="ready", approval=False)
    for one_of_them in (question, settled):
        services.open_to_room(one_of_them, now=workshop.created_at)
    assert Question.objects.get(pk=question.pk).approval is False
    entries = {entry["key"]: entry.get("approval") for entry in dump_document(workshop)["questions"]}
    assert (entries["q"], entries["r"]) == (None, False)
    load_document(dump_document(workshop))
    assert Question.objects.get(pk=question.pk).approval is False  # it runs, and stays as it was asked
    services.begin_again(workshop)
    assert (Question.objects.get(pk=question.pk).approval, Question.objects.get(pk=settled.pk).approval) == (
        None,
        False,
    )

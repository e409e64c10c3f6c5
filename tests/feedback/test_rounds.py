"""A question asked a second time is a new one with the same settings, right behind the first."""

import uuid

import pytest

from agenda.chapters import dump_document, load_document
from agenda.models import Workshop
from agenda.services import Refused
from feedback import queries, rounds, services
from feedback.models import Question

from .room import CHOICE, give, new_question

LATER = (
    "id",
    "key",
    "position",
    "again_of_id",
    "status",
    "shown",
    "opened_at",
    "times_asked",
    "opens_with_item",
    "together",
)


def repeat(question: Question) -> Question:
    return rounds.repeat(Question.objects.get(pk=question.pk), round_id=uuid.uuid4())


def settings(question: Question) -> dict[str, object]:
    fields = Question.objects.filter(pk=question.pk).values().get()
    return {name: value for name, value in fields.items() if name not in LATER}


def test_the_second_time_has_the_settings_of_the_first_and_stands_behind_it(workshop: Workshop) -> None:
    first = new_question(workshop, "vote", kind="choice", config=CHOICE, showing="never", mode="named", minutes=3)
    Question.objects.filter(pk=first.pk).update(councillors_only=True, approval=False, opens_with_item=True)
    last = new_question(workshop, "last", status="ready")
    again = repeat(first)
    assert settings(again) == settings(first)
    assert (again.key, again.again_of, again.status, again.opens_with_item) == ("vote_2", first, "draft", False)
    order = list(Question.objects.filter(workshop=workshop).order_by("position").values_list("key", flat=True))
    assert order[order.index("vote") :] == ["vote", "vote_2", last.key]


def test_the_second_time_has_a_key_that_is_free_and_there_is_no_third(workshop: Workshop) -> None:
    new_question(workshop, "vote_2")
    second = repeat(new_question(workshop, "vote"))
    assert second.key == "vote_3"
    assert len(repeat(new_question(workshop, "v" * 40)).key) <= 40
    Question.objects.filter(pk=second.pk).update(status="closing")
    with pytest.raises(Refused, match="the second time already"):
        repeat(second)


def test_it_is_repeated_once_and_only_when_it_was_asked(workshop: Workshop) -> None:
    first = new_question(workshop, "vote")
    again = repeat(first)
    assert rounds.repeat(first, round_id=again.pk) == again
    with pytest.raises(Refused, match="asked again already"):
        repeat(first)
    with pytest.raises(Refused, match="Ask the room first"):
        repeat(new_question(workshop, "not-yet", status="ready"))


def test_a_day_with_a_second_time_is_a_document_like_any_other(workshop: Workshop) -> None:
    repeat(new_question(workshop, "vote"))
    document = dump_document(workshop)
    copy = load_document(document | {"slug": "copy"})
    assert Question.objects.get(workshop=copy, key="vote_2").again_of.key == "vote"


def test_the_summary_has_both_times_in_one(workshop: Workshop) -> None:
    first = new_question(workshop, "vote", kind="choice", config=CHOICE)
    for option in ("yes", "yes", "no"):
        give(first, option)
    second = repeat(first)
    services.open_to_room(second, now=first.opened_at)
    for option in ("no", "no", "no", "yes"):
        give(second, option)
    services.close_to_room(Question.objects.get(pk=second.pk), now=first.opened_at)
    (said,) = [one for item in queries.heard(workshop) for one in item.said]
    assert (said.asked.question.key, said.first.asked.question.key) == ("vote_2", "vote")
    assert [[bar.count for bar in tally.bars] for tally in (said.first.tally, said.tally)] == [[2, 1], [1, 3]]

"""Two people group at the same moment: what each of them did stands afterwards, or they were told that it does not."""

import uuid
from collections.abc import Callable

import pytest

from agenda.models import Workshop
from agenda.services import Refused, Stale
from feedback import theming
from feedback.grouping import Board
from feedback.models import Answer, Question
from feedback.theme_models import Theme, ThemeEdit
from tests.at_once import at_once
from tests.cast import newcastle

from .room import give, opened

pytestmark = pytest.mark.django_db(transaction=True)
SAID = 12


@pytest.fixture
def workshop(transactional_db: None) -> Workshop:
    return newcastle()


@pytest.fixture
def said(workshop: Workshop) -> list[uuid.UUID]:
    question = opened(workshop, "sum_insights")
    Question.objects.filter(pk=question.pk).update(hand="scribe")
    keys = [give(question, f"number {number}", table=f"{number}", people=3).key for number in range(SAID)]
    assert Answer.objects.filter(released_value__isnull=False).count() == SAID
    return [uuid.UUID(str(key)) for key in keys]


def begin(workshop: Workshop, name: str, *answers: uuid.UUID) -> uuid.UUID:
    id = uuid.uuid4()
    theming.begin(workshop=Workshop.objects.get(pk=workshop.pk), actor=None, theme=id, name=name, answers=answers)
    return id


def told(act: Callable[..., None], workshop: Workshop, **given: object) -> str:
    """What was said if it was refused."""
    try:
        act(workshop=Workshop.objects.get(pk=workshop.pk), actor=None, **given)
    except (Refused, Stale) as why:
        return str(why)
    return ""


def undo_all(workshop: Workshop) -> None:
    for edit in ThemeEdit.objects.order_by("-pk").values_list("pk", flat=True):
        theming.undo(workshop=workshop, edit=edit)


def test_two_who_group_at_once_lose_nothing(workshop: Workshop, said: list[uuid.UUID]) -> None:
    travel, data = begin(workshop, "Travel"), begin(workshop, "Data")

    def one(theme: uuid.UUID, answers: list[uuid.UUID]) -> list[str]:
        return [told(theming.put, workshop, theme=theme, answers=[answer]) for answer in answers]

    def other() -> list[str]:
        begin(workshop, "Bridges", said[0])
        return [told(theming.rename, workshop, theme=data, name="Open data", expect="Data")]

    refused = at_once(lambda: one(travel, said), lambda: one(data, said[::-1]), other)
    assert {sentence for sentences in refused for sentence in sentences} == {""}
    board = theming.board(workshop)
    assert board.answers(travel) == board.answers(data) == set(said)
    assert sorted(theme.name for theme in board.themes.values()) == ["Bridges", "Open data", "Travel"]
    assert list(ThemeEdit.objects.values_list("seq", flat=True)) == list(range(1, 2 * SAID + 5))
    undo_all(workshop)
    assert theming.board(workshop) == Board()


def test_who_puts_into_a_theme_that_is_merged_meanwhile_finds_it_there_or_is_told(
    workshop: Workshop, said: list[uuid.UUID]
) -> None:
    travel = begin(workshop, "Travel")
    for number, answer in enumerate(said[:6]):
        buses = begin(workshop, f"Buses {number}", said[-1])
        put, merged = at_once(
            lambda into=buses, what=answer: told(theming.put, workshop, theme=into, answers=[what]),
            lambda gone=buses: told(theming.merge, workshop, theme=gone, into=travel),
        )
        assert merged == ""
        assert (answer in theming.board(workshop).answers(travel)) == (put == "")
        assert put == "" or "not there any more" in put
    undo_all(workshop)
    assert theming.board(workshop) == Board()


def test_one_form_sent_by_two_pages_at_once_makes_one_theme(workshop: Workshop, said: list[uuid.UUID]) -> None:
    theme = uuid.uuid4()
    given = {"theme": theme, "name": "Travel", "answers": said[:2]}
    assert at_once(*(lambda: told(theming.begin, workshop, **given) for _ in range(5))) == [""] * 5
    assert Theme.objects.get().pk == theme
    assert theming.board(workshop).answers(theme) == set(said[:2])
    names = at_once(*(lambda: told(theming.begin, workshop, theme=uuid.uuid4(), name="Data") for _ in range(3)))
    assert sorted(bool(sentence) for sentence in names) == [False, True, True]


def test_of_two_who_undo_the_same_press_one_does_and_one_is_told(workshop: Workshop, said: list[uuid.UUID]) -> None:
    travel = begin(workshop, "Travel", said[0])
    theming.put(workshop=workshop, actor=None, theme=travel, answers=said[1:3])
    last = ThemeEdit.objects.latest("pk").pk

    def undo() -> str:
        try:
            theming.undo(workshop=Workshop.objects.get(pk=workshop.pk), edit=last)
        except Stale as why:
            return str(why)
        return ""

    assert sorted(bool(sentence) for sentence in at_once(undo, undo, undo)) == [False, True, True]
    assert theming.board(workshop).answers(travel) == {said[0]}

"""Themes when names are taken off, when a rehearsal begins again, on the day's date, and in a copy of the day."""

import uuid

import pytest

from agenda.models import Workshop
from feedback import erasing, keeping, sealing, services, theming
from feedback.models import Answer, Question
from feedback.theme_models import EditedPlace, InTheme, Theme, ThemeEdit, ThemeVote, ThemeVoting
from sessions import services as live
from tests.cast import newcastle

from .room import give, new_question, opened
from .sealed_room import end

TABLES = (Theme, InTheme, ThemeEdit, EditedPlace, ThemeVote, ThemeVoting)


@pytest.fixture
def question(workshop: Workshop) -> Question:
    return opened(workshop, "sum_insights")


def test_answers_stand_in_their_themes_under_their_new_ids(workshop: Workshop, question: Question) -> None:
    given = [give(question, words).key for words in ("one", "two", "three")]
    named = new_question(workshop, "named", mode="named")
    kept = give(named, "mine").key
    travel, gone = uuid.uuid4(), uuid.uuid4()
    for theme, name in ((travel, "Travel"), (gone, "Gone")):
        theming.begin(workshop=workshop, actor=None, theme=theme, name=name, answers=[*given[:2], kept])
    theming.dissolve(workshop=workshop, actor=None, theme=gone)
    ThemeVote.objects.create(theme_id=travel, respondent="phone")
    end(workshop, days=4)
    sealing.seal_when_due(workshop)
    places = InTheme.objects.filter(theme=travel)
    assert sorted(place.answer.value for place in places) == ["mine", "one", "two"]
    assert not set(given) & set(places.values_list("answer", flat=True))
    assert not ThemeEdit.objects.exists()
    assert not EditedPlace.objects.exists()
    assert [theme.name for theme in Theme.objects.all()] == ["Travel"]
    assert ThemeVote.objects.exclude(respondent="phone").count() == ThemeVote.objects.count() == 1


def test_a_rehearsal_that_begins_again_has_no_theme_left(workshop: Workshop, question: Question) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(rehearsal=True)
    workshop.refresh_from_db()
    group(workshop, [give(question, words).key for words in ("one", "two", "three")])
    live.begin_again(workshop=workshop, actor=None)
    assert [table for table in TABLES if table.objects.exists()] == []


def test_on_the_days_date_every_theme_goes_and_the_audit_counts_answers_alone(
    workshop: Workshop, question: Question
) -> None:
    group(workshop, [give(question, words).key for words in ("one", "two", "three")])
    keeping.delete_all(workshop=workshop)
    assert [table for table in TABLES if table.objects.exists()] == []
    assert workshop.audit.get(kind="names and answers deleted").detail["answers"] == 3


def test_what_is_removed_for_good_is_in_no_theme_and_in_nothing_that_could_be_undone(
    workshop: Workshop, question: Question
) -> None:
    first, *others = [give(question, words).key for words in ("one", "two", "three")]
    group(workshop, [first, *others])
    erasing.remove(Answer.objects.get(pk=first))
    assert set(InTheme.objects.values_list("answer", flat=True)) == set(others)
    assert set(EditedPlace.objects.values_list("answer", flat=True)) == set(others)


def test_a_rehearsals_themes_are_its_own(workshop: Workshop, question: Question) -> None:
    group(workshop, [give(question, words).key for words in ("one", "two", "three")])
    services.begin_again(newcastle("another-day"))
    assert Theme.objects.count() == 1


def group(workshop: Workshop, answers: list[uuid.UUID]) -> None:
    """A theme of these answers, with a vote."""
    theme = uuid.uuid4()
    theming.begin(workshop=workshop, actor=None, theme=theme, name="Travel", answers=answers)
    ThemeVote.objects.create(theme_id=theme, respondent="phone")
    ThemeVoting.objects.create(workshop=workshop, is_open=True)

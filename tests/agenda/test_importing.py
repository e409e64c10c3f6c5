"""An agenda that is kept while somebody looks at it, and the day it becomes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agenda import importing
from agenda.import_models import Reading
from agenda.importers import plain_text
from agenda.models import Membership, PlanDraft, User, Workshop
from agenda.publishing import publish
from agenda.reading_choices import Pressed
from agenda.services import Refused
from agenda.working_copy import working_copy
from tests.cast import user_with

TEXT = "A day of ours\n10:00 Welcome\n11:00 What we do\n10:30 Tea\nA word in between"
WORDS: dict[str, Any] = {"title": "A day of ours", "date": date(2027, 2, 26), "place": "Leeds"}


@pytest.fixture
def ann(db: None) -> User:
    return user_with("ann")


def brought(user: User, text: str = TEXT, **more: Any) -> Reading:
    source = plain_text.read(text)
    return importing.begin(user=user, name="", source=source, workshop=None, now=timezone.now(), **more)


def created(reading: Reading, user: User) -> Workshop:
    return importing.create_day(reading=reading, user=user, now=timezone.now(), **WORDS)


def test_the_day_is_a_draft_that_nobody_has_published(ann: User) -> None:
    reading = brought(ann)
    importing.press(reading=reading, pressed=Pressed(ask="day-4", answer="same"))
    workshop = created(reading, ann)
    copy = working_copy(workshop)
    assert [(row.key, row.title, row.at) for row in copy.draft.rows] == [
        ("welcome", "Welcome", "10:00"),
        ("what-we-do", "What we do", "11:00"),
        ("tea", "Tea", "10:30"),
    ]
    assert (copy.newest, workshop.plan_versions.count()) == (0, 0)
    assert Membership.objects.get(workshop=workshop).role == "owner"
    assert not Reading.objects.exists()


def test_of_several_days_the_chosen_one_is_made(ann: User) -> None:
    reading = brought(ann)
    importing.press(reading=reading, pressed=Pressed(day=2))
    assert [row.title for row in working_copy(created(reading, ann)).draft.rows] == ["Tea"]


def test_a_second_press_makes_no_second_day(ann: User) -> None:
    reading = brought(ann)
    assert created(reading, ann) == created(reading, ann)
    assert Workshop.objects.count() == 1


def test_somebody_elses_reading_leads_to_no_day(ann: User) -> None:
    reading = brought(ann)
    created(reading, ann)
    with pytest.raises(Refused, match="not here any more"):
        importing.made_of(reading.pk, user_with("ben"))


def test_nothing_is_lost_between_the_draft_and_the_plan_and_it_can_be_published(ann: User) -> None:
    reading = brought(ann, "Ours\n10:00 Welcome\n11:00 What we do")
    workshop = created(reading, ann)
    assert publish(workshop=workshop, actor=ann).what == "publish"
    assert [slot["title"] for slot in workshop.plan_versions.get().value["slots"]] == ["Welcome", "What we do"]


def test_an_item_that_is_taken_out_before_the_first_publication_takes_what_belongs_to_it(ann: User) -> None:
    reading = brought(ann, "Ours\n10:00 Welcome\n11:00 What we do")
    workshop = created(reading, ann)
    row = PlanDraft.objects.get()
    row.value["rows"] = row.value["rows"][:1]
    row.save()
    publish(workshop=workshop, actor=ann)
    assert list(workshop.slots.values_list("key", flat=True)) == ["welcome"]


def test_what_is_pressed_and_typed_is_kept_and_nothing_else(ann: User) -> None:
    reading = brought(ann)
    for pressed in (
        Pressed(line=5, fate="item", words={"title": "Mine"}),
        Pressed(line=99, fate="item"),
        Pressed(line=2, fate="lost", words={"title": "Mine", "date": "2027-02-26", "slug": "x"}),
        Pressed(ask="no such", answer="am"),
        Pressed(day=4),
        Pressed(day=2),
    ):
        importing.press(reading=reading, pressed=pressed)
    reading.refresh_from_db()
    assert reading.choices == {
        "fates": {"5": "item"},
        "said": {},
        "words": {"title": "Mine", "date": "2027-02-26"},
        "day": 2,
    }


def test_of_two_presses_at_once_none_is_lost_and_a_day_is_made_only_of_what_was_looked_at(ann: User) -> None:
    reading = brought(ann)
    other_tab, third_tab = Reading.objects.get(), Reading.objects.get()
    importing.press(reading=reading, pressed=Pressed(line=5, fate="item"))
    importing.press(reading=other_tab, pressed=Pressed(ask="day-4", answer="same"))
    assert Reading.objects.get().choices | {"words": {}} == {
        "fates": {"5": "item"},
        "said": {"day-4": "same"},
        "words": {},
        "day": None,
    }
    with pytest.raises(Refused, match="decided in another tab meanwhile"):
        created(third_tab, ann)
    assert not Workshop.objects.exists()


def test_what_no_line_is_an_item_of_makes_no_day(ann: User) -> None:
    reading = brought(ann, "Only words")
    with pytest.raises(Refused, match="Nothing of it is an item yet"):
        created(reading, ann)
    assert not Workshop.objects.exists()


def test_what_is_read_goes_after_a_day_and_the_oldest_of_many_at_once(ann: User) -> None:
    old, new = brought(ann), brought(ann)
    Reading.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(hours=25))
    assert importing.find(old.pk, ann, timezone.now()) is None
    assert importing.forget_old(now=timezone.now()) == 1
    assert Reading.objects.get() == new
    for _ in range(importing.MOST_READINGS):
        brought(ann)
    assert not Reading.objects.filter(pk=new.pk).exists()

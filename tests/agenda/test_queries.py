"""Reads of the plan cost the same for one row and for three."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda import presses, queries
from agenda.models import Speaker, User, Workshop
from tests.agenda.small_day import load_text
from tests.cast import newcastle


@pytest.mark.parametrize("count", [1, 3])
def test_a_day_is_two_queries(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    names = ["ann", "beth", "cleo"][:count]
    for name, expect in zip(names, [None, "intros", "how-digital"], strict=False):
        presses.advance(workshop=workshop, expect=expect, actor=User.objects.create(username=name))
    with django_assert_num_queries(2):
        day = queries.day(workshop)
        assert len(day.log) == count
        assert [str(entry.actor) for entry in day.entries] == names
        assert len(day.items) == len(day.plan.slots) == 9


@pytest.mark.parametrize("speakers", [1, 3])
def test_speakers_are_one_query(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries, speakers: int
) -> None:
    keep = Speaker.objects.filter(slot__workshop=workshop).values_list("pk", flat=True)[:speakers]
    Speaker.objects.exclude(pk__in=list(keep)).delete()
    with django_assert_num_queries(1):
        found = queries.speakers(workshop)
    assert sum(len(there) for there in found.values()) == speakers


@pytest.mark.django_db
def test_speakers_stand_in_order_and_on_their_own_day() -> None:
    newcastle()
    found = queries.speakers(load_text())
    assert {key: [speaker.name for speaker in there] for key, there in found.items()} == {"talk": ["Ann", "Ben"]}


def test_a_day_is_read_from_the_newest_plan_and_its_own_log(workshop: Workshop) -> None:
    other = newcastle("another-day")
    presses.advance(workshop=other, expect=None, actor=None)
    value = dict(workshop.plan_versions.get().value)
    workshop.plan_versions.create(number=2, value={**value, "slots": value["slots"][:3]})
    day = queries.day(workshop)
    assert (len(day.items), day.log) == (3, [])
    assert workshop.clock_shown is not None
    assert day.schedule(workshop.clock_shown + timedelta(hours=1)).state == "before"

"""A change is told after it is committed, and never when it was not."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from agenda import changes, services
from agenda.models import Attendee, Workshop
from tests.cast import newcastle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """Which day was told of, and how many attendees were committed by then."""
    told: list[tuple[str, int]] = []

    def listener(workshop_id: str) -> None:
        told.append((workshop_id, Attendee.objects.filter(workshop=workshop_id).count()))

    changes.listen(listener)
    yield told
    changes._listeners.remove(listener)


@pytest.fixture
def day() -> Workshop:
    return newcastle()


def test_a_change_is_told_once_it_is_committed(day: Workshop, heard: list[tuple[str, int]]) -> None:
    heard.clear()
    with transaction.atomic():
        services.join(workshop=day)
        assert heard == []
    assert heard == [(day.pk, 1)]


def test_what_was_rolled_back_is_not_told(day: Workshop, heard: list[tuple[str, int]]) -> None:
    heard.clear()
    with transaction.atomic():
        services.join(workshop=day)
        transaction.set_rollback(True)
    assert (heard, Attendee.objects.count()) == ([], 0)
    services.join(workshop=day)
    assert heard == [(day.pk, 1)]


def test_every_listener_hears_of_every_day(day: Workshop, heard: list[tuple[str, int]]) -> None:
    other = newcastle("another-day")
    second: list[str] = []
    changes.listen(second.append)
    heard.clear()
    for workshop in (day, other, day):
        services.join(workshop=workshop)
    changes._listeners.remove(second.append)
    assert heard == [(day.pk, 1), (other.pk, 1), (day.pk, 2)]
    assert second == [day.pk, other.pk, day.pk]

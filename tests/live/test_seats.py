"""People without a phone: they count, and the desk says for them whether they agreed."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda import services as agenda
from agenda.models import Attendee, Workshop
from sessions import seats
from sessions.models import Agreement
from tests.cast import newcastle, phone_in

from .test_room import look, shown


def add(workshop: Workshop, name: str = "") -> Attendee:
    return agenda.add_seat(workshop=workshop, name=name, council="", role="")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_queries(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        person = add(workshop, f"Person {number}")
        seats.set_agreed(workshop=workshop, seat=person.pk, on=True)
    phone_in(workshop)
    with django_assert_num_queries(2):
        found = seats.kept(workshop)
    assert [(one.person.name, one.agreed) for one in found] == [(f"Person {number}", True) for number in range(count)]


def test_somebody_without_a_phone_counts_among_those_here_and_those_who_agreed(workshop: Workshop) -> None:
    phone_in(workshop)
    person = add(workshop)
    add(workshop)
    seats.set_agreed(workshop=workshop, seat=person.pk, on=True)
    room = look(workshop)
    assert (room.seats, room.without_phone, room.agreed) == (3, 2, 1)
    words = shown(workshop, "desk")
    assert "2, counted as here" in words
    assert "1 of 3 agreed" in words
    seats.set_agreed(workshop=workshop, seat=person.pk, on=False)
    agenda.remove_seat(workshop=workshop, seat=person.pk)
    room = look(workshop)
    assert (room.seats, room.without_phone, room.agreed) == (2, 1, 0)


def test_the_desk_agrees_for_nobody_who_can_press_for_themselves(workshop: Workshop) -> None:
    elsewhere = add(newcastle("another-day"))
    for seat in (phone_in(workshop).seat.attendee_id, elsewhere.pk, uuid.uuid4()):
        seats.set_agreed(workshop=workshop, seat=seat, on=True)
    assert not Agreement.objects.exists()
    person = add(workshop)
    for on, count in ((True, 1), (True, 1), (False, 0), (False, 0)):
        seats.set_agreed(workshop=workshop, seat=person.pk, on=on)
        assert Agreement.objects.count() == count

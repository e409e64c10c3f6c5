"""Which names a field for a council offers, and which it never does."""

from typing import Any

import pytest

from agenda import cards, councils, services
from agenda.card_models import Council
from agenda.cards import Introduction
from agenda.models import Attendee, Speaker, Workshop
from agenda.register import Entry
from tests.cast import newcastle, phone_in

REGISTER = [Entry("Upper Example Borough Council", "uppex"), Entry("Sampleshire County Council")]


def names(workshop: Workshop) -> list[str]:
    return [name for name, _ in councils.offered(workshop)]


def introduced(workshop: Workshop, council: str, *, on_screen: bool) -> Attendee:
    attendee = phone_in(workshop).attendee
    cards.introduce(attendee=attendee, said=Introduction(council=council, on_screen=on_screen))
    return attendee


def test_the_register_becomes_what_the_file_says(db: None) -> None:
    assert councils.load_register(entries=REGISTER) == (2, 0)
    assert councils.load_register(entries=REGISTER) == (0, 0)
    renamed = [Entry("Sampleshire County Council", "sam"), Entry("New Example Council")]
    assert councils.load_register(entries=renamed) == (1, 1)
    rows = Council.objects.values_list("official_name", "other_words")
    assert list(rows) == [("New Example Council", ""), ("Sampleshire County Council", "sam")]


def test_the_register_is_offered_on_every_day(workshop: Workshop) -> None:
    Speaker.objects.filter(slot__workshop=workshop).delete()
    councils.load_register(entries=REGISTER)
    assert councils.offered(workshop) == [
        ("Sampleshire County Council", ""),
        ("Upper Example Borough Council", "uppex"),
    ]


def test_a_name_that_was_told_to_the_facilitator_alone_is_offered_to_nobody(workshop: Workshop) -> None:
    introduced(workshop, "Quiet Council", on_screen=False)
    attendee = phone_in(workshop).attendee
    services.say_who(attendee=attendee, name="Ann", council="Silent Council", role="")
    assert {"Quiet Council", "Silent Council"}.isdisjoint(names(workshop))


def test_a_name_that_its_owner_lets_the_room_see_is_offered_until_they_leave(workshop: Workshop) -> None:
    ann = introduced(workshop, "Open Council", on_screen=True)
    assert "Open Council" in names(workshop)
    services.leave(attendee=ann)
    assert "Open Council" not in names(workshop)


def test_a_name_of_another_day_is_never_offered(workshop: Workshop) -> None:
    there = newcastle("another-day")
    introduced(there, "Council of Elsewhere", on_screen=True)
    Speaker.objects.filter(slot__workshop=there).update(organisation="Firm of Elsewhere")
    assert "Council of Elsewhere" in names(there)
    assert "Firm of Elsewhere" in names(there)
    assert [name for name in names(workshop) if "Elsewhere" in name] == []


def test_the_organisations_of_the_days_speakers_are_offered_once(workshop: Workshop) -> None:
    Speaker.objects.filter(slot__workshop=workshop).update(organisation="Sampleshire County Council")
    councils.load_register(entries=REGISTER)
    assert names(workshop) == ["Sampleshire County Council", "Upper Example Borough Council"]


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_offered_is_read_in_three_queries(
    workshop: Workshop, number: int, django_assert_num_queries: Any
) -> None:
    councils.load_register(entries=[Entry(f"Council {n}") for n in range(number)])
    with django_assert_num_queries(3):
        councils.offered(workshop)

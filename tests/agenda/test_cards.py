"""Introductions: whose card is kept, who is in the list of the desk, and with what a card goes."""

import pytest
from django.db import IntegrityError, transaction

from agenda import cards, services
from agenda.card_models import Card
from agenda.cards import Introduction
from agenda.chapters import dump_document, load_document
from agenda.models import Attendee, Workshop
from agenda.services import Refused
from feedback import keeping
from sessions import services as live
from tests.cast import newcastle, phone_in

from .journeys import eventful

ANN = Introduction(
    name="Ann Ash", council="Exampleshire", roles=["leader", "ward"], portfolio="Digital", interest="Data"
)


def introduced(workshop: Workshop, said: Introduction) -> Attendee:
    attendee = phone_in(workshop).attendee
    cards.introduce(attendee=attendee, said=said)
    attendee.refresh_from_db()
    return attendee


def test_a_card_is_kept_as_it_was_said_and_the_next_takes_its_place(workshop: Workshop) -> None:
    ann = introduced(workshop, ANN)
    assert cards.said_by(ann) == ANN
    shorter = Introduction(name="Ann Ash", key_point="Who shares data?", is_ask=True, on_screen=True)
    cards.introduce(attendee=ann, said=shorter)
    ann.refresh_from_db()
    assert cards.said_by(ann) == shorter
    assert (ann.council, Card.objects.count()) == ("", 1)


def test_nobody_has_a_card_before_they_have_kept_one(workshop: Workshop) -> None:
    attendee = phone_in(workshop).attendee
    services.say_who(attendee=attendee, name="Ann Ash", council="", role="councillor")
    assert cards.said_by(attendee) is None


def test_the_list_has_whoever_said_a_name_or_anything_on_a_card_by_name(workshop: Workshop) -> None:
    nameless = introduced(workshop, Introduction(interest="Buses"))
    introduced(workshop, Introduction(on_screen=True))
    council = introduced(workshop, Introduction(council="Exampleshire"))
    phone_in(workshop)
    gone = introduced(workshop, Introduction(name="Carl Cedar"))
    services.leave(attendee=gone)
    services.sign_up(workshop=workshop, name="Dee Dogwood")  # answers before the day and has not come
    bob = phone_in(workshop).attendee
    services.say_who(attendee=bob, name="bob birch", council="", role="")
    ann = introduced(workshop, ANN)
    introduced(newcastle("another-day"), Introduction(name="Somebody Else"))
    assert cards.people(workshop) == [ann, bob, nameless, council]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_is_read_in_one_query(workshop: Workshop, number: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(number):
        introduced(workshop, ANN)
    with django_assert_num_queries(1):
        assert [person.card.portfolio for person in cards.people(workshop)] == ["Digital"] * number


def test_roles_are_read_in_words_and_an_unknown_one_is_not(workshop: Workshop) -> None:
    ann = introduced(workshop, ANN)
    assert ann.card.role_names == ["Leader", "Ward or division councillor", "Digital"]
    assert Card(roles=["whip"]).role_names == []


def test_the_database_keeps_no_ask_without_words(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        introduced(workshop, Introduction(is_ask=True))


def test_a_card_goes_with_the_person_who_is_erased(workshop: Workshop) -> None:
    ann, bob = introduced(workshop, ANN), introduced(workshop, Introduction(name="Bob Birch", interest="Roads"))
    keeping.erase_person(workshop=workshop, attendee_id=ann.pk, actor=None)
    assert [card.attendee for card in Card.objects.all()] == [bob]


def test_a_card_goes_when_somebody_leaves_on_their_phone(workshop: Workshop) -> None:
    services.leave(attendee=introduced(workshop, ANN))
    assert not Card.objects.exists()


def test_a_card_goes_on_the_days_date(workshop: Workshop) -> None:
    introduced(workshop, ANN)
    keeping.delete_all(workshop=workshop)
    assert not Card.objects.exists()


def test_a_rehearsal_that_begins_again_has_no_cards(workshop: Workshop) -> None:
    there = introduced(newcastle("another-day"), ANN)
    introduced(workshop, ANN)
    Workshop.objects.filter(pk=workshop.pk).update(rehearsal=True)
    workshop.refresh_from_db()
    live.begin_again(workshop=workshop, actor=None)
    assert [card.attendee for card in Card.objects.all()] == [there]


def test_a_copied_day_has_nobodys_card(db: None) -> None:
    day = eventful()
    assert Card.objects.filter(attendee__workshop=day).exists()
    copy = load_document(dump_document(day) | {"slug": "a-copy"})
    assert not Card.objects.filter(attendee__workshop=copy).exists()
    assert "Ann Ash" not in str(dump_document(copy))


def test_taking_a_card_off_the_screen_leaves_the_rest_of_it(workshop: Workshop) -> None:
    ann = introduced(workshop, Introduction(name="Ann Ash", interest="Data", on_screen=True))
    cards.take_off_screen(workshop=workshop, seat=ann.pk)
    card = cards.card_of(ann)
    assert card
    assert (card.on_screen, card.interest) == (False, "Data")


def test_a_card_that_comes_after_its_owner_has_left_is_not_kept(workshop: Workshop) -> None:
    """Two tabs of one phone: one leaves, the other sends a card that was let in a moment before."""
    ann = introduced(workshop, ANN)
    services.leave(attendee=ann)
    with pytest.raises(Refused, match="not there any more"):
        cards.introduce(attendee=ann, said=ANN)
    assert not Card.objects.exists()


def test_a_card_of_somebody_erased_meanwhile_is_refused_with_a_sentence(workshop: Workshop) -> None:
    ann = introduced(workshop, ANN)
    keeping.erase_person(workshop=workshop, attendee_id=ann.pk, actor=None)
    with pytest.raises(Refused, match="What you wrote is still here"):
        cards.introduce(attendee=ann, said=ANN)

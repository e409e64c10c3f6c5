"""Mail goes once, is tried again while the server is away, and leaves no address behind."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from agenda.services import Refused
from feedback import commitments, erasing, followup, keeping, letters, posting, services
from feedback.letter_forms import LetterForm
from feedback.letter_models import Letter
from feedback.letters import Purpose
from masterclass.management.commands import serve
from tests.at_once import at_once
from tests.cast import newcastle
from tests.live import day

from .post_office import PostOffice, open_office
from .room import give, opened, seat_in

ANN = "ann@example.org"
RING = {"what": "Ring the port", "first": "Find the number", "by": "Friday"}


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with open_office(settings) as office:
        yield office


@pytest.fixture
def running(workshop: Workshop, office: PostOffice) -> Workshop:
    day.begin(workshop)
    return workshop


def promised(workshop: Workshop) -> Seat:
    """Somebody who has written down what they will do."""
    seat = seat_in(workshop)
    (part,) = commitments.parts(workshop, seat)
    give(part.question, RING, seat)
    return seat


def ask(seat: Seat, address: str = ANN, purpose: str = Purpose.DAY) -> Letter:
    person = Attendee.objects.get(pk=seat.attendee_id)
    return letters.ask(attendee=person, purpose=purpose, address=address, now=timezone.now())


def later(**by: float) -> dict[tuple[str, str], int]:
    return posting.send_due(now=timezone.now() + timedelta(**by))


def left() -> list[tuple[str, str]]:
    """State and address of each mail."""
    return list(Letter.objects.order_by("pk").values_list("state", "address"))


def test_a_mail_holds_what_is_kept_with_the_seat_and_no_answer_without_a_name(
    running: Workshop, office: PostOffice
) -> None:
    seat = promised(running)
    give(opened(running, "sum_insights"), "Nobody joins this to me", seat)
    ask(seat)
    assert later() == {("day", "sent"): 1}
    (mail,) = office.to(ANN)
    text = mail.get_content()
    assert "Ring the port\nFirst step: Find the number\nBy when: Friday" in text
    assert "https://www.local.gov.uk/case-studies" in text
    assert "Nobody joins" not in text
    assert mail["Subject"] == f"Your day: {running.title}"
    assert mail["To"] == ANN


def test_the_address_goes_with_the_mail(running: Workshop, office: PostOffice) -> None:
    ask(promised(running))
    assert left() == [("waits", ANN)]
    later()
    assert left() == [("sent", "")]
    later(days=1)
    assert len(office.mails) == 1


def test_a_server_that_is_away_is_tried_again_ever_more_seldom(
    running: Workshop, office: PostOffice, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_PORT = 1
    ask(promised(running))
    waits = []
    now = timezone.now()
    for _ in range(8):
        posting.send_due(now=now)
        due = Letter.objects.get().due_at
        assert due
        waits.append(round((due - now).total_seconds() / 60))
        now = due
    assert waits == [1, 2, 5, 15, 30, 60, 60, 60]
    assert left() == [("waits", ANN)]
    assert ANN not in caplog.text
    settings.EMAIL_PORT = office.port
    posting.send_due(now=now)
    assert (left(), len(office.mails)) == ([("sent", "")], 1)


def test_a_mail_is_never_lost_in_three_days_and_given_up_after_them(running: Workshop, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    ask(promised(running))
    later()
    assert later(days=2, hours=22) == {("day", "waits"): 1}
    assert later(days=3) == {("day", "given_up"): 1}
    assert left() == [("given_up", "")]


def test_where_nothing_is_reached_the_others_wait_untried(running: Workshop, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    for name in ("ann", "beth", "cy"):
        ask(promised(running), f"{name}@example.org")
    assert later() == {("day", "waits"): 1}
    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_an_address_the_server_does_not_know_is_forgotten_at_once_and_holds_up_nobody(
    running: Workshop, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office.unknown = {"anne@example.org"}
    ask(promised(running), "anne@example.org")
    ask(promised(running))
    assert later() == {("day", "refused"): 1, ("day", "sent"): 1}
    assert sorted(left()) == [("refused", ""), ("sent", "")]
    assert "anne@" not in caplog.text


def test_a_mail_that_is_being_sent_is_left_alone_and_one_that_nobody_finished_is_not(
    running: Workshop, office: PostOffice
) -> None:
    ask(promised(running))
    now = timezone.now()
    assert posting._take(Letter.objects.get().pk, now)
    assert posting.send_due(now=now + timedelta(minutes=14)) == {}
    assert posting.send_due(now=now + timedelta(minutes=16)) == {("day", "sent"): 1}
    assert len(office.mails) == 1


def test_a_busy_server_gets_it_later(running: Workshop, office: PostOffice) -> None:
    office.busy = True
    ask(promised(running))
    assert later() == {("day", "waits"): 1}
    office.busy = False
    assert later(minutes=1) == {("day", "sent"): 1}


def test_another_address_takes_the_place_of_the_first_and_three_are_enough(
    running: Workshop, office: PostOffice
) -> None:
    seat = promised(running)
    for address in ("anne@example.org", "an@example.org", ANN, ANN):
        ask(seat, address)
    with pytest.raises(Refused, match="asked for 3 times"):
        ask(seat, "stranger@example.org")
    later()
    assert office.envelopes == [[ANN]]


def test_what_is_stopped_is_not_sent_and_who_leaves_gets_none(running: Workshop, office: PostOffice) -> None:
    seats = [promised(running) for _ in range(2)]
    for seat in seats:
        ask(seat)
    stopped, gone = (Attendee.objects.get(pk=seat.attendee_id) for seat in seats)
    letters.stop(attendee=stopped, purpose=Purpose.DAY)
    letters.forget(attendee=gone)
    assert later(days=1) == {}
    assert (left(), office.mails) == ([("stopped", "")], [])


@pytest.mark.parametrize(
    "typed",
    [
        "ann@example.org\r\nBcc: everybody@example.org",
        "ann@example.org\nSubject: x",
        "ann@example.org, beth@example.org",
        "Ann <ann@example.org>",
        '"a,b"@example.org',
        "ann@",
        "",
        f"{'a' * 250}@example.org",
    ],
)
def test_only_one_address_can_be_typed(typed: str) -> None:
    form = LetterForm({"purpose": "day", "address": typed}, purpose="day")
    assert not form.is_valid()
    assert "Write one e-mail address" in str(form.errors)


@pytest.mark.parametrize("address", ["a@x.org\nBcc: b@x.org", "a@x.org,b@x.org", ""])
def test_the_database_keeps_no_other(running: Workshop, address: str) -> None:
    person = Attendee.objects.get(pk=seat_in(running).attendee_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(attendee=person, purpose="day", address=address, due_at=timezone.now())


def test_a_title_makes_no_header_of_its_own(running: Workshop, office: PostOffice) -> None:
    Workshop.objects.filter(pk=running.pk).update(title="A day\r\nBcc: everybody@example.org")
    ask(promised(running))
    later()
    (mail,) = office.mails
    assert mail["Bcc"] is None
    assert office.envelopes == [[ANN]]


def test_no_address_is_taken_where_mail_is_not_set_up(running: Workshop, settings: Settings) -> None:
    settings.MAIL_OFFERED = False
    with pytest.raises(Refused, match="No mail is sent from here"):
        ask(promised(running))
    assert not Letter.objects.exists()


class TestFollowups:
    def test_they_go_when_six_weeks_are_over_and_not_before(self, running: Workshop, office: PostOffice) -> None:
        Workshop.objects.filter(pk=running.pk).update(date=timezone.now().date())
        running.refresh_from_db()
        ask(promised(running), purpose=Purpose.FOLLOWUP)
        assert later(days=41) == {}
        assert left() == [("waits", ANN)]
        assert later(days=43) == {("followup", "sent"): 1}
        assert left() == [("sent", "")]

    def test_none_is_offered_that_the_days_date_would_delete(self, running: Workshop) -> None:
        keeping.settle(workshop=running, open_days=3, delete_on=running.date + timedelta(weeks=5), actor=None)
        with pytest.raises(Refused, match="No mail is sent"):
            ask(promised(running), purpose=Purpose.FOLLOWUP)

    def test_the_command_says_what_it_did_and_twice_is_once(self, running: Workshop, office: PostOffice) -> None:
        ask(promised(running), purpose=Purpose.FOLLOWUP)
        for sent in (1, 0):
            told = StringIO()
            call_command("send_followups", stdout=told)
            assert f"Follow-ups: {sent} sent, 0 to be tried again, 0 refused, 0 given up." in told.getvalue()
        assert len(office.mails) == 1

    def test_it_is_told_how_many_were_sent_and_how_many_have_said_how_it_went(
        self, running: Workshop, office: PostOffice
    ) -> None:
        assert followup.told(running) is None
        ann, beth, cy = seats = [promised(running) for _ in range(3)]
        for seat, name in zip(seats, ("ann", "beth", "cy"), strict=True):
            ask(seat, f"{name}@example.org", purpose=Purpose.FOLLOWUP)
        due = letters.followup_at(running).date()
        assert followup.told(running) == followup.Told(m=0, n=0, waits=3, failed=0, due=due)
        office.unknown = {"cy@example.org"}
        later()
        assert followup.told(running) == followup.Told(m=0, n=2, waits=0, failed=1, due=due)
        asked = followup.questions(running)
        give(asked.get(key="fu_done"), "begun", ann)
        for question in asked.exclude(key="fu_done")[:2]:
            give(question, "As I hoped", ann)
        assert followup.told(running) == followup.Told(m=1, n=2, waits=0, failed=1, due=due)
        letters.stop(attendee=Attendee.objects.get(pk=cy.attendee_id), purpose=Purpose.FOLLOWUP)
        letters.forget(attendee=Attendee.objects.get(pk=ann.attendee_id))
        letters.forget(attendee=Attendee.objects.get(pk=beth.attendee_id))
        assert followup.told(running) == followup.Told(m=0, n=0, waits=0, failed=1, due=due)

    def test_the_command_fails_where_mail_did_not_go(self, running: Workshop, settings: Settings) -> None:
        settings.EMAIL_PORT = 1
        for name in ("ann", "beth"):
            ask(promised(running), f"{name}@example.org", Purpose.FOLLOWUP)
        told = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("send_followups", stdout=told)
        assert ended.value.code == 1
        assert "1 to be tried again" in told.getvalue()
        assert "1 more wait for the next try" in told.getvalue()

    def test_the_link_of_the_mail_is_kept_as_a_hash_alone(self, running: Workshop, office: PostOffice) -> None:
        seat = promised(running)
        ask(seat, purpose=Purpose.FOLLOWUP)
        later()
        text = office.mails[0].get_content()
        found = re.search(r"/f/([\w-]{43})\n", text)
        assert found
        assert "Ring the port" in text
        letter = followup.find(found[1])
        assert letter
        assert letter.attendee_id == seat.attendee_id
        assert found[1] not in str(list(Letter.objects.values()))
        Attendee.objects.update(revoked_at=timezone.now())
        assert followup.find(found[1]) is None


def test_a_day_that_begins_again_or_is_deleted_keeps_no_address(running: Workshop) -> None:
    ask(promised(running))
    services.begin_again(running)
    assert not Letter.objects.exists()
    ask(promised(running))
    keeping.delete_all(workshop=running)
    assert not Letter.objects.exists()


def test_who_is_erased_gets_no_mail(running: Workshop, office: PostOffice) -> None:
    seat = promised(running)
    ask(seat)
    erasing.erase(Attendee.objects.get(pk=seat.attendee_id))
    assert (later(), office.mails) == ({}, [])


@pytest.mark.django_db(transaction=True)
def test_the_server_sends_by_itself(office: PostOffice) -> None:
    workshop = newcastle()
    day.begin(workshop)
    ask(promised(workshop))
    serve.keep_promises()
    assert (left(), len(office.to(ANN))) == ([("sent", "")], 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_send_each_mail_once(office: PostOffice) -> None:
    workshop = newcastle()
    day.begin(workshop)
    people = [f"{name}@example.org" for name in ("ann", "beth", "cy", "dee", "eve", "flo")]
    for address in people:
        ask(promised(workshop), address, Purpose.FOLLOWUP)

    def send() -> str:
        told = StringIO()
        call_command("send_followups", stdout=told)
        return told.getvalue()

    said = at_once(send, send, send)
    assert sorted(address for (address,) in office.envelopes) == people
    assert sum(int(found) for one in said for found in re.findall(r"Follow-ups: (\d+) sent", one)) == len(people)
    assert {state for state, _address in left()} == {"sent"}

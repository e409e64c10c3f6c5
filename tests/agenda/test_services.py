"""The verbs of the day: move on, take back, join, say who one is, begin again."""

import hashlib
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import HttpResponse

from agenda import services
from agenda.models import Attendee, Audit, LogEntry, User, Workshop
from agenda.seat import keep
from agenda.services import Refused
from feedback.handing_in import Handed, hand_in
from feedback.models import Question
from tests.agenda.test_presses import live, press
from tests.cast import newcastle

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create(username="ann", first_name="Ann", last_name="Ash")


def everything_stored() -> str:
    """The text of every row of every table, ids without their hyphens."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [table, *cursor.fetchall()]
    return repr(rows).replace("-", "")


def test_the_secret_of_a_seat_is_stored_nowhere(workshop: Workshop) -> None:
    """Not after joining and not after an unlinked answer, in the clear or hashed; the seat's own id is there."""
    seat = services.join(workshop=workshop)
    keep(HttpResponse(), workshop.pk, seat)
    stored = everything_stored()
    services.say_who(attendee=Attendee.objects.get(), name="Ann", council="", role="")
    question = Question.objects.filter(workshop=workshop, mode="unlinked", kind="text").first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(status="open", hand="phones")
    hand_in(workshop=workshop, handed=Handed(seat, question.pk, key=uuid.uuid4(), edit=1, raw="My words"))
    stored += everything_stored()
    assert "My words" in stored
    assert seat.attendee_id.hex in stored
    assert seat.secret.replace("-", "") not in stored
    assert hashlib.sha256(seat.secret.encode()).hexdigest() not in stored


def test_each_seat_has_a_secret_of_its_own(workshop: Workshop) -> None:
    seats = [services.join(workshop=workshop) for _ in range(20)]
    assert len({seat.secret for seat in seats}) == len({seat.attendee_id for seat in seats}) == 20
    assert min(len(seat.secret) for seat in seats) >= 43
    assert Attendee.objects.filter(workshop=workshop, name="", council="", role="").count() == 20


def test_joining_is_seen_at_the_desk_and_not_on_phones(workshop: Workshop) -> None:
    before = Workshop.objects.get()
    services.join(workshop=workshop)
    after = Workshop.objects.get()
    assert (after.rev - before.rev, after.control_rev - before.control_rev) == (1, 0)


def test_say_who_changes_one_seat_and_can_be_taken_back(workshop: Workshop) -> None:
    mine, other = (Attendee.objects.get(pk=services.join(workshop=workshop).attendee_id) for _ in range(2))
    services.say_who(attendee=mine, name="Ann", council="North", role="councillor")
    said = Attendee.objects.values_list("name", "council", "role")
    assert (said.get(pk=mine.pk), said.get(pk=other.pk)) == (("Ann", "North", "councillor"), ("", "", ""))
    services.say_who(attendee=mine, name="", council="", role="")
    assert said.get(pk=mine.pk) == ("", "", "")


def test_only_a_seat_that_the_desk_added_can_be_taken_away(workshop: Workshop) -> None:
    phone = services.join(workshop=workshop).attendee_id
    added = services.add_seat(workshop=workshop, name="Ann Ash", council="", role="officer")
    elsewhere = services.add_seat(workshop=newcastle("another-day"), name="", council="", role="")
    assert (added.device, Attendee.objects.get(pk=phone).device) == ("none", "phone")
    for seat in (phone, added.pk, added.pk, elsewhere.pk):
        services.remove_seat(workshop=workshop, seat=seat)
    assert set(Attendee.objects.values_list("pk", flat=True)) == {phone, elsewhere.pk}


def test_a_rehearsal_begins_again_with_an_empty_log(workshop: Workshop) -> None:
    press(workshop, None, "intros")
    epoch = workshop.epoch
    services.begin_again(workshop=workshop, real=NOW)
    stored = Workshop.objects.get()
    assert (live(workshop), LogEntry.objects.count(), stored.clock_real) == (None, 0, None)
    assert stored.epoch > epoch
    press(workshop, None)
    assert live(workshop) == "intros"


def test_a_real_day_is_never_wiped(workshop: Workshop) -> None:
    workshop.rehearsal = False
    workshop.save()
    press(workshop, None)
    with pytest.raises(Refused, match="This is a real day, so nothing of it is wiped"):
        services.begin_again(workshop=workshop, real=NOW)
    assert (live(workshop), LogEntry.objects.count()) == ("intros", 1)


def test_when_a_copy_was_put_back_every_day_counts_from_a_higher_epoch_than_any_page_holds(workshop: Workshop) -> None:
    other = newcastle("another-day")
    Workshop.objects.filter(pk=other.pk).update(epoch=9_999_999_999)
    assert services.restored(now=NOW) == list(Workshop.objects.all())
    assert Workshop.objects.get(pk=workshop.pk).epoch == int(NOW.timestamp())
    assert Workshop.objects.get(pk=other.pk).epoch == 10_000_000_000
    assert set(Audit.objects.values_list("kind", "workshop")) == {
        ("copy put back", pk) for pk in (workshop.pk, other.pk)
    }

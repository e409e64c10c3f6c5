"""The verbs of the day: move on, take back, join, say who one is, begin again."""

import hashlib
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import HttpResponse

from agenda import queries, services
from agenda.models import Attendee, LogEntry, User, Workshop
from agenda.seat import keep
from agenda.services import Refused, Stale
from feedback import services as feedback
from feedback.models import Question
from tests.cast import newcastle, user_with

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create(username="ann", first_name="Ann", last_name="Ash")


def live(workshop: Workshop) -> str | None:
    row = queries.day(workshop).schedule(NOW).live
    return row.slot.id if row else None


def press(workshop: Workshop, *expected: str | None, actor: User | None = None) -> None:
    for expect in expected:
        services.advance(workshop=workshop, expect=expect, actor=actor)


def test_each_press_ends_an_item_and_starts_the_next(workshop: Workshop) -> None:
    keys = list(queries.day(workshop).items)
    seen = []
    for expect in [None, *keys]:
        press(workshop, expect)
        seen.append(live(workshop))
    assert seen == [*keys, None]
    assert queries.day(workshop).schedule(NOW).state == "finished"
    assert list(LogEntry.objects.values_list("seq", flat=True)) == list(range(1, len(keys) + 2))


def test_a_stale_press_is_refused_and_says_who_moved_the_day_and_where(workshop: Workshop, ann: User) -> None:
    press(workshop, None, "intros", actor=ann)
    with pytest.raises(
        Stale, match=r"^Already moved to “.+” by Ann Ash\. Nothing was changed by this press\.$"
    ) as told:
        press(workshop, "intros")
    assert f"“{queries.day(workshop).items['how-digital'].title}”" in str(told.value)
    assert (live(workshop), LogEntry.objects.count()) == ("how-digital", 2)


def test_somebody_without_a_full_name_is_called_by_the_name_they_sign_in_with(workshop: Workshop) -> None:
    press(workshop, None, actor=user_with("beth"))
    with pytest.raises(Stale, match="by beth"):
        press(workshop, None)


def test_a_closed_account_is_somebody(workshop: Workshop, ann: User) -> None:
    press(workshop, None, actor=ann)
    ann.delete()
    with pytest.raises(Stale, match="by somebody"):
        press(workshop, None)
    assert live(workshop) == "intros"


@pytest.mark.parametrize("expect", ["intros", "no-such-item"])
def test_before_the_day_a_press_that_saw_an_item_is_refused(workshop: Workshop, expect: str) -> None:
    with pytest.raises(Stale, match="Nothing was changed by this press"):
        press(workshop, expect)
    assert live(workshop) is None


def test_after_the_day_no_press_starts_it_again(workshop: Workshop) -> None:
    keys = list(queries.day(workshop).items)
    press(workshop, None, *keys)
    for expect in (None, keys[-1]):
        with pytest.raises(Stale):
            press(workshop, expect)
    assert LogEntry.objects.count() == len(keys) + 1


def test_the_same_press_twice_is_one_step(workshop: Workshop, ann: User) -> None:
    number = uuid.uuid4()
    first = services.advance(workshop=workshop, expect=None, actor=ann, press=number)
    again = services.advance(workshop=workshop, expect=None, actor=ann, press=number)
    assert again == first
    assert (live(workshop), LogEntry.objects.count()) == ("intros", 1)


def test_a_late_repeat_of_an_old_press_changes_nothing(workshop: Workshop) -> None:
    number = uuid.uuid4()
    services.advance(workshop=workshop, expect=None, actor=None, press=number)
    press(workshop, "intros", "how-digital")
    assert services.advance(workshop=workshop, expect=None, actor=None, press=number).seq == 1
    assert live(workshop) == "data"


def test_a_press_number_belongs_to_one_day(workshop: Workshop) -> None:
    number, other = uuid.uuid4(), newcastle("another-day")
    for day in (workshop, other):
        services.advance(workshop=day, expect=None, actor=None, press=number)
    assert (live(workshop), live(other)) == ("intros", "intros")


def test_undo_takes_one_step_back(workshop: Workshop, ann: User) -> None:
    press(workshop, None, "intros")
    services.undo(workshop=workshop, expect="how-digital", actor=ann)
    assert live(workshop) == "intros"
    services.undo(workshop=workshop, expect="intros", actor=ann)
    assert queries.day(workshop).schedule(NOW).state == "before"
    kinds = list(LogEntry.objects.values_list("kind", "actor__username"))
    assert kinds == [("advance", None), ("advance", None), ("undo", "ann"), ("undo", "ann")]


def test_undo_opens_the_last_item_again(workshop: Workshop) -> None:
    press(workshop, None, *queries.day(workshop).items)
    services.undo(workshop=workshop, expect=None, actor=None)
    assert live(workshop) == "close"


@pytest.mark.parametrize("expect", [None, "intros", "data"])
def test_a_stale_undo_is_refused(workshop: Workshop, ann: User, expect: str | None) -> None:
    press(workshop, None, "intros", actor=ann)
    with pytest.raises(Stale, match="by Ann Ash"):
        services.undo(workshop=workshop, expect=expect, actor=None)
    assert live(workshop) == "how-digital"


def test_there_is_nothing_to_take_back_before_the_day(workshop: Workshop) -> None:
    with pytest.raises(Stale, match="Nothing was changed"):
        services.undo(workshop=workshop, expect=None, actor=None)
    assert LogEntry.objects.count() == 0


def everything_stored() -> str:
    """The text of every row of every table."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [table, *cursor.fetchall()]
    return repr(rows)


def test_the_secret_of_a_seat_is_stored_nowhere(workshop: Workshop) -> None:
    """Not after joining and not after an unlinked answer, in the clear or hashed; the seat's own id is there."""
    seat = services.join(workshop=workshop)
    keep(HttpResponse(), workshop.pk, seat)
    stored = everything_stored()
    services.say_who(attendee=Attendee.objects.get(), name="Ann", council="", role="")
    question = Question.objects.filter(workshop=workshop, mode="unlinked", kind="text").first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(status="open", hand="phones")
    feedback.hand_in(workshop=workshop, seat=seat, question_id=question.pk, key=uuid.uuid4(), edit=1, raw="My words")
    stored += everything_stored()
    assert "My words" in stored
    assert seat.attendee_id.hex in stored
    assert seat.secret not in stored
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

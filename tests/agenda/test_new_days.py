"""A new day: blank, from a template, or as a copy that takes nobody and nothing of what was said."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from agenda import new_days, queries, services
from agenda.chapters import dump_document, load_document
from agenda.document import DocumentRefused
from agenda.models import Attendee, Audit, LogEntry, Membership, PlanVersion, User, Workshop
from agenda.new_days import NotMade
from feedback.models import Answer, Question
from sessions import questions
from sessions import services as live
from sessions.models import Agreement, PairedScreen
from tests.cast import phone_in, user_with

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
SPRING = date(2026, 3, 29)  # clocks in London go from 01:00 to 02:00
PART_OF_NO_COPY = {"slug", "title", "date", "place"}


@pytest.fixture
def ann(db: None) -> User:
    return user_with("ann")


def start(user: User, **given: Any) -> Workshop:
    values: dict[str, Any] = {"title": "A day", "date": date(2026, 12, 1), "place": "Leeds", "start_from": None}
    return new_days.start(user=user, **{**values, "rehearsal": False, "now": NOW, **given})


def night(workshop: Workshop) -> Workshop:
    """The same day with its first item in an hour that some nights do not have."""
    document = dump_document(workshop)
    document["slots"][0]["start"] = "01:30"
    return load_document(document)


def test_a_blank_day_has_something_to_edit_and_an_owner(ann: User) -> None:
    workshop = start(ann)
    items = queries.day(workshop).items
    assert [item.kind for item in items.values()] == [
        "arrival", "intros", "speaker", "discussion", "lunch", "summary", "close"
    ]  # fmt: skip
    assert [key for key, item in items.items() if item.fixed] == ["lunch", "close"]
    assert not queries.day(workshop).schedule(NOW).late
    assert (workshop.title, workshop.date, workshop.place) == ("A day", date(2026, 12, 1), "Leeds")
    assert (workshop.rehearsal, workshop.template) == (False, False)
    assert Membership.objects.get(workshop=workshop).user == ann
    assert Membership.objects.get(workshop=workshop).role == "owner"
    assert Audit.objects.get(kind="day made").workshop == workshop


def test_a_blank_day_can_be_run(ann: User) -> None:
    workshop = start(ann)
    live.move_on(workshop=workshop, expect=None, actor=ann)
    schedule = queries.day(workshop).schedule(datetime.now(UTC))
    assert schedule.live is not None
    assert schedule.live.slot.id == "arrival"


def test_a_copy_says_what_the_day_says_and_nothing_else(ann: User, workshop: Workshop) -> None:
    copy = start(ann, start_from=workshop)
    left_out = PART_OF_NO_COPY | {"rehearsal_starts"}
    before, after = ({k: v for k, v in dump_document(w).items() if k not in left_out} for w in (workshop, copy))
    assert after == before
    assert len(after["questions"]) > 5
    assert copy.pk != workshop.pk
    assert copy.join_code != workshop.join_code
    assert copy.join_token != workshop.join_token


def test_a_copy_takes_nobody_and_nothing_that_was_said_or_done(ann: User, workshop: Workshop) -> None:
    live.move_on(workshop=workshop, expect=None, actor=ann)
    question = Question.objects.filter(workshop=workshop).first()
    assert question
    Question.objects.filter(pk=question.pk).update(hand="phones")
    questions.ask_the_room(workshop=workshop, question=question, actor=ann)
    phone = phone_in(workshop)
    live.agree(attendee=phone.attendee)
    Answer.objects.create(id=uuid.uuid4(), question=question, respondent="one", value="Yes", released_value="Yes")
    questions.show_answers(workshop=workshop, question=question, actor=ann)
    PairedScreen.objects.create(digits="1234", workshop=workshop, asked_at=NOW)
    Membership.objects.create(workshop=workshop, user=ann, role="owner")
    Membership.objects.create(workshop=workshop, user=user_with("beth"), role="scribe")

    copy = start(ann, start_from=workshop)
    for rows in (
        LogEntry.objects.filter(workshop=copy),
        Attendee.objects.filter(workshop=copy),
        Agreement.objects.filter(attendee__workshop=copy),
        Answer.objects.filter(question__workshop=copy),
        PairedScreen.objects.filter(workshop=copy),
    ):
        assert not rows.exists()
    asked = Question.objects.filter(workshop=copy)
    assert set(asked.values_list("status", "shown", "times_asked", "opened_at")) == {("draft", False, 0, None)}
    assert list(Membership.objects.filter(workshop=copy).values_list("user__username", "role")) == [("ann", "owner")]
    assert list(PlanVersion.objects.filter(workshop=copy).values_list("number", flat=True)) == [1]
    assert Audit.objects.get(workshop=copy).detail == {"start_from": workshop.pk}
    assert live.Stage.objects.get(pk=copy.pk).face == "join"


def test_the_copy_of_a_rehearsal_is_a_real_day(ann: User, workshop: Workshop) -> None:
    assert workshop.rehearsal
    copy = start(ann, start_from=workshop)
    assert (copy.rehearsal, copy.clock_shown) == (False, None)


def test_the_copy_of_a_rehearsal_is_a_rehearsal_if_that_is_asked_for(ann: User, workshop: Workshop) -> None:
    copy = start(ann, start_from=workshop, rehearsal=True)
    assert copy.rehearsal
    assert copy.clock_shown == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)


def test_a_rehearsal_of_a_real_day_stands_at_its_first_time(ann: User) -> None:
    real = start(ann)
    copy = start(ann, start_from=real, rehearsal=True, now=LATER, title="Another")
    assert copy.clock_shown == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Data & Digital Masterclass", "data-digital-masterclass-2026-12-01"),
        ("Žižkov – Überraschung", "zizkov-uberraschung-2026-12-01"),
        ("数字", "day-2026-12-01"),
        ("_", "day-2026-12-01"),
        ("x" * 120, "x" * 60 + "-2026-12-01"),
    ],
)
def test_a_day_is_named_by_title_and_date(ann: User, title: str, slug: str) -> None:
    assert start(ann, title=title).slug == slug


def test_days_of_one_title_and_date_have_names_of_their_own(ann: User) -> None:
    slugs = [start(ann, now=NOW + n * timedelta(days=1000)).slug for n in range(3)]
    assert slugs == ["a-day-2026-12-01", "a-day-2026-12-01-2", "a-day-2026-12-01-3"]


def test_a_second_press_is_the_same_day(ann: User) -> None:
    real = datetime.now(UTC)
    first, second = start(ann, now=real), start(ann, now=real + timedelta(seconds=5))
    assert first == second
    assert start(user_with("beth"), now=real) != first
    assert start(ann, now=real + timedelta(seconds=15)) != first


def at_once(*users: User) -> list[Workshop]:
    """What each press gives; all are made at the same moment, each with a connection of its own."""
    ready = Barrier(len(users))

    def press(user: User) -> Workshop:
        try:
            ready.wait(10)
            return start(user, now=datetime.now(UTC))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(users)) as threads:
        return list(threads.map(press, users))


@pytest.mark.django_db(transaction=True)
def test_of_presses_at_the_same_moment_everybody_has_a_day_of_their_own() -> None:
    users = [user_with(name) for name in ("ann", "beth", "cleo")]
    made = at_once(*users, *users)
    assert made[:3] == made[3:]
    assert len(set(made)) == Workshop.objects.count() == 3
    owners = Membership.objects.values_list("workshop", "user")
    assert set(owners) == {(day.pk, user.pk) for day, user in zip(made, users, strict=False)}


def test_a_new_day_never_writes_into_one_that_is_there(ann: User, workshop: Workshop) -> None:
    document = {**dump_document(workshop), "title": "Another title"}
    with pytest.raises(DocumentRefused, match="is the name of a day that is there already"):
        load_document(document, new=True)
    workshop.refresh_from_db()
    assert workshop.title != "Another title"


def test_a_time_the_new_date_does_not_have_is_refused_in_words_of_the_day(ann: User, workshop: Workshop) -> None:
    night(workshop)
    count = Workshop.objects.count()
    with pytest.raises(NotMade) as refused:
        start(ann, start_from=workshop, date=SPRING)
    title = dump_document(workshop)["slots"][0]["title"]
    assert str(refused.value) == (
        f"The start of “{title}” is 01:30, which does not exist on 29 March 2026 in Europe/London: "
        "the clocks go forward. Choose another date."
    )
    assert refused.value.field == "date"
    assert (Workshop.objects.count(), Membership.objects.count()) == (count, 0)


def test_so_is_the_start_of_a_rehearsal(ann: User, workshop: Workshop) -> None:
    workshop = load_document({**dump_document(workshop), "rehearsal_starts": "01:30"})
    assert start(ann, start_from=workshop, date=SPRING).date == SPRING
    with pytest.raises(NotMade, match=r"^The start of the rehearsal is 01:30, which does not exist") as refused:
        start(ann, start_from=workshop, date=SPRING, rehearsal=True, title="Another")
    assert refused.value.field == "date"


def test_so_is_the_end_of_the_day(ann: User, workshop: Workshop) -> None:
    document = dump_document(night(workshop))
    document["slots"] = document["slots"][:1]
    document["questions"] = []
    document["slots"][0] |= {"start": "00:30", "minutes": 30}
    ending = load_document({**document, "slug": "night", "ends": "01:30"})
    with pytest.raises(NotMade, match=r"^The end of the day is 01:30, which does not exist") as refused:
        start(ann, start_from=ending, date=SPRING)
    assert refused.value.field == "date"


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"title": "two\nlines"}, "title", "The title must stand on one line."),
        ({"place": "bell\x07"}, "place", "The place holds a character that is not text."),
        ({"date": date(1, 1, 1)}, "date", "The date must lie between 1970 and 2200."),
    ],
)
def test_what_no_document_can_hold_is_said_of_the_field(
    ann: User, given: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(NotMade) as refused:
        start(ann, **given)
    assert (refused.value.field, str(refused.value)) == (field, sentence)
    assert not Workshop.objects.exists()


# --- Templates


def test_a_template_is_not_run(ann: User, workshop: Workshop) -> None:
    new_days.set_template(workshop=workshop, on=True, user=ann, now=NOW)
    with pytest.raises(services.Refused, match="This is a template, so it is not run"):
        live.move_on(workshop=workshop, expect=None, actor=ann)
    assert not LogEntry.objects.exists()
    new_days.set_template(workshop=workshop, on=False, user=ann, now=NOW)
    live.move_on(workshop=workshop, expect=None, actor=ann)
    assert LogEntry.objects.count() == 1
    assert [row.detail for row in Audit.objects.filter(kind="template")] == [{"on": True}, {"on": False}]


def test_a_day_that_has_begun_does_not_become_a_template(ann: User, workshop: Workshop) -> None:
    live.move_on(workshop=workshop, expect=None, actor=ann)
    with pytest.raises(services.Refused, match="has begun, so it cannot be a template"):
        new_days.set_template(workshop=workshop, on=True, user=ann, now=NOW)
    workshop.refresh_from_db()
    assert not workshop.template


def test_a_day_started_from_a_template_is_none(ann: User, workshop: Workshop) -> None:
    new_days.set_template(workshop=workshop, on=True, user=ann, now=NOW)
    assert not start(ann, start_from=workshop).template

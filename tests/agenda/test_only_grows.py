"""What the database itself refuses, whoever asks: nothing in the log or the audit is changed, and little ever goes."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from agenda import presses, services
from agenda.models import Audit, LogEntry, User, Wipe, Workshop
from agenda.only_grows import TABLES, protect, unprotect
from agenda.wiping import wiping
from tests.at_once import at_once
from tests.cast import newcastle, user_with

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LOG = r"The log of the day only grows: no line is changed, and none goes but through agenda/wiping\.py\."
AUDIT = r"The audit only grows: no line is changed, and none goes but through agenda/wiping\.py\."
OTHER: dict[type[models.Field], Any] = {
    models.BigAutoField: 4711,
    models.PositiveIntegerField: 4711,
    models.UUIDField: "0" * 32,
    models.CharField: "undo",
    models.JSONField: {"expect": "lunch"},
    models.DateTimeField: AT,
}


@pytest.fixture
def ann(workshop: Workshop) -> User:
    """Ann has started the day and has opened something; and has signed in, which belongs to no day."""
    ann = user_with("ann")
    presses.advance(workshop=workshop, expect=None, actor=ann)
    services.audit(kind="question opened", at=datetime.now(UTC), workshop=workshop, user=ann, question="pre_conf")
    services.audit(kind="sign-in", at=datetime.now(UTC), user=ann)
    return ann


def refused(rows: models.QuerySet, sentence: str, **changes: object) -> None:
    """Changing these rows is refused; without changes, deleting them."""
    before = sorted(map(str, rows.values()))
    assert before
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        rows.update(**changes) if changes else rows.delete()
    assert sorted(map(str, rows.values())) == before


@pytest.mark.parametrize(("model", "person", "sentence"), [(LogEntry, "actor", LOG), (Audit, "user", AUDIT)])
def test_no_column_can_be_changed(ann: User, model: type[models.Model], person: str, sentence: str) -> None:
    """Not even while the line loses its name. When a new column fails here: see agenda/only_grows.py."""
    relations = {"workshop": newcastle("another-day").pk, person: user_with("beth").pk}
    others = {field.name: relations.get(field.name) or OTHER[type(field)] for field in model._meta.concrete_fields}
    for name, other in others.items():
        refused(model.objects.all(), sentence, **{name: other})
        refused(model.objects.all(), sentence, **{person: None, name: other})


def test_an_account_that_goes_leaves_its_lines_without_a_name(ann: User) -> None:
    lines = LogEntry.objects.values("seq", "press", "kind", "data", "at", "workshop")
    audited = Audit.objects.values("id", "kind", "detail", "at", "workshop")
    before = [*lines, *audited]
    ann.delete()
    assert [*lines, *audited] == before
    assert {*LogEntry.objects.values_list("actor", flat=True), *Audit.objects.values_list("user", flat=True)} == {None}


def test_no_line_can_be_deleted(ann: User) -> None:
    refused(LogEntry.objects.all(), LOG)
    refused(Audit.objects.exclude(workshop=None), AUDIT)
    refused(Audit.objects.filter(workshop=None), AUDIT)


def test_a_day_with_a_log_cannot_be_deleted_past_the_door(workshop: Workshop, ann: User) -> None:
    workshop.questions.all().delete()
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        workshop.delete()
    assert LogEntry.objects.filter(workshop=workshop).count() == 1
    Audit.objects.filter(workshop=workshop).get()


def test_a_line_cannot_be_replaced(ann: User) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    for table, sentence in zip(TABLES, (LOG, AUDIT), strict=True):
        with pytest.raises(IntegrityError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_wiping_opens_one_day_and_no_other(workshop: Workshop, ann: User) -> None:
    other = newcastle("another-day")
    presses.advance(workshop=other, expect=None, actor=ann)
    with wiping(workshop):
        refused(LogEntry.objects.filter(workshop=other), LOG)
        refused(Audit.objects.filter(workshop=None), AUDIT)
        refused(LogEntry.objects.filter(workshop=workshop), LOG, kind="undo")
        workshop.log.all().delete()
        workshop.audit.all().delete()
    assert LogEntry.objects.get().workshop == other
    assert Audit.objects.get().workshop is None


def test_wiping_what_belongs_to_no_day_opens_no_day(ann: User) -> None:
    with wiping(None):
        refused(LogEntry.objects.all(), LOG)
        refused(Audit.objects.exclude(workshop=None), AUDIT)
        Audit.objects.filter(workshop=None).delete()
    assert Audit.objects.get().workshop is not None


def test_after_wiping_the_day_is_closed_again(workshop: Workshop, ann: User) -> None:
    with wiping(workshop):
        pass
    refused(LogEntry.objects.all(), LOG)
    assert not Wipe.objects.exists()


def test_wiping_that_fails_wipes_nothing(workshop: Workshop, ann: User) -> None:
    def wipe_and_fail() -> None:
        with wiping(workshop):
            workshop.log.all().delete()
            raise TimeoutError

    with pytest.raises(TimeoutError):
        wipe_and_fail()
    refused(LogEntry.objects.all(), LOG)
    assert not Wipe.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_open_beyond_its_transaction(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError):
        Wipe.objects.create(workshop=workshop)
    assert not Wipe.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_else_can_delete_meanwhile(workshop: Workshop, ann: User) -> None:
    """SQLite lets nobody else write at all while somebody does."""
    with wiping(workshop):
        assert at_once(lambda: refused(LogEntry.objects.all(), LOG)) == [None]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_table_with_lines_can_be_truncated(workshop: Workshop, ann: User) -> None:
    for table, sentence in zip(TABLES, (LOG, AUDIT), strict=True):
        with pytest.raises(IntegrityError, match=sentence), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")
    assert (LogEntry.objects.count(), Audit.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_taken_back_and_made_again(workshop: Workshop, ann: User) -> None:
    with connection.schema_editor() as editor:
        unprotect(None, editor)
    LogEntry.objects.update(kind="hold")
    with connection.schema_editor() as editor:
        protect(None, editor)
    refused(LogEntry.objects.all(), LOG, kind="advance")
    migration = import_module("agenda.migrations.0002_log_only_grows").Migration
    assert migration.operations[-1].code is protect
    assert migration.operations[-1].reverse_code is unprotect

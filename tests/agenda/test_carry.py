"""A whole day goes to another computer and comes back, and nothing of it is lost on the way."""

import json
import uuid

import pytest
from django.db import connection
from django.db.models import AutoField

from agenda import carry_file, services
from agenda.carried import GROWING
from agenda.chapters import dump_document, load_document, registered
from agenda.models import Attendee, Audit, LogEntry, Membership, User, Workshop
from feedback.counting import count_anew
from feedback.models import Answer, Note, Question
from feedback.taking_back import remember
from sessions import services as live
from sessions.models import PairedScreen
from tests.cast import browser_of, newcastle, phone_in, user_with

from .journeys import LEFT_BEHIND, asked, bring, carried, elsewhere, eventful, give, live_item, out, stored, tables


@pytest.fixture
def text(db: None) -> str:
    """A file from elsewhere; here there is nothing yet but an account or two."""
    with elsewhere():
        return out(eventful())


# --- There


@pytest.mark.django_db
def test_the_day_that_is_carried_here_has_something_in_every_field_of_every_table() -> None:
    """Or the next test would not notice what is forgotten. A new table or field needs something in `eventful`."""
    rows = stored(eventful(template=True))
    empty = [
        f"{name}.{field.name}"
        for name, model in tables().items()
        if name not in LEFT_BEHIND
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField)
        if not any(row[field.name] not in (None, "", [], {}, 0, False) for row in rows[name])
        or (
            field.has_default()
            and not callable(field.default)
            and {row[field.name] for row in rows[name]} == {field.default}
        )
    ]
    assert empty == []


@pytest.mark.django_db
def test_a_day_is_the_same_on_the_other_computer_table_by_table() -> None:
    with elsewhere():
        workshop = eventful(template=True)
        before, document, text = carried(workshop), dump_document(workshop), out(workshop)
    assert not Workshop.objects.exists()
    user_with("somebody-else")  # so that no number of a row is the same
    for name in ("beth", "ann"):
        user_with(name)
    newcastle("another-day")
    arrived = bring(text)
    after = carried(arrived.workshop)
    for table, rows in before.items():
        assert after[table] == rows, table
    assert after.keys() == before.keys()
    assert dump_document(arrived.workshop) == document
    assert (arrived.strangers, arrived.renamed, arrived.has_owner) == ({}, False, True)


@pytest.mark.django_db
def test_of_every_table_it_is_said_whether_somebody_could_lose_something_there() -> None:
    """Roles, the audit and what is gone for good are only added to, and what is on the screen is nobody's to lose."""
    workshop = newcastle()
    packed = {table for chapter in registered() for table in chapter.pack(workshop)}
    replaced = {table for chapter in registered() for table in chapter.replaced}
    assert packed == replaced | set(GROWING) | {"memberships", "audit", "stage", "taken_back", "gone"}


@pytest.mark.django_db
def test_every_page_reads_anew_afterwards() -> None:
    workshop = eventful()
    for _ in range(2):
        before = Workshop.objects.get()
        bring(out(workshop))
        after = Workshop.objects.get()
        assert after.epoch > before.epoch
        assert (after.rev, after.control_rev) == (before.rev, before.control_rev)


@pytest.mark.django_db
def test_a_day_that_arrives_can_be_run_on(text: str) -> None:
    ann = user_with("ann")
    workshop = bring(text).workshop
    was = live_item(workshop)
    give(asked(workshop), "One more", services.join(workshop=workshop))
    live.move_on(workshop=workshop, expect=was, actor=ann)
    assert live_item(workshop) != was
    pages = {name: browser_of(ann).get(f"/w/{workshop.pk}/{name}/") for name in ("desk", "screen", "summary", "export")}
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    assert "Another title" in pages["desk"].content.decode()
    assert "unlinked by" in pages["summary"].content.decode()


@pytest.mark.django_db
def test_the_file_says_nothing_of_the_order_in_which_people_came_and_answered() -> None:
    workshop = eventful()
    file = carry_file.read(out(workshop))
    for chapter, table in (("agenda", "attendees"), ("feedback", "answers")):
        ids = [row["id"] for row in file.chapters[chapter][table]]
        assert len(ids) >= 5
        assert ids == sorted(ids)
    bring(out(workshop))
    with connection.cursor() as cursor:
        place = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor]
        cursor.execute(f"SELECT id FROM feedback_answer ORDER BY {place}")
        as_stored = [str(found) for (found,) in cursor.fetchall()]
    assert as_stored == sorted(as_stored)


@pytest.mark.django_db
def test_no_secret_of_an_account_is_in_the_file(text: str) -> None:
    user = user_with("ann")
    assert "ann" in text
    assert "argon2" in user.password
    assert "argon2" not in text
    assert "password" not in text


# --- Accounts


@pytest.mark.django_db
def test_who_has_no_account_here_is_named_and_not_made(text: str) -> None:
    user_with("beth")
    arrived = bring(text)
    assert arrived.strangers == {"ann": "owner"}
    assert not arrived.has_owner
    assert list(Membership.objects.values_list("user__username", "role")) == [("beth", "viewer")]
    assert set(LogEntry.objects.values_list("actor", flat=True)) == {None}
    assert set(User.objects.values_list("username", flat=True)) == {"beth"}


@pytest.mark.django_db
def test_a_day_may_be_given_to_somebody_who_is_here(text: str) -> None:
    beth = user_with("beth")
    assert bring(text, owner=beth).has_owner
    assert Membership.objects.get(user=beth).role == "owner"


@pytest.mark.django_db
def test_an_account_that_was_missing_gets_its_role_when_the_file_is_read_again(text: str) -> None:
    bring(text)
    assert not Membership.objects.exists()
    user_with("ann")
    arrived = bring(text)
    assert Membership.objects.get().role == "owner"
    assert arrived.strangers == {"beth": "viewer"}


# --- And back


@pytest.mark.django_db
def test_a_day_comes_back_with_what_happened_elsewhere() -> None:
    workshop = eventful()
    ann, phone = User.objects.get(username="ann"), phone_in(workshop)
    gone = Attendee.objects.get(name="Ann Ash").pk
    taken_back = Answer.objects.filter(attendee=None)[0].pk
    setting_out, screens = out(workshop), PairedScreen.objects.count()
    with elsewhere():
        bring(setting_out)
        Attendee.objects.filter(pk=gone).delete()
        Answer.objects.filter(pk=taken_back).delete()
        for question in Question.objects.all():
            count_anew(question)
        give(asked(workshop), "Said elsewhere", services.join(workshop=workshop))
        live.move_on(workshop=workshop, expect=live_item(workshop), actor=ann)
        document = dump_document(Workshop.objects.get())
        document["slots"] = document["slots"][:-1]
        document["questions"] = [
            q for q in document["questions"] if q["slot"] != "close" and q.get("returns_in") != "close"
        ]
        load_document(document)
        expected, text = carried(Workshop.objects.get()), out(workshop)
    here = Workshop.objects.get()
    assert Attendee.objects.filter(pk=gone).exists()
    arrived = bring(text)
    after = carried(arrived.workshop)
    assert {name for name in after if after[name] != expected[name]} == set()
    assert not Attendee.objects.filter(pk=gone).exists()
    assert not Answer.objects.filter(pk=taken_back).exists()
    assert arrived.workshop.epoch > carry_file.read(text).chapters["agenda"]["day"][0]["epoch"] > here.epoch
    assert PairedScreen.objects.filter(workshop=here).count() == screens
    assert phone.client.get(f"/w/{here.pk}/").status_code == 200, "the phones that sat here still do"


@pytest.mark.django_db
def test_a_day_goes_to_and_fro_as_often_as_one_likes() -> None:
    workshop = eventful()
    for _ in range(3):
        text = out(workshop)
        with elsewhere():
            bring(text)
            services.join(workshop=workshop)
            live.move_on(workshop=workshop, expect=live_item(workshop), actor=None)
            expected, back = carried(Workshop.objects.get()), out(workshop)
        bring(back)
        assert carried(Workshop.objects.get()) == expected
    assert LogEntry.objects.count() == 6


@pytest.mark.django_db
def test_roles_and_names_that_only_this_computer_knows_stay() -> None:
    workshop = eventful()
    text = out(workshop)
    with elsewhere():
        User.objects.all().delete()
        Workshop.objects.filter(pk=workshop.pk).update(slug="somewhere-else")
        before = carry_file.read(text)
        arrived = bring(text)
        assert arrived.strangers == {"ann": "owner", "beth": "viewer"}
        services.join(workshop=workshop)
        back = out(Workshop.objects.get())
    assert before.chapters["agenda"]["memberships"]
    bring(back)
    assert dict(Membership.objects.values_list("user__username", "role")) == {"ann": "owner", "beth": "viewer"}
    assert set(LogEntry.objects.values_list("actor__username", flat=True)) == {"ann"}
    assert Workshop.objects.get().slug == "newcastle"
    assert Attendee.objects.count() == 7


@pytest.mark.django_db
def test_both_ends_write_the_journey_down() -> None:
    workshop = eventful()
    text = out(workshop)
    bring(text)
    leg = json.loads(text)["leg"]
    notes = Audit.objects.filter(kind__startswith="day carried").order_by("pk")
    assert [(note.kind, note.detail["leg"]) for note in notes] == [("day carried out", leg), ("day carried in", leg)]
    assert uuid.UUID(leg)
    words = "unlinked by"
    assert words in text
    assert words not in str([note.detail for note in notes])


@pytest.mark.django_db
def test_what_somebody_took_back_here_does_not_come_again_with_an_older_file() -> None:
    workshop = eventful()
    text = out(workshop)
    answer = Answer.objects.filter(question__workshop=workshop, attendee=None).first()
    assert answer
    remember(workshop, [answer.pk])
    note = Note.objects.get(workshop=workshop)
    remember(workshop, [note.pk])
    bring(text)
    assert not Answer.objects.filter(pk=answer.pk).exists()
    assert not Note.objects.exists()

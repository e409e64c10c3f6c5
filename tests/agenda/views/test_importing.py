"""The pages on which somebody brings an agenda, looks at what was read of it, and creates the day."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agenda import presses
from agenda import reading as agenda_reading
from agenda.import_models import Reading
from agenda.models import Membership, PlanDraft, Workshop
from tests.cast import Cast, browser_of, user_with

TEXT = "Our evening\n6:30 Welcome\n6:45 - 7:30 What we do\n7:30 Drinks\nTea is there all day"
GOOD = {"title": "Our day", "date": "2027-02-26", "place": "Leeds"}


@pytest.fixture
def ann(db: None) -> Client:
    return browser_of(user_with("ann"))


def bring(client: Client, text: str = TEXT) -> str:
    """The address of the page of what was read."""
    return str(client.post("/staff/import/", {"text": text})["Location"])


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def fates(page: str) -> list[str]:
    return re.findall(r'class="read-line fate-(\w+)[ "]', page)


def test_what_is_pasted_is_shown_line_by_line_beside_the_day(ann: Client) -> None:
    assert 'href="/staff/import/"' in shown(ann, "/staff/")
    assert 'href="/staff/import/"' in shown(ann, "/staff/new/")
    assert "Paste your running order" in shown(ann, "/staff/import/")
    page = shown(ann, bring(ann))
    assert fates(page) == ["note", "item", "item", "item", "item"]
    assert "Begins with a time" in page
    assert re.findall(r'<h3 dir="auto">([^<]+)', page) == ["Welcome", "What we do", "Drinks"]
    assert 'value="Our evening"' in page


def test_the_day_is_created_and_leads_to_its_plan(ann: Client) -> None:
    address = bring(ann)
    made = ann.post(address, {**GOOD, "create": "1"})
    workshop = Workshop.objects.get()
    assert made["Location"] == f"/w/{workshop.pk}/plan/"
    plan = shown(ann, made["Location"])
    assert "Draft saved" in plan
    assert 'value="What we do"' in plan
    assert (workshop.title, workshop.date.isoformat(), workshop.place) == tuple(GOOD.values())
    for method in (ann.get, ann.post):
        assert method(address)["Location"] == made["Location"]
    assert Workshop.objects.count() == 1


def test_a_line_and_an_answer_are_pressed_and_the_draft_is_read_anew(ann: Client) -> None:
    address = bring(ann)
    assert "1 thing to decide" in shown(ann, address)
    assert '<p class="made-when">18:30' in shown(ann, address)
    ann.post(address, {**GOOD, "title": "Another title", "fate-5": "ignored"})
    ann.post(address, {**GOOD, "title": "Another title", "answer-half-day": "morning"})
    page = shown(ann, address)
    assert fates(page)[4] == "ignored"
    assert "You said so" in page
    assert 'value="Another title"' in page
    assert "Everything is decided" in page
    assert '<p class="made-when">06:30' in page
    ann.post(address, {**GOOD, "answer-half-day": "evening"})
    assert '<p class="made-when">18:30' in shown(ann, address)


def test_a_script_gets_the_parts_of_the_page(ann: Client) -> None:
    address = bring(ann)
    answer = ann.post(address, {**GOOD, "fate-5": "note"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer["X-Live"] == "1"
    assert page.count('hx-swap-oob="true"') == page.count('<li class="read-row"') + 8
    assert fates(page)[4] == "note"
    made = ann.post(address, {**GOOD, "create": "1"}, headers={"HX-Request": "true"})
    assert made["HX-Redirect"] == f"/w/{Workshop.objects.get().pk}/plan/"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Give the day a title."),
        ("title", "x" * 121, "at most 120 characters"),
        ("date", "", "Say on which date the day is."),
        ("date", "0001-01-01", "The date must lie between 1970 and 2200."),
        ("date", "tomorrow", "Write the date as day, month and year"),
        ("place", "bell\x07", "The place holds a character that is not text."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    ann: Client, field: str, typed: str, sentence: str
) -> None:
    address = bring(ann)
    refused = ann.post(address, {**GOOD, "create": "1", field: typed})
    assert refused.status_code == 422
    assert re.search(rf'id="id_{field}_error">[^<]*{re.escape(sentence)}', refused.content.decode())
    assert not Workshop.objects.exists()
    assert Reading.objects.exists()


HOSTILE = [
    {"fate-99999999999999": "item"},
    {"fate-1": "deleted"},
    {"fate--1": "item"},
    {"fate-": "item"},
    {"answer-": "x"},
    {"answer-half-day": "x" * 5000},
    {"answer-nosuch": "morning"},
    {"day": "7"},
    {"day": "x"},
    {"title": "bell\x07 and \ud800".encode("utf-8", "replace").decode()},
    {},
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_what_our_page_would_not_send_changes_no_line(ann: Client, sent: dict[str, Any]) -> None:
    address = bring(ann)
    before = fates(shown(ann, address))
    assert ann.post(address, sent).status_code == 302
    assert fates(shown(ann, address)) == before


def test_a_press_that_takes_too_long_is_a_sentence_and_what_was_decided_before_is_kept(
    ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = bring(ann)
    ann.post(address, {**GOOD, "fate-5": "ignored"})
    monkeypatch.setattr(agenda_reading, "START", "import os; os.kill(os.getpid(), 9)")
    for headers in ({}, {"HX-Request": "true"}):
        refused = ann.post(address, {**GOOD, "fate-4": "note"}, headers=headers)
        assert refused.status_code == 422
        assert "It could not be read" in refused.content.decode()
        assert f'href="{address}"' in refused.content.decode()
    monkeypatch.undo()
    assert fates(shown(ann, address)) == ["note", "item", "item", "item", "ignored"]


def test_what_nobody_can_be_shown_is_not_kept(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_reading, "START", "import os; os.kill(os.getpid(), 9)")
    refused = ann.post("/staff/import/", {"text": "6:30 Something that was never read before"})
    assert refused.status_code == 422
    assert "It could not be read" in refused.content.decode()
    assert "never read before" in refused.content.decode()
    assert not Reading.objects.exists()


def test_a_file_is_read_and_its_name_shown(ann: Client) -> None:
    file = SimpleUploadedFile("agenda.txt", TEXT.encode())
    address = ann.post("/staff/import/", {"text": "", "file": file})["Location"]
    assert "agenda.txt" in shown(ann, address)
    assert len(fates(shown(ann, address))) == 5


def test_a_deck_with_all_its_pictures_comes_in_where_agendas_are_brought_and_nowhere_else(ann: Client) -> None:
    deck = b"PK\x03\x04" + b"x" * 14_000_000
    refused = ann.post("/staff/import/", {"file": SimpleUploadedFile("deck.pptx", deck)})
    assert re.search(r'id="id_file_error">[^<]*damaged', refused.content.decode())
    too_large = ann.post("/staff/import/", {"file": SimpleUploadedFile("deck.pptx", b"x" * 50_400_000)})
    assert "choose a file of up to 50 MB" in too_large.content.decode()
    stranger = Client().post("/staff/import/", {"file": SimpleUploadedFile("deck.pptx", deck)})
    assert stranger["Location"] == "/sign-in/"


def test_what_cannot_be_read_is_said_and_what_was_pasted_is_kept(ann: Client) -> None:
    file = SimpleUploadedFile("agenda.xlsx", b"PK\x03\x04 and no more")
    refused = ann.post("/staff/import/", {"text": TEXT, "file": file})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="id_file_error"' in page
    assert "What we do" in page
    for nothing in ({}, {"text": "  \n "}, {"text": "", "file": SimpleUploadedFile("a.txt", b"")}):
        refused = ann.post("/staff/import/", nothing)
        assert refused.status_code == 422
        assert "_error" in refused.content.decode()
    assert ann.post("/staff/import/", {"text": "x" * 200_001}).status_code == 422
    assert not Reading.objects.exists()


def test_what_somebody_else_has_brought_looks_as_if_it_were_not_there(cast: Cast) -> None:
    address = bring(cast.owner)
    created = bring(cast.owner, TEXT)
    cast.owner.post(created, {**GOOD, "create": "1"})
    nowhere = f"/staff/import/{uuid.uuid4()}/"
    for name in ("facilitator", "staff", "viewer", "outsider"):
        for method in ("get", "post"):
            pages = [getattr(cast.by_name(name), method)(path) for path in (address, created, nowhere)]
            assert [page.status_code for page in pages] == [404] * 3
            assert len({bytes(page.content) for page in pages}) == 1
    for name in ("attendee", "stranger"):
        assert cast.by_name(name).get(address)["Location"] == "/sign-in/"
    hall = cast.owner.get(address, REMOTE_ADDR="192.168.1.20")
    assert hall.status_code == 404
    assert "There is nothing at this address" in hall.content.decode()


def test_what_was_read_more_than_a_day_ago_is_gone_with_a_sentence(ann: Client) -> None:
    address = bring(ann)
    Reading.objects.update(made_at=timezone.now() - timedelta(hours=25))
    gone = ann.get(address)
    assert gone.status_code == 404
    assert "what is read is kept for a day. Bring it once more." in gone.content.decode()


PAGES = (
    "desk/",
    "order/",
    "summary/",
    "export/",
    "next-day/",
    "screen/",
    "speakers/",
    "keeping/",
    "sheets/",
    "people/",
)


def test_before_the_first_publication_every_page_of_the_day_says_so_or_works(ann: Client) -> None:
    ann.post(bring(ann), {**GOOD, "create": "1"})
    workshop = Workshop.objects.get()
    for path in PAGES:
        page = ann.get(f"/w/{workshop.pk}/{path}")
        assert page.status_code in {200, 409}, path
        if page.status_code == 409:
            assert "The running order is not published yet" in page.content.decode()
            assert f'href="/w/{workshop.pk}/plan/"' in page.content.decode()
    assert ann.get(f"/w/{workshop.pk}/desk/").status_code == 409
    phone = Client()
    joined = phone.post(f"/j/{workshop.join_code}/")
    page = phone.get(joined["Location"])
    assert (page.status_code, "/plan/" in page.content.decode()) == (409, False)
    told = phone.get(f"/w/{workshop.pk}/state/phone", headers={"X-Live": "1"})
    assert (told.status_code, told["X-Live"]) == (409, "1")
    copied = ann.post("/staff/new/", {**GOOD, "start_from": workshop.pk})
    assert "is not published yet, so there is nothing to start from" in copied.content.decode()
    ann.post(f"/w/{workshop.pk}/plan/", {"edit": "1", "version": "0", "do": "restart"})
    assert 'value="What we do"' in shown(ann, f"/w/{workshop.pk}/plan/")


def test_the_page_costs_the_same_for_few_lines_and_for_many(ann: Client, django_assert_num_queries: Any) -> None:
    for text in (TEXT, TEXT * 20):
        address = bring(ann, text)
        with django_assert_num_queries(4):
            ann.get(address)


AGAIN = "10:30 Intros and Discussion\n11:15 How digital is helping councils\n12:10 A new talk\n12:45 Lunch"


def again(client: Client, workshop: Workshop) -> str:
    return str(client.post(f"/w/{workshop.pk}/plan/import/", {"text": AGAIN})["Location"])


def test_an_agenda_that_is_read_again_says_what_would_change_and_changes_the_draft_alone(cast: Cast) -> None:
    workshop = cast.workshop
    assert f"/w/{workshop.pk}/plan/import/" in shown(cast.owner, f"/w/{workshop.pk}/plan/")
    address = again(cast.owner, workshop)
    page = shown(cast.owner, address)
    assert "What would change in the draft" in page
    assert re.search(r'<strong dir="auto">A new talk</strong>: <span dir="auto">new, at 12:10', page)
    assert re.search(r'<strong dir="auto">Deriving benefits from data</strong>: <span dir="auto">taken out', page)
    assert not PlanDraft.objects.exists()
    sent = {"create": "1", "edit": re.findall(r'name="edit" value="(\d+)"', page)[0]}
    for _press in range(2):
        assert f"/w/{workshop.pk}/plan/" in cast.owner.post(address, sent)["Location"]
    draft = PlanDraft.objects.get()
    titles = [row["title"] for row in draft.value["rows"]]
    assert titles == ["Intros and Discussion", "How digital is helping councils", "A new talk", "Lunch"]
    assert (workshop.plan_versions.count(), draft.edit) == (1, 1)
    plan = shown(cast.owner, f"/w/{workshop.pk}/plan/?did=read")
    assert "What was read is in the draft." in plan
    assert "Bring it back" in plan


def test_a_plan_that_somebody_has_saved_meanwhile_is_not_overwritten(cast: Cast) -> None:
    address = again(cast.owner, cast.workshop)
    other = again(cast.facilitator, cast.workshop)
    assert cast.facilitator.post(other, {"create": "1", "edit": "0"}).status_code == 302
    refused = cast.owner.post(address, {"create": "1", "edit": "0"})
    assert refused.status_code == 422
    assert "facilitator saved this plan" in refused.content.decode()
    assert 'name="edit" value="1"' in refused.content.decode()
    assert cast.owner.post(address, {"create": "1", "edit": "x"}).status_code == 404
    assert cast.owner.post(address, {"create": "1", "edit": "1"}).status_code == 302


def test_whoever_has_lost_their_role_cannot_put_anything_into_the_day(cast: Cast) -> None:
    address = again(cast.facilitator, cast.workshop)
    Membership.objects.filter(user__username="facilitator").update(role="viewer")
    assert cast.facilitator.get(address).status_code == 404
    assert cast.facilitator.post(address, {"create": "1", "edit": "0"}).status_code == 404
    assert not PlanDraft.objects.exists()


def test_what_has_begun_is_not_touched_by_an_agenda(cast: Cast) -> None:
    for expect in (None, "intros"):
        presses.advance(workshop=cast.workshop, expect=expect, actor=None)
    address = again(cast.owner, cast.workshop)
    cast.owner.post(address, {"fate-1": "ignored"})
    assert "Intros and Discussion</strong>" not in shown(cast.owner, address).partition("What would change")[2]
    cast.owner.post(address, {"create": "1", "edit": "0"})
    assert [row["key"] for row in PlanDraft.objects.get().value["rows"]][:2] == ["intros", "how-digital"]

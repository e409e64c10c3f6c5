"""The plan page, as its script talks to it: what changes comes back as fragments, and never a field that is in use."""

import json
import re

import pytest

from agenda.models import PlanDraft, PlanVersion, Workshop
from agenda.working_copy import working_copy
from tests.agenda.plan_forms import Sheet
from tests.agenda.test_chapters import press
from tests.cast import browser_of, user_with


@pytest.fixture
def sheet(workshop: Workshop) -> Sheet:
    return Sheet(browser_of(user_with("ann", workshop, "facilitator")), f"/w/{workshop.pk}/plan/").open()


class Reply:
    """What the script gets, and what it would do with it."""

    def __init__(self, sheet: Sheet, do: str, path: str = "") -> None:
        self.reply = sheet.send(do, path, {"HX-Request": "true"})
        self.status, self.text = self.reply.status_code, self.reply.content.decode()

    def fragment(self, name: str) -> str:
        """The words of the fragment that replaces the element of this id; fails if there is none."""
        found = re.search(rf'<(\w+)[^>]*id="{name}"[^>]*hx-swap-oob[^>]*>(.*?)</\1>', self.text, re.DOTALL)
        assert found, name
        return " ".join(re.sub(r"<[^>]*>", " ", found[2]).split())

    def fields(self) -> set[str]:
        return set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', self.text))

    def event(self, name: str) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.reply["HX-Trigger-After-Settle"])[name]
        return found


def test_typing_saves_and_brings_back_times_and_notes_and_no_field(sheet: Sheet, workshop: Workshop) -> None:
    reply = Reply(sheet.type(**{"minutes-how-digital": "1 h 5"}), "", "reflow/")
    assert reply.status == 200
    assert reply.fragment("when-data") == "12:20 – 13:05"
    assert reply.fragment("said-lunch") == "Starts 20 minutes before “Deriving benefits from data” ends."
    assert reply.fragment("plan-count") == "1 thing to look at"
    assert reply.fragment("plan-sum") == "until 15:30 9 items"
    assert reply.fragment("plan-state").startswith("Draft saved ")
    assert reply.fields() == {"edit", "version"}
    assert 'name="edit" value="1"' in reply.text
    assert "hx-swap-oob" not in sheet.text, "the page itself replaces nothing"
    assert working_copy(workshop).draft.rows[1].minutes == "65"


def test_what_is_wrong_while_typing_is_said_at_once_and_saved_as_it_is(sheet: Sheet, workshop: Workshop) -> None:
    reply = Reply(sheet.type(**{"at-lunch": "24:70"}), "publish", "reflow/")
    assert reply.fragment("said-lunch").startswith("“24:70” is no time of day.")
    assert 'data-for="at-lunch"' in reply.text
    assert working_copy(workshop).draft.rows[3].at == "24:70"
    assert PlanVersion.objects.count() == 1, "typing publishes nothing, whatever else is sent"


def test_a_page_that_is_behind_hears_it_while_typing_and_goes_over_nothing(sheet: Sheet, workshop: Workshop) -> None:
    bob = Sheet(browser_of(user_with("bob", workshop, "owner")), sheet.url).open()
    bob.type(title="Bob’s day").press("save")
    reply = Reply(sheet.type(title="Ann’s day", **{"minutes-data": "50"}), "", "reflow/")
    assert reply.status == 200, "a script shows only what comes as a success"
    assert reply.event("plan:refused")["text"].startswith("bob saved this plan (")
    assert reply.fragment("when-lunch") == "12:45 – 13:30"
    assert "Keep mine, and save over it" in reply.text
    assert reply.fragment("plan-state") == "Not saved."
    assert 'name="edit"' not in reply.text, "it stays as far behind as it is"
    assert working_copy(workshop).draft.title == "Bob’s day"
    kept = Reply(sheet, "keep::1")
    assert kept.reply["HX-Redirect"].startswith(sheet.url)
    assert working_copy(workshop).draft.title == "Ann’s day"


def test_a_new_item_comes_alone(sheet: Sheet) -> None:
    reply = Reply(sheet, "add:data:break")
    assert '<div hx-swap-oob="afterend:#row-data">' in reply.text
    assert reply.text.count("<li ") - reply.text.count('<li class="') == 0
    assert {name for name in reply.fields() if "-" in name} == {
        f"{name}-break"
        for name in ("title", "kind", "minutes", "at", "fixed", "byline", "detail", "notes", "absorb", "floor")
    } | {"droppable-break"}
    new = reply.text.split('id="row-break"')[1].split("</li>")[0]
    assert "hx-swap-oob" not in new
    assert reply.event("plan:done") == {"what": "add", "row": "break", "text": "A new item is there."}
    front = Reply(sheet.open(), "add::arrival")
    assert '<div hx-swap-oob="afterbegin:#day-rows">' in front.text


def test_what_is_taken_out_goes_alone_and_can_be_brought_back(sheet: Sheet) -> None:
    reply = Reply(sheet, "remove:data")
    assert '<div id="row-data" hx-swap-oob="delete"></div>' in reply.text
    assert "Bring it back" in reply.fragment("plan-removed")
    assert reply.event("plan:done")["row"] == "lunch"
    assert reply.event("plan:done")["text"].startswith("“Deriving benefits from data” is taken out.")
    back = Reply(sheet.open(), "restore:data")
    assert '<div hx-swap-oob="afterend:#row-how-digital">' in back.text


def test_a_line_for_a_speaker_changes_that_items_speakers_only(sheet: Sheet) -> None:
    reply = Reply(sheet, "add-speaker:culture")
    assert reply.fields() == {"edit", "version", "speaker-culture", "role-culture", "organisation-culture"}
    assert reply.text.count('name="speaker-culture"') == 2


def test_publishing_leads_to_the_page_anew_and_a_refusal_does_not(sheet: Sheet) -> None:
    refused = Reply(sheet.type(**{"title-lunch": ""}), "publish")
    assert "HX-Redirect" not in refused.reply
    assert "Not published yet" in refused.event("plan:refused")["text"]
    assert 'href="#title-lunch"' in refused.text
    assert 'name="edit" value="1"' in refused.text, "what was typed is saved all the same"
    sheet.open()
    done = Reply(sheet.type(**{"title-lunch": "Long lunch"}), "publish")
    assert done.reply["HX-Redirect"] == f"{sheet.url}?did=publish&row="
    assert PlanVersion.objects.count() == 2


def test_what_has_begun_is_never_brought_back_as_fields(sheet: Sheet, workshop: Workshop) -> None:
    press(workshop, None, "intros")
    reply = Reply(sheet.open(), "add:intros:break")
    assert '<div hx-swap-oob="afterend:#row-how-digital">' in reply.text


def test_reflow_takes_only_what_our_page_sends(sheet: Sheet) -> None:
    assert sheet.client.get(f"{sheet.url}reflow/").status_code == 405
    assert Reply(sheet.type(edit=None), "", "reflow/").status == 404
    assert not PlanDraft.objects.exists()

"""A sheet on the phone: one note after the other, each of which can be changed and deleted. All without a script."""

import json
import re
import uuid
from html import unescape

import pytest
from django.test import Client

from agenda.models import Workshop
from feedback.models import Answer, Question
from sessions import snapshots, staging
from tests.cast import Phone, browser_of, phone_in, user_with
from tests.feedback.room import give, new_question, stored
from tests.live import day

from .test_phone import fields, page


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_in(workshop)


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "facilitator"))


def screen(workshop: Workshop) -> str:
    """What the projector shows."""
    workshop.refresh_from_db()
    return snapshots.render(workshop, "screen", snapshots.stamp(workshop, "screen")).regions["main"].html


@pytest.fixture
def sheet(workshop: Workshop) -> Question:
    """Open on the stage, in the first item."""
    day.begin(workshop)
    new_question(workshop, "sheet", "intros", occasion="flipchart", most_each=20, status="draft")
    return day.ask(workshop, "sheet")


def write(phone: Phone, sheet: Question, words: str, **more: str) -> str:
    """The page after a note was written on it and sent."""
    sent = fields(page(sheet.workshop, phone.client)) | {"value": words} | more
    return phone.client.post(f"/w/{sheet.workshop_id}/answers/", sent, follow=True).text


def notes_on(text: str) -> list[str]:
    """The own notes below the form, with what their delete forms hold."""
    below = text.partition('class="own-notes"')[2].partition("data-region=")[0]
    return [unescape(words) for words in re.findall(r'<p dir="auto">\s*(.*?)</p>', below)]


def test_note_after_note_goes_on_a_sheet(phone: Phone, sheet: Question) -> None:
    assert "data-send>Put it on the sheet</button>" in write(phone, sheet, "More <b>buses</b>")
    text = write(phone, sheet, "More trams")
    assert stored(sheet) == ["More <b>buses</b>", "More trams"]
    assert notes_on(text) == ["More <b>buses</b>", "More trams"]
    assert "Your 2 notes" in text
    assert "></textarea>" in text.replace("\n", "")  # empty, for the next one
    assert notes_on(page(sheet.workshop, phone_in(sheet.workshop).client)) == []


def test_a_note_is_changed_on_a_page_of_its_own(phone: Phone, sheet: Question) -> None:
    for words in ("first", "second"):
        give(sheet, words, phone.seat)
    own = phone.client.get(f"/w/{sheet.workshop_id}/mine/{sheet.pk}/2/").text
    note = Answer.objects.get(question=sheet, nth=2)
    assert f'data-place="{sheet.pk}/{note.pk}"' in own
    sent = fields(own) | {"value": "second, changed"}
    phone.client.post(f"/w/{sheet.workshop_id}/answers/", sent)
    assert stored(sheet) == ["first", "second, changed"]
    missing = phone.client.get(f"/w/{sheet.workshop_id}/mine/{sheet.pk}/3/")
    assert missing["Location"] == f"/w/{sheet.workshop_id}/#mine"


def test_a_note_is_deleted_where_it_stands(phone: Phone, sheet: Question) -> None:
    for words in ("first", "second"):
        give(sheet, words, phone.seat)
    reply = phone.client.get(f"/w/{sheet.workshop_id}/mine/sheet/{sheet.pk}/")
    assert reply["X-Live"] == "1"
    first = Answer.objects.get(question=sheet, nth=1)
    assert f'data-take-back="{sheet.pk}/{first.pk}"' in reply.text
    phone.client.post(f"/w/{sheet.workshop_id}/answers/take-back/", {"question": sheet.pk, "key": first.pk})
    assert stored(sheet) == ["second"]


def test_what_the_script_reads_names_each_note_by_its_place(phone: Phone, sheet: Question) -> None:
    keys = [str(give(sheet, words, phone.seat).key) for words in ("first", "second")]
    mine = json.loads(phone.client.get(f"/w/{sheet.workshop_id}/mine/").text)["answers"]
    assert {place: one["value"] for place, one in mine.items()} == {
        f"{sheet.pk}/{keys[0]}": "first",
        f"{sheet.pk}/{keys[1]}": "second",
    }


def test_a_scribe_writes_for_a_table_and_says_how_many_sit_there(phone: Phone, sheet: Question) -> None:
    Question.objects.filter(pk=sheet.pk).update(hand="scribe")
    sheet.workshop.touch(phones=True)
    text = write(phone, sheet, "From us", table="4", people="6")
    assert Answer.objects.values("table", "people", "released_value").get() == {
        "table": "4",
        "people": 6,
        "released_value": "From us",
    }
    assert re.search(r'name="table"\s+value="4"', text)
    assert re.search(r'name="people"\s+value="6"', text)
    wrong = write(phone, sheet, "From us too", table="4", people="a hundred")
    assert "Write how many you are at the table as a number up to 99" in wrong
    assert "From us too" in wrong
    assert stored(sheet) == ["From us"]


def test_a_full_sheet_keeps_what_was_written(phone: Phone, sheet: Question) -> None:
    Question.objects.filter(pk=sheet.pk).update(most_each=2)
    for words in ("first", "second"):
        give(sheet, words, phone.seat)
    text = write(phone, sheet, "One too many")
    assert "You have 2 notes on this sheet" in text
    assert "One too many</textarea>" in text


def post(client: Client, sheet: Question, where: str, **data: str) -> str:
    return client.post(f"/w/{sheet.workshop_id}/sheets/{where}", data, follow=True).text


def test_a_sheet_stays_open_beside_a_question_and_phones_find_it(phone: Phone, sheet: Question) -> None:
    day.begin(sheet.workshop)
    day.ask(sheet.workshop, "sum_insights")
    assert day.status(sheet.workshop, "sheet") == "open"
    address = f"/w/{sheet.workshop_id}/sheet/{sheet.pk}/"
    assert address in page(sheet.workshop, phone.client)
    sent = fields(phone.client.get(address).text) | {"value": "Beside it"}
    phone.client.post(f"/w/{sheet.workshop_id}/answers/", sent)
    assert stored(sheet) == ["Beside it"]
    assert "Your note" in phone.client.get(address).text


def test_the_desk_types_notes_and_keeps_what_was_refused(desk: Client, sheet: Question) -> None:
    text = post(desk, sheet, f"{sheet.pk}/note/", value="Said <aloud>", table="4", people="6")
    assert "Said &lt;aloud&gt;" in text
    assert "6 people" in text
    refused = post(desk, sheet, f"{sheet.pk}/note/", value="Kept", table="4", people="none")
    assert "Write how many you are at the table" in refused
    assert "Kept</textarea>" in refused
    assert stored(sheet) == ["Said <aloud>"]


def test_the_screen_shows_one_table_after_the_other(desk: Client, sheet: Question) -> None:
    for table in ("4", "5"):
        post(desk, sheet, f"{sheet.pk}/note/", value=f"From table {table}", table=table)
    assert "From table 4" not in screen(sheet.workshop)
    post(desk, sheet, f"{sheet.pk}/show/")
    assert all(f"From table {table}" in screen(sheet.workshop) for table in "45")
    post(desk, sheet, f"{sheet.pk}/table/", table="5")
    assert [f"From table {table}" in screen(sheet.workshop) for table in "45"] == [False, True]
    staging.freeze(workshop=sheet.workshop, on=True)
    post(desk, sheet, f"{sheet.pk}/table/", table="4")
    assert [f"From table {table}" in screen(sheet.workshop) for table in "45"] == [False, True]
    staging.freeze(workshop=sheet.workshop, on=False)
    post(desk, sheet, f"{sheet.pk}/hide/")
    assert "From table" not in screen(sheet.workshop)


def test_a_scribe_with_an_account_writes_and_presses_nothing(sheet: Question) -> None:
    scribe = browser_of(user_with("sam", sheet.workshop, "scribe"))
    text = post(scribe, sheet, f"{sheet.pk}/note/", value="From the wall")
    assert "From the wall" in text
    assert "Close the sheet" not in text
    assert scribe.post(f"/w/{sheet.workshop_id}/sheets/{sheet.pk}/close/").status_code == 404


def test_what_was_typed_for_a_note_that_is_gone_is_there_to_copy(desk: Client, sheet: Question) -> None:
    post(desk, sheet, f"{sheet.pk}/note/", value="said aloud")
    note = Answer.objects.get(question=sheet)
    sent = {"answer": str(note.pk), "edit": "1", "value": "said well"}
    post(desk, sheet, "note/delete/", **sent)
    assert "said well</textarea>" in post(desk, sheet, "note/change/", **sent)
    gone = f"{uuid.uuid4()}/note/"  # the sheet was deleted on the plan page
    assert "for nobody</textarea>" in post(desk, sheet, gone, value="for nobody")


def test_a_new_sheet_that_is_sent_twice_is_one_also_while_the_day_moves_on(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop)
    sent = {"text": "What gets in the way?", "hand": "phones", "number": str(uuid.uuid4())}
    for until in ("how-digital", "lunch"):
        day.begin(workshop, until=until)
        assert desk.post(f"/w/{workshop.pk}/sheets/new/", sent).status_code == 302
    assert Question.objects.filter(workshop=workshop, text=sent["text"]).count() == 1
    desk.post(f"/w/{workshop.pk}/sheets/new/", sent | {"text": "And what helps?"})  # back in the browser, and changed
    assert Question.objects.filter(workshop=workshop, text="And what helps?").count() == 1


def test_something_is_parked_from_a_phone_and_ticked_off_at_the_desk(
    workshop: Workshop, phone: Phone, desk: Client
) -> None:
    day.begin(workshop)
    park = f"/w/{workshop.pk}/park/"
    empty = phone.client.post(park, {"value": " "})
    assert (empty.status_code, "Write something" in empty.text) == (422, True)
    reply = phone.client.post(park, {"value": "Who pays?"}, follow=True)
    assert notes_on(reply.text) == ["Who pays?"]
    assert "The desk reads this at once." in reply.text
    parked = desk.get(f"/w/{workshop.pk}/parking/").text
    (found,) = re.findall(r'name="parked" value="([^"]+)"', parked)
    done = desk.post(f"/w/{workshop.pk}/parking/dealt-with/", {"parked": found, "how": "Ann writes"}, follow=True).text
    assert "1 thing was dealt with" in done
    assert "Ann writes" in done


def test_the_desk_says_what_is_parked_when_the_close_is_near(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop)
    desk.post(f"/w/{workshop.pk}/parking/add/", {"value": "Who pays?"})
    said = "1 thing is still in the parking lot"
    assert said not in desk.get(f"/w/{workshop.pk}/desk/").text
    day.begin(workshop, until="close")
    assert said in desk.get(f"/w/{workshop.pk}/desk/").text

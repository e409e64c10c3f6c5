"""Flipcharts by hand: notes one after the other, through a cut too, a scribe for a table, and the parking lot."""

import re

from playwright.sync_api import Page, expect

from feedback.models import Answer, Question

from .people import House, press, press_in
from .test_pages import sideways, small_targets, violations


def put(phone: Page, words: str) -> None:
    """A note on the sheet that the phone shows."""
    phone.locator("#question-form textarea").fill(words)
    press(phone, "Put it on the sheet")


def sheet_of(desk: Page, house: House, hand: str) -> Page:
    """A new sheet, open; the page of the sheets beside the desk."""
    sheets = desk.context.new_page()
    sheets.goto(f"{house.here}/w/{house.workshop.pk}/sheets/")
    assert violations(sheets) == []
    sheets.get_by_label("What the sheet asks").fill("What gets in the way?")
    sheets.get_by_label(hand).check()
    press(sheets, "Add this sheet")
    sheets.get_by_role("button", name=re.compile("^Open the sheet")).click()
    expect(sheets.locator(".sheet")).to_contain_text("Open")
    return sheets


def test_notes_go_on_a_sheet_one_after_the_other(house: House) -> None:
    wire = house.wire()
    desk, phone = house.desk(), house.phone(f"http://localhost:{wire.port}")
    press(desk, "Start the day")
    sheets = sheet_of(desk, house, "Everybody on their phone")
    notes = phone.locator(".own-notes article")
    for number, words in enumerate(("Money", "Time"), start=1):
        put(phone, words)
        expect(phone.locator("#send-state")).to_have_text("Saved")
        expect(phone.locator("#question-form textarea")).to_have_value("")
        expect(notes).to_have_count(number)
    assert violations(phone) + small_targets(phone) == []
    # Two notes that wait for the network are two notes.
    wire.cut()
    for words in ("Old systems", "No mandate"):
        put(phone, words)
    expect(phone.locator("#send-state")).to_contain_text("Not sent yet")
    wire.mend()
    expect(notes).to_have_count(4, timeout=30_000)
    expect(phone.locator("#send-state")).to_have_text("Saved")
    # One is changed on its page, and one deleted where it stands.
    notes.first.get_by_role("link", name=re.compile("^Change")).click()
    box = phone.locator("#question-form textarea")
    expect(box).to_have_value("Money")
    box.fill("Money, above all")
    press(phone, "Change my note")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    phone.get_by_role("link", name="What is on now?").click()
    expect(notes.first).to_contain_text("Money, above all")
    notes.nth(1).locator("summary").click()
    press_in(notes.nth(1), "Delete my note")
    expect(notes).to_have_count(3)
    phone.set_viewport_size({"width": 320, "height": 640})
    assert sideways(phone) == ""
    assert sorted(Answer.objects.values_list("value", flat=True)) == ["Money, above all", "No mandate", "Old systems"]
    sheet = Question.objects.get(text="What gets in the way?")
    phone.goto(f"http://localhost:{wire.port}/w/{house.workshop.pk}/sheet/{sheet.pk}/")
    expect(phone.get_by_label("Photo of the paper")).to_be_visible()
    assert [*filter(None, [sideways(phone)]), *violations(phone), *small_targets(phone)] == []
    sheets.reload()
    expect(sheets.locator(".sheet")).to_contain_text("3 wait until three phones have written")


def test_a_scribe_writes_for_a_table_and_something_is_parked(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    press(desk, "Start the day")
    sheets = sheet_of(desk, house, "One person at each table")
    phone.get_by_label("Your table").fill("4")
    phone.get_by_label("How many you are at the table").fill("6")
    for words in ("From all of us", "And this"):
        put(phone, words)
        expect(phone.locator("#send-state")).to_have_text("Saved")
    expect(phone.get_by_label("Your table")).to_have_value("4")
    sheets.reload()
    expect(sheets.locator(".sheet h3")).to_have_text(re.compile(r"Table 4\s+6 people"))
    assert violations(sheets) + violations(phone) == []
    phone.get_by_role("link", name="Park something for later").click()
    assert violations(phone) + small_targets(phone) == []
    phone.get_by_label("What shall we come back to?").fill("Who pays for the buses?")
    press(phone, "Park it")
    expect(phone.locator(".own-notes article")).to_have_count(1)
    put(phone, "And who decides?")
    expect(phone.locator(".own-notes article")).to_have_count(2)
    assert violations(phone) + small_targets(phone) == []
    sheets.goto(f"{house.here}/w/{house.workshop.pk}/parking/")
    expect(sheets.locator(".parked > li")).to_have_count(2)
    sheets.get_by_label("By whom, or how (optional)").first.fill("Ann writes to them")
    sheets.get_by_role("button", name=re.compile("^Dealt with")).first.click()
    expect(sheets.locator(".parked > li")).to_have_count(1)
    assert violations(sheets) == []

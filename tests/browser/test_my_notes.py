"""What a phone does with what is its own: by finger, by keyboard, and while the network is away."""

import re

from playwright.sync_api import Page, expect

from feedback.models import Answer, Note
from tests.live import day

from .people import House, press, press_in, write
from .test_pages import sideways, small_targets, violations


def my_notes(phone: Page) -> None:
    phone.locator("#bar").get_by_text("My notes").click()


def asked(house: House) -> tuple[Page, Page]:
    """The desk, and a phone that has answered in words."""
    desk, phone = house.desk(), house.phone()
    press(desk, "Start the day")
    press(desk, "Move on")
    question = desk.locator("article.asked").first
    press_in(question, "Let phones answer")
    press_in(question, "Ask the room")
    write(phone, "We share one contact centre")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    return desk, phone


def test_an_answer_is_changed_and_taken_back_from_my_notes(house: House) -> None:
    desk, phone = asked(house)
    my_notes(phone)
    own = phone.locator("#mine article.own").first
    expect(own).to_contain_text("You can change or delete it on this phone until the end of 10 February")
    expect(own).to_contain_text("We share one contact centre")
    assert violations(phone) + small_targets(phone) == []
    own.get_by_role("link", name="Change").click()
    box = phone.locator("#question-form textarea")
    expect(box).to_have_value("We share one contact centre")
    assert violations(phone) + small_targets(phone) == []
    box.fill("We share two contact centres")
    press(phone, "Change my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    assert Answer.objects.get().value == "We share two contact centres"
    phone.get_by_role("link", name="Back to My notes").click()
    expect(own).to_contain_text("We share two contact centres")
    # By keyboard: open, press, and be told. What is not handed in on Now stays.
    own.locator("summary").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    expect(own.get_by_role("button", name="Delete my answer")).to_be_focused()
    assert violations(phone) == []
    phone.keyboard.press("Enter")
    expect(own).to_have_count(0)
    expect(phone.locator("#announcer")).to_have_text("Deleted")
    expect(phone.locator("#mine h1")).to_be_focused()
    assert not Answer.objects.exists()
    phone.locator("#bar").get_by_text("Now").click()
    expect(phone.locator("#question-form textarea")).to_have_value("")
    write(phone, "Second thoughts")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    assert Answer.objects.get().value == "Second thoughts"
    expect(desk.locator("article.asked").first).to_contain_text("1")


def test_a_note_is_kept_through_a_cut_and_leaving_forgets_all_of_it(house: House) -> None:
    wire = house.wire()
    phone = house.phone(f"http://localhost:{wire.port}")
    phone.locator("#bar").get_by_text("Day").click()
    assert violations(phone) + small_targets(phone) == []
    phone.get_by_role("link", name=re.compile(r"^Lunch\b.*a note to yourself")).click()
    phone.locator("#question-form textarea").fill("Ring the port")
    wire.cut()
    press(phone, "Keep my note")
    expect(phone.locator("#send-state")).to_have_text("Not sent yet – kept on this phone. We keep trying.")
    wire.mend()
    expect(phone.locator("#send-state")).to_have_text("Saved", timeout=30_000)
    assert Note.objects.get().text == "Ring the port"
    phone.get_by_role("link", name="Back to My notes").click()
    expect(phone.locator("#mine")).to_contain_text("Ring the port")
    phone.set_viewport_size({"width": 320, "height": 640})
    assert sideways(phone) == ""
    assert violations(phone) + small_targets(phone) == []
    other = phone.context.new_page()
    other.goto(f"http://localhost:{wire.port}/w/{house.workshop.pk}/notes/on/summary/")
    other.locator("#question-form textarea").fill("begun in another tab")
    assert "begun" in other.evaluate("() => JSON.stringify(sessionStorage)")
    other.get_by_role("link", name="Back to My notes").click()
    expect(other.locator("#mine")).to_contain_text("Ring the port")
    phone.get_by_role("link", name="Leave on this phone").click()
    assert violations(phone) + small_targets(phone) == []
    press(phone, "Leave on this phone")
    expect(phone.get_by_role("heading", level=1)).to_have_text("You have left on this phone")
    # The other tab goes along, or is turned out by the server first; either way it forgets what was written.
    expect(other.get_by_role("heading", level=1)).to_have_text(re.compile("^You have left|^There is nothing at this"))
    for tab in (phone, other):
        kept = tab.evaluate("() => Object.keys(localStorage).concat(Object.keys(sessionStorage))")
        assert [name for name in kept if not name.startswith("reloaded:")] == []
    held = {each["name"].split("-")[0] for each in phone.context.cookies()}
    assert not held & {"seat", "answers"}
    assert violations(phone) + small_targets(phone) == []
    assert not Note.objects.exists()


def test_your_day_reads_well_on_a_phone(house: House) -> None:
    day.begin(house.workshop)
    phone = house.phone()
    phone.goto(f"{house.here}/w/{house.workshop.pk}/your-day/")
    expect(phone.get_by_label("What will you do?")).to_be_visible()
    assert [*filter(None, [sideways(phone)]), *violations(phone), *small_targets(phone)] == []

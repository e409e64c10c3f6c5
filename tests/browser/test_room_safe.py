"""Room-safe: what the room may not read is nowhere on the laptop's display, and nobody else notices."""

from playwright.sync_api import Page, expect

from sessions import services
from tests.live import day

from .people import House, press
from .test_pages import type_key
from .test_staging import faults

NOTE = "Say when we start again before anybody stands up."
PRIVATE = (NOTE, "heron", "otter", "on their phone · 3 answers", "facilitator moved on")
HIDDEN_FOCUS = "!document.activeElement.closest('[data-private]')"


def readable(desk: Page) -> list[str]:
    """What of the private can be read, with everything opened that can be."""
    desk.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    text = desk.locator("body").inner_text()
    desk.evaluate("for (const each of document.querySelectorAll('details')) each.open = false")
    return [words for words in PRIVATE if words in text]


def lunch(house: House) -> Page:
    """A desk at lunch, with notes and answers that are not shown."""
    day.begin(house.workshop, until="data")
    services.move_on(workshop=house.workshop, expect="data", actor=house.facilitator)
    asked = day.ask(house.workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    desk = house.desk()
    expect(desk.locator("#link-words")).to_have_text("Live")
    return desk


def test_nothing_private_can_be_read_until_it_is_left(house: House) -> None:
    desk = lunch(house)
    assert readable(desk) == list(PRIVATE)
    type_key(desk, "r")
    expect(desk.get_by_text("Names, notes and unshown answers are hidden on this display", exact=True)).to_be_visible()
    expect(desk.get_by_role("button", name="Room-safe")).to_have_attribute("aria-pressed", "true")
    assert readable(desk) == []
    assert faults(desk) == []
    type_key(desk, "r")
    expect(desk.get_by_text("Names, notes and unshown answers are hidden on this display", exact=True)).to_be_hidden()
    assert readable(desk) == list(PRIVATE)


def test_it_is_still_there_when_the_desk_changes_and_when_it_is_loaded_again(house: House) -> None:
    desk = lunch(house)
    type_key(desk, "r")
    press(desk, "Move on")
    expect(desk.locator(".live-title")).to_have_text("Reflections")
    assert readable(desk) == []
    desk.route("**/js/desk*.js", lambda route: route.abort())  # what is drawn first waits for no module
    house.complaints.clear()
    desk.reload()
    assert readable(desk) == []
    house.complaints.clear()
    desk.unroute("**/js/desk*.js")
    desk.reload()
    expect(desk.get_by_role("button", name="Room-safe")).to_have_attribute("aria-pressed", "true")


def test_it_is_of_this_browser_alone_and_needs_no_server(house: House) -> None:
    desk = lunch(house)
    other = house.desk()
    house.server.kill()
    desk.get_by_role("button", name="Room-safe").click()
    assert readable(desk) == []
    assert readable(other) == list(PRIVATE)
    house.server.start()
    fresh = house.desk()
    assert readable(fresh) == list(PRIVATE)


def test_no_focus_lands_in_what_is_hidden(house: House) -> None:
    desk = lunch(house)
    history = desk.locator("#desk-history summary")
    history.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#desk-history")).to_have_attribute("open", "")
    type_key(desk, "r")
    assert desk.evaluate("document.activeElement.id") == "room-safe"
    for _ in range(60):
        desk.keyboard.press("Tab")
        assert desk.evaluate(HIDDEN_FOCUS)
    press(desk, "Move on")  # a part that was opened and is hidden now holds nothing back
    expect(desk.locator(".live-title")).to_have_text("Reflections")


def test_the_remote_hides_notes_too(house: House) -> None:
    desk = lunch(house)
    desk.goto(f"{house.here}/w/{house.workshop.pk}/desk/remote/")
    expect(desk.locator("#link-words")).to_have_text("Live")
    assert readable(desk) == [NOTE]
    type_key(desk, "r")
    assert readable(desk) == []
    assert faults(desk) == []

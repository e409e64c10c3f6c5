"""What a page does when the network between it and the server fails, on plain http from the hall's own address."""

import re
import time
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from feedback.models import Answer

from .people import House, press, press_in, write
from .proxy import Wire, answer

SAFE = "No connection – your answers are safe on this phone"
POLLING = "Updating every few seconds"
SIGN_IN = "The wifi wants you to sign in again"
PORTALS = {
    "its own page": answer("200 OK", "<h1>Guest wifi</h1><p>Accept our terms</p>"),
    "a way to its own page": answer("302 Found", "", "Location: http://192.0.2.1/terms\r\n"),
    "a demand": answer("511 Network Authentication Required", "<h1>Guest wifi</h1>"),
}
LONG = 90_000  # generous: how fast it is, the benchmarks say; a socket that fails on a busy machine waits a minute


def hall_phone(house: House, wire: Wire) -> Page:
    """A phone that has come in by the wire, at an address that no browser takes for its own machine."""
    address = house.hall.rsplit(":", 1)[0]
    phone = house.phone(f"{address}:{wire.port}")
    assert phone.evaluate("window.isSecureContext") is False
    return phone


def at_lunch(house: House, desk: Page) -> None:
    """A question in words is open."""
    press(desk, "Start the day")
    for title in ("How digital is helping councils", "Deriving benefits from data", "Lunch"):
        moved_on(desk, title)
    asked(desk, "What new thoughts or questions do you have?")


def asked(desk: Page, words: str) -> None:
    press_in(desk.locator("article.asked").filter(has_text=words), "Ask the room")


def moved_on(desk: Page, title: str) -> float:
    """Move on; gives the moment at which the desk itself shows it."""
    press(desk, "Move on")
    expect(desk.locator(".live-title").first).to_have_text(title)
    return time.monotonic()


Measured = Callable[[str, float], None]


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """Write down how long something took since a moment, for --junitxml; nothing asserts it."""

    def since(what: str, moment: float) -> None:
        request.node.user_properties.append((what, round(time.monotonic() - moment, 2)))

    return since


@pytest.mark.parametrize("status", ["403 Forbidden", "502 Bad Gateway"])
def test_where_no_socket_is_let_through_the_page_polls_and_follows(
    house: House, measured: Measured, status: str
) -> None:
    desk, wire = house.desk(), house.wire(pages_only=True)
    wire.refusal = answer(status)
    press(desk, "Start the day")
    phone = hall_phone(house, wire)
    loaded = time.monotonic()
    expect(phone.locator("#link-words")).to_have_text(POLLING, timeout=LONG)
    measured("refused: polling after", loaded)
    for title in ("How digital is helping councils", "Deriving benefits from data", "Lunch"):
        moved = moved_on(desk, title)
        expect(phone.locator("#phone-head")).to_contain_text(title, timeout=LONG)
        measured(f"refused: {title} after", moved)
    asked(desk, "What new thoughts or questions do you have?")
    write(phone, "More buses")
    expect(phone.locator("#send-state")).to_have_text("Saved", timeout=LONG)
    assert phone.locator("#link-words").inner_text() == POLLING


def test_a_socket_that_opens_and_says_nothing_is_given_up_for_polling(house: House, measured: Measured) -> None:
    desk, wire = house.desk(), house.wire()
    press(desk, "Start the day")
    wire.upgrades = "silent"
    phone = hall_phone(house, wire)
    loaded = time.monotonic()
    expect(phone.locator("#link-words")).to_have_text(POLLING, timeout=LONG)
    measured("silent: polling after", loaded)
    moved = moved_on(desk, "How digital is helping councils")
    expect(phone.locator("#phone-head")).to_contain_text("How digital is helping councils", timeout=LONG)
    measured("silent: change after", moved)


WAKE = {
    "online": "window.dispatchEvent(new Event('online'))",
    "focus": "window.dispatchEvent(new Event('focus'))",
    "visible": "document.dispatchEvent(new Event('visibilitychange'))",
}


def test_after_a_black_hole_the_right_screen_is_back_at_a_glance(house: House, measured: Measured) -> None:
    """Six phones, each behind its own: what was sent meanwhile arrives late or never; an event wakes the page."""
    desk, phones = house.desk(), {}
    press(desk, "Start the day")
    for lost, event in product((False, True), WAKE):
        wire = house.wire()
        phones[wire] = (phone := hall_phone(house, wire)), lost, event
        expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
        phone.evaluate("window.neverReloaded = true")
    for wire, (_phone, lost, _event) in phones.items():
        wire.swallow(lost=lost)
    moved_on(desk, "How digital is helping councils")
    for wire, (phone, lost, event) in phones.items():
        expect(phone.locator("#phone-head")).to_contain_text("Intros and Discussion")
        wire.flow()
        back = time.monotonic()
        phone.evaluate(WAKE[event])
        expect(phone.locator("#phone-head")).to_contain_text("How digital is helping councils", timeout=LONG)
        measured(f"{'lost' if lost else 'late'}, {event}: right after", back)
        expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
        measured(f"{'lost' if lost else 'late'}, {event}: live after", back)
        assert phone.evaluate("window.neverReloaded") is True


def test_a_phone_that_was_told_it_has_no_connection_is_right_again_at_once(house: House, measured: Measured) -> None:
    desk, wire = house.desk(), house.wire()
    press(desk, "Start the day")
    phone = hall_phone(house, wire)
    expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
    wire.swallow(lost=True)
    phone.evaluate(WAKE["focus"])
    expect(phone.locator("#link-words")).to_have_text(SAFE, timeout=LONG)
    moved_on(desk, "How digital is helping councils")
    wire.flow()
    back = time.monotonic()
    phone.evaluate(WAKE["online"])
    expect(phone.locator("#phone-head")).to_contain_text("How digital is helping councils", timeout=LONG)
    measured("lost: right after", back)
    expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
    measured("lost: live after", back)


@pytest.mark.parametrize("portal", PORTALS)
def test_a_captive_portal_is_never_taken_for_us(house: House, portal: str) -> None:
    wire = house.wire()
    desk = house.desk(f"http://localhost:{wire.port}")
    screen = house.screen(desk)
    press(desk, "Start the day")
    press_in(desk.locator("article.asked").first, "Ask the room")
    phone = hall_phone(house, wire)
    expect(desk.locator("#link-words")).to_have_text("Live", timeout=LONG)
    expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
    wire.stand_before(PORTALS[portal])
    expect(desk.locator("#link-words")).to_have_text(SIGN_IN, timeout=LONG)
    expect(phone.locator("#link-words")).to_have_text(SAFE, timeout=LONG)
    phone.get_by_label("Quite").check()
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_contain_text("Not sent yet", timeout=LONG)
    press(desk, "Ground rules")
    expect(desk.locator("#notice")).to_contain_text("That press got no answer", timeout=LONG)
    phone.locator("#bar").get_by_text("Rules").click()
    press(phone, "I agree")
    expect(phone.locator("#phone-rules")).to_contain_text("Not sent yet", timeout=LONG)
    for page in (desk, phone):
        assert "Guest wifi" not in page.content()
        assert f"/w/{house.workshop.pk}/" in page.url
    wire.stand_aside()
    expect(phone.get_by_text("You have agreed. Thank you.")).to_be_visible(timeout=LONG)
    phone.locator("#bar").get_by_text("Now").click()
    expect(phone.locator("#send-state")).to_have_text("Saved", timeout=LONG)
    expect(desk.locator("#link-words")).to_have_text("Live", timeout=LONG)
    expect(screen.locator("h1")).to_have_text("How confident do you feel today?")  # the press that got no answer
    assert Answer.objects.count() == 1


def test_what_is_being_written_outlives_the_server(house: House, measured: Measured) -> None:
    desk, wire = house.desk(), house.wire()
    at_lunch(house, desk)
    phone = hall_phone(house, wire)
    expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
    box = phone.locator("#question-form textarea")
    box.press_sequentially("Who owns the data")
    house.server.kill()
    box.press_sequentially(" of a shared")
    expect(phone.locator("#link-words")).to_have_text(SAFE, timeout=LONG)
    house.server.start()
    started = time.monotonic()
    box.press_sequentially(" service?")
    expect(phone.locator("#link-words")).to_have_text("Live", timeout=LONG)
    measured("server back: live after", started)
    expect(box).to_be_focused()
    assert box.input_value() == "Who owns the data of a shared service?"
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved", timeout=LONG)
    assert [said.value for said in Answer.objects.all()] == ["Who owns the data of a shared service?"]


FAULTS: dict[str, Callable[[Wire], None]] = {
    "cut": lambda wire: wire.cut(),
    "late": lambda wire: wire.swallow(),
    "lost": lambda wire: wire.swallow(lost=True),
    "deaf": lambda wire: setattr(wire, "deaf", True),
}


def mended(wire: Wire, fault: str) -> None:
    if fault == "deaf":
        wire.deaf = False
    if fault in {"cut", "deaf"}:
        wire.cut()
        wire.mend()
    wire.flow()


def test_an_answer_handed_in_while_the_wire_is_down_is_saved_once(house: House, measured: Measured) -> None:
    """Eight phones, each on a wire that fails in its own way; half of them poll."""
    desk, phones = house.desk(), {}
    at_lunch(house, desk)
    for fault, sockets in product(FAULTS, ("", "refused")):
        wire = house.wire()
        wire.upgrades = sockets
        phones[f"{fault} {sockets}".strip()] = wire, (phone := hall_phone(house, wire)), fault
        expect(phone.locator("#link-words")).to_have_text(POLLING if sockets else "Live", timeout=LONG)
    for case, (wire, phone, fault) in phones.items():
        FAULTS[fault](wire)
        write(phone, case)
        phone.evaluate(WAKE["focus"])  # or it would take half a minute to be missed
    for _wire, phone, _fault in phones.values():
        expect(phone.locator("#link-words")).to_have_text(SAFE, timeout=LONG)
        expect(phone.locator("#send-state")).to_contain_text("Not sent yet", timeout=LONG)
    for case, (wire, phone, fault) in phones.items():
        mended(wire, fault)
        back = time.monotonic()
        phone.evaluate(WAKE["online"])
        expect(phone.locator("#send-state")).to_have_text("Saved", timeout=60_000)
        measured(f"{case}: saved after", back)
    said = sorted(Answer.objects.values_list("value", "edit"))
    assert said == sorted((case, 1) for case in phones)


@pytest.mark.parametrize("portal", ["its own page", "a demand"])
def test_a_plan_behind_a_portal_is_not_said_to_be_saved(house: House, portal: str) -> None:
    wire = house.wire()
    desk = house.desk(f"http://localhost:{wire.port}")
    desk.get_by_role("link", name="Plan", exact=True).click()
    expect(desk.locator("#plan[data-script]")).to_be_visible()
    title = desk.locator("input[id^='title-']").first
    wire.stand_before(PORTALS[portal])
    title.fill("Welcome and introductions")
    expect(desk.locator("#plan-state")).to_have_class(re.compile("error"), timeout=LONG)
    assert "Guest wifi" not in desk.content()
    wire.stand_aside()
    title.fill("Welcome, and introductions")
    expect(desk.locator("#plan-state")).to_contain_text("Draft saved", timeout=LONG)
    desk.reload()
    expect(title).to_have_value("Welcome, and introductions")

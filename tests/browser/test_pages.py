"""What nobody should have to think about: reading, reaching, keys, and pages that stay still while one writes."""

import json
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from agenda.origins import network_ip

from .people import House, press, press_in, write

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
LEAST_BYTES, MOST_BYTES = 20_000, 30_000  # fewer would mean that the page was not counted
MOST_FILES = {"js": 1, "css": 2}


def violations(page: Page) -> list[str]:
    """What axe finds, one line each."""
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    return [f"{page.url} {each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]


def sideways(page: Page) -> str:
    """The widest thing that sticks out of the page, or nothing."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return "";
            const sticks = (e) => e.getBoundingClientRect().right > wide + 1;
            const out = [...document.querySelectorAll("body *")].filter(sticks);
            return out.map((e) => e.outerHTML.slice(0, 100)).slice(-1)[0] || "something";
        }"""
    )


def small_targets(page: Page) -> list[str]:
    """Controls smaller than 44 pixels either way; a link inside a sentence may be."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary, .radio")]
            .filter((e) => e.offsetParent && !e.closest(".radio > *") && !e.matches("p:not(.who):not(.link) a, .skip"))
            .filter((e) => { const r = e.getBoundingClientRect(); return r.height < 43.9 || r.width < 43.9; })
            .map((e) => `${Math.round(e.getBoundingClientRect().height)} high: ${e.outerHTML.slice(0, 90)}`)"""
    )


def test_every_page_in_every_state_passes_axe_and_reflows(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    screen = house.screen(desk)
    found, wide = [], []

    def look(*pages: Page) -> None:
        for page in pages:
            found.extend(violations(page))
            if page is not screen:
                size = page.viewport_size
                page.set_viewport_size({"width": 320, "height": 640})
                if out := sideways(page):
                    wide.append(f"{page.url}: {out}")
                page.set_viewport_size(size)

    look(desk, phone, screen)
    for face, shown in (("Ground rules", "Confidentiality"), ("Housekeeping", "Facilities"), ("How to join", "Join")):
        press(desk, face)
        expect(screen.locator("#screen-main")).to_contain_text(shown)
        look(screen, phone)
    for tab in ("Day", "Rules", "My notes", "Now"):
        phone.locator("#bar").get_by_text(tab).click()
        look(phone)
    press(desk, "Start the day")
    expect(phone.locator("#phone-head")).to_contain_text("Intros and Discussion")
    look(desk, phone, screen)
    press(desk, "Ask the room")
    expect(phone.get_by_role("button", name="Send my answer")).to_be_visible()
    look(desk, phone, screen)
    phone.get_by_label("Very").check()
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    expect(desk.locator("article.asked").first).to_contain_text("1 answer")  # or the desk would change under the press
    press(desk, "Close")
    press(desk, "Show answers")
    expect(screen.locator(".bars")).to_be_visible()
    look(desk, phone, screen)
    press(desk, "Move on")
    expect(screen.locator(".speakers")).to_be_visible()
    look(desk, phone, screen)
    extra = house.page({"width": 360, "height": 740})
    for path in ("", "screen/", f"j/{house.workshop.join_code}/", "sign-in/", "nowhere/"):
        extra.goto(f"{house.here}/{path}")
        look(extra) if path != "screen/" else found.extend(violations(extra))
    for path in ("who/", "order/"):
        phone.goto(f"{house.here}/w/{house.workshop.pk}/{path}")
        look(phone)
    for path in ("summary/", "export/", "order/"):
        desk.goto(f"{house.here}/w/{house.workshop.pk}/{path}")
        look(desk)
    for path in ("staff/", "staff/new/"):
        desk.goto(f"{house.here}/{path}")
        look(desk)
    assert found == []
    assert wide == []


def test_everything_to_press_on_a_phone_is_large_enough(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    press(desk, "Start the day")
    press(desk, "Ask the room")
    expect(phone.get_by_role("button", name="Send my answer")).to_be_visible()
    small = small_targets(phone)
    for tab in ("Day", "Rules", "My notes"):
        phone.locator("#bar").get_by_text(tab).click()
        small += small_targets(phone)
    assert small == []


def test_nothing_is_taken_from_somebody_who_is_writing(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    press(desk, "Start the day")
    press(desk, "Move on")
    expect(desk.locator(".live-title")).to_have_text("How digital is helping councils")
    articles = desk.locator("article.asked")
    for number in (0, 1):
        press_in(articles.nth(number), "Let phones answer")
        expect(articles.nth(number)).to_contain_text("Everybody on their phone")
    press_in(articles.nth(0), "Ask the room")
    box = phone.locator("#question-form textarea")
    box.press_sequentially("We share one contact centre and")
    press_in(articles.nth(1), "Ask the room")
    expect(phone.get_by_role("button", name="Show the new question")).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially(" it works")
    press(phone, "Send my answer")
    expect(phone.locator("#question-form")).to_contain_text("What difficulties have you encountered?")
    write(phone, "Finding the people")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    phone.locator("#bar").get_by_text("My notes").click()
    expect(phone.locator("#mine-list")).to_contain_text("We share one contact centre and it works")
    expect(phone.locator("#mine-list")).to_contain_text("Finding the people")


def test_where_no_socket_gets_through_the_phone_polls_and_misses_nothing(house: House) -> None:
    desk = house.desk()
    wire = house.wire(pages_only=True)
    phone = house.phone(f"http://localhost:{wire.port}")
    expect(phone.locator("#link-words")).to_have_text("Updating every few seconds")
    expect(desk.locator("[data-here]")).to_have_text("1")
    press(desk, "Start the day")
    expect(phone.locator("#phone-head")).to_contain_text("Intros and Discussion")
    press(desk, "Ask the room")
    expect(phone.get_by_role("button", name="Send my answer")).to_be_visible()
    phone.get_by_label("Quite").check()
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    expect(desk.locator("article.asked").first).to_contain_text("1 answer")


def type_key(desk: Page, key: str) -> None:
    desk.wait_for_load_state()
    expect(desk.locator("body[data-resting]")).to_have_count(0)
    desk.keyboard.press(key)


def test_the_desk_is_run_by_keyboard_and_a_clicker_moves_nothing(house: House) -> None:
    desk = house.desk()
    title = desk.locator(".live-title")
    expect(desk.locator("#link-words")).to_have_text("Live")
    type_key(desk, "m")
    expect(title).to_have_text("Intros and Discussion")
    for key in ("PageDown", "PageUp", "b", "F5", "Escape"):
        desk.keyboard.press(key)
    expect(title).to_have_text("Intros and Discussion")
    desk.get_by_label("Connect a screen").press_sequentially("mum")
    expect(title).to_have_text("Intros and Discussion")
    desk.get_by_label("Connect a screen").blur()
    type_key(desk, "a")
    expect(desk.locator("article.asked").first).to_contain_text("Open")
    type_key(desk, "c")
    expect(desk.locator("article.asked").first).to_contain_text("Closed")
    type_key(desk, "m")
    expect(title).to_have_text("How digital is helping councils")
    type_key(desk, "u")
    expect(title).to_have_text("Intros and Discussion")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()


# Its second click comes from the page: this process may be held up for longer than a double click takes.
AGAIN = """(apart) => document.addEventListener("click", ({ clientX, clientY }) => setTimeout(() => {
    const click = new MouseEvent("click", { clientX, clientY, bubbles: true, cancelable: true });
    document.elementFromPoint(clientX, clientY).dispatchEvent(click);
    document.body.dataset.again = "";
}, apart), { capture: true, once: true })"""


@pytest.mark.parametrize("apart", [120, 250, 450])
def test_a_double_click_is_one_press(house: House, apart: int) -> None:
    desk = house.desk()
    press(desk, "Start the day")
    expect(desk.locator(".live-title")).to_have_text("Intros and Discussion")
    for name in ("Move on", "Ask the room"):
        button = desk.get_by_role("button", name=name, exact=True).first
        expect(button).to_be_enabled()
        expect(desk.locator("body[data-resting]")).to_have_count(0)
        desk.evaluate("delete document.body.dataset.again")
        desk.evaluate(AGAIN, apart)
        button.click()
        expect(desk.locator("body[data-again]")).to_have_count(1)
        expect(desk.locator("body[data-resting]")).to_have_count(0)
    expect(desk.locator(".live-title")).to_have_text("How digital is helping councils")
    expect(desk.locator("article.asked").first).to_contain_text("Open")


def test_two_desks_never_skip_an_item_and_say_who_was_first(house: House) -> None:
    first, second = house.desk(), house.desk()
    press(first, "Start the day")
    expect(second.get_by_role("button", name="Move on")).to_be_visible()
    # Hold the second desk's picture of the day as it is: its press then carries what it saw.
    second.evaluate("document.querySelector('.move-on').closest('[data-region]').removeAttribute('data-region')")
    press(first, "Move on")
    expect(first.locator(".live-title")).to_have_text("How digital is helping councils")
    press(second, "Move on")
    expect(second.locator("#notice")).to_contain_text(
        "Already moved to “How digital is helping councils” by facilitator"
    )
    expect(first.locator(".live-title")).to_have_text("How digital is helping councils")


def test_the_desk_works_without_a_script(house: House) -> None:
    signed_in = house.desk()
    plain = house.page({"width": 1366, "height": 768}, script=False)
    plain.context.add_cookies(signed_in.context.cookies())
    plain.goto(signed_in.url)
    press(plain, "Start the day")
    press(plain, "Ask the room")
    expect(plain.locator("article.asked").first).to_contain_text("Open")
    press(plain, "Move on")
    expect(plain.locator(".live-title")).to_have_text("How digital is helping councils")


@pytest.mark.parametrize("path", ["desk/", "summary/", "export/"])
def test_the_laptops_own_pages_are_not_served_to_the_hall(house: House, path: str) -> None:
    desk = house.desk()
    cookies = [{**each, "domain": house.hall.split("/")[2].split(":")[0]} for each in desk.context.cookies()]
    phone = house.page({"width": 360, "height": 740})
    phone.context.add_cookies(cookies)
    phone.goto(f"{house.hall}/w/{house.workshop.pk}/{path}")
    expect(phone.locator("h1")).to_have_text("There is nothing at this address")


def test_the_first_load_of_the_phone_is_small(house: House) -> None:
    """Every byte that the server sends, headers and socket included, to a phone that has never been here."""
    joined, wire = house.phone(), house.wire()
    page = house.page({"width": 360, "height": 740}, mobile=True)
    page.context.add_cookies([{**each, "domain": network_ip()} for each in joined.context.cookies()])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://{network_ip()}:{wire.port}/w/{house.workshop.pk}/")
    expect(page.locator("#link-words")).to_have_text("Live")
    page.wait_for_load_state("networkidle")
    assert LEAST_BYTES < wire.brought < MOST_BYTES
    assert [kind for kind in ("js", "css") if len([url for url in asked if f".{kind}" in url]) > MOST_FILES[kind]] == []

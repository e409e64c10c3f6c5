"""What the desk does to everybody's picture, in real browsers."""

from playwright.sync_api import Locator, Page, expect

from .people import House, press, press_in
from .test_pages import sideways, type_key, violations

NARROW = {"width": 320, "height": 640}


def faults(*pages: Page) -> list[str]:
    """What axe finds, and what sticks out of a narrow page."""
    found = []
    for page in pages:
        found += violations(page)
        size = page.viewport_size
        if page.locator("body.screen").count() == 0:
            page.set_viewport_size(NARROW)
            found += [sideways(page)] if sideways(page) else []
            page.set_viewport_size(size)
    return found


def in_view(part: Locator) -> bool:
    return part.evaluate("(e) => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight")


def test_everyone_out_reaches_everybody_over_everything_and_takes_nothing_away(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    screen = house.screen(desk)
    press(desk, "Start the day")
    press_in(desk.locator("article.asked").first, "Ask the room")
    phone.get_by_label("Quite").check()
    phone.locator("#bar").get_by_text("Rules").click()
    assert phone.evaluate("window.scrollTo(0, document.body.scrollHeight), window.scrollY") > 100
    phone.evaluate(
        """() => {
            window.alerts = 0;
            const count = () => { window.alerts += document.querySelectorAll("[role=alert]").length; };
            new MutationObserver(count).observe(document.querySelector("[data-region=alarm]"), { childList: true });
        }"""
    )
    desk.get_by_text("Everyone out", exact=True).click()
    press(desk, "Send everyone out now")
    for page in (screen, phone):
        expect(page.locator(".leave-now")).to_have_text("Leave now")
    expect(screen.locator("#screen-foot")).to_be_empty()
    expect(desk.locator("#desk-alarm")).to_contain_text("Everyone out since")
    assert in_view(phone.locator(".leave-now"))
    assert in_view(desk.get_by_role("button", name="Everyone is back"))
    expect(phone.get_by_label("Quite")).to_be_checked()
    assert faults(desk, phone, screen) == []
    phone.locator("#bar").get_by_text("Now").click()
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    assert phone.evaluate("window.alerts") == 1
    press(desk, "Everyone is back")
    expect(phone.locator("#phone-alarm")).to_be_empty()
    expect(phone.locator("#announcer")).to_have_text("Everyone is back. We go on.")
    expect(screen.locator(".question-text")).to_be_visible()
    expect(desk.locator("#desk-alarm")).to_contain_text("We were out")
    expect(desk.get_by_text("Send everyone out now")).to_be_hidden()
    assert faults(desk, phone, screen) == []


PLACES = """(root) => {
    const frame = root.getBoundingClientRect();
    const part = (x, whole) => Math.round((1000 * x) / whole);
    return [...root.querySelectorAll(".face *, .foot-join, .foot-picture, .day-line")].map((e) => {
        const r = e.getBoundingClientRect();
        return [part(r.left - frame.left, frame.width), part(r.top - frame.top, frame.height),
                part(r.width, frame.width), part(r.height, frame.height)];
    });
}"""
TURNS = {
    "Start the day": "When it is your turn, tell us",
    "Ground rules": "Confidentiality",
    "Housekeeping": "Facilities",
    "Item": "When it is your turn, tell us",
    "Ask the room": "How confident do you feel today?",
}
MOST_OFF = 15  # thousandths of the whole: letters are a little wider where they are tiny


def test_the_miniature_is_the_screen_made_small(house: House) -> None:
    desk = house.desk()
    screen = house.screen(desk)
    miniature = desk.locator(".miniature > .screen")
    for turn, shown in TURNS.items():
        press(desk, turn)
        for face in (screen.locator(".face"), miniature.locator(".face")):
            expect(face).to_contain_text(shown)
        small, large = miniature.evaluate(PLACES), screen.locator("body").evaluate(PLACES)
        off = [abs(a - b) for one, other in zip(small, large, strict=True) for a, b in zip(one, other, strict=True)]
        assert len(off) > 8
        assert max(off) <= MOST_OFF, turn
    assert desk.locator(".miniature").evaluate("(e) => e.inert && e.offsetWidth < 400")
    desk.emulate_media(color_scheme="dark")
    paper = "(e) => getComputedStyle(e).backgroundColor"
    assert miniature.evaluate(paper) == screen.locator("body").evaluate(paper) != desk.locator("body").evaluate(paper)


def test_the_desk_says_whether_a_screen_is_connected(house: House) -> None:
    desk = house.desk()
    screens = desk.locator(".screens")
    expect(screens).to_have_text("No screen is connected")
    screen = house.screen(desk)
    expect(screens).to_have_text("Screen connected")
    other = desk.context.new_page()
    other.goto(f"{house.here}/w/{house.workshop.pk}/screen/")
    expect(screens).to_have_text("2 screens connected")
    assert faults(desk) == []
    other.close()
    screen.close()
    expect(screens).to_have_text("No screen is connected")
    expect(desk.locator("#announcer")).to_have_text("No screen is connected")


def test_a_frozen_screen_keeps_its_picture_through_reloads_and_a_restart(house: House) -> None:
    desk = house.desk()
    screen = house.screen(desk)
    press(desk, "Start the day")
    expect(screen.locator("h1")).to_have_text("Intros and Discussion")
    type_key(desk, "f")
    expect(desk.locator("#desk-miniature")).to_contain_text("The screen is frozen since")
    assert faults(desk) == []
    type_key(desk, "m")
    expect(desk.locator("#notice")).to_have_text("Moved on. The screen is frozen and keeps its picture.")
    expect(desk.locator(".live-title")).to_have_text("How digital is helping councils")
    expect(screen.locator("h1")).to_have_text("Intros and Discussion")
    screen.reload()
    expect(screen.locator("h1")).to_have_text("Intros and Discussion")
    house.server.kill()
    house.server.start()
    expect(desk.locator("#link-words")).to_have_text("Live", timeout=90_000)
    screen.reload()
    expect(screen.locator("h1")).to_have_text("Intros and Discussion")
    type_key(desk, "f")
    expect(screen.locator("h1")).to_have_text("How digital is helping councils")


def test_a_speakers_item_goes_from_talk_to_questions_to_discussion_by_one_key(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    screen = house.screen(desk)
    press(desk, "Start the day")
    expect(phone.locator("#phone-head")).to_contain_text("Intros and Discussion")
    press(desk, "Move on")
    expect(phone.locator("#phone-now")).to_contain_text("Nothing to do here now. We will say when.")
    for words in (
        "Questions to the speakers now – put your hand up, or ask on your phone",
        "We discuss this together now",
    ):
        type_key(desk, "p")
        for page in (phone, screen):
            expect(page.locator(".phase-now")).to_have_text(words)
        assert faults(desk, phone, screen) == []
    type_key(desk, "p")
    type_key(desk, "a")
    expect(phone.locator("#phone-question")).to_contain_text("What are you pleased with so far?")


def test_what_was_opened_for_a_press_closes_with_it_so_that_its_result_is_seen(house: House) -> None:
    desk = house.desk()
    press(desk, "Start the day")
    line = desk.locator(".day-list li").nth(2)
    line.locator("summary").click()
    press_in(line, "Skip it")
    expect(line).to_contain_text("skipped")
    assert line.locator("details").get_attribute("open") is None

"""A shared tablet in a real browser, on the hall's plain http: what is left of the one who had it before."""

import json

from playwright.sync_api import Page, expect

from feedback.models import Answer, Question

from .people import House, press, press_in
from .test_staging import faults

FIRST, SECOND, HALF = "The first one's words", "The second one's words", "Half a thought"
STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
TYPED = "() => [...document.querySelectorAll('textarea, input')].map((field) => field.value).join()"
TABLET = {"width": 800, "height": 1200}


def pair(house: House, desk: Page) -> Page:
    """A tablet that is opened by the link the desk is shown."""
    desk.goto(f"{house.here}/w/{house.workshop.pk}/people/")
    desk.get_by_label("Name (optional)").fill("Bea Birch")
    press(desk, "Add a seat")
    press(desk, "Make a link for a tablet")
    secret = desk.get_by_label("The tablet’s link").input_value().rpartition("/")[2]
    assert faults(desk) == []
    tablet = house.page(TABLET)
    tablet.goto(f"{house.hall}/t/{secret}")
    press(tablet, "Use this device as a shared tablet")
    assert faults(tablet) == []
    press(tablet, "Start")
    return tablet


def ask_the_tables(desk: Page, house: House) -> None:
    """One person at each table writes."""
    Question.objects.filter(workshop=house.workshop, key="digital_pleased").update(hand="scribe")
    desk.goto(f"{house.here}/w/{house.workshop.pk}/desk/")
    press(desk, "Start the day")
    press(desk, "Move on")
    press_in(desk.locator("article.asked").filter(has_text="What are you pleased with so far?"), "Ask the room")


def introduce(tablet: Page) -> None:
    tablet.get_by_role("link", name="Say who you are (optional)").click()
    tablet.get_by_label("Your name (optional)").fill("Ann Ash")
    press(tablet, "Save and go back to the day")


def write_for_the_table(tablet: Page, words: str) -> None:
    tablet.locator("#question-form textarea").fill(words)
    press(tablet, "Send my answer")


def held_by(tablet: Page) -> str:
    """Everything a browser holds: cookies, both storages, the page and what is typed in it."""
    cookies = json.dumps(tablet.context.cookies())
    return "\n".join([cookies, tablet.evaluate(STORED), tablet.content(), tablet.evaluate(TYPED)])


def traces(tablet: Page) -> list[str]:
    """Whatever would lead to the person who has the tablet now."""
    cookies = [cookie for cookie in tablet.context.cookies() if not str(cookie["name"]).startswith("tablet")]
    assert len(cookies) == 3  # the seat, the answer secret, and Django's token
    said = [FIRST, HALF, "Window", str(Answer.objects.get().pk)]
    own = [str(cookie["value"]) for cookie in cookies] + said
    assert [trace for trace in own if trace not in held_by(tablet)] == []
    return own


def hand_on(tablet: Page) -> None:
    tablet.get_by_role("link", name="Hand to next person").click()


def refuse_to_hand_on_what_is_unsent(tablet: Page) -> None:
    state, words = tablet.locator("#hand-on-state"), tablet.locator("#question-form textarea")
    hand_on(tablet)
    expect(state).to_contain_text("What is written here was not sent.")
    expect(words).to_have_value(HALF)
    tablet.context.set_offline(True)
    press(tablet, "Change my answer")
    hand_on(tablet)
    expect(state).to_contain_text("this tablet stays with you")
    tablet.context.set_offline(False)
    expect(tablet.locator("#send-state")).to_have_text("Saved")


def test_nothing_of_whoever_had_the_tablet_before_is_left_on_it(house: House) -> None:
    desk = house.desk()
    tablet = pair(house, desk)
    introduce(tablet)
    ask_the_tables(desk, house)
    expect(desk.locator("[data-here]")).to_have_text("2")
    tablet.get_by_label("Your table").fill("Window")
    write_for_the_table(tablet, FIRST)
    expect(tablet.locator("#send-state")).to_have_text("Saved")
    expect(desk.locator(".card-table")).to_have_text("Window")
    assert faults(tablet) == []
    tablet.locator("#question-form textarea").fill(HALF)
    own = traces(tablet)
    refuse_to_hand_on_what_is_unsent(tablet)

    hand_on(tablet)
    expect(tablet.get_by_role("heading", name="Ready for the next person")).to_be_visible()
    assert [trace for trace in own if trace in held_by(tablet)] == []
    assert tablet.evaluate(STORED) == "[{},{}]"
    assert faults(tablet) == []
    press(tablet, "Start")
    expect(tablet.locator("#question-form textarea")).to_have_value("")
    for _ in range(3):
        tablet.go_back()
        assert [trace for trace in own if trace in held_by(tablet)] == []
    tablet.goto(f"{house.hall}/w/{house.workshop.pk}/")
    tablet.get_by_label("Your table").fill("4")
    write_for_the_table(tablet, SECOND)
    expect(tablet.locator("#send-state")).to_have_text("Saved")
    expect(desk.locator(".card-table").filter(has_text="Table 4")).to_be_visible()
    assert sorted(Answer.objects.values_list("value", flat=True)) == [HALF, SECOND]
    assert [trace for trace in own if trace in held_by(tablet)] == []

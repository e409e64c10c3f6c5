"""The questions of an item, prepared without a script on a small page and with htmx in a narrow column."""

from playwright.sync_api import Locator, Page, expect

from .people import PHONE, House
from .test_pages import sideways, small_targets, violations

COLUMN = """async (path) => {
    document.querySelector("main").innerHTML = "<div class='column'><div id='questions'></div></div>";
    document.querySelector(".column").style.width = "30rem";
    document.querySelector(".column").addEventListener("submit", () => document.body.classList.add("submitted"));
    await htmx.ajax("GET", path, { target: "#questions", swap: "outerHTML" });
}"""


def plain_page(house: House, slot: str) -> Page:
    """The facilitator's browser without a script, as narrow as a phone."""
    signed_in = house.desk()
    page = house.page(PHONE, script=False)
    page.context.add_cookies(signed_in.context.cookies())
    page.goto(f"{house.here}/w/{house.workshop.pk}/plan/questions/{slot}/")
    return page


def column(house: House, slot: str) -> Locator:
    """The fragment in a column of 30 rem, on a page that has htmx."""
    page = house.desk()
    page.wait_for_load_state()
    page.evaluate(COLUMN, f"/w/{house.workshop.pk}/plan/questions/{slot}/")
    section = page.locator(f"#questions-{slot}")
    expect(section).to_be_visible()
    return section


def test_a_question_is_added_changed_moved_and_deleted_without_a_script(house: House) -> None:
    page = plain_page(house, "lunch")
    page.get_by_role("link", name="Add a question").click()
    page.get_by_role("link", name="Write your own").click()
    page.get_by_role("button", name="Add this question").click()
    expect(page.locator(".errors")).to_contain_text("Write the question first.")
    page.get_by_label("Question", exact=True).fill("Shall we meet again?")
    page.get_by_label("One of several").check()
    page.locator("#ask-lunch-choice-options").fill("Yes\nNo\n")
    page.get_by_role("button", name="Add this question").click()
    added = page.locator(".to-ask-row").last
    expect(added).to_contain_text("Shall we meet again?")
    expect(added).to_contain_text("Yes · No")
    added.get_by_role("link", name="Edit").click()
    page.get_by_label("Question", exact=True).fill("Shall we meet in May?")
    page.get_by_role("button", name="Save this question").click()
    page.locator(".to-ask-row").last.get_by_role("button", name="Up").click()
    moved = page.locator(".to-ask-row").nth(2)
    expect(moved).to_contain_text("Shall we meet in May?")
    moved.locator("summary").click()
    moved.get_by_role("button", name="Delete this question").click()
    expect(page.locator(".to-ask-row")).to_have_count(3)


def test_only_the_settings_of_the_kind_that_is_chosen_are_there(house: House) -> None:
    page = plain_page(house, "lunch")
    page.get_by_role("link", name="Add a question").click()
    page.get_by_role("link", name="Write your own").click()
    expect(page.locator("#ask-lunch-choice-options")).to_be_hidden()
    page.get_by_label("A scale").check()
    expect(page.locator("#ask-lunch-scale-statements")).to_be_visible()
    expect(page.locator("#ask-lunch-choice-options")).to_be_hidden()


def test_a_ready_question_is_added_and_looked_at_by_keyboard(house: House) -> None:
    page = house.desk()
    page.goto(f"{house.here}/w/{house.workshop.pk}/plan/questions/close/")
    page.get_by_role("link", name="Add a question").press("Enter")
    expect(page.get_by_role("heading", name="Add a question")).to_be_focused()
    more = page.locator("summary", has_text="Feedback: also on offer")
    more.press("Enter")
    page.keyboard.press("Tab")
    pace = page.get_by_label("How was the pace of the day?")
    expect(pace).to_be_focused()
    page.keyboard.press("Space")
    expect(pace).to_be_checked()
    assert [*violations(page), *small_targets(page)] == []
    page.get_by_role("button", name="Add what is ticked").press("Enter")
    added = page.locator(".to-ask-row").last
    expect(added).to_contain_text("Too slow · About right · Too fast")
    added.get_by_role("link", name="Preview").press("Enter")
    phone = page.get_by_role("region", name="A phone: While it is open")
    expect(phone.get_by_label("About right")).to_be_disabled()
    expect(phone.get_by_role("button", name="Send my answer")).to_be_disabled()
    told = page.get_by_role("region", name="The screen: With answers")
    expect(told.get_by_role("row", name="About right")).to_contain_text("of 9")
    boxes = [phone.bounding_box(), told.bounding_box()]
    assert [box and (round(box["width"]), round(box["height"])) for box in boxes[:1]] == [(360, 740)]
    assert boxes[1]
    assert abs(boxes[1]["width"] / boxes[1]["height"] - 16 / 9) < 0.01
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) == ""


def test_in_a_column_of_the_plan_the_focus_follows_what_was_done(house: House) -> None:
    section = column(house, "summary")
    page = section.page
    address = page.url
    first = "What connections do you want to make?"
    for place in (2, 3, 4):
        section.get_by_role("button", name=f"Down “{first}”").press("Enter")
        expect(section.get_by_role("status")).to_have_text(f"Moved to place {place}.")
        expect(section.locator("h3").nth(place - 1)).to_have_text(first)
    expect(section.get_by_role("button", name=f"Up “{first}”")).to_be_focused()
    section.get_by_role("link", name="Add a question").click()
    expect(section.get_by_role("heading", name="Add a question")).to_be_focused()
    section.get_by_role("link", name="Write your own").click()
    text = section.get_by_label("Question", exact=True)
    expect(text).to_be_focused()
    section.get_by_role("button", name="Add this question").click()
    expect(section.locator(".errors")).to_be_focused()
    text.fill("Who comes along?")
    section.get_by_role("button", name="Add this question").click()
    expect(section.get_by_role("link", name="Edit “Who comes along?”")).to_be_focused()
    section.locator(".sure summary").last.click()
    section.get_by_role("button", name="Delete this question").last.click()
    expect(section.get_by_text("Deleted.")).to_be_focused()
    expect(page.locator("body.submitted")).to_have_count(0)  # what is around it hears of none of its presses
    assert page.url == address


def test_every_state_passes_axe_and_reflows_and_can_be_pressed(house: House) -> None:
    page = house.desk()
    found: list[str] = []

    def look(path: str) -> None:
        page.goto(f"{house.here}/w/{house.workshop.pk}/plan/questions/{path}")
        check()

    def check() -> None:
        found.extend([*violations(page), *small_targets(page)])
        page.set_viewport_size({"width": 320, "height": 640})
        found.extend(filter(None, [sideways(page)]))
        page.set_viewport_size({"width": 1366, "height": 768})

    look("summary/")
    page.locator("summary").first.click()
    check()
    look("reflections/")
    look("lunch/ready/")
    look("lunch/new/")
    page.get_by_label("One of several").check()
    page.get_by_role("button", name="Add this question").click()
    check()
    look("close/")
    page.get_by_role("link", name="Edit").first.click()
    check()
    assert found == []

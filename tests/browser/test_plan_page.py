"""A facilitator who has never seen the plan page puts a day in order on it."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from agenda.chapters import dump_document, load_document
from agenda.models import Membership, PlanDraft, PlanVersion, Workshop

from .people import House, press, press_in
from .test_pages import sideways, small_targets, violations

IN_A_LABEL = re.compile(
    r'type="checkbox"|class="visually-hidden" name="do"'
)  # the label is what is pressed; never seen
ONE_ITEM: dict[str, Any] = {
    "key": "arrival",
    "kind": "arrival",
    "title": "Tea and arrival",
    "start": "09:00",
    "minutes": 30,
}


def blank_day(house: House, slots: Sequence[dict[str, Any]] = (ONE_ITEM,)) -> Workshop:
    """A day of one item, or of these, which the facilitator of the house may edit."""
    workshop = load_document({"slug": "blank", "title": "A new day", "date": "2027-02-26", "slots": [*slots]})
    Membership.objects.create(workshop=workshop, user=house.facilitator, role="owner")
    return workshop


def plan_of(house: House, workshop: Workshop, page: Page | None = None) -> Page:
    page = page or house.desk()
    page.goto(f"{house.here}/w/{workshop.pk}/plan/")
    expect(page.locator("#plan[data-script]")).to_have_count(1)
    return page


def row(page: Page, key: str) -> Locator:
    return page.locator(f"#row-{key}")


def order(page: Page) -> list[str]:
    return page.locator("#day-rows > li").evaluate_all("rows => rows.map((row) => row.dataset.key)")


def add(page: Page, after: str, kind: str) -> None:
    """By keyboard: the plus after an item, then the kind."""
    plus = row(page, after).locator(":scope > .plan-add > summary")
    plus.focus()
    page.keyboard.press("Enter")
    row(page, after).locator(".plan-add").get_by_role("button", name=kind, exact=True).focus()
    page.keyboard.press("Enter")


def saved(page: Page) -> None:
    expect(page.locator("#plan-state")).to_contain_text("Draft saved")


def test_a_day_is_made_by_keyboard_retimed_put_right_and_published(house: House) -> None:
    page = house.desk()
    workshop = blank_day(house)
    plan_of(house, workshop, page)
    add(page, "arrival", "Speaker")
    expect(page.locator("#title-speaker")).to_be_focused()
    page.keyboard.type("How digital helps")
    add(page, "speaker", "Lunch")
    expect(page.locator("#title-lunch")).to_have_value("Lunch")
    expect(page.locator("#fixed-lunch")).to_be_checked()
    add(page, "lunch", "Discussion")
    expect(page.locator("#title-discussion")).to_be_focused()
    page.keyboard.type("What we heard")
    expect(page.locator("#when-discussion")).to_have_text("10:45 – 11:15")

    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#announcer")).to_have_text("“What we heard” is now item 3 of 4")
    expect(page.locator("#announcer")).to_have_text("It starts at 10:00")
    expect(page.locator("#when-discussion")).to_have_text("10:00 – 10:30")
    expect(page.locator("#title-discussion")).to_be_focused()
    assert order(page) == ["arrival", "speaker", "discussion", "lunch"]

    page.locator("#at-lunch").fill("24:70")
    expect(page.locator("#said-lunch")).to_have_text(
        "“24:70” is no time of day. Write it like 09:30, or leave it empty to follow on."
    )
    expect(page.locator("#at-lunch")).to_have_attribute("aria-invalid", "true")
    page.locator("#minutes-speaker").fill("1h 15")
    expect(page.locator("#when-discussion")).to_have_text("10:45 – 11:15")
    saved(page)
    page.reload()
    expect(page.locator("#at-lunch")).to_have_value("24:70")

    press(page, "Publish")
    notice = page.locator("#plan-notice")
    expect(notice).to_be_focused()
    notice.get_by_role("link", name="Lunch: “24:70” is no time of day").click()
    expect(page.locator("#at-lunch")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("11.30")
    expect(page.locator("#said-lunch")).to_have_text("15 minutes free before this.")
    expect(page.locator("#at-lunch")).not_to_have_attribute("aria-invalid", "true")
    expect(notice).to_have_count(0)
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_contain_text("Published as version 2.")
    slots = [(slot["title"], slot["start"], slot["minutes"]) for slot in dump_document(workshop)["slots"]]
    assert slots == [
        ("Tea and arrival", "09:00", 30),
        ("How digital helps", "09:30", 75),
        ("What we heard", "10:45", 30),
        ("Lunch", "11:30", 45),
    ]

    page.get_by_role("link", name="Versions").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("From version 1 to version 2")
    changes = page.locator("#changes-pair")
    expect(changes).to_contain_text("How digital helps: new, at 09:30")
    expect(changes).to_contain_text("Lunch: new, at 11:30")
    assert violations(page) == []
    page.get_by_role("link", name="All versions").click()
    expect(page.locator("#version-2")).to_contain_text("by facilitator")
    page.locator("#version-1").get_by_role("link", name="Look at it").click()
    expect(page.locator(".programme")).to_contain_text("Tea and arrival")
    expect(page.locator(".programme")).not_to_contain_text("Lunch")
    assert violations(page) == []


def test_nothing_is_taken_from_somebody_who_types_while_times_follow(house: House) -> None:
    page = plan_of(house, house.workshop)
    box = page.locator("#title-data")
    box.fill("")
    box.press_sequentially("What we can do with data, and what we cannot", delay=40)
    expect(page.locator("#plan-state")).to_contain_text("Draft saved")
    expect(box).to_be_focused()
    expect(box).to_have_value("What we can do with data, and what we cannot")
    page.locator("#row-data .plan-more > summary").click()
    notes = page.locator("#notes-data")
    notes.press_sequentially("Mind the clock. ", delay=30)
    page.keyboard.press("Alt+ArrowDown")
    notes.press_sequentially("It stands still.", delay=30)
    expect(page.locator("#when-data")).to_have_text("13:30 – 14:15")
    expect(notes).to_have_value("Mind the clock. It stands still.")
    expect(notes).to_be_focused()


def test_a_day_of_two_hundred_items_still_follows_while_one_types(house: House) -> None:
    page = house.desk()
    starts = [f"{8 + n // 15:02}:{n % 15 * 4:02}" for n in range(200)]
    talks = [{"key": f"talk-{n}", "kind": "speaker", "title": f"Talk {n}", "start": s} for n, s in enumerate(starts)]
    workshop = blank_day(house, talks)
    plan_of(house, workshop, page)
    page.locator("#minutes-talk-3").fill("40")
    expect(page.locator("#when-talk-4")).to_have_text("08:52 – 08:56")
    expect(page.locator("#when-talk-199")).to_have_text("21:52")
    page.locator("#title-talk-3").press("End")
    page.keyboard.type(" and after", delay=50)
    expect(page.locator("#title-talk-3")).to_have_value("Talk 3 and after")


def until(page: Page, done: Callable[[], bool]) -> None:
    """What a page sends while it goes arrives after the next page may have been asked for."""
    for _ in range(100):
        if done():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never arrived")


def test_what_was_typed_in_the_last_moment_before_leaving_is_kept(house: House) -> None:
    page = plan_of(house, house.workshop)
    page.locator("#title-data").fill("Typed at the last moment")
    page.get_by_role("link", name="Desk").click()
    expect(page.get_by_role("button", name="Start the day")).to_be_visible()
    until(page, lambda: "Typed at the last moment" in str(PlanDraft.objects.values_list("value", flat=True).first()))
    plan_of(house, house.workshop, page)
    expect(page.locator("#title-data")).to_have_value("Typed at the last moment")


def test_an_item_is_dragged_by_its_grip_and_back_by_escape(house: House) -> None:
    page = plan_of(house, house.workshop)
    page.set_viewport_size({"width": 1366, "height": 1400})
    before = order(page)
    grip, target = row(page, "data").locator(".plan-grip"), row(page, "culture")

    def drag() -> None:
        start, end = grip.bounding_box(), target.bounding_box()
        assert start
        assert end
        page.mouse.move(start["x"] + 20, start["y"] + 20)
        page.mouse.down()
        page.mouse.move(start["x"] + 20, start["y"] + 60)
        page.mouse.move(start["x"] + 20, end["y"] + end["height"] - 8, steps=4)

    drag()
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(page) == before
    drag()
    page.mouse.up()
    expect(page.locator("#when-data")).to_have_text("14:15 – 15:00")
    assert order(page) == ["intros", "how-digital", "lunch", "reflections", "culture", "data", *before[6:]]


def test_an_item_is_taken_out_copied_and_brought_back(house: House) -> None:
    page = plan_of(house, house.workshop)
    row(page, "data").locator(".plan-more > summary").click()
    press_in(row(page, "data"), "Make a copy")
    expect(page.locator("#title-speaker")).to_be_focused()
    expect(page.locator("#title-speaker")).to_have_value("Deriving benefits from data")
    press_in(row(page, "data"), "Take it out")
    expect(row(page, "data")).to_have_count(0)
    expect(page.locator("#title-speaker")).to_be_focused()
    page.locator("#plan-removed").get_by_role("button", name="Bring it back").click()
    expect(page.locator("#title-data")).to_be_focused()
    row(page, "data").locator(".plan-more > summary").click()
    press_in(row(page, "data"), "Add a speaker")
    expect(page.locator("#speaker-2-data")).to_be_focused()
    page.keyboard.type("Dr Ada Byron")
    row(page, "speaker").locator(".plan-more > summary").click()
    press_in(row(page, "speaker"), "Take it out")
    expect(row(page, "speaker")).to_have_count(0)
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_have_text("Published. The running order is still that of version 1.")
    assert [person["name"] for person in dump_document(house.workshop)["slots"][2]["speakers"]][2] == "Dr Ada Byron"


def test_the_questions_of_an_item_are_written_inside_it_and_are_no_part_of_the_draft(house: House) -> None:
    page = plan_of(house, house.workshop)
    lunch = row(page, "lunch")
    lunch.locator(".plan-more > summary").click()
    questions = lunch.locator(".plan-questions")
    expect(questions).to_contain_text("What was relevant to your context?")
    questions.get_by_role("link", name="Add a question").click()
    questions.get_by_role("link", name="Write your own").click()
    questions.get_by_label("Question", exact=True).press_sequentially("Shall we meet again?", delay=30)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#plan-state")).to_have_text("As published: version 1.")
    page.locator("#title-lunch").fill("A long lunch")
    saved(page)
    expect(questions.get_by_label("Question", exact=True)).to_have_value("Shall we meet again?")
    questions.get_by_role("button", name="Add this question").click()
    expect(questions).to_contain_text("Added.")
    expect(page.locator("#title-lunch")).to_have_value("A long lunch")
    assert violations(page) == []
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_contain_text("Published as version 2.")
    document = dump_document(house.workshop)
    assert "Shall we meet again?" in {question["text"] for question in document["questions"]}


def test_two_people_at_one_plan_lose_nothing(house: House) -> None:
    first = plan_of(house, house.workshop)
    second = plan_of(house, house.workshop, first.context.new_page())
    first.locator("#title-data").fill("The first of us")
    saved(first)
    second.locator("#title-data").fill("The second of us")
    expect(second.locator("#plan-notice")).to_contain_text("facilitator saved this plan (")
    expect(second.locator("#plan-state")).to_have_text("Not saved.")
    second.locator("#title-lunch").fill("And lunch")
    expect(second.locator("#title-data")).to_have_value("The second of us")
    press(second, "Keep mine, and save over it")
    expect(second.locator("#plan-notice")).to_have_text("Saved: yours is the draft now.")
    expect(second.locator("#title-lunch")).to_have_value("And lunch")
    first.reload()
    expect(first.locator("#title-data")).to_have_value("The second of us")


def test_without_a_server_what_is_typed_stays_and_is_saved_when_it_is_back(house: House) -> None:
    page = plan_of(house, house.workshop)
    house.server.kill()
    page.locator("#title-data").fill("Typed in the dark")
    expect(page.locator("#plan-state")).to_contain_text("Not saved. What you typed is still here.")
    house.server.start()
    page.locator("#title-data").press_sequentially(" and light")
    saved(page)
    page.reload()
    expect(page.locator("#title-data")).to_have_value("Typed in the dark and light")
    house.complaints[:] = [said for said in house.complaints if "htmx:" not in said]  # it tells of the lost server


def test_the_plan_works_without_a_script(house: House) -> None:
    signed_in = house.desk()
    page = house.page({"width": 1366, "height": 768}, script=False)
    page.context.add_cookies(signed_in.context.cookies())
    page.goto(f"{house.here}/w/{house.workshop.pk}/plan/")
    page.locator("#title-data").fill("Without a script")
    page.get_by_role("button", name="Move “Lunch” up").click()
    expect(page.locator("#plan-notice")).to_have_text("“Lunch” has moved up.")
    assert order(page)[2:4] == ["lunch", "data"]
    page.locator("#minutes-culture").fill("35")
    page.locator("#minutes-culture").press("Enter")
    expect(page.locator("#plan-notice")).to_contain_text("Saved.")
    expect(page.locator("#title-data")).to_have_value("Without a script")
    page.get_by_role("button", name="Move “Lunch” down").click()
    page.locator("#minutes-culture").fill("30")
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_contain_text("Published as version 2.")
    assert PlanVersion.objects.filter(workshop=house.workshop).count() == 2


def test_the_plan_passes_axe_and_reflows_in_every_state(house: House) -> None:
    page = plan_of(house, house.workshop)
    found: list[str] = []
    wide: list[str] = []
    small: list[str] = []

    def look() -> None:
        # At its end, where the bar covers nothing that axe would then take for a target too small.
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        found.extend(violations(page))
        for width in (320, 360, 800):
            page.set_viewport_size({"width": width, "height": 740})
            wide.append(sideways(page))
            small.extend(each for each in small_targets(page) if width == 360 and not IN_A_LABEL.search(each))
        page.set_viewport_size({"width": 1366, "height": 768})

    look()
    for part in (".plan-more", ":scope > .plan-add"):
        row(page, "how-digital").locator(f"{part} > summary").click()
    look()
    page.locator("#at-lunch").fill("24:70")
    page.locator("#minutes-data").fill("200")
    expect(page.locator("#plan-count")).to_have_text("2 things to look at")
    page.locator("#plan-count").click()
    look()
    row(page, "data").locator(".plan-more > summary").click()
    press_in(row(page, "data"), "Take it out")
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_be_focused()
    look()
    page.emulate_media(color_scheme="dark")
    look()
    page.goto(f"{house.here}/w/{house.workshop.pk}/desk/")
    press(page, "Start the day")
    press(page, "Move on")
    expect(page.locator(".live-title")).to_have_text("How digital is helping councils")
    plan_of(house, house.workshop, page)
    expect(page.locator("#row-intros")).to_contain_text("Done")
    look()
    assert found == []
    assert [each for each in wide if each] == []
    assert small == []

"""Somebody brings an agenda as they have it, and has a published day a minute later."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agenda.import_models import Reading
from agenda.models import Workshop

from .people import PHONE, House, press
from .test_pages import sideways, small_targets, violations

EVENING = """An evening on data
25 February 2027
6:30 Welcome
6:45 - 7:30 What we do with data by Ann Ash
7:30 - 7:45 Break
7:45 - 9:00 Your questions
9:00 Close
Bring a pen with you
"""


def bring(house: House, text: str = EVENING) -> Page:
    page = house.desk()
    page.goto(f"{house.here}/staff/")
    page.get_by_role("link", name="Bring your own agenda").click()
    page.get_by_label("Paste your running order").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#reading[data-script]")).to_have_count(1)
    return page


def test_an_agenda_is_pasted_put_right_created_published_and_printed(house: House) -> None:
    page = bring(house)
    expect(page.get_by_role("heading", name="1 thing to decide")).to_be_visible()
    expect(page.locator(".made-when").first).to_contain_text("18:30")
    page.get_by_role("button", name="In the morning, 06:30").click()
    expect(page.locator(".made-when").first).to_contain_text("06:30")
    press(page, "In the evening, 18:30")
    expect(page.locator(".made-when").first).to_contain_text("18:30")
    evening = page.get_by_role("button", name="In the evening, 18:30")
    expect(evening).to_have_attribute("aria-pressed", "true")
    expect(evening).to_be_focused()
    expect(page.get_by_role("heading", name="Everything is decided")).to_be_visible()

    last = page.locator("#line-8")
    expect(page.locator("#made-items")).to_contain_text("Bring a pen")
    page.locator("#line-3").focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(last).to_be_focused()
    expect(page.locator(".made-item.linked h3")).to_have_text("Close")
    page.keyboard.press("x")
    expect(last.locator(".read-fate")).to_have_text("ignored")
    expect(last).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Line 8: ignored")
    expect(page.locator("#made-items")).not_to_contain_text("Bring a pen")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#line-7")).to_be_focused()

    page.locator("#id_title").fill("An evening on data")
    page.locator("#id_date").fill("2027-02-25")
    press(page, "Create the day")
    expect(page.locator("#plan[data-script]")).to_have_count(1)
    assert not Reading.objects.exists()
    workshop = Workshop.objects.get(title="An evening on data")
    assert not workshop.plan_versions.exists()
    expect(page.locator("#title-welcome")).to_have_value("Welcome")
    expect(page.locator("#when-welcome")).to_have_text("18:30 – 18:45")
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_contain_text("Published as version 1.")
    page.goto(f"{house.here}/w/{workshop.pk}/order/")
    expect(page.locator(".programme")).to_contain_text("What we do with data")
    expect(page.locator(".programme")).to_contain_text("Ann Ash")
    expect(page.locator(".programme li").first).to_contain_text("18:30")


TWO_DAYS = """Our two days
Friday 26 February 2027
10:00 Welcome
10:30 Data
12:00 Close
Saturday 27 February 2027
9:30 Coffee
10:00 What to do about it
12:00 Close
"""


def test_of_an_agenda_of_two_days_the_second_is_made(house: House) -> None:
    page = bring(house, TWO_DAYS)
    expect(page.locator("#made-items h3")).to_have_text(["Welcome", "Data", "Close"])
    page.get_by_role("radio", name="Saturday 27 February 2027").check()
    expect(page.locator("#made-items h3")).to_have_text(["Coffee", "What to do about it", "Close"])
    expect(page.locator("#reading-days")).to_contain_text("3 items of the other days are not taken")
    assert violations(page) == []
    press(page, "Create the day")
    expect(page.locator("#plan[data-script]")).to_have_count(1)
    expect(page.locator("#when-coffee")).to_have_text("09:30 – 10:00")
    expect(page.locator("#title-welcome")).to_have_count(0)
    assert str(Workshop.objects.get(title="Our two days").date) == "2027-02-27"


def test_an_agenda_is_read_again_into_the_plan_of_its_day(house: House) -> None:
    page = bring(house)
    page.get_by_role("button", name="In the evening, 18:30").click()
    press(page, "Create the day")
    expect(page.locator("#plan[data-script]")).to_have_count(1)
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_contain_text("Published as version 1.")

    page.get_by_role("link", name="Read an agenda again").click()
    changed = EVENING.replace("7:45 - 9:00 Your questions", "7:45 - 8:30 Your questions\n8:30 The vote")
    page.get_by_label("Paste your running order").fill(changed)
    press(page, "Read it")
    expect(page.locator("#reading[data-script]")).to_have_count(1)
    page.get_by_role("button", name="In the evening, 18:30").click()
    would = page.locator("#reading-changes")
    expect(would).to_contain_text("Your questions")
    expect(would).to_contain_text("The vote")
    expect(would).not_to_contain_text("Welcome")
    assert violations(page) == []
    press(page, "Put it into the draft")
    expect(page.locator("#plan[data-script]")).to_have_count(1)
    expect(page.locator("#when-the-vote")).to_have_text("20:30 – 21:00")
    expect(page.locator("#when-your-questions")).to_have_text("19:45 – 20:30")
    workshop = Workshop.objects.get(title="An evening on data")
    assert workshop.plan_versions.count() == 1
    press(page, "Publish")
    expect(page.locator("#plan-notice")).to_contain_text("Published as version 2.")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "our day.csv"
    file.write_text("Start,What\n10:00,Welcome\n10:30,Data\n", encoding="utf-8")
    return file


def test_a_file_is_sent_by_script_and_by_hand_and_a_bad_one_keeps_what_was_pasted(house: House, table: Path) -> None:
    page = house.desk()
    page.goto(f"{house.here}/staff/import/")
    expect(page.locator("#bring[data-script]")).to_have_count(1)
    page.get_by_label("Paste your running order").fill("What I have pasted")
    chooser = page.get_by_label("Or choose a file")
    chooser.set_input_files({"name": "day.docx", "mimeType": "", "buffer": b"PK\x03\x04 and no more"})
    press(page, "Read it")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator(".bring-file .error")).to_be_visible()
    expect(page.get_by_label("Paste your running order")).to_have_value("What I have pasted")
    assert violations(page) == []
    chooser.set_input_files(table)
    press(page, "Read it")
    expect(page.locator(".reading-name")).to_have_text("our day.csv")
    expect(page.locator(".made-item h3")).to_have_text(["Welcome", "Data"])
    house.complaints[:] = [said for said in house.complaints if "422" not in said]


def test_a_dropped_file_is_read_at_once(house: House) -> None:
    page = house.desk()
    page.goto(f"{house.here}/staff/import/")
    expect(page.locator("#bring[data-script]")).to_have_count(1)
    dropped = page.evaluate_handle(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(["10:00 Welcome\\n10:30 Data"], "dropped.txt"));
            return held;
        }"""
    )
    page.dispatch_event("#bring", "dragover", {"dataTransfer": dropped})
    expect(page.locator("#bring.takes")).to_have_count(1)
    page.dispatch_event("#bring", "drop", {"dataTransfer": dropped})
    expect(page.locator(".reading-name")).to_have_text("dropped.txt")


def test_the_pages_pass_axe_reflow_and_work_without_a_script(house: House) -> None:
    page = bring(house)
    found: list[str] = []
    wide: list[str] = []

    def look() -> None:
        found.extend(violations(page))
        for width in (320, 360, 800):
            page.set_viewport_size({"width": width, "height": 740})
            wide.append(sideways(page))
        page.set_viewport_size({"width": 1366, "height": 768})

    look()
    page.locator("#line-4").focus()
    look()
    page.emulate_media(color_scheme="dark")
    look()
    page.locator("#id_date").fill("")
    press(page, "Create the day")
    expect(page.locator("#errors")).to_be_focused()
    look()
    page.goto(f"{house.here}/staff/import/")
    look()
    assert found == []
    assert [each for each in wide if each] == []

    plain = house.page(PHONE, script=False)
    plain.context.add_cookies(page.context.cookies())
    plain.goto(f"{house.here}/staff/import/")
    plain.get_by_label("Paste your running order").fill(EVENING)
    plain.get_by_role("button", name="Read it").click()
    plain.get_by_role("button", name="In the morning, 06:30").click()
    expect(plain.locator(".made-when").first).to_contain_text("06:30")
    plain.locator("#fate-8-ignored").click()
    expect(plain.locator("#line-8 .read-fate")).to_have_text("ignored")
    assert [each for each in small_targets(plain) if 'class="visually-hidden"' not in each] == []
    plain.locator("#id_title").fill("By hand")
    plain.locator("#id_date").fill("2027-02-25")
    plain.get_by_role("button", name="Create the day").click()
    expect(plain.locator("#title-welcome")).to_have_value("Welcome")

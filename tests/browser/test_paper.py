"""What comes out of the printer."""

import re

from playwright.sync_api import expect

from agenda.models import PlanVersion

from .people import LAPTOP, House
from .test_pages import sideways, small_targets, violations

A4 = b"/MediaBox [0 0 594.95996 841.91998]"


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_the_newcastle_day_is_one_sheet_of_black_on_white(house: House) -> None:
    phone = house.phone()
    phone.goto(f"{house.here}/w/{house.workshop.pk}/order/")
    expect(phone.get_by_role("link", name="Add to your calendar")).to_be_visible()
    for scheme in ("light", "dark"):
        phone.emulate_media(media="print", color_scheme=scheme)
        expect(phone.locator(".programme > li")).to_have_count(9)
        expect(phone.locator("a")).to_have_count(4)
        assert [link for link in phone.locator("a").all() if link.is_visible()] == []
        expect(phone.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
        expect(phone.locator(".day-time").first).to_have_css("color", "rgb(51, 51, 51)")
        expect(phone.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        pdf = phone.pdf(prefer_css_page_size=True)
        assert sheets(pdf) == 1
        assert pdf.count(A4) == 1


def test_the_six_questions_about_the_day_are_one_sheet(house: House) -> None:
    desk = house.desk()
    desk.goto(f"{house.here}/w/{house.workshop.pk}/feedback/paper/")
    expect(desk.locator(".paper-question")).to_have_count(6)
    pdf = desk.pdf(prefer_css_page_size=True)
    assert (sheets(pdf), pdf.count(A4)) == (1, 1)


def test_a_long_day_takes_the_sheets_it_needs_and_cuts_no_item(house: House) -> None:
    publish_long_day(house)
    phone = house.phone()
    phone.goto(f"{house.here}/w/{house.workshop.pk}/order/")
    assert 2 <= sheets(phone.pdf(prefer_css_page_size=True)) <= 12
    phone.emulate_media(media="print")
    uncut = phone.locator(".programme > li").evaluate_all("all => all.map((e) => getComputedStyle(e).breakInside)")
    assert set(uncut) == {"avoid"}


def publish_long_day(house: House) -> None:
    """Every item has a hand-out with something of everything."""
    text = (
        "# Read this\n"
        + "A long line of words. " * 20
        + "\n\n> said\n\n1. one\n2. two\n\n```\ncode\n```\n\n[a](https://example.org/)"
    )
    first = house.workshop.plan_versions.get()
    value = first.value | {"slots": [slot | {"detail": text} for slot in first.value["slots"]]}
    PlanVersion.objects.create(workshop=house.workshop, number=2, value=value)


def test_a_hand_out_with_everything_passes_axe_and_reflows(house: House) -> None:
    publish_long_day(house)
    desk, phone = house.desk(), house.phone()
    desk.get_by_role("button", name="Start the day", exact=True).first.click()
    expect(phone.locator("#phone-now h3")).to_have_text("Read this")
    screen = house.screen(desk)
    expect(screen.locator("#screen-main h2")).to_have_text("Read this")
    found = violations(phone) + violations(screen)
    pages = [phone]
    for size in (LAPTOP, {"width": 320, "height": 640}):
        page = house.page(size)
        page.context.add_cookies(phone.context.cookies())
        page.goto(f"{house.here}/w/{house.workshop.pk}/order/")
        found += violations(page)
        pages.append(page)
    assert found == []
    phone.set_viewport_size({"width": 320, "height": 640})
    assert [sideways(page) for page in pages] == [""] * 3
    assert [small for small in small_targets(pages[2]) if "example.org" not in small] == []

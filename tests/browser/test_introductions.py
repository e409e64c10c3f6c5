"""Introductions in real browsers: the card from twelve metres, and a council by its first letters."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from agenda import cards, councils
from agenda.card_models import Card
from agenda.cards import Introduction
from agenda.models import Attendee
from agenda.register import Entry
from sessions.introducing import Shown

from .people import House, press
from .test_answer_faces import CUT, NARROW, SCREEN, SMALL, draw, sheet  # noqa: F401 - a fixture
from .test_pages import sideways, violations
from .test_staging import faults

NAMES = [
    "",
    "Ann Ash",
    "Councillor Maximiliane-Josephine von Hohenberg-Featherstonehaugh of Upper Example",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Featherstonehaugh",
]
COUNCILS = [
    "",
    "Exampleshire",
    "The Royal Borough and Combined Metropolitan Authority of Upper Sample and Nether Example with Hill",
]
WORDS = "We run three systems for one resident and nobody dares to switch any of them off before the year is over. "
TOO_WIDE = """() => [...document.querySelectorAll(".face *")]
    .filter((e) => e.scrollWidth > e.clientWidth + 2 && e.clientWidth && getComputedStyle(e).display !== "inline")
    .map((e) => `${e.className}: ${e.scrollWidth} of ${e.clientWidth}`)"""
BELOW = """() => { const foot = document.querySelector(".screen-foot").getBoundingClientRect().top;
    return [...document.querySelectorAll(".introduction > *")]
        .filter((e) => e.getBoundingClientRect().bottom > foot + 1).map((e) => e.className); }"""


def face(shown: Shown, after: Shown | None) -> str:
    going = SimpleNamespace(speaking=shown, after=after, is_on=True)
    live = SimpleNamespace(item=SimpleNamespace(title="Intros and Discussion"))
    return render_to_string(
        "live/screen/_main.html", {"room": SimpleNamespace(face="intros", live=live, introductions=going)}
    )


def card(name: str, council: str, words: str) -> Shown:
    said = {"interest": words[:500], "key_point": words[:300], "experience": words[:300]}
    roles = list(Card.Role.values) if len(words) > 200 else []
    return Shown(name, council, Card(roles=roles, portfolio=words[:160], is_ask=bool(words), on_screen=True, **said))


def wrong(page: Page, shown: Shown) -> list[str]:
    """What cannot be read of this card on the screen."""
    foot = '<footer class="screen-foot"><div id="screen-foot"></div></footer>'
    body = f'<main class="screen-main"><div>{face(shown, card(NAMES[2], "", ""))}</div></main>{foot}'
    draw(page, SCREEN, "screen", body, "screen", "answers_screen", "introductions_screen")
    return [str(each) for script in (CUT, SMALL, TOO_WIDE, BELOW) for each in page.evaluate(script)]


@pytest.mark.parametrize("times", [0, 1, 5])
def test_a_card_can_be_read_from_the_back_row_whatever_is_on_it(sheet: Page, times: int) -> None:  # noqa: F811
    shown = [card(name, council, WORDS * times) for name in NAMES for council in COUNCILS]
    assert [fault for one in shown for fault in wrong(sheet, one)] == []


def test_somebody_who_did_not_choose_it_has_a_face_of_their_own(sheet: Page) -> None:  # noqa: F811
    assert wrong(sheet, Shown()) == []
    assert "One of us" in sheet.locator("h1").inner_text()


def test_a_card_fits_on_the_narrowest_phone(sheet: Page) -> None:  # noqa: F811
    for name in NAMES:
        going = SimpleNamespace(speaking=card(name, COUNCILS[2], WORDS * 5), after=Shown(NAMES[3]), is_on=True)
        live = SimpleNamespace(item=SimpleNamespace(title="Intros and Discussion"))
        part = render_to_string(
            "live/phone/_introduction.html", {"room": SimpleNamespace(live=live, introductions=going)}
        )
        draw(
            sheet,
            NARROW,
            "phone",
            f"<main><section><div data-region='now'><div>{part}</div></div></section></main>",
            "phone",
        )
        assert sideways(sheet) == ""


def test_somebody_introduces_themselves_and_the_room_sees_it_when_the_desk_says_next(house: House) -> None:
    councils.load_register(
        entries=[Entry("Upper Example Borough Council", "uppex"), Entry("Exampleshire County Council")]
    )
    desk = house.desk()
    phone, screen = house.phone(), house.screen(desk)
    phone.goto(f"{house.here}/w/{house.workshop.pk}/who/card/")
    field = phone.get_by_label("Your council or organisation")
    field.focus()
    expect(field).to_have_attribute("role", "combobox")
    field.press_sequentially("uppe")
    expect(phone.get_by_role("option")).to_have_text(["Upper Example Borough Council"])
    expect(phone.locator(".councils [role=status]")).to_have_text("1 name to choose from")
    assert faults(phone) == []
    field.press("ArrowDown")
    assert violations(phone) == []
    field.press("Enter")
    expect(field).to_have_value("Upper Example Borough Council")
    expect(phone.get_by_role("option")).to_have_count(0)
    field.fill("exam")
    expect(phone.get_by_role("option")).to_have_text(["Exampleshire County Council", "Upper Example Borough Council"])
    field.press("Escape")
    expect(phone.get_by_role("option")).to_have_count(0)
    field.fill("uppex")
    phone.get_by_role("option").click()
    phone.get_by_label("Your name").fill("Ann Ash")
    phone.get_by_label("The one thing you want to say").fill("Who shares a data officer?")
    phone.get_by_label("This is an ask").check()
    phone.get_by_label("Show my card on the screen").check()
    phone.get_by_role("button", name="Save my introduction").click()
    expect(phone.locator("#bar")).to_be_visible()
    bob = Attendee.objects.create(workshop=house.workshop, name="Bob Birch", device="none")
    cards.introduce(attendee=bob, said=Introduction(name="Bob Birch", interest="Roads"))
    press(desk, "Start the day")
    expect(desk.locator("#desk-introductions .pace")).to_contain_text("2 still to speak")
    expect(desk.locator("body[data-resting]")).to_have_count(0)
    desk.keyboard.press("n")
    for page in (screen, phone):
        expect(page.locator(".introduction-name")).to_have_text("Ann Ash")
        expect(page.locator(".introduction-ask")).to_contain_text("I ask you")
        expect(page.locator(".introduction")).to_contain_text("Upper Example Borough Council")
        expect(page.locator(".introduction")).to_contain_text("Next: one of us")
    assert faults(desk, phone, screen) == []
    press(desk, "Next")
    for page in (screen, phone):
        expect(page.locator(".introduction-name")).to_contain_text("One of us")
    expect(desk.locator(".speaking-now")).to_contain_text("Bob Birch")
    expect(desk.locator("body[data-resting]")).to_have_count(0)
    desk.keyboard.press("z")
    expect(screen.locator(".introduction-name")).to_have_text("Ann Ash")

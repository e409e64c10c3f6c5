"""A facilitator groups forty notes by keyboard alone, and the scribe beside them sees it happen."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from agenda import sign_in
from tests.cast import user_with
from tests.feedback.room import give, new_question

from .people import LAPTOP, House, press
from .test_pages import violations

TOPICS = ("Buses", "Data", "Homes", "Trees")
NOTES = 40


def themes_page(house: House, page: Page) -> Page:
    page.goto(f"{house.here}/w/{house.workshop.pk}/summary/themes/")
    return page


def scribe(house: House) -> Page:
    """Somebody else who groups, in a browser of their own."""
    page = house.page(LAPTOP)
    user = user_with("sam", house.workshop, "scribe")
    token = sign_in.make_link(user=user, now=timezone.now())
    page.goto(f"{house.here}/in/{token}")
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("/in/"))
    return themes_page(house, page)


def group_all(page: Page, notes: int) -> list[str]:
    """Every note, whose first word is its topic, into a theme of that name. Gives the names in the order they came."""
    page.keyboard.press("l")
    begun: list[str] = []
    for left in range(notes - 1, 0, -1):  # one waits for two others
        topic = page.locator(".theme-answer.in-hand label").inner_text().split()[0]
        if topic in begun:
            page.keyboard.press(str(begun.index(topic) + 1))
        else:
            begun.append(topic)
            page.keyboard.press("n")
            page.keyboard.type(topic)
            page.keyboard.press("Enter")
        expect(page.locator("#themes-left")).to_have_text(re.compile(rf"^\s*{left - 1} answers? "))
    expect(page.locator(".theme-answer")).to_have_count(0)
    expect(page.locator(".theme h3")).to_have_count(len(TOPICS))
    return begun


def test_forty_notes_are_grouped_by_keyboard_alone(house: House) -> None:
    question = new_question(house.workshop, "sheet", occasion="flipchart")
    for number in range(NOTES):
        give(question, f"{TOPICS[number % len(TOPICS)]} note {number}")
    page, beside = themes_page(house, house.desk()), scribe(house)
    begun = group_all(page, NOTES)
    expect(beside.locator("#themes-left")).to_have_text(re.compile(r"^\s*0 answers "))
    expect(beside.locator(".theme h3").first).to_contain_text(begun[0])
    page.keyboard.press("u")
    expect(page.locator(".theme-answer")).to_have_count(1)
    expect(beside.locator(".theme-answer")).to_have_count(1)
    assert violations(page) == []


def test_what_is_ticked_goes_along_when_one_of_it_is_dragged_onto_a_theme(house: House) -> None:
    question = new_question(house.workshop, "sheet", occasion="flipchart")
    for topic in TOPICS + ("Roads", "Bins"):
        give(question, topic)
    page = themes_page(house, house.desk())
    rows, theme = page.locator(".theme-answer"), page.locator(".theme")
    expect(rows).to_have_count(6)
    rows.nth(0).get_by_role("checkbox").check()
    page.get_by_label("A new theme of what is ticked").fill("What we run")
    press(page, "Begin a theme")
    expect(rows).to_have_count(5)
    for place in (0, 2):
        rows.nth(place).get_by_role("checkbox").check()
    rows.nth(2).drag_to(theme)
    expect(rows).to_have_count(3)
    expect(theme.locator(".count")).to_have_text("3")
    expect(page.locator("#themes-undo")).to_contain_text("2 answers put in “What we run”")

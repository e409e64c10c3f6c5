"""Options put in order on a phone: by keyboard, where the focus stays and each move is said, and without a script."""

import re

from playwright.sync_api import Locator, Page, expect

from feedback.models import Question
from tests.feedback.room import new_question
from tests.live import day

from .people import House, press

LABELS = ["Skills", "Data", "Money", "Time"]
OPTIONS = [{"key": label.lower(), "label": label} for label in LABELS]


def asked(house: House, **config: object) -> Question:
    """The room is asked to put four options in order."""
    day.begin(house.workshop, until="intros")
    where: dict[str, object] = {"slot": "intros", "kind": "ranking", "config": {"options": OPTIONS} | config}
    new_question(house.workshop, "order", status="ready", text="What comes first?", **where)
    return day.ask(house.workshop, "order")


def order(phone: Page) -> list[str]:
    return [label.strip() for label in phone.locator(".place label").all_inner_texts()]


def row(phone: Page, label: str) -> Locator:
    return phone.locator(".place").filter(has_text=label)


def focused(phone: Page) -> str:
    return str(phone.evaluate("document.activeElement.textContent")).split(maxsplit=1)[-1].strip()


def test_an_order_is_made_by_keyboard_the_focus_stays_and_each_move_is_said(house: House) -> None:
    asked(house)
    phone = house.phone()
    expect(phone.locator(".movers").first).to_be_visible()
    start = order(phone)
    assert sorted(start) == sorted(LABELS)
    expect(phone.locator("#send-state")).to_be_empty()  # nobody has written anything yet
    last, third = start[3], start[2]
    row(phone, last).get_by_role("button", name=f"Up: {last}").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#announcer")).to_have_text(f"{last}: place 3 of 4")
    assert order(phone) == [*start[:2], last, third]
    assert focused(phone) == f"Up: {last}"
    phone.keyboard.press("Space")
    phone.keyboard.press("Space")
    expect(phone.locator("#announcer")).to_have_text(f"{last}: place 1 of 4")
    phone.keyboard.press("Space")  # it cannot go further, and nothing is lost
    assert order(phone) == [last, *start[:3]]
    assert focused(phone) == f"Up: {last}"
    expect(row(phone, last).get_by_role("button", name=f"Up: {last}")).to_have_attribute("aria-disabled", "true")
    phone.reload()
    expect(phone.locator(".movers").first).to_be_visible()
    assert order(phone) == [last, *start[:3]]
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    row(phone, start[2]).get_by_role("button", name=f"Up: {start[2]}").press("Enter")
    expect(phone.locator("#send-state")).to_be_empty()  # the new order is not sent
    row(phone, start[2]).get_by_role("button", name=f"Down: {start[2]}").press("Enter")
    expect(phone.locator("#send-state")).to_have_text("Saved")  # and this is the one that was


def test_only_the_first_few_have_places(house: House) -> None:
    question = asked(house, top=2)
    phone = house.phone()
    expect(phone.locator(".place[data-beyond]")).to_have_count(2)
    expect(phone.locator(".by-button")).to_contain_text("Only the first 2 count.")
    start = order(phone)
    row(phone, start[2]).get_by_role("button", name="Up").click()
    press(phone, "Send my answer")
    expect(phone.locator("#send-state")).to_have_text("Saved")
    value = question.answers.get().value
    assert value == {key.lower(): "" for key in LABELS} | {start[0].lower(): "1", start[2].lower(): "2"}


def test_without_a_script_places_are_typed(house: House) -> None:
    asked(house)
    phone = house.phone(script=False)
    for label, place in zip(LABELS, "2131", strict=True):
        phone.get_by_label(label, exact=True).fill(place)
    press(phone, "Send my answer")
    expect(phone.get_by_role("alert")).to_contain_text("Two of them have place 1. Give each a place of its own.")
    expect(phone.get_by_label("Money", exact=True)).to_have_value("3")
    phone.get_by_label("Time", exact=True).fill("4")
    press(phone, "Send my answer")
    expect(phone.locator("#mine-list")).to_contain_text(re.compile(r"1\. Data\s*2\. Skills\s*3\. Money\s*4\. Time"))

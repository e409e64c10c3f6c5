"""A phone whose own clock is wrong: what it counts is right all the same."""

import re

from playwright.sync_api import Page, expect

from .people import House, press

# The page's idea of the time of day, twenty minutes out; performance.now() goes on as it does on such a phone.
WRONG = """
const Real = Date;
const out = MINUTES * 60000;
Date = class extends Real {
  constructor(...given) { super(...(given.length ? given : [Real.now() + out])); }
  static now() { return Real.now() + out; }
};
"""


def test_a_phone_that_is_twenty_minutes_out_counts_the_right_minutes_to_the_restart(house: House) -> None:
    desk = house.desk()
    press(desk, "Start the day")
    for clock, title in (
        ("11:15", "How digital is helping councils"),
        ("12:00", "Deriving benefits"),
        ("12:45", "Lunch"),
    ):
        house.set_clock(clock)
        press(desk, "Move on")
        expect(desk.locator(".live-title").first).to_contain_text(title)
    right = house.phone()
    wrong = [with_clock_out(house, minutes) for minutes in (-20, 20)]
    for phone in (right, *wrong):
        expect(phone.locator(".until")).to_have_text(re.compile("^in 4[0-5] min$"))
    expect(desk.locator(".clock-left").first).to_have_text(re.compile("^4[0-5] min$"))
    house.set_clock("13:28")
    for phone in (right, *wrong):
        expect(phone.locator(".until")).to_have_text(re.compile("^in [12] min$"))


def with_clock_out(house: House, minutes: int) -> Page:
    phone = house.phone(script=True)
    phone.add_init_script(WRONG.replace("MINUTES", str(minutes)))
    phone.reload()
    out = phone.evaluate("Date.now()") - right_now(phone)
    assert abs(out - minutes * 60_000) < 5_000
    return phone


def right_now(phone: Page) -> float:
    """The true time by a clock that the script above has not touched."""
    return float(phone.evaluate("performance.timeOrigin + performance.now()"))

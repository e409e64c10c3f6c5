"""The speaker's own time: one number that is read from two metres, and nothing that moves the day."""

import re
import uuid

from playwright.sync_api import Page, expect

from agenda import clock
from agenda.models import LogEntry, Workshop
from tests.live import day

from .people import LAPTOP, PHONE, PROJECTOR, House, press
from .test_pages import sideways, small_targets, violations

LOW, NARROW = {"width": 740, "height": 360}, {"width": 320, "height": 640}


def make_link(house: House, desk: Page) -> str:
    """The desk makes a link for the first talk."""
    desk.get_by_role("link", name="Speakers and their links").click()
    desk.get_by_role("button", name="Make a private link for How digital").click()
    return desk.get_by_label("The private link").input_value()


def opened(house: House, address: str, size: dict[str, int]) -> Page:
    """The speaker opens the link, as it was made: in the hall, on plain http."""
    page = house.page(size)
    page.goto(address)
    press(page, "Open the speaker’s view")
    expect(page).to_have_url(re.compile(r"/speaker/how-digital/$"))
    expect(page.locator("#link-words")).to_have_text("Live")
    return page


def begin_talk(house: House) -> None:
    """The desk moves on to the first talk at 11:15."""
    day.begin(house.workshop)
    house.set_clock("11:15")
    day.begin(house.workshop, until="how-digital")


def hold(house: House, kind: str) -> None:
    """An entry of the log that no press at the desk writes yet."""
    workshop = Workshop.objects.get(pk=house.workshop.pk)
    last = LogEntry.objects.filter(workshop=workshop).latest("seq")
    LogEntry.objects.create(
        workshop=workshop, seq=last.seq + 1, press=uuid.uuid4(), kind=kind, at=max(last.at, clock.now(workshop))
    )
    workshop.touch(phones=True)


def test_a_speaker_sees_their_own_time_from_before_until_after(house: House) -> None:
    desk = house.desk()
    speaker = opened(house, make_link(house, desk), PHONE)
    turn, number = speaker.locator("#turn"), speaker.locator(".turn-number")
    expect(turn).to_contain_text("You are on")
    expect(speaker.locator(".turn-when")).to_have_text("about 11:15")
    day.begin(house.workshop)
    expect(turn).to_contain_text("You are next")
    begin_talk(house)
    expect(number).to_have_text("45")
    expect(speaker.get_by_text("minutes left")).to_be_visible()
    expect(speaker.get_by_text("until 12:00")).to_be_visible()
    expect(speaker.get_by_text("Then: Deriving benefits from data, about 12:00")).to_be_visible()
    hold(house, "hold")
    expect(speaker.locator(".turn-when")).to_have_text("On hold")
    hold(house, "release")
    expect(number).to_have_text("45")
    house.set_clock("11:58")
    expect(number).to_have_text(re.compile(r"^[12]:\d\d$"))
    expect(speaker.get_by_text("left", exact=True)).to_be_visible()
    house.set_clock("12:10")
    expect(number).to_have_text(re.compile(r"^\+(9|10):\d\d$"))
    expect(speaker.get_by_text("over", exact=True)).to_be_visible()
    expect(speaker.get_by_text("minutes left")).to_be_hidden()
    expect(turn).not_to_contain_text("late")
    day.begin(house.workshop, until="data")
    expect(turn).to_contain_text("Thank you")


def test_the_number_counts_up_past_zero_by_itself_and_turns_ochre(house: House) -> None:
    desk = house.desk()
    speaker = opened(house, make_link(house, desk), LAPTOP)
    begin_talk(house)
    number = speaker.locator(".turn-number")
    expect(number).to_have_text("45")
    ink = number.evaluate("e => getComputedStyle(e).color")
    # Between two states of the server: nothing but the page's own clock runs on.
    speaker.evaluate("document.querySelector('.turn-number').dataset.endsMs = Date.now() + 4000")
    expect(number).to_have_text(re.compile(r"^0:0[0-4]$"))
    expect(number).to_have_text(re.compile(r"^\+0:(0[1-9]|[1-5]\d)$"))
    assert number.evaluate("e => getComputedStyle(e).color") != ink
    expect(speaker.get_by_text("over", exact=True)).to_be_visible()


def test_the_speaker_hides_the_number_on_this_device_and_it_stays_hidden(house: House) -> None:
    desk = house.desk()
    address = make_link(house, desk)
    speaker, lectern = opened(house, address, PHONE), opened(house, address, LAPTOP)
    begin_talk(house)
    speaker.get_by_label("Hide the time left").check()
    expect(speaker.locator(".turn-number")).to_be_hidden()
    expect(speaker.get_by_text("until 12:00")).to_be_visible()
    house.set_clock("11:30")
    hold(house, "hold")
    hold(house, "release")
    expect(lectern.locator(".turn-number")).to_have_text("30")
    expect(speaker.locator(".turn-number")).to_have_text("30")
    expect(speaker.locator(".turn-number")).to_be_hidden()
    expect(lectern.locator(".turn-number")).to_be_visible()


def test_a_link_that_is_revoked_stops_the_page_at_once(house: House) -> None:
    desk = house.desk()
    speaker = opened(house, make_link(house, desk), PHONE)
    press(desk, "Revoke the link for How digital is helping councils")
    expect(speaker.locator("#link-words")).to_have_text("This page is out of date – open it again")
    speaker.reload()
    expect(speaker.locator("h1")).to_have_text("There is nothing at this address")


def test_without_a_script_the_speaker_reads_until_when(house: House) -> None:
    desk = house.desk()
    address = make_link(house, desk)
    begin_talk(house)
    plain = house.page(PHONE, script=False)
    plain.goto(address)
    press(plain, "Open the speaker’s view")
    expect(plain.get_by_text("until 12:00")).to_be_visible()
    expect(plain.get_by_text("minutes left")).to_be_hidden()
    plain.get_by_role("link", name="Look again").click()
    expect(plain.get_by_text("until 12:00")).to_be_visible()


def number_box(speaker: Page) -> dict[str, float]:
    """Where the ink of the number may be, in pixels of the window."""
    return speaker.locator(".turn-number").evaluate(
        """e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return range.getBoundingClientRect().toJSON();
        }"""
    )


def test_the_number_is_large_and_whole_on_every_device(house: House) -> None:
    desk = house.desk()
    address = make_link(house, desk)
    found = violations(desk) + small_targets(desk)
    speaker = opened(house, address, PHONE)
    found += violations(speaker)
    begin_talk(house)
    expect(speaker.locator(".turn-number")).to_have_text("45")
    for shown, says in (("11:15", "45"), ("11:58", r"[12]:\d\d"), ("12:10", r"\+10:\d\d"), ("13:50", r"\+110:\d\d")):
        house.set_clock(shown)
        hold(house, "hold")
        expect(speaker.locator(".turn-when")).to_have_text("On hold")
        hold(house, "release")
        expect(speaker.locator(".turn-number")).to_have_text(re.compile(f"^{says}$"))
        for size in (PHONE, LAPTOP, PROJECTOR, LOW, NARROW):
            speaker.set_viewport_size(size)
            box = number_box(speaker)
            assert (box["left"] >= 0, box["right"] <= size["width"]) == (True, True), (shown, size, box)
            assert (box["top"] >= 0, box["bottom"] <= size["height"]) == (True, True), (shown, size, box)
            assert box["height"] > min(size["width"] * 0.18, size["height"] * 0.3), (shown, size, box)
            assert sideways(speaker) == ""
        speaker.set_viewport_size(PHONE)
        for scheme in ("light", "dark"):
            speaker.emulate_media(color_scheme=scheme)
            found += violations(speaker)
    tick, label = (speaker.locator(name).bounding_box() for name in ("#no-clock", ".no-clock-label"))
    assert min(tick["height"], label["height"], label["width"]) >= 44  # one target: the box and its words
    assert found + [each for each in small_targets(speaker) if "no-clock" not in each] == []

"""Days that do not go as planned: late before lunch, and a night in which the clocks change."""

from playwright.sync_api import Page, expect

from .people import House, press, press_in


def projected(desk: Page, title: str) -> str:
    """When the desk says that an item starts."""
    line = desk.locator("#desk-day li").filter(has=desk.get_by_text(title, exact=True))
    return line.locator(".day-time").inner_text()


def test_a_first_speaker_twelve_minutes_over_does_not_cost_anybody_lunch(late_house: House) -> None:
    desk = late_house.desk()
    screen, phone = late_house.screen(desk), late_house.phone()
    press(desk, "Start the day")
    expect(desk.locator(".live-title")).to_have_text("First speaker")
    late_house.set_clock("10:58")
    expect(desk.locator(".clock-left").first).to_contain_text("+12:")
    expect(desk.locator("#desk-recovery")).to_contain_text("Lunch is 8 minutes late")
    assert [projected(desk, title) for title in ("Discussion A", "Coffee", "Second speaker", "Lunch")] == [
        "10:58",
        "11:38",
        "11:53",
        "12:53",
    ]
    cards = desk.locator(".recovery .card")
    expect(cards).to_have_count(4)
    expect(cards.nth(0)).to_contain_text("Discussion A 40 → 36 min, Coffee 15 → 14 min, Discussion B 30 → 27 min")
    expect(cards.nth(0)).to_contain_text("Lunch 12:45")
    expect(cards.nth(1)).to_contain_text("Drop Discussion B")
    expect(cards.nth(2)).to_contain_text("Move Lunch to 12:55")
    expect(cards.nth(3)).to_contain_text("Carry on as it is")
    nobody_is_told_in_public(screen, phone)

    press_in(cards.nth(0), "Do this Discussion A 40 → 36 min, Coffee 15 → 14 min, Discussion B 30 → 27 min")
    expect(desk.locator("#desk-recovery")).to_have_count(0)
    assert projected(desk, "Lunch") == "12:45"
    expect(desk.locator(".drift").first).to_contain_text("we finish about 15:25")
    phone.locator("#bar").get_by_text("Day").click()
    expect(phone.locator("#phone-day li").filter(has_text="Lunch")).to_contain_text("12:45")

    expect(desk.locator("#desk-undo")).to_contain_text("gave “Discussion A” 36 min and 2 more")
    press(desk, "Undo")
    expect(desk.locator("#desk-recovery")).to_contain_text("Lunch is 8 minutes late")
    assert projected(desk, "Lunch") == "12:53"


def nobody_is_told_in_public(screen: Page, phone: Page) -> None:
    """What runs over is the desk's to know: no countdown and no word of it on the screen or a phone."""
    for page in (screen, phone):
        expect(page.locator("body")).to_contain_text("First speaker")
        words = page.locator("body").inner_text().lower().split()
        assert not {"over", "late", "+12", "behind"}.intersection(words)


def test_by_keyboard_alone_the_day_is_lengthened_held_rescued_and_taken_back(late_house: House) -> None:
    desk = late_house.desk()
    press(desk, "Start the day")
    expect(desk.locator(".live-title")).to_have_text("First speaker")
    late_house.set_clock("10:57")
    expect(desk.locator("#desk-recovery")).to_contain_text("Lunch is 7 minutes late")
    for key, said in (
        ("+", "gave 1 more minute"),
        ("]", "gave 5 more minutes"),
        ("-", "took 1 minute off"),
        ("h", "held the clock"),
        ("h", "let the clock go on"),
        ("1", "gave “Discussion A”"),
        ("u", "let the clock go on"),
    ):
        expect(desk.locator("body[data-resting]")).to_have_count(0)
        desk.keyboard.press(key)
        expect(desk.locator("#desk-undo")).to_contain_text(said)
    for key in ("PageDown", "PageUp", "b", ".", "F5"):  # a clicker's
        if key != "F5":
            desk.keyboard.press(key)
    expect(desk.locator(".live-title")).to_have_text("First speaker")
    expect(desk.locator("#desk-undo")).to_contain_text("let the clock go on")


def test_a_day_that_crosses_the_change_of_the_clocks_keeps_true_time(october_house: House) -> None:
    desk = october_house.desk()
    screen = october_house.screen(desk)
    press(desk, "Start the day")
    expect(desk.locator(".live-title")).to_have_text("Arrival")
    october_house.set_clock("00:30")
    press(desk, "Move on")
    expect(desk.locator(".live-title")).to_have_text("A talk through the night")
    # Two hours from 00:30, in a night that has one hour twice, are over at 01:30 on the clock.
    expect(desk.locator(".clock-words").first).to_have_text("until 01:30")
    expect(desk.locator(".clock-left").first).to_have_text("120 min")
    assert projected(desk, "Tea") == "02:00"
    expect(screen.locator(".foot-clock")).to_have_text("00:30")
    october_house.set_clock("02:00")
    press(desk, "Move on")
    expect(desk.locator(".live-title")).to_have_text("Tea")
    assert projected(desk, "Good morning") == "03:00"
    expect(desk.locator(".drift").first).to_contain_text("On time")

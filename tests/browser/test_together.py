"""Three questions open at once over lunch: one press at the desk, one page on the phone, a line on the screen."""

from playwright.sync_api import expect

from feedback.models import Answer
from tests.live import day

from .people import House, press
from .test_pages import sideways, small_targets, violations


def test_over_lunch_three_questions_are_one_page_and_come_back_in_reflections(house: House) -> None:
    day.begin(house.workshop, until="lunch")
    desk, phone = house.desk(), house.phone()
    screen = house.screen(desk)
    press(desk, "Ask all three together")
    expect(desk.locator("#desk-together")).to_contain_text("Three questions are open together")
    expect(screen.locator("#screen-main .restart")).to_be_visible()
    expect(screen.locator("#screen-main .together")).to_have_text("Three questions are on your phone")
    inside = (
        "(line) => line.getBoundingClientRect().bottom <= line.closest('.screen-main').getBoundingClientRect().bottom"
    )
    assert screen.locator("#screen-main .together").evaluate(inside)
    expect(phone.locator("#phone-now .restart")).to_be_visible()
    phone.get_by_role("link", name="Three questions for you").click()
    expect(phone.locator(".form-place")).to_have_text("1 of 3")
    assert [*violations(phone), *small_targets(phone), *filter(None, [sideways(phone)])] == []
    phone.locator(".part:visible textarea").fill("Who owns shared data?")
    press(phone, "Next")
    expect(phone.locator(".form-state")).to_have_text("Saved so far")
    expect(screen.locator("#screen-main .together")).to_contain_text("1 has answered")
    phone.get_by_role("link", name="What is on now?").click()
    phone.get_by_role("link", name="You have answered one of three. Go on").click()
    expect(phone.locator(".part:visible textarea")).to_have_value("Who owns shared data?")
    for words in ("Eleven systems", "The cloud"):
        press(phone, "Next")
        phone.locator(".part:visible textarea").fill(words)
    press(phone, "Send my answers")
    expect(phone.get_by_role("link", name="You have answered all three. Change an answer")).to_be_visible()
    assert [*violations(phone), *small_targets(phone), *violations(desk)] == []
    assert sorted(Answer.objects.values_list("value", flat=True)) == [
        "Eleven systems",
        "The cloud",
        "Who owns shared data?",
    ]
    press(desk, "Move on")
    expect(phone.locator("#phone-together a:visible")).to_have_count(0)
    press(desk, "Show answers")
    expect(screen.locator("#screen-main")).to_contain_text("Who owns shared data?")

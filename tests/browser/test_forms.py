"""Forms of several questions on a phone with a script: one at a time, and saved as they are filled."""

import re

from playwright.sync_api import Page, expect

from agenda.models import Attendee
from feedback.models import Answer

from .people import PHONE, House, press
from .test_pages import sideways, small_targets, violations


def begin(house: House) -> Page:
    page = house.page(PHONE, mobile=True)
    page.goto(f"{house.here}/j/{house.workshop.join_token}/survey/")
    press(page, "Begin")
    return page


def faults(page: Page) -> list[str]:
    return [*violations(page), *small_targets(page), *filter(None, [sideways(page)])]


def said() -> dict[str, object]:
    return {row.question.key: row.value for row in Answer.objects.select_related("question")}


def test_the_survey_is_one_question_at_a_time_and_is_there_again_on_the_day(house: House) -> None:
    phone = begin(house)
    expect(phone.locator(".form-place")).to_have_text("1 of 7")
    expect(phone.locator(".part:visible")).to_have_count(1)
    assert faults(phone) == []
    phone.get_by_label("Your name (optional)").fill("Ann Ash")
    phone.get_by_label("a councillor", exact=True).check()
    with phone.expect_response(re.compile("/survey/$")):  # who somebody is goes by itself
        press(phone, "Next")
    expect(phone.locator(".part:visible h2")).to_be_focused()
    expect(phone).to_have_title("2 of 7 – Before the day – Data and Digital Masterclass")
    phone.get_by_label("Quite").check()
    assert faults(phone) == []
    press(phone, "Next")
    phone.get_by_label("What do you want from the day?").fill("Where do we start?")
    press(phone, "Next")
    expect(phone.locator(".form-state")).to_have_text("Saved so far")
    assert said() == {"pre_conf": {"confident": "quite"}, "pre_goal": "Where do we start?"}
    assert Attendee.objects.get().name == "Ann Ash"
    phone.reload()
    press(phone, "Next")
    expect(phone.get_by_label("Quite")).to_be_checked()
    press(phone, "Next")
    expect(phone.get_by_label("What do you want from the day?")).to_have_value("Where do we start?")
    for _ in range(2):
        press(phone, "Next")
    phone.get_by_label("What do you want to ask of the others").fill("Who maps drains?")
    for _ in range(2):
        press(phone, "Next")
    press(phone, "Send my answers")
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert faults(phone) == []
    assert said() == {
        "pre_conf": {"confident": "quite"},
        "pre_goal": "Where do we start?",
        "pre_ask": "Who maps drains?",
    }
    phone.goto(f"{house.here}/j/{house.workshop.join_code}/")
    expect(phone.get_by_text("Welcome, Ann Ash.")).to_be_visible()
    press(phone, "Join")
    phone.locator("#bar").get_by_text("My notes").click()
    expect(phone.locator("#mine")).to_contain_text("Who maps drains?")


def test_without_a_network_the_form_waits_and_then_goes(house: House) -> None:
    phone = begin(house)
    for _ in range(2):
        press(phone, "Next")
    phone.context.set_offline(True)
    phone.get_by_label("What do you want from the day?").fill("Written on the train")
    for _ in range(4):
        press(phone, "Next")
    press(phone, "Send my answers")
    expect(phone.locator(".form-state")).to_have_text(
        "Not everything is sent yet. It is kept on this phone, and we keep trying.", timeout=30_000
    )
    assert said() == {}
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible(timeout=30_000)
    assert said() == {"pre_goal": "Written on the train"}

"""What the desk does with a question and its answers, in real browsers."""

from playwright.sync_api import expect

from feedback.models import Question
from tests.live import day

from .people import House, press, press_in, write
from .test_pages import type_key
from .test_staging import faults


def test_a_question_nobody_prepared_lives_from_its_first_key_to_its_second_time(house: House) -> None:
    desk, phone = house.desk(), house.phone()
    screen = house.screen(desk)
    press(desk, "Start the day")
    type_key(desk, "q")
    box = desk.get_by_label("Your question to the room")
    expect(box).to_be_focused()
    press(desk, "Ask the room now")
    expect(desk.locator("#notice")).to_have_text("Write the question first.")
    box.fill("Shall we go on?")
    press(desk, "Ask the room now")
    article = desk.locator("article.asked").filter(has_text="Shall we go on?")
    press_in(article, "Give 2 minutes")
    for page in (phone, screen):
        expect(page.locator(".advice-words")).to_have_text("2 minutes left")
    press(phone, "Hide the time")
    expect(phone.locator(".advice-words")).to_be_hidden()
    write(phone, "heron")
    asked = Question.objects.get(text="Shall we go on?")
    for words in ("otter", "badger"):
        day.answer(asked, words)
    expect(article).to_contain_text("3 answers")
    press_in(article, "Show answers")
    for page in (phone, screen):
        expect(page.locator(".card").filter(has_text="heron")).to_be_visible()
    expect(phone.locator(".advice-words")).to_be_hidden()  # it stays away when the page changes
    press_in(article, "Hide heron")
    for page in (phone, screen):
        expect(page.locator(".card").filter(has_text="heron")).to_have_count(0)
    expect(article.locator(".card-hidden")).to_contain_text("heron")
    type_key(desk, "r")
    expect(article.locator(".card-hidden")).to_be_hidden()
    type_key(desk, "r")
    assert faults(desk, phone, screen) == []
    press_in(article, "Put back heron")
    expect(screen.locator(".card").filter(has_text="heron")).to_be_visible()
    type_key(desk, "c")
    press_in(article, "Ask again, to compare")
    expect(article).to_have_count(2)
    expect(phone.locator("#question-form textarea")).to_have_value("")
    expect(phone.locator(".card")).to_have_count(0)

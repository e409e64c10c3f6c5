"""A press takes as long as a hand takes, and answers come meanwhile."""

from playwright.sync_api import Locator, Page, expect

from feedback.models import Question
from tests.live import day

from .people import House, press
from .test_pages import type_key


def hold(page: Page, what: Locator) -> None:
    """Put the pointer down on it and leave it there. The page's clock stands still: however slow this machine is, no
    time passes for the hand."""
    expect(page.locator("body[data-resting]")).to_have_count(0)
    what.hover()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 0.1)
    page.mouse.down()


def comes(page: Page, question: Question, words: str) -> None:
    """An answer is handed in, and the page has been told of it."""
    before = page.locator("body").get_attribute("data-stamp") or ""
    day.answer(question, words)
    expect(page.locator("body")).not_to_have_attribute("data-stamp", before)


def test_a_press_that_lasts_while_an_answer_comes_is_heard_and_a_longer_one_keeps_nothing_back(house: House) -> None:
    desk = house.desk()
    desk.clock.install()
    desk.reload()  # its timers are that clock's from the first
    press(desk, "Start the day")
    type_key(desk, "q")
    desk.get_by_label("Your question to the room").fill("Shall we go on?")
    press(desk, "Ask the room now")
    article = desk.locator("article.asked").filter(has_text="Shall we go on?")
    expect(article.get_by_role("button", name="Close", exact=True)).to_be_visible()
    question = Question.objects.get(text="Shall we go on?")

    hold(desk, article.get_by_role("button", name="Close", exact=True))
    comes(desk, question, "heron")
    desk.mouse.up()
    desk.clock.resume()
    expect(article.get_by_role("button", name="Close", exact=True)).to_have_count(0)
    expect(article).to_contain_text("1 answer")
    question.refresh_from_db()
    assert question.status == "closing"

    hold(desk, article.locator("h2").first)
    comes(desk, question, "otter")
    expect(article).not_to_contain_text("2 answers")
    desk.clock.run_for(1100)
    expect(article).to_contain_text("2 answers")
    desk.mouse.up()
    desk.clock.resume()

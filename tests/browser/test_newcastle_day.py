"""The whole Newcastle day in real browsers: a desk, a screen, and three phones."""

import csv
import io
import re

from playwright.sync_api import Page, expect

from feedback.models import Answer
from tests.cast import SAMPLE

from .people import House, look_again, press, press_in, write
from .proxy import Wire
from .test_wire import LONG

HOSTILE = "Forms online <script>alert(1)</script>"
FORMULA = "=1+1 is what our ledger said"
TITLES = re.findall(r'^title = "(.+)"$', SAMPLE.read_text("utf-8").split("[[slots]]", 1)[1], re.MULTILINE)


def move_on(desk: Page, to: str) -> None:
    press(desk, "Move on")
    expect(desk.locator(".live-title")).to_have_text(to)


def ask(desk: Page, question: str, *, by_phone: bool = False) -> None:
    """Ask the room; `by_phone` turns a question the room would talk about into one that phones answer."""
    article = desk.locator("article.asked").filter(has_text=question)
    if by_phone:
        press_in(article, "Let phones answer")
        expect(article).to_contain_text("Everybody on their phone")
    press_in(article, "Ask the room")
    expect(article.get_by_role("button", name="Close", exact=True)).to_be_visible()


def show(desk: Page, question: str) -> None:
    article = desk.locator("article.asked").filter(has_text=question)
    press_in(article, "Show answers")
    expect(article).to_contain_text("shown to the room")


def test_the_newcastle_day_runs_from_the_welcome_to_the_close(house: House) -> None:
    assert len(TITLES) == 9
    desk = house.desk()
    screen = house.screen(desk)
    expect(screen.locator("#screen-main")).to_contain_text(house.workshop.join_code)
    wire = house.wire()
    hall = house.phone(house.hall)
    wired = house.phone(f"http://localhost:{wire.port}")
    plain = house.phone(script=False)
    for page in (desk, screen, hall, wired):
        page.evaluate("window.neverReloaded = true")

    agree_to_the_rules(desk, screen, hall, wired, plain)
    press(desk, "Start the day")
    expect(desk.locator(".live-title")).to_have_text(TITLES[0])
    for page in (hall, wired):
        expect(page.locator("#phone-head")).to_contain_text(TITLES[0])
        page.locator("#bar").get_by_text("Now").click()
    answer_a_scale(desk, screen, hall, wired, plain)

    house.set_clock("11:15")
    move_on(desk, TITLES[1])
    expect(screen.locator("#screen-main")).to_contain_text("Cllr Joyce McCarty")
    answer_in_words(desk, screen, hall, wired, plain)
    miss_an_item(desk, wire, wired)
    lunch(house, desk, screen, hall)
    lose_the_server(house, desk, screen, hall, wired)
    finish(house, desk, screen, hall, wired, plain)
    take_home(desk, house)
    for page in (desk, screen, wired):
        assert page.evaluate("window.neverReloaded") is True


def agree_to_the_rules(desk: Page, screen: Page, *phones: Page) -> None:
    press(desk, "Ground rules")
    expect(screen.locator("#screen-main")).to_contain_text("Confidentiality, to stimulate open sharing")
    expect(screen.locator("#screen-main")).to_contain_text("0 of 3 agreed")
    for phone in phones:
        phone.locator("#bar").get_by_text("Rules").click()
        press(phone, "I agree")
        expect(phone.get_by_text("You have agreed. Thank you.")).to_be_visible()
    expect(screen.locator("#screen-main")).to_contain_text("3 of 3 agreed")
    expect(desk.locator("#desk-room")).to_contain_text("3 of 3 agreed")


def answer_a_scale(desk: Page, screen: Page, hall: Page, wired: Page, plain: Page) -> None:
    question = "How confident do you feel today?"
    asked = desk.locator("article.asked").filter(has_text=question)
    ask(desk, question)
    expect(screen.locator("h1")).to_have_text(question)
    for phone, point in ((hall, "Somewhat"), (wired, "Quite")):
        phone.get_by_label(point).check()
        press(phone, "Send my answer")
        expect(phone.locator("#send-state")).to_have_text("Saved")
    expect(asked).to_contain_text("2 answers")
    expect(asked.locator(".bars")).to_have_count(0)  # below three the desk, too, sees only the count
    look_again(plain)
    plain.get_by_label("Quite").check()
    press(plain, "Send my answer")
    expect(plain.get_by_role("button", name="Change my answer")).to_be_visible()
    expect(plain.get_by_label("Quite")).to_be_checked()
    expect(screen.locator(".bars")).to_have_count(0)
    expect(asked).to_contain_text("3 answers")  # or the desk would change under the press
    show(desk, question)
    expect(screen.locator("#screen-main")).to_contain_text("2 of 3 (67%)")
    expect(hall.locator("#phone-answers")).to_contain_text("2 of 3 (67%)")


def answer_in_words(desk: Page, screen: Page, hall: Page, wired: Page, plain: Page) -> None:
    question = "What are you pleased with so far?"
    ask(desk, question, by_phone=True)
    write(hall, HOSTILE)
    write(wired, "One contact centre")
    look_again(plain)
    write(plain, FORMULA)
    for phone in (hall, wired):
        expect(phone.locator("#send-state")).to_have_text("Saved")
    wired.locator("#question-form textarea").fill("One contact centre for nine services")
    press(wired, "Change my answer")
    expect(wired.locator("#send-state")).to_have_text("Saved")
    expect(desk.locator("article.asked").filter(has_text=question)).to_contain_text("3 answers")
    press_in(desk.locator("article.asked").filter(has_text=question), "Close")
    expect(desk.locator("article.asked").filter(has_text=question)).to_contain_text("Closed")
    show(desk, question)
    expect(screen.locator(".card")).to_have_count(3)
    expect(screen.locator(".cards")).to_contain_text(HOSTILE)
    expect(screen.locator(".cards")).to_contain_text("One contact centre for nine services")


def miss_an_item(desk: Page, wire: Wire, wired: Page) -> None:
    wire.cut()
    move_on(desk, TITLES[2])
    ask(desk, "What data issues have you experienced?", by_phone=True)
    expect(wired.locator("#link-words")).to_have_text(
        "No connection – your answers are safe on this phone", timeout=LONG
    )
    expect(wired.locator("#phone-head")).to_contain_text(TITLES[1])
    wire.mend()
    expect(wired.locator("#phone-head")).to_contain_text(TITLES[2], timeout=LONG)
    expect(wired.locator("#question-form")).to_contain_text("What data issues have you experienced?")
    write(wired, "Eleven systems, eleven truths")
    expect(wired.locator("#send-state")).to_have_text("Saved")


def lunch(house: House, desk: Page, screen: Page, hall: Page) -> None:
    house.set_clock("12:53")
    move_on(desk, "Lunch")
    # Eight minutes late and forty-five long: the room is told the next five minutes, not the plan.
    for page in (screen.locator("#screen-main"), hall.locator("#phone-now")):
        expect(page).to_contain_text("We start again at about 13:40")
    expect(desk.locator(".drift")).to_contain_text("8 minutes late")
    ask(desk, "What new thoughts or questions do you have?")
    expect(hall.locator("#question-form")).to_contain_text("What new thoughts")
    write(hall, "Who owns the data of a shared service?")
    expect(hall.locator("#send-state")).to_have_text("Saved")


def lose_the_server(house: House, desk: Page, screen: Page, hall: Page, wired: Page) -> None:
    before = Answer.objects.count()
    house.server.kill()
    write(wired, "How do small districts begin?")
    expect(wired.locator("#send-state")).to_contain_text("Not sent yet")
    house.server.start()
    expect(wired.locator("#send-state")).to_have_text("Saved", timeout=LONG)
    assert Answer.objects.count() == before + 1
    for page in (desk, hall):
        expect(page.locator("#link-words")).to_have_text("Live", timeout=LONG)
    house.set_clock("13:38")
    move_on(desk, "Reflections")
    expect(screen.locator("#screen-main")).to_contain_text("Reflections", timeout=LONG)
    for page in (hall, wired):
        expect(page.locator("#phone-head")).to_contain_text("Reflections", timeout=LONG)


def finish(house: House, desk: Page, screen: Page, hall: Page, wired: Page, plain: Page) -> None:
    for title, clock in zip(TITLES[5:], ("13:50", "14:20", "15:15", "15:30"), strict=True):
        house.set_clock(clock)
        move_on(desk, title)
        expect(hall.locator("#phone-head")).to_contain_text(title)
        if title == "Summary":
            for question in (
                "What connections do you want to make?",
                "What insights have you got?",
                "What questions are you taking back with you?",
                "What do you want to do, now?",
            ):
                ask(desk, question)
                expect(hall.locator("#question-form")).to_contain_text(question)
                write(hall, f"Mine to: {question}")
                expect(hall.locator("#send-state")).to_have_text("Saved")
    assert hall.evaluate("window.neverReloaded") is True  # until it leaves the day for the form
    hall.get_by_role("link", name="Tell us how the day was").click()
    expect(hall.locator(".form-place")).to_be_visible()
    hall.get_by_label("Excellent").first.check()
    send_form(hall)
    hall.get_by_role("link", name="Back to the day").click()
    expect(desk.locator("[data-replied]")).to_contain_text("1 of")
    press(desk, "Move on")
    expect(desk.locator(".live-title")).to_have_text("The day is closed")
    expect(screen.locator("#screen-main")).to_contain_text("Have a safe journey home")
    for phone in (hall, wired):
        expect(phone.locator("#phone-now")).to_contain_text("Further support")
    look_again(plain)
    expect(plain.locator("#phone-now")).to_contain_text("Further support")


def send_form(phone: Page) -> None:
    """The rest of the form as it is, to its last question, and off it goes."""
    expect(phone.locator(".form-place")).to_be_visible()  # its script has begun: one question at a time
    while phone.get_by_role("button", name="Next").is_visible():
        press(phone, "Next")
    press(phone, "Send my answers")
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()


def take_home(desk: Page, house: House) -> None:
    page = desk.context.new_page()
    page.goto(f"{house.here}/w/{house.workshop.pk}/summary/")
    for said in (HOSTILE, FORMULA, "Eleven systems, eleven truths", "Mine to: What insights have you got?"):
        expect(page.get_by_text(said, exact=True)).to_be_visible()
    page.get_by_role("link", name="Take it home").click()
    with page.expect_download() as download:
        press(page, "Download the answers (CSV)")
    assert download.value.suggested_filename == "2020-02-07_newcastle_answers.csv"
    text = download.value.path().read_bytes().decode("utf-8-sig")
    said = [row["value_text"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert f"'{FORMULA}" in said
    assert HOSTILE in said
    assert len(said) == Answer.objects.count()

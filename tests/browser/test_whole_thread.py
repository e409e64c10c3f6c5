"""One thread from before the day to the mail after it: three councillors, a facilitator, a scribe and a screen."""

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from agenda import new_days
from feedback import posting
from feedback.models import Question
from tests.feedback.post_office import PostOffice, open_office
from tests.feedback.room import give
from tests.server import start

from .people import PHONE, House, press, press_in
from .test_newcastle_day import TITLES, move_on, send_form
from .test_sheets import put, sheet_of
from .test_themes import NOTES, TOPICS, group_all, scribe, themes_page

COUNCILLORS = ("Ann Ash", "Bob Birch", "Cat Cedar")
MAIL = "ann@example.org"


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with open_office(settings) as office:
        yield office


@pytest.fixture
def posted_house(browser: Browser, office: PostOffice, transactional_db: None) -> Iterator[House]:
    """A server of its own, which offers mail and knows where it goes."""
    with start(DEBUG="1", EMAIL_URL=f"smtp://127.0.0.1:{office.port}", MAIL_FROM="day@example.org") as server:
        house = House(browser, server)
        yield house
        house.close()
        assert house.complaints == []


def answer_before_the_day(house: House, name: str) -> Page:
    phone = house.page(PHONE, mobile=True)
    phone.goto(f"{house.here}/j/{house.workshop.join_token}/survey/")
    press(phone, "Begin")
    phone.get_by_label("Your name (optional)").fill(name)
    phone.get_by_label("a councillor", exact=True).check()
    for _ in range(2):
        press(phone, "Next")
    phone.get_by_label("What do you want from the day?").fill(f"Data for {name}")
    send_form(phone)
    return phone


def arrive(house: House, phone: Page, name: str) -> None:
    phone.goto(f"{house.here}/j/{house.workshop.join_code}/")
    expect(phone.get_by_text(f"Welcome, {name}.")).to_be_visible()
    press(phone, "Join")
    phone.goto(f"{house.here}/w/{house.workshop.pk}/who/card/")
    expect(phone.get_by_label("Your name")).to_have_value(name)
    expect(phone.get_by_text("What you said before the day stands here already.")).to_be_visible()
    phone.get_by_label("Show my card on the screen").check()
    press(phone, "Save my introduction")
    expect(phone.locator("#bar")).to_be_visible()


def introduce(desk: Page, screen: Page) -> None:
    heard = set()
    for label in ("Begin going round", "Next", "Next"):
        before = screen.locator(".introduction-name").all_inner_texts()
        press(desk, label)
        name = screen.locator(".introduction-name")
        if before:
            expect(name).not_to_have_text(before[0])
        heard.add(name.inner_text())
        expect(screen.locator(".introduction")).to_contain_text(f"Data for {name.inner_text()}")
    assert heard == set(COUNCILLORS)


def write_on_the_sheet(house: House, desk: Page, phones: list[Page]) -> Page:
    """Everybody from their phone, and a scribe for a table; the rest was on paper. Gives the scribe's page."""
    sheets = sheet_of(desk, house, "Everybody on their phone")
    for topic, phone in zip(TOPICS, phones, strict=False):
        phone.locator("#bar").get_by_text("Now").click()
        put(phone, f"{topic} from a phone")
        expect(phone.locator("#send-state")).to_have_text("Saved")
    writer = scribe(house)
    writer.goto(sheets.url)
    writer.get_by_text("Type a note").click()
    form = writer.locator("details[open]")
    form.get_by_label("Note").fill(f"{TOPICS[3]} from a table")
    form.get_by_label("Table (optional)").fill("4")
    form.get_by_label("People at it (optional)").fill("6")
    press_in(form, "Put it on the sheet")
    expect(writer.locator(".sheet")).to_contain_text("6 people")
    sheet = Question.objects.get(workshop=house.workshop, text="What gets in the way?")
    for number in range(4, NOTES):
        give(sheet, f"{TOPICS[number % len(TOPICS)]} on paper {number}")
    return writer


def present(desk: Page, screen: Page) -> None:
    """The summary on the screen, page by page."""
    press(desk, "Summary")
    seen = screen.locator("#screen-main")
    expect(seen).to_contain_text("What we heard")
    for topic in TOPICS:
        expect(seen).to_contain_text(topic)
    onward = desk.locator("#page-after")
    while onward.count():
        page = desk.locator(".summary-pages").inner_text()
        press_in(desk.locator(".summary-pages"), onward.inner_text())
        expect(desk.locator(".summary-pages")).not_to_have_text(page)


def test_a_day_is_one_thread_from_the_survey_to_the_mail(posted_house: House, office: PostOffice) -> None:
    house = posted_house
    phones = [answer_before_the_day(house, name) for name in COUNCILLORS]
    desk = house.desk()
    screen = house.screen(desk)
    for phone, name in zip(phones, COUNCILLORS, strict=True):
        arrive(house, phone, name)
    press(desk, "Start the day")
    introduce(desk, screen)

    write_on_the_sheet(house, desk, phones)
    page = themes_page(house, desk.context.new_page())
    group_all(page, NOTES + len(COUNCILLORS) + 1)
    present(desk, screen)

    for title in TITLES[1:]:
        move_on(desk, title)
    for phone in phones:
        phone.get_by_role("link", name="Tell us how the day was").click()
        phone.get_by_label("Excellent").first.check()
        send_form(phone)
    expect(desk.locator("[data-replied]")).to_contain_text("3 of")

    phone = phones[0]
    phone.goto(f"{house.here}/w/{house.workshop.pk}/your-day/")
    phone.get_by_label("What will you do?").first.fill("Ring the port")
    phone.get_by_role("button", name=re.compile("^Keep")).first.click()
    expect(phone.locator("#commitment")).to_contain_text("Ring the port")
    phone.get_by_label("Your e-mail address").first.fill(MAIL)
    phone.get_by_role("button", name="Send it to me").click()
    expect(phone.locator("#keep")).to_contain_text(MAIL)
    posting.send_due(now=timezone.now())
    (mail,) = office.to(MAIL)
    assert "Ring the port" in mail.get_content()
    a_copy_shows_nothing_of_it(house, desk)


def a_copy_shows_nothing_of_it(house: House, desk: Page) -> None:
    now = timezone.now()
    day = house.workshop
    copy = new_days.start(
        user=house.facilitator,
        title="Another day",
        date=day.date,
        place=day.place,
        start_from=day,
        rehearsal=True,
        now=now,
    )
    for path in ("summary/", "summary/themes/", "sheets/", "people/", "export/", "next-day/", "desk/"):
        desk.goto(f"{house.here}/w/{copy.pk}/{path}")
        text = desk.locator("body").inner_text()
        assert not [said for said in (*COUNCILLORS, "from a phone", "from a table", "on paper 7", MAIL) if said in text]

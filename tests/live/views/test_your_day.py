"""Your day: a page of one's own, written on and saved without a script."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from agenda.models import Workshop
from agenda.services import Refused
from feedback import commitments, posting, sealing
from feedback.exports import answers as exported
from feedback.models import Answer
from feedback.notes import write_note
from tests.cast import Phone, browser_of, phone_in, user_with
from tests.feedback.filled_forms import hidden, send
from tests.feedback.post_office import open_office
from tests.feedback.room import give, opened
from tests.feedback.sealed_room import end, pass_days
from tests.live import day

RING = {"what": "Ring <the port>", "first": "Find the number", "by": "Friday"}


def address(workshop: Workshop, more: str = "") -> str:
    return f"/w/{workshop.pk}/your-day/{more}"


def words(page: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def write(phone: Phone, **said: str) -> HttpResponse:
    """Fill in the form as it stands on the page, and send it."""
    workshop = phone.attendee.workshop
    data = hidden(phone.client.get(address(workshop)).content.decode())
    asked = commitments.questions(workshop).get()
    data |= {f"{asked.pk.hex}.value.{part}": text for part, text in said.items()}
    return phone.client.post(address(workshop), data)  # type: ignore[return-value]


@pytest.fixture
def running(workshop: Workshop) -> Workshop:
    day.begin(workshop)
    return workshop


def test_before_the_day_there_is_nothing_to_write_and_no_question_is_made(workshop: Workshop) -> None:
    page = phone_in(workshop).client.get(address(workshop))
    assert "once the day has started" in words(page)
    assert not commitments.questions(workshop).exists()


def test_what_somebody_will_do_is_kept_changed_and_taken_away(running: Workshop) -> None:
    phone = phone_in(running)
    assert write(phone, **RING).status_code == 302
    assert "Ring <the port> First step: Find the number By when: Friday" in words(phone.client.get(address(running)))
    write(phone, **RING | {"by": "Monday"})
    assert Answer.objects.get(attendee=phone.attendee).value == RING | {"by": "Monday"}
    write(phone, what="", first="", by="")
    assert not Answer.objects.filter(attendee=phone.attendee).exists()


def test_a_first_step_alone_is_refused_with_what_was_written(running: Workshop) -> None:
    page = write(phone_in(running), what="", first="Find the number")
    assert page.status_code == 422
    assert "Write what you will do first." in words(page)
    assert 'value="Find the number"' in page.content.decode()
    assert page.content.decode().startswith("<!doctype html>")
    assert "<title>Error: " in page.content.decode()


def test_the_page_holds_what_is_ones_own_and_nothing_of_anybody_else(running: Workshop) -> None:
    ann, beth = phone_in(running), phone_in(running)
    day.begin(running, until="how-digital")
    asked = day.ask(running, "digital_pleased")
    give(asked, "Buses by phone", ann.seat)
    give(asked, "Trams by fax", beth.seat)
    write_note(slot=asked.slot, seat=ann.seat, key=uuid.uuid4(), edit=1, raw="Ask Cy about this")
    write(ann, **RING)
    write(beth, what="Sing")
    for more in ("", "save/"):
        page = words(ann.client.get(address(running, more)))
        for mine in ("Buses by phone", "Ask Cy about this", "Ring <the port>", "Case studies"):
            assert mine in page, more
        assert "Trams" not in page
        assert "Sing" not in page


def test_the_desk_the_screen_and_the_files_have_the_count_alone(running: Workshop) -> None:
    owner = user_with("owner", running, "owner")
    for _ in range(4):
        write(phone_in(running), **RING)
    asked = commitments.questions(running).get()
    day.begin(running, until=asked.slot.key)
    assert Answer.objects.filter(question=asked, released_value__isnull=True).count() == 4
    day.ask(running, asked.key)
    with pytest.raises(Refused, match="never shown"):
        day.show(running, asked.key)
    browser = browser_of(owner)
    for path in ("desk/", "summary/", "export/", "screen/"):
        page = words(browser.get(f"/w/{running.pk}/{path}"))
        assert "Ring" not in page, path
        assert path != "summary/" or "4 people have written down what they will do" in page
        assert path != "desk/" or "4 answers" in page
    assert b"Ring" not in exported.as_csv(running).content


def test_what_is_saved_needs_nothing_from_anywhere(running: Workshop) -> None:
    phone = phone_in(running)
    write(phone, **RING)
    saved = phone.client.get(address(running, "save/"))
    text = saved.content.decode()
    assert saved["Content-Disposition"] == f'attachment; filename="your-day-{running.date:%Y-%m-%d}.html"'
    assert "<script" not in text
    fetched = re.findall(r'<(?:link|img|script|iframe)[^>]*?(?:src|href)="([^"]*)"', text)
    assert fetched
    assert all(one.startswith("data:") for one in fetched)
    assert "Ring &lt;the port&gt;" in text


def test_it_can_be_changed_after_the_close_and_nothing_new_is_taken_once_that_is_over(workshop: Workshop) -> None:
    early, never = phone_in(workshop), phone_in(workshop)
    end(workshop, days=2)
    assert write(early, **RING).status_code == 302
    pass_days(workshop, days=2)
    assert "nothing new is taken here" in words(never.client.get(address(workshop)))
    write(early, **RING | {"by": "Tuesday"})
    assert "By when: Tuesday" in words(early.client.get(address(workshop)))


def test_after_names_were_taken_off_it_says_so_and_keeps_what_is_ones_own(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    for _ in range(3):
        give(opened(workshop, "sum_insights"), "Nobody joins this to me", phone.seat)
    end(workshop, days=2)
    write(phone, **RING)
    pass_days(workshop, days=2)
    assert "Nobody joins this to me" in words(phone.client.get(address(workshop)))
    sealing.seal_when_due(workshop)
    page = words(phone.client.get(address(workshop)))
    assert "Nobody joins this to me" not in page
    assert "Nobody can tell any more which answers are yours" in page
    assert "Ring <the port>" in page


def test_no_two_headings_say_what_the_form_asks(running: Workshop) -> None:
    phone = phone_in(running)
    hidden = '<h2 id="commitment-title" class="visually-hidden">'
    assert hidden in phone.client.get(address(running)).text
    write(phone, **RING)
    assert hidden not in phone.client.get(address(running)).text


def test_a_mail_is_asked_for_watched_and_sent_from_the_page(running: Workshop, settings: Settings) -> None:
    with open_office(settings) as office:
        phone = phone_in(running)
        write(phone, **RING)
        post = phone.client.post
        wrong = post(address(running, "mail/"), {"purpose": "day", "address": "ann@example.org\nBcc: x@example.org"})
        assert wrong.status_code == 422
        assert "Write one e-mail address" in words(wrong)
        asked = post(address(running, "mail/"), {"purpose": "day", "address": "ann@example.org"})
        assert asked["Location"] == address(running) + "#mail-day"
        settings.EMAIL_PORT = 1
        posting.send_due(now=timezone.now())
        assert "Not sent yet, we keep trying." in words(phone.client.get(address(running)))
        settings.EMAIL_PORT = office.port
        posting.send_due(now=timezone.now() + timedelta(minutes=1))
        assert "It was sent, and your address is forgotten." in words(phone.client.get(address(running)))
        assert "ann@example.org" not in words(phone.client.get(address(running)))
        (mail,) = office.to("ann@example.org")
        assert "Ring <the port>" in mail.get_content()


def test_six_weeks_on_the_link_opens_what_was_promised_and_four_questions(
    running: Workshop, settings: Settings
) -> None:
    with open_office(settings) as office:
        phone = phone_in(running)
        write(phone, **RING)
        phone.client.post(address(running, "mail/"), {"purpose": "followup", "address": "ann@example.org"})
        owner = browser_of(user_with("owner", running, "owner"))
        assert "1 e-mail address is kept" in words(owner.get(f"/w/{running.pk}/keeping/"))
        after = f"/w/{running.pk}/next-day/"
        assert "1 person asked to be written to on 20 March 2020, and is still to get the mail." in words(
            owner.get(after)
        )
        assert "Six weeks on" not in words(owner.get(f"/w/{running.pk}/summary/"))
        posting.send_due(now=timezone.now())
        (mail,) = office.to("ann@example.org")
    (link,) = re.findall(r"http://[^/]+(/f/\S+)", mail.get_content())
    browser = Client()
    assert "Ring" not in words(browser.get(link)), "looking at it opens nothing"
    opens = browser.post(link)
    assert opens["Location"] == f"/w/{running.pk}/follow-up/"
    page = browser.get(opens["Location"])
    for said in (
        "Ring <the port>",
        "How far have you come",
        "What helped?",
        "What got in the way?",
        "What comes next?",
    ):
        assert said in words(page)
    assert page.content.decode().count("sees your name") == 4
    done = send(browser, running, "follow-up", fu_done="begun", fu_helped="My chief executive")
    assert done["Location"] == f"/w/{running.pk}/follow-up/thanks/"
    summary = words(owner.get(f"/w/{running.pk}/summary/"))
    assert "1 of 1 who asked for it have told us how it went" in summary
    assert "1 of 1 who asked for it have told us how it went" in words(owner.get(after))
    assert "My chief executive" in summary
    assert "Ring" not in summary
    assert "How far have you come" not in words(owner.get(f"/w/{running.pk}/desk/"))
    assert Client().get("/f/" + "a" * 43).status_code == 404


def test_who_leaves_takes_it_along(running: Workshop) -> None:
    phone = phone_in(running)
    write(phone, **RING)
    phone.client.post(f"/w/{running.pk}/leave/")
    assert not Answer.objects.filter(question__kind="commitment").exists()

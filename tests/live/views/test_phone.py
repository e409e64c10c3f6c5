"""The phone's page as it comes from the server: without a script it must do everything but refresh."""

import re
import uuid
from html import unescape

import pytest
from django.test import Client

from agenda.models import Attendee, Workshop
from feedback.models import Answer, Question
from sessions import questions
from sessions.hub import hub
from sessions.models import Agreement
from tests.cast import EVERYBODY, Cast, Phone, phone_in
from tests.live import day


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_in(workshop)


def page(workshop: Workshop, client: Client) -> str:
    return client.get(f"/w/{workshop.pk}/").text


def fields(text: str, form: str = "question-form") -> dict[str, str]:
    """What a browser would send with this form before anybody types."""
    inside = text.partition(f'<form id="{form}"')[2].partition("</form>")[0]
    inputs = re.findall(r"<input[^>]*>", inside) + [
        tag for tag in re.findall(r"<input[^>]*>", text) if f'form="{form}"' in tag
    ]
    names = {}
    for tag in inputs:
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if found.get("type") == "hidden":
            names[found["name"]] = unescape(found["value"])
    return names


def test_only_a_seat_of_this_day_opens_the_phone(cast: Cast) -> None:
    seen = {name: cast.by_name(name).get(f"/w/{cast.workshop.pk}/") for name in EVERYBODY}
    assert {name for name, reply in seen.items() if "You are in" in reply.text} == {"attendee"}
    assert {reply.status_code for name, reply in seen.items() if name != "attendee"} == {404}
    assert "join again with the code on the screen" in seen["stranger"].text


def test_the_page_starts_from_the_stamp_and_the_regions_it_shows(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop)
    text = page(workshop, phone.client)
    snapshot = hub.current(workshop.pk, "phone")
    assert f'data-stamp="{snapshot.stamp_text}"' in text
    for name, region in snapshot.regions.items():
        assert f'<div data-region="{name}" data-hash="{region.hash}">' in text


def test_an_answer_without_a_script_is_kept_shown_and_can_be_changed(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop, until="lunch")
    question = day.ask(workshop, "lunch_new")
    text = page(workshop, phone.client)
    assert "data-send>Send my answer</button>" in text
    assert "Your name is not kept with this answer." in text
    sent = fields(text) | {"value": "More <b>buses</b>"}
    reply = phone.client.post(f"/w/{workshop.pk}/answers/", sent, follow=True)
    assert reply.redirect_chain == [(f"/w/{workshop.pk}/", 302)]
    assert "data-send>Change my answer</button>" in reply.text
    assert 'class="send-state">Saved</p>' in reply.text
    assert ">\nMore &lt;b&gt;buses&lt;/b&gt;</textarea>" in reply.text
    changed = fields(reply.text) | {"value": "More trams"}
    assert (changed["key"], changed["edit"]) == (sent["key"], "2")
    assert "More trams" in phone.client.post(f"/w/{workshop.pk}/answers/", changed, follow=True).text
    assert Answer.objects.values("question", "value", "edit").get() == {
        "question": question.pk,
        "value": "More trams",
        "edit": 2,
    }


def test_a_phone_shows_its_own_answers_and_nobody_elses(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop, until="lunch")
    question = day.ask(workshop, "lunch_new")
    day.answer(question, "own-heron", seat=phone.seat)
    day.answer(question, "neighbours-otter", seat=phone_in(workshop).seat)
    own, another = page(workshop, phone.client), page(workshop, phone_in(workshop).client)
    assert own.count("own-heron") == 2  # in the form and in My notes
    assert "neighbours-otter" not in own
    assert "own-heron" not in another
    assert "data-send>Send my answer</button>" in another


def test_what_is_the_phones_own_lies_over_the_plain_region_under_the_plain_hash(
    workshop: Workshop, phone: Phone
) -> None:
    day.begin(workshop, until="lunch")
    day.answer(day.ask(workshop, "lunch_new"), "own-heron", seat=phone.seat)
    text = page(workshop, phone.client)
    plain = hub.current(workshop.pk, "phone").regions["question"]
    assert "own-heron" not in plain.html
    assert f'<div data-region="question" data-hash="{plain.hash}">' in text


def test_the_list_of_my_notes_can_be_read_by_itself(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop, until="lunch")
    day.answer(day.ask(workshop, "lunch_new"), "own-heron", seat=phone.seat)
    reply = phone.client.get(f"/w/{workshop.pk}/mine/list/")
    assert "own-heron" in reply.text
    assert "<html" not in reply.text
    assert (reply["X-Live"], "no-store" in reply["Cache-Control"]) == ("1", True)
    refused = Client().get(f"/w/{workshop.pk}/mine/list/")
    assert (refused.status_code, refused["X-Live"]) == (404, "1")
    assert "Join again: what you wrote is still here." in refused.json()["message"]


def test_somebody_agrees_and_is_thanked(workshop: Workshop, phone: Phone) -> None:
    before = page(workshop, phone.client)
    assert re.search(r"data-unless-agreed\s*>", before)
    assert re.search(r"data-if-agreed hidden>", before)
    after = phone.client.post(f"/w/{workshop.pk}/agree/", follow=True).text
    assert re.search(r"data-unless-agreed hidden>", after)
    assert re.search(r"data-if-agreed\s*>You have agreed", after)
    assert Agreement.objects.get().attendee == phone.attendee


def test_only_a_seat_of_this_day_agrees(cast: Cast) -> None:
    for name in {*EVERYBODY} - {"attendee"}:
        assert cast.by_name(name).post(f"/w/{cast.workshop.pk}/agree/").status_code == 404
    assert not Agreement.objects.exists()


def test_a_question_for_talking_has_nothing_to_type_into(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop, until="data")
    questions.ask_the_room(workshop=workshop, question=day.question(workshop, "data_issues"), actor=None)
    text = page(workshop, phone.client)
    assert "What data issues have you experienced?" in text
    assert "Talk about this together. Nothing to type here." in text
    assert '<form id="question-form"' not in text


def test_a_closed_question_still_takes_what_somebody_was_writing(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop, until="lunch")
    question = day.ask(workshop, "lunch_new")
    opened = fields(page(workshop, phone.client))
    questions.close(workshop=workshop, question=question, actor=None)
    assert "If you were still writing, you can still send it." in page(workshop, phone.client)
    phone.client.post(f"/w/{workshop.pk}/answers/", opened | {"value": "late-heron"})
    assert Answer.objects.get().value == "late-heron"


def test_a_seat_that_was_taken_away_opens_nothing(workshop: Workshop, phone: Phone) -> None:
    Attendee.objects.update(revoked_at="2026-11-22T09:00Z")
    reply = phone.client.get(f"/w/{workshop.pk}/")
    assert (reply.status_code, "There is nothing at this address" in reply.text) == (404, True)


def test_one_at_each_table_writes_and_everybody_else_reads_that_they_talk(workshop: Workshop, phone: Phone) -> None:
    day.begin(workshop)
    asked = day.ask(workshop, "sum_insights")
    questions.set_hand(workshop=workshop, question=asked, hand="scribe")
    text = unescape(page(workshop, phone.client))
    assert "Talk about this together. One of you writes for the table." in text
    assert "One person at each table writes. Is that you?" in text
    assert "Your table's name is kept with this note, yours is not." in text
    assert "Your name is not kept with this answer." not in text
    sent = fields(text) | {"value": "We agree", "table": "3"}
    assert phone.client.post(f"/w/{workshop.pk}/answers/", sent).status_code == 302
    assert Answer.objects.get().table == "3"
    questions.set_hand(workshop=workshop, question=day.ask(workshop, "sum_questions"), hand="scribe")
    assert re.search(r'name="table"\s+value="3"', page(workshop, phone.client))
    assert re.search(r'name="table"\s+value=""', page(workshop, phone_in(workshop).client))


@pytest.mark.parametrize(
    ("role", "writes", "says_so"), [("councillor", True, False), ("officer", False, False), ("", False, True)]
)
def test_a_question_for_councillors_is_read_along_by_everybody_else(
    workshop: Workshop, phone: Phone, role: str, writes: bool, says_so: bool
) -> None:
    Attendee.objects.filter(pk=phone.attendee.pk).update(role=role)
    Question.objects.filter(key="lunch_new").update(councillors_only=True)
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    text = page(workshop, phone.client)
    form = re.search(r'<form id="question-form"[^>]*>', text)
    along = re.search(r'<div class="talk" data-for="other unsaid"[^>]*>', text)
    tell = re.search(r'<p data-for="unsaid"[^>]*>', text)
    assert form
    assert along
    assert tell
    assert ["hidden" in found[0].split('data-question="')[-1] for found in (form, along)] == [not writes, writes]
    assert "hidden" in along[0] or ("hidden" not in tell[0]) == says_so
    assert phone.client.get(f"/w/{workshop.pk}/mine/").json()["role"] == role
    sent = {"key": uuid.uuid4(), "edit": 1, "question": asked.pk, "value": "heron"}
    reply = phone.client.post(f"/w/{workshop.pk}/answers/", sent)
    assert (reply.status_code, Answer.objects.count()) == ((302, 1) if writes else (409, 0))
    assert writes or ("This question is for councillors" in reply.text and "heron</textarea>" in reply.text)

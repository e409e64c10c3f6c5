"""Questions to a speaker at their two doors: by script and by plain form, with and without a script."""

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from agenda.models import Workshop
from feedback import speaker_queue
from feedback.queue_models import SpeakerQuestion, Vote
from sessions import services, staging
from tests.cast import Phone, phone_in
from tests.feedback.test_asking import ask, crowd, one, texts
from tests.live import day
from tests.live.views.test_phone import fields, page

TALK = "how-digital"
RELOAD = "This page is out of date. Copy your answer, then open the page again: nothing you sent is lost."


@pytest.fixture
def talk(workshop: Workshop) -> Workshop:
    """A day at the questions to its first speakers."""
    day.begin(workshop, until=TALK)
    staging.set_phase(workshop=workshop, phase="questions", expect=TALK)
    return workshop


@pytest.fixture
def phone(talk: Workshop) -> Phone:
    return phone_in(talk)


def by_script(phone: Phone, path: str, **body: object) -> HttpResponse:
    where = f"/w/{phone.attendee.workshop_id}/queue/{path}"
    sent = json.dumps({"question": TALK, **body})
    return phone.client.post(where, sent, content_type="application/json", headers={"X-Live": "1"})  # type: ignore[return-value]


def by_form(phone: Phone, path: str, follow: bool = True, **data: object) -> Any:
    where = f"/w/{phone.attendee.workshop_id}/queue/{path}"
    return phone.client.post(where, data, follow=follow, headers={"Accept": "text/html"})


def told(reply: HttpResponse) -> tuple[int, dict[str, Any]]:
    assert reply["X-Live"] == "1"
    return reply.status_code, json.loads(reply.content)


def mine(phone: Phone) -> dict[str, Any]:
    return phone.client.get(f"/w/{phone.attendee.workshop_id}/mine/").json()["queue"]


def test_by_script_it_is_asked_changed_and_taken_back(talk: Workshop, phone: Phone) -> None:
    key = str(uuid.uuid4())
    for edit, text in ((1, "Who pays?"), (1, "Who pays?"), (2, "Who decides?")):
        reply = by_script(phone, "", key=key, edit=edit, slot=TALK, value=text)
        assert told(reply) == (200, {"key": key, "edit": edit, "late": False})
    assert texts(talk) == ["Who decides?"]
    assert mine(phone)["own"] == {TALK: {"key": key, "edit": 2, "value": "Who decides?", "state": "seen"}}
    assert told(by_script(phone, f"{key}/take-back/", key=key, edit=3)) == (200, {"key": key, "edit": 3})
    assert (texts(talk), mine(phone)["own"]) == ([], {})


def test_without_a_script_it_is_asked_changed_and_taken_back(talk: Workshop, phone: Phone) -> None:
    opened = fields(page(talk, phone.client), "ask-form")
    text = by_form(phone, "", **opened | {"value": "Who <b>pays</b>?"}).text
    assert "Sent. Everybody can read it." in text
    assert ">\nWho &lt;b&gt;pays&lt;/b&gt;?</textarea>" in text
    changed = fields(text, "ask-form")
    assert (changed["key"], changed["edit"], changed["slot"]) == (opened["key"], "2", TALK)
    assert "Change my question" in text
    by_form(phone, "", **changed | {"value": "Who decides?"})
    assert texts(talk) == ["Who decides?"]
    assert "Ask the speaker</button>" in by_form(phone, f"{opened['key']}/take-back/").text
    assert texts(talk) == []


def test_the_page_says_what_became_of_ones_own(talk: Workshop, phone: Phone) -> None:
    crowd(talk)
    ask(talk, "Who pays?", phone.seat)
    said = [page(talk, phone.client)]
    for status in ("answered", "hidden"):
        speaker_queue.put(one("Who pays?"), status)
        said.append(page(talk, phone.client))
    sentences = ("The desk reads it before everybody else.", "has been answered.", "has put your last question away.")
    for text, sentence in zip(said, sentences, strict=True):
        assert [each for each in sentences if each in text] == [sentence]


@pytest.mark.parametrize("door", [by_form, by_script])
def test_me_too_is_given_and_taken_back_at_both_doors(talk: Workshop, phone: Phone, door: Any) -> None:
    ask(talk, "Who pays?")
    key, own = one("Who pays?").pk, str(uuid.uuid4())
    for on, votes in (("1", 1), ("1", 1), ("0", 0)):
        reply = door(phone, f"{key}/me-too/", key=own, edit=1, on=on)
        assert (reply.status_code, Vote.objects.count()) == (200, votes)
        assert mine(phone)["votes"] == [str(key)] * votes
        pressed = f'value="{1 - votes}" aria-pressed="{"true" if votes else "false"}"'
        assert pressed in page(talk, phone.client)
        if door is by_script:
            assert told(reply) == (200, {"key": own, "edit": 1})


def test_what_is_mine_lies_over_the_regions_and_is_nobody_elses(talk: Workshop, phone: Phone) -> None:
    ask(talk, "Mine?", phone.seat)
    own, other = page(talk, phone.client), page(talk, phone_in(talk).client)
    assert own.count("Mine?") == other.count("Mine?") + 3  # in the form, and in My notes to read and on its button
    assert '<p class="queued-own quiet" >Yours' in own
    assert '<p class="queued-own quiet" hidden>Yours' in other
    assert "Take my question back</button>" in own
    assert "take-back/" in own


def test_everything_one_has_asked_can_be_read_and_taken_back_later(talk: Workshop, phone: Phone) -> None:
    ask(talk, "Mine?", phone.seat)
    speaker_queue.put(one("Mine?"), "parked")
    ask(talk, "Mine too?", phone.seat)
    ask(talk, "Theirs?")
    services.move_on(workshop=talk, expect=TALK, actor=None)
    for where in ("", "mine/asked/"):
        reply = phone.client.get(f"/w/{talk.pk}/{where}")
        assert "The desk has put it away." in reply.text
        assert "Everybody can read it." in reply.text
        assert "Theirs?" not in reply.text
    assert reply["X-Live"] == "1"
    by_form(phone, f"{one('Mine?').pk}/take-back/")
    assert texts(talk) == ["Mine too?", "Theirs?"]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"value": ""}, 422, "Write something first."),
        ({"value": "x" * 301}, 422, "Shorten it to 300"),
        ({"key": str(uuid.uuid1())}, 422, RELOAD),
        ({"edit": -1}, 422, RELOAD),
        ({"slot": "a b"}, 422, RELOAD),
        ({"slot": "data"}, 409, "No questions to this speaker are taken now."),
    ],
)
@pytest.mark.parametrize("door", [by_form, by_script])
def test_both_doors_refuse_the_same_with_the_same_words_and_lose_nothing(
    talk: Workshop, phone: Phone, door: Any, sent: dict[str, object], status: int, said: str
) -> None:
    whole = {"key": str(uuid.uuid4()), "edit": 1, "slot": TALK, "value": "Who pays?"} | sent
    reply = door(phone, "", **whole)
    text = reply.json()["message"] if door is by_script else reply.text
    assert (reply.status_code, said in text, SpeakerQuestion.objects.count()) == (status, True, 0)
    if door is by_form:
        assert f">\n{whole['value']}</textarea>" in text


def test_the_page_of_a_refusal_can_be_sent(talk: Workshop, phone: Phone) -> None:
    ask(talk, "Who pays?", phone.seat)
    refused = by_form(phone, "", key=uuid.uuid4(), edit=1, slot=TALK, value="Who decides?")
    assert (refused.status_code, "A question of yours waits already." in refused.text) == (409, True)
    again = {name: part.partition('"')[0] for name, part in _hidden(refused.text)}
    assert by_form(phone, "", **again | {"value": "Who decides?"}).status_code == 200
    assert texts(talk) == ["Who decides?"]


def _hidden(text: str) -> list[tuple[str, str]]:
    return [(name, text.partition(f'name="{name}" value="')[2]) for name in ("slot", "key", "edit")]


@pytest.mark.parametrize("body", [b" ", b"[]", b"{", b'{"key": {}}', b"[" * 20_000])
def test_a_body_nobody_could_mean_is_refused(talk: Workshop, phone: Phone, body: bytes) -> None:
    reply = phone.client.post(f"/w/{talk.pk}/queue/", body, content_type="application/json", headers={"X-Live": "1"})
    assert (reply.status_code, reply["X-Live"]) == (422, "1")


def test_a_page_of_another_site_asks_nothing(talk: Workshop, phone: Phone) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = phone.client.cookies
    sent = {"key": str(uuid.uuid4()), "edit": 1, "slot": TALK, "value": "Who pays?"}
    assert client.post(f"/w/{talk.pk}/queue/", sent).status_code == 403
    body = json.dumps(sent)
    assert client.post(f"/w/{talk.pk}/queue/", body, content_type="application/json").status_code == 403
    assert texts(talk) == []


def test_a_vote_for_what_was_hidden_meanwhile_says_so(talk: Workshop, phone: Phone) -> None:
    ask(talk, "Who pays?")
    speaker_queue.put(one("Who pays?"), "hidden")
    reply = by_script(phone, f"{one('Who pays?').pk}/me-too/", key=str(uuid.uuid4()), edit=1, on="1")
    assert told(reply) == (409, {"message": "This question is not in the list any more."})
    assert "not in the list any more" in by_form(phone, f"{one('Who pays?').pk}/me-too/", on="1").text

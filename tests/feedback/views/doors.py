"""A phone at the two doors answers come in by: the page's script, and the same form without one."""

import json
import re
import uuid
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from agenda.models import Workshop
from agenda.seat import Seat
from tests.cast import newcastle, phone_in
from tests.feedback.room import CHOICE, ORIGIN, new_question, post_json
from tests.live.sockets import fetch
from tests.server import Server

SCALE: dict[str, object] = {
    "statements": [{"key": "s", "text": "S"}, {"key": "t", "text": "T"}],
    "points": [{"key": key, "label": key} for key in ("low", "mid", "high")],
}
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
RELOAD = "This page is out of date. Copy your answer, then open the page again: nothing you sent is lost."


@dataclass
class Reply:
    """What came back: `said` is the sentence of a refusal, "" for an answer that was taken."""

    status: int
    said: str
    html: str = ""


@dataclass
class Phone:
    """A phone that passes the CSRF check, and the questions it finds."""

    client: Client
    token: str
    workshop: Workshop
    seat: Seat
    questions: dict[str, str]

    def by_script(self, body: object, **headers: str) -> HttpResponse:
        return post_json(self.client, self.workshop.pk, body, **{"X_CSRFToken": self.token} | headers)

    def by_form(self, fields: dict[str, str] | bytes) -> HttpResponse:
        fields = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        data = urlencode({"csrfmiddlewaretoken": self.token}).encode() + b"&" + fields
        return self.client.post(
            f"/w/{self.workshop.pk}/answers/",
            data,
            content_type="application/x-www-form-urlencoded",
            headers={"Accept": "text/html", "Origin": ORIGIN},
        )


@dataclass
class LanePhone(Phone):
    """A phone at a real server. Its script has no CSRF token: its Origin says enough to the fast lane."""

    server: Server

    def by_script(self, body: object, **headers: str) -> HttpResponse:
        data = body if isinstance(body, bytes) else json.dumps(body)
        told = {"Content_Type": "application/json", "X_Live": "1", "Origin": self.server.origin} | headers
        path = f"/w/{self.workshop.pk}/answers/"
        sent = {name: text for name, text in told.items() if text}
        reply = fetch(self.server, path, self.client, method="POST", body=data, **sent)
        return HttpResponse(reply.text, status=reply.status, headers={"X-Live": reply.headers["X-Live"]})


def csrf_token(client: Client, workshop: Workshop) -> str:
    page = client.get(f"/w/{workshop.pk}/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


def through_script(phone: Phone, sent: dict[str, Any]) -> Reply:
    response = phone.by_script(sent)
    said = json.loads(response.content)
    assert response["X-Live"] == "1"
    if response.status_code == 200:
        assert said["key"] == sent["key"]
        newer = said["edit"] > sent["edit"]  # the page says that a newer answer stands, and keeps what was written
        return Reply(409 if newer else 200, "A newer answer of yours is already saved." if newer else "")
    return Reply(response.status_code, said["message"])


def through_form(phone: Phone, sent: dict[str, Any]) -> Reply:
    value = sent["value"]
    parts = {f"value.{key}": text for key, text in value.items()} if isinstance(value, dict) else {"value": value}
    fields = {name: str(sent[name]) for name in ("key", "edit", "question", "table") if name in sent} | parts
    response = phone.by_form(fields)
    if response.status_code == 302:
        assert response["Location"] == f"/w/{phone.workshop.pk}/"
        return Reply(200, "")
    html = response.content.decode()
    assert "Set-Cookie" not in response.headers
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    summary = re.search(r'<div class="errors" role="alert">.*?<a href="#([^"]+)">(.*?)</a>', html, re.DOTALL)
    assert title
    assert summary
    assert title[1].startswith("Error: ")
    assert f'id="{summary[1]}"' in html
    return Reply(response.status_code, unescape(summary[2]), html)


def phone_and_questions(workshop: Workshop) -> Phone:
    """A phone in `workshop`, and a question of every sort it may meet, here and in another workshop."""
    joined = phone_in(workshop)
    client = Client(enforce_csrf_checks=True)
    client.cookies = joined.client.cookies
    elsewhere = newcastle("another-day")
    questions = {
        "text": new_question(workshop, "words"),
        "choice": new_question(workshop, "choice", kind="choice", config=CHOICE),
        "scale": new_question(workshop, "scale", kind="scale", config=SCALE),
        "talk": new_question(workshop, "talk", hand="talk"),
        "scribe": new_question(workshop, "scribe", hand="scribe"),
        "draft": new_question(workshop, "draft", status="draft", text="Not yet for your eyes"),
        "closed": new_question(workshop, "closed", status="closed"),
        "elsewhere": new_question(elsewhere, "elsewhere", text="Asked in another room"),
    }
    ids = {name: str(question.pk) for name, question in questions.items()}
    ids |= {"nowhere": str(uuid.uuid4()), "garbage": "1 or 1=1"}
    return Phone(client, csrf_token(client, workshop), workshop, joined.seat, ids)


DOORS = {"script": through_script, "form": through_form}

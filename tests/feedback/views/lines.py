"""Phones whose connections stay open from one answer to the next, at the two doors of a real server."""

import http.client
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from agenda.models import Workshop
from feedback.forms import raw_from_post
from feedback.kinds import kinds
from feedback.models import Question
from tests.cast import phone_in
from tests.live.sockets import Reply, cookies
from tests.server import Server

CSRF = "c" * 32
WITHIN = 60.0  # seconds an answer may take on a busy machine
FORM = "application/x-www-form-urlencoded"


@dataclass
class Line:
    """A phone with a seat of its own: all that it sends is an edit of the same answer, `key`."""

    server: Server
    path: str
    cookies: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    edit: int = 0

    def __post_init__(self) -> None:
        door = self.server.door()
        self._held = http.client.HTTPConnection(door.host, door.port, timeout=WITHIN)
        self._origin = door.origin

    def post(self, body: bytes, content_type: str, **headers: str) -> Reply:
        told = {"Content-Type": content_type, "Origin": self._origin, "Cookie": self.cookies}
        told |= {name.replace("_", "-"): text for name, text in headers.items()}
        self._held.request("POST", self.path, body, told)
        answer = self._held.getresponse()
        return Reply(answer.status, answer.headers, answer.read())

    def close(self) -> None:
        self._held.close()


def lines(server: Server, workshop: Workshop, count: int) -> list[Line]:
    """So many people join."""
    path = f"/w/{workshop.pk}/answers/"
    seats = [cookies(phone_in(workshop).client) for _ in range(count)]
    return [Line(server, path, f"{seat}; csrftoken={CSRF}") for seat in seats]


@dataclass(frozen=True)
class Sent:
    """What went over the wire, and the answer that it holds."""

    body: bytes
    raw: Any
    reply: Reply


Door = Callable[[Line, Question, Any], Sent]


def by_script(line: Line, question: Question, raw: Any) -> Sent:
    """As the page's script sends it."""
    body = json.dumps(_with_it(line, question) | {"value": raw}).encode()
    return Sent(body, json.loads(body)["value"], line.post(body, "application/json", X_Live="1", X_CSRFToken=CSRF))


def by_form(line: Line, question: Question, raw: Any) -> Sent:
    """As a browser without a script does; it has nothing but names and words."""
    fields = [("csrfmiddlewaretoken", CSRF), *_with_it(line, question).items(), *_fields_of(raw)]
    body = urlencode(fields, errors="surrogatepass").encode()
    found = raw_from_post(kinds[question.kind], question.config, QueryDict(body))
    return Sent(body, found, line.post(body, FORM))


def _with_it(line: Line, question: Question) -> dict[str, Any]:
    line.edit += 1
    return {"key": str(line.key), "edit": line.edit, "question": str(question.pk)}


def _fields_of(raw: Any) -> Iterator[tuple[str, str]]:
    parts = {f"value.{part}": one for part, one in raw.items()} if isinstance(raw, dict) else {"value": raw}
    for name, one in parts.items():
        for each in one if isinstance(one, list) else [one]:
            yield name, each if isinstance(each, str) else json.dumps(each)


DOORS: dict[str, Door] = {"script": by_script, "form": by_form}

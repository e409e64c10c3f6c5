"""Whatever is posted to any kind of question, at both doors of a real server: stored as it stays, or refused with a
sentence, and never an error. The answers are those of `tests/feedback/kinds/test_any_answer.py`.

`python3 run.py answers` posts 10,000 of each kind as a script does, and one in ten as a form too; the usual run a few.
"""

import csv
import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from agenda.models import Workshop
from feedback import counting
from feedback.kinds import kinds
from feedback.kinds.base import Refused, Value
from feedback.kinds.text import Text
from feedback.models import Answer, Count, Question
from feedback.sent import MOST_BYTES
from sessions.models import Stage
from tests.cast import browser_of, user_with
from tests.feedback.kinds.example import example
from tests.feedback.kinds.test_any_answer import answers_to
from tests.feedback.room import new_question
from tests.live import day
from tests.live.sockets import cookies, fetch
from tests.server import Server

from .lines import CSRF, DOORS, Line, Sent, lines

pytestmark = pytest.mark.django_db(transaction=True)

TOGETHER = 10  # answers that are posted in the same moment, each by a phone of its own
TRIES = {"usual": 10, "long": 200, "answers": 10_000}  # answers to each kind
FORMS = {"usual": 1, "long": 1, "answers": 10}  # of so many lots one is posted as a form too, which takes long
EVERY = 15.0  # seconds between two words about how far it is
SUMMARY = re.compile(r'<div class="errors" role="alert">.*?<a href="#([^"]+)">(.*?)</a>', re.DOTALL)


@dataclass
class Room:
    """A question that is on, whose answers the room sees as they are released, and phones that answer it."""

    server: Server
    workshop: Workshop
    desk: Client
    question: Question
    phones: list[Line]
    seen: Counter[str] = field(default_factory=Counter)  # how often each door gave which status

    @property
    def kind(self) -> str:
        return self.question.kind

    def stored(self) -> dict[UUID, Value]:
        return dict(Answer.objects.filter(question=self.question).values_list("pk", "value"))

    def close(self) -> None:
        for line in self.phones:
            line.close()


def room(server: Server, workshop: Workshop, kind: str) -> Room:
    day.begin(workshop)
    config = example(kind).config
    asked = new_question(workshop, kind, "intros", kind=kind, config=config, showing="live", shown=True)
    Stage.objects.filter(pk=workshop.pk).update(face="question", question=asked)
    desk = browser_of(user_with("facilitator", workshop, "facilitator"))
    desk.cookies["csrftoken"] = CSRF
    return Room(server, workshop, desk, asked, lines(server, workshop, TOGETHER))


def post_together(room: Room, raws: list[Any], doors: Iterable[str] = DOORS) -> None:
    """Each answer at each door; then the table holds what was taken, and what it held before of the others."""
    for door in doors:
        post = DOORS[door]
        wanted, phones = room.stored(), room.phones[: len(raws)]
        with ThreadPoolExecutor(TOGETHER) as threads:
            sent = list(threads.map(post, phones, [room.question] * len(raws), raws))
        for line, one in zip(phones, sent, strict=True):
            room.seen[f"{door} {one.reply.status}"] += 1
            value = check_reply(room, door, line, one)
            wanted |= {line.key: value} if value is not None else {}
        assert room.stored() == wanted


def check_reply(room: Room, door: str, line: Line, sent: Sent) -> Value | None:
    """What was taken; None if it was refused as the kind refuses it."""
    said = (room.kind, door, sent.body, sent.reply.status, sent.reply.body[:2000])
    assert sent.reply.status < 500, said
    if door == "script" and len(sent.body) > MOST_BYTES:
        assert (sent.reply.status, "too long to send" in sent.reply.text) == (413, True), said
        return None
    try:
        value = kinds[room.kind].validate(room.question.config, sent.raw)
    except Refused as refused:
        assert refused.field in {"value", *(one.name for one in kinds[room.kind].fields(room.question.config))}, said  # noqa: PT017
        assert sent.reply.status == 422, said
        assert refusal(door, sent) == refused.message, said  # noqa: PT017
        return None
    assert is_taken(door, line, room, sent), said
    return value


def refusal(door: str, sent: Sent) -> str:
    """The sentence; on the page of the form it leads to the field."""
    if door == "script":
        assert sent.reply.headers["X-Live"] == "1"
        return json.loads(sent.reply.body)["message"]
    html = sent.reply.text
    found = SUMMARY.search(html)
    assert found
    assert f'id="{found[1]}"' in html
    assert "<title>Error: " in html
    return unescape(found[2])


def is_taken(door: str, line: Line, room: Room, sent: Sent) -> bool:
    if door == "script":
        assert sent.reply.headers["X-Live"] == "1"
        return (sent.reply.status, json.loads(sent.reply.body)) == (
            200,
            {"key": str(line.key), "edit": line.edit, "late": False},
        )
    return (sent.reply.status, sent.reply.headers["Location"]) == (302, f"/w/{room.workshop.pk}/")


def check_room(room: Room) -> None:
    """Every row is an answer, the counts are right, and every face still comes."""
    rows = list(Answer.objects.filter(question=room.question))
    assert rows
    for row in rows:
        assert kinds[room.kind].validate(room.question.config, row.value) == row.value
    kept = counts(room)
    counting.count_anew(room.question)
    assert counts(room) == kept
    desk, phone = cookies(room.desk), room.phones[0].cookies
    for audience, sent in (("desk", desk), ("screen", desk), ("phone", phone)):
        reply = fetch(room.server, f"/w/{room.workshop.pk}/state/{audience}", Cookie=sent)
        assert (audience, reply.status, reply.headers["X-Live"]) == (audience, 200, "1")
    released = [row.released_value for row in rows if row.released_value is not None]
    assert exported(room) == sum(len(kinds[room.kind].export_cells(room.question.config, value)) for value in released)


def counts(room: Room) -> set[tuple[str, str, str, int]]:
    return set(Count.objects.filter(question=room.question).values_list("of", "part", "key", "n"))


def exported(room: Room) -> int:
    """How many rows the file has of this question."""
    path = f"/w/{room.workshop.pk}/export/answers.csv"
    reply = fetch(room.server, path, room.desk, method="POST", X_CSRFToken=CSRF, Origin=room.server.origin)
    assert reply.status == 200
    rows = csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline=""))
    return sum(row["question_key"] == room.question.key for row in rows)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """A line for whoever waits; nobody does in the usual run."""

    def aloud(words: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()

    return aloud if tries() > TRIES["usual"] else lambda words: None


def tries() -> int:
    return TRIES[settings.get_current_profile_name()]


@dataclass
class Progress:
    """How far one kind is."""

    room: Room
    say: Callable[[str], None]
    began: float = field(default_factory=time.monotonic)
    posted: int = 0
    lots: int = 0
    said: float = field(default_factory=time.monotonic)

    def add(self, count: int) -> None:
        self.posted += count
        self.lots += 1
        if time.monotonic() - self.said > EVERY:
            self.tell()

    def tell(self) -> None:
        self.said = time.monotonic()
        rate = sum(self.room.seen.values()) / (self.said - self.began)
        seen = ", ".join(f"{times:,} × {what}" for what, times in sorted(self.room.seen.items()))
        self.say(f"{self.room.kind}: {self.posted:,} answers of {tries():,}, {rate:.0f} posts a second: {seen}")


@pytest.mark.parametrize("kind", list(kinds))
def test_whatever_is_posted_is_stored_as_it_stays_or_refused_with_a_sentence(
    workshop: Workshop, server: Server, say: Callable[[str], None], kind: str
) -> None:
    with closing(room(server, workshop, kind)) as here:
        progress = Progress(here, say)

        @settings(max_examples=tries() // TOGETHER, phases=[Phase.generate])  # what is wrong is one of ten already
        @given(raws=st.lists(answers_to(kind), min_size=TOGETHER, max_size=TOGETHER))
        def try_them(raws: list[Any]) -> None:
            is_form = progress.lots % FORMS[settings.get_current_profile_name()] == 0
            post_together(here, raws, DOORS if is_form else ["script"])
            progress.add(len(raws))

        try_them()
        post_together(here, [example(kind).value] * 3)
        check_room(here)
        progress.tell()


class Shouting(Text):
    """A kind that stores something else than the server's."""

    def validate(self, config: dict[str, object], raw: object) -> Value:
        return str(super().validate(config, raw)).upper()


def test_what_is_stored_otherwise_is_noticed(
    workshop: Workshop, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(room(server, workshop, "text")) as here:
        post_together(here, ["ABC", " "])
        monkeypatch.setitem(kinds, "text", Shouting())
        with pytest.raises(AssertionError):
            post_together(here, ["abc"])

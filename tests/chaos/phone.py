"""A phone that is written on: drafts become answers, and answers stay in its outbox until the server has them."""

import asyncio
import json
import re
import uuid
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Any

from .client import Client, Place
from .history import History, Reread, Told, Tried
from .model import Outbox, Reply, Sheet, next_sheet

ASK_WITHIN = 10.0
STRAY = 0.1  # of all tries, how many are repeated by the network when it is too late
QUESTION = re.compile(r'<form id="question-form"[^>]* data-question="([0-9a-f-]{36})"')


@dataclass
class Pace:
    """How the hall writes. `think` is the mean of the seconds between two answers of a phone; shared by all phones."""

    think: float
    reread: float = 0.1  # how often an acknowledged answer is followed by a read of what is one's own
    writing: asyncio.Event = field(default_factory=asyncio.Event)
    saved: int = 0


class Phone(Client):
    """`storage` and `keys` outlive a load, as localStorage and sessionStorage do; `kept` is what `mine` says."""

    def __init__(
        self, name: str, place: Place, history: History, chance: Random, scale: float, *, pace: Pace, csrf: str
    ) -> None:
        self.storage: dict[str, Sheet] = {}
        self.keys: dict[str, str] = {}
        self.kept: dict[str, Sheet] = {}
        self.highest: dict[str, int] = {}  # the newest edit of each key that was called saved
        self.strays: list[Sheet] = []  # tries that the network still holds
        self.pace, self.csrf = pace, csrf
        self.writer: asyncio.Task[None] | None = None
        self.reader: asyncio.Task[None] | None = None
        super().__init__(name, place, history, chance, scale)

    def _fresh(self) -> None:
        super()._fresh()
        self.outbox = Outbox(self.storage)
        self.not_before = 0.0
        self.sending: asyncio.Task[None] | None = None
        self.question: str | None = None

    def start(self) -> None:
        super().start()
        self.kept.clear()
        self.reader = asyncio.ensure_future(self.read_mine())
        self.writer = asyncio.ensure_future(self._write())
        self.flush()

    def leave(self) -> None:
        super().leave()
        for task in filter(None, [self.writer, self.sending, self.reader]):
            task.cancel()
        self.sending = None

    def wake(self) -> None:
        super().wake()
        self.outbox.tries = 0
        self.flush()

    def is_writing(self) -> bool:
        return self.pace.writing.is_set() and bool(self.question)

    def has_news(self) -> None:
        found = QUESTION.search(self.page.regions.get("question", ("", ""))[1])
        self.question = found[1] if found else None

    async def _write(self) -> None:
        """Somebody thinks, writes, and hands in; sometimes again before the last one has left."""
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / self.pace.think))
            await self.pace.writing.wait()
            waits = self.storage.get(self.question or "")
            if self.question and not self.paused and (not waits or self.chance.random() < 0.2):
                self.hand_in(self.question)

    def hand_in(self, question: str) -> None:
        fresh = self.keys.setdefault(question, str(uuid.UUID(int=self.chance.getrandbits(128), version=4)))
        words = f"said-{self.chance.getrandbits(64):016x}"
        self.outbox.put(next_sheet(question, words, fresh, self.storage.get(question), self.kept.get(question)))
        self.flush()

    def flush(self) -> None:
        """Try everything that waits, one after the other, unless that is under way."""
        if not self.sending and not self.stopped:
            self.cancel("flush")
            self.sending = asyncio.ensure_future(self._flush())

    async def _flush(self) -> None:
        try:
            asked = self.not_before - monotonic()
            if asked > 0:
                await asyncio.sleep(asked)
            while new := list(self.storage.values()):
                verdicts = [await self.send(sheet) for sheet in new]
                if "kept" in verdicts:
                    break
        finally:
            self.sending = None
        if self.storage and not self.stopped:
            self.after("flush", self.outbox.wait_ms(self.chance) / 1000, self.flush)

    async def send(self, sheet: Sheet) -> str:
        """One try."""
        self.history.tried.append(Tried(self.owner, sheet.question, sheet.key, sheet.edit, sheet.value))
        reply = await self._post(self._body(sheet))
        if self.chance.random() < STRAY:
            self.strays.append(sheet)
        verdict = self.outbox.hear(sheet, reply)
        if verdict == "kept":
            if reply.ours and reply.retry_ms:
                self.not_before = monotonic() + reply.retry_ms / 1000
            return verdict
        self.history.told.append(Told(self.owner, sheet.question, sheet.key, sheet.edit, sheet.value, verdict))
        if verdict == "saved":
            self._note_saved(sheet)
            await self._let_strays_arrive()
        else:
            self.keys.pop(sheet.question, None)
        if verdict != "saved" or self.chance.random() < self.pace.reread:
            await self.read_mine()
        return verdict

    def _note_saved(self, sheet: Sheet) -> None:
        self.pace.saved += 1
        self.highest[sheet.key] = max(sheet.edit, self.highest.get(sheet.key, 0))
        if sheet.edit >= self.kept.get(sheet.question, sheet).edit:
            self.kept[sheet.question] = sheet

    async def _let_strays_arrive(self) -> None:
        """What was sent long ago comes once more, after newer edits; nobody waits for what is said to it."""
        for sheet in self.strays[:-1]:
            await self._post(self._body(sheet))
        del self.strays[:-1]

    def _body(self, sheet: Sheet) -> dict[str, Any]:
        return {"key": sheet.key, "edit": sheet.edit, "question": sheet.question, "value": sheet.value}

    async def _post(self, sent: dict[str, Any]) -> Reply:
        headers = {"Content-Type": "application/json", "X-Live": "1", "X-CSRFToken": self.csrf}
        return await self.asking.ask(
            f"/w/{self.place.workshop_id}/answers/",
            method="POST",
            body=json.dumps(sent).encode(),
            headers={**headers, "Origin": self.asking.origin},
            limit=ASK_WITHIN * self.scale,
        )

    async def read_mine(self) -> None:
        """What the server keeps of this phone's own."""
        saved = dict(self.highest)
        reply = await self.asking.ask(f"/w/{self.place.workshop_id}/mine/", limit=ASK_WITHIN * self.scale)
        if not (reply.ours and reply.status == 200):
            return
        for question, own in reply.body["answers"].items():
            key, edit = own["key"], own["edit"]
            self.history.reread.append(Reread(self.owner, question, key, edit, saved.get(key, 0)))
            if edit >= self.highest.get(key, 0):
                self.kept[question] = Sheet(key, edit, question, own["value"])

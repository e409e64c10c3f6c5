"""The desk's hand in a run: presses at random, some by the page's own posts, some behind the server's back."""

import asyncio
import contextlib
from collections import Counter
from random import Random
from time import monotonic
from urllib.parse import urlencode

from channels.db import database_sync_to_async as in_database
from django.db import transaction
from django.db.models import F

from agenda.models import PlanVersion, Workshop
from feedback.models import Question
from sessions import questions, services

from .asking import Asking
from .history import History, Shown
from .room import CSRF, Room, may_be_shown, shown_words

PRESS_WITHIN = 5.0
FACES = ("slot", "question", "rules", "housekeeping", "join")
MOST_MOVES = 4  # or the item that the questions belong to would be over


class Desk:
    """`calm` is held while the database itself is taken away: what the desk writes then could not be known."""

    def __init__(self, room: Room, port: int, history: History, chance: Random) -> None:
        self.room, self.history, self.chance = room, history, chance
        self.asking = Asking(port, room.desk)
        self.presses: Counter[str] = Counter()
        self.calm = asyncio.Lock()
        self.waiting = list(room.questions)
        self.asked: list[str] = []

    async def run(self, every: float) -> None:
        """Press until cancelled."""
        while True:
            press, weight = zip(*self._presses(), strict=True)
            await self.chance.choices(press, weight)[0]()
            await asyncio.sleep(self.chance.expovariate(1 / every))

    def _presses(self):  # type: ignore[no-untyped-def]  # bound methods, each with its weight
        return [
            (self.ask_next, 5),
            (self.show, 4),
            (self.hide, 2),
            (self.face, 2),
            (self.blank, 1),
            (self.hold, 1),
            (self.move_on, 1),
            (self.change_unannounced, 4),
        ]

    async def ask_next(self) -> None:
        """The next question that was not asked yet; one of the old ones once there is none."""
        question = self.waiting.pop(0) if self.waiting else self.chance.choice(self.asked)
        self.asked.append(question)
        if not await self.post(f"{question}/ask", expect=""):
            # Phones need something to answer: what did not get through is done by the other door.
            async with self.calm:
                await self._press_elsewhere(questions.ask_the_room, question)

    async def face(self) -> None:
        await self.post("face", face=self.chance.choice(FACES))

    async def blank(self) -> None:
        await self.post("blank", on="1")
        await self.post("blank", on="0")

    async def hold(self) -> None:
        await self.post("change", change=f"-;{self.chance.choice(['hold', 'release'])}")

    async def move_on(self) -> None:
        if self.presses["move-on"] < MOST_MOVES:
            async with self.calm:
                row = await in_database(_live_key)(self.room.workshop_id)
            await self.post("move-on", expect=row or "")

    async def show(self) -> None:
        """Behind the server's back, so that what the room may see is known exactly, and from which revision on."""
        await self._show_or_hide(questions.show_answers)

    async def hide(self) -> None:
        await self._show_or_hide(questions.hide_answers)

    async def _show_or_hide(self, service) -> None:  # type: ignore[no-untyped-def]  # one of two verbs
        possible = [question for question in self.asked if may_be_shown(self.room, question)]
        if not possible:
            return
        question, began = self.chance.choice(possible[-5:]), monotonic()
        async with self.calm:  # until it is known what is shown now
            workshop = await self._press_elsewhere(service, question)
            if workshop:
                tokens = await in_database(shown_words)(question)
                self.history.shown.append(Shown(question, workshop.rev, workshop.control_rev, began, tokens))

    async def _press_elsewhere(self, service, question: str) -> Workshop | None:  # type: ignore[no-untyped-def]
        """A press in another process: the server hears of it only by reading. Gives the day as it was then."""
        self.presses[f"{service.__name__} elsewhere"] += 1
        found: Workshop | None = await in_database(_press)(service, self.room.workshop_id, question)
        return found

    async def change_unannounced(self, words: str = "Day") -> None:
        """Rows change, the revision rises, and nobody is told; now and then it is as after a restore."""
        async with self.calm:
            self.presses["unannounced"] += 1
            restored = self.chance.random() < 0.1
            await in_database(_change_rows)(self.room.workshop_id, f"{words} {self.presses['unannounced']}", restored)

    async def post(self, press: str, **fields: str) -> bool:
        """A press of the page. Whether it was heard; it may have been done even if not."""
        self.presses[press.rpartition("/")[2]] += 1
        reply = await self.asking.ask(
            f"/w/{self.room.workshop_id}/desk/{press}/",
            method="POST",
            body=urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": self.asking.origin},
            limit=PRESS_WITHIN,
        )
        return reply.status == 302


def _live_key(workshop_id: str) -> str | None:
    from tests.live import day

    return day.live(Workshop.objects.get(pk=workshop_id))


def _press(service, workshop_id: str, question: str) -> Workshop | None:  # type: ignore[no-untyped-def]
    workshop = Workshop.objects.get(pk=workshop_id)
    with contextlib.suppress(services.Refused):
        service(workshop=workshop, question=Question.objects.get(pk=question), actor=None)
        return workshop
    return None


def _change_rows(workshop_id: str, title: str, restored: bool) -> None:
    """Every item of the day gets another title, which every page shows somewhere."""
    changes = {"rev": F("rev") + 1, "control_rev": F("control_rev") + 1, "title": title}
    if restored:
        changes["epoch"] = F("epoch") + 1
    with transaction.atomic():
        Workshop.objects.filter(pk=workshop_id).update(**changes)
        plan = PlanVersion.objects.filter(workshop_id=workshop_id).latest("number")
        for item in plan.value["slots"]:
            item["title"] = f"{title}: {item['key']}"
        PlanVersion.objects.filter(pk=plan.pk).update(value=plan.value)

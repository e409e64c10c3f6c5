"""The hub's reader: a thread that reads and renders, with its own database connection.

It hears of changes at once and reads the revisions of the days it serves once a second all the same, so a change it
did not hear of costs at most a second. It ends when nobody follows anything.
"""

import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import connection

from agenda import processes
from agenda.models import Attendee, PlanVersion, Workshop

from . import neighbours, snapshots
from .follower import Key
from .presence import Counts
from .rendering import Rendered

if TYPE_CHECKING:
    from .hub import Hub, Look

log = logging.getLogger(__name__)

READ_EVERY = 1.0
TICK_EVERY = 15.0
WALL_GAP = 0.25  # desk and screen are sent at most four times a second
SEATS_APART = 0.5  # seconds between two looks at the seats of a day that changes all the time
FIRST = {"phone": 0, "screen": 1}  # a hall waits for these; the others after them
BY_LINK = {"speaker"}  # few pages, let in by a link that can be taken away at any moment


class Reader:
    """See the module."""

    def __init__(self, hub: "Hub") -> None:
        self.hint = threading.Event()
        self._hub = hub
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._counted: dict[str, Counts] = {}
        self._seen: dict[str, tuple[int, int, float]] = {}  # epoch, rev, when its seats were read
        self._doubted: dict[Key, int] = {}
        self._away = False
        self._next_count, self._next_tick = 0.0, time.monotonic() + TICK_EVERY

    def start(self) -> None:
        self._thread.start()

    def join(self, seconds: float) -> bool:
        """Wait for its end; whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        wait = 0.0
        processes.start()
        while self._hub.tidy():
            self.hint.wait(timeout=wait or READ_EVERY)
            self.hint.clear()
            wait = self._try_round()
        processes.stop()
        neighbours.leave()
        connection.close()

    def _try_round(self) -> float:
        looks, wait = self._hub.take_looks(), 0.0
        try:
            wait = self._round(looks)
            self._tell_now_and_then()
            self._away = False
        except Exception:
            if not self._away:  # once for each outage, not once a second
                log.exception("The hub could not read the day; it tries again each second.")
            self._away = True
        with suppress(Exception):
            connection.close()  # back to the pool: nobody waits for a connection that only waits
        for look in looks:
            look.answer(self._hub.seats(look.workshop_id))
        return wait

    def _tell_now_and_then(self) -> None:
        now = time.monotonic()
        if now >= self._next_count:
            self._tell_counts()
            self._next_count = now + READ_EVERY
        if now >= self._next_tick:
            for key in self._hub.served():
                self._hub.tick(key)
            self._next_tick = now + TICK_EVERY

    def _round(self, looks: "list[Look]") -> float:
        """Look at every served day once; returns how soon a held-back wall is due, 0 for none."""
        served = sorted(self._hub.served(), key=lambda key: FIRST.get(key[1], 2))
        asked = {look.workshop_id for look in looks}
        days = Workshop.objects.in_bulk({workshop_id for workshop_id, _ in served} | asked)
        due = 0.0
        for key in served:
            if workshop := days.get(key[0]):
                self._doubt(key, workshop)
                due = max(due, self._serve(key, workshop))
        for workshop in days.values():
            self._read_seats(workshop, at_once=workshop.pk in asked)
        for workshop_id in {workshop_id for workshop_id, _ in served} - days.keys():
            self._hub.seat(workshop_id, frozenset())  # the day was deleted
        return due

    def _read_seats(self, workshop: Workshop, *, at_once: bool) -> None:
        """Which seats are good; any change of the day may have taken one away."""
        epoch, rev, at = self._seen.get(workshop.pk, (-1, -1, 0.0))
        now = time.monotonic()
        if at_once or ((workshop.epoch, workshop.rev) != (epoch, rev) and now - at >= SEATS_APART):
            found = Attendee.objects.filter(workshop=workshop, revoked_at=None).values_list("pk", flat=True)
            self._hub.seat(workshop.pk, frozenset(map(str, found)))
            self._seen[workshop.pk] = (workshop.epoch, workshop.rev, now)

    def _doubt(self, key: Key, workshop: Workshop) -> None:
        """Any change of the day may have taken a link away: let those who follow by one look again."""
        if key[1] in BY_LINK and self._doubted.get(key) != workshop.rev:
            self._hub.hand_out(key, lambda follower: follower.doubt())
            self._doubted[key] = workshop.rev

    def _serve(self, key: Key, workshop: Workshop) -> float:
        """Publish what is new to one audience; returns the seconds it is held back. A broken day stops no other."""
        rendered = self._hub.renderings.newest(key)
        if rendered is None or rendered.snapshot.stamp != snapshots.stamp(workshop, key[1]):
            if rendered and (wait := _hold(key, workshop, rendered)):
                return wait
            rendered = None
        try:
            # Somebody who asked may have rendered it already; the sockets have not been told of it by that.
            self._hub.bring(key[0], rendered.snapshot if rendered else self._hub.current(*key))
        except PlanVersion.DoesNotExist:
            pass  # its running order is not published yet: there is nothing to show, and no page of ours follows it
        except Exception:
            log.exception("The hub could not show a day; it tries again in a second.")
        return 0.0

    def _tell_counts(self) -> None:
        """Desk and other processes hear within a second that somebody came, left, or began to write, and that a
        screen is on or lost."""
        served = self._hub.served()
        days = {workshop_id for workshop_id, _ in served}
        for workshop_id in days:
            neighbours.tell(workshop_id, self._hub.count(workshop_id))
        counts = {workshop_id: self._hub.count_all(workshop_id) for workshop_id in days}
        for workshop_id in days:
            if (workshop_id, "desk") in served and self._counted.get(workshop_id) != counts[workshop_id]:
                self._hub.tick((workshop_id, "desk"))
        self._counted = counts


def _hold(key: Key, workshop: Workshop, rendered: Rendered) -> float:
    """The seconds a wall still waits, unless the desk changed something."""
    if key[1] == "phone" or rendered.control_rev != workshop.control_rev:
        return 0.0
    return max(0.0, rendered.at + WALL_GAP - time.monotonic())

"""The introductions as each face reads them. The room is shown a card only if its owner chose so."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda import cards, going_round, pace, words
from agenda.card_models import Card
from agenda.models import Attendee
from agenda.pace import Pace

from .call_models import Call
from .introductions import fold, next_of

if TYPE_CHECKING:
    from .room import Room

INTROS = "intros"
Kept = Sequence[str]  # the id of a call, then what comes after it: its kind and whose turn, "" for no seat
LONG, FULL = 150, 330  # characters on a card from which on the screen shows it smaller


@dataclass(frozen=True)
class Shown:
    """What the room may see of a person: nothing unless they chose it. `name` may be empty then too."""

    name: str = ""
    council: str = ""
    card: Card | None = None

    @property
    def room_taken(self) -> str:
        """How much there is to read on the screen: "", "long", or "full" for what takes all of it."""
        if self.card is None:
            return ""
        said = [self.name, self.council, *self.card.role_names, self.card.interest, self.card.key_point]
        letters = sum(map(len, said))
        return "full" if letters > FULL else "long" if letters > LONG else ""


@dataclass(frozen=True)
class Person:
    """Somebody on the list of the desk. `state`: "waiting", "speaking", "spoken" or "passed"."""

    attendee: Attendee
    state: str

    @property
    def card(self) -> Card | None:
        return getattr(self.attendee, "card", None)

    @property
    def name(self) -> str:
        return self.attendee.name or self.attendee.council or _("Somebody without a name")


@dataclass(frozen=True)
class Introductions:
    """`unnamed`: how many are here who said neither a name nor anything on a card. `kept`: what a frozen screen keeps,
    None for one that goes on."""

    room: "Room"
    people: Sequence[Attendee]
    unnamed: int
    calls: Sequence[Call]
    kept: Kept | None = None

    @cached_property
    def round(self) -> going_round.Round:
        return fold([(call.kind, call.attendee_id) for call in self.calls])

    @cached_property
    def call(self) -> Call | None:
        """The call that stands: whose turn it is."""
        if self.kept is not None:
            return next((call for call in self.calls if str(call.pk) in self.kept[:1]), None)
        return [call for call in self.calls if call.kind == Call.Kind.CALLED][-1] if self.round.now else None

    @property
    def is_on(self) -> bool:
        return self.call is not None

    @property
    def seen(self) -> str:
        """What a press from this page has seen."""
        return str(self.calls[-1].pk) if self.calls else ""

    # --- For the room

    @property
    def speaking(self) -> Shown:
        return self._shown(self.call.attendee_id if self.call else None)

    @property
    def after(self) -> Shown | None:
        """Whoever comes next; None when nobody does."""
        kind, seat = self.next_step
        return self._shown(seat) if kind == Call.Kind.CALLED else None

    def _shown(self, seat: uuid.UUID | None) -> Shown:
        card = self._card(seat)
        if card is None or not card.on_screen:
            return Shown()
        return Shown(card.attendee.name, card.attendee.council, card)

    def _card(self, seat: uuid.UUID | None) -> Card | None:
        person = next((person for person in self.people if seat and person.pk == seat), None)
        return getattr(person, "card", None)

    # --- For the desk

    @cached_property
    def next_step(self) -> tuple[str, uuid.UUID | None]:
        if self.kept:
            return self.kept[1], uuid.UUID(self.kept[2]) if self.kept[2] else None
        return next_of(self.round, self.people, self.unnamed)

    @property
    def next_is_over(self) -> bool:
        return self.next_step[0] == Call.Kind.OVER

    @property
    def next_name(self) -> str:
        """Whom Next calls, for the desk."""
        kind, seat = self.next_step
        if kind == Call.Kind.OVER:
            return ""
        return next((one.name for one in self.listed if one.attendee.pk == seat), _("somebody who is not on the list"))

    @property
    def next_press(self) -> str:
        kind, seat = self.next_step
        return self._press("over") if kind == Call.Kind.OVER else self._press("call", seat)

    @property
    def pass_press(self) -> str:
        return self._press("pass", self.call.attendee_id if self.call else None)

    @property
    def other_press(self) -> str:
        """Somebody who is not on the list."""
        return self._press("call")

    @property
    def undo_press(self) -> str:
        return self._press("undo") if self.calls else ""

    @property
    def hide_press(self) -> str:
        """Take the card off the screen, while it is on it."""
        return self._press("hide", self.call.attendee_id) if self.call and self.speaking.card else ""

    def _press(self, verb: str, seat: uuid.UUID | None = None) -> str:
        return f"{verb}.{seat or ''}.{self.seen}"

    @cached_property
    def listed(self) -> list[Person]:
        """Who speaks, who waits in turn, who passed, who has spoken."""
        found = [Person(person, self._state(person)) for person in self.people]
        order = ["speaking", "waiting", "passed", "spoken"]
        return sorted(found, key=lambda one: order.index(one.state))

    @property
    def rows(self) -> list[tuple[Person, str, str]]:
        """The list, with the presses that call somebody and that pass them by."""
        return [
            (
                one,
                "" if one.state == "speaking" else self._press("call", one.attendee.pk),
                self._press("pass", one.attendee.pk) if one.state == "waiting" else "",
            )
            for one in self.listed
        ]

    def _state(self, person: Attendee) -> str:
        seat = str(person.pk)
        if self.call and self.call.attendee_id == person.pk:
            return "speaking"
        if seat in self.round.passed:
            return "passed"
        return "spoken" if seat in self.round.spoken else "waiting"

    @cached_property
    def waiting(self) -> int:
        listed = self.round.waiting([str(person.pk) for person in self.people])
        return len(listed) + self.round.unlisted(self.unnamed)

    @property
    def speaking_name(self) -> str:
        """Who speaks, for the desk."""
        call = self.call
        if call is None:
            return ""
        found = (one.name for one in self.listed if one.attendee.pk == call.attendee_id)
        return next(found, _("Somebody who is not on the list"))

    @cached_property
    def pace(self) -> Pace | None:
        call = self.call
        began = call.began_at if call else None
        return pace.of(self.room.schedule, self.room.now, waiting=self.waiting, began=began)

    @property
    def still_to_speak(self) -> str:
        """ "14 still to speak, 70 seconds each keeps 11:15"."""
        found = self.pace
        if found is None:
            return ""
        zone = self.room.workshop.time_zone
        given = {"n": found.waiting, "each": words.each(found.each or found.spare), "time": words.at(found.ends, zone)}
        given["past"] = words.minutes(found.past)
        return str(_sentence(found)) % given

    @property
    def to_make_up(self) -> str:
        """What would bring a late day back to its plan, where that is possible."""
        found = self.pace
        if found is None or found.each_on_plan is None:
            return ""
        given = {"each": words.each(found.each_on_plan), "time": words.at(found.planned, self.room.workshop.time_zone)}
        return _("%(each)s each would bring us back to %(time)s.") % given


def _sentence(found: Pace) -> str:
    is_past = found.past.total_seconds() >= 60
    if found.each is None:
        return (
            _("Everybody has had their turn, %(past)s over the time.")
            if is_past
            else _("Everybody has had their turn, with %(each)s left.")
        )
    if is_past and not found.waiting:
        return _("The last one speaks, %(past)s over the time.")
    if is_past:
        return ngettext(
            "%(n)s still to speak: even at %(each)s each it is %(time)s, %(past)s over the time.",
            "%(n)s still to speak: even at %(each)s each it is %(time)s, %(past)s over the time.",
            found.waiting,
        )
    if not found.waiting:
        return _("The last one speaks: %(each)s keeps %(time)s.")
    return ngettext(
        "%(n)s still to speak: %(each)s keeps %(time)s.",
        "%(n)s still to speak, %(each)s each keeps %(time)s.",
        found.waiting,
    )


@dataclass(frozen=True, kw_only=True)
class WithIntroductions:
    """The introductions of a Room. `kept_call`: on a frozen screen the call whose card it keeps, empty for none."""

    kept_call: Kept | None = None

    @cached_property
    def introductions(self) -> Introductions | None:
        """Read when somebody asks for it in the introductions, and then once. Two queries, however many people."""
        room = cast("Room", self)
        if room.state != "running" or room.live is None or room.live.item.kind != INTROS:
            return None
        people = cards.people(room.workshop)
        calls = list(Call.objects.filter(workshop=room.workshop))
        return Introductions(room, people, room.seats - len(people), calls, self.kept_call)


def keep(room: "Room") -> list[str]:
    """What has to be kept to show the same card again: never a word of it."""
    going = room.introductions
    if going is None or going.call is None:
        return []
    kind, seat = going.next_step
    return [str(going.call.pk), kind, str(seat or "")]

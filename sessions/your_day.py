"""Your day: all that is one person's own, on one page to keep. Nobody else's eyes."""

from dataclasses import dataclass
from datetime import datetime

import segno

from agenda import queries as agenda
from agenda.access import AtPhone
from agenda.models import Workshop
from feedback import commitments, in_touch, letters, queries
from feedback.filling_in import Part
from feedback.in_touch import InTouch
from feedback.letter_forms import LetterForm
from feedback.letter_models import MOST_ASKED, Letter
from feedback.letters import Purpose

from . import my_notes
from .my_notes import MyNotes, Said


@dataclass(frozen=True)
class Link:
    """Further support: where it is, and the same as a picture for a phone to read from paper."""

    title: str
    url: str
    picture: str  # as a data address


@dataclass(frozen=True)
class HandOut:
    """What an item hands out, in Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Mail:
    """One of the mails somebody can have: what became of it, and the form that asks for it. `on`: when it is sent."""

    purpose: str
    letter: Letter | None
    form: LetterForm
    on: datetime

    @property
    def can_ask(self) -> bool:
        return self.letter is None or self.letter.asked < MOST_ASKED


@dataclass(frozen=True)
class YourDay:
    """`said` is without the commitments, which have a place of their own."""

    commitments: list[Part]
    notes: MyNotes
    connections: list[InTouch]
    links: list[Link]
    hand_outs: list[HandOut]

    @property
    def said(self) -> list[Said]:
        return [one for one in self.notes.said if not one.answer.question.is_private]

    @property
    def promised(self) -> list[Said]:
        return [one for one in self.notes.said if one.answer.question.is_private]


def of(at_phone: AtPhone, form: list[Part] | None = None) -> YourDay:
    """What this phone can still find. What was not kept with the name is not among it once names were taken off.

    `form`: the commitments as they were sent in vain.
    """
    workshop, seat = at_phone.workshop, at_phone.seat
    parts = form or commitments.parts(workshop, seat)
    own = queries.mine(workshop, seat)
    return YourDay(
        commitments=parts,
        notes=my_notes.of(workshop, seat, own, agenda.facilitator(workshop)),
        connections=in_touch.mine(workshop, seat).made,
        links=[Link(link["title"], link["url"], drawn(link["url"])) for link in workshop.links],
        hand_outs=_hand_outs(workshop),
    )


def mails(at_phone: AtPhone, tried: LetterForm | None = None) -> list[Mail]:
    """Those on offer, and those that were asked for. `tried`: a form that was sent in vain."""
    workshop = at_phone.workshop
    known = letters.of(at_phone.attendee)
    on_offer = {Purpose.DAY: letters.offers_day(workshop), Purpose.FOLLOWUP: letters.offers_followup(workshop)}
    on = letters.followup_at(workshop)
    return [
        Mail(purpose, known.get(purpose), _form(purpose, tried), on)
        for purpose, is_offered in on_offer.items()
        if is_offered or purpose in known
    ]


def _form(purpose: str, tried: LetterForm | None) -> LetterForm:
    return tried if tried and tried["purpose"].value() == purpose else LetterForm(purpose=purpose)


def drawn(address: str) -> str:
    """A QR code, dark on white."""
    return str(segno.make(address, error="m").svg_data_uri(scale=3, dark="#000", light="#fff"))


def _hand_outs(workshop: Workshop) -> list[HandOut]:
    found = agenda.day(workshop).items.values()
    return [HandOut(item.title, item.detail) for item in found if item.detail]


def file_name(workshop: Workshop) -> str:
    """What the saved page is called."""
    return f"your-day-{workshop.date:%Y-%m-%d}.html"

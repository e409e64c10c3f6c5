"""Verbs of going round the room: who introduces themselves now. Each is one transaction: touch first, announce last.

A press carries the id of the newest call that the person saw, so that two desks never skip somebody between them.
"""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import cards, changes, clock, going_round, queries
from agenda.models import Attendee, Workshop
from agenda.services import Refused, Stale

from .call_models import Call
from .models import Stage
from .stage import turn_to

Kind = Call.Kind
Step = tuple[str, uuid.UUID | None]


@transaction.atomic
def call(*, workshop: Workshop, seat: uuid.UUID | None, seen: uuid.UUID | None, press: uuid.UUID) -> None:
    """Somebody's turn has come; None is somebody who is not on the list. The screen shows the item, and in it the
    card of who speaks, if they chose that."""
    if _begin(workshop, seen, press):
        _write(workshop, press, [(Kind.CALLED, seat)])
        turn_to(workshop, face=Stage.Face.SLOT)
    changes.announce(workshop)


@transaction.atomic
def pass_by(*, workshop: Workshop, seat: uuid.UUID | None, seen: uuid.UUID | None, press: uuid.UUID) -> None:
    """Somebody would rather not. If it was their turn, the next has theirs at once."""
    if _begin(workshop, seen, press):
        steps: list[Step] = [(Kind.PASSED, seat)]
        if _speaking(workshop) == (Kind.CALLED, seat):
            steps.append(_next(workshop, [*_steps(workshop), *steps]))
        _write(workshop, press, steps)
    changes.announce(workshop)


@transaction.atomic
def end(*, workshop: Workshop, seen: uuid.UUID | None, press: uuid.UUID) -> None:
    """Everybody has had their turn."""
    if _begin(workshop, seen, press):
        _write(workshop, press, [(Kind.OVER, None)])
    changes.announce(workshop)


@transaction.atomic
def undo(*, workshop: Workshop, seen: uuid.UUID | None, press: uuid.UUID) -> None:
    """Take the newest press back, with all that it did. Whoever speaks again has their time from now."""
    if _begin(workshop, seen, press):
        newest = _newest(workshop)
        if newest is None:
            raise Refused(_("Nobody has been called yet, so there is nothing to take back."))
        Call.objects.filter(workshop=workshop, press=newest.press).delete()
        _note_time(workshop)
    changes.announce(workshop)


def _begin(workshop: Workshop, seen: uuid.UUID | None, press: uuid.UUID) -> bool:
    """Whether the press is to be done: not when it was heard before. Raises Stale and Refused."""
    workshop.touch(phones=True)
    if Call.objects.filter(workshop=workshop, press=press).exists():
        return False
    day = queries.day(workshop)
    live = day.progress.live
    if live is None or day.items[live].kind != "intros":
        raise Refused(_("The introductions are not on now. Nothing was changed by this press."))
    newest = _newest(workshop)
    if seen != (newest and newest.pk):
        raise Stale(_("The room has gone on to somebody else already. Nothing was changed by this press."))
    return True


def _newest(workshop: Workshop) -> Call | None:
    return Call.objects.filter(workshop=workshop).last()


def _steps(workshop: Workshop) -> list[Step]:
    return list(Call.objects.filter(workshop=workshop).values_list("kind", "attendee_id"))


def _speaking(workshop: Workshop) -> Step | None:
    now = fold(_steps(workshop)).now
    return (now.kind, uuid.UUID(now.seat) if now.seat else None) if now else None


def fold(steps: Sequence[Step]) -> going_round.Round:
    return going_round.fold(going_round.Call(kind, str(seat) if seat else None) for kind, seat in steps)


def _next(workshop: Workshop, steps: Sequence[Step]) -> Step:
    """Whose turn comes after these."""
    people = cards.people(workshop)
    return next_of(fold(steps), people, queries.here(workshop).count() - len(people))


def next_of(standing: going_round.Round, people: Sequence[Attendee], unnamed: int) -> Step:
    """The first of the list who waits, then somebody who is not on it, then the end."""
    waiting = standing.waiting([str(person.pk) for person in people])
    if waiting:
        return Kind.CALLED, uuid.UUID(waiting[0])
    return (Kind.CALLED, None) if standing.unlisted(unnamed) else (Kind.OVER, None)


def _write(workshop: Workshop, press: uuid.UUID, steps: Sequence[Step]) -> None:
    newest = _newest(workshop)
    for number, (kind, seat) in enumerate(steps, start=newest.number + 1 if newest else 1):
        person = Attendee.objects.filter(workshop=workshop, pk=seat, revoked_at=None).first() if seat else None
        if seat and person is None:
            raise Refused(_("This person is not there any more. Nothing was changed by this press."))
        Call.objects.create(workshop=workshop, number=number, press=press, kind=kind, attendee=person)
    _note_time(workshop)


def _note_time(workshop: Workshop) -> None:
    """Since when whoever speaks has done so; nobody else's time is kept."""
    stands = Call.objects.filter(workshop=workshop, kind=Kind.CALLED).last() if _speaking(workshop) else None
    if stands and stands.began_at is None:
        Call.objects.filter(pk=stands.pk).update(began_at=clock.now(workshop))
    timed = Call.objects.filter(workshop=workshop).exclude(began_at=None)
    (timed.exclude(pk=stands.pk) if stands else timed).update(began_at=None)

"""Verbs of what the room looks at that are not about one question: the way out, a frozen screen, a speaker's phases.

Each is one transaction: touch first, write, announce after commit.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock, presses, queries
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Refused, Stale

from . import faces, picture, press_text, questions, room, snapshots
from .models import Stage


@transaction.atomic
def everyone_out(*, workshop: Workshop, actor: User | None) -> None:
    """Show everybody the way out, over everything, and let the day's clock stand. An alarm is never refused."""
    workshop.touch(phones=True)
    stage = Stage.objects.get(pk=workshop.pk)
    if stage.is_out:
        return
    now = clock.now(workshop)
    Stage.objects.filter(pk=workshop.pk).update(out_since=now, back_at=None)
    progress = queries.day(workshop).progress
    if progress.live and progress.held_since is None:
        presses.record(workshop=workshop, events=[press_text.event("hold")], seen=None, actor=actor)
    agenda.audit(kind="everyone out", at=now, workshop=workshop, user=actor)
    changes.announce(workshop)


@transaction.atomic
def everyone_back(*, workshop: Workshop, actor: User | None) -> None:
    """The room is as it was. The clock goes on, unless somebody held it before the alarm."""
    workshop.touch(phones=True)
    stage = Stage.objects.get(pk=workshop.pk)
    if stage.out_since is None or stage.back_at is not None:
        return
    now = max(clock.now(workshop), stage.out_since)
    Stage.objects.filter(pk=workshop.pk).update(back_at=now)
    held_since = questions.standing_since(workshop)
    if held_since is not None and held_since >= stage.out_since:
        presses.record(workshop=workshop, events=[press_text.event("release")], seen=None, actor=actor)
        questions.keep_time(workshop, held_since, at=now)
    agenda.audit(kind="everyone back", at=now, workshop=workshop, user=actor)
    changes.announce(workshop)


@transaction.atomic
def freeze(*, workshop: Workshop, on: bool) -> None:
    """Let the screen keep its picture while the desk looks for something else, or let it go on."""
    workshop.touch(phones=not on)  # what waited is shown to them too
    stage = Stage.objects.get(pk=workshop.pk)
    if on == bool(stage.frozen):
        return
    if on:
        seen = room.look(workshop, real=snapshots.moment(snapshots.stamp(workshop, "screen")))
        taken = picture.take(seen)
        Stage.objects.filter(pk=workshop.pk).update(frozen=taken)
        picture.pause_live(workshop, taken)
    else:
        picture.resume_live(workshop, stage.frozen)
        Stage.objects.filter(pk=workshop.pk).update(frozen=None)
    changes.announce(workshop)


@transaction.atomic
def set_phase(*, workshop: Workshop, phase: str, expect: str | None) -> None:
    """A speaker's item has come to its talk, its questions or its discussion. `expect`: the item the person saw."""
    workshop.touch(phones=True)
    day = queries.day(workshop)
    live = day.progress.live
    if live is None or live != expect:
        raise Stale(_("The day stood somewhere else already. Nothing was changed by this press."))
    if day.items[live].kind != faces.SPEAKER:
        raise Refused(_("Only a speaker's item has a talk, questions and a discussion."))
    Stage.objects.filter(pk=workshop.pk).update(phase=Stage.Phase(phase))
    changes.announce(workshop)

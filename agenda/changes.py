""" "Workshop N changed": said after commit, heard by every hub, in this process and in the others.

It is only a hint. The database is the truth, and every hub reads the revisions once a second whether or not it
heard anything, so a lost hint delays a screen and never makes it wrong.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from . import processes
from .models import Workshop

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def announce(workshop: Workshop) -> None:
    """Tell the listeners, here and in other processes, once the running transaction is committed."""
    transaction.on_commit(partial(_tell, workshop.pk))
    processes.say("changed", workshop.pk)


def listen(listener: Listener) -> None:
    """Call `listener(workshop id)` after each change; it must be quick and safe from any thread.

    Other processes are heard while `processes` listens, see there.
    """
    _listeners.append(listener)


def _tell(workshop_id: str) -> None:
    for listener in _listeners:
        listener(workshop_id)


def _told_by_another(process: str, workshop_id: str) -> None:
    _tell(workshop_id)


processes.hear("changed", _told_by_another)

"""Somebody is called otherwise than before. The floors above may show a name to the room: they hear of it at once."""

from collections.abc import Callable

from .models import Attendee

Listener = Callable[[Attendee], None]
_listeners: list[Listener] = []


def hear(listener: Listener) -> None:
    """Call `listener(attendee)` inside the transaction that has changed a name; the workshop is touched already."""
    _listeners.append(listener)


def tell(attendee: Attendee) -> None:
    for listener in _listeners:
        listener(attendee)

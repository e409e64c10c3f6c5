"""What the processes that serve one database say to each other: PostgreSQL's NOTIFY. On SQLite nobody says anything.

Whatever is said is only a hint. It may be lost, and a process that hears nobody is still right, and a second slower.
"""

import logging
import random
import secrets
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)
Listener = Callable[[str, str], None]  # which process says it, and what

PREFIX = "masterclass_"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
LOOK_UP = 0.5  # how often the thread that listens looks whether it is to end
# Without these a database that vanished with its computer would look like one that has nothing to say.
WATCHED = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "connect_timeout": 5}

_own_name = secrets.token_hex(4)
_listeners: dict[str, list[Listener]] = defaultdict(list)
_guard = threading.Lock()
_end: threading.Event | None = None  # of the thread that listens, if one does
_wanted_by = 0


def say(topic: str, text: str) -> None:
    """Tell the other processes once the running transaction is committed, or at once outside of one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [PREFIX + topic, f"{_own_name} {text}"])


def hear(topic: str, listener: Listener) -> None:
    """Call `listener` with what other processes say, never with our own words. It must be quick. Before `start`."""
    _listeners[topic].append(listener)


def start() -> None:
    """Listen from now on, in a thread with a connection of its own: where sockets are served.

    Until as many have said `stop` as have said `start`.
    """
    global _end, _wanted_by
    with _guard:
        _wanted_by += 1
        if connection.vendor == "postgresql" and _end is None:
            _end = threading.Event()
            threading.Thread(target=_listen, args=[_end], name="processes", daemon=True).start()


def stop() -> None:
    """Listen no more, within half a second, unless somebody else still wants to."""
    global _end, _wanted_by
    with _guard:
        _wanted_by -= 1
        if _end and not _wanted_by:
            _end.set()
            _end = None


def _listen(end: threading.Event) -> None:
    """Until told to end; whatever happens to the connection, there will be another."""
    pause = FIRST_PAUSE
    while not end.is_set():
        try:
            with _connect() as wire:
                pause = FIRST_PAUSE
                while not end.is_set():
                    for heard in wire.notifies(timeout=LOOK_UP):
                        _pass_on(heard.channel.removeprefix(PREFIX), heard.payload)
        except Exception as error:
            if pause == FIRST_PAUSE:  # one line for each outage, not for each try
                log.warning("The other processes cannot be heard (%s); trying again.", type(error).__name__)
            end.wait(random.uniform(pause / 2, pause))  # noqa: S311 - so that not all come back at once
            pause = min(2 * pause, LONGEST_PAUSE)


def _connect() -> "Connection":
    """Outside the pool, since it is kept; everything that somebody wants to hear is listened to."""
    import psycopg  # only there where PostgreSQL is used
    from psycopg.sql import SQL, Identifier

    chosen = connection.get_connection_params()
    wire: Connection = psycopg.connect(
        **{**WATCHED, **chosen, "application_name": "masterclass listens"}, autocommit=True
    )
    for topic in _listeners:
        wire.execute(SQL("LISTEN {}").format(Identifier(PREFIX + topic)))
    return wire


def _pass_on(topic: str, payload: str) -> None:
    name, _, text = payload.partition(" ")
    for listener in _listeners[topic] if name != _own_name else []:
        try:
            listener(name, text)
        except Exception:
            log.exception("What another process said could not be used.")

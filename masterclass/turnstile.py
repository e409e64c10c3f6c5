"""So many requests at a time, and the others wait their turn: a hall that joins in the same second is let in one after
the other.

Every request has a thread of its own. A thousand at once would wait for the database all together, each for as long as
it takes, until most of them had waited too long and were turned away.
"""

import threading
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

AT_A_TIME = 12  # below the connections of one process's pool: what serves the sockets has its own need of them
_turns = threading.BoundedSemaphore(AT_A_TIME)

View = Callable[[HttpRequest], HttpResponse]


def turnstile(get_response: View) -> View:
    """Middleware. What was sent has arrived before it waits here, so nobody slow takes a turn."""

    def let_in(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/healthz/"):
            return get_response(request)
        with _turns:
            try:
                return get_response(request)
            finally:
                if not connection.in_atomic_block:  # of a test, around everything
                    connection.close_if_unusable_or_obsolete()  # whose turn it is next may need it

    return let_in

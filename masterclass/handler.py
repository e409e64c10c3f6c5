"""Django, each request in one thread from its first middleware to its last.

On its own, Django's handler would put every middleware on the event loop, and send each request to its thread and back
at each of them: a page takes half as long again, and more in a crowd.
"""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponseBase


class Handler(ASGIHandler):
    """Behind the turnstile."""

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self._get_response_and_leave)(request)

    def _get_response_and_leave(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            connection.close_if_unusable_or_obsolete()  # whose turn it is next may need it

"""How an agenda comes in that somebody has as a file: in memory, also where it is a deck with all its pictures."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

from .importers import limits
from .models import User

ADDRESSES = {"agenda:import", "agenda:import_again"}
AROUND = 300_000  # what is pasted beside it, and what a form adds


class AgendasInMemory(MemoryFileUploadHandler):
    """Takes a file that somebody with an account sends to where agendas are brought; leaves any other to the next."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        size = _size(input_data, content_length)
        self.activated = self._is_ours() and size <= limits.MOST_FILE_BYTES + AROUND

    def _is_ours(self) -> bool:
        request = self.request
        found = request.resolver_match if request else None
        return found is not None and found.view_name in ADDRESSES and isinstance(getattr(request, "user", None), User)


def _size(input_data: Any, content_length: int) -> int:
    """What has arrived, whatever its headers say of it."""
    stream = getattr(input_data, "_stream", input_data)
    if not (hasattr(stream, "seekable") and stream.seekable()):
        return content_length
    at, end = stream.tell(), stream.seek(0, 2)
    stream.seek(at)
    return int(end)

"""The ZIP that a deck, a Word file or a workbook is: looked at before anything is unpacked, and unpacked by the count.

What a ZIP says of itself is not believed: entries are counted in its bytes, and a part is read in pieces until it is
over or too much.
"""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from . import limits
from .source import Unreadable

CENTRAL_ENTRY = b"PK\x01\x02"
PIECE = 65_536
ENCRYPTED = 1
DAMAGED = "It is damaged. Open it in the program it was made with, save it under another name, and try that."
TOO_MUCH = "It holds far more than a file about a day would. Copy the running order and paste it here."
LOCKED = "It is locked with a password. Take the password off, save it, and try again."
DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError)


class Archive:
    """The entries of a ZIP by their names. Raises Unreadable, as does reading one."""

    def __init__(self, data: bytes) -> None:
        if len(data) > limits.MOST_FILE_BYTES:
            raise Unreadable(limits.TOO_LARGE)
        if data.count(CENTRAL_ENTRY) > limits.MOST_ENTRIES:
            raise Unreadable(TOO_MUCH)
        try:
            self._zip = ZipFile(BytesIO(data))
        except DAMAGE as error:
            raise Unreadable(DAMAGED) from error
        self._unpacked = 0
        self._entries: dict[str, ZipInfo] = {}
        for entry in self._zip.infolist():
            self._add(entry)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """A part, unpacked. Its name is found however its letters are written, as in Windows."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise Unreadable(DAMAGED)
        try:
            return self._unpack(entry)
        except DAMAGE as error:
            raise Unreadable(DAMAGED) from error

    def _add(self, entry: ZipInfo) -> None:
        if entry.flag_bits & ENCRYPTED:
            raise Unreadable(LOCKED)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise Unreadable(DAMAGED)
        name = entry.filename.lower().replace("\\", "/")  # as some programs write it
        steps = name.removesuffix("/").split("/")
        if name in self._entries or {"", ".", ".."} & {*steps} or ":" in name:
            raise Unreadable(DAMAGED)
        if not name.endswith("/"):
            self._entries[name] = entry

    def _unpack(self, entry: ZipInfo) -> bytes:
        pieces, size = [], 0
        with self._zip.open(entry) as part:
            while piece := part.read(PIECE):
                size += len(piece)
                self._unpacked += len(piece)
                is_bomb = size > limits.RATIO_FROM_BYTES and size > entry.compress_size * limits.MOST_RATIO
                if is_bomb or size > limits.MOST_PART_BYTES or self._unpacked > limits.MOST_UNPACKED_BYTES:
                    raise Unreadable(TOO_MUCH)
                pieces.append(piece)
        return b"".join(pieces)

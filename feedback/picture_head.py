"""What a file says it is before anything decodes it: a JPEG or a PNG, how large, and nothing besides a picture.

A file is read by its content and never by its name. Only where all of it can be followed from the first byte to the
last is it let through: a picture that moves, a picture too large to open, and a file that is a picture and something
else as well are refused with a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}  # a phone's largest photo; a PNG is opened whole
LONGEST_SIDE = 20_000
MOST_PARTS = 20_000  # chunks or segments; a photo has some hundreds
MOST_SCANS = 60  # a JPEG is painted over once for each: photos have a dozen, and a small file could have ten thousands
PNG = b"\x89PNG\r\n\x1a\n"
MOVES = {b"acTL", b"fcTL", b"fdAT"}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of a JPEG that say how large it is
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without anything behind them
SCAN = 0xDA
BEHIND_SCAN = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")  # a marker that is no part of the coded picture
SOMETHING_ELSE = (
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"<script",
    b"<html",
    b"<svg",
    b"<?php",
    b"<!doctype",
    b"GIF8",
)


class NotAPhoto(Exception):
    """Why a file is not taken. The message is a sentence."""


TOO_LARGE = "This file is larger than {} MB. Take the photo again with a lower resolution, or send it smaller."
NEITHER = "This is not a JPEG or PNG picture, so it was not kept. Photos from a phone’s camera are."
BROKEN = "This picture is damaged and cannot be read. Nothing was kept. Take the photo again."
MOVING = "This picture moves. Only a still photo can be kept."
PIXELS = "This picture has too many pixels to open. Take the photo again with a lower resolution."
MORE = "This file holds something besides a picture, so it was not kept. Take a new photo and send that."


@dataclass(frozen=True)
class Head:
    """What is known of a picture before it is decoded."""

    format: str
    width: int
    height: int


def read_head(data: bytes) -> Head:
    """Raises NotAPhoto."""
    if len(data) > MOST_BYTES:
        raise NotAPhoto(TOO_LARGE.format(MOST_BYTES // 1024 // 1024))
    if data.startswith(PNG):
        head = _png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        head = _jpeg(data)
    else:
        raise NotAPhoto(NEITHER)
    if not (0 < head.width <= LONGEST_SIDE and 0 < head.height <= LONGEST_SIDE):
        raise NotAPhoto(PIXELS)
    if head.width * head.height > MOST_PIXELS[head.format]:
        raise NotAPhoto(PIXELS)
    return head


def _png(data: bytes) -> Head:
    """Chunk after chunk, to the end and not beyond it."""
    at, size = len(PNG), (0, 0)
    for _ in range(MOST_PARTS):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body, at = data[at + 8 : at + 8 + length], at + 12 + length
        if at > len(data) or (name == b"IHDR") != (size == (0, 0)):
            raise NotAPhoto(BROKEN)
        if name in MOVES:
            raise NotAPhoto(MOVING)
        if name == b"IHDR":
            size = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
            if length != 13 or not all(size):
                raise NotAPhoto(BROKEN)
        elif name == b"IEND":
            if at != len(data):
                raise NotAPhoto(MORE)
            return Head("PNG", *size)
        elif name != b"IDAT":
            _check_words(body)
    raise NotAPhoto(BROKEN)


def _jpeg(data: bytes) -> Head:
    """Marker after marker; behind the end only what cameras are known to leave there."""
    size, scans, end = (0, 0), 0, 0
    for marker, start, end in _segments(data):
        body = data[start:end]
        scans += marker == SCAN
        if marker in FRAMES:
            size = int.from_bytes(body[3:5]), int.from_bytes(body[1:3])
        elif marker == 0xFE or 0xE0 <= marker <= 0xEF:
            _check_words(body)
    if size == (0, 0) or scans > MOST_SCANS:
        raise NotAPhoto(BROKEN)
    _check_rest(data[end:])
    return Head("JPEG", *size)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker with where its body begins and ends; the last is that of the end."""
    at = 2
    for _ in range(MOST_PARTS):
        if data[at : at + 1] != b"\xff" or at + 1 == len(data):
            break
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == 0xD9:
            yield marker, at + 2, at + 2
            return
        if marker in ALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            break
        yield marker, at + 4, at + 2 + length
        at += 2 + length
        if marker == SCAN:
            behind = BEHIND_SCAN.search(data, at)
            at = behind.start() if behind else len(data)
    raise NotAPhoto(BROKEN)


def _check_rest(rest: bytes) -> None:
    """Cameras leave a smaller picture, a short film or a mark of their own behind a photo, and it is thrown away."""
    is_known = (
        not rest.strip(b"\x00") or rest.startswith(b"\xff\xd8\xff") or rest[4:8] == b"ftyp" or b"SEFT" in rest[-8:]
    )
    if not is_known:
        raise NotAPhoto(MORE)
    _check_words(rest)


def _check_words(body: bytes) -> None:
    """Nothing that another program would take for a document of its own."""
    lower = body.lower()
    if any(sign.lower() in lower for sign in SOMETHING_ELSE):
        raise NotAPhoto(MORE)

"""Pictures made by hand, byte for byte, so that a test can spoil any part of them; and real ones."""

import zlib
from io import BytesIO
from typing import Any

from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def png(width: int = 4, height: int = 3, *extra: bytes) -> bytes:
    """A white PNG; `extra` chunks stand before the picture."""
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress((b"\x00" + b"\xff" * 3 * width) * height) if width * height < 1_000_000 else b""
    return PNG + chunk(b"IHDR", head) + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def jpeg(width: int = 4, height: int = 3, *extra: bytes, end: bytes = b"\xff\xd9") -> bytes:
    """The frame of a JPEG with nothing sensible in it: enough for whoever does not decode it."""
    frame = bytes([8]) + height.to_bytes(2) + width.to_bytes(2) + bytes([3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1])
    return b"\xff\xd8" + b"".join(extra) + segment(0xC0, frame) + SCAN + end


def real(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **saved: Any) -> bytes:
    """A picture that can be opened: black on the left, white on the right."""
    file = BytesIO()
    Image.linear_gradient("L").rotate(90).resize(size).convert(mode).save(file, kind, **saved)
    return file.getvalue()


def deep_grey(width: int = 40, height: int = 30) -> bytes:
    """The same as a PNG of one channel in 65,536 steps."""
    row = b"\x00" + b"".join((65535 * x // (width - 1)).to_bytes(2) for x in range(width))
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([16, 0, 0, 0, 0])
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND")


def painted_over(times: int, size: tuple[int, int] = (40, 30)) -> bytes:
    """A JPEG whose last scan comes again and again: each takes some bytes, and a whole picture's work."""
    data = real("JPEG", size, "L", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * times + data[-2:]

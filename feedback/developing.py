"""A photo as it is kept: read_head has let it through, and it is painted anew, upright and no larger than a page needs.

Nothing of the file itself is kept: no place, no time, no camera, no small picture of its own, nothing behind its end.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from .picture_head import BROKEN, Head, NotAPhoto, read_head

LONGEST = 2400  # pixels of the longer side: what a sheet of A4 shows when it is printed
QUALITY = 82
ORIENTATION = 0x0112  # how a camera says which way up it was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_one_at_a_time = threading.Lock()  # the largest takes a quarter of a gigabyte while it is open


@dataclass(frozen=True)
class Photo:
    """A JPEG."""

    image: bytes
    width: int
    height: int


def developed(data: bytes) -> Photo:
    """Raises NotAPhoto with a sentence."""
    head = read_head(data)
    with _one_at_a_time:
        try:
            paper = _painted(data, head)
        except Exception as error:  # whatever decoders stumble over: a file can be spoilt in any way
            raise NotAPhoto(BROKEN) from error
    kept = BytesIO()
    paper.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Photo(kept.getvalue(), *paper.size)


def _painted(data: bytes, head: Head) -> Image.Image:
    with Image.open(BytesIO(data), formats=[head.format]) as opened:
        if opened.size != (head.width, head.height):
            raise NotAPhoto(BROKEN)
        opened.draft("RGB", (LONGEST, LONGEST))
        opened.load()
        small = _on_white(opened)
        small.thumbnail((LONGEST, LONGEST))
        turn = TURNS.get(_orientation(opened))
    upright = small if turn is None else small.transpose(turn)
    paper = Image.new("RGB", upright.size)  # what is made of a picture takes its notes along, and they would be written
    paper.paste(upright)
    return paper


def _on_white(opened: Image.Image) -> Image.Image:
    """In full colours before it is made smaller, so that thin lines fade and do not vanish; white where it is clear."""
    if opened.mode.startswith("I"):  # greys in 65,536 steps: a plain conversion makes nearly all of them white
        return opened.convert("I").point(lambda grey: grey * (1 / 257)).convert("L").convert("RGB")
    if not opened.has_transparency_data:
        return opened.convert("RGB")
    clear = opened if opened.mode == "RGBA" else opened.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear)
    return paper


def _orientation(opened: Image.Image) -> int:
    """What the camera wrote of it; where that cannot be read, the photo stands as it came."""
    with suppress(Exception):  # nothing else in these notes is worth a photo
        return int(opened.getexif().get(ORIENTATION, 1))
    return 1

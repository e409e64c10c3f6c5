"""A photo as it is kept: read_head has let it through, and it is painted anew, upright and no larger than a page needs.

Nothing of the file itself is kept: no place, no time, no camera, no small picture of its own, nothing behind its end.
"""

from dataclasses import dataclass
from io import BytesIO

from .picture_head import BROKEN, NotAPhoto, read_head

LONGEST = 2400  # pixels of the longer side: what a sheet of A4 shows when it is printed
QUALITY = 82
NO_LIBRARY = "This server cannot open photos, so nothing was kept. Type what the sheet says instead."


@dataclass(frozen=True)
class Photo:
    """A JPEG."""

    image: bytes
    width: int
    height: int


def developed(data: bytes) -> Photo:
    """Raises NotAPhoto with a sentence."""
    head = read_head(data)
    try:  # here, since few days have a photo and each start would wait for it
        from PIL import Image, ImageOps  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise NotAPhoto(NO_LIBRARY) from None
    try:
        with Image.open(BytesIO(data), formats=[head.format]) as opened:
            if opened.size != (head.width, head.height):
                raise NotAPhoto(BROKEN)
            opened.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST, LONGEST))
            paper = Image.new("RGB", upright.size, "white")  # a PNG may be clear where the paper is
            whole = upright.convert("RGBA")
            paper.paste(whole, mask=whole)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise NotAPhoto(BROKEN) from error
    kept = BytesIO()
    paper.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Photo(kept.getvalue(), *paper.size)

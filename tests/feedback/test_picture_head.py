"""A file is taken for what it holds from the first byte to the last; everything else is refused with a sentence."""

import random
from contextlib import suppress

import pytest

from feedback.picture_head import MOST_BYTES, Head, NotAPhoto, read_head

from .photos import chunk, jpeg, png, segment

EXIF = segment(0xE1, b"Exif\x00\x00" + b"where and when it was taken")
FILM = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40


@pytest.mark.parametrize(
    ("data", "head"),
    [
        (png(), Head("PNG", 4, 3)),
        (png(4, 3, chunk(b"tEXt", b"Title\x00A sheet")), Head("PNG", 4, 3)),
        (jpeg(), Head("JPEG", 4, 3)),
        (jpeg(4000, 3000, EXIF), Head("JPEG", 4000, 3000)),
        (jpeg() + b"\x00" * 64, Head("JPEG", 4, 3)),  # padding
        (jpeg() + jpeg(), Head("JPEG", 4, 3)),  # a smaller one behind it
        (jpeg() + FILM, Head("JPEG", 4, 3)),  # the moment before, as phones keep it
        (jpeg(4, 3, end=segment(0xC4, b"\xff\xd9" * 4) + b"\xff\xda\x00\x02\x11\xff\xd9"), Head("JPEG", 4, 3)),
    ],
)
def test_a_still_picture_is_what_it_says(data: bytes, head: Head) -> None:
    assert read_head(data) == head


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a JPEG or PNG"),
        (b"GIF89a" + b"\x00" * 20, "not a JPEG or PNG"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "not a JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG or PNG"),
        (b"%PDF-1.7\n" + jpeg(), "not a JPEG or PNG"),
        (png(4, 3, chunk(b"acTL", b"\x00\x00\x00\x02\x00\x00\x00\x00")), "moves"),
        (png(30_000, 10), "too many pixels"),
        (png(10_000, 10_000), "too many pixels"),
        (jpeg(20_000, 20_000), "too many pixels"),
        (jpeg(4, 0), "too many pixels"),
        (png(0, 4), "damaged"),
        (png()[:-6], "damaged"),
        (jpeg()[:-2], "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (png() + b"<?php echo 1;", "something besides"),
        (png() + png(), "something besides"),
        (jpeg() + b"PK\x03\x04" + b"\x00" * 40, "something besides"),
        (jpeg() + FILM + b"%PDF-1.7", "something besides"),
        (jpeg(4, 3, segment(0xFE, b"*/=1;<SCRIPT>alert(1)</script>")), "something besides"),
        (png(4, 3, chunk(b"tEXt", b"Comment\x00<script>alert(1)</script>")), "something besides"),
        (png() + b"\x00" * MOST_BYTES, "larger than 12 MB"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotAPhoto, match=sentence):
        read_head(data)


@pytest.mark.parametrize("whole", [png(), jpeg(4, 3, EXIF)])
def test_a_spoilt_picture_is_refused_or_read_and_never_hangs(whole: bytes) -> None:
    chance = random.Random(7)
    for _ in range(2000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        with suppress(NotAPhoto):
            assert read_head(bytes(data)).width > 0

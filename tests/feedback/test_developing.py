"""Whatever somebody sends as a photo is painted anew or refused with a sentence, and nothing of the file stays."""

import random
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from feedback.developing import LONGEST, Photo, developed
from feedback.picture_head import MOST_SCANS, NotAPhoto

from .photos import PNG, chunk, deep_grey, jpeg, painted_over, png, real, segment

Corner = tuple[int, int, int]
COLOURS: list[Corner] = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)]  # of the four quarters, row by row
BACK = {  # what a camera does to an upright picture that it then says is of this orientation
    1: lambda image: image,
    2: ImageOps.mirror,
    3: lambda image: image.rotate(180),
    4: ImageOps.flip,
    5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
    8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
}


def looks(photo: Photo) -> Image.Image:
    image = Image.open(BytesIO(photo.image))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (photo.width, photo.height))
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", "<p>something else")
    return file.getvalue()


def is_zip(data: bytes) -> bool:
    return zipfile.is_zipfile(BytesIO(data))


@pytest.mark.parametrize(
    "data",
    [
        real("JPEG"),
        real("JPEG", progressive=True),
        real("JPEG", mode="L"),
        real("JPEG", mode="CMYK"),
        real("MPO"),
        real("PNG"),
        real("PNG", mode="L"),
        real("PNG", mode="P"),
        real("PNG", mode="RGBA"),
        real("PNG", mode="LA"),
        deep_grey(),
        painted_over(5),
    ],
)
def test_every_way_to_write_colours_looks_as_it_did(data: bytes) -> None:
    image = looks(developed(data)).convert("L")
    left, middle, right = (image.getpixel((x, 15)) for x in (0, 20, 39))
    assert left < 20  # type: ignore[operator]
    assert 105 < middle < 150  # type: ignore[operator]
    assert right > 235  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_no_larger_than_a_page(kind: str) -> None:
    photo = developed(real(kind, (3000, 300)))
    assert (photo.width, photo.height) == (LONGEST, LONGEST // 10)
    assert (developed(real(kind, (5000, 1))).width, developed(real(kind, (1, 1))).height) == (LONGEST, 1)


def test_where_a_picture_is_clear_its_paper_is_white() -> None:
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    ways = [clear, clear.convert("LA"), clear.quantize(2)]
    for data in [*(saved(each, "PNG") for each in ways), real("PNG", mode="P", transparency=bytes(256))]:
        assert looks(developed(data)).getextrema() == ((255, 255), (255, 255), (255, 255))
    whole = saved(Image.new("L", (40, 30), 9), "PNG", transparency=9)
    assert looks(developed(whole)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "P", "L"])
def test_thin_strokes_do_not_vanish_when_a_scan_is_made_smaller(mode: str) -> None:
    paper = Image.new("1", (4 * LONGEST, 40), 1)
    for x in range(0, paper.width, 80):
        paper.paste(0, (x, 0, x + 2, 40))
    small = looks(developed(saved(paper.convert(mode), "PNG"))).convert("L")
    strokes = [min(small.getpixel((x + by, 5)) for by in (-1, 0, 1)) for x in range(20, LONGEST - 1, 20)]  # type: ignore[type-var]
    assert max(strokes) < 200  # type: ignore[operator, type-var]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", BACK)
def test_a_photo_stands_upright_however_the_camera_was_held(orientation: int, kind: str) -> None:
    upright = Image.new("RGB", (64, 48))
    quarters = [(0, 0), (32, 0), (0, 24), (32, 24)]
    for colour, (x, y) in zip(COLOURS, quarters, strict=True):
        upright.paste(colour, (x, y, x + 32, y + 24))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = looks(developed(saved(BACK[orientation](upright), kind, exif=exif)))
    assert image.size == (64, 48)
    for colour, (x, y) in zip(COLOURS, quarters, strict=True):
        found = image.getpixel((x + 16, y + 12))
        assert all(abs(one - other) < 40 for one, other in zip(colour, found, strict=True))  # type: ignore[arg-type]


def test_nothing_that_is_no_picture_is_kept() -> None:
    """Notes of camera and editor, a smaller picture, a film, a profile: all told apart from the picture by one word."""
    word = b"Nora-Nobody"
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = word.decode(), word  # the camera's maker; a comment
    exif.get_ifd(0x8825)[0x001D] = word.decode()  # beside the place
    notes = [segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + word), segment(0xED, b"Photoshop" + word)]
    photo = real("JPEG", exif=exif, comment=word, icc_profile=word)
    whole = photo[:2] + b"".join(notes) + photo[2:] + b"\x00\x00\x00\x18ftypmp42" + word
    texts = [chunk(b"tEXt", b"Author\x00" + word), chunk(b"zTXt", b"Title\x00\x00" + zlib.compress(word))]
    texts.append(chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + word))
    drawn = real("PNG", exif=exif)
    others = [drawn[:33] + b"".join(texts) + drawn[33:], photo + real("JPEG", comment=word)]
    for data in (whole, *others):
        assert data.count(word) > 1
        kept = developed(data)
        assert word not in kept.image
        assert set(looks(kept).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert kept.image.count(b"\xff\xe1") + kept.image.count(b"\xff\xfe") == 0


def test_a_camera_s_notes_that_cannot_be_read_cost_nobody_a_photo() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x011A] = 6, 72.0
    whole = real("JPEG", exif=exif)
    spoilt = whole.replace(b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x02")  # a number is said to be a text
    assert spoilt != whole
    assert (developed(spoilt).width, developed(whole).width) == (30, 30)
    assert developed(whole.replace(b"MM\x00*", b"MMMM")).width == 40  # not even which way up


HIDDEN: list[Callable[[], bytes]] = [
    lambda: real("JPEG") + zipped(),
    lambda: real("PNG") + zipped(),
    lambda: zipped() + real("JPEG"),
    lambda: real("JPEG", comment=zipped()),
    lambda: real("JPEG") + b"\x00\x00\x00\x18ftypmp42" + zipped(),
    lambda: real("JPEG") + real("JPEG") + zipped(),
    lambda: real("PNG")[:-12] + chunk(b"prVt", zipped()) + chunk(b"IEND"),
    lambda: real("JPEG") + b"<html><script>alert(1)</script>",
    lambda: real("JPEG", comment=b"<!DOCTYPE html><script>alert(1)</script>"),
    lambda: real("PNG")[:-12] + chunk(b"tEXt", b"a\x00<svg onload=alert(1)>") + chunk(b"IEND"),
    lambda: real("JPEG") + b"%PDF-1.7",
]


@pytest.mark.parametrize("made", HIDDEN)
def test_a_picture_that_is_something_else_as_well_is_refused(made: Callable[[], bytes]) -> None:
    with pytest.raises(NotAPhoto, match=r"something besides a picture|not a JPEG or PNG"):
        developed(made())


def test_what_no_list_of_signs_knows_is_gone_when_it_is_painted_anew() -> None:
    word = b"<body onload=alert(1)>"
    for data in (real("JPEG", comment=word), real("PNG")[:-12] + chunk(b"prVt", word) + chunk(b"IEND")):
        kept = developed(data).image
        assert word in data
        assert word not in kept
        assert not is_zip(kept)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (jpeg(4000, 3000), "damaged"),  # a head without what it says is behind it
        (png(4000, 3000), "damaged"),
        (png()[:-30] + png()[-12:], "damaged"),
        (png(25_000_001, 1), "too many pixels"),  # before anything is opened: there is nothing behind this head
        (png(5001, 5000), "too many pixels"),
        (jpeg(10_000, 6001), "too many pixels"),
        (jpeg(0, 30), "too many pixels"),
        (png(0, 30), "damaged"),
        (painted_over(MOST_SCANS), "damaged"),
        (real("PNG", (40, 30), save_all=True, append_images=[Image.new("RGB", (40, 30))]), "moves"),
        (real("GIF", mode="P"), "not a JPEG or PNG"),
        (real("WEBP"), "not a JPEG or PNG"),
        (real("TIFF"), "not a JPEG or PNG"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotAPhoto, match=sentence):
        developed(data)


def test_a_small_file_that_grows_when_it_is_opened_is_refused() -> None:
    notes = zlib.compress(bytes(50_000_000), 9)
    whole = real("PNG")
    with pytest.raises(NotAPhoto, match="damaged"):
        developed(whole[:33] + chunk(b"zTXt", b"Title\x00\x00" + notes) + whole[33:])
    grows = whole[:33] + chunk(b"IDAT", notes) + chunk(b"IEND")  # more rows than its head says: the rest is left
    assert developed(PNG + grows[8:]).width == 40


@pytest.mark.parametrize("whole", [real("JPEG"), real("JPEG", progressive=True), real("PNG"), deep_grey()])
def test_a_file_that_was_cut_off_is_refused(whole: bytes) -> None:
    for end in range(0, len(whole), 7):
        with pytest.raises(NotAPhoto, match=r"damaged|not a JPEG or PNG"):
            developed(whole[:end])


def test_a_spoilt_file_is_refused_or_kept_and_never_more_than_that() -> None:
    chance = random.Random(11)
    exif = Image.Exif()
    exif[0x0112], exif[0x011A], exif[0x010F] = 6, 72.0, "Camera"
    wholes = [real("JPEG", exif=exif), real("PNG", exif=exif), real("PNG", mode="P", transparency=0), real("MPO")]
    kept = 0
    for _ in range(800):
        data = bytearray(chance.choice(wholes))
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 6, 255, chance.randrange(256)])
        with suppress(NotAPhoto):
            kept += bool(looks(developed(bytes(data))))
    assert kept > 50

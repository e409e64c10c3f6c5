"""Office files made wrong on purpose: real ones taken apart, changed, and put together again."""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from .made_files import add_slide, written

MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
WORDS = {"docx": "word/document.xml", "pptx": "ppt/slides/slide1.xml", "xlsx": "xl/worksheets/sheet1.xml"}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OUTSIDE = ' TargetMode="External"'
TYPES = "[Content_Types].xml"


@cache
def small(kind: str) -> bytes:
    """A file with a little of everything, in one of the three kinds."""
    if kind == "docx":
        paper = Document()
        paper.add_heading("Programme", 1)
        paper.add_paragraph("1115 Talk", style="List Bullet")
        table = paper.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "1200"
        table.cell(0, 1).text = "Lunch\nin the hall"
        return written(paper.save)
    if kind == "pptx":
        deck = Presentation()
        slide = add_slide(deck, "Programme", ["1115 Talk -> https://example.org/", " Joyce"])
        slide.shapes.add_table(2, 2, 0, 0, 100, 100).table.cell(0, 0).text = "1200"
        slide.shapes.add_group_shape().shapes.add_textbox(0, 0, 10, 10).text_frame.text = "Lunch"
        return written(deck.save)
    book = Workbook()
    for row in (["Start", "Item"], [0.47, "Talk"], ["1200", "=1+1"]):
        book.active.append(row)
    book.active["A2"].number_format = "h:mm"
    book.create_sheet("Rules").append(["One"])
    return written(book.save)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Mapping[str, bytes], touch: Callable[[ZipInfo], Any] = lambda entry: None) -> bytes:
    """A ZIP of these; `touch` may change what it says of each."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            touch(entry)
            archive.writestr(entry, content)
    return file.getvalue()


def related(entries: Mapping[str, bytes], name: str, *more: tuple[str, str, bool]) -> dict[str, bytes]:
    """The entries with relations added to those of a part: kind, target, and whether that is outside the file."""
    folder, _, last = name.rpartition("/")
    where = f"{folder}/_rels/{last}.rels"
    rows = "".join(
        f'<Relationship Id="added{place}" Type="{RELATIONS}/{kind}" Target="{target}"{OUTSIDE * is_outside}/>'
        for place, (kind, target, is_outside) in enumerate(more)
    )
    return {**entries, where: entries[where].replace(b"</Relationships>", f"{rows}</Relationships>".encode())}


def with_parts(kind: str, **changed: bytes) -> bytes:
    """The small file with its part of words (`words`), its main part (`main`) or its types (`types`) put in place."""
    names = {"words": WORDS[kind], "main": MAIN[kind], "types": TYPES}
    return zipped(parts(small(kind)) | {names[name]: content for name, content in changed.items()})

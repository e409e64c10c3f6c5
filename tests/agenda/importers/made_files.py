"""The Newcastle day as people have it: a deck, a Word file and a workbook, made anew for each test.

`newcastle_pptx()`, `newcastle_docx()` and `newcastle_xlsx()` give the bytes of a file. What they say is in
`newcastle_day.py`, so that all three say the same.
"""

from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.styles import Font
from pptx import Presentation
from pptx.util import Inches

from . import newcastle_day as day

TITLE, CONTENT, ONLY_TITLE, BLANK = 0, 1, 5, 6  # layouts of python-pptx's own template


def written(save: Callable[[Any], object]) -> bytes:
    """What a library saves when it is given a file."""
    file = BytesIO()
    save(file)
    return file.getvalue()


@cache
def newcastle_pptx() -> bytes:
    """The deck, slide by slide as it was shown, pictures left out."""
    deck = Presentation()
    for title, lines in day.SLIDES:
        if not title:
            add_loose(deck, lines)
        elif title == day.TITLE:
            slide = deck.slides.add_slide(deck.slide_layouts[TITLE])
            slide.shapes.title.text_frame.text = title
            slide.placeholders[1].text_frame.text = "\n".join(lines)
        else:
            add_slide(deck, title, lines)
    return written(deck.save)


def add_slide(deck: Any, title: str, lines: Iterable[str]) -> Any:
    """A title and bullets: a space before a line moves it in by one."""
    slide = deck.slides.add_slide(deck.slide_layouts[CONTENT])
    slide.shapes.title.text_frame.text = title
    frame = slide.placeholders[1].text_frame
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.level = len(line) - len(line.lstrip(" "))
        words, _, address = line.strip().partition(" -> ")
        run = paragraph.add_run()
        run.text = words
        if address:
            run.hyperlink.address = address
    return slide


def add_loose(deck: Any, lines: Iterable[str]) -> None:
    """A slide without a title: a box for each line, the lowest drawn first."""
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    for number, line in reversed(list(enumerate(lines))):
        box = slide.shapes.add_textbox(Inches(1), Inches(1 + number), Inches(8), Inches(0.8))
        box.text_frame.text = line


@cache
def newcastle_docx() -> bytes:
    """The programme as a Word file: headings, a table for the running order, lists."""
    paper = Document()
    paper.sections[0].header.paragraphs[0].text = "Local Government Association"
    paper.add_heading(day.TITLE, 0)
    paper.add_paragraph(f"{day.PLACE}, {day.DATE}")
    paper.add_heading("Purpose of the day", 1)
    for line in day.PURPOSE:
        paper.add_paragraph(line)
    paper.add_heading("Running order", 1)
    table = paper.add_table(rows=1, cols=3, style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, ("Time", "Item", "Speakers"), strict=True):
        cell.text = heading
        cell.paragraphs[0].runs[0].bold = True
    for start, title, byline in day.ITEMS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = start, title
        cells[2].text = "\n".join(day.SPEAKERS.get(title, [byline] if byline else []))
        cells[0].width = Cm(2)
    for heading, lines in (("The 3Fs", day.THE_3FS), ("Ground rules", day.GROUND_RULES)):
        paper.add_heading(heading, 1)
        for line in lines:
            paper.add_paragraph(line, style="List Bullet")
    add_questions(paper)
    paper.add_heading("Further support", 1)
    for name, address in day.LINKS:
        paper.add_paragraph(f"{name}: {address}", style="List Bullet")
    return written(paper.save)


def add_questions(paper: Any) -> None:
    """The questions of each item under a heading with its title."""
    paper.add_heading("Questions", 1)
    for title, questions in day.QUESTIONS.items():
        paper.add_heading(title, 2)
        for question in questions:
            paper.add_paragraph(question, style="List Bullet")


@cache
def newcastle_xlsx() -> bytes:
    """The plan as a workbook: a sheet for each thing, its headings bold, its times real times."""
    book = Workbook()
    book.remove(book.active)
    people = [(start, title, "\n".join(day.SPEAKERS.get(title, [])) or byline) for start, title, byline in day.ITEMS]
    asked = [(title, question) for title, questions in day.QUESTIONS.items() for question in questions]
    about = [("Title", day.TITLE), ("Date", day.ON), ("Place", day.PLACE), *(("Purpose", line) for line in day.PURPOSE)]
    add_sheet(book, "About", about)
    add_sheet(book, "Running order", [("Start", "Title", "Speakers"), *((day.clock(s), t, p) for s, t, p in people)])
    add_sheet(book, "Ground rules", [("Rule",), *((rule,) for rule in day.GROUND_RULES)])
    add_sheet(book, "Questions", [("Item", "Question"), *asked])
    add_sheet(book, "Housekeeping", [("Title",), *((title,) for title in day.THE_3FS)])
    add_sheet(book, "Links", [("Title", "Address"), *day.LINKS])
    return written(book.save)


def add_sheet(book: Workbook, name: str, rows: list[tuple[object, ...]]) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)

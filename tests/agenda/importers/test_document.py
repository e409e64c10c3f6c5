from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from agenda.importers.opening import open_source
from agenda.importers.source import Line

from . import newcastle_day as day
from .made_files import newcastle_docx, written


def lines(fill: Callable[[Any], object]) -> list[Line]:
    paper = Document()
    fill(paper)
    return list(open_source("a.docx", written(paper.save)).lines())


def texts(fill: Callable[[Any], object]) -> list[str]:
    return [line.text for line in lines(fill)]


def test_the_newcastle_programme_is_read_in_its_order() -> None:
    source = open_source("newcastle.docx", newcastle_docx())
    assert (len(source.pages), source.are_pages_real) == (1, False)
    found = list(source.lines())
    assert [line.text for line in found if line.is_title][:5] == [
        day.TITLE,
        "Purpose of the day",
        "Running order",
        "The 3Fs",
        "Ground rules",
    ]
    rows = [line.cells for line in found if line.cells]
    assert rows[0] == ("Time", "Item", "Speakers")
    assert [row[:2] for row in rows[1:] if row[0]] == [(start, title) for start, title, _who in day.ITEMS]
    assert ("", "", day.SPEAKERS["Deriving benefits from data"][1]) in rows
    assert [line.text for line in found if line.level == 1][:7] == [*day.THE_3FS, *day.GROUND_RULES]
    assert "Local Government Association" not in [line.text for line in found]  # of the header


def test_lists_say_how_far_they_stand_in() -> None:
    def fill(paper: Any) -> None:
        for style in ("List Bullet", "List Bullet 2", "List Number", "List Paragraph", "Normal", "List Bullet 3"):
            paper.add_paragraph("words", style=style)
        paper.add_paragraph("- typed")

    assert [line.level for line in lines(fill)] == [1, 2, 1, 0, 0, 3, 1]


def test_a_list_made_with_the_button_is_one() -> None:
    def fill(paper: Any) -> None:
        for depth in (0, 1):
            numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
            paper.add_paragraph("words")._p.get_or_add_pPr().append(parse_xml(numbering))

    assert [line.level for line in lines(fill)] == [1, 2]


def test_a_break_by_hand_splits_a_line_and_a_tab_stays() -> None:
    assert texts(lambda paper: paper.add_paragraph("1115\tTalk\n1200\tLunch")) == ["1115\tTalk", "1200\tLunch"]


def test_an_empty_paragraph_is_a_gap() -> None:
    def fill(paper: Any) -> None:
        for text in ("a", "b", " ", "c"):
            paper.add_paragraph(text)

    assert [line.after_gap for line in lines(fill)] == [True, False, True]


def test_merged_cells_are_read_once_and_columns_keep_their_places() -> None:
    def fill(paper: Any) -> None:
        table = paper.add_table(rows=3, cols=3)
        for row, cells in enumerate((("Time", "Item", "Who"), ("Morning", "", ""), ("1115", "Talk", "Joyce"))):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(1, 1))
        table.cell(1, 2).merge(table.cell(2, 2)).text = "Jenny"

    assert [line.cells for line in lines(fill)] == [("Time", "Item", "Who"), ("Morning", "", "Jenny"), ("1115", "Talk")]


def test_a_table_in_a_table_is_read() -> None:
    def fill(paper: Any) -> None:
        outer = paper.add_table(rows=1, cols=2)
        outer.cell(0, 0).text = "Programme"
        inner = outer.cell(0, 1).add_table(rows=2, cols=2)
        for row, cells in enumerate((("1115", "Talk"), ("1200", "Lunch"))):
            inner.cell(row, 0).text, inner.cell(row, 1).text = cells

    assert [line.cells for line in lines(fill)] == [(), ("1115", "Talk"), ("1200", "Lunch")]


def test_a_frame_around_paragraphs_is_no_table() -> None:
    def fill(paper: Any) -> None:
        frame = paper.add_table(rows=1, cols=2)
        frame.cell(0, 1).text = "\n".join(["1115 Talk"] * 4)
        for _ in range(4):
            frame.cell(0, 1).add_paragraph("1200 Lunch")

    assert all(line.cells == () for line in lines(fill))


RUN = "<w:r><w:t>words</w:t></w:r>"
BOX = f"<w:txbxContent><w:p>{RUN.replace('words', 'boxed')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        (f"<w:ins>{RUN}</w:ins>", ["words"]),
        ("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>" + RUN, ["words"]),
        (f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>", ["words"]),
        (f"<w:smartTag>{RUN}</w:smartTag>{RUN}", ["wordswords"]),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", ["well-known"]),
        (f"{RUN}<w:r><w:pict>{BOX}</w:pict></w:r>", ["words", "boxed"]),
        ('<w:r><w:instrText> HYPERLINK "file:///etc/passwd" </w:instrText></w:r>' + RUN, ["words"]),
    ],
)
def test_what_word_wraps_around_words_does_not_hide_them(inside: str, read: list[str]) -> None:
    xml = f"<w:p {nsdecls('w')}>{inside}</w:p>"
    assert texts(lambda paper: paper.element.body.insert(0, parse_xml(xml))) == read


def test_a_content_control_around_a_table_does_not_hide_it() -> None:
    def fill(paper: Any) -> None:
        table = paper.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "1115", "Talk"
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        table._tbl.addprevious(control)
        control.find(qn("w:sdtContent")).append(table._tbl)

    assert [line.cells for line in lines(fill)] == [("1115", "Talk")]


def test_an_address_behind_words_is_read_with_them() -> None:
    def fill(paper: Any) -> None:
        for address in ("https://example.org/a", "file:///etc/passwd"):
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            key = paper.part.relate_to(address, kind, is_external=True)
            link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}">{RUN}</w:hyperlink>'
            paper.add_paragraph()._p.append(parse_xml(link))

    assert texts(fill) == ["words <https://example.org/a>", "words"]

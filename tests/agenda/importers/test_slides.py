from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from agenda.importers.opening import open_source
from agenda.importers.source import Line, Page, Source

from . import newcastle_day as day
from .made_files import BLANK, CONTENT, add_slide, newcastle_pptx, written


def made(fill: Callable[[Any], object]) -> Source:
    deck = Presentation()
    fill(deck)
    return open_source("a.pptx", written(deck.save))


def loose(fill: Callable[[Any], object]) -> list[Line]:
    """What is read of one slide without a title."""
    return list(made(lambda deck: fill(deck.slides.add_slide(deck.slide_layouts[BLANK]))).lines())


def box(around: Any, text: str, left: float, top: float) -> Any:
    shape = around.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    shape.text_frame.text = text
    return shape


def test_the_newcastle_deck_has_a_page_a_slide() -> None:
    source = open_source("newcastle.pptx", newcastle_pptx())
    assert source.are_pages_real
    assert [page.name for page in source.pages] == [title for title, _lines in day.SLIDES]


def test_the_running_order_of_the_newcastle_deck_is_one_slide() -> None:
    page = open_source("newcastle.pptx", newcastle_pptx()).pages[2]
    assert page.name == "The shape of our day"
    assert (page.lines[0].text, page.lines[0].is_title) == ("The shape of our day", True)
    assert [(line.text, line.level) for line in page.lines[1:]] == [(text, 1) for text in day.SLIDES[2][1]]


def test_speakers_stand_below_their_welcome() -> None:
    page = next(
        page for page in open_source("", newcastle_pptx()).pages if page.name == "Maximising the Benefits of Data"
    )
    assert [(line.text, line.level) for line in page.lines[1:]] == [
        ("Please welcome:", 1),
        ("Cllr Michael Mordey, Deputy leader, Sunderland CC", 2),
        ("Fiona Brown, Exec Director, Neighbourhoods", 2),
    ]


def test_an_address_behind_words_is_read_with_them() -> None:
    texts = [line.text for line in open_source("", newcastle_pptx()).lines()]
    assert f"Cyber security <{day.CYBER}>" in texts
    assert day.EXCHANGE in texts


def test_only_addresses_of_web_pages_are_read() -> None:
    def fill(deck: Any) -> None:
        add_slide(
            deck, "Links", ["a -> file:///etc/passwd", "b -> javascript:alert(1)", "www.a.org -> http://www.a.org/"]
        )

    assert [line.text for line in made(fill).lines()] == ["Links", "a", "b", "www.a.org"]


def test_a_slide_is_read_from_the_top_and_from_the_left() -> None:
    def fill(slide: Any) -> None:
        for text, left, top in (("4", 5, 3), ("2", 5, 1.1), ("3", 1, 3.1), ("1", 1, 1.15)):
            box(slide.shapes, text, left, top)

    assert [line.text for line in loose(fill)] == ["1", "2", "3", "4"]


def test_groups_are_read_where_they_stand() -> None:
    def fill(slide: Any) -> None:
        box(slide.shapes, "last", 1, 5)
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        box(inner.shapes, "second", 1, 2)
        box(group.shapes, "first", 1, 1)

    assert [line.text for line in loose(fill)] == ["first", "second", "last"]


def test_a_table_gives_rows_and_a_merged_cell_once() -> None:
    def fill(slide: Any) -> None:
        table = slide.shapes.add_table(3, 3, 0, 0, Inches(6), Inches(2)).table
        for row, texts in enumerate((("Time", "Item", "Who"), ("1115", "Talk", "Joyce\nJenny"), ("1245", "Lunch", ""))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(2, 1).merge(table.cell(2, 2))

    cells = [line.cells for line in loose(fill)]
    assert cells == [("Time", "Item", "Who"), ("1115", "Talk", "Joyce"), ("", "", "Jenny"), ("1245", "Lunch")]


def test_a_break_in_a_title_is_a_space_and_in_a_text_a_line() -> None:
    def fill(deck: Any) -> None:
        slide = add_slide(deck, "Data and\vDigital", ["x"])
        slide.placeholders[1].text_frame.text = "one\vtwo"

    page: Page = made(fill).pages[0]
    assert page.name == "Data and Digital"
    assert [line.text for line in page.lines] == ["Data and Digital", "one", "two"]


def test_a_box_has_no_bullets_unless_it_says_so() -> None:
    def fill(slide: Any) -> None:
        frame = box(slide.shapes, "plain\n- typed\nreal", 1, 1).text_frame
        frame.paragraphs[2]._p.get_or_add_pPr().insert_element_before(
            frame.paragraphs[2]._p.makeelement(
                "{http://schemas.openxmlformats.org/drawingml/2006/main}buChar", {"char": "•"}
            )
        )

    assert [line.level for line in loose(fill)] == [0, 1, 1]


def test_notes_footers_and_numbers_are_not_read() -> None:
    def fill(deck: Any) -> None:
        slide = add_slide(deck, "Title", ["body"])
        slide.notes_slide.notes_text_frame.text = "say nothing of this"
        layout = deck.slide_layouts[CONTENT]
        for place in layout.placeholders:
            if place.placeholder_format.idx in {10, 11, 12}:  # date, footer, number
                slide.shapes.clone_placeholder(place)
        for shape in slide.placeholders:
            if shape.placeholder_format.idx >= 10:
                shape.text_frame.text = "edge"

    assert [line.text for line in made(fill).lines()] == ["Title", "body"]


def test_a_hidden_slide_is_read() -> None:
    def fill(deck: Any) -> None:
        add_slide(deck, "Hidden", ["body"])._element.set("show", "0")

    assert [page.name for page in made(fill).pages] == ["Hidden"]

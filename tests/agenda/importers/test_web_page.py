import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.importers.opening import open_source
from agenda.importers.source import Line
from agenda.importers.web_page import is_page, read

from .outcomes import lines_or_sentence


def lines(html: str) -> list[Line]:
    return list(read(html).lines())


def test_a_table_gives_rows() -> None:
    html = "<table><tr><th>Time<th>Item</tr><tr><td>9.00<td>Tea &amp; coffee</tr><tr><td>9.30<td>Talk<br>Joyce</table>"
    assert [line.cells for line in lines(html)] == [
        ("Time", "Item"),
        ("9.00", "Tea & coffee"),
        ("9.30", "Talk"),
        ("", "Joyce"),
    ]


def test_cells_that_go_across_and_down_keep_the_columns() -> None:
    html = (
        "<table><tr><td colspan=2>Morning<td>Hall</tr>"
        "<tr><td rowspan=2>9.00<td>Talk<td>A</tr><tr><td>Workshop<td>B</tr><tr><td>10.00<td>Tea</tr></table>"
    )
    assert [line.cells for line in lines(html)] == [
        ("Morning", "", "Hall"),
        ("9.00", "Talk", "A"),
        ("", "Workshop", "B"),
        ("10.00", "Tea"),
    ]


def test_a_table_that_holds_a_table_only_places_things() -> None:
    html = "<table><tr><td>Dear all<td><table><tr><td>9.00<td>Talk</tr></table>Regards</td></tr></table>"
    assert [(line.text, line.cells) for line in lines(html)] == [
        ("Dear all", ()),
        ("9.00 | Talk", ("9.00", "Talk")),
        ("Regards", ()),
    ]


def test_headings_lists_and_paragraphs_are_lines() -> None:
    html = "<body><h2>The\n day</h2><p>One</p><p>Two<ul><li>a<ul><li>b</li></ul></li><li>c</ul>after<div>x</div>y"
    assert [(line.text, line.level, line.is_title) for line in lines(html)] == [
        ("The day", 0, True),
        ("One", 0, False),
        ("Two", 0, False),
        ("a", 1, False),
        ("b", 2, False),
        ("c", 1, False),
        ("after", 0, False),
        ("x", 0, False),
        ("y", 0, False),
    ]


def test_scripts_and_styles_are_no_words() -> None:
    html = (
        "<html><head><title>t</title><style>a{}</style></head><body><script>alert(1)</script><p>1115&nbsp;Talk</body>"
    )
    assert [line.text for line in lines(html)] == ["1115 Talk"]


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><p>a", " \n<html>", "<table border=1>", "<!-- x --><div>", "<?xml?><html>"]
)
def test_a_page_is_known_by_its_beginning(text: str) -> None:
    assert is_page(text)


@pytest.mark.parametrize("text", ["1115 <b>Talk</b>", "<joyce@example.org> wrote:", "a<p>", "<Talk>", "<preview>"])
def test_words_with_angles_are_no_page(text: str) -> None:
    assert not is_page(text)


def test_a_saved_page_is_read_by_its_words() -> None:
    source = open_source("a.htm", "<html><body><p>Café 9.00".encode("cp1252"))
    assert [line.text for line in source.lines()] == ["Café 9.00"]


TAGS = [
    "table",
    "tr",
    "td",
    "th",
    "p",
    "li",
    "ul",
    "h1",
    "div",
    "br",
    "script",
    "svg",
    "td colspan=9",
    "td rowspan=99999",
]
PIECES = (
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag.split()[0]}>" for tag in TAGS]
    + ["a", " ", "&#0;", "&nbsp;", "<!--", "-->", "<"]
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40))
def test_any_page_is_lines_or_a_sentence(pieces: list[str]) -> None:
    lines_or_sentence(read, "".join(pieces))

"""A list of people as it is pasted from a mail, a table or a list."""

import pytest

from feedback.typed_people import Person, read_people


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Ash\nBo Birch", [("Ann Ash", ""), ("Bo Birch", "")]),
        (
            "Ann Ash <ann@example.org>; Bo Birch <bo@example.org>",
            [("Ann Ash", "ann@example.org"), ("Bo Birch", "bo@example.org")],
        ),
        ("ann@example.org", [("ann@example.org", "ann@example.org")]),
        ("Ann Ash\tann@example.org\r\n\r\n", [("Ann Ash", "ann@example.org")]),
        ("- Ann Ash, Exampleshire", [("Ann Ash, Exampleshire", "")]),
        ("Ann Ash\nANN ASH", [("Ann Ash", "")]),
        ("Siân O’Neill-Ó Dónaill", [("Siân O’Neill-Ó Dónaill", "")]),
        (" \n;;\n12\n–", []),
    ],
)
def test_everybody_on_it_is_found_once(text: str, found: list[tuple[str, str]]) -> None:
    assert read_people(text) == [Person(*one) for one in found]

"""A register of councils, as a CSV file has it."""

import pytest

from agenda import register
from agenda.register import Entry, Unreadable


def test_a_council_is_found_by_its_other_names_too_and_stands_there_once() -> None:
    text = (
        "\ufeffcode,official_name,short_name,alt_names\n"
        'X1,Borough of  Upper & Nether Example,Upper Example,"Uppex,upper & nether example borough council"\n'
        "X2,Sampleshire County Council,Sampleshire,\n"
        "X3,sampleshire county council,Again,\n"
    )
    assert register.read(text) == [
        Entry("Borough of Upper & Nether Example", "uppex council"),
        Entry("Sampleshire County Council"),
    ]


def test_one_column_is_enough() -> None:
    assert register.read("official_name\nExampleshire\n") == [Entry("Exampleshire")]


def test_a_line_that_is_too_short_has_no_other_names() -> None:
    assert register.read("official_name,short_name\nExampleshire\n") == [Entry("Exampleshire")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column “official_name”"),
        ("name\nExampleshire\n", "no column “official_name”"),
        ("official_name\n", "names no council"),
        ("official_name,x\nExampleshire,1\n  ,2\n", "Line 3 has no official name"),
        (f"official_name\n{'x' * 121}\n", "line 2 has 121 characters"),
        ("official_name\n" + "\n".join(f"C{n}" for n in range(5001)), "names 5,001 councils"),
        ('official_name\n"' + "x" * 140_000 + '"\n', "Line [12] cannot be read"),
    ],
)
def test_what_is_no_register_is_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        register.read(text)


def test_no_more_other_words_are_kept_than_there_is_room_for() -> None:
    (entry,) = register.read("official_name,short_name\nExampleshire," + " ".join(f"w{n}" for n in range(300)) + "\n")
    assert len(entry.other_words) <= 400
    assert entry.other_words.startswith("w0 w1 ")

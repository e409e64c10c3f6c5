"""Whole words, whatever their capitals and accents; phrases as phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.word_list import LONGEST, MOST_WORDS, NotAList, WordList, read


@pytest.mark.parametrize(
    ("word", "text", "is_held"),
    [
        ("Idiot", "what an IDIOT.", True),
        ("idiot", "idiotic", False),
        ("ass", "a class of its own", False),
        ("café", "the Cafe closes", True),
        ("cafe", "THE CAFÉ, CLOSED", True),
        ("cafe", "cafe\u0301", True),
        ("straße", "STRASSE", True),
        ("Mrs Smith", "ask mrs  smith!", True),
        ("Mrs Smith", "Mrs Jane Smith", False),
        ("Mrs Smith", "ask Mrs", False),
        ("don't", "I don't know", True),
        ("t", "I don't know", True),
        ("£5", "5 pounds", True),
        ("\u4f60", "\u4f60", True),
        ("idiot", "", False),
    ],
)
def test_a_word_is_held_whole_whatever_its_capitals_and_accents(word: str, text: str, is_held: bool) -> None:
    assert WordList([word]).held_by(text) == ([word] if is_held else [])


def test_each_word_is_named_once_as_it_stands_in_the_list() -> None:
    words = WordList(["Fool", "old fool", "idiot"])
    assert words.held_by("An old fool, a fool and no genius") == ["old fool", "Fool"]


def test_a_list_is_what_stands_on_each_line_each_thing_once() -> None:
    assert read(" idiot \r\n\n Old   fool\nIDIOT\n!!\n") == ["idiot", "Old fool"]
    assert not WordList(read("\n \n"))


def test_a_list_nobody_could_mean_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotAList, match=f"begins “x{{20}}” is {LONGEST + 1} characters"):
        read("x" * (LONGEST + 1))
    with pytest.raises(NotAList, match=f"These are {MOST_WORDS + 1} lines. Keep {MOST_WORDS} at most."):
        read("\n".join(f"w{n}" for n in range(MOST_WORDS + 1)))
    assert len(read("\n".join(f"w{n}" for n in range(MOST_WORDS)))) == MOST_WORDS


@given(st.text(max_size=40), st.text(max_size=200))
def test_whatever_is_typed_is_found_in_itself_and_nothing_breaks(word: str, around: str) -> None:
    words = WordList([word])
    words.held_by(around)
    assert words.held_by(f"{around} {word} {around}") == ([word] if words else [])

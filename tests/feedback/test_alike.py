"""Which answers are hinted at as saying nearly the same."""

import random

import pytest

from feedback.alike import Likeness, alike, are_alike, plain, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More buses in the evening", "more bus in the evenings!"),
        ("Share our data", "We should be sharing data"),
        ("The café’s opening hours", "the cafes opening hours"),
        ("Digital inclusion for older residents", "older resident's digital inclusion"),
    ],
)
def test_the_same_in_other_words_is_alike(one: str, other: str) -> None:
    assert are_alike(stems(one), stems(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More buses in the evening", "More trains in the morning"),
        ("Share our data", "Protect our data from those who share it with too many"),
        ("", ""),
        ("Yes", "No"),
    ],
)
def test_other_things_are_not(one: str, other: str) -> None:
    assert not are_alike(stems(one), stems(other))


def test_each_is_told_of_the_others_and_never_of_itself() -> None:
    said = {1: "More buses", 2: "more buses!", 3: "Fewer meetings", 4: "MORE BUSES."}
    assert alike(said) == {1: [2, 4], 2: [1, 4], 4: [1, 2]}
    assert Likeness(said).of([4, 3, 9]) == {4: [1, 2]}


def test_none_is_missed_that_comparing_each_with_each_would_find() -> None:
    chance = random.Random(7)
    words = [f"word{number}" for number in range(12)]
    said = {number: " ".join(chance.choices(words, k=chance.randint(1, 6))) for number in range(120)}
    each = {
        one: [other for other in said if other != one and are_alike(stems(said[one]), stems(said[other]))]
        for one in said
    }
    assert alike(said) == {one: others for one, others in each.items() if others}


def test_a_word_that_everybody_uses_makes_nothing_alike_nor_takes_long() -> None:
    said = {number: f"data word{number}" for number in range(200)}
    assert alike(said) == {}
    assert alike({**said, "x": "data", "y": "Data!"})["x"] == ["y"]


def test_plain_words_have_no_capitals_accents_or_punctuation() -> None:
    assert plain("  L’été, c'est FINI!\n– oui") == "lete cest fini oui"
    assert plain("") == ""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.kinds.base import Refused
from feedback.kinds.lines import key_from, keyed, on_one_line, read_lines

from .json_values import ANY_TEXT


def lines(typed: str) -> list[str]:
    return read_lines(typed, "options", least="two options", fewest=2, most=12, things="options")


def refusal(typed: str) -> str:
    with pytest.raises(Refused) as refused:
        lines(typed)
    assert refused.value.field == "options"
    return refused.value.message


class TestLines:
    def test_each_line_is_one_and_empty_ones_are_none(self) -> None:
        assert lines("  Yes \r\n\r\n\u200b\n No,  never\t\n") == ["Yes", "No, never"]
        assert lines("Lla\u0302n\x00\rTre") == ["Llân", "Tre"]

    @pytest.mark.parametrize("typed", ["", "\x00", " \n \n", "Only one", "Only one\n\u200b"])
    def test_too_few_are_refused(self, typed: str) -> None:
        assert refusal(typed) == "Write at least two options, one on a line."

    def test_too_many_are_refused_with_their_number(self) -> None:
        assert len(lines("\n".join(map(str, range(12))))) == 12
        said = "These are 1,000 options, and nobody can take in so many. Keep 12 at most."
        assert refusal("\n".join(map(str, range(1000)))) == said

    def test_the_same_line_twice_is_refused_whatever_its_capitals(self) -> None:
        assert refusal("Yes\nNo\n YES") == "“YES” stands there twice. Keep one of them."
        assert refusal("Lla\u0302n\nLl\u00e2n") == "“Llân” stands there twice. Keep one of them."

    def test_a_long_line_is_refused_by_its_beginning(self) -> None:
        said = "The line that begins “xxxxxxxxxxxxxxxxxxxx” is 10,240 characters. Shorten it to 200: nothing is lost."
        assert refusal(f"Yes\n{'x' * 10_240}") == said
        assert lines(f"Yes\n{'x' * 200}") == ["Yes", "x" * 200]

    def test_a_long_run_of_accents_is_refused_at_once(self) -> None:
        started = time.perf_counter()
        refusal("Yes\na" + "\u0316\u0301" * 150_000)
        assert time.perf_counter() - started < 1

    @given(text=ANY_TEXT)
    def test_one_line_stays_as_it_is(self, text: str) -> None:
        line = on_one_line(text, 300)
        assert on_one_line(line, 300) == line
        assert len(line.splitlines()) <= 1


class TestKeys:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("What wasn't?", "what_wasnt"),
            ("Ble mae’r dŵr?", "ble_maer_dwr"),
            ("Not at all", "not_at_all"),
            ("What difficulties have you encountered? How?", "what_difficulties_have_you_encountered"),
            ("x" * 300, "x" * 40),
            ("???", "question"),
            ("", "question"),
            ("Ελλάδα", "question"),
        ],
    )
    def test_a_key_says_what_the_text_says(self, text: str, key: str) -> None:
        assert key_from(text, (), "question") == key

    def test_a_key_that_is_taken_gets_a_number(self) -> None:
        assert key_from("Why?", {"why"}, "question") == "why_2"
        assert key_from("Why?", {"why", "why_2"}, "question") == "why_3"
        assert key_from("x" * 300, {"x" * 40}, "question") == "x" * 38 + "_2"

    @given(texts=st.lists(ANY_TEXT, max_size=30))
    def test_keys_are_always_keys_and_never_shared(self, texts: list[str]) -> None:
        taken: set[str] = set()
        for text in texts:
            key = key_from(text, taken, "question")
            assert key not in taken
            assert 0 < len(key) <= 40
            assert key.isascii()
            assert key.replace("_", "").isalnum()
            assert key == key.lower().lstrip("_")
            taken.add(key)

    def test_what_keeps_its_words_keeps_its_key(self) -> None:
        known = {"Yes": "y", "No": "n"}
        assert keyed(["No", "Perhaps", "Yes"], known, spare="option") == ["n", "perhaps", "y"]

    def test_a_new_line_never_takes_the_key_of_one_that_stays(self) -> None:
        assert keyed(["Y", "Yes"], {"Yes": "y"}, spare="option") == ["y_2", "y"]

    def test_a_reserved_key_is_nobodys(self) -> None:
        assert keyed(["None", "Yes"], {"None": "none"}, reserved="none", spare="option") == ["none_2", "yes"]

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Counted, Refused
from feedback.kinds.words import MOST_RANKED, Ranked, WordsTally, plain_word

from .example import EVIL, Example
from .json_values import ANY_JSON, ANY_TEXT, nested
from .rendered import input_html, summary_html
from .tallied import tallied

WORDS = kinds["words"]
CONFIG = WORDS.check_config({})
EXAMPLE = Example({"most": 3}, {"1": EVIL, "2": "Vertrauen", "3": ""}, ["value.1", "value.2", "value.3"])
ANSWERS = st.fixed_dictionaries({part: st.sampled_from(["", "Trust", "trust", "Élan", "elan", "x"]) for part in "123"})


def refusal(raw: object) -> Refused:
    with pytest.raises(Refused) as refused:
        WORDS.validate(CONFIG, raw)
    return refused.value


def said(*words: str) -> dict[str, str]:
    return {str(number): word for number, word in enumerate((*words, "", "", "")[:3], start=1)}


def ranked(*answers: dict[str, str]) -> list[tuple[str, int]]:
    tally = tallied(WORDS, CONFIG, answers)
    assert isinstance(tally, WordsTally)
    return [(one.word, one.count) for one in tally.words]


class TestWords:
    def test_settings_are_written_out(self) -> None:
        assert CONFIG == {"most": 3}

    @pytest.mark.parametrize("config", [{"most": 0}, {"most": 6}, {"most": "3"}, {"most": True}, {"length": 40}])
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            WORDS.check_config(config)

    def test_every_field_is_kept_and_tidied(self) -> None:
        assert WORDS.validate(CONFIG, {"1": "  good\n will ", "3": "TRUST"}) == {
            "1": "good will",
            "2": "",
            "3": "TRUST",
        }
        assert WORDS.validate(CONFIG, {"2": "e\u0301lan", "1": None}) == {"1": "", "2": "élan", "3": ""}
        assert WORDS.validate({"most": 1}, {"1": "x" * 40}) == {"1": "x" * 40}

    @pytest.mark.parametrize("raw", [None, "", {}, {"1": ""}, {"1": " ", "2": "\u200b", "3": None}])
    def test_nothing_written_asks_for_a_word(self, raw: object) -> None:
        assert refusal(raw).message == "Write at least one word."
        assert refusal(raw).field == "value.1"

    def test_a_phrase_that_is_too_long_is_named(self) -> None:
        refused = refusal({"1": "trust", "2": "a" * 41})
        assert refused.message == f"“{'a' * 20}…” is 41 characters. Shorten it to 40: nothing is lost."
        assert refused.field == "value.2"

    @pytest.mark.parametrize(
        "raw", ["trust", ["trust"], {"4": "trust"}, {"1": 3}, {"1": ["trust"]}, {"1": nested(50_000)}, 3, True]
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).message == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(raw=ANY_JSON | ANSWERS | st.dictionaries(st.sampled_from("1234"), ANY_TEXT | ANY_JSON))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = WORDS.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert WORDS.validate(CONFIG, value) == value
            marks = WORDS.marks(CONFIG, value)
            assert marks
            assert all(part == "" and 0 < len(key) <= 200 for part, key in marks)

    def test_a_hostile_word_takes_no_time(self) -> None:
        begun = time.perf_counter()
        refusal({"1": "a" + "\u0301" * 2_000_000})
        assert time.perf_counter() - begun < 5


class TestCounting:
    def test_capitals_accents_and_punctuation_make_no_other_word(self) -> None:
        assert ranked(said("Élan"), said("elan!"), said("ÉLAN")) == [("Élan", 3)]

    def test_it_is_shown_as_most_people_wrote_it(self) -> None:
        assert ranked(said("TRUST"), said("Trust"), said("TRUST")) == [("TRUST", 3)]
        assert ranked(said("TRUST"), said("trust")) == [("trust", 2)]

    def test_the_same_word_twice_by_one_phone_counts_once(self) -> None:
        assert ranked(said("trust", "Trust", "time"), said("TRUST")) == [("trust", 2), ("time", 1)]

    def test_words_that_differ_stay_apart(self) -> None:
        assert (
            len({plain_word(word) for word in ("कुल", "कल", "trust", "trusts", "C++", "C", "👍", "👎", "?", "!")}) == 10
        )
        assert plain_word("Don’t  panic.") == plain_word("dont panic")

    def test_the_most_frequent_come_first_then_the_alphabet(self) -> None:
        assert ranked(said("time", "money"), said("Zeal", "money")) == [("money", 2), ("time", 1), ("Zeal", 1)]

    def test_sizes_go_in_steps(self) -> None:
        marks = {("", word): count for word, count in (("a", 21), ("b", 11), ("c", 2), ("d", 1))}
        tally = WORDS.tally(CONFIG, Counted(30, marks))
        assert tally == WordsTally(
            30, (Ranked("a", 21, 5), Ranked("b", 11, 3), Ranked("c", 2, 1), Ranked("d", 1, 1)), 0
        )

    def test_a_few_answers_make_no_giant(self) -> None:
        tally = tallied(WORDS, CONFIG, [said("a", "b"), said("a")])
        assert isinstance(tally, WordsTally)
        assert [(one.word, one.step) for one in tally.words] == [("a", 2), ("b", 1)]

    def test_nobody_reads_more_than_sixty(self) -> None:
        marks = {("", f"word {number}"): 1 for number in range(100)}
        tally = WORDS.tally(CONFIG, Counted(50, marks))
        assert isinstance(tally, WordsTally)
        assert (len(tally.words), tally.more) == (MOST_RANKED, 40)

    @given(values=st.lists(ANSWERS))
    def test_the_counts_sum_to_the_different_words_of_each(self, values: list[dict[str, str]]) -> None:
        tally = tallied(WORDS, CONFIG, values)
        assert isinstance(tally, WordsTally)
        different = [len({plain_word(word) for word in value.values() if word}) for value in values]
        assert sum(one.count for one in tally.words) == sum(different)
        assert all(one.count <= tally.n == len(values) and 1 <= one.step <= 5 for one in tally.words)

    def test_it_exports_a_row_a_word(self) -> None:
        assert WORDS.export_cells(CONFIG, said("trust", "", "Time")) == (
            Cell("", "", "trust", None),
            Cell("", "", "Time", None),
        )
        assert WORDS.words(CONFIG, said("trust", "", "Time")) == "trust\nTime"


class TestSettings:
    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        assert WORDS.settle(WORDS.typed({"most": 5}), {"most": 5}) == {"most": 5}
        assert WORDS.settle({"most": ""}) == CONFIG

    @pytest.mark.parametrize("typed", ["0", "6", "many", "1.5"])
    def test_a_refusal_names_the_setting(self, typed: str) -> None:
        with pytest.raises(Refused, match="Write a whole number from 1 to 5") as refused:
            WORDS.settle({"most": typed})
        assert refused.value.field == "most"


class TestTemplates:
    def test_the_form_says_how_many_and_which_are_optional(self) -> None:
        html = input_html("words")
        assert "Up to 3 words or short phrases, 40 characters each." in html
        assert html.count("(optional)") == 2
        one = input_html("words", config={"most": 1})
        assert "One word or a short phrase, up to 40 characters." in one
        assert "(optional)" not in one

    def test_how_many_wrote_it_stands_beside_each(self) -> None:
        html = " ".join(summary_html("words", [said("trust"), said("Trust", "time"), said("trust")]).split())
        assert (
            '<th scope="row" class="word word-step-3" dir="auto">trust</th> <td class="count"> 3 people </td>' in html
        )
        assert "1 person" in html


def test_a_word_is_a_quarter_of_a_minute() -> None:
    assert WORDS.typing_seconds(CONFIG) == 65

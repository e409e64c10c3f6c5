import time

import pytest
from django.template import Context
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Field, Refused
from feedback.kinds.text import TextTally

from .example import EVIL, Example
from .json_values import ANY_JSON, ANY_TEXT, nested
from .rendered import SUMMARY, question, summary_html
from .tallied import tallied

TEXT = kinds["text"]
CONFIG = TEXT.check_config({})
EXAMPLE = Example({"max_length": 1000}, EVIL, ["value"])


def refusal(raw: object, config: dict[str, object] = CONFIG) -> str:
    with pytest.raises(Refused) as refused:
        TEXT.validate(config, raw)
    return refused.value.message


class TestText:
    def test_settings_are_written_out(self) -> None:
        assert TEXT.check_config({}) == {"max_length": 1000}
        assert TEXT.check_config({"max_length": 4000}) == {"max_length": 4000}

    @pytest.mark.parametrize(
        "config",
        [
            {"max_length": 0},
            {"max_length": 4001},
            {"max_length": "20"},
            {"max_length": True},
            {"rows": 2},
            {"\ud800": 1},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            TEXT.check_config(config)

    def test_there_is_one_field_to_write_in(self) -> None:
        assert TEXT.fields(CONFIG) == (Field("value", "", "textarea", max_length=1000),)

    @pytest.mark.parametrize(
        ("raw", "stored"),
        [
            ("  Share the data \n", "Share the data"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("Lla\u0302n", "Llân"),
            ("a\x00b\x07c\td", "abc\td"),
            ("half \ud83d a pair", "half  a pair"),
            ("\x01 x", "x"),
        ],
    )
    def test_words_are_cleaned_and_kept(self, raw: str, stored: str) -> None:
        assert TEXT.validate(CONFIG, raw) == stored

    @pytest.mark.parametrize("raw", [None, "", "  \n\t", "\x00", "\u200b\ufeff", "\ud800"])
    def test_nothing_to_see_is_not_an_answer(self, raw: object) -> None:
        assert refusal(raw) == "Write something first."

    def test_too_long_says_by_how_much(self) -> None:
        assert refusal("x" * 1204) == "Your answer is 1,204 characters. Shorten it to 1,000: nothing is lost."
        assert TEXT.validate(CONFIG, "x" * 1000) == "x" * 1000

    def test_a_limit_counts_letters_not_the_accents_typed_beside_them(self) -> None:
        assert TEXT.validate({"max_length": 3}, "e\u0301e\u0301e\u0301") == "ééé"

    def test_a_long_run_of_accents_is_refused_at_once(self) -> None:
        started = time.perf_counter()
        refusal("a" + "\u0316\u0301" * 150_000)
        assert time.perf_counter() - started < 1

    @pytest.mark.parametrize("raw", [1, 1.5, float("nan"), True, [], {}, {"value": "x"}, nested(50_000)])
    def test_anything_but_words_is_unreadable(self, raw: object) -> None:
        assert refusal(raw) == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(raw=ANY_JSON | ANY_TEXT)
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = TEXT.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert TEXT.validate(CONFIG, value) == value
            assert TEXT.words(CONFIG, value).encode()

    def test_cards_keep_the_order_given(self) -> None:
        assert tallied(TEXT, CONFIG, ["b", "a"]) == TextTally(2, ("b", "a"))
        assert tallied(TEXT, CONFIG, iter([])) == TextTally(0, ())

    def test_it_exports_its_words(self) -> None:
        assert TEXT.export_cells(CONFIG, "=1") == (Cell("", "", "=1", None),)


SENTENCE = "a sentence that says something of use " * 2


@pytest.mark.parametrize(
    ("cards", "size"),
    [
        ((), "one"),
        (("one answer",), "one"),
        (("short",) * 7, "few"),
        ((SENTENCE,) * 5, "some"),
        ((SENTENCE * 6,), "page"),
        ((SENTENCE * 2,) * 4, "long"),
        (("x",) * 24, "many"),
        (("x" * 4000,) * 2, "long"),
        (("x",) * 70, "cut"),
    ],
)
def test_a_screen_shows_the_cards_as_large_as_all_of_them_fit(cards: tuple[str, ...], size: str) -> None:
    assert TextTally(len(cards), cards).size == size


def test_what_a_screen_cannot_show_is_said() -> None:
    html = summary_html("text", [f"{SENTENCE}{n}" for n in range(70)])
    assert html.count('class="card"') == 8
    assert html.count('class="card beyond"') == 62
    assert "And 62 more, on your phone." in html
    assert "And 30 more." in SUMMARY.render(
        Context({"question": question("text"), "tally": TextTally(100, ("x",) * 70)})
    )
    assert "more" not in summary_html("text", [SENTENCE] * 7)


def test_an_answer_that_is_cut_off_on_the_screen_takes_as_much_room_as_is_left_of_it() -> None:
    assert TextTally(9, ("x" * 4000,) * 9).fits == 8
    assert TextTally(1, ("line\n" * 400,)).fits == 1


@given(cards=st.lists(ANY_TEXT | st.text(max_size=600), max_size=100))
def test_every_answer_is_on_the_screen_or_counted(cards: list[str]) -> None:
    tally = TextTally(len(cards) + 3, tuple(cards))
    assert tally.fits + tally.unseen == tally.n
    assert bool(cards) <= tally.fits <= len(cards)


def test_a_name_takes_its_line_on_the_screen_as_a_table_does() -> None:
    cards = ("A sentence of some words, as people write them.",) * 4
    assert TextTally(4, cards).fits == TextTally(4, cards, names=("Ann Ash",) * 4).fits == 4
    crowd = ("A sentence of some words, as people write them.",) * 40
    alone, named = TextTally(40, crowd), TextTally(40, crowd, names=("Ann Ash",) * 40)
    assert named.fits == TextTally(40, crowd, tables=("Table 3",) * 40).fits < alone.fits


class TestSettling:
    def test_the_limit_is_typed_as_a_number_and_usual_when_left_empty(self) -> None:
        assert TEXT.settle({"max_length": " 1,500 "}, {"max_length": 300}) == {"max_length": 1500}
        assert TEXT.settle({"max_length": ""}, {"max_length": 300}) == TEXT.settle({}) == CONFIG
        assert TEXT.settle({"max_length": " \u200b"}) == CONFIG

    @pytest.mark.parametrize("typed", ["0", "4001", "-1", "1.5", "many", "9" * 5000])
    def test_no_other_number_is_taken(self, typed: str) -> None:
        with pytest.raises(Refused, match="a whole number from 1 to 4,000") as refused:
            TEXT.settle({"max_length": typed})
        assert refused.value.field == "max_length"

    def test_what_is_typed_out_settles_to_the_same(self) -> None:
        for limit in (1, 300, 4000):
            config: dict[str, object] = {"max_length": limit}
            assert TEXT.settle(TEXT.typed(config), config) == config


@pytest.mark.parametrize(("limit", "seconds"), [(1000, 120), (180, 120), (60, 60), (1, 30)])
def test_words_are_two_minutes_and_fewer_under_a_short_limit(limit: int, seconds: int) -> None:
    assert TEXT.typing_seconds({"max_length": limit}) == seconds

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Bar, Cell, Counted, Field, Refused
from feedback.kinds.number import MOST_BARS, NumberTally

from .example import EVIL, Example
from .json_values import ANY_JSON, ANY_TEXT, nested
from .rendered import input_html, summary_html
from .tallied import tallied

NUMBER = kinds["number"]
CONFIG = NUMBER.check_config({"unit": "minutes", "min": -10, "max": 100, "decimals": 1})
WHOLE = NUMBER.check_config({})
EXAMPLE = Example({"unit": EVIL, "max": 100, "decimals": 1}, "12.5", ["value"])
ANSWERS = st.decimals(min_value=-10, max_value=100, places=1).map(lambda number: NUMBER.validate(CONFIG, str(number)))


def refusal(raw: object, config: dict[str, object] = CONFIG) -> str:
    with pytest.raises(Refused) as refused:
        NUMBER.validate(config, raw)
    return refused.value.message


def shown(values: list[str], config: dict[str, object] = WHOLE) -> NumberTally:
    tally = tallied(NUMBER, config, values)
    assert isinstance(tally, NumberTally)
    return tally


class TestNumber:
    def test_settings_are_written_out(self) -> None:
        assert WHOLE == {"min": 0, "decimals": 0}
        assert CONFIG == {"unit": "minutes", "min": -10, "max": 100, "decimals": 1}

    @pytest.mark.parametrize(
        "config",
        [
            {"unit": ""},
            {"unit": "u" * 41},
            {"min": 3, "max": 3},
            {"min": 3, "max": 2},
            {"max": 2.5},
            {"max": 2.55, "decimals": 1},
            {"max": float("inf")},
            {"min": float("nan")},
            {"max": 10**9 + 1},
            {"max": "10"},
            {"max": True},
            {"decimals": 4},
            {"decimals": -1},
            {"decimals": 1.0},
            {"step": 5},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            NUMBER.check_config(config)

    def test_it_is_one_field(self) -> None:
        assert NUMBER.fields(CONFIG) == (Field("value", "", "number"),)

    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            ("12", "12"),
            ("12.50", "12.5"),
            ("12,5", "12.5"),
            (" 007 ", "7"),
            ("−3", "-3"),
            ("-0.0", "0"),
            ("12 minutes", "12"),
            ("12,5 Minutes", "12.5"),
            ("minutes 12", "12"),
        ],
    )
    def test_a_number_is_kept_in_one_form(self, raw: str, value: str) -> None:
        assert NUMBER.validate(CONFIG, raw) == value

    @pytest.mark.parametrize("raw", [None, "", "  ", "\u200b"])
    def test_nothing_written_asks_for_a_number(self, raw: object) -> None:
        assert refusal(raw) == "Write a number."

    @pytest.mark.parametrize(
        "raw", ["twelve", "1e3", "12 or 13", "12 hours", "minutes", "9" * 13, "9" * 100_000, "\x00"]
    )
    def test_what_is_no_number_says_so(self, raw: str) -> None:
        assert refusal(raw) in {"Write a number in digits, nothing else.", "Write a number."}

    def test_a_number_that_is_too_fine_is_rounded_for_an_example(self) -> None:
        assert refusal("12.345") == "Round your number: 12.3 is precise enough."
        assert refusal("2.5", WHOLE) == "Round your number: 3 is precise enough."

    def test_bounds_are_said(self) -> None:
        assert refusal("100.1") == refusal("-10,1") == "Write a number from -10 to 100."
        assert refusal("-1", WHOLE) == "Write 0 or more."
        assert [NUMBER.validate(CONFIG, bound) for bound in ("-10", "100")] == ["-10", "100"]

    @pytest.mark.parametrize("raw", [12, 12.5, True, ["12"], {"value": "12"}, nested(50_000)])
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw) == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(
        raw=ANY_JSON | ANY_TEXT | ANSWERS | st.text("0123456789.,-+ ’m", max_size=12),
        unit=st.none() | st.text("5x. ", min_size=1, max_size=3).filter(str.strip),
    )
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object, unit: str | None) -> None:
        config = NUMBER.check_config({**CONFIG, **({"unit": unit} if unit else {})})
        try:
            value = NUMBER.validate(config, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert NUMBER.validate(config, value) == value
            assert NUMBER.marks(config, value) == {("", value): 1}

    def test_it_exports_text_and_number(self) -> None:
        assert NUMBER.export_cells(CONFIG, "12.5") == (Cell("", "", "12.5", 12.5),)
        assert NUMBER.export_cells(CONFIG, "12") == (Cell("", "", "12", 12),)
        assert NUMBER.export_cells(CONFIG, "x") == ()

    @pytest.mark.parametrize(
        ("unit", "words"), [(None, "1,250"), ("minutes", "1,250 minutes"), ("£", "£1,250"), ("%", "1,250%")]
    )
    def test_people_read_it_with_its_unit(self, unit: str | None, words: str) -> None:
        assert NUMBER.words(NUMBER.check_config({"unit": unit} if unit else {}), "1250") == words


class TestHistogram:
    def test_a_few_whole_numbers_have_a_bar_each(self) -> None:
        bars = (Bar("3", 1, 25, 4), Bar("4", 0, 0, 4), Bar("5", 3, 75, 4))
        assert shown(["5", "3", "5", "5"]) == NumberTally(4, bars, "5")

    def test_more_go_into_even_bars(self) -> None:
        tally = shown(["0", "7", "12", "90", "91"])
        assert [(bar.label, bar.count) for bar in tally.bars] == [
            ("0 to 9", 2),
            ("10 to 19", 1),
            *((f"{tens}0 to {tens}9", 0) for tens in range(2, 9)),
            ("90 to 99", 2),
        ]

    def test_the_last_bar_ends_with_what_may_be_given(self) -> None:
        hundred = NUMBER.check_config({"max": 100})
        assert [bar.label for bar in shown(["0", "100"], hundred).bars] == [
            *("0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 99"),
            "100",
        ]

    def test_decimals_and_numbers_below_nought_have_their_bars(self) -> None:
        tally = shown(["-0.3", "0", "1.4"], CONFIG)
        assert [(bar.label, bar.count) for bar in tally.bars][:3] == [
            ("-0.4 to -0.3", 1),
            ("-0.2 to -0.1", 0),
            ("0 to 0.1", 1),
        ]
        assert tally.bars[-1] == Bar("1.4 to 1.5", 1, 33, 3)

    def test_the_median_is_the_middle_or_between_two(self) -> None:
        assert shown(["1", "2", "100"]).median == "2"
        assert shown(["1", "2"]).median == "1.5"
        assert shown(["10", "2", "3", "4"], CONFIG).median == "3.5 minutes"
        assert shown([]) == NumberTally(0, (), "")

    @given(values=st.lists(ANSWERS))
    def test_the_bars_are_even_and_sum_to_the_answers(self, values: list[str]) -> None:
        tally = shown(values, CONFIG)
        assert sum(bar.count for bar in tally.bars) == tally.n == len(values)
        assert len(tally.bars) <= MOST_BARS
        assert all(bar.n == tally.n for bar in tally.bars)
        if values:
            assert tally.bars[0].count
            assert tally.bars[-1].count
            middle = Decimal(tally.median.removesuffix(" minutes"))
            below = sum(Decimal(value) <= middle for value in values)
            assert below * 2 >= len(values)

    def test_a_mark_that_is_no_number_is_left_out(self) -> None:
        assert NUMBER.tally(WHOLE, Counted(2, {("", "3"): 1, ("", "x"): 1, ("a", "4"): 1})) == NumberTally(
            1, (Bar("3", 1, 100, 1),), "3"
        )

    def test_numbers_far_apart_are_quick(self) -> None:
        assert len(shown(["0", "999999999999"]).bars) == 10


class TestSettings:
    def test_they_are_typed_as_people_write_numbers(self) -> None:
        typed = {"unit": " minutes ", "min": "−10", "max": "100,0", "decimals": "1"}
        assert NUMBER.settle(typed) == CONFIG
        assert NUMBER.settle({}) == WHOLE
        assert NUMBER.settle({"max": "2,5", "decimals": "1"}) == {"min": 0, "max": 2.5, "decimals": 1}

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        for config in (CONFIG, WHOLE, NUMBER.check_config({"min": 0.001, "max": 1000, "decimals": 3})):
            assert NUMBER.settle(NUMBER.typed(config), config) == config

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"unit": "u" * 41}, "unit"),
            ({"min": "x"}, "min"),
            ({"max": "0"}, "max"),
            ({"max": "2.5"}, "max"),
            ({"max": "9999999999"}, "max"),
            ({"decimals": "4"}, "decimals"),
        ],
    )
    def test_a_refusal_names_the_setting(self, typed: dict[str, str], field: str) -> None:
        with pytest.raises(Refused) as refused:
            NUMBER.settle(typed)
        assert refused.value.field == field


class TestTemplates:
    def test_the_field_has_its_unit_and_a_keypad(self) -> None:
        html = input_html("number")
        assert 'inputmode="decimal"' in html
        assert "A number from 0 to 100." in html
        assert 'class="unit"' in html

    def test_a_keypad_without_a_minus_is_not_forced_on_anybody(self) -> None:
        assert "inputmode" not in input_html("number", config=CONFIG)

    @pytest.mark.parametrize(
        ("config", "hint"),
        [({}, "A number.\n"), ({"min": 1}, "A number, 1 or more."), ({"max": 2.5, "decimals": 1}, "2.5")],
    )
    def test_the_hint_says_the_bounds(self, config: dict[str, object], hint: str) -> None:
        assert hint in input_html("number", config=config)

    def test_the_summary_says_the_middle(self) -> None:
        html = summary_html("number", ["3", "5"], config={"unit": "minutes"})
        assert "Middle answer: 4 minutes" in html
        assert "1 of 2 (50%)" in html


def test_a_number_is_half_a_minute() -> None:
    assert NUMBER.typing_seconds(CONFIG) == 30

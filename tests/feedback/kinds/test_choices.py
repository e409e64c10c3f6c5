import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Bar, Cell, Field, Option, Refused
from feedback.kinds.choices import ChoicesTally

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .rendered import Page, input_html, summary_html
from .tallied import tallied

CHOICES = kinds["choices"]
OPTIONS: list[dict[str, str]] = [{"key": key, "label": key.upper()} for key in ("a", "b", "c")]
CONFIG = CHOICES.check_config({"options": OPTIONS, "none": True, "most": 2})
AS_MANY = CHOICES.check_config({"options": OPTIONS})
EXAMPLE = Example(
    {"options": [{"key": key, "label": f"{key} {EVIL}"} for key in "abc"], "none": True, "most": 2},
    ["a", "c"],
    ["value"] * 4,
)
ANSWERS = st.just(["none"]) | st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=2, unique=True)


def refusal(raw: object, config: dict[str, object] = CONFIG) -> str:
    with pytest.raises(Refused) as refused:
        CHOICES.validate(config, raw)
    return refused.value.message


class TestChoices:
    def test_settings_are_written_out(self) -> None:
        assert CONFIG == {"options": OPTIONS, "none": True, "most": 2}
        assert AS_MANY == {"options": OPTIONS, "none": False}

    @pytest.mark.parametrize(
        "config",
        [
            {},
            {"options": OPTIONS[:1]},
            {"options": [{"key": f"k{n}", "label": "x"} for n in range(13)]},
            {"options": [OPTIONS[0], OPTIONS[0]]},
            {"options": [*OPTIONS, {"key": "none", "label": "No opinion"}], "none": True},
            {"options": OPTIONS, "most": 1},
            {"options": OPTIONS, "most": 4},
            {"options": OPTIONS, "none": True, "most": 4},
            {"options": OPTIONS, "most": "2"},
            {"options": OPTIONS, "most": 2.0},
            {"options": OPTIONS, "least": 2},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            CHOICES.check_config(config)

    def test_none_of_these_comes_last(self) -> None:
        options = (Option("a", "A"), Option("b", "B"), Option("c", "C"), Option("none", "None of these"))
        assert CHOICES.fields(CONFIG) == (Field("value", "", "ticks", options),)

    def test_it_keeps_what_was_chosen_in_the_order_of_the_question(self) -> None:
        assert CHOICES.validate(CONFIG, ["c", "a"]) == ["a", "c"]
        assert CHOICES.validate(CONFIG, ["b", "b", "b"]) == ["b"]
        assert CHOICES.validate(CONFIG, ["none"]) == ["none"]
        assert CHOICES.validate(AS_MANY, ["c", "b", "a"]) == ["a", "b", "c"]

    @pytest.mark.parametrize("raw", [None, "", []])
    def test_nothing_chosen_asks_to_choose(self, raw: object) -> None:
        assert refusal(raw) == "Choose one answer or more."

    def test_more_than_may_be_chosen_says_how_many(self) -> None:
        assert refusal(["a", "b", "c"]) == "You have chosen 3. Choose 2 at most."

    @pytest.mark.parametrize("raw", [["a", "none"], ["none", "a", "b", "c"]])
    def test_none_of_these_goes_with_no_other(self, raw: object) -> None:
        assert refusal(raw) == "You have chosen “None of these” and something else. Keep one or the other."

    @pytest.mark.parametrize(
        "raw", ["a", ["A"], ["a", ""], ["a", None], ["a", 1], {"value": "a"}, 0, True, [["a"]], nested(50_000)]
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw) == "Your answer could not be read. Send it again: nothing is lost."
        assert refusal(["none"], AS_MANY) == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(raw=ANY_JSON | st.lists(st.sampled_from(["a", "b", "c", "none"]) | ANY_JSON))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = CHOICES.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert CHOICES.validate(CONFIG, value) == value

    def test_shares_are_of_the_people_who_answered(self) -> None:
        tally = tallied(CHOICES, CONFIG, [["a", "b"], ["b"], ["none"]])
        bars = (Bar("A", 1, 33, 3), Bar("B", 2, 67, 3), Bar("C", 0, 0, 3), Bar("None of these", 1, 33, 3))
        assert tally == ChoicesTally(3, bars)

    @given(values=st.lists(ANSWERS))
    def test_the_bars_sum_to_what_was_chosen(self, values: list[list[str]]) -> None:
        tally = tallied(CHOICES, CONFIG, values)
        assert isinstance(tally, ChoicesTally)
        assert sum(bar.count for bar in tally.bars) == sum(map(len, values))
        assert all(bar.n == tally.n == len(values) and bar.percent <= 100 for bar in tally.bars)

    def test_an_option_that_went_is_left_out(self) -> None:
        assert CHOICES.marks(CONFIG, ["a", "gone"]) == {("", "a"): 1}
        assert CHOICES.words(CONFIG, ["a", "gone"]) == "A"

    def test_it_exports_a_row_an_option(self) -> None:
        assert CHOICES.export_cells(CONFIG, ["a", "c"]) == (Cell("a", "", "A", None), Cell("c", "", "C", None))
        assert CHOICES.words(CONFIG, ["a", "none"]) == "A\nNone of these"


class TestSettings:
    def test_how_many_may_be_chosen_is_typed(self) -> None:
        config = CHOICES.settle({"options": "A\nB\nC", "none": "on", "most": " 2 "})
        assert config == CONFIG

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        for config in (CONFIG, AS_MANY):
            assert CHOICES.settle(CHOICES.typed(config), config) == config

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({}, "options"),
            ({"options": "A"}, "options"),
            ({"options": "A\na"}, "options"),
            ({"options": "A\nB", "most": "3"}, "most"),
            ({"options": "A\nB", "most": "1"}, "most"),
            ({"options": "A\nB", "most": "two"}, "most"),
        ],
    )
    def test_a_refusal_names_the_setting(self, typed: dict[str, str], field: str) -> None:
        with pytest.raises(Refused) as refused:
            CHOICES.settle(typed)
        assert refused.value.field == field


class TestTemplates:
    def test_the_form_says_how_many_may_be_chosen(self) -> None:
        assert "Choose up to 2." in input_html("choices")
        assert "Choose all that apply." in input_html("choices", config=AS_MANY)

    def test_none_of_these_stands_apart(self) -> None:
        assert '<p class="or">or</p>' in input_html("choices")
        assert "None of these" not in input_html("choices", config=AS_MANY)

    def test_ticks_come_back_with_the_answer(self) -> None:
        assert Page(input_html("choices", ["none"])).checked == ["none"]

    def test_shares_may_be_more_than_all_and_it_says_why(self) -> None:
        html = summary_html("choices", [["a", "b"], ["b"]], config=AS_MANY)
        assert "2 of 2 (100%)" in html
        assert "Each person could choose several." in html


def test_three_seconds_an_option() -> None:
    assert CHOICES.typing_seconds(AS_MANY) == 29

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Bar, Cell, Field, Option, Refused
from feedback.kinds.choice import ChoiceTally

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .tallied import tallied

CHOICE = kinds["choice"]
OPTIONS: list[dict[str, str]] = [{"key": "yes", "label": "Yes"}, {"key": "no", "label": "No"}]
CONFIG = CHOICE.check_config({"options": OPTIONS, "none": True})
EXAMPLE = Example(
    {"options": [{"key": "a", "label": EVIL}, {"key": "b", "label": "B"}], "none": True}, "b", ["value"] * 3
)
KEYS = ("yes", "no", "none")


def refusal(raw: object) -> str:
    with pytest.raises(Refused) as refused:
        CHOICE.validate(CONFIG, raw)
    return refused.value.message


class TestChoice:
    def test_settings_are_written_out_and_labels_tidied(self) -> None:
        config = CHOICE.check_config({"options": [{"key": "a", "label": "  One\nline "}, OPTIONS[0]]})
        assert config == {"options": [{"key": "a", "label": "One line"}, OPTIONS[0]], "none": False}

    @pytest.mark.parametrize(
        "config",
        [
            {},
            {"options": OPTIONS[:1]},
            {"options": [{"key": f"k{n}", "label": "x"} for n in range(13)]},
            {"options": [OPTIONS[0], OPTIONS[0]]},
            {"options": [*OPTIONS, {"key": "none", "label": "No opinion"}], "none": True},
            {"options": [OPTIONS[0], {"key": "a.b", "label": "x"}]},
            {"options": [OPTIONS[0], {"key": "a\n", "label": "x"}]},
            {"options": [OPTIONS[0], {"key": "b", "label": "\u200b"}]},
            {"options": [OPTIONS[0], {"key": "b", "label": "x", "colour": "red"}]},
            {"options": OPTIONS, "none": "yes"},
            {"options": "yes"},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            CHOICE.check_config(config)

    def test_none_of_these_comes_last(self) -> None:
        options = (Option("yes", "Yes"), Option("no", "No"), Option("none", "None of these"))
        assert CHOICE.fields(CONFIG) == (Field("value", "", "radios", options),)

    def test_it_takes_one_of_its_options(self) -> None:
        assert [CHOICE.validate(CONFIG, key) for key in KEYS] == list(KEYS)

    @pytest.mark.parametrize("raw", [None, ""])
    def test_nothing_chosen_asks_to_choose(self, raw: object) -> None:
        assert refusal(raw) == "Choose one of the answers."

    @pytest.mark.parametrize("raw", ["maybe", "yes ", "YES", 0, True, ["yes"], {"value": "yes"}, nested(50_000)])
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw) == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(raw=ANY_JSON | st.sampled_from(KEYS))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = CHOICE.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert CHOICE.validate(CONFIG, value) == value

    def test_bars_stand_in_the_order_of_the_question(self) -> None:
        tally = tallied(CHOICE, CONFIG, ["no", "no", "none"])
        assert tally == ChoiceTally(3, (Bar("Yes", 0, 0, 3), Bar("No", 2, 67, 3), Bar("None of these", 1, 33, 3)))

    def test_nobody_is_nought_per_cent(self) -> None:
        assert tallied(CHOICE, CONFIG, []) == ChoiceTally(
            0, (Bar("Yes", 0, 0, 0), Bar("No", 0, 0, 0), Bar("None of these", 0, 0, 0))
        )

    @given(values=st.lists(st.sampled_from([*KEYS, "gone"])))
    def test_the_bars_sum_to_the_answers_the_question_knows(self, values: list[str]) -> None:
        tally = tallied(CHOICE, CONFIG, values)
        assert isinstance(tally, ChoiceTally)
        assert sum(bar.count for bar in tally.bars) == tally.n == len([value for value in values if value in KEYS])

    def test_it_exports_key_and_label(self) -> None:
        assert CHOICE.export_cells(CONFIG, "no") == (Cell("no", "", "No", None),)
        assert CHOICE.words(CONFIG, "none") == "None of these"


class TestSettings:
    def test_options_are_typed_one_on_a_line(self) -> None:
        config = CHOICE.settle({"options": "Very good\nFair\n\nPoor", "none": "on"})
        assert config == CHOICE.check_config(
            {
                "options": [
                    {"key": "very_good", "label": "Very good"},
                    {"key": "fair", "label": "Fair"},
                    {"key": "poor", "label": "Poor"},
                ],
                "none": True,
            }
        )

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        odd = CHOICE.check_config({"options": [{"key": "o1", "label": "Yes"}, {"key": "o2", "label": "No"}]})
        assert CHOICE.settle(CHOICE.typed(CONFIG), CONFIG) == CONFIG
        assert CHOICE.settle(CHOICE.typed(odd), odd) == odd

    def test_an_option_called_none_is_not_none_of_these(self) -> None:
        config = CHOICE.settle({"options": "None\nSome", "none": "on"})
        assert [option.key for option in CHOICE.fields(config)[0].options] == ["none_2", "some", "none"]

    @pytest.mark.parametrize("typed", [{}, {"options": "One"}, {"options": "One\none"}, {"options": "x\n" * 1000}])
    def test_a_refusal_names_the_setting(self, typed: dict[str, str]) -> None:
        with pytest.raises(Refused) as refused:
            CHOICE.settle(typed)
        assert refused.value.field == "options"


def test_a_choice_of_five_is_half_a_minute() -> None:
    five = CHOICE.settle({"options": "Excellent\nVery good\nGood\nFair\nPoor"})
    assert CHOICE.typing_seconds(five) == 30
    assert CHOICE.typing_seconds({**five, "none": True}) == 32

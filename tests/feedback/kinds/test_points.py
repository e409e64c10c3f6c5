import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Bar, Cell, Field, Refused
from feedback.kinds.points import PointsTally

from .example import EVIL, Example
from .json_values import ANY_JSON, ANY_TEXT, nested
from .rendered import input_html, summary_html
from .tallied import tallied

POINTS = kinds["points"]
OPTIONS: list[dict[str, str]] = [{"key": key, "label": key.upper()} for key in ("a", "b", "c")]
CONFIG = POINTS.check_config({"options": OPTIONS, "points": 10})
EXAMPLE = Example(
    {"options": [{"key": key, "label": f"{key} {EVIL}"} for key in "abc"]},
    {"a": "7", "b": "0", "c": "3"},
    ["value.a", "value.b", "value.c"],
)
# Two cuts through ten points make three shares.
ANSWERS = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(
    lambda cuts: {"a": str(min(cuts)), "b": str(max(cuts) - min(cuts)), "c": str(10 - max(cuts))}
)


def refusal(raw: object) -> Refused:
    with pytest.raises(Refused) as refused:
        POINTS.validate(CONFIG, raw)
    return refused.value


class TestPoints:
    def test_settings_are_written_out(self) -> None:
        assert POINTS.check_config({"options": OPTIONS}) == CONFIG == {"options": OPTIONS, "points": 10}

    @pytest.mark.parametrize(
        "config",
        [
            {},
            {"options": OPTIONS[:1]},
            {"options": [{"key": f"k{n}", "label": "x"} for n in range(9)]},
            {"options": [OPTIONS[0], OPTIONS[0]]},
            {"options": OPTIONS, "points": 1},
            {"options": OPTIONS, "points": 101},
            {"options": OPTIONS, "points": "10"},
            {"options": OPTIONS, "none": True},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            POINTS.check_config(config)

    def test_every_option_has_a_field_that_may_stay_empty(self) -> None:
        assert POINTS.fields(CONFIG)[1] == Field("value.b", "B", "number", required=False)

    def test_shares_are_kept_in_one_form(self) -> None:
        assert POINTS.validate(CONFIG, {"c": " 03 ", "a": "7"}) == {"a": "7", "b": "0", "c": "3"}
        assert POINTS.validate(CONFIG, {"a": "10", "b": "", "c": None}) == {"a": "10", "b": "0", "c": "0"}
        assert POINTS.validate(CONFIG, {"a": "٤", "b": "6.0", "c": " \u200b"}) == {"a": "4", "b": "6", "c": "0"}

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (None, "Share 10 points among the answers."),
            ("", "Share 10 points among the answers."),
            ({"a": "", "b": "0"}, "Share 10 points among the answers."),
            ({"a": "7"}, "You have shared 7 of 10 points. 3 left to share."),
            ({"a": "7", "b": "4"}, "You have shared 11 points. That is 1 too many: there are 10."),
            ({"a": "1,000"}, "You have shared 1,000 points. That is 990 too many: there are 10."),
        ],
    )
    def test_what_does_not_add_up_says_by_how_much(self, raw: object, said: str) -> None:
        assert refusal(raw).message == said
        assert refusal(raw).field == "value"

    @pytest.mark.parametrize("share", ["-1", "2.5", "half", "1e1", "9" * 5_000])
    def test_a_share_that_is_no_whole_number_is_named(self, share: str) -> None:
        refused = refusal({"a": "10", "b": share})
        assert refused.message == "Write a whole number of points, or nothing: B"
        assert refused.field == "value.b"

    @pytest.mark.parametrize(
        "raw", ["10", ["10"], 10, {"a": 10}, {"a": ["10"]}, {"a": "10", "d": "0"}, {"a": nested(50_000)}, True]
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).message == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(raw=ANY_JSON | ANSWERS | st.dictionaries(st.sampled_from("abc"), st.sampled_from("05") | ANY_TEXT))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = POINTS.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert POINTS.validate(CONFIG, value) == value
            assert isinstance(value, dict)
            assert sum(map(int, value.values())) == sum(POINTS.marks(CONFIG, value).values()) == 10

    def test_a_bar_is_an_options_part_of_all_points(self) -> None:
        tally = tallied(POINTS, CONFIG, [{"a": "7", "b": "0", "c": "3"}, {"a": "10", "b": "0", "c": "0"}])
        assert tally == PointsTally(2, (Bar("A", 17, 85, 20), Bar("B", 0, 0, 20), Bar("C", 3, 15, 20)))

    @given(values=st.lists(ANSWERS))
    def test_the_bars_sum_to_all_that_was_shared(self, values: list[dict[str, str]]) -> None:
        tally = tallied(POINTS, CONFIG, values)
        assert isinstance(tally, PointsTally)
        assert sum(bar.count for bar in tally.bars) == 10 * tally.n == 10 * len(values)
        assert all(bar.n == 10 * tally.n for bar in tally.bars)

    def test_an_option_that_went_is_left_out(self) -> None:
        assert POINTS.marks(CONFIG, {"a": "4", "gone": "6"}) == {("", "a"): 4}

    def test_it_exports_a_row_an_option_with_its_points(self) -> None:
        value = {"a": "7", "b": "0", "c": "3"}
        assert POINTS.export_cells(CONFIG, value) == (
            Cell("a", "", "A", 7),
            Cell("b", "", "B", 0),
            Cell("c", "", "C", 3),
        )
        assert POINTS.words(CONFIG, value) == "A: 7\nC: 3"


class TestSettings:
    def test_options_and_points_are_typed(self) -> None:
        assert POINTS.settle({"options": "A\nB\nC", "points": "10"}) == CONFIG
        assert POINTS.settle({"options": "A\nB\nC", "points": ""}) == CONFIG

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        config = POINTS.check_config(
            {"options": [{"key": "o1", "label": "A"}, {"key": "o2", "label": "B"}], "points": 5}
        )
        assert POINTS.settle(POINTS.typed(config), config) == config

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({}, "options"),
            ({"options": "A\nB\nC\nD\nE\nF\nG\nH\nI"}, "options"),
            ({"options": "A\nB", "points": "1"}, "points"),
            ({"options": "A\nB", "points": "101"}, "points"),
            ({"options": "A\nB", "points": "ten"}, "points"),
        ],
    )
    def test_a_refusal_names_the_setting(self, typed: dict[str, str], field: str) -> None:
        with pytest.raises(Refused) as refused:
            POINTS.settle(typed)
        assert refused.value.field == field


class TestTemplates:
    def test_the_form_says_how_many_points_there_are(self) -> None:
        html = input_html("points")
        assert "Share 10 points." in html
        assert html.count('inputmode="numeric"') == 3

    def test_what_was_typed_comes_back_when_it_does_not_add_up(self) -> None:
        assert 'value="11"' in input_html("points", {"a": "11"}, "You have shared 11 points.")

    def test_bars_count_points(self) -> None:
        html = " ".join(summary_html("points", [{"a": "7", "b": "0", "c": "3"}] * 2).split())
        assert "14 of 20 (70%)" in html
        assert '<th scope="col"> Points </th>' in html
        assert "2 people shared 10 points each." in html


def test_an_option_is_five_seconds() -> None:
    assert POINTS.typing_seconds(CONFIG) == 45

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Refused
from feedback.kinds.maturity import DimensionTally, MaturityTally
from feedback.kinds.refusals import UNREADABLE

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .rendered import summary_html
from .tallied import tallied

MATURITY = kinds["maturity"]
LEVELS = ["Nobody knows", "Some share", "Everybody shares"]
DIMENSIONS: list[dict[str, Any]] = [
    {"key": "data", "text": "Data we share", "levels": LEVELS},
    {"key": "skills", "text": "Skills", "levels": ["None", "Few", "Some", "Many", "All"]},
]
CONFIG = MATURITY.check_config({"dimensions": DIMENSIONS})
EXAMPLE = Example(
    {
        "dimensions": [
            {"key": "d", "text": EVIL, "levels": [f"{n} {EVIL}" for n in "abc"]},
            {"key": "e", "text": "E", "levels": list("abcde")},
        ]
    },
    {"d.now": "1", "d.want": "3", "e.now": "skip", "e.want": "5"},
    ["value.d.now"] * 4 + ["value.d.want"] * 4 + ["value.e.now"] * 6 + ["value.e.want"] * 6,
)
THREE, FIVE = st.sampled_from(["1", "2", "3", "skip"]), st.sampled_from(["1", "2", "3", "4", "5", "skip"])
ANSWERS = st.fixed_dictionaries({"data.now": THREE, "data.want": THREE, "skills.now": FIVE, "skills.want": FIVE})
PARTS = st.sampled_from(["data.now", "data.want", "skills.now", "skills.want"])


def answer(now: str, want: str) -> dict[str, str]:
    return {"data.now": "skip", "data.want": "skip", "skills.now": now, "skills.want": want}


def skills(answers: list[tuple[str, str]]) -> DimensionTally:
    tally = tallied(MATURITY, CONFIG, [answer(*one) for one in answers])
    assert isinstance(tally, MaturityTally)
    return tally.dimensions[1]


def refusal(raw: object) -> Refused:
    with pytest.raises(Refused) as refused:
        MATURITY.validate(CONFIG, raw)
    return refused.value


class TestMaturity:
    @pytest.mark.parametrize(
        "config",
        [
            {"dimensions": []},
            {"dimensions": [DIMENSIONS[0], DIMENSIONS[0]]},
            {"dimensions": [{"key": f"d{n}", "text": "x", "levels": LEVELS} for n in range(7)]},
            {"dimensions": [{"key": "d", "text": "x", "levels": LEVELS[:2]}]},
            {"dimensions": [{"key": "d", "text": "x", "levels": list("abcdef")}]},
            {"dimensions": [{"key": "d", "text": "- x", "levels": LEVELS}]},
            {"dimensions": [{"key": "d", "text": "x", "levels": ["", "b", "c"]}]},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            MATURITY.check_config(config)

    def test_each_dimension_asks_where_we_are_and_where_we_want_to_be(self) -> None:
        fields = MATURITY.fields(CONFIG)
        assert [field.label for field in fields[:2]] == [
            "Data we share: Where we are",
            "Data we share: Where we want to be",
        ]
        assert [option.label for option in fields[0].options] == [*LEVELS, "Skip this one"]

    def test_what_is_left_out_is_named(self) -> None:
        refused = refusal(answer("2", "") | {"data.now": "1"})
        assert refused.message == "Choose a level, or skip: where we want to be, Skills"
        assert refused.field == "value.skills.want"

    @pytest.mark.parametrize(
        "raw",
        ["2", 2, ["1"], nested(50_000), answer("2", "6"), answer("2", "2") | {"x": "1"}, {"data.now": nested(50_000)}],
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).sentence == UNREADABLE

    @settings(max_examples=300)
    @given(raw=ANY_JSON | ANSWERS | st.dictionaries(PARTS, ANY_JSON))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = MATURITY.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert MATURITY.validate(CONFIG, value) == value

    @given(values=st.lists(ANSWERS))
    def test_levels_and_skips_add_up_to_the_answers(self, values: list[dict[str, str]]) -> None:
        tally = tallied(MATURITY, CONFIG, values)
        assert isinstance(tally, MaturityTally)
        for one in tally.dimensions:
            assert sum(level.now.count for level in one.levels) == one.now.n
            assert sum(level.want.count for level in one.levels) == one.want.n
            assert one.now.n + one.now.skips == one.want.n + one.want.skips == tally.n == len(values)

    @pytest.mark.parametrize(
        ("answers", "now", "want", "gap"),
        [
            ([("1", "3"), ("2", "4"), ("2", "5")], "2", "4", 4),
            ([("1", "3"), ("2", "3")], "1½", "3", 3),
            ([("2", "2")], "2", "2", 0),
            ([("4", "2")], "4", "2", -4),
            ([("skip", "5")], "0", "5", 0),
        ],
    )
    def test_the_gap_lies_between_the_middle_answers(
        self, answers: list[tuple[str, str]], now: str, want: str, gap: int
    ) -> None:
        one = skills(answers)
        assert (one.now.level, one.want.level, one.gap) == (now, want, gap)

    def test_it_is_read_and_exported_a_row_a_side(self) -> None:
        value = {"data.now": "1", "data.want": "skip"}
        words = "Data we share, where we are: 1. Nobody knows\nData we share, where we want to be: Skipped"
        assert MATURITY.words(CONFIG, value) == words
        assert MATURITY.export_cells(CONFIG, value) == (
            Cell("data.now", "Data we share: Where we are", "1. Nobody knows", 1),
            Cell("data.want", "Data we share: Where we want to be", "Skipped", None),
        )

    def test_each_dimension_is_forty_seconds(self) -> None:
        assert MATURITY.typing_seconds(CONFIG) == 80


class TestSettings:
    def test_levels_are_typed_below_what_is_looked_at(self) -> None:
        config = MATURITY.settle({"dimensions": "Data\n- none\n  – some\n•all\n\nSkills\n* a\n* b\n* - c"})
        assert config["dimensions"] == [
            {"key": "data", "text": "Data", "levels": ["none", "some", "all"]},
            {"key": "skills", "text": "Skills", "levels": ["a", "b", "- c"]},
        ]

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        assert MATURITY.settle(MATURITY.typed(CONFIG), CONFIG) == CONFIG

    @pytest.mark.parametrize(
        "typed",
        ["", "- a\n- b\n- c", "Data", "Data\n- a\n- b", "Data\n- a\n- b\n- A", "D\n- a\n- b\n- c\nd\n- a\n- b\n- c"],
    )
    def test_a_refusal_names_the_setting(self, typed: str) -> None:
        with pytest.raises(Refused) as refused:
            MATURITY.settle({"dimensions": typed})
        assert refused.value.field == "dimensions"

    @given(typed=st.text(st.sampled_from("abc-–\n \u200b\x0b"), max_size=60))
    def test_whatever_is_typed_is_settled_for_good_or_refused(self, typed: str) -> None:
        try:
            config = MATURITY.settle({"dimensions": typed})
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert MATURITY.settle(MATURITY.typed(config), config) == config


def summary(answers: list[tuple[str, str]]) -> str:
    html = summary_html("maturity", [answer(*one) for one in answers], config=CONFIG)
    return re.sub(r"\s+", " ", html)


def test_the_summary_says_the_gap_in_words() -> None:
    html = summary([("2", "4")])
    assert "Where we are: 2</span>" in html
    assert "Where we want to be: 4</span>" in html
    assert "2 levels to go." in html
    assert "½ level to go." in summary([("2", "2"), ("2", "3")])
    assert "We are where we want to be." in summary([("3", "3")])
    assert "In levels, we are 1 beyond where we want to be." in summary([("3", "2")])
    assert "Skipped: 1 where we are, 1 where we want to be" in summary([("3", "2")])
    assert "to go" not in summary([("skip", "2")])


def test_the_track_has_its_marks_where_the_middle_answers_are() -> None:
    html = summary([("1", "5"), ("2", "5")])
    assert '<svg x="16.2" width="1"' in html  # one and a half
    assert '<svg x="95.0" width="1"' in html
    assert '<rect class="track-way" x="16.2" y="4" width="78.8" height="2" />' in html

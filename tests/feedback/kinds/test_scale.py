import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Bar, Cell, Refused
from feedback.kinds.scale import ScaleTally, StatementTally

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .tallied import tallied

SCALE = kinds["scale"]
STATEMENTS: list[dict[str, str]] = [{"key": "ask", "text": "I know whom to ask"}, {"key": "use", "text": "I use data"}]
POINTS: list[dict[str, str]] = [
    {"key": "no", "label": "No"},
    {"key": "some", "label": "Somewhat"},
    {"key": "yes", "label": "Yes"},
]
CONFIG = SCALE.check_config({"statements": STATEMENTS, "points": POINTS})
EXAMPLE = Example(
    {
        "statements": [{"key": "s", "text": EVIL}, {"key": "t", "text": "T"}],
        "points": [{"key": key, "label": f"{key} {EVIL}"} for key in ("low", "mid", "high")],
    },
    {"s": "mid", "t": "skip"},
    ["value.s"] * 4 + ["value.t"] * 4,
)
ANSWERS = st.fixed_dictionaries({key: st.sampled_from(["no", "some", "yes", "skip"]) for key in ("ask", "use")})


def refusal(raw: object) -> Refused:
    with pytest.raises(Refused) as refused:
        SCALE.validate(CONFIG, raw)
    return refused.value


def middle(keys: list[str]) -> tuple[str, str]:
    tally = tallied(SCALE, CONFIG, [{"ask": key, "use": "skip"} for key in keys])
    assert isinstance(tally, ScaleTally)
    return tally.statements[0].median, tally.statements[0].median_upper


class TestScale:
    def test_settings_are_returned_as_json(self) -> None:
        assert CONFIG == {"statements": STATEMENTS, "points": POINTS}

    @pytest.mark.parametrize(
        "config",
        [
            {"statements": [], "points": POINTS},
            {"statements": [{"key": f"s{n}", "text": "x"} for n in range(9)], "points": POINTS},
            {"statements": STATEMENTS, "points": POINTS[:2]},
            {"statements": STATEMENTS, "points": [{"key": f"p{n}", "label": "x"} for n in range(8)]},
            {"statements": [STATEMENTS[0], STATEMENTS[0]], "points": POINTS},
            {"statements": STATEMENTS, "points": [*POINTS, POINTS[0]]},
            {"statements": STATEMENTS, "points": [*POINTS, {"key": "skip", "label": "Skip"}]},
            {"statements": STATEMENTS, "points": POINTS, "skip": False},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            SCALE.check_config(config)

    def test_every_statement_has_its_points_and_a_way_to_skip(self) -> None:
        fields = SCALE.fields(CONFIG)
        assert [(field.name, field.label) for field in fields] == [
            ("value.ask", "I know whom to ask"),
            ("value.use", "I use data"),
        ]
        assert [option.key for option in fields[1].options] == ["no", "some", "yes", "skip"]

    def test_everything_may_be_skipped(self) -> None:
        assert SCALE.validate(CONFIG, {"use": "skip", "ask": "skip"}) == {"ask": "skip", "use": "skip"}

    @pytest.mark.parametrize("raw", [{"ask": "yes"}, {"ask": "yes", "use": ""}, {"ask": "yes", "use": None}])
    def test_a_statement_left_out_is_named(self, raw: object) -> None:
        refused = refusal(raw)
        assert refused.message == "Choose a point, or skip: I use data"
        assert refused.field == "value.use"

    @pytest.mark.parametrize("raw", [None, "", {}])
    def test_nothing_chosen_points_to_the_first_statement(self, raw: object) -> None:
        assert refusal(raw).message == "Choose a point, or skip: I know whom to ask"

    @pytest.mark.parametrize(
        "raw",
        [
            "yes",
            3,
            ["yes", "no"],
            nested(50_000),
            {"ask": "yes", "use": "no", "more": "no"},
            {"ask": "yes", "use": "perhaps"},
            {"ask": "yes", "use": nested(50_000)},
            {"ask": "yes", "use": float("inf")},
        ],
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).message == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=300)
    @given(raw=ANY_JSON | ANSWERS | st.dictionaries(st.sampled_from(["ask", "use"]), ANY_JSON))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = SCALE.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert SCALE.validate(CONFIG, value) == value

    def test_skips_are_counted_apart(self) -> None:
        values = [{"ask": "yes", "use": "skip"}, {"ask": "no", "use": "skip"}, {"ask": "yes", "use": "some"}]
        tally = tallied(SCALE, CONFIG, values)
        assert tally == ScaleTally(
            3,
            (
                StatementTally(
                    "I know whom to ask",
                    3,
                    (Bar("No", 1, 33, 3), Bar("Somewhat", 0, 0, 3), Bar("Yes", 2, 67, 3)),
                    0,
                    "Yes",
                    "",
                ),
                StatementTally(
                    "I use data",
                    1,
                    (Bar("No", 0, 0, 1), Bar("Somewhat", 1, 100, 1), Bar("Yes", 0, 0, 1)),
                    2,
                    "Somewhat",
                    "",
                ),
            ),
        )

    def test_the_middle_is_a_point_or_lies_between_two(self) -> None:
        assert middle(["no", "yes", "some"]) == ("Somewhat", "")
        assert middle(["no", "no", "yes", "yes"]) == ("No", "Yes")
        assert middle(["no", "some", "some", "yes"]) == ("Somewhat", "")
        assert middle(["skip"]) == ("", "")

    @given(values=st.lists(ANSWERS))
    def test_points_and_skips_sum_to_the_answers(self, values: list[dict[str, str]]) -> None:
        tally = tallied(SCALE, CONFIG, values)
        assert isinstance(tally, ScaleTally)
        for statement in tally.statements:
            assert sum(bar.count for bar in statement.points) == statement.n
            assert statement.n + statement.skips == tally.n == len(values)

    def test_it_exports_a_row_a_statement(self) -> None:
        value = {"ask": "yes", "use": "skip"}
        assert SCALE.export_cells(CONFIG, value) == (
            Cell("ask", "I know whom to ask", "Yes", 3),
            Cell("use", "I use data", "Skipped", None),
        )
        assert SCALE.words(CONFIG, value) == "I know whom to ask: Yes\nI use data: Skipped"


class TestSettings:
    def test_statements_and_points_are_typed_one_on_a_line(self) -> None:
        config = SCALE.settle({"statements": "I use data.", "points": "No\nSo so\nYes"})
        assert config["statements"] == [{"key": "i_use_data", "text": "I use data."}]
        assert config["points"] == [
            {"key": "no", "label": "No"},
            {"key": "so_so", "label": "So so"},
            {"key": "yes", "label": "Yes"},
        ]

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        assert SCALE.settle(SCALE.typed(CONFIG), CONFIG) == CONFIG

    def test_a_point_called_skip_is_not_the_way_to_skip(self) -> None:
        config = SCALE.settle({"statements": "S", "points": "Skip\nb\nc"})
        assert [option.key for option in SCALE.fields(config)[0].options] == ["skip_2", "b", "c", "skip"]

    def test_the_points_that_stand_there_can_be_taken_as_they_are(self) -> None:
        start = {setting.name: setting.start for setting in SCALE.settings}
        assert len(SCALE.fields(SCALE.settle({**start, "statements": "S"}))[0].options) == 6

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({}, "statements"),
            ({"statements": "S\ns", "points": "a\nb\nc"}, "statements"),
            ({"statements": "S"}, "points"),
            ({"statements": "S", "points": "a\nb"}, "points"),
            ({"statements": "S", "points": "a\nb\nc\nd\ne\nf\ng\nh"}, "points"),
        ],
    )
    def test_a_refusal_names_the_setting(self, typed: dict[str, str], field: str) -> None:
        with pytest.raises(Refused) as refused:
            SCALE.settle(typed)
        assert refused.value.field == field


def test_each_statement_is_twenty_seconds() -> None:
    assert SCALE.typing_seconds(CONFIG) == 40
    assert SCALE.typing_seconds({"statements": STATEMENTS[:1], "points": POINTS}) == 20

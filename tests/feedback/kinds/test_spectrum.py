import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Refused
from feedback.kinds.refusals import UNREADABLE
from feedback.kinds.spectrum import PairTally, SpectrumTally

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .rendered import summary_html
from .tallied import tallied

SPECTRUM = kinds["spectrum"]
PAIRS = [
    {"key": "who", "start": "Keep it local", "end": "Run it together"},
    {"key": "how", "start": "Slow", "end": "Fast"},
]
CONFIG = SPECTRUM.check_config({"pairs": PAIRS})
EXAMPLE = Example(
    {"pairs": [{"key": "a", "start": EVIL, "end": f"End {EVIL}"}, {"key": "b", "start": "B", "end": "C"}]},
    {"a": "2", "b": "skip"},
    ["value.a"] * 8 + ["value.b"] * 8,
)
STEPS = [str(step) for step in range(1, 8)]
ANSWERS = st.fixed_dictionaries({key: st.sampled_from([*STEPS, "skip"]) for key in ("who", "how")})


def refusal(raw: object) -> Refused:
    with pytest.raises(Refused) as refused:
        SPECTRUM.validate(CONFIG, raw)
    return refused.value


def first_pair(steps: list[str]) -> PairTally:
    tally = tallied(SPECTRUM, CONFIG, [{"who": step, "how": "skip"} for step in steps])
    assert isinstance(tally, SpectrumTally)
    return tally.pairs[0]


class TestSpectrum:
    @pytest.mark.parametrize(
        "config",
        [
            {"pairs": []},
            {"pairs": [PAIRS[0], PAIRS[0]]},
            {"pairs": [{"key": f"p{n}", "start": "x", "end": "y"} for n in range(9)]},
            {"pairs": [{"key": "p", "start": "x … y", "end": "z"}]},
            {"pairs": [{"key": "p", "start": "x", "end": "and so on..."}]},
            {"pairs": [{"key": "p", "start": "x", "end": "y" * 96}]},
            {"pairs": [{"key": "p", "start": "x"}]},
            {"pairs": PAIRS, "steps": 5},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            SPECTRUM.check_config(config)

    def test_each_pair_has_seven_steps_and_a_way_to_skip(self) -> None:
        fields = SPECTRUM.fields(CONFIG)
        assert [field.label for field in fields] == ["Keep it local … Run it together", "Slow … Fast"]
        assert [option.key for option in fields[0].options] == [*STEPS, "skip"]

    def test_a_pair_left_out_is_named(self) -> None:
        refused = refusal({"who": "7", "how": ""})
        assert refused.message == "Choose a step, or skip: Slow … Fast"
        assert refused.field == "value.how"

    @pytest.mark.parametrize(
        "raw",
        [
            "4",
            4,
            nested(50_000),
            {"who": 4, "how": "4"},
            {"who": "8", "how": "4"},
            {"who": "0", "how": "4"},
            {"who": "4", "how": "4", "x": "4"},
            {"who": "4", "how": nested(50_000)},
        ],
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).sentence == UNREADABLE

    @settings(max_examples=300)
    @given(raw=ANY_JSON | ANSWERS | st.dictionaries(st.sampled_from(["who", "how"]), ANY_JSON))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        try:
            value = SPECTRUM.validate(CONFIG, raw)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert SPECTRUM.validate(CONFIG, value) == value

    @given(values=st.lists(ANSWERS))
    def test_steps_and_skips_add_up_to_the_answers(self, values: list[dict[str, str]]) -> None:
        tally = tallied(SPECTRUM, CONFIG, values)
        assert isinstance(tally, SpectrumTally)
        for pair in tally.pairs:
            assert sum(step.count for step in pair.steps) == pair.n
            assert pair.n + pair.skips == tally.n == len(values)
            assert max(step.height for step in pair.steps) == (100 if pair.n else 0)

    @pytest.mark.parametrize(
        ("steps", "middle", "side"),
        [
            (["1", "2", "7"], (2, 2), "start"),
            (["1", "7"], (1, 7), "half"),
            (["4", "4", "5", "5"], (4, 5), "end"),
            (["4"], (4, 4), "half"),
            (["skip"], (0, 0), ""),
        ],
    )
    def test_the_middle_answer_is_nearer_to_one_view(
        self, steps: list[str], middle: tuple[int, int], side: str
    ) -> None:
        pair = first_pair(steps)
        assert ((pair.lower, pair.upper), pair.side) == (middle, side)

    def test_the_column_where_most_stand_is_full(self) -> None:
        pair = first_pair(["2", "2", "2", "2", "6"])
        assert [step.height for step in pair.steps] == [0, 100, 0, 0, 0, 25, 0]
        assert [step.is_middle for step in pair.steps] == [False, True, False, False, False, False, False]

    def test_it_is_read_and_exported_a_row_a_pair(self) -> None:
        value = {"who": "2", "how": "skip"}
        words = "Keep it local … Run it together: step 2 of 7, nearer to “Keep it local”\nSlow … Fast: Skipped"
        assert SPECTRUM.words(CONFIG, value) == words
        assert SPECTRUM.words(CONFIG, {"how": "4"}) == "Slow … Fast: in the middle"
        assert SPECTRUM.export_cells(CONFIG, value) == (
            Cell("who", "Keep it local … Run it together", "2", 2),
            Cell("how", "Slow … Fast", "Skipped", None),
        )

    def test_each_pair_is_twenty_seconds(self) -> None:
        assert SPECTRUM.typing_seconds(CONFIG) == 40


class TestSettings:
    @pytest.mark.parametrize("typed", ["Slow … Fast", "Slow...Fast", " Slow …Fast ", "Slow\t...  Fast\n\n"])
    def test_a_pair_is_typed_with_dots_between(self, typed: str) -> None:
        assert SPECTRUM.settle({"pairs": typed}) == {"pairs": [{"key": "slow_fast", "start": "Slow", "end": "Fast"}]}

    def test_what_is_typed_back_unchanged_is_the_same(self) -> None:
        assert SPECTRUM.settle(SPECTRUM.typed(CONFIG), CONFIG) == CONFIG

    @pytest.mark.parametrize(
        "typed", ["", "Slow", "Slow …", "… Fast", "a … b … c", "a … b\nA...b", f"{'x' * 96} … y", "a … b\n" * 9]
    )
    def test_a_refusal_names_the_setting(self, typed: str) -> None:
        with pytest.raises(Refused) as refused:
            SPECTRUM.settle({"pairs": typed})
        assert refused.value.field == "pairs"

    @given(typed=st.text(st.sampled_from("ab .…\n\t\u200b"), max_size=60))
    def test_whatever_is_typed_is_settled_for_good_or_refused(self, typed: str) -> None:
        try:
            config = SPECTRUM.settle({"pairs": typed})
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either way out is fine
        else:
            assert SPECTRUM.settle(SPECTRUM.typed(config), config) == config


def summary(values: list[Any]) -> str:
    return re.sub(r"\s+", " ", summary_html("spectrum", values, config=CONFIG))


def test_the_summary_names_both_views_and_says_the_middle_in_words() -> None:
    html = summary([{"who": step, "how": "skip"} for step in ("1", "2", "2")])
    assert html.count("Keep it local") >= 2
    assert "Middle answer: 2 of 7, nearer to “Keep it local”" in html
    assert "3 answers" in html
    assert "0 answers · 3 skipped" in html
    assert '<rect class="bar-fill" y="50" width="10" height="50" />' in html
    assert "Middle answer: between 1 and 7, in the middle" in summary([{"who": s, "how": "skip"} for s in ("1", "7")])

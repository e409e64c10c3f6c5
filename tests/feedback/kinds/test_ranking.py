import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Refused
from feedback.kinds.ranking import RankingTally
from feedback.kinds.refusals import UNREADABLE

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .rendered import input_html, summary_html
from .tallied import tallied

RANKING = kinds["ranking"]
OPTIONS = [
    {"key": key, "label": label} for key, label in (("a", "Skills"), ("b", "Data"), ("c", "Money"), ("d", "Time"))
]
CONFIG = RANKING.check_config({"options": OPTIONS})
TOP_TWO = RANKING.check_config({"options": OPTIONS, "top": 2})
EXAMPLE = Example(
    {
        "options": [{"key": "a", "label": EVIL}, {"key": "b", "label": f"B {EVIL}"}, {"key": "c", "label": "C"}],
        "top": 2,
    },
    {"a": "2", "b": "1", "c": ""},
    ["value.a", "value.b", "value.c"],
)


def given_order(order: str, config: dict[str, object]) -> Any:
    """ "cab": c is first, then a, then b; those who are not named have no place."""
    raw = {key: str(place) for place, key in enumerate(order, start=1)}
    return RANKING.validate(config, raw)


WHOLE = st.permutations("abcd").map("".join).map(lambda order: given_order(order, CONFIG))
TWO = st.permutations("abcd").map(lambda order: given_order("".join(order[:2]), TOP_TWO))


def ranked(config: dict[str, object], values: list[Any]) -> RankingTally:
    tally = tallied(RANKING, config, values)
    assert isinstance(tally, RankingTally)
    return tally


def refusal(raw: object, config: dict[str, object] = CONFIG) -> Refused:
    with pytest.raises(Refused) as refused:
        RANKING.validate(config, raw)
    return refused.value


class TestRanking:
    @pytest.mark.parametrize(
        "config",
        [
            {"options": OPTIONS[:1]},
            {"options": [{"key": f"o{n}", "label": "x"} for n in range(9)]},
            {"options": [OPTIONS[0], OPTIONS[0]]},
            {"options": OPTIONS, "top": 0},
            {"options": OPTIONS, "top": 4},
            {"options": OPTIONS, "top": "2"},
        ],
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            RANKING.check_config(config)

    def test_an_answer_has_the_shape_of_the_form(self) -> None:
        assert given_order("cabd", CONFIG) == {"a": "2", "b": "3", "c": "1", "d": "4"}
        assert given_order("da", TOP_TWO) == {"a": "2", "b": "", "c": "", "d": "1"}

    def test_places_are_read_as_people_type_them(self) -> None:
        assert RANKING.validate(TOP_TWO, {"a": " 2. ", "b": "1", "c": "  ", "d": None}) == {
            "a": "2",
            "b": "1",
            "c": "",
            "d": "",
        }

    @pytest.mark.parametrize(
        ("raw", "field", "message"),
        [
            (None, "value.a", "Give each place from 1 to 4 once."),
            ({"a": "1", "b": "2", "c": "3"}, "value.d", "Give each place from 1 to 4 once."),
            ({"a": "1", "b": "2", "c": "1"}, "value.c", "Two of them have place 1. Give each a place of its own."),
            ({"a": "1", "b": "5"}, "value.b", "Give “Data” a place from 1 to 4, or none yet."),
            ({"a": "first"}, "value.a", "Give “Skills” a place from 1 to 4, or none yet."),
        ],
    )
    def test_what_is_not_in_order_is_said(self, raw: object, field: str, message: str) -> None:
        refused = refusal(raw)
        assert (refused.field, refused.message) == (field, message)

    def test_only_the_top_has_places(self) -> None:
        assert refusal({"a": "1", "b": "2", "c": "3"}, TOP_TWO).message.startswith("Give “Money” a place")
        assert refusal({"a": "2"}, TOP_TWO).message == "Give each place from 1 to 2 once."

    @pytest.mark.parametrize(
        "raw", ["abcd", 3, ["a", "b"], nested(50_000), {"a": 1}, {"x": "1"}, {"a": nested(50_000)}]
    )
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).sentence == UNREADABLE

    @settings(max_examples=300)
    @given(raw=ANY_JSON | WHOLE | TWO | st.dictionaries(st.sampled_from("abcd"), ANY_JSON | st.sampled_from("123 ")))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        for config in (CONFIG, TOP_TWO):
            try:
                value = RANKING.validate(config, raw)
            except Refused as refused:
                assert refused.message  # noqa: PT017 - either way out is fine
            else:
                assert RANKING.validate(config, value) == value

    def test_it_is_read_in_its_order_and_exported_with_its_places(self) -> None:
        value = given_order("da", TOP_TWO)
        assert RANKING.words(TOP_TWO, value) == "1. Time\n2. Skills"
        assert RANKING.export_cells(TOP_TWO, value)[:2] == (Cell("a", "Skills", "2", 2), Cell("b", "Data", "", None))

    def test_it_takes_five_seconds_an_option(self) -> None:
        assert RANKING.typing_seconds(CONFIG) == 40


class TestTally:
    def test_options_stand_in_the_order_of_their_mean_places(self) -> None:
        tally = ranked(CONFIG, [given_order(order, CONFIG) for order in ("cabd", "cbad", "acbd")])
        assert [(one.label, one.place, round(one.mean, 2), one.first) for one in tally.options] == [
            ("Money", 1, 1.33, 2),
            ("Skills", 2, 2.0, 1),
            ("Data", 3, 2.67, 0),
            ("Time", 4, 4.0, 0),
        ]
        assert [one.length for one in tally.options] == [89, 67, 44, 0]

    def test_options_that_nothing_tells_apart_share_a_place(self) -> None:
        tally = ranked(CONFIG, [given_order(order, CONFIG) for order in ("abcd", "bacd")])
        assert [(one.label, one.place) for one in tally.options] == [
            ("Skills", 1),
            ("Data", 1),
            ("Money", 3),
            ("Time", 4),
        ]

    def test_an_option_left_out_counts_as_half_way_along_the_other_places(self) -> None:
        tally = ranked(TOP_TWO, [given_order("da", TOP_TWO)])
        assert [(one.label, one.mean) for one in tally.options] == [
            ("Time", 1),
            ("Skills", 2),
            ("Data", 3.5),
            ("Money", 3.5),
        ]

    @given(values=st.lists(WHOLE), some=st.lists(TWO))
    def test_the_numbers_add_up(self, values: list[Any], some: list[Any]) -> None:
        for config, given_ in ((CONFIG, values), (TOP_TWO, some)):
            tally = ranked(config, given_)
            assert tally.n == len(given_)
            assert sum(one.first for one in tally.options) == len(given_)
            assert sum(one.mean for one in tally.options) == pytest.approx(10 if given_ else 0)
            assert [one.mean for one in tally.options] == sorted(one.mean for one in tally.options)


class TestSettings:
    def test_options_are_typed_one_on_a_line(self) -> None:
        config = RANKING.settle({"options": "Skills\nData\nMoney", "top": " 2 "})
        assert [field.label for field in RANKING.fields(config)] == ["Skills", "Data", "Money"]
        assert config["top"] == 2

    @pytest.mark.parametrize("config", [CONFIG, TOP_TWO])
    def test_what_is_typed_back_unchanged_is_the_same(self, config: dict[str, object]) -> None:
        assert RANKING.settle(RANKING.typed(config), config) == config

    def test_the_first_of_as_many_as_there_are_is_all(self) -> None:
        assert RANKING.settle({"options": "a\nb", "top": "2"})["top"] is None

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({}, "options"),
            ({"options": "a\nA"}, "options"),
            ({"options": "a\nb", "top": "0"}, "top"),
            ({"options": "a\nb", "top": "3"}, "top"),
            ({"options": "a\nb", "top": "two"}, "top"),
        ],
    )
    def test_a_refusal_names_the_setting(self, typed: dict[str, str], field: str) -> None:
        with pytest.raises(Refused) as refused:
            RANKING.settle(typed)
        assert refused.value.field == field


def test_without_a_script_each_option_has_a_field_for_its_place() -> None:
    html = input_html("ranking", given_order("cabd", CONFIG), config=CONFIG)
    assert re.findall(r'name="value\.(\w)"\s+value="(\d)"', html) == [("a", "2"), ("b", "3"), ("c", "1"), ("d", "4")]
    assert re.findall(r'<span class="movers" hidden>', html) == ['<span class="movers" hidden>'] * 4


def test_the_summary_says_mean_places_and_how_often_first() -> None:
    html = summary_html("ranking", [given_order(order, CONFIG) for order in ("cabd", "cbad", "acbd")], config=CONFIG)
    assert "place 1.3" in html
    assert "first for 2 of 3" in html
    assert "left out" not in html
    assert "left out" in summary_html("ranking", [given_order("da", TOP_TWO)], config=TOP_TWO)

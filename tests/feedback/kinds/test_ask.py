import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Refused
from feedback.kinds.own_words import TextTally

from .example import EVIL, Example
from .json_values import ANY_JSON, ANY_TEXT, nested
from .rendered import Page, input_html
from .tallied import tallied

ASK = kinds["ask"]
CONFIG = ASK.check_config({})
ONLY_ASKS = ASK.check_config({"offers": False})
ONLY_OFFERS = ASK.check_config({"asks": False})
EXAMPLE = Example({}, {"side": "ask", "text": EVIL}, ["value.side", "value.side", "value.text"])


def refusal(raw: object, config: dict[str, object] = CONFIG) -> Refused:
    with pytest.raises(Refused) as refused:
        ASK.validate(config, raw)
    return refused.value


class TestAsk:
    def test_settings_are_written_out(self) -> None:
        assert CONFIG == {"asks": True, "offers": True, "max_length": 300}

    @pytest.mark.parametrize(
        "config", [{"asks": False, "offers": False}, {"max_length": 0}, {"max_length": 1001}, {"asks": "yes"}, {"x": 1}]
    )
    def test_settings_that_do_not_fit_are_refused(self, config: dict[str, object]) -> None:
        with pytest.raises(Refused, match="settings of this question"):
            ASK.check_config(config)

    def test_people_choose_which_where_both_are_asked_for(self) -> None:
        side, text = ASK.fields(CONFIG)
        assert ([option.key for option in side.options], text.widget) == (["ask", "offer"], "textarea")
        assert ASK.validate(CONFIG, {"side": "offer", "text": " Maps "}) == {"side": "offer", "text": "Maps"}

    def test_where_one_is_asked_for_its_words_are_all_there_is(self) -> None:
        assert [field.name for field in ASK.fields(ONLY_ASKS)] == ["value"]
        assert ASK.validate(ONLY_ASKS, " Who maps drains? ") == "Who maps drains?"

    @pytest.mark.parametrize(
        ("raw", "field", "said"),
        [
            ({"text": "Maps"}, "value.side", "Say whether"),
            ({"side": "both", "text": "Maps"}, "value.side", "could not be read"),
            ({"side": "ask", "text": " "}, "value.text", "Write something"),
            ({"side": "ask", "text": "x" * 301}, "value.text", "Shorten it to 300"),
            ({"side": "ask", "text": ["x"]}, "value.text", "could not be read"),
            ({"side": "ask", "text": "x", "who": "me"}, "value", "could not be read"),
            (nested(50_000), "value", "could not be read"),
        ],
    )
    def test_a_refusal_says_which_field_it_is_about(self, raw: object, field: str, said: str) -> None:
        refused = refusal(raw)
        assert refused.field == field
        assert said in refused.message

    @settings(max_examples=200)
    @given(raw=ANY_JSON | st.dictionaries(st.sampled_from(["side", "text"]), ANY_JSON | ANY_TEXT))
    def test_any_json_is_stored_or_refused_and_stays_as_it_is(self, raw: object) -> None:
        for config in (CONFIG, ONLY_ASKS):
            try:
                value = ASK.validate(config, raw)
            except Refused as refused:
                assert refused.message  # noqa: PT017 - either way out is fine
            else:
                assert ASK.validate(config, value) == value

    def test_only_an_ask_asks_something_of_the_room(self) -> None:
        assert ASK.asks(CONFIG, {"side": "ask", "text": "Maps"}) == "Maps"
        assert ASK.asks(CONFIG, {"side": "offer", "text": "Maps"}) == ""
        assert ASK.offers(CONFIG, {"side": "offer", "text": "Maps"}) == "Maps"
        assert ASK.offers(CONFIG, {"side": "ask", "text": "Maps"}) == ""
        assert (ASK.offers(ONLY_ASKS, "Maps"), ASK.offers(ONLY_OFFERS, "Maps")) == ("", "Maps")
        assert (ASK.asks(ONLY_ASKS, "Maps"), ASK.asks(ONLY_OFFERS, "Maps")) == ("Maps", "")
        assert [kind.name for kind in kinds.values() if kind.connects] == ["ask"]

    def test_an_offer_says_so_beside_asks(self) -> None:
        values = [{"side": "ask", "text": "Maps"}, {"side": "offer", "text": "Drains"}]
        assert tallied(ASK, CONFIG, values) == TextTally(2, ("Maps", "I can help with: Drains"))
        assert ASK.words(ONLY_OFFERS, "Drains") == "Drains"

    def test_it_exports_which_it_is_and_its_words(self) -> None:
        assert ASK.export_cells(CONFIG, {"side": "offer", "text": "=1"}) == (Cell("offer", "", "=1", None),)
        assert ASK.export_cells(ONLY_ASKS, "Maps") == (Cell("ask", "", "Maps", None),)

    def test_what_was_given_before_the_question_asked_for_less_is_still_read(self) -> None:
        assert ASK.words(ONLY_ASKS, {"side": "offer", "text": "Drains"}) == "I can help with: Drains"
        assert ASK.words(CONFIG, "Maps") == "Maps"

    def test_both_forms_come_back_as_they_were_filled_in(self) -> None:
        value = {"side": "offer", "text": f"line\n{EVIL}"}
        assert Page(input_html("ask", value, "Wrong")).answer == value
        assert Page(input_html("ask", "Maps", config={"offers": False})).answer == "Maps"


class TestSettling:
    def test_what_is_typed_out_settles_to_the_same(self) -> None:
        for config in (CONFIG, ONLY_ASKS, ONLY_OFFERS):
            assert ASK.settle(ASK.typed(config), config) == config

    def test_one_of_the_two_has_to_be_ticked(self) -> None:
        with pytest.raises(Refused, match="at least one") as refused:
            ASK.settle({"max_length": "300"})
        assert refused.value.field == "asks"

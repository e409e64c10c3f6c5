import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Field, Refused

from .example import EVIL, Example
from .json_values import ANY_JSON, nested
from .rendered import summary_html
from .tallied import tallied

COMMITMENT = kinds["commitment"]
CONFIG = COMMITMENT.check_config({})
EXAMPLE = Example(
    {},
    {"what": f"Ring the port {EVIL}", "first": f"Find the number {EVIL}", "by": f"Friday {EVIL}"},
    ["value.what", "value.first", "value.by"],
)
RING = {"what": "Ring the port", "first": "Find the number", "by": "Friday"}


def refusal(raw: object) -> Refused:
    with pytest.raises(Refused) as refused:
        COMMITMENT.validate(CONFIG, raw)
    return refused.value


class TestCommitment:
    def test_it_is_a_sentence_and_two_lines(self) -> None:
        assert COMMITMENT.fields(CONFIG) == (
            Field("value.what", "What will you do?", "textarea", max_length=500),
            Field("value.first", "The first step (optional)", "line", max_length=200, required=False),
            Field("value.by", "By when (optional)", "line", max_length=60, required=False),
        )

    def test_only_what_is_asked_for(self) -> None:
        assert COMMITMENT.validate(CONFIG, {"what": "Ring the port"}) == {
            "what": "Ring the port",
            "first": "",
            "by": "",
        }
        assert refusal({"what": " ", "first": "Find the number"}).field == "value.what"
        assert refusal({}).message == refusal(None).message == "Write what you will do first."

    def test_lines_break_in_the_sentence_alone(self) -> None:
        raw = {"what": " Ring\r\nthe port ", "first": "Find\nthe number", "by": "\u200b"}
        assert COMMITMENT.validate(CONFIG, raw) == {"what": "Ring\nthe port", "first": "Find the number", "by": ""}

    @pytest.mark.parametrize(("part", "limit"), [("what", 500), ("first", 200), ("by", 60)])
    def test_what_is_too_long_is_refused_and_never_cut(self, part: str, limit: int) -> None:
        assert COMMITMENT.validate(CONFIG, RING | {part: "a" * limit})
        refused = refusal(RING | {part: "a" * (limit + 1)})
        assert (refused.field, f"Shorten it to {limit}" in refused.message) == (f"value.{part}", True)

    @pytest.mark.parametrize("raw", ["Ring", ["Ring"], {"who": "me"}, {"what": ["Ring"]}, 7, nested(50_000)])
    def test_anything_else_is_unreadable(self, raw: object) -> None:
        assert refusal(raw).message == "Your answer could not be read. Send it again: nothing is lost."

    @settings(max_examples=50)
    @given(ANY_JSON | st.fixed_dictionaries({"what": ANY_JSON, "by": ANY_JSON}))
    def test_anything_is_taken_as_it_will_be_read_or_refused(self, raw: object) -> None:
        try:
            value = COMMITMENT.validate(CONFIG, raw)
        except Refused:
            return
        assert COMMITMENT.validate(CONFIG, value) == value

    def test_its_author_reads_all_of_it(self) -> None:
        assert COMMITMENT.words(CONFIG, RING) == "Ring the port\nFirst step: Find the number\nBy when: Friday"
        assert COMMITMENT.words(CONFIG, RING | {"first": "", "by": ""}) == "Ring the port"

    def test_nobody_else_reads_any_of_it(self) -> None:
        tally = tallied(COMMITMENT, CONFIG, [RING, RING])
        assert vars(tally) == {"n": 2}
        html = summary_html("commitment", [RING, RING])
        assert "2 people have written down what they will do" in " ".join(html.split())
        assert "port" not in html
        assert [cell.text for cell in COMMITMENT.export_cells(CONFIG, RING)] == [""]
        assert COMMITMENT.marks(CONFIG, RING) == {}

import csv
import io
from datetime import date

import pytest

from feedback.exports.csvfile import write_csv
from feedback.exports.tables import RESPONSES_LONG, AnsweredQuestion, Event, GivenAnswer, Row, responses_long
from feedback.kinds.base import Value

EVENT = Event("day1", date(2026, 11, 22), "Data and digital")
DAY = date(2026, 11, 22)
CHOICE: dict[str, object] = {"options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}


def answer(number: int, value: Value, respondent: str = "", group: str = "") -> GivenAnswer:
    """One that carries everything, so that what is missing from a row was left out."""
    return GivenAnswer(
        f"{number:04}",
        value,
        respondent=respondent,
        is_late=True,
        answered_on=DAY,
        group_label=group or "Officers",
        language="cy",
    )


def asked(
    *answers: GivenAnswer, occasion: str = "live", kind: str = "text", mode: str = "unlinked", bundle: str = "alone"
) -> AnsweredQuestion:
    config = {} if kind == "text" else CHOICE
    return AnsweredQuestion(f"q_{kind}", 2, "What?", occasion, 3, kind, config, mode, bundle, answers)


def form(people: int) -> list[AnsweredQuestion]:
    names = [f"{number:02}" * 32 for number in range(people)]
    chosen = [answer(number, "a", name) for number, name in enumerate(names)]
    written = [answer(number, f"words {name}", name) for number, name in enumerate(reversed(names))]
    return [
        asked(*chosen, occasion="feedback", kind="choice", bundle="form"),
        asked(*written, occasion="feedback", bundle="form"),
    ]


def column(rows: list[Row], name: str) -> list[str | int | float | None]:
    return [row[RESPONSES_LONG.index(name)] for row in rows]


class TestResponsesLong:
    def test_a_row_has_every_column(self) -> None:
        [row] = responses_long(EVENT, [asked(answer(1, "Words"), mode="named")])
        assert dict(zip(RESPONSES_LONG, row, strict=True)) == {
            "event_id": "day1",
            "event_date": "2026-11-22",
            "series": "Data and digital",
            "occasion": "live",
            "slot_no": 3,
            "question_key": "q_text",
            "question_version": 2,
            "question_text": "What?",
            "respondent_ref": None,
            "group_label": "Officers",
            "value_text": "Words",
            "value_number": None,
            "option_key": "",
            "is_late": 1,
            "is_redacted": 0,
            "mode": "named",
            "answered_on": "2026-11-22",
            "language": "cy",
            "schema_version": 1,
        }

    def test_an_answer_without_a_name_carries_nothing_of_the_person(self) -> None:
        rows = responses_long(EVENT, [asked(answer(1, "Words", "f" * 64))])
        assert column(rows, "value_text") == ["Words"]
        for name in ("respondent_ref", "is_late", "language"):
            assert column(rows, name) == [None]
        assert column(rows, "group_label") == [""]
        assert "f" * 64 not in str(rows)

    def test_a_survey_has_no_date(self) -> None:
        assert column(responses_long(EVENT, [asked(answer(1, "Words"), occasion="survey")]), "answered_on") == [None]

    def test_the_order_is_that_of_random_ids(self) -> None:
        rows = responses_long(EVENT, [asked(answer(2, "second"), answer(1, "first"))])
        assert column(rows, "value_text") == ["first", "second"]

    def test_a_scale_has_a_row_a_statement(self) -> None:
        config: dict[str, object] = {
            "statements": [{"key": "s", "text": "S"}, {"key": "t", "text": "T"}],
            "points": [{"key": key, "label": key} for key in ("low", "mid", "high")],
        }
        question = AnsweredQuestion(
            "q", 1, "?", "live", 1, "scale", config, "unlinked", "alone", (answer(1, {"s": "high", "t": "skip"}),)
        )
        rows = responses_long(EVENT, [question])
        assert column(rows, "group_label") == ["S", "T"]
        assert column(rows, "value_text") == ["high", "Skipped"]
        assert column(rows, "value_number") == [3, None]
        assert column(rows, "option_key") == ["s", "t"]

    def test_a_removed_answer_leaves_only_its_row(self) -> None:
        rows = responses_long(EVENT, [asked(GivenAnswer("1", "said by mistake", is_redacted=True))])
        assert column(rows, "is_redacted") == [1]
        assert "mistake" not in str(rows)


class TestRespondents:
    def test_five_forms_are_numbered(self) -> None:
        rows = responses_long(EVENT, form(5))
        assert sorted(column(rows, "respondent_ref")[:5], key=str) == [1, 2, 3, 4, 5]

    def test_four_forms_are_not(self) -> None:
        assert set(column(responses_long(EVENT, form(4), "internal"), "respondent_ref")) == {None}

    def test_free_text_stands_apart_except_inside(self) -> None:
        assert column(responses_long(EVENT, form(5)), "respondent_ref")[5:] == [None] * 5
        rows = responses_long(EVENT, form(5), "internal")
        references = column(rows, "respondent_ref")
        assert references[5:] == list(reversed(references[:5]))  # the same person wrote last what they chose first

    def test_numbers_stay_at_every_export_of_a_day_and_profile_only(self) -> None:
        first = column(responses_long(EVENT, form(9)), "respondent_ref")
        assert column(responses_long(EVENT, form(9)), "respondent_ref") == first
        assert column(responses_long(EVENT, form(9), "internal"), "respondent_ref")[:9] != first[:9]
        assert column(responses_long(Event("day2", DAY), form(9)), "respondent_ref")[:9] != first[:9]

    @pytest.mark.parametrize("bundle", ["alone", "pair"])
    def test_nothing_but_the_form_is_numbered(self, bundle: str) -> None:
        answers = [answer(number, "a", f"{number:064}") for number in range(9)]
        question = asked(*answers, occasion="feedback", kind="choice", bundle=bundle)
        assert set(column(responses_long(EVENT, [*form(5), question]), "respondent_ref")[10:]) == {None}


class TestCsv:
    def test_every_cell_is_quoted_and_numbers_stay_numbers(self) -> None:
        data = write_csv(["a", "b", "c", "d"], [['say "so"', -5, -0.5, None]])
        assert data == b'\xef\xbb\xbf"a","b","c","d"\r\n"say ""so""","-5","-0.5",""\r\n'

    @pytest.mark.parametrize(
        "lead", ["", " ", "   ", "\u00a0", "\ufeff", "\u200b", "\u200d \u2060", "\x00", "\x1f", "\u3000"]
    )
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹢"])
    def test_a_formula_gets_an_apostrophe(self, lead: str, start: str) -> None:
        assert cell(f"{lead}{start}HYPERLINK(1)").startswith("'")

    @pytest.mark.parametrize("text", ["Share data", "2 = 1 + 1", "a-b", "", "   ", "’tis", "– a dash", "1-2", "x\n=1"])
    def test_other_words_stay_as_they_are(self, text: str) -> None:
        assert cell(text) == text

    def test_what_no_file_can_hold_is_removed(self) -> None:
        assert cell("a\x00b\ud800c\x85d\r\ne") == "abc\nd\ne"
        assert cell(float("nan")) == cell(float("inf")) == ""

    def test_a_ragged_row_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="2 cells under 1 columns"):
            write_csv(["a"], [["x", "y"]])

    def test_the_long_table_can_be_read_again(self) -> None:
        rows = responses_long(EVENT, [*form(5), asked(answer(1, "=1+1"))])
        read = list(csv.reader(io.StringIO(write_csv(RESPONSES_LONG, rows).decode("utf-8-sig"), newline="")))
        assert read[0] == list(RESPONSES_LONG)
        assert len(read) == 12
        assert read[-1][RESPONSES_LONG.index("value_text")] == "'=1+1"


def cell(value: str | float) -> str:
    data = write_csv(["a"], [[value]]).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline="")))[1][0]

"""What was said in figures: every choice, also what nobody chose, always with how many people it is of."""

from feedback.exports.figures import figures
from feedback.exports.tables import AnsweredQuestion, CountedHands, GivenAnswer
from feedback.kinds import kinds
from feedback.kinds.base import Value

Told = list[tuple[str, str, float, int, float | None]]


def asked(kind: str, typed: dict[str, str], *values: Value, hands: tuple[CountedHands, ...] = ()) -> AnsweredQuestion:
    answers = tuple(GivenAnswer(f"{number:04}", value) for number, value in enumerate(values))
    config = kinds[kind].settle(typed)
    return AnsweredQuestion("q", 1, "What?", "live", 1, kind, config, "unlinked", "alone", answers, hands)


def told(question: AnsweredQuestion) -> Told:
    return [(one.statement, one.said, one.count, one.n, one.middle) for one in figures(question)]


def test_a_choice_has_a_zero_where_nobody_chose() -> None:
    vote = asked("choice", {"options": "Yes\nNo\nPerhaps"}, "yes", "no", "yes")
    assert told(vote) == [("", "Yes", 2, 3, None), ("", "No", 1, 3, None), ("", "Perhaps", 0, 3, None)]


def test_ticks_are_of_the_people_and_not_of_the_ticks() -> None:
    ticked = asked("choices", {"options": "A\nB"}, ["a", "b"], ["a"])
    assert told(ticked)[:2] == [("", "A", 2, 2, None), ("", "B", 1, 2, None)]


def test_a_scale_is_told_statement_by_statement_with_its_middle() -> None:
    scale = asked("scale", {"statements": "One\nTwo", "points": "Low\nMid\nHigh"}, *SCALES)
    assert told(scale)[:4] == [
        ("One", "Low", 0, 2, 2.5),
        ("One", "Mid", 1, 2, 2.5),
        ("One", "High", 1, 2, 2.5),
        ("One", "Skipped", 0, 2, 2.5),
    ]
    assert told(scale)[-1] == ("Two", "Skipped", 2, 2, None)


SCALES: tuple[Value, ...] = ({"one": "mid", "two": "skip"}, {"one": "high", "two": "skip"})


def test_points_are_added_up() -> None:
    shared = asked("points", {"options": "A\nB", "points": "10"}, {"a": "7", "b": "3"}, {"a": "1", "b": "9"})
    assert told(shared) == [("", "A", 8, 2, 4), ("", "B", 12, 2, 6)]


def test_numbers_have_their_span_and_their_middle() -> None:
    counted = asked("number", {}, "3", "5", "10")
    assert told(counted) == [("", "From 3 to 10", 3, 3, 5)]


def test_words_come_the_most_often_said_first() -> None:
    said = asked("words", {}, {"1": "Buses", "2": "Buses"}, {"1": "buses", "2": "Trains"}, {"1": "Cars", "2": "Buses"})
    assert told(said) == [("", "Buses", 3, 3, None), ("", "Cars", 1, 3, None), ("", "Trains", 1, 3, None)]


def test_hands_are_of_the_hands_that_went_up() -> None:
    raised = (CountedHands("", "yes", "Yes", 12), CountedHands("", "no", "No", 3))
    question = asked("choice", {"options": "Yes\nNo"}, hands=raised)
    assert [(one.said, one.count, one.n, one.how) for one in figures(question)] == [
        ("Yes", 0, 0, "phones"),
        ("No", 0, 0, "phones"),
        ("Yes", 12, 15, "show of hands"),
        ("No", 3, 15, "show of hands"),
    ]


def test_free_text_is_told_by_its_number_alone() -> None:
    assert told(asked("text", {}, "Share data", "Ask")) == [("", "In words: see Responses", 2, 2, None)]

"""A sheet of the workbook, and the columns that several have. Pure."""

from dataclasses import dataclass

from .tables import AnsweredQuestion, GivenAnswer, Row
from .whole import Whole

NARROW, MIDDLE, WIDE = 12, 24, 60  # of a column, in characters


@dataclass(frozen=True)
class Column:
    """Its heading, what it means, how wide it is."""

    heading: str
    meaning: str
    width: int = NARROW


@dataclass(frozen=True)
class Sheet:
    name: str
    holds: str
    columns: tuple[Column, ...]
    rows: list[Row]


ITEM_NO = Column("Item no", "Where the item stands in the running order, from 1; 0 if a later plan has dropped it")
ITEM = Column("Item", "Its title", MIDDLE)
OCCASION = Column("Occasion", "survey (before the day), live, flipchart, feedback, or queue (asked of a speaker)")
KEY = Column("Key", "The question’s own short name, the same in every day", MIDDLE)
QUESTION = Column("Question", "As people read it", WIDE)
THEMES = Column("Themes", "The themes the answer was put into, with “; ” between", MIDDLE)
TABLE = Column("Table", "The table that wrote it")


def where(day: Whole, question: AnsweredQuestion) -> Row:
    return [question.slot_no, day.item(question)]


def in_order(question: AnsweredQuestion) -> list[GivenAnswer]:
    """By random id, which says nothing of who came when."""
    return sorted(question.answers, key=lambda answer: answer.id)

"""A running order told in sentences: "We start at 9.30 with coffee. At 10.00 the Leader welcomes us"."""

import re
from collections.abc import Iterator

from .clocks import Span, spans
from .marks import tidy

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
CLAUSE = re.compile(
    r"[,;]\s*(?:and\s+)?(?:then\s+)?|\s+and then\s+|\s+(?=followed\b)"
    r"|\s+and\s+(?=(?:we|you|there|finish|close|end|lunch|at)\b)",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:\b(?:and|then|so|but|we(?:['’]ll| will| shall| have)?|you(?:['’]ll| will)?|there (?:is|are|will be)|"
    r"after that|"
    r"it(?: is|['’]s)?|finally|first|next|in the (?:morning|afternoon|evening)|this is|is|are|will be|followed|with|"
    r"for|by|"
    r"comes?|starts?|begins?|starting|beginning|resumes?|begin|start)\b|[\s,:;–-])+",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:\b(?:at|from|by|about|around|until|till|is|are|will be|starts?|begins?|served|again|when|and|then|promptly|"
    r"due|"
    r"scheduled for|followed|resumes?|runs?|held)\b|[\s,:;(~–-])+$",
    re.IGNORECASE,
)
SUBJECTLESS = re.compile(
    r"\W*(?:(?:we|it|you|the (?:day|event|meeting|session|workshop|programme)|this|will|at|from|start\w*|"
    r"begin\w*)\b\W*)*",
    re.IGNORECASE,
)


def told(text: str) -> Iterator[tuple[Span, str]]:
    """Each time in the sentences of a text, and what happens then."""
    for sentence in SENTENCE.split(text):
        for clause in _clauses(sentence):
            for span in spans(clause):
                title = _title(clause, span)
                if title:
                    yield span, title


def _clauses(sentence: str) -> list[str]:
    """Cut so that as many clauses as can have a time of their own; what has none stays with the one before it."""
    done: list[str] = []
    for clause in CLAUSE.split(sentence):
        if done and (next(spans(clause), None) is None or next(spans(done[-1]), None) is None):
            done[-1] += f", {clause}"
        else:
            done.append(clause)
    return done


def _title(clause: str, span: Span) -> str:
    """What stands behind the time, or before it where nothing does or the time only says when."""
    before, after = CLOSING.sub("", clause[: span.begin]), OPENING.sub("", clause[span.stop :], count=1)
    if SUBJECTLESS.fullmatch(before) or not before.strip():
        title = after if after.strip(" .") else before
    else:
        ends = not after.strip(" .") or re.search(
            r"\b(?:is|are|will be|starts?|begins?|served)\s*(?:at|from)?\s*$", clause[: span.begin], re.I
        )
        opening = OPENING.match(before)
        title = before[opening.end() :] if opening and (ends or not after) else (before if ends else after)
    words = tidy(re.split(r"[.!?]\s*$", title)[0])
    return words[:1].upper() + words[1:]

"""What becomes of the draft of a report when the words it may quote go. The caller has touched the workshop."""

import re

from agenda.models import Workshop

from .kinds import kinds
from .models import Answer, Question
from .report_models import DraftReport
from .report_text import listed, quoted

REMOVED = "[removed]"


def forget(workshop: Workshop) -> None:
    """With all the words of the day."""
    DraftReport.objects.filter(workshop=workshop).delete()


def take_out(answer: Answer, question: Question) -> None:
    """An answer to it goes: where the report quotes it word for word, its words go too."""
    row = DraftReport.objects.filter(workshop=question.workshop_id).first()
    kind = kinds[question.kind]
    if row is None or not kind.has_cards:
        return
    text = row.text
    for value in (answer.value, answer.released_value, answer.shown_value):
        if value is not None:
            words = kind.words(question.config, value)
            text = _without(_without(text, quoted(words), f"> {REMOVED}"), listed(words), f"- {REMOVED}")
    if text != row.text:
        DraftReport.objects.filter(pk=row.pk).update(text=text, edit=row.edit + 1)


def _without(text: str, lines: str, instead: str) -> str:
    """Whole lines only: a short answer is part of many words."""
    return re.sub(rf"(?m)^{re.escape(lines)}$", lambda _found: instead, text)

"""What becomes of the draft of a report when the words it may quote go. The caller has touched the workshop."""

from agenda.models import Workshop

from .kinds import kinds
from .models import Answer, Question
from .report_models import DraftReport
from .report_text import quoted

REMOVED = "> [removed]"


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
            text = _without(text, quoted(kind.words(question.config, value)))
    if text != row.text:
        DraftReport.objects.filter(pk=row.pk).update(text=text, edit=row.edit + 1)


def _without(text: str, quotation: str) -> str:
    """Whole lines only: a short answer is part of many words."""
    return f"\n{text}\n".replace(f"\n{quotation}\n", f"\n{REMOVED}\n")[1:-1]

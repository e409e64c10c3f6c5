"""Taking an answer out for good, from the desk: gone from every page within a second, and from storage."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agenda import changes, clock, services, words
from agenda.models import Audit, User, Workshop
from agenda.services import Refused
from feedback import erasing
from feedback.models import Answer

FILES = {"export": _lazy("the file of answers"), "day carried out": _lazy("the whole day")}
ENDINGS = {".zip": _lazy("the workbook and tables of the day"), ".md": _lazy("the report")}


@transaction.atomic
def remove_for_good(*, workshop: Workshop, answer_id: uuid.UUID, actor: User | None) -> None:
    """Something was said by mistake. A frozen screen draws its words from the rows, so that it loses them too."""
    workshop.touch(phones=True)
    answer = _answer(workshop, answer_id)
    if answer is None:
        raise Refused(_("This answer is not there any more. Nothing was changed by this press."))
    files = len(files_that_hold(workshop=workshop, answer_id=answer_id))
    erasing.remove(answer)
    detail = {"question": answer.question.key, "files": files}
    services.audit(kind="answer removed", at=clock.now(workshop), workshop=workshop, user=actor, **detail)
    changes.announce(workshop)


def files_that_hold(*, workshop: Workshop, answer_id: uuid.UUID) -> list[str]:
    """The files that were taken since it was said, oldest first: "the file of answers, 7 February 2020, 12:30, ann"."""
    answer = _answer(workshop, answer_id)
    if answer is None:
        return []
    taken = Audit.objects.filter(workshop=workshop, kind__in=FILES).select_related("user")
    return [_in_words(line, workshop) for line in taken if _was_there(answer, line.at, workshop)]


def _answer(workshop: Workshop, answer_id: uuid.UUID) -> Answer | None:
    found = Answer.objects.filter(pk=answer_id, question__workshop=workshop)
    return found.select_related("question__workshop").first()


def _was_there(answer: Answer, moment: datetime, workshop: Workshop) -> bool:
    """Of an answer only the date is known, and of some not even that."""
    said = answer.answered_on
    return said is None or moment.astimezone(ZoneInfo(workshop.time_zone)).date() >= said


def _in_words(line: Audit, workshop: Workshop) -> str:
    who = (line.user.get_full_name() or line.user.username) if line.user else ""
    said = [_file(line), words.on(line.at, workshop.time_zone), who]
    return ", ".join(filter(None, said))


def _file(line: Audit) -> str:
    name = str(line.detail.get("file", ""))
    return str(next((words for ending, words in ENDINGS.items() if name.endswith(ending)), FILES[line.kind]))

"""A day that is deleted is gone from every table, and nothing else is."""

from collections import Counter

import pytest
from django.db import connection

from agenda import changes
from agenda.models import Audit, Membership, User, Workshop
from agenda.purging import purge
from sessions import questions, services
from tests.cast import newcastle, phone_in, user_with
from tests.live import day


def rows() -> Counter[tuple[str, str]]:
    """How often each row is stored, as (table, its values), Django's own tables left out."""
    found: Counter[tuple[str, str]] = Counter()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("django_", "auth_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                found.update((table, str(row)) for row in cursor.fetchall())
    return found


def lively(slug: str, owner: User) -> Workshop:
    """A day with people, presses, questions, answers, screens and an audit."""
    workshop = newcastle(slug)
    Membership.objects.create(workshop=workshop, user=owner, role="owner")
    services.move_on(workshop=workshop, expect=None, actor=owner)
    services.agree(attendee=phone_in(workshop).attendee)
    asked = day.ask(workshop, "pre_conf")
    for _ in range(3):
        day.answer(asked, {"confident": "very"})
    questions.show_answers(workshop=workshop, question=asked, actor=owner)
    waiting = services.ask_for_pairing(digits="4711")
    services.pair_screen(workshop=workshop, digits=waiting.digits, actor=owner)
    return workshop


@pytest.mark.django_db
def test_everything_of_that_day_goes_and_nothing_of_another() -> None:
    owner = user_with("owner")
    lively("kept", owner)
    before = rows()
    gone = lively("gone", owner)
    added = {table for table, _ in rows() - before}
    assert {"agenda_logentry", "agenda_audit", "feedback_answer", "live_agreement", "live_pairedscreen"} <= added
    purge(workshop=gone, actor=None)
    assert before - rows() == Counter()
    [(table, _)] = (rows() - before).elements()
    assert table == "agenda_audit"


@pytest.mark.django_db
def test_what_is_left_says_who_deleted_which_day(workshop: Workshop) -> None:
    asha = user_with("asha")
    purge(workshop=workshop, actor=asha)
    line = Audit.objects.get()
    assert (line.kind, line.user, line.workshop, line.detail) == ("day deleted", asha, None, {"day": workshop.pk})


@pytest.mark.django_db(transaction=True)
def test_pages_are_told(workshop: Workshop) -> None:
    heard: list[str] = []
    changes.listen(heard.append)
    purge(workshop=workshop, actor=None)
    changes._listeners.remove(heard.append)
    assert heard == [workshop.pk]

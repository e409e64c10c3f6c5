"""What is on: the face the screen wears, the times the room is told, and what it costs to look."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from agenda.models import Workshop
from feedback.models import Question
from sessions import questions, room, services, snapshots, staging
from sessions.models import GroundRule
from tests.cast import phone_in, user_with

from . import day


def look(workshop: Workshop, real: datetime | None = None) -> room.Room:
    return room.look(Workshop.objects.get(pk=workshop.pk), real=real or timezone.now())


def shown(workshop: Workshop, audience: str = "screen") -> str:
    """The words an audience reads: tags gone, spaces single."""
    fresh = Workshop.objects.get(pk=workshop.pk)
    regions = snapshots.render(fresh, audience, snapshots.stamp(fresh, audience)).regions
    return " ".join(" ".join(strip_tags(region.html) for region in regions.values()).split())


QUERIES_OF_A_LOOK = 10


@pytest.mark.parametrize("rows", [1, 3])
def test_a_look_costs_the_same_however_full_the_day_is(
    workshop: Workshop, django_assert_num_queries: Any, rows: int
) -> None:
    user_with("gwendoline", workshop, "facilitator")
    day.begin(workshop, until="lunch")
    Question.objects.filter(workshop=workshop).exclude(key__startswith="lunch_").delete()
    keys = ["lunch_new", "lunch_relevant", "lunch_not_relevant"]
    Question.objects.filter(key__in=keys[rows:]).delete()
    GroundRule.objects.filter(position__gte=rows).delete()
    for key in keys[:rows]:
        services.agree(attendee=phone_in(workshop).attendee)
        asked = day.ask(workshop, key)
        for text in ("heron", "otter", "badger"):
            day.answer(asked, text)
    with django_assert_num_queries(QUERIES_OF_A_LOOK):
        seen = room.look(workshop, real=timezone.now())
    assert (len(seen.asked), len(seen.rules), seen.agreed, seen.seats) == (rows, rows, rows, rows)


def before(workshop: Workshop) -> None:
    """Nothing has happened."""


def in_intros(workshop: Workshop) -> None:
    day.begin(workshop)


def with_a_speaker(workshop: Workshop) -> None:
    day.set_clock(workshop, "11:15")
    day.begin(workshop, until="how-digital")


def at_lunch(workshop: Workshop) -> None:
    day.set_clock(workshop, "12:45")
    day.begin(workshop, until="lunch")


def talking(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    asked = day.question(workshop, "data_issues")
    questions.ask_the_room(workshop=workshop, question=asked, actor=None)


def asking(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    day.answer(day.ask(workshop, "lunch_new"), "heron")


def closing(workshop: Workshop) -> None:
    asking(workshop)
    questions.close(workshop=workshop, question=day.question(workshop, "lunch_new"), actor=None)


def showing(workshop: Workshop) -> None:
    closing(workshop)
    questions.show_answers(workshop=workshop, question=day.question(workshop, "lunch_new"), actor=None)


def reading_rules(workshop: Workshop) -> None:
    services.agree(attendee=phone_in(workshop).attendee)
    phone_in(workshop)
    services.put_on_screen(workshop=workshop, face="rules")


def keeping_house(workshop: Workshop) -> None:
    services.put_on_screen(workshop=workshop, face="housekeeping")


def joining_late(workshop: Workshop) -> None:
    day.begin(workshop)
    services.put_on_screen(workshop=workshop, face="join")


def blanked(workshop: Workshop) -> None:
    showing(workshop)
    services.blank(workshop=workshop, on=True)


def sent_out(workshop: Workshop) -> None:
    blanked(workshop)
    staging.everyone_out(workshop=workshop, actor=None)


def finished(workshop: Workshop) -> None:
    day.begin(workshop, until="close")
    services.move_on(workshop=workshop, expect="close", actor=None)


@pytest.mark.parametrize(
    ("happens", "face", "words"),
    [
        (before, "join", "Join on your phone: point its camera at the square"),
        (in_intros, "slot", "Intros and Discussion When it is your turn, tell us: your name"),
        (with_a_speaker, "slot", "Welcome How digital is helping councils Cllr Joyce McCarty"),
        (at_lunch, "slot", "Lunch We start again at about 13:30"),
        (
            talking,
            "question",
            "What data issues have you experienced? What solutions have you come up with so far? Talk",
        ),
        (
            asking,
            "question",
            "Lunch What new thoughts or questions do you have? Answer on your phone · 1 answer so far",
        ),
        (closing, "question", "What new thoughts or questions do you have? Closed · 1 answer"),
        (showing, "question", "What new thoughts or questions do you have? heron"),
        (reading_rules, "rules", "1 of 2 agreed"),
        (keeping_house, "housekeeping", "Housekeeping Fire The facilitator will say where the exits are"),
        (joining_late, "join", "0 have joined"),
        (blanked, "blank", "The screen is blank."),
        (sent_out, "out", "Leave now The facilitator will say where the exits are, where we meet outside"),
        (finished, "finished", "Thank you Have a safe journey home"),
    ],
)
def test_the_screen_wears(workshop: Workshop, happens: Callable[[Workshop], None], face: str, words: str) -> None:
    happens(workshop)
    assert look(workshop).face == face
    assert words in shown(workshop)


def test_a_blank_screen_says_nothing_at_all(workshop: Workshop) -> None:
    blanked(workshop)
    assert shown(workshop) == "The screen is blank."
    assert look(workshop).sees == "nothing: the screen is blank"


def test_a_question_that_was_deleted_leaves_the_item_on_the_screen(workshop: Workshop) -> None:
    asking(workshop)
    Question.objects.filter(key="lunch_new").delete()
    assert look(workshop).face == "slot"


def test_a_lunch_that_began_eight_minutes_late_ends_later_and_says_so_everywhere(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    day.set_clock(workshop, "12:53")
    day.begin(workshop, until="lunch")
    assert "We start again at about 13:40" in shown(workshop)
    assert "We start again at about 13:40" in shown(workshop, "phone")
    assert "Next: Reflections, 13:40" in shown(workshop)
    assert "8 minutes late" in shown(workshop, "desk")
    assert "minutes late" not in shown(workshop, "phone") + shown(workshop)


def test_the_desk_is_offered_the_next_question_that_was_not_asked(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    offered = []
    while (asked := look(workshop).to_ask) is not None:
        offered.append(asked.key)
        day.ask(workshop, asked.key)
    assert offered == ["lunch_new", "lunch_relevant", "lunch_not_relevant"]


def test_questions_that_come_back_stand_beside_the_item_they_come_back_in(workshop: Workshop) -> None:
    day.begin(workshop, until="reflections")
    assert [one.question.key for one in look(workshop).questions_now] == [
        "lunch_new",
        "lunch_relevant",
        "lunch_not_relevant",
    ]


def test_a_rehearsals_clock_is_shown_only_once_it_runs(workshop: Workshop) -> None:
    assert not look(workshop).clock_runs
    day.begin(workshop)
    seen = look(workshop)
    assert seen.clock_runs
    assert abs(seen.now.timestamp() * 1000 - timezone.now().timestamp() * 1000 - seen.shift_ms) < 5000
    assert (seen.now.year, seen.now.hour) == (2020, 10)


def test_a_seat_that_was_taken_away_is_not_counted(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    services.agree(attendee=phone.attendee)
    phone.attendee.revoked_at = timezone.now()
    phone.attendee.save()
    seen = look(workshop)
    assert (seen.seats, seen.agreed) == (0, 0)

"""What the desk is offered: only presses that the day allows, with the result they say."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from agenda import clock
from agenda.models import Workshop
from agenda.services import Refused, Stale
from sessions import press_text, services
from sessions.controls import Choice, Controls
from sessions.room import look
from tests.cast import user_with

from . import day


def controls(workshop: Workshop) -> Controls:
    workshop.refresh_from_db()
    return look(workshop, real=timezone.now()).controls


def press(workshop: Workshop, choice: Choice | str) -> None:
    text = choice if isinstance(choice, str) else choice.value
    seen, events = press_text.read(text)
    services.change(workshop=workshop, events=events, seen=seen, actor=None)


def labelled(choices: list[Choice], label: str) -> Choice:
    return next(choice for choice in choices if choice.label == label)


def row(workshop: Workshop, key: str) -> Any:
    now = clock.now(Workshop.objects.get(pk=workshop.pk))
    return next(row for row in day.schedule(workshop, now).rows if row.slot.id == key)


def test_every_press_that_is_offered_can_be_made_and_taken_back(workshop: Workshop) -> None:
    day.begin(workshop, until="how-digital")
    made = 0
    seen = controls(workshop)
    offered = [choice for each in seen.schedule.rows for choice in seen.of(each)]
    offered += [choice for choice, _key in seen.lengths] + seen.corrections + seen.promises
    later = clock.now(workshop) + timedelta(hours=1)
    texts = [choice.value for choice in offered] + [seen.hold, seen.close]
    for text in texts:
        events = press_text.read(text)[1]
        before = day.schedule(workshop, later)
        services.change(workshop=workshop, events=events, seen=day.seen(workshop), actor=None)
        services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
        assert day.schedule(workshop, later) == before
        made += 1
    assert made > 20


def test_more_time_moves_the_end_of_what_is_live(workshop: Workshop) -> None:
    day.begin(workshop, until="how-digital")
    due = row(workshop, "how-digital").due
    press(workshop, labelled([choice for choice, _key in controls(workshop).lengths], "+5 min"))
    assert row(workshop, "how-digital").due - due == timedelta(minutes=5)
    assert controls(workshop).undo_takes_back == "gave 5 more minutes"


def test_the_clock_is_held_and_goes_on(workshop: Workshop) -> None:
    day.begin(workshop)
    press(workshop, controls(workshop).hold)
    assert row(workshop, "intros").held_since is not None
    with pytest.raises(Refused, match="on hold already"):
        press(workshop, controls(workshop).hold)
    press(workshop, controls(workshop).release)
    assert row(workshop, "intros").held_since is None


def test_an_item_is_skipped_and_brought_back(workshop: Workshop) -> None:
    day.begin(workshop)
    press(workshop, labelled(controls(workshop).of(row(workshop, "data")), "Skip it"))
    assert row(workshop, "data").state == "skipped"
    back = controls(workshop).of(row(workshop, "data"))
    assert [choice.label for choice in back] == ["Bring it back"]
    press(workshop, back[0])
    assert row(workshop, "data").state == "pending"


def test_two_items_change_places(workshop: Workshop) -> None:
    day.begin(workshop)
    press(workshop, labelled(controls(workshop).of(row(workshop, "how-digital")), "One later"))
    order = [each.slot.id for each in day.schedule(workshop).rows]
    assert order[:3] == ["intros", "data", "how-digital"]


def test_whoever_swaps_a_fixed_time_says_whether_it_moves(workshop: Workshop) -> None:
    day.begin(workshop)
    choices = controls(workshop).of(row(workshop, "lunch"))
    assert [choice.label for choice in choices] == [
        "Skip it",
        "One earlier, at 12:45",
        "One earlier, at 12:00",
        "One later, at 12:45",
        "One later, at 13:00",
    ]
    press(workshop, choices[2])
    assert f"{row(workshop, 'lunch').slot.start:%H:%M}" == "12:00"
    assert controls(workshop).undo_takes_back == "changed the order and 1 more"


def test_at_lunch_the_room_is_promised_a_time_which_then_stands(workshop: Workshop) -> None:
    day.set_clock(workshop, "12:53")
    day.begin(workshop, until="lunch")
    times = controls(workshop).promises
    assert [choice.label for choice in times] == ["13:40", "13:45", "13:50"]
    press(workshop, times[1])
    now = controls(workshop)
    assert now.promised == "13:45"
    assert [choice.is_chosen for choice in now.promises][:1] == [True]


def test_the_first_time_to_promise_is_the_one_the_room_reads_already(workshop: Workshop) -> None:
    day.set_clock(workshop, "12:45")
    Workshop.objects.update(clock_shown=F("clock_shown") + timedelta(seconds=20))
    day.begin(workshop, until="lunch")
    assert [choice.label for choice in controls(workshop).promises] == ["13:30", "13:35", "13:40"]


def test_a_start_that_was_pressed_late_is_put_right_but_never_before_the_item_before(workshop: Workshop) -> None:
    day.set_clock(workshop, "11:00")
    day.begin(workshop)
    day.set_clock(workshop, "11:04")
    day.begin(workshop, until="how-digital")
    choices = controls(workshop).corrections
    assert [choice.label for choice in choices][:3] == ["1 minute", "2 minutes", "3 minutes"]
    assert "5 minutes" not in {choice.label for choice in choices}
    before = row(workshop, "how-digital").start
    press(workshop, choices[2])
    assert (
        timedelta(minutes=2, seconds=58) < before - row(workshop, "how-digital").start < timedelta(minutes=3, seconds=2)
    )


def test_a_press_made_on_a_day_that_has_changed_is_refused_and_says_who_changed_it(workshop: Workshop) -> None:
    day.begin(workshop)
    old = labelled(controls(workshop).of(row(workshop, "data")), "Skip it")
    asha = user_with("asha")
    _seen, hold = press_text.read("-;hold")
    services.change(workshop=workshop, events=hold, seen=None, actor=asha)
    with pytest.raises(Stale, match=r"Asha has just changed the day\. Nothing was changed by this press"):
        press(workshop, old)
    assert row(workshop, "data").state == "pending"


def test_the_newest_presses_are_told_with_names(workshop: Workshop) -> None:
    services.move_on(workshop=workshop, expect=None, actor=user_with("asha"))
    services.move_on(workshop=workshop, expect="intros", actor=None)
    told = [done.words for done in controls(workshop).history]
    assert told == ["somebody moved on from “Intros and Discussion”", "asha started the day"]


def test_closing_early_closes_the_questions_and_opening_again_lets_the_day_go_on(workshop: Workshop) -> None:
    day.begin(workshop)
    day.ask(workshop, "digital_pleased")
    press(workshop, controls(workshop).close)
    assert (day.schedule(workshop).state, day.status(workshop, "digital_pleased")) == ("finished", "closed")
    press(workshop, controls(workshop).reopen)
    assert (day.live(workshop), day.status(workshop, "digital_pleased")) == ("intros", "closing")

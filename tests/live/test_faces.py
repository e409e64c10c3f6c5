"""The quiet faces of a break and of the close."""

import pytest
from django.utils import timezone

from agenda.models import Workshop
from feedback.models import Question
from sessions import press_text, services

from . import day
from .test_room import look, shown

AUDIENCES = ("screen", "phone")


@pytest.fixture
def lunch(workshop: Workshop) -> Workshop:
    """A day that came to lunch on time."""
    day.set_clock(workshop, "12:45")
    day.begin(workshop, until="lunch")
    return workshop


def promise(workshop: Workshop, label: str) -> None:
    """The desk's press that tells the room when it is back."""
    choice = next(each for each in look(workshop).controls.promises if each.label == label)
    seen, events = press_text.read(choice.value)
    services.change(workshop=workshop, events=events, seen=seen, actor=None)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_break_says_about_until_the_room_was_promised_a_time(lunch: Workshop, audience: str) -> None:
    assert "We start again at about 13:30" in shown(lunch, audience)
    promise(lunch, "13:35")
    text = shown(lunch, audience)
    assert "Back at 13:35" in text
    assert "about 13:3" not in text
    assert "We start again" not in text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_promise_never_drifts(lunch: Workshop, audience: str) -> None:
    promise(lunch, "13:35")
    day.set_clock(lunch, "13:50")
    assert "Back at 13:35" in shown(lunch, audience)


def fix(workshop: Workshop, slot: str) -> None:
    """The item has a fixed time in the plan."""
    version = workshop.plan_versions.get()
    next(each for each in version.value["slots"] if each["key"] == slot)["fixed"] = True
    version.save()


def test_a_fixed_time_is_said_without_about_until_it_is_five_minutes_late(workshop: Workshop) -> None:
    fix(workshop, "reflections")
    day.begin(workshop, until="data")
    day.set_clock(workshop, "12:45")
    day.begin(workshop, until="lunch")
    assert "We start again at 13:30" in shown(workshop)
    day.set_clock(workshop, "13:36")
    assert "We start again at about 13:35" in shown(workshop)


def test_a_break_that_nothing_follows_names_no_time(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    for slot in ("reflections", "culture", "conditions", "summary", "close"):
        day.change(workshop, f"skip {slot}")
    assert look(workshop).next is None
    assert "start again" not in shown(workshop) + shown(workshop, "phone")


def test_the_break_on_the_screen_says_how_to_join(lunch: Workshop) -> None:
    assert f"Join {look(lunch).address} {lunch.join_code}" in shown(lunch)


def test_the_close_says_thank_you_and_where_the_form_is(workshop: Workshop) -> None:
    day.begin(workshop, until="close")
    assert "Close Thank you Tell us how the day was" in shown(workshop)
    assert "Tell us how the day was: the form is on your phone" in shown(workshop)
    phone = shown(workshop, "phone")
    assert "Tell us how the day was Thank you" in phone
    assert "Further support" in phone
    assert "Nothing to do here now" not in phone


def test_the_close_names_no_form_that_takes_nothing_any_more(workshop: Workshop) -> None:
    day.begin(workshop, until="close")
    Question.objects.filter(occasion="feedback").update(status="closed", opened_at=timezone.now())
    assert "the form is on your phone" not in shown(workshop)
    assert "Tell us how the day was Thank you" not in shown(workshop, "phone")


def test_the_end_says_thank_you_and_where_to_read_on(workshop: Workshop) -> None:
    day.begin(workshop, until="close")
    services.move_on(workshop=workshop, expect="close", actor=None)
    assert "Thank you Have a safe journey home" in shown(workshop)
    assert "Thank you, and have a safe journey home Your day, to keep Further support" in shown(workshop, "phone")

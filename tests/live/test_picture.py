"""A frozen screen keeps its picture whatever the desk does, and never a word that was hidden."""

from collections.abc import Callable

import pytest

from agenda import services as agenda
from agenda.models import Workshop
from feedback.models import Answer, Question
from sessions import questions, services, snapshots, staging
from tests.cast import phone_in

from . import day
from .test_room import look, shown

Happens = Callable[[Workshop], object]


def freeze(workshop: Workshop, on: bool = True) -> None:
    staging.freeze(workshop=workshop, on=on)


def bytes_of(workshop: Workshop, audience: str = "screen") -> str:
    """All that the audience is sent, as a page that loads now gets it."""
    fresh = Workshop.objects.get(pk=workshop.pk)
    regions = snapshots.render(fresh, audience, snapshots.stamp(fresh, audience)).regions
    return "".join(region.html for region in regions.values())


def asked(workshop: Workshop) -> None:
    day.answer(day.ask(workshop, "lunch_new"), "heron")


def answers_shown(workshop: Workshop) -> None:
    question = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(question, text)
    questions.show_answers(workshop=workshop, question=question, actor=None)


def rules(workshop: Workshop) -> None:
    services.put_on_screen(workshop=workshop, face="rules")


def promised(workshop: Workshop) -> None:
    """Lunch, with a time to be back."""


def hide(workshop: Workshop, key: str = "lunch_new") -> None:
    questions.hide_answers(workshop=workshop, question=day.question(workshop, key), actor=None)


def all_that_the_desk_does(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    services.agree(attendee=phone.attendee)
    question = day.ask(workshop, "lunch_new")
    for text in ("wren", "lark", "kite"):
        day.answer(question, text)
    questions.close(workshop=workshop, question=question, actor=None)
    other = day.ask(workshop, "lunch_relevant")
    for text in ("oak", "ash", "elm"):
        day.answer(other, text)
    questions.show_answers(workshop=workshop, question=other, actor=None)
    day.change(workshop, "extend lunch 10")
    day.change(workshop, "skip culture")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    day.begin(workshop, until="conditions")
    services.put_on_screen(workshop=workshop, face="housekeeping")


@pytest.mark.parametrize("picture", [promised, asked, answers_shown, rules], ids=lambda each: each.__name__)
def test_nothing_the_desk_does_changes_a_byte_of_a_frozen_screen(workshop: Workshop, picture: Happens) -> None:
    day.begin(workshop, until="lunch")
    picture(workshop)
    before = bytes_of(workshop)
    freeze(workshop)
    assert bytes_of(workshop) == before
    all_that_the_desk_does(workshop)
    assert bytes_of(workshop) == before
    freeze(workshop, on=False)
    assert "Housekeeping" in shown(workshop)


def test_what_is_written_down_of_a_picture_is_no_word_of_anybody(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    answers_shown(workshop)
    freeze(workshop)
    assert "heron" in bytes_of(workshop)
    stored = day.stage(workshop).frozen
    assert [
        word
        for word in ("heron", "otter", *map(str, Answer.objects.values_list("pk", flat=True)))
        if word in str(stored)
    ] == []


def let_go(workshop: Workshop) -> None:
    freeze(workshop, on=False)


def freeze_again(workshop: Workshop) -> None:
    freeze(workshop, on=False)
    freeze(workshop)


def show_again(workshop: Workshop) -> None:
    """Shown to the phones; the frozen screen was told to hide them."""
    questions.show_answers(workshop=workshop, question=day.question(workshop, "lunch_new"), actor=None)


def ask_another(workshop: Workshop) -> None:
    day.ask(workshop, "lunch_relevant")


def blank_and_back(workshop: Workshop) -> None:
    services.blank(workshop=workshop, on=True)
    services.blank(workshop=workshop, on=False)


def out_and_back(workshop: Workshop) -> None:
    staging.everyone_out(workshop=workshop, actor=None)
    staging.everyone_back(workshop=workshop, actor=None)


@pytest.mark.parametrize(
    "then",
    [let_go, freeze_again, show_again, ask_another, blank_and_back, out_and_back],
    ids=lambda each: each.__name__,
)
def test_answers_hidden_on_a_frozen_screen_are_gone_for_whoever_looks_later(workshop: Workshop, then: Happens) -> None:
    day.begin(workshop, until="lunch")
    answers_shown(workshop)
    freeze(workshop)
    ask_another(workshop)
    assert "heron" in bytes_of(workshop)
    assert "heron" not in bytes_of(workshop, "phone")  # it is at the other question
    hide(workshop)
    sent = bytes_of(workshop) + bytes_of(workshop, "phone")
    then(workshop)
    sent += bytes_of(workshop)
    assert [word for word in ("heron", "otter", "badger") if word in sent] == []


def test_a_frozen_question_without_its_answers_stays_on(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    answers_shown(workshop)
    freeze(workshop)
    hide(workshop)
    assert "What new thoughts or questions do you have?" in shown(workshop)


def test_an_answer_that_is_erased_leaves_a_frozen_screen(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    answers_shown(workshop)
    freeze(workshop)
    Answer.objects.filter(value="heron").delete()
    assert "heron" not in bytes_of(workshop)
    assert "otter" in bytes_of(workshop)


def test_answers_shown_while_the_screen_is_frozen_wait_for_it_to_go_on(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked(workshop)
    for text in ("otter", "badger"):
        day.answer(day.question(workshop, "lunch_new"), text)
    freeze(workshop)
    questions.show_answers(workshop=workshop, question=day.question(workshop, "lunch_new"), actor=None)
    assert "otter" in bytes_of(workshop, "phone")
    assert "otter" not in bytes_of(workshop)
    freeze(workshop, on=False)
    assert "otter" in bytes_of(workshop)


def test_blank_and_the_way_out_beat_a_frozen_screen_and_leave_it_as_it_was(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    answers_shown(workshop)
    freeze(workshop)
    before = bytes_of(workshop)
    services.blank(workshop=workshop, on=True)
    assert shown(workshop) == "The screen is blank."
    staging.everyone_out(workshop=workshop, actor=None)
    assert shown(workshop).startswith("Leave now")
    staging.everyone_back(workshop=workshop, actor=None)
    services.blank(workshop=workshop, on=False)
    assert bytes_of(workshop) == before


def test_the_desk_sees_what_is_frozen_since_when_and_what_would_come(workshop: Workshop) -> None:
    day.set_clock(workshop, "11:15")
    day.begin(workshop, until="how-digital")
    freeze(workshop)
    rules(workshop)
    desk = shown(workshop, "desk")
    assert look(workshop).on_screen.sees == "How digital is helping councils"
    assert "The screen is frozen since 11:1" in desk
    assert "When it goes on, it shows: the ground rules" in desk
    assert "Let the screen go on" in desk


def test_freezing_twice_keeps_the_first_picture(workshop: Workshop) -> None:
    freeze(workshop)
    rules(workshop)
    freeze(workshop)
    assert "Join on your phone" in shown(workshop)


def test_freezing_is_no_news_to_phones(workshop: Workshop) -> None:
    rev, control_rev = day.revisions(workshop)
    freeze(workshop)
    assert day.revisions(workshop) == (rev + 1, control_rev)


def test_somebody_who_joins_is_not_counted_on_a_frozen_screen(workshop: Workshop) -> None:
    freeze(workshop)
    agenda.join(workshop=workshop)
    assert "0 have joined" in shown(workshop)
    assert look(workshop).seats == 1


def test_wiping_a_rehearsal_lets_the_screen_go_on(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    answers_shown(workshop)
    freeze(workshop)
    services.begin_again(workshop=workshop, actor=None)
    assert day.stage(workshop).frozen is None
    assert look(workshop).on_screen.face == "join"


def test_answers_shown_as_they_come_wait_while_the_screen_is_frozen(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(showing="live")
    question = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(question, text)
    freeze(workshop)
    before = bytes_of(workshop)
    for text in ("wren", "lark", "kite"):
        day.answer(question, text)
    assert bytes_of(workshop) == before
    assert "Show 3 more" in bytes_of(workshop, "desk")
    freeze(workshop, on=False)
    assert "kite" in bytes_of(workshop)
    assert "kite" in bytes_of(workshop, "phone")
    for text in ("newt", "stoat", "hare"):
        day.answer(question, text)
    assert "stoat" in bytes_of(workshop)


def test_a_rehearsal_wiped_under_a_frozen_screen_leaves_the_question_as_it_was_prepared(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(showing="live")
    day.ask(workshop, "lunch_new")
    freeze(workshop)
    services.begin_again(workshop=workshop, actor=None)
    assert day.question(workshop, "lunch_new").showing == "live"

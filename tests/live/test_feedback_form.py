"""The feedback form opens as a whole, with its item or by a press, and stays open after the day."""

import pytest

from agenda.models import Audit, Workshop
from agenda.services import Refused
from feedback.models import Question
from sessions import feedback_form, questions, services
from tests.cast import browser_of, phone_in, user_with
from tests.live import day


def statuses(workshop: Workshop) -> set[str]:
    return set(Question.objects.filter(workshop=workshop, occasion="feedback").values_list("status", flat=True))


def test_it_opens_with_the_item_it_stands_in(workshop: Workshop) -> None:
    day.begin(workshop, until="summary")
    assert statuses(workshop) == {"draft"}
    day.begin(workshop, until="close")
    assert statuses(workshop) == {"open"}
    assert day.stage(workshop).question is None, "the screen and the phones stay with the item"
    assert Audit.objects.get(kind="feedback form opened").detail == {"questions": 6}


def test_taking_that_back_closes_it_unless_somebody_has_answered(workshop: Workshop) -> None:
    day.begin(workshop, until="close")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert statuses(workshop) == {"ready"}
    day.begin(workshop, until="close")
    day.answer(day.question(workshop, "fb_overall"), "good")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert statuses(workshop) == {"open"}


def test_a_press_opens_it_while_something_else_is_asked(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    day.ask(workshop, "lunch_new")
    feedback_form.open_form(workshop=workshop, actor=None)
    feedback_form.open_form(workshop=workshop, actor=None)
    assert (statuses(workshop), day.status(workshop, "lunch_new")) == ({"open"}, "open")
    day.ask(workshop, "lunch_relevant")
    assert (statuses(workshop), day.status(workshop, "lunch_new")) == ({"open"}, "closing")
    day.begin(workshop, until="culture")
    assert statuses(workshop) == {"open"}, "moving on closes what was asked in the room"


def test_it_is_not_opened_before_the_day_starts(workshop: Workshop) -> None:
    with pytest.raises(Refused, match="Start the day first"):
        feedback_form.open_form(workshop=workshop, actor=None)
    assert statuses(workshop) == {"draft"}


def test_no_question_of_it_is_asked_alone(workshop: Workshop) -> None:
    day.begin(workshop, until="close")
    with pytest.raises(Refused, match="Open the form instead"):
        questions.ask_the_room(workshop=workshop, question=day.question(workshop, "fb_overall"), actor=None)
    owner = browser_of(user_with("ann", workshop, "owner"))
    desk = owner.get(f"/w/{workshop.pk}/desk/").content.decode()
    assert "How was the day as a whole?" not in desk


def test_the_desk_sees_how_many_have_replied(workshop: Workshop) -> None:
    owner = browser_of(user_with("ann", workshop, "owner"))
    seats = [phone_in(workshop).seat for _ in range(4)]
    day.begin(workshop, until="close")
    for seat in seats[:3]:
        day.answer(day.question(workshop, "fb_overall"), "good", seat)
    day.answer(day.question(workshop, "fb_better"), "Longer breaks", seats[0])
    desk = owner.get(f"/w/{workshop.pk}/desk/").content.decode()
    assert "3 of 4 have replied" in desk
    assert "Longer breaks" not in desk


def test_it_stays_open_after_the_close_and_can_be_opened_then(workshop: Workshop) -> None:
    day.begin(workshop, until="culture")
    day.change(workshop, "close culture")
    assert statuses(workshop) == {"draft"}
    feedback_form.open_form(workshop=workshop, actor=None)
    assert statuses(workshop) == {"closing"}
    day.answer(day.question(workshop, "fb_overall"), "good")


def test_a_phone_has_the_link_from_then_on(workshop: Workshop) -> None:
    phone = phone_in(workshop).client
    day.begin(workshop, until="summary")
    assert f"/w/{workshop.pk}/feedback/" not in phone.get(f"/w/{workshop.pk}/").content.decode()
    day.begin(workshop, until="close")
    assert f"/w/{workshop.pk}/feedback/" in phone.get(f"/w/{workshop.pk}/").content.decode()
    services.move_on(workshop=workshop, expect="close", actor=None)
    assert f"/w/{workshop.pk}/feedback/" in phone.get(f"/w/{workshop.pk}/").content.decode()

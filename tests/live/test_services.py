"""What a press at the desk does to the day, and what it leaves alone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from agenda import clock
from agenda.models import Attendee, Audit, LogEntry, Workshop
from agenda.services import Refused, Stale
from feedback.models import Answer
from sessions import questions, services
from sessions.models import Agreement, PairedScreen, Stage
from tests.cast import phone_in, user_with

from . import day

SLOTS = ["intros", "how-digital", "data", "lunch", "reflections", "culture", "conditions", "summary", "close"]


def test_move_on_starts_the_day_walks_through_it_and_ends_it(workshop: Workshop) -> None:
    seen = []
    for expect in [None, *SLOTS]:
        services.move_on(workshop=workshop, expect=expect, actor=None)
        seen.append((day.schedule(workshop).state, day.live(workshop)))
    assert seen == [*(("running", key) for key in SLOTS), ("finished", None)]


def test_moving_on_closes_the_question_of_the_item_it_leaves(workshop: Workshop) -> None:
    day.begin(workshop)
    day.ask(workshop, "pre_conf")
    day.begin(workshop, until="how-digital")
    assert day.status(workshop, "pre_conf") == "closing"


def test_a_question_that_comes_back_stays_open_until_the_item_it_comes_back_in_is_over(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    day.ask(workshop, "lunch_new")
    day.begin(workshop, until="reflections")
    assert day.status(workshop, "lunch_new") == "open"
    day.begin(workshop, until="culture")
    assert day.status(workshop, "lunch_new") == "closing"


def test_moving_on_readies_the_first_question_of_the_next_item_and_no_other(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    keys = ("lunch_new", "lunch_relevant", "lunch_not_relevant")
    assert [day.status(workshop, key) for key in keys] == ["ready", "draft", "draft"]


def test_moving_on_brings_the_screen_back_to_the_item(workshop: Workshop) -> None:
    day.begin(workshop)
    day.ask(workshop, "pre_conf")
    services.blank(workshop=workshop, on=True)
    day.begin(workshop, until="how-digital")
    stage = day.stage(workshop)
    assert (stage.face, stage.question, stage.blank) == ("slot", None, False)


def test_the_end_of_the_day_closes_the_running_order_for_good_and_leaves_the_feedback_form(workshop: Workshop) -> None:
    day.begin(workshop, until="summary")
    day.ask(workshop, "sum_do_now")
    day.begin(workshop, until="close")
    overall = day.question(workshop, "fb_overall")
    services.move_on(workshop=workshop, expect="close", actor=None)
    assert day.status(workshop, "sum_do_now") == "closed"
    day.answer(overall, "good")
    assert Answer.objects.get(question=overall).value == "good"


def test_move_on_refuses_a_stale_press_and_changes_nothing(workshop: Workshop) -> None:
    asha = user_with("asha")
    asha.first_name = "Asha"
    asha.save()
    services.move_on(workshop=workshop, expect=None, actor=asha)
    day.ask(workshop, "pre_conf")
    before = day.revisions(workshop), LogEntry.objects.count(), day.stage(workshop).face
    with pytest.raises(
        Stale, match=r"Already moved to “Intros and Discussion” by Asha, \d seconds? ago\. Nothing was changed"
    ):
        services.move_on(workshop=workshop, expect=None, actor=None)
    assert (day.revisions(workshop), LogEntry.objects.count(), day.stage(workshop).face) == before
    assert day.status(workshop, "pre_conf") == "open"


def test_the_same_press_twice_is_one_step_and_leaves_what_came_after_it(workshop: Workshop) -> None:
    press = uuid.uuid4()
    services.move_on(workshop=workshop, expect=None, actor=None, press=press)
    asked = day.ask(workshop, "pre_conf")
    services.move_on(workshop=workshop, expect=None, actor=None, press=press)
    assert day.live(workshop) == "intros"
    assert LogEntry.objects.count() == 1
    stage = day.stage(workshop)
    assert (stage.face, stage.question) == ("question", asked)


@pytest.mark.parametrize("stands", [None, "intros", "data", "close"])
def test_undo_takes_a_move_back_to_the_very_schedule_that_was(workshop: Workshop, stands: str | None) -> None:
    if stands:
        day.begin(workshop, until=stands)
    workshop.refresh_from_db()
    later = clock.now(workshop) + timedelta(minutes=1)  # by the day's own clock; years on, nobody had closed it
    before = day.schedule(workshop, later)
    services.move_on(workshop=workshop, expect=stands, actor=None)
    assert day.schedule(workshop, later) != before
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert day.schedule(workshop, later) == before


def test_undo_lets_a_question_of_the_closed_day_take_late_answers_and_asks_nobody_anew(workshop: Workshop) -> None:
    day.begin(workshop, until="summary")
    day.ask(workshop, "sum_do_now")
    day.begin(workshop, until="close")
    services.move_on(workshop=workshop, expect="close", actor=None)
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert day.status(workshop, "sum_do_now") == "closing"


@pytest.mark.parametrize(("stands", "seen"), [(None, 0), (None, 1), ("data", 2), ("data", 0)])
def test_undo_refuses_a_stale_press_and_changes_nothing(workshop: Workshop, stands: str | None, seen: int) -> None:
    if stands:
        day.begin(workshop, until=stands)
    before = day.revisions(workshop), LogEntry.objects.count()
    with pytest.raises(Refused, match="Nothing was changed by this press"):
        services.undo(workshop=workshop, seen=seen, actor=None)
    assert (day.revisions(workshop), LogEntry.objects.count()) == before


def test_a_rehearsal_starts_over_with_the_people_who_joined_and_nothing_they_said(workshop: Workshop) -> None:
    attendee = phone_in(workshop).attendee
    services.agree(attendee=attendee)
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    day.answer(asked, "heron")
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    epoch = Workshop.objects.get().epoch
    services.begin_again(workshop=workshop, actor=None)
    assert day.schedule(workshop).state == "before"
    assert not Answer.objects.exists()
    assert not Agreement.objects.exists()
    assert Attendee.objects.get() == attendee
    assert (day.status(workshop, "lunch_new"), day.stage(workshop).face) == ("draft", "join")
    assert Workshop.objects.get().epoch > epoch
    assert "rehearsal wiped" in Audit.objects.values_list("kind", flat=True)
    day.begin(workshop, until="how-digital")


def test_a_real_day_is_never_wiped(workshop: Workshop) -> None:
    Workshop.objects.update(rehearsal=False)
    day.begin(workshop)
    day.answer(day.ask(workshop, "pre_conf"), {"confident": "very"})
    before = day.revisions(workshop), LogEntry.objects.count()
    with pytest.raises(Refused, match="This is a real day"):
        services.begin_again(workshop=workshop, actor=None)
    assert (day.revisions(workshop), LogEntry.objects.count(), Answer.objects.count()) == (*before, 1)


def test_another_face_keeps_nothing_of_the_question_and_ends_the_blank(workshop: Workshop) -> None:
    day.begin(workshop)
    day.ask(workshop, "pre_conf")
    services.blank(workshop=workshop, on=True)
    services.put_on_screen(workshop=workshop, face="rules")
    stage = day.stage(workshop)
    assert (stage.face, stage.question, stage.blank) == ("rules", None, False)


def test_blank_keeps_the_face_for_when_the_screen_comes_back_and_is_no_news_to_phones(workshop: Workshop) -> None:
    services.put_on_screen(workshop=workshop, face="housekeeping")
    rev, control_rev = day.revisions(workshop)
    services.blank(workshop=workshop, on=True)
    assert day.revisions(workshop) == (rev + 1, control_rev)
    services.blank(workshop=workshop, on=False)
    assert Stage.objects.values("face", "blank").get() == {"face": "housekeeping", "blank": False}


def test_agreeing_twice_is_once(workshop: Workshop) -> None:
    attendee = phone_in(workshop).attendee
    services.agree(attendee=attendee)
    services.agree(attendee=attendee)
    assert Agreement.objects.get().attendee == attendee


@pytest.mark.parametrize("digits", ["4712", "8341"], ids=["other", "asked too long ago"])
def test_only_digits_on_a_screen_that_waits_are_taken(workshop: Workshop, digits: str) -> None:
    waiting, earlier = (services.ask_for_pairing(digits=each) for each in ("4711", "8341"))
    PairedScreen.objects.filter(pk=earlier.pk).update(asked_at=timezone.now() - timedelta(minutes=11))
    before = day.revisions(workshop)
    with pytest.raises(Refused, match=f"No screen shows {digits} just now. Look at the screen"):
        services.pair_screen(workshop=workshop, digits=digits, actor=None)
    waiting.refresh_from_db()
    assert (waiting.workshop, day.revisions(workshop)) == (None, before)


@pytest.mark.parametrize("digits", ["", "471", "47111"])
def test_four_digits_are_asked_for(workshop: Workshop, digits: str) -> None:
    services.ask_for_pairing(digits="4711")
    with pytest.raises(Refused, match="Type the four digits"):
        services.pair_screen(workshop=workshop, digits=digits, actor=None)


def test_a_flood_of_screens_leaves_digits_for_the_next_ten_minutes(workshop: Workshop) -> None:
    for number in range(services.MOST_WAITING):
        services.ask_for_pairing(digits=f"{number:04}")
    with pytest.raises(Refused, match="Too many screens wait"):
        services.ask_for_pairing(digits="9999")
    PairedScreen.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert services.ask_for_pairing(digits="9999").digits == "9999"


def test_digits_pair_one_screen_once(workshop: Workshop) -> None:
    screen = services.ask_for_pairing(digits="4711")
    services.pair_screen(workshop=workshop, digits="4711", actor=None)
    screen.refresh_from_db()
    assert screen.workshop == workshop
    assert list(Audit.objects.values_list("kind", "detail")) == [("screen paired", {})]
    with pytest.raises(Refused, match="No screen shows 4711"):
        services.pair_screen(workshop=workshop, digits="4711", actor=None)


def test_a_screen_that_nobody_connected_is_forgotten(db: None) -> None:
    services.ask_for_pairing(digits="4711")
    PairedScreen.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert services.ask_for_pairing(digits="4711") == PairedScreen.objects.get()

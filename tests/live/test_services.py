"""What a press at the desk does to the day, and what it leaves alone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from agenda import clock
from agenda.models import Attendee, Audit, LogEntry, Workshop
from agenda.services import Refused, Stale
from feedback.models import Answer, Question
from sessions import services
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
    overall = day.ask(workshop, "fb_overall")
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
    services.show_answers(workshop=workshop, question=asked, actor=None)
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


def test_nobody_is_asked_before_the_day_starts(workshop: Workshop) -> None:
    before = day.revisions(workshop)
    with pytest.raises(Refused, match="Start the day first"):
        day.ask(workshop, "pre_conf")
    assert (day.revisions(workshop), day.status(workshop, "pre_conf")) == (before, "draft")


def test_asking_another_question_closes_the_one_before(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    day.ask(workshop, "lunch_new")
    second = day.ask(workshop, "lunch_relevant")
    assert (day.status(workshop, "lunch_new"), day.status(workshop, "lunch_relevant")) == ("closing", "open")
    assert day.stage(workshop).question == second


def test_show_lets_the_room_see_what_the_desk_sees_now_and_hide_takes_it_back(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("one", "two", "three", "unreleased"):
        day.answer(asked, text)
    services.show_answers(workshop=workshop, question=asked, actor=None)
    shown = set(Answer.objects.exclude(shown_value=None).values_list("shown_value", flat=True))
    assert shown == {"one", "two", "three"}
    services.hide_answers(workshop=workshop, question=asked, actor=None)
    assert not Answer.objects.exclude(shown_value=None).exists()
    assert not day.question(workshop, "lunch_new").shown


def test_who_writes_can_change_while_a_question_is_open(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    asked = day.question(workshop, "data_issues")
    services.ask_the_room(workshop=workshop, question=asked, actor=None)
    assert not asked.takes_answers
    services.set_hand(workshop=workshop, question=asked, hand="phones")
    assert day.answer(asked, "Two address lists").value == "Two address lists"


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


def test_a_press_from_an_item_that_has_passed_asks_nothing(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    question = Question.objects.get(workshop=workshop, key="digital_pleased")
    before = day.revisions(workshop)
    with pytest.raises(Stale, match="The day has moved to “Deriving benefits from data”"):
        services.ask_the_room(workshop=workshop, question=question, actor=None, expect="how-digital")
    question.refresh_from_db()
    assert (question.status, day.revisions(workshop)) == ("ready", before)


def test_answers_to_a_question_that_was_never_asked_are_not_shown(workshop: Workshop) -> None:
    day.begin(workshop)
    question = Question.objects.get(workshop=workshop, key="sum_do_now")
    with pytest.raises(Refused, match="Ask the room first"):
        services.show_answers(workshop=workshop, question=question, actor=None)
    question.refresh_from_db()
    assert question.shown is False


def test_digits_pair_one_screen_once(workshop: Workshop) -> None:
    screen = services.ask_for_pairing(digits="4711")
    services.pair_screen(workshop=workshop, digits="4711", actor=None)
    screen.refresh_from_db()
    assert screen.workshop == workshop
    with pytest.raises(Refused, match="No screen shows 4711"):
        services.pair_screen(workshop=workshop, digits="4711", actor=None)


def test_a_screen_that_nobody_connected_is_forgotten(db: None) -> None:
    services.ask_for_pairing(digits="4711")
    PairedScreen.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert services.ask_for_pairing(digits="4711") == PairedScreen.objects.get()


def test_presses_that_touch_words_are_written_down_with_counts_and_no_answer(workshop: Workshop) -> None:
    asha = user_with("asha")
    day.begin(workshop, until="lunch")
    asked = day.question(workshop, "lunch_new")
    services.ask_the_room(workshop=workshop, question=asked, actor=asha)
    given = [day.answer(asked, text) for text in ("heron", "otter", "badger")]
    services.close(workshop=workshop, question=asked, actor=asha)
    services.show_answers(workshop=workshop, question=asked, actor=asha)
    services.hide_answers(workshop=workshop, question=asked, actor=asha)
    services.ask_for_pairing(digits="4711")
    services.pair_screen(workshop=workshop, digits="4711", actor=asha)
    rows = Audit.objects.filter(workshop=workshop, user=asha)
    assert [(row.kind, row.detail) for row in rows] == [
        ("question opened", {"question": "lunch_new", "answers": 0}),
        ("question closed", {"question": "lunch_new", "answers": 3}),
        ("answers shown", {"question": "lunch_new", "answers": 3}),
        ("answers hidden", {"question": "lunch_new", "answers": 3}),
        ("screen paired", {}),
    ]
    kept = str(list(Audit.objects.values()))
    assert [secret for one in given for secret in (one.pk, one.respondent, one.value) if str(secret) in kept] == []

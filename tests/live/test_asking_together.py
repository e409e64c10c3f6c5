"""Several questions open at once over lunch, and what becomes of them as the day goes on."""

import pytest
from django.db import IntegrityError, transaction

from agenda.models import Audit, Slot, Workshop
from agenda.services import Refused, Stale
from feedback.models import Answer, Question
from sessions import asking_together, questions, services, staging
from tests.cast import phone_in
from tests.live import day
from tests.live.test_snapshots import html

LUNCH = ("lunch_new", "lunch_relevant", "lunch_not_relevant")


def statuses(workshop: Workshop) -> list[str]:
    return [day.status(workshop, key) for key in LUNCH]


def ask(workshop: Workshop, expect: str | None = None) -> None:
    asking_together.ask(workshop=workshop, actor=None, expect=expect)


@pytest.fixture
def lunch(workshop: Workshop) -> Workshop:
    """Lunch is on, and its three questions are open."""
    day.begin(workshop, until="lunch")
    ask(workshop)
    return workshop


def test_they_open_at_once_and_take_the_screen_nowhere(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    before, screen = day.stage(workshop), html(workshop, "screen")
    ask(workshop, "lunch")
    ask(workshop, "lunch")
    assert statuses(workshop) == ["open"] * 3
    assert (day.stage(workshop).face, day.stage(workshop).question) == (before.face, None)
    assert "We start again at" in screen
    assert "We start again at" in html(workshop, "screen")
    assert "Three questions are on your phone" in html(workshop, "screen")
    assert list(Audit.objects.values_list("kind", flat=True)) == ["question opened"] * 3


def test_they_are_asked_where_nobody_is_talked_at_and_where_there_are_two(workshop: Workshop) -> None:
    Question.objects.update(hand="phones")
    day.begin(workshop, until="data")
    with pytest.raises(Refused, match="Only over lunch"):
        ask(workshop)
    day.begin(workshop, until="lunch")
    with pytest.raises(Stale):
        ask(workshop, "data")
    Question.objects.exclude(key="lunch_new").update(hand="talk")
    with pytest.raises(Refused, match="one by one"):
        ask(workshop)
    assert statuses(workshop) == ["ready", "draft", "draft"]


def test_another_question_leaves_them_open(lunch: Workshop) -> None:
    questions.quick_question(
        workshop=lunch, text="Tea?", kind="choice", question_id=day.question(lunch, "pre_conf").pk, actor=None
    )
    other = day.ask(lunch, "culture_how_big")
    assert statuses(lunch) == ["open"] * 3
    assert day.stage(lunch).question == other
    assert "Three questions for you" in html(lunch, "phone")


def test_one_of_them_is_not_pulled_onto_the_screen_by_a_press_that_came_late(lunch: Workshop) -> None:
    with pytest.raises(Stale, match="together with others"):
        questions.ask_the_room(workshop=lunch, question=day.question(lunch, "lunch_new"), actor=None)
    assert day.stage(lunch).face == "slot"


def test_they_close_when_the_item_begins_in_which_they_come_back(lunch: Workshop) -> None:
    given = day.answer(day.question(lunch, "lunch_new"), "heron")
    assert given.released_value is None
    day.begin(lunch, until="reflections")
    assert statuses(lunch) == ["closing"] * 3
    given.refresh_from_db()
    assert given.released_value == "heron", "the desk can show what came in"
    assert "Show answers" in html(lunch, "desk")
    assert day.answer(day.question(lunch, "lunch_relevant"), "late").value == "late"


def test_they_close_when_the_item_is_passed_over_in_which_they_would_come_back(lunch: Workshop) -> None:
    day.change(lunch, "skip reflections")
    assert statuses(lunch) == ["open"] * 3
    day.answer(day.question(lunch, "lunch_new"), "heron")
    day.begin(lunch, until="culture")
    assert statuses(lunch) == ["closing"] * 3
    assert Answer.objects.get().released_value == "heron"
    assert day.answer(day.question(lunch, "lunch_relevant"), "late").value == "late"
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert (day.live(lunch), statuses(lunch)) == ("lunch", ["open"] * 3)


def test_a_move_that_is_taken_back_opens_them_again(lunch: Workshop) -> None:
    day.begin(lunch, until="reflections")
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert (day.live(lunch), statuses(lunch)) == ("lunch", ["open"] * 3)
    for words in ("heron", "otter"):
        day.answer(day.question(lunch, "lunch_new"), words)
    day.begin(lunch, until="reflections")
    assert not Answer.objects.exclude(released_value=None).exists(), "opened twice, they are not handed out one by one"


def test_what_the_desk_has_closed_stays_closed_by_that(lunch: Workshop) -> None:
    asking_together.close(workshop=lunch, actor=None)
    assert statuses(lunch) == ["closing"] * 3
    day.begin(lunch, until="reflections")
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert statuses(lunch) == ["closing"] * 3
    asking_together.open_again(workshop=lunch, actor=None, expect="lunch")
    assert statuses(lunch) == ["open"] * 3


def test_going_back_before_lunch_takes_them_back(lunch: Workshop) -> None:
    day.answer(day.question(lunch, "lunch_new"), "heron")
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert statuses(lunch) == ["closing", "ready", "ready"]
    assert [day.question(lunch, key).together for key in LUNCH] == [True, False, False]


def test_those_prepared_to_open_with_their_item_open_together(workshop: Workshop) -> None:
    Question.objects.filter(key__in=LUNCH[:2]).update(opens_with_item=True)
    day.begin(workshop, until="lunch")
    assert (statuses(workshop), day.stage(workshop).face) == (["open", "open", "draft"], "slot")
    day.answer(day.question(workshop, "lunch_new"), "heron")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert statuses(workshop) == ["closing", "ready", "draft"]
    day.begin(workshop, until="lunch")
    assert statuses(workshop) == ["open", "open", "ready"]


def test_undoing_anything_else_opens_nothing(lunch: Workshop) -> None:
    day.change(lunch, "extend lunch 5")
    asking_together.close(workshop=lunch, actor=None)
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert statuses(lunch) == ["closing"] * 3


def test_what_nobody_was_asked_over_lunch_can_be_asked_together_in_reflections(workshop: Workshop) -> None:
    day.begin(workshop, until="reflections")
    ask(workshop, "reflections")
    day.change(workshop, "extend reflections 5")
    assert statuses(workshop) == ["open"] * 3
    day.begin(workshop, until="culture")
    assert statuses(workshop) == ["closing"] * 3


def test_one_that_is_asked_alone_after_that_is_one_at_a_time_again(lunch: Workshop) -> None:
    day.begin(lunch, until="reflections")
    day.ask(lunch, "lunch_new")
    assert not day.question(lunch, "lunch_new").together
    day.ask(lunch, "lunch_relevant")
    assert statuses(lunch) == ["closing", "open", "closing"]


def test_the_close_of_the_day_closes_them_for_good(lunch: Workshop) -> None:
    day.change(lunch, "close lunch")
    assert statuses(lunch) == ["closed"] * 3
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert statuses(lunch) == ["open"] * 3


def test_where_they_do_not_come_back_they_close_with_their_item(lunch: Workshop) -> None:
    Question.objects.filter(key__in=LUNCH).update(returns_in=None)
    day.begin(lunch, until="reflections")
    assert statuses(lunch) == ["closing"] * 3
    services.undo(workshop=lunch, seen=day.seen(lunch), actor=None)
    assert statuses(lunch) == ["open"] * 3


def test_a_clock_that_stands_a_blank_screen_and_the_way_out_leave_them_open(lunch: Workshop) -> None:
    day.change(lunch, "hold")
    services.blank(workshop=lunch, on=True)
    asking_together.close(workshop=lunch, actor=None)
    asking_together.open_again(workshop=lunch, actor=None, expect="lunch")
    assert day.stage(lunch).blank, "what takes the screen nowhere does not bring it back"
    staging.everyone_out(workshop=lunch, actor=None)
    assert "on your phone" not in html(lunch, "screen")
    day.answer(day.question(lunch, "lunch_new"), "heron")
    staging.everyone_back(workshop=lunch, actor=None)
    day.change(lunch, "release")
    assert statuses(lunch) == ["open"] * 3


def test_the_desk_has_one_block_with_the_count_of_each_for_no_eyes_of_the_room(lunch: Workshop) -> None:
    day.answer(day.question(lunch, "lunch_new"), "heron")
    block = html(lunch, "desk").split('id="desk-together"')[1].split("</section>")[0]
    assert "Three questions are open together" in block
    assert [words in block for words in ("data-private> · 1 answer<", "data-private> · 0 answers<")] == [True, True]
    assert "Close them" in block
    Question.objects.filter(key__in=LUNCH).update(returns_in=Slot.objects.get(workshop=lunch, key="summary"))
    day.begin(lunch, until="culture")
    assert "Close them" in html(lunch, "desk"), "also where none of them belongs"
    assert "on your phone" not in html(lunch, "screen"), "somebody is talked at"


def test_the_desk_offers_them_together_before_one_by_one(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    desk = html(workshop, "desk")
    assert "Ask all three together" in desk
    assert desk.count('data-shortcut="a"') == 2, "once on the desk and once on the remote"
    day.ask(workshop, "lunch_new")
    assert "Ask both together" in html(workshop, "desk")
    day.ask(workshop, "lunch_relevant")
    assert " together</button>" not in html(workshop, "desk")


def test_in_reflections_the_desk_offers_to_show_one_after_the_other(lunch: Workshop) -> None:
    for key in LUNCH[:2]:
        day.answer(day.question(lunch, key), "heron")
    day.begin(lunch, until="reflections")
    for key in LUNCH[:2]:
        first = day.question(lunch, key)
        desk = html(lunch, "desk")
        offered = [part for part in desk.split("<button")[1:] if 'data-shortcut="s"' in part]
        assert ["/show/" in part and str(first.pk) in part for part in offered] == [True, True]
        day.show(lunch, key)
    assert 'data-shortcut="s"' not in html(lunch, "desk")


def test_an_answer_tells_the_screen_and_no_phone(lunch: Workshop) -> None:
    phone, before = html(lunch, "phone"), day.revisions(lunch)
    day.answer(day.question(lunch, "lunch_new"), "heron")
    after = day.revisions(lunch)
    assert (after[0] > before[0], after[1]) == (True, before[1])
    assert "Three questions are on your phone · 1 has answered" in html(lunch, "screen")
    assert html(lunch, "phone") == phone


def test_they_have_no_minutes(workshop: Workshop) -> None:
    Question.objects.filter(key__in=LUNCH).update(minutes=3)
    day.begin(workshop, until="lunch")
    ask(workshop)
    assert [day.question(workshop, key).time_up_at for key in LUNCH] == [None] * 3


def test_a_frozen_screen_keeps_its_line_and_its_number(lunch: Workshop) -> None:
    seat = phone_in(lunch).seat
    day.answer(day.question(lunch, "lunch_new"), "heron", seat)
    staging.freeze(workshop=lunch, on=True)
    day.answer(day.question(lunch, "lunch_new"), "otter")
    asking_together.close(workshop=lunch, actor=None)
    assert "Three questions are on your phone · 1 has answered" in html(lunch, "screen")
    staging.freeze(workshop=lunch, on=False)
    assert "on your phone" not in html(lunch, "screen")
    staging.freeze(workshop=lunch, on=True)
    asking_together.open_again(workshop=lunch, actor=None, expect=None)
    assert "on your phone" not in html(lunch, "screen")


def test_the_database_keeps_what_was_never_asked_apart(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(key="lunch_new").update(together=True)

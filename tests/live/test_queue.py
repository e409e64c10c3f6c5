"""Questions to the speaker on every face: who sees which, in what order, and who hears of a vote."""

import re
import uuid

import pytest

from agenda.models import Workshop
from feedback import asking, warning
from feedback.queue_models import SpeakerQuestion
from sessions import queue_presses, services, snapshots, staging
from sessions.rendering import Renderings
from tests.feedback.test_asking import ask, crowd, one
from tests.feedback.test_speaker_queue import vote

from . import day
from .test_room import look, shown

TALK = "how-digital"
PROMISE = "Your name is not kept with this question. The desk sees it at once, then everybody can."


@pytest.fixture
def talk(workshop: Workshop) -> Workshop:
    """A day at its first speakers."""
    day.begin(workshop, until=TALK)
    return workshop


@pytest.fixture
def queue(talk: Workshop) -> Workshop:
    """Their questions, with votes."""
    come_to(talk, "questions")
    for text, votes in (("wren?", 1), ("kite?", 3), ("lark?", 0), ("heron?", 2)):
        ask(talk, text)
        vote(talk, text, votes)
    return talk


def come_to(workshop: Workshop, phase: str) -> None:
    staging.set_phase(workshop=workshop, phase=phase, expect=day.live(workshop))


def order(text: str) -> list[str]:
    """The questions that are read there, in their order."""
    return list(dict.fromkeys(re.findall(r"(?:wren|kite|lark|heron)\?", text)))


def press(workshop: Workshop, verb: str, text: str) -> None:
    getattr(queue_presses, verb)(workshop=workshop, question_id=one(text).pk, actor=None)


def speaker(workshop: Workshop, key: str = TALK) -> str:
    fresh = Workshop.objects.get(pk=workshop.pk)
    return snapshots.render(fresh, "speaker", snapshots.stamp(fresh, "speaker")).regions[key].html


@pytest.mark.parametrize(("phase", "is_open"), [("talk", False), ("questions", True), ("discussion", True)])
def test_the_queue_opens_with_the_questions_and_says_what_becomes_of_them(
    talk: Workshop, phase: str, is_open: bool
) -> None:
    come_to(talk, phase)
    assert ("Ask the speaker" in shown(talk, "phone"), PROMISE in shown(talk, "phone")) == (is_open, is_open)


def test_no_other_item_has_a_queue(workshop: Workshop) -> None:
    day.begin(workshop)
    assert "Ask the speaker" not in shown(workshop, "phone")
    assert "Questions to the speaker" not in shown(workshop, "desk")


def test_a_question_that_is_asked_of_the_room_comes_before_it(queue: Workshop) -> None:
    day.ask(queue, "digital_pleased")
    assert "Ask the speaker" not in shown(queue, "phone")
    assert order(shown(queue)) == []


def test_screen_and_speaker_read_three_the_desk_all_phones_all_without_votes(queue: Workshop) -> None:
    assert order(shown(queue)) == order(speaker(queue)) == ["kite?", "heron?", "wren?"]
    assert "3 more ask this" in shown(queue)
    assert set(order(shown(queue, "desk"))) == {"kite?", "heron?", "wren?", "lark?"}
    phone = shown(queue, "phone")
    assert set(order(phone)) == {"kite?", "heron?", "wren?", "lark?"}
    assert "more ask" not in phone
    assert order(speaker(queue, "data")) == []


def test_what_is_answered_now_is_on_top_everywhere(queue: Workshop) -> None:
    services.put_on_screen(workshop=queue, face="rules")
    press(queue, "put_on_screen", "lark?")
    assert order(shown(queue)) == order(speaker(queue)) == ["lark?", "kite?", "heron?"]
    assert order(shown(queue, "phone"))[0] == "lark?"
    assert "On the screen" in shown(queue, "desk")


def test_the_first_question_put_on_the_screen_ends_the_talk(talk: Workshop) -> None:
    ask(talk, "wren?")
    press(talk, "put_on_screen", "wren?")
    assert (look(talk).phase, order(shown(talk))) == ("questions", ["wren?"])


def test_what_the_desk_is_done_with_leaves_the_room_and_can_come_back(queue: Workshop) -> None:
    for verb, text in (("mark_answered", "kite?"), ("park", "heron?"), ("hide", "lark?")):
        press(queue, verb, text)
    assert order(shown(queue)) == order(speaker(queue)) == ["wren?"]
    assert "Parking lot: 1" in shown(queue, "desk")
    assert "Answered: 1, hidden: 1" in shown(queue, "desk")
    press(queue, "put_back", "heron?")
    assert order(shown(queue)) == ["heron?", "wren?"]


def test_in_a_large_room_nobody_but_the_desk_sees_a_question_that_was_not_let_through(talk: Workshop) -> None:
    crowd(talk)
    come_to(talk, "questions")
    ask(talk, "wren?")
    assert [order(text) for text in (shown(talk), shown(talk, "phone"), speaker(talk))] == [[], [], []]
    assert "The room does not see it yet" in shown(talk, "desk")
    press(talk, "let_through", "wren?")
    assert [order(text) for text in (shown(talk), shown(talk, "phone"), speaker(talk))] == [["wren?"]] * 3


def test_a_vote_is_news_to_desk_screen_and_speaker_and_to_no_phone(queue: Workshop) -> None:
    renderings = Renderings()
    audiences = ("phone", "desk", "screen", "speaker")
    before = {name: renderings.current(queue.pk, name) for name in audiences}
    vote(queue, "wren?", 3)
    after = {name: renderings.current(queue.pk, name) for name in audiences}
    news = [name for name in audiences if after[name].is_news_to(before[name].stamp)]
    assert news == ["desk", "screen", "speaker"]
    services.put_on_screen(workshop=queue, face="slot")  # whatever phones hear next holds no vote either
    assert renderings.current(queue.pk, "phone").regions["queue"] == before["phone"].regions["queue"]


def test_a_frozen_screen_keeps_its_three_but_for_what_was_hidden(queue: Workshop) -> None:
    staging.freeze(workshop=queue, on=True)
    before = shown(queue)
    vote(queue, "lark?", 9)
    press(queue, "put_on_screen", "lark?")
    press(queue, "mark_answered", "wren?")
    assert shown(queue) == before
    press(queue, "hide", "kite?")
    press(queue, "put_back", "kite?")
    assert order(shown(queue)) == ["heron?", "wren?"]
    stored = str(day.stage(queue).frozen)
    assert [word for word in ("wren?", "heron?") if word in stored] == []
    staging.freeze(workshop=queue, on=False)
    assert order(shown(queue))[0] == "lark?"


def test_the_desk_is_warned_of_a_word_and_the_room_sees_it_all_the_same(queue: Workshop) -> None:
    warning.settle(workshop=queue, typed="Kite")
    assert "Holds a word of your list: Kite" in shown(queue, "desk")
    assert "kite?" in shown(queue)
    assert "Holds a word" not in shown(queue) + shown(queue, "phone") + speaker(queue)


def test_a_question_that_nobody_came_to_waits_in_the_parking_lot(queue: Workshop) -> None:
    services.move_on(workshop=queue, expect=TALK, actor=None)
    assert "Parking lot: 4" in shown(queue, "desk")
    assert order(shown(queue, "phone")) == order(shown(queue)) == []
    with pytest.raises(services.Refused, match="for an item that is not on now"):
        press(queue, "put_on_screen", "kite?")


def test_a_press_on_what_was_taken_back_says_so(queue: Workshop) -> None:
    with pytest.raises(services.Refused, match="has taken it back"):
        queue_presses.park(workshop=queue, question_id=uuid.uuid4(), actor=None)


def test_the_way_out_stands_over_everything_at_the_speaker(queue: Workshop) -> None:
    staging.everyone_out(workshop=queue, actor=None)
    assert order(speaker(queue)) == order(shown(queue)) == []


def test_hiding_is_written_down_without_the_question(queue: Workshop) -> None:
    key = one("kite?").pk
    press(queue, "hide", "kite?")
    (line,) = queue.audit.filter(kind="speaker's question hidden")
    assert line.detail == {"item": TALK}
    assert str(key) not in str(line.detail)


def test_no_region_holds_anything_of_a_phone(queue: Workshop) -> None:
    names = list(SpeakerQuestion.objects.values_list("respondent", flat=True))
    fresh = Workshop.objects.get(pk=queue.pk)
    for audience in ("phone", "desk", "screen", "speaker"):
        sent = snapshots.render(fresh, audience, snapshots.stamp(fresh, audience)).frame()
        assert "wren?" in sent
        assert [name for name in names if name in sent] == []
    assert asking.LARGE == 60

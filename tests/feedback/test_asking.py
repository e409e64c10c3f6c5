"""Questions to a speaker as phones hand them in: never lost, harmless to repeat, and nobody's."""

import re
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from agenda.services import Refused
from feedback import asking, speaker_queue, taking_back
from feedback.handing_in import Receipt
from feedback.kinds.base import Refused as NotAnAnswer
from feedback.queue_models import SpeakerQuestion, Vote
from sessions import services
from tests.live import day

from .conftest import TALK
from .room import seat_in


def ask(workshop: Workshop, text: object, seat: Seat | None = None, **sent: Any) -> Receipt:
    sent = {"key": uuid.uuid4(), "edit": 1, "slot_key": TALK} | sent
    return asking.ask(workshop=workshop, seat=seat or seat_in(workshop), raw=text, **sent)


def texts(workshop: Workshop) -> list[str]:
    return sorted(SpeakerQuestion.objects.filter(workshop=workshop).values_list("text", flat=True))


def one(text: str) -> SpeakerQuestion:
    return SpeakerQuestion.objects.get(text=text)


def crowd(workshop: Workshop) -> None:
    """A room that is too large for everything to be shown unread."""
    Attendee.objects.bulk_create(Attendee(workshop=workshop) for _ in range(asking.LARGE + 1))


def test_a_question_is_kept_on_one_line_with_a_respondent_and_nothing_else_of_its_phone(talk: Workshop) -> None:
    seat, key = seat_in(talk), uuid.uuid4()
    assert ask(talk, " Who\r\npays\x00 for it? ", seat, key=key) == Receipt(key, 1, late=False)
    row = SpeakerQuestion.objects.get()
    assert (row.pk, row.text, row.slot.key, row.status, row.approved) == (
        key,
        "Who pays for it?",
        TALK,
        "waiting",
        True,
    )
    assert re.fullmatch("[0-9a-f]{64}", row.respondent)
    fields = {field.name for field in SpeakerQuestion._meta.concrete_fields}
    told = {"id", "workshop", "slot", "respondent", "text", "edit", "status", "approved", "taken"}
    assert fields == told | {"dealt_with"}


def test_handing_it_in_again_is_harmless_and_a_later_edit_changes_it(talk: Workshop) -> None:
    seat, key = seat_in(talk), uuid.uuid4()
    for _ in range(2):
        assert ask(talk, "Who pays?", seat, key=key).edit == 1
    assert ask(talk, "Who decides?", seat, key=key, edit=2).edit == 2
    assert ask(talk, "Who pays?", seat, key=key).edit == 2  # an old try arrives late
    assert texts(talk) == ["Who decides?"]


def test_two_pages_of_one_phone_do_not_both_say_saved(talk: Workshop) -> None:
    seat = seat_in(talk)
    ask(talk, "Who pays?", seat)
    assert ask(talk, "Who decides?", seat).edit > 1
    assert texts(talk) == ["Who pays?"]


def test_a_phone_asks_again_once_its_question_is_dealt_with(talk: Workshop) -> None:
    seat, key = seat_in(talk), uuid.uuid4()
    ask(talk, "Who pays?", seat, key=key)
    speaker_queue.put(one("Who pays?"), "answered")
    with pytest.raises(Refused, match="has been dealt with"):
        ask(talk, "Who really pays?", seat, key=key, edit=2)
    ask(talk, "Who really pays?", seat)
    assert texts(talk) == ["Who pays?", "Who really pays?"]
    speaker_queue.put(one("Who pays?"), "waiting")  # nothing tells the desk that both are of one phone


def test_another_phones_key_is_not_mine(talk: Workshop) -> None:
    key = uuid.uuid4()
    ask(talk, "Who pays?", key=key)
    with pytest.raises(Refused, match="Copy what you wrote"):
        ask(talk, "Mine", key=key, edit=9)
    assert texts(talk) == ["Who pays?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Write something first."), (" \u200b", "Write something"), (7, "Write"), ("x" * 301, "Shorten it to 300")],
)
def test_what_says_nothing_or_too_much_is_refused(talk: Workshop, text: object, said: str) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        ask(talk, text)
    assert said in refused.value.message
    assert texts(talk) == []


def test_only_an_item_with_a_speaker_that_has_begun_takes_questions_until_the_day_closes(talk: Workshop) -> None:
    for slot_key in ("intros", "data", "nothing"):
        with pytest.raises(Refused, match="No questions to this speaker are taken now"):
            ask(talk, "Who pays?", slot_key=slot_key)
    services.move_on(workshop=talk, expect=TALK, actor=None)
    ask(talk, "Written while the day moved on")
    day.begin(talk, until="close")
    services.move_on(workshop=talk, expect="close", actor=None)
    with pytest.raises(Refused, match="still here for you to copy"):
        ask(talk, "Too late")
    assert texts(talk) == ["Written while the day moved on"]


def test_in_a_large_room_the_desk_reads_first_and_phones_hear_of_what_it_lets_through(talk: Workshop) -> None:
    seat, key = seat_in(talk), uuid.uuid4()
    heard = day.revisions(talk)[1]
    ask(talk, "In a small room", seat)
    assert day.revisions(talk)[1] == heard + 1
    crowd(talk)
    ask(talk, "Who pays?", seat := seat_in(talk), key=key)
    assert (one("Who pays?").approved, day.revisions(talk)[1]) == (False, heard + 1)
    speaker_queue.take(one("Who pays?"))
    ask(talk, "Other words", seat, key=key, edit=2)  # are read anew
    assert (one("Other words").approved, one("Other words").taken, day.revisions(talk)[1]) == (False, False, heard + 2)


def test_who_has_only_answered_before_the_day_makes_no_room_large(talk: Workshop) -> None:
    crowd(talk)
    Attendee.objects.update(arrived=False)
    ask(talk, "Who pays?", seat_in(talk))
    assert one("Who pays?").approved


def test_a_phone_takes_its_own_question_back_and_nobody_elses(talk: Workshop) -> None:
    seat, key = seat_in(talk), uuid.uuid4()
    ask(talk, "Who pays?", seat, key=key)
    asking.me_too(workshop=talk, seat=seat_in(talk), question_id=key, on=True)
    asking.take_back(workshop=talk, seat=seat_in(talk), key=key)
    assert texts(talk) == ["Who pays?"]
    for _ in range(2):
        asking.take_back(workshop=talk, seat=seat, key=key)
    assert (texts(talk), Vote.objects.count()) == ([], 0)


def test_who_deletes_all_they_said_leaves_no_question_and_no_vote(talk: Workshop) -> None:
    seat = seat_in(talk)
    ask(talk, "Mine", seat)
    speaker_queue.put(one("Mine"), "answered")
    ask(talk, "Mine too", seat)
    ask(talk, "Theirs")
    for voter in (seat, seat_in(talk)):
        asking.me_too(workshop=talk, seat=voter, question_id=one("Theirs").pk, on=True)
    asking.take_all_back(workshop=talk, seat=seat)
    assert (texts(talk), Vote.objects.count()) == (["Theirs"], 1)


def test_me_too_counts_once_for_each_phone_and_can_be_taken_back(talk: Workshop) -> None:
    ask(talk, "Who pays?")
    key, seat, heard = one("Who pays?").pk, seat_in(talk), day.revisions(talk)[1]
    for _ in range(2):
        asking.me_too(workshop=talk, seat=seat, question_id=key, on=True)
    asking.me_too(workshop=talk, seat=seat_in(talk), question_id=key, on=True)
    assert speaker_queue.queued(talk)[0].votes == 2
    for _ in range(2):
        asking.me_too(workshop=talk, seat=seat, question_id=key, on=False)
    assert speaker_queue.queued(talk)[0].votes == 1
    assert day.revisions(talk)[1] == heard, "no phone hears of a vote"


@pytest.mark.parametrize("state", ["hidden", "unapproved"])
def test_nobody_votes_for_what_the_room_does_not_see(talk: Workshop, state: str) -> None:
    ask(talk, "Who pays?")
    changed = {"status": "hidden"} if state == "hidden" else {"approved": False}
    SpeakerQuestion.objects.update(**changed)
    with pytest.raises(Refused, match="not in the list any more"):
        asking.me_too(workshop=talk, seat=seat_in(talk), question_id=one("Who pays?").pk, on=True)


def test_a_question_and_the_votes_of_one_phone_have_nothing_in_common(talk: Workshop) -> None:
    seat = seat_in(talk)
    for text in ("A", "B", "C"):
        ask(talk, text, seat if text == "A" else None)
        asking.me_too(workshop=talk, seat=seat, question_id=one(text).pk, on=True)
    day.begin(talk, until="data")
    ask(talk, "D", seat, slot_key="data")
    names = [*SpeakerQuestion.objects.values_list("respondent", flat=True)]
    names += Vote.objects.values_list("respondent", flat=True)
    assert len(set(names)) == len(names) == 7


def test_what_is_written_with_a_question_or_a_vote_leads_to_no_seat(talk: Workshop) -> None:
    seat, key = seat_in(talk), uuid.uuid4()
    acts = {
        "feedback_speakerquestion": lambda: ask(talk, "Who pays?", seat, key=key),
        "feedback_vote": lambda: asking.me_too(workshop=talk, seat=seat, question_id=key, on=True),
    }
    for table, act in acts.items():
        with CaptureQueriesContext(connection) as queries:
            act()
        written = [one["sql"] for one in queries if re.match("INSERT|UPDATE|DELETE", one["sql"])]
        assert {sql.split('"')[1] for sql in written} == {"agenda_workshop", table}
        assert not [sql for sql in written if seat.attendee_id.hex in sql.replace("-", "") or seat.secret in sql]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"status": "lost"}, "speaker_question_status_known"),
        ({"text": ""}, "speaker_question_says_something"),
        ({"taken": True, "status": "parked"}, "speaker_question_taken_is_seen"),
        ({"taken": True, "approved": False}, "speaker_question_taken_is_seen"),
    ],
)
def test_the_database_refuses_what_no_form_would_send(talk: Workshop, changes: dict[str, Any], rule: str) -> None:
    ask(talk, "Who pays?")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        SpeakerQuestion.objects.update(**changes)


def test_who_deletes_all_they_said_takes_back_what_they_asked_too(talk: Workshop) -> None:
    mine = seat_in(talk)
    ask(talk, "Who pays?", mine)
    ask(talk, "And who decides?")
    asking.me_too(workshop=talk, seat=mine, question_id=one("And who decides?").pk, on=True)
    taking_back.take_back_all(workshop=talk, seat=mine)
    assert texts(talk) == ["And who decides?"]
    assert not Vote.objects.exists()

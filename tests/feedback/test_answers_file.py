"""The file of answers: what leaves the house, and what does not."""

import csv
import hashlib
import io

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agenda.models import Attendee, Workshop
from feedback import hands, services, speaker_queue
from feedback.exports import answers
from feedback.exports.tables import RESPONSES_LONG
from feedback.models import Answer, Question
from feedback.queue_models import SpeakerQuestion

from .room import CHOICE, give, new_question, opened, seat_in
from .test_asking import ask, one
from .test_queries import drop


def rows_of(file: answers.File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


def test_it_is_what_spreadsheets_open_without_asking(workshop: Workshop) -> None:
    for words in ("=1+1", 'say "so", then\nstop', "-5"):
        give(opened(workshop, "sum_insights"), words)
    file = answers.as_csv(workshop)
    text = file.content.decode("utf-8")
    assert text.startswith("\ufeff" + ",".join(f'"{name}"' for name in RESPONSES_LONG) + "\r\n")
    assert text.endswith('"\r\n')
    assert text.count("\r\n") == 4
    assert {row["value_text"] for row in rows_of(file)} == {"'=1+1", 'say "so", then\nstop', "'-5"}
    assert file.name == "2020-02-07_newcastle_answers.csv"
    assert (file.rows, file.sha256) == (3, hashlib.sha256(file.content).hexdigest())


def test_only_released_answers_leave(workshop: Workshop) -> None:
    question = opened(workshop, "sum_insights")
    seat = seat_in(workshop)
    give(question, "a", seat)
    for words in ("b", "c", "waits"):
        give(question, words)
    give(question, "a, changed", seat, edit=2)
    assert {row["value_text"] for row in rows_of(answers.as_csv(workshop))} == {"a", "b", "c"}
    services.close_to_room(Question.objects.get(pk=question.pk), now=timezone.now())
    found = {row["value_text"] for row in rows_of(answers.as_csv(workshop))}
    assert found == {"a, changed", "b", "c", "waits"}


def test_the_order_is_that_of_random_ids(workshop: Workshop) -> None:
    question = opened(workshop, "sum_insights")
    arrived = [f"{number:02}" for number in range(30)]
    for words in arrived:
        give(question, words)
    found = [row["value_text"] for row in rows_of(answers.as_csv(workshop))]
    assert found == list(Answer.objects.order_by("id").values_list("value", flat=True))
    assert found != arrived
    assert answers.as_csv(workshop) == answers.as_csv(workshop)


@pytest.mark.parametrize("mode", ["unlinked", "facilitator", "named"])
def test_nobody_can_be_found_in_it(workshop: Workshop, mode: str) -> None:
    question = new_question(workshop, "extra", mode=mode)
    seats = [seat_in(workshop) for _ in range(6)]
    Attendee.objects.update(name="Nora Example", council="Exampleshire")
    for number, seat in enumerate(seats):
        give(question, f"{number}", seat)
    file = answers.as_csv(workshop)
    text = file.content.decode("utf-8").replace("-", "")
    assert len(rows_of(file)) == 6
    assert "Nora" not in text
    assert "Exampleshire" not in text
    for row in Answer.objects.all():
        assert (row.respondent or "f" * 64) not in text
        assert row.pk.hex not in text
    for seat in seats:
        assert seat.attendee_id.hex not in text
        assert seat.secret not in text
    lateness = {row["is_late"] for row in rows_of(file)}
    assert lateness == ({""} if mode == "unlinked" else {"0"})


def test_forms_are_told_apart_from_five_on_and_nothing_else_is(workshop: Workshop) -> None:
    form, alone, pair = opened(workshop, "fb_overall"), opened(workshop, "sum_insights"), opened(workshop, "pre_conf")
    for number in range(5):
        seat = seat_in(workshop)
        give(alone, f"{number}", seat)
        give(pair, {"confident": "very"}, seat)
        give(form, "good", seat)
        found = {row["question_key"]: set() for row in rows_of(answers.as_csv(workshop))}
        for row in rows_of(answers.as_csv(workshop)):
            found[row["question_key"]].add(row["respondent_ref"])
        if number == 3:
            assert found["fb_overall"] == {""}
    services.close_to_room(Question.objects.get(pk=form.pk), now=timezone.now())
    rows = rows_of(answers.as_csv(workshop))
    assert sorted(row["respondent_ref"] for row in rows if row["question_key"] == "fb_overall") == list("12345")
    assert {row["respondent_ref"] for row in rows if row["question_key"] != "fb_overall"} == {""}


def test_a_question_whose_item_left_the_running_order_still_leaves_with_the_rest(workshop: Workshop) -> None:
    for words in ("1", "2", "3"):
        give(new_question(workshop, "extra", "culture") if words == "1" else Question.objects.get(key="extra"), words)
        give(opened(workshop, "sum_insights"), words)
    drop(workshop, "culture")
    rows = rows_of(answers.as_csv(workshop))
    assert {(row["question_key"], row["slot_no"]) for row in rows} == {("sum_insights", "7"), ("extra", "0")}
    assert len(rows) == 6


def test_questions_to_a_speaker_leave_as_an_occasion_of_their_own_without_votes_and_what_was_hidden(
    talk: Workshop,
) -> None:
    for text in ("Who pays?", "=1+1", "Hidden"):
        ask(talk, text)
    speaker_queue.put(one("Hidden"), "hidden")
    speaker_queue.put(one("=1+1"), "parked")
    rows = rows_of(answers.as_csv(talk))
    assert {row["value_text"] for row in rows} == {"Who pays?", "'=1+1"}
    told = {(row["occasion"], row["question_key"], row["slot_no"], row["mode"], row["answered_on"]) for row in rows}
    assert told == {("queue", "queue:how-digital", "2", "unlinked", "")}
    text = answers.as_csv(talk).content.decode().replace("-", "")
    assert not [row for row in SpeakerQuestion.objects.all() if row.pk.hex in text or row.respondent in text]


def test_it_is_six_queries_for_one_and_for_three_questions(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        for words in ("1", "2", "3"):
            give(
                new_question(workshop, f"extra_{number}")
                if words == "1"
                else Question.objects.get(key=f"extra_{number}"),
                words,
            )
        with django_assert_num_queries(6):
            file = answers.as_csv(workshop)
        assert file.rows == 3 * (number + 1)


def test_a_tables_note_leaves_with_the_name_of_its_table_and_nobody_elses(workshop: Workshop) -> None:
    question = opened(workshop, "sum_insights")
    services.set_hand(question, "scribe")
    give(question, "We agree", table="3")
    (row,) = rows_of(answers.as_csv(workshop))
    assert (row["value_text"], row["group_label"], row["respondent_ref"]) == ("We agree", "3", "")


def test_a_show_of_hands_leaves_apart_from_what_phones_said(workshop: Workshop) -> None:
    question = new_question(workshop, "by_hands", kind="choice", config=CHOICE)
    for _ in range(3):
        give(question, "yes")
    hands.record(question, {("", "yes"): 12, ("", "no"): 0})
    scale = opened(workshop, "pre_conf")
    statement, *_others = hands.options(scale)
    hands.record(scale, {(statement[0], statement[2][0].key): 4})
    rows = rows_of(answers.as_csv(workshop))
    assert [row["option_key"] for row in rows if row["mode"] == "unlinked"] == ["yes"] * 3
    counted = [row for row in rows if row["mode"] == "show of hands"]
    told = [(row["question_key"], row["group_label"], row["value_text"], row["value_number"]) for row in counted]
    label = statement[2][0].label
    assert sorted(told) == [
        ("by_hands", "", "No", "0"),
        ("by_hands", "", "Yes", "12"),
        ("pre_conf", statement[1], label, "4"),
    ]
    assert {row["respondent_ref"] + row["answered_on"] + row["is_late"] for row in counted} == {""}

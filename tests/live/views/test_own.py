"""What a phone does with what is its own, without a script."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Attendee, Audit, Slot, Workshop
from feedback.models import Note, Question
from feedback.notes import write_note
from sessions import room, services
from tests.cast import Phone, phone_in
from tests.feedback.room import give, new_question, stored
from tests.live import day


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_in(workshop)


def get(phone: Phone, where: str) -> HttpResponse:
    return phone.client.get(f"/w/{phone.attendee.workshop_id}/{where}")  # type: ignore[return-value]


def hidden(html: str) -> dict[str, str]:
    """What the forms of a page hold without anybody typing."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


class TestMyNotes:
    def test_every_answer_has_its_promise_with_the_last_day(self, workshop: Workshop, phone: Phone) -> None:
        give(new_question(workshop, "one"), "heron", phone.seat)
        give(new_question(workshop, "two", mode="named"), "otter", phone.seat)
        text = unescape(get(phone, "mine/list/").text)
        until = "You can change or delete it on this phone until the end of 10 February"  # three days after the day
        assert f"The room may see your words. {until}; after that nobody can tell which are yours." in text
        assert f"Your name is kept with this answer. The room may see both. {until}." in text

    def test_a_day_that_was_run_later_than_planned_counts_from_there(self, workshop: Workshop, phone: Phone) -> None:
        question = new_question(workshop, "one")
        give(question, "heron", phone.seat)
        day.begin(workshop, until="intros")
        assert "until the end of 10 February" in get(phone, "mine/list/").text
        Workshop.objects.filter(pk=workshop.pk).update(date="2020-02-05")
        assert "until the end of 10 February" in get(phone, "mine/list/").text

    def test_what_is_sealed_is_named_but_cannot_be_found(self, workshop: Workshop, phone: Phone) -> None:
        lost = new_question(workshop, "lost", text="What nobody can tell")
        kept = new_question(workshop, "kept", mode="named", text="What has a name")
        for question in (lost, kept):
            give(question, "heron", phone.seat)
        sealed = {"status": "closed", "sealed_at": timezone.now()}
        Question.objects.filter(pk__in=[lost.pk, kept.pk]).update(**sealed)
        lost.answers.update(respondent="f" * 64)  # as sealing leaves it
        text = get(phone, "mine/list/").text
        assert text.count("heron") == 1
        assert "This can no longer be changed or deleted here." in text
        assert "Nobody can tell any more which answers are yours" in text
        assert "What nobody can tell" in text
        assert "<form" not in text
        for question in (lost, kept):
            reply = get(phone, f"mine/{question.pk}/")
            assert (reply.status_code, reply["Location"]) == (302, f"/w/{workshop.pk}/#mine")

    @pytest.mark.parametrize("status", ["open", "closing", "closed"])
    def test_change_brings_the_form_back_whatever_the_room_is_at(
        self, workshop: Workshop, phone: Phone, status: str
    ) -> None:
        question = new_question(workshop, "one", text="What did you see?")
        give(question, "a heron", phone.seat)
        Question.objects.filter(pk=question.pk).update(status=status)
        where = f"mine/{question.pk}/"
        assert f'href="/w/{workshop.pk}/{where}"' in get(phone, "").text
        page = get(phone, where).text
        assert "What did you see?" in page
        assert ">\na heron</textarea>" in page
        sent = hidden(page) | {"value": "two herons"}
        reply = phone.client.post(f"/w/{workshop.pk}/answers/", sent)
        assert (reply.status_code, stored(question)) == (302, ["two herons"])

    def test_only_who_answered_has_something_to_change(self, workshop: Workshop, phone: Phone) -> None:
        question = new_question(workshop, "one")
        give(question, "a heron")
        reply = get(phone, f"mine/{question.pk}/")
        assert (reply.status_code, reply["Location"]) == (302, f"/w/{workshop.pk}/#mine")
        assert "heron" not in get(phone, "").text

    def test_a_shown_answer_says_that_the_room_has_seen_it(self, workshop: Workshop, phone: Phone) -> None:
        question = new_question(workshop, "one")
        give(question, "a heron", phone.seat)
        assert "The room has seen what you said." not in get(phone, f"mine/{question.pk}/").text
        question.answers.update(shown_value="a heron")
        assert "The room has seen what you said." in get(phone, f"mine/{question.pk}/").text


class TestLeaving:
    def test_the_page_warns_and_a_look_at_it_changes_nothing(self, workshop: Workshop, phone: Phone) -> None:
        assert f'href="/w/{workshop.pk}/leave/"' in get(phone, "").text
        text = get(phone, "leave/").text
        assert "You will not be able to see, change or delete what you said." in text
        assert get(phone, "").status_code == 200

    def test_the_phone_forgets_answers_stay_and_notes_go(self, workshop: Workshop, phone: Phone) -> None:
        question, lunch = new_question(workshop, "one"), Slot.objects.get(workshop=workshop, key="lunch")
        give(question, "a heron", phone.seat)
        for seat in (phone.seat, phone_in(workshop).seat):
            write_note(slot=lunch, seat=seat, key=uuid4(), edit=1, raw="Ring the port")
        names = [f"{part}-{workshop.pk}" for part in ("seat", "answers")]
        assert all(phone.client.cookies[name].value for name in names)
        kept = {name: phone.client.cookies[name].value for name in names}
        reply = phone.client.post(f"/w/{workshop.pk}/leave/")
        assert (reply.status_code, reply["Location"]) == (302, f"/left/?day={workshop.pk}")
        for name in names:
            assert (reply.cookies[name].value, reply.cookies[name]["max-age"]) == ("", 0)
        assert "What stays" in phone.client.get(reply["Location"]).text
        assert (stored(question), Note.objects.count()) == (["a heron"], 1)
        again = Client()
        again.cookies.load(kept)  # a copy of the cookies opens nothing
        for path in ("", "mine/", "mine/list/"):
            assert again.get(f"/w/{workshop.pk}/{path}").status_code == 404

    def test_a_seat_that_was_left_counts_no_more_and_no_moment_is_kept(self, workshop: Workshop, phone: Phone) -> None:
        phone_in(workshop)
        services.agree(attendee=phone.attendee)
        phone.client.post(f"/w/{workshop.pk}/leave/")
        seen = room.look(Workshop.objects.get(pk=workshop.pk), real=timezone.now())
        assert (seen.seats, seen.agreed) == (1, 0)
        revoked = Attendee.objects.values_list("revoked_at", flat=True).get(pk=phone.attendee.pk)
        assert revoked == datetime(2020, 2, 7, tzinfo=UTC)  # that of the day: when nobody can see
        assert not Audit.objects.exists()

    def test_no_write_of_leaving_holds_both_a_seat_and_what_leads_to_an_answer(
        self, workshop: Workshop, phone: Phone
    ) -> None:
        lunch = Slot.objects.get(workshop=workshop, key="lunch")
        write_note(slot=lunch, seat=phone.seat, key=uuid4(), edit=1, raw="Ring the port")
        writer = Note.objects.get().respondent
        with CaptureQueriesContext(connection) as asked:
            phone.client.post(f"/w/{workshop.pk}/leave/")
        said = [one["sql"].replace("-", "") for one in asked]
        assert [sql for sql in said if writer in sql]
        assert not [sql for sql in said if writer in sql and phone.attendee.pk.hex in sql]
        assert not [sql for sql in said if phone.seat.secret.replace("-", "") in sql]

    def test_whoever_joins_again_finds_nothing_of_before(self, workshop: Workshop, phone: Phone) -> None:
        give(new_question(workshop, "one"), "a heron", phone.seat)
        phone.client.post(f"/w/{workshop.pk}/leave/")
        text = phone.client.post(f"/j/{workshop.join_code}/", follow=True).text
        assert "You are in" in text
        assert "heron" not in text


def test_my_notes_asks_the_database_as_often_for_three_answers_as_for_one(workshop: Workshop, phone: Phone) -> None:
    counts = []
    for number, key in enumerate(("lunch", "summary", "intros")):
        give(new_question(workshop, f"q{number}"), "a heron", phone.seat)
        slot = Slot.objects.get(workshop=workshop, key=key)
        write_note(slot=slot, seat=phone.seat, key=uuid4(), edit=1, raw="Ring the port")
        with CaptureQueriesContext(connection) as asked:
            get(phone, "mine/list/")
        counts.append(len(asked))
    # the seat, two for what was said, who facilitates, two for the day, how long it is kept, what is sealed, notes
    assert counts == [9, 9, 9]

"""What a phone does with what is its own, without a script."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.utils import timezone

from agenda.models import Workshop
from feedback.models import Question
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

"""The feedback form on a phone: one page and one button, without a script."""

from datetime import timedelta

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from feedback.models import Answer
from sessions import services
from tests.cast import phone_in
from tests.feedback.filled_forms import field, hidden, of, send
from tests.live import day


@pytest.fixture
def close(workshop: Workshop) -> Workshop:
    """The last item is on, and the form with it."""
    day.begin(workshop, until="close")
    return workshop


def test_it_is_one_response_that_nothing_else_joins(close: Workshop) -> None:
    client = phone_in(close).client
    done = send(
        client, close, "feedback", fb_overall="good", fb_conf={"confident": "very"}, fb_better="Shorter <talks>"
    )
    assert done["Location"] == f"/w/{close.pk}/feedback/thanks/"
    rows = {row.question.key: row for row in Answer.objects.select_related("question")}
    assert {key: row.value for key, row in rows.items()} == {
        "fb_overall": "good",
        "fb_conf": {"confident": "very"},
        "fb_better": "Shorter <talks>",
    }
    assert rows["fb_overall"].respondent == rows["fb_better"].respondent != rows["fb_conf"].respondent
    assert not any(row.attendee for row in rows.values())
    again = client.get(f"/w/{close.pk}/feedback/").content.decode()
    assert "Shorter &lt;talks&gt;" in again
    assert "Shorter" not in phone_in(close).client.get(f"/w/{close.pk}/feedback/").content.decode()


def test_before_it_opens_there_is_nothing_to_fill_in(workshop: Workshop) -> None:
    client = phone_in(workshop).client
    page = client.get(f"/w/{workshop.pk}/feedback/").content.decode()
    assert "The form opens towards the end of the day" in page
    assert "How was the day as a whole?" not in page
    early = {f"{of(workshop, 'fb_overall').pk.hex}.key": "0d8f3c1e-5b55-4c11-9f43-7a5b8f0b6f2e"}
    early |= {f"{of(workshop, 'fb_overall').pk.hex}.edit": "1", field(workshop, "fb_overall"): "good"}
    client.post(f"/w/{workshop.pk}/feedback/", early)
    assert not Answer.objects.exists()


def test_a_choice_that_is_none_of_them_is_said_beside_it(close: Workshop) -> None:
    client = phone_in(close).client
    page = send(client, close, "feedback", fb_overall="splendid", fb_better="Kept")
    assert page.status_code == 422
    assert f'href="#answer-{of(close, "fb_overall").pk}"' in page.content.decode()
    assert [row.value for row in Answer.objects.all()] == ["Kept"]


def test_it_takes_answers_for_the_days_that_the_day_says(close: Workshop) -> None:
    client = phone_in(close).client
    address = f"/w/{close.pk}/feedback/"
    services.move_on(workshop=close, expect="close", actor=None)
    assert send(client, close, "feedback", fb_better="From the train").status_code == 302
    data = hidden(client.get(address).content.decode()) | {field(close, "fb_overall"): "good"}
    data |= {field(close, "fb_better"): "From the train"}
    Workshop.objects.filter(pk=close.pk).update(clock_real=F("clock_real") - timedelta(days=4, minutes=1))
    late = client.post(address, data)
    assert late.status_code == 409
    assert "The form is closed." in late.content.decode()
    assert [row.value for row in Answer.objects.all()] == ["From the train"]


def test_the_form_costs_a_hall_as_many_queries_filled_in_as_empty(
    close: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = phone_in(close).client
    for said in ({"fb_overall": "good"}, {"fb_better": "Shorter talks", "fb_learn": "great"}):
        with django_assert_num_queries(10):
            client.get(f"/w/{close.pk}/feedback/")
        send(client, close, "feedback", **said)

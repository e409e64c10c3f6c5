"""The questions before the day: by one link, on one page, without a script."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agenda import services as agenda
from agenda.models import Attendee, Workshop
from feedback.models import Answer, Question
from sessions import services
from tests.cast import Cast, browser_of, user_with
from tests.feedback.filled_forms import field, hidden, of, send
from tests.live import day


def begin(workshop: Workshop) -> Client:
    """Somebody opens the link that is one for all, and begins."""
    client = Client()
    answer = client.post(f"/j/{workshop.join_token}/survey/")
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{workshop.pk}/survey/")
    return client


def words(page: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def test_the_link_opens_a_page_that_asks_nothing_of_anybody(workshop: Workshop) -> None:
    page = Client().get(f"/j/{workshop.join_token}/survey/")
    assert page.status_code == 200
    assert "No account and no app needed" in words(page.content)
    assert not Attendee.objects.exists(), "looking at it leaves nothing"


def test_who_begins_has_a_seat_and_is_not_in_the_room(workshop: Workshop) -> None:
    begin(workshop)
    assert Attendee.objects.get().arrived is False


def test_everything_said_is_kept_and_comes_back_on_that_phone(workshop: Workshop) -> None:
    client = begin(workshop)
    done = send(
        client,
        workshop,
        "survey",
        name="Ann Ash",
        council="Exampleshire",
        role="councillor",
        pre_conf={"confident": "quite"},
        pre_goal="Where do we start?",
        pre_ask="Who has joined up <bins>?",
    )
    assert (done.status_code, done["Location"]) == (302, f"/w/{workshop.pk}/survey/thanks/")
    ann = Attendee.objects.get()
    assert (ann.name, ann.council, ann.role) == ("Ann Ash", "Exampleshire", "councillor")
    assert {row.question.key: row.value for row in Answer.objects.select_related("question")} == {
        "pre_conf": {"confident": "quite"},
        "pre_goal": "Where do we start?",
        "pre_ask": "Who has joined up <bins>?",
    }
    again = client.get(f"/w/{workshop.pk}/survey/").content.decode()
    for said in ("Ann Ash", "Where do we start?", "Who has joined up &lt;bins&gt;?"):
        assert said in again
    assert re.search(r'value="quite"\s+checked', again)
    elsewhere = begin(workshop).get(f"/w/{workshop.pk}/survey/").content.decode()
    assert "Ann Ash" not in elsewhere
    assert "Where do we start?" not in elsewhere


def test_names_are_kept_as_each_question_says(workshop: Workshop) -> None:
    client = begin(workshop)
    page = words(client.get(f"/w/{workshop.pk}/survey/").content)
    assert "Your name is kept with this answer. The room may see both." in page
    assert "Your name is not kept with this answer. The room may see your words." in page
    assert "sees your name." in page
    send(client, workshop, "survey", name="Ann", pre_conf={"confident": "very"}, pre_goal="Maps", pre_ask="Help")
    kept = {row.question.key: row.attendee for row in Answer.objects.select_related("question", "attendee")}
    ann = Attendee.objects.get()
    assert kept == {"pre_conf": None, "pre_goal": ann, "pre_ask": ann}
    assert not Answer.objects.exclude(answered_on=None).exists(), "when is nobody's business"


def test_sending_the_same_page_twice_changes_nothing(workshop: Workshop) -> None:
    client = begin(workshop)
    address = f"/w/{workshop.pk}/survey/"
    data = hidden(client.get(address).content.decode()) | {field(workshop, "pre_goal"): "Once"}
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.count() == 1


def test_what_is_changed_takes_the_place_and_what_is_emptied_goes(workshop: Workshop) -> None:
    client = begin(workshop)
    send(client, workshop, "survey", pre_goal="First", pre_ask="Gone soon", pre_challenge="Stays")
    send(client, workshop, "survey", pre_goal="Second", pre_ask="", pre_challenge="Stays")
    found = {row.question.key: row.value for row in Answer.objects.select_related("question")}
    assert found == {"pre_goal": "Second", "pre_challenge": "Stays"}


def test_an_answer_that_is_too_long_stays_on_the_page_and_the_others_are_saved(workshop: Workshop) -> None:
    client = begin(workshop)
    long = "Long " * 200
    page = send(client, workshop, "survey", pre_goal=long, pre_ask="Short")
    assert page.status_code == 422
    text = page.content.decode()
    assert "<title>Error:" in text
    assert f'href="#answer-{of(workshop, "pre_goal").pk}"' in text
    assert long.strip() in text
    assert [row.question.key for row in Answer.objects.select_related("question")] == ["pre_ask"]


def test_it_opens_only_once_the_plan_is_published(workshop: Workshop) -> None:
    link = f"/j/{workshop.join_token}/survey/"
    workshop.plan_versions.all().delete()
    assert "There is nothing to answer yet." in words(Client().get(link).content)
    answer = Client().post(link)
    assert answer.status_code == 409
    assert not Attendee.objects.exists()


def test_nothing_is_asked_until_somebody_comes(workshop: Workshop) -> None:
    """So that all of a question may still be changed."""
    assert of(workshop, "pre_goal").status == "draft"
    client = begin(workshop)
    client.get(f"/w/{workshop.pk}/survey/")
    assert set(Question.objects.filter(occasion="survey").values_list("status", flat=True)) == {"open"}
    assert not Question.objects.exclude(occasion="survey").exclude(status="draft").exists()


def test_it_closes_when_the_day_starts_and_keeps_what_was_typed(workshop: Workshop) -> None:
    client = begin(workshop)
    send(client, workshop, "survey", pre_ask="In time")
    address = f"/w/{workshop.pk}/survey/"
    data = hidden(client.get(address).content.decode())
    data |= {field(workshop, "pre_goal"): "A moment too late", field(workshop, "pre_ask"): "In time"}
    services.move_on(workshop=workshop, expect=None, actor=None)
    page = client.post(address, data)
    assert page.status_code == 409
    assert "A moment too late" in page.content.decode()
    assert "These questions are closed: the day has started." in words(page.content)
    assert [row.value for row in Answer.objects.all()] == ["In time"]
    assert Client().post(f"/j/{workshop.join_token}/survey/").status_code == 409


def test_what_was_said_can_be_changed_on_the_day(workshop: Workshop) -> None:
    client = begin(workshop)
    send(client, workshop, "survey", pre_ask="Before")
    services.move_on(workshop=workshop, expect=None, actor=None)
    send(client, workshop, "survey", pre_ask="Put right")
    assert Answer.objects.get().value == "Put right"


def test_a_start_that_is_taken_back_opens_it_again(workshop: Workshop) -> None:
    client = begin(workshop)
    client.get(f"/w/{workshop.pk}/survey/")
    services.move_on(workshop=workshop, expect=None, actor=None)
    assert of(workshop, "pre_goal").status == "closed"
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert of(workshop, "pre_goal").status == "open"
    assert send(client, workshop, "survey", pre_goal="Again").status_code == 302


def test_on_the_day_the_same_phone_is_there_with_one_press(workshop: Workshop) -> None:
    client = begin(workshop)
    send(client, workshop, "survey", name="Ann Ash", pre_ask="Help")
    here = client.get(f"/w/{workshop.pk}/")
    assert (here.status_code, here["Location"]) == (302, f"/j/{workshop.join_code}/")
    assert "Welcome, Ann Ash." in words(client.get(here["Location"]).content)
    assert client.post(here["Location"])["Location"] == f"/w/{workshop.pk}/"
    assert Attendee.objects.get().arrived is True
    phone = client.get(f"/w/{workshop.pk}/").content.decode()
    assert "Help" in phone
    assert "Say who you are" not in phone
    assert 'value="Ann Ash"' in client.get(f"/w/{workshop.pk}/who/").content.decode()


def test_who_only_answered_before_the_day_counts_as_nobody_in_the_room(cast: Cast) -> None:
    before = agenda.Attendee.objects.filter(workshop=cast.workshop).count()
    begin(cast.workshop)
    desk = words(cast.facilitator.get(f"/w/{cast.workshop.pk}/desk/").content)
    assert f"Joined {before} " in desk


@pytest.mark.parametrize("path", ["survey", "survey/thanks"])
def test_without_a_seat_there_is_no_such_page(cast: Cast, path: str) -> None:
    for client in (cast.stranger, cast.outsider, cast.other_attendee, cast.facilitator):
        assert client.get(f"/w/{cast.workshop.pk}/{path}/").status_code == 404


def test_the_plan_shows_the_link_and_how_many_have_replied(workshop: Workshop) -> None:
    owner = browser_of(user_with("ann", workshop, "owner"))
    page = owner.get(f"/w/{workshop.pk}/plan/survey/")
    assert f"/j/{workshop.join_token}/survey/" in page.content.decode()
    assert "0 have replied" in words(page.content)
    for n in range(2):
        send(begin(workshop), workshop, "survey", pre_goal=f"Goal {n}", pre_ask="")
    assert "2 have replied" in words(owner.get(f"/w/{workshop.pk}/plan/survey/").content)
    assert f"/w/{workshop.pk}/plan/survey/" in owner.get(f"/w/{workshop.pk}/plan/").content.decode()


def test_the_thanks_say_what_comes_next(workshop: Workshop) -> None:
    client = begin(workshop)
    page = client.get(f"/w/{workshop.pk}/survey/thanks/")
    assert "Friday 7 February 2020" in words(page.content)
    assert "Newcastle" in words(page.content)
    assert f"/w/{workshop.pk}/plan.ics" in page.content.decode()


def test_no_later_undo_opens_it_again(workshop: Workshop) -> None:
    begin(workshop).get(f"/w/{workshop.pk}/survey/")
    day.begin(workshop, until="data")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert of(workshop, "pre_goal").status == "closed"


def test_the_desk_may_ask_those_who_have_not_answered(workshop: Workshop) -> None:
    client = begin(workshop)
    send(client, workshop, "survey", pre_conf={"confident": "quite"})
    day.begin(workshop)
    owner = browser_of(user_with("ann", workshop, "owner"))
    assert "Ask those who have not answered" in owner.get(f"/w/{workshop.pk}/desk/").content.decode()
    day.ask(workshop, "pre_conf")
    client.post(f"/j/{workshop.join_code}/")
    assert re.search(r'value="quite"\s+checked', client.get(f"/w/{workshop.pk}/").content.decode())
    day.answer(of(workshop, "pre_conf"), {"confident": "very"})
    assert Answer.objects.filter(question__key="pre_conf").count() == 2


def test_the_form_costs_as_many_queries_filled_in_as_empty(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = begin(workshop)
    client.get(f"/w/{workshop.pk}/survey/")  # the first of all opens the questions
    for said in ({"pre_challenge": "Money"}, {"pre_goal": "One view", "pre_ask": "Maps"}):
        with django_assert_num_queries(12):
            client.get(f"/w/{workshop.pk}/survey/")
        send(client, workshop, "survey", **said)

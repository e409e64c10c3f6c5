"""Personal links: made once, stored hashed, opening one seat, and told from one another by nobody else."""

import re

import pytest
from django.test import Client

from agenda.models import Attendee, Audit, Workshop
from feedback import erasing, keeping, survey_links
from feedback.models import Answer
from feedback.survey_models import PersonalLink
from sessions import services
from tests.cast import browser_of, user_with
from tests.feedback.filled_forms import send


@pytest.fixture
def owner(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "owner"))


def make(owner: Client, workshop: Workshop, people: str) -> dict[str, str]:
    """Name -> the path of the link, as the page shows them."""
    page = owner.post(f"/w/{workshop.pk}/plan/survey/links/", {"people": people}).content.decode()
    return {name.strip(): path for name, path in re.findall(r"([^\n>]+)\thttp://[^/]+(/p/[\w-]+)", page)}


def opened(path: str, client: Client | None = None) -> Client:
    client = client or Client()
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    return client


def test_a_link_opens_one_seat_with_its_name(workshop: Workshop, owner: Client) -> None:
    links = make(owner, workshop, "Ann Ash <ann@example.org>\nBo Birch")
    assert set(links) == {"Ann Ash", "Bo Birch"}
    assert not Attendee.objects.exists(), "nobody has a seat until they open it"
    client = Client()
    page = client.get(links["Ann Ash"]).content.decode()
    assert "This link is yours: the organisers can see that you replied." in page
    assert not Attendee.objects.exists(), "what reads mail before its owner does opens no seat"
    opened(links["Ann Ash"], client)
    ann = Attendee.objects.get()
    assert (ann.name, ann.arrived) == ("Ann Ash", False)
    assert 'value="Ann Ash"' in client.get(f"/w/{workshop.pk}/survey/").content.decode()


def test_no_link_and_no_address_is_stored(workshop: Workshop, owner: Client) -> None:
    links = make(owner, workshop, "Ann Ash <ann@example.org>")
    kept = str(list(PersonalLink.objects.values())) + str(list(Audit.objects.values()))
    assert "ann@example.org" not in kept
    assert links["Ann Ash"].removeprefix("/p/") not in kept
    assert links["Ann Ash"] not in owner.get(f"/w/{workshop.pk}/plan/survey/").content.decode()


def test_who_has_replied_is_seen_and_nothing_of_what(workshop: Workshop, owner: Client) -> None:
    links = make(owner, workshop, "Ann Ash\nBo Birch")
    ann, bo = opened(links["Ann Ash"]), opened(links["Bo Birch"])
    send(bo, workshop, "survey", name="Bo Birch")
    send(ann, workshop, "survey", name="Ann Ash", pre_challenge="My own officers")
    page = " ".join(owner.get(f"/w/{workshop.pk}/plan/survey/").content.decode().split())
    assert "1 of 2 with a personal link have replied" in page
    assert "Ann Ash – has replied" in page
    assert "Bo Birch – has opened the link" in page
    assert "My own officers" not in page


def test_on_another_phone_the_link_finds_what_is_kept_with_the_name_and_nothing_else(
    workshop: Workshop, owner: Client
) -> None:
    path = make(owner, workshop, "Ann Ash")["Ann Ash"]
    send(opened(path), workshop, "survey", name="Ann Ash", pre_ask="Maps of drains", pre_challenge="My own officers")
    page = opened(path).get(f"/w/{workshop.pk}/survey/").content.decode()
    assert "Maps of drains" in page
    assert "My own officers" not in page
    assert "What is not kept with your name stays on the phone you said it with." in page
    assert Attendee.objects.count() == 1


def test_a_phone_that_had_a_seat_goes_on_finding_what_it_said(workshop: Workshop, owner: Client) -> None:
    client = Client()
    client.post(f"/j/{workshop.join_token}/survey/")
    send(client, workshop, "survey", pre_challenge="My own officers")
    opened(make(owner, workshop, "Ann Ash")["Ann Ash"], client)
    assert "My own officers" in client.get(f"/w/{workshop.pk}/survey/").content.decode()


def test_a_link_made_anew_takes_the_place_of_the_lost_one(workshop: Workshop, owner: Client) -> None:
    path = make(owner, workshop, "Ann Ash")["Ann Ash"]
    opened(path)
    link = PersonalLink.objects.get()
    page = owner.post(f"/w/{workshop.pk}/plan/survey/links/{link.pk}/anew/").content.decode()
    (again,) = re.findall(r"http://[^/]+(/p/[\w-]+)", page)
    assert Client().get(path).status_code == 404
    opened(again)
    assert Attendee.objects.count() == 1
    assert make(owner, workshop, "ann ash") == {}, "who has a link gets no second one from the list"
    owner.post(f"/w/{workshop.pk}/plan/survey/links/{link.pk}/delete/")
    assert Client().get(again).status_code == 404


def test_after_the_start_no_new_seat_is_opened(workshop: Workshop, owner: Client) -> None:
    links = make(owner, workshop, "Ann Ash\nBo Birch")
    opened(links["Ann Ash"])
    services.move_on(workshop=workshop, expect=None, actor=None)
    assert Client().post(links["Bo Birch"]).status_code == 409
    opened(links["Ann Ash"])
    assert Attendee.objects.count() == 1


@pytest.mark.parametrize("typed", ["", " ; ", "x" * 81])
def test_a_list_of_nobody_is_said(workshop: Workshop, owner: Client, typed: str) -> None:
    page = owner.post(f"/w/{workshop.pk}/plan/survey/links/", {"people": typed})
    assert page.status_code == 422
    assert "<title>Error:" in page.content.decode()
    assert not PersonalLink.objects.exists()


def test_a_person_erased_takes_the_link_along(workshop: Workshop, owner: Client) -> None:
    path = make(owner, workshop, "Ann Ash")["Ann Ash"]
    send(opened(path), workshop, "survey", name="Ann Ash", pre_ask="Maps")
    erasing.erase(Attendee.objects.get())
    assert not PersonalLink.objects.exists()
    assert not Answer.objects.exists()
    assert Client().get(path).status_code == 404


def test_links_go_with_the_names_of_the_day(workshop: Workshop, owner: Client) -> None:
    make(owner, workshop, "Ann Ash\nBo Birch")
    keeping.delete_all(workshop=workshop)
    assert not PersonalLink.objects.exists()


def test_a_rehearsal_begun_again_has_no_replies(workshop: Workshop, owner: Client) -> None:
    path = make(owner, workshop, "Ann Ash")["Ann Ash"]
    send(opened(path), workshop, "survey", pre_ask="Maps")
    Workshop.objects.filter(pk=workshop.pk).update(rehearsal=True)
    workshop.refresh_from_db()
    services.begin_again(workshop=workshop, actor=None)
    assert PersonalLink.objects.get().replied is False
    assert survey_links.find(path.removeprefix("/p/")) is not None


@pytest.mark.parametrize("press", ["anew", "delete"])
def test_a_link_that_goes_between_its_page_and_its_button_opens_nothing(
    workshop: Workshop, owner: Client, press: str
) -> None:
    """The desk was faster: whoever pressed waits for the lock of the day, and by then the link is another or none."""
    path = make(owner, workshop, "Ann Ash")["Ann Ash"]
    link = PersonalLink.objects.get()
    owner.post(f"/w/{workshop.pk}/plan/survey/links/{link.pk}/{press}/")
    assert survey_links.open_with(workshop=workshop, token=path.removeprefix("/p/"), held=None) is None
    assert not Attendee.objects.exists()

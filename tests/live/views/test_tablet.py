"""A shared tablet: one seat after the other, and nothing of the one before."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from agenda import seat as seats
from agenda.models import Attendee, Audit, Workshop
from feedback.models import Answer
from sessions import tablets
from sessions.models import Tablet
from tests.cast import browser_of, newcastle, phone_in, user_with
from tests.live import day

from .test_phone import fields

SECRET = "The first one's own words"


def opened(workshop: Workshop, client: Client | None = None) -> Client:
    """A browser that is a shared tablet of the day."""
    client = client or Client()
    token = tablets.make_link(workshop=workshop, actor=None)
    assert client.post(f"/t/{token}").headers["Location"] == f"/w/{workshop.pk}/tablet/"
    return client


def held(client: Client, workshop: Workshop) -> seats.Seat | None:
    return seats.read({name: cookie.value for name, cookie in client.cookies.items()}, workshop.pk)


def take_a_seat(client: Client, workshop: Workshop) -> seats.Seat:
    assert client.post(f"/w/{workshop.pk}/tablet/").headers["Location"] == f"/w/{workshop.pk}/"
    seat = held(client, workshop)
    assert seat
    return seat


def send(client: Client, workshop: Workshop, words: str) -> HttpResponse:
    page = client.get(f"/w/{workshop.pk}/").text
    return client.post(f"/w/{workshop.pk}/answers/", fields(page) | {"value": words})  # type: ignore[return-value]


def test_looking_at_a_tablets_link_changes_nothing_and_it_opens_one_tablet(workshop: Workshop) -> None:
    desk = browser_of(user_with("facilitator", workshop, "facilitator"))
    page = desk.post(f"/w/{workshop.pk}/people/tablets/").text
    address = re.search(r'value="http[^"]*(/t/[\w-]+)"', page)
    assert address
    for _ in range(2):
        assert "Use this device as a shared tablet" in Client().get(address[1]).text
    assert Client().post(address[1]).status_code == 302
    assert [Client().get(address[1]).status_code, Client().post(address[1]).status_code] == [404, 404]
    assert address[1] not in desk.get(f"/w/{workshop.pk}/people/").text
    assert Tablet.objects.get().token_hash not in address[1]
    assert [row.kind for row in Audit.objects.all()] == ["tablet link made"]


def test_a_tablet_takes_the_seat_away_that_was_on_it(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    opened(workshop, phone.client)
    assert held(phone.client, workshop) is None
    assert "Ready for the next person" in phone.client.get(f"/w/{workshop.pk}/tablet/").text


def test_a_tablet_works_like_a_phone(workshop: Workshop) -> None:
    tablet = opened(workshop)
    assert tablet.get(f"/w/{workshop.pk}/").status_code == 404
    assert Attendee.objects.count() == 0
    take_a_seat(tablet, workshop)
    day.begin(workshop)
    asked = day.ask(workshop, "sum_insights")
    page = tablet.get(f"/w/{workshop.pk}/").text
    assert "Hand to next person" in page
    assert "Hand to next person" not in phone_in(workshop).client.get(f"/w/{workshop.pk}/").text
    assert send(tablet, workshop, SECRET).status_code == 302
    assert Answer.objects.get().question == asked
    assert tablet.get(f"/w/{workshop.pk}/tablet/").headers["Location"] == f"/w/{workshop.pk}/"


def test_the_next_person_neither_sees_nor_changes_what_was_said_before(workshop: Workshop) -> None:
    tablet = opened(workshop)
    first = take_a_seat(tablet, workshop)
    tablet.post(f"/w/{workshop.pk}/who/", {"name": "Ann Ash", "council": "Exampleshire"})
    tablet.post(f"/w/{workshop.pk}/agree/")
    day.begin(workshop)
    day.ask(workshop, "sum_insights")
    send(tablet, workshop, SECRET)
    before = {name: cookie.value for name, cookie in tablet.cookies.items()}
    token = tablet.get(f"/w/{workshop.pk}/").cookies["csrftoken"].value
    reply = tablet.post(f"/w/{workshop.pk}/tablet/next/")
    assert reply.headers["Location"] == f"/w/{workshop.pk}/tablet/"
    assert held(tablet, workshop) is None
    assert tablet.get(f"/w/{workshop.pk}/mine/").status_code == 404
    assert tablet.get(reply.headers["Location"]).status_code == 200
    second = take_a_seat(tablet, workshop)
    assert second.attendee_id != first.attendee_id
    assert second.secret != first.secret
    pages = "".join(tablet.get(f"/w/{workshop.pk}/{path}").text for path in ("", "who/", "mine/", "mine/list/"))
    ids = [first.secret, str(first.attendee_id), str(Answer.objects.get().pk)]
    for trace in [SECRET, "Ann Ash", "Exampleshire", *ids]:
        assert trace not in unescape(pages)
    assert '"agreed": false' in pages
    assert send(tablet, workshop, "The second one's").status_code == 302
    assert sorted(Answer.objects.values_list("value", flat=True)) == [SECRET, "The second one's"]
    kept = {name for name, cookie in tablet.cookies.items() if cookie.value == before.get(name)}
    assert kept <= {f"tablet-{workshop.pk}"}
    assert tablet.cookies["csrftoken"].value != token


def test_an_answer_that_was_under_way_as_the_tablet_went_on_leaves_no_token_of_that_person(workshop: Workshop) -> None:
    tablet = opened(workshop)
    take_a_seat(tablet, workshop)
    token = tablet.get(f"/w/{workshop.pk}/").cookies["csrftoken"].value
    tablet.post(f"/w/{workshop.pk}/tablet/next/", headers={"X-Live": "1"})
    tablet.cookies["csrftoken"] = token  # what that answer brings
    assert tablet.get(f"/w/{workshop.pk}/tablet/").cookies["csrftoken"].value != token


def test_handing_on_asks_once_more_without_a_script(workshop: Workshop) -> None:
    tablet = opened(workshop)
    seat = take_a_seat(tablet, workshop)
    page = tablet.get(f"/w/{workshop.pk}/tablet/next/").text
    assert "What you have written and not sent is lost. To send it, go back first." in page
    assert held(tablet, workshop) == seat


def test_a_script_is_told_where_to_go(workshop: Workshop) -> None:
    tablet = opened(workshop)
    take_a_seat(tablet, workshop)
    reply = tablet.post(f"/w/{workshop.pk}/tablet/next/", headers={"X-Live": "1"})
    assert (reply.status_code, reply["X-Live"]) == (200, "1")
    assert reply.json() == {"url": f"/w/{workshop.pk}/tablet/"}
    assert held(tablet, workshop) is None
    assert "Clear-Site-Data" not in reply


def test_over_an_encrypted_line_the_browser_is_asked_to_forget_as_well(workshop: Workshop) -> None:
    tablet = opened(workshop)
    reply = tablet.post(f"/w/{workshop.pk}/tablet/next/", secure=True, headers={"X-Live": "1"})
    assert reply["Clear-Site-Data"] == '"cache", "storage"'


def test_a_tablet_that_was_taken_away_hands_nothing_on(workshop: Workshop) -> None:
    tablet = opened(workshop)
    take_a_seat(tablet, workshop)
    desk = browser_of(user_with("facilitator", workshop, "facilitator"))
    page = desk.get(f"/w/{workshop.pk}/people/").text
    (address,) = re.findall(r'action="([^"]*/revoke/)"', page)
    for _ in range(2):
        desk.post(address)
    assert [tablet.post(f"/w/{workshop.pk}/tablet/{path}").status_code for path in ("", "next/")] == [404, 404]
    assert "Hand to next person" not in tablet.get(f"/w/{workshop.pk}/").text
    assert [row.kind for row in Audit.objects.order_by("pk")] == ["tablet link made", "tablet revoked"]


@pytest.mark.parametrize("forged", ["", "nonsense", "f722b841-7d15-4490-89e9-d6da7f1a6360", "tablet"])
def test_only_a_cookie_of_ours_and_of_this_day_makes_a_tablet(workshop: Workshop, forged: str) -> None:
    there = newcastle("another-day")
    other = opened(there)
    client = Client()
    value = other.cookies[f"tablet-{there.pk}"].value if forged == "tablet" else forged
    client.cookies[f"tablet-{workshop.pk}"] = value
    assert client.get(f"/w/{workshop.pk}/tablet/").status_code == 404
    assert client.post(f"/w/{workshop.pk}/tablet/").status_code == 404
    assert not Attendee.objects.exists()


def test_a_tablet_between_two_people_is_no_seat(workshop: Workshop) -> None:
    tablet = opened(workshop)
    for _ in range(2):
        take_a_seat(tablet, workshop)
        tablet.post(f"/w/{workshop.pk}/tablet/next/")
    assert list(Attendee.objects.values_list("device", flat=True)) == ["tablet", "tablet"]


def test_who_you_are_is_not_remembered_by_a_tablets_browser(workshop: Workshop) -> None:
    tablet = opened(workshop)
    take_a_seat(tablet, workshop)
    assert re.findall(r'autocomplete="(\w+)"', tablet.get(f"/w/{workshop.pk}/who/").text) == ["off", "off"]

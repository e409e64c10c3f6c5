"""Coming in by phone: a typed code, a scanned link, one press, and a name if one likes."""

import pytest
from django.test import Client
from django.utils import timezone

from agenda.models import Attendee, Workshop
from agenda.seat import read
from tests.cast import newcastle, phone_in

UNKNOWN = "No day has this code. Look at the screen again: six letters, never an I, an L or an O."


@pytest.fixture
def phone() -> Client:
    return Client()


def cookies(phone: Client) -> dict[str, str]:
    return {name: cookie.value for name, cookie in phone.cookies.items()}


@pytest.mark.parametrize(
    "typed", ["{}", " {} ", "{0[0]} {0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}"]
)
def test_a_code_is_found_however_it_is_typed(workshop: Workshop, phone: Client, typed: str) -> None:
    newcastle("another-day")
    for code in (workshop.join_code, workshop.join_code.lower()):
        found = phone.post("/", {"code": typed.format(code)})
        assert (found.status_code, found["Location"]) == (302, f"/j/{workshop.join_code}/")
    assert Attendee.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("zzzzzz", UNKNOWN),
        ("no such <b>code</b>", UNKNOWN),
        ("-", UNKNOWN),
        ("", "Type the six letters shown on the screen in the room."),
        ("x" * 41, "at most 40 characters"),
    ],
)
def test_an_unknown_code_is_said_and_kept_on_the_page(
    workshop: Workshop, phone: Client, typed: str, sentence: str
) -> None:
    page = phone.post("/", {"code": typed, "csrfmiddlewaretoken": "x"})
    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert "<title>Error:" in text
    if typed:
        kept = typed.replace("<", "&lt;").replace(">", "&gt;")
        assert f'value="{kept}"' in text


def test_the_id_of_a_day_is_no_code(workshop: Workshop, phone: Client) -> None:
    assert UNKNOWN in phone.post("/", {"code": workshop.pk}).content.decode()
    assert phone.get(f"/j/{workshop.pk}/").status_code == 404


@pytest.mark.parametrize("way_in", ["join_code", "join_token"])
def test_one_press_makes_a_seat(workshop: Workshop, phone: Client, way_in: str) -> None:
    path = f"/j/{getattr(workshop, way_in)}/"
    page = phone.get(path).content.decode()
    assert workshop.title in page
    assert "No name, no account and no app needed" in page
    joined = phone.post(path)
    assert joined["Location"] == f"/w/{workshop.pk}/"
    seat = read(cookies(phone), workshop.pk)
    assert seat is not None
    assert seat.attendee_id == Attendee.objects.get(workshop=workshop).pk
    assert phone.get(joined["Location"]).status_code == 200


def test_looking_at_the_join_page_makes_no_seat(workshop: Workshop, phone: Client) -> None:
    for _ in range(3):
        phone.get(f"/j/{workshop.join_code}/")
    assert Attendee.objects.count() == 0
    assert not [name for name in phone.cookies if name.startswith(("seat", "answers"))]


def test_joining_twice_on_one_phone_is_one_seat(workshop: Workshop, phone: Client) -> None:
    paths = [f"/j/{workshop.join_code}/", f"/j/{workshop.join_token}/", f"/j/{workshop.join_code}/"]
    led_to = [phone.post(path)["Location"] for path in paths]
    kept = cookies(phone)
    assert led_to == [f"/w/{workshop.pk}/"] * 3
    assert Attendee.objects.count() == 1
    assert phone.get(paths[0])["Location"] == f"/w/{workshop.pk}/"
    assert cookies(phone) == kept


def test_one_phone_may_hold_seats_of_two_days(workshop: Workshop, phone: Client) -> None:
    other = newcastle("another-day")
    for day in (workshop, other):
        phone.post(f"/j/{day.join_code}/")
    here, there = (read(cookies(phone), day.pk) for day in (workshop, other))
    assert here is not None
    assert there is not None
    assert here.secret != there.secret
    assert Attendee.objects.count() == 2


def test_somebody_whose_seat_was_taken_away_may_join_again(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    Attendee.objects.update(revoked_at=timezone.now())
    phone.client.post(f"/j/{workshop.join_code}/")
    seat = read(cookies(phone.client), workshop.pk)
    assert seat is not None
    assert seat.attendee_id != phone.seat.attendee_id
    assert seat.secret != phone.seat.secret


def test_an_old_code_leads_nowhere(workshop: Workshop, phone: Client) -> None:
    old = (workshop.join_code, workshop.join_token)
    workshop.join_code, workshop.join_token = "ZZZZZZ", "a-new-token"
    workshop.save()
    for way_in in old:
        assert phone.get(f"/j/{way_in}/").status_code == phone.post(f"/j/{way_in}/").status_code == 404
    assert Attendee.objects.count() == 0


def test_saying_who_one_is_is_kept(workshop: Workshop) -> None:
    phone, other = phone_in(workshop), phone_in(workshop)
    sent = {"name": "Ann Ash", "council": "North Council", "role": "councillor"}
    answer = phone.client.post(f"/w/{workshop.pk}/who/", sent)
    assert answer["Location"] == f"/w/{workshop.pk}/"
    rows = {row.pk: (row.name, row.council, row.role) for row in Attendee.objects.all()}
    assert rows == {phone.attendee.pk: ("Ann Ash", "North Council", "councillor"), other.attendee.pk: ("", "", "")}
    page = phone.client.get(f"/w/{workshop.pk}/who/").content.decode()
    assert all(f'value="{text}"' in page for text in ("Ann Ash", "North Council"))
    assert "checked" in page


def test_what_was_typed_stays_when_something_has_to_be_put_right(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    sent = {"name": "N" * 81, "council": "North <Council>", "role": "officer"}
    page = phone.client.post(f"/w/{workshop.pk}/who/", sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert "There is something to put right" in text
    assert f'value="{"N" * 81}"' in text
    assert 'value="North &lt;Council&gt;"' in text
    assert text.count("checked") == 1
    assert Attendee.objects.values_list("name", "council", "role").get() == ("", "", "")


@pytest.mark.parametrize("role", ["owner", "facilitator", "Councillor", "x" * 13])
def test_nobody_says_they_are_what_is_not_on_the_page(workshop: Workshop, role: str) -> None:
    phone = phone_in(workshop)
    page = phone.client.post(f"/w/{workshop.pk}/who/", {"name": "Ann", "role": role, "workshop": "x", "id": "y"})
    assert page.status_code == 422
    assert Attendee.objects.values_list("name", "role", "workshop").get() == ("", "", workshop.pk)


def test_a_form_cannot_move_a_seat(workshop: Workshop) -> None:
    """Only the three fields of the page are read, whatever else is sent."""
    phone, other = phone_in(workshop), newcastle("another-day")
    sent = {
        "name": "Ann",
        "workshop": other.pk,
        "revoked_at": "2020-01-01",
        "id": "00000000-0000-4000-8000-000000000000",
    }
    phone.client.post(f"/w/{workshop.pk}/who/", sent)
    kept = Attendee.objects.values_list("pk", "name", "workshop", "revoked_at").get()
    assert kept == (phone.attendee.pk, "Ann", workshop.pk, None)

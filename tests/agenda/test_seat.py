"""The two cookies of a phone: signed, of one day, and of no use when anything about them is changed."""

import uuid
from http.cookies import Morsel

import pytest
from django.core.signing import Signer
from django.http import HttpResponse
from pytest_django import Settings

from agenda.seat import Seat, keep, new_secret, read

DAY, OTHER_DAY = "k3wq8mzp2a", "another234"
SEAT = Seat(uuid.UUID("0c5f9a52-6a1e-4b7e-9d0c-3f1d2b8a7e64"), new_secret())


def cookies(day: str = DAY, seat: Seat = SEAT) -> "dict[str, Morsel[str]]":
    response = HttpResponse()
    keep(response, day, seat)
    return dict(response.cookies)


def sent(day: str = DAY, seat: Seat = SEAT) -> dict[str, str]:
    """As the browser sends them back."""
    return {name: cookie.value for name, cookie in cookies(day, seat).items()}


def test_a_seat_is_read_as_it_was_kept() -> None:
    assert read(sent(), DAY) == SEAT
    assert read({**sent(), **sent(OTHER_DAY, Seat(uuid.uuid4(), "other")), "theme": "dark"}, DAY) == SEAT


def test_no_cookies_no_seat() -> None:
    assert read({}, DAY) is None


@pytest.mark.parametrize("name", [f"seat-{DAY}", f"answers-{DAY}"])
def test_both_cookies_are_needed(name: str) -> None:
    held = sent()
    del held[name]
    assert read(held, DAY) is None


@pytest.mark.parametrize("name", [f"seat-{DAY}", f"answers-{DAY}"])
def test_any_changed_letter_spoils_the_seat(name: str) -> None:
    value = sent()[name]
    for place, letter in enumerate(value):
        other = value[:place] + ("a" if letter != "a" else "b") + value[place + 1 :]
        assert read({**sent(), name: other}, DAY) is None, other


@pytest.mark.parametrize("text", ["", ":", "x", str(SEAT.attendee_id), f"{SEAT.attendee_id}:", "é:é", "\x00"])
def test_what_is_not_signed_is_no_seat(text: str) -> None:
    assert read({**sent(), f"seat-{DAY}": text}, DAY) is None
    assert read({**sent(), f"answers-{DAY}": text}, DAY) is None


def test_a_seat_of_another_day_is_none_here() -> None:
    there = sent(OTHER_DAY)
    assert read(there, DAY) is None
    renamed = {name.replace(OTHER_DAY, DAY): value for name, value in there.items()}
    assert read(renamed, DAY) is None


def test_one_cookie_does_not_stand_in_for_the_other() -> None:
    held = sent()
    assert read({f"seat-{DAY}": held[f"answers-{DAY}"], f"answers-{DAY}": held[f"seat-{DAY}"]}, DAY) is None
    assert read({**held, f"answers-{DAY}": held[f"seat-{DAY}"]}, DAY) is None


def test_what_we_signed_that_is_no_seat_is_none() -> None:
    signed = Signer(salt=f"seat:{DAY}").sign("not an id")
    assert read({**sent(), f"seat-{DAY}": signed}, DAY) is None


def test_another_installation_cannot_sign_ours(settings: Settings) -> None:
    held = sent()
    settings.SECRET_KEY = "a key of another installation, long enough"
    assert read(held, DAY) is None
    settings.SECRET_KEY_FALLBACKS = ["nor this one, which nobody signed with"]
    assert read(held, DAY) is None


def test_a_seat_outlives_a_change_of_key(settings: Settings) -> None:
    held, old = sent(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key, which is long enough too", [old]
    assert read(held, DAY) == SEAT


def test_scripts_and_other_sites_never_see_the_cookies() -> None:
    for cookie in cookies().values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert (cookie["secure"], cookie["domain"]) == ("", "")
        assert cookie["max-age"] == 60 * 24 * 60 * 60


def test_hosted_the_cookies_are_bound_to_the_host_and_to_https(settings: Settings) -> None:
    settings.HOSTED = True
    kept = cookies()
    assert set(kept) == {f"__Host-seat-{DAY}", f"__Host-answers-{DAY}"}
    for cookie in kept.values():
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert read(sent(), DAY) == SEAT
    plain = {name.removeprefix("__Host-"): value for name, value in sent().items()}
    assert read(plain, DAY) is None


def test_neither_cookie_tells_the_other() -> None:
    """The seat says who; the secret finds the answers. Whoever has one has nothing of the other."""
    held = sent()
    assert SEAT.secret not in held[f"seat-{DAY}"]
    assert str(SEAT.attendee_id) not in held[f"answers-{DAY}"]

"""What a projector's cookie and a sign-in are worth to a socket, which passes no middleware."""

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from agenda.models import Workshop
from sessions import pairing, services
from sessions.models import PairedScreen
from tests.cast import browser_of, newcastle, user_with


def held(screen: PairedScreen) -> dict[str, str]:
    """The cookies of the browser that was given this pairing."""
    response = HttpResponse()
    pairing.keep(response, screen)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def sent(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


def test_a_screen_may_show_the_day_whose_desk_typed_its_digits_and_no_other(workshop: Workshop) -> None:
    screen, other = pairing.ask(), newcastle("another-day")
    cookies = held(screen)
    assert not pairing.may_show(cookies, workshop.pk)
    services.pair_screen(workshop=workshop, digits=screen.digits, actor=None)
    assert pairing.may_show(cookies, workshop.pk)
    assert not pairing.may_show(cookies, other.pk)
    PairedScreen.objects.update(revoked_at=timezone.now())
    assert not pairing.may_show(cookies, workshop.pk)


def test_only_a_cookie_of_our_own_names_a_pairing(workshop: Workshop) -> None:
    screen = pairing.ask()
    services.pair_screen(workshop=workshop, digits=screen.digits, actor=None)
    name, own = next(iter(held(screen).items()))
    forged = [
        str(screen.pk),
        f"{screen.pk}:x",
        Signer(salt="seat").sign(str(screen.pk)),
        f"{uuid.uuid4()}:{own[37:]}",
        "",
    ]
    assert pairing.of({name: own}) == screen
    assert [pairing.of({name: cookie}) for cookie in forged] == [None] * len(forged)
    assert pairing.of({}) is None


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(workshop: Workshop) -> None:
    response = HttpResponse()
    pairing.keep(response, pairing.ask())
    morsel = response.cookies[pairing.COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")


def test_no_two_waiting_screens_show_the_same_digits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda below: next(drawn))
    assert [pairing.ask().digits, pairing.ask().digits] == ["0007", "0008"]


def test_a_sign_in_is_worth_what_it_is_worth_now(db: None) -> None:
    asha = user_with("asha")
    browser = browser_of(asha)
    assert pairing.signed_in(sent(browser)) == asha
    asha.set_password("another-long-password")
    asha.save()
    assert pairing.signed_in(sent(browser)) is None


def test_nobody_is_signed_in_by_a_session_that_ended_or_an_account_that_was_closed(db: None) -> None:
    asha, bob = user_with("asha"), user_with("bob")
    ashas, bobs = browser_of(asha), browser_of(bob)
    asha.is_active = False
    asha.save()
    assert pairing.signed_in(sent(ashas)) is None
    assert pairing.signed_in(sent(bobs)) == bob
    Session.objects.update(expire_date=timezone.now())
    assert pairing.signed_in(sent(bobs)) is None
    assert pairing.signed_in({"sessionid": "garbage"}) is None
    assert pairing.signed_in({}) is None

"""Coming in with an account: by a link that a press uses up, or by a name and a password."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from agenda.models import Audit, Membership, SignInLink, User, Workshop
from agenda.sign_in import make_link
from tests.cast import newcastle, user_with

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CLOSED = "There were too many wrong passwords for this name."


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def owner(workshop: Workshop) -> User:
    return user_with("owner", workshop, "owner")


def is_in(browser: Client) -> bool:
    return "Your days" in browser.get("/staff/", follow=True).content.decode()


def address(user: User) -> str:
    return f"/in/{make_link(user=user, now=timezone.now())}"


def try_password(browser: Client, name: str, password: str = "a wrong password") -> int:
    return browser.post("/sign-in/", {"username": name, "password": password}).status_code


def test_looking_at_a_link_changes_nothing(browser: Client, owner: User) -> None:
    """Mail scanners and chat previews look at every link."""
    link = address(owner)
    for _ in range(3):
        page = browser.get(link).content.decode()
        assert "This link signs you in on this computer. It works once." in page
    assert "owner" not in page
    assert not is_in(browser)
    assert SignInLink.objects.get().used_at is None
    assert Audit.objects.count() == 0
    assert browser.post(link).status_code == 302


def test_a_link_signs_in_once_and_leads_to_the_desk(browser: Client, owner: User, workshop: Workshop) -> None:
    link = address(owner)
    assert browser.post(link)["Location"] == f"/w/{workshop.pk}/desk/"
    assert is_in(browser)
    assert Audit.objects.get(kind="sign-in").user == owner
    again = Client()
    refused = again.post(link)
    assert refused.status_code == 410
    assert "This sign-in link has been used already" in refused.content.decode()
    assert not is_in(again)


def test_with_two_days_to_run_a_link_leads_to_the_list(browser: Client, owner: User) -> None:
    Membership.objects.create(workshop=newcastle("another-day"), user=owner, role="facilitator")
    assert browser.post(address(owner))["Location"] == "/staff/"


def test_who_runs_no_day_is_led_to_the_list(browser: Client, workshop: Workshop) -> None:
    scribe = user_with("scribe", workshop, "scribe")
    assert browser.post(address(scribe))["Location"] == "/staff/"


def test_a_link_nobody_made_says_what_a_used_one_says(browser: Client, owner: User) -> None:
    link = address(owner)
    Client().post(link)
    pages = [browser.post(path) for path in (link, "/in/nonsense")]
    assert [page.status_code for page in pages] == [410, 410]
    assert pages[0].content == pages[1].content
    assert not is_in(browser)


def test_signing_in_gives_the_browser_a_new_session(browser: Client, owner: User) -> None:
    """A session that somebody else planted is not the one that is signed in."""
    session = browser.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    browser.post(address(owner))
    assert browser.session.session_key != planted
    assert is_in(browser)


def test_a_name_and_its_password_sign_in(browser: Client, owner: User) -> None:
    assert "Sign in" in browser.get("/sign-in/").content.decode()
    done = browser.post("/sign-in/", {"username": "owner", "password": "owner-long-password"})
    assert done["Location"] == "/staff/"
    assert is_in(browser)
    assert Audit.objects.get(kind="sign-in").user == owner


@pytest.mark.parametrize("next_page", ["https://example.org/", "//example.org/", "javascript:alert(1)", "http:///x"])
def test_signing_in_never_leads_away(browser: Client, owner: User, next_page: str) -> None:
    sent = {"username": "owner", "password": "owner-long-password", "next": next_page}
    assert browser.post("/sign-in/", sent)["Location"] == "/staff/"


def test_a_wrong_password_and_a_wrong_name_look_the_same(browser: Client, owner: User) -> None:
    pages = [
        browser.post("/sign-in/", {"username": name, "password": "a wrong password"}).content.decode()
        for name in ("owner", "nobody")
    ]
    here, nowhere = (re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page) for page in pages)
    assert "There is something to put right" in here
    assert 'value="owner"' in here
    assert here.replace("owner", "nobody") == nowhere
    assert not is_in(browser)


def test_ten_wrong_passwords_close_a_name_for_a_quarter_of_an_hour(browser: Client, owner: User) -> None:
    right = {"username": "owner", "password": "owner-long-password"}
    with time_machine.travel(NOW, tick=False) as time:
        assert [try_password(browser, "owner") for _ in range(10)] == [200] * 10
        closed = browser.post("/sign-in/", right)
        assert closed.status_code == 429
        assert f"{CLOSED} Wait a quarter of an hour, or use a sign-in link." in closed.content.decode()
        assert not is_in(browser)
        time.shift(15 * MINUTE - timedelta(seconds=1))
        assert browser.post("/sign-in/", right).status_code == 429
        time.shift(timedelta(seconds=1))
        assert browser.post("/sign-in/", right).status_code == 302
    assert is_in(browser)


def test_another_name_is_not_closed_from_the_same_address(browser: Client, owner: User, workshop: Workshop) -> None:
    """A whole hall shares one address."""
    user_with("staff", workshop, "viewer")
    for _ in range(11):
        last = try_password(browser, "owner")
    assert last == 429
    assert browser.post("/sign-in/", {"username": "staff", "password": "staff-long-password"}).status_code == 302


def test_a_link_opens_while_the_name_is_closed(browser: Client, owner: User) -> None:
    for _ in range(10):
        try_password(browser, "owner")
    browser.post(address(owner))
    assert is_in(browser)


def test_no_other_way_to_write_a_name_gives_more_tries(browser: Client, owner: User) -> None:
    ways = ["owner", "owner ", "\u00a0owner", "OWNER", "ｏｗｎｅｒ"]
    assert [try_password(browser, way) for way in ways * 2] == [200] * 10
    assert [try_password(browser, way) for way in ways] == [429] * 5


def test_what_was_typed_as_a_name_is_not_written_down(browser: Client, owner: User) -> None:
    """People type their password into the wrong field."""
    try_password(browser, "my secret phrase")
    assert "my secret phrase" not in str(list(Audit.objects.values()))
    assert Audit.objects.get().kind == "sign-in refused"


@pytest.mark.parametrize("name", ["", "x" * 300, "é\x00"])
def test_a_name_that_cannot_be_one_is_refused_like_any_other(browser: Client, owner: User, name: str) -> None:
    assert try_password(browser, name) == 200
    assert not is_in(browser)


def test_whoever_is_not_signed_in_is_asked_to(browser: Client, db: None) -> None:
    assert browser.get("/staff/")["Location"] == "/sign-in/"

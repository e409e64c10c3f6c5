"""A sign-in link opens once, within ten minutes, and is never kept in the clear."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from agenda.models import Audit, SignInLink, User
from agenda.sign_in import LinkRefused, make_link, note_wrong_try, use_link

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def facilitator(db: None) -> User:
    return User.objects.create(username="facilitator")


def test_a_link_signs_in_the_person_it_was_made_for(facilitator: User) -> None:
    User.objects.create(username="somebody else")
    assert use_link(token=make_link(user=facilitator, now=NOW), now=NOW) == facilitator


def test_a_link_works_once(facilitator: User) -> None:
    token = make_link(user=facilitator, now=NOW)
    use_link(token=token, now=NOW)
    with pytest.raises(LinkRefused, match="used already or is more than ten minutes old"):
        use_link(token=token, now=NOW)


def test_a_link_is_good_for_ten_minutes(facilitator: User) -> None:
    early, late = make_link(user=facilitator, now=NOW), make_link(user=facilitator, now=NOW)
    assert use_link(token=early, now=NOW + timedelta(minutes=9, seconds=59)) == facilitator
    with pytest.raises(LinkRefused):
        use_link(token=late, now=NOW + timedelta(minutes=10))


@pytest.mark.parametrize("token", ["", "nonsense", "é" * 4000])
def test_a_link_nobody_made_opens_nothing(facilitator: User, token: str) -> None:
    make_link(user=facilitator, now=NOW)
    with pytest.raises(LinkRefused):
        use_link(token=token, now=NOW)


def test_a_closed_account_is_not_signed_in(facilitator: User) -> None:
    token = make_link(user=facilitator, now=NOW)
    User.objects.update(is_active=False)
    with pytest.raises(LinkRefused):
        use_link(token=token, now=NOW)


def test_the_database_never_holds_the_token(facilitator: User) -> None:
    token = make_link(user=facilitator, now=NOW)
    assert [link.token_hash for link in SignInLink.objects.all()] != [token]
    assert token not in str(list(SignInLink.objects.values()))


def test_a_new_link_clears_away_those_past_their_time(facilitator: User) -> None:
    make_link(user=facilitator, now=NOW - timedelta(minutes=10))
    fresh = make_link(user=facilitator, now=NOW - timedelta(minutes=1))
    make_link(user=facilitator, now=NOW)
    assert SignInLink.objects.count() == 2
    assert use_link(token=fresh, now=NOW) == facilitator


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_sign_in_one(facilitator: User) -> None:
    token, together = make_link(user=facilitator, now=NOW), Barrier(2)

    def press(_: int) -> bool:
        together.wait(10)
        try:
            return use_link(token=token, now=NOW) == facilitator
        except LinkRefused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as presses:
        assert sorted(presses.map(press, range(2))) == [False, True]


@pytest.mark.django_db
def test_wrong_tries_are_forgotten_after_a_quarter_of_an_hour_and_nothing_else_is() -> None:
    Audit.objects.create(kind="sign-in", at=NOW - timedelta(days=1))
    note_wrong_try(name="owner", now=NOW - timedelta(minutes=15))
    note_wrong_try(name="owner", now=NOW - timedelta(minutes=14))
    note_wrong_try(name="owner", now=NOW)
    assert list(Audit.objects.values_list("kind", flat=True)) == ["sign-in", *["sign-in refused"] * 2]

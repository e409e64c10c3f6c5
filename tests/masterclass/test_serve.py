"""What happens before the first phone connects, and what the terminal says then."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from agenda.models import Membership, SignInLink, User, Workshop
from agenda.sign_in import use_link
from masterclass import prepare
from masterclass.management.commands.serve import port_number
from masterclass.welcome import own_address, qr_code, room_address, welcome, workshop_to_show

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def said(**changes: Any) -> str:
    return welcome(**{"host": "192.168.7.7", "port": 8000, "now": NOW, "colour": False} | changes)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_is_named_with_a_way_out(taken: int, host: str) -> None:
    with pytest.raises(prepare.CannotStart, match=rf"Port {taken} is taken.*PORT={taken + 1}"):
        prepare.check_port(host=host, port=taken)


def test_a_free_port_is_left_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    prepare.check_port(host="127.0.0.1", port=port)
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.parametrize("host", ["203.0.113.9", "2001:db8::9", "no-such-name.invalid"])
def test_a_host_of_another_computer_is_named(host: str) -> None:
    with pytest.raises(prepare.CannotStart, match=f"HOST is {host}"):
        prepare.check_port(host=host, port=8000)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eighty", "80.5", ""])
def test_a_port_is_a_number_from_1_to_65535(text: str) -> None:
    with pytest.raises(Exception, match="1 to 65535"):
        port_number(text)
    assert port_number("65535") == 65535


@pytest.mark.django_db
def test_a_database_of_this_version_is_accepted() -> None:
    prepare.check_database_not_newer()


@pytest.mark.django_db
def test_a_database_from_a_newer_version_is_refused() -> None:
    MigrationRecorder(connection).record_applied("agenda", "0999_from_tomorrow")
    with pytest.raises(
        prepare.CannotStart, match=r"newer version.*agenda\.0999_from_tomorrow.*nothing has been changed"
    ):
        prepare.check_database_not_newer()


@pytest.mark.django_db
def test_the_first_start_makes_a_workshop_and_a_facilitator_who_owns_it() -> None:
    prepare.make_first_workshop()
    membership = Membership.objects.get()
    assert (membership.workshop, membership.role) == (Workshop.objects.get(), Membership.Role.OWNER)
    assert membership.user.username == "facilitator"
    assert not membership.user.has_usable_password()


@pytest.mark.django_db
def test_a_later_start_makes_nothing() -> None:
    prepare.make_first_workshop()
    prepare.make_first_workshop()
    assert (Workshop.objects.count(), User.objects.count(), Membership.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_nobody_is_made_where_there_are_accounts_already() -> None:
    User.objects.create(username="asha")
    prepare.make_first_workshop()
    assert [user.username for user in User.objects.all()] == ["asha"]
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_the_welcome_says_where_everybody_comes_in() -> None:
    prepare.make_first_workshop()
    text, workshop = said(), Workshop.objects.get()
    assert "http://localhost:8000/screen/" in text
    assert "http://192.168.7.7:8000/\n" in text
    assert workshop.join_code in text
    token = text.partition("http://localhost:8000/in/")[2].split()[0]
    assert use_link(token=token, now=NOW + timedelta(minutes=9)).username == "facilitator"


@pytest.mark.django_db
def test_the_only_qr_code_is_the_phones_own() -> None:
    prepare.make_first_workshop()
    text, drawing = said(), qr_code(f"http://192.168.7.7:8000/j/{Workshop.objects.get().join_token}/", colour=False)
    assert text.rstrip("\n").endswith(drawing)
    assert "█" not in text.replace(drawing, "")


@pytest.mark.django_db
def test_a_computer_phones_cannot_reach_shows_them_no_address() -> None:
    prepare.make_first_workshop()
    text = said(host="127.0.0.1")
    assert "cannot reach this computer" in text
    assert Workshop.objects.get().join_code in text
    assert "█" not in text


@pytest.mark.django_db
def test_a_hosted_server_writes_no_token_into_its_log(settings: Any) -> None:
    settings.PUBLIC_URL, settings.HOSTED = "https://masterclass.example.org", True
    prepare.make_first_workshop()
    text = said()
    assert "/in/" not in text
    assert not SignInLink.objects.exists()
    assert "https://masterclass.example.org/screen/" in text
    assert "https://masterclass.example.org/\n" in text


@pytest.mark.django_db
def test_the_welcome_does_without_a_facilitator_and_a_workshop() -> None:
    assert "python3 run.py link makes a sign-in link" in said()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.168.1.20", "http://192.168.1.20:8000"),
        ("fd00::20", "http://[fd00::20]:8000"),
        ("127.0.0.1", None),
        ("localhost", None),
        ("::1", None),
        ("8.8.8.8", None),
    ],
)
def test_phones_are_sent_to_an_address_that_answers_them(host: str, address: str | None) -> None:
    assert room_address(host, 8000) == address
    assert own_address(8000) == "http://localhost:8000"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "shown"), [([-3, 0, 2], 0), ([-3, 2, 5], 2), ([-9, -3], -3)], ids=["today", "the next", "the last"]
)
def test_the_day_shown_is(days: list[int], shown: int) -> None:
    for day in days:
        Workshop.objects.create(slug=f"day-{day + 10}", title="Day", date=NOW.date() + timedelta(days=day))
    workshop = workshop_to_show(NOW.date())
    assert workshop is not None
    assert workshop.date - NOW.date() == timedelta(days=shown)


@pytest.mark.django_db
def test_sign_in_link_prints_a_link_that_works() -> None:
    User.objects.create(username="asha")
    printed = StringIO()
    call_command("sign_in_link", user="asha", port=8123, stdout=printed)
    address, _, token = printed.getvalue().strip().rpartition("/")
    assert address == "http://localhost:8123/in"
    assert use_link(token=token, now=datetime.now(UTC)).username == "asha"


@pytest.mark.django_db
def test_sign_in_link_says_when_there_is_no_such_person() -> None:
    with pytest.raises(SystemExit, match="nobody called bob"):
        call_command("sign_in_link", user="bob", port=8123)


@pytest.mark.django_db
def test_a_process_that_is_told_all_is_prepared_looks_whether_it_is() -> None:
    prepare.check_ready()
    newest = MigrationLoader(connection).graph.leaf_nodes("live")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    with pytest.raises(prepare.CannotStart, match=r"waits for its migrations: run manage\.py prepare first"):
        prepare.check_ready()
    assert not Workshop.objects.exists()

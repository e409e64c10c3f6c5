"""Which addresses we answer to: the laptop's own and the hall's by number; a hosted installation to one name."""

import socket

import pytest
from pytest_django import Settings

from agenda.origins import is_our_host, is_our_origin, room_address

OWN = socket.gethostname()


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "LOCALHOST:8000",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:8000",
        "127.1.2.3",
        "[::1]",
        "[::1]:8000",
        "10.0.0.5:8000",
        "172.16.4.1",
        "172.31.255.254:8000",
        "192.168.1.20:8000",
        "169.254.10.20",
        "[fd12:3456::1]:8000",
        "[fe80::1]:8000",
        OWN,
        f"{OWN}:8000",
        f"{OWN.split('.')[0]}.local:8000",
    ],
)
def test_the_laptop_and_the_hall_are_ours(host: str) -> None:
    assert is_our_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8000",
        "example.org",
        "8.8.8.8",
        "8.8.8.8:8000",
        "172.32.0.1",
        "192.169.0.1",
        "[2606:4700::1111]:8000",
        "localhost.example.org",
        "localhost.local",
        "192.168.1.20.nip.io",  # a name that resolves to the hall: how DNS rebinding comes in
        "rebind.example.org:8000",
        "192.168.1.20@example.org",
        "example.org@192.168.1.20",
        "192.168.1.20/x",
        "192.168.1.20?x",
        "192.168.1.20#x",
        "192.168.1.20, example.org",
        "192.168.1.20:8000:8000",
        "192.168.1.20:",
        "192.168.1.20:abc",
        "192.168.1.20:800000",
        "192.168.1.300",
        "192.168.1",
        "0300.0250.1.20",
        "3232235796",
        "::1",
        "[::1",
        "[fe80::1%25eth0]",
        "[localhost]",
        "localhost; script-src *",
        "localhost;",
        "localhost:8000;",
        "localhost\n",
        "localhost\r\nX-Evil: 1",
        " localhost",
        "localhöst",
        "１０.0.0.5",
        "localhost\x00",
    ],
)
def test_anything_else_is_not_ours(host: str) -> None:
    assert not is_our_host(host)


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("day.example.org", True),
        ("DAY.example.org", True),
        ("day.example.org:8443", False),
        ("day.example.org.evil.org", False),
        ("xday.example.org", False),
        ("localhost", False),
        ("127.0.0.1", False),
        ("192.168.1.20", False),
        ("day.example.org;", False),
    ],
)
def test_a_hosted_installation_answers_to_one_name(settings: Settings, host: str, ours: bool) -> None:
    settings.HOSTED, settings.PUBLIC_URL = True, "https://day.example.org"
    assert is_our_host(host) is ours


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("http://192.168.1.20:8000", True),
        ("https://192.168.1.20:8000", False),
        ("http://192.168.1.20", False),
        ("http://192.168.1.20:8001", False),
        ("http://192.168.1.21:8000", False),
        ("http://192.168.1.20:8000/", False),
        ("http://192.168.1.20:8000.example.org", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_our_own_page_has_our_origin(origin: str, ours: bool) -> None:
    assert is_our_origin(origin, "192.168.1.20:8000") is ours


def test_hosted_the_origin_is_the_public_address_whatever_the_host_says(settings: Settings) -> None:
    settings.HOSTED, settings.PUBLIC_URL = True, "https://day.example.org"
    assert is_our_origin("https://day.example.org", "day.example.org")
    assert not is_our_origin("http://day.example.org", "day.example.org")
    assert not is_our_origin("http://evil.example.org", "evil.example.org")
    assert room_address() == "https://day.example.org"


def test_the_room_is_told_an_address_that_we_answer_to(settings: Settings) -> None:
    settings.PORT = 8123
    scheme, _, host = room_address().partition("://")
    assert (scheme, host.rpartition(":")[2]) == ("http", "8123")
    assert is_our_host(host)

"""Real Chromium, from the system. Without one these tests are skipped, and fail where REQUIRE_BROWSER=1."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from agenda.chapters import load_document
from agenda.document import read_toml
from agenda.models import Workshop
from tests.server import Server

from .people import House

# Synchronous Playwright keeps an event loop running in this thread; these tests use the database all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

expect.set_options(timeout=30_000)  # generous: a busy machine is no fault of a page

# The first is Chromium without a window, which is a third quicker where there is no screen.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("No Chromium was found, and REQUIRE_BROWSER=1 asks for one. Install it or set CHROMIUM.")
        pytest.skip("NO BROWSER TEST RAN: no Chromium was found. Install it or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def house(browser: Browser, server: Server, transactional_db: None) -> Iterator[House]:
    """The Newcastle day with a facilitator. A test may kill the server and start it again."""
    yield from _in_a_house(House(browser, server))


@pytest.fixture
def late_house(browser: Browser, server: Server, transactional_db: None) -> Iterator[House]:
    """The same with the worked example of docs/timing.md."""
    yield from _in_a_house(House(browser, server, lambda: day_of("late_day.toml")))


@pytest.fixture
def october_house(browser: Browser, server: Server, transactional_db: None) -> Iterator[House]:
    """The same with a night in which the clocks go back."""
    yield from _in_a_house(House(browser, server, lambda: day_of("october_night.toml")))


def _in_a_house(house: House) -> Iterator[House]:
    yield house
    house.close()
    if not house.server.process:
        house.server.start()  # for the next test: this one ended too early to do so
    assert house.complaints == []


def day_of(name: str) -> Workshop:
    """A day that stands beside these tests as a document."""
    return load_document(read_toml((Path(__file__).parent / name).read_text("utf-8"), name))

"""The real page in a real browser on the wire of the storm: what model.py claims of it is true of static/js."""

import json
import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.db import database_sync_to_async as in_database
from playwright.async_api import Page, Route, async_playwright, expect

from feedback.models import Answer
from tests.server import Server

from .play import Plan, Run, run_of

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SOON = 30_000  # milliseconds: the longest wait of the page's own, and a busy computer
LINK = "data-link"


@pytest.fixture
async def run() -> AsyncIterator[Run]:
    async with run_of(Plan(seed=1, kills=0, answers=0, phones=1, questions=1, wires=1, scale=1.0), Server()) as run:
        await run.desk.ask_next()
        yield run


@pytest.fixture
async def page(run: Run) -> AsyncIterator[Page]:
    """The phone of whoever sits in the first seat, live."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip("NO BROWSER TEST RAN: no Chromium was found. Install it or set CHROMIUM to its path.")
    here = f"http://127.0.0.1:{run.wires[0].port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = await browser.new_context()
        pairs = [pair.partition("=") for pair in run.room.phones[0].split("; ")]
        await context.add_cookies([{"name": name, "value": value, "url": here} for name, _, value in pairs])
        page = await context.new_page()
        await page.goto(f"{here}/w/{run.room.workshop_id}/")
        await expect(page.locator("body")).to_have_attribute(LINK, "live", timeout=SOON)
        yield page
        await browser.close()


async def hand_in(page: Page, words: str) -> None:
    await page.locator("#question-form textarea").fill(words)
    await page.get_by_role("button", name="Send my answer").click()


async def is_saved(page: Page) -> None:
    await expect(page.locator("#send-state")).to_have_text("Saved", timeout=SOON)


def stored() -> list[tuple[str, int, Any]]:
    return [(str(row.pk), row.edit, row.value) for row in Answer.objects.all()]


def ours(body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    return {"status": status, "headers": {"X-Live": "1"}, "content_type": "application/json", "body": json.dumps(body)}


async def test_an_answer_is_tried_again_under_its_key_until_the_server_says_that_key(run: Run, page: Page) -> None:
    tried: list[dict[str, Any]] = []

    async def venue(route: Route) -> None:
        """A busy server, a stranger's receipt, a captive portal, and then nothing in the way."""
        tried.append(route.request.post_data_json)
        sent = {"key": tried[0]["key"], "edit": tried[0]["edit"], "late": False}
        if len(tried) == 1:
            await route.fulfill(**ours({"message": "busy"}, 503))
        elif len(tried) == 2:
            await route.fulfill(**ours({**sent, "key": run.room.questions[0]}))
        elif len(tried) == 3:
            await route.fulfill(status=200, content_type="application/json", body=json.dumps(sent))
        else:
            await route.continue_()

    await page.route("**/answers/", venue)
    await hand_in(page, "said-1")
    await is_saved(page)
    assert len(tried) == 4
    assert tried == [tried[0]] * 4
    assert await in_database(stored)() == [(tried[0]["key"], 1, "said-1")]


async def test_what_was_handed_in_without_a_network_outlives_the_page(run: Run, page: Page) -> None:
    async def nobody(route: Route) -> None:
        await route.abort()

    await page.route("**/answers/", nobody)
    await hand_in(page, "said-1")
    await expect(page.locator("#send-state")).to_have_attribute("data-state", "kept")
    assert await in_database(stored)() == []
    await page.unroute("**/answers/")
    await page.reload()
    await is_saved(page)
    assert [(edit, value) for _key, edit, value in await in_database(stored)()] == [(1, "said-1")]


async def test_where_sockets_are_accepted_and_silent_the_page_polls(run: Run, page: Page) -> None:
    run.wires[0].suffer(silent_upgrade=True)
    run.wires[0].reset()
    await run.desk.change_unannounced("Behind a silent proxy")
    await expect(page.locator("#phone-head")).to_contain_text("Behind a silent proxy", timeout=SOON)
    await expect(page.locator("body")).to_have_attribute(LINK, "polling", timeout=SOON)


async def test_a_dead_network_is_noticed_and_the_page_comes_back_by_itself(run: Run, page: Page) -> None:
    run.wires[0].suffer(black_hole=True)
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await expect(page.locator("body")).to_have_attribute(LINK, "lost", timeout=SOON)
    await run.desk.change_unannounced("While nobody heard")
    run.wires[0].mend()
    await expect(page.locator("#phone-head")).to_contain_text("While nobody heard", timeout=SOON)
    await expect(page.locator("body")).to_have_attribute(LINK, "live", timeout=SOON)


KEEP_HEADS = """() => {
  window.heads = [];
  const keep = () => window.heads.push(document.getElementById("phone-head")?.textContent ?? "");
  new MutationObserver(keep).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


async def test_an_old_frame_that_comes_late_changes_nothing(run: Run, page: Page) -> None:
    old: list[str] = []

    async def late(route: Route) -> None:
        """Every read is answered with the first snapshot there was."""
        answer = await route.fetch(url=route.request.url.split("?")[0])
        old.append(await answer.text())
        await route.fulfill(response=answer, body=old[0])

    await page.route("**/state/phone*", late)
    async with page.expect_response("**/state/phone*"):
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert "Newer than that" not in old[0]
    await run.desk.change_unannounced("Newer than that")
    await expect(page.locator("#phone-head")).to_contain_text("Newer than that", timeout=SOON)
    seen = len(old)
    await page.evaluate(KEEP_HEADS)
    await page.wait_for_timeout(1100)  # the page takes such events together that come within a second
    async with page.expect_response("**/state/phone*"):
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await page.wait_for_timeout(300)
    assert len(old) > seen
    await expect(page.locator("#phone-head")).to_contain_text("Newer than that")
    heads = await page.evaluate("window.heads")  # not for a moment: the socket would put it right again
    assert [head for head in heads if "Newer than that" not in head] == []

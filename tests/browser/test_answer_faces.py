"""What every kind looks like where it is filled in and where its answers are read, drawn with the product's own styles:
nothing sticks out on a phone, and the screen can be read from twelve metres and never scrolls."""

import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, ViewportSize

from feedback.kinds import kinds
from feedback.models import Question
from tests.feedback.kinds.example import example
from tests.feedback.kinds.rendered import input_html, summary_html
from tests.feedback.kinds.tallied import tallied

from .test_pages import sideways

SHARED = ("reset", "tokens", "base", "components", "answers")
SCREEN: ViewportSize = {"width": 1920, "height": 1080}
NARROW: ViewportSize = {"width": 320, "height": 640}
LONG = "What has helped most where you are, and what would you do again if you could?"
CUT = """() => [document.querySelector(".face"), ...document.querySelectorAll(".summary, .cards, .shift")]
    .filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
    .map((e) => `${e.className}: ${e.scrollHeight} of ${e.clientHeight}`)"""
SMALL = """() => [...document.querySelectorAll(".face *")]
    .filter((e) => e.getClientRects().length && !e.closest(".visually-hidden"))
    .filter((e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
    .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 0.0299 * innerHeight)
    .map((e) => `${getComputedStyle(e).fontSize}: ${e.textContent.trim().slice(0, 30)}`)"""


def keyed(words: list[str], name: str = "label", **more: object) -> list[dict[str, object]]:
    return [{"key": f"k{place}", name: word} | more for place, word in enumerate(words)]


OPTIONS = [
    "Sharing data with our neighbours",
    "Skills of our own staff",
    "A clear plan that everybody in the house knows",
]
POINTS = keyed(["Not at all", "A little", "Somewhat", "Quite", "Very"])
LEVELS = ["Nobody knows what there is", "Some teams know", "We share within the council", "Shared, trusted and used"]
FULL: list[tuple[str, dict[str, Any], Any]] = [
    ("text", {}, "Ask the front desk first: they know what people come for"),
    ("text", {}, "A long story about three systems and one officer. " * 18),
    ("choice", {"options": keyed(OPTIONS * 4), "none": True}, "k2"),
    ("scale", {"statements": keyed(OPTIONS * 2, "text"), "points": POINTS}, {f"k{n}": "k2" for n in range(6)}),
    ("scale", {"statements": keyed(OPTIONS, "text"), "points": POINTS}, {f"k{n}": "k2" for n in range(3)}),
    ("spectrum", {"pairs": keyed(OPTIONS * 2, "start", end="Move fast together")}, {f"k{n}": "2" for n in range(6)}),
    ("ranking", {"options": keyed(OPTIONS * 2), "top": 1}, {"k0": "1"} | {f"k{n}": "" for n in range(1, 6)}),
    (
        "maturity",
        {"dimensions": keyed(OPTIONS * 2, "text", levels=LEVELS)},
        {f"k{n}.{side}": level for n in range(6) for side, level in (("now", "1"), ("want", "4"))},
    ),
]


@cache
def styles(*names: str) -> str:
    return "".join((Path(settings.BASE_DIR) / "static" / "css" / f"{name}.css").read_text("utf-8") for name in names)


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """A browser's empty page to draw on."""
    page = browser.new_page()
    yield page
    page.close()


def draw(page: Page, size: ViewportSize, face: str, body: str, *sheets: str) -> None:
    page.set_viewport_size(size)
    html = f'<html lang="en"><style>{styles(*SHARED, *sheets)}</style><body class="{face}">{body}</body></html>'
    page.set_content(f"<!doctype html>{html}")


def wrong_on_screen(
    page: Page, kind: str, config: dict[str, object], values: list[Any], text: str, before: list[Any] | None = None
) -> list[str]:
    """What cannot be read while these answers are shown, beside those of the time before if there was one."""
    config = kinds[kind].check_config(config)
    question = Question(id=uuid.uuid4(), kind=kind, text=text, config=config)
    asked = SimpleNamespace(question=question, count=len(values))
    item = SimpleNamespace(item=SimpleNamespace(title="How digital is helping councils"))
    shown = tallied(kinds[kind], config, values)
    earlier = tallied(kinds[kind], config, before) if before else None
    room = SimpleNamespace(face="question", live=item, shown=shown, shown_before=earlier, question=asked)
    face = render_to_string("live/screen/_main.html", {"room": room})
    foot = '<footer class="screen-foot"><div id="screen-foot"></div></footer>'
    draw(
        page, SCREEN, "screen", f'<main class="screen-main"><div>{face}</div></main>{foot}', "screen", "answers_screen"
    )
    return [str(each) for each in page.evaluate(CUT) + page.evaluate(SMALL)]


@pytest.mark.parametrize("kind", list(kinds))
def test_the_screen_shows_one_answer_or_seventy_whole_and_large(sheet: Page, kind: str) -> None:
    given = example(kind)
    for n in (1, 7, 70):
        assert wrong_on_screen(sheet, kind, given.config, [given.value] * n, "What?") == []


@pytest.mark.parametrize(("kind", "config", "value"), FULL)
def test_the_screen_is_not_too_small_for_a_full_question(
    sheet: Page, kind: str, config: dict[str, Any], value: Any
) -> None:
    for n in (2, 40):
        assert wrong_on_screen(sheet, kind, config, [value] * n, LONG) == []


@pytest.mark.parametrize("kind", list(kinds))
def test_the_screen_shows_both_times_a_question_was_asked(sheet: Page, kind: str) -> None:
    given = example(kind)
    assert wrong_on_screen(sheet, kind, given.config, [given.value] * 30, LONG, before=[given.value] * 40) == []


@pytest.mark.parametrize("kind", list(kinds))
def test_nothing_sticks_out_of_the_narrowest_phone_and_a_finger_finds_everything(sheet: Page, kind: str) -> None:
    given = example(kind)
    form = f'<form class="answer">{input_html(kind, None, "Say more.", config=given.config)}</form>'
    summary = summary_html(kind, [given.value] * 7, config=given.config)
    body = f'<main><section>{form}<div data-region="answers"><div>{summary}</div></div></section></main>'
    draw(sheet, NARROW, "phone", body, "phone")
    small = sheet.evaluate(
        """() => [...document.querySelectorAll(".step, .radio, .places input, textarea, input[type=text]")]
            .map((e) => e.getBoundingClientRect()).filter((r) => r.height < 43.9 || r.width < 43.9).length"""
    )
    assert (sideways(sheet), small) == ("", 0)

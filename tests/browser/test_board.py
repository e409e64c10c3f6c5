"""The board of asks, drawn with the product's own styles: whatever is asked, it can be read from the back row."""

import uuid
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from feedback.asks import Asked, Board
from sessions.asks import FEW, MOST, WithAsks

from .test_answer_faces import CUT, NARROW, SCREEN, SMALL, draw, sheet  # noqa: F401 - a fixture
from .test_pages import sideways

SHORT = "Who maps drains?"
LONG = "We look for a council that has joined up its address lists and has lived to tell the tale, " * 3
LONGEST = "Digitalstrategieausschussvorsitzendenkonferenz" * 2
BELOW = """() => { const foot = document.querySelector(".screen-foot").getBoundingClientRect().top;
    return [...document.querySelectorAll(".board > *, .board-ask")]
        .filter((e) => e.getBoundingClientRect().bottom > foot + 1).map((e) => e.className); }"""


class Drawn(WithAsks):
    """As much of a room as the board needs."""

    face = "asks"
    board_is_on = True
    board = Board([], [])
    voted: tuple[str, ...] = ()
    workshop = SimpleNamespace(pk="abc")


def room(n: int, words: str) -> Drawn:
    drawn = Drawn()
    who = "Councillor Maximiliane von Hohenberg"
    asks = [Asked(uuid.uuid4(), words, who if place % 2 else "", place) for place in range(n)]
    object.__setattr__(drawn, "board", Board(asks, [words[:300]]))
    return drawn


@pytest.mark.parametrize("words", [SHORT, LONG[:300]])
@pytest.mark.parametrize("n", [1, FEW, FEW + 1, MOST, 60])
def test_the_board_fits_the_screen_in_type_for_twelve_metres(sheet: Page, n: int, words: str) -> None:  # noqa: F811
    face = render_to_string("live/screen/_main.html", {"room": room(n, words)})
    foot = '<footer class="screen-foot"><div id="screen-foot"></div></footer>'
    body = f'<main class="screen-main"><div>{face}</div></main>{foot}'
    draw(sheet, SCREEN, "screen", body, "screen", "answers_screen", "leaf")
    assert [each for script in (CUT, SMALL, BELOW) for each in sheet.evaluate(script)] == []
    assert sheet.locator(".board-ask").count() == min(n, MOST)


def test_the_list_fits_the_narrowest_phone_and_a_finger(sheet: Page) -> None:  # noqa: F811
    seen = {"room": room(3, LONG[:300]), "workshop": Drawn.workshop, "voted": []}
    part = render_to_string("live/phone/_asks.html", seen)
    draw(sheet, NARROW, "phone", f"<main><section>{part}</section></main>", "queue", "phone")
    small = sheet.evaluate(
        """() => [...document.querySelectorAll(".me-too")]
            .map((e) => e.getBoundingClientRect()).filter((r) => r.height < 43.9 || r.width < 43.9).length"""
    )
    assert (sideways(sheet), small) == ("", 0)


TOUCHING = """() => [...document.querySelectorAll(".leaf > *, .leaf li, .leaf-card")]
    .filter((e) => { const next = e.nextElementSibling;
        return next && next.getBoundingClientRect().top - e.getBoundingClientRect().bottom < 6; })
    .map((e) => e.className || e.textContent.trim().slice(0, 40))"""


def leaf(key: str) -> SimpleNamespace:
    """A page of the summary with long words on it."""
    themes = [SimpleNamespace(name=f"{word} und Folgen", n=3, votes=2, nested=[]) for word in (LONGEST, "Money")]
    asked = SimpleNamespace(question=SimpleNamespace(text=LONG[:120]), count=4)
    closing = [SimpleNamespace(asked=asked, cards=[LONGEST, "Buses"]) for _ in range(2)]
    shown = SimpleNamespace(key=key, title="What we heard", theme=None, asked=None)
    return SimpleNamespace(leaf=shown, themes=themes, closing=closing)


@pytest.mark.parametrize("key", ["themes", "closing"])
def test_a_page_of_the_summary_on_the_narrowest_phone_keeps_one_thing_from_the_next(
    sheet: Page,  # noqa: F811
    key: str,
) -> None:
    part = render_to_string("live/_leaf.html", {"room": leaf(key), "audience": "phone"})
    draw(sheet, NARROW, "phone", f"<main><section>{part}</section></main>", "phone")
    assert (sideways(sheet), sheet.evaluate(TOUCHING)) == ("", [])

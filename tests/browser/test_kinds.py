"""Each kind of question, from the plan to the file that is taken home, answered with nothing but a keyboard."""

import csv
import html
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.html import strip_tags
from playwright.sync_api import Locator, Page, expect

from feedback.exports import answers as answers_file
from feedback.kinds import kinds
from feedback.kinds.base import Kind, Refused, count
from feedback.models import Question
from feedback.templatetags.kinds import question_summary
from tests.feedback.kinds.example import Example, example
from tests.live import day

from .people import House, press, press_in
from .test_pages import sideways, violations

SLOT = "intros"
ACTIVE = """() => {
    const { tagName, type, name, value, checked } = document.activeElement;
    const mover = document.activeElement.closest(".movers");
    return { tag: tagName, type, name, value, checked, isMover: Boolean(mover),
             isSend: document.activeElement.matches("[data-send]") };
}"""


def another(kind: Kind, given: Example) -> Any:
    """Another answer that the question takes: one part changed, two exchanged, or something of its own."""
    for candidate in _candidates(kind, given):
        try:
            if kind.validate(given.config, candidate) != given.value:
                return candidate
        except Refused:
            continue
    raise AssertionError(f"no second answer to {kind.name} was found")


def _candidates(kind: Kind, given: Example) -> Iterator[Any]:
    fields = kind.fields(given.config)
    yield from ([option.key] for option in fields[0].options if fields[0].widget == "ticks")
    yield from (option.key for option in fields[0].options)
    yield from ("1", "2", "Something else")
    if not isinstance(given.value, dict):
        return
    for one in given.value:
        for other in given.value:
            yield given.value | {one: given.value[other], other: given.value[one]}
    for field in fields:
        part = field.name.removeprefix("value.")
        yield from (given.value | {part: option.key} for option in field.options)
        yield given.value | {part: "Something else"}


def wanted_at(value: Any, name: str) -> Any:
    """The part of an answer that goes into the control called `name`."""
    return value if name == "value" else value.get(name.removeprefix("value."), "")


def answer_by_keyboard(phone: Page, value: Any) -> None:
    """Go through the form with Tab, fill each control with its part of the answer, and send."""
    phone.locator("#question-form").evaluate("form => { form.tabIndex = -1; form.focus(); }")
    for _ in range(80):
        phone.keyboard.press("Tab")
        at = phone.evaluate(ACTIVE)
        if at["isSend"]:
            phone.keyboard.press("Enter")
            break
        _fill(phone, at, value)
    expect(phone.locator("#send-state")).to_have_text("Saved")


def _fill(phone: Page, at: dict[str, Any], value: Any) -> None:
    wanted = wanted_at(value, at["name"]) if at["name"] else ""
    if at["type"] == "radio":
        _choose(phone, wanted)
    elif at["type"] == "checkbox" and at["checked"] != (at["value"] in wanted):
        phone.keyboard.press("Space")
    elif at["tag"] == "TEXTAREA" or at["type"] == "text":
        phone.keyboard.press("Control+A")
        phone.keyboard.press("Delete")
        phone.keyboard.insert_text(wanted)


def _choose(phone: Page, wanted: str) -> None:
    """Space on what has the focus, or the arrow down until it is there."""
    at = phone.evaluate(ACTIVE)
    if at["value"] == wanted and not at["checked"]:
        phone.keyboard.press("Space")
    for _ in range(20):
        if phone.evaluate(ACTIVE)["value"] == wanted:
            return
        phone.keyboard.press("ArrowDown")
    raise AssertionError(f"no radio {wanted}")


def put_in_order(phone: Page, value: Any) -> None:
    """For a list with Up and Down: press Up on each option, in its turn, until it is where it belongs."""
    rows = phone.locator("#question-form .place")
    for place in range(1, rows.count() + 1):
        name = next((f"value.{key}" for key, at in value.items() if at == str(place)), None)
        row = rows.filter(has=phone.locator(f"input[name='{name}']"))
        while name and [each.get_attribute("name") for each in rows.locator("input").all()].index(name) + 1 > place:
            row.locator("[data-by='-1']").focus()
            phone.keyboard.press("Enter")


def author(page: Page, house: House, kind: Kind, given: Example) -> Question:
    """Write the question on its item's page."""
    page.goto(f"{house.here}/w/{house.workshop.pk}/plan/questions/{SLOT}/new/")
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true; }")
    page.locator("[name=text]").fill(f"What about {kind.name}?")
    page.locator(f"[name=kind][value={kind.name}]").check()
    page.locator("[name=hand][value=phones]").check()
    for name, text in kind.typed(given.config).items():
        _settle(page.locator(f"[name='{kind.name}-{name}']"), text)
    assert violations(page) == []
    page.get_by_role("button", name="Add this question").click()
    expect(page.locator(".to-ask-list")).to_contain_text(f"What about {kind.name}?")
    found = Question.objects.get(workshop=house.workshop, text=f"What about {kind.name}?")
    assert found.kind == kind.name
    return found


def _settle(control: Locator, text: str) -> None:
    if control.get_attribute("type") == "checkbox":
        control.set_checked(text == "on")
    else:
        control.fill(text)


def said(text: str) -> str:
    """The words alone."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", [name for name, kind in kinds.items() if not kind.is_private])
def test_a_question_of_each_kind_from_the_plan_to_the_file(house: House, name: str) -> None:
    kind, given = kinds[name], example(name)
    day.begin(house.workshop, until=SLOT)
    desk = house.desk()
    asked = author(desk, house, kind, given)
    given = Example(asked.config, _with_new_keys(given, asked), [])
    desk.goto(f"{house.here}/w/{house.workshop.pk}/desk/")
    phones = [house.phone() for _ in range(3)]
    screen = house.page({"width": 1920, "height": 1080})
    screen.context.add_cookies(desk.context.cookies())
    screen.goto(f"{house.here}/w/{house.workshop.pk}/screen/")
    article = desk.locator(f"#asked-{asked.pk}")
    press_in(article, "Ask the room")
    for phone in phones:
        expect(phone.locator("#question-form")).to_contain_text(asked.text)
        _answer(phone, given.value)
    second = another(kind, given)
    _answer(phones[0], second)
    found = violations(phones[0]) + violations(screen) + violations(desk)
    press_in(article, "Close")
    expect(article).to_contain_text("Closed")
    press(desk, "Show answers")
    values = [kind.validate(given.config, one) for one in (second, given.value, given.value)]
    asked.refresh_from_db()
    tally = kind.tally(asked.config, count(kind, asked.config, values))
    words = said(html.unescape(strip_tags(question_summary(asked, tally))))
    if not kind.is_read:  # cards come in the order of random ids
        expect(screen.locator("#screen-main .summary")).to_have_text(words, use_inner_text=False)
    expect(screen.locator("#screen-main .summary")).to_be_visible()
    expect(phones[1].locator("#phone-answers .summary")).to_be_visible()
    found += violations(phones[1]) + violations(screen) + violations(desk)
    desk.goto(f"{house.here}/w/{house.workshop.pk}/summary/")
    expect(desk.locator(".said").filter(has_text=asked.text)).to_contain_text("3 answers")
    found += violations(desk)
    assert found == []
    assert [sideways(page) for page in (phones[0], phones[1], desk)] == [""] * 3
    assert in_the_file(house, asked) == sorted(
        cell.text for value in values for cell in kind.export_cells(asked.config, value)
    )


def _answer(phone: Page, value: Any) -> None:
    if phone.locator("#question-form .place").count():
        put_in_order(phone, value)
    answer_by_keyboard(phone, value)


def _with_new_keys(given: Example, asked: Question) -> Any:
    """The example's answer, in the keys that the plan page has made of its words."""
    old, new = (_keys(config) for config in (given.config, asked.config))
    text = json.dumps(given.value)
    if old != new:
        known = dict(zip(old, new, strict=True))
        return _renamed(json.loads(text), known)
    return given.value


def _keys(config: Any) -> list[str]:
    """Every key of a config, in order."""
    if isinstance(config, list):
        return [key for each in config for key in _keys(each)]
    if isinstance(config, dict):
        own = [config["key"]] if "key" in config else []
        return own + [key for each in config.values() for key in _keys(each)]
    return []


def _renamed(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(each, known) for each in value]
    if isinstance(value, dict):
        return {_renamed(key, known): _renamed(each, known) for key, each in value.items()}
    first, dot, rest = value.partition(".")
    return known.get(first, first) + dot + rest


def in_the_file(house: House, asked: Question) -> list[str]:
    """What the file of answers says of it."""
    rows = csv.DictReader(io.StringIO(answers_file.as_csv(house.workshop).content.decode("utf-8-sig")))
    return sorted(row["value_text"].removeprefix("'") for row in rows if row["question_key"] == asked.key)

"""Whatever people write, wherever it is read, stays words: nothing runs, nothing asks, nothing breaks the page."""

import itertools
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from agenda import services
from agenda.models import Attendee, Workshop
from feedback import counting
from feedback.exports.answers import SEEN_BEFORE
from feedback.handing_in import release
from feedback.models import Question
from sessions.models import Stage
from tests.live import day

from .hostile import STRINGS, hostile_day
from .people import House
from .test_pages import sideways

ANSWERS = 100  # a round
HACKED = "() => Boolean(window.hacked) || document.querySelectorAll('iframe, base, meta[http-equiv=refresh]').length"


def answered(workshop: Workshop, strings: Iterator[str]) -> Question:
    """A question with hostile answers, all of them shown to the room; some of the people have names like that too."""
    asked = Question.objects.filter(workshop=workshop, kind="text", slot__key=day.live(workshop)).first()
    assert asked
    asked = day.ask(workshop, asked.key)
    Question.objects.filter(pk=asked.pk).update(config={"max_length": 4000})
    for number, words in enumerate(itertools.islice(strings, ANSWERS)):
        seat = services.join(workshop=workshop)
        day.answer(asked, words, seat)
        if number % 10 == 0:
            one = " ".join(words.split())[:60]
            services.say_who(
                attendee=Attendee.objects.get(pk=seat.attendee_id), name=one, council=one, role="councillor"
            )
    day.show(workshop, asked.key)
    return asked


def look_at_the_file(page: Page, path: str, asked: Question) -> list[str]:
    """What is wrong while all answers to a question are among the first rows, fifty after fifty; they go with that."""
    release(asked, all_of_them=True)
    wrong = []
    while seen := list(asked.answers.values_list("pk", flat=True)[:SEEN_BEFORE]):
        wrong += look(page, path)
        if page.locator(".file-rows tbody tr").count() != SEEN_BEFORE:
            wrong.append("no fifty rows")
        asked.answers.filter(pk__in=seen).delete()
        counting.count_anew(asked)
    return wrong


def look(page: Page, path: str, *, scrolls: bool = True) -> list[str]:
    """What is wrong with one page."""
    page.goto(path)
    page.wait_for_load_state("load")
    wrong = ["something of an answer is alive"] if page.evaluate(HACKED) else []
    if out := sideways(page):
        wrong.append(f"sticks out: {out}")
    if not scrolls and page.evaluate("document.documentElement.scrollHeight > document.documentElement.clientHeight"):
        wrong.append("does not fit the screen")
    return [f"{path}: {one}" for one in wrong]


def test_five_hundred_hostile_strings_stay_words_on_every_face(house: House) -> None:
    assert len(set(STRINGS)) == 500
    desk, phone, screen = house.desk(), house.phone(), house.page({"width": 1920, "height": 1080})
    screen.context.add_cookies(desk.context.cookies())
    answers, words = iter(STRINGS), itertools.cycle(STRINGS)
    day.begin(house.workshop, until="how-digital")
    base, wrong = f"{house.here}/w/{house.workshop.pk}/", []
    for face in ("question", "slot", "rules", "housekeeping", "join"):
        workshop = hostile_day(Workshop.objects.get(pk=house.workshop.pk), words)
        asked = answered(workshop, answers)
        Stage.objects.filter(pk=workshop.pk).update(face=face, question=asked)
        workshop.touch(phones=True)
        slot = asked.slot.key
        wrong += look(phone, base) + look(phone, f"{base}who/") + look(phone, f"{base}order/")
        wrong += look(screen, f"{base}screen/", scrolls=False)
        for path in ("desk/", "desk/remote/", "plan/", f"plan/questions/{slot}/", "summary/", "speakers/"):
            wrong += look(desk, base + path)
        wrong += look_at_the_file(desk, f"{base}export/", asked)
        wrong += look(desk, f"{house.here}/staff/")
    assert wrong == []
    assert next(answers, None) is None
    expect(phone.locator("body")).to_be_visible()

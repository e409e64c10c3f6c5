"""A motivated intruder: two hundred people join and answer in an order that is known, names are taken off, and somebody
who gets hold of everything that is left tries to find out who said what, or what one person said to two questions.
"""

import csv
import io
import json
import logging
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import connection

from agenda.models import Attendee, Audit, Workshop
from feedback import sealing, sweeping
from feedback.exports import answers as export
from feedback.handing_in import Handed, hand_in_together
from feedback.models import Answer, Count, Question
from feedback.theme_models import InTheme, Theme
from sessions import snapshots
from tests.live import day

from . import disk
from .attacks import BY_CHANCE, Find, best, compare, same, tail
from .room import give, new_question
from .sealed_room import Hall, end, hall

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 200
AT_ONCE = 10  # answers that come within the same moment are stored together, in the order they came
BUNDLES = ("sum_insights", "sum_questions", "fb_better", "fb_words")  # two alone, one of the form, one of a pair
OPTIONS = [{"key": f"option{number}", "label": f"Option {number}"} for number in range(12)]
RARE = 7  # people
SMALL = 2_000_000  # bytes; before they are swept the files are large, and searching them takes long


@dataclass
class Played:
    """`arrived`: of each question, people by their number in the order in which their answers came."""

    hall: Hall
    arrived: dict[str, list[int]]


def play() -> Played:
    """They come in one after the other. Each changes their mind a number of times of their own; some are a day late."""
    here = hall()
    here.questions["vote"] = new_question(here.workshop, "vote", "close", kind="choice", config={"options": OPTIONS})
    here.join(PEOPLE)
    order = random.Random(3)
    arrived = {}
    for turn, key in enumerate(("vote", *BUNDLES)):
        arrived[key] = list(range(PEOPLE)) if turn < 2 else order.sample(range(PEOPLE), PEOPLE)
        for start in range(0, PEOPLE, AT_ONCE):
            _say(here, key, arrived[key][start : start + AT_ONCE])
    for key in BUNDLES:
        late = [words for words, person in here.truth[key].items() if person < RARE]
        Answer.objects.filter(value__in=late[:4]).update(answered_on="2020-02-08")
    _group(here, arrived)
    return Played(here, arrived)


def _group(here: Hall, arrived: dict[str, list[int]]) -> None:
    """Whoever groups puts each answer into a theme as it comes."""
    theme = Theme.objects.create(workshop=here.workshop, name="Theme", position=1)
    for key in BUNDLES:
        rows = {here.truth[key][str(row.value)]: row for row in _answers(here, key)}
        InTheme.objects.bulk_create(InTheme(theme=theme, answer=rows[person]) for person in arrived[key])


def _say(here: Hall, key: str, people: list[int]) -> None:
    handed = []
    for person in people:
        words = f"words {uuid4().hex}" if key != "vote" else f"option{person % 12}"
        here.truth.setdefault(key, {})[words] = person
        handed.append(Handed(here.seats[person], here.questions[key].pk, key=uuid4(), edit=person + 1, raw=words))
    hand_in_together(workshop_id=here.workshop.pk, handed=handed)


# --- What there is to be had


def orders_of_answers(here: Hall, key: str) -> Iterator[tuple[str, list[int]]]:
    """Everything that gives the answers to one question an order, as the people who said them."""
    truth = here.truth[key]
    row = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        for column in (row, "id", "respondent", "edit", "value"):
            cursor.execute(
                f"SELECT value FROM feedback_answer WHERE question_id = %s ORDER BY {column}, id",
                [_id(here.questions[key].pk)],
            )
            yield column, [truth[_value(value)] for (value,) in cursor.fetchall()]
        cursor.execute(
            "SELECT value FROM feedback_intheme JOIN feedback_answer ON feedback_answer.id = answer_id "
            f"WHERE question_id = %s ORDER BY feedback_intheme.{row}",
            [_id(here.questions[key].pk)],
        )
        yield "theme", [truth[_value(value)] for (value,) in cursor.fetchall()]
    rows = list(Answer.objects.filter(question=here.questions[key]))
    content = disk.everything() if connection.vendor == "sqlite" else b""  # PostgreSQL keeps the order of ctid
    columns = ("value", "pk", "respondent") if len(content) < SMALL else ("value",)
    for column in columns if content else ():
        for way, find in (("first", content.find), ("last", content.rfind)):
            places = [(_place(find, str(getattr(row, column))), truth[str(row.value)]) for row in rows]
            yield f"{way} {column} in the files", [person for _, person in sorted(places)]
    lines = csv.DictReader(io.StringIO(export.as_csv(here.workshop).content.decode("utf-8-sig")))
    yield "export", [truth[line["value_text"]] for line in lines if line["question_key"] == key]


def _id(pk: object) -> str:
    return str(pk).replace("-", "") if connection.vendor == "sqlite" else str(pk)


def _value(stored: object) -> str:
    """JSON as a raw connection gives it, read or not."""
    text = str(stored)
    return str(json.loads(text)) if text.startswith('"') else text


def _place(find: object, text: str) -> int:
    return max(find(shape) for shape in disk.shapes(text))  # type: ignore[operator]


def orders_of_people(played: Played, key: str) -> Iterator[tuple[str, list[int]]]:
    """When they came and when they spoke; and what the database holds of them."""
    number = {seat.attendee_id: at for at, seat in enumerate(played.hall.seats)}
    yield "joining", list(range(PEOPLE))
    yield "speaking", played.arrived[key]
    yield "their ids", [number[pk] for pk in Attendee.objects.order_by("pk").values_list("pk", flat=True)]


Orders = dict[str, dict[str, list[int]]]


def all_orders(hall: Hall) -> Orders:
    """Of each question."""
    return {key: dict(orders_of_answers(hall, key)) for key in BUNDLES}


def whose(played: Played, orders: Orders) -> Iterator[Find]:
    """Answers to people."""
    for key in BUNDLES:
        people = list(orders_of_people(played, key))
        for name, order in orders[key].items():
            assert len(order) == PEOPLE
            for other, place in people:
                yield from compare(order, place, f"{key} by {name} with {other}")


def together(hall: Hall, orders: Orders) -> Iterator[Find]:
    """Answers to answers of another bundle."""
    columns = ("id", "respondent", "edit", "answered_on", "is_late", "pinned", "table")
    rows = {key: {hall.truth[key][row.value]: row for row in _answers(hall, key)} for key in BUNDLES}
    for number, one in enumerate(BUNDLES):
        for other in BUNDLES[number + 1 :]:
            for name, order in orders[one].items():
                yield from compare(order, orders[other][name], f"{one} and {other} by {name}")
            for column in columns:
                held = [{who: getattr(row, column) for who, row in rows[key].items()} for key in (one, other)]
                yield same(held[0], held[1], f"{one} and {other}, {column}")


def _answers(hall: Hall, key: str) -> list[Answer]:
    return list(Answer.objects.filter(question=hall.questions[key]))


def rare_dates(hall: Hall) -> set[object]:
    """Dates that only few have in common, over all bundles."""
    found = [Answer.objects.filter(question=hall.questions[key]).exclude(answered_on="2020-02-07") for key in BUNDLES]
    return {row.answered_on for rows in found for row in rows} - {None}


def order_of_counts(hall: Hall) -> list[int]:
    """The options in the order in which the database first counted them."""
    rows = Count.objects.filter(question=hall.questions["vote"], of="released").exclude(key="").order_by("pk")
    return [int(key.removeprefix("option")) for key in rows.values_list("key", flat=True)]


def order_of_ids(hall: Hall) -> list[int]:
    """The options in the order of the answers' random ids."""
    rows = Answer.objects.filter(question=hall.questions["vote"]).order_by("pk").values_list("value", flat=True)
    return [int(key.removeprefix("option")) for key in dict.fromkeys(rows)]


def test_who_has_all_that_is_left_is_no_better_off_than_by_chance(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    played = play()
    # What is tried is worth something: before names are off, all of it is found.
    orders = all_orders(played.hall)
    for find in (best(whose(played, orders)), best(together(played.hall, orders))):
        assert find.right >= PEOPLE * 3 / 4, find  # PostgreSQL moves rows that are changed
        assert find.chance < 1e-100, find
    assert set(order_of_counts(played.hall)[-2:]) == {10, 11}  # those that came last
    assert rare_dates(played.hall)
    before = [str(value) for row in Answer.objects.values_list("pk", "respondent") for value in row]

    end(played.hall.workshop, days=4)
    sealing.seal_all_due()
    sweeping.sweep_when_due()

    assert Question.objects.exclude(sealed_at=None).count() >= len(BUNDLES)
    orders = all_orders(played.hall)
    for find in (best(whose(played, orders)), best(together(played.hall, orders))):
        assert find.chance > BY_CHANCE, find
    assert order_of_counts(played.hall) == order_of_ids(played.hall)
    assert not rare_dates(played.hall)
    after = [str(value) for row in Answer.objects.values_list("pk", "respondent") for value in row]
    written = json.dumps(list(Audit.objects.values_list("kind", "detail"))) + caplog.text
    words = [each for key in BUNDLES for each in played.hall.truth[key]]
    assert "names taken off" in written
    assert [each for each in (*before, *after, *words) if each in written] == []


def test_who_watches_everything_before_that_finds_one_of_three(transactional_db: None) -> None:
    """Somebody who sees each phone send, and keeps every frame of desk and screen."""
    workshop = hall().workshop
    day.begin(workshop, until="summary")
    question = day.ask(workshop, "sum_insights")
    Question.objects.filter(pk=question.pk).update(showing="live", shown=True)
    said: list[str] = []
    seen, heard, right, least = "", 0, {"forwards": 0, "backwards": 0}, PEOPLE
    for _ in range(30):
        said.append(f"words {uuid4().hex}")
        give(question, said[-1])
        frame = everything_shown(workshop)
        news = list(dict.fromkeys(words for words in re.findall(r"words [0-9a-f]{32}", frame) if words not in seen))
        if news:
            batch, heard, seen = said[heard : heard + len(news)], heard + len(news), seen + frame
            least = min(least, len(news))
            assert set(batch) == set(news)  # so they know whose these are, and not which is whose
            right["forwards"] += sum(one == other for one, other in zip(batch, news, strict=True))
            right["backwards"] += sum(one == other for one, other in zip(batch[::-1], news, strict=True))
    assert (heard, least) == (30, 3)
    for way, n in right.items():
        assert tail(n, 30, 1 / 3) > BY_CHANCE, (way, n)


def everything_shown(workshop: Workshop) -> str:
    """What desk and screen are sent at this moment."""
    workshop.refresh_from_db()
    parts = []
    for audience in ("desk", "screen"):
        frame = snapshots.render(workshop, audience, snapshots.stamp(workshop, audience))
        parts += [region.html for region in frame.regions.values()]
    return "".join(parts)

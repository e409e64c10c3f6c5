"""The summary by theme, and the closing questions together."""

import re
import uuid

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from agenda.models import Workshop
from feedback import summing_up, theme_votes, theming
from feedback.models import Answer
from tests.cast import browser_of, user_with

from .room import give, new_question, opened


@pytest.fixture
def viewer(workshop: Workshop) -> Client:
    return browser_of(user_with("vic", workshop, "viewer"))


@pytest.fixture
def themed(workshop: Workshop) -> uuid.UUID:
    """A theme of three answers with another one nested in it."""
    question = opened(workshop, "lunch_new")
    for words in ("heron", "otter", "badger"):
        give(question, words)
    rivers, land = uuid.uuid4(), uuid.uuid4()
    pks = list(Answer.objects.values_list("pk", flat=True))
    theming.begin(workshop=workshop, actor=None, theme=rivers, name="Rivers", answers=pks)
    theming.begin(workshop=workshop, actor=None, theme=land, name="Land", answers=pks[:1])
    theming.nest(workshop=workshop, actor=None, theme=land, under=rivers)
    return rivers


def page(client: Client, workshop: Workshop) -> str:
    return client.get(f"/w/{workshop.pk}/summary/").content.decode()


def test_everybody_with_a_role_reads_what_stands_in_the_themes(
    workshop: Workshop, viewer: Client, themed: uuid.UUID
) -> None:
    part = page(viewer, workshop).split('id="by-theme"')[1].split("</section>")[0]
    assert re.findall(r"<h[34]>(.*?)</h[34]>", part) == ["Rivers", "Land"]
    assert ("3 answers" in part, "1 answer" in part, part.count("heron") >= 1) == (True, True, True)
    assert "mine too" not in part
    assert "/summary/themes/" not in part
    theme_votes.ask_for_votes(workshop=workshop, on=True)
    assert "0 say “This is mine too”" in page(viewer, workshop)


def test_whoever_may_group_is_led_there(workshop: Workshop) -> None:
    scribe = browser_of(user_with("sam", workshop, "scribe"))
    assert f"/w/{workshop.pk}/summary/themes/" in page(scribe, workshop)


def test_the_closing_questions_stand_together_wherever_they_were_asked(workshop: Workshop, viewer: Client) -> None:
    do_now, elsewhere = opened(workshop, "sum_do_now"), opened(workshop, "sum_connections")
    elsewhere.slot = new_question(workshop, "extra", slot="lunch").slot
    elsewhere.save()
    for question in (do_now, elsewhere):
        for number in range(3):
            give(question, f"{question.key} {number}")
    read = page(viewer, workshop)
    last = read.split(f'id="item-{summing_up.CLOSING_KEY}"')[1].split("</section>")[0]
    assert re.findall(r"<h3>(.*?)</h3>", last) == [elsewhere.text.replace("'", "&#x27;"), do_now.text]
    assert read.count("sum_connections 0") == 1


def test_it_reads_as_much_for_one_theme_as_for_many(workshop: Workshop, themed: uuid.UUID) -> None:
    for more in (0, 3):
        for number in range(more):
            theming.begin(workshop=workshop, actor=None, theme=uuid.uuid4(), name=f"{number}", answers=())
        with assertNumQueries(5 if more else 7):  # the answers are kept from one look to the next
            summing_up.by_theme(workshop)

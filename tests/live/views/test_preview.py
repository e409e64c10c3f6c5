"""A question as phone and screen will show it, before anybody was asked."""

import re
import uuid
from html import unescape

import pytest
from django.test import Client

from agenda.models import Workshop
from feedback import bank, offering
from feedback.examples import HOW_MANY
from feedback.kinds import kinds
from feedback.models import Answer, Question
from sessions import services
from sessions.models import Stage
from tests.cast import Cast
from tests.feedback.room import give, new_question


def path(question: Question) -> str:
    return f"/w/{question.workshop_id}/plan/questions/{question.slot.key}/{question.pk}/preview/"


def of(workshop: Workshop, key: str) -> Question:
    return Question.objects.get(workshop=workshop, key=key)


def look(client: Client, question: Question) -> str:
    response = client.get(path(question))
    assert response.status_code == 200
    return response.content.decode()


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_phone_wears_the_form_with_its_promise_and_the_screen_the_question(cast: Cast) -> None:
    html = look(cast.facilitator, of(cast.workshop, "fb_overall"))
    words = read(html)
    assert html.count('name="value"') == 5
    assert "Your answers here stay together, but are not kept with your name or your other answers." in words
    assert "Send my answer" in words
    assert 'class="face face-question"' in html
    assert "Close How was the day as a whole? Answer on your phone" in words


def test_answers_are_made_up_and_say_so(cast: Cast) -> None:
    question = of(cast.workshop, "fb_overall")
    words = read(look(cast.facilitator, question))
    assert words.count("With answers, all of them made up as examples") == 1
    assert len(re.findall(rf"Very good \d+ of {HOW_MANY} ", words)) == 2  # on the phone and on the screen
    assert not Answer.objects.exists()


def test_nothing_that_somebody_has_said_is_on_it(cast: Cast) -> None:
    question = new_question(cast.workshop, "asked", "lunch", shown=True)
    for word in ("Secret one", "Secret two", "Secret three"):
        give(question, word)
    html = look(cast.facilitator, question)
    assert "Secret" not in html
    assert "An example answer" in html


def test_while_the_room_talks_both_faces_of_a_phone_are_there(cast: Cast) -> None:
    words = read(look(cast.facilitator, of(cast.workshop, "digital_pleased")))
    assert "Talk about this together. Nothing to type here." in words
    assert "If you let phones answer" in words
    assert "Send my answer" in words


def test_what_the_room_never_sees_is_not_shown(cast: Cast) -> None:
    Question.objects.filter(key="fb_better").update(showing="never")
    words = read(look(cast.facilitator, of(cast.workshop, "fb_better")))
    assert "The room never sees the answers to this question." in words
    assert "made up" not in words


def test_every_kind_can_be_looked_at_with_answers(cast: Cast) -> None:
    one_of_each = {ready.kind: ready for ready in bank.on_offer().values()}
    assert set(one_of_each) == set(kinds)
    asked = offering.add_ready(
        workshop=cast.workshop, slot_key="close", number=uuid.uuid4(), ready=list(one_of_each.values())
    )
    for question in asked:
        html = look(cast.facilitator, question)
        if question.showing == "never":
            assert "The room never sees the answers to this question" in read(html)
        else:
            assert "With answers, all of them made up as examples" in read(html), question.kind
            assert f"{HOW_MANY} answers, to read on your phone too" in read(html), question.kind
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(set(ids)) == len(ids), question.kind


@pytest.mark.parametrize("key", ["fb_overall", "pre_conf", "lunch_new", "digital_pleased"])
def test_nothing_on_it_can_be_sent_and_no_id_stands_twice(cast: Cast, key: str) -> None:
    html = look(cast.facilitator, of(cast.workshop, key))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    inside = "".join(
        re.findall(r"<fieldset disabled>(.*?)</fieldset>\s*</div>\s*<div class=\"miniature", html, re.DOTALL)
    )
    assert html.count("<form") == inside.count("<form")
    assert html.count("<button") == inside.count("<button")
    assert "<script" not in html


def test_looking_changes_nothing(cast: Cast) -> None:
    before = Workshop.objects.get(pk=cast.workshop.pk)
    stage = Stage.objects.get(pk=cast.workshop.pk)
    look(cast.facilitator, of(cast.workshop, "lunch_new"))
    after = Workshop.objects.get(pk=cast.workshop.pk)
    assert (after.rev, after.control_rev) == (before.rev, before.control_rev)
    assert Stage.objects.get(pk=cast.workshop.pk).face == stage.face
    assert of(cast.workshop, "lunch_new").status == "draft"


def test_it_is_the_same_while_the_day_runs_with_something_else_on(cast: Cast) -> None:
    question = of(cast.workshop, "fb_overall")
    before = look(cast.facilitator, question)
    for slot in (None, "intros"):
        services.move_on(workshop=cast.workshop, expect=slot, actor=None)
    after = look(cast.facilitator, question)
    pattern = r'(<section class="preview".*)</main>'
    (was,), (now,) = (re.findall(pattern, html, re.DOTALL) for html in (before, after))
    assert was == now


def test_a_question_is_looked_at_in_its_own_item_and_day_only(cast: Cast) -> None:
    there = of(cast.other_workshop, "lunch_new")
    here = of(cast.workshop, "lunch_new")
    assert cast.facilitator.get(path(there)).status_code == 404
    wrong = path(here).replace("/lunch/", "/summary/")
    assert cast.facilitator.get(wrong).status_code == 404
    assert cast.facilitator.get(path(here).replace(str(here.pk), str(there.pk))).status_code == 404

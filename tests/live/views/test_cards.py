"""The page of somebody's introduction: their own on their phone, and at the desk of somebody without a phone."""

import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from agenda import cards
from agenda.cards import Introduction
from agenda.models import Attendee, Workshop
from feedback.models import Answer, Question
from tests.cast import Phone, browser_of, phone_in, user_with

PARTY = re.compile(
    r"(?i)\b(political|politics|party|parties|labour|conservatives?|tory|lib(eral)? dem\w*|opposition)\b"
)


@pytest.fixture
def ann(workshop: Workshop) -> Phone:
    return phone_in(workshop)


def page(phone: Phone) -> str:
    return phone.client.get(f"/w/{phone.attendee.workshop_id}/who/card/").text


def send(phone: Phone, **typed: object) -> int:
    return phone.client.post(f"/w/{phone.attendee.workshop_id}/who/card/", typed).status_code


def said_before(phone: Phone, key: str, mode: str, words: str) -> None:
    """An answer to the survey, as it is kept."""
    like = Question.objects.filter(workshop=phone.attendee.workshop, kind="text").first()
    assert like
    last = Question.objects.filter(workshop=like.workshop).count() + 100
    question, _ = Question.objects.get_or_create(
        workshop=like.workshop,
        key=key,
        defaults={"slot": like.slot, "position": last, "occasion": "survey", "kind": "text", "mode": mode, "text": "?"},
    )
    linked = {"attendee": phone.attendee} if mode != "unlinked" else {"respondent": "a" * 64}
    Answer.objects.create(id=uuid.uuid4(), question=question, value=words, **linked)


def test_an_introduction_is_kept_and_comes_back_to_its_owner(ann: Phone) -> None:
    typed = {"name": "Ann Ash", "council": "Exampleshire", "roles": ["cabinet", "ward"], "portfolio": "Digital"}
    typed |= {"interest": "One view  of\na resident", "key_point": "Who shares data?", "is_ask": "on"}
    assert send(ann, **typed) == 302
    ann.attendee.refresh_from_db()
    said = cards.said_by(ann.attendee)
    assert said
    assert (said.roles, said.interest, said.is_ask, said.on_screen) == (
        ["cabinet", "ward"],
        "One view of a resident",
        True,
        False,
    )
    shown = page(ann)
    for words in ("Ann Ash", "Exampleshire", "Digital", "One view of a resident", "Who shares data?"):
        assert words in shown
    assert len(re.findall(r"<input[^>]*checked", shown)) == 3


def test_all_of_it_may_stay_empty(ann: Phone) -> None:
    assert send(ann, name="") == 302
    assert cards.said_by(ann.attendee) == Introduction()


def test_the_page_says_who_sees_it_and_that_the_screen_is_a_choice(ann: Phone) -> None:
    shown = page(ann)
    assert "The room sees it only if you choose so below" in shown
    assert re.search(r'<input type="checkbox" name="on_screen"[^>]*>', shown)
    assert "checked" not in shown


def test_what_was_said_before_the_day_stands_there_and_is_nobodys_until_it_is_sent(ann: Phone) -> None:
    said_before(ann, "pre_goal", "facilitator", "To share a team")
    said_before(ann, "pre_ask", "named", "Who has a data officer?")
    shown = page(ann)
    assert "To share a team" in shown
    assert "Who has a data officer?" in shown
    assert "What you said before the day stands here already" in shown
    assert cards.people(ann.attendee.workshop) == []
    assert send(ann, name="Ann Ash", interest="") == 302
    shown = page(ann)
    assert "To share a team" not in shown, "what somebody took out stays out"
    assert "What you said before the day" not in shown


def test_nothing_that_somebody_else_or_nobody_in_particular_said_stands_there(workshop: Workshop, ann: Phone) -> None:
    said_before(phone_in(workshop), "pre_goal", "facilitator", "Something of Bob")
    said_before(ann, "pre_ask", "unlinked", "Said by nobody we know")
    shown = page(ann)
    assert "Something of Bob" not in shown
    assert "Said by nobody we know" not in shown


def test_an_ask_without_words_is_asked_for_them_and_nothing_is_lost(ann: Phone) -> None:
    reply = ann.client.post(
        f"/w/{ann.attendee.workshop_id}/who/card/", {"interest": "Buses", "is_ask": "on", "on_screen": "on"}
    )
    assert reply.status_code == 422
    assert "<title>Error: " in reply.text
    assert "Say what the ask is" in reply.text
    assert "Buses" in reply.text
    assert cards.said_by(ann.attendee) is None


def test_what_is_too_long_stays_as_it_was_typed(ann: Phone) -> None:
    reply = ann.client.post(f"/w/{ann.attendee.workshop_id}/who/card/", {"key_point": "x" * 301})
    assert reply.status_code == 422
    assert "Shorten it to 300: nothing is lost." in reply.text
    assert "x" * 301 in reply.text


def test_a_shared_tablet_offers_nobody_elses_name(workshop: Workshop, ann: Phone) -> None:
    assert 'autocomplete="name"' in page(ann)
    Attendee.objects.filter(pk=ann.attendee.pk).update(device="tablet")
    assert 'autocomplete="name"' not in page(ann)


def test_the_desk_types_a_card_for_somebody_without_a_phone_and_for_nobody_else(workshop: Workshop, ann: Phone) -> None:
    desk = browser_of(user_with("facilitator", workshop, "facilitator"))
    bob = Attendee.objects.create(workshop=workshop, device="none", name="Bob Birch")
    address = f"/w/{workshop.pk}/people/{bob.pk}/card/"
    assert address in desk.get(f"/w/{workshop.pk}/people/").text
    page_of_bob = desk.get(address).text
    assert "Bob Birch</span></span></h1>" in page_of_bob
    assert "js/private_page" in page_of_bob, "Room-safe hides names here as on the desk"
    assert "js/private_page" in desk.get(f"/w/{workshop.pk}/people/").text
    typed = {"name": "Bob Birch", "key_point": "Roads first", "on_screen": "on", "seen": seen(page_of_bob)}
    assert desk.post(address, typed).headers["Location"] == f"/w/{workshop.pk}/people/"
    assert cards.said_by(Attendee.objects.get(pk=bob.pk)) == Introduction(
        name="Bob Birch", key_point="Roads first", on_screen=True
    )
    assert desk.get(f"/w/{workshop.pk}/people/{ann.attendee.pk}/card/").status_code == 404
    for other in (ann.client, Client(), browser_of(user_with("scribe", workshop, "scribe"))):
        assert other.get(address).status_code == 404
        assert other.post(address, typed | {"name": "X"}).status_code == 404


def seen(html: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', html)
    assert found
    return found[1]


def test_the_second_of_two_desks_is_told_and_both_have_all_they_typed(workshop: Workshop) -> None:
    ann, ben = (browser_of(user_with(name, workshop, "facilitator")) for name in ("ann", "ben"))
    bob = Attendee.objects.create(workshop=workshop, device="none", name="Bob Birch")
    address = f"/w/{workshop.pk}/people/{bob.pk}/card/"
    opened = {"seen": seen(ann.get(address).text), "name": "Bob Birch"}
    assert ann.post(address, opened | {"interest": "Roads", "roles": ["ward"], "on_screen": "on"}).status_code == 302
    wrong = ben.post(address, opened | {"is_ask": "on"})
    assert (wrong.status_code, seen(wrong.text)) == (422, opened["seen"]), "what is put right is still compared"
    reply = ben.post(address, opened | {"interest": "Buses"})
    assert (reply.status_code, "<title>Error: " in reply.text) == (409, True)
    assert "Somebody else has saved this introduction since you opened it." in reply.text
    assert re.search(r"<textarea[^>]*>\s*Buses</textarea>", reply.text)
    stands = reply.text[reply.text.index("What stands now") : reply.text.index("</details>")]
    assert all(words in stands for words in ("Bob Birch", "Ward or division councillor", "Roads", "On the screen"))
    kept = cards.said_by(Attendee.objects.get(pk=bob.pk))
    assert kept
    assert kept.interest == "Roads"
    again = {"seen": seen(reply.text), "name": "Bob Birch", "interest": "Buses"}
    assert [ben.post(address, again).status_code for _ in range(2)] == [302, 302], "the same words twice are harmless"
    assert ann.post(address, {"name": "Bob Birch"}).status_code == 409, "a press that has seen nothing changes nothing"


def test_party_is_never_asked() -> None:
    """In no form, no template, no script, no question of the bank, and no usual role."""
    root = Path(settings.BASE_DIR)
    patterns = (
        "templates/**/*.html",
        "*/*form*.py",
        "*/models.py",
        "*/*_models.py",
        "static/js/*.js",
        "feedback/*.toml",
    )
    found = [path for pattern in patterns for path in root.glob(pattern)]
    assert len(found) > 100
    lines = [(path.name, line.strip()) for path in found for line in path.read_text("utf-8").splitlines()]
    named = [(name, line) for name, line in lines if PARTY.search(line) and "Party is never asked" not in line]
    assert named == []
    assert PARTY.search("Which party are you a member of?")

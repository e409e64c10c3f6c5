"""Notes to self on the phone: by script and by plain form, and on no other face."""

import json
import re
import uuid
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from agenda.models import Workshop
from feedback.models import Note
from tests.cast import Cast, Phone, phone_in

from .test_own import get, hidden

WORDS = "Ring the port about its data"


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_in(workshop)


def send(phone: Phone, body: object, slot: str = "lunch") -> HttpResponse:
    """As the page's script does."""
    return phone.client.post(  # type: ignore[return-value]
        f"/w/{phone.attendee.workshop_id}/notes/on/{slot}/",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="application/json",
        headers={"X-Live": "1"},
    )


def test_a_note_is_written_changed_and_deleted_without_a_script(workshop: Workshop, phone: Phone) -> None:
    page = get(phone, "").text
    where = f"/w/{workshop.pk}/notes/on/lunch/"
    assert page.count(f'href="{where}"') == 2  # from the item in Day, and from My notes
    form = phone.client.get(where).text
    assert "Keep my note" in form
    for text in (WORDS, "Ring them twice"):
        reply = phone.client.post(where, hidden(form) | {"value": text})
        assert (reply.status_code, reply["Location"]) == (302, f"/w/{workshop.pk}/#mine")
        form = phone.client.get(where).text
        assert f">\n{text}</textarea>" in form
        assert "Change my note" in form
        assert text in get(phone, "mine/list/").text
    found = re.search(r'action="(/w/\w+/notes/delete/)".*?name="key" value="([^"]+)"', get(phone, "").text, re.DOTALL)
    assert found
    reply = phone.client.post(found[1], {"key": found[2]})
    assert (reply.status_code, Note.objects.count()) == (302, 0)


def test_a_script_is_told_what_is_kept_and_a_repeat_is_harmless(workshop: Workshop, phone: Phone) -> None:
    sent = {"key": str(uuid.uuid4()), "edit": 1, "question": "note:lunch", "value": WORDS}
    for _ in range(2):
        reply = send(phone, sent)
        assert (reply.status_code, reply["X-Live"]) == (200, "1")
        assert json.loads(reply.content) == {"key": sent["key"], "edit": 1, "late": False}
    own = get(phone, "mine/").json()["answers"]
    assert own == {"note:lunch": {"key": sent["key"], "edit": 1, "value": WORDS}}
    assert phone_in(workshop).client.get(f"/w/{workshop.pk}/mine/").json()["answers"] == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 400), (b"{", 400), (b'{"value": "x"}', 422), (b'"' + b"x" * 17 * 1024 + b'"', 413)]
    + [(b"x" * 3 * 1024 * 1024, 413)],
)
def test_a_body_that_is_no_note_is_refused_with_a_sentence(phone: Phone, body: bytes, status: int) -> None:
    reply = send(phone, body)
    assert (reply.status_code, reply["X-Live"]) == (status, "1")
    assert json.loads(reply.content)["message"].endswith((".", "lost."))
    assert not Note.objects.exists()


def test_what_is_wrong_with_a_note_is_said_at_both_doors_and_the_words_stay(workshop: Workshop, phone: Phone) -> None:
    long = "x" * 2001
    sent = {"key": str(uuid.uuid4()), "edit": 1, "value": long}
    told = "Your answer is 2,001 characters. Shorten it to 2,000: nothing is lost."
    reply = send(phone, sent)
    assert (reply.status_code, json.loads(reply.content)["message"]) == (422, told)
    page = phone.client.post(f"/w/{workshop.pk}/notes/on/lunch/", sent)
    assert page.status_code == 422
    assert told in page.text
    assert f">\n{long}</textarea>" in page.text
    assert "<title>Error: " in re.sub(r">\s+", ">", page.text)
    assert not Note.objects.exists()


def test_an_older_page_is_told_and_keeps_its_words(workshop: Workshop, phone: Phone) -> None:
    first = hidden(get(phone, "notes/on/lunch/").text)
    where = f"/w/{workshop.pk}/notes/on/lunch/"
    phone.client.post(where, first | {"value": WORDS})
    page = phone.client.post(where, first | {"value": "from an older page"})
    assert page.status_code == 409
    assert "A newer note of yours is kept on this item." in page.text
    assert ">\nfrom an older page</textarea>" in page.text
    assert phone.client.post(where, hidden(page.text) | {"value": "from an older page"}).status_code == 302
    assert Note.objects.get().text == "from an older page"


def test_a_form_from_elsewhere_writes_and_deletes_nothing(workshop: Workshop, phone: Phone) -> None:
    key = str(uuid.uuid4())
    assert send(phone, {"key": key, "edit": 1, "value": WORDS}).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.client.cookies
    for path in ("notes/on/summary/", "notes/delete/"):
        reply = strict.post(f"/w/{workshop.pk}/{path}", {"key": key, "edit": 1, "value": "x"})
        assert reply.status_code == 403
    assert Note.objects.count() == 1


def test_no_face_but_the_phones_own_holds_a_note(cast: Cast) -> None:
    there = f"/w/{cast.workshop.pk}"
    sent = {"key": str(uuid.uuid4()), "edit": 1, "value": WORDS}
    assert cast.attendee.post(f"{there}/notes/on/lunch/", sent).status_code == 302
    assert WORDS in unescape(cast.attendee.get(f"{there}/").text)
    another = phone_in(cast.workshop).client
    for path in ("", "notes/on/lunch/", "mine/", "mine/list/", "state/phone"):
        assert WORDS not in another.get(f"{there}/{path}").text
    faces = ("desk/", "desk/remote/", "summary/", "screen/", "plan/", "export/", "state/desk", "state/screen", "order/")
    for path in faces:
        reply = cast.owner.get(f"{there}/{path}")
        assert reply.status_code == 200
        assert WORDS not in reply.text
    assert WORDS not in cast.owner.post(f"{there}/export/answers.csv").content.decode()

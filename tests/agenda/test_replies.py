"""Answers to scripts carry our mark, so that a captive portal's page is never taken for ours."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from agenda.models import Workshop
from agenda.replies import csrf_failure, say, to_scripts
from tests.cast import phone_in


@to_scripts
def gone(request: HttpRequest, title: str) -> HttpResponse:
    raise Http404(title)


@to_scripts
def there(request: HttpRequest, title: str) -> HttpResponse:
    """A page that is found."""
    return HttpResponse(title)


def test_what_is_said_carries_our_mark_and_is_not_kept() -> None:
    answer = say(422, message="Not yet.", n=1)
    assert (answer.status_code, answer["X-Live"], answer["Cache-Control"]) == (422, "1", "no-store")
    assert json.loads(answer.content) == {"message": "Not yet.", "n": 1}


def test_a_refusal_to_a_script_carries_our_mark_and_a_sentence() -> None:
    for headers in ({"X-Live": "1", "Accept": "text/html"}, {"Accept": "application/json"}, {}):
        answer = gone(RequestFactory().get("/", headers=headers), "secret title")
        assert (answer.status_code, answer["X-Live"]) == (404, "1")
        assert json.loads(answer.content) == {
            "message": "This phone has no seat in the room. Join again: what you wrote is still here."
        }


def test_a_person_gets_the_page(workshop: Workshop) -> None:
    answer = Client().get(f"/w/{workshop.pk}/mine/", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, "X-Live" in answer) == (404, False)
    assert "There is nothing at this address" in answer.content.decode()


def test_what_is_found_is_passed_on_as_it_is() -> None:
    assert there(RequestFactory().get("/"), "A day").content == b"A day"
    assert (there.__name__, there.__doc__) == ("there", "A page that is found.")


def test_a_page_that_was_open_too_long_says_so(workshop: Workshop) -> None:
    """Through Django's own check, with cookies and without the token."""
    phone = phone_in(workshop)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.client.cookies
    page = strict.post(f"/w/{workshop.pk}/who/", {"name": "Ann"})
    assert page.status_code == 403
    assert "Nothing was changed and nothing is lost" in page.content.decode()
    script = strict.post(f"/w/{workshop.pk}/answers/", {}, headers={"X-Live": "1"})
    assert (script.status_code, script["X-Live"]) == (403, "1")
    assert "what you wrote is kept" in script.json()["message"]
    phone.attendee.refresh_from_db()
    assert phone.attendee.name == ""


def test_no_reason_of_djangos_reaches_a_person() -> None:
    answer = csrf_failure(RequestFactory().post("/"), reason="CSRF cookie not set.")
    assert "CSRF" not in answer.content.decode()

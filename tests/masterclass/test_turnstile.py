"""A hall that comes in the same second is let in one after the other, and nobody is turned away."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from agenda.models import Attendee, Workshop
from masterclass.turnstile import AT_A_TIME, turnstile
from tests.live.sockets import fetch
from tests.server import Server

HALL = 120


def test_so_many_are_inside_at_a_time_and_everybody_gets_in() -> None:
    inside, most, guard = 0, 0, threading.Lock()
    full = threading.Barrier(AT_A_TIME)

    def view(request: HttpRequest) -> HttpResponse:
        nonlocal inside, most
        with guard:
            inside += 1
            most = max(most, inside)
        full.wait(10)  # a whole batch has to be inside together, or this breaks
        with guard:
            inside -= 1
        return HttpResponse("in")

    let_in = turnstile(view)
    requests = [RequestFactory().get("/") for _ in range(3 * AT_A_TIME)]
    with ThreadPoolExecutor(3 * AT_A_TIME) as threads:
        replies = list(threads.map(let_in, requests))
    assert [reply.content for reply in replies] == [b"in"] * (3 * AT_A_TIME)
    assert most == AT_A_TIME


def test_whoever_asks_for_our_health_does_not_wait() -> None:
    waiting, done = threading.Barrier(AT_A_TIME + 1), threading.Event()

    def view(request: HttpRequest) -> HttpResponse:
        if request.path == "/":
            waiting.wait(10)
            done.wait(10)
        return HttpResponse()

    let_in = turnstile(view)
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        crowd = [threads.submit(let_in, RequestFactory().get("/")) for _ in range(AT_A_TIME)]
        waiting.wait(10)
        assert let_in(RequestFactory().get("/healthz/live")).status_code == 200
        done.set()
    assert all(one.result().status_code == 200 for one in crowd)


@pytest.mark.django_db(transaction=True)
def test_a_hall_that_joins_at_once_has_a_seat_each(workshop: Workshop, server: Server) -> None:
    def join(_number: int) -> str:
        page = fetch(server, f"/j/{workshop.join_code}/", within=60)
        token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        sent = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": server.origin}
        body = f"csrfmiddlewaretoken={token}"
        reply = fetch(server, f"/j/{workshop.join_code}/", method="POST", body=body, within=60, **sent)
        assert reply.status == 302
        return next(value for value in reply.headers.get_all("Set-Cookie") or [] if value.startswith("seat-"))

    with ThreadPoolExecutor(HALL) as threads:
        seats = {cookie.partition("=")[2].partition(":")[0] for cookie in threads.map(join, range(HALL))}
    assert len(seats) == HALL
    assert Attendee.objects.filter(workshop=workshop, pk__in=seats).count() == HALL

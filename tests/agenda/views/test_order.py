"""The running order to keep, as a calendar file and as a page. Nothing in them is only for the facilitator."""

import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agenda.models import Attendee, PlanVersion, Speaker, Workshop
from agenda.plan import items
from agenda.presses import advance
from tests.cast import Cast, browser_of, phone_in, user_with

PATHS = ["order/", "plan.ics"]
HALL = "192.168.1.20"
SECRET = "Nobody but the facilitator reads this"


def publish(workshop: Workshop, **changes: Any) -> PlanVersion:
    """A further version in which every slot is changed so."""
    newest = workshop.plan_versions.latest("number")
    slots = [slot | changes for slot in newest.value["slots"]]
    return PlanVersion.objects.create(
        workshop=workshop, number=newest.number + 1, value=newest.value | {"slots": slots}
    )


def calendar_of(client: Client, workshop: Workshop, query: str = "") -> dict[str, Any]:
    """UID -> event, as a calendar reads the file."""
    content = client.get(f"/w/{workshop.pk}/plan.ics{query}").content
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_the_calendar_file_is_one(cast: Cast) -> None:
    response = cast.attendee.get(f"/w/{cast.workshop.pk}/plan.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2020-02-07_newcastle.ics"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"TZID:Europe/London" in response.content


def test_the_newcastle_day_is_in_it(cast: Cast) -> None:
    [event] = calendar_of(cast.attendee, cast.workshop).values()
    assert event["uid"] == f"{cast.workshop.pk}@masterclass"
    assert (event["summary"], event["location"], event["sequence"]) == ("Data and Digital Masterclass", "Newcastle", 1)
    assert event["description"].split("\n")[:3] == [
        "first  Intros and Discussion",
        "11:15  How digital is helping councils (Newcastle guest speakers)",
        "12:00  Deriving benefits from data (Sunderland guest speakers)",
    ]


def test_each_item_is_in_it_for_those_who_ask(cast: Cast) -> None:
    found = calendar_of(cast.attendee, cast.workshop, "?items=1")
    assert len(found) == 1 + 8
    assert found[f"{cast.workshop.pk}-data@masterclass"]["description"] == (
        "Sunderland guest speakers\n"
        "Cllr Michael Mordey, Deputy leader, Sunderland City Council\n"
        "Fiona Brown, Exec Director, Neighbourhoods, Sunderland City Council"
    )
    assert calendar_of(cast.attendee, cast.workshop, "?items=yes").keys() == {f"{cast.workshop.pk}@masterclass"}


def test_the_newest_version_is_the_one_to_keep(cast: Cast) -> None:
    version = publish(cast.workshop, title="Renamed")
    [event] = calendar_of(cast.viewer, cast.workshop).values()
    assert (event["sequence"], event.stamp) == (2, version.published_at.replace(microsecond=0))
    assert "11:15  Renamed" in event["description"]


def test_a_day_without_a_published_order_has_no_calendar(cast: Cast) -> None:
    cast.workshop.plan_versions.all().delete()
    assert cast.owner.get(f"/w/{cast.workshop.pk}/plan.ics").status_code == 404


def test_private_notes_stay_with_the_facilitator(cast: Cast) -> None:
    version = publish(cast.workshop, notes=SECRET, detail="For everybody")
    assert {item.notes for item in items(version.value).values()} == {SECRET}
    assert SECRET in cast.owner.get(f"/w/{cast.workshop.pk}/desk/").content.decode()
    for path in (*PATHS, "plan.ics?items=1"):
        for name in ("owner", "viewer", "attendee"):
            text = cast.by_name(name).get(f"/w/{cast.workshop.pk}/{path}").content.decode().replace("\r\n ", "")
            assert "Reflections" in text, (name, path)
            assert SECRET not in text, (name, path)


@pytest.mark.parametrize("path", PATHS)
def test_a_seat_opens_it_from_the_hall_and_a_role_does_not(cast: Cast, path: str) -> None:
    address = f"/w/{cast.workshop.pk}/{path}"
    assert cast.attendee.get(address, REMOTE_ADDR=HALL).status_code == 200
    assert cast.owner.get(address, REMOTE_ADDR=HALL).status_code == 404
    assert cast.other_attendee.get(address, REMOTE_ADDR=HALL).status_code == 404
    Attendee.objects.filter(workshop=cast.workshop).update(revoked_at=timezone.now())
    assert cast.attendee.get(address, REMOTE_ADDR=HALL).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_somebody_with_a_role_elsewhere_may_have_a_seat_here(cast: Cast, path: str) -> None:
    client = browser_of(user_with("visitor", cast.other_workshop, "owner"))
    address = f"/w/{cast.workshop.pk}/{path}"
    assert client.get(address).status_code == 404
    client.cookies.update(phone_in(cast.workshop).client.cookies)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("speakers", [1, 3])
def test_it_costs_the_same_for_one_speaker_and_for_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, speakers: int
) -> None:
    keep = Speaker.objects.filter(slot__workshop=cast.workshop).values_list("pk", flat=True)[:speakers]
    Speaker.objects.exclude(pk__in=list(keep)).delete()
    for path in PATHS:
        with django_assert_num_queries(4):  # the seat, the log, the version in force, the speakers
            assert cast.attendee.get(f"/w/{cast.workshop.pk}/{path}").status_code == 200


def page_of(client: Client, workshop: Workshop) -> str:
    """The page without its line breaks."""
    return re.sub(r"\s+", " ", client.get(f"/w/{workshop.pk}/order/").content.decode())


def test_the_page_says_when_what_and_who(cast: Cast) -> None:
    page = page_of(cast.attendee, cast.workshop)
    assert "<title>Running order – Data and Digital Masterclass</title>" in page
    assert "Newcastle, Friday 7 February 2020" in page
    times = re.findall(r'<span class="day-time">([^<]*)</span>', page)
    assert times == ["first", "11:15", "12:00", "12:45", "13:30", "13:45", "14:15", "15:15", "15:30"]
    assert re.findall(r"<h2>([^<]*)</h2>", page)[:4] == [
        "Intros and Discussion",
        "How digital is helping councils",
        "Deriving benefits from data",
        "Lunch",
    ]
    assert "Newcastle guest speakers" in page
    assert "Deputy leader and Cabinet Member for Resources, Newcastle" in page
    assert "<li>your name, your council and your role there</li>" in page
    assert page.count('<li class="fixed">') == 2


def test_the_page_leads_to_the_calendar_and_back(cast: Cast) -> None:
    here = f"/w/{cast.workshop.pk}/"
    phone, laptop = (page_of(client, cast.workshop) for client in (cast.attendee, cast.owner))
    for page in (phone, laptop):
        assert f'href="{here}plan.ics"' in page
        assert f'href="{here}plan.ics?items=1"' in page
    assert f'href="{here}"' in phone
    assert "/staff/" not in phone
    assert 'href="/staff/"' in laptop


def test_times_are_planned_however_late_the_day_runs(cast: Cast) -> None:
    before = page_of(cast.attendee, cast.workshop)
    file = cast.attendee.get(f"/w/{cast.workshop.pk}/plan.ics").content
    started = timezone.now()
    with time_machine.travel(started, tick=False) as clock:
        advance(workshop=cast.workshop, expect=None, actor=None)
        clock.shift(timedelta(hours=2))
        assert page_of(cast.attendee, cast.workshop) == before
        assert cast.attendee.get(f"/w/{cast.workshop.pk}/plan.ics").content == file


def test_a_hand_out_on_the_page_is_markdown_and_harmless(cast: Cast) -> None:
    publish(cast.workshop, detail="# Read\n<script>alert(1)</script>\n[here](https://example.org/a)")
    page = page_of(cast.attendee, cast.workshop)
    assert page.count("<h3>Read</h3>") == 9
    assert '<a href="https://example.org/a" rel="noopener nofollow">here</a>' in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_a_day_without_a_published_order_says_so(cast: Cast) -> None:
    cast.workshop.plan_versions.all().delete()
    page = page_of(cast.viewer, cast.workshop)
    assert "The running order has not been published yet." in page
    assert "plan.ics" not in page


def test_the_ways_to_it_are_on_the_phone_and_in_the_list_of_days(cast: Cast) -> None:
    phone = cast.attendee.get(f"/w/{cast.workshop.pk}/").content.decode()
    assert f'<a href="/w/{cast.workshop.pk}/order/">Running order to keep</a>' in phone
    assert f'<a href="/w/{cast.workshop.pk}/plan.ics">Add to your calendar</a>' in phone
    for name in ("owner", "viewer"):
        assert (
            f'<a href="/w/{cast.workshop.pk}/order/">Running order</a>'
            in cast.by_name(name).get("/staff/").content.decode()
        )

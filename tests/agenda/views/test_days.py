"""The pages of people with an account: their days, the templates, and a new day."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agenda import new_days, presses
from agenda.chapters import dump_document, load_document
from agenda.models import User, Workshop
from tests.cast import Cast, browser_of, newcastle, user_with

GOOD = {"title": "Spring masterclass", "date": "2026-12-01", "place": "Leeds", "start_from": "blank"}


@pytest.fixture
def ann(db: None) -> Client:
    return browser_of(user_with("ann"))


def post(client: Client, **typed: str) -> Any:
    return client.post("/staff/new/", {**GOOD, **typed})


def as_template(workshop: Workshop) -> Workshop:
    new_days.set_template(workshop=workshop, on=True, user=User.objects.all()[0], now=timezone.now())
    return workshop


def test_a_new_day_is_made_and_leads_to_where_it_is_edited(ann: Client) -> None:
    page = ann.get("/staff/")
    assert 'href="/staff/new/"' in page.content.decode()
    made = post(ann)
    workshop = Workshop.objects.get()
    assert made["Location"] == f"/w/{workshop.pk}/plan/"
    assert 'value="Welcome and introductions"' in ann.get(made["Location"]).content.decode()
    assert (workshop.title, workshop.date, workshop.place) == ("Spring masterclass", date(2026, 12, 1), "Leeds")
    assert ann.get(f"/w/{workshop.pk}/desk/").status_code == 200
    assert f"/w/{workshop.pk}/desk/" in ann.get("/staff/").content.decode()


@pytest.mark.parametrize("typed", ["2026-02-07", "7 February 2026", "07/02/2026", "7 Feb 2026", " 7/2/2026 "])
def test_a_date_may_be_written_as_people_here_write_it(ann: Client, typed: str) -> None:
    post(ann, date=typed)
    assert Workshop.objects.get().date == date(2026, 2, 7)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", " ", "Give the day a title."),
        ("title", "x" * 121, "at most 120 characters"),
        ("date", "", "Say on which date the day is."),
        ("date", "31/02/2026", "Write the date as day, month and year"),
        ("date", "02/27/2026", "Write the date as day, month and year"),
        ("date", "tomorrow", "Write the date as day, month and year"),
        ("date", "0001-01-01", "The date must lie between 1970 and 2200."),
        ("place", "x" * 121, "at most 120 characters"),
        ("place", "bell\x07", "The place holds a character that is not text."),
        ("start_from", "nosuchday2", "This day is not there to start from any more."),
        ("start_from", "", "Choose what to start from"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_everything_typed_is_kept(
    ann: Client, field: str, typed: str, sentence: str
) -> None:
    refused = post(ann, **{field: typed})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert re.search(rf'class="error" id="id_{field}_error">[^<]*{re.escape(sentence)}', page)
    for name in {"title", "date", "place"} - {field}:
        assert f'value="{GOOD[name]}"' in page
    assert not typed.strip() or field == "start_from" or f'value="{typed.strip()}"' in page
    assert not Workshop.objects.exists()


def test_a_time_the_date_does_not_have_is_refused_beside_the_date(cast: Cast) -> None:
    document = dump_document(cast.workshop)
    document["slots"][0]["start"] = "01:30"
    load_document(document)
    refused = post(cast.owner, date="2026-03-29", start_from=cast.workshop.pk)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert re.search(r'id="id_date_error">The start of “[^<]+” is 01:30, which does not exist on 29 March 2026', page)
    assert f'<option value="{cast.workshop.pk}" selected>' in page
    assert 'value="Spring masterclass"' in page
    assert 'value="2026-03-29"' in page
    assert Workshop.objects.count() == 2


def test_a_copy_is_offered_of_the_days_one_runs_and_of_no_others(cast: Cast) -> None:
    names = ("owner", "facilitator", "staff", "scribe", "viewer", "outsider")
    pages = {name: cast.by_name(name).get("/staff/new/").content.decode() for name in names}
    assert {name for name, page in pages.items() if cast.workshop.pk in page} == {"owner", "facilitator"}
    assert {name for name, page in pages.items() if cast.other_workshop.pk in page} == {"outsider"}
    for name in ("scribe", "viewer", "staff", "outsider"):
        assert post(cast.by_name(name), start_from=cast.workshop.pk).status_code == 422
    assert Workshop.objects.count() == 2


def test_the_days_page_leads_to_a_copy_of_that_day(cast: Cast) -> None:
    page = cast.facilitator.get("/staff/").content.decode()
    assert f"/staff/new/?from={cast.workshop.pk}" in page
    assert f"/staff/new/?from={cast.workshop.pk}" not in cast.scribe.get("/staff/").content.decode()
    form = cast.facilitator.get(f"/staff/new/?from={cast.workshop.pk}").content.decode()
    assert f'<option value="{cast.workshop.pk}" selected>' in form
    assert "selected" not in cast.facilitator.get("/staff/new/?from=nosuchday2").content.decode()


def test_everybody_with_an_account_may_start_from_a_template(cast: Cast) -> None:
    template = as_template(cast.workshop)
    for name in ("outsider", "viewer"):
        client = cast.by_name(name)
        assert f"/staff/new/?from={template.pk}" in client.get("/staff/").content.decode()
        made = post(client, title=f"Day of {name}", start_from=template.pk)
        assert made.status_code == 302
        assert Workshop.objects.get(title=f"Day of {name}").slots.count() == template.slots.count()
    assert cast.outsider.get(f"/w/{template.pk}/desk/").status_code == 404


def test_templates_are_listed_apart(cast: Cast) -> None:
    as_template(cast.workshop)
    own, templates = cast.owner.get("/staff/").content.decode().split('id="templates"')
    assert cast.workshop.pk not in own
    assert f"/w/{cast.workshop.pk}/plan/" in templates
    assert f"/w/{cast.workshop.pk}/desk/" not in templates
    assert f"/w/{cast.workshop.pk}/" not in cast.outsider.get("/staff/").content.decode()


def test_the_owner_switches_a_template_on_and_off(cast: Cast) -> None:
    for on, button in (("1", "No longer a template"), ("0", "Make it a template")):
        assert cast.owner.post(f"/w/{cast.workshop.pk}/template/", {"on": on})["Location"] == "/staff/"
        assert button in cast.owner.get("/staff/").content.decode()
        cast.workshop.refresh_from_db()
        assert cast.workshop.template == (on == "1")
        assert "emplate</button>" not in cast.facilitator.get("/staff/").content.decode()
    assert cast.owner.post(f"/w/{cast.workshop.pk}/template/", {"on": "x"}).status_code == 404


def test_a_day_that_has_begun_stays_a_day_and_the_page_says_why(cast: Cast) -> None:
    presses.advance(workshop=cast.workshop, expect=None, actor=None)
    refused = cast.owner.post(f"/w/{cast.workshop.pk}/template/", {"on": "1"})
    assert refused.status_code == 422
    assert "has begun, so it cannot be a template" in refused.content.decode()


def test_the_desk_does_not_start_a_template_and_says_why(cast: Cast) -> None:
    as_template(cast.workshop)
    refused = cast.owner.post(f"/w/{cast.workshop.pk}/desk/move-on/", {"expect": ""})
    assert refused.status_code == 422
    assert "This is a template, so it is not run." in refused.content.decode()


def test_the_pages_cost_the_same_for_one_day_and_for_three(cast: Cast, django_assert_num_queries: Any) -> None:
    owner = User.objects.get(username="owner")
    for count in (1, 3):
        if count == 3:
            for slug in ("b", "c"):
                owner.memberships.create(workshop=newcastle(slug), role="owner")
        with django_assert_num_queries(5):
            cast.owner.get("/staff/")
        with django_assert_num_queries(4):
            cast.owner.get("/staff/new/")


def test_whoever_is_not_signed_in_is_asked_to(db: None) -> None:
    for answer in (Client().get("/staff/new/"), post(Client())):
        assert answer["Location"] == "/sign-in/"
    assert not Workshop.objects.exists()

"""What was published can be looked at and compared, and never changes."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agenda.chapters import dump_document, load_document
from agenda.models import PlanVersion, Workshop
from agenda.versions import all_versions
from tests.agenda.plan_forms import Sheet
from tests.cast import EVERYBODY, Cast, browser_of, user_with


@pytest.fixture
def ann(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "facilitator"))


def plan(workshop: Workshop, client: Client) -> Sheet:
    return Sheet(client, f"/w/{workshop.pk}/plan/").open()


def page(client: Client, workshop: Workshop, path: str = "") -> str:
    """Its words."""
    response = client.get(f"/w/{workshop.pk}/plan/versions/{path}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def publish_twice(workshop: Workshop, client: Client) -> None:
    """By Ann, then by a document from elsewhere."""
    plan(workshop, client).type(**{"at-lunch": "12.50", "minutes-lunch": "40"}).press("publish")
    document = dump_document(workshop)
    document["slots"][2]["title"] = "What data can do"
    load_document(document)


def test_versions_are_listed_with_when_who_and_what_was_new(workshop: Workshop, ann: Client) -> None:
    publish_twice(workshop, ann)
    text = page(ann, workshop)
    newest, second, first = (text.index(f"Version {number} ") for number in (3, 2, 1))
    assert newest < second < first
    assert "What data can do : was called “Deriving benefits from data”" in text[newest:second]
    assert "counts now" in text[newest:second]
    assert "Lunch : 12:45 → 12:50, 45 → 40 minutes" in text[second:first]
    assert re.search(r"Published \S+ by ann", text[second:first])
    assert " by " not in text[newest:second]


def test_one_version_is_shown_as_it_was_published(workshop: Workshop, ann: Client) -> None:
    publish_twice(workshop, ann)
    text = page(ann, workshop, "1/")
    assert "Deriving benefits from data" in text
    assert "What data can do" not in text
    assert "12:45 Lunch 45 minutes" in text
    assert "Private notes: Show what came in over lunch before asking for more." in text


@pytest.mark.parametrize("pair", ["older=1&newer=3", "older=3&newer=1"])
def test_two_versions_are_compared_whichever_is_named_first(workshop: Workshop, ann: Client, pair: str) -> None:
    publish_twice(workshop, ann)
    text = page(ann, workshop, f"compare/?{pair}")
    assert "From version 1 to version 3" in text
    assert "Lunch : 12:45 → 12:50, 45 → 40 minutes" in text
    assert "What data can do : was called" in text
    assert "Nothing differs between them." in page(ann, workshop, "compare/?older=2&newer=2")


def test_the_list_says_what_the_draft_would_change(workshop: Workshop, ann: Client) -> None:
    assert "The draft" not in page(ann, workshop)
    sheet = plan(workshop, ann).type(**{"at-lunch": "12.50"}).press("save")
    assert "Publishing it would change this: Lunch : 12:45 → 12:50" in page(ann, workshop)
    sheet.type(**{"at-lunch": "24:70"}).press("save")
    assert "The draft" not in page(ann, workshop), "what cannot be published is said on the plan page"


def test_a_title_is_text_and_never_markup(workshop: Workshop, ann: Client) -> None:
    hostile = "<script>alert(1)</script> %s %(x)s 100 %"
    plan(workshop, ann).type(**{"title-lunch": hostile, "byline-data": hostile}).press("publish")
    for path in ("", "2/", "compare/?older=1&newer=2"):
        response = ann.get(f"/w/{workshop.pk}/plan/versions/{path}").content.decode()
        assert "<script>alert" not in response
        assert "&lt;script&gt;alert(1)&lt;/script&gt; %s %(x)s 100 %" in response


def test_publishing_leaves_earlier_versions_as_they_were(workshop: Workshop, ann: Client) -> None:
    before = PlanVersion.objects.get().value
    publish_twice(workshop, ann)
    assert PlanVersion.objects.get(number=1).value == before


@pytest.mark.parametrize(
    "path", ["4/", "0/", f"{10**30}/", "compare/", "compare/?older=1&newer=9", "compare/?older=x&newer=1"]
)
def test_what_was_never_published_is_not_there(workshop: Workshop, ann: Client, path: str) -> None:
    assert ann.get(f"/w/{workshop.pk}/plan/versions/{path}").status_code == 404


def test_only_those_who_may_edit_the_day_compare(cast: Cast) -> None:
    there = f"/w/{cast.workshop.pk}/plan/versions/compare/?older=1&newer=1"
    seen = {name: cast.by_name(name).get(there).status_code for name in EVERYBODY}
    assert {name for name, status in seen.items() if status == 200} == {"owner", "facilitator"}
    assert {status for name, status in seen.items() if name not in {"owner", "facilitator"}} == {404}


def test_the_number_of_queries_does_not_grow_with_the_versions(
    workshop: Workshop, ann: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        with django_assert_num_queries(4):
            assert len(all_versions(workshop)) == count
        publish_twice(workshop, ann)

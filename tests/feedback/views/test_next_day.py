"""The page of the day after, and the report on it."""

import hashlib
import re
import uuid
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from agenda.models import Attendee, Audit, Slot, Workshop
from feedback import parking, report, services
from feedback.models import Answer, Question
from feedback.queue_models import SpeakerQuestion
from sessions import sheets
from tests.cast import EVERYBODY, Cast
from tests.feedback.conftest import TALK
from tests.feedback.room import give, opened
from tests.live import day


def page(client: Client, workshop: Workshop) -> str:
    return client.get(f"/w/{workshop.pk}/next-day/").content.decode()


def post(client: Client, workshop: Workshop, press: str, **data: object) -> HttpResponse:
    return client.post(f"/w/{workshop.pk}/next-day/{press}", data)  # type: ignore[return-value]


def typed(html: str) -> str:
    found = re.search(r"<textarea[^>]*>\r?\n(.*?)</textarea>", html, re.DOTALL)
    assert found
    return unescape(found[1])


def edit(html: str) -> str:
    found = re.search(r'name="edit" value="(\d+)"', html)
    assert found
    return found[1]


@pytest.fixture
def answered(cast: Cast) -> Cast:
    """Three answers that the room was shown, in a day that nobody has closed."""
    for words in ("More buses", "</textarea><script>alert(1)</script>", "=1+1"):
        give(opened(cast.workshop, "sum_insights"), words)
    services.show(Question.objects.get(workshop=cast.workshop, key="sum_insights"))
    return cast


@pytest.mark.parametrize("name", EVERYBODY)
def test_it_is_for_those_who_run_the_day(answered: Cast, name: str) -> None:
    client, workshop = answered.by_name(name), answered.workshop
    may = name in {"owner", "facilitator"}
    assert ("More buses" in page(client, workshop)) == may
    looks = [client.get(f"/w/{workshop.pk}/next-day/{path}").status_code for path in ("", "report/")]
    assert looks == [200 if may else 404] * 2
    assert post(client, workshop, "save/", edit=0, text="Mine").status_code == (302 if may else 404)
    assert post(client, workshop, "report.md").status_code == (200 if may else 404)
    assert post(client, workshop, "anew/", edit=1).status_code == (302 if may else 404)


def test_the_page_has_the_report_to_edit_and_runs_nothing(answered: Cast) -> None:
    html = page(answered.owner, answered.workshop)
    assert "<script>alert" not in html
    assert typed(html) == report.from_summary(answered.workshop)
    assert edit(html) == "0"
    assert "The day is not closed yet." in html
    assert "Asks that nobody has taken up" in html


def test_a_report_is_saved_and_read_again(answered: Cast) -> None:
    workshop = answered.workshop
    response = post(answered.owner, workshop, "save/", edit=0, text="# Our day\r\n\r\nIt was <b>good</b>.")
    assert response["Location"] == f"/w/{workshop.pk}/next-day/"
    html = page(answered.facilitator, workshop)
    assert (typed(html), edit(html)) == ("# Our day\n\nIt was <b>good</b>.", "1")
    read = answered.facilitator.get(f"/w/{workshop.pk}/next-day/report/").content.decode()
    assert "<h2>Our day</h2>" in read
    assert "<b>good" not in read


def test_two_who_save_at_once_both_find_their_words(answered: Cast) -> None:
    workshop = answered.workshop
    post(answered.owner, workshop, "save/", edit=0, text="The owner’s words")
    response = post(answered.facilitator, workshop, "save/", edit=0, text="Other words")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else has saved this report since you opened it." in html
    assert (typed(html), edit(html)) == ("Other words", "1")
    assert "The owner’s words</pre>" in html
    assert report.report(workshop).text == "The owner’s words"
    assert post(answered.facilitator, workshop, "save/", edit=edit(html), text="Both words").status_code == 302
    assert report.report(workshop).text == "Both words"


@pytest.mark.parametrize(("text", "says"), [(" \n ", "Write something first"), ("x" * 100_001, "100,000 characters")])
def test_what_cannot_be_a_report_is_not_lost(answered: Cast, text: str, says: str) -> None:
    response = post(answered.owner, answered.workshop, "save/", edit=0, text=text)
    html = response.content.decode()
    assert response.status_code == 422
    assert says in html
    assert typed(html) == text
    assert not report.report(answered.workshop).is_saved


@pytest.mark.parametrize("wrong", ["", "-1", "one", "9" * 20])
def test_a_press_without_a_number_changes_nothing(answered: Cast, wrong: str) -> None:
    post(answered.owner, answered.workshop, "save/", edit=0, text="Mine")
    for press in ("save/", "anew/"):
        assert post(answered.owner, answered.workshop, press, edit=wrong, text="Other").status_code in {409, 422}
    assert report.report(answered.workshop).text == "Mine"


def test_begun_anew_it_is_the_summarys_again(answered: Cast) -> None:
    post(answered.owner, answered.workshop, "save/", edit=0, text="Mine")
    assert post(answered.owner, answered.workshop, "anew/", edit=7).status_code == 409
    assert report.report(answered.workshop).text == "Mine"
    assert post(answered.owner, answered.workshop, "anew/", edit=1).status_code == 302
    assert "> More buses" in report.report(answered.workshop).text


def test_it_is_taken_away_as_a_file_and_written_down(answered: Cast) -> None:
    post(answered.owner, answered.workshop, "save/", edit=0, text="# Ünsere\n\nWords\n")
    response = post(answered.owner, answered.workshop, "report.md")
    assert response.content.decode() == "# Ünsere\n\nWords\n"
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2020-02-07_newcastle_report.md"'
    entry = Audit.objects.get(kind="export")
    sha256 = hashlib.sha256(response.content).hexdigest()
    assert (str(entry.user), entry.detail) == (
        "owner",
        {"file": "2020-02-07_newcastle_report.md", "rows": 3, "sha256": sha256},
    )


def test_there_is_a_press_to_tick_off_where_there_is_something_to_tick_off(cast: Cast) -> None:
    workshop = cast.workshop
    day.begin(workshop)
    there = f'href="/w/{workshop.pk}/parking/"'
    assert there not in page(cast.owner, workshop)
    sheets.open_parking_lot(workshop=workshop)
    give(Question.objects.get(workshop=workshop, key="parking_lot"), "The car park")
    assert page(cast.owner, workshop).count(there) == 1
    slot = Slot.objects.get(workshop=workshop, key=TALK)
    row = SpeakerQuestion.objects.create(
        workshop=workshop, slot=slot, id=uuid.uuid4(), respondent="a" * 64, text="Who pays?"
    )
    assert page(cast.owner, workshop).count(there) == 2
    for one in (row.pk, Answer.objects.get(question__key="parking_lot").pk):
        parking.deal_with(workshop=workshop, parked_id=one, how="")
    assert there not in page(cast.owner, workshop)


def test_names_and_councils_are_hidden_by_room_safe(cast: Cast) -> None:
    Attendee.objects.filter(workshop=cast.workshop).update(name="Ann Ash", council="Hexham", role="councillor")
    html = page(cast.owner, cast.workshop)
    assert "Ann Ash, Hexham (councillor)" in html
    open_part = re.sub(r"<(table|details)\b[^>]*\bdata-private\b.*?</\1>", "", html, flags=re.DOTALL)
    assert "Ann Ash" not in open_part
    assert "Hexham" not in open_part
    assert "<td>councillor</td><td>1</td>" in open_part


def test_desk_and_summary_lead_there_once_the_day_is_closed(cast: Cast) -> None:
    workshop = cast.workshop
    there = f'href="/w/{workshop.pk}/next-day/"'
    looks = [f"/w/{workshop.pk}/desk/", f"/w/{workshop.pk}/summary/"]
    assert not [path for path in looks if there in cast.owner.get(path).content.decode()]
    day.begin(workshop)
    day.change(workshop, f"close {day.live(workshop)}")
    assert [path for path in looks if there in cast.owner.get(path).content.decode()] == looks
    assert there not in cast.viewer.get(looks[1]).content.decode()
    assert "The day is not closed yet." not in page(cast.owner, workshop)

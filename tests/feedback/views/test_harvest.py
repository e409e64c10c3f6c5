"""The summary for everybody with a role; the file for those who take it home."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agenda.models import Audit, Workshop
from feedback.exports import take_home
from feedback.exports.columns import MEANINGS
from feedback.exports.tables import RESPONSES_LONG
from feedback.models import Answer
from tests.cast import EVERYBODY, Cast, phone_in
from tests.feedback import taken
from tests.feedback.room import CHOICE, give, new_question, opened


def summary(client: Client, workshop: Workshop) -> HttpResponse:
    return client.get(f"/w/{workshop.pk}/summary/")  # type: ignore[return-value]


def take(client: Client, workshop: Workshop) -> HttpResponse:
    return client.post(f"/w/{workshop.pk}/export/answers.csv")  # type: ignore[return-value]


def file_of(client: Client, workshop: Workshop) -> list[list[str]]:
    """The file's lines, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(take(client, workshop).content.decode("utf-8-sig"), newline="")))


def preview(client: Client, workshop: Workshop) -> str:
    return client.get(f"/w/{workshop.pk}/export/").content.decode()


def one_more_each_time(workshop: Workshop) -> Iterator[int]:
    """Three times: one more question with three answers; gives how many were there before."""
    for number in range(3):
        question = new_question(workshop, f"extra_{number}")
        for words in ("1", "2", "3"):
            give(question, words)
        yield number


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index("<tbody>") :], re.DOTALL)
    return [[unescape(cell) for cell in re.findall(r'<td dir="auto">(.*?)</td>', row, re.DOTALL)] for row in rows]


@pytest.fixture
def answered(cast: Cast) -> Cast:
    """Four answers, of which three are released."""
    for words in ("More buses", "<script>alert(1)</script>", "=1+1", "Waits for company"):
        give(opened(cast.workshop, "sum_insights"), words)
    return cast


class TestSummary:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_it_is_for_everybody_with_a_role(self, answered: Cast, name: str) -> None:
        response = summary(answered.by_name(name), answered.workshop)
        may = name in {"owner", "facilitator", "staff", "scribe", "viewer"}
        assert response.status_code == (200 if may else 404)
        assert ("More buses" in response.content.decode()) == may

    def test_it_has_the_question_how_many_answered_and_what_was_released(self, answered: Cast) -> None:
        html = summary(answered.viewer, answered.workshop).content.decode()
        assert "<h3>What insights have you got?</h3>" in html
        assert "4 answers" in html
        assert html.count('<li class="card"') == 3
        assert "Waits for company" not in html
        assert "What connections do you want to make?" not in html  # it was not asked

    def test_it_says_words_and_runs_none(self, answered: Cast) -> None:
        html = summary(answered.viewer, answered.workshop).content.decode()
        assert "<script>alert" not in html
        assert "<script>alert(1)</script>" in unescape(html)

    def test_bars_have_numbers_in_words(self, cast: Cast) -> None:
        question = new_question(cast.workshop, "vote", kind="choice", config=CHOICE, text="Shall we?")
        for vote in ("yes", "yes", "no"):
            give(question, vote)
        html = summary(cast.viewer, cast.workshop).content.decode()
        article = html[html.index('<article class="said">') : html.index("</article>")]
        words = " ".join(re.sub(r"<[^>]+>", " ", article).split())
        assert words == "Shall we? 3 answers Shall we? Answer How many chose it Yes 2 of 3 (67%) No 1 of 3 (33%)"

    def test_below_three_there_is_a_count_and_no_word(self, cast: Cast) -> None:
        for words in ("One thing", "Another thing"):
            give(opened(cast.workshop, "sum_insights"), words)
        html = summary(cast.facilitator, cast.workshop).content.decode()
        assert "2 answers" in html
        assert "No answers to read yet." in html
        assert "One thing" not in html
        assert "Another thing" not in html

    def test_it_is_twenty_queries_for_one_and_for_three_questions(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in one_more_each_time(cast.workshop):
            with django_assert_num_queries(20):
                html = summary(cast.viewer, cast.workshop).content.decode()
            assert html.count('<article class="said">') == number + 1

    @pytest.mark.parametrize("name", ["owner", "facilitator", "staff", "scribe", "viewer"])
    def test_who_came_is_for_those_who_run_the_day(self, cast: Cast, name: str) -> None:
        said = {"name": "Cllr Ada Ward", "council": "Hexham", "role": "councillor"}
        cast.attendee.post(f"/w/{cast.workshop.pk}/who/", said)
        html = summary(cast.by_name(name), cast.workshop).content.decode()
        assert ("Cllr Ada Ward, Hexham (councillor)" in html) == (name in {"owner", "facilitator"})

    @pytest.mark.parametrize("name", ["owner", "facilitator", "staff", "scribe", "viewer"])
    @pytest.mark.parametrize("mode", ["facilitator", "named"])
    def test_names_beside_answers_are_for_those_who_run_the_day(self, cast: Cast, name: str, mode: str) -> None:
        ann = phone_in(cast.workshop)
        said = {"name": "Ann Ash", "council": "Hexham"}
        ann.client.post(f"/w/{cast.workshop.pk}/who/", said)
        give(new_question(cast.workshop, "named", mode=mode), "More buses", ann.seat)
        give(new_question(cast.workshop, "vote", mode=mode, kind="choice", config=CHOICE), "yes", ann.seat)
        html = summary(cast.by_name(name), cast.workshop).content.decode()
        may = name in {"owner", "facilitator"}
        assert "More buses" in html
        assert (">Ann Ash, Hexham</span>" in html) == ('<dt dir="auto">Ann Ash, Hexham</dt>' in html) == may
        assert ("Ann Ash" in html) == may

    def test_every_name_in_it_is_hidden_by_room_safe(self, cast: Cast) -> None:
        ann = phone_in(cast.workshop)
        ann.client.post(f"/w/{cast.workshop.pk}/who/", {"name": "Ann Ash"})
        give(new_question(cast.workshop, "named", mode="named"), "More buses", ann.seat)
        give(new_question(cast.workshop, "vote", mode="named", kind="choice", config=CHOICE), "yes", ann.seat)
        html = summary(cast.owner, cast.workshop).content.decode()
        assert html.count("Ann Ash") == 3
        open_part = re.sub(r"<(span|section|details)\b[^>]*\bdata-private\b.*?</\1>", "", html, flags=re.DOTALL)
        assert "Ann Ash" not in open_part
        assert "More buses" in open_part


class TestExport:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_it_is_for_those_who_run_the_day_and_the_host(self, answered: Cast, name: str) -> None:
        client = answered.by_name(name)
        page, file = client.get(f"/w/{answered.workshop.pk}/export/"), take(client, answered.workshop)
        may = name in {"owner", "facilitator", "staff"}
        assert (page.status_code, file.status_code) == ((200, 200) if may else (404, 404))
        assert ("Download the answers" in page.content.decode()) == may
        assert ("More buses" in file.content.decode()) == may
        assert Audit.objects.filter(kind="export").count() == may

    @pytest.mark.parametrize("name", EVERYBODY)
    def test_the_whole_day_is_for_the_same_people_and_written_down(self, answered: Cast, name: str) -> None:
        response = answered.by_name(name).post(f"/w/{answered.workshop.pk}/export/day.zip")
        may = name in {"owner", "facilitator", "staff"}
        assert response.status_code == (200 if may else 404)
        if not may:
            assert not Audit.objects.filter(kind="export").exists()
            return
        assert response["Content-Type"] == "application/zip"
        file = "2020-02-07_newcastle_shareable.zip"
        assert response["Content-Disposition"] == f'attachment; filename="{file}"'
        assert [row["Answer"] for row in taken.sheet(response.content, "Responses")].count("More buses") == 1
        entry = Audit.objects.get(kind="export")
        sha256 = hashlib.sha256(response.content).hexdigest()
        assert (str(entry.user), entry.detail) == (
            name,
            {"file": file, "rows": 3, "sha256": sha256, "profile": "shareable"},
        )

    def test_a_file_that_cannot_be_made_is_a_sentence_and_not_written_down(
        self, answered: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(take_home, "MOST_SECONDS", 0)
        response = answered.owner.post(f"/w/{answered.workshop.pk}/export/day.zip")
        assert response.status_code == 503
        assert "nothing was taken" in response.content.decode()
        assert not Audit.objects.exists()

    def test_nobody_takes_the_file_of_a_day_they_have_no_role_on(self, answered: Cast) -> None:
        give(opened(answered.other_workshop, "sum_insights"), "Elsewhere")
        assert take(answered.owner, answered.other_workshop).status_code == 404
        assert take(answered.outsider, answered.other_workshop).status_code == 200

    def test_looking_takes_nothing_and_a_file_is_a_press(self, answered: Cast) -> None:
        assert answered.owner.get(f"/w/{answered.workshop.pk}/export/answers.csv").status_code == 405
        assert answered.owner.get(f"/w/{answered.workshop.pk}/export/").status_code == 200
        assert not Audit.objects.exists()

    def test_the_file_has_what_was_released_and_runs_nothing(self, answered: Cast) -> None:
        response = take(answered.facilitator, answered.workshop)
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="2020-02-07_newcastle_answers.csv"'
        assert "no-store" in response["Cache-Control"]
        assert response.content.startswith(b'\xef\xbb\xbf"event_id","event_date"')
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
        assert {row["value_text"] for row in rows} == {"More buses", "<script>alert(1)</script>", "'=1+1"}
        assert {row["question_text"] for row in rows} == {"What insights have you got?"}

    def test_it_is_shown_before_as_the_file_has_it(self, answered: Cast) -> None:
        for words in ("Two\nlines", "+44 &amp; more", "\N{FULLWIDTH EQUALS SIGN}1", "'quoted'", '"><b>bold</b>', "-"):
            give(opened(answered.workshop, "sum_connections"), words)
        rate = new_question(answered.workshop, "rate", kind="number", config={"min": -10, "decimals": 1})
        for number in ("-2.5", "3", "0"):
            give(rate, number)
        columns, *rows = file_of(answered.facilitator, answered.workshop)
        html = preview(answered.facilitator, answered.workshop)
        assert (re.findall(r'<th scope="col">(.*?)</th>', html), cells(html)) == (columns, rows)
        assert "2020-02-07_newcastle_answers.csv has 12 rows." in " ".join(html.split())
        assert {"'=1+1", "'+44 &amp; more", "-2.5"} < {cell for row in rows for cell in row}
        assert "The apostrophe in front of some words is in the file too" in html
        assert "Waits for company" not in html

    def test_of_a_long_file_the_first_fifty_rows_are_shown(self, cast: Cast) -> None:
        vote = new_question(cast.workshop, "vote", kind="choice", config=CHOICE)
        for _person in range(52):
            give(vote, "yes")
        html = preview(cast.owner, cast.workshop)
        released = len(file_of(cast.owner, cast.workshop)) - 1
        assert f"has {released} rows. These are its first 50." in " ".join(html.split())
        assert cells(html) == file_of(cast.owner, cast.workshop)[1:51]
        assert "apostrophe" not in html

    def test_a_file_without_a_row_says_when_there_will_be_some(self, cast: Cast) -> None:
        give(opened(cast.workshop, "sum_insights"), "One thing")
        html = preview(cast.owner, cast.workshop)
        assert "Nothing yet. Answers come in three at a time" in html
        assert "One thing" not in html
        assert "<table>" not in html

    def test_every_column_is_explained(self, cast: Cast) -> None:
        assert list(MEANINGS) == list(RESPONSES_LONG)
        html = preview(cast.owner, cast.workshop)
        said = re.findall(r"<dt>(\w+)</dt>\s*<dd>(.+?)</dd>", html)
        assert [column for column, _meaning in said] == list(RESPONSES_LONG)

    def test_a_look_is_fourteen_queries_for_one_and_for_three_questions(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in one_more_each_time(cast.workshop):
            with django_assert_num_queries(14):
                assert len(cells(preview(cast.owner, cast.workshop))) == 3 * (number + 1)

    def test_it_is_written_down_who_took_what(self, answered: Cast) -> None:
        content = take(answered.facilitator, answered.workshop).content
        entry = Audit.objects.get()
        assert (entry.workshop, str(entry.user), entry.kind) == (answered.workshop, "facilitator", "export")
        assert entry.detail == {
            "file": "2020-02-07_newcastle_answers.csv",
            "rows": 3,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for row in Answer.objects.all():
            assert str(row.pk) not in str(entry.detail)
            assert row.value not in str(entry.detail)

"""The day taken home: what stands in the ZIP, and what never does."""

import hashlib
import io
import re
import uuid
from zipfile import ZipFile

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agenda.models import Attendee, LogEntry, Workshop
from agenda.services import Refused
from feedback import hands, services, speaker_queue, theming
from feedback.exports import pack, take_home
from feedback.exports.tables import RESPONSES_LONG
from feedback.models import Answer, Question
from feedback.sealing import seal
from feedback.sheet_models import SheetPhoto
from tests.cast import newcastle
from tests.live import day

from . import taken
from .room import CHOICE, give, new_question, opened, seat_in
from .test_asking import ask, one

HOSTILE = (
    '=HYPERLINK("http://example.org")',
    "+44 20",
    "@SUM(A1)",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "\N{SUPERSCRIPT PLUS SIGN}1",
    "{=1+1}",
    "https://example.org/",
    "007",
    "_x0041_",
    "<b>&amp;</b>",
    "two\nlines\tand a tab",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp",
    "'quoted'",
    "-5",
    "=cmd|' /C calc'!A0",
)
SHEETS = [
    "Cover",
    "Contents",
    "Summary",
    "Feedback",
    "Responses",
    "Questions",
    "Prompts",
    "Flipcharts",
    "Four questions",
    "Running order",
    "Notes",
    "Data dictionary",
]
TABLES = ["events", "slots", "questions", "options", "responses_long", "feedback_wide", "response_rates"]


def three(question: Question, *words: object) -> None:
    """As many as the desk reads at once."""
    for each in words:
        give(question, each)


def note_on(workshop: Workshop, key: str = "sheet") -> Question:
    return new_question(workshop, key, occasion="flipchart", most_each=20, text="What gets in the way?")


def theme(workshop: Workshop, name: str, *answers: Answer) -> None:
    ids = [answer.pk for answer in answers]
    theming.begin(workshop=workshop, actor=None, theme=uuid.uuid4(), name=name, answers=ids)


@pytest.fixture
def said(workshop: Workshop) -> Workshop:
    """A question in words, a vote, a sheet, a theme, and what the room asked a speaker."""
    three(opened(workshop, "sum_insights"), *HOSTILE)
    three(new_question(workshop, "vote", kind="choice", config=CHOICE, text="=Shall we?"), "yes", "yes", "no")
    three(note_on(workshop), "Money", "Time", "Will")
    theme(workshop, "=What it costs", *Answer.objects.filter(question__key="sheet", value="Money"))
    return workshop


class TestZip:
    def test_it_has_the_workbook_the_tables_and_a_list_of_what_is_what(self, said: Workshop) -> None:
        content = taken.packed(said)
        names = ["README.txt", "workbook.xlsx", *(f"csv/{name}.csv" for name in TABLES)]
        assert list(taken.files(content)) == names
        readme = taken.files(content)["README.txt"].decode("utf-8-sig")
        assert "Data and Digital Masterclass, 2020-02-07\r\n" in readme
        assert all(name in readme for name in (*SHEETS, *TABLES, "Profile: shareable"))
        assert "responses_long.csv: a row an answer; the same columns for every day" in readme

    def test_the_same_day_makes_the_same_bytes_once_nothing_changes(self, said: Workshop) -> None:
        day.begin(said)
        now = timezone.now()
        LogEntry.objects.create(workshop=said, seq=9, kind="close", data={"expect": "intros"}, at=now)
        questions = Question.objects.filter(workshop=said).exclude(opened_at=None)
        services.close_for_good(questions, now=now)
        for question in questions:
            seal([question], now=now)
        first = taken.packed(said)
        assert b"Final" in taken.files(first)["README.txt"]
        with ZipFile(io.BytesIO(first)) as found:
            assert {entry.date_time for entry in found.infolist()} == {pack.EPOCH}
        assert taken.packed(Workshop.objects.get(pk=said.pk)) == first

    def test_it_is_made_by_another_process_and_is_the_same(self, said: Workshop) -> None:
        file = take_home.as_zip(said)
        assert taken.files(file.content) == taken.files(taken.packed(said))
        assert file.name == "2020-02-07_newcastle_shareable.zip"
        assert file.sha256 == hashlib.sha256(file.content).hexdigest()
        assert file.rows == len(taken.table(file.content, "responses_long")) == len(HOSTILE) + 6

    def test_a_process_that_fails_is_a_sentence(self, said: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(take_home, "MOST_SECONDS", 0)
        with pytest.raises(Refused, match="nothing was taken"):
            take_home.as_zip(said)

    def test_a_day_on_which_nothing_was_said_has_its_running_order(self, workshop: Workshop) -> None:
        content = taken.packed(workshop)
        assert len(taken.sheet(content, "Running order")) == 9
        assert taken.sheet(content, "Responses") == taken.table(content, "responses_long") == []
        assert "Taken before the day" in taken.files(content)["README.txt"].decode("utf-8-sig")


class TestWorkbook:
    def test_it_has_a_table_a_sheet_under_a_heading_that_stays(self, said: Workshop) -> None:
        book = taken.book(taken.packed(said))
        assert book.sheetnames == SHEETS
        for sheet in book.worksheets:
            assert sheet.freeze_panes == "A2", sheet.title
            assert not sheet.merged_cells.ranges
            rows = list(sheet.iter_rows(values_only=True))
            assert all(any(value is not None for value in row) for row in rows)
            if len(rows) > 1:
                (table,) = sheet.tables.values()
                assert (table.ref, table.autoFilter is not None) == (sheet.dimensions, True)
                assert [column.name for column in table.tableColumns] == list(rows[0])
        assert not book["Feedback"].tables

    def test_every_text_is_the_text_that_was_written(self, said: Workshop) -> None:
        rows = taken.sheet(taken.packed(said), "Responses")
        found = {row["Answer"] for row in rows if row["Key"] == "sum_insights"}
        assert found == set(HOSTILE)

    def test_nothing_in_it_is_a_formula_or_a_link(self, said: Workshop) -> None:
        content = taken.packed(said)
        for sheet in taken.book(content).worksheets:
            for row in sheet.iter_rows():
                assert not [cell.value for cell in row if cell.data_type == "f" or cell.hyperlink]
        with ZipFile(io.BytesIO(taken.files(content)["workbook.xlsx"])) as inside:
            parts = {name: inside.read(name) for name in inside.namelist()}
        assert not [name for name, part in parts.items() if re.search(rb"<f[ >]|<hyperlink", part)]

    def test_numbers_are_numbers(self, said: Workshop) -> None:
        content = taken.packed(said)
        votes = [row for row in taken.sheet(content, "Summary") if row["Key"] == "vote"]
        told = [(row["Answer"], row["Count"], row["n"], row["Per cent"]) for row in votes]
        assert told == [("Yes", 2, 3, 66.7), ("No", 1, 3, 33.3)]

    def test_the_summary_tells_words_by_their_number(self, said: Workshop) -> None:
        (row,) = [row for row in taken.sheet(taken.packed(said), "Summary") if row["Key"] == "sum_insights"]
        assert (row["Answer"], row["Count"], row["n"]) == ("In words: see Responses", len(HOSTILE), len(HOSTILE))

    def test_a_sheet_of_the_day_stands_with_its_themes(self, said: Workshop) -> None:
        SheetPhoto.objects.create(
            question=Question.objects.get(key="sheet"),
            respondent="f" * 64,
            image=b"",
            width=4,
            height=3,
            table="3",
            typed="=Paper",
        )
        rows = taken.sheet(taken.packed(said), "Flipcharts")
        told = {(row["Note"], row["Themes"], row["From"], row["Table"]) for row in rows}
        money = ("Money", "=What it costs", "note", None)
        assert told == {
            money,
            ("Time", None, "note", None),
            ("Will", None, "note", None),
            ("=Paper", None, "photo", "3"),
        }

    def test_the_closing_questions_stand_together(self, said: Workshop) -> None:
        three(opened(said, "sum_connections"), "Ann", "Bo", "Cy")
        rows = taken.sheet(taken.packed(said), "Four questions")
        assert [row["Answer"] for row in rows][:3] != []
        assert [row["Question"] for row in rows[:3]] == ["What connections do you want to make?"] * 3
        assert len(rows) == 3 + len(HOSTILE)

    def test_two_headings_are_never_alike(self) -> None:
        assert pack.different(["A\nb", "a B", "A b", "", ""]) == ["A b", "a B (2)", "A b (3)", "Column", "Column (2)"]

    def test_contents_and_dictionary_know_every_sheet_and_column(self, said: Workshop) -> None:
        content = taken.packed(said)
        contents = {row["Sheet"]: row["Rows"] for row in taken.sheet(content, "Contents")}
        rows = {name: len(taken.sheet(content, name)) for name in SHEETS if name != "Contents"}
        assert contents == rows
        known = {(row["Where"], row["Column"]) for row in taken.sheet(content, "Data dictionary")}
        book = taken.book(content)
        for name in SHEETS:
            assert {(name, cell.value) for cell in book[name][1]} <= known
        for name in TABLES:
            (head,) = taken.files(content)[f"csv/{name}.csv"].decode("utf-8-sig").splitlines()[:1]
            assert {(f"csv/{name}.csv", column.strip('"')) for column in head.split(",")} <= known
        assert all(row["Meaning"] for row in taken.sheet(content, "Data dictionary"))


class TestTables:
    def test_the_long_table_is_the_file_of_answers(self, said: Workshop) -> None:
        rows = taken.table(taken.packed(said), "responses_long")
        assert list(rows[0]) == list(RESPONSES_LONG)
        words = {row["value_text"] for row in rows if row["question_key"] == "sum_insights"}
        assert {'\'=HYPERLINK("http://example.org")', "'+44 20", "'@SUM(A1)", "007"} < words

    def test_items_have_planned_and_actual_times(self, workshop: Workshop) -> None:
        day.begin(workshop, until="data")
        now = {entry.data.get("expect") or "": entry.at for entry in LogEntry.objects.all()}
        rows = {row["slot_key"]: row for row in taken.table(taken.packed(workshop), "slots")}
        assert [row["slot_no"] for row in rows.values()] == [str(number) for number in range(1, 10)]
        talk = rows["how-digital"]
        assert (talk["state"], rows["data"]["state"], rows["lunch"]["state"]) == ("done", "live", "pending")
        assert talk["planned_start"] == "2020-02-07T11:15:00Z"
        assert talk["actual_start"] == f"{now['intros']:%Y-%m-%dT%H:%M:%SZ}"
        assert talk["actual_end"] == rows["data"]["actual_start"] != ""
        assert (rows["data"]["actual_end"], rows["lunch"]["actual_start"]) == ("", "")
        assert "notes" not in talk

    def test_options_have_what_could_be_chosen(self, said: Workshop) -> None:
        rows = taken.table(taken.packed(said), "options")
        votes = [
            (row["option_no"], row["option_key"], row["option_label"]) for row in rows if row["question_key"] == "vote"
        ]
        assert votes == [("1", "yes", "Yes"), ("2", "no", "No")]
        points = [row for row in rows if row["question_key"] == "pre_conf"]
        assert {row["group_key"] for row in points} == {"confident"}
        assert [row["option_key"] for row in points][-1] == "skip"

    def test_response_rates_are_of_the_people_who_came(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        for words in "abcd":
            give(question, words)
        Attendee.objects.create(workshop=workshop, device="none")
        Attendee.objects.create(workshop=workshop, arrived=False)
        (row,) = taken.table(taken.packed(workshop), "response_rates")
        told = [row[name] for name in ("people_asked", "people_answered", "response_percent")]
        assert told == ["5", "4", "80.0"]
        assert (row["answers_stored"], row["answers_released"]) == ("4", "3")

    def test_forms_stand_side_by_side_from_five_on_and_without_words(self, workshop: Workshop) -> None:
        overall, better = opened(workshop, "fb_overall"), opened(workshop, "fb_better")
        for number in range(5):
            assert taken.table(taken.packed(workshop), "feedback_wide") == []
            seat = seat_in(workshop)
            give(overall, "good", seat)
            give(better, f"Better {number}", seat)
        for question in (overall, better):
            services.close_to_room(Question.objects.get(pk=question.pk), now=timezone.now())
        content = taken.packed(workshop)
        rows = taken.table(content, "feedback_wide")
        assert [(row["respondent_ref"], row["fb_overall"]) for row in rows] == [(f"{n}", "Good") for n in range(1, 6)]
        assert "fb_better" not in rows[0]
        forms = taken.sheet(content, "Feedback")
        assert [row["Form"] for row in forms] == [1, 2, 3, 4, 5]
        assert "Better" not in str(forms)
        assert {
            row["respondent_ref"]
            for row in taken.table(content, "responses_long")
            if row["question_key"] == "fb_better"
        } == {""}


class TestConfidentiality:
    @pytest.mark.parametrize("mode", ["unlinked", "facilitator", "named"])
    def test_nobody_can_be_found_in_it(self, workshop: Workshop, mode: str) -> None:
        question = new_question(workshop, "extra", mode=mode)
        seats = [seat_in(workshop) for _ in range(6)]
        Attendee.objects.update(name="Nora Example", council="Exampleshire")
        for number, seat in enumerate(seats):
            give(question, f"{number}", seat)
        everything = every_word(taken.packed(workshop))
        assert "Nora" not in everything
        assert "Exampleshire" not in everything
        for row in Answer.objects.all():
            assert (row.respondent or "f" * 64) not in everything
            assert row.pk.hex not in everything.replace("-", "")
        for seat in seats:
            assert seat.attendee_id.hex not in everything.replace("-", "")
        late = {row["Late"] for row in taken.sheet(taken.packed(workshop), "Responses")}
        assert late == ({None} if mode == "unlinked" else {"no"})

    def test_only_what_was_released_leaves_and_the_notes_say_so(self, workshop: Workshop) -> None:
        three(opened(workshop, "sum_insights"), "a", "b", "c", "waits for company")
        content = taken.packed(workshop)
        assert "waits for company" not in every_word(content)
        assert ("Not yet", "sum_insights", 1) in told(content)

    def test_answers_stand_in_the_order_of_random_ids(self, workshop: Workshop) -> None:
        arrived = [f"{number:02}" for number in range(30)]
        three(opened(workshop, "sum_insights"), *arrived)
        by_id = list(Answer.objects.order_by("id").values_list("value", flat=True))
        content = taken.packed(workshop)
        assert [row["Answer"] for row in taken.sheet(content, "Responses")] == by_id
        assert [row["Answer"] for row in taken.sheet(content, "Four questions")] == by_id != arrived

    def test_what_the_desk_has_hidden_of_a_queue_stays_here(self, talk: Workshop) -> None:
        for text in ("Who pays?", "Hidden"):
            ask(talk, text)
        speaker_queue.put(one("Hidden"), "hidden")
        content = taken.packed(talk)
        words = [row["value_text"] for row in taken.table(content, "responses_long")]
        assert words == ["Who pays?"]
        assert ("Hidden", None, 1) in told(content)

    def test_a_kind_that_stays_in_the_house_is_in_no_file(
        self, said: Workshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("feedback.models.only_for_their_author", ["text"])
        everything = every_word(taken.packed(said))
        assert "example.org" not in everything
        assert "sum_insights" not in everything
        assert "=Shall we?" in everything

    def test_hands_and_what_was_dealt_with_come_without_names(self, workshop: Workshop) -> None:
        question = new_question(workshop, "vote", kind="choice", config=CHOICE)
        hands.record(question, {("", "yes"): 12, ("", "no"): 3})
        lot = note_on(workshop, "parking_lot")
        three(lot, "Parked", "Parked too", "Not yet")
        Answer.objects.filter(value="Parked").update(dealt_with="Nora writes to them")
        content = taken.packed(workshop)
        votes = [row for row in taken.sheet(content, "Summary") if row["How"] == "show of hands"]
        assert [(row["Answer"], row["Count"], row["n"], row["Per cent"]) for row in votes] == [
            ("Yes", 12, 15, 80),
            ("No", 3, 15, 20),
        ]
        parked = {row["Note"]: row["Dealt with"] for row in taken.sheet(content, "Flipcharts")}
        assert parked == {"Parked": "yes", "Parked too": "no", "Not yet": "no"}
        assert "Nora" not in every_word(content)

    def test_another_days_answers_are_not_in_it(self, said: Workshop) -> None:
        everything = every_word(taken.packed(newcastle("another-day")))
        assert "Money" not in everything
        assert "What it costs" not in everything


def every_word(content: bytes) -> str:
    """Of every file in it, those inside the workbook too."""
    found = taken.files(content)
    with ZipFile(io.BytesIO(found["workbook.xlsx"])) as inside:
        found |= {name: inside.read(name) for name in inside.namelist()}
    return "\n".join(part.decode("utf-8", "replace") for name, part in found.items() if name != "workbook.xlsx")


def told(content: bytes) -> set[tuple[str, str | None, int | None]]:
    return {(row["About"], row["Key"], row["How many"]) for row in taken.sheet(content, "Notes")}


def test_it_is_fifteen_queries_for_one_and_for_three_questions(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        three(new_question(workshop, f"extra_{number}"), "1", "2", "3")
        with django_assert_num_queries(15):
            take_home.whole(workshop)

"""Thirty people join and answer; then everything that is stored is searched for a way from an answer to a seat."""

import hashlib
import json
import logging
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda import seat as seats
from agenda.models import Attendee, Workshop
from feedback.connection_models import Connection
from feedback.models import Answer, Note, Question
from feedback.queue_models import SpeakerQuestion, Vote
from tests.cast import newcastle
from tests.live import day

from .room import give, opened, post_json

PEOPLE = 30
SEAT_TABLES = {"agenda_attendee", "live_agreement"}  # the only ones that may name a seat here


@dataclass
class Person:
    """Somebody with a phone, and what must not be found beside each other."""

    client: Client
    name: str
    seat: seats.Seat
    words: str


@dataclass
class Room:
    """A day on which everybody has joined, said who they are, agreed, and answered `questions`."""

    workshop: Workshop
    questions: dict[str, Question]
    people: list[Person]

    def join(self, number: int) -> Person:
        client = Client()
        client.post(f"/j/{self.workshop.join_code}/")
        held = seats.read({name: cookie.value for name, cookie in client.cookies.items()}, self.workshop.pk)
        assert held
        person = Person(client, f"Nora Number{number:02}", held, f"the words of phone {number:02}")
        who = {"name": person.name, "council": f"Exampleshire{number:02}", "role": "councillor"}
        assert client.post(f"/w/{self.workshop.pk}/who/", who).status_code == 302
        assert client.post(f"/w/{self.workshop.pk}/agree/").status_code == 302
        return person

    def answer(self, person: Person, key: str) -> None:
        values = {"choice": "good", "scale": {"confident": "very"}, "text": person.words}
        question = self.questions[key]
        sent = {"key": str(uuid.uuid4()), "edit": 1, "question": str(question.pk), "value": values[question.kind]}
        response = post_json(person.client, self.workshop.pk, sent)
        assert (response.status_code, json.loads(response.content)["key"]) == (200, sent["key"])

    def write_note(self, person: Person) -> None:
        sent = {"key": str(uuid.uuid4()), "edit": 1, "value": f"a note of {person.words}"}
        assert person.client.post(f"/w/{self.workshop.pk}/notes/on/lunch/", sent).status_code == 302

    def take_back(self, person: Person, key: str) -> None:
        sent = {"key": str(uuid.uuid4()), "question": str(self.questions[key].pk)}
        assert person.client.post(f"/w/{self.workshop.pk}/answers/take-back/", sent).status_code == 302

    def respondents(self, key: str) -> list[str]:
        """Those of one question, sorted: nothing else in the row leads from one to the next."""
        rows = Answer.objects.filter(question=self.questions[key])
        return sorted(rows.values_list("respondent", flat=True))


def assemble() -> Room:
    """The sample day, and questions of every bundle: two alone, two of the feedback form, two of a pair."""
    workshop = newcastle()
    questions = {key: opened(workshop, key) for key in ("sum_insights", "sum_questions", "fb_overall", "fb_better")}
    before = opened(workshop, "pre_conf")
    after = opened(workshop, "fb_conf")
    return Room(workshop, questions | {"pre_conf": before, "fb_conf": after}, [])


@pytest.fixture
def room(transactional_db: None) -> Room:
    room = assemble()
    for number in range(PEOPLE):
        person = room.join(number)
        room.people.append(person)
        for key in room.questions:
            room.answer(person, key)
        room.write_note(person)
    return room


def everything_stored() -> Iterator[tuple[str, str]]:
    """(table, every value of one row in one text), ids without their hyphens."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, " ".join(str(value) for value in row).replace("-", "")


def pages_on_disk() -> list[bytes]:
    """The SQLite file and its write-ahead log, cut into database pages; each page belongs to one table or index."""
    path = Path(str(connection.settings_dict["NAME"]))
    database, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    size = int.from_bytes(database[16:18], "big")
    pages = [database[at : at + size] for at in range(0, len(database), size)]
    return pages + [log[at + 24 : at + 24 + size] for at in range(32, len(log), size + 24)]


def shapes_of(secret: str) -> list[bytes]:
    """A secret, and what somebody might be tempted to store in its place."""
    plain = secret.replace("-", "")
    hashes = [hashlib.new(name, secret.encode()) for name in ("md5", "sha1", "sha256", "sha512")]
    return [
        secret.encode(),
        plain.encode(),
        *(one.hexdigest().encode() for one in hashes),
        *(one.digest() for one in hashes),
    ]


def test_the_secret_is_stored_nowhere(room: Room) -> None:
    stored = [text for _, text in everything_stored()]
    disk = b"\n".join(pages_on_disk())
    for person in room.people:
        assert person.words.encode() in disk  # so we are looking in the right place
        assert person.seat.attendee_id.hex.encode() in disk
        for shape in shapes_of(person.seat.secret):
            assert shape not in disk
        assert not [text for text in stored if person.seat.secret.replace("-", "") in text]


def test_a_seat_and_an_answer_never_stand_in_one_row_or_on_one_page(room: Room) -> None:
    ids = [person.seat.attendee_id.hex for person in room.people]
    names = [person.name for person in room.people]
    for table, row in everything_stored():
        if table not in SEAT_TABLES:
            assert not [each for each in (*ids, *names, "Exampleshire") if each in row]
    seats_here = re.compile("|".join(ids + names).encode())
    answers_here = re.compile(rb"the words of phone|[0-9a-f]{64}")
    pages = pages_on_disk()
    assert [page for page in pages if seats_here.search(page)]
    assert [page for page in pages if answers_here.search(page)]
    assert not [page for page in pages if seats_here.search(page) and answers_here.search(page)]


def test_an_answer_has_a_date_and_nothing_else_of_the_moment(room: Room) -> None:
    for row in Answer.objects.all():
        assert row.attendee_id is None
        assert row.is_late is False
        before_the_day = row.question.occasion == "survey"
        assert str(row.answered_on) == ("None" if before_the_day else "2020-02-07")
    columns = {field.name for field in Answer._meta.get_fields()}
    told = {"id", "question", "respondent", "attendee", "edit", "value", "answered_on", "is_late"}
    told |= {"released_value", "shown_value", "waits", "hidden", "pinned", "approved", "table"}
    assert columns == told | {"nth", "people", "by_desk", "dealt_with"} | {"in_themes"}


def test_answers_join_inside_a_bundle_and_never_across(room: Room) -> None:
    found = {key: room.respondents(key) for key in room.questions}
    assert {len(set(names)) for names in found.values()} == {PEOPLE}
    assert found["fb_overall"] == found["fb_better"]
    assert found["pre_conf"] == found["fb_conf"]
    bundles = [found[key] for key in ("sum_insights", "sum_questions", "fb_overall", "pre_conf")]
    bundles.append(sorted(Note.objects.values_list("respondent", flat=True)))
    together = [name for names in bundles for name in names]
    assert len(set(together)) == 5 * PEOPLE


def test_what_is_taken_back_leaves_its_id_alone(room: Room) -> None:
    person, another = room.people[:2]
    gone = Answer.objects.get(question=room.questions["sum_insights"], value=person.words)
    before = [each for each in everything_stored() if gone.pk.hex in each[1] or str(gone.respondent) in each[1]]
    assert {table for table, _ in before} == {"feedback_answer"}
    room.take_back(person, "sum_insights")
    after = {table: row for table, row in everything_stored() if gone.pk.hex in row or str(gone.respondent) in row}
    assert after == {"feedback_takenback": f"{gone.pk.hex} {room.workshop.pk}"}
    others = Answer.objects.filter(question=room.questions["sum_insights"])
    assert (others.count(), others.filter(value=another.words).count()) == (PEOPLE - 1, 1)


def test_the_same_phone_is_another_respondent_on_another_day(room: Room) -> None:
    elsewhere = newcastle("another-day")
    there = Room(elsewhere, {"fb_better": opened(elsewhere, "fb_better")}, [])
    here = set(room.respondents("fb_better"))
    for person in room.people[:5]:
        twin = there.join(1)
        held = seats.Seat(twin.seat.attendee_id, person.seat.secret)  # one secret for two days: worse than it is
        twin.client.cookies = keep(elsewhere.pk, held)
        there.answer(twin, "fb_better")
    assert len(there.respondents("fb_better")) == 5
    assert not here & set(there.respondents("fb_better"))


def test_who_knows_the_seat_cannot_tell_the_respondent(room: Room) -> None:
    """Only the secret makes it, and that is stored nowhere."""
    seat = seats.Seat(room.people[0].seat.attendee_id, seats.new_secret())
    before = set(room.respondents("fb_better"))
    give(room.questions["fb_better"], "the same seat with another secret", seat)
    assert len(set(room.respondents("fb_better")) - before) == 1


def keep(workshop_id: str, seat: seats.Seat) -> object:
    from django.http import HttpResponse

    response = HttpResponse()
    seats.keep(response, workshop_id, seat)
    return response.cookies


def test_the_order_of_ids_is_not_the_order_of_arrival(room: Room) -> None:
    arrived = [person.words for person in room.people]
    assert list(Answer.objects.filter(question__key="sum_insights").values_list("value", flat=True)) != arrived
    joined = [person.seat.attendee_id for person in room.people]
    assert list(Attendee.objects.values_list("pk", flat=True)) != joined


def test_nobody_gets_a_session_and_no_press_of_theirs_is_audited(room: Room) -> None:
    rows = defaultdict(int)
    for table, _ in everything_stored():
        rows[table] += 1
    assert (rows["agenda_attendee"], rows["live_agreement"], rows["feedback_answer"]) == (30, 30, 180)
    assert (rows["django_session"], rows["agenda_audit"], rows["agenda_user"], rows["agenda_logentry"]) == (0, 0, 0, 0)


def test_a_question_to_a_speaker_and_the_votes_lead_to_no_seat_wherever_one_looks(transactional_db: None) -> None:
    room = Room(newcastle(), {}, [])
    day.begin(room.workshop, until="how-digital")
    where = f"/w/{room.workshop.pk}/queue/"
    for number in range(5):
        person = room.join(number)
        sent = {"key": str(uuid.uuid4()), "edit": 1, "slot": "how-digital", "value": person.words}
        assert person.client.post(where, sent).status_code == 302
        for question in SpeakerQuestion.objects.all():
            assert person.client.post(f"{where}{question.pk}/me-too/", {"on": "1"}).status_code == 302
        room.people.append(person)
    assert Vote.objects.count() == 15
    disk = b"\n".join(pages_on_disk())
    for person in room.people:
        assert person.words.encode() in disk
        assert not [shape for shape in shapes_of(person.seat.secret) if shape in disk]
    people = [part for person in room.people for part in (person.seat.attendee_id.hex, person.name)]
    for table, row in everything_stored():
        assert table in SEAT_TABLES or not [each for each in people if each in row], table
    respondents = [*SpeakerQuestion.objects.values_list("respondent", flat=True)]
    respondents += Vote.objects.values_list("respondent", flat=True)
    assert len(set(respondents)) == 20, "nothing a phone has asked or voted for has a respondent in common"


@pytest.mark.django_db
def test_the_request_that_writes_an_answer_writes_nothing_about_a_seat() -> None:
    room = assemble()
    people = [room.join(number) for number in range(3)]
    written = []
    for person in people:
        with CaptureQueriesContext(connection) as queries:
            room.answer(person, "sum_insights")
        written.append([one["sql"] for one in queries if re.match("INSERT|UPDATE|DELETE|REPLACE", one["sql"])])
    for statements in written:
        names = [sql.split('"')[1] for sql in statements]
        assert names[:2] == ["agenda_workshop", "feedback_answer"]
        assert set(names) == {"agenda_workshop", "feedback_answer", "feedback_count"}
    for person, statements in zip(people, written, strict=True):
        for sql in statements:
            assert person.seat.attendee_id.hex not in sql.replace("-", "")
            assert person.seat.secret not in sql


@pytest.mark.django_db
def test_no_log_names_a_seat_or_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "django", "django.request", "django.security", "django.server", "sessions.hub"):
        caplog.set_level(logging.DEBUG, logger=name)
    room = assemble()
    person = room.join(1)
    room.answer(person, "sum_insights")
    room.answer(person, "fb_better")
    sent = {"key": "x", "edit": 1, "question": str(room.questions["fb_better"].pk), "value": person.words}
    assert post_json(person.client, room.workshop.pk, sent).status_code == 422
    assert post_json(person.client, room.workshop.pk, sent, X_Live="").status_code == 403
    assert person.client.post(f"/w/{room.workshop.pk}/answers/", sent).status_code == 422
    Attendee.objects.update(revoked_at="2026-11-22T12:00Z")
    assert post_json(person.client, room.workshop.pk, sent).status_code == 404
    logged = caplog.text.replace("-", "")
    assert logged.count(f"/w/{room.workshop.pk}/answers/") >= 3  # it does log at this level
    secrets = [person.seat.secret, person.seat.attendee_id.hex, person.name, person.words, "Exampleshire01"]
    secrets += [row.pk.hex for row in Answer.objects.all()]
    secrets += [str(row.respondent) for row in Answer.objects.all()]
    assert not [each for each in secrets if each.replace("-", "") in logged]


@pytest.mark.django_db
def test_the_data_map_names_every_table_that_is_stored() -> None:
    data_map = (Path(settings.BASE_DIR) / "docs" / "data-map.md").read_text("utf-8")
    tables = connection.introspection.table_names()
    assert "feedback_answer" in tables
    assert [table for table in tables if f"`{table}`" not in data_map] == []
    for model in (Answer, Attendee, Connection, Note, SpeakerQuestion, Vote):
        fields = [field.name for field in model._meta.concrete_fields]
        assert [name for name in fields if f"`{name}`" not in data_map] == []

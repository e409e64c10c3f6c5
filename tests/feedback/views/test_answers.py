"""Two doors, one table: by script and by plain form the same is stored, and every refusal says why."""

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from agenda.models import Attendee, Workshop
from feedback.models import Answer, Question
from tests.feedback.room import give, stored

from .doors import DOORS, KEY, RELOAD, Phone, Reply, phone_and_questions, through_form, through_script

OLD_KEY = str(uuid.uuid1())
GONE = "This question is not part of the day any more. What you wrote is still here for you to copy."
NO_MORE = "This question takes no more answers. What you wrote is still here for you to copy."
NO_TABLE = "One person at each table writes. If that is you, say which table: what you wrote is still here."
UNREADABLE = "Your answer could not be read. Send it again: nothing is lost."


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_and_questions(workshop)


@dataclass
class Case:
    """What is sent, what is stored then, and the beginning of what is said. `written_for` is the table that is kept."""

    name: str
    value: Any
    stored: list[Any] = field(default_factory=list)
    said: str = ""
    status: int = 200
    question: str = "text"
    key: Any = KEY
    edit: Any = 1
    table: str | None = None
    written_for: str = ""

    def sent(self, phone: Phone) -> dict[str, Any]:
        sent = {"key": self.key, "edit": self.edit, "question": phone.questions[self.question], "value": self.value}
        return sent if self.table is None else {**sent, "table": self.table}


LOW_HIGH = {"s": "low", "t": "high"}
SAME_AT_BOTH_DOORS = [
    Case("words", "More <b>buses</b> & trams", ["More <b>buses</b> & trams"]),
    Case("words with spaces around", " \r\nMore\r\nbuses ", ["More\nbuses"]),
    Case("NUL and other controls", "a\x00b\x1bc", ["abc"]),
    Case("a choice", "yes", ["yes"], question="choice"),
    Case("a scale", LOW_HIGH, [LOW_HIGH], question="scale"),
    Case("a scale with one skipped", {"s": "skip", "t": "mid"}, [{"s": "skip", "t": "mid"}], question="scale"),
    Case("too long", "x" * 1001, [], "Your answer is 1,001 characters. Shorten it to 1,000", 422),
    Case("empty", "", [], "Write something first.", 422),
    Case("nothing to see", " \u200b\n", [], "Write something first.", 422),
    Case("no choice", "", [], "Choose one of the answers.", 422, question="choice"),
    Case("an option that is not there", "maybe", [], UNREADABLE, 422, question="choice"),
    Case("half a scale", {"s": "low"}, [], "Choose a point, or skip: T", 422, question="scale"),
    Case("a point that is not there", {"s": "low", "t": "top"}, [], UNREADABLE, 422, question="scale"),
    Case("a key that holds a time", "Words", [], RELOAD, 422, key=OLD_KEY),
    Case("a key that is none", "Words", [], RELOAD, 422, key="\x00"),
    Case("a negative edit", "Words", [], RELOAD, 422, edit=-1),
    Case("edit nought", "Words", [], RELOAD, 422, edit=0),
    Case("a huge edit", "Words", [], RELOAD, 422, edit=10**30),
    Case("a bool for an edit", "Words", [], RELOAD, 422, edit=True),
    Case("a question nobody knows", "Words", [], GONE, 409, question="nowhere"),
    Case("a question that is no id", "Words", [], RELOAD, 422, question="garbage"),
    Case("a question of another workshop", "Words", [], GONE, 409, question="elsewhere"),
    Case("a question not yet asked", "Words", [], GONE, 409, question="draft"),
    Case("a question to talk about", "Words", [], NO_MORE, 409, question="talk"),
    Case("a question of a closed day", "Words", [], NO_MORE, 409, question="closed"),
    Case("a table's note", "We said", ["We said"], question="scribe", table="3", written_for="3"),
    Case("a table with a name", "We", ["We"], question="scribe", table=" By\n the  door ", written_for="By the door"),
    Case("a table with controls", "We", ["We"], question="scribe", table="\x00A\x1b1", written_for="A1"),
    Case("twenty letters", "We", ["We"], question="scribe", table="e\u0301" * 20, written_for="\u00e9" * 20),
    Case(
        "too long a table", "We", [], "The name of your table is 21 characters. Shorten", 422, "scribe", table="x" * 21
    ),
    Case("no table", "We", [], NO_TABLE, 422, question="scribe"),
    Case("a table nobody can see", "We", [], NO_TABLE, 422, question="scribe", table=" \u200b"),
    Case("a table and no words", "", [], "Write something first.", 422, question="scribe", table="3"),
    Case("a table where everybody writes", "I say", ["I say"], table="3"),
    Case("a table where nobody writes", "We", [], NO_MORE, 409, question="talk", table="3"),
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", SAME_AT_BOTH_DOORS, ids=lambda case: case.name)
def test_both_doors_store_and_refuse_the_same(phone: Phone, case: Case, door: str) -> None:
    reply = DOORS[door](phone, case.sent(phone))
    assert reply.status == case.status
    assert list(Answer.objects.values_list("value", flat=True)) == case.stored
    if case.status == 200:
        row = Answer.objects.get()
        assert (str(row.pk), str(row.question_id), row.edit) == (KEY, phone.questions[case.question], 1)
        assert row.table == case.written_for
    else:
        assert reply.said.startswith(case.said)
        assert "Not yet for your eyes" not in reply.html
        assert "Asked in another room" not in reply.html


@pytest.mark.parametrize("case", [case for case in SAME_AT_BOTH_DOORS if case.said], ids=lambda case: case.name)
def test_the_form_comes_back_with_what_was_written(phone: Phone, case: Case) -> None:
    html = through_form(phone, case.sent(phone)).html
    if case.question == "scribe":
        written = re.search(r'name="table"\s+value="(.*?)"', html)
        assert written
        assert written[1] == (case.table or "")
    if case.question == "scale":
        chosen = [key for key in case.value.values() if key in {"low", "mid", "high"}]
        assert re.findall(r'value="(\w+)"\s+checked', html) == chosen
    elif case.question != "choice":
        assert re.search(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)[1] == case.value  # type: ignore[index]


@pytest.mark.parametrize("change", [{"key": OLD_KEY}, {"edit": -1}, {"key": "taken"}, {"value": ""}])
def test_the_form_that_comes_back_can_be_sent(phone: Phone, change: dict[str, Any]) -> None:
    taken = str(give(Question.objects.get(pk=phone.questions["text"]), "somebody else's").key)
    change = {name: taken if text == "taken" else text for name, text in change.items()}
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "Words"} | change
    html = through_form(phone, sent).html
    fresh = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    assert through_form(phone, {**fresh, "value": "Words"}) == Reply(200, "")
    assert stored(Question.objects.get(pk=phone.questions["text"])) == ["Words", "somebody else's"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("edit", "value", "taken"),
    [(1, "Older", False), (3, "Other words", False), (3, "Newer", True), (4, "Newest", True)],
)
def test_what_does_not_stand_is_never_called_saved(phone: Phone, door: str, edit: int, value: str, taken: bool) -> None:
    question = Question.objects.get(pk=phone.questions["text"])
    give(question, "Newer", phone.seat, key=uuid.UUID(KEY), edit=3)
    reply = DOORS[door](phone, {"key": KEY, "edit": edit, "question": str(question.pk), "value": value})
    assert reply.status == (200 if taken else 409)
    assert stored(question) == [value if taken else "Newer"]
    if not taken:
        assert reply.said.startswith("A newer answer of yours is already saved.")
    if not taken and door == "form":
        assert f">\n{value}</textarea>" in reply.html
        assert 'name="edit" value="4"' in reply.html


def test_what_is_wrong_with_a_table_is_said_at_its_field(phone: Phone) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["scribe"], "value": "We said"}
    for said in (NO_TABLE, "The name of your table is 30 characters. Shorten it to 20: nothing is lost."):
        reply = through_form(phone, sent)
        assert (reply.status, reply.said) == (422, said)
        assert f'href="#table-{sent["question"]}"' in reply.html
        assert reply.html.count('aria-invalid="true"') == 1
        sent["table"] = "x" * 30


@pytest.mark.parametrize("table", [["3"], {"a": "3"}, 3, True, None])
def test_a_table_that_is_no_text_is_none(phone: Phone, table: object) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["scribe"], "value": "We said", "table": table}
    assert through_script(phone, sent) == Reply(422, NO_TABLE)


@pytest.mark.parametrize("door", DOORS)
def test_a_scribe_who_moves_takes_the_note_along(phone: Phone, door: str) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["scribe"], "value": "We said", "table": "3"}
    assert DOORS[door](phone, sent).status == 200
    assert DOORS[door](phone, {**sent, "table": "4"}).said.startswith("A newer answer of yours is already saved.")
    assert DOORS[door](phone, {**sent, "edit": 2, "table": "4"}).status == 200
    assert Answer.objects.get().table == "4"


def test_characters_that_are_no_text_do_no_harm_at_either_door(phone: Phone) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "a\ud800b"}
    assert through_script(phone, sent) == Reply(200, "")
    fields = urlencode({"key": KEY, "edit": 2, "question": phone.questions["text"]}).encode()
    assert stored(Question.objects.get(pk=phone.questions["text"])) == ["ab"]
    assert phone.by_form(fields + b"&value=a%ED%A0%80b%FF").status_code == 302
    assert stored(Question.objects.get(pk=phone.questions["text"])) == ["a\ufffd\ufffd\ufffdb\ufffd"]


def test_a_long_form_is_refused_with_its_words_still_there(phone: Phone) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "x" * 17 * 1024}
    reply = through_form(phone, sent)
    assert reply.said.startswith("Your answer is 17,408 characters.")
    assert sent["value"] in reply.html


@pytest.mark.parametrize("gone", ["no seat", "revoked"])
def test_without_a_seat_both_doors_say_how_to_come_back(phone: Phone, gone: str) -> None:
    if gone == "revoked":
        Attendee.objects.update(revoked_at="2026-11-22T12:00Z")
    else:
        del phone.client.cookies[f"seat-{phone.workshop.pk}"]
    sent = {"key": KEY, "edit": "1", "question": phone.questions["text"], "value": "Words"}
    script, form = phone.by_script(sent), phone.by_form(sent)
    assert (script.status_code, script["X-Live"], form.status_code) == (404, "1", 404)
    assert "Join again: what you wrote is still here" in json.loads(script.content)["message"]
    assert "join again with the code on the screen" in form.content.decode()
    assert not Answer.objects.exists()


def test_without_a_csrf_token_both_doors_say_to_load_again(phone: Phone) -> None:
    sent = {"key": KEY, "edit": "1", "question": phone.questions["text"], "value": "Words"}
    phone.token = ""
    script, form = phone.by_script(sent, X_CSRFToken=""), phone.by_form(sent)
    assert (script.status_code, script["X-Live"], form.status_code) == (403, "1", 403)
    assert "Load it again: what you wrote is kept" in json.loads(script.content)["message"]
    assert "Go back, load the page again, and send once more" in form.content.decode()
    assert not Answer.objects.exists()

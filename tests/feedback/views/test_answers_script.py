"""What only a script can send: any JSON, any headers. Nothing of it is stored that is no answer, and nothing breaks."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.models import Workshop
from feedback.kinds import kinds
from feedback.models import Answer
from tests.feedback.kinds.json_values import ANY_JSON, ANY_TEXT

from .doors import KEY, RELOAD, Phone, phone_and_questions


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_and_questions(workshop)


ONLY_JSON = {
    "a list for words": b'{"value": ["x"]}',
    "an object for words": b'{"value": {"value": "x"}}',
    "a number for words": b'{"value": 12}',
    "a bool for words": b'{"value": true}',
    "NaN": b'{"value": NaN}',
    "Infinity": b'{"value": -Infinity}',
    "brackets in brackets, as deep as fits": b'{"value": ' + b"[" * 8000 + b"]" * 8000 + b"}",
    "brackets that a parser survives": b'{"value": ' + b"[" * 400 + b"]" * 400 + b"}",
    "a number of 5,000 digits": b'{"value": ' + b"9" * 5000 + b"}",
    "a huge edit in digits": b'{"value": "x", "edit": ' + b"9" * 5000 + b"}",
    "an edit with a point": b'{"value": "x", "edit": 1.5}',
    "a list for a key": b'{"value": "x", "key": [[]]}',
    "an object for a question": b'{"value": "x", "question": {}}',
    "half a surrogate for a key": b'{"value": "x", "key": "\\ud800"}',
}


@pytest.mark.parametrize("kind", ["text", "choice", "scale"])
@pytest.mark.parametrize("name", ONLY_JSON)
def test_json_that_is_no_answer_is_refused_with_a_sentence(phone: Phone, name: str, kind: str) -> None:
    found = json.dumps({"key": KEY, "edit": 1, "question": phone.questions[kind]}).encode()
    response = phone.by_script(found[:-1] + b", " + ONLY_JSON[name][1:])
    assert response.status_code in {400, 422}
    assert response["X-Live"] == "1"
    assert json.loads(response.content)["message"].endswith((".", "lost."))
    assert not Answer.objects.exists()


NO_ANSWERS = [
    (b"[" * 100_000, 413),
    (b"[" * 16_000, 400),
    (b'{"value": "' + b"x" * 17 * 1024 + b'"}', 413),
    (b"x" * 2 * 1024 * 1024, 413),
    (b" ", 400),
    (b"null", 400),
    (b"[]", 400),
    (b'"text"', 400),
    (b"\xff\xfe\x00", 400),
    (b"{}", 422),
]


@pytest.mark.parametrize(("body", "status"), NO_ANSWERS)
def test_a_body_that_is_no_answer_is_refused_with_a_sentence(phone: Phone, body: bytes, status: int) -> None:
    response = phone.by_script(body)
    assert (response.status_code, response["X-Live"]) == (status, "1")
    sentence = json.loads(response.content)["message"]
    assert re.match(r"This (is too long to send|could not be read|page is out of date)\. ", sentence)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver, http://testserver"},
        {"Origin": "http://testserver,http://testserver"},
        {"X_Live": ""},
        {"X_Live": "0"},
        {"X_Live": "", "Origin": "http://evil.example"},
    ],
)
def test_a_script_that_is_not_on_our_page_is_turned_away(phone: Phone, headers: dict[str, str]) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "Words"}
    response = phone.by_script(sent, **headers)
    assert response.status_code == 403
    assert re.search("not taken|open too long", response.content.decode())
    assert not Answer.objects.exists()
    assert phone.by_script(sent).status_code == 200  # the very same, from our own page


def test_json_by_any_other_name_is_a_form_and_not_an_answer(phone: Phone) -> None:
    sent = json.dumps({"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "Words"})
    path = f"/w/{phone.workshop.pk}/answers/"
    response = phone.client.post(path, sent, content_type="text/plain", headers={"X-CSRFToken": phone.token})
    assert response.status_code == 422
    assert RELOAD in response.content.decode()
    assert not Answer.objects.exists()


def bodies(phone: Phone) -> st.SearchStrategy[object]:
    """Anything JSON can say, most of it nearly an answer."""
    ids = st.sampled_from(list(phone.questions.values()))
    points = st.sampled_from(["low", "mid", "high", "skip", "top"])
    nearly = st.fixed_dictionaries(
        {"question": ids | ANY_JSON},
        optional={
            "key": st.uuids(version=4).map(str) | ANY_JSON,
            "edit": st.integers(-1, 9) | ANY_JSON,
            "value": ANY_JSON
            | ANY_TEXT
            | st.sampled_from(["yes", "no"])
            | st.dictionaries(st.sampled_from("st"), points),
        },
    )
    answers = st.fixed_dictionaries(
        {"question": ids, "key": st.uuids(version=4).map(str), "edit": st.integers(1, 9), "value": ANY_JSON | ANY_TEXT}
    )
    return ANY_JSON | nearly | answers


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_json_breaks_the_door_or_is_stored_without_being_an_answer(phone: Phone, data: st.DataObject) -> None:
    body = data.draw(bodies(phone))
    response = phone.by_script(body)
    said = json.loads(response.content)
    assert response["X-Live"] == "1"
    assert response.status_code in {200, 400, 409, 422}
    if response.status_code == 200:
        assert isinstance(body, dict)
        assert said["key"] == body["key"]
        assert Answer.objects.filter(question_id=body["question"]).exists()
    else:
        assert said["message"]
    for row in Answer.objects.select_related("question"):
        assert row.question.takes_answers
        assert kinds[row.question.kind].validate(row.question.config, row.value) == row.value

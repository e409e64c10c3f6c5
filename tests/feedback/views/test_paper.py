"""Forms on paper: printed, and typed in again."""

import re

import pytest
from django.test import Client

from agenda.models import Audit, Workshop
from feedback.models import Answer, Question
from tests.cast import browser_of, user_with
from tests.feedback.filled_forms import field, hidden, send
from tests.live import day


@pytest.fixture
def owner(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "owner"))


def test_the_sheet_has_every_question_with_boxes_and_lines(workshop: Workshop, owner: Client) -> None:
    page = owner.get(f"/w/{workshop.pk}/feedback/paper/").content.decode()
    assert page.count('class="paper-question"') == 6
    assert "<li>Excellent</li>" in page
    assert "I feel confident about data and digital in my council." in page
    assert 'class="paper-lines"' in page
    assert "<input" not in page


def test_what_is_kept_with_a_name_is_not_on_paper(workshop: Workshop, owner: Client) -> None:
    page = owner.get(f"/w/{workshop.pk}/survey/paper/").content.decode()
    assert page.count('class="paper-question"') == 3
    assert "What do you want to ask of the others in the room?" in page.split("<h1>")[0]
    assert "What do you want to ask of the others in the room?" not in page.split("<h1>")[1]


def test_each_sheet_is_a_respondent_of_its_own(workshop: Workshop, owner: Client) -> None:
    day.begin(workshop, until="close")
    for words in ("First sheet", "Second sheet"):
        done = send(owner, workshop, "feedback/entry", fb_overall="good", fb_better=words)
        assert done["Location"].endswith("/feedback/entry/?saved=1")
    rows = Answer.objects.filter(question__key="fb_overall")
    assert len(set(rows.values_list("respondent", flat=True))) == 2
    joined = Answer.objects.get(value="First sheet").respondent
    assert rows.filter(respondent=joined).count() == 1
    assert not Answer.objects.exclude(attendee=None).exists()
    assert "2 have replied so far" in owner.get(f"/w/{workshop.pk}/feedback/entry/").content.decode()
    assert Audit.objects.filter(kind="paper form typed in").count() == 2


def test_the_same_sheet_sent_twice_is_one(workshop: Workshop, owner: Client) -> None:
    day.begin(workshop, until="close")
    address = f"/w/{workshop.pk}/feedback/entry/"
    data = hidden(owner.get(address).content.decode()) | {field(workshop, "fb_better"): "Once"}
    assert [owner.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.count() == 1


def test_what_cannot_be_read_stays_on_the_page_with_its_sheet(workshop: Workshop, owner: Client) -> None:
    day.begin(workshop, until="close")
    page = send(owner, workshop, "feedback/entry", fb_overall="splendid", fb_better="Kept")
    assert page.status_code == 422
    again = page.content.decode()
    data = hidden(again) | {field(workshop, "fb_overall"): "good", field(workshop, "fb_better"): "Kept"}
    assert owner.post(f"/w/{workshop.pk}/feedback/entry/", data).status_code == 302
    assert len(set(Answer.objects.values_list("respondent", flat=True))) == 1


def test_before_the_form_opens_nothing_is_typed_in(workshop: Workshop, owner: Client) -> None:
    address = f"/w/{workshop.pk}/feedback/entry/"
    page = owner.get(address).content.decode()
    assert "The form is not open yet." in page
    assert not re.search(r'name="[0-9a-f]{32}\.', page)
    Question.objects.filter(key="fb_overall").update(status="ready")
    assert owner.post(address, {"sheet": "short"}).status_code == 404

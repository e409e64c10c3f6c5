"""The questions that are open at once, on a phone: one page and one button, without a script."""

import re
import uuid
from typing import Any

import pytest

from agenda import services as agenda
from agenda.models import Workshop
from feedback.models import Answer, Question
from sessions import asking_together, services
from tests.cast import Phone, phone_in
from tests.feedback.filled_forms import field, of, send
from tests.live import day


@pytest.fixture
def lunch(workshop: Workshop) -> Workshop:
    """Lunch is on, and its three questions are open."""
    day.begin(workshop, until="lunch")
    asking_together.ask(workshop=workshop, actor=None, expect=None)
    return workshop


@pytest.fixture
def phone(lunch: Workshop) -> Phone:
    return phone_in(lunch)


def now(phone: Phone, workshop: Workshop) -> str:
    """What its button says under Now, to whom it is not hidden."""
    page = phone.client.get(f"/w/{workshop.pk}/").content.decode()
    region = page.split('id="phone-together"')[1].split("</div>")[0]
    theirs = re.sub(r"<p [^>]*hidden>.*?</p>", "", region, flags=re.DOTALL)
    return "".join(re.findall(r'<a [^>]*" >([^<]*)</a>', theirs))


def read(phone: Phone, workshop: Workshop) -> str:
    return phone.client.get(f"/w/{workshop.pk}/together/").content.decode()


def test_one_page_has_all_of_them_and_what_was_answered(lunch: Workshop, phone: Phone) -> None:
    assert now(phone, lunch) == "Three questions for you"
    page = read(phone, lunch)
    for words in ("What new thoughts", "What was relevant to your context?", "What wasn&#x27;t?"):
        assert words in page
    assert page.count("Your name is not kept with this answer. The room may see your words.") == 3
    done = send(phone.client, lunch, "together", lunch_new="Who owns <it>?")
    assert (done.status_code, done["Location"]) == (302, f"/w/{lunch.pk}/")
    assert now(phone, lunch) == "You have answered one of three. Go on"
    assert "Who owns &lt;it&gt;?" in read(phone, lunch)
    assert "Who owns" not in read(phone_in(lunch), lunch)
    send(
        phone.client, lunch, "together", lunch_new="Who owns <it>?", lunch_relevant="Buses", lunch_not_relevant="Trams"
    )
    assert now(phone, lunch) == "You have answered all three. Change an answer"
    rows = list(Answer.objects.all())
    assert {row.value for row in rows} == {"Who owns <it>?", "Buses", "Trams"}
    assert len({row.respondent for row in rows}) == 3, "nothing joins them"


def test_the_restart_time_stays_and_nothing_says_there_is_nothing_to_do(lunch: Workshop, phone: Phone) -> None:
    page = phone.client.get(f"/w/{lunch.pk}/").content.decode()
    assert "We start again at" in page
    assert "Nothing to do here now" not in page


def test_one_that_is_emptied_is_taken_back(lunch: Workshop, phone: Phone) -> None:
    send(phone.client, lunch, "together", lunch_new="heron", lunch_relevant="otter")
    send(phone.client, lunch, "together", lunch_new="", lunch_relevant="otter")
    assert [row.value for row in Answer.objects.all()] == ["otter"]


def test_who_comes_late_has_them_too(lunch: Workshop) -> None:
    late = phone_in(lunch)
    assert now(late, lunch) == "Three questions for you"
    send(late.client, lunch, "together", lunch_new="heron")
    assert Answer.objects.get().value == "heron"


def test_what_was_being_written_when_they_closed_is_taken(lunch: Workshop, phone: Phone) -> None:
    client, address = phone.client, f"/w/{lunch.pk}/together/"
    page = client.get(address).content.decode()
    day.begin(lunch, until="reflections")
    assert now(phone, lunch) == ""
    assert "If you were still writing, you can still send it." in client.get(address).content.decode()
    key = re.search(rf'name="{of(lunch, "lunch_new").pk.hex}.key" value="([^"]*)"', page)
    assert key
    prefix = of(lunch, "lunch_new").pk.hex
    said = {f"{prefix}.key": key[1], f"{prefix}.edit": "1", field(lunch, "lunch_new"): "heron"}
    assert client.post(address, said).status_code == 302
    assert Answer.objects.get().value == "heron"


def test_after_the_close_of_the_day_the_words_stay_on_the_page(lunch: Workshop, phone: Phone) -> None:
    send(phone.client, lunch, "together", lunch_new="heron")
    day.change(lunch, "close lunch")
    reply = send(phone.client, lunch, "together", lunch_new="heron", lunch_relevant="too late")
    assert reply.status_code == 409
    assert "too late" in reply.content.decode()
    assert send(phone.client, lunch, "together", lunch_new="otter").status_code == 302
    assert Answer.objects.get().value == "otter", "what was said can be changed until names are taken off"


def test_before_they_are_asked_there_is_nothing_to_fill_in(workshop: Workshop) -> None:
    phone = phone_in(workshop)
    day.begin(workshop, until="lunch")
    assert "Nothing is asked here now." in read(phone, workshop)
    prefix = of(workshop, "lunch_new").pk.hex
    early: dict[str, Any] = {f"{prefix}.key": uuid.uuid4(), f"{prefix}.edit": "1", f"{prefix}.value": "heron"}
    phone.client.post(f"/w/{workshop.pk}/together/", early)
    assert not Answer.objects.exists()


def test_one_that_is_only_talked_about_leaves_the_page(lunch: Workshop, phone: Phone) -> None:
    Question.objects.filter(key="lunch_new").update(hand="talk")
    assert "What new thoughts" not in read(phone, lunch)
    assert now(phone, lunch) == "Two questions for you"


def test_one_for_councillors_is_theirs_alone(lunch: Workshop, phone: Phone) -> None:
    Question.objects.filter(key="lunch_new").update(councillors_only=True)
    assert now(phone, lunch) == "Two questions for you"
    assert "I am a councillor: say so" in read(phone, lunch)
    agenda.say_who(attendee=phone.attendee, name="Ann", council="", role="officer")
    page = read(phone, lunch)
    assert ("What new thoughts" in page, "say so" in page) == (False, False)
    agenda.say_who(attendee=phone.attendee, name="Ann", council="", role="councillor")
    assert now(phone, lunch) == "Three questions for you"
    assert "What new thoughts" in read(phone, lunch)


def test_while_somebody_talks_phones_say_nothing_of_them(lunch: Workshop, phone: Phone) -> None:
    Question.objects.update(returns_in=None)
    Question.objects.filter(key__startswith="lunch").update(returns_in=of(lunch, "sum_insights").slot)
    day.begin(lunch, until="culture")
    assert now(phone, lunch) == ""
    assert "What new thoughts" in read(phone, lunch), "whoever is on the page can go on"
    day.begin(lunch, until="summary")
    assert of(lunch, "lunch_new").status == "closing"


def test_who_has_not_joined_yet_joins_first(lunch: Workshop) -> None:
    phone = phone_in(lunch)
    type(phone.attendee).objects.filter(pk=phone.attendee.pk).update(arrived=False)
    assert phone.client.get(f"/w/{lunch.pk}/together/")["Location"] == f"/j/{lunch.join_code}/"


def test_a_wiped_rehearsal_asks_none_of_them(lunch: Workshop, phone: Phone) -> None:
    Workshop.objects.filter(pk=lunch.pk).update(rehearsal=True)
    lunch.refresh_from_db()
    services.begin_again(workshop=lunch, actor=None)
    assert not Question.objects.filter(together=True).exists()
    assert "Nothing is asked here now." in read(phone, lunch)

"""Being put in touch at its doors, without a script from first to last; and what no other page ever says."""

import json
import logging
import re
from typing import Any

import pytest

from agenda.models import Attendee, Membership, Workshop
from feedback import asks, in_touch
from feedback.connection_models import Connection
from feedback.models import Answer
from sessions import asks as board
from tests.agenda.journeys import out
from tests.cast import Phone, browser_of, phone_in, user_with
from tests.feedback.asking_room import ANN, BEN, WORDS, ask, connected, contacts, offered
from tests.feedback.room import seat_in
from tests.live import day
from tests.live.test_picture import bytes_of

WHERE = {"secure": True, "headers": {"Accept": "text/html", "Referer": "https://testserver/"}}


@pytest.fixture
def ann(workshop: Workshop) -> Phone:
    day.begin(workshop)
    return phone_in(workshop)


@pytest.fixture
def ben(workshop: Workshop) -> Phone:
    return phone_in(workshop)


def of_day(phone: Phone, path: str = "") -> str:
    return f"/w/{phone.attendee.workshop_id}/{path}"


def get(phone: Phone, path: str = "") -> str:
    return phone.client.get(of_day(phone, path), secure=True).text


def post(phone: Phone, path: str, **data: Any) -> Any:
    return phone.client.post(of_day(phone, path), data, follow=True, **WHERE)


def link(page: str, part: str) -> str:
    """The path of the first link with this in it, after that of the day."""
    found = re.search(rf'href="/w/[^/]+/({part}[^"]*)"', page)
    assert found, page
    return found[1]


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def put(workshop: Workshop) -> None:
    board.put_board_on_screen(workshop=workshop, actor=None)


def test_without_a_script_two_people_are_put_in_touch_and_part_again(
    workshop: Workshop, ann: Phone, ben: Phone
) -> None:
    answer = ask(workshop, ann.seat)
    put(workshop)
    key = asks.public_id(answer.pk)
    assert f'formaction="/w/{workshop.pk}/asks/{key}/help/"' in get(ben)
    assert 'aria-pressed="true"' in post(ben, f"asks/{key}/help/", on="1").content.decode()
    assert 'aria-pressed="true"' in get(ben, "asks/")

    own = get(ann)
    assert "1 person can help." in own
    page = get(ann, link(own, "asks/own/"))
    said = {"name": ANN.name, "reach": ANN.reach, "offers": hidden(page, "offers")}
    after = post(ann, link(own, "asks/own/"), **said)
    assert after.redirect_chain[-1][0].endswith("#mine")
    assert "You have said yes to 1 person." in after.content.decode()

    waiting = get(ben)
    assert "Whoever asks would like to be put in touch with you." in waiting
    assert ANN.reach not in waiting
    after = post(ben, link(waiting, "asks/[0-9a-f-]+/contact/"), name=BEN.name, reach=BEN.reach)
    assert (ANN.name in after.content.decode(), ANN.reach in after.content.decode()) == (True, True)
    assert (BEN.name in get(ann), BEN.reach in get(ann)) == (True, True)

    (row,) = Connection.objects.all()
    refused = post(ann, "in-touch/take-back/", key=row.pk)
    assert (refused.status_code, "You are in touch already" in refused.content.decode()) == (409, True)
    assert ANN.reach not in post(ben, "in-touch/remove/", key=row.pk).content.decode()
    assert BEN.reach not in get(ann)


def test_under_the_heading_of_the_asks_stand_asks_or_what_will(workshop: Workshop, ann: Phone) -> None:
    assert re.search(r"<h1>What people ask of the room</h1>\s*<p", get(ann, "asks/"))
    ask(workshop, ann.seat)
    put(workshop)
    page = get(ann, "asks/")
    assert re.search(r"<h1>What people ask of the room</h1>\s*<p", page)
    assert WORDS in page


def test_a_page_says_yes_to_those_it_named_alone(workshop: Workshop, ann: Phone) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer)
    path = link(get(ann), "asks/own/")
    page = get(ann, path)
    offered(answer)
    post(ann, path, name=ANN.name, reach=ANN.reach, offers=hidden(page, "offers"))
    assert sorted(Connection.objects.values_list("asker_reach", flat=True)) == ["", ANN.reach]
    assert "1 person can help." in get(ann)


@pytest.mark.parametrize(
    ("name", "reach", "why"),
    [
        ("", "ben@council.example", "Write the name by which you want to be known."),
        ("Ben", "", "Write an e-mail address or a phone number"),
        ("Ben", "ask at the desk", "Write an e-mail address or a phone number"),
        ("Ben", "12345", "Write an e-mail address or a phone number"),
        ("B" * 81, "ben@council.example", "Shorten it to 80"),
        ("Ben", "0" * 15 + " x" * 80, "Shorten it to 160"),
    ],
)
def test_what_cannot_reach_anybody_is_said_and_stays_typed(
    workshop: Workshop, ann: Phone, ben: Phone, name: str, reach: str, why: str
) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer, ben.seat)
    reply = post(ben, f"asks/{asks.public_id(answer.pk)}/contact/", name=name, reach=reach)
    page = reply.content.decode()
    assert (reply.status_code, why in page, "<title>Error:" in page) == (422, True, True)
    assert f'value="{name or reach}"' in page
    assert Connection.objects.get().helper_name == ""


@pytest.mark.parametrize("reach", ["ben@council.example", "0191 498 0000", "+44 (0)191 4980000", "Ben <ben@c.example>"])
def test_an_address_or_a_number_is_taken_as_it_is_written(
    workshop: Workshop, ann: Phone, ben: Phone, reach: str
) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer, ben.seat)
    post(ben, f"asks/{asks.public_id(answer.pk)}/contact/", name=" Ben  Birch ", reach=reach)
    row = Connection.objects.get()
    assert (row.helper_name, row.helper_reach) == ("Ben Birch", reach)


def test_on_an_open_network_no_contact_is_typed_or_taken(workshop: Workshop, ann: Phone, ben: Phone) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer, ben.seat)
    paths = ((ben, f"asks/{asks.public_id(answer.pk)}/contact/"), (ann, f"asks/own/{answer.question_id}/1/"))
    for phone, path in paths:
        page = phone.client.get(of_day(phone, path)).text
        assert ("This network is not encrypted" in page, 'name="reach"' in page) == (True, False)
        said = {"name": "Ben", "reach": BEN.reach, "offers": [Connection.objects.get().pk]}
        reply = phone.client.post(of_day(phone, path), said)
        assert (reply.status_code, "This network is not encrypted" in reply.text) == (409, True)
    assert set(Connection.objects.values_list("helper_reach", "asker_reach")) == {("", "")}


def test_on_a_shared_tablet_nobody_offers_or_passes_anything(workshop: Workshop, ann: Phone, ben: Phone) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer, ben.seat)
    Attendee.objects.filter(pk__in=[ann.attendee.pk, ben.attendee.pk]).update(device="tablet")
    other = ask(workshop, seat_in(workshop))
    refused = post(ben, f"asks/{asks.public_id(other.pk)}/help/", on="1")
    assert (refused.status_code, "goes from hand to hand" in refused.content.decode()) == (409, True)
    reply = post(ben, f"asks/{asks.public_id(answer.pk)}/contact/", name="Ben", reach=BEN.reach)
    assert (reply.status_code, Connection.objects.get().helper_reach) == (409, "")


def test_by_script_an_offer_is_heard_and_the_phone_knows_it_again(workshop: Workshop, ann: Phone, ben: Phone) -> None:
    key = str(asks.public_id(ask(workshop, ann.seat).pk))

    def press(phone: Phone, on: str) -> Any:
        sent = json.dumps({"key": key, "edit": 1, "question": key, "on": on})
        where = of_day(phone, f"asks/{key}/help/")
        return phone.client.post(where, sent, content_type="application/json", headers={"X-Live": "1"})

    heard = press(ben, "1")
    assert (heard.status_code, heard["X-Live"], heard.json()) == (200, "1", {"key": key, "edit": 1})
    refused = press(ann, "1")
    assert (refused.status_code, "You ask this yourself" in refused.json()["message"]) == (409, True)
    mine = {phone.attendee.pk: json.loads(get(phone, "mine/"))["queue"] for phone in (ann, ben)}
    assert mine[ben.attendee.pk] == {"own": {}, "votes": [key]}
    assert mine[ann.attendee.pk] == {"own": {f"ask:{key}": {"key": key}}, "votes": []}
    press(ben, "0")
    assert json.loads(get(ben, "mine/"))["queue"]["votes"] == []


def test_on_leaving_what_is_not_finished_goes_and_the_other_keeps_what_was_passed(
    workshop: Workshop, ann: Phone, ben: Phone
) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer, ben.seat)
    path = f"asks/{asks.public_id(answer.pk)}/contact/"
    post(ben, path, name=BEN.name, reach=BEN.reach)
    post(ann, f"asks/own/{answer.question_id}/1/", name="Ann", reach=ANN.reach, offers=[Connection.objects.get().pk])
    offered(ask(workshop, seat_in(workshop)), ben.seat)
    post(ben, "leave/")
    assert Connection.objects.count() == 1
    assert contacts(workshop, ann.seat) == [(BEN.name, BEN.reach)]


def test_no_other_page_file_or_log_ever_says_a_contact(
    workshop: Workshop, ann: Phone, ben: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "django", "django.request"):
        caplog.set_level(logging.DEBUG, logger=name)
    answer, helper, row = connected(workshop, ann.seat, mode="named")
    put(workshop)
    desk = browser_of(user_with("owner", workshop, "owner"))
    Membership.objects.filter(workshop=workshop).update(role="owner")
    base = f"/w/{workshop.pk}/"
    said = [bytes_of(workshop, audience) for audience in ("phone", "screen", "desk")]
    said += [desk.get(base + path).text for path in ("desk/", "summary/", "summary/themes/", "export/", "keeping/")]
    said.append(desk.post(base + "export/answers.csv").content.decode())
    said += [get(ben), get(ben, "mine/"), get(ben, "mine/in-touch/"), get(ben, "asks/"), get(ann, "mine/")]
    said += [get(ben, "asks/"), out(workshop), repr(list(workshop.audit.values())), caplog.text]
    assert all(WORDS in page for page in said[:3])
    for word in (ANN.name, ANN.reach, BEN.name, BEN.reach, str(row.pk), row.helper, row.asker):
        assert not [page[:200] for page in said if word in page], word
    assert BEN.reach in get(ann, "mine/in-touch/")  # so we would have seen it
    assert contacts(workshop, helper) == [(ANN.name, ANN.reach)]
    assert Answer.objects.filter(pk=answer.pk).exists()


def test_a_contact_is_read_where_it_was_passed_and_not_by_the_same_seat_elsewhere(
    workshop: Workshop, ann: Phone
) -> None:
    connected(workshop, ann.seat, mode="named")
    assert BEN.reach in get(ann)
    twin = phone_in(workshop)
    Attendee.objects.filter(pk=twin.attendee.pk).update(name="Ann")
    assert BEN.reach not in get(twin)
    assert in_touch.mine(workshop, twin.seat).made == []


@pytest.mark.parametrize("path", ["asks/own/{question}/2/", "asks/own/{other}/1/", "asks/{other}/contact/"])
def test_a_form_for_what_is_not_this_phones_leads_back_to_my_notes(
    workshop: Workshop, ann: Phone, ben: Phone, path: str
) -> None:
    answer = ask(workshop, ann.seat)
    offered(answer)
    where = path.format(question=answer.question_id, other=asks.public_id(answer.pk))
    reply = ben.client.get(of_day(ben, where), secure=True)
    assert (reply.status_code, reply["Location"].endswith("#mine")) == (302, True)

"""A speaker's private link: made at the desk, opened by a press, and taken away again."""

import re

import pytest
import segno
from django.test import Client

from agenda import origins
from agenda.models import Audit, Slot, Speaker, Workshop
from sessions import speaker_links
from sessions.hub import hub
from sessions.models import SpeakerLink
from tests.cast import EVERYBODY, Cast, browser_of, user_with
from tests.live import day

RUN = {"owner", "facilitator"}
HALL = "192.168.1.20"


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("facilitator", workshop, "facilitator"))


def slot(workshop: Workshop, key: str = "how-digital") -> Slot:
    return Slot.objects.get(workshop=workshop, key=key)


def link(workshop: Workshop, key: str = "how-digital") -> str:
    return f"/s/{speaker_links.make_link(workshop=workshop, slot=slot(workshop, key), actor=None)}"


def view(workshop: Workshop, key: str = "how-digital") -> str:
    return f"/w/{workshop.pk}/speaker/{key}/"


def fresh_link(page: str) -> str:
    """The path of the link that the desk was just shown."""
    found = re.search(rf'value="{re.escape(origins.room_address())}(/s/[\w-]+)"', page)
    assert found
    return found[1]


def test_looking_at_a_link_changes_nothing(workshop: Workshop) -> None:
    """Mail scanners and chat previews look at every link."""
    address, device = link(workshop), Client()
    before = day.revisions(workshop), Audit.objects.count()
    for _ in range(3):
        page = device.get(address)
        assert "Open the speaker’s view" in page.text
        assert "How digital is helping councils" in page.text
        assert "no-store" in page["Cache-Control"]
    assert not [name for name in device.cookies if name.startswith("speaker")]
    assert "McCarty" not in page.text
    assert (day.revisions(workshop), Audit.objects.count()) == before
    assert device.get(view(workshop)).status_code == 404


def test_a_press_opens_the_speakers_own_view(workshop: Workshop) -> None:
    device = Client()
    opened = device.post(link(workshop), follow=True)
    assert opened.redirect_chain == [(view(workshop), 302)]
    assert "about 11:15" in opened.text
    assert [name for name in device.cookies if name.startswith("speaker")] == [f"speaker-{workshop.pk}-how-digital"]


def test_a_link_opens_on_as_many_devices_as_the_speakers_have(workshop: Workshop) -> None:
    address = link(workshop)
    for _ in range(2):
        device = Client()
        device.post(address)
        assert "about 11:15" in device.get(view(workshop)).text


def test_a_press_on_a_link_is_protected_like_every_form(workshop: Workshop) -> None:
    device = Client(enforce_csrf_checks=True)
    assert device.post(link(workshop)).status_code == 403


def test_on_a_halls_network_the_link_and_its_view_answer(workshop: Workshop) -> None:
    device, address = Client(REMOTE_ADDR=HALL), link(workshop)
    assert "Open the speaker’s view" in device.get(address).text
    assert "about 11:15" in device.post(address, follow=True).text
    assert "regions" in device.get(f"/w/{workshop.pk}/state/speaker").json()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_a_revoked_and_a_replaced_link_are_one_and_the_same_404(workshop: Workshop, method: str) -> None:
    replaced, revoked = link(workshop), link(workshop)
    speaker_links.revoke_link(workshop=workshop, slot=slot(workshop), actor=None)
    replies = [getattr(Client(), method)(path) for path in (replaced, revoked, "/s/nonsense", "/s/%00", "/nowhere/")]
    assert {(reply.status_code, reply.content, reply.cookies.output()) for reply in replies} == {
        (404, replies[-1].content, "")
    }
    assert "There is nothing at this address" in replies[0].text


def test_the_view_holds_its_own_region_and_no_other(workshop: Workshop) -> None:
    device = Client()
    text = device.post(link(workshop), follow=True).text
    snapshot = hub.current(workshop.pk, "speaker")
    region = snapshot.regions["how-digital"]
    assert re.findall(r'data-region="([\w-]+)" data-hash="(\w+)"', text) == [("how-digital", region.hash)]
    assert f'data-stamp="{snapshot.stamp_text}"' in text
    assert "Deriving benefits from data" not in text
    assert [tag for tag in ("<form", "<button", "csrf", "McCarty") if tag in text] == []


def test_the_state_of_a_speaker_has_every_speakers_region(workshop: Workshop) -> None:
    device = Client()
    device.post(link(workshop))
    state = device.get(f"/w/{workshop.pk}/state/speaker").json()
    assert list(state["regions"]) == ["how-digital", "data", "culture", "conditions"]
    assert state["poll_ms"] == 2000


def test_a_link_opens_no_other_item_and_no_other_day(cast: Cast) -> None:
    device = Client()
    device.post(link(cast.workshop))
    for other in (view(cast.workshop, "data"), view(cast.other_workshop), view(cast.workshop, "nothing")):
        assert device.get(other).status_code == 404
    assert device.get(f"/w/{cast.other_workshop.pk}/state/speaker").status_code == 404


def test_one_computer_at_the_lectern_shows_each_speaker_their_own(workshop: Workshop) -> None:
    lectern = Client()
    for key in ("how-digital", "data"):
        lectern.post(link(workshop, key))
    assert "about 11:15" in lectern.get(view(workshop)).text
    assert "about 12:00" in lectern.get(view(workshop, "data")).text
    assert lectern.get(f"/w/{workshop.pk}/speaker/")["Location"] == view(workshop, "data")  # opened last


def test_a_link_that_was_taken_away_shows_nothing_more(workshop: Workshop) -> None:
    device = Client()
    device.post(link(workshop))
    speaker_links.revoke_link(workshop=workshop, slot=slot(workshop), actor=None)
    assert device.get(view(workshop)).status_code == 404
    refused = device.get(f"/w/{workshop.pk}/state/speaker")
    assert (refused.status_code, refused["X-Live"]) == (404, "1")


def test_who_runs_the_day_sees_what_speakers_see_without_a_link(cast: Cast) -> None:
    for name in EVERYBODY:
        reply = cast.by_name(name).get(view(cast.workshop))
        assert (reply.status_code, "about 11:15" in reply.text) == ((200, True) if name in RUN else (404, False))
    assert cast.owner.get(view(cast.workshop, "lunch")).status_code == 404  # nobody speaks there
    assert cast.owner.get(f"/w/{cast.workshop.pk}/speaker/")["Location"] == f"/w/{cast.workshop.pk}/speakers/"


def test_the_desk_lists_every_item_with_a_speaker(workshop: Workshop, desk: Client) -> None:
    Speaker.objects.create(slot=slot(workshop, "reflections"), position=0, name="Ann Other")
    text = desk.get(f"/w/{workshop.pk}/speakers/").text
    titles = ["How digital", "Deriving", "Reflections", "Culture", "Councillors creating"]
    assert [title for title in titles if f"<h2>{title}" in text] == titles
    assert re.search(r"11:15 · Cllr Joyce McCarty · Jenny Nelson", text)
    assert "Ann Other" in text
    assert "Lunch" not in text
    assert text.count("Make a private link") == 5
    assert "Speakers and their links" in desk.get(f"/w/{workshop.pk}/desk/").text


def test_the_desk_is_shown_a_new_link_once_with_a_square_for_phones(workshop: Workshop, desk: Client) -> None:
    made = desk.post(f"/w/{workshop.pk}/speakers/how-digital/link/")
    path = fresh_link(made.text)
    picture = segno.make(f"{origins.room_address()}{path}", error="m").svg_data_uri(scale=4, dark="#000", light="#fff")
    assert f'src="{picture}"' in made.text
    assert "no-store" in made["Cache-Control"]
    again = desk.get(f"/w/{workshop.pk}/speakers/").text
    assert path not in again
    assert "/s/" not in again
    assert "A private link is out." in again
    assert "about 11:15" in Client().post(path, follow=True).text
    assert Audit.objects.get(kind="speaker link made").detail == {"slot": "how-digital"}


def test_a_new_link_replaces_the_one_before(workshop: Workshop, desk: Client) -> None:
    first, second = (fresh_link(desk.post(f"/w/{workshop.pk}/speakers/data/link/").text) for _ in range(2))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)


def test_the_desk_takes_a_link_away(workshop: Workshop, desk: Client) -> None:
    path = fresh_link(desk.post(f"/w/{workshop.pk}/speakers/data/link/").text)
    for _ in range(2):  # a double click does no harm
        done = desk.post(f"/w/{workshop.pk}/speakers/data/revoke/", follow=True)
        assert done.redirect_chain == [(f"/w/{workshop.pk}/speakers/", 302)]
        assert "A private link is out." not in done.text
    assert Client().get(path).status_code == 404
    assert Audit.objects.filter(kind="speaker link revoked").count() == 1


def test_no_link_is_made_where_nobody_speaks(cast: Cast) -> None:
    for key in ("lunch", "nothing"):
        assert cast.owner.post(f"/w/{cast.workshop.pk}/speakers/{key}/link/").status_code == 404
    assert cast.owner.post(f"/w/{cast.workshop.pk}/speakers/nothing/revoke/").status_code == 404
    assert not SpeakerLink.objects.exists()


def test_a_link_to_an_item_that_left_the_running_order_can_still_be_taken_away(
    workshop: Workshop, desk: Client
) -> None:
    dropped = Slot.objects.create(workshop=workshop, key="dropped")
    speaker_links.make_link(workshop=workshop, slot=dropped, actor=None)
    text = desk.get(f"/w/{workshop.pk}/speakers/").text
    assert "No longer in the running order" in text
    assert f'action="/w/{workshop.pk}/speakers/dropped/revoke/"' in text
    assert "dropped/link/" not in text
    desk.post(f"/w/{workshop.pk}/speakers/dropped/revoke/")
    assert "No longer in the running order" not in desk.get(f"/w/{workshop.pk}/speakers/").text


def test_nobody_else_makes_or_revokes_a_link(cast: Cast) -> None:
    speaker_links.make_link(workshop=cast.workshop, slot=slot(cast.workshop), actor=None)
    for press in ("link", "revoke"):
        url = f"/w/{cast.workshop.pk}/speakers/how-digital/{press}/"
        assert {cast.by_name(name).post(url).status_code for name in {*EVERYBODY} - RUN} == {404}
        assert cast.owner.post(url, REMOTE_ADDR=HALL).status_code == 404
        assert cast.owner.get(url).status_code == 405
    assert SpeakerLink.objects.filter(revoked_at=None).count() == SpeakerLink.objects.count() == 1

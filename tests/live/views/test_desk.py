"""The desk's presses over HTTP: who may press, what is said, and the same with and without a script."""

import re
import uuid

import pytest
from django.test import Client

from agenda.models import LogEntry, Workshop
from sessions import services
from sessions.models import PairedScreen, Stage
from tests.cast import EVERYBODY, Cast, browser_of, user_with
from tests.live import day

HTMX = {"HX-Request": "true"}
RUN = {"owner", "facilitator"}


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("facilitator", workshop, "facilitator"))


def url(workshop: Workshop, press: str = "") -> str:
    return f"/w/{workshop.pk}/desk/{press}"


def press_number(text: str) -> str:
    """The number the page will send with its next press."""
    found = re.search(r'name="press" value="([0-9a-f-]{36})"', text)
    assert found
    return found[1]


def test_owner_and_facilitator_have_a_desk_and_nobody_else(cast: Cast) -> None:
    seen = {name: cast.by_name(name).get(url(cast.workshop)) for name in EVERYBODY}
    assert {name for name, reply in seen.items() if "Start the day" in reply.text} == RUN
    assert {reply.status_code for name, reply in seen.items() if name not in RUN} == {404}
    assert not [name for name, reply in seen.items() if name not in RUN and cast.workshop.title in reply.text]


def every_press(workshop: Workshop) -> dict[str, dict[str, str]]:
    question = day.question(workshop, "pre_conf").pk
    return {
        "move-on/": {"expect": ""},
        "undo/": {"seen": 0},
        "change/": {"change": "-;hold"},
        "face/": {"face": "rules"},
        "blank/": {"on": "1"},
        "pair/": {"digits": "4711"},
        "begin-again/": {},
        "feedback-form/": {},
        f"hand/{question}/": {"hand": "talk"},
        **{f"{question}/{press}/": {} for press in ("ask", "close", "show", "hide")},
    }


BAD_PRESSES = [
    *("", "-", "17", ";hold", "x;hold", "-;dance", "-;extend intros", "-;extend intros five", "-;extend intros 99999"),
    *("-;advance intros", "-;undo", "-;replan 2", "-;reorder", "-;correct 999999999999", "-;hold intros"),
    "-" + ";hold" * 251,
]


def test_nobody_else_presses_anything(cast: Cast) -> None:
    services.ask_for_pairing(digits="4711")
    before = day.revisions(cast.workshop)
    for press, data in every_press(cast.workshop).items():
        replies = {name: cast.by_name(name).post(url(cast.workshop, press), data) for name in {*EVERYBODY} - RUN}
        assert {name: reply.status_code for name, reply in replies.items() if reply.status_code != 404} == {}, press
    assert day.revisions(cast.workshop) == before
    assert PairedScreen.objects.get().workshop is None


def test_on_a_halls_network_the_desk_is_for_the_laptop_itself(cast: Cast) -> None:
    reply = cast.facilitator.post(url(cast.workshop, "move-on/"), {"expect": ""}, REMOTE_ADDR="192.168.1.20")
    assert (reply.status_code, day.live(cast.workshop)) == (404, None)


def test_a_press_by_script_is_answered_with_a_sentence_and_no_page(workshop: Workshop, desk: Client) -> None:
    reply = desk.post(url(workshop, "move-on/"), {"expect": "", "press": str(uuid.uuid4())}, headers=HTMX)
    assert reply.status_code == 200
    assert reply.text == '<span id="notice-words">The day has started.</span>\n'
    assert day.live(workshop) == "intros"


def test_a_press_without_a_script_leads_back_to_the_desk_and_a_new_number(workshop: Workshop, desk: Client) -> None:
    number = press_number(desk.get(url(workshop)).text)
    reply = desk.post(url(workshop, "move-on/"), {"expect": "", "press": number}, follow=True)
    assert reply.redirect_chain == [(url(workshop), 302)]
    assert '<p class="live-title">Intros and Discussion</p>' in reply.text
    assert press_number(reply.text) != number


def test_a_press_that_is_sent_twice_is_one_step(workshop: Workshop, desk: Client) -> None:
    sent = {"expect": "", "press": str(uuid.uuid4())}
    said = [desk.post(url(workshop, "move-on/"), sent, headers=HTMX).text for _ in range(2)]
    assert all("The day has started." in text for text in said)
    assert (day.live(workshop), LogEntry.objects.count()) == ("intros", 1)


def test_a_stale_press_is_refused_with_a_sentence_both_ways(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="data")
    sentence = (
        "Already moved to “Deriving benefits from data” by somebody, 0 seconds ago. Nothing was changed by this press."
    )
    by_script = desk.post(url(workshop, "move-on/"), {"expect": "intros"}, headers=HTMX)
    assert by_script.status_code == 200  # the page's script shows only what comes as a success
    assert re.search(f'<span id="notice-words" class="notice-refused">{sentence}</span>', by_script.text)
    by_form = desk.post(url(workshop, "move-on/"), {"expect": "intros"})
    assert by_form.status_code == 409
    assert re.search(sentence, by_form.text)
    assert '<p class="live-title">Deriving benefits from data</p>' in by_form.text
    assert day.live(workshop) == "data"


def test_a_press_that_cannot_be_done_says_why(workshop: Workshop, desk: Client) -> None:
    question = day.question(workshop, "pre_conf").pk
    reply = desk.post(url(workshop, f"{question}/ask/"))
    assert reply.status_code == 422
    assert "Start the day first. Questions are asked while the day runs." in reply.text
    assert day.status(workshop, "pre_conf") == "draft"


def test_undo_takes_the_press_back(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="data")
    reply = desk.post(url(workshop, "undo/"), {"seen": day.seen(workshop)}, headers=HTMX)
    assert "Taken back. The day stands where it stood before." in reply.text
    assert day.live(workshop) == "how-digital"


def test_a_question_is_asked_closed_shown_and_hidden(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="lunch")
    question = day.question(workshop, "lunch_new")

    def press(name: str) -> tuple[str, str, bool]:
        said = desk.post(url(workshop, f"{question.pk}/{name}/"), headers=HTMX).text
        question.refresh_from_db()
        return re.sub(r"<.*?>", "", said).strip(), question.status, question.shown

    assert press("ask") == ("The room is asked.", "open", False)
    day.answer(question, "heron")
    assert press("close") == ("Closed. Anybody still writing can still send.", "closing", False)
    assert press("show") == ("The room sees the answers.", "closing", True)
    assert press("hide") == ("The answers are off every screen.", "closing", False)


def test_a_rehearsal_is_wiped_and_a_real_day_is_not(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="data")
    said = desk.post(url(workshop, "begin-again/"), headers=HTMX).text
    assert "The rehearsal is wiped. Start the day when you are ready." in said
    day.begin(workshop, until="data")
    Workshop.objects.update(rehearsal=False)
    refused = desk.post(url(workshop, "begin-again/"))
    assert refused.status_code == 422
    assert "This is a real day, so nothing of it is wiped." in refused.text
    assert day.live(workshop) == "data"


def test_the_hand_the_face_and_the_blank_are_presses_too(workshop: Workshop, desk: Client) -> None:
    question = day.question(workshop, "lunch_new")
    said = [
        desk.post(url(workshop, press), data, headers=HTMX).text
        for press, data in [
            (f"hand/{question.pk}/", {"hand": "talk"}),
            ("face/", {"face": "housekeeping"}),
            ("blank/", {"on": "1"}),
        ]
    ]
    assert ["The room talks" in said[0], "The screen has changed." in said[1], "is blank" in said[2]] == [True] * 3
    assert Stage.objects.values("face", "blank").get() == {"face": "housekeeping", "blank": True}
    assert day.question(workshop, "lunch_new").hand == "talk"
    assert "The screen is back." in desk.post(url(workshop, "blank/"), {"on": "0"}, headers=HTMX).text


def test_the_desk_connects_a_screen_by_its_digits_spaces_and_all(workshop: Workshop, desk: Client) -> None:
    services.ask_for_pairing(digits="4711")
    wrong = desk.post(url(workshop, "pair/"), {"digits": "4712"}, headers=HTMX).text
    assert "No screen shows 4712 just now. Look at the screen and type its four digits." in wrong
    right = desk.post(url(workshop, "pair/"), {"digits": " 47 11 "}, headers=HTMX).text
    assert "Connected. The screen shows the room now." in right
    assert PairedScreen.objects.get().workshop == workshop


@pytest.mark.parametrize(
    ("press", "data"),
    [
        ("move-on/", {"press": "not-a-number"}),
        ("move-on/", {"expect": "no slug!"}),
        ("undo/", {"press": "x"}),
        ("undo/", {"seen": "-1"}),
        ("change/", {}),
        *(("change/", {"change": text}) for text in BAD_PRESSES),
        ("face/", {"face": "nobody"}),
        ("face/", {}),
        ("blank/", {"on": "maybe"}),
        ("hand/{question}/", {"hand": "feet"}),
        ("{question}/burn/", {}),
        ("{elsewhere}/ask/", {}),
        ("hand/{elsewhere}/", {"hand": "talk"}),
    ],
)
def test_a_press_our_page_cannot_make_finds_nothing(cast: Cast, press: str, data: dict[str, str]) -> None:
    day.begin(cast.workshop)
    day.begin(cast.other_workshop)
    before = day.revisions(cast.workshop), day.revisions(cast.other_workshop)
    names = {
        "question": day.question(cast.workshop, "pre_conf").pk,
        "elsewhere": day.question(cast.other_workshop, "pre_conf").pk,
    }
    reply = cast.facilitator.post(url(cast.workshop, press.format(**names)), data)
    assert reply.status_code == 404
    assert (day.revisions(cast.workshop), day.revisions(cast.other_workshop)) == before


def test_looking_presses_nothing(cast: Cast) -> None:
    replies = [cast.facilitator.get(url(cast.workshop, press)).status_code for press in every_press(cast.workshop)]
    assert set(replies) == {405}
    assert day.live(cast.workshop) is None


def test_a_press_from_another_site_is_refused_in_words(workshop: Workshop) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user_with("facilitator", workshop, "facilitator"))
    reply = browser.post(url(workshop, "move-on/"), {"expect": ""})
    assert reply.status_code == 403
    assert "This page had been open too long" in reply.text
    assert day.live(workshop) is None
    page = browser.get(url(workshop)).text
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    browser.post(url(workshop, "move-on/"), {"expect": "", "csrfmiddlewaretoken": token})
    assert day.live(workshop) == "intros"

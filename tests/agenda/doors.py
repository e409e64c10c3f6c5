"""Every address there is, who may use it, and what a press there carries."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from agenda import queries
from agenda.models import Attendee, Slot, Workshop
from agenda.working_copy import working_copy
from feedback import parking, preparing, report
from feedback.models import Answer, Question
from sessions import pairing

RUN = ("owner", "facilitator")
WRITE = (*RUN, "scribe")
TAKE_HOME = (*RUN, "staff")
READ = (*TAKE_HOME, "scribe", "viewer")
SEATED = ("attendee",)
NOWHERE = "nosuchday2"
ASKED = "0d8f3c1e-5b55-4c11-9f43-7a5b8f0b6f2e"
SHEET = "1c0f7d52-0c4b-4b6e-8d3f-93f6a0c8a7d1"
PHOTO = "5e3b9a64-6f0e-4d3f-9a51-2f1d7c6b8e90"
NOBODYS = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
HALL = "192.168.1.20"
WORDS = "What nobody outside may read"

TALK = {"slot_key": "how-digital"}

Data = Callable[[Workshop], dict[str, Any]]


def nothing(workshop: Workshop) -> dict[str, Any]:
    return {}


def live(workshop: Workshop) -> dict[str, Any]:
    """A press from a page that shows the day as it stands."""
    row = queries.day(workshop).schedule(timezone.now()).live
    return {"expect": row.slot.id if row else "", "press": uuid.uuid4()}


def again(workshop: Workshop) -> dict[str, Any]:
    """Everybody's press has the same number: it is made once."""
    return live(workshop) | {"press": "6f0f3c1c-6f5f-4a3e-9d0a-2f8d7f3c5b11"}


def undo(workshop: Workshop) -> dict[str, Any]:
    return {"seen": queries.day(workshop).seen}


def answer(workshop: Workshop) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "edit": 1, "question": asked(workshop).pk, "value": "More buses"}


def an_answer(workshop: Workshop) -> dict[str, Any]:
    first = Answer.objects.filter(question=asked(workshop)).first()
    return {"answer": first.pk if first else uuid.uuid4()}


def typed_note(workshop: Workshop) -> dict[str, Any]:
    """A note that the desk has typed, with other words."""
    note = Answer.objects.filter(question__workshop=workshop, by_desk=True).first()
    return {"answer": note.pk if note else uuid.uuid4(), "edit": note.edit if note else 1, "value": WORDS}


def sent_before(workshop: Workshop) -> dict[str, Any]:
    """A photo that is kept already: sent twice is once."""
    return {"key": PHOTO, "photo": SimpleUploadedFile("sheet.jpg", b"a picture")}


def parked(workshop: Workshop) -> dict[str, Any]:
    first = next(iter(parking.parked(workshop, "")), None)
    return {"parked": first.id if first else uuid.uuid4(), "how": "Ann writes to them"}


def next_report(workshop: Workshop) -> dict[str, Any]:
    """The report as it stands, with other words."""
    return {"edit": report.report(workshop).edit, "text": WORDS}


def a_theme(workshop: Workshop) -> dict[str, Any]:
    return {"name": f"Theme {uuid.uuid4()}", "number": uuid.uuid4()}


def take_back(workshop: Workshop) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "question": asked(workshop).pk}


def contact(workshop: Workshop) -> dict[str, Any]:
    return {"name": "Ann", "reach": "ann@council.example", "offers": NOBODYS}


def nobodys(workshop: Workshop) -> dict[str, Any]:
    return {"key": NOBODYS}


def turn(workshop: Workshop) -> dict[str, Any]:
    return {"turn": f"hide.{NOBODYS}.", "press": uuid.uuid4()}


def digits(workshop: Workshop) -> dict[str, Any]:
    return {"digits": pairing.ask().digits}


def other_words(workshop: Workshop) -> dict[str, Any]:
    return one_more_question(workshop) | {"expect": preparing.mark(asked(workshop))}


def one_more_question(workshop: Workshop) -> dict[str, Any]:
    usual = {"hand": "talk", "mode": "unlinked", "showing": "press", "occasion": "live", "bundle": "alone"}
    return {"text": "Why not?", "kind": "text"} | usual


def below_the_next(workshop: Workshop) -> dict[str, Any]:
    return {"below": Question.objects.get(workshop=workshop, key="digital_difficulties").pk}


def question(workshop: Workshop) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "edit": 1, "slot": TALK["slot_key"], "value": "Who pays?"}


def drafted(workshop: Workshop) -> dict[str, Any]:
    """A press from a plan page that shows the draft as it stands."""
    return {"edit": working_copy(workshop).edit, "version": 1, "do": "restart"}


def asked(workshop: Workshop) -> Question:
    return Question.objects.get(workshop=workshop, key="digital_pleased")


def talk(workshop: Workshop, key: str = TALK["slot_key"]) -> Slot:
    return Slot.objects.get(workshop=workshop, key=key)


@dataclass(frozen=True)
class Door:
    """One thing to ask for. `says` stands on the page, or in the address it leads to, for those who are let in."""

    route: str
    who: tuple[str, ...]
    says: str
    data: Data | None = None  # for a press: what its form holds
    fill: dict[str, str] = field(default_factory=dict)

    def knock(self, client: Client, workshop: Workshop, at: str = "", address: str = "127.0.0.1") -> Any:
        """What comes back. `at`: another day's id, in place of that of `workshop`."""
        said = Answer.objects.filter(question=asked(workshop)).last()
        quiet = Attendee.objects.filter(workshop=workshop, name="").last()
        fill = {"workshop_id": at or workshop.pk, "question_id": str(asked(workshop).pk), **TALK}
        fill |= {"answer_id": str(said.pk) if said else NOBODYS, "attendee_id": str(quiet.pk) if quiet else NOBODYS}
        fill |= {"seat": NOBODYS} | self.fill
        path = "/" + re.sub(r"<\w+:(\w+)>", lambda found: fill[found[1]], self.route)
        extra: dict[str, Any] = {"REMOTE_ADDR": address, "HTTP_ACCEPT": "text/html"}
        return client.post(path, self.data(workshop), **extra) if self.data else client.get(path, **extra)


W = "w/<str:workshop_id>/"
Q = W + "desk/<uuid:question_id>/<slug:press>/"
PQ = W + "plan/questions/<slug:slot_key>/"
THEMES = W + "summary/themes/"
MINE = W + "queue/<uuid:question_id>/"
QUEUE = W + "desk/queue/<uuid:question_id>/<slug:press>/"
SHEETS = W + "sheets/<uuid:question_id>/"
ON_SHEET = {"question_id": SHEET}
QUEUE_PRESSES = ("take", "approve", "park", "back", "answered", "back", "hide", "back")
ASK = W + "asks/<uuid:ask>/"
DIGITAL = {"slot_key": "how-digital"}
DOORS = [
    Door(W, SEATED, 'data-audience="phone"'),
    Door(W + "who/", SEATED, "Who you are"),
    Door(W + "who/", SEATED, "/w/", lambda _: {"name": "Ann"}),
    Door(W + "who/card/", SEATED, "Your introduction"),
    Door(W + "who/card/", SEATED, "/w/", lambda _: {"name": "Ann", "interest": "Buses"}),
    Door(W + "agree/", SEATED, "/w/", nothing),
    Door(W + "survey/", SEATED, "Before the day"),
    Door(W + "survey/", SEATED, "/survey/thanks/", nothing),
    Door(W + "survey/thanks/", SEATED, "Bring this phone"),
    Door(W + "feedback/", SEATED, "How the day was"),
    Door(W + "feedback/", SEATED, "/feedback/thanks/", nothing),
    Door(W + "feedback/thanks/", SEATED, "Thank you"),
    Door(W + "together/", SEATED, "Questions for you"),
    Door(W + "together/", SEATED, "/w/", nothing),
    Door(W + "answers/", SEATED, "/w/", answer),
    Door(W + "answers/take-back/", SEATED, "/w/", take_back),
    Door(W + "answers/take-back/all/", SEATED, "/w/", nothing),
    Door(W + "asks/", SEATED, "What people ask of the room"),
    Door(ASK + "help/", SEATED, "/asks/", lambda _: {"on": "0"}, {"ask": NOBODYS}),
    Door(ASK + "contact/", SEATED, "/w/", fill={"ask": NOBODYS}),
    Door(ASK + "contact/", SEATED, "/w/", contact, {"ask": NOBODYS}),
    Door(W + "asks/own/<uuid:question_id>/<int:nth>/", SEATED, "/w/", fill={"nth": "1"}),
    Door(W + "asks/own/<uuid:question_id>/<int:nth>/", SEATED, "/w/", contact, {"nth": "1"}),
    Door(W + "mine/in-touch/", SEATED, "phone-in-touch"),
    *(Door(W + "in-touch/<slug:press>/", SEATED, "/w/", nobodys, {"press": one}) for one in ("take-back", "remove")),
    Door(W + "in-touch/<slug:press>/", (), "", nobodys, {"press": "read"}),
    Door(W + "queue/", SEATED, "/w/", question),
    Door(MINE + "me-too/", SEATED, "/w/", lambda _: {"on": "1"}, {"question_id": ASKED}),
    Door(MINE + "take-back/", SEATED, "/w/", nothing, {"question_id": NOBODYS}),
    Door(W + "mine/", SEATED, '"answers"'),
    Door(W + "mine/asked/", SEATED, "phone-asked"),
    Door(W + "mine/list/", SEATED, "phone-mine"),
    Door(W + "leave/", SEATED, "What stays"),
    Door(W + "your-day/", SEATED, "What you will do"),
    Door(W + "your-day/", SEATED, "/your-day/", nothing),
    Door(W + "your-day/save/", SEATED, "Your day"),
    Door(W + "your-day/mail/stop/", SEATED, "/your-day/", lambda _: {"purpose": "day"}),
    Door(W + "your-day/mail/", (), "", lambda _: {"purpose": "day"}),  # where mail is sent; see test_your_day.py
    Door(W + "follow-up/", SEATED, "There is nothing to answer yet"),
    Door(W + "follow-up/", SEATED, "/follow-up/thanks/", nothing),
    Door(W + "follow-up/thanks/", SEATED, "Thank you"),
    Door(W + "notes/on/<slug:slot_key>/", SEATED, "Keep my note"),
    Door(W + "notes/on/<slug:slot_key>/", SEATED, "/w/", answer),
    Door(W + "notes/on/<slug:slot_key>/", (), "", fill={"slot_key": "nothing"}),
    Door(W + "notes/delete/", SEATED, "/w/", take_back),
    Door(W + "mine/<uuid:question_id>/", SEATED, "/w/"),
    Door(W + "mine/<uuid:question_id>/<int:nth>/", SEATED, "/w/", fill={"nth": "2"}),
    Door(W + "mine/sheet/<uuid:question_id>/", SEATED, "<div>"),
    Door(W + "state/<str:audience>", SEATED, '"regions"', fill={"audience": "phone"}),
    Door(W + "state/<str:audience>", READ, '"regions"', fill={"audience": "screen"}),
    Door(W + "state/<str:audience>", RUN, WORDS, fill={"audience": "desk"}),
    Door(W + "councils/", (*READ, *SEATED), '"names"'),
    Door(W + "order/", (*READ, *SEATED), "Running order"),
    Door(W + "plan.ics", (*READ, *SEATED), "BEGIN:VCALENDAR"),
    Door(W + "state/<str:audience>", RUN, '"regions"', fill={"audience": "speaker"}),
    Door(W + "state/<str:audience>", (), "", fill={"audience": "nobody"}),
    Door(W + "screen/", READ, 'data-audience="screen"'),
    Door(W + "screen/join.svg", READ, "<svg"),
    Door(W + "summary/", READ, WORDS),
    Door(W + "feedback/paper/", TAKE_HOME, "Give this sheet to the facilitator"),
    Door(W + "survey/paper/", TAKE_HOME, "Give this sheet to the facilitator"),
    Door(W + "feedback/entry/", TAKE_HOME, "Type in a form from paper"),
    Door(W + "feedback/entry/", TAKE_HOME, "/feedback/entry/", lambda _: {"sheet": "a" * 43}),
    Door(THEMES, WRITE, WORDS),
    Door(W + "summary/votes/", RUN, "/summary/themes/", lambda _: {"on": "0"}),
    Door(W + "themes/<uuid:theme_id>/mine-too/", SEATED, "/w/", lambda _: {"on": "1"}, {"theme_id": NOBODYS}),
    Door(THEMES + "news/", WRITE, "."),
    Door(THEMES + "<slug:press>/", WRITE, "/summary/themes/", a_theme, {"press": "begin"}),
    Door(THEMES + "<slug:press>/", (), "", a_theme, {"press": "delete"}),
    Door(W + "export/", TAKE_HOME, WORDS),
    Door(W + "export/answers.csv", TAKE_HOME, WORDS, nothing),
    Door(W + "export/day.zip", TAKE_HOME, "workbook.xlsx", nothing),
    Door(W + "next-day/", RUN, "The day after"),
    Door(W + "next-day/save/", RUN, "/next-day/", next_report),
    Door(W + "next-day/anew/", RUN, "/next-day/", next_report),
    Door(W + "next-day/report/", RUN, "Data and Digital Masterclass"),
    Door(W + "next-day/report.md", RUN, WORDS, nothing),
    Door(W + "keeping/", RUN, "Erase a person"),
    Door(W + "keeping/", RUN, "/keeping/", lambda _: {"open_days": "4"}),
    Door(W + "keeping/erase/<uuid:attendee_id>/", RUN, "Erased, with 0 answers.", nothing),
    Door(W + "desk/", RUN, WORDS),
    Door(W + "desk/remote/", RUN, "Hold up to the speaker"),
    Door(W + "desk/phase/<slug:phase>/", RUN, "/desk/", live, {"phase": "questions"}),
    Door(W + "desk/phase/<slug:phase>/", (), "", live, {"phase": "encore"}),
    *(Door(QUEUE, RUN, "/desk/", nothing, {"question_id": ASKED, "press": press}) for press in QUEUE_PRESSES),
    Door(QUEUE, (), "", nothing, {"question_id": ASKED, "press": "delete"}),
    Door(W + "desk/time/<uuid:question_id>/", RUN, "/desk/", lambda _: {"minutes": "2"}),
    Door(W + "desk/move-on/", RUN, "/desk/", live),
    Door(W + "desk/change/", RUN, "/desk/", lambda there: {"change": f"-;extend {live(there)['expect']} 5"}),
    Door(W + "desk/undo/", RUN, "/desk/", undo),
    Door(W + "desk/feedback-form/", RUN, "/desk/", nothing),
    Door(W + "desk/together/<slug:press>/", RUN, "/desk/", nothing, {"press": "close"}),
    Door(W + "desk/together/<slug:press>/", (), "", nothing, {"press": "delete"}),
    Door(W + "desk/face/", RUN, "/desk/", lambda _: {"face": "rules"}),
    Door(W + "desk/blank/", RUN, "/desk/", lambda _: {"on": "1"}),
    Door(W + "desk/freeze/", RUN, "/desk/", lambda _: {"on": "1"}),
    Door(W + "desk/out/", RUN, "/desk/", lambda _: {"on": "1"}),
    Door(W + "desk/asks/", RUN, "/desk/", nothing),
    Door(W + "desk/summary/", RUN, "/desk/", lambda _: {"page": "themes"}),
    Door(W + "desk/introductions/", RUN, "/desk/", turn),
    Door(W + "desk/introductions/", (), "", lambda _: {"turn": "sing..", "press": uuid.uuid4()}),
    Door(W + "desk/pair/", RUN, "/desk/", digits),
    Door(W + "desk/hand/<uuid:question_id>/", RUN, "/desk/", lambda _: {"hand": "talk"}),
    *(Door(Q, RUN, "/desk/", nothing, {"press": press}) for press in ("ask", "close", "show", "hide")),
    Door(Q, (), "", nothing, {"press": "delete"}),
    Door(W + "desk/quick/", RUN, "/desk/", lambda _: {"text": "Tea?", "kind": "choice", "press": uuid.uuid4()}),
    Door(W + "desk/again/<uuid:question_id>/", RUN, "/desk/", again),
    Door(W + "desk/approve/<uuid:question_id>/", RUN, "/desk/", nothing),
    Door(W + "desk/answer/<slug:press>/", RUN, "/desk/", an_answer, {"press": "hide"}),
    Door(W + "desk/answer/<slug:press>/", (), "", an_answer, {"press": "erase"}),
    Door(W + "template/", ("owner",), "/staff/", lambda _: {"on": "0"}),
    Door(W + "desk/remove/<uuid:answer_id>/", RUN, "/desk/", nothing),
    Door(W + "sheets/", WRITE, "A sheet takes one note after the other"),
    Door(W + "sheets/new/", RUN, "/sheets/", lambda _: {"text": "Another sheet", "hand": "scribe"}),
    Door(SHEETS + "<slug:press>/", RUN, "/sheets/", nothing, ON_SHEET | {"press": "ask"}),
    Door(SHEETS + "<slug:press>/", (), "", nothing, ON_SHEET | {"press": "erase"}),
    Door(SHEETS + "<slug:press>/", (), "", nothing, {"press": "ask"}),  # that question is not on a sheet
    Door(SHEETS + "note/", WRITE, "/sheets/", lambda _: {"value": WORDS, "table": "4", "people": "6"}, ON_SHEET),
    Door(W + "sheets/note/change/", WRITE, "/sheets/", typed_note),
    Door(W + "sheets/paper/", READ, WORDS),
    *(
        Door(SHEETS + "<slug:press>/", RUN, "/sheets/", nothing, ON_SHEET | {"press": press})
        for press in ("hide", "show")
    ),
    Door(SHEETS + "table/", RUN, "/sheets/", lambda _: {"table": "4"}, ON_SHEET),
    Door(W + "sheet/<uuid:question_id>/", SEATED, "Put it on the sheet", fill=ON_SHEET),
    Door(SHEETS + "<slug:press>/", RUN, "/sheets/", nothing, ON_SHEET | {"press": "close"}),
    Door(W + "sheets/note/delete/", WRITE, "/sheets/", typed_note),
    Door(SHEETS + "photo/", WRITE, "/sheets/", sent_before, ON_SHEET),
    Door(W + "sheets/photo/<uuid:photo_id>/", READ, "a picture", fill={"photo_id": PHOTO}),
    Door(W + "sheet/photo/<uuid:photo_id>/", (), "", fill={"photo_id": PHOTO}),  # it is no phone's; see test_photos.py
    Door(W + "sheets/photos/type/", WRITE, "/sheets/", lambda _: {"photo": PHOTO, "typed": WORDS}),
    Door(W + "sheet/<uuid:question_id>/photo/", SEATED, "/sheet/", sent_before, ON_SHEET),
    Door(W + "sheet/<uuid:question_id>/photo/delete/", SEATED, "/sheet/", lambda _: {"photo": PHOTO}, ON_SHEET),
    Door(W + "sheets/photos/remove/", RUN, "/sheets/", lambda _: {"photo": PHOTO}),
    Door(W + "park/", SEATED, "Park something"),
    Door(W + "park/", SEATED, "/sheet/", lambda _: {"value": WORDS}),
    Door(W + "parking/", WRITE, WORDS),
    Door(W + "parking/add/", WRITE, "/parking/", lambda _: {"value": "Something said aloud"}),
    Door(W + "parking/dealt-with/", WRITE, "/parking/", parked),
    Door(W + "parking/back/", WRITE, "/parking/", parked),
    Door(W + "desk/begin-again/", RUN, "/desk/", nothing),
    Door(W + "plan/survey/", RUN, "One link for all"),
    Door(W + "plan/survey/links/", RUN, "shown this once", lambda _: {"people": f"Person {uuid.uuid4()}"}),
    Door(W + "plan/survey/links/<uuid:link_id>/anew/", RUN, "One link for all", nothing, {"link_id": NOBODYS}),
    Door(W + "plan/survey/links/<uuid:link_id>/delete/", RUN, "/plan/survey/", nothing, {"link_id": NOBODYS}),
    Door(W + "plan/words/", RUN, "One word or phrase on a line"),
    Door(W + "plan/words/", RUN, "saved=1", lambda _: {"words": "idiot"}),
    Door(PQ, RUN, "What are you pleased with so far?", fill=DIGITAL),
    Door(PQ, (), "", fill={"slot_key": "nothing"}),
    Door(PQ + "ready/", RUN, "Write your own", fill=DIGITAL),
    Door(PQ + "ready/", RUN, "/plan/questions/", lambda _: {"ready": "sum_insights"}, DIGITAL),
    Door(PQ + "new/", RUN, "Add this question", fill=DIGITAL),
    Door(PQ + "new/", RUN, "/plan/questions/", one_more_question, DIGITAL),
    Door(PQ + "<uuid:question_id>/", RUN, "Save this question", fill=DIGITAL),
    Door(PQ + "<uuid:question_id>/", RUN, "/plan/questions/", other_words, DIGITAL),
    Door(PQ + "<uuid:question_id>/preview/", RUN, "On phones and on the screen", fill=DIGITAL),
    Door(PQ + "<uuid:question_id>/preview/", (), "", fill={"slot_key": "lunch"}),
    Door(PQ + "<uuid:question_id>/move/", RUN, "/plan/questions/", below_the_next, DIGITAL),
    Door(PQ + "<uuid:question_id>/delete/", RUN, "/plan/questions/", nothing, DIGITAL | {"question_id": NOBODYS}),
    Door(W + "desk/hands/<uuid:question_id>/", (), ""),  # hands go up for options, not for words; see test_hands.py
    Door(W + "desk/hands/<uuid:question_id>/", (), "", nothing),
    Door(W + "people/", RUN, "People without a phone"),
    Door(W + "people/", RUN, "/people/", lambda _: {"name": "Ann Ash"}),
    Door(W + "people/<uuid:seat>/agreed/", RUN, "/people/", lambda _: {"on": "1"}, {"seat": NOBODYS}),
    Door(W + "people/<uuid:seat>/card/", (), ""),  # only for a seat without a phone; with one: test_cards.py
    Door(W + "people/<uuid:seat>/card/", (), "", nothing),
    Door(W + "people/<uuid:seat>/remove/", RUN, "/people/", nothing, {"seat": NOBODYS}),
    Door(W + "people/tablets/", RUN, "opens one tablet", nothing),
    Door(W + "people/tablets/<uuid:tablet>/revoke/", RUN, "/people/", nothing, {"tablet": NOBODYS}),
    Door(W + "tablet/", (), ""),  # nobody here is a shared tablet; with one: test_tablet.py
    Door(W + "tablet/", (), "", nothing),
    Door(W + "tablet/next/", (), ""),
    Door(W + "tablet/next/", (), "", nothing),
    Door(W + "speaker/", RUN, "/speakers/"),
    Door(W + "speaker/<slug:slot_key>/", RUN, 'data-audience="speaker"'),
    Door(W + "speakers/", RUN, "Deriving benefits from data"),
    Door(W + "speakers/<slug:slot_key>/link/", RUN, "The private link", nothing),
    Door(W + "speakers/<slug:slot_key>/revoke/", RUN, "/speakers/", nothing),
    Door(W + "plan/", RUN, "The plan of the day"),
    Door(W + "plan/", RUN, "/plan/", drafted),
    Door(W + "plan/reflow/", RUN, "plan-sum", drafted),
    Door(W + "plan/import/", RUN, "Read an agenda again"),
    Door(W + "plan/import/", RUN, "/staff/import/", lambda _: {"text": "10:00 Welcome"}),
    Door(W + "plan/versions/", RUN, "Published versions"),
    Door(W + "plan/versions/<int:number>/", RUN, "Version 1", fill={"number": "1"}),
    Door(W + "plan/versions/compare/", (), ""),  # without two versions to compare; with them: test_versions.py
    Door(W + "leave/", SEATED, "/left/", nothing),  # the last: it takes the seat away
]
# These open nothing of a day; each has a test of its own here or in tests/agenda/views/ and tests/live/.
OPEN = {
    "": "Join the masterclass",
    "sign-in/": "Sign in",
    "staff/": "Your days|/sign-in/",
    "staff/new/": "Start a new day|/sign-in/",
    "staff/import/": "Bring your own agenda|/sign-in/",
    "screen/": "four digits|pair",
    "screen/paired/": '"paired"',
    "left/": "You have left",
    "healthz/live": '"alive"',
    "healthz/ready": '"ready"',
    "j/<str:code>/": "Join:|/w/",
    "j/<str:code>/survey/": "Before the day|/w/",
    "in/<str:token>": "This link signs you in",
    "f/<str:secret>": "Four short questions",
    "p/<str:secret>": "This link is yours|questions before the day are closed",
    "s/<str:secret>": "Open the speaker’s view",
    "t/<str:secret>": "Use this device as a shared tablet",
}
PRESSES = {"sign-out/"}
OWN = {
    "staff/import/<uuid:reading_id>/"
}  # whoever brought it, and nobody else; see tests/agenda/views/test_importing.py
STAFF_DOORS = [door for door in DOORS if door.who and door.who != SEATED]
PHONE_DOORS = [door for door in DOORS if door.who == SEATED]


def named(door: Door) -> str:
    return f"{'POST' if door.data else 'GET'} {door.route} {' '.join(door.fill.values())}"


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here

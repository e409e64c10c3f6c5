"""What a day that comes in would take from here, and files that do not fit: refused, and nothing is changed."""

from collections.abc import Callable
from typing import Any

import pytest

from agenda import carry, carry_file, services
from agenda.carry import NotCarried
from agenda.chapters import dump_document, load_document
from agenda.models import Attendee, Audit, PlanDraft, Workshop
from feedback.models import Question
from sessions import questions, speaker_links
from sessions import services as live
from sessions.models import GroundRule
from tests.cast import newcastle, phone_in, user_with

from .journeys import LATER, asked, bring, carried, elsewhere, eventful, give, live_item, now_here, out


@pytest.fixture
def text(db: None) -> str:
    """A file from elsewhere; here there is no day yet."""
    with elsewhere():
        return out(eventful())


def edited(text: str, chapter: str, table: str, index: int = 0, **changes: Any) -> str:
    """The same file, written with other values."""
    file = carry_file.read(text)
    file.chapters[chapter][table][index] |= changes
    return carry_file.written(file)


# --- What would be lost


def _join(workshop: Workshop) -> None:
    services.join(workshop=workshop)


def _answer(workshop: Workshop) -> None:
    give(asked(workshop), "Said here", services.join(workshop=workshop))


def _forget(workshop: Workshop) -> None:
    """Somebody is taken out of the room; the file would bring them back."""
    workshop.touch(phones=False)
    Attendee.objects.filter(name="Ann Ash").delete()


def _move(workshop: Workshop) -> None:
    live.move_on(workshop=workshop, expect=live_item(workshop), actor=None)


def _agree(workshop: Workshop) -> None:
    live.agree(attendee=Attendee.objects.filter(agreement=None)[0])


def _edit(workshop: Workshop) -> None:
    document = dump_document(workshop)
    document["slots"][-1]["title"] = "The very end"
    load_document(document)


def _rule(workshop: Workshop) -> None:
    load_document({**dump_document(workshop), "ground_rules": [{"text": "Speak up"}]})


def _speak(workshop: Workshop) -> None:
    document = dump_document(workshop)
    document["slots"][-1]["speakers"] = [{"name": "Cleo"}]
    load_document(document)


def _rename(workshop: Workshop) -> None:
    load_document({**dump_document(workshop), "title": "Another day"})


def _close(workshop: Workshop) -> None:
    questions.close(workshop=workshop, question=asked(workshop), actor=None)


def _draft(workshop: Workshop) -> None:
    """Saving a draft touches nothing, for no page shows it."""
    PlanDraft.objects.filter(workshop=workshop).update(value={}, edit=4)


def _link(workshop: Workshop) -> None:
    speaker_links.revoke_link(workshop=workshop, slot=workshop.slots.get(key="summary"), actor=None)


ROUND = "who agreed to the ground rules, who has introduced themselves"
GOING_ON: list[tuple[Callable[[Workshop], None], str]] = [
    (_join, "people in the room"),
    (_answer, "people in the room, answers"),
    (_forget, "people in the room, introductions, answers, answers put in themes, " + ROUND),
    (_move, "what was pressed at the desk, questions"),
    (_agree, "who agreed to the ground rules"),
    (_edit, "versions of the running order, what was pressed at the desk"),
    (_rule, "ground rules"),
    (_speak, "speakers"),
    (_rename, "the title and the other words of the day"),
    (_close, "questions"),
    (_link, "speakers' links"),
    (_draft, "the plan somebody is working on"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("go_on", "lost"), GOING_ON)
def test_what_happened_here_meanwhile_is_not_overwritten(go_on: Callable[[Workshop], None], lost: str) -> None:
    workshop = eventful()
    setting_out = out(workshop)
    with elsewhere():
        bring(setting_out)
        services.join(workshop=workshop)
        back = out(workshop)
    go_on(workshop)
    before = now_here(workshop)
    for text in (back, setting_out):
        with pytest.raises(NotCarried) as refused:
            bring(text)
        title = Workshop.objects.get().title
        assert str(refused.value) == (
            f"“{title}” is here already, and this file does not have everything that happened here. "
            f"What would be lost: {lost}. Nothing was changed."
        )
        assert now_here(workshop) == before


@pytest.mark.django_db
def test_a_rehearsal_that_was_begun_again_elsewhere_does_not_wipe_this_one() -> None:
    workshop = eventful()
    text = out(workshop)
    with elsewhere():
        bring(text)
        live.begin_again(workshop=Workshop.objects.get(), actor=None)
        back = out(workshop)
    with pytest.raises(NotCarried, match="What would be lost: what was pressed at the desk"):
        bring(back)


@pytest.mark.django_db
def test_what_loses_nothing_stands_in_nobodys_way() -> None:
    """A projector that was connected here, a blank screen: nothing anybody would miss."""
    workshop = eventful()
    text = out(workshop)
    with elsewhere():
        bring(text)
        services.join(workshop=workshop)
        expected, back = carried(Workshop.objects.get()), out(workshop)
    live.blank(workshop=workshop, on=False)
    live.pair_screen(workshop=workshop, digits=live.ask_for_pairing(digits="5678").digits, actor=None)
    bring(back)
    assert carried(Workshop.objects.get())["Attendee"] == expected["Attendee"]


@pytest.mark.django_db
def test_a_copy_of_the_database_takes_only_what_has_all_of_it() -> None:
    """Two computers that never noted a journey between them: the rows alone say whether one has all of the other."""
    workshop = eventful()
    with elsewhere():
        services.join(workshop=workshop)
        text = out(workshop)
    with elsewhere():
        assert bring(text).workshop.attendees.count() == 7
    services.join(workshop=workshop)
    with pytest.raises(NotCarried, match="What would be lost: people in the room"):
        bring(text)


@pytest.mark.django_db
def test_a_newer_program_that_keeps_more_does_not_take_that_for_a_change() -> None:
    """As if rows had got a field since the day set out."""
    workshop = eventful()
    text = out(workshop)
    note = Audit.objects.get(kind="day carried out")
    people = carry_file.read(text).chapters["agenda"]["attendees"]
    before = {"agenda.attendees": carry._print([{k: v for k, v in row.items() if k != "council"} for row in people])}
    services.audit(
        kind=note.kind, at=LATER, workshop=workshop, **{**note.detail, "prints": note.detail["prints"] | before}
    )
    with elsewhere():
        _join(workshop)
        with pytest.raises(NotCarried, match=r"What would be lost: people in the room\."):
            bring(text)
    Attendee.objects.filter(name="Ann Ash").update(council="Only a newer program knows")
    assert bring(text).workshop == workshop


# --- Days that do not fit here


@pytest.mark.django_db
def test_a_slug_that_is_taken_becomes_another(text: str) -> None:
    other = newcastle()
    arrived = bring(text)
    assert arrived.renamed
    assert arrived.workshop.slug == "newcastle-2"
    other.refresh_from_db()
    assert other.slug == "newcastle"
    assert not bring(text).renamed or Workshop.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["join_code", "join_token"])
def test_a_join_code_that_is_taken_is_said(text: str, name: str) -> None:
    value = carry_file.read(text).chapters["agenda"]["day"][0][name]
    newcastle("another-day")
    Workshop.objects.update(**{name: value})
    with pytest.raises(NotCarried, match="Its join code belongs to another day here"):
        bring(text)
    assert Workshop.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_written_into_another_day(text: str) -> None:
    other = newcastle("another-day")
    question, seat = Question.objects.filter(workshop=other)[0], phone_in(other).attendee
    before = now_here(other)
    file = carry_file.read(text)
    people = file.chapters["agenda"]["attendees"]
    people.append({**people[0], "id": str(seat.pk), "name": "Somebody else"})
    for broken in (
        carry_file.written(file),
        edited(text, "feedback", "answers", question=str(question.pk)),
        edited(text, "feedback", "questions", id=str(question.pk)),
        edited(text, "agenda", "attendees", id=str(seat.pk)),
        edited(text, "live", "agreements", attendee=str(seat.pk)),
        edited(text, "live", "stage", question=str(question.pk)),
    ):
        with pytest.raises(NotCarried, match=r"Nothing was changed\.$"):
            bring(broken)
        assert now_here(other) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chapter", "table", "changes"),
    [
        ("agenda", "day", {"id": "../../etc"}),
        ("agenda", "day", {"id": None}),
        ("agenda", "day", {"time_zone": "Mars/Base"}),
        ("agenda", "day", {"date": "7 February 2020"}),
        ("agenda", "day", {"clock_rate": -1.0}),
        ("agenda", "day", {"clock_rate": "fast"}),
        ("agenda", "day", {"created_at": "2020-02-07 11:00"}),
        ("agenda", "day", {"created_at": "2020-02-07T11:00:00"}),
        ("agenda", "day", {"rehearsal": "yes"}),
        ("agenda", "day", {"title": "x" * 500}),
        ("agenda", "day", {"title": 5}),
        ("agenda", "day", {"title": None}),
        ("agenda", "day", {"epoch": 10**40}),
        ("agenda", "day", {"moon": "full"}),
        ("agenda", "slots", {"key": "another"}),
        ("agenda", "slots", {"key": ["a"]}),
        ("agenda", "speakers", {"slot": "nowhere"}),
        ("agenda", "speakers", {"position": -1}),
        ("agenda", "plan_versions", {"value": {"slots": 5}}),
        ("agenda", "plan_versions", {"number": 2}),
        ("agenda", "plan_draft", {"value": {"version": 2}}),
        ("agenda", "plan_draft", {"value": {"rows": 5}}),
        ("agenda", "log", {"press": "not one"}),
        ("agenda", "log", {"seq": 2}),
        ("agenda", "attendees", {"role": "king"}),
        ("agenda", "memberships", {"role": "king"}),
        ("agenda", "audit", {"detail": None}),
        ("feedback", "questions", {"kind": "riddle"}),
        ("feedback", "questions", {"status": "perhaps"}),
        ("feedback", "questions", {"slot": None}),
        ("feedback", "questions", {"position": 3}),
        ("feedback", "answers", {"attendee": None, "respondent": None}),
        ("feedback", "answers", {"value": None}),
        ("feedback", "speaker_questions", {"status": "perhaps"}),
        ("feedback", "speaker_questions", {"slot": None}),
        ("feedback", "votes", {"question": None}),
        ("feedback", "word_list", {"words": "idiot"}),
        ("feedback", "word_list", {"words": [["idiot"]]}),
        ("live", "stage", {"face": "funny"}),
        ("live", "ground_rules", {"position": 3}),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused_whole(
    text: str, chapter: str, table: str, changes: dict[str, Any]
) -> None:
    user_with("ann")
    user_with("beth")
    index = -1 if table == "plan_versions" and "value" in changes else 0
    with pytest.raises(NotCarried, match=r"Nothing was changed\.$"):
        bring(edited(text, chapter, table, index, **changes))
    assert not Workshop.objects.exists()
    bring(text)


@pytest.mark.django_db
def test_what_a_file_from_an_earlier_version_does_not_have_is_as_if_new(text: str) -> None:
    text = edited(text, "agenda", "day", template=True)
    assert "template" in text
    file = carry_file.read(text)
    del file.chapters["agenda"]["day"][0]["template"], file.chapters["live"]["ground_rules"]
    arrived = bring(carry_file.written(file))
    assert not arrived.workshop.template
    assert not GroundRule.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("place", [("weather",), ("live", "weather")])
def test_what_only_a_newer_version_knows_is_not_dropped_in_silence(text: str, place: tuple[str, ...]) -> None:
    file = carry_file.read(text)
    chapters: dict[str, Any] = file.chapters
    if len(place) == 1:
        chapters["weather"] = {"clouds": []}
    else:
        chapters["live"]["weather"] = [{"cloud": 1}]
    with pytest.raises(
        NotCarried, match=r"It holds “(weather\.clouds|live\.weather)”, which this version does not know"
    ):
        bring(carry_file.written(file))

"""What the room is sent: the same bytes for the same rows, and nothing that belongs to one person."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agenda import clock
from agenda import services as agenda
from agenda.models import Workshop
from feedback.models import Question
from sessions import questions, services, snapshots, staging
from sessions.snapshots import REGIONS, Snapshot, read_stamp
from tests.cast import phone_in, user_with

from . import day

AUDIENCES = ("phone", "screen", "desk")
FACES = ("slot", "question", "rules", "housekeeping", "join")


def render(workshop: Workshop, audience: str) -> Snapshot:
    fresh = Workshop.objects.get(pk=workshop.pk)
    return snapshots.render(fresh, audience, snapshots.stamp(fresh, audience))


def html(workshop: Workshop, audience: str) -> str:
    return "".join(region.html for region in render(workshop, audience).regions.values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_rows_and_moment_give_the_same_bytes(workshop: Workshop, audience: str) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    fresh = Workshop.objects.get(pk=workshop.pk)
    stamp = snapshots.stamp(fresh, audience)
    first = snapshots.render(fresh, audience, stamp)
    again = snapshots.render(Workshop.objects.get(pk=workshop.pk), audience, stamp)
    assert first == again
    assert list(first.regions) == list(REGIONS[audience])
    assert any("otter" in region.html for region in first.regions.values())


def test_a_hash_changes_with_its_region_and_with_no_other(workshop: Workshop) -> None:
    before = render(workshop, "phone").regions
    services.put_on_screen(workshop=workshop, face="rules")
    after = render(workshop, "phone").regions
    assert [name for name in REGIONS["phone"] if before[name].hash != after[name].hash] == ["now"]
    assert [name for name in REGIONS["phone"] if before[name].html != after[name].html] == ["now"]


def test_the_frame_says_the_stamp_and_every_region(workshop: Workshop) -> None:
    snapshot = render(workshop, "screen")
    frame = json.loads(snapshot.frame())
    assert (frame["t"], frame["v"], frame["poll_ms"]) == ("state", 1, 2000)
    assert (frame["epoch"], frame["rev"], frame["at"]) == snapshot.stamp
    assert frame["regions"] == {name: {"h": part.hash, "html": part.html} for name, part in snapshot.regions.items()}


@pytest.fixture
def full_of_secrets(workshop: Workshop) -> Workshop:
    """People with names, answers that came after Show, two that wait for a third, and a question that is not shown."""
    user_with("gwendoline", workshop, "facilitator")
    day.begin(workshop, until="lunch")
    unshown = day.ask(workshop, "lunch_relevant")
    for text in ("unshown-heron", "unshown-otter", "unshown-badger"):
        day.answer(unshown, text)
    asked = day.ask(workshop, "lunch_new")
    for text in ("shown-lark", "shown-wren", "shown-kite"):
        day.answer(asked, text)
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    for text in ("later-hare", "later-stoat", "later-newt"):
        day.answer(asked, text)
    zebedee = phone_in(workshop)
    agenda.say_who(attendee=zebedee.attendee, name="Zebedee Quill", council="Ambridge", role="councillor")
    services.agree(attendee=zebedee.attendee)
    for text in ("waiting-vole", "waiting-mole"):
        day.answer(asked, text, seat=zebedee.seat if text == "waiting-mole" else None)
    return workshop


PERSONAL = ("Zebedee", "Quill", "Ambridge", "gwendoline", "unshown-", "later-", "waiting-", "csrf")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("audience", ["phone", "screen"])
def test_no_byte_to_the_room_is_personal_or_unshown(full_of_secrets: Workshop, audience: str, face: str) -> None:
    services.put_on_screen(workshop=full_of_secrets, face=face)
    sent = html(full_of_secrets, audience)
    assert [word for word in PERSONAL if word in sent] == []
    assert ("shown-lark" in sent) == (face == "question")


def test_the_desk_reads_what_is_released_and_nobody_finds_one_waiting(full_of_secrets: Workshop) -> None:
    sent = html(full_of_secrets, "desk")
    assert "unshown-otter" in sent
    assert "later-stoat" in sent
    assert [word for word in ("Zebedee", "Ambridge", "waiting-", "csrf") if word in sent] == []


def test_hidden_answers_leave_phones_and_screen(full_of_secrets: Workshop) -> None:
    assert "shown-lark" in html(full_of_secrets, "phone")
    asked = day.question(full_of_secrets, "lunch_new")
    questions.hide_answers(workshop=full_of_secrets, question=asked, actor=None)
    assert "shown-" not in html(full_of_secrets, "phone") + html(full_of_secrets, "screen")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("frozen", [False, True])
def test_the_desks_miniature_is_the_very_fragments_of_the_screen(
    full_of_secrets: Workshop, face: str, frozen: bool
) -> None:
    if frozen:
        staging.freeze(workshop=full_of_secrets, on=True)
    services.put_on_screen(workshop=full_of_secrets, face=face)
    miniature = render(full_of_secrets, "desk").regions["miniature"].html
    screen = render(full_of_secrets, "screen").regions
    assert [name for name in ("main", "foot") if screen[name].html.strip() not in miniature] == []
    assert "unshown-" not in miniature
    assert '<div class="miniature" inert aria-hidden="true">' in miniature


def test_words_of_the_room_are_text_and_never_markup(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("<script>alert(1)</script>", "<b>two</b>", "{{ three }}"):
        day.answer(asked, text)
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    for audience in AUDIENCES:
        sent = html(workshop, audience)
        assert "&lt;script&gt;" in sent
        assert "<script>" not in sent


def test_notes_are_for_the_desk_alone(workshop: Workshop) -> None:
    note = "Say when we start again before anybody stands up"
    assert note in Workshop.objects.get().plan_versions.get().value["slots"][3]["notes"]
    day.begin(workshop, until="lunch")
    assert [audience for audience in AUDIENCES if note in html(workshop, audience)] == ["desk"]


def moves(workshop: Workshop, act: Callable[[], object]) -> list[str]:
    """The audiences whose stamp rises, all others staying as they are."""
    before = Workshop.objects.get(pk=workshop.pk)
    act()
    after = Workshop.objects.get(pk=workshop.pk)
    return [name for name in AUDIENCES if snapshots.stamp(after, name)[1] > snapshots.stamp(before, name)[1]]


def test_phones_hear_of_what_the_desk_changes_and_not_of_every_answer(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.question(workshop, "lunch_new")
    ask = moves(workshop, lambda: questions.ask_the_room(workshop=workshop, question=asked, actor=None))
    assert ask == ["phone", "screen", "desk"]
    assert moves(workshop, lambda: day.answer(asked, "heron")) == ["screen", "desk"]
    assert moves(workshop, lambda: agenda.join(workshop=workshop)) == ["screen", "desk"]
    assert moves(workshop, lambda: services.blank(workshop=workshop, on=True)) == ["screen", "desk"]


def test_before_a_rehearsal_is_started_time_counts_in_true_minutes(workshop: Workshop) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 10, 0, 30, 500_000, UTC), tick=False):
        stamp = snapshots.stamp(workshop, "desk")
        assert snapshots.moment(stamp) == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("0.0.0", (0, 0, 0)),
        ("1763712000.41.1763719980", (1763712000, 41, 1763719980)),
        ("007.01.1", (7, 1, 1)),
        ("999999999999999999.1.1", (999999999999999999, 1, 1)),
        ("9999999999999999999.1.1", None),
        ("", None),
        ("1.2", None),
        ("1.2.3.4", None),
        ("1.2.", None),
        ("-1.2.3", None),
        ("+1.2.3", None),
        ("1.2.3\n", None),
        (" 1.2.3", None),
        ("1_0.2.3", None),
        ("1e3.2.3", None),
        ("٣.2.3", None),
        ("²·1.2.3", None),
        ("1,2,3", None),
        ("1.2.\x00", None),
        ("None", None),
        ("9" * 5000 + ".1.1", None),
    ],
)
def test_a_stamp_is_read_or_left(text: str, stamp: tuple[int, int, int] | None) -> None:
    assert read_stamp(text) == stamp


@pytest.mark.parametrize("rate", [1.0, 60.0])
def test_a_new_minute_of_a_rehearsals_own_clock_is_seen_when_it_comes(workshop: Workshop, rate: float) -> None:
    day.set_clock(workshop, "10:58")
    began = workshop.clock_real
    assert began is not None
    Workshop.objects.filter(pk=workshop.pk).update(clock_rate=rate)
    workshop.refresh_from_db()
    for after, minute in ((0, "10:58"), (59, "10:58"), (61, "10:59"), (119, "10:59")):
        with time_machine.travel(began + timedelta(seconds=after / rate), tick=False):
            stamp = snapshots.stamp(workshop, "desk")
        assert f"{clock.now(workshop, real=snapshots.moment(stamp)):%H:%M}" == minute


def test_a_question_for_councillors_is_one_region_for_all_phones(workshop: Workshop) -> None:
    """The form, and the words for those who read along: which of the two is a phone's own affair."""
    phone = phone_in(workshop)
    agenda.say_who(attendee=phone.attendee, name="Ann", council="", role="councillor")
    Question.objects.filter(key="lunch_new").update(councillors_only=True)
    day.begin(workshop, until="lunch")
    day.ask(workshop, "lunch_new")
    region = render(workshop, "phone").regions["question"].html
    assert 'data-for="councillor">' in region
    assert 'data-for="other unsaid" hidden>' in region

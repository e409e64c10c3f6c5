"""Everyone out and back: what is shown, what the clock does, and what the desk is told afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from agenda.models import Audit, LogEntry, Workshop
from feedback.models import Answer
from sessions import services, snapshots, staging
from sessions.models import Stage
from tests.cast import user_with

from . import day
from .test_room import look, shown

FIRE = "Through the doors beside the stage, then to the fountain"


@pytest.fixture(autouse=True)
def _fire_card(workshop: Workshop) -> None:
    Workshop.objects.update(housekeeping=[{"title": " FIRE ", "text": FIRE}, {"title": "Fones", "text": "Silence"}])


def out(workshop: Workshop) -> None:
    staging.everyone_out(workshop=workshop, actor=None)


def back(workshop: Workshop) -> None:
    staging.everyone_back(workshop=workshop, actor=None)


def held(workshop: Workshop) -> bool:
    live = day.schedule(workshop).live
    return live is not None and live.held_since is not None


def log(workshop: Workshop) -> list[str]:
    return list(LogEntry.objects.filter(workshop=workshop).values_list("kind", flat=True))


def test_the_way_out_is_all_the_screen_says_and_the_first_thing_on_a_phone(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    day.ask(workshop, "lunch_new")
    services.blank(workshop=workshop, on=True)
    out(workshop)
    assert shown(workshop) == f"Leave now {FIRE}"
    phone = shown(workshop, "phone")
    assert phone.startswith(f"Leave now {FIRE} Leave now The day waits.")
    assert "What new thoughts or questions do you have?" in phone
    assert phone.count(FIRE) == 2  # and as the housekeeping card it always was


def turns_shown(workshop: Workshop) -> list[str]:
    workshop.refresh_from_db()
    snapshot = snapshots.render(workshop, "speaker", snapshots.stamp(workshop, "speaker"))
    return [region.html for region in snapshot.regions.values()]


def test_a_speaker_reads_it_too_whatever_their_item_has_come_to(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    out(workshop)
    shown_to_speakers = turns_shown(workshop)
    assert len(shown_to_speakers) > 2
    for html in shown_to_speakers:
        assert "Leave now" in html
        assert FIRE in html
        assert "data-ends-ms" not in html
    back(workshop)
    assert "Leave now" not in "".join(turns_shown(workshop))


def test_without_a_card_the_room_is_still_told_where_to_go(workshop: Workshop) -> None:
    Workshop.objects.update(housekeeping=[{"title": "Facilities", "text": "Down the stairs"}])
    assert "A housekeeping card with the title “Fire” would say where." in shown(workshop, "desk")
    out(workshop)
    assert shown(workshop) == "Leave now Go to the assembly point."


def test_the_clock_stands_while_everyone_is_out_and_goes_on_when_they_are_back(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    left = look(workshop).schedule.live.due - look(workshop).now
    out(workshop)
    assert held(workshop)
    back(workshop)
    assert not held(workshop)
    assert abs(look(workshop).schedule.live.due - look(workshop).now - left) < timedelta(seconds=5)
    assert log(workshop)[-2:] == ["hold", "release"]


def test_a_clock_that_stood_before_the_alarm_still_stands_after_it(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    day.change(workshop, "hold")
    out(workshop)
    back(workshop)
    assert held(workshop)
    assert log(workshop).count("hold") == 1


def test_a_clock_that_somebody_let_go_on_meanwhile_goes_on(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    out(workshop)
    day.change(workshop, "release")
    back(workshop)
    assert not held(workshop)


def test_a_second_press_changes_nothing(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    out(workshop)
    first = day.stage(workshop).out_since
    out(workshop)
    assert (day.stage(workshop).out_since, log(workshop).count("hold")) == (first, 1)
    back(workshop)
    came = day.stage(workshop).back_at
    back(workshop)
    assert (day.stage(workshop).back_at, log(workshop).count("release")) == (came, 1)


@pytest.mark.parametrize("stands", [None, "close"])
def test_before_the_start_and_after_the_end_there_is_no_clock_to_hold(workshop: Workshop, stands: str | None) -> None:
    if stands:
        day.begin(workshop, until=stands)
        services.move_on(workshop=workshop, expect=stands, actor=None)
    before = log(workshop)
    out(workshop)
    assert "Leave now" in shown(workshop)
    back(workshop)
    assert "Leave now" not in shown(workshop) + shown(workshop, "phone")
    assert log(workshop) == before


def test_the_desk_says_how_long_it_was_until_the_day_moves_on(workshop: Workshop) -> None:
    day.set_clock(workshop, "11:15")
    day.begin(workshop, until="how-digital")
    out(workshop)
    assert "Everyone out since 11:15" in shown(workshop, "desk")
    assert "Everyone is back" in shown(workshop, "desk")
    day.set_clock(workshop, "11:37")
    back(workshop)
    desk = shown(workshop, "desk")
    assert "We were out 22 minutes, from 11:15 to 11:37." in desk
    assert "Lunch is 22 minutes late" in desk
    services.move_on(workshop=workshop, expect="how-digital", actor=None)
    assert "We were out" not in shown(workshop, "desk")


def test_moving_on_does_not_take_the_way_out_away(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    out(workshop)
    services.move_on(workshop=workshop, expect="data", actor=None)
    services.put_on_screen(workshop=workshop, face="rules")
    assert "Leave now" in shown(workshop)
    back(workshop)
    assert look(workshop).face == "rules"


def test_answers_are_taken_while_everyone_is_out(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    out(workshop)
    day.answer(asked, "heron")
    assert Answer.objects.get().value == "heron"


def test_phones_hear_of_it_at_once(workshop: Workshop) -> None:
    for act in (out, back):
        before = day.revisions(workshop)
        act(workshop)
        assert day.revisions(workshop) == (before[0] + 1, before[1] + 1)


def test_who_pressed_is_written_down(workshop: Workshop) -> None:
    asha = user_with("asha")
    day.begin(workshop)
    staging.everyone_out(workshop=workshop, actor=asha)
    staging.everyone_back(workshop=workshop, actor=asha)
    assert list(Audit.objects.filter(user=asha).values_list("kind", flat=True)) == ["everyone out", "everyone back"]
    assert set(LogEntry.objects.filter(kind__in=["hold", "release"]).values_list("actor", flat=True)) == {asha.pk}


def test_wiping_a_rehearsal_ends_its_alarm(workshop: Workshop) -> None:
    day.begin(workshop)
    out(workshop)
    services.begin_again(workshop=workshop, actor=None)
    assert look(workshop).face == "join"
    assert not day.stage(workshop).is_out


@pytest.mark.parametrize("out_since", [None, timezone.now() + timedelta(hours=1)])
def test_nobody_is_back_before_everyone_was_out(workshop: Workshop, out_since: Any) -> None:
    with pytest.raises(IntegrityError, match="stage_back_after_out"):
        Stage.objects.update(out_since=out_since, back_at=timezone.now())

"""The draft of the report: two who save at once, and words that go from it."""

import pytest
from django.utils import timezone

from agenda.models import Attendee, Workshop
from feedback import erasing, keeping, parking, report, services
from feedback.models import Answer, Question
from feedback.report_keeping import REMOVED
from feedback.report_models import DraftReport
from feedback.taking_back import take_back

from .room import give, new_question, opened, seat_in


@pytest.fixture
def shown(workshop: Workshop) -> Workshop:
    """Three answers that the room was shown, and a question that it was not."""
    for words in ("More buses", "Fewer forms\n- and less paper", "Ask residents"):
        give(opened(workshop, "sum_insights"), words)
    services.show(Question.objects.get(key="sum_insights"))
    for words in ("Kept quiet", "Kept quiet too", "And this"):
        give(opened(workshop, "data_issues"), words)
    return workshop


def saved(workshop: Workshop, text: str, edit: int = 0) -> report.Report:
    report.save(workshop=workshop, edit=edit, text=text)
    return report.report(workshop)


def test_until_somebody_saves_it_follows_the_summary(shown: Workshop) -> None:
    first = report.report(shown)
    assert (first.edit, first.is_saved) == (0, False)
    assert "> More buses" in first.text
    assert "### What insights have you got?" in first.text
    assert "Kept quiet" not in first.text
    services.hide(Question.objects.get(key="sum_insights"))
    assert "More buses" not in report.report(shown).text


def test_what_was_saved_stays_as_it_was_typed(shown: Workshop) -> None:
    stands = saved(shown, "# Mine")
    services.hide(Question.objects.get(key="sum_insights"))
    assert (stands, report.report(shown)) == (report.Report("# Mine", 1), stands)
    assert saved(shown, "# Mine, again", edit=1) == report.Report("# Mine, again", 2)


@pytest.mark.parametrize("edit", [0, 1, 7])
def test_whoever_saves_second_reads_what_the_first_has_saved(shown: Workshop, edit: int) -> None:
    saved(shown, "# First")
    saved(shown, "# First, better", edit=1)
    with pytest.raises(report.Overtaken, match="What you typed is all here") as overtaken:
        report.save(workshop=shown, edit=edit, text="# Second")
    assert overtaken.value.stands == report.Report("# First, better", 2) == report.report(shown)


def test_a_page_from_before_everything_was_deleted_brings_nothing_back(shown: Workshop) -> None:
    saved(shown, "> More buses")
    keeping.delete_all(workshop=shown)
    with pytest.raises(report.Overtaken):
        report.save(workshop=shown, edit=1, text="> More buses")
    assert not DraftReport.objects.exists()


def test_begun_anew_it_is_as_the_summary_has_it_and_no_older_page_saves_over_it(shown: Workshop) -> None:
    fresh = report.from_summary(shown)
    saved(shown, "# Mine")
    report.begin_anew(workshop=shown, edit=1)
    assert report.report(shown) == report.Report(fresh, 2)
    with pytest.raises(report.Overtaken):
        report.begin_anew(workshop=shown, edit=1)


def test_an_answer_that_is_removed_for_good_goes_from_the_report_too(shown: Workshop) -> None:
    saved(shown, report.from_summary(shown) + "\nMore buses, said somebody")
    erasing.remove(Answer.objects.get(value="More buses"))
    erasing.remove(Answer.objects.get(value="Fewer forms\n- and less paper"))
    stands = report.report(shown)
    assert "> More buses\n" not in stands.text
    assert "paper" not in stands.text
    assert stands.text.count(REMOVED) == 2
    assert "> Ask residents" in stands.text
    assert stands.edit == 3
    assert "More buses, said somebody" in stands.text  # it was typed; the data map says so


def test_an_answer_that_is_taken_back_goes_from_the_report_too(workshop: Workshop) -> None:
    question, seat = opened(workshop, "sum_insights"), seat_in(workshop)
    give(question, "Buses", seat)
    saved(workshop, "> Buses\n> Buses\n> Buses and trains\n- Buses\nBuses")
    own = Answer.objects.get()
    take_back(workshop=workshop, seat=seat, question_id=question.pk, key=own.pk)
    assert report.report(workshop).text == (f"> {REMOVED}\n> {REMOVED}\n> Buses and trains\n- {REMOVED}\nBuses")


def test_whoever_is_erased_is_quoted_no_more(workshop: Workshop) -> None:
    question, seat = new_question(workshop, "named", mode="named"), seat_in(workshop)
    give(question, "My ward", seat)
    saved(workshop, "> My ward\n")
    erasing.erase(Attendee.objects.get(pk=seat.attendee_id))
    assert report.report(workshop).text == f"> {REMOVED}\n"


def test_a_rehearsal_that_begins_again_has_no_report(shown: Workshop) -> None:
    saved(shown, "# Mine")
    services.begin_again(shown)
    assert not DraftReport.objects.exists()
    assert "More buses" not in report.report(shown).text


def test_what_is_parked_is_counted_and_not_quoted(workshop: Workshop) -> None:
    sheet = parking.made(workshop, "intros")
    services.open_to_room(sheet, now=timezone.now())
    give(sheet, "The car park")
    text = report.from_summary(workshop)
    assert "1 thing in the parking lot, not yet dealt with." in text
    assert "The car park" not in text

"""The shift on the summary: of the group, from ten pairs, and from what was released."""

from agenda.models import Workshop
from feedback.before_and_after import moved
from feedback.models import Question
from tests.cast import browser_of, user_with
from tests.feedback.room import give, opened, seat_in


def answered(workshop: Workshop, n: int, after: str = "very") -> None:
    first, second = opened(workshop, "pre_conf"), opened(workshop, "fb_conf")
    for seat in [seat_in(workshop) for _ in range(n)]:
        give(first, {"confident": "a_little"}, seat)
        give(second, {"confident": after}, seat)
    give(first, {"confident": "very"})
    give(second, {"confident": "not_at_all"})


def test_ten_who_answered_twice_are_told_as_a_group(workshop: Workshop) -> None:
    answered(workshop, 12)
    found = moved(workshop)
    assert found
    (shift,) = found.shifts
    assert (shift.n, shift.higher, shift.same, shift.lower) == (12, 12, 0, 0)
    page = browser_of(user_with("vera", workshop, "viewer")).get(f"/w/{workshop.pk}/summary/").content.decode()
    assert "12 higher, 0 the same, 0 lower." in page


def test_nine_are_not_told(workshop: Workshop) -> None:
    answered(workshop, 9)
    assert moved(workshop) is None
    page = browser_of(user_with("vera", workshop, "viewer")).get(f"/w/{workshop.pk}/summary/").content.decode()
    assert "Before and after" not in page


def test_another_wording_of_the_scale_is_not_compared(workshop: Workshop) -> None:
    answered(workshop, 12)
    config = Question.objects.get(workshop=workshop, key="fb_conf").config
    config["points"] = config["points"][:4]
    Question.objects.filter(workshop=workshop, key="fb_conf").update(config=config)
    assert moved(workshop) is None

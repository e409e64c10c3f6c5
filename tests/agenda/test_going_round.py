"""Who speaks, who has spoken and who passed, from what was pressed."""

from agenda.going_round import CALLED, OVER, PASSED, Call, Round, fold

SEATS = ["ann", "bob", "carl"]


def after(*calls: tuple[str, str | None]) -> Round:
    return fold(Call(kind, seat) for kind, seat in calls)


def test_nobody_speaks_before_the_first_is_called() -> None:
    begun = after()
    assert (begun.now, begun.has_begun, begun.waiting(SEATS)) == (None, False, SEATS)


def test_whoever_is_called_waits_no_more() -> None:
    standing = after((CALLED, "bob"))
    assert standing.now == Call(CALLED, "bob")
    assert standing.waiting(SEATS) == ["ann", "carl"]


def test_whoever_passes_is_not_called_again_by_next() -> None:
    standing = after((CALLED, "ann"), (PASSED, "ann"), (CALLED, "bob"))
    assert standing.waiting(SEATS) == ["carl"]
    assert (standing.passed, standing.spoken) == ({"ann"}, {"bob"})


def test_whoever_passed_can_still_be_called_by_hand() -> None:
    standing = after((PASSED, "ann"), (CALLED, "ann"))
    assert (standing.passed, standing.spoken, standing.now) == (set(), {"ann"}, Call(CALLED, "ann"))


def test_a_pass_of_somebody_who_waits_leaves_whoever_speaks() -> None:
    standing = after((CALLED, "ann"), (PASSED, "carl"))
    assert (standing.now, standing.waiting(SEATS)) == (Call(CALLED, "ann"), ["bob"])


def test_people_who_are_not_on_the_list_are_counted_and_never_below_none() -> None:
    standing = after((CALLED, None), (CALLED, "ann"), (CALLED, None))
    assert [standing.unlisted(count) for count in (5, 2, 1, -1)] == [3, 0, 0, 0]


def test_the_end_is_not_for_good() -> None:
    over = after((CALLED, "ann"), (OVER, None))
    assert (over.is_over, over.now) == (True, None)
    again = after((CALLED, "ann"), (OVER, None), (CALLED, "bob"))
    assert (again.is_over, again.now) == (False, Call(CALLED, "bob"))

"""Whatever is pressed, in whatever order: nothing is lost, and undoing all of it leads back to the beginning."""

import random
import uuid
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback import grouping
from feedback.grouping import Board, NotPossible, Theme

A, B, C, D = (uuid.UUID(int=number) for number in range(1, 5))
ONE, TWO, THREE = (uuid.UUID(int=100 + number) for number in range(3))
ANSWERS = [ONE, TWO, THREE]


def board(**nested: uuid.UUID) -> Board:
    """A with two answers, B with one of them and another, C empty; `c=A` nests C in A."""
    names = {"a": A, "b": B, "c": C}
    themes = {id: Theme(name, nested.get(name), number) for number, (name, id) in enumerate(names.items(), 1)}
    return Board(themes, frozenset({(A, ONE), (A, TWO), (B, TWO), (B, THREE)}))


Press = Callable[[Board], Board]


def press(theme: uuid.UUID, other: uuid.UUID, answers: list[uuid.UUID], word: str, which: int) -> Press:
    return [
        lambda now: grouping.begin(now, uuid.uuid5(theme, word), word, answers),
        lambda now: grouping.put(now, theme, answers, other),
        lambda now: grouping.put(now, theme, answers),
        lambda now: grouping.take_out(now, theme, answers),
        lambda now: grouping.rename(now, theme, word, now.themes[theme].name if theme in now.themes else ""),
        lambda now: grouping.move(now, theme, up=True),
        lambda now: grouping.move(now, theme, up=False),
        lambda now: grouping.nest(now, theme, other),
        lambda now: grouping.nest(now, theme, None),
        lambda now: grouping.merge(now, theme, other),
        lambda now: grouping.split(now, theme, uuid.uuid5(other, word), word, answers),
        lambda now: grouping.dissolve(now, theme),
    ][which]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 9999), st.sampled_from("abcdefgh")), max_size=25))
@settings(deadline=None, max_examples=150)
def test_any_presses_undone_lead_back_to_the_beginning_and_lose_nothing(chosen: list[tuple[int, int, str]]) -> None:
    beginning = now = board(c=A)
    edits = []
    for which, number, word in chosen:
        luck = random.Random(number)
        there = [*now.themes, D]
        answers = luck.sample(ANSWERS, luck.randint(0, 3))
        try:
            after = press(luck.choice(there), luck.choice(there), answers, word, which)(now)
        except NotPossible:
            continue
        edit = grouping.between(now, after)
        assert grouping.made(now, edit) == after
        assert grouping.made(after, edit.opposite) == now
        assert bool(edit) == (after != now)
        _check_sound(after)
        if which in {0, 2, 4, 5, 6, 7, 8, 9, 10}:  # these take no answer from where it is read
            assert {answer for _theme, answer in now.places} <= {answer for _theme, answer in after.places}
        edits.append(edit)
        now = after
    for edit in reversed(edits):
        now = grouping.made(now, edit.opposite)
    assert now == beginning


def _check_sound(now: Board) -> None:
    assert all(theme in now.themes for theme, _answer in now.places)
    for theme in now.themes.values():
        assert theme.parent is None or now.themes[theme.parent].parent is None
    assert sorted(map(str, now.order)) == sorted(map(str, now.themes))
    assert len({theme.position for theme in now.themes.values()}) == len(now.themes)


def test_a_merged_theme_leaves_its_answers_once_each_and_what_was_nested_in_it() -> None:
    after = grouping.merge(board(c=A), A, B)
    assert after.answers(B) == {ONE, TWO, THREE}
    assert after.among(B) == [C]
    assert A not in after.themes


def test_a_theme_merged_into_one_of_its_own_gives_that_its_place() -> None:
    after = grouping.merge(board(b=A, c=A), A, B)
    assert after.order == [B, C]
    assert after.themes[C].parent == B


def test_split_leaves_the_others_where_they_are() -> None:
    after = grouping.split(board(), A, D, "d", [TWO, THREE])
    assert (after.answers(A), after.answers(D)) == ({ONE}, {TWO})
    with pytest.raises(NotPossible, match="nothing_ticked"):
        grouping.split(board(), A, D, "d", [THREE])


def test_a_dissolved_theme_sets_free_what_is_in_it() -> None:
    after = grouping.dissolve(board(c=A), A)
    assert after.among(None) == [B, C]
    assert after.answers(B) == {TWO, THREE}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda: grouping.nest(board(c=A), A, B), "too_deep"),
        (lambda: grouping.nest(board(c=A), B, C), "too_deep"),
        (lambda: grouping.nest(board(), A, A), "too_deep"),
        (lambda: grouping.begin(board(), D, "A"), "same_name"),
        (lambda: grouping.rename(board(), A, "B", "a"), "same_name"),
        (lambda: grouping.rename(board(), A, "x", "seen before"), "renamed"),
        (lambda: grouping.put(board(), D, [ONE]), "gone"),
        (lambda: grouping.merge(board(), A, A), "itself"),
        (lambda: grouping.move(board(), A, up=True), "at_the_end"),
    ],
)
def test_what_does_not_fit_is_refused(change: Callable[[], Board], why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        change()


def test_there_are_only_so_many_themes() -> None:
    now = Board()
    for number in range(grouping.MOST_THEMES):
        now = grouping.begin(now, uuid.uuid4(), str(number))
    with pytest.raises(NotPossible, match="too_many"):
        grouping.begin(now, uuid.uuid4(), "one more")

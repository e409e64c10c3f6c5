"""Whatever somebody posts, to any kind of question: it is stored as it stays, or refused with a sentence.

`python3 run.py answers` tries 10,000 of each; the usual run a few.
"""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.kinds import kinds
from feedback.kinds.base import Field, Refused, Value, count
from feedback.kinds.text import Text

from .example import example
from .json_values import ANY_JSON, ANY_TEXT

FEW = 25
NUMBERS = st.integers(-2, 12).map(str) | st.text("0123456789.,-− ", max_size=8)


def answers_to(kind: str) -> st.SearchStrategy[Any]:
    """Anything, and as often what comes close: the question's own keys, numbers and words, in its own shape."""
    config, value = example(kind).config, example(kind).value
    fields = kinds[kind].fields(config)
    parts = {field.name.removeprefix("value").removeprefix("."): _near(field) for field in fields}
    keys = [option.key for field in fields for option in field.options] or ["a"]
    whole = parts[""] if list(parts) == [""] else st.fixed_dictionaries(parts)
    close = [whole, _shuffled(value), _spoilt(value), st.fixed_dictionaries({}, optional=parts)]
    far = [ANY_JSON, st.lists(st.sampled_from(keys) | ANY_TEXT, max_size=8), ANY_TEXT, NUMBERS]
    far.append(st.dictionaries(st.sampled_from([*parts, "more"]), ANY_JSON, max_size=8))
    return st.sampled_from([*close, whole, *far]).flatmap(lambda chosen: chosen)


def _shuffled(value: Value) -> st.SearchStrategy[Any]:
    """The example's answer, what it says in another order."""
    if isinstance(value, dict):
        return st.permutations(list(value.values())).map(lambda found: dict(zip(value, found, strict=True)))
    return st.permutations(value) if isinstance(value, list) else st.just(value)


def _near(field: Field) -> st.SearchStrategy[Any]:
    if field.options:
        one = st.sampled_from([option.key for option in field.options])
        return st.lists(one, max_size=4, unique=True) if field.widget == "ticks" else one
    return NUMBERS if field.widget == "number" else NUMBERS | ANY_TEXT


def _spoilt(value: Value) -> st.SearchStrategy[Any]:
    """The example's answer with one of its places taken by something else."""
    if isinstance(value, str):
        return ANY_TEXT.map(lambda text: value + text)
    places = st.sampled_from(list(value) if isinstance(value, dict) else list(range(len(value))))

    def spoil(place: Any, other: Any) -> Any:
        found: Any = deepcopy(value)
        found[place] = other
        return found

    return st.builds(spoil, places, ANY_JSON | NUMBERS)


def check(kind: str, raw: object) -> None:
    """Stored or refused; what is stored stays, is counted, can be read, and can be taken home."""
    config, before = example(kind).config, repr(raw)
    try:
        value = kinds[kind].validate(config, raw)
    except Refused as refused:
        names = {"value", *(field.name for field in kinds[kind].fields(config))}
        assert refused.message  # noqa: PT017 - either way out is fine
        assert refused.field in names  # noqa: PT017
        return
    finally:
        assert repr(raw) == before
    assert kinds[kind].validate(config, value) == value
    assert kinds[kind].words(config, value).strip()
    assert kinds[kind].export_cells(config, value)
    marks = kinds[kind].marks(config, value)
    assert all(len(part) <= 40 and 0 < len(key) <= 200 and times > 0 for (part, key), times in marks.items())
    assert kinds[kind].tally(config, count(kinds[kind], config, [value] * 3)).n == 3


def tries() -> int:
    """Few in the usual run, otherwise as many as the profile says."""
    most = settings().max_examples
    return FEW if most == settings.get_profile("usual").max_examples else most


@pytest.mark.parametrize("kind", list(kinds))
def test_any_answer_is_stored_as_it_stays_or_refused_with_a_sentence(kind: str) -> None:
    @settings(max_examples=tries())
    @given(raw=answers_to(kind))
    def try_it(raw: object) -> None:
        check(kind, raw)

    try_it()


@pytest.mark.parametrize("kind", list(kinds))
def test_its_own_example_is_stored(kind: str) -> None:
    check(kind, example(kind).value)
    assert kinds[kind].validate(example(kind).config, example(kind).value) == example(kind).value


class Forgetful(Text):
    """A kind that cuts off a letter each time it reads an answer."""

    def validate(self, config: dict[str, object], raw: object) -> Value:
        value = super().validate(config, raw)
        return str(value)[1:] or "x"


def test_a_kind_that_changes_what_it_has_stored_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds, "text", Forgetful())
    with pytest.raises(AssertionError):
        check("text", "abc")

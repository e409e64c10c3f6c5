"""Made-up answers, to show what a question will look like before anybody has answered. Pure.

They are made from the fields of a question and pass through its kind like any answer; a kind need not know of them.
What its kind refuses is left out, so there may be none.
"""

from collections.abc import Iterator, Sequence

from feedback.kinds.base import Counted, Field, Kind, Refused, Value, count

HOW_MANY = 9
SENTENCES = (
    "An example answer, to show how one looks.",
    "Another example: people write a sentence or two.",
    "A third example.",
    "An example of somebody who had more to say. Such an answer has two sentences, or three, and goes over more lines.",
    "One more example answer.",
    "An example with a question in it: who else has tried this?",
    "A short example.",
    "An example that says what two others have said, in other words.",
    "The last example.",
)
WORDS = ("example", "sample", "example", "specimen", "example", "sample", "instance", "example", "model")
LEANING = (3, 5, 4, 7, 2, 5, 0, 4, 9)  # tenths of the way from the first option to the last
TOTALS = (10, 100, 5, 20, 50, 3)  # what numbers may have to add up to, where the settings do not say


def examples(kind: Kind, config: dict[str, object]) -> Counted:
    """As many made-up answers as the kind takes, up to nine, counted as real ones are."""
    found = (_first_taken(kind, config, person) for person in range(HOW_MANY))
    return count(kind, config, [value for value in found if value is not None])


def _first_taken(kind: Kind, config: dict[str, object], person: int) -> Value | None:
    fields = kind.fields(config)
    for raw in _tries(fields, config, person):
        try:
            return kind.validate(config, raw)
        except Refused:
            continue
    return None


def _tries(fields: Sequence[Field], config: dict[str, object], person: int) -> Iterator[object]:
    """What this person might send, the likeliest first."""
    if len(fields) == 1 and fields[0].name == "value":
        yield from _alone(fields[0], config, person)
        return
    names = [field.name.removeprefix("value.") for field in fields]
    if all(field.widget == "number" for field in fields):
        for numbers in _together(len(fields), config, person):
            yield dict(zip(names, numbers, strict=True))
        return
    yield {name: _said(field, person + place) for place, (name, field) in enumerate(zip(names, fields, strict=True))}


def _alone(field: Field, config: dict[str, object], person: int) -> Iterator[object]:
    if field.widget == "ticks":
        yield list(dict.fromkeys([_chosen(field, person), _chosen(field, person + 3)]))
        yield [_chosen(field, person)]
    elif field.widget == "number":
        settled = _numbers(config) or [0, 10]
        least, most = min(settled), max(settled)
        for span in (max(most - least, 10), most - least):
            yield str(least + span * LEANING[person % len(LEANING)] // 10)
        yield from map(str, (*settled, 1, 50))
    else:
        yield _said(field, person)


def _said(field: Field, person: int) -> str:
    if field.options:
        return _chosen(field, person)
    if field.widget == "number":
        return str(LEANING[person % len(LEANING)])
    words = SENTENCES if field.widget == "textarea" else WORDS
    return words[person % len(words)][: field.max_length]


def _chosen(field: Field, person: int) -> str:
    place = LEANING[person % len(LEANING)] * len(field.options) // 10
    return field.options[place].key


def _together(many: int, config: dict[str, object], person: int) -> Iterator[list[str]]:
    """Numbers of several fields: the places of an order, places of the first few only, or shares of a total."""
    turn = [(place + person // 3) % many for place in range(many)]
    yield [str(place + 1) for place in turn]
    for top in _numbers(config):
        yield [str(place + 1) if place < top else "" for place in turn]
    for total in (*_numbers(config), *TOTALS):
        half, quarter = total // 2, total // 4
        shares = [half, quarter, total - half - quarter, *[0] * many][:many]
        shares[0] += total - sum(shares)
        yield [str(shares[place]) for place in turn]


def _numbers(config: dict[str, object]) -> list[int]:
    return [value for value in config.values() if isinstance(value, int) and not isinstance(value, bool)]

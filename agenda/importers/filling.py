"""Items with what their slides and the lines under them add: speakers, questions to the room, details."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .draft import Item, Person, Prompt
from .extras import About, Extras, is_question
from .marks import folded


def with_extras(items: Sequence[Item], extras: Extras) -> tuple[Item, ...]:
    """The same items, filled."""
    filled = [_filled(item, extras.about.get(place)) for place, item in enumerate(items)]
    return tuple(_returning(filled))


def _filled(item: Item, about: About | None) -> Item:
    asked = [Prompt(words) for words in item.details if is_question(words)]
    details = [words for words in item.details if not is_question(words)]
    if about is None:
        return replace(item, prompts=tuple(asked), details=tuple(details))
    known = {folded(one.name) for one in item.speakers}
    named = [one for one in about.speakers if folded(one.name) not in known]
    speakers = [one for one in item.speakers if one.shown != item.byline] if named else item.speakers
    return replace(
        item,
        speakers=_without_repeats([*speakers, *named]),
        prompts=tuple({folded(one.text): one for one in (*asked, *about.prompts)}.values()),
        details=(*details, *about.details),
    )


def _without_repeats(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple({folded(one.name): one for one in people}.values())


def _returning(items: Sequence[Item]) -> list[Item]:
    """What is asked over lunch or a break and again later is one question, whose answers come back there."""
    done = list(items)
    for place, item in enumerate(items):
        asked = {folded(one.text) for one in item.prompts}
        later = [
            at
            for at in range(place + 1, len(items))
            if asked and asked == {folded(one.text) for one in items[at].prompts} and items[at].day == item.day
        ]
        if later:
            done[place] = replace(item, returns_in=later[0])
            done[later[0]] = replace(done[later[0]], prompts=())
    return done


def returned(items: Sequence[Item], moved: Mapping[int, int]) -> tuple[Item, ...]:
    """The same after items have gone or come: `returns_in` says the new places."""
    return tuple(
        item if item.returns_in is None else replace(item, returns_in=moved.get(item.returns_in)) for item in items
    )

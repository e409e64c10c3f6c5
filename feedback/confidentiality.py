"""How an answer is kept apart from the person who gave it, and the sentences that say so. See docs/data-map.md."""

import hashlib
import hmac
from datetime import date, timedelta

BATCH = 3  # unlinked answers come to desk and screen at least so many at a time


def bundle_key(bundle: str, question_id: str, occasion: str) -> str:
    """The name of the bundle a question is in ("alone", "form" or "pair"): answers join inside it, never across."""
    keys = {"alone": f"question:{question_id}", "form": f"form:{occasion}", "pair": "pair:conf"}
    if bundle not in keys:
        raise ValueError(f"unknown bundle {bundle!r}")
    return keys[bundle]


NOTES = "notes"  # the bundle of what a phone writes to itself


def respondent(secret: str, workshop_id: str, bundle_key: str) -> str:
    """The name a phone has inside one bundle of one day: 64 hex digits that lead neither back nor to another bundle."""
    if not secret:
        raise ValueError("without a secret every phone would be the same respondent")
    message = f"{workshop_id}|{bundle_key}"
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


def ready_for_release(unreleased: int, open_: bool) -> bool:
    """Whether waiting answers may be seen now.

    `open_` says that another may still come (the question is open, or closing and taking late ones): then only in
    batches, so that nobody can watch one arrive.
    """
    return unreleased >= (BATCH if open_ else 1)


def last_day(day: date, last_press: date | None, open_for: timedelta) -> date:
    """The last day on which a phone can change and delete what it said: so long after the day, or after it was run.

    `day` is that of the plan; one that was run on another day, or closed after midnight, counts from there. Both are
    dates of the day's own clock. No press on the day makes it an earlier one: a promise once made is kept.
    """
    return max(day, last_press or day) + open_for


def promise(
    mode: str, bundle: str, facilitator: str, until: str, *, for_table: bool = False, at_once: bool = False
) -> str:
    """What the person is told beside the button, before answering. `until`: "the end of 10 February".

    `at_once`: the desk does not wait for others before it reads this.
    """
    said = _promise(mode, bundle, facilitator, until, for_table=for_table)
    return f"The desk reads this at once. {said}" if at_once else said


def _promise(mode: str, bundle: str, facilitator: str, until: str, *, for_table: bool) -> str:
    if for_table:
        return _promise_for_a_table(mode, facilitator, until)
    changes = f"You can change or delete it on this phone until {until}"
    after = "; after that nobody can tell which are yours" if mode == "unlinked" else ""
    return f"{kept(mode, bundle, facilitator)} {changes}{after}."


ONLY_THEIRS = "Only whoever wrote it can read it"
OWN = "Only you can read this; the desk sees how many have written one."


def promise_of_own() -> str:
    """The same beside what nobody reads but its author, which stays with the seat."""
    return f"{OWN} It is kept with your seat, and not with your answers. You can change or delete it on this phone."


def kept(mode: str, bundle: str, facilitator: str) -> str:
    """The first half of it: whether the name is kept, and who sees it."""
    if mode == "named":
        return "Your name is kept with this answer. The room may see both."
    if mode == "facilitator":
        return f"Only {facilitator or 'the facilitator'} sees your name."
    if mode != "unlinked":
        raise ValueError(f"unknown mode {mode!r}")
    together = {
        "alone": "Your name is not kept with this answer. The room may see your words.",
        "form": "Your answers here stay together, but are not kept with your name or your other answers.",
        "pair": "Your answers to this before and after the day stay together, but are not kept with your name or your "
        "other answers.",
    }
    if bundle not in together:
        raise ValueError(f"unknown bundle {bundle!r}")
    return together[bundle]


def _promise_for_a_table(mode: str, facilitator: str, until: str) -> str:
    """The same beside a note that is written for a table."""
    changes = f"You can change or delete it on this phone until {until}."
    if mode == "named":
        return f"Your table's name and yours are kept with this note. The room may see it, and both names. {changes}"
    if mode == "facilitator":
        name = facilitator or "the facilitator"
        return f"Your table's name is kept with this note. The room may see both. Only {name} sees your name. {changes}"
    if mode != "unlinked":
        raise ValueError(f"unknown mode {mode!r}")
    kept = "Your table's name is kept with this note, yours is not. The room may see both the note and the table."
    return f"{kept} {changes}"


def may_become(mode: str, wanted: str) -> bool:
    """Whether a promise may still change once people were asked: only to fewer eyes.

    What was kept with a name cannot be untied from it, so nothing becomes unlinked either.
    """
    return mode == wanted or (mode, wanted) == ("named", "facilitator")


def in_short(mode: str, bundle: str) -> str:
    """The same promise in a line, for whoever prepares the question."""
    if mode == "named":
        return "Kept with the name; the room may see both"
    if mode == "facilitator":
        return "Only the facilitator sees the name"
    if mode != "unlinked":
        raise ValueError(f"unknown mode {mode!r}")
    together = {
        "alone": "",
        "form": "; the answers of the form stay together",
        "pair": "; the answers before and after the day stay together",
    }
    if bundle not in together:
        raise ValueError(f"unknown bundle {bundle!r}")
    return f"Not kept with a name{together[bundle]}"

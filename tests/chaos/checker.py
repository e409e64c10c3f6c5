"""Whether a history keeps the promises of docs/reliability.md. Pure: it reads what it is given and nothing else.

Each check gives sentences, and each sentence begins with the promise that was broken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from .history import Heard, History, Row, Shown
from .model import Stamp

Regions = Mapping[str, str]


def check(history: History, rows: list[Row], fresh: Mapping[str, Regions]) -> list[str]:
    """`fresh`: by audience, the regions that a read without a stamp gives once everything is quiet."""
    return [
        *check_stored(history, rows),
        *check_single(history, rows),
        *check_stamps(history),
        *check_same(history, fresh),
        *check_silence(history),
        *(f"I7: {said}" for said in history.left_behind),
    ]


def check_stored(history: History, rows: list[Row]) -> Iterator[str]:
    """I1: what a phone was told is saved is in the database, as it was or as a newer edit of the same phone.

    A phone that has lost its first key may edit its answer under another one; the row keeps the first.
    """
    writer = {one.key: one.phone for one in history.tried}
    stored = {row.key: row for row in rows}
    theirs = {(writer.get(row.key), row.question): row for row in rows if row.most == 1}
    written = {(one.phone, one.question, one.edit, str(one.value)) for one in history.tried}
    for told in history.told:
        if told.verdict != "saved":
            continue
        row = stored.get(told.key) or theirs.get((told.phone, told.question))
        if row is None:
            yield f"I1: {told.phone} was told that edit {told.edit} of {told.key} is saved, and there is no such row"
        elif row.question != told.question:
            yield f"I1: {told.key} was saved for question {told.question} and is kept for {row.question}"
        elif row.edit < told.edit:
            yield f"I1: {told.phone} was told that edit {told.edit} of {told.key} is saved; edit {row.edit} is kept"
        elif row.edit == told.edit and row.value != told.value:
            yield f"I1: edit {told.edit} of {told.key} was saved as {told.value!r} and is kept as {row.value!r}"
        elif (told.phone, row.question, row.edit, str(row.value)) not in written:
            yield f"I1: what is kept of {told.key} is not what {told.phone} wrote: edit {row.edit}, {row.value!r}"


def check_single(history: History, rows: list[Row]) -> Iterator[str]:
    """I2: one row per key, one per person and question (on a sheet as many as it takes), none that nobody wrote, and
    edits only go up."""
    yield from (f"I2: {n} rows have the key {key}" for key, n in Counter(row.key for row in rows).items() if n > 1)
    owners = Counter((row.question, row.owner, row.most) for row in rows)
    for (asked, whose, most), n in owners.items():
        if n > most:
            yield f"I2: {n} answers of {whose} to question {asked}"
    writer = {one.key: one.phone for one in history.tried}
    tried = {(one.phone, one.edit, one.question, str(one.value)) for one in history.tried}
    for row in rows:
        if (writer.get(row.key), row.edit, row.question, str(row.value)) not in tried:
            yield f"I2: nobody wrote edit {row.edit} of {row.key} as it is kept: {row.value!r}"
    for read in history.reread:
        if read.edit < read.saved:
            yield f"I2: {read.key} went back from edit {read.saved} to {read.edit}: an old try has overwritten it"


def check_stamps(history: History) -> Iterator[str]:
    """I3: the stamp strictly rises at every page."""
    newest: dict[str, Stamp] = {}
    for one in history.applied:
        before = newest.get(one.page)
        if before is not None and one.stamp <= before:
            yield f"I3: {one.page} went from {before} to {one.stamp}"
        newest[one.page] = one.stamp


def check_same(history: History, fresh: Mapping[str, Regions]) -> Iterator[str]:
    """I4: once it is quiet, every page shows what a fresh read gives."""
    for page in history.ended:
        wanted = fresh[page.audience]
        wrong = sorted(name for name in {*wanted, *page.regions} if wanted.get(name) != page.regions.get(name))
        if page.link == "lost":
            yield f"I4: {page.page} is still lost"
        if wrong:
            yield f"I4: {page.page} ({page.link}, {page.stamp}) shows something else in {', '.join(wrong)}"


def check_silence(history: History) -> Iterator[str]:
    """I6: a phone or the screen is sent an answer's words only while the desk shows them, and never a name or a key.

    A snapshot holds the rows of some moment between the revision in its stamp and its arrival.
    """
    acts: dict[str, list[Shown]] = defaultdict(list)
    whose: dict[str, str] = {}
    for act in history.shown:
        acts[act.question].append(act)
        whose.update(dict.fromkeys(act.tokens, act.question))
    for heard in history.heard:
        for token in sorted(heard.tokens):
            question = whose.get(token)
            if question is None or token not in _allowed(acts[question], heard):
                yield f"I6: {heard.page} was sent {token!r} at {heard.stamp}, which the desk was not showing"


def _allowed(acts: Iterable[Shown], heard: Heard) -> set[str]:
    """The words that the room could see at some moment from the stamp of what was heard until it was heard."""
    allowed: set[str] = set()
    for act in acts:
        rev = act.control_rev if heard.audience == "phone" else act.rev
        if act.began > heard.at:
            break
        allowed = set(act.tokens) if rev <= heard.stamp[1] else allowed | act.tokens
    return allowed

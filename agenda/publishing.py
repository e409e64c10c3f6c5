"""Saving the draft of a day and publishing it. A draft is nobody's but the facilitators': saving it tells no page."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import draft_presses, drafting, words
from .chapters import dump_document, load_document
from .document import DocumentRefused
from .draft_presses import Board, Press
from .draft_times import lay_out
from .drafting import Draft
from .models import PlanDraft, User, Workshop
from .services import Refused, Stale, audit
from .working_copy import WorkingCopy, keys_ever_used, working_copy


class Overtaken(Stale):
    """Somebody saved since the page was opened. `edit` is what the draft is at now."""

    def __init__(self, sentence: str, edit: int) -> None:
        super().__init__(sentence)
        self.edit = edit


class Replaced(Refused):
    """Another version is in force than the draft was begun from. `newest` is its number."""

    def __init__(self, sentence: str, newest: int) -> None:
        super().__init__(sentence)
        self.newest = newest


class NotPublished(Refused):
    """The day refuses the draft. `row` is the key of the row it is about, if it is about one."""

    def __init__(self, sentence: str, row: str = "") -> None:
        super().__init__(sentence)
        self.row = row


@dataclass(frozen=True)
class Sent:
    """What a page sends: what was typed and pressed, and the save and the version it was opened with."""

    draft: Draft
    edit: int
    version: int
    pressed: Press


@dataclass(frozen=True)
class Did:
    """What a press has done, and to which row."""

    what: str
    row: str = ""


def press(*, workshop: Workshop, sent: Sent, actor: User | None) -> Did:
    """Do what was pressed on the plan page. What was typed is saved first, and stays saved if the rest is refused."""
    verb, chosen = sent.pressed.verb, sent.pressed.chosen
    if verb == "restart":
        start_again(workshop=workshop, edit=sent.edit, actor=actor)
        return Did(verb)
    if verb in {"save", "keep", "publish"}:
        save_draft(workshop=workshop, sent=replace(sent, edit=int(chosen)) if verb == "keep" else sent, actor=actor)
        if verb == "publish":
            return publish(workshop=workshop, actor=actor, over=int(chosen) if chosen else None)
        return Did(verb)
    return _press_at_row(workshop=workshop, sent=sent, actor=actor)


@transaction.atomic
def _press_at_row(*, workshop: Workshop, sent: Sent, actor: User | None) -> Did:
    copy = working_copy(workshop)
    draft = beside_history(copy, sent.draft)
    taken = keys_ever_used(workshop) if sent.pressed.verb in {"add", "duplicate"} else ()
    after, row = draft_presses.press(Board(draft, copy.begun, taken), sent.pressed)
    _write(workshop=workshop, value=_value(after, sent), edit=sent.edit, actor=actor)
    return Did(sent.pressed.verb if row or sent.pressed.verb == "remove" else "full", row)


def beside_history(copy: WorkingCopy, draft: Draft) -> Draft:
    """What was typed, with what has begun and what was taken out, which no form carries."""
    whole = drafting.with_removed(draft, copy.draft.removed)
    return drafting.keep_history(whole, copy.published, copy.begun)


def _value(draft: Draft, sent: Sent) -> dict[str, Any]:
    return drafting.write(drafting.tidied(draft)) | {"version": sent.version}


@transaction.atomic
def save_draft(*, workshop: Workshop, sent: Sent, actor: User | None) -> None:
    """Keep what was typed, unless somebody else has saved in the meantime."""
    draft = beside_history(working_copy(workshop), sent.draft)
    _write(workshop=workshop, value=_value(draft, sent), edit=sent.edit, actor=actor)


@transaction.atomic
def write_draft(*, workshop: Workshop, draft: Draft, version: int, edit: int, actor: User | None) -> None:
    """Keep a draft that was not typed, unless somebody else has saved in the meantime. What has begun stays."""
    copy = working_copy(workshop)
    kept = drafting.keep_history(draft, copy.published, copy.begun)
    _write(workshop=workshop, value=drafting.write(kept) | {"version": version}, edit=edit, actor=actor)


@transaction.atomic
def start_again(*, workshop: Workshop, edit: int, actor: User | None) -> None:
    """Let the draft go and begin again with what is published, if anything is."""
    if not workshop.plan_versions.exists():
        raise Refused(
            _("Nothing is published yet, so there is nothing to begin again with. Everything you typed is kept.")
        )
    _write(workshop=workshop, value={}, edit=edit, actor=actor)


def _write(*, workshop: Workshop, value: dict[str, Any], edit: int, actor: User | None) -> None:
    """Compare and set by `edit`; no touch(), for no page shows a draft."""
    changes = {"value": value, "saved_by": actor, "saved_at": timezone.now()}
    if PlanDraft.objects.filter(workshop=workshop, edit=edit).update(**changes, edit=edit + 1):
        return
    row, is_new = PlanDraft.objects.get_or_create(workshop=workshop, defaults=changes)
    if not is_new or edit:
        raise Overtaken(_overtaken_sentence(row), row.edit)


def _overtaken_sentence(row: PlanDraft) -> str:
    who = (row.saved_by.get_full_name() or row.saved_by.get_username()) if row.saved_by else _("somebody")
    return _("%(who)s saved this plan (%(time)s) after this page was opened. What you typed is all here.") % {
        "who": who,
        "time": words.when(row.saved_at, timezone.now(), row.workshop.time_zone),
    }


@transaction.atomic
def publish(*, workshop: Workshop, actor: User | None, over: int | None = None) -> Did:
    """Make the draft the day's running order, as a new version unless the order says the same already.

    `over`: the number of a newer version than the draft's own that it may replace.
    """
    # The lock comes first, so that nobody publishes between looking and writing.
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    copy = working_copy(locked)
    if copy.newest not in {copy.version, over}:
        raise Replaced(_replaced_sentence(copy), copy.newest)
    layout = lay_out(copy.draft, locked.time_zone)
    if not layout.is_sound:
        raise NotPublished(_("Not published yet: there is something to put right first. Everything you typed is kept."))
    rev = _load(copy, layout.document()).rev
    _write(workshop=workshop, value={}, edit=copy.edit, actor=actor)
    newest = working_copy(workshop).newest
    if newest == copy.newest:
        return Did("words" if rev != locked.rev else "same")
    audit(kind="published", at=timezone.now(), workshop=workshop, user=actor, version=newest)
    return Did("publish")


def _replaced_sentence(copy: WorkingCopy) -> str:
    version = copy.workshop.plan_versions.get(number=copy.newest)
    return _("Version %(number)d counts now, published %(time)s. This draft was begun from version %(own)d.") % {
        "own": copy.version,
        "number": copy.newest,
        "time": words.when(version.published_at, timezone.now(), copy.workshop.time_zone),
    }


def _load(copy: WorkingCopy, document: dict[str, Any]) -> Workshop:
    known = {row.key for row in copy.published.rows} or set(copy.workshop.slots.values_list("key", flat=True))
    gone = known - {row.key for row in copy.draft.rows}
    published = dump_document(copy.workshop)
    published.pop("ends", None)
    try:
        return load_document(_without(published, gone) | document)
    except DocumentRefused as refused:
        raise _not_published(refused, copy, published, gone) from refused


def _without(document: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """The document without whatever belongs to those slots. What comes back in one of them comes back nowhere."""
    kept = dict(document)
    for name, held in document.items():
        if isinstance(held, list) and name != "slots":
            kept[name] = [_let_go(entry, gone) for entry in held if not _belongs(entry, gone)]
    return kept


def _belongs(entry: object, gone: Collection[str]) -> bool:
    return isinstance(entry, dict) and entry.get("slot") in gone


def _let_go(entry: Any, gone: Collection[str]) -> Any:
    if isinstance(entry, dict) and entry.get("returns_in") in gone:
        return {name: held for name, held in entry.items() if name != "returns_in"}
    return entry


def _not_published(
    refused: DocumentRefused, copy: WorkingCopy, published: dict[str, Any], gone: Collection[str]
) -> NotPublished:
    """The refusal in the words of the page."""
    if refused.path[:1] == ("slots",) and len(refused.path) > 1 and isinstance(refused.path[1], int):
        return NotPublished(_("It %(reason)s") % {"reason": refused.reason}, copy.draft.rows[refused.path[1]].key)
    lost = [
        entry["slot"]
        for held in published.values()
        if isinstance(held, list)
        for entry in held
        if _belongs(entry, gone) and f'"{entry.get("key")}"' in refused.reason
    ]
    title = next((row.title for row in copy.published.rows if row.key in lost), None)
    if title is None:
        return NotPublished(_("It %(reason)s") % {"reason": refused.reason})
    return NotPublished(
        _("“%(title)s” cannot be taken out: questions that belong to it have answers. Bring it back below.")
        % {"title": title}
    )

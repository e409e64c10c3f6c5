"""Days that travel: a day with something in every field of every table, and a computer that is not this one."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import AutoField, Model

from agenda import cards, carry, carry_file, drafting, queries, services
from agenda.cards import Introduction
from agenda.chapters import dump_document, load_document
from agenda.models import Attendee, Membership, PlanDraft, Slot, User, Workshop
from agenda.seat import Seat
from feedback import asking, hands, speaker_queue, survey_links, theming, warning
from feedback.counting import count_anew
from feedback.kinds import kinds
from feedback.models import Answer, Gone, Keeping, Question
from feedback.notes import write_note
from feedback.queue_models import SpeakerQuestion
from feedback.report_models import DraftReport
from feedback.sheet_models import SheetPhoto
from feedback.taking_back import take_back
from feedback.theme_models import ThemeVote, ThemeVoting
from sessions import questions, speaker_links, staging
from sessions import services as live
from sessions.call_models import Call
from sessions.models import PairedScreen, Stage
from tests.cast import newcastle, user_with

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
COUNTERS = ("epoch", "rev", "control_rev")
# Of a day, and yet not carried. Projectors and shared tablets are browsers that one computer knows by a cookie; a Wipe
# never outlives the transaction it is made in. A press on the themes is undone where it was made. A mail is sent from
# where it was asked for: two computers would send it twice. A contact is for two phones, and stands in no file.
LEFT_BEHIND = {"PairedScreen", "Tablet", "Wipe", "ThemeEdit", "EditedPlace", "Letter", "Connection", "Reading"}


@contextmanager
def elsewhere() -> Iterator[None]:
    """What happens inside happens on another computer: afterwards this one is as if nothing had been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def out(workshop: Workshop) -> str:
    """The text of the file."""
    return carry_file.written(carry.carry_out(workshop=workshop, now=NOW))


def bring(text: str, **options: Any) -> carry.Arrived:
    return carry.carry_in(file=carry_file.read(text), now=LATER, **options)


def eventful(*, template: bool = False) -> Workshop:
    """The sample day in the middle of everything. Its owner is ann; beth may look."""
    ann = User.objects.filter(username="ann").first() or user_with("ann")
    workshop = newcastle()
    document = dump_document(workshop) | {"time_zone": "Europe/Dublin"}
    document["slots"][1]["title"] = "Another title"
    workshop = load_document(document)
    for user, role in ((ann, "owner"), (user_with("beth"), "viewer")):
        Membership.objects.create(workshop=workshop, user=user, role=role)
    seats = [services.join(workshop=workshop) for _ in range(4)]
    _introduce(seats)
    for expect in (None, "intros", "how-digital"):
        live.move_on(workshop=workshop, expect=expect, actor=ann)
    _ask(workshop, seats, ann)
    for _ in range(2):  # the second takes the first away
        speaker_links.make_link(workshop=workshop, slot=Slot.objects.get(workshop=workshop, key="summary"), actor=ann)
    Keeping.objects.create(workshop=workshop, open_days=5, delete_on=LATER.date(), leftovers=True)
    Gone.objects.create(workshop=workshop, mark="a" * 64)
    DraftReport.objects.create(workshop=workshop, text="# What the room said", edit=2)
    _ask_the_speaker(workshop, seats)
    _group(workshop, ann)
    for number, seat in enumerate((seats[0].attendee_id, None), start=1):
        called = {"number": number, "press": uuid.uuid4(), "kind": "called", "attendee_id": seat, "began_at": NOW}
        Call.objects.create(workshop=workshop, **called)
    draft = drafting.write(drafting.from_document(dump_document(workshop))) | {"version": 2}
    PlanDraft.objects.create(workshop=workshop, value=draft, edit=3, saved_by=ann, saved_at=NOW)
    PairedScreen.objects.create(digits="1234", workshop=workshop, asked_at=NOW)
    Workshop.objects.filter(pk=workshop.pk).update(clock_rate=2.5, epoch=7, template=template)
    staging.freeze(workshop=workshop, on=True)
    alarm = {"out_since": NOW, "back_at": LATER}
    Stage.objects.filter(pk=workshop.pk).update(blank=True, phase="questions", table="3", page="themes", **alarm)
    workshop.refresh_from_db()
    return workshop


def _introduce(seats: list[Seat]) -> None:
    ann, *others = (Attendee.objects.get(pk=seat.attendee_id) for seat in seats)
    services.say_who(attendee=ann, name="Ann Ash", council="Exampleshire", role="councillor")
    cards.introduce(
        attendee=ann,
        said=Introduction(
            name="Ann Ash",
            council="Exampleshire",
            roles=["cabinet"],
            portfolio="Digital and customers",
            experience="Ran a call centre",
            interest="One view of a resident",
            key_point="Who has shared data with the health service?",
            is_ask=True,
            on_screen=True,
        ),
    )
    live.agree(attendee=ann)
    live.agree(attendee=others[0])
    Attendee.objects.filter(pk=others[1].pk).update(revoked_at=NOW)
    Attendee.objects.filter(pk=others[2].pk).update(device="tablet")
    survey = survey_links.make_links(workshop=ann.workshop, labels=["Cy Holm", "Dee Lane"], actor=None)
    seat = survey_links.open_with(workshop=ann.workshop, token=survey[0][1], held=None)
    assert seat
    survey_links.mark_replied(attendee=Attendee.objects.get(pk=seat.attendee_id))


def _ask(workshop: Workshop, seats: list[Seat], ann: User) -> None:
    """One question kept without names and one with them, both answered, shown, closed, and the first asked again."""
    counted = Question.objects.filter(workshop=workshop, kind="scale").first()
    assert counted
    questions.ask_the_room(workshop=workshop, question=counted, actor=ann)
    for seat in seats:
        give(
            counted,
            {field.name.removeprefix("value."): "skip" for field in kinds["scale"].fields(counted.config)},
            seat,
        )
    first = kinds["scale"].fields(counted.config)[0]
    hands.record(counted, {(first.name.removeprefix("value."), first.options[0].key): 12})
    linked, unlinked = Question.objects.filter(workshop=workshop, kind="text", slot__key="how-digital")[:2]
    wanted = {
        "hand": "phones",
        "version": 2,
        "showing": "live",
        "minutes": 3,
        "time_up_at": LATER,
        "approval": False,
        "hint": "In a line",
        "returns_in": Slot.objects.get(key="summary"),
    }
    for question, mode in ((unlinked, "unlinked"), (linked, "named")):
        Question.objects.filter(pk=question.pk).update(mode=mode, bundle="form", **wanted)
        questions.ask_the_room(workshop=workshop, question=question, actor=ann)
        for seat in seats:
            give(question, f"{mode} by {seat.attendee_id}", seat)
        questions.show_answers(workshop=workshop, question=question, actor=ann)
        questions.close(workshop=workshop, question=question, actor=ann)
    give(linked, "too late", services.join(workshop=workshop))
    questions.ask_the_room(workshop=workshop, question=unlinked, actor=ann)
    Question.objects.filter(pk=unlinked.pk).update(again_of=linked)
    Question.objects.filter(pk=linked.pk).update(
        approval=True,
        approval_as_usual=True,
        councillors_only=True,
        opens_with_item=True,
        together=True,
        status="closed",
        sealed_at=LATER,
    )
    Answer.objects.filter(question=unlinked).update(pinned=True, approved=True)
    Answer.objects.filter(question=linked).update(hidden=True, shown_value=None)
    for question in (linked, unlinked):
        question.refresh_from_db()
        count_anew(question)
    give(unlinked, "changed since it was seen", seats[0], edit=3)
    Answer.objects.filter(question=unlinked, waits=False).update(table="3", people=6, dealt_with="Ann writes to them")
    _write_on_a_sheet(workshop, unlinked, seats)
    lunch = Slot.objects.get(workshop=workshop, key="lunch")
    write_note(slot=lunch, seat=seats[0], key=uuid.uuid4(), edit=2, raw="Ring the port about its data")
    take_back(workshop=workshop, seat=seats[2], question_id=unlinked.pk, key=uuid.uuid4())


def _write_on_a_sheet(workshop: Workshop, like: Question, seats: list[Seat]) -> None:
    """Two notes of one phone, one of which the desk could have typed."""
    last = Question.objects.filter(workshop=workshop).order_by("position").last()
    assert last
    same = {"workshop": workshop, "slot": like.slot, "kind": "text", "config": like.config, "status": "closing"}
    more = {"occasion": "flipchart", "most_each": 20, "position": last.position + 1}
    sheet = Question.objects.create(key="sheet", text="What gets in the way?", **same, **more)
    for words in ("Money", "Time"):
        give(sheet, words, seats[0])
    Answer.objects.filter(question=sheet, nth=2).update(by_desk=True)
    said = {"table": "3", "typed": "Money and time", "respondent": "f" * 64}
    SheetPhoto.objects.create(question=sheet, image=bytes(range(256)), width=4, height=3, **said)


def _ask_the_speaker(workshop: Workshop, seats: list[Seat]) -> None:
    """A question that is answered now, with a vote; one that was put away; and a list of words."""
    for seat, edit, text in zip(seats, (1, 2), ("Who pays?", "And who decides?"), strict=False):
        asking.ask(workshop=workshop, seat=seat, slot_key="data", key=uuid.uuid4(), edit=edit, raw=text)
    taken, parked = SpeakerQuestion.objects.filter(workshop=workshop)
    asking.me_too(workshop=workshop, seat=seats[2], question_id=taken.pk, on=True)
    speaker_queue.take(taken)
    speaker_queue.put(parked, "parked")
    SpeakerQuestion.objects.filter(pk=parked.pk).update(dealt_with="The port answers by post")
    warning.settle(workshop=workshop, typed="idiot")


def _group(workshop: Workshop, ann: User) -> None:
    """Two themes, one nested in the other, with a vote; and one that was dissolved again."""
    answers = list(Answer.objects.filter(question__kind="text", released_value__isnull=False))
    travel, rail, gone = (uuid.uuid4() for _ in range(3))
    for theme, name in ((travel, "Travel"), (rail, "Rail"), (gone, "Nothing")):
        theming.begin(workshop=workshop, actor=ann, theme=theme, name=name, answers=[one.pk for one in answers])
    theming.nest(workshop=workshop, actor=ann, theme=rail, under=travel)
    theming.dissolve(workshop=workshop, actor=ann, theme=gone)
    ThemeVote.objects.create(theme_id=travel, respondent="b" * 64)
    ThemeVoting.objects.create(workshop=workshop, is_open=True)


def give(question: Question, words: object, seat: Seat, *, key: uuid.UUID | None = None, edit: int = 2) -> None:
    from feedback.handing_in import Handed, hand_in

    handed = Handed(seat, question.pk, key=key or uuid.uuid4(), edit=edit, raw=words)
    hand_in(workshop=Workshop.objects.get(pk=question.workshop_id), handed=handed)


def asked(workshop: Workshop) -> Question:
    """The question that is open."""
    return Question.objects.get(workshop=workshop, status="open")


def live_item(workshop: Workshop) -> str:
    """The item that is on."""
    row = queries.day(workshop).schedule(LATER).live
    assert row
    return row.slot.id


# --- Everything that is stored of a day


def way_to_a_day(model: type[Model]) -> str | None:
    """By which links a row of this table belongs to a day: "question__workshop"; None if it does not."""
    if model is Workshop:
        return "pk"
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is not model:
            further = way_to_a_day(field.related_model)
            if further:
                return field.name if further == "pk" else f"{field.name}__{further}"
    return None


def tables() -> dict[str, type[Model]]:
    """Every table that holds something of a day."""
    ours = [model for app in ("agenda", "feedback", "live") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model for model in ours if way_to_a_day(model)}


def stored(workshop: Workshop) -> dict[str, list[dict[str, Any]]]:
    """Table -> its rows of this day in the order they were written, each with all its fields but the numbers that the
    database gave."""
    return {name: [_row(row) for row in _of(model, workshop)] for name, model in tables().items()}


def _of(model: type[Model], workshop: Workshop) -> Any:
    return model._default_manager.filter(**{way_to_a_day(model) or "": workshop.pk}).order_by("pk")


def _row(row: Model) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if not isinstance(field, AutoField)]
    return {field.name: _natural(getattr(row, field.name)) for field in fields}


def _natural(value: Any) -> Any:
    """A value that is the same on two computers: a row is its key or its name where its id is only a number."""
    if not isinstance(value, Model):
        return value
    return getattr(value, "username", getattr(value, "key", value.pk)) if isinstance(value.pk, int) else value.pk


def now_here(workshop: Workshop) -> tuple[Any, ...]:
    """All of it, to see that a refusal has changed nothing."""
    return stored(Workshop.objects.get(pk=workshop.pk)), Workshop.objects.count()


def carried(workshop: Workshop) -> dict[str, Any]:
    """All of the day but what stays behind, the counters, and the lines about the journeys themselves."""
    rows = {name: found for name, found in stored(workshop).items() if name not in LEFT_BEHIND}
    rows["Audit"] = [row for row in rows["Audit"] if not row["kind"].startswith("day carried")]
    rows["Count"] = sorted(rows["Count"], key=str)
    rows["Workshop"] = [{k: v for k, v in row.items() if k not in COUNTERS} for row in rows["Workshop"]]
    return rows

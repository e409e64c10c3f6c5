"""The room's part of a day that is carried: what is on the screen, the ground rules, who agreed to them, who has
introduced themselves, and the links that speakers hold.

Projectors and shared tablets stay behind: each is a browser that this computer knows by a cookie of its own.
"""

from django.utils.translation import gettext_lazy as _

from agenda import rows
from agenda.models import Attendee, Slot, Workshop
from agenda.rows import Tables
from feedback.models import Question

from .call_models import Call
from .models import Agreement, GroundRule, SpeakerLink, Stage

REPLACED = {
    "ground_rules": _("ground rules"),
    "agreements": _("who agreed to the ground rules"),
    "speaker_links": _("speakers' links"),
    "calls": _("who has introduced themselves"),
}


def pack(workshop: Workshop) -> Tables:
    stages = Stage.objects.filter(workshop=workshop)
    agreements = Agreement.objects.filter(attendee__workshop=workshop).order_by("pk")
    links = SpeakerLink.objects.filter(workshop=workshop).select_related("slot").order_by("pk")
    calls = Call.objects.filter(workshop=workshop).order_by("number")
    return {
        "stage": [rows.write(row, question=row.question_id and str(row.question_id)) for row in stages],
        "ground_rules": [rows.write(row) for row in GroundRule.objects.filter(workshop=workshop).order_by("position")],
        "agreements": [rows.write(row, attendee=str(row.attendee_id)) for row in agreements],
        "speaker_links": [rows.write(row, slot=row.slot.key) for row in links],
        "calls": [rows.write(row, attendee=row.attendee_id and str(row.attendee_id)) for row in calls],
    }


def unpack(workshop: Workshop, tables: Tables) -> None:
    """All of it becomes as it is in the file; screens that are connected here stay so."""
    questions = {str(row.pk): row for row in Question.objects.filter(workshop=workshop)}
    seats = {str(row.pk): row for row in Attendee.objects.filter(workshop=workshop)}
    Agreement.objects.filter(attendee__workshop=workshop).delete()
    slots = {row.key: row for row in Slot.objects.filter(workshop=workshop)}
    for model in (Stage, GroundRule, SpeakerLink, Call):
        model._default_manager.filter(workshop=workshop).delete()
    for entry in tables.get("stage", []) or [{}]:
        Stage.objects.create(
            workshop=workshop, question=rows.link(entry, "question", questions), **rows.read(Stage, entry, "question")
        )
    GroundRule.objects.bulk_create(
        GroundRule(workshop=workshop, **rows.read(GroundRule, entry)) for entry in tables.get("ground_rules", [])
    )
    Agreement.objects.bulk_create(
        Agreement(attendee=rows.needed(entry, "attendee", seats), **rows.read(Agreement, entry, "attendee"))
        for entry in tables.get("agreements", [])
    )
    SpeakerLink.objects.bulk_create(
        SpeakerLink(workshop=workshop, slot=rows.needed(entry, "slot", slots), **rows.read(SpeakerLink, entry, "slot"))
        for entry in tables.get("speaker_links", [])
    )
    Call.objects.bulk_create(
        Call(workshop=workshop, attendee=rows.link(entry, "attendee", seats), **rows.read(Call, entry, "attendee"))
        for entry in tables.get("calls", [])
    )

"""The room's part of a day that is carried: what is on the screen, the ground rules, and who agreed to them.

Projectors stay behind: each is a browser that this computer knows by a cookie of its own.
"""

from django.utils.translation import gettext_lazy as _

from agenda import rows
from agenda.models import Attendee, Workshop
from agenda.rows import Tables
from feedback.models import Question

from .models import Agreement, GroundRule, Stage

REPLACED = {"ground_rules": _("ground rules"), "agreements": _("who agreed to the ground rules")}


def pack(workshop: Workshop) -> Tables:
    stages = Stage.objects.filter(workshop=workshop)
    agreements = Agreement.objects.filter(attendee__workshop=workshop).order_by("pk")
    return {
        "stage": [rows.write(row, question=row.question_id and str(row.question_id)) for row in stages],
        "ground_rules": [rows.write(row) for row in GroundRule.objects.filter(workshop=workshop).order_by("position")],
        "agreements": [rows.write(row, attendee=str(row.attendee_id)) for row in agreements],
    }


def unpack(workshop: Workshop, tables: Tables) -> None:
    """All of it becomes as it is in the file; screens that are connected here stay so."""
    questions = {str(row.pk): row for row in Question.objects.filter(workshop=workshop)}
    seats = {str(row.pk): row for row in Attendee.objects.filter(workshop=workshop)}
    Agreement.objects.filter(attendee__workshop=workshop).delete()
    for model in (Stage, GroundRule):
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

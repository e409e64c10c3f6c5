"""What stands in each column of the file of answers, in a line for whoever takes it home."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: Mapping[str, Promise] = {
    "event_id": _("The short name of the day"),
    "event_date": _("Its date"),
    "series": _("The series it belongs to; empty so far"),
    "occasion": _(
        "survey (before the day), live (during an item), flipchart, feedback, followup (six weeks later), or queue "
        "(asked of a speaker)"
    ),
    "slot_no": _("The item, counted from 1 in the running order; 0 if that has dropped it"),
    "question_key": _("The question’s own short name, to compare days by"),
    "question_version": _("Which wording of it; a new wording has a new number"),
    "question_text": _("The question as people read it"),
    "respondent_ref": _("Which feedback form it comes from, once there are five forms; otherwise empty"),
    "group_label": _("The statement that was answered, or the table that wrote"),
    "value_text": _("The answer in words"),
    "value_number": _("The answer as a number: a point, a place, a count"),
    "option_key": _("The option’s own short name"),
    "is_late": _("1 if it came after the close, 0 if not; empty where answers are not kept with a name"),
    "is_redacted": _("1 if its words were taken out, otherwise 0"),
    "mode": _("unlinked (not kept with a name), facilitator (only they see the name), named, or show of hands"),
    "answered_on": _("The date of the answer; empty before the day"),
    "language": _("The language of the answer; empty so far"),
    "schema_version": _("Which edition of these columns"),
}

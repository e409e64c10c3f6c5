"""`{% question_input %}` and `{% question_summary %}`: a question's form fields and its answers, by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.kinds import kinds
from feedback.kinds.base import Field, Tally
from feedback.models import Question
from feedback.prepared import whole_minutes

register = template.Library()


@register.simple_tag
def question_input(
    question: Question, value: object = None, error: str | None = None, *, before: str = ""
) -> SafeString:
    """The fields of one question, without a form. `value`: the own answer or what was typed; `error`: a sentence.

    `before` stands before the name of every field, where a form asks several questions.
    """
    fields = kinds[question.kind].fields(question.config)
    context = {
        "question": question,
        "before": before,
        "fields": [replace(field, name=before + field.name) for field in fields],
        "value": value,
        "error": error,
    }
    return render_to_string(f"feedback/kinds/{question.kind}_input.html", context)


@register.simple_tag
def fields_of(question: Question) -> Sequence[Field]:
    """What there is to fill in, for paper."""
    return kinds[question.kind].fields(question.config)


@register.simple_tag
def question_summary(question: Question, tally: Tally) -> SafeString:
    """What was answered, on every face: phone, desk, screen and paper."""
    return render_to_string(f"feedback/kinds/{question.kind}_summary.html", {"question": question, "tally": tally})


@register.filter
def of_field(value: object, name: str) -> object:
    """The part of an answer that belongs in the field called `name`; empty when there is none."""
    part = name.partition("value")[2].removeprefix(".")  # what may stand before it has no such word in it
    if not part:
        return "" if value is None else value
    return value.get(part, "") if isinstance(value, Mapping) else ""


@register.filter
def control(question: Question, number: int) -> str:
    """The id of the control of that number, from 1. An error summary leads to the first."""
    return f"answer-{question.pk}" if number == 1 else f"answer-{question.pk}-{number}"


@register.filter
def table_name(table: str) -> str:
    """How a table is called to everybody: a number alone is said with its noun."""
    return _("Table %(number)s") % {"number": table} if table.isdecimal() else table


@register.filter
def typing(seconds: int) -> str:
    """How much there is to type, in words."""
    if seconds < 60:
        return _("less than a minute of typing") if seconds else _("nothing to type")
    n = whole_minutes(seconds)
    return ngettext("about %(n)s minute of typing", "about %(n)s minutes of typing", n) % {"n": n}

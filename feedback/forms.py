"""From what a browser posts: an answer to what its kind validates, a question to what it asks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from feedback.confidentiality import in_short
from feedback.kinds import kinds
from feedback.kinds.base import Field, Kind, Setting, without_controls
from feedback.kinds.base import Refused as NotSettled
from feedback.kinds.lines import on_one_line
from feedback.models import Question
from feedback.preparing import Settings, Wanted, mark

LONGEST_TABLE = 20
RELOAD = _("This page is out of date. Copy your answer, then open the page again: nothing you sent is lost.")


def raw_from_post(kind: Kind, config: dict[str, object], data: Mapping[str, str]) -> object:
    """The posted answer as JSON: what is in "value", or a dict of the parts of "value.<part>" that were filled in.

    Tick boxes are a list of those that are ticked.
    """
    fields = kind.fields(config)
    if [field.name for field in fields] == ["value"]:
        return _posted(fields[0], data)
    return {field.name.removeprefix("value."): _posted(field, data) for field in fields if field.name in data}


def _posted(field: Field, data: Mapping[str, str]) -> object:
    if field.widget == "ticks" and isinstance(data, MultiValueDict):
        return data.getlist(field.name)
    return data.get(field.name, "")


def words_from_post(data: Mapping[str, str]) -> str:
    """Whatever was written, when no question says how to read it."""
    return "\n".join(data[name] for name in data if name.split(".")[0] == "value")


class TypedField(forms.CharField):
    """Whatever was typed, without what no file could hold."""

    def to_python(self, value: Any) -> str:
        return without_controls(value or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        return without_controls(data or "")


class LineField(TypedField):
    """Words on one line: line breaks and runs of spaces become one space."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return on_one_line(super().to_python(value), self.limit)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            said = _("This is %(length)s characters. Shorten it to %(limit)s: nothing is lost.")
            raise forms.ValidationError(said % {"length": f"{len(value):,}", "limit": self.limit})


class TableField(LineField):
    """How the people at one table call it. Nothing but text can be meant."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value if isinstance(value, str) else "")

    def validate(self, value: str) -> None:
        if len(value) > self.limit:
            said = _("The name of your table is %(length)s characters. Shorten it to %(limit)s: nothing is lost.")
            raise forms.ValidationError(said % {"length": f"{len(value):,}", "limit": self.limit})


class HandInForm(forms.Form):
    """What comes with every answer, from the page's form or as JSON: the answer's own id, its edit, its question.

    `table` comes from somebody who writes for a table.
    """

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    edit = forms.IntegerField(
        min_value=1,
        max_value=1_000_000,
        error_messages={"required": RELOAD, "invalid": RELOAD, "min_value": RELOAD, "max_value": RELOAD},
    )
    question = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    table = TableField(limit=LONGEST_TABLE, required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        """JSON may hold anything under these names; only text and whole numbers can be meant."""
        found = {name: data.get(name) for name in self.base_fields}
        super().__init__({name: value for name, value in found.items() if isinstance(value, str | int | UUID)})

    def clean_key(self) -> UUID:
        """Random ids only: the other versions hold a time, which would say when an unlinked answer was given."""
        key: UUID = self.cleaned_data["key"]
        if key.version != 4:
            raise forms.ValidationError(RELOAD)
        return key


class TakeBackForm(HandInForm):
    """Which answer is taken back: the question, and the id the answer has or was to have."""

    edit = None  # type: ignore[assignment]
    table = None  # type: ignore[assignment]


class TickField(forms.BooleanField):
    """ "on" or "", as kinds read it."""

    def clean(self, value: Any) -> str:
        return "on" if super().clean(value) else ""


class MoveForm(forms.Form):
    """Above or below which question another one goes."""

    above = forms.UUIDField(required=False)
    below = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        if bool(self.cleaned_data.get("above")) == bool(self.cleaned_data.get("below")):
            raise forms.ValidationError(RELOAD)
        return self.cleaned_data

    @property
    def next_to(self) -> UUID:
        found: UUID = self.cleaned_data["above"] or self.cleaned_data["below"]
        return found


class ExpectForm(forms.Form):
    """The mark of the question that the page showed."""

    expect = TypedField(required=False, widget=forms.HiddenInput)


class WordsForm(ExpectForm):
    """The words of a question: all of it that can change once it was asked. `item` keeps ids apart on one page."""

    text = LineField(
        label=_("Question"),
        limit=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question first.")},
    )
    hint = LineField(label=_("Hint (optional)"), limit=200, required=False, help_text=_("One short line below it."))

    def __init__(self, data: Any = None, *, item: str, question: Question | None = None, hand: str = "") -> None:
        self.question = question
        super().__init__(data, auto_id=f"ask-{item}-%s", initial=self._stands(question, hand))
        if not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True

    def _stands(self, question: Question | None, hand: str) -> dict[str, Any]:
        return {"text": question.text, "hint": question.hint, "expect": mark(question)} if question else {}

    @property
    def wanted(self) -> Wanted:
        """What was asked for, once the form is valid."""
        return Wanted(self.cleaned_data["text"], self.cleaned_data["hint"])

    def catch_up(self, question: Question) -> None:
        """What the question says now; whoever sends the form again has seen it."""
        self.question = question
        self.data = {**dict(self.data.items()), "expect": mark(question)}

    def wrongs(self) -> Iterator[tuple[str, str]]:
        """For the summary: the id of the first control that is wrong, "" for the whole, and the sentence."""
        yield from (("", str(error)) for error in self.non_field_errors())
        for field in self:
            control = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
            yield from ((control, str(error)) for error in field.errors)


class QuestionForm(WordsForm):
    """A question nobody was asked: its words, how people answer, who writes, and what is kept with a name."""

    number = TypedField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("How people answer"),
        widget=forms.RadioSelect,
        choices=[(kind.name, kind.label) for kind in kinds.values()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how people answer.")),
    )
    hand = forms.ChoiceField(
        label=_("Who writes"),
        widget=forms.RadioSelect,
        choices=[
            (Question.Hand.TALK, _("Nobody: the room talks")),
            (Question.Hand.PHONES, _("Everybody on their phone")),
        ],
        help_text=_("This can change at the desk at any time."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who writes.")),
    )
    mode = forms.ChoiceField(
        label=_("The answers are"),
        widget=forms.RadioSelect,
        help_text=_("People are told before they answer. Once the question was asked, this stays as it is."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what is kept with the answers.")),
    )

    def __init__(self, data: Any = None, *, item: str, question: Question | None = None, hand: str = "") -> None:
        super().__init__(data, item=item, question=question, hand=hand)
        bundle = question.bundle if question else Question.Bundle.ALONE
        self.fields["mode"].choices = [(mode, in_short(mode, bundle)) for mode in Question.Mode.values]  # type: ignore[attr-defined]
        for kind, setting in _all_settings():
            self.fields[_name(kind, setting)] = _field(setting)

    def _stands(self, question: Question | None, hand: str) -> dict[str, Any]:
        stands = {_name(kind, setting): setting.start for kind, setting in _all_settings()}
        if question is None:
            return stands | {"number": uuid4(), "kind": next(iter(kinds)), "hand": hand, "mode": Question.Mode.UNLINKED}
        typed = kinds[question.kind].typed(question.config)
        stands |= {f"{question.kind}-{name}": text for name, text in typed.items()}
        stands |= {name: getattr(question, name) for name in ("kind", "hand", "mode")}
        return stands | super()._stands(question, hand)

    def clean_number(self) -> UUID:
        """The id of a new question, made when its form was; a random one if what came is none."""
        try:
            number = UUID(self.cleaned_data["number"])
        except ValueError:
            return uuid4()
        return number if number.version == 4 else uuid4()

    def clean(self) -> dict[str, Any]:
        kind = kinds.get(self.cleaned_data.get("kind", ""))
        if kind:
            before = self.question.config if self.question and self.question.kind == kind.name else None
            typed = {one.name: self.cleaned_data[_name(kind, one)] for one in kind.settings}
            try:
                self.cleaned_data["config"] = kind.settle(typed, before)
            except NotSettled as refused:
                name = f"{kind.name}-{refused.field}"
                self.add_error(name if name in self.fields else None, refused.message)
        return self.cleaned_data

    @property
    def wanted(self) -> Wanted:
        settings = Settings(**{name: self.cleaned_data[name] for name in ("kind", "config", "hand", "mode")})
        return replace(super().wanted, settings=settings)

    def ways(self) -> Iterator[tuple[BoundWidget, list[forms.BoundField]]]:
        """Each way to answer: its radio, and the fields that settle it."""
        for radio, kind in zip(self["kind"], kinds.values(), strict=True):
            yield radio, [self[_name(kind, setting)] for setting in kind.settings]


def _all_settings() -> Iterator[tuple[Kind, Setting]]:
    return ((kind, setting) for kind in kinds.values() for setting in kind.settings)


def _name(kind: Kind, setting: Setting) -> str:
    return f"{kind.name}-{setting.name}"


def _field(setting: Setting) -> forms.Field:
    if setting.widget == "tick":
        return TickField(required=False, label=setting.label)
    if setting.widget in {"line", "number"}:
        one = forms.TextInput(attrs={"inputmode": "decimal"} if setting.widget == "number" else {})
        return LineField(limit=200, required=False, label=setting.label, help_text=setting.hint, widget=one)
    rows = forms.Textarea(attrs={"rows": 5})
    return TypedField(required=False, label=setting.label, help_text=setting.hint, widget=rows)

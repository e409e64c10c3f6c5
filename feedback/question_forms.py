"""From what the plan page posts: what a question asks, how it is answered, and where it stands."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from feedback.confidentiality import in_short, may_become
from feedback.fields import (
    ApprovalField,
    Digits,
    LineField,
    MinutesField,
    RadiosField,
    TypedField,
    random_id,
    setting_field,
)
from feedback.kinds import kinds
from feedback.kinds.base import Kind, Setting
from feedback.kinds.base import Refused as NotSettled
from feedback.models import Question
from feedback.preparing import NOTES_EACH, Settings, Wanted, mark

USUAL = Settings("", {}, "", "")
SETTLED = [name for name in Settings.__dataclass_fields__ if name != "config"]
MORE = ("showing", "approval", "occasion", "bundle", "minutes", "councillors_only", "opens_with_item")
FORMS = {Question.Occasion.SURVEY, Question.Occasion.FEEDBACK}  # whose answers may stay together


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


class AskedForm(WordsForm):
    """A question the room was asked: its words, and fewer eyes for its answers where the room may see names."""

    mode = RadiosField(
        label=_("The answers are"),
        help_text=_("People were told this before they answered. It can become stricter, and never go back."),
        missing=_("Choose what is kept with the answers."),
    )

    def __init__(self, data: Any = None, *, item: str, question: Question, hand: str = "") -> None:
        super().__init__(data, item=item, question=question, hand=hand)
        stricter = [mode for mode in Question.Mode.values if may_become(question.mode, mode)]
        self.fields["mode"].choices = [(mode, in_short(mode, question.bundle)) for mode in stricter]  # type: ignore[attr-defined]
        if len(stricter) == 1:
            del self.fields["mode"]

    def _stands(self, question: Question | None, hand: str) -> dict[str, Any]:
        return super()._stands(question, hand) | {"mode": question.mode if question else ""}

    @property
    def wanted(self) -> Wanted:
        return replace(super().wanted, mode=self.cleaned_data.get("mode", ""))


class QuestionForm(WordsForm):
    """A question nobody was asked: its words, how people answer, who writes, who sees what, and when."""

    number = TypedField(required=False, widget=forms.HiddenInput)
    kind = RadiosField(
        label=_("How people answer"),
        choices=[(kind.name, kind.label) for kind in kinds.values()],
        missing=_("Choose how people answer."),
    )
    hand = RadiosField(
        label=_("Who writes"),
        choices=[
            (Question.Hand.TALK, _("Nobody: the room talks")),
            (Question.Hand.SCRIBE, _("One person at each table")),
            (Question.Hand.PHONES, _("Everybody on their phone")),
        ],
        help_text=_("This can change at the desk at any time."),
        missing=_("Choose who writes."),
    )
    mode = RadiosField(
        label=_("The answers are"),
        choices=[(mode, in_short(mode, Question.Bundle.ALONE)) for mode in Question.Mode.values],
        help_text=_("People are told before they answer. Once the question was asked, this stays as it is."),
        missing=_("Choose what is kept with the answers."),
    )
    showing = RadiosField(
        label=_("The room sees the answers"),
        choices=[
            (Question.Showing.NEVER, _("Never")),
            (Question.Showing.PRESS, _("When I press Show answers")),
            (Question.Showing.LIVE, _("As they come in")),
        ],
        help_text=_("Early answers sway a room: people lean towards what they see first."),
        missing=_("Choose when the room sees the answers."),
    )
    approval = ApprovalField(
        label=_("You approve each answer before the room sees it"),
        required=False,
        choices=[
            ("", _("As usual: yes for answers with names, and on days of more than 60 people")),
            ("on", _("Yes")),
            ("off", _("No")),
        ],
        missing=_("Choose whether you approve the answers."),
    )
    occasion = RadiosField(
        label=_("When it is asked"),
        choices=[
            (Question.Occasion.LIVE, _("In the room, while its item is on")),
            (Question.Occasion.SURVEY, _("Before the day")),
            (Question.Occasion.FLIPCHART, _("On a flipchart sheet")),
            (Question.Occasion.FEEDBACK, _("In the feedback form")),
            (Question.Occasion.FOLLOWUP, _("Six weeks later, of those who asked for it")),
        ],
        missing=_("Choose when it is asked."),
    )
    bundle = RadiosField(
        label=_("Where no name is kept, a person’s answer"),
        missing=_("Choose what stays together."),
    )
    minutes = MinutesField(
        label=_("Minutes (optional)"),
        widget=Digits,
        required=False,
        help_text=_("Advice to people; nothing ends when they are over."),
    )
    councillors_only = forms.BooleanField(label=_("Only councillors are asked"), required=False)
    opens_with_item = forms.BooleanField(
        label=_("Opens when its item begins, without a press of its own"),
        help_text=_("Two or more over lunch, in a break or a reflection open together, and leave the screen as it is."),
        required=False,
    )

    def __init__(self, data: Any = None, *, item: str, question: Question | None = None, hand: str = "") -> None:
        super().__init__(data, item=item, question=question, hand=hand)
        self.fields["bundle"].choices = _together(question)  # type: ignore[attr-defined]
        for kind, setting in _all_settings():
            self.fields[_name(kind, setting)] = setting_field(setting)

    def _stands(self, question: Question | None, hand: str) -> dict[str, Any]:
        stands = {_name(kind, setting): setting.start for kind, setting in _all_settings()}
        if question is None:
            usual = Settings(next(iter(kinds)), {}, hand, Question.Mode.UNLINKED)
            return stands | {"number": uuid4()} | {name: getattr(usual, name) for name in SETTLED}
        typed = kinds[question.kind].typed(question.config)
        stands |= {f"{question.kind}-{name}": text for name, text in typed.items()}
        stands |= {name: getattr(question, name) for name in SETTLED}
        return stands | super()._stands(question, hand)

    def clean_number(self) -> UUID:
        return random_id(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("bundle") == Question.Bundle.FORM and said.get("occasion") not in {*FORMS, None}:
            sentence = _("Only answers given before the day, or in the feedback form, can stay together.")
            self.add_error("bundle", sentence)
        kind = kinds.get(said.get("kind", ""))
        said["most_each"] = self._most_each(kind)
        if kind:
            before = self.question.config if self.question and self.question.kind == kind.name else None
            typed = {one.name: said[_name(kind, one)] for one in kind.settings}
            try:
                said["config"] = kind.settle(typed, before)
            except NotSettled as refused:
                name = f"{kind.name}-{refused.field}"
                self.add_error(name if name in self.fields else None, refused.message)
        return said

    def _most_each(self, kind: Kind | None) -> int:
        """A sheet takes several notes of one phone: as many as it was prepared for, or as usual."""
        is_sheet = self.cleaned_data.get("occasion") == Question.Occasion.FLIPCHART
        if not (is_sheet and kind and kind.has_cards and self.cleaned_data.get("bundle") == Question.Bundle.ALONE):
            return 1
        return self.question.most_each if self.question and self.question.takes_several else NOTES_EACH

    @property
    def wanted(self) -> Wanted:
        settings = Settings(config=self.cleaned_data["config"], **{name: self.cleaned_data[name] for name in SETTLED})
        return replace(super().wanted, settings=settings)

    def ways(self) -> Iterator[tuple[BoundWidget, list[BoundField], bool]]:
        """Each way to answer: its radio, the fields that settle it, and whether it is one of the first choices."""
        for radio, kind in zip(self["kind"], kinds.values(), strict=True):
            yield radio, [self[_name(kind, setting)] for setting in kind.settings], kind.is_first_choice

    @property
    def has_more_ways(self) -> bool:
        return not all(kind.is_first_choice for kind in kinds.values())

    @property
    def more_ways_is_open(self) -> bool:
        """The one that is chosen is among those folded away."""
        chosen = kinds.get(self["kind"].value() or "")
        return chosen is not None and not chosen.is_first_choice

    @property
    def more_is_open(self) -> bool:
        """Something is not as usual, or wrong, among what is folded away."""
        unusual = any((self[name].value() or "") != (getattr(USUAL, name) or "") for name in MORE)
        return unusual or any(name in self.errors for name in MORE)


def _together(question: Question | None) -> list[tuple[str, Any]]:
    """With what an answer may be joined. Only the ready questions before and after the day are a pair."""
    found: list[tuple[str, Any]] = [
        (Question.Bundle.ALONE, _("Stands by itself")),
        (Question.Bundle.FORM, _("Stays together with their other answers of the same form")),
    ]
    if question and question.bundle == Question.Bundle.PAIR:
        found.append((Question.Bundle.PAIR, _("Stays together with the same question before or after the day")))
    return found


def _all_settings() -> Iterator[tuple[Kind, Setting]]:
    return ((kind, setting) for kind in kinds.values() for setting in kind.settings)


def _name(kind: Kind, setting: Setting) -> str:
    return f"{kind.name}-{setting.name}"

"""What is pressed and typed where answers are grouped into themes."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import LineField, TypedField, random_id
from .forms import RELOAD
from .theme_models import LONGEST
from .themes import Wanted

NO_NAME = _("Give the theme a name.")
NO_THEME = _("Choose a theme.")


class WantedForm(forms.Form):
    """Which answers are looked at. What is not understood is left out: it is only an address."""

    question = forms.UUIDField(required=False)
    words = TypedField(required=False)
    show = forms.RegexField("^(all|[0-9a-f-]{36})?$", required=False)
    like = forms.UUIDField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(**found)


class MarkForm(forms.Form):
    """What a page holds already."""

    mark = TypedField(required=False)

    @property
    def seen(self) -> str:
        return str(self.cleaned_data["mark"]) if self.is_valid() else ""


class AnswersField(forms.MultipleChoiceField):
    """Ids of answers that were ticked; whether there are such is for the service to say."""

    def validate(self, value: list[str]) -> None:
        self.to_ids(value)

    def clean(self, value: Any) -> list[uuid.UUID]:
        return self.to_ids(self.to_python(value))

    def to_ids(self, value: list[str]) -> list[uuid.UUID]:
        try:
            return [uuid.UUID(one) for one in value]
        except ValueError:
            raise forms.ValidationError(RELOAD) from None


class ThemeForm(forms.Form):
    """A press on a theme."""

    theme = forms.UUIDField(error_messages={"required": NO_THEME, "invalid": RELOAD})

    @property
    def wrong(self) -> str:
        """The first sentence about it."""
        return next(str(error) for errors in self.errors.values() for error in errors)

    @property
    def said(self) -> dict[str, Any]:
        """What the verb is given."""
        return dict(self.cleaned_data)


class PutForm(ThemeForm):
    """Answers into a theme; out of another one where they were dragged from it."""

    answer = AnswersField(required=False)
    out_of = forms.UUIDField(required=False)

    @property
    def said(self) -> dict[str, Any]:
        given = super().said
        return given | {"answers": given.pop("answer")}


class TakeOutForm(forms.Form):
    """Answers out of the theme that is looked at, `of`: beside its button stands a list of other themes."""

    of = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    answer = AnswersField(required=False)
    wrong = ThemeForm.wrong

    @property
    def said(self) -> dict[str, Any]:
        return {"theme": self.cleaned_data["of"], "answers": self.cleaned_data["answer"]}


class NamedForm(forms.Form):
    """A theme by a name. `number` was made with the form, so that sending it twice makes one theme."""

    name = LineField(limit=LONGEST, error_messages={"required": NO_NAME})
    number = TypedField(required=False)
    answer = AnswersField(required=False)
    wrong = ThemeForm.wrong

    def clean_number(self) -> uuid.UUID:
        return random_id(self.cleaned_data["number"])

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"theme": given["number"], "name": given["name"], "answers": given["answer"]}


class SplitForm(NamedForm):
    """Answers of the theme that is looked at, `of`, get one of their own."""

    of = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})

    @property
    def said(self) -> dict[str, Any]:
        given = super().said
        return given | {"theme": self.cleaned_data["of"], "new": given["theme"]}


class RenameForm(ThemeForm):
    name = LineField(limit=LONGEST, error_messages={"required": NO_NAME})
    expect = TypedField(required=False)


class MoveForm(ThemeForm):
    up = forms.TypedChoiceField(choices=[("1", "up"), ("0", "down")], coerce=lambda value: value == "1")


class NestForm(ThemeForm):
    under = forms.UUIDField(required=False)


class MergeForm(ThemeForm):
    into = forms.UUIDField(error_messages={"required": NO_THEME, "invalid": RELOAD})


class UndoForm(forms.Form):
    """`edit`: the press that stood on top."""

    edit = forms.IntegerField(min_value=1)
    wrong = ThemeForm.wrong

    @property
    def said(self) -> dict[str, Any]:
        return {"edit": self.cleaned_data["edit"]}

"""Who gets a personal link, as somebody types or pastes it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import TypedField
from .typed_people import LONGEST, Person, read_people


class PeopleForm(forms.Form):
    """Names or e-mail addresses, one on a line."""

    people = TypedField(
        label=gettext_lazy("Names or e-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type or paste at least one name or e-mail address.")},
    )

    def clean_people(self) -> list[Person]:
        people = read_people(self.cleaned_data["people"])
        if not people:
            raise forms.ValidationError(self.fields["people"].error_messages["required"])
        if too_long := [person.label for person in people if len(person.label) > LONGEST]:
            said = _("“%(start)s…” is longer than %(limit)s characters. Put one person on each line.")
            raise forms.ValidationError(said % {"start": too_long[0][:40], "limit": LONGEST})
        return people

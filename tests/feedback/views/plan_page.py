"""Somebody who prepares the questions of one item, and what stands on the page that comes back."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from agenda.models import Workshop
from feedback.models import Question

USUAL = {"showing": "press", "approval": "", "occasion": "live", "bundle": "alone", "minutes": ""}
NEW = {"text": "Why not?", "hint": "", "kind": "text", "hand": "talk", "mode": "unlinked"} | USUAL


@dataclass
class Plan:
    """The facilitator at the questions of one item, with htmx or without."""

    client: Client
    workshop: Workshop
    htmx: bool = False
    slot: str = "lunch"

    def path(self, *steps: object) -> str:
        return "/".join(["/w", self.workshop.pk, "plan/questions", self.slot, *map(str, steps), ""])

    def get(self, *steps: object) -> HttpResponse:
        return self.client.get(self.path(*steps), headers=self._headers())  # type: ignore[return-value]

    def post(self, *steps: object, **data: Any) -> HttpResponse:
        return self.client.post(self.path(*steps), data, headers=self._headers())  # type: ignore[return-value]

    def _headers(self) -> dict[str, str]:
        return {"HX-Request": "true"} if self.htmx else {}

    def of(self, key: str) -> Question:
        return Question.objects.get(workshop=self.workshop, key=key)

    def in_order(self) -> list[str]:
        return list(Question.objects.filter(workshop=self.workshop, slot__key=self.slot).values_list("key", flat=True))


def read(response: HttpResponse) -> str:
    """What a person reads, on one line."""
    page = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def fields(response: HttpResponse) -> dict[str, str]:
    """What the open form would send: its texts, ticks and hidden values."""
    html = response.content.decode()
    form = html[html.index('id="question-form-') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL))
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and (" checked" in tag or not re.search(r'type="(radio|checkbox)"', tag)):
            found[name[1]] = value[1] if value else "on" * ('type="checkbox"' in tag)
    return {name: unescape(text) for name, text in found.items() if name != "csrfmiddlewaretoken"}


def errors(response: HttpResponse) -> list[str]:
    """The sentences beside the fields."""
    html = response.content.decode()
    return [unescape(said) for said in re.findall(r'<p class="error">.*?</span> (.*?)</p>', html)]


def summary(response: HttpResponse) -> list[tuple[str, str]]:
    """The sentences at the top, each with the control it leads to; the control is there."""
    html = response.content.decode()
    box = html[html.index('<div class="errors"') :]
    box = box[: box.index("</ul>")]
    found = [(link, unescape(said)) for link, said in re.findall(r'<a href="#([^"]+)">(.*?)</a>', box)]
    assert all(f'id="{link}"' in html for link, _said in found)
    return found + [("", unescape(said)) for said in re.findall(r"<li>([^<]+)</li>", box)]

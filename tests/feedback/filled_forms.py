"""Forms of several questions as a browser without a script fills them in and sends them."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from agenda.models import Workshop
from feedback.models import Question

HIDDEN = re.compile(r'<input type="hidden" name="([0-9a-f]{32}\.\w+|who|sheet)" value="([^"]*)"')


def of(workshop: Workshop, key: str) -> Question:
    return Question.objects.get(workshop=workshop, key=key)


def field(workshop: Workshop, key: str, part: str = "") -> str:
    """The name of a field of a question's, as the page has it."""
    return f"{of(workshop, key).pk.hex}.value" + (f".{part}" if part else "")


def hidden(page: str) -> dict[str, str]:
    """What the page sends along by itself."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def send(client: Client, workshop: Workshop, path: str, **said: Any) -> HttpResponse:
    """Open the form, write what is said to the questions of these keys ("who" fields go by themselves), and send it."""
    address = f"/w/{workshop.pk}/{path}/"
    data = hidden(client.get(address).content.decode())
    for key, value in said.items():
        if isinstance(value, dict):
            data |= {field(workshop, key, part): one for part, one in value.items()}
        else:
            data[field(workshop, key) if "_" in key else key] = value
    return client.post(address, data)  # type: ignore[return-value]

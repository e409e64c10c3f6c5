"""The plan page as a browser without a script has it: its fields, and a press that sends all of them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.test import Client

Pairs = list[tuple[str, str]]


class _Fields(HTMLParser):
    """Gathers what a browser would send of the form called `plan`, without its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: Pairs = []
        self.inside = False
        self.select = self.area = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = held.get("id") == "plan"
        if not self.inside or "disabled" in held:
            return
        if tag == "input" and "name" in held and (held.get("type") != "checkbox" or "checked" in held):
            self.pairs.append((held["name"], held.get("value", "on")))
        elif tag == "select":
            self.select = held["name"]
            self.pairs.append((self.select, ""))
        elif tag == "option" and "selected" in held:
            self.pairs[-1] = (self.select, held["value"])
        elif tag == "textarea":
            self.area, self.text = held["name"], ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.pairs.append((self.area, self.text.removeprefix("\n").replace("\n", "\r\n")))
            self.area = ""
        if tag == "form":
            self.inside = False


@dataclass
class Sheet:
    """The page open in somebody's browser."""

    client: Client
    url: str
    pairs: Pairs = field(default_factory=list)
    text: str = ""
    status: int = 0

    def open(self) -> "Sheet":
        return self._show(self.client.get(self.url))

    def type(self, **typed: str | None) -> "Sheet":
        """Into fields; `__` in a name stands for the dash. None takes a tick away."""
        for name, text in typed.items():
            name = name.replace("__", "-")
            self.pairs = [pair for pair in self.pairs if pair[0] != name]
            if text is not None:
                self.pairs.append((name, text))
        return self

    def press(self, do: str) -> "Sheet":
        """A button of the page; what comes back takes its place."""
        return self._show(self.send(do, follow=True))

    def send(self, do: str, path: str = "", headers: dict[str, str] | None = None, *, follow: bool = False) -> Any:
        sent = urlencode([*self.pairs, ("do", do)], errors="surrogatepass")
        kind = "application/x-www-form-urlencoded"
        return self.client.post(self.url + path, sent, content_type=kind, follow=follow, headers=headers)

    def _show(self, response: Any) -> "Sheet":
        self.status, self.text = response.status_code, response.content.decode()
        fields = _Fields()
        fields.feed(self.text)
        self.pairs = fields.pairs
        return self

    @property
    def rows(self) -> list[str]:
        return [text for name, text in self.pairs if name == "row"]

    def value(self, name: str) -> str | None:
        return next((text for pair, text in self.pairs if pair == name), None)

    def said(self, key: str) -> str:
        """What stands beside a row."""
        return _plain(self.text, f"said-{key}", "</div>")

    @property
    def notice(self) -> str:
        return _plain(self.text, "plan-notice", "</div>")

    @property
    def times(self) -> list[str]:
        return [" ".join(found.split()) for found in re.findall(r'class="plan-start">([^<]*)<', self.text)]


def _plain(text: str, name: str, end: str) -> str:
    found = re.search(rf'id="{name}"[^>]*>(.*?){end}', text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) if found else ""

"""An answer as a page's script sends it, and what the script is told. Both doors for scripts speak this."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agenda.seat import Seat

from .forms import HandInForm
from .handing_in import Handed, Outcome, Receipt
from .kinds.base import Refused as NotAnAnswer
from .turned_back import NoTable, NotNow

MOST_BYTES = 16 * 1024
RETRY_SECONDS = 3


@dataclass(frozen=True)
class Reply:
    """`status` and a JSON object; whoever sends it marks it as ours."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


def too_long() -> Reply:
    return _says(413, _("This is too long to send. Your text is still here: shorten it and send it again."))


def too_slow() -> Reply:
    return _says(408, _("This took too long to arrive. Your text is still here: it is sent again."))


def body_of(request: HttpRequest) -> bytes:
    """What was sent, or as much of it as shows that it is more than an answer can be."""
    try:
        return request.body
    except RequestDataTooBig:
        return b" " * (MOST_BYTES + 1)


def is_script(request: HttpRequest) -> bool:
    return request.content_type == "application/json"


def json_of(request: HttpRequest) -> dict[str, Any]:
    """What a script sent; nothing, if it cannot be read."""
    try:
        data = json.loads(body_of(request)[:MOST_BYTES])
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def read(body: bytes, seat: Seat) -> Handed | Reply:
    """The answer, or the refusal of a body that cannot be one. What its kind says to the value comes later."""
    data = unpack(body)
    if isinstance(data, Reply):
        return data
    form = HandInForm(data)
    if not form.is_valid():
        return _says(422, wrong(form))
    return handed(form, seat, data.get("value"))


def unpack(body: bytes) -> dict[str, Any] | Reply:
    """A JSON object, or the refusal of anything else."""
    if len(body) > MOST_BYTES:
        return too_long()
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return data
    return _says(400, _("This could not be read. Your text is still here: send it again."))


def handed(form: HandInForm, seat: Seat, raw: object) -> Handed:
    """What a valid form says."""
    sent = form.cleaned_data
    named = {name: sent[name] for name in ("key", "edit", "table", "people")}
    return Handed(seat=seat, question_id=sent["question"], raw=raw, **named)


def wrong(form: HandInForm) -> str:
    """The first sentence about what came with the answer."""
    return next(str(error) for errors in form.errors.values() for error in errors)


def reply(handed: Handed, outcome: Outcome) -> Reply:
    """What became of it."""
    if isinstance(outcome, Receipt):
        return Reply(200, {"key": str(outcome.key), "edit": outcome.edit, "late": outcome.late})
    later = {"Retry-After": str(RETRY_SECONDS)} if isinstance(outcome, NotNow) else {}
    return Reply(status(outcome), {"key": str(handed.key), "message": str(outcome)}, later)


def status(refused: Exception) -> int:
    """Of a refusal."""
    if isinstance(refused, NotNow):
        return 503
    return 422 if isinstance(refused, NotAnAnswer | NoTable) else 409


def _says(status: int, message: str) -> Reply:
    return Reply(status, {"message": message})

"""What the terminal says once the server listens: where the desk, the screen and the phones come in."""

import io
from datetime import date, datetime

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from agenda.models import User, Workshop
from agenda.origins import is_our_host, network_ip
from agenda.sign_in import make_link
from masterclass.prepare import FACILITATOR

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared with, not listened on
BLACK_ON_WHITE = "\033[97;40m{}\033[0m"  # segno draws the light squares, whatever the terminal's own colours


def welcome(*, host: str, port: int, now: datetime, colour: bool) -> str:
    """All of it, as text for a terminal. Makes a new sign-in link."""
    screen = _("  Screen   %(address)s") % {"address": f"{own_address(port)}/screen/"}
    lines = ["", _("The masterclass is running. Ctrl-C stops it; what the room has said is kept."), ""]
    lines += [*_desk_lines(port, now), screen, *_phone_lines(room_address(host, port), now.date(), colour), ""]
    return "\n".join(lines)


def _desk_lines(port: int, now: datetime) -> list[str]:
    facilitator = User.objects.filter(username=FACILITATOR, is_active=True).first()
    if settings.HOSTED or not facilitator:  # a hosted server's output is a log, where no token may stand
        return [_("  Desk     python3 run.py link makes a sign-in link")]
    return [
        _("  Desk     %(address)s") % {"address": sign_in_address(user=facilitator, port=port, now=now)},
        _("           opens once, within ten minutes; python3 run.py link makes another"),
    ]


def _phone_lines(room: str | None, today: date, colour: bool) -> list[str]:
    workshop = workshop_to_show(today)
    code = [_("           join code %(code)s") % {"code": workshop.join_code}] if workshop else []
    if not room:
        return [_("  Phones   cannot reach this computer: connect it to the room's network and start again"), *code]
    lines = [_("  Phones   %(address)s") % {"address": f"{room}/"}, *code]
    return [*lines, "", qr_code(f"{room}/j/{workshop.join_token}/", colour=colour)] if workshop else lines


def sign_in_address(*, user: User, port: int, now: datetime) -> str:
    """A new sign-in link for `user`, to be opened on this computer (hosted: anywhere)."""
    return f"{own_address(port)}/in/{make_link(user=user, now=now)}"


def own_address(port: int) -> str:
    """Where this computer's own browser finds the server; no slash at the end."""
    return settings.PUBLIC_URL or f"http://localhost:{port}"


def room_address(host: str, port: int) -> str | None:
    """Where phones in the room find the server; no slash at the end, None if they cannot."""
    if settings.PUBLIC_URL:
        return settings.PUBLIC_URL
    ip = network_ip() if host in EVERYWHERE else host
    if ip is None or ip in {"localhost", "::1"} or ip.startswith("127."):
        return None
    place = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
    return f"http://{place}" if is_our_host(place) else None


def workshop_to_show(today: date) -> Workshop | None:
    """The day the terminal invites to: today's or the next, else the last one."""
    return Workshop.objects.filter(date__gte=today).order_by("date", "id").first() or Workshop.objects.first()


def qr_code(text: str, *, colour: bool) -> str:
    """`text` as a QR code of half-block characters."""
    drawing = io.StringIO()
    segno.make(text, micro=False).terminal(drawing, compact=True)
    rows = drawing.getvalue().splitlines()
    return "\n".join(BLACK_ON_WHITE.format(row) for row in rows) if colour else "\n".join(rows)

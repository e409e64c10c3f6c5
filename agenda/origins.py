"""Which addresses are ours, for requests and sockets alike. A pattern the laptop's address in the hall can follow."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from django.conf import settings

HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def is_our_host(host: str) -> bool:
    """A hosted installation answers to one name; a laptop to itself and to the private addresses of the hall."""
    found = HOST.fullmatch(host)
    if found is None:
        return False
    if settings.HOSTED:
        return host.lower() == urlsplit(settings.PUBLIC_URL).netloc.lower()
    name = found["name"].strip("[]").rstrip(".").lower()
    own = socket.gethostname().lower()
    if name in {"localhost", own, f"{own.split('.')[0]}.local"}:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address.is_link_local


def is_our_origin(origin: str, host: str) -> bool:
    """Exactly our own page: the public address, or the very host the request was sent to."""
    return origin == (settings.PUBLIC_URL or f"http://{host}")


def network_ip() -> str | None:
    """This computer's address on the network it would use to reach others; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation, belongs to nobody
        except OSError:
            return None
        return str(probe.getsockname()[0])


def room_address() -> str:
    """Where phones in the room find us; no slash at the end."""
    return settings.PUBLIC_URL or f"http://{network_ip() or 'localhost'}:{settings.PORT}"

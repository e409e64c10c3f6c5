"""A small mail server of our own: it takes mail, or behaves as mail servers do on a bad day."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from pytest_django import Settings


@dataclass
class PostOffice:
    """`unknown`: addresses it does not know; `busy`: it takes no mail just now."""

    port: int = 0
    unknown: set[str] = field(default_factory=set)
    busy: bool = False
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail, people in zip(self.mails, self.envelopes, strict=True) if people == [address]]


class _Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        office: PostOffice = self.server.office  # type: ignore[attr-defined]
        people: list[str] = []
        self.say("220 here")
        while line := self.rfile.readline().decode("ascii").rstrip("\r\n"):
            verb = line.upper()
            if verb.startswith("RCPT"):
                people.append(line.partition("<")[2].rpartition(">")[0])
                self.say("550 nobody of that name" if people[-1] in office.unknown else "250 known")
            elif verb.startswith("MAIL"):
                people = []
                self.say("451 come back later" if office.busy else "250 go on")
            elif verb == "DATA":
                self.say("354 go on")
                office.mails.append(message_from_bytes(self.text(), policy=policy.default))  # type: ignore[arg-type]
                office.envelopes.append(people)
                self.say("250 taken")
            elif verb == "QUIT":
                return self.say("221 good day")
            else:
                self.say("250 hello")
        return None

    def text(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        whole = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
        return whole.replace(b"\r\n", b"\n")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))


@contextmanager
def open_office(settings: Settings) -> Iterator[PostOffice]:
    """It is where the settings say that mail goes, and mail is offered."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clerk) as server:
        server.daemon_threads = True
        office = PostOffice(server.server_address[1])
        server.office = office  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_OFFERED = "127.0.0.1", office.port, True
        settings.PUBLIC_URL = ""
        yield office
        server.shutdown()

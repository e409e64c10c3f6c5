"""An e-mail saved as a file: its subject and its words. What is attached to it is not read."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from . import limits, plain_text, web_page
from .source import Source, Unreadable

HEADERS = re.compile(rb"(?:[\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}\r?\n")
ONLY_SENT = re.compile(
    rb"^(?:mime-version|received|message-id|delivered-to|return-path):", re.IGNORECASE | re.MULTILINE
)
HEAD = 50_000


def is_mail(data: bytes) -> bool:
    """Whether it begins with the headers that mail has when it has been sent; pasted words have others."""
    head = HEADERS.match(data[:HEAD])
    return bool(head and ONLY_SENT.search(head.group()))


def read(data: bytes) -> Source:
    """One page. Its tables are those of the page in it, where it holds one. Raises Unreadable."""
    if len(data) > limits.MOST_FILE_BYTES:
        raise Unreadable("It is too large. Open it, select the running order, copy it and paste it here.")
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    subject = " ".join(str(message["subject"] or "").split())
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    if page is not None and (text is None or "<table" in page.get_content().lower()):
        return web_page.read(page.get_content(), title=subject)
    if text is None:
        raise Unreadable("There are no words in this message. If the agenda is attached to it, save that and try it.")
    return plain_text.read(f"{subject}\n\n{text.get_content()}")

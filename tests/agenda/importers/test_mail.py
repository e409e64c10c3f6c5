from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.importers.mail import is_mail
from agenda.importers.opening import open_source
from agenda.importers.source import Unreadable

from .broken_files import small
from .outcomes import lines_or_sentence


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "joyce@example.org", "jenny@example.org", "Programme für Friday"
    mail["Message-ID"] = "<1@example.org>"
    return mail


def texts(mail: EmailMessage) -> list[str]:
    return [line.text for line in open_source("a.eml", mail.as_bytes()).lines()]


def test_the_subject_and_the_words_are_read() -> None:
    mail = message()
    mail.set_content("Dear all,\n\n1115 Talk – with Zoë\n1200 Lunch\n")
    assert texts(mail) == ["Programme für Friday", "Dear all,", "1115 Talk – with Zoë", "1200 Lunch"]


def test_a_table_is_read_as_one() -> None:
    mail = message()
    mail.set_content("1115\nTalk\n")
    mail.add_alternative("<p>Dear all</p><table><tr><td>1115</td><td>Talk</td></tr></table>", subtype="html")
    assert texts(mail) == ["Programme für Friday", "Dear all", "1115 | Talk"]


def test_what_is_attached_is_not_read() -> None:
    mail = message()
    mail.add_attachment(small("docx"), maintype="application", subtype="octet-stream", filename="a.docx")
    with pytest.raises(Unreadable, match="If the agenda is attached"):
        texts(mail)


def test_a_mail_that_was_pasted_is_a_text() -> None:
    pasted = b"From: Joyce\nTo: Jenny\nSubject: Programme\nDate: Friday\n\n1115 Talk"
    assert not is_mail(pasted)
    assert len(list(open_source("a.txt", pasted).lines())) == 5


@settings(max_examples=settings().max_examples // 4)
@given(
    st.text(max_size=40), st.sampled_from(["utf-8", "utf-7", "x-unknown", "base64", "cp037"]), st.binary(max_size=60)
)
def test_any_mail_is_lines_or_a_sentence(header: str, charset: str, body: bytes) -> None:
    head = f"Subject: {header}\nFrom: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
    head += f"Content-Transfer-Encoding: {charset}\n\n"
    lines_or_sentence(open_source, "a.eml", head.encode("utf-8", "replace") + body)

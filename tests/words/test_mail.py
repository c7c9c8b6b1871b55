"""E-mails as unsent drafts and mailto: addresses: complete, and with no header that the record put there."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest
from callplan.errors import UsageError
from callplan.words.letters.mail import LONGEST_MAILTO, Mail, eml, mail_text, mailto, read_mail
from callplan.words.letters.matter import DraftKind
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.words.examples import ANNA, HOSTILE, NORDLYS, NORDLYS_DA
from tests.words.letters import draft

HEADERS = {
    "x-unsent", "from", "to", "subject", "disposition-notification-to", "content-type", "content-transfer-encoding",
    "mime-version",
}  # fmt: skip


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_eml_opens_as_an_unsent_draft_with_everything_in_it() -> None:
    one = draft(application=NORDLYS_DA)
    message = parsed(eml(read_mail(mail_text(one)), ANNA))
    assert message["X-Unsent"] == "1"
    assert message["From"] == "Anna Dahl <anna@dahl.example>"
    assert message["To"] == "Mette Holm <mette.holm@nordlys.example>"
    assert message["Subject"] == one.subject
    assert message.get_content().replace("\r\n", "\n") == one.body
    for absent in ("Message-ID", "Date", "Bcc", "Disposition-Notification-To", "Return-Receipt-To"):
        assert absent not in message


def test_eml_is_ascii_in_short_lines_that_end_as_mail_wants() -> None:
    content = eml(read_mail(mail_text(draft(DraftKind.FOLLOW_UP, NORDLYS_DA))), ANNA)
    content.decode("ascii")
    lines = content.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line and len(line) <= 78 for line in lines)


@pytest.mark.advice("3.3.c2")
def test_receipt_is_asked_for_only_with_an_address_to_send_it_to() -> None:
    mail = Mail("Mette Holm", "mette@nordlys.example", "Hello", "Text")
    assert parsed(eml(mail, ANNA, receipt=True))["Disposition-Notification-To"] == "anna@dahl.example"
    assert "Disposition-Notification-To" not in parsed(eml(mail, replace(ANNA, email=None), receipt=True))


def test_eml_without_known_addresses_leaves_them_to_the_mail_program() -> None:
    message = parsed(eml(read_mail(mail_text(draft(to="Jonas Krag"))), replace(ANNA, email=None)))
    assert "To" not in message
    assert "From" not in message


def test_mailto_says_the_same_as_the_draft() -> None:
    one = draft(application=NORDLYS_DA)
    link = mailto(read_mail(mail_text(one)))
    parts = urlsplit(link)
    values = parse_qs(parts.query, strict_parsing=True)
    assert (parts.scheme, parts.path) == ("mailto", "mette.holm@nordlys.example")
    assert values["subject"] == [one.subject]
    assert values["body"][0].replace("\r\n", "\n") == one.body.rstrip("\n")
    assert "+" not in link.split("?", 1)[1]
    assert len(link) < LONGEST_MAILTO


def test_mailto_that_would_be_cut_off_is_refused_with_a_way_out() -> None:
    with pytest.raises(UsageError, match=r"\.eml"):
        mailto(Mail("", "a@b.example", "s", "ø" * 300))


@pytest.mark.parametrize("kind", [kind for kind in DraftKind if kind is not DraftKind.LETTER])
@pytest.mark.parametrize("record", [NORDLYS, NORDLYS_DA], ids=["en", "da"])
def test_text_file_reads_back_as_what_was_written(kind: DraftKind, record: object) -> None:
    one = draft(kind, record)  # type: ignore[arg-type]
    mail = read_mail(mail_text(one))
    assert (mail.name, mail.address, mail.subject, mail.body) == (one.person, one.email, one.subject, one.body)
    assert read_mail(mail_text(one).replace("\n", "\r\n")) == mail


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("To: a@b.example\nSubject: Hi\n\nText\n\nMore", Mail("", "a@b.example", "Hi", "Text\n\nMore\n")),
        ("Emne: Hej\n\nTekst", Mail("", "", "Hej", "Tekst\n")),
        ("Just text\n\nNo head", Mail("", "", "", "Just text\n\nNo head\n")),
        ("To: [GAP: nobody]\nSubject: x\n\nText", Mail("", "", "x", "Text\n")),
        ("", Mail("", "", "", "\n")),
    ],
)
def test_edited_text_is_read_as_far_as_it_goes(text: str, mail: Mail) -> None:
    assert read_mail(text) == mail


def check(name: str, address: str, subject: str, body: str) -> None:
    message = parsed(eml(Mail(name, address, subject, body), replace(ANNA, name=name), receipt=True))
    headers = [header.lower() for header, _ in message.items()]
    assert set(headers) <= HEADERS
    assert len(headers) == len(set(headers))
    assert message["X-Unsent"] == "1"
    assert not message.is_multipart()
    recipients = message["To"].addresses if "To" in message else ()
    assert all(one.addr_spec == address for one in recipients)
    assert len(recipients) <= 1


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_nothing_in_the_record_can_add_a_header_or_a_recipient(text: str) -> None:
    check(text, "mette@nordlys.example", text, text)
    check(text, text, text, text)
    link = mailto(Mail(text[:50], text[:50], text[:50], text[:50]))
    assert set(parse_qs(urlsplit(link).query)) <= {"subject", "body"}
    assert link.isascii()
    assert link.isprintable()
    assert "bcc=" not in mailto(Mail("", f"a@b.example?bcc={text[:9]}", "s", "b")).lower()


@settings(max_examples=60, deadline=None)
@given(*[st.text(st.characters(codec=None), max_size=40)] * 4)
def test_no_text_at_all_can_add_a_header(name: str, address: str, subject: str, body: str) -> None:
    check(name, address, subject, body)

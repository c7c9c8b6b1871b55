"""E-mails on the way to the user's own mail program: as an unsent draft (.eml) or as a mailto: address. None is sent.

An ``.eml`` with ``X-Unsent: 1`` opens as a draft in Thunderbird and Outlook; without Message-ID and Date, for those
come with the sending. Every header is one cleaned line, so nothing in the record can add another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from callplan.errors import UsageError
from callplan.message import message
from callplan.settings import MeSettings
from callplan.words.clean import clean, clean_lines, shorten
from callplan.words.letters.compose import Draft
from callplan.words.phrases import LANGUAGES, phrases

#: Longer addresses are cut off by some systems without a word (Windows 2,046; Gmail's handler 1,600 and more).
LONGEST_MAILTO = 1800

_LONGEST_HEADER = 150
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,60}")
_NAMED = re.compile(r"(?P<name>.*?)\s*<(?P<address>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail as it stands in a draft's text file. `address` is empty while it is missing."""

    name: str
    address: str
    subject: str
    body: str


def mail_text(draft: Draft) -> str:
    """An e-mail as text: whom to, subject, blank line, text. A letter and a short message are only their text."""
    if draft.channel != "email":
        return draft.body
    labels = phrases(draft.language).letters
    to = draft.email
    if _ADDRESS.fullmatch(to) and draft.person:
        to = f"{draft.person} <{to}>"
    return f"{labels['to']}: {to}\n{labels['subject']}: {draft.subject}\n\n{draft.body}"


def read_mail(text: str) -> Mail:
    """The e-mail in a text file, as the user may have edited it."""
    head, _, body = text.lstrip("\ufeff").replace("\r\n", "\n").partition("\n\n")
    labels = {phrases(one).letters[key]: key for one in LANGUAGES for key in ("to", "subject")}
    found: dict[str, str] = {}
    for line in head.split("\n"):
        label, colon, value = line.partition(":")
        key = labels.get(label.strip())
        if not colon or key is None:  # no head at all: all of it is text
            return Mail("", "", found.get("subject", ""), clean_lines(text) + "\n")
        found[key] = clean(value)
    named = _NAMED.fullmatch(found.get("to", ""))
    address = named["address"] if named else found.get("to", "")
    name = named["name"] if named else ""
    return Mail(
        name, address if _ADDRESS.fullmatch(address) else "", found.get("subject", ""), clean_lines(body) + "\n"
    )


def eml(mail: Mail, me: MeSettings, receipt: bool = False) -> bytes:
    """The e-mail as an unsent draft. `receipt` asks for a read receipt (RFC 8098), which needs the user's address."""
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    sender = _address(me.name or "", me.email or "")
    if sender is not None:
        draft["From"] = sender
    to = _address(mail.name, mail.address)
    if to is not None:
        draft["To"] = to
    draft["Subject"] = shorten(mail.subject, _LONGEST_HEADER)
    if receipt and sender is not None:
        draft["Disposition-Notification-To"] = sender.addr_spec
    draft.set_content(clean_lines(mail.body) + "\n", cte="quoted-printable")
    return draft.as_bytes()


def mailto(mail: Mail) -> str:
    """The e-mail as an address that opens in the mail program. Raises `UsageError` when it is too long for that."""
    body = quote(clean_lines(mail.body).replace("\n", "\r\n"), safe="")
    to = mail.address if _ADDRESS.fullmatch(mail.address) else ""
    text = f"mailto:{quote(to, safe='@')}?subject={quote(clean(mail.subject), safe='')}&body={body}"
    if len(text) >= LONGEST_MAILTO:
        raise UsageError(
            message(
                "As a mailto: address this e-mail is {count} characters; mail programs cut it off after "
                "{most}. Use --out FOLDER, which writes an .eml, or --quick.",
                count=len(text),
                most=LONGEST_MAILTO,
            )
        )
    return text


def _address(name: str, address: str) -> Address | None:
    if not _ADDRESS.fullmatch(address):
        return None
    return Address(display_name=shorten(name, _LONGEST_HEADER), addr_spec=address)

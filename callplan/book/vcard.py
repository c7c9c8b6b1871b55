"""A person of an application as a business card for the user's telephone (vCard 3.0, which all of them read)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callplan.book.types import Person

_LONGEST_LINE = 75  # octets, RFC 2425 5.8.1


def as_vcard(person: Person, company: str, position: str) -> str:
    """The card, CRLF line ends. Short, so that it fits a code to scan; the note says which job it was about."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", *_content(person, company, position), "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _content(person: Person, company: str, position: str) -> Iterator[str]:
    *given, family = person.name.split() or [""]
    first = person.given or " ".join(given)
    last = person.family or family
    yield f"N:{_text(last)};{_text(first)};;{_text(person.honorific or '')};"
    yield f"FN:{_text(person.name)}"
    yield f"ORG:{_text(company)}"
    if person.role:
        yield f"TITLE:{_text(person.role)}"
    if person.phone:
        yield f"TEL;TYPE=WORK,VOICE,PREF:{_dialled(person.phone)}"
    if person.email:
        yield f"EMAIL;TYPE=INTERNET,WORK:{_text(person.email)}"
    if person.timezone:
        yield f"TZ;VALUE=text:{_text(person.timezone)}"
    yield f"NOTE:{_text(position)}"


def _dialled(phone: str) -> str:
    """Digits only; an extension behind a comma, a pause of two seconds that Android and iOS both keep."""
    number, _, extension = phone.partition(" ext. ")
    digits = "+" + re.sub(r"\D", "", number)
    return f"{digits},{extension}" if extension else digits


def _text(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", " ".join(text.split()))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never inside a character."""
    pieces, piece, size = [], "", 0
    for sign in line:
        length = len(sign.encode())
        if size + length > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += length
    return "\r\n".join([*pieces, piece])

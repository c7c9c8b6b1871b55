"""Which of the guests the applicant is, where the settings do not say who "me" is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from callplan.book.capture.guests import address_of, is_thing, lines_of
from callplan.book.capture.meeting import Meeting
from callplan.book.capture.taken import Asked
from callplan.book.capture.who import (
    Applicant,
    domain_label,
    is_robot,
    is_shared,
    letters,
    looks_like_name,
    matches_domain,
    name_from_address,
    named,
    words,
)
from callplan.book.capture.wording import one_line, plain_text
from callplan.message import message

#: What a letter begins with, and the first name or title of whom it is to.
GREETING = re.compile(
    r"^(?:hi|hello|dear|hej|hei|kære|hallo|guten tag|sehr geehrte[r]?|liebe[r]?|bonjour|hola|ciao|beste|hoi|cześć)\s+"
    r"([^\W\d_]+)",
    re.IGNORECASE,
)


def applicant_of(meetings: Sequence[Meeting], questions: list[Asked]) -> Applicant:
    """The only guest, the one greeted or in the title, or the only one who is not of the sender's firm."""
    entries = [line for one in meetings for line in one.event.all("ORGANIZER", "ATTENDEE")]
    senders = {address_of(line) for line in entries if line.name == "ORGANIZER"}
    guests: dict[str, str] = {}
    for line in entries:
        address, written = address_of(line), line.parameter("CN")[:300]
        if line.name == "ORGANIZER" or not address or address in senders or is_thing(line):
            continue
        if not is_robot(written, address) and not is_shared(written, address):
            guests.setdefault(address, written)
    titles = [one_line(plain_text(one.event.text("SUMMARY")), 300) for one in meetings]
    names = {address: _name(address, written, titles) for address, written in guests.items()}
    if len(guests) == 1 and senders:
        return _known(*names.popitem())
    greeted = {letters(found[1]) for line in lines_of(meetings)[:5] if (found := GREETING.match(line.strip()))}
    for address, name in names.items():
        if name and (letters(name.split()[0]) in greeted or any(name in title for title in titles)):
            return _known(address, name)
    # The firm's own people share its domain, and who is not of the firm is asked to come.
    firms = {domain_label(address) for address in senders} - {None}
    if not firms:  # a recruiting system sent it: the firm is the one in the title
        firms = {
            domain_label(address)
            for address, name in names.items()
            if domain_label(address) not in (None, *words(name)) and any(matches_domain(one, address) for one in titles)
        }
    strangers = {address: name for address, name in names.items() if domain_label(address) not in firms}
    if firms and len(strangers) == 1:
        return _known(*strangers.popitem())
    if len(strangers) > 1:
        told = ", ".join(name or address for address, name in list(strangers.items())[:5])
        questions.append(
            Asked(
                "people", message("Which of {names} are you? Say it once and for all by email under [me].", names=told)
            )
        )
    return Applicant()


def _known(address: str, name: str) -> Applicant:
    return Applicant(name, address)


def _name(address: str, written: str, titles: Sequence[str]) -> str:
    """The guest's name: as written, else as the title has it ("Anna Dahl <> Mette Holm"), else out of the address."""
    full = named(written)
    if full:
        return full.name
    local = letters(address.partition("@")[0])
    for title in titles:
        for found in re.finditer(r"[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,2}", title):
            if looks_like_name(found.group()) and letters(found.group().split()[0]) in (local, local[:-1]):
                return found.group()
    return name_from_address(address) or ""

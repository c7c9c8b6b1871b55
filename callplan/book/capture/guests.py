"""Who is invited, and who of them interviews: from ORGANIZER, ATTENDEE and the words of the invitation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from callplan.book.capture.calendar_file import Component
from callplan.book.capture.content_lines import ContentLine
from callplan.book.capture.meeting import Meeting
from callplan.book.capture.message import people_in_text
from callplan.book.capture.taken import MOST_PEOPLE, Asked, TakenPerson
from callplan.book.capture.who import (
    Applicant,
    address_in,
    domain_label,
    is_robot,
    is_room,
    is_shared,
    letters,
    looks_like_name,
    matches_domain,
    name_from_address,
    named,
)
from callplan.book.capture.wording import first_line, message_lines, one_line, plain_text
from callplan.message import message


def people_of(
    meetings: Sequence[Meeting], me: Applicant, questions: list[Asked]
) -> tuple[tuple[TakenPerson, ...], str, list[str]]:
    """The people of all meetings; the sender's name when it is no person's; addresses that may say which firm it is."""
    found: dict[str, TakenPerson] = {}
    organisation = ""
    senders: list[str] = []
    others: list[str] = []
    nameless: list[tuple[str, str | None]] = []
    entries = [line for one in meetings for line in one.event.all("ORGANIZER")]
    entries += [line for one in meetings for line in one.event.all("ATTENDEE")]
    many = len(entries) > MOST_PEOPLE * (len(meetings) + 1)
    for line in entries:
        if many and line.name == "ATTENDEE":
            continue
        address, written = address_of(line), line.parameter("CN")[:300]
        if me.is_meant(written, address):
            continue
        sender = line.name == "ORGANIZER"
        if not _may_be_person(line, written, address):
            if sender:
                organisation = organisation or first_line(written)
            if address and not is_thing(line):
                (others if is_robot(written, address) else senders).append(address)
            continue
        if address:
            (senders.insert(0, address) if sender else senders.append(address))
        full = named(written)
        name = full.name if full else None
        if name is None:
            name = name_from_address(address)
            nameless.append((address, name))
        if name is None:
            continue
        person = TakenPerson(
            name=one_line(name, 120), email=address or None, role=full.role if full else None,
            honorific=full.honorific if full else None,
        )  # fmt: skip
        found.setdefault(address or letters(name), person)
    lines = lines_of(meetings)
    for person in people_in_text(lines, me):
        if not person.email and any(matches_domain(person.name, one) for one in (*senders, *others)):
            continue  # "You will meet Bramble House"
        _add_from_text(person, found)
        senders.append(person.email or "")
    found = {key: person for key, person in found.items() if not me.is_meant(person.name, person.email or "")}
    if many or len(found) > MOST_PEOPLE:
        kept = dict(list(found.items())[:1])
        found = kept if many else dict(list(found.items())[:MOST_PEOPLE])
        questions.append(
            Asked(
                "people",
                message(
                    "{count:,} people are invited. Only who sends the invitation is taken; who will interview you?",
                    count=len(entries),
                ),
            )
        )
    told_elsewhere = "\n".join((*lines, *(one.event.text("SUMMARY") for one in meetings)))
    nameless = [(address, guess) for address, guess in nameless if not guess or guess not in told_elsewhere]
    for address, guess in nameless[:5]:
        told = message(' "{guess}" is made of the address.', guess=guess) if guess else ""
        questions.append(Asked("name", message("What is the name of {address}?{more}", address=address, more=told)))
    if not found and not nameless:
        questions.append(Asked("people", _who_interviews(meetings, organisation)))
    good = [address for address in dict.fromkeys((*senders, *others)) if address and domain_label(address)]
    return _unique(list(found.values())), organisation, good


def address_of(line: ContentLine) -> str:
    """The address of an ORGANIZER or ATTENDEE; empty when there is none."""
    mailto = line.value.lower().rpartition("mailto:")[2].strip(" '\"<>")
    return address_in(mailto) or address_in(line.parameter("EMAIL")) or address_in(line.parameter("X-EMAIL")) or ""


def is_thing(line: ContentLine) -> bool:
    """Whether the file itself says that it is a room, a thing or a list."""
    return line.parameter("CUTYPE").upper() in ("ROOM", "RESOURCE", "GROUP")


def _may_be_person(line: ContentLine, name: str, address: str) -> bool:
    if is_thing(line) or line.parameter("ROLE").upper() == "NON-PARTICIPANT":
        return False
    if line.parameter("PARTSTAT").upper() == "DECLINED" and line.name == "ATTENDEE":
        return False
    return not (is_robot(name, address) or is_room(name, address) or is_shared(name, address))


def _add_from_text(person: TakenPerson, found: dict[str, TakenPerson]) -> None:
    """Somebody named in the text: new, or one of the invited whose role it tells."""
    for key, known in found.items():
        if (person.email and known.email == person.email) or letters(known.name) == letters(person.name):
            found[key] = replace(known, role=known.role or person.role, email=known.email or person.email)
            return
    found[person.email or letters(person.name)] = person


def _unique(people: Sequence[TakenPerson]) -> tuple[TakenPerson, ...]:
    """The people, each name once: names tell people apart in an application's file."""
    seen: dict[str, TakenPerson] = {}
    for person in people:
        seen.setdefault(letters(person.name) or person.name.casefold(), person)
    return tuple(seen.values())


def _who_interviews(meetings: Sequence[Meeting], sender: str) -> str:
    if looks_like_name(sender):
        return message("Who will interview you? {sender} sent the invitation.", sender=sender)
    text = " ".join(lines_of(meetings)[:5])
    inviting = re.search(
        r"((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+) (?:is inviting|invites|has invited|inviterer|lädt)", text
    )
    if inviting and looks_like_name(inviting[1]):
        return message("Who will interview you? {sender} sent the invitation.", sender=inviting[1])
    return message("Who will interview you? The invitation names nobody.")


def lines_of(meetings: Sequence[Meeting]) -> list[str]:
    """What the sender wrote, of all meetings."""
    lines: list[str] = []
    for one in meetings:
        text = plain_text(one.event.text("DESCRIPTION")) or alternative(one.event)
        lines += [*message_lines(text), *(line.text for line in one.event.all("CONTACT"))]
    return lines[:400]


def alternative(event: Component) -> str:
    return plain_text(event.text("X-ALT-DESC"))

"""An invitation as mailers send it -> when, where, with whom, for what. What it leaves open becomes a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, timedelta

from callplan.book.capture.applicant import applicant_of
from callplan.book.capture.calendar_file import Component, read_calendar
from callplan.book.capture.clocks import at_home
from callplan.book.capture.guests import address_of, alternative, lines_of, people_of
from callplan.book.capture.links import host_of_firm, meeting_link, place_of
from callplan.book.capture.meeting import Meeting, Time, meeting, sequence, shown_in
from callplan.book.capture.message import with_roles
from callplan.book.capture.taken import Asked, Taken, TakenPerson, TakenRound, UnusableError
from callplan.book.capture.titles import read_titles
from callplan.book.capture.who import Applicant, domain_label, is_robot
from callplan.book.capture.wording import one_line, plain_text
from callplan.message import counted_message, message

_LONGEST_INTERVIEW = timedelta(hours=14)
_CODES = "dk de se no fi fr es it nl be at ch pl pt ie cz hu is ee lv lt gr ro bg hr si sk lu"
_TLDS = frozenset(_CODES.split())


def read_invitation(data: bytes, me: Applicant) -> Taken:
    """All that the invitation gives. Raises `UnusableError` when nothing can be taken from it."""
    calendar = read_calendar(data)
    events = _current(calendar.events)
    cancelled = calendar.method == "CANCEL" or all(
        event.text("STATUS").strip().upper() == "CANCELLED" for event in events
    )
    if calendar.method not in ("", "REQUEST", "PUBLISH", "CANCEL", "ADD"):
        raise UnusableError(
            message(
                "it is a {method}, an answer between calendar programs, and no invitation.", method=calendar.method[:20]
            )
        )
    if not cancelled:
        events = [event for event in events if event.text("STATUS").strip().upper() != "CANCELLED"]
    meetings = sorted((meeting(event, calendar) for event in events), key=lambda one: one.order)
    questions: list[Asked] = []
    if not me.name and not me.email:
        me = applicant_of(meetings, questions)
    people, organisation, addresses = people_of(meetings, me, questions)
    lines = lines_of(meetings)
    _one_firm(meetings, addresses)
    place = next((found for one in meetings if (found := place_of(one.event))), None)
    hosts = [f"meeting@{host}.example" for one in meetings if (host := host_of_firm(_link(one)))]
    titled = read_titles(
        [plain_text(one.event.text("SUMMARY")) for one in meetings], lines, place or "",
        [person.name for person in people], (*addresses, *hosts), organisation, me,
    )  # fmt: skip
    people = with_roles(people, lines, titled.company)
    country = _country(addresses) or _region(meetings)
    rounds, name = _rounds(meetings, country, people, questions)
    if titled.company is None or not titled.sure:
        guess = (
            message(" The mail comes from {domain}.", domain=domain_label(addresses[0]) or "")
            if addresses and titled.company
            else ""
        )
        other = message(' The title says "{title}".', title=titled.other) if titled.other and titled.company else ""
        questions.append(Asked("company", message("Which company is it?{mail}{title}", mail=guess, title=other)))
    if titled.position is None:
        questions.append(Asked("position", message("Which position is it about? The invitation does not say.")))
    if any(one.event.all("RRULE", "RDATE") for one in meetings) and not cancelled:
        questions.append(
            Asked(
                "recurrence",
                message("The invitation repeats, which no interview does. Only the first time is taken. Right?"),
            )
        )
    return Taken(
        company=titled.company,
        position=titled.position,
        rounds=rounds,
        people=people,
        questions=tuple(questions),
        timezone=name,
        country=country,
        language=_language(meetings),
        cancelled=cancelled,
    )


def _current(events: Sequence[Component]) -> list[Component]:
    """One event a UID: the latest, and of a series its beginning."""
    latest: dict[str, Component] = {}
    for number, event in enumerate(events):
        uid = event.text("UID").strip() or f"event {number}"
        known = latest.get(uid)
        if known is None or (
            (not event.first("RECURRENCE-ID"), sequence(event)) > (not known.first("RECURRENCE-ID"), sequence(known))
        ):
            latest[uid] = event
    return list(latest.values())


def _rounds(
    meetings: Sequence[Meeting], country: str | None, people: Sequence[TakenPerson], questions: list[Asked]
) -> tuple[tuple[TakenRound, ...], str | None]:
    """The interviews, those of one day as one; and the name of the zone they are in, where the file names it."""
    days: dict[str, list[Meeting]] = {}
    for one in meetings:
        days.setdefault(one.start.written[:10], []).append(one)
    rounds = []
    zones = set()
    for ones in days.values():
        start, end = ones[0].start, _last_end(ones)
        if start.clock:
            clock = at_home(start.clock, country, int(start.written[:4]))
            zones.add(clock.name)
            start = shown_in(start, clock)
            end = shown_in(end, clock) if end else None
        _ask_for_time(start, end, questions)
        rounds.append(
            TakenRound(
                start=start.written,
                end=end.written if end else None,
                place=next((place for one in ones if (place := place_of(one.event))), None),
                link=next((link for one in ones if (link := _link(one))), None),
                uids=tuple(uid for one in ones if (uid := one_line(one.event.text("UID"), 400))),
                sequence=max(sequence(one.event) for one in ones),
                panel=tuple(person.name for person in people),
            )
        )
    if len(meetings) > len(rounds):
        parts = counted_message(
            "{meetings} meetings on {count} day",
            "{meetings} meetings on {count} days",
            len(rounds),
            meetings=len(meetings),
        )
        questions.append(
            Asked(
                "rounds",
                message("The invitation is of {parts}; those of one day are taken as one interview.", parts=parts),
            )
        )
    zones -= {None, "UTC"}
    return tuple(rounds), zones.pop() if len(zones) == 1 else None


def _link(one: Meeting) -> str | None:
    return meeting_link(one.event, plain_text(one.event.text("DESCRIPTION"))) or meeting_link(
        one.event, alternative(one.event)
    )


def _last_end(meetings: Sequence[Meeting]) -> Time | None:
    ends = [one.end for one in meetings if one.end]
    return max(
        ends, key=lambda end: end.moment.astimezone(UTC).isoformat() if end.moment else end.written, default=None
    )


def _ask_for_time(start: Time, end: Time | None, questions: list[Asked]) -> None:
    if start.local is None:
        questions.append(
            Asked("time", message("The invitation is for the whole of {day}. At what time is it?", day=start.written))
        )
    elif start.moment is None:
        questions.append(
            Asked(
                "timezone",
                message(
                    "{doubt} {time} is meant. Which one is it?",
                    doubt=start.doubt,
                    time=start.written.replace("T", " ")[:16],
                ),
            )
        )
    elif end and end.moment and end.moment - start.moment > _LONGEST_INTERVIEW:
        questions.append(
            Asked("time", message("The invitation lasts longer than a day's work. When is the interview?"))
        )


def _one_firm(meetings: Sequence[Meeting], addresses: Sequence[str]) -> None:
    """Refuse a file of several firms' invitations: they would become one application."""
    senders = {
        label
        for one in meetings
        for line in one.event.all("ORGANIZER")
        if (label := domain_label(address_of(line))) and not is_robot("", address_of(line))
    }
    if len(senders) > 1:
        raise UnusableError(
            message(
                "it holds invitations of several firms ({firms}). Save each by itself.",
                firms=", ".join(sorted(senders)[:4]),
            )
        )


def _country(addresses: Sequence[str]) -> str | None:
    """The country of the firm's mail domain, for telling zones of one clock apart; never for more than that."""
    codes = {address.rpartition(".")[2] for address in addresses}
    return codes.pop().upper() if len(codes) == 1 and codes <= _TLDS else None


def _region(meetings: Sequence[Meeting]) -> str | None:
    """The country that Outlook's language tag ends in, for the same: da-DK."""
    tag = _language(meetings) or ""
    return tag[3:].upper() if len(tag) == 5 else None


def _language(meetings: Sequence[Meeting]) -> str | None:
    """The language that Outlook says the text is in."""
    for name in ("DESCRIPTION", "SUMMARY"):
        for one in meetings:
            line = one.event.first(name)
            tag = line.parameter("LANGUAGE") if line else ""
            if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2})?", tag):
                return tag
    return None

"""An invitation as mailers send it -> when, where, with whom, for what. What it leaves open becomes a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from callplan.book.capture.calendar_file import Calendar, Component, read_calendar
from callplan.book.capture.clocks import Clock, at_home, clock_of
from callplan.book.capture.content_lines import ContentLine
from callplan.book.capture.links import meeting_link, place_of
from callplan.book.capture.message import people_in_text, with_roles
from callplan.book.capture.taken import MOST_PEOPLE, Asked, Taken, TakenPerson, TakenRound, UnusableError
from callplan.book.capture.titles import read_titles
from callplan.book.capture.who import (
    Applicant,
    address_in,
    domain_label,
    is_robot,
    is_room,
    is_shared,
    letters,
    looks_like_name,
    name_from_address,
    named,
)
from callplan.book.capture.wording import first_line, message_lines, one_line, plain_text
from callplan.book.local_time import YEARS, in_zone, later

_DATE_TIME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$")
_DURATION = re.compile(r"\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?")
_GREETING = re.compile(r"^(?:hi|hello|dear|hej|kære|hallo|guten tag|liebe[r]?|bonjour|hola|ciao|beste)\s+([^\W\d_]+)", re.IGNORECASE)
_LONGEST_INTERVIEW = timedelta(hours=14)
_TLDS = frozenset("dk de se no fi fr es it nl be at ch pl pt ie cz hu is ee lv lt gr ro bg hr si sk lu".split())


@dataclass(frozen=True, slots=True)
class _Time:
    """A time of the file. `moment` is aware, `local` as written; a date alone has neither a moment nor an hour."""

    written: str
    moment: datetime | None
    local: datetime | None
    clock: Clock | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One event, read. `order` sorts."""

    event: Component
    start: _Time
    end: _Time | None
    order: str


def read_invitation(data: bytes, me: Applicant) -> Taken:
    """All that the invitation gives. Raises `UnusableError` when nothing can be taken from it."""
    calendar = read_calendar(data)
    events = _current(calendar.events)
    cancelled = calendar.method == "CANCEL" or all(
        event.text("STATUS").strip().upper() == "CANCELLED" for event in events
    )
    if calendar.method not in ("", "REQUEST", "PUBLISH", "CANCEL", "ADD"):
        raise UnusableError(f"it is a {calendar.method[:20]}, an answer between calendar programs, and no invitation.")
    if not cancelled:
        events = [event for event in events if event.text("STATUS").strip().upper() != "CANCELLED"]
    meetings = sorted((_meeting(event, calendar) for event in events), key=lambda one: one.order)
    questions: list[Asked] = []
    people, organisation, addresses = _people(meetings, me, questions)
    lines = _lines(meetings)
    _one_firm(meetings, addresses)
    place = next((found for one in meetings if (found := place_of(one.event))), None)
    titled = read_titles(
        [plain_text(one.event.text("SUMMARY")) for one in meetings], lines, place or "",
        [person.name for person in people], addresses, organisation, me,
    )  # fmt: skip
    people = with_roles(people, lines, titled.company)
    country = _country(addresses)
    rounds, name = _rounds(meetings, country, people, questions)
    if titled.company is None or not titled.sure:
        guess = f" The mail comes from {domain_label(addresses[0])}." if addresses and titled.company else ""
        questions.append(Asked("company", f"Which company is it?{guess}"))
    if titled.position is None:
        questions.append(Asked("position", "Which position is it about? The invitation does not say."))
    if any(one.event.all("RRULE", "RDATE") for one in meetings) and not cancelled:
        questions.append(
            Asked("recurrence", "The invitation repeats, which no interview does. Only the first time is taken. Right?")
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
            (not event.first("RECURRENCE-ID"), _sequence(event)) > (not known.first("RECURRENCE-ID"), _sequence(known))
        ):
            latest[uid] = event
    return list(latest.values())


def _sequence(event: Component) -> int:
    text = event.text("SEQUENCE").strip()
    return min(int(text), 2**31 - 1) if re.fullmatch(r"\d{1,10}", text) else 0


def _meeting(event: Component, calendar: Calendar) -> _Meeting:
    line = event.first("DTSTART")
    if line is None:
        raise UnusableError("the event has no start.")
    start = _time(line, event, calendar)
    end_line, duration = event.first("DTEND"), event.first("DURATION")
    end = _time(end_line, event, calendar) if end_line else None
    if end is None and duration and start.local:
        length = _length(duration.text.strip())
        end = _moved(start, length) if length else None
    if end and (end.local is None) != (start.local is None):
        end = None
    _check_order(start, end)
    if end and (end.written == start.written or (end.moment and end.moment == start.moment)):
        end = None
    if _is_all_day(event, start, end):
        start, end = _Time(start.written[:10], None, None), None
    order = (start.moment.astimezone(UTC).isoformat() if start.moment else start.written)[:19]
    return _Meeting(event, start, end, order)


def _time(line: ContentLine, event: Component, calendar: Calendar) -> _Time:
    """A DTSTART or DTEND. Raises `UnusableError` for what is no date."""
    # A TZID with a colon that is not in quotes pushes its second half into the value.
    tail = re.search(r"(?:^|:)((?:\d{8}|\d{4}-\d{2}-\d{2})(?:[T ].*)?)$", line.value.strip())
    found = _DATE_TIME.match(tail[1]) if tail else None
    if tail is None or found is None:
        raise UnusableError(f'its time "{one_line(line.value, 30)}" is no date.')
    try:
        written = datetime(*(int(part or 0) for part in found.groups()[:6]))  # type: ignore[arg-type]
    except ValueError:
        raise UnusableError(f'its time "{one_line(line.value, 30)}" does not exist.') from None
    if written.year not in YEARS:
        raise UnusableError(f"it is of the year {written.year}.")
    if found[4] is None:
        return _Time(written.date().isoformat(), None, None)
    if found[7] == "Z":
        return _Time(f"{written.isoformat()}+00:00", written.replace(tzinfo=UTC), written, Clock(UTC))
    if found[7]:
        offset = datetime.strptime(found[7].replace(":", ""), "%z").tzinfo
        return _Time(written.replace(tzinfo=offset).isoformat(), written.replace(tzinfo=offset), written, None)
    tzid = line.parameter("TZID")
    prefix = line.value.strip()[: -len(tail[1])].rstrip(":")
    if tzid and prefix:
        tzid = f"{tzid}:{prefix}"
    if not tzid and event.first("TZID"):
        tzid = event.text("TZID").strip()  # Zoom names the zone of a local time in a line of its own
    if not tzid:
        return _Time(written.isoformat(), None, written, doubt="The invitation does not say in which time zone")
    clock = clock_of(tzid, calendar.zones.get(tzid), written)
    if clock is None:
        doubt = f'"{one_line(tzid, 60)}" is no time zone that is known for certain, in which'
        return _Time(written.isoformat(), None, written, doubt=doubt)
    try:
        moment = in_zone(written, clock.zone)  # type: ignore[arg-type]
    except (ValueError, AttributeError):
        return _Time(written.isoformat(), None, written, doubt="Clocks go forward over that time, so it is not clear in which time zone")
    return _Time(moment.isoformat(), moment, written, clock)


def _length(text: str) -> timedelta | None:
    found = _DURATION.fullmatch(text.upper())
    if not found:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _moved(start: _Time, length: timedelta) -> _Time | None:
    if start.local is None:
        return None
    local = start.local + length
    if local.year not in YEARS:
        return None
    moment = later(start.moment, length) if start.moment else None
    return _Time(moment.isoformat() if moment else local.isoformat(), moment, local, start.clock, start.doubt)


def _check_order(start: _Time, end: _Time | None) -> None:
    if end is None:
        return
    wrong = end.moment < start.moment if end.moment and start.moment else end.written < start.written
    if wrong:
        raise UnusableError(
            f"it ends ({end.written[:16].replace('T', ' ')}) before it begins ({start.written[:16].replace('T', ' ')}). "
            "Ask them for the right times."
        )


def _is_all_day(event: Component, start: _Time, end: _Time | None) -> bool:
    """A day and no hour: as a date, or from midnight to midnight, as Outlook writes it."""
    if start.local is None:
        return True
    midnight = start.local.hour == start.local.minute == 0
    told = event.text("X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
    whole = end is not None and end.local is not None and (end.local - start.local) % timedelta(days=1) == timedelta(0)
    return midnight and (told or whole)


def _rounds(
    meetings: Sequence[_Meeting], country: str | None, people: Sequence[TakenPerson], questions: list[Asked]
) -> tuple[tuple[TakenRound, ...], str | None]:
    """The interviews, those of one day as one; and the name of the zone they are in, where the file names it."""
    days: dict[str, list[_Meeting]] = {}
    for one in meetings:
        days.setdefault(one.start.written[:10], []).append(one)
    rounds = []
    zones = set()
    for ones in days.values():
        start, end = ones[0].start, _last_end(ones)
        if start.clock:
            clock = at_home(start.clock, country, int(start.written[:4]))
            zones.add(clock.name if not clock.loose else None)
            zones.discard("UTC")
            start = _shown_in(start, clock)
            end = _shown_in(end, clock) if end else None
        _ask_for_time(start, end, questions)
        links = [link for one in ones if (link := meeting_link(one.event, plain_text(one.event.text("DESCRIPTION"))))]
        links += [link for one in ones if (link := meeting_link(one.event, _alternative(one.event)))]
        rounds.append(
            TakenRound(
                start=start.written,
                end=end.written if end else None,
                place=next((place for one in ones if (place := place_of(one.event))), None),
                link=links[0] if links else None,
                uids=tuple(uid for one in ones if (uid := one_line(one.event.text("UID"), 400))),
                sequence=max(_sequence(one.event) for one in ones),
                panel=tuple(person.name for person in people),
            )
        )
    if len(meetings) > len(rounds):
        parts = f"{len(meetings)} meetings on {len(rounds)} day{'s' if len(rounds) > 1 else ''}"
        questions.append(Asked("rounds", f"The invitation is of {parts}; those of one day are taken as one interview."))
    return tuple(rounds), zones.pop() if len(zones) == 1 else None


def _last_end(meetings: Sequence[_Meeting]) -> _Time | None:
    ends = [one.end for one in meetings if one.end]
    return max(ends, key=lambda end: end.moment.astimezone(UTC).isoformat() if end.moment else end.written, default=None)


def _shown_in(time: _Time, clock: Clock) -> _Time:
    """The same moment, on the clock of the workplace where that is known."""
    if time.moment is None or clock.name is None:
        return time
    moment = time.moment.astimezone(clock.zone)
    return replace(time, written=moment.isoformat(), moment=moment)


def _ask_for_time(start: _Time, end: _Time | None, questions: list[Asked]) -> None:
    if start.local is None:
        questions.append(Asked("time", f"The invitation is for the whole of {start.written}. At what time is it?"))
    elif start.moment is None:
        questions.append(
            Asked("timezone", f"{start.doubt} {start.written.replace('T', ' ')[:16]} is meant. Which one is it?")
        )
    elif end and end.moment and end.moment - start.moment > _LONGEST_INTERVIEW:
        questions.append(Asked("time", "The invitation lasts longer than a day's work. When is the interview?"))


def _people(
    meetings: Sequence[_Meeting], me: Applicant, questions: list[Asked]
) -> tuple[tuple[TakenPerson, ...], str, list[str]]:
    """The people of all meetings; the sender's name when it is no person's; addresses that may say which firm it is."""
    found: dict[str, TakenPerson] = {}
    organisation, senders, others, nameless = "", [], [], []
    entries = [line for one in meetings for line in one.event.all("ORGANIZER")]
    entries += [line for one in meetings for line in one.event.all("ATTENDEE")]
    many = len(entries) > MOST_PEOPLE * (len(meetings) + 1)
    applicant = _unnamed_applicant(entries, meetings) if not me.email and not me.name else None
    for line in entries:
        if many and line.name == "ATTENDEE":
            continue
        address, written = _address(line), line.parameter("CN")
        is_me = me.is_meant(written, address) or (applicant is not None and address == applicant)
        if is_me:
            continue
        sender = line.name == "ORGANIZER"
        if not _may_be_person(line, written, address):
            if sender:
                organisation = organisation or first_line(written)
            if address and not _is_thing(line):
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
    for person in people_in_text(_lines(meetings), me):
        _add_from_text(person, found)
        senders.append(person.email or "")
    found = {key: person for key, person in found.items() if not me.is_meant(person.name, person.email or "")}
    if many or len(found) > MOST_PEOPLE:
        kept = dict(list(found.items())[:1])
        found = kept if many else dict(list(found.items())[:MOST_PEOPLE])
        questions.append(
            Asked("people", f"{len(entries):,} people are invited. Only who sends the invitation is taken; who will interview you?")
        )
    for address, guess in nameless[:5]:
        told = f' "{guess}" is made of the address.' if guess else ""
        questions.append(Asked("name", f"What is the name of {address}?{told}"))
    if not found and not nameless:
        questions.append(Asked("people", _who_interviews(meetings)))
    good = [address for address in dict.fromkeys((*senders, *others)) if address and domain_label(address)]
    return _unique(list(found.values())), organisation, good


def _address(line: ContentLine) -> str:
    mailto = line.value.lower().rpartition("mailto:")[2]
    return address_in(mailto) or address_in(line.parameter("EMAIL")) or address_in(line.parameter("X-EMAIL")) or ""


def _is_thing(line: ContentLine) -> bool:
    return line.parameter("CUTYPE").upper() in ("ROOM", "RESOURCE", "GROUP")


def _may_be_person(line: ContentLine, name: str, address: str) -> bool:
    if _is_thing(line) or line.parameter("ROLE").upper() == "NON-PARTICIPANT":
        return False
    if line.parameter("PARTSTAT").upper() == "DECLINED" and line.name == "ATTENDEE":
        return False
    return not (is_robot(name, address) or is_room(name, address) or is_shared(name, address))


def _unnamed_applicant(entries: Sequence[ContentLine], meetings: Sequence[_Meeting]) -> str | None:
    """The applicant's address where the settings hold none: the only guest, or the one greeted or named in the title."""
    guests = [line for line in entries if line.name == "ATTENDEE" and not _is_thing(line)]
    senders = {_address(line) for line in entries if line.name == "ORGANIZER"}
    guests = [line for line in guests if _address(line) and _address(line) not in senders]
    if len(guests) == 1 and senders:
        return _address(guests[0])
    greeted = {letters(found[1]) for line in _lines(meetings)[:5] if (found := _GREETING.match(line.strip()))}
    titles = " ".join(one.event.text("SUMMARY") for one in meetings)
    for line in guests:
        full = named(line.parameter("CN"))
        if full and (letters(full.name.split()[0]) in greeted or full.name in titles):
            return _address(line)
    return None


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


def _who_interviews(meetings: Sequence[_Meeting]) -> str:
    text = " ".join(_lines(meetings)[:5])
    inviting = re.search(r"((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+) (?:is inviting|invites|has invited|inviterer|lädt)", text)
    if inviting and looks_like_name(inviting[1]):
        return f"Who will interview you? {inviting[1]} sent the invitation."
    return "Who will interview you? The invitation names nobody."


def _lines(meetings: Sequence[_Meeting]) -> list[str]:
    """What the sender wrote, of all meetings."""
    lines: list[str] = []
    for one in meetings:
        text = plain_text(one.event.text("DESCRIPTION")) or _alternative(one.event)
        lines += message_lines(text)
    return lines[:400]


def _alternative(event: Component) -> str:
    return plain_text(event.text("X-ALT-DESC"))


def _one_firm(meetings: Sequence[_Meeting], addresses: Sequence[str]) -> None:
    """Refuse a file of several firms' invitations: they would become one application."""
    senders = {
        label
        for one in meetings
        for line in one.event.all("ORGANIZER")
        if (label := domain_label(_address(line))) and not is_robot("", _address(line))
    }
    if len(senders) > 1:
        raise UnusableError(f"it holds invitations of several firms ({', '.join(sorted(senders)[:4])}). Save each by itself.")


def _country(addresses: Sequence[str]) -> str | None:
    """The country of the firm's mail domain, for telling zones of one clock apart; never for more than that."""
    codes = {address.rpartition(".")[2] for address in addresses}
    return codes.pop().upper() if len(codes) == 1 and codes <= _TLDS else None


def _language(meetings: Sequence[_Meeting]) -> str | None:
    """The language that Outlook says the text is in."""
    for name in ("DESCRIPTION", "SUMMARY"):
        for one in meetings:
            line = one.event.first(name)
            tag = line.parameter("LANGUAGE") if line else ""
            if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2})?", tag):
                return tag
    return None

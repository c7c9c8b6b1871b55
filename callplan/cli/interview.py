"""From answers to an interview: whose clock its times are on, who is there, what is deduced and what is not known.

The caller's own zone is never taken for theirs: a call would then be planned for the middle of their night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from callplan.book.local_time import later, zones_of
from callplan.book.nearest import folded, nearest
from callplan.book.periods import parse_period
from callplan.book.types import ASSUMED_LENGTH, Decision, Period, Person, Round
from callplan.cli import when
from callplan.cli.answers import Answers, check_phone, check_zone
from callplan.cli.frame import Frame
from callplan.cli.language import told
from callplan.errors import UsageError
from callplan.places.numbers import region, zones

#: Zones that agree now and half a year later keep the same summer time.
_HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Interview:
    """What goes into the file, and what the user is told about it. `timezone` is theirs; None: not known."""

    company: str
    position: str
    timezone: str | None
    country: str | None
    people: tuple[Person, ...]
    round: Round
    notices: tuple[str, ...]


def interview(answers: Answers, frame: Frame) -> Interview:
    """The interview that the answers mean. Raises `UsageError`, `RecordError` (settings)."""
    notices: list[str] = []
    today = frame.now.astimezone(frame.zone).date()
    people = _people(answers)
    country = answers.country.upper() if answers.country else _country(people, notices)
    start, end = typed_times(answers, today)
    zone = check_zone(answers.timezone) or _zone(people, country, start.replace(tzinfo=start.tzinfo or UTC), notices)
    if zone is None:
        notices.append(_unknown_zone(start, frame, people))
    clock = ZoneInfo(zone) if zone else frame.zone
    begins = _on_their_clock(start, clock)
    contact, people = _contact(answers, people, notices)
    one = Round(
        start=begins,
        end=_on_their_clock(end, clock) if end else later(begins, ASSUMED_LENGTH),
        end_assumed=end is None,
        place=answers.place,
        link=answers.link,
        panel=tuple(name for name in answers.person if name),
        decision=Decision(
            by=when.read_date(answers.decision_by, start.date()) if answers.decision_by else None,
            within=_period(answers.decision_within),
            contact=contact,
            channel=answers.channel,
        ),
    )
    return Interview(answers.company or "", answers.position or "", zone, country, people, one, tuple(notices))


def _people(answers: Answers) -> tuple[Person, ...]:
    """The people, each with what was said of them. Raises `UsageError`."""
    people = []
    for index, name in enumerate(answers.person):
        role, email, phone = (
            values[index] if index < len(values) else "" for values in (answers.role, answers.email, answers.phone)
        )
        people.append(
            Person(
                name=name or answers.company or "",  # a number without a name is the firm's
                role=role or None,
                email=email or None,
                phone=check_phone(phone, answers.country) if phone else None,
            )
        )
    return tuple(people)


def _country(people: tuple[Person, ...], notices: list[str]) -> str | None:
    """The country of the telephone numbers, where they agree."""
    found = {code for person in people if person.phone and (code := region(person.phone))}
    if len(found) != 1:
        notices.append(
            told("Their country is not known, so their public holidays are not avoided: --country, or country = …")
        )
        return None
    (code,) = found
    notices.append(told("Country {code}, from the telephone number.").format(code=code))
    return code


def _zone(people: tuple[Person, ...], country: str | None, moment: datetime, notices: list[str]) -> str | None:
    """The zone of the first number or of the country, where all its candidates show the same time."""
    for person in people:
        if person.phone and (zone := _agreed(zones(person.phone), moment)):
            notices.append(told("Time zone {zone}, from {phone}.").format(zone=zone, phone=person.phone))
            return zone
    if country and (zone := _agreed(zones_of(country), moment)):
        notices.append(told("Time zone {zone}, from the country {country}.").format(zone=zone, country=country))
        return zone
    return None


def _agreed(candidates: tuple[str, ...], moment: datetime) -> str | None:
    """The first candidate, if all are at the same offset at that moment and half a year later."""
    offsets = {
        tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in (moment, later(moment, _HALF_A_YEAR)))
        for zone in candidates
    }
    return candidates[0] if len(offsets) == 1 else None


def typed_times(answers: Answers, today: date) -> tuple[datetime, datetime | None]:
    """Start and end as they were typed: naive unless an offset was. Raises `UsageError`."""
    start, end = when.read_time(answers.start or "", today, or_today=True)
    if answers.end:
        if end is not None:
            raise UsageError(told("The end is given twice: in --start and by --end."))
        end, surplus = when.read_time(answers.end, start.date(), or_today=True)
        if surplus is not None:
            raise UsageError(told('"{end}" is a span; --end is a single time.').format(end=answers.end))
        end = end if end.tzinfo or not start.tzinfo else end.replace(tzinfo=start.tzinfo)
        if (end.tzinfo is None) == (start.tzinfo is None) and end <= start:
            raise UsageError(
                told("The interview ends ({end}) before it begins ({start}).").format(
                    end=answers.end, start=answers.start
                )
            )
    return start, end


def _on_their_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """A typed time as a moment on their clock, so that the file shows what they would say."""
    return when.in_zone(moment, zone).astimezone(zone)


def _unknown_zone(start: datetime, frame: Frame, people: tuple[Person, ...]) -> str:
    whom = people[0].name if people else told("them")
    text = told(
        "The time zone of {whom} is not known, so no call can be planned yet: give --timezone, or timezone = …"
    ).format(whom=whom)
    if start.tzinfo is None:
        text += told(" The interview's time is taken as your own ({zone}).").format(zone=frame.zone.key)
    return text


def _contact(answers: Answers, people: tuple[Person, ...], notices: list[str]) -> tuple[str | None, tuple[Person, ...]]:
    """The person who will tell, added to the people when it is somebody else. Raises `UsageError` for a likely slip."""
    wanted = answers.contact
    if not wanted:
        return None, people
    names = [person.name for person in people]
    meant = [name for name in names if folded(wanted) in folded(name)]
    if len(meant) == 1:
        return meant[0], people
    if len(meant) > 1:
        raise UsageError(
            told('--contact "{name}" could be {names}.').format(name=wanted, names=told(" or ").join(meant))
        )
    near = nearest(wanted, names)
    if near:
        raise UsageError(
            told('--contact "{name}" is not among the people. Did you mean "{near}"?').format(name=wanted, near=near)
        )
    notices.append(told("{name} is added to the people, as the one who will tell you.").format(name=wanted))
    return wanted, (*people, Person(name=wanted))


def _period(text: str | None) -> Period | None:
    try:
        return parse_period(text) if text else None
    except ValueError as error:
        raise UsageError(*error.args) from None

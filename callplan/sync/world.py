"""Gathers what a plan is made against: the only place where the pure plan meets the disk and the calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from callplan.book.folder import Book
from callplan.book.types import Application, Period, Person, Round
from callplan.errors import RecordError
from callplan.message import joined, message
from callplan.places.profiles import profiles
from callplan.places.ringing import ringing
from callplan.places.workdays import workdays, workdays_key
from callplan.plan.step import StepKind, step_uid
from callplan.plan.whom import country_of
from callplan.plan.world import Busy, Me, Rules, Workdays, World
from callplan.settings import Settings
from callplan.sync.state_file import published_starts, times_by_hand
from callplan.where import NUMBERS, Places

#: Days of a unit of waiting, rounded up.
_DAYS = {"day": 1, "working day": 2, "week": 7, "month": 31}

#: Steps that take the user's time in a calendar.
_OPAQUE = (StepKind.INTERVIEW, StepKind.CALL, StepKind.SECOND_CALL)

#: Holidays and busy times are asked for this many years before and after the present one at most.
_YEARS_BACK, _YEARS_AHEAD = 1, 2

#: After this nobody is told any more that an interview stands at another time in the calendar.
_RESTS = timedelta(days=7)

_Part = tuple[str, str | None]  # a country and its subdivision


def gather(book: Book, settings: Settings, places: Places, now: datetime, *, dragged: bool = True) -> World:
    """The world for planning `book` at `now` (aware).

    Working days are those of the countries in the book, for the years its rounds can reach; busy times run from today
    to the last day a step can fall on. Nothing heavy is imported while the dates of holidays and the answers of busy
    calendars are kept in the state folder.

    Raises `RecordError` (a busy calendar that is a file, the state). A busy calendar on a server that does not answer
    raises nothing, nor does a subdivision that does not exist, so that one bad record hides no other: what was last
    known of the calendar counts, and the whole country, and `notes` has the sentence. It also has one for each
    interview that stands elsewhere in the calendar, unless `dragged` says that they are asked for otherwise.
    """
    published = published_starts(places)
    busy, busy_notes = _busy(book, settings, places, now, published)
    phones = {person.phone for one in book.applications for person in one.people if person.phone}
    numbers = ringing(phones, places.kept(NUMBERS))
    number_countries = {phone: country for phone in _lone(book.applications) if (country := numbers[phone][1])}
    return World(
        now=now,
        me=Me(settings.me.timezone, settings.me.country, settings.me.waking_hours),
        rules=settings.rules,
        calling_hours=settings.call_hours,
        workdays=_workdays(book, settings, places, now, number_countries),
        profiles=profiles(),
        number_zones={phone: zones for phone, (zones, _) in numbers.items()},
        number_countries=number_countries,
        busy=busy,
        published=published,
        notes=(*busy_notes, *(dragged_interviews(book.applications, times_by_hand(places), now) if dragged else ())),
    )


def notes(world: World) -> tuple[str, ...]:
    """What the user should know of the world: busy calendars not read, subdivisions that do not exist, and the like."""
    return (*world.notes, *sorted({known.note for known in world.workdays.values() if known.note}))


def _workdays(
    book: Book, settings: Settings, places: Places, now: datetime, number_countries: Mapping[str, str]
) -> dict[str, Workdays]:
    wanted: dict[_Part, set[int]] = {}
    named: dict[_Part, str] = {}
    last = now.year
    for application in book.applications:
        years = _years(application, settings.rules, now)
        last = max(last, *years)
        for part in _parts(application, number_countries):
            wanted.setdefault(part, set()).update(years)
            named.setdefault(part, application.name)
    if settings.me.country:
        wanted.setdefault((settings.me.country, None), set()).update(range(now.year, last + 1))
    known: dict[str, Workdays] = {}
    for (country, subdivision), all_years in wanted.items():
        key = workdays_key(country, subdivision)
        try:
            known[key] = workdays(country, subdivision, all_years, places.state)
        except RecordError as error:
            whole = workdays(country, None, all_years, places.state)
            place = _place(places.book / f"{named[country, subdivision]}.toml", "subdivision")
            note = joined("", (place, ": ", error.message))
            known[key] = Workdays(whole.weekend, whole.holidays, whole.half_days, note)
    return known


def _parts(application: Application, number_countries: Mapping[str, str]) -> Iterator[_Part]:
    """The countries whose working days an application needs: its own, and those of its people."""
    everybody: tuple[Person | None, ...] = (None, *application.people)
    for person in everybody:
        country, subdivision = country_of(person, application, number_countries)
        if country:
            yield country, subdivision


def _years(application: Application, rules: Rules, now: datetime) -> range:
    first = min((one.start for one in application.rounds), default=now)
    last = _last_day([application], rules, now)
    return range(min(max(first.year, now.year - _YEARS_BACK), now.year), last.year + 1)


def _last_day(applications: Iterable[Application], rules: Rules, now: datetime) -> datetime:
    """The latest that any step can fall on (UTC), but not beyond the years looked ahead."""
    limit = datetime(now.year + _YEARS_AHEAD, 12, 31, tzinfo=UTC)
    fixed = [now, *(moment for one in applications for moment in _moments(one))]
    last = max(moment.astimezone(UTC) for moment in fixed)
    return limit if last >= limit else min(last + _reach(rules), limit)


def _moments(application: Application) -> Iterator[datetime]:
    """Every time from which a step may be counted."""
    for one in application.rounds:
        yield one.end + _until_decision(one)
        if one.decision.by:
            yield datetime.combine(one.decision.by, time(), UTC)
    for entry in application.log:
        yield entry.at
        if entry.time:
            yield entry.time
        yield from (datetime.combine(day, time(), UTC) for day in (entry.until, entry.date) if day)


def _until_decision(one: Round) -> timedelta:
    within: Period | None = one.decision.within
    return timedelta(days=min(within.count * _DAYS.get(within.unit, 31), 1000)) if within else timedelta()


def _reach(rules: Rules) -> timedelta:
    """How long after the last fixed date the last step can fall: every wait of the plan, one after the other."""
    business = (
        rules.letter_after_days + rules.grace_days + rules.follow_up_after_days + rules.follow_up_within_days
        + rules.call_after_days + rules.call_within_days + rules.tries
    )  # fmt: skip
    calendar = rules.second_call_max_days + rules.reflect_after_days + rules.rejection_days
    return timedelta(days=2 * business + calendar + 14)


def _lone(applications: Iterable[Application]) -> set[str]:
    """The numbers of those of whom nothing else says where they work."""
    lone = [person for one in applications if one.country is None for person in one.people]
    return {person.phone for person in lone if person.phone and person.country is None}


def _busy(
    book: Book, settings: Settings, places: Places, now: datetime, published: Mapping[str, datetime]
) -> tuple[tuple[Busy, ...], tuple[str, ...]]:
    """When the user is busy, and what is not known of it."""
    if not settings.busy_calendars:
        return (), ()
    from callplan.sync.busy import busy_times, whole_days  # noqa: PLC0415 - only for those who have such calendars

    start, end = whole_days(now, _last_day(book.applications, settings.rules, now))
    found = busy_times(
        settings.busy_calendars,
        settings.me.timezone,
        start,
        end,
        ignored={*published, *_opaque(book.applications)},
        state=places.state,
        calendar=settings.calendar,
    )
    return found.busy, found.notes


def _opaque(applications: Iterable[Application]) -> Iterator[str]:
    """The UIDs of what the plan itself may have put into a calendar as busy time, here or on another machine."""
    for one in applications:
        for number in range(1, len(one.rounds) + 1):
            yield from (step_uid(one.id, number, kind) for kind in _OPAQUE)


def dragged_interviews(
    applications: Iterable[Application], by_hand: Mapping[str, tuple[str, str]], now: datetime
) -> Iterator[str]:
    """A sentence for each interview that the user moved in the calendar and the record has at its old time.

    `by_hand`: as `times_by_hand` gives it. Every step counts from what the record says. What was over a week ago is let
    rest.
    """
    for application in applications if by_hand else ():
        for number, one in enumerate(application.rounds, 1):
            theirs, ours = by_hand.get(step_uid(application.id, number, StepKind.INTERVIEW), ("", ""))
            if not theirs or not ours:
                continue
            from callplan.sync.content import parse_when  # noqa: PLC0415 - few have moved an interview

            start = parse_when(theirs)[0]
            # Another time in the record: it was put right since, and the next sync sees that.
            if parse_when(ours)[0] == one.start != start and max(start, one.start) > now - _RESTS:
                yield _moved_interview(application, number, start)


def _moved_interview(application: Application, number: int, start: datetime) -> str:
    """What to do about an interview that the calendar has at `start` and the record at another time."""
    one = application.rounds[number - 1]
    start = start.astimezone(one.start.tzinfo)
    return message(
        "{company}: your calendar has the interview at {start}, the record at {time}, and every step counts from "
        'there. If they moved it: callplan round {name} --change {number} --start "{typed}"',
        company=application.company,
        start=start,
        time=one.start,
        name=application.name,
        number=number,
        typed=f"{start:%Y-%m-%d %H:%M}",
    )


def _place(file: Path, key: str) -> str:
    """``nordlys.toml, line 7``; the file alone where the line is not to be found."""
    from callplan.book.locate import layout  # noqa: PLC0415 - only for a message

    try:
        line = layout(file.read_text(encoding="utf-8-sig")).line((key,))
    except (OSError, ValueError):
        line = None
    return message("{name}, line {line}", name=file.name, line=line) if line else file.name

"""Everything the plan is told about the world, as values: the time, the user, the countries, the diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from callplan.book.types import Hours

_WAKING = Hours(time(7), time(20))


@dataclass(frozen=True, slots=True)
class Rules:
    """Every number of the plan. The keys of ``[rules]`` in the settings."""

    max_calls: int = 2
    notes_after_minutes: int = 10
    notes_minutes: int = 20
    thank_you_after_minutes: int = 45
    thank_you_minutes: int = 20
    thank_you_hours: int = 48
    letter_after_days: int = 3  # business days
    grace_days: int = 2  # business days after the decision date
    follow_up_after_days: int = 10  # business days after the interview, no date known
    follow_up_within_days: int = 3  # business days
    call_after_days: int = 2  # business days after the follow-up
    call_within_days: int = 5  # business days
    second_call_min_days: int = 7
    second_call_target_days: int = 10
    second_call_max_days: int = 14
    tries_a_day: int = 2
    tries: int = 5
    reflect_after_days: int = 14
    answer_hours: int = 24
    rejection_after_hours: int = 4
    rejection_hours: int = 48
    rejection_days: int = 14


@dataclass(frozen=True, slots=True)
class Me:
    """The user, as far as the plan cares. `waking_hours`: never a call outside them, in `timezone`."""

    timezone: str = "UTC"
    country: str | None = None
    waking_hours: Hours = _WAKING


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days of one country or subdivision, for the years the plan can reach."""

    weekend: frozenset[int] = frozenset({5, 6})  # date.weekday()
    holidays: Mapping[date, str] = field(default_factory=dict)  # public holiday -> its name
    half_days: Mapping[date, str] = field(default_factory=dict)  # calls in the morning only
    note: str = ""  # what the user should know: that no holidays are known for this country


#: Where nothing is known about a country.
UNKNOWN_WORKDAYS = Workdays()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Weeks in which a country's offices are half empty: inclusive month-day pairs, every year."""

    first: tuple[int, int]  # (month, day)
    last: tuple[int, int]
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """When people of a country pick up the phone, in their own local time.

    `early` and `late` are the two halves of the day; `last_day_latest` bounds calls on the last day of the working
    week (Friday, in most countries); in `early_only` months nobody is there in the afternoon.
    """

    early: Hours
    late: Hours
    last_day_latest: time
    early_only: frozenset[int] = frozenset()  # months
    quiet: tuple[Quiet, ...] = ()


#: Where a country has no profile of its own (the article's "early in the morning or late in the afternoon").
DEFAULT_PROFILE = Profile(Hours(time(8, 30), time(10)), Hours(time(15, 30), time(16, 45)), time(11, 30))


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time the user is not free in, half-open, aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class World:
    """What a plan is made against. Built by `callplan.sync.world`; here only values.

    `workdays` is keyed by ``"DK"`` or ``"DE-BY"``; `profiles` by country; `number_zones` and `number_countries` by a
    person's phone number as in the record; `published` gives the start of each call that already stands in a calendar,
    by UID; `notes` are sentences on what could not be learnt of the world.
    """

    now: datetime
    me: Me = field(default_factory=Me)
    rules: Rules = field(default_factory=Rules)
    calling_hours: tuple[Hours, ...] = ()  # [calls] hours: replaces the country profiles
    workdays: Mapping[str, Workdays] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    number_zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    number_countries: Mapping[str, str] = field(default_factory=dict)
    busy: tuple[Busy, ...] = ()
    published: Mapping[str, datetime] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def workdays_of(self, country: str | None, subdivision: str | None = None) -> Workdays:
        """The working days of the subdivision, else of the country, else Monday to Friday."""
        for key in (f"{country}-{subdivision}", country or ""):
            if key in self.workdays:
                return self.workdays[key]
        return UNKNOWN_WORKDAYS

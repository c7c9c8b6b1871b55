"""Applications of every shape, for what must hold always."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from callplan.book import types
from callplan.book.types import (
    Application,
    Decision,
    Fit,
    Hours,
    LogEntry,
    Noted,
    Notes,
    Period,
    Person,
    Question,
    Round,
)
from hypothesis import strategies as st

ZONES = ("Europe/Copenhagen", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
PHONES = ("+45 32 12 34 56", "+1 212-555-0123", "+44 20 7946 0123 ext. 12")

_letters = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\u3164\uffa0")
words = st.text(alphabet=_letters, min_size=1, max_size=8)
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)
prose = st.lists(lines, min_size=1, max_size=3).map("\n\t".join)
maybe = st.none()
channels = st.sampled_from(types.CHANNELS)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(microsecond=0))

# Made once, here or in a cached function: a strategy made while drawing is checked and unfolded again at every draw.
few = st.integers(0, 3)
yes_or_no = st.booleans()
ids = st.uuids().filter(lambda one: one.int != 0)
maybe_words = maybe | words
maybe_line = maybe | lines
maybe_prose = maybe | prose
maybe_day = maybe | days
maybe_channel = maybe | channels
zones = st.sampled_from(ZONES)
maybe_zone = maybe | zones
maybe_phone = maybe | st.sampled_from(PHONES)
maybe_gender = maybe | st.sampled_from(types.GENDERS)
maybe_country = maybe | st.sampled_from(["DK", "US", "JP"])
maybe_address = maybe | st.text(string.ascii_letters, min_size=1, max_size=9).map("{}@firm.example".format)
maybe_link = maybe | st.just("https://meet.firm.example/a?b=c#d")
maybe_length = maybe | st.integers(1, 600)
maybe_sequence = maybe | st.integers(0, 2**31 - 1)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.builds(lambda moment, offset: moment.replace(tzinfo=offset), moments, offsets)
maybe_time = maybe | times
starts = st.lists(moments, max_size=2, unique=True)
invitations = st.lists(lines, max_size=2).map(tuple)
told_as = st.sampled_from(["by", "within", None])
days_ahead = st.integers(0, 90)
periods = st.builds(Period, st.integers(1, 12), st.sampled_from(["day", "working day", "week", "month"]))
reasons = st.lists(prose, max_size=2).map(tuple)
languages = maybe | st.sampled_from(["da", "en-GB", "zh-Hant-TW", "de-CH-1996"])
countries = maybe | st.sampled_from(["DK", "DE", "US"])
subdivisions = maybe | st.sampled_from(["BY", "84", "WA"])
kinds = maybe | st.sampled_from(types.KINDS)


def _stretch(minutes: list[int]) -> Hours:
    first, last = sorted(minutes)
    return Hours(time(*divmod(first, 60)), time(*divmod(last, 60)))


stretches = st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True).map(_stretch)
best_hours = st.lists(stretches, max_size=2).map(tuple)


@cache
def somebody_of(names: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return maybe | st.sampled_from(names) if names else maybe


@cache
def persons(name: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        name=st.just(name),
        role=maybe_line,
        email=maybe_address,
        phone=maybe_phone,
        calls=yes_or_no,
        honorific=maybe_words,
        given=maybe_words,
        family=maybe_words,
        gender=maybe_gender,
        timezone=maybe_zone,
        country=maybe_country,
        best_hours=best_hours,
        signs_as=maybe_line,
    )


@cache
def entries(names: tuple[str, ...], rounds: int) -> st.SearchStrategy[LogEntry]:
    number = maybe | st.integers(1, rounds) if rounds else maybe
    ours = st.builds(
        LogEntry,
        at=times,
        step=st.sampled_from(types.LOGGABLE_STEPS),
        outcome=st.sampled_from(types.OUTCOMES),
        to=st.lists(st.sampled_from(names), unique=True, max_size=2).map(tuple) if names else st.just(()),
        note=st.just("") | prose,
        date=maybe_day,
        time=maybe_time,
        round=number,
        override=maybe_prose,
    )
    theirs = st.builds(
        LogEntry,
        at=times,
        step=st.sampled_from(types.INCOMING),
        outcome=st.sampled_from([None, "undone"]),
        note=st.just("") | prose,
        by=maybe_channel,
        until=maybe_day,
        date=maybe_day,
        round=number,
    )
    return ours | theirs


@cache
def logs(names: tuple[str, ...], rounds: int) -> st.SearchStrategy[tuple[LogEntry, ...]]:
    return st.lists(entries(names, rounds), max_size=2).map(tuple)


@cache
def panels(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True).map(tuple) if names else st.just(())


@cache
def notes_of(names: tuple[str, ...]) -> st.SearchStrategy[Notes]:
    somebody = somebody_of(names)
    noted = st.lists(st.builds(Noted, prose, somebody), max_size=2).map(tuple)
    question = st.builds(Question, prose, somebody, maybe | st.integers(1, 5), maybe_prose)
    return st.builds(Notes, topics=noted, valued=noted, questions=st.lists(question, max_size=2).map(tuple))


@cache
def fits(names: tuple[str, ...]) -> st.SearchStrategy[tuple[Fit, ...]]:
    return st.lists(st.builds(Fit, prose, maybe_prose, somebody_of(names)), max_size=2).map(tuple)


def a_round(draw: st.DrawFn, start: datetime, names: tuple[str, ...], zone: str) -> Round:
    local = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    length = draw(maybe_length)
    until = (local.astimezone(UTC) + timedelta(minutes=length or 60)).astimezone(local.tzinfo)
    told = draw(told_as)
    return Round(
        start=local,
        end=until,
        end_assumed=length is None,
        place=draw(maybe_line),
        link=draw(maybe_link),
        panel=draw(panels(names)),
        invitation=draw(invitations),
        sequence=draw(maybe_sequence),
        decision=Decision(
            by=local.date() + timedelta(days=draw(days_ahead)) if told == "by" else None,
            within=draw(periods) if told == "within" else None,
            contact=draw(somebody_of(names)),
            channel=draw(maybe_channel),
        ),
        notes=draw(notes_of(names)),
    )


@st.composite
def applications(draw: st.DrawFn) -> Application:
    """An application as a careful user may have written it."""
    names = ("Mette Holm", 'Søren "Ö" O\'Brien', "山田 花子")[: draw(few)]
    zone = draw(zones)
    rounds = tuple(a_round(draw, start, names, zone) for start in sorted(draw(starts)))
    country = draw(countries)
    return Application(
        name="firm",
        id=draw(ids),
        company=draw(lines),
        position=draw(lines),
        timezone=zone,
        language=draw(languages),
        country=country,
        subdivision=draw(subdivisions) if country else None,
        invited_by=draw(maybe_channel),
        kind=draw(kinds),
        why=draw(reasons),
        people=tuple(draw(persons(name)) for name in names),
        rounds=rounds,
        fit=draw(fits(names)),
        log=draw(logs(names, len(rounds))),
    )

"""Applications of every shape, for what must hold always."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, time, timedelta, timezone
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


@st.composite
def stretches(draw: st.DrawFn) -> Hours:
    first, last = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True)))
    return Hours(time(*divmod(first, 60)), time(*divmod(last, 60)))


@st.composite
def persons(draw: st.DrawFn, name: str) -> Person:
    return Person(
        name=name,
        role=draw(maybe | lines),
        email=draw(maybe | st.text(string.ascii_letters, min_size=1, max_size=9).map("{}@firm.example".format)),
        phone=draw(maybe | st.sampled_from(PHONES)),
        calls=draw(st.booleans()),
        honorific=draw(maybe | words),
        given=draw(maybe | words),
        family=draw(maybe | words),
        gender=draw(maybe | st.sampled_from(types.GENDERS)),
        timezone=draw(maybe | st.sampled_from(ZONES)),
        country=draw(maybe | st.sampled_from(["DK", "US", "JP"])),
        best_hours=tuple(draw(st.lists(stretches(), max_size=2))),
        signs_as=draw(maybe | lines),
    )


def entries(names: list[str], rounds: int) -> st.SearchStrategy[LogEntry]:
    offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    times = st.builds(lambda moment, offset: moment.replace(tzinfo=offset), moments, offsets)
    number = maybe | st.integers(1, rounds) if rounds else maybe
    ours = st.builds(
        LogEntry,
        at=times,
        step=st.sampled_from(types.LOGGABLE_STEPS),
        outcome=st.sampled_from(types.OUTCOMES),
        to=st.lists(st.sampled_from(names), unique=True, max_size=2).map(tuple) if names else st.just(()),
        note=st.just("") | prose,
        date=maybe | days,
        time=maybe | times,
        round=number,
        override=maybe | prose,
    )
    theirs = st.builds(
        LogEntry,
        at=times,
        step=st.sampled_from(types.INCOMING),
        outcome=st.sampled_from([None, "undone"]),
        note=st.just("") | prose,
        by=maybe | channels,
        until=maybe | days,
        date=maybe | days,
        round=number,
    )
    return ours | theirs


@st.composite
def rounds_of(draw: st.DrawFn, names: list[str], zone: str) -> tuple[Round, ...]:
    somebody = maybe | st.sampled_from(names) if names else maybe
    noted = st.lists(st.builds(Noted, prose, somebody), max_size=2).map(tuple)
    rounds = []
    for start in sorted(draw(st.lists(moments, max_size=2, unique=True))):
        local = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        length = draw(maybe | st.integers(1, 600))
        until = (local.astimezone(UTC) + timedelta(minutes=length or 60)).astimezone(local.tzinfo)
        period = st.builds(Period, st.integers(1, 12), st.sampled_from(["day", "working day", "week", "month"]))
        told = draw(st.sampled_from(["by", "within", None]))
        rounds.append(
            Round(
                start=local,
                end=until,
                end_assumed=length is None,
                place=draw(maybe | lines),
                link=draw(maybe | st.just("https://meet.firm.example/a?b=c#d")),
                panel=tuple(draw(st.lists(st.sampled_from(names), unique=True))) if names else (),
                invitation=draw(st.lists(lines, max_size=2).map(tuple)),
                sequence=draw(maybe | st.integers(0, 2**31 - 1)),
                decision=Decision(
                    by=local.date() + timedelta(days=draw(st.integers(0, 90))) if told == "by" else None,
                    within=draw(period) if told == "within" else None,
                    contact=draw(somebody),
                    channel=draw(maybe | channels),
                ),
                notes=Notes(
                    topics=draw(noted),
                    valued=draw(noted),
                    questions=tuple(
                        draw(
                            st.lists(
                                st.builds(Question, prose, somebody, maybe | st.integers(1, 5), maybe | prose),
                                max_size=2,
                            )
                        )
                    ),
                ),
            )
        )
    return tuple(rounds)


@st.composite
def applications(draw: st.DrawFn) -> Application:
    """An application as a careful user may have written it."""
    names = ["Mette Holm", 'Søren "Ö" O\'Brien', "山田 花子"][: draw(st.integers(0, 3))]
    zone = draw(st.sampled_from(ZONES))
    rounds = draw(rounds_of(names, zone))
    country = draw(maybe | st.sampled_from(["DK", "DE", "US"]))
    somebody = maybe | st.sampled_from(names) if names else maybe
    return Application(
        name="firm",
        id=draw(st.uuids().filter(lambda one: one.int != 0)),
        company=draw(lines),
        position=draw(lines),
        timezone=zone,
        language=draw(maybe | st.sampled_from(["da", "en-GB", "zh-Hant-TW", "de-CH-1996"])),
        country=country,
        subdivision=draw(maybe | st.sampled_from(["BY", "84", "WA"])) if country else None,
        invited_by=draw(maybe | channels),
        kind=draw(maybe | st.sampled_from(types.KINDS)),
        why=tuple(draw(st.lists(prose, max_size=2))),
        people=tuple(draw(persons(name)) for name in names),
        rounds=rounds,
        fit=tuple(draw(st.lists(st.builds(Fit, prose, maybe | prose, somebody), max_size=2))),
        log=tuple(draw(st.lists(entries(names, len(rounds)), max_size=2))),
    )

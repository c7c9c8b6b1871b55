"""Invented events, and texts of every awkward kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from callplan.ics.event import Alarm, Event, Revision
from hypothesis import strategies as st

UID = "2f9e4c1e-8a0e-5d5e-9b0a-9c116d0b8f0e"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MODIFIED = datetime(2026, 11, 16, 11, 30, tzinfo=UTC)

CALL = Event(
    uid=UID,
    summary="Call Mette Holm, Nordlys Energi",
    start=datetime(2026, 12, 2, 8, 45, tzinfo=COPENHAGEN),
    end=datetime(2026, 12, 2, 9, 0, tzinfo=COPENHAGEN),
    timezone="Europe/Copenhagen",
    description="+45 32 12 34 56\n8:45 in Copenhagen\n\nhttps://calls.example/c/1\n\nAsk: when will you decide?",
    tentative=True,
    opaque=True,
    location="Havnegade 12, Aarhus",
    url="https://calls.example/c/1",
    alarms=(Alarm(10, "Call Mette Holm"), Alarm(1440, "Tomorrow: call Mette Holm")),
)


def event(**changes: Any) -> Event:
    """The call to Mette Holm, changed."""
    return replace(CALL, **changes)


def revision(sequence: int = 1, modified: datetime = MODIFIED, **changes: Any) -> Revision:
    """A revision of that call."""
    return Revision(event(**changes), sequence, modified)


def second(moment: datetime) -> datetime:
    """The moment as iCalendar can say it, in UTC."""
    return moment.astimezone(UTC).replace(microsecond=0)


AWKWARD = (
    "", " ", "a,b;c\\d", "\\n is no line break", "C:\\New\\names", "\\", "\\,", "x\\\\;", "two\nlines", "two\r\nlines",
    "two\u2028lines", "c1\x85next", "bell\x07 esc\x1b[31m", "nul\x00", "form\ffeed\vtab", "\ufffe\uffff", "\ud800 half",
    "Søren Ærøskøbing-Ågård", "山田 花子", "محمد عبد الله", "שירה בן־דוד", "\u202egpj.exe\u202c", "👩‍💻 Mette 🇩🇰",
    "e\u0301ne\u0301e", "\ufeffMette", "a" * 76, "ø" * 76, "👍" * 40, "BEGIN:VEVENT\r\nEND:VEVENT", "SUMMARY:x",
    "<b>bold</b> & <br>", "&amp;lt;", "=== Your own notes below ===", "=== Dine egne noter herunder ===",
    "above\n=== Your own notes below ===\nbelow", "=" * 200, 'CN="Mette', "tab\tbed", "50 %, 3^n", "-- \nsignature",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(max_size=120),
    st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=6).map(" ".join),
    st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=6).map("\n".join),
)

# Every kind of zone: two seasons, north and south, one season, half hours, no rule that can be written.
ZONES = (
    "Europe/Copenhagen", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney",
    "Australia/Lord_Howe", "Europe/Dublin", "Africa/Cairo", "Africa/Casablanca", "America/Santiago", "Etc/GMT+5", "UTC",
)  # fmt: skip

moments = st.datetimes(datetime(2019, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC))
alarms = st.builds(Alarm, st.integers(-60, 40_000), texts)

# Made once: a strategy made while drawing is checked and unfolded again at every draw.
uids = st.uuids().map(str)
seconds = st.integers(1, 3 * 86_400)
zones = st.sampled_from(ZONES)
yes_or_no = st.booleans()
locations = st.none() | texts
urls = st.none() | texts | st.just("https://calls.example/c?a=1,2;b=%20ø#x")
some_alarms = st.lists(alarms, max_size=3).map(tuple)
more_categories = st.lists(texts, max_size=2)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event that a plan could ask for, and many that it could not."""
    start = draw(moments)
    return Event(
        uid=draw(uids),
        summary=draw(texts),
        start=start,
        end=start + timedelta(seconds=draw(seconds)),
        timezone=draw(zones),
        description=draw(texts),
        tentative=draw(yes_or_no),
        opaque=draw(yes_or_no),
        location=draw(locations),
        url=draw(urls),
        alarms=draw(some_alarms),
        categories=("callplan", *draw(more_categories)),
    )


revisions = st.builds(Revision, events(), st.integers(1, 2**31 - 1), moments)

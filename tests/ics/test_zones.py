"""Time zones: what is written is right in the years it is written for, or is not written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import TZPATH, ZoneInfo, available_timezones, reset_tzpath

import pytest
from callplan.ics.zones import parse_footer, vtimezone, yearly_rule
from dateutil.tz import tzical  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Timezone

FIRST, LAST = 2026, 2035


@cache
def written() -> dict[str, Timezone]:
    """Every zone that can be written in all these years. Looked up when first asked for: it takes seconds."""
    found = ((tzid, vtimezone(tzid, FIRST, LAST)) for tzid in sorted(available_timezones()))
    return {tzid: component for tzid, component in found if component is not None}


@cache
def as_dateutil_reads_it(tzid: str) -> tzinfo:
    """The zone that an independent reader of VTIMEZONE makes of ours."""
    text = written()[tzid].to_ical().decode().replace(tzid, "X")  # it takes no slash in a name
    zone = tzical(StringIO(text)).get("X")
    assert isinstance(zone, tzinfo)
    return zone


def test_nearly_all_zones_can_be_written() -> None:
    assert len(written()) > 560
    assert {"Europe/Copenhagen", "Europe/London", "Europe/Dublin", "America/New_York", "Asia/Kolkata"} <= set(written())
    assert {"Australia/Lord_Howe", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland"} <= set(written())


@settings(max_examples=400)
@given(
    st.deferred(lambda: st.sampled_from(list(written()))),
    st.datetimes(datetime(FIRST, 1, 2), datetime(LAST, 12, 30), timezones=st.just(UTC)),
)
def test_every_zone_written_gives_the_offset_that_zoneinfo_gives(tzid: str, moment: datetime) -> None:
    local = moment.astimezone(ZoneInfo(tzid)).replace(tzinfo=None, fold=0)
    if not _plain(local, tzid):
        return  # in the hour that comes twice or never, readers differ; we write UTC there
    read, meant = (local.replace(tzinfo=zone) for zone in (as_dateutil_reads_it(tzid), ZoneInfo(tzid)))
    assert read.utcoffset() == meant.utcoffset()


def _plain(local: datetime, tzid: str) -> bool:
    """Whether the local time exists exactly once, an hour of margin included."""
    zone = ZoneInfo(tzid)
    around = [local + timedelta(minutes=minutes) for minutes in (-60, 0, 60)]
    return len({(one.replace(tzinfo=zone, fold=fold)).utcoffset() for one in around for fold in (0, 1)}) == 1


def test_each_change_of_clocks_falls_on_the_right_second() -> None:
    for tzid in written():
        rule, zone = yearly_rule(tzid), ZoneInfo(tzid)
        assert rule is not None
        for year in range(FIRST, LAST + 1):
            for moment, offset in rule.changes(year):
                assert moment.astimezone(zone).utcoffset() == offset
                assert (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() != offset


@pytest.mark.parametrize(
    "tzid",
    [
        "Africa/Casablanca", "Africa/El_Aaiun",  # follow the moon
        "Africa/Cairo", "Asia/Gaza", "Asia/Jerusalem", "America/Santiago", "America/Nuuk",  # before 0:00, from 24:00
        "UTC", "Etc/UTC", "Zulu", "Nowhere/Atlantis", "", "../../etc/passwd", "/etc/passwd", "Europe",
    ],
)  # fmt: skip
def test_what_has_no_yearly_rule_is_not_written(tzid: str) -> None:
    assert vtimezone(tzid, 2026) is None


@pytest.mark.parametrize(("year", "written"), [(2005, False), (2006, False), (2007, True), (2026, True)])
def test_a_year_with_older_rules_is_not_written(year: int, written: bool) -> None:
    """The United States have had their present summer time since 2007."""
    assert (vtimezone("America/New_York", year) is not None) is written


def test_one_bad_year_among_several_is_enough() -> None:
    assert vtimezone("America/New_York", 2006, 2008) is None


@pytest.mark.parametrize(
    "footer",
    [
        "", "CET", "CET-1CEST", "CET-1CEST,M3.5.0,M10.5.0/-1", "EET-2EEST,M4.5.5/0,M10.5.4/24",
        "IRST-3:30IRDT,J79/24,J263/24",
        "CET-1CEST,M3.6.0,M10.5.0", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "UTC0", "\x00\xff",
    ],
)  # fmt: skip
def test_a_footer_that_no_rule_can_say_gives_none(footer: str) -> None:
    assert parse_footer(footer) is None


def test_paris_is_written_short_and_with_a_rule() -> None:
    component = vtimezone("Europe/Paris", 2026)
    assert component is not None
    text = component.to_ical().decode()
    assert len(text) < 360
    assert "RDATE" not in text
    assert "DTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "DTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in text


def test_irish_summer_is_the_daylight_part() -> None:
    component = vtimezone("Europe/Dublin", 2026)
    assert component is not None
    daylight = next(part for part in component.subcomponents if part.name == "DAYLIGHT")
    assert str(daylight["TZNAME"]) == "IST"


def test_without_zones_of_the_system_those_of_the_tzdata_package_are_read() -> None:
    of_the_system = TZPATH
    try:
        reset_tzpath([])
        assert yearly_rule.__wrapped__("Europe/Paris") == parse_footer("CET-1CEST,M3.5.0,M10.5.0/3")
        assert yearly_rule.__wrapped__("Nowhere/Atlantis") is None
    finally:
        reset_tzpath(of_the_system)

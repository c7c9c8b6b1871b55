"""Busy times out of calendars on real servers: asked for the days needed, and never with a password gone astray."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from callplan.book.folder import Book
from callplan.ics.event import Event, Revision
from callplan.ics.render import caldav_object
from callplan.ics.zones import vtimezone
from callplan.settings import CalendarSettings
from callplan.sync import busy_sources
from callplan.sync.busy import BusyTimes, busy_times
from callplan.sync.record import Record
from callplan.sync.world import gather, notes
from callplan.where import Places

from tests.servers import PASSWORD, USERNAME, Proxy, Reply, Server, proxy
from tests.sync.calendars import an_hour_later
from tests.sync.desk import new_name
from tests.sync.test_world import NORDLYS, NOW, PROFILE

START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

#: Name -> lines of its events (separated by ---), and the stretches of November in UTC.
WORK = {
    "meeting": ("DTSTART:20261116T090000Z\nDURATION:PT1H", ["11-16 09:00 1h"]),
    "weekly": (
        "DTSTART;TZID=Europe/Copenhagen:20250106T130000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20261122T230000Z\n"
        "EXDATE;TZID=Europe/Copenhagen:20261102T130000\n---\n"
        "RECURRENCE-ID;TZID=Europe/Copenhagen:20261109T130000\nDTSTART;TZID=Asia/Tokyo:20261110T180000\nDURATION:PT1H",
        ["11-10 09:00 1h", "11-16 12:00 1h"],
    ),
    "cancelled": ("DTSTART:20261117T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
    "free": ("DTSTART:20261118T090000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
    "holiday": ("DTSTART;VALUE=DATE:20261119\nDTEND;VALUE=DATE:20261120", ["11-18 23:00 24h"]),
    "birthday": ("DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261121\nTRANSP:TRANSPARENT", []),
    "abroad": ("DTSTART;TZID=America/New_York:20261124T090000\nDURATION:PT2H", ["11-24 14:00 2h"]),
    "home": ("DTSTART;TZID=Europe/Copenhagen:20261125T090000\nDURATION:PT1H", ["11-25 08:00 1h"]),
    "long ago": ("DTSTART:20200116T090000Z\nDURATION:PT1H", []),
    "far ahead": ("DTSTART:20310116T090000Z\nDURATION:PT1H", []),
    "ours": ("DTSTART:20261126T090000Z\nDURATION:PT1H\nCATEGORIES:callplan", []),
    "published": ("DTSTART:20261127T090000Z\nDURATION:PT1H", []),
}  # fmt: skip

EXPECTED = sorted(stretch for _, stretches in WORK.values() for stretch in stretches)


def put(server: Server, url: str, name: str, lines: str) -> None:
    uid = name.replace(" ", "-")
    events = (f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T000000Z\n{one}\nEND:VEVENT\n" for one in lines.split("---\n"))
    # Debian's Radicale refuses a series with an exception in a zone that is only named.
    named = sorted(set(re.findall(r"TZID=([^:;]+)", lines)))
    zones = "".join(zone.to_ical().decode().replace("\r\n", "\n") for one in named if (zone := vtimezone(one, 2025)))
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{zones}{''.join(events)}END:VCALENDAR\n"
    kind = {"Content-Type": "text/calendar; charset=utf-8"}
    status, body, _ = server.request("PUT", f"{url}{uid}.ics", text.replace("\n", "\r\n").encode(), kind)
    assert status in (201, 204), body


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setenv("CALLPLAN_PASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def filled() -> dict[str, str]:
    """The calendar of work on each server, by the server's name; filled once."""
    return {}


@pytest.fixture
def work(server: Server, filled: dict[str, str]) -> Iterator[Proxy]:
    """A proxy before a calendar full of events."""
    if server.name not in filled:
        filled[server.name] = server.make_calendar(new_name())
        for name, (lines, _) in WORK.items():
            put(server, filled[server.name], name, lines)
    with proxy(filled[server.name]) as between:
        yield between


def own(url: str) -> CalendarSettings:
    """The user's own calendar, beside this one."""
    parts = urlsplit(url)
    return CalendarSettings(parts._replace(path="/anna/follow-up/").geturl(), USERNAME)


def ask(*urls: str, calendar: CalendarSettings | None = None, **more: object) -> BusyTimes:
    options = {"ignored": ["published"], "calendar": calendar} | more
    return busy_times(urls, "Europe/Copenhagen", START, END, **options)  # type: ignore[arg-type]


def spans(found: BusyTimes) -> list[str]:
    return [f"{one.start:%m-%d %H:%M} {(one.end - one.start) / timedelta(hours=1):.0f}h" for one in found.busy]


def test_a_collection_is_read_for_the_days_needed_in_one_request(work: Proxy) -> None:
    found = ask(work.url, calendar=own(work.url))
    assert (spans(found), found.notes) == (EXPECTED, ())
    (request,) = work.seen
    assert (request.method, request.headers["depth"]) == ("REPORT", "1")
    assert b'<C:time-range start="20261031T000000Z" end="20270202T000000Z"/>' in request.body


def test_events_of_other_years_are_not_even_sent(work: Proxy, tmp_path: Path) -> None:
    ask(work.url, calendar=own(work.url), state=tmp_path)
    (copy,) = tmp_path.glob("busy-*.kept")
    text = copy.read_text()
    assert "UID:meeting" in text
    assert "UID:long-ago" not in text
    assert "UID:far-ahead" not in text


def test_the_answer_is_kept_for_an_hour_and_for_longer_plans(work: Proxy, tmp_path: Path) -> None:
    calendar = own(work.url)
    first = ask(work.url, calendar=calendar, state=tmp_path)
    assert ask(work.url, calendar=calendar, state=tmp_path) == first
    later = busy_times(
        [work.url], "Europe/Copenhagen", START + timedelta(3), END + timedelta(30), state=tmp_path, calendar=calendar
    )
    assert later.busy
    assert work.count() == 1
    busy_times([work.url], "UTC", START, END + timedelta(90), state=tmp_path, calendar=calendar)
    assert work.count() == 2
    an_hour_later(tmp_path)
    ask(work.url, calendar=calendar, state=tmp_path)
    assert work.count() == 3


@pytest.mark.parametrize(
    "trouble", [Reply(cut=True), Reply(503), Reply(200, b"<html>Sign in</html>"), Reply(207, b"<")]
)
def test_a_server_that_goes_down_after_its_first_answer_is_told_and_the_answer_serves(
    work: Proxy, tmp_path: Path, trouble: Reply
) -> None:
    calendar = own(work.url)
    first = ask(work.url, calendar=calendar, state=tmp_path)
    work.mischief = lambda *_: trouble
    an_hour_later(tmp_path)
    found = ask(work.url, calendar=calendar, state=tmp_path)
    assert found.busy == first.busy
    assert "so the plan goes by what it said on " in found.notes[0]
    asked = work.count()
    ask(work.url, calendar=calendar, state=tmp_path)
    assert work.count() == asked  # left in peace for a minute
    work.mischief = None
    an_hour_later(tmp_path)
    assert ask(work.url, calendar=calendar, state=tmp_path) == first


def test_a_server_that_never_answered_is_told_loudly(work: Proxy, tmp_path: Path) -> None:
    work.mischief = lambda *_: Reply(cut=True)
    found = ask(work.url, calendar=own(work.url), state=tmp_path)
    assert found.busy == ()
    assert "BUSY TIMES OF 127.0.0.1 ARE NOT KNOWN" in found.notes[0]


def test_where_a_stretch_of_time_cannot_be_asked_for_the_whole_calendar_is_read(work: Proxy, server: Server) -> None:
    work.mischief = lambda _, method, __: Reply(501) if method == "REPORT" else None
    found = ask(work.url, calendar=own(work.url))
    assert [request.method for request in work.seen] == ["REPORT", "GET"]
    if server.name in ("sabre", "sogo"):  # they give no calendar as a whole
        assert "BUSY TIMES OF 127.0.0.1 ARE NOT KNOWN" in found.notes[0]
        return
    assert (spans(found), found.notes) == (EXPECTED, ())


def test_a_wrong_password_is_told_and_not_tried_twice(
    radicale_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CALLPLAN_PASSWORD", "wrong")
    with proxy(radicale_server.make_calendar(new_name())) as between:
        found = ask(between.url, calendar=own(between.url), state=tmp_path)
        ask(between.url, calendar=own(between.url), state=tmp_path)
        assert between.count() == 1
    assert found.busy == ()
    assert "refuses your name and password (401)" in found.notes[0]
    assert "Check [calendar] username and password_command." in found.notes[0]
    assert "wrong" not in found.notes[0]


def test_without_a_password_nothing_is_asked(radicale_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALLPLAN_PASSWORD")
    with proxy(radicale_server.make_calendar(new_name())) as between:
        found = ask(between.url, calendar=own(between.url))
        assert between.count() == 0
    assert "there is no password for it" in found.notes[0]


# -- where passwords go ---------------------------------------------------------------------------------


def test_the_password_of_ones_own_calendar_goes_to_no_other_server(radicale_server: Server) -> None:
    with proxy(radicale_server.make_calendar(new_name())) as between:
        found = ask(between.url, calendar=CalendarSettings("https://cal.dahl.example/dav/anna/", USERNAME))
        assert "wants a login" in found.notes[0]
        assert f'"keyring set {between.url.partition("/anna")[0]} YOUR-NAME-THERE"' in found.notes[0]
        assert not any("authorization" in request.headers for request in between.seen)


def test_another_port_is_another_server(radicale_server: Server) -> None:
    with proxy(radicale_server.make_calendar(new_name())) as between:
        ask(between.url, calendar=own(radicale_server.home))
        assert not any("authorization" in request.headers for request in between.seen)


@pytest.mark.parametrize("path", ["", "work.ics"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_login_does_not_follow_to_another_server(
    radicale_server: Server, tmp_path: Path, status: int, path: str
) -> None:
    with proxy(radicale_server.home) as here, proxy(radicale_server.home) as there:

        def send_on(number: int, _method: str, _path: str) -> Reply:
            asked_for_login = path and number == 1  # a file is asked for without a login at first
            return Reply(401) if asked_for_login else Reply(status, headers={"Location": f"{there.url}{path}"})

        here.mischief = send_on
        found = ask(f"{here.url}{path}", calendar=own(here.url), state=tmp_path)
        assert there.count() == 0
        assert here.seen[-1].headers["authorization"]
    assert "it sends on to another address, at 127.0.0.1" in found.notes[0]


def test_the_login_of_another_server_is_in_the_keyring_under_its_address(
    radicale_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy(radicale_server.make_calendar(new_name())) as between:
        address = between.url.partition("/anna")[0]
        asked = []

        def get_credential(service: str, name: str | None) -> object:
            asked.append((service, name))
            return SimpleNamespace(username=USERNAME, password=PASSWORD) if service == address else None

        monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_credential=get_credential))
        found = ask(between.url, calendar=None)
        assert found.notes == ()
        assert asked == [(address, None)]
        assert [("authorization" in one.headers) for one in between.seen] == [False, True]


def test_a_file_on_ones_own_server_is_read_with_the_login_only_if_it_must(radicale_server: Server) -> None:
    url = radicale_server.make_calendar(new_name())
    put(radicale_server, url, "meeting", WORK["meeting"][0])
    with proxy(url) as between:
        found = ask(f"{between.url}meeting.ics", calendar=own(between.url))
        assert (spans(found), found.notes) == (WORK["meeting"][1], ())
        assert [("authorization" in one.headers) for one in between.seen] == [False, True]


# -- as part of the world -------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "config.toml", tmp_path / "book", tmp_path / "state", tmp_path / "data")


def test_what_callplan_wrote_itself_is_in_nobodys_way(server: Server, places: Places) -> None:
    url = server.make_calendar(new_name())
    start = datetime(2026, 12, 3, 8, 30, tzinfo=COPENHAGEN)
    event = Event("a-1", "Call", start, start + timedelta(minutes=15), "Europe/Copenhagen", "", False, True)
    kind = {"Content-Type": "text/calendar; charset=utf-8"}
    server.request("PUT", f"{url}a-1.ics", caldav_object(Revision(event, 1, NOW)), kind)
    put(server, url, "dentist", "DTSTART:20261204T090000Z\nDURATION:PT1H")
    settings = replace(PROFILE, calendar=CalendarSettings(url, server.username), busy_calendars=(url,))
    world = gather(Book((NORDLYS,)), settings, places, NOW)
    assert [one.start for one in world.busy] == [datetime(2026, 12, 4, 9, tzinfo=UTC)]
    assert notes(world) == ()


def test_a_call_whose_category_a_client_dropped_is_known_by_its_uid(radicale_server: Server, places: Places) -> None:
    from callplan.plan.step import StepKind, step_uid  # noqa: PLC0415

    url = radicale_server.make_calendar(new_name())
    put(radicale_server, url, step_uid(NORDLYS.id, 1, StepKind.CALL), "DTSTART:20261204T090000Z\nDURATION:PT15M")
    settings = replace(PROFILE, calendar=CalendarSettings(url, USERNAME), busy_calendars=(url,))
    assert gather(Book((NORDLYS,)), settings, places, NOW).busy == ()


def test_a_plan_is_made_all_the_same_when_a_calendar_does_not_answer(places: Places) -> None:
    with proxy("http://127.0.0.1/dav/") as gone:
        pass
    places.config.write_text(f'[me]\ntimezone = "Europe/Copenhagen"\n[busy]\ncalendars = ["{gone.url}"]\n')
    places.book.mkdir()
    (places.book / "nordlys.toml").write_text(
        'id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"\ncompany = "Nordlys"\nposition = "Engineer"\ncountry = "DK"\n'
        'timezone = "Europe/Copenhagen"\n[[people]]\nname = "Mette Holm"\nphone = "+45 32 12 34 56"\n'
        "[[rounds]]\nstart = 2026-11-16T10:00:00\n"
    )
    command = [sys.executable, "-m", "callplan", "plan", "--json", "--now", "2026-11-16T08:00:00+01:00"]
    for option in ("config", "book", "state"):
        command += [f"--{option}", str(getattr(places, option))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert any(step["step"] == "call" for step in json.loads(done.stdout))
    assert "BUSY TIMES OF 127.0.0.1 ARE NOT KNOWN" in " ".join(done.stderr.split())


def test_a_sync_tells_of_a_calendar_that_does_not_answer(places: Places) -> None:
    with proxy("http://127.0.0.1/dav/") as gone:
        pass
    (message,) = Record(places, replace(PROFILE, busy_calendars=(gone.url,)), NOW, dry_run=True).messages({})
    assert "BUSY TIMES OF 127.0.0.1 ARE NOT KNOWN" in message


def test_neither_caldav_nor_a_client_is_loaded_while_the_answer_is_kept(work: Proxy, places: Places) -> None:
    code = (
        "import sys, json; from datetime import UTC, datetime; from pathlib import Path;"
        "from callplan.sync.busy import busy_times; from callplan.settings import CalendarSettings;"
        "start, end = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC);"
        f"found = busy_times([{work.url!r}], 'Europe/Copenhagen', start, end, state=Path({str(places.state)!r}),"
        f" calendar=CalendarSettings({own(work.url).url!r}, {USERNAME!r}));"
        "heavy = {'caldav', 'niquests', 'icalendar', 'http.client', 'ssl', 'urllib.request', 'xml.etree.ElementTree'};"
        "print(len(found.busy), sorted(heavy & set(sys.modules)))"
    )
    first = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "caldav" not in first
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert again == f"{len(EXPECTED) + 1} []\n"
    assert work.count() == 1
    assert busy_sources.FRESH == 3600

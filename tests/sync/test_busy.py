"""When the user is busy, out of calendars that others wrote."""

from __future__ import annotations

import itertools
import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from callplan.errors import RecordError
from callplan.plan.world import Busy
from callplan.sync import busy_sources
from callplan.sync.busy import BusyTimes, busy_times, whole_days
from callplan.sync.occurrences import occurrences
from hypothesis import given
from hypothesis import strategies as st

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def calendar(*events: str, extra: str = "") -> str:
    """A calendar of events, each given by its lines but for the frame."""
    framed = "".join(f"BEGIN:VEVENT\nUID:{n}@dahl.example\n{text}\nEND:VEVENT\n" for n, text in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{extra}{framed}END:VCALENDAR\n".replace("\n", "\r\n")


def hours(content: str | bytes, zone: ZoneInfo = COPENHAGEN, end: datetime = END) -> list[str]:
    """The stretches as ``11-16 09:00-10:00``, in UTC, in this process."""
    raw = content if isinstance(content, bytes) else content.encode()
    found = sorted(occurrences(raw, zone, START, end, frozenset()))
    return [
        f"{a:%m-%d %H:%M}-{b:%H:%M}" if a.date() == b.date() else f"{a:%m-%d %H:%M}-{b:%m-%d %H:%M}" for a, b in found
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261116T090000Z\nDTEND:20261116T100000Z", ["11-16 09:00-10:00"]),
        ("DTSTART:20261116T090000Z\nDURATION:PT90M", ["11-16 09:00-10:30"]),
        ("DTSTART:20261116T090000Z", []),
        ("DTSTART:20261116T090000Z\nDTEND:20261116T090000Z", []),
        # local time, in winter and in summer time of two zones
        ("DTSTART;TZID=Europe/Copenhagen:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        ("DTSTART;TZID=America/New_York:20261116T090000\nDURATION:PT1H", ["11-16 14:00-15:00"]),
        ("DTSTART;TZID=Romance Standard Time:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        ('DTSTART;TZID="Tokyo Standard Time":20261116T090000\nDURATION:PT1H', ["11-16 00:00-01:00"]),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20261116T090000\nDURATION:PT1H", ["11-16 00:00-01:00"]),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20261116T090000\nDURATION:PT1H", ["11-16 09:00-10:00"]),
        # no zone, or one that nobody knows: the user's
        ("DTSTART:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        ("DTSTART;TZID=Mars/Base:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        # whole days are the user's days
        ("DTSTART;VALUE=DATE:20261116", ["11-15 23:00-11-16 23:00"]),
        ("DTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261118", ["11-15 23:00-11-17 23:00"]),
        ("DTSTART;VALUE=DATE:20261116\nTRANSP:TRANSPARENT", []),
        # not busy
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nSTATUS:TENTATIVE", ["11-16 09:00-10:00"]),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nCATEGORIES:Work,callplan", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nX-CALLPLAN-WROTE:1a2b", []),
        # series
        (
            "DTSTART;TZID=Europe/Copenhagen:20260105T090000\nDURATION:PT1H\n"
            "RRULE:FREQ=WEEKLY;UNTIL=20261119T235959Z\nEXDATE;TZID=Europe/Copenhagen:20261109T090000",
            ["11-02 08:00-09:00", "11-16 08:00-09:00"],
        ),
        (
            "DTSTART:20261101T090000Z\nDTEND:20261101T100000Z\nRDATE:20261105T090000Z,20261107T110000Z",
            ["11-01 09:00-10:00", "11-05 09:00-10:00", "11-07 11:00-12:00"],
        ),
        (
            "DTSTART:20261101T090000Z\nDTEND:20261101T100000Z\nRDATE;VALUE=PERIOD:20261105T090000Z/PT3H",
            ["11-01 09:00-10:00", "11-05 09:00-12:00"],
        ),
        (
            "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20261109",
            ["11-01 23:00-11-02 23:00"],
        ),
        # at the edge of the days asked for
        ("DTSTART:20261031T233000Z\nDURATION:PT1H", ["10-31 23:30-11-01 00:30"]),
        ("DTSTART:20261031T230000Z\nDURATION:PT1H", []),
        ("DTSTART:20270101T000000Z\nDURATION:PT1H", []),
        ("DTSTART:20251101T000000Z\nDTEND:20271101T000000Z", ["11-01 00:00-11-01 00:00"]),
    ],
)  # fmt: skip
def test_an_event_takes_the_time_it_says(event: str, expected: list[str]) -> None:
    assert hours(calendar(event)) == expected


def test_a_series_keeps_its_local_hour_when_clocks_change() -> None:
    event = "DTSTART;TZID=Europe/Copenhagen:20270315T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert hours(calendar(event), end=datetime(2027, 5, 1, tzinfo=UTC)) == [
        "03-15 08:00-09:00",
        "03-22 08:00-09:00",
        "03-29 07:00-08:00",
    ]


MOVED = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Copenhagen:20261102T090000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Copenhagen:20261109T090000
DTSTART;TZID=Europe/Copenhagen:20261110T120000
DURATION:PT30M
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Copenhagen:20261116T090000
DTSTART;TZID=Europe/Copenhagen:20261116T090000
DURATION:PT1H
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_a_moved_occurrence_is_where_it_was_moved_and_a_cancelled_one_is_free() -> None:
    assert hours(MOVED) == ["11-02 08:00-09:00", "11-10 11:00-11:30"]


def test_of_two_revisions_of_an_event_the_later_counts_even_outside_the_days_asked_for() -> None:
    old = "BEGIN:VEVENT\nUID:b\nSEQUENCE:0\nDTSTART:20261116T090000Z\nDURATION:PT1H\nEND:VEVENT\n"
    new = "BEGIN:VEVENT\nUID:b\nSEQUENCE:1\nDTSTART:20280116T090000Z\nDURATION:PT1H\nEND:VEVENT\n"
    assert hours(calendar(extra=old + new)) == []


OWN_ZONE = """\
BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Customized Time Zone", "11-16 00:00-01:00"), ("Europe/Copenhagen", "11-16 08:00-09:00")],
)
def test_a_file_may_bring_a_zone_of_its_own_but_not_redefine_a_known_one(name: str, expected: str) -> None:
    event = f"DTSTART;TZID={name}:20261116T090000\nDURATION:PT1H"
    assert hours(calendar(event, extra=OWN_ZONE.format(name))) == [expected]


def test_a_zone_of_one_file_is_forgotten_before_the_next() -> None:
    event = "DTSTART;TZID=Customized Time Zone:20261116T090000\nDURATION:PT1H"
    hours(calendar(event, extra=OWN_ZONE.format("Customized Time Zone")))
    assert hours(calendar(event)) == ["11-16 08:00-09:00"]


def test_published_free_busy_times_count() -> None:
    block = (
        "BEGIN:VFREEBUSY\nFREEBUSY:20261116T090000Z/20261116T100000Z,20261117T090000Z/PT30M\n"
        "FREEBUSY;FBTYPE=FREE:20261118T090000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20261119T090000Z/PT1H\nEND:VFREEBUSY\n"
    )
    assert hours(calendar(extra=block)) == ["11-16 09:00-10:00", "11-17 09:00-09:30", "11-19 09:00-10:00"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_will_do(encoding: str) -> None:
    event = "SUMMARY:Møde\nDTSTART:20261116T090000Z\nDURATION:PT1H"
    assert hours(calendar(event).encode(encoding)) == ["11-16 09:00-10:00"]


def test_folded_lines_are_joined() -> None:
    assert hours(calendar("DTSTART:2026111\n 6T090000Z\nDUR\n\tATION:PT1H")) == ["11-16 09:00-10:00"]


def test_alarms_and_names_do_not_matter() -> None:
    event = "DTSTART:20261116T090000Z\nDURATION:PT1H\nBEGIN:VALARM\nDURATION:nonsense\nSTATUS:CANCELLED\nEND:VALARM"
    assert hours(calendar(event)) == ["11-16 09:00-10:00"]


# -- in the process of its own ------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring of whoever runs the tests is none of their business."""
    monkeypatch.setitem(sys.modules, "keyring", None)


def answer(*sources: Path | str, state: Path | None = None, **more: object) -> BusyTimes:
    zone = "Europe/Copenhagen"
    return busy_times([str(one) for one in sources], zone, START, END, state=state, **more)  # type: ignore[arg-type]


def ask(*sources: Path | str, **more: object) -> tuple[Busy, ...]:
    """The busy times, of which nothing is missing."""
    found = answer(*sources, **more)  # type: ignore[arg-type]
    assert found.notes == ()
    return found.busy


@pytest.fixture
def ics(tmp_path: Path) -> Path:
    file = tmp_path / "work.ics"
    file.write_text(calendar("DTSTART:20261116T090000Z\nDURATION:PT1H"))
    return file


def test_nothing_named_is_nothing_busy() -> None:
    assert ask() == ()


def test_stretches_of_several_calendars_are_merged_and_sorted(tmp_path: Path, ics: Path) -> None:
    other = tmp_path / "other.ics"
    other.write_text(
        calendar(
            "DTSTART:20261118T090000Z\nDURATION:PT1H",
            "DTSTART:20261116T093000Z\nDURATION:PT1H",
            "DTSTART:20261116T103000Z\nDURATION:PT1H",
        )
    )
    found = ask(ics, other)
    assert [(one.start, one.end) for one in found] == [
        (datetime(2026, 11, 16, 9, tzinfo=UTC), datetime(2026, 11, 16, 11, 30, tzinfo=UTC)),
        (datetime(2026, 11, 18, 9, tzinfo=UTC), datetime(2026, 11, 18, 10, tzinfo=UTC)),
    ]


def test_callplans_own_events_are_in_nobodys_way(ics: Path) -> None:
    assert ask(ics, ignored=["0@dahl.example"]) == ()


def test_this_process_loads_no_icalendar(ics: Path) -> None:
    code = (
        "import sys; from datetime import *; from callplan.sync.busy import busy_times;"
        f"found = busy_times([{str(ics)!r}], 'UTC', *(datetime(2026, month, 1, tzinfo=UTC) for month in (11, 12)));"
        "heavy = {'icalendar', 'recurring_ical_events', 'dateutil', 'http.client', 'ssl', 'babel', 'holidays'};"
        "print(len(found.busy), sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "1 []\n"


def test_nothing_in_the_current_folder_gets_into_the_child(
    ics: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "icalendar.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert len(ask(ics)) == 1


def refused(*sources: Path | str, **more: object) -> str:
    begun = time.monotonic()
    with pytest.raises(RecordError) as caught:
        ask(*sources, **more)
    assert time.monotonic() - begun < 20
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "this is no calendar"),
        ("<!DOCTYPE html><html>Sign in</html>", "this is a web page, no calendar"),
        ("\0" * 5000, "this is no calendar"),
        (calendar("DTSTART:20261116T090000Z")[:-60], "cut off"),
        (calendar("DTSTART:soon"), "work.ics, line 6: DTSTART holds no date"),
        (calendar("DTSTART:20261399T090000Z\nDURATION:PT1H"), "work.ics, line 4: "),
        (calendar("SUMMARY:no start"), "work.ics, line 4: this event does not say when it starts"),
        (calendar("DTSTART:20261116T090000Z\nRRULE:FREQ=NEVER"), "work.ics, line 4: "),
        (calendar("DTSTART:20261116T090000Z\nRRULE:FREQ=SECONDLY"), "work.ics, line 7: an event that repeats"),
        (calendar("DTSTART:20261116T090000Z\nRRULE:FREQ=DAILY;INTERVAL=0"), "work.ics, line 7: "),
        (calendar("DTSTART:20261116T090000Z\nEND:VALARM"), "is not ended where it should be"),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 5000, "nested too deep"),
        (calendar(extra="BEGIN:VFREEBUSY\nFREEBUSY:tomorrow\nEND:VFREEBUSY\n"), "FREEBUSY holds no stretch"),
    ],
)  # fmt: skip
def test_a_broken_calendar_is_told_with_its_name_and_line(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "work.ics"
    file.write_text(content)
    told = refused(file)
    assert told.startswith("work.ics")
    assert words in told


def test_a_rule_without_end_is_given_up_in_time(tmp_path: Path) -> None:
    sixty = ",".join(map(str, range(60)))
    rule = f"FREQ=HOURLY;BYSECOND={sixty};BYMINUTE={sixty}"
    file, good = tmp_path / "bomb.ics", tmp_path / "good.ics"
    file.write_text(calendar(f"DTSTART:19700101T090000Z\nDURATION:PT1S\nRRULE:{rule}"))
    good.write_text(calendar("DTSTART:20261116T090000Z\nDURATION:PT1H"))
    begun = time.monotonic()
    told = refused(good, file, seconds=2)
    assert time.monotonic() - begun < 6
    assert told.startswith("bomb.ics: working out its events takes")
    assert "[busy] calendars" in told


def test_a_large_calendar_with_long_texts_and_many_guests_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "large.ics"
    long = "y" * 5_000_000
    guests = "\n".join(f"ATTENDEE:mailto:{n}@dahl.example" for n in range(10_000))
    days = (date(2016, 1, 1) + timedelta(days=n) for n in range(4_000))
    events = [f"DTSTART:{day:%Y%m%d}T090000Z\nDURATION:PT1H\nDESCRIPTION:{'x' * 1000}" for day in days]
    file.write_text(calendar(f"DTSTART:20261116T103000Z\nDURATION:PT1H\nDESCRIPTION:{long}\n{guests}", *events))
    assert len(ask(file)) == 30 + 13 + 1  # every day until 13 December, and the one with the long text


def test_every_fault_of_every_calendar_is_told(tmp_path: Path, ics: Path) -> None:
    for name in ("a.ics", "b.ics"):
        (tmp_path / name).write_text("nothing")
    assert [line.split(":")[0] for line in refused(tmp_path / "a.ics", ics, tmp_path / "b.ics").splitlines()] == [
        "a.ics",
        "b.ics",
    ]


def test_a_file_that_is_missing_or_no_file_is_told(tmp_path: Path) -> None:
    assert "there is no such busy calendar" in refused(tmp_path / "nowhere.ics")
    assert "is no file" in refused(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.ics")
        assert "is no file" in refused(tmp_path / "pipe.ics")


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path, ics: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(busy_sources, "LARGEST", 100)
    assert "larger than" in refused(ics)


def test_the_answer_is_kept_until_the_calendar_or_the_question_changes(
    tmp_path: Path, ics: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    first = ask(ics, state=state)
    assert stat.S_IMODE((state / "busy.json").stat().st_mode) == 0o600
    with monkeypatch.context() as context:
        context.setattr(subprocess, "run", None)
        assert ask(ics, state=state) == first
    assert ask(ics, state=state, ignored=["0@dahl.example"]) == ()
    (state / "busy.json").write_text("{")
    assert ask(ics, state=state) == first
    ics.write_text(calendar())
    assert ask(ics, state=state) == ()


def test_whole_days_hold_the_moments() -> None:
    first, last = whole_days(datetime(2026, 11, 16, 0, 30, tzinfo=COPENHAGEN), datetime(2026, 11, 16, 12, tzinfo=UTC))
    assert first == datetime(2026, 11, 15, tzinfo=UTC)
    assert last == datetime(2026, 11, 17, tzinfo=UTC)


# -- addresses ------------------------------------------------------------------------------------------


class Answers(ThreadingHTTPServer):
    """A server on this computer that gives the next of its answers, the last one for ever."""

    daemon_threads = True

    def __init__(self, answers: list[tuple[int, dict[str, str], str]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked = 0
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/secret-path/work.ics"


class _Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:
        status, headers, body = self.server.answers[min(self.server.asked, len(self.server.answers) - 1)]
        self.server.asked += 1
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@contextmanager
def server(*answers: tuple[int, dict[str, str], str]) -> Iterator[Answers]:
    with Answers(list(answers)) as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        yield running
        running.shutdown()


RIGHT = (200, {"Content-Type": "text/calendar"}, calendar("DTSTART:20261116T090000Z\nDURATION:PT1H"))


def an_hour_later(state: Path) -> None:
    """As if the answers kept in this folder were an hour older."""
    for file in state.glob("busy-*.kept"):
        head, _, content = file.read_bytes().partition(b"\n")
        times = json.loads(head)
        older = {name: times[name] - busy_sources.FRESH for name in ("answered", "failed")}
        file.write_bytes(json.dumps(times | older).encode() + b"\n" + content)


def missing(*sources: str, **more: object) -> str:
    """The one note on calendars that gave no answer, none of which is an error."""
    (note,) = answer(*sources, **more).notes  # type: ignore[arg-type]
    return note


def test_an_address_is_read() -> None:
    with server(RIGHT) as running:
        assert len(ask(running.url)) == 1


def test_a_redirect_on_the_same_computer_is_followed() -> None:
    with server((302, {"Location": "/other.ics"}, ""), RIGHT) as running:
        assert len(ask(running.url)) == 1


@pytest.mark.parametrize("there", ["http://cal.dahl.example/a.ics", "ftp://127.0.0.1/a.ics", "file:///etc/passwd"])
def test_a_redirect_to_an_unsafe_address_is_not_followed(there: str) -> None:
    with server((302, {"Location": there}, "")) as running:
        assert "it sends on" in missing(running.url)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "wants a login"),
        (403, "wants a login"),
        (404, "nothing at its address"),
        (410, "nothing at its address"),
        (503, "its server answers 503"),
    ],
)
def test_a_refusal_stops_no_plan_and_is_told_without_the_address(status: int, words: str) -> None:
    with server((status, {}, "")) as running:
        note = missing(running.url)
    assert words in note
    assert str(status) in note
    assert "BUSY TIMES OF 127.0.0.1 ARE NOT KNOWN: a call may fall on something there." in note
    assert "secret-path" not in note


def test_a_page_to_sign_in_is_no_calendar_and_spoils_no_kept_answer(tmp_path: Path) -> None:
    page = (200, {"Content-Type": "text/html"}, "<!DOCTYPE html><html>Welcome to our hotel</html>")
    with server(RIGHT, page) as running:
        first = ask(running.url, state=tmp_path)
        an_hour_later(tmp_path)
        found = answer(running.url, state=tmp_path)
    assert found.busy == first
    assert "something that is no calendar" in found.notes[0]


def test_a_server_that_is_not_there_is_told() -> None:
    with server(RIGHT) as running:
        url = running.url
    assert missing(url).startswith("The busy calendar at 127.0.0.1 cannot be read (nobody answers there).")


def test_what_an_address_gave_is_asked_for_again_after_an_hour(tmp_path: Path) -> None:
    with server(RIGHT) as running:
        assert ask(running.url, state=tmp_path) == ask(running.url, state=tmp_path)
        assert running.asked == 1
        (copy,) = tmp_path.glob("busy-*.kept")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        an_hour_later(tmp_path)
        ask(running.url, state=tmp_path)
        assert running.asked == 2


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    known = {"ETag": '"7"', "Last-Modified": "Mon, 16 Nov 2026 08:00:00 GMT"}
    with server((200, known, RIGHT[2]), (304, {}, "")) as running:
        first = ask(running.url, state=tmp_path)
        for _ in range(2):
            an_hour_later(tmp_path)
            assert ask(running.url, state=tmp_path) == first
            assert running.headers[-1]["if-none-match"] == '"7"'
            assert running.headers[-1]["if-modified-since"] == known["Last-Modified"]
        assert ask(running.url, state=tmp_path) == first
        assert running.asked == 3


def test_without_a_connection_the_last_answer_serves_and_its_hour_is_told(tmp_path: Path) -> None:
    with server(RIGHT) as running:
        url = running.url
        first = ask(url, state=tmp_path)
    an_hour_later(tmp_path)
    found = answer(url, state=tmp_path)
    assert found.busy == first
    said = "so the plan goes by what it said on "
    (note,) = found.notes
    assert f"cannot be read (nobody answers there), {said}" in note
    told = datetime.strptime(note.partition(said)[2], "%a %d %b %Y, %H:%M.").replace(tzinfo=COPENHAGEN)
    assert timedelta(minutes=59) < datetime.now(UTC) - told < timedelta(minutes=65)


def test_a_server_that_gave_no_answer_is_left_in_peace_for_a_minute(tmp_path: Path) -> None:
    with server((503, {}, ""), RIGHT) as running:
        assert missing(running.url, state=tmp_path) == missing(running.url, state=tmp_path)
        assert running.asked == 1
        an_hour_later(tmp_path)
        assert len(ask(running.url, state=tmp_path)) == 1


def test_a_kept_answer_that_was_spoilt_is_asked_for_again(tmp_path: Path) -> None:
    with server(RIGHT) as running:
        ask(running.url, state=tmp_path)
        (copy,) = tmp_path.glob("busy-*.kept")
        for spoilt in (b"", b"{", b"[]\nBEGIN:VCALENDAR", b'{"answered": "now"}\n'):
            copy.write_bytes(spoilt)
            assert len(ask(running.url, state=tmp_path)) == 1


def test_a_calendar_of_others_that_cannot_be_understood_stops_no_plan(tmp_path: Path) -> None:
    broken: tuple[int, dict[str, str], str] = (200, {}, calendar("SUMMARY:no start"))
    with server(RIGHT, broken) as running:
        first = ask(running.url, state=tmp_path)
        an_hour_later(tmp_path)
        found = answer(running.url, state=tmp_path)
        assert found.busy == first
        assert "does not say when it starts. The plan goes by what was understood of it on " in found.notes[0]
        assert found == answer(running.url, state=tmp_path)
    with server(broken) as running:
        assert "ARE NOT KNOWN" in missing(running.url)


def test_a_calendar_that_never_ends_keeps_no_other_from_its_turn(ics: Path) -> None:
    rule = "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"
    bomb = calendar(f"DTSTART:19700101T090000Z\nDURATION:PT1S\nRRULE:{rule}")
    with server((200, {}, bomb)) as running:
        found = answer(running.url, ics, seconds=2)
    assert len(found.busy) == 1
    assert "takes longer than 2 seconds" in found.notes[0]


# -- what must always hold ------------------------------------------------------------------------------

MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2027, 1, 10)).map(lambda moment: moment.replace(microsecond=0))
EVENTS = st.lists(st.tuples(MOMENTS, st.integers(1, 100_000)), max_size=12)


@given(EVENTS)
def test_single_events_are_found_as_they_are(events: list[tuple[datetime, int]]) -> None:
    content = calendar(*(f"DTSTART:{start:%Y%m%dT%H%M%S}Z\nDURATION:PT{length}S" for start, length in events))
    expected = [(start.replace(tzinfo=UTC), start.replace(tzinfo=UTC) + timedelta(seconds=n)) for start, n in events]
    expected = sorted(one for one in expected if one[0] < END and one[1] > START)
    assert sorted(occurrences(content.encode(), COPENHAGEN, START, END, frozenset())) == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=10))
def test_merged_stretches_cover_the_same_time_and_stay_apart(pairs: list[tuple[int, int]]) -> None:
    from callplan.sync.busy import _merged  # noqa: PLC0415

    stretches = [(float(start), float(start + length)) for start, length in pairs]
    merged = _merged(stretches)
    covered = {second for a, b in stretches for second in range(int(a), int(b))}
    assert {second for a, b in merged for second in range(int(a), int(b))} == covered
    assert all(one[1] < other[0] for one, other in itertools.pairwise(merged))


LINES = st.lists(
    st.sampled_from(
        [
            "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "DTSTART:20261116T090000Z", "DTEND:x",
            "DTSTART;VALUE=DATE:20261116", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:", "EXDATE:20261117T090000Z",
            "RECURRENCE-ID:20261117T090000Z", "UID:a", "UID:", "DURATION:-PT1H", "TRANSP:", "BEGIN:VTIMEZONE",
            "END:VTIMEZONE", "TZID:x", "DTSTART;TZID=x:20261116T090000", ":", ";", " folded", "RDATE:20261118",
            "SEQUENCE:one", "BEGIN:VFREEBUSY", "END:VFREEBUSY", "FREEBUSY:/",
        ]
    ) | st.text(max_size=15),
    max_size=25,
)  # fmt: skip


@given(LINES)
def test_whatever_a_file_holds_the_answer_is_busy_times_or_a_sentence(lines: list[str]) -> None:
    from callplan.sync.lean import CalendarFault  # noqa: PLC0415

    content = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    try:
        found = occurrences(content.encode("utf-8", "surrogatepass"), COPENHAGEN, START, END, frozenset())
    except CalendarFault as fault:
        found = []
        told = str(fault)
    else:
        told = "."
    assert told.endswith(".")
    assert all(start < end for start, end in found)

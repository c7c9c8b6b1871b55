"""When the user is busy, out of files that others wrote, read in a process of its own."""

from __future__ import annotations

import itertools
import os
import stat
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from callplan.errors import RecordError
from callplan.sync import busy_sources
from callplan.sync.busy import whole_days
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.calendars import COPENHAGEN, ask, calendar

pytestmark = pytest.mark.usefixtures("without_keyring")


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


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=10))
def test_merged_stretches_cover_the_same_time_and_stay_apart(pairs: list[tuple[int, int]]) -> None:
    from callplan.sync.busy import _merged  # noqa: PLC0415

    stretches = [(float(start), float(start + length)) for start, length in pairs]
    merged = _merged(stretches)
    covered = {second for a, b in stretches for second in range(int(a), int(b))}
    assert {second for a, b in merged for second in range(int(a), int(b))} == covered
    assert all(one[1] < other[0] for one, other in itertools.pairwise(merged))

"""An event as the object on a server: what is in it, what never is, and who can read it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from callplan.ics.description import NOTES_LINE, compose, plain, plain_line
from callplan.ics.event import Alarm, Event, Revision
from callplan.ics.lint import faults
from callplan.ics.read import differences, read_object
from callplan.ics.render import caldav_object
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ics.invented import COPENHAGEN, MODIFIED, event, revision, revisions, second, texts
from tests.ics.readers import READERS

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lines(data: bytes) -> list[str]:
    """The content lines, unfolded."""
    return data.decode().replace("\r\n ", "").split("\r\n")


@thorough
@given(revisions, texts)
def test_what_is_written_is_read_back_with_the_same_meaning(one: Revision, notes: str) -> None:
    remote = read_object(caldav_object(one, notes))
    assert differences(one.event, remote, notes) == frozenset()
    assert remote.uid == one.event.uid
    assert remote.own_notes == plain(notes).strip()
    assert (second(remote.start), second(remote.end)) == (second(one.event.start), second(one.event.end))
    assert (remote.opaque, remote.tentative) == (one.event.opaque, one.event.tentative)
    assert [alarm.minutes for alarm in remote.alarms] == [alarm.minutes for alarm in one.event.alarms]
    assert (remote.sequence, remote.last_modified) == (one.sequence, second(one.modified))


@thorough
@given(revisions, texts)
def test_lint_finds_no_fault_in_an_object_of_ours(one: Revision, notes: str) -> None:
    assert faults(caldav_object(one, notes)) == []


@pytest.mark.parametrize("reader", READERS)
@thorough
@given(one=revisions, notes=texts)
def test_independent_readers_see_the_same_event(reader: str, one: Revision, notes: str) -> None:
    (seen,) = READERS[reader](caldav_object(one, notes))
    assert seen.uid == one.event.uid
    assert seen.summary.strip() == plain_line(one.event.summary)
    assert seen.description.strip() == compose(one.event.description, notes).strip()
    assert seen.location.strip() == plain_line(one.event.location or "")
    assert (seen.start, seen.end) == (second(one.event.start), second(one.event.end))
    assert seen.alarms == len(one.event.alarms)


def test_every_hostile_string_of_the_corpus_keeps_the_object_whole() -> None:
    hostile = [
        json.loads(line)
        for line in Path(__file__).parents[1].joinpath("hostile-strings.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    for text in hostile:
        one = revision(summary=text, description=text, location=text, alarms=(Alarm(5, text),), categories=(text,))
        data = caldav_object(one, text)
        assert faults(data) == []
        assert differences(one.event, read_object(data), text) == frozenset()


def test_ten_thousand_words_are_carried() -> None:
    words = " ".join(f"ord{number} økse, {number};" for number in range(10_000))
    data = caldav_object(revision(description=words), words)
    assert differences(event(description=words), read_object(data), words) == frozenset()
    for read in READERS.values():
        (seen,) = read(data)
        assert seen.description == compose(words, words)


def test_the_object_has_local_times_with_a_yearly_zone() -> None:
    text = lines(caldav_object(revision()))
    assert "DTSTART;TZID=Europe/Copenhagen:20261202T084500" in text
    assert "DTEND;TZID=Europe/Copenhagen:20261202T090000" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert text.count("BEGIN:VTIMEZONE") == text.count("BEGIN:VEVENT") == 1


@pytest.mark.parametrize("zone", ["UTC", "Africa/Casablanca", "Africa/Cairo", "Nowhere/Atlantis"])
def test_a_zone_that_no_rule_can_say_is_written_in_utc(zone: str) -> None:
    text = lines(caldav_object(revision(timezone=zone)))
    assert "DTSTART:20261202T074500Z" in text
    assert "BEGIN:VTIMEZONE" not in text


def test_the_second_of_two_equal_hours_is_written_in_utc() -> None:
    """2:30 comes twice on 25 October; with a TZID it would always be the first."""
    first = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    for start, in_utc in ((first, False), (first + timedelta(hours=1), True)):
        data = caldav_object(revision(start=start, end=start + timedelta(minutes=15)))
        assert (b"BEGIN:VTIMEZONE" not in data) is in_utc
        assert second(read_object(data).start) == start


def test_the_numbers_and_stamps_are_those_of_the_last_change() -> None:
    text = lines(caldav_object(revision(sequence=7)))
    assert {"SEQUENCE:7", "DTSTAMP:20261116T113000Z", "LAST-MODIFIED:20261116T113000Z"} <= set(text)


def test_equal_events_make_equal_bytes() -> None:
    elsewhere = event().start.astimezone(ZoneInfo("Asia/Tokyo"))
    assert caldav_object(revision()) == caldav_object(revision(start=elsewhere))


def test_nothing_that_makes_a_server_send_mail_is_written() -> None:
    text = lines(caldav_object(revision(), "notes"))
    assert not [line for line in text if line.startswith(("METHOD", "ORGANIZER", "ATTENDEE", "CREATED", "RELATED-TO"))]


def test_the_divider_is_there_before_any_notes_are() -> None:
    remote = next(line for line in lines(caldav_object(revision())) if line.startswith("DESCRIPTION"))
    assert remote.endswith(f"\\n\\n{NOTES_LINE}")


def test_categories_are_one_property_without_commas_in_a_word() -> None:
    text = lines(caldav_object(revision(categories=("callplan", "Nordlys, Energi", " ", "a;b\\c"))))
    assert [line for line in text if line.startswith("CATEGORIES")] == ["CATEGORIES:callplan,Nordlys Energi,a b c"]


def test_an_alarm_is_relative_to_the_start_and_has_words() -> None:
    text = lines(caldav_object(revision(alarms=(Alarm(10, ""), Alarm(0, "Now"), Alarm(-30, "Well?")))))
    begin = text.index("BEGIN:VALARM")
    assert sorted(text[begin + 1 : begin + 4]) == [
        "ACTION:DISPLAY",
        "DESCRIPTION:Call Mette Holm\\, Nordlys Energi",
        "TRIGGER:-PT10M",
    ]
    assert "TRIGGER:PT30M" in text


def test_the_status_says_whether_it_is_certain_and_transp_whether_one_is_busy() -> None:
    assert {"STATUS:TENTATIVE", "TRANSP:OPAQUE"} <= set(lines(caldav_object(revision())))
    firm = lines(caldav_object(revision(tentative=False, opaque=False)))
    assert {"STATUS:CONFIRMED", "TRANSP:TRANSPARENT"} <= set(firm)


def test_a_url_has_nothing_that_a_server_would_cut() -> None:
    text = lines(caldav_object(revision(url="https://calls.example/ø, d;e\\f\r\nX:y?q=%20#z")))
    assert "URL:https://calls.example/%C3%B8%2Cd%3Be%5CfX:y?q=%20#z" in text


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=-60), timedelta(microseconds=1)])
def test_an_event_that_does_not_end_after_its_start_is_refused(length: timedelta) -> None:
    with pytest.raises(ValueError, match="does not end after its start"):
        caldav_object(revision(end=event().start + length))


@pytest.mark.parametrize("sequence", [0, -1, 2**31])
def test_a_sequence_number_out_of_range_is_refused(sequence: int) -> None:
    with pytest.raises(ValueError, match="sequence number"):
        caldav_object(Revision(event(), sequence, MODIFIED))


def test_a_time_in_the_hour_that_is_skipped_keeps_its_moment() -> None:
    start = datetime(2026, 3, 29, 2, 30, tzinfo=COPENHAGEN)
    data = caldav_object(revision(start=start, end=start + timedelta(hours=3)))
    assert second(read_object(data).start) == second(start)


def test_the_values_of_an_event_load_no_icalendar() -> None:
    program = (
        "import sys, callplan.ics.event, callplan.ics.description, callplan.ics.remote, callplan.ics.lint, "
        "callplan.ics.zones; print('icalendar' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "False"


@given(st.text(alphabet=st.sampled_from("\\Nn,;a\n"), max_size=12))
def test_backslashes_are_kept(text: str) -> None:
    assert read_object(caldav_object(revision(location=text))).location == (plain_line(text) or None)


def test_an_event_is_what_it_was_made_of() -> None:
    remote = read_object(caldav_object(revision()))
    made_of: Event = event()
    assert (remote.summary, remote.start, remote.end, remote.timezone) == (
        made_of.summary,
        made_of.start,
        made_of.end,
        made_of.timezone,
    )
    assert (remote.description, remote.location, remote.url) == (made_of.description, made_of.location, made_of.url)
    assert (remote.alarms, remote.categories) == (made_of.alarms, made_of.categories)

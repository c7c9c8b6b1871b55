"""What stands on the server, after clients and servers have had their way with it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from callplan.ics.event import Alarm, Revision
from callplan.ics.read import differences, read_object
from callplan.ics.render import caldav_object
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ics.invented import COPENHAGEN, UID, event, revision, revisions

NOTES = "reached\nShe decides on Friday"
OURS = caldav_object(revision(), NOTES).decode()


def edited(*changes: tuple[str, str]) -> bytes:
    """Our object, unfolded, after a client has replaced some of it."""
    text = OURS.replace("\r\n ", "")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


START, END = "DTSTART;TZID=Europe/Copenhagen:20261202T084500", "DTEND;TZID=Europe/Copenhagen:20261202T090000"


def a_vevent(*lines: str, before: str = "") -> bytes:
    """An object with these lines in its event."""
    body = "\r\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{before}BEGIN:VEVENT\r\nDTSTAMP:20261116T113000Z\r\n"
        f"{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


IN_HTML = "when will you decide?<br><br>=== Your own notes below ===<br>"

COSMETICS: dict[str, bytes] = {
    "line feeds only": OURS.replace("\r\n", "\n").encode(),
    "folded at 20 octets, inside characters": b"\r\n".join(
        b"\r\n ".join(line[at : at + 20] for at in range(0, max(1, len(line)), 20)) for line in edited().split(b"\r\n")
    ),
    "byte order mark": b"\xef\xbb\xbf" + OURS.encode(),
    "properties in another order": edited(
        (f"{START}\r\n{END}\r\n", ""), ("SEQUENCE:1", f"{END}\r\n{START}\r\nSEQUENCE:1")
    ),
    "rule in another order": edited(("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "BYMONTH=3;BYDAY=-1SU;FREQ=YEARLY")),
    "categories a line each, as Thunderbird": edited(("CATEGORIES:callplan", "CATEGORIES:callplan\r\nCATEGORIES:Work")),
    "alarm dismissed, as Apple": edited(
        ("TRIGGER:-PT10M", "TRIGGER:-PT10M\r\nUID:A1\r\nX-WR-ALARMUID:A1\r\nACKNOWLEDGED:20261202T074000Z"),
    ),
    "alarm dismissed, as Thunderbird": edited(
        ("SEQUENCE:1", "SEQUENCE:1\r\nX-MOZ-LASTACK:20261202T074000Z\r\nX-MOZ-GENERATION:2"),
        ("LAST-MODIFIED:20261116T113000Z", "LAST-MODIFIED:20261202T074001Z"),
        ("DTSTAMP:20261116T113000Z", "DTSTAMP:20261202T074001Z"),
    ),
    "no last-modified, as DAVx5": edited(
        ("LAST-MODIFIED:20261116T113000Z\r\n", ""), ("TRIGGER:-P1D", "TRIGGER:-PT1440M")
    ),
    "a default alarm of none, as Apple": edited((
        "END:VEVENT",
        "BEGIN:VALARM\r\nACTION:NONE\r\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z\r\nEND:VALARM\r\nEND:VEVENT",
    )),
    "duration for end": edited((END, "DURATION:PT15M")),
    "in UTC": edited((START, "DTSTART:20261202T074500Z"), (END, "DTEND:20261202T080000Z")),
    "in another zone": edited(
        (START, "DTSTART;TZID=Asia/Tokyo:20261202T164500"), (END, "DTEND;TZID=Asia/Tokyo:20261202T170000")
    ),
    "zone by its Windows name": edited(
        (START, START.replace("Europe/Copenhagen", "Romance Standard Time")),
        (END, END.replace("Europe/Copenhagen", "Romance Standard Time")),
    ),
    "zone as Evolution has it": edited(
        (START, START.replace("=", "=/freeassociation.sourceforge.net/")),
        (END, END.replace("=", "=/freeassociation.sourceforge.net/")),
    ),
    "zone dropped": (OURS[: OURS.index("BEGIN:VTIMEZONE")] + OURS[OURS.index("BEGIN:VEVENT") :]).encode(),
    "status dropped": edited(("STATUS:TENTATIVE\r\n", "")),
    "parameters added": edited(
        ("SUMMARY:", "SUMMARY;LANGUAGE=da:"), ("LOCATION:", 'LOCATION;ALTREP="cid:x;y:z":')
    ),
    "description in HTML": edited(("when will you decide?\\n\\n=== Your own notes below ===\\n", IN_HTML)),
    "by Radicale's library": vobject.readOne(OURS).serialize().encode(),
}  # fmt: skip


@pytest.mark.parametrize("rewritten", COSMETICS.values(), ids=COSMETICS)
@pytest.mark.filterwarnings("ignore:Timezone")
def test_cosmetics_of_clients_are_no_difference(rewritten: bytes) -> None:
    assert rewritten != OURS.encode()
    remote = read_object(rewritten, "Europe/Copenhagen")
    assert differences(event(), remote, NOTES) == frozenset()
    assert remote.uid == UID


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(revisions)
def test_what_radicales_library_makes_of_it_is_no_difference(one: Revision) -> None:
    rewritten = vobject.readOne(caldav_object(one).decode()).serialize()
    assert differences(one.event, read_object(rewritten.encode())) == frozenset()


EDITS = {
    "moved": ([(START, START.replace("0845", "1000")), (END, END.replace("0900", "1015"))], {"start", "end"}),
    "made longer": ([(END, END.replace("0900", "0930"))], {"end"}),
    "moved to a whole day": (
        [(START, "DTSTART;VALUE=DATE:20261202"), (END, "DTEND;VALUE=DATE:20261203")], {"start", "end"},
    ),
    "cancelled": ([("STATUS:TENTATIVE", "STATUS:CANCELLED")], {"status"}),
    "cancelled in the title": ([("SUMMARY:Call", "SUMMARY:Canceled: Call")], {"status", "summary"}),
    "made certain": ([("STATUS:TENTATIVE", "STATUS:CONFIRMED")], {"status"}),
    "renamed": ([("SUMMARY:Call Mette", "SUMMARY:Ring Mette")], {"summary"}),
    "put elsewhere": ([("LOCATION:Havnegade 12", "LOCATION:Havnegade 14")], {"location"}),
    "taken from its place": ([("LOCATION:Havnegade 12\\, Aarhus\r\n", "")], {"location"}),
    "written to": ([("She decides on Friday", "She decides on Monday")], {"notes"}),
    "written above the line": ([("when will you decide?", "when will you decide? Who?")], {"description"}),
    "written over": ([("\\nreached\\nShe decides on Friday", "")], {"notes"}),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "differing"), EDITS.values(), ids=EDITS)
def test_each_edit_of_a_person_is_seen(changes: list[tuple[str, str]], differing: set[str]) -> None:
    assert differences(event(), read_object(edited(*changes), "Europe/Copenhagen"), NOTES) == differing


def test_an_emptied_description_differs_in_text_and_notes() -> None:
    text = OURS.replace("\r\n ", "")
    line = next(line for line in text.split("\r\n") if line.startswith("DESCRIPTION:+45"))
    remote = read_object(text.replace(line + "\r\n", "").encode())
    assert differences(event(), remote, NOTES) == {"description", "notes"}


def test_an_all_day_event_is_the_midnights_of_the_zone_it_is_read_for() -> None:
    data = edited((START, "DTSTART;VALUE=DATE:20261202"), (f"{END}\r\n", ""))
    remote = read_object(data, "Europe/Copenhagen")
    assert remote.all_day
    assert remote.start == datetime(2026, 12, 2, tzinfo=COPENHAGEN)
    assert remote.end == datetime(2026, 12, 3, tzinfo=COPENHAGEN)


def test_a_time_without_a_zone_is_read_in_the_zone_given() -> None:
    remote = read_object(a_vevent("UID:1", "DTSTART:20261202T084500", "DTEND:20261202T090000"), "Asia/Tokyo")
    assert remote.start == datetime(2026, 12, 1, 23, 45, tzinfo=UTC)
    assert remote.timezone == "Asia/Tokyo"


def test_a_duration_counts_elapsed_hours_over_a_change_of_clocks() -> None:
    remote = read_object(a_vevent("UID:1", "DTSTART;TZID=Europe/Copenhagen:20261024T120000", "DURATION:PT24H"))
    assert remote.end - remote.start == timedelta(hours=23)  # wall clock: same zone
    assert remote.end.astimezone(UTC) - remote.start.astimezone(UTC) == timedelta(hours=24)


def test_of_a_series_it_is_the_series_that_is_read() -> None:
    data = a_vevent("UID:1", "DTSTART:20261202T084500Z", "DTEND:20261202T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3").replace(
        b"END:VEVENT\r\n",
        b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261116T113000Z\r\nRECURRENCE-ID:20261209T084500Z\r\n"
        b"DTSTART:20261209T100000Z\r\nDTEND:20261209T101500Z\r\nEND:VEVENT\r\n",
    )
    remote = read_object(data)
    assert remote.recurring
    assert remote.start == datetime(2026, 12, 2, 8, 45, tzinfo=UTC)


def test_only_alarms_that_show_something_before_or_after_the_start_are_read() -> None:
    data = edited(
        ("TRIGGER:-PT10M", "TRIGGER;RELATED=END:-PT10M"),
        ("END:VEVENT", "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:PT5M\r\nEND:VALARM\r\nEND:VEVENT"),
    )
    assert read_object(data).alarms == (Alarm(1440, "Tomorrow: call Mette Holm"), Alarm(-5, ""))


def vtimezone(tzid: str, hours: int, extra: str = "") -> str:
    return (
        f"BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:{hours:+03d}00\r\n"
        f"TZOFFSETTO:{hours:+03d}00\r\n{extra}END:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def timed(tzid: str, before: str = "") -> bytes:
    return a_vevent("UID:1", f"DTSTART;TZID={tzid}:20261202T084500", "DURATION:PT15M", before=before)


def test_one_files_time_zone_never_reaches_the_next_file() -> None:
    nine_hours = read_object(timed("Romance Standard Time", vtimezone("Romance Standard Time", 9)))
    assert nine_hours.start == datetime(2026, 12, 1, 23, 45, tzinfo=UTC)
    assert read_object(timed("Romance Standard Time")).start == datetime(2026, 12, 2, 7, 45, tzinfo=UTC)
    assert read_object(timed("Our office", vtimezone("Our office", 9))).start == nine_hours.start
    with pytest.raises(ValueError, match='unknown time zone "Our office"'):
        read_object(timed("Our office"))


def test_a_zone_of_the_time_zone_database_cannot_be_redefined() -> None:
    assert read_object(timed("Europe/Paris", vtimezone("Europe/Paris", 9))).start == datetime(
        2026, 12, 2, 7, 45, tzinfo=UTC
    )


def test_utc_by_the_name_outlook_has_for_it_is_utc() -> None:
    assert read_object(
        timed("tzone://Microsoft/Utc").replace(b"TZID=tz", b'TZID="tz').replace(b"Utc:", b'Utc":')
    ).start == (datetime(2026, 12, 2, 8, 45, tzinfo=UTC))


@pytest.mark.parametrize(
    ("tzid", "hours"),
    [("GMT+0100", 1), ('"GMT+01:00"', 1), ("GMT-0330", -3.5), ("utc+0545", 5.75), ("GMT+0000", 0), ("Etc/GMT-1", 1)],
)
def test_a_bare_offset_for_a_zone_is_that_offset(tzid: str, hours: float) -> None:
    data = timed(tzid)
    assert read_object(data).start == datetime(2026, 12, 2, 8, 45, tzinfo=UTC) - timedelta(hours=hours)


@pytest.mark.parametrize("tzid", ["GMT+2500", "GMT+0175", "GMT+1", "GMT0100", "GMT+0100x"])
def test_what_is_no_offset_is_no_zone(tzid: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        read_object(timed(tzid))


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYSECOND=1,2;BYMINUTE=1", "FREQ=DAILY"])
def test_a_time_zone_with_endless_rules_is_not_computed(rule: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="unknown time zone"):
        read_object(timed("Bomb", vtimezone("Bomb", 1, f"RRULE:{rule}\r\n")))
    assert time.process_time() - began < 5


TIMES = ("DTSTART:20261202T084500Z", "DTEND:20261202T090000Z")
UNREADABLE = {
    "nothing": b"",
    "an HTML page": b"<!DOCTYPE html><html><body>Log in</body></html>",
    "noise": bytes(range(256)) * 20,
    "no event": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "a task": a_vevent("UID:1", *TIMES).replace(b"VEVENT", b"VTODO"),
    "two events": a_vevent("UID:1", *TIMES, "END:VEVENT", "BEGIN:VEVENT", "UID:2", *TIMES),
    "no UID": a_vevent(*TIMES),
    "no start": a_vevent("UID:1", TIMES[1]),
    "30 February": a_vevent("UID:1", "DTSTART:20270230T084500Z", TIMES[1]),
    "end before start": a_vevent("UID:1", "DTSTART:20261202T091500Z", TIMES[1]),
    "a date and a time": a_vevent("UID:1", "DTSTART;VALUE=DATE:20261202", TIMES[1]),
    "a day after the last": a_vevent("UID:1", "DTSTART;VALUE=DATE:99991231"),
    "the first hour of the year 1": a_vevent("UID:1", "DTSTART;TZID=Asia/Tokyo:00010101T000000"),
    "a duration past the end of time": a_vevent("UID:1", TIMES[0], "DURATION:P99999999W"),
    "an unknown zone": timed("Paris"),
    "nested too deep": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000,
    "nested and closed": b"".join(
        [b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n" * 3000, b"END:VEVENT\r\n" * 3000, b"END:VCALENDAR\r\n"]
    ),
    "five megabytes": a_vevent("UID:1", *TIMES, "DESCRIPTION:" + "x" * 5_000_000),
    "a crowd": a_vevent("UID:1", *TIMES, *["ATTENDEE:mailto:a@example.example"] * 30_000),
}  # fmt: skip


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match=r"^(This|There|The) .*[^\s]$") as refusal:
        read_object(data)
    assert len(str(refusal.value)) < 400
    assert str(refusal.value).isprintable()
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "line",
    ["SEQUENCE:1792393849000000", "SEQUENCE:x", "STATUS:DONE", "TRANSP:?", "LAST-MODIFIED:yesterday", "PRIORITY:high",
     "BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-10M\r\nEND:VALARM",
     "GEO:x", "SUMMARY:a\r\nSUMMARY:b", "LOCATION:Caf\xe9", "X-A;P=\"x:y", "no colon", "CATEGORIES:",
     "RRULE:FREQ=SECONDLY",
     "LAST-MODIFIED;TZID=Asia/Tokyo:00010101T000000", "DESCRIPTION:\\", "URL;VALUE=URI:https://x.example/?a,b;c"],
)  # fmt: skip
def test_a_fault_beside_the_point_does_not_hide_the_event(line: str) -> None:
    remote = read_object(a_vevent("UID:1", *TIMES, line).decode().encode("latin-1"))
    assert (remote.uid, remote.start) == ("1", datetime(2026, 12, 2, 8, 45, tzinfo=UTC))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_done_to_the_bytes_it_is_read_or_refused(data: st.DataObject) -> None:
    octets = bytearray(OURS.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(octets) - 1))
        octets[at : at + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=6)
            | st.sampled_from([b"\r\n", b"\n ", b";", b":", b"\\", b'"', b"BEGIN:VEVENT\r\n", b"Z", b"-", b"9999"])
        )
    try:
        remote = read_object(bytes(octets))
    except ValueError:
        return
    assert remote.start.tzinfo is not None
    assert remote.start.astimezone(UTC) <= remote.end.astimezone(UTC)
    differences(event(), remote, NOTES)

"""Each fault that some client stumbles over is found, and named with its line."""

from __future__ import annotations

import pytest
from callplan.ics.lint import faults
from callplan.ics.render import caldav_object
from hypothesis import given
from hypothesis import strategies as st

from tests.ics.invented import revision

GOOD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//callplan//callplan//EN
REFRESH-INTERVAL;VALUE=DURATION:PT1H
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20261116T113000Z
SEQUENCE:1
DTSTART;TZID=Europe/Copenhagen:20261202T084500
DTEND;TZID=Europe/Copenhagen:20261202T090000
SUMMARY:Ring Søren Ærø\\, Nordlys
STATUS:TENTATIVE
CATEGORIES:callplan,work
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Now
TRIGGER:-PT10M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def octets(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def broken(*changes: tuple[str, str]) -> bytes:
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return octets(text)


START, END = "DTSTART;TZID=Europe/Copenhagen:20261202T084500", "DTEND;TZID=Europe/Copenhagen:20261202T090000"
SECOND_EVENT = GOOD[GOOD.index("BEGIN:VEVENT") : GOOD.index("END:VCALENDAR")]
SPLIT = octets(GOOD).replace("Æ".encode(), b"\xc3\r\n \x86")

#: The table of the reference, section 8, and what more our own rules forbid: name -> file, line, words of the fault.
FAULTS: dict[str, tuple[bytes, int, str]] = {
    "no UID": (broken(("UID:1\n", "")), 14, "VEVENT without UID"),
    "no DTSTAMP": (broken(("DTSTAMP:20261116T113000Z\n", "")), 14, "VEVENT without DTSTAMP"),
    "no DTEND": (broken((f"{END}\n", "")), 14, "VEVENT without DTEND"),
    "line feeds only": (GOOD.encode(), 1, "LF, not CRLF"),
    "a line of 300 octets": (broken(("Nordlys", "x" * 300)), 20, "75 are the most"),
    "30 February": (broken((START, START.replace("1202T", "0230T"))), 18, "no date or time that exists"),
    "25 o'clock": (broken((START, START.replace("T08", "T25"))), 18, "no date or time that exists"),
    "a fold without its blank": (broken(("\\, Nordlys", "\n\\, Nordlys")), 21, "no content line"),
    "a fold that looks like a property": (broken(("Nordlys", "\nNordlys")), 21, "no content line"),
    "END missing": (broken(("END:VEVENT\n", "")), 28, "END:VCALENDAR closes nothing"),
    "cut off": (octets(GOOD.removesuffix("END:VCALENDAR\n")), 1, "BEGIN:VCALENDAR is never closed"),
    "an HTML page": (b"<!DOCTYPE html>\r\n<html>Log in</html>\r\n", 1, "not one VCALENDAR"),
    "an empty file": (b"", 1, "not one VCALENDAR"),
    "two calendars": (octets(GOOD + GOOD), 1, "not one VCALENDAR"),
    "a zone undefined": (broken((START, START.replace("Copenhagen", "Paris"))), 18, 'the TZID "Europe/Paris"'),
    "no zone at all": (broken((START, "DTSTART:20261202T084500")), 18, "has no time zone"),
    "a zone and a Z": (broken((START, START + "Z")), 18, "both a TZID and a Z"),
    "end before start": (broken((END, END.replace("09", "08"))), 19, "DTEND is not after DTSTART"),
    "end at start": (broken((END, END.replace("0900", "0845"))), 19, "DTEND is not after DTSTART"),
    "end before start in another zone": (broken((END, "DTEND:20261202T070000Z")), 19, "DTEND is not after DTSTART"),
    "two DTSTART": (broken((f"{START}\n", f"{START}\n{START}\n")), 19, "a second DTSTART"),
    "two CATEGORIES": (broken(("STATUS", "CATEGORIES:x\nSTATUS")), 23, "a second CATEGORIES"),
    "the same UID twice": (broken(("END:VCALENDAR", SECOND_EVENT + "END:VCALENDAR")), 30, "the UID of line 15 again"),
    "a sequence in milliseconds": (broken(("SEQUENCE:1", "SEQUENCE:1792393849000")), 17, "no number from 0"),
    "a negative sequence": (broken(("SEQUENCE:1", "SEQUENCE:-1")), 17, "no number from 0"),
    "an alarm without trigger": (broken(("TRIGGER:-PT10M\n", "")), 23, "VALARM without TRIGGER"),
    "Latin-1": (octets(GOOD).decode().encode("latin-1"), 20, "not UTF-8"),
    "a control character": (broken(("Nordlys", "Nord\x07lys")), 20, "a control character"),
    "an escape sequence of terminals": (broken(("Nordlys", "Nord\x1blys")), 20, "a control character"),
    "a time and a date": (broken((END, "DTEND;VALUE=DATE:20261203")), 19, "not both dates or both times"),
    "an unescaped comma": (broken(("\\, Nordlys", ", Nordlys")), 20, "unescaped"),
    "an unescaped semicolon": (broken(("\\, Nordlys", "; Nordlys")), 20, "unescaped"),
    "an unknown escape": (broken(("\\, Nordlys", "\\x Nordlys")), 20, "unescaped"),
    "a backslash at the end": (broken(("Nordlys", "Nordlys\\")), 20, "unescaped"),
    "an interval that is none": (broken(("DURATION:PT1H", "DURATION:P1H")), 4, "no duration"),
    "an interval without its type": (broken((";VALUE=DURATION", "")), 4, "without VALUE=DURATION"),
    "a byte order mark": (b"\xef\xbb\xbf" + octets(GOOD), 1, "byte order mark"),
    "a trigger that is none": (broken(("TRIGGER:-PT10M", "TRIGGER:-10M")), 26, "no duration"),
    "a status of tasks": (broken(("STATUS:TENTATIVE", "STATUS:DONE")), 21, "not one of"),
    "a date without its type": (
        broken((START, "DTSTART:20261202"), (END, "DTEND;VALUE=DATE:20261203")), 18, "date without VALUE=DATE",
    ),
    "an unclosed quote": (broken((START, START.replace("Europe", '"Europe'))), 18, "unclosed quote"),
    "a character split by folding": (SPLIT, 20, "split by folding"),
    "METHOD": (broken(("VERSION:2.0", "VERSION:2.0\nMETHOD:REQUEST")), 3, "makes servers send mail"),
    "ORGANIZER": (broken(("STATUS", "ORGANIZER:mailto:a@dahl.example\nSTATUS")), 21, "makes servers send mail"),
    "ATTENDEE": (broken(("STATUS", "ATTENDEE:mailto:a@dahl.example\nSTATUS")), 21, "makes servers send mail"),
    "an own property with a comma": (broken(("STATUS", "X-CALLPLAN-STEP:a,b\nSTATUS")), 21, "no plain token"),
    "a stamp that is not in UTC": (broken(("T113000Z", "T113000")), 16, "not in UTC"),
    "no version": (broken(("VERSION:2.0\n", "")), 1, "VCALENDAR without VERSION"),
    "an empty line": (broken(("STATUS", "\nSTATUS")), 21, "an empty line"),
    "no end of line at the end": (octets(GOOD).removesuffix(b"\r\n"), 28, "the last line has no CRLF"),
    "a bare CR": (broken(("Nordlys", "Nord\rlys")), 20, "bare CR"),
    "a property outside": (octets("SUMMARY:x\n" + GOOD), 1, "outside of every component"),
}  # fmt: skip


def test_a_good_file_has_no_faults() -> None:
    assert faults(octets(GOOD)) == []
    assert faults(caldav_object(revision(), "notes")) == []


@pytest.mark.parametrize(("data", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_at_its_line(data: bytes, line: int, words: str) -> None:
    assert [fault for fault in faults(data) if fault.startswith(f"line {line}: ") and words in fault], faults(data)


def test_faults_come_in_the_order_of_the_lines_and_none_hides_another() -> None:
    found = faults(broken(("STATUS:TENTATIVE", "STATUS:DONE"), ("SEQUENCE:1", "SEQUENCE:x"), ("TRIGGER:-PT10M\n", "")))
    assert [fault.partition(":")[0] for fault in found] == ["line 17", "line 21", "line 23"]


@pytest.mark.parametrize(
    "changes",
    [
        [(START, "DTSTART;VALUE=DATE:20261202"), (END, "DTEND;VALUE=DATE:20261203")],
        [(START, "DTSTART:20261202T084500Z"), (END, "DTEND:20261202T090000Z")],
        [(START, START.replace("Europe/Copenhagen", '"Europe/Copenhagen"'))],
        [("SUMMARY:", "SUMMARY;LANGUAGE=da;X-A=\"b:c;d\",e:")],
        [("SUMMARY:Ring", "SUMMARY:Ring\n ")],
        [("TRIGGER:-PT10M", "TRIGGER;VALUE=DATE-TIME:20261202T080000Z")],
        [("TRIGGER:-PT10M", "TRIGGER:P1DT2H")],
        [("TRIGGER:-PT10M", "TRIGGER:-P2W")],
    ],
)  # fmt: skip
def test_what_the_standard_allows_is_no_fault(changes: list[tuple[str, str]]) -> None:
    assert faults(broken(*changes)) == []


def test_an_exception_of_a_series_may_have_its_uid() -> None:
    exception = SECOND_EVENT.replace("UID:1\n", "UID:1\nRECURRENCE-ID:20261209T074500Z\n")
    assert faults(broken(("END:VCALENDAR", exception + "END:VCALENDAR"))) == []


@given(st.data())
def test_any_bytes_are_judged_without_a_crash(data: st.DataObject) -> None:
    octets_ = bytearray(octets(GOOD))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(octets_) - 1))
        octets_[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    assert all(fault.startswith("line ") for fault in faults(bytes(octets_)))


@given(st.binary(max_size=200))
def test_noise_is_always_faulty(noise: bytes) -> None:
    assert faults(noise)

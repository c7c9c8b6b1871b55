"""A file cannot harm the next one, nor the computer."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from callplan.book.capture import apart
from callplan.book.capture.apart import taken_from
from callplan.book.capture.content_lines import LONGEST_FILE
from callplan.book.capture.taken import UnusableError

from tests.book.capture.invited import calendar

DATA = Path(__file__).parent / "data"

_LIAR = """\
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""
_MEETING = "DTSTART;TZID=Romance Standard Time:20261208T100000\nSUMMARY:Interview: Welder at Ironwood Yard"


def test_a_zone_that_one_file_redefines_is_itself_again_in_the_next() -> None:
    assert taken_from(calendar(_MEETING, _LIAR), "invitation").asks("timezone")
    assert taken_from(calendar(_MEETING), "invitation").rounds[0].start == "2026-12-08T10:00:00+01:00"


def _deep() -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 200_000


HOSTILE = {
    "nested": _deep(),
    "many attendees": calendar("DTSTART:20270101T090000Z\n" + "ATTENDEE;CN=A B:mailto:a@b.example\n" * 20_000),
    "many lines": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + b"X-A:1\r\n" * 150_000,
    "one long line": calendar("DTSTART:20270101T090000Z\nSUMMARY:" + "interview " * 500_000),
    "one long line of quotes": calendar("DTSTART:20270101T090000Z\nATTENDEE;CN=" + '"' * 3_000_000),
    "one long line of parameters": calendar("DTSTART:20270101T090000Z\nATTENDEE" + ";A=B" * 500_000 + ":mailto:a@b.c"),
    "angle brackets": calendar("DTSTART:20270101T090000Z\nDESCRIPTION:<p>" + "<a href=" * 200_000),
    "separators": calendar("DTSTART:20270101T090000Z\nSUMMARY:" + " - ".join(["interview"] * 50_000)),
    "addresses": calendar("DTSTART:20270101T090000Z\nDESCRIPTION:" + "a.b-c@" * 300_000),
    "folds": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + b"\r\n a" * 700_000,
    "too large": b"BEGIN:VCALENDAR\r\n" + b"x" * LONGEST_FILE,
}  # fmt: skip


#: Asks for one file and prints what its reader cost. In a process of its own: the high-water mark of memory is that of
#: every child a process ever had, and of the process itself at the moment it forks.
_COST = """
import resource, sys
from callplan.book.capture.apart import taken_from
from callplan.errors import RecordError
try:
    assert len(taken_from(sys.stdin.buffer.read(), "invitation").people) <= 20
except RecordError as error:
    assert str(error).endswith(".")
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print(spent.ru_utime + spent.ru_stime, spent.ru_maxrss)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_invitation_costs_two_seconds_and_200_megabytes_at_most(name: str) -> None:
    began = time.monotonic()
    asked = subprocess.run([sys.executable, "-c", _COST], input=HOSTILE[name], capture_output=True, check=True)
    seconds, kilobytes = asked.stdout.split()
    assert float(seconds) < apart.SECONDS + 0.3
    assert time.monotonic() - began < 20  # the computer may be busy with other things
    assert int(kilobytes) < 200_000


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCARD\r\n" * 100_000,
        b"BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE:" + b"=\r\n" * 300_000,
        b"BEGIN:VCARD\r\nFN:A B\r\n" + b"TEL:" + b"1 " * 2_000_000 + b"\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nFN:A B\r\n" + b"TEL:+1\r\n" * 100_000 + b"END:VCARD\r\n",
    ],
    ids=["nested", "soft breaks", "a long number", "many numbers"],
)
def test_a_hostile_card_ends_in_time(data: bytes) -> None:
    began = time.monotonic()
    try:
        assert len(taken_from(data, "card").people) <= 12
    except UnusableError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either is right
    assert time.monotonic() - began < 20


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/cat")  # reads, and answers nothing that is JSON
    with pytest.raises(UnusableError, match="more time or memory"):
        taken_from(calendar(_MEETING), "invitation")


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(UnusableError, match="it is empty"):
        taken_from(b" \r\n", "card")

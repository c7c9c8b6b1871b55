"""What the tests of `add --invitation` and `add --card` share: Alex Winter's desk, and files put on it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.book.capture.invited import calendar
from tests.cli.conftest import Desk

DATA = Path(__file__).parents[1] / "book" / "capture" / "data"
INVITATIONS, CARDS = DATA / "invitations", DATA / "cards"
ME = """\
[me]
name = "Alex Winter"
email = "alex.winter@post.example"
timezone = "Europe/Copenhagen"
"""


def of_alex(empty: Desk) -> Desk:
    """Alex Winter's desk, early in December."""
    empty.config.write_text(ME, encoding="utf-8")
    empty.now = "2026-12-01T10:00:00+01:00"
    return empty


def files(desk: Desk) -> dict[str, dict[str, Any]]:
    """The book, read as TOML, without ids."""
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(desk.book.iterdir())}
    for values in found.values():
        values.pop("id")
    return found


def invite(desk: Desk, name: str, *options: str, code: int = 0) -> str:
    result = desk.run("add", "--invitation", str(INVITATIONS / name), *options, code=code)
    return " ".join(result.output.split())


def put(desk: Desk, name: str, event: str, method: str = "METHOD:REQUEST\n", uid: str = "u-1") -> str:
    path = desk.folder / name
    path.write_bytes(calendar(event, method=method).replace(b"UID:u-1", f"UID:{uid}".encode()))
    return str(path)


MEETING = """\
DTSTART;TZID=Europe/Copenhagen:{start}
DTEND;TZID=Europe/Copenhagen:{end}
SEQUENCE:{sequence}
SUMMARY:{title}
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
ATTENDEE;CN=Alex Winter:mailto:alex.winter@post.example
"""


def meeting(
    start: str = "20261210T090000", end: str = "20261210T100000", sequence: int = 0,
    title: str = "Interview: Glazier at Clearpane", more: str = "",
) -> str:  # fmt: skip
    return MEETING.format(start=start, end=end, sequence=sequence, title=title) + more

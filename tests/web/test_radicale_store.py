"""The built-in server's storage: as right as stock Radicale's, without its scans."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from callplan.web.radicale_app import CALENDAR, MOUNT, USERNAME, CalendarServer
from radicale import item as radicale_item
from radicale.storage.multifilesystem import Collection

from tests.web.browser import basic, event

HOME = f"{MOUNT}/{USERNAME}/{CALENDAR}/"


def ask(server: CalendarServer, method: str, path: str, body: bytes = b"", **headers: str) -> int:
    """A request without a wire; the status."""
    return answer(server, method, path, body, **headers)[0]


def answer(server: CalendarServer, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    """A request without a wire; the status and the ETag."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "SERVER_NAME": "callplan", "SERVER_PORT": "0",
        "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "text/calendar",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "HTTP_AUTHORIZATION": basic(USERNAME, "password")["Authorization"],
    }  # fmt: skip
    environ |= {"CONTENT_TYPE" if name == "content_type" else f"HTTP_{name.upper()}": headers[name] for name in headers}
    head: list[tuple[str, dict[str, str]]] = []
    list(server(environ, lambda line, sent: head.append((line, dict(sent)))))
    return int(head[0][0][:3]), head[0][1].get("ETag", "")


@pytest.fixture
def server(tmp_path: Path) -> CalendarServer:
    return CalendarServer(tmp_path, "password")


def test_a_uid_is_taken_once(server: CalendarServer) -> None:
    assert ask(server, "PUT", f"{HOME}one.ics", event("same")) == 201
    assert ask(server, "PUT", f"{HOME}two.ics", event("same")) == 409
    assert ask(server, "PUT", f"{HOME}one.ics", event("same")) == 204


def test_a_deleted_uid_is_free_again(server: CalendarServer) -> None:
    assert ask(server, "PUT", f"{HOME}one.ics", event("same")) == 201
    assert ask(server, "DELETE", f"{HOME}one.ics") == 200
    assert ask(server, "PUT", f"{HOME}two.ics", event("same")) == 201


def test_a_uid_that_another_process_wrote_is_seen(server: CalendarServer, tmp_path: Path) -> None:
    assert ask(server, "PUT", f"{HOME}one.ics", event("one")) == 201
    other = CalendarServer(tmp_path, "password")
    assert ask(other, "PUT", f"{HOME}two.ics", event("two")) == 201
    assert ask(server, "PUT", f"{HOME}three.ics", event("two")) == 409


def test_a_uid_that_another_process_replaced_is_free(server: CalendarServer, tmp_path: Path) -> None:
    assert ask(server, "PUT", f"{HOME}one.ics", event("one")) == 201
    assert ask(server, "PUT", f"{HOME}two.ics", event("two")) == 201
    other = CalendarServer(tmp_path, "password")
    assert ask(other, "DELETE", f"{HOME}one.ics") == 200
    assert ask(other, "PUT", f"{HOME}one.ics", event("new")) == 201
    assert ask(server, "PUT", f"{HOME}three.ics", event("one")) == 201
    assert ask(server, "PUT", f"{HOME}four.ics", event("new")) == 409


def test_an_item_is_read_once_however_many_are_added(server: CalendarServer, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    stock = Collection._get

    def counted(self: Any, href: str, verify_href: bool = True) -> Any:
        reads.append(href)
        return stock(self, href, verify_href)

    monkeypatch.setattr(Collection, "_get", counted)
    for number in range(40):
        assert ask(server, "PUT", f"{HOME}{number}.ics", event(str(number)), if_none_match="*") == 201
    assert len(reads) < 40 * 6


def calendar_folder(tmp_path: Path) -> Path:
    return tmp_path / "collection-root" / USERNAME / CALENDAR


def test_caches_lost_in_a_power_cut_are_made_again(server: CalendarServer, tmp_path: Path) -> None:
    for number in range(3):
        assert ask(server, "PUT", f"{HOME}{number}.ics", event(str(number))) == 201
    for kind in ("item", "history"):
        for cached in (calendar_folder(tmp_path) / ".Radicale.cache" / kind).iterdir():
            cached.write_bytes(b"")
    assert ask(server, "GET", f"{HOME}1.ics") == 200
    assert ask(server, "PUT", f"{HOME}1.ics", event("1")) == 204
    report = (
        b'<sync-collection xmlns="DAV:"><sync-token/><sync-level>1</sync-level><prop><getetag/></prop>'
        b"</sync-collection>"
    )
    assert ask(server, "REPORT", HOME, report) == 207


def test_no_write_leaves_anything_behind(server: CalendarServer, tmp_path: Path) -> None:
    assert ask(server, "PUT", f"{HOME}one.ics", event("one")) == 201
    assert ask(server, "PUT", f"{HOME}bad.ics", b"no calendar") == 400
    assert not list(tmp_path.rglob(".Radicale.tmp-*"))


def test_what_does_not_reach_the_disk_is_refused_and_leaves_nothing_behind(
    server: CalendarServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert ask(server, "PUT", f"{HOME}one.ics", event("one", "Old")) == 201
    with monkeypatch.context() as patched:
        patched.setattr("radicale.pathutils.fsync", full)
        assert ask(server, "PUT", f"{HOME}one.ics", event("one", "New")) >= 400
        assert ask(server, "PUT", f"{HOME}two.ics", event("two")) >= 400
    assert b"SUMMARY:Old" in (calendar_folder(tmp_path) / "one.ics").read_bytes()
    assert ask(server, "GET", f"{HOME}two.ics") == 404
    assert not list(tmp_path.rglob(".Radicale.tmp-*"))
    assert ask(server, "PUT", f"{HOME}two.ics", event("two")) == 201


_WRITER = """
import sys
from pathlib import Path
from tests.web.test_radicale_store import HOME, CalendarServer, ask, event
server = CalendarServer(Path(sys.argv[1]), "password")
for number in range(100_000):
    print(ask(server, "PUT", f"{HOME}{number}.ics", event(str(number))), flush=True)
"""


def test_killed_while_it_writes_all_that_was_answered_for_is_there(tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    answered = [writer.stdout.readline() for _ in range(40)]
    writer.kill()
    answered += writer.stdout.readlines()
    writer.wait()
    assert set(answered) == {"201\n"}
    server = CalendarServer(tmp_path, "password")
    for number in range(len(answered)):
        assert ask(server, "GET", f"{HOME}{number}.ics") == 200
        assert ask(server, "PUT", f"{HOME}again.ics", event(str(number))) == 409
    assert ask(server, "PUT", f"{HOME}another.ics", event("another")) == 201


def test_an_item_edited_in_place_is_seen(
    server: CalendarServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callplan.web.radicale_store._BELIEVED_SECONDS", 0.0)
    assert ask(server, "PUT", f"{HOME}one.ics", event("one")) == 201
    with (calendar_folder(tmp_path) / "one.ics").open("r+b") as file:  # the folder's own stamp stays as it is
        file.write(event("another"))
        file.truncate()
    assert ask(server, "PUT", f"{HOME}two.ics", event("one")) == 201
    assert ask(server, "PUT", f"{HOME}three.ics", event("another")) == 409


def zoned(uid: str, offset: str) -> bytes:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Home\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    )
    text = event(uid).decode().replace("BEGIN:VEVENT", zone)
    return text.replace("DTSTART:20261120T100000Z", "DTSTART;TZID=Home:20261120T100000").replace(
        "DTEND:20261120T101500Z", "DTEND;TZID=Home:20261120T101500"
    ).encode()  # fmt: skip


def test_zones_of_one_name_and_two_meanings_are_kept_apart(server: CalendarServer, tmp_path: Path) -> None:
    assert ask(server, "PUT", f"{HOME}east.ics", zoned("east", "+0900")) == 201
    assert ask(server, "PUT", f"{HOME}west.ics", zoned("west", "-0500")) == 201
    assert b"TZOFFSETTO:+0900" in (calendar_folder(tmp_path) / "east.ics").read_bytes()
    assert b"TZOFFSETTO:-0500" in (calendar_folder(tmp_path) / "west.ics").read_bytes()
    east, west = (radicale_item.read_components(zoned("x", offset).decode())[0] for offset in ("+0900", "-0500"))
    zones = [one.vtimezone.tzinfo.utcoffset(datetime(2026, 11, 20)) for one in (east, west)]
    assert zones == [timedelta(hours=9), timedelta(hours=-5)]


#: Requests in turn; ETAG is that of the answer before.
STORY: tuple[tuple[str, str, bytes, dict[str, str]], ...] = (
    ("PUT", "one.ics", event("one"), {"if_none_match": "*"}),
    ("PUT", "one.ics", event("one"), {"if_none_match": "*"}),
    ("PUT", "one.ics", event("one", "Later"), {}),
    ("PUT", "one.ics", event("one", "Latest"), {"if_match": "ETAG"}),
    ("PUT", "one.ics", event("one"), {"if_match": '"no such"'}),
    ("PUT", "one.ics", event("one"), {"if_match": "*"}),
    ("PUT", "two.ics", event("two"), {"if_match": "*"}),
    ("PUT", "two.ics", event("one"), {}),
    ("PUT", "one.ics", event("two"), {}),
    ("PUT", "../work/one.ics", event("three"), {}),
    ("PUT", "nowhere/one.ics", event("three"), {}),
    ("PUT", "slash.ics/", event("slash"), {}),
    ("PUT", "one.ics/two.ics", event("three"), {}),
    ("PUT", "æ%20 ø.ics", event("three"), {}),
    ("PUT", "latin.ics", event("four", "Ring på").decode().encode("latin-1"), {}),
    ("PUT", "latin.ics", event("four", "Ring på"), {"content_type": "text/calendar;charset=latin-1"}),
    ("PUT", "", event("five"), {}),
    ("GET", "five.ics", b"", {}),
    ("PUT", ".Radicale.props", event("six"), {}),
    ("PUT", "../", event("six"), {}),
)  # fmt: skip


def test_the_short_way_answers_and_stores_as_radicale_does(
    server: CalendarServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(to: CalendarServer) -> list[tuple[int, str]]:
        answers = [(0, "")]
        for method, name, body, headers in STORY:
            sent = {key: value.replace("ETAG", answers[-1][1]) for key, value in headers.items()}
            answers.append(answer(to, method, f"{HOME}{name}", body, **sent))
        return answers

    def files(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in calendar_folder(folder).glob("*.ics")}

    short = told(server)
    other = tmp_path / "other"
    monkeypatch.setattr("callplan.web.radicale_put.plain_event", lambda _: None)
    assert told(CalendarServer(other, "password")) == short
    assert files(other) == files(tmp_path)
    assert {status for status, _ in short} >= {201, 204, 403, 409, 412}

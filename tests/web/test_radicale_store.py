"""The built-in server's storage: as right as stock Radicale's, without its scans."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from callplan.web.radicale_app import CALENDAR, MOUNT, USERNAME, CalendarServer
from radicale.storage.multifilesystem import Collection

from tests.web.browser import basic, event

HOME = f"{MOUNT}/{USERNAME}/{CALENDAR}/"


def ask(server: CalendarServer, method: str, path: str, body: bytes = b"", **headers: str) -> int:
    """A request without a wire; the status."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "SERVER_NAME": "callplan", "SERVER_PORT": "0",
        "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "text/calendar",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "HTTP_AUTHORIZATION": basic(USERNAME, "password")["Authorization"],
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}  # fmt: skip
    status: list[str] = []
    list(server(environ, lambda line, _: status.append(line)))
    return int(status[0][:3])


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

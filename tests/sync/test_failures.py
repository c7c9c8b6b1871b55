"""Whatever a server answers: a sentence of its own, the right exit code, nothing written, nothing lost."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from callplan.errors import CallplanError, LoginError, RecordError, ServerError
from callplan.sync.push import push
from callplan.sync.server import Calendar
from callplan.sync.state import State
from callplan.sync.wish import Wish

from tests.servers import PASSWORD, Proxy, Reply, Server, free_port, proxy, radicale
from tests.sync.build import NOW, events, places
from tests.sync.desk import Desk, new_name


def test_a_wrong_password_is_told_after_one_request(radicale_server: Server, tmp_path: Path) -> None:
    url = radicale_server.make_calendar("wrong-password")
    wrong = "not-the-pässword"
    with proxy(url) as between, State.open(places(tmp_path)) as state:
        with (
            Calendar(between.url, "anna", wrong) as calendar,
            pytest.raises(LoginError, match="app password") as caught,
        ):
            push(calendar, Wish(events(3)), state, NOW)
        assert between.count() == 1
        assert wrong not in str(caught.value)
        assert caught.value.exit_code == 6


def test_a_dead_host_is_told(tmp_path: Path) -> None:
    with (
        State.open(places(tmp_path)) as state,
        Calendar(f"http://127.0.0.1:{free_port()}/x/", "anna", PASSWORD) as calendar,
    ):
        with pytest.raises(ServerError, match="cannot be reached") as caught:
            push(calendar, Wish(events(2)), state, NOW)
        assert caught.value.exit_code == 5
        assert state.agreed(calendar.identity) == {}


def test_a_host_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with (
        State.open(places(tmp_path)) as state,
        Calendar("https://no-such-host.invalid/x/", "anna", PASSWORD) as calendar,
        pytest.raises(ServerError, match=r"no-such-host\.invalid.*cannot be reached"),
    ):
        push(calendar, Wish(events(2)), state, NOW)


def test_a_missing_calendar_is_told_with_the_remedy(server: Server, tmp_path: Path) -> None:
    with (
        State.open(places(tmp_path)) as state,
        Calendar(f"{server.home}nothing-here/", server.username, server.password) as calendar,
        pytest.raises(ServerError, match=r"no calendar at .*nothing-here.*Make one"),
    ):
        push(calendar, Wish(events(2)), state, NOW)


def test_an_address_with_calendars_in_it_is_no_calendar(server: Server, tmp_path: Path) -> None:
    server.make_calendar(new_name())
    for address in (server.home, server.home.removesuffix("calendars/")):
        before = server.request("PROPFIND", address, headers={"Depth": "1"})[1].count(b"href>")
        with (
            State.open(places(tmp_path)) as state,
            Calendar(address, server.username, server.password) as calendar,
            pytest.raises(RecordError, match=r"is no calendar, .*callplan login http") as caught,
        ):
            push(calendar, Wish(events(2)), state, NOW)
        assert caught.value.exit_code == 4
        assert server.request("PROPFIND", address, headers={"Depth": "1"})[1].count(b"href>") == before


def test_a_read_only_calendar_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    with radicale(tmp_path / "server") as writable:
        writable.make_calendar("shared")
    with radicale(tmp_path / "server", read_only=True) as server, proxy(f"{server.home}shared/") as between:
        desk = Desk(server, f"{server.home}shared/", between, tmp_path / "anna", [])
        error = desk.fails(LoginError, "read-only", count=12)
        assert error.exit_code == 6
        assert between.count("PUT") == 1
        assert desk.items() == {}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "PUT", "DELETE"])
def test_redirects_are_told_and_never_followed(wired_desk: Desk, method: str, status: int) -> None:
    desk = wired_desk
    if method in ("REPORT", "DELETE"):
        desk.sync(events(4))
    target = "https://anna:secret@new.example/dav/?token=1"
    desk.proxy.mischief = lambda _n, sent, _p: Reply(status, headers={"Location": target}) if sent == method else None
    before = desk.items()
    wanted = 3 if method == "DELETE" else 5
    error = desk.fails(ServerError, r"sends callplan to https://new\.example/dav/\.", wanted)
    assert "secret" not in str(error)
    assert "token" not in str(error)
    assert desk.items() == before
    assert desk.proxy.count(method) == 1


@pytest.fixture
def secured(radicale_server: Server) -> Iterator[tuple[Proxy, trustme.CA]]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with proxy(radicale_server.home + "anything/", context) as between:
        yield between, authority


def test_an_untrusted_certificate_is_told_and_nothing_is_sent(
    secured: tuple[Proxy, trustme.CA], tmp_path: Path
) -> None:
    between, _ = secured
    with (
        State.open(places(tmp_path)) as state,
        Calendar(between.url, "anna", PASSWORD) as calendar,
        pytest.raises(ServerError, match="no certificate this computer trusts"),
    ):
        push(calendar, Wish(events(2)), state, NOW)
    assert between.count() == 0


LOGIN_PAGE = Reply(200, b"<!doctype html><html><form>Sign in<br></form></html>", {"Content-Type": "text/html"})


def test_a_login_page_instead_of_data_is_told(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda *_: LOGIN_PAGE
    wired_desk.fails(ServerError, "login page")
    assert wired_desk.items() == {}


def test_a_login_page_in_answer_to_a_write_is_no_success(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda _n, method, _p: LOGIN_PAGE if method == "PUT" else None
    wired_desk.fails(ServerError, "login page")
    assert wired_desk.items() == {}


def test_an_empty_page_in_answer_to_a_write_is_a_success(wired_desk: Desk) -> None:
    """PHP's type for an answer without one (sabre/dav)."""
    empty = Reply(201, headers={"Content-Type": "text/html; charset=UTF-8"}, forward=True)
    wired_desk.proxy.mischief = lambda _n, method, _p: empty if method == "PUT" else None
    assert len(wired_desk.sync(events(3)).created) == 3


@pytest.mark.parametrize("content_type", ["application/xml", "text/xml; charset=utf-8", "text/plain", ""])
@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>/anna/',
        b"",
        b"{}",
        b'<?xml version="1.0"?><hello xmlns="DAV:"/>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    ],
)
def test_half_an_answer_or_nonsense_is_told(wired_desk: Desk, body: bytes, content_type: str) -> None:
    wired_desk.proxy.mischief = lambda *_: Reply(207, body, {"Content-Type": content_type} if content_type else {})
    wired_desk.fails(ServerError, "no calendar data")


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (401, LoginError, "refused the name and password"),
        (403, LoginError, "does not allow this"),
        (404, ServerError, "no calendar at"),
        (409, ServerError, "no calendar at"),
        (412, ServerError, "failed"),
        (413, ServerError, "failed"),
        (423, ServerError, "failed"),
        (410, ServerError, "no calendar at"),
        (500, ServerError, "failed"),
        (502, ServerError, "failed"),
        (503, ServerError, "asks for a pause"),
        (429, ServerError, "asks for a pause"),
        (507, ServerError, "no room left"),
    ],
)
def test_each_status_has_its_sentence(wired_desk: Desk, status: int, kind: type[CallplanError], says: str) -> None:
    wired_desk.proxy.mischief = lambda *_: Reply(status)
    wired_desk.fails(kind, says)


def test_a_connection_that_breaks_is_told(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda *_: Reply(cut=True)
    wired_desk.fails(ServerError, "broke off")


def test_a_server_that_does_not_answer_in_time_is_told(wired_desk: Desk) -> None:
    answered = threading.Event()

    def silent(*_: object) -> None:
        answered.wait(10)

    wired_desk.proxy.mischief = silent
    with (
        wired_desk.calendar(timeout=0.2) as calendar,
        pytest.raises(ServerError, match="did not answer in time") as caught,
    ):
        calendar.listing()
    answered.set()
    assert caught.value.exit_code == 5

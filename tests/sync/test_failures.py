"""Whatever a server answers: a sentence of its own, the right exit code, nothing written, nothing lost."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from callplan.errors import CallplanError, LoginError, RecordError, ServerError
from callplan.sync import push as push_module
from callplan.sync.carry_out import BREAKS, WORKERS, carry_out
from callplan.sync.failures import Answer, Failure, as_error, failure_of
from callplan.sync.failures import Trouble as RequestTrouble
from callplan.sync.push import push
from callplan.sync.report import PartlySyncedError
from callplan.sync.server import Calendar, checked_url
from callplan.sync.state import State
from callplan.sync.wish import Wish

from tests.servers import PASSWORD, Proxy, Reply, Server, free_port, proxy, radicale
from tests.sync.build import NOW, event, events, places, uid
from tests.sync.conftest import Desk, new_name


def _fails(desk: Desk, kind: type[CallplanError], says: str, count: int = 3) -> CallplanError:
    """A sync that must fail: with this sentence, nothing written, no secret told."""
    with pytest.raises(kind, match=says) as caught:
        desk.sync(events(count))
    assert PASSWORD not in str(caught.value)
    return caught.value


# -- nothing works ---------------------------------------------------------------------------------------


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
        error = _fails(desk, LoginError, "read-only", count=12)
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
    error = _fails(desk, ServerError, r"sends callplan to https://new\.example/dav/\.", wanted)
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
    _fails(wired_desk, ServerError, "login page")
    assert wired_desk.items() == {}


def test_a_login_page_in_answer_to_a_write_is_no_success(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda _n, method, _p: LOGIN_PAGE if method == "PUT" else None
    _fails(wired_desk, ServerError, "login page")
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
    _fails(wired_desk, ServerError, "no calendar data")


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
    _fails(wired_desk, kind, says)


def test_a_connection_that_breaks_is_told(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda *_: Reply(cut=True)
    _fails(wired_desk, ServerError, "broke off")


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


# -- some of it works ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 413, 415, 422, 423, 500, 504])
def test_one_refused_item_does_not_stop_the_rest(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    body = (
        b'<?xml version="1.0"?><error xmlns="DAV:"><valid-calendar-data xmlns="urn:ietf:params:xml:ns:caldav"/></error>'
    )
    reply = Reply(status, body if status == 403 else b"", {"Content-Type": "application/xml"})
    desk.proxy.mischief = lambda _n, method, path: reply if method == "PUT" and uid(2) in path else None
    with pytest.raises(PartlySyncedError, match="1 of 6 changes") as caught:
        desk.sync(events(6))
    assert caught.value.exit_code == 8
    assert len(caught.value.report.created) == 5
    assert event(2).summary in str(caught.value)
    assert len(desk.items()) == 5
    desk.proxy.mischief = None
    assert len(desk.sync(events(6)).created) == 1


@pytest.mark.parametrize("reply", [Reply(cut=True, forward=True), Reply(500, forward=True), Reply(504, forward=True)])
def test_a_write_whose_answer_is_lost_is_looked_at_and_not_repeated(wired_desk: Desk, reply: Reply) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda _n, method, path: reply if method == "PUT" and uid(5) in path else None
    report = None
    try:
        report = desk.sync(events(6))
    except PartlySyncedError as partly:  # the connection was cut: what was not sent yet is listed
        report = partly.report
    desk.proxy.mischief = None
    if len(report.created) < 6:
        desk.sync(events(6))
    assert len(desk.items()) == 6
    assert desk.sync(events(6)).changes == 0


@pytest.mark.parametrize("etag", [None, 'W/"weak"'])
def test_an_answer_without_a_strong_etag_is_looked_up_in_one_request(wired_desk: Desk, etag: str | None) -> None:
    desk = wired_desk
    headers = {"ETag": etag} if etag else {}
    desk.proxy.mischief = lambda _n, method, _p: Reply(201, headers=headers, forward=True) if method == "PUT" else None
    desk.sync(events(12))
    assert desk.proxy.count() == 12 + 2
    desk.proxy.mischief = None
    assert desk.sync([*events(11), event(11, summary="Call now")]).changes == 1
    desk.sync([*events(11), event(11, summary="Call now")])
    assert desk.proxy.count() == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_is_kept_and_then_one_request_goes_at_a_time(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    asked: list[int] = []

    def busy(_number: int, method: str, path: str) -> Reply | None:
        if method == "PUT" and uid(0) in path and not asked:
            asked.append(1)
            return Reply(status, headers={"Retry-After": "7"})
        return None

    desk.proxy.mischief = busy
    assert len(desk.sync(events(8)).created) == 8
    assert desk.waits == [7.0]
    assert desk.proxy.at_once == 1


def test_a_pause_until_a_date_is_kept(wired_desk: Desk) -> None:
    from datetime import UTC  # noqa: PLC0415

    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    desk = wired_desk
    desk.proxy.mischief = lambda number, *_: Reply(503, headers={"Retry-After": until}) if number == 1 else None
    desk.sync(events(2))
    assert len(desk.waits) == 1
    assert 20 < desk.waits[0] <= 30


@pytest.mark.parametrize("retry_after", ["4000000000", "7200", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_absurd_pause_is_told_and_not_waited_for(wired_desk: Desk, retry_after: str) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda _n, method, _p: (
        Reply(429, headers={"Retry-After": retry_after}) if method == "PUT" else None
    )
    _fails(desk, ServerError, "asks for a pause", count=20)
    assert desk.waits == []
    assert desk.proxy.count("PUT") == 1


def test_a_server_that_stays_busy_is_asked_three_times(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda *_: Reply(429)
    _fails(wired_desk, ServerError, "asks for a pause")
    assert wired_desk.proxy.count() == 3


def test_a_full_server_stops_the_run_and_keeps_what_is_done(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda number, method, _p: Reply(507) if method == "PUT" and number > 3 else None
    with pytest.raises(PartlySyncedError, match="no room left") as caught:
        desk.sync(events(40))
    assert len(caught.value.report.created) == 2
    assert len(caught.value.report.failed) == 38
    assert desk.proxy.count("PUT") <= 2 + 8
    desk.proxy.mischief = None
    assert len(desk.sync(events(40)).created) == 38


@pytest.mark.parametrize("status", [423, 500, 502])
def test_a_write_that_fails_once_is_tried_once_more(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda number, method, _p: Reply(status) if number in (2, 4) else None
    wanted = [*(event(number, summary=f"Call {number}") for number in range(5)), event(9)]
    report = desk.sync(wanted)
    assert (len(report.created), len(report.updated), len(report.deleted)) == (1, 5, 1)
    desk.proxy.mischief = None
    desk.sync(wanted)
    assert desk.proxy.count() == 1


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many requests each round of writes was allowed to have under way at once."""
    allowed: list[int] = []

    def noted(calendar: Any, writes: Any, render: Any, workers: int) -> Any:
        allowed.append(workers)
        return carry_out(calendar, writes, render, workers)

    monkeypatch.setattr(push_module, "carry_out", noted)
    return allowed


def test_where_changes_have_met_they_go_one_by_one_until_all_is_listed_again(
    wired_desk: Desk, at_once: list[int]
) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda number, *_: Reply(423) if number == 3 else None
    for words in ("they meet", "one by one", "still so"):
        report = desk.sync([event(number, summary=f"{words} {number}") for number in range(6)])
        assert len(report.updated) == 6
        desk.proxy.mischief = None
    assert at_once == [WORKERS, WORKERS, 1, 1]
    desk.sync(events(6), NOW + timedelta(days=8))  # everything is listed, and the server may be another one by now
    assert at_once[-1] == WORKERS


def test_new_events_go_at_once_even_where_changes_have_met(wired_desk: Desk, at_once: list[int]) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda number, *_: Reply(423) if number == 3 else None
    changed = [event(number, summary=f"Call {number}") for number in range(6)]
    desk.sync(changed)
    desk.proxy.mischief = None
    desk.sync([*changed, *(event(number) for number in range(6, 9))])
    desk.sync(changed[:5])
    assert at_once == [WORKERS, WORKERS, WORKERS, 1]


@pytest.mark.parametrize("status", [404, 410])
def test_a_bare_404_to_a_removal_is_looked_at_once_more(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda _n, method, _p: Reply(status) if method == "DELETE" else None
    desk.sync(events(5))
    assert len(desk.items()) == 6  # it had not happened
    desk.proxy.mischief = None
    desk.sync(events(5))
    assert len(desk.items()) == 5
    desk.sync(events(5))
    assert desk.proxy.count() == 1


def test_a_bare_404_to_the_question_for_an_event_is_no_deletion(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.edit(uid(2), lambda text: text.replace("LOCATION:by phone", "LOCATION:the garden"))
    desk.proxy.mischief = lambda number, *_: Reply(404) if number == 2 else None
    report = desk.sync(events(6))
    assert [type(edit).__name__ for edit in report.edits] == ["Reworded"]
    assert "LOCATION:the garden" in desk.items()[f"{uid(2)}.ics"]


@pytest.mark.parametrize("reply", [Reply(201), Reply(204), Reply(207, b"<multistatus")])
def test_an_event_that_was_only_said_to_be_written_is_written_again(wired_desk: Desk, reply: Reply) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda number, method, _p: reply if method == "PUT" and number > 4 else None
    with suppress(PartlySyncedError):
        desk.sync(events(6))
    assert len(desk.items()) < 6
    desk.proxy.mischief = None
    report = desk.sync(events(6))
    assert report.edits == ()
    assert len(desk.items()) == 6


def test_a_server_that_fails_at_every_write_is_left_alone(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda _n, method, _p: Reply(500) if method == "PUT" else None
    _fails(desk, ServerError, "failed", count=60)
    assert desk.proxy.count("PUT") <= 2 * BREAKS
    assert desk.items() == {}


# -- tokens and listings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 409, 412, 500])
def test_a_refused_token_costs_one_request_more(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    desk.sync(events(4))
    desk.sync(events(4))
    desk.delete(uid(1))
    body = b'<?xml version="1.0"?><error xmlns="DAV:"><valid-sync-token/></error>' if status in (403, 412) else b""
    reply = Reply(status, body, {"Content-Type": "application/xml"})
    desk.proxy.mischief = lambda number, *_: reply if number == 1 else None
    report = desk.sync(events(4))
    assert [type(edit).__name__ for edit in report.edits] == ["Deleted"]
    desk.proxy.mischief = None
    desk.sync(events(4))
    assert desk.proxy.count() == 1


@pytest.mark.parametrize("status", [403, 405, 501])
def test_a_server_without_sync_reports_is_listed(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    body = b'<?xml version="1.0"?><error xmlns="DAV:"><supported-report/></error>'

    def no_sync(_number: int, method: str, _path: str) -> Reply | None:
        if method == "REPORT" and b"sync-collection" in desk.proxy.bodies[-1]:
            return Reply(status, body, {"Content-Type": "application/xml"})
        return None

    desk.proxy.mischief = no_sync
    desk.sync(events(3))
    desk.delete(uid(2))
    desk.edit(uid(1), lambda text: text.replace("LOCATION:by phone", "LOCATION:outside"))
    report = desk.sync(events(3))
    assert {type(edit).__name__ for edit in report.edits} == {"Deleted", "Reworded"}
    assert desk.sync(events(3)).changes == 0


def test_a_listing_for_a_token_hides_no_deletion(wired_desk: Desk) -> None:
    """DAViCal, SOGo and Stalwart take an unknown token for an empty one and list everything, deletions left out."""
    desk = wired_desk
    desk.sync(events(4))
    desk.sync(events(4))
    with desk.state() as state:
        since = state.since(desk.url)
        state.settle(desk.url, since=type(since)("", since.listed_at))
    desk.delete(uid(3))
    desk.proxy.mischief = None
    with desk.state() as state:
        state.settle(desk.url, since=type(since)("forgotten", since.listed_at))

    def whole(_number: int, method: str, _path: str) -> Reply | None:
        if method != "REPORT" or b"forgotten" not in desk.proxy.bodies[-1]:
            return None
        listing = desk.server.request(
            "REPORT",
            desk.url,
            desk.proxy.bodies[-1].replace(b"forgotten", b""),
            {"Content-Type": "application/xml", "Depth": "0"},
        )[1]
        kept = [part for part in listing.split(b"<response>") if uid(3).encode() not in part]
        text = b"<response>".join(kept)
        return Reply(207, text, {"Content-Type": "text/xml"})

    desk.proxy.mischief = whole
    report = desk.sync(events(4))
    assert [type(edit).__name__ for edit in report.edits] == ["Deleted"]


def test_everything_is_listed_at_least_every_week(desk: Desk) -> None:
    desk.sync(events(3))
    desk.sync(events(3), NOW + timedelta(days=8))
    assert desk.proxy.count() == (2 if desk.server.name == "sabre" else 1)  # it is asked for tokens again
    assert b"<D:sync-token></D:sync-token>" in desk.proxy.seen[0].body


# -- addresses, secrets, the pure table ------------------------------------------------------------------


@pytest.mark.parametrize("url", ["http://cal.dahl.example/x/", "http://192.0.2.7/x/", "http://localhost.evil.example/"])
def test_a_password_never_travels_unencrypted(url: str) -> None:
    with pytest.raises(RecordError, match="https://"):
        checked_url(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:5232/x", "http://localhost/x/", "http://[::1]:5232/x/", "https://c.example/x/"]
)
def test_this_machine_needs_no_encryption(url: str) -> None:
    assert checked_url(url).endswith("/x/")


@pytest.mark.parametrize(
    "url", ["", "cal.example/x", "ftp://cal.example/", "https:///x", "https://anna:geheim@cal.example/"]
)
def test_other_addresses_are_refused_without_telling_a_secret(url: str) -> None:
    with pytest.raises(RecordError) as caught:
        checked_url(url)
    assert "geheim" not in str(caught.value)


def test_the_password_is_in_no_message_and_no_log(
    radicale_desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    radicale_desk.proxy.mischief = lambda number, *_: Reply(500, b"<html>no</html>") if number > 2 else None
    with pytest.raises(PartlySyncedError) as caught:
        radicale_desk.sync(events(3))
    shown = capfd.readouterr()
    told = caplog.text + shown.out + shown.err + str(caught.value) + repr(radicale_desk.calendar().__dict__)
    secret = radicale_desk.proxy.seen[0].headers["authorization"].removeprefix("Basic ")
    assert PASSWORD not in told
    assert secret not in told


def test_our_address_is_kept_whatever_host_an_href_names() -> None:
    calendar = Calendar("https://cal.example/dav/", "anna", PASSWORD)
    assert calendar.address("https://evil.example/dav/a.ics") == "https://cal.example/dav/a.ics"
    assert calendar.address("/dav/a.ics") == "https://cal.example/dav/a.ics"
    assert calendar.address("a.ics") == "https://cal.example/dav/a.ics"


@pytest.mark.parametrize(
    ("status", "conditions", "failure"),
    [
        (412, "", Failure.CHANGED),
        (412, "no-uid-conflict", Failure.UID_TAKEN),  # Xandikos
        (412, "valid-calendar-data", Failure.REJECTED),  # Xandikos
        (412, "max-resource-size", Failure.REJECTED),  # Radicale
        (409, "no-uid-conflict", Failure.UID_TAKEN),  # Radicale
        (409, "", Failure.UID_TAKEN),  # SOGo
        (403, "unique-scheduling-object-resource", Failure.UID_TAKEN),  # Cyrus
        (403, "valid-calendar-object-resource", Failure.REJECTED),  # Cyrus
        (403, "need-privileges", Failure.FORBIDDEN),
        (403, "", Failure.FORBIDDEN),
        (405, "", Failure.FORBIDDEN),
        (404, "", Failure.GONE),
        (400, "", Failure.REJECTED),
        (423, "", Failure.BROKEN),
        (201, "", None),
        (204, "", None),
    ],
)
def test_a_refused_write_is_told_apart_by_what_the_body_says(
    status: int, conditions: str, failure: Failure | None
) -> None:
    assert failure_of(Answer(status, conditions=frozenset(conditions.split())), writing=True) is failure


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_of_a_run_has_a_sentence_with_the_address(failure: Failure) -> None:
    error = as_error(RequestTrouble(failure, "detail"), "https://cal.example/")
    assert "https://cal.example/" in str(error)
    assert error.exit_code in (5, 6)


# -- the way there ---------------------------------------------------------------------------------------


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{free_port()}")
    with (
        Calendar("https://cal.dahl.example/x/", "anna", PASSWORD) as calendar,
        pytest.raises(ServerError, match="cannot be reached"),
    ):
        calendar.listing()


def test_a_kept_connection_that_was_closed_is_opened_again() -> None:
    import http.server  # noqa: PLC0415

    class Once(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PROPFIND(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
            self.close_connection = True  # without saying so

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Once) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        with Calendar(f"http://127.0.0.1:{server.server_port}/x/", None, None) as calendar:
            assert [calendar.ask("PROPFIND", calendar.url).status for _ in range(3)] == [200, 200, 200]
        server.shutdown()


def test_an_answer_that_would_grow_to_gigabytes_is_no_calendar_data(wired_desk: Desk) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE m [<!ENTITY e0 "ha">{entities}]><multistatus xmlns="DAV:"><sync-token>&e11;</sync-token>'
    wired_desk.proxy.mischief = lambda *_: Reply(
        207, f"{bomb}</multistatus>".encode(), headers={"Content-Type": "application/xml"}
    )
    with pytest.raises(ServerError, match="no calendar data"):
        wired_desk.sync(events(1))

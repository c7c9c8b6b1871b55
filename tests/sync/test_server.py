"""The way to the server: addresses, secrets, connections, and what an answer means."""

from __future__ import annotations

import threading

import pytest
from callplan.errors import RecordError, ServerError
from callplan.sync.failures import Answer, Failure, as_error, failure_of
from callplan.sync.failures import Trouble as RequestTrouble
from callplan.sync.report import PartlySyncedError
from callplan.sync.server import Calendar, checked_url

from tests.servers import PASSWORD, Reply, free_port
from tests.sync.build import events
from tests.sync.desk import Desk


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

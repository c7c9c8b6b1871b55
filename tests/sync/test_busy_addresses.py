"""When the user is busy, out of calendars at addresses: what is fetched, kept and told."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.sync.calendars import COPENHAGEN, an_hour_later, answer, ask, calendar

pytestmark = pytest.mark.usefixtures("without_keyring")


class Answers(ThreadingHTTPServer):
    """A server on this computer that gives the next of its answers, the last one for ever."""

    daemon_threads = True

    def __init__(self, answers: list[tuple[int, dict[str, str], str]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked = 0
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/secret-path/work.ics"


class _Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:
        status, headers, body = self.server.answers[min(self.server.asked, len(self.server.answers) - 1)]
        self.server.asked += 1
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@contextmanager
def server(*answers: tuple[int, dict[str, str], str]) -> Iterator[Answers]:
    with Answers(list(answers)) as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        yield running
        running.shutdown()


RIGHT = (200, {"Content-Type": "text/calendar"}, calendar("DTSTART:20261116T090000Z\nDURATION:PT1H"))


def missing(*sources: str, **more: object) -> str:
    """The one note on calendars that gave no answer, none of which is an error."""
    (note,) = answer(*sources, **more).notes  # type: ignore[arg-type]
    return note


def test_an_address_is_read() -> None:
    with server(RIGHT) as running:
        assert len(ask(running.url)) == 1


def test_a_redirect_on_the_same_computer_is_followed() -> None:
    with server((302, {"Location": "/other.ics"}, ""), RIGHT) as running:
        assert len(ask(running.url)) == 1


@pytest.mark.parametrize("there", ["http://cal.dahl.example/a.ics", "ftp://127.0.0.1/a.ics", "file:///etc/passwd"])
def test_a_redirect_to_an_unsafe_address_is_not_followed(there: str) -> None:
    with server((302, {"Location": there}, "")) as running:
        assert "it sends on" in missing(running.url)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "wants a login"),
        (403, "wants a login"),
        (404, "nothing at its address"),
        (410, "nothing at its address"),
        (503, "its server answers 503"),
    ],
)
def test_a_refusal_stops_no_plan_and_is_told_without_the_address(status: int, words: str) -> None:
    with server((status, {}, "")) as running:
        note = missing(running.url)
    assert words in note
    assert str(status) in note
    assert "BUSY TIMES OF 127.0.0.1 ARE NOT KNOWN: a call may fall on something there." in note
    assert "secret-path" not in note


def test_a_page_to_sign_in_is_no_calendar_and_spoils_no_kept_answer(tmp_path: Path) -> None:
    page = (200, {"Content-Type": "text/html"}, "<!DOCTYPE html><html>Welcome to our hotel</html>")
    with server(RIGHT, page) as running:
        first = ask(running.url, state=tmp_path)
        an_hour_later(tmp_path)
        found = answer(running.url, state=tmp_path)
    assert found.busy == first
    assert "something that is no calendar" in found.notes[0]


def test_a_server_that_is_not_there_is_told() -> None:
    with server(RIGHT) as running:
        url = running.url
    assert missing(url).startswith("The busy calendar at 127.0.0.1 cannot be read (nobody answers there).")


def test_what_an_address_gave_is_asked_for_again_after_an_hour(tmp_path: Path) -> None:
    with server(RIGHT) as running:
        assert ask(running.url, state=tmp_path) == ask(running.url, state=tmp_path)
        assert running.asked == 1
        (copy,) = tmp_path.glob("busy-*.kept")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        an_hour_later(tmp_path)
        ask(running.url, state=tmp_path)
        assert running.asked == 2


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    known = {"ETag": '"7"', "Last-Modified": "Mon, 16 Nov 2026 08:00:00 GMT"}
    with server((200, known, RIGHT[2]), (304, {}, "")) as running:
        first = ask(running.url, state=tmp_path)
        for _ in range(2):
            an_hour_later(tmp_path)
            assert ask(running.url, state=tmp_path) == first
            assert running.headers[-1]["if-none-match"] == '"7"'
            assert running.headers[-1]["if-modified-since"] == known["Last-Modified"]
        assert ask(running.url, state=tmp_path) == first
        assert running.asked == 3


def test_without_a_connection_the_last_answer_serves_and_its_hour_is_told(tmp_path: Path) -> None:
    with server(RIGHT) as running:
        url = running.url
        first = ask(url, state=tmp_path)
    an_hour_later(tmp_path)
    found = answer(url, state=tmp_path)
    assert found.busy == first
    said = "so the plan goes by what it said on "
    (note,) = found.notes
    assert f"cannot be read (nobody answers there), {said}" in note
    told = datetime.strptime(note.partition(said)[2], "%a %d %b %Y, %H:%M.").replace(tzinfo=COPENHAGEN)
    assert timedelta(minutes=59) < datetime.now(UTC) - told < timedelta(minutes=65)


def test_a_server_that_gave_no_answer_is_left_in_peace_for_a_minute(tmp_path: Path) -> None:
    with server((503, {}, ""), RIGHT) as running:
        assert missing(running.url, state=tmp_path) == missing(running.url, state=tmp_path)
        assert running.asked == 1
        an_hour_later(tmp_path)
        assert len(ask(running.url, state=tmp_path)) == 1


def test_a_kept_answer_that_was_spoilt_is_asked_for_again(tmp_path: Path) -> None:
    with server(RIGHT) as running:
        ask(running.url, state=tmp_path)
        (copy,) = tmp_path.glob("busy-*.kept")
        for spoilt in (b"", b"{", b"[]\nBEGIN:VCALENDAR", b'{"answered": "now"}\n'):
            copy.write_bytes(spoilt)
            assert len(ask(running.url, state=tmp_path)) == 1


def test_a_calendar_of_others_that_cannot_be_understood_stops_no_plan(tmp_path: Path) -> None:
    broken: tuple[int, dict[str, str], str] = (200, {}, calendar("SUMMARY:no start"))
    with server(RIGHT, broken) as running:
        first = ask(running.url, state=tmp_path)
        an_hour_later(tmp_path)
        found = answer(running.url, state=tmp_path)
        assert found.busy == first
        assert "does not say when it starts. The plan goes by what was understood of it on " in found.notes[0]
        assert found == answer(running.url, state=tmp_path)
    with server(broken) as running:
        assert "ARE NOT KNOWN" in missing(running.url)


def test_a_calendar_that_never_ends_keeps_no_other_from_its_turn(ics: Path) -> None:
    rule = "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"
    bomb = calendar(f"DTSTART:19700101T090000Z\nDURATION:PT1S\nRRULE:{rule}")
    with server((200, {}, bomb)) as running:
        found = answer(running.url, ics, seconds=2)
    assert len(found.busy) == 1
    assert "takes longer than 2 seconds" in found.notes[0]

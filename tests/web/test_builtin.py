"""The built-in CalDAV server, over real HTTP."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from caldav.davclient import DAVClient
from callplan.web.builtin import password_file, running
from callplan.web.radicale_app import CALENDAR, USERNAME
from callplan.where import Places

from tests.web.browser import Browser, basic, event

#: Everything but the right name and password.
WRONG: tuple[dict[str, str], ...] = (
    {},
    basic(USERNAME, "wrong"),
    basic(USERNAME, ""),
    basic("anna", "wrong"),
    {"Authorization": "Basic"},
    {"Authorization": "Basic ÿÿÿ"},
    {"Authorization": "Basic bm9jb2xvbg=="},
    {"Authorization": "Bearer abc"},
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "config.toml", tmp_path / "book", tmp_path / "state", tmp_path / "data")


def test_a_caldav_client_finds_the_calendar_and_writes_into_it(places: Places) -> None:
    with running(places) as (url, username, password):
        client = DAVClient(url=url, username=username, password=password, auth_type="basic")
        [calendar] = client.get_calendars()
        assert calendar.get_display_name() == "callplan"
        assert str(calendar.url) == url
        calendar.add_event(event("one"))
        assert b"UID:one" in Browser(url, basic(username, password)).ask("GET", urlsplit(url).path).body


def test_what_was_written_is_there_the_next_time_under_the_same_path(places: Places) -> None:
    with running(places) as (url, username, password):
        first = urlsplit(url).path
        Browser(url, basic(username, password)).ask("PUT", f"{first}one.ics", event("one"))
    with running(places) as (url, username, password):
        assert urlsplit(url).path == first
        assert b"UID:one" in Browser(url, basic(username, password)).ask("GET", f"{first}one.ics").body


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "PUT", "DELETE", "OPTIONS", "REPORT", "MKCALENDAR"])
def test_nothing_is_answered_without_the_password(places: Places, method: str) -> None:
    with running(places) as (url, _, _):
        for credentials in WRONG:
            answer = Browser(url, credentials).ask(method, urlsplit(url).path)
            assert answer.status == 401, credentials
            assert answer.headers["WWW-Authenticate"].startswith("Basic ")
            assert answer.body == b""


def test_another_users_folder_is_closed(places: Places) -> None:
    with running(places) as (url, username, password):
        browser = Browser(url, basic(username, password))
        assert browser.ask("MKCALENDAR", "/dav/anna/work/").status == 403
        assert browser.ask("PROPFIND", "/dav/../../etc/").status in {403, 404}


def test_a_client_cannot_say_where_the_server_is(places: Places) -> None:
    with running(places) as (url, username, password):
        path = urlsplit(url).path
        answer = Browser(url, basic(username, password) | {"X-Script-Name": "/evil", "Depth": "0"}).ask(
            "PROPFIND", path
        )
        assert b"/evil" not in answer.body
        assert path.encode() in answer.body


def test_a_connection_serves_many_requests(places: Places) -> None:
    with running(places) as (url, username, password):
        browser = Browser(url, basic(username, password))
        path = urlsplit(url).path
        for number in range(5):
            assert browser.ask("PUT", f"{path}{number}.ics", event(str(number))).status == 201
        assert browser.connections == 1


def test_a_deleted_calendar_is_made_again(places: Places) -> None:
    with running(places) as (url, username, password):
        assert Browser(url, basic(username, password)).ask("DELETE", urlsplit(url).path).status == 200
    with running(places) as (url, username, password):
        answer = Browser(url, basic(username, password) | {"Depth": "0"}).ask("PROPFIND", urlsplit(url).path)
        assert answer.status == 207


def test_its_files_are_the_owners_alone(places: Places) -> None:
    with running(places) as (_, _, password):
        assert (places.data / "calendars").stat().st_mode & 0o777 == 0o700
        assert password_file(places).stat().st_mode & 0o777 == 0o600
        assert password_file(places).read_text(encoding="utf-8").strip() == password


def test_starting_twice_at_once_makes_one_calendar(places: Places) -> None:
    def start(_: int) -> tuple[str, str]:
        with running(places) as (url, username, password):
            answer = Browser(url, basic(username, password) | {"Depth": "0"}).ask("PROPFIND", urlsplit(url).path)
            assert answer.status == 207
            return username, password

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, range(4)))) == 1


def test_two_processes_write_at_once_and_nothing_is_lost(places: Places) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from urllib.parse import urlsplit
        from callplan.web.builtin import running
        from callplan.where import Places
        from tests.web.browser import Browser, basic, event

        folder, name = Path(sys.argv[1]), sys.argv[2]
        places = Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")
        with running(places) as (url, username, password):
            browser = Browser(url, basic(username, password))
            path = urlsplit(url).path
            for number in range(15):
                assert browser.ask("PUT", f"{path}{name}{number}.ics", event(f"{name}{number}")).status == 201
        """
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(places.state.parent), name]) for name in ("a", "b")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    stored = places.data / "calendars" / "collection-root" / USERNAME / CALENDAR
    assert len(list(stored.glob("*.ics"))) == 30

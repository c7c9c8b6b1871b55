"""What the web shows of a real book: the samples."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import vobject
from callplan.errors import RecordError
from callplan.ics.lint import faults
from callplan.settings import load_settings
from callplan.sync.run import sync
from callplan.sync.state import State
from callplan.web.serve import Addresses, Options, serving
from callplan.web.sources import last_look, signs, take
from callplan.where import Places
from ical.calendar_stream import IcsCalendarStream

from tests.web.book import SAMPLES, sample_places
from tests.web.browser import Browser, basic
from tests.web.scene import places_in

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def filled(folder: Path) -> Places:
    """The samples with their busy calendar."""
    sample_places(folder)
    for name in ("config.toml", "busy.ics"):
        shutil.copy(SAMPLES / name, folder)
    return places_in(folder)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return sample_places(tmp_path, ("leith", "nordlys", "tamarind"))


@pytest.fixture(scope="module")
def all_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """All samples, served to those who change nothing."""
    places = filled(tmp_path_factory.mktemp("all"))
    with serving(places, last_look(places, lambda: NOW), Options(port=0)) as addresses:
        yield addresses


@pytest.fixture
def served(places: Places) -> Iterator[Addresses]:
    with serving(places, last_look(places, lambda: NOW), Options(port=0)) as addresses:
        yield addresses


def add_note(places: Places) -> None:
    """Log that the thanks to one of the samples were sent."""
    file = places.book / "tamarind.toml"
    entry = '\n[[log]]\nat = 2026-11-23T09:00:00+01:00\nstep = "notes"\noutcome = "done"\n'
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")


def test_the_feed_is_accepted_by_two_independent_parsers_and_our_own_rules(all_served: Addresses) -> None:
    body = Browser(all_served.feed).ask("GET", urlsplit(all_served.feed).path).body
    assert faults(body) == []
    calendar = IcsCalendarStream.calendar_from_ics(body.decode())
    parsed = vobject.readOne(body.decode())
    assert len(calendar.events) == len(parsed.vevent_list) == body.count(b"BEGIN:VEVENT") > 12
    assert b"METHOD" not in body
    assert len(body) < 1_000_000


def test_the_same_book_gives_the_same_bytes_after_a_restart(places: Places) -> None:
    feeds = [last_look(places, lambda: NOW).feed() for _ in range(2)]
    assert feeds[0] == feeds[1]


def test_a_log_entry_changes_the_feed_at_the_next_request(places: Places, served: Addresses) -> None:
    browser, path = Browser(served.feed), urlsplit(served.feed).path
    before = browser.ask("GET", path)
    assert browser.ask("GET", path, If_None_Match=before.headers["ETag"]).status == 304
    add_note(places)
    after = browser.ask("GET", path, If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert after.body != before.body


def test_a_typing_mistake_takes_nothing_out_of_the_feed(places: Places) -> None:
    before = take(places, NOW)
    file = places.book / "tamarind.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('company = "', "company = ", 1), encoding="utf-8")
    after = take(places, NOW)  # as after a restart: nothing is held but what is on disk
    assert after.feed == before.feed
    assert after.faults[0].startswith("tamarind.toml, line")
    assert (list(after.saved), after.missing) == (["tamarind"], ())
    file.write_text(text, encoding="utf-8")
    mended = take(places, NOW)
    assert (mended.feed, mended.faults, mended.saved) == (before.feed, (), {})


def test_a_changed_event_has_a_higher_sequence_and_a_new_date(places: Places) -> None:
    later = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def events(body: bytes) -> dict[str, tuple[int, str, str]]:
        return {
            one.uid.value: (int(one.sequence.value), one.dtstamp.serialize(), one.last_modified.serialize())
            for one in vobject.readOne(body.decode()).vevent_list
        }

    first = events(take(places, NOW).feed)
    file = places.book / "tamarind.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Tamarind Analytics", "Tamarind Insights"), "utf-8")
    second = events(take(places, later).feed)
    renamed = {uid for uid in first if first[uid] != second.get(uid)}
    assert renamed
    for uid in renamed & second.keys():
        assert second[uid][0] == first[uid][0] + 1
        assert "20261123T100000Z" in second[uid][1]
        assert "20261123T100000Z" in second[uid][2]


def test_the_feed_and_a_sync_give_an_event_the_same_sequence(places: Places) -> None:
    take(places, NOW)
    with State.open(places, read_only=True) as state:
        known = state.memory()
    assert known
    assert {one.sequence for one in known.values()} == {1}
    take(places, NOW)
    with State.open(places, read_only=True) as state:
        assert state.memory() == known


@pytest.mark.parametrize("feed_first", [True, False])
def test_the_feed_and_the_built_in_calendar_show_the_same_events(places: Places, feed_first: bool) -> None:
    def events(body: bytes) -> dict[str, tuple[str, str]]:
        return {
            one.uid.value: (one.sequence.value, one.summary.value) for one in vobject.readOne(body.decode()).vevent_list
        }

    settings = load_settings(places.config)
    if not feed_first:
        sync(places, settings, NOW)
    with serving(places, last_look(places, lambda: NOW), Options(port=0)) as addresses:
        sync(places, settings, NOW)  # a second server on the same calendar, as `callplan sync` starts one
        feed = Browser(addresses.feed).ask("GET", urlsplit(addresses.feed).path).body
        credentials = basic(addresses.username, addresses.password_file.read_text(encoding="utf-8").strip())
        calendar = Browser(addresses.caldav, credentials).ask("GET", urlsplit(addresses.caldav).path).body
    shown = events(feed)
    assert len(shown) > 12
    # The feed leaves out what ended more than 60 days ago; the calendar keeps it.
    assert shown.items() <= events(calendar).items()


def test_a_faulty_file_is_named_and_hides_no_other(places: Places) -> None:
    (places.book / "leith.toml").write_text("company = 7\n", encoding="utf-8")
    look = take(places, NOW)
    assert any(fault.startswith("leith.toml") for fault in look.faults)
    assert look.missing == ("leith",)
    assert {one.name for one in look.applications} == {file.stem for file in places.book.glob("*.toml")} - {"leith"}


def test_faulty_settings_stop_the_server_before_it_starts(places: Places) -> None:
    places.config.write_text("[me]\nnmae = 1\n", encoding="utf-8")
    with (
        pytest.raises(RecordError, match="nmae"),
        serving(places, last_look(places, lambda: NOW), Options(port=0)),
    ):
        pass


def test_settings_that_become_faulty_leave_the_feed_as_it_was(places: Places, served: Addresses) -> None:
    browser, path = Browser(served.feed), urlsplit(served.feed).path
    before = browser.ask("GET", path).body
    places.config.write_text("[me]\nnmae = 1\n", encoding="utf-8")
    assert browser.ask("GET", path).body == before


def test_an_empty_book_is_served_too(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with serving(places, last_look(places, lambda: NOW), Options(port=0)) as addresses:
        answer = Browser(addresses.feed).ask("GET", urlsplit(addresses.feed).path)
    assert answer.status == 200
    assert answer.body.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize("name", ["book/nordlys.toml", "config.toml", "busy.ics"])
def test_a_change_of_any_source_is_a_sign(tmp_path: Path, name: str) -> None:
    places = filled(tmp_path)
    before = signs(places)
    assert signs(places) == before
    file = places.config.parent / name
    file.write_bytes(file.read_bytes() + b"\n")
    assert signs(places) != before


def test_a_change_of_the_state_is_a_sign(places: Places) -> None:
    before = signs(places)
    take(places, NOW)
    assert signs(places) != before


def test_the_home_page_shows_the_samples(all_served: Addresses) -> None:
    browser = Browser(all_served.home)
    cookie = browser.ask("GET", urlsplit(all_served.home).path).headers["Set-Cookie"].split(";")[0]
    page = browser.ask("GET", "/", Cookie=cookie).body.decode()
    assert page.count('class="timeline"') == 12
    assert "Nordlys Energi" in page


def test_a_signal_ends_the_server_cleanly(places: Places) -> None:
    command = [sys.executable, "-m", "callplan", "serve", "--port", "0", "--config", str(places.config)]
    command += ["--book", str(places.book), "--now", NOW.isoformat()]
    signals = (signal.SIGTERM, signal.SIGINT)
    servers = [
        subprocess.Popen(
            [*command, "--state", str(places.state / number.name)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"CALLPLAN_DATA": str(places.data / number.name), "PYTHONUNBUFFERED": "1"},
        )
        for number in signals
    ]  # fmt: skip
    for server, number in zip(servers, signals, strict=True):
        assert server.stdout
        feed = ""
        while not feed:
            line = server.stdout.readline()
            assert line, server.communicate()[1]
            found = re.search(r"http://127\.0\.0\.1:\d+/f/\S+", line)
            feed = found[0] if found else ""
        assert Browser(feed).ask("GET", urlsplit(feed).path).status == 200
        server.send_signal(number)
        _, told = server.communicate(timeout=20)
        assert (server.returncode, told) == (0, "")

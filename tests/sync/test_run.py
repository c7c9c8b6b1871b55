"""`sync` from the book to the calendar: the samples, the built-in server, and a server of the user's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from callplan.errors import DecisionError, LoginError, RecordError
from callplan.settings import CalendarSettings, Settings, load_settings
from callplan.sync.report import PartlySyncedError
from callplan.sync.run import sync
from callplan.sync.state import State
from callplan.where import Places

from tests.servers import Proxy, Reply, Server, proxy
from tests.sync.build import places
from tests.sync.desk import new_name
from tests.sync.pretend import FLAVOURS, Pretend

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def where(tmp_path: Path) -> Places:
    there = places(tmp_path)
    shutil.copytree(SAMPLES / "applications", there.book)
    shutil.copy(SAMPLES / "busy.ics", tmp_path)
    shutil.copy(SAMPLES / "config.toml", there.config)
    return there


@pytest.fixture
def settings(where: Places) -> Settings:
    """The samples' settings, with the built-in calendar."""
    return replace(load_settings(where.config), calendar=None)


@pytest.fixture
def own_server(where: Places) -> Server:
    """A server of the user's own, in memory, for a book of three applications: what is asked is asked of `sync`."""
    for file in sorted(where.book.glob("*.toml"))[3:]:
        file.unlink()
    return Pretend(FLAVOURS["cyrus"])


@pytest.fixture
def own(
    own_server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Settings, Proxy, str]]:
    """The same with a calendar on that server."""
    url = own_server.make_calendar(new_name())
    monkeypatch.setenv("CALLPLAN_PASSWORD", "secret")
    with proxy(url, within=own_server) as between:
        yield replace(settings, calendar=CalendarSettings(between.url, "anna")), between, url


def test_the_built_in_calendar_is_filled_and_then_quiet(where: Places, settings: Settings) -> None:
    first = sync(where, settings, NOW)
    assert len(first.created) > 20
    second = sync(where, settings, NOW)
    assert (second.changes, second.unchanged) == (0, len(first.created))


def test_a_dry_run_of_the_built_in_calendar_makes_none(where: Places, settings: Settings) -> None:
    dry = sync(where, settings, NOW, dry_run=True)
    assert not (where.data / "calendars").exists()
    assert not list(where.state.glob("state-*"))
    assert sync(where, settings, NOW).created == dry.created


def test_a_deadline_is_told_with_its_end_as_everywhere(where: Places, settings: Settings) -> None:
    report = sync(where, settings, datetime(2026, 11, 16, 11, 30, tzinfo=UTC), dry_run=True)
    found = [line for line in report.created if line.summary.startswith("Thank-you e-mail deadline")]
    assert found
    for line in found:
        assert line.end is not None
        ends = line.end.astimezone(ZoneInfo(report.timezone))
        assert f"+ by {ends:%a %Y-%m-%d %H:%M}  {line.summary}" in report.lines()


def test_a_second_sync_is_one_request(where: Places, own: tuple[Settings, Proxy, str], own_server: Server) -> None:
    settings, between, url = own
    report = sync(where, settings, NOW)
    assert len(own_server.read_all(url)) == len(report.created)
    assert between.count() <= len(report.created) + 2
    between.clear()
    assert sync(where, settings, NOW).changes == 0
    assert between.count() == 1


def test_removing_an_application_removes_exactly_its_events(
    where: Places, own: tuple[Settings, Proxy, str], own_server: Server
) -> None:
    settings, _, url = own
    sync(where, settings, NOW)
    before = own_server.read_all(url)
    with State.open(where, read_only=True) as state:
        owners = {uid: known.application for uid, known in state.memory().items()}
    leaver = min(set(owners.values()), key=lambda name: sum(name == one for one in owners.values()))
    (where.book / f"{leaver}.toml").unlink()
    report = sync(where, settings, NOW, allow_deletions=True)
    theirs = {f"{uid}.ics" for uid, name in owners.items() if name == leaver}
    assert {f"{line.uid}.ics" for line in report.deleted} == theirs
    after = own_server.read_all(url)
    assert before.keys() - after.keys() == theirs


def test_a_book_that_is_not_there_is_an_error_that_names_it(where: Places, settings: Settings) -> None:
    there = replace(where, book=where.book.parent / "no-such-book")
    for dry_run in (True, False):
        with pytest.raises(RecordError, match=r"no book at .*no-such-book") as caught:
            sync(there, settings, NOW, dry_run=dry_run)
        assert caught.value.exit_code == 4
    assert not where.state.exists()


def test_an_unmounted_book_deletes_nothing(where: Places, own: tuple[Settings, Proxy, str], own_server: Server) -> None:
    settings, _, url = own
    sync(where, settings, NOW)
    before = own_server.read_all(url)
    for file in where.book.glob("*.toml"):
        file.rename(file.with_suffix(".away"))
    with pytest.raises(DecisionError, match="no longer in the book"):
        sync(where, settings, NOW)
    assert own_server.read_all(url) == before


def test_a_file_that_cannot_be_read_leaves_its_events(
    where: Places, own: tuple[Settings, Proxy, str], own_server: Server
) -> None:
    settings, _, url = own
    sync(where, settings, NOW)
    before = own_server.read_all(url)
    broken = sorted(where.book.glob("*.toml"))[0]
    broken.write_text(broken.read_text() + "\nno such thing = [\n")
    report = sync(where, settings, NOW)
    assert report.changes == 0
    assert f"{broken.name} cannot be read" in "".join(report.messages)
    assert own_server.read_all(url) == before


def test_a_moved_call_keeps_its_time_when_the_plan_is_made_anew(
    where: Places, own: tuple[Settings, Proxy, str], own_server: Server
) -> None:
    settings, _, url = own
    report = sync(where, settings, NOW)
    call = next(line for line in report.created if line.start and line.start > NOW and "Call" in line.summary)
    text = own_server.read_all(url)[f"{call.uid}.ics"]
    found = re.search(r"DTSTART(;TZID=[^:]+):(\d{8})T(\d{4})", text)
    assert found is not None
    moved = re.sub(rf"(DT(START|END);TZID=[^:\n]+:){found[2]}", r"\g<1>20261218", text)
    assert moved != text
    own_server.edit(url, f"{call.uid}.ics", lambda _: moved)
    told = sync(where, settings, NOW)
    assert any(line.startswith("You moved") for line in told.lines())
    sync(where, settings, datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert f":20261218T{found[3]}" in own_server.read_all(url)[f"{call.uid}.ics"]


def test_a_password_that_is_nowhere_stops_before_the_first_request(
    where: Places, own: tuple[Settings, Proxy, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, between, _ = own
    monkeypatch.delenv("CALLPLAN_PASSWORD")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(LoginError, match="no password"):
        sync(where, settings, NOW)
    assert between.count() == 0


def test_an_unsafe_address_stops_before_the_password_is_fetched(
    where: Places, settings: Settings, tmp_path: Path
) -> None:
    proof = tmp_path / "asked"
    command = (sys.executable, "-c", f"open({str(proof)!r}, 'w')")
    unsafe = replace(settings, calendar=CalendarSettings("http://cal.dahl.example/x/", "anna", command))
    with pytest.raises(RecordError, match="https://"):
        sync(where, unsafe, NOW)
    assert not proof.exists()


def test_what_failed_is_told_with_the_report(where: Places, own: tuple[Settings, Proxy, str]) -> None:
    settings, between, _ = own
    between.mischief = lambda number, method, _p: Reply(413) if method == "PUT" and number == 4 else None
    with pytest.raises(PartlySyncedError) as caught:
        sync(where, settings, NOW)
    assert len(caught.value.report.failed) == 1
    assert caught.value.report.as_json()["failed"][0]["fault"].startswith("is refused")


def test_only_sync_itself_loads_what_talks_to_servers() -> None:
    code = (
        "import sys, callplan.sync.run, callplan.sync.state, callplan.sync.world\n"
        "heavy = {'caldav', 'icalendar', 'lxml', 'niquests', 'radicale', 'flask', 'babel', 'jinja2'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

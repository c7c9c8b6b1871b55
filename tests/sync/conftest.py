"""Real servers, started once for all tests here, and unkind ones in memory; each test has its own calendar."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Server, builtin, proxy, radicale, xandikos
from tests.sync.calendars import calendar
from tests.sync.desk import OTHERS, REAL, SERVERS, Desk, desk_at, server_of
from tests.sync.home import AFTER_INTERVIEW, BEFORE_CALL, FOLLOWED_UP, NORDLYS, Home, home_of
from tests.sync.pretend import Flavour, Pretend


@pytest.fixture(scope="session")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture(scope="session")
def xandikos_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with xandikos(tmp_path_factory.mktemp("xandikos")) as server:
        yield server


@pytest.fixture(scope="session")
def builtin_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with builtin(tmp_path_factory.mktemp("builtin")) as server:
        yield server


@pytest.fixture(params=REAL)
def server(request: pytest.FixtureRequest) -> Server:
    """Each real server in turn."""
    return server_of(request, request.param)


@pytest.fixture(params=SERVERS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk at each server in turn: what is asked of sync must not depend on a server's kindness."""
    with desk_at(server_of(request, request.param), tmp_path / "anna") as found:
        yield found


@pytest.fixture
def real_desk(server: Server, tmp_path: Path) -> Iterator[Desk]:
    """A desk at the servers that other programs can reach too."""
    with desk_at(server, tmp_path / "anna") as found:
        yield found


@pytest.fixture
def wired_desk(tmp_path: Path) -> Iterator[Desk]:
    """Where what the proxy does is what counts: a server in memory behind it, asked over HTTP."""
    server = Pretend(Flavour("wired"))
    url = server.make_calendar("calls")
    with proxy(url, within=server) as between:
        yield Desk(server, url, between, tmp_path / "anna", [])


@pytest.fixture
def radicale_desk(radicale_server: Server, tmp_path: Path) -> Iterator[Desk]:
    """Where one real server is enough."""
    with desk_at(radicale_server, tmp_path / "anna") as found:
        yield found


@pytest.fixture(params=["cyrus", *OTHERS])
def desk_at_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Where one server in memory is enough, unless there are others to try: a whole user is played."""
    with desk_at(server_of(request, request.param), tmp_path) as found:
        yield found


@pytest.fixture
def fresh(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An hour after the interview."""
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(AFTER_INTERVIEW)
    return home


@pytest.fixture
def calling(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The follow-up is sent, the call is tomorrow morning, its rehearsal tonight."""
    home = home_of(desk_at_home, monkeypatch, NORDLYS + FOLLOWED_UP)
    home.sync(BEFORE_CALL)
    return home


@pytest.fixture
def without_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring of whoever runs the tests is none of their business."""
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.fixture
def ics(tmp_path: Path) -> Path:
    """A calendar file with one event."""
    file = tmp_path / "work.ics"
    file.write_text(calendar("DTSTART:20261116T090000Z\nDURATION:PT1H"))
    return file

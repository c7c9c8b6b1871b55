"""Radicale and Xandikos, started once for all tests here, and unkind ones in memory; each test has its own calendar."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.ics.event import Event
from callplan.sync.push import push
from callplan.sync.report import Report
from callplan.sync.server import Calendar
from callplan.sync.state import State
from callplan.sync.wish import Wish

from tests.servers import Proxy, Server, proxy, radicale, xandikos
from tests.sync.build import NOW, owners, places
from tests.sync.pretend import FLAVOURS, Between, Flavour, Pretend, PretendCalendar

_numbers = itertools.count(1)


def new_name() -> str:
    """The name of a calendar no other test has."""
    return f"calls-{next(_numbers)}"


@pytest.fixture(scope="session")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture(scope="session")
def xandikos_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with xandikos(tmp_path_factory.mktemp("xandikos")) as server:
        yield server


@pytest.fixture(params=["radicale", "xandikos"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each real server in turn."""
    found: Server = request.getfixturevalue(f"{request.param}_server")
    return found


#: The real ones that can be had from PyPI, and others as they were measured.
SERVERS = ["radicale", "xandikos", "davical", "sogo", "sabre", "icloud"]


@dataclass
class Desk:
    """A user's machine: a state folder, and a calendar on a server behind a counting proxy."""

    server: Server
    url: str  # the calendar, past the proxy
    proxy: Proxy
    folder: Path
    waits: list[float]

    def calendar(self, **options: Any) -> Calendar:
        """The calendar as callplan opens it. It never really waits."""
        settings: dict[str, Any] = {"identity": self.url, "wait": self.waits.append, "timeout": 10.0, **options}
        if isinstance(self.server, Pretend):
            return PretendCalendar(self.server, self.proxy, self.url, **settings)
        return Calendar(self.proxy.url, self.server.username, self.server.password, **settings)

    def state(self) -> State:
        return State.open(places(self.folder))

    def sync(
        self, wanted: list[Event], now: datetime = NOW, *, wish: dict[str, Any] | None = None, **options: Any
    ) -> Report:
        """One sync of these events, as one run of the command does it."""
        self.proxy.clear()
        filled = {"owners": owners(wanted), "timezone": "Europe/Copenhagen"} | (wish or {})
        with self.state() as state, self.calendar() as calendar:
            return push(calendar, Wish(wanted, **filled), state, now, **options)

    def items(self) -> dict[str, str]:
        """What stands in the calendar, as another client reads it."""
        return self.server.read_all(self.url)

    def edit(self, uid: str, change: Callable[[str], str]) -> None:
        """The user changes an event on their phone."""
        self.server.edit(self.url, f"{uid}.ics", change)

    def delete(self, uid: str) -> None:
        """The user deletes an event on their phone."""
        status, _, _ = self.server.request("DELETE", f"{self.url}{uid}.ics", headers={"X-Another-Client": "1"})
        assert status in (200, 204)

    def another(self, folder: Path) -> Desk:
        """A second machine with the same calendar and a state of its own."""
        return Desk(self.server, self.url, self.proxy, folder, self.waits)


def pretend_desk(flavour: Flavour, folder: Path) -> Desk:
    """A desk at a server in memory."""
    server = Pretend(flavour)
    return Desk(server, server.make_calendar("calls"), Between(), folder, [])


@pytest.fixture(params=SERVERS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk at each server in turn: what is asked of sync must not depend on a server's kindness."""
    if request.param not in ("radicale", "xandikos"):
        yield pretend_desk(FLAVOURS[request.param], tmp_path / "anna")
        return
    server: Server = request.getfixturevalue(f"{request.param}_server")
    url = server.make_calendar(new_name())
    with proxy(url) as between:
        yield Desk(server, url, between, tmp_path / "anna", [])


@pytest.fixture
def real_desk(server: Server, tmp_path: Path) -> Iterator[Desk]:
    """A desk at the servers that other programs can reach too."""
    url = server.make_calendar(new_name())
    with proxy(url) as between:
        yield Desk(server, url, between, tmp_path / "anna", [])


@pytest.fixture
def radicale_desk(radicale_server: Server, tmp_path: Path) -> Iterator[Desk]:
    """Where one server is enough: what the proxy does is what counts."""
    url = radicale_server.make_calendar(new_name())
    with proxy(url) as between:
        yield Desk(radicale_server, url, between, tmp_path / "anna", [])

"""A user's machine at a server: real ones, those that somebody has started, and unkind ones in memory."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from callplan.errors import CallplanError
from callplan.ics.event import Event, Revision
from callplan.ics.render import caldav_object
from callplan.sync.push import push
from callplan.sync.report import Report
from callplan.sync.server import Calendar
from callplan.sync.state import State
from callplan.sync.wish import Wish

from tests.servers import PASSWORD, Proxy, Server, others, proxy
from tests.sync.build import NOW, events, owners, places, uid
from tests.sync.pretend import FLAVOURS, Between, Flavour, Pretend, PretendCalendar

_numbers = itertools.count(1)


def new_name() -> str:
    """The name of a calendar no other test has, nor had an earlier run."""
    return f"calls-{os.getpid()}-{next(_numbers)}"


#: Real ones that somebody has started for these tests.
OTHERS = others()

#: The real ones; then callplan's own, and some as they were measured.
REAL = ["radicale", "xandikos", *OTHERS]
SERVERS = [*REAL, "builtin", "davical", "sogo", "sabre", "icloud", "old-radicale"]


@cache
def says_created(server: Server) -> bool:
    """Whether a server that somebody else has started says 201 to a change too."""
    calendar = server.make_calendar(new_name())
    text = caldav_object(Revision(events(1)[0], 1, NOW))
    answers = [server.request("PUT", f"{calendar}{uid(0)}.ics", text, {"Content-Type": "text/calendar"}) for _ in "12"]
    server.request("DELETE", calendar)
    return answers[1][0] == 201


def server_of(request: pytest.FixtureRequest, name: str) -> Server:
    """The server of that name: a real one, or a new one in memory."""
    if name in FLAVOURS and name not in REAL:
        return Pretend(FLAVOURS[name])
    found: Server = OTHERS[name] if name in OTHERS else request.getfixturevalue(f"{name}_server")
    return found


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
        if isinstance(self.server, Pretend) and isinstance(self.proxy, Between):
            return PretendCalendar(self.server, self.proxy, self.url, **settings)
        return Calendar(self.proxy.url, self.server.username, self.server.password, **settings)

    @property
    def repeats(self) -> int:
        """How many PUTs more the first change of a run takes: where 201 is said to everything, a second one tells."""
        if isinstance(self.server, Pretend):
            return int(self.server.flavour.says_created)
        return int(self.server in OTHERS.values() and says_created(self.server))

    def state(self) -> State:
        return State.open(places(self.folder))

    def sync(
        self, wanted: Sequence[Event], now: datetime = NOW, *, wish: dict[str, Any] | None = None, **options: Any
    ) -> Report:
        """One sync of these events, as one run of the command does it."""
        self.proxy.clear()
        filled = {"owners": owners(wanted), "timezone": "Europe/Copenhagen"} | (wish or {})
        with self.state() as state, self.calendar() as calendar:
            return push(calendar, Wish(wanted, **filled), state, now, **options)

    def fails(self, kind: type[CallplanError], says: str, count: int = 3) -> CallplanError:
        """A sync of so many events that must fail: with this sentence, and no secret told."""
        with pytest.raises(kind, match=says) as caught:
            self.sync(events(count))
        assert PASSWORD not in str(caught.value)
        return caught.value

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

    def put_back(self, uid: str, text: str) -> None:
        """The user takes an event out of the trash: it stands there again as it was (`items`)."""
        headers = {"Content-Type": "text/calendar", "X-Another-Client": "1"}
        status, _, _ = self.server.request("PUT", f"{self.url}{uid}.ics", text.encode(), headers)
        assert status in (200, 201, 204)

    def another(self, folder: Path) -> Desk:
        """A second machine with the same calendar and a state of its own."""
        return Desk(self.server, self.url, self.proxy, folder, self.waits)


def pretend_desk(flavour: Flavour, folder: Path) -> Desk:
    """A desk at a server in memory."""
    server = Pretend(flavour)
    return Desk(server, server.make_calendar("calls"), Between(), folder, [])


@contextmanager
def desk_at(server: Server, folder: Path) -> Iterator[Desk]:
    """A desk with a calendar of its own, which goes with it: Cyrus takes a UID only once a user."""
    if isinstance(server, Pretend):
        yield pretend_desk(server.flavour, folder)
        return
    url = server.make_calendar(new_name())
    with proxy(url) as between:
        yield Desk(server, url, between, folder, [])
    if server in OTHERS.values():
        server.request("DELETE", url)

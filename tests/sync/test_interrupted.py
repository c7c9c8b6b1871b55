"""Stopped at any request or any commit, the next sync ends in the same calendar as if nothing had happened.

Stopping is played by an exception nothing catches, at each commit in turn (before it and after it), and by a server
that is gone from each request on (having acted on it or not). Killing the process itself is in the second part.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from callplan.errors import CallplanError
from callplan.ics.description import NOTES_LINE
from callplan.ics.event import Event
from callplan.sync.state import State

from tests.servers import Reply, Server
from tests.sync.build import NOW, event, events, uid
from tests.sync.desk import OTHERS, Desk, desk_at, server_of
from tests.sync.pretend import Pretend

LATER = NOW + timedelta(hours=5)


#: All points on the real servers too (scripts/bench interrupted).
EXHAUSTIVE = bool(os.environ.get("CALLPLAN_EXHAUSTIVE"))


class Killed(BaseException):
    """The process is gone."""


def _first_push(desk: Desk) -> list[Event]:
    return events(4)


def _update(desk: Desk) -> list[Event]:
    desk.sync(events(4))
    return [event(0, summary="Call first"), event(1), event(2, description="New words"), event(8)]


def _merge(desk: Desk) -> list[Event]:
    desk.sync(events(5))
    desk.sync(events(5))
    desk.edit(uid(0), lambda text: text.replace("DESCRIPTION:", "DESCRIPTION:no answer\\n"))
    desk.edit(uid(1), lambda text: text.replace(NOTES_LINE, f"{NOTES_LINE}\\nmine"))
    desk.edit(uid(2), lambda text: text.replace("T103000", "T113000").replace("T104500", "T114500"))
    desk.delete(uid(3))
    return [event(0), event(1, summary="Call now"), event(2, description="New words"), event(3)]


SCENES: list[Callable[[Desk], list[Event]]] = [_first_push, _update, _merge]


def _settled(desk: Desk) -> dict[str, str]:
    """The calendar, but for what tells when and how often it was written."""
    volatile = re.compile(r"^(SEQUENCE|DTSTAMP|LAST-MODIFIED|CREATED|PRODID|X-RADICALE\S*):.*\n", re.MULTILINE)
    return {name: "\n".join(sorted(volatile.sub("", text).split("\n"))) for name, text in desk.items().items()}


@pytest.fixture
def any_server(request: pytest.FixtureRequest) -> Server:
    return server_of(request, request.param)


#: The real servers take their time, so they play the scene that holds most, unless all is asked for.
CASES = [
    pytest.param(server, scene, id=f"{scene.__name__.strip('_')}-{server}")
    for server in ("sogo", "radicale", "xandikos", *OTHERS)
    for scene in SCENES
    if server == "sogo" or server in OTHERS or scene is _merge or EXHAUSTIVE
]


@pytest.mark.parametrize(("any_server", "scene"), CASES, indirect=["any_server"])
def test_stopped_at_any_point_the_next_sync_ends_the_same(
    scene: Callable[[Desk], list[Event]],
    any_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def undisturbed(desk: Desk) -> tuple[dict[str, str], int, int]:
        wanted = scene(desk)
        commits = 0
        settle = State.settle

        def counted(state: State, *arguments: Any, **keywords: Any) -> None:
            nonlocal commits
            commits += 1
            settle(state, *arguments, **keywords)

        with monkeypatch.context() as patch:
            patch.setattr(State, "settle", counted)
            desk.sync(wanted, LATER, workers=1)
        return _settled(desk), commits, desk.proxy.count()

    with desk_at(any_server, tmp_path / "undisturbed") as desk:
        expected, commits, requests = undisturbed(desk)
    points = [("commit", number, after) for number in range(1, commits + 1) for after in (False, True)]
    points += [("request", number, after) for number in range(1, requests + 1) for after in (False, True)]

    def disturbed(desk: Desk, kind: str, at: int, after: bool) -> dict[str, str]:
        wanted = scene(desk)
        count = 0
        settle = State.settle

        def stopping(state: State, *arguments: Any, **keywords: Any) -> None:
            nonlocal count
            count += 1
            if count == at and not after:
                raise Killed
            settle(state, *arguments, **keywords)
            if count == at:
                raise Killed

        if kind == "commit":
            with monkeypatch.context() as patch:
                patch.setattr(State, "settle", stopping)
                with pytest.raises(Killed):
                    desk.sync(wanted, LATER, workers=1)
        else:
            desk.proxy.mischief = lambda number, *_: (
                None if number < at else Reply(cut=True, forward=after and number == at)
            )
            with suppress(CallplanError):  # none when only the last look at what was written is lost
                desk.sync(wanted, LATER, workers=1)
            desk.proxy.mischief = None
        desk.sync(wanted, LATER)
        desk.sync(wanted, LATER)
        desk.sync(wanted, LATER)
        assert desk.proxy.count() == 1
        return _settled(desk)

    if not (isinstance(any_server, Pretend) or EXHAUSTIVE):
        points = points[len(scene.__name__) % 6 :: 6]  # the servers in memory take them all, in a second
    for number, (kind, at, after) in enumerate(points):
        with desk_at(any_server, tmp_path / str(number)) as desk:
            assert disturbed(desk, kind, at, after) == expected, (kind, at, after)
    with capsys.disabled():
        sys.stdout.write(f"\n{scene.__name__.strip('_')} on {any_server.name}: stopped at {len(points)} points ")


_CHILD = """
import sys
from pathlib import Path
from callplan.sync.push import push
from callplan.sync.wish import Wish
from callplan.sync.server import Calendar
from callplan.sync.state import State
from tests.sync.build import NOW, events, places
url, identity, username, password, folder = sys.argv[1:]
with State.open(places(Path(folder))) as state, state.locked():
    with Calendar(url, username or None, password or None, identity=identity) as calendar:
        push(calendar, Wish(events(12)), state, NOW)
"""


@pytest.mark.parametrize("at", [1, 2, 6, 13] if EXHAUSTIVE else [2, 6])
def test_killed_while_a_request_is_under_way_the_next_sync_finishes(
    radicale_server: Server, tmp_path: Path, at: int
) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def kill(number: int, _method: str, _path: str) -> Reply | None:
        if number != at:
            return None
        while not children:
            time.sleep(0.001)  # the child asks before Popen has returned
        children[0].send_signal(signal.SIGKILL)
        return Reply(cut=True, forward=at % 2 == 0)

    with desk_at(radicale_server, tmp_path / "anna") as desk:
        desk.proxy.mischief = kill
        login = (desk.server.username or "", desk.server.password or "")
        command = [sys.executable, "-c", _CHILD, desk.proxy.url, desk.url, *login, str(desk.folder)]
        children.append(subprocess.Popen(command))
        assert children[0].wait(60) == -signal.SIGKILL
        desk.proxy.mischief = None
        desk.sync(events(12))
        assert len(desk.items()) == 12
        desk.sync(events(12))
        assert desk.proxy.count() == 1

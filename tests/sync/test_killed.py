"""The process killed with SIGKILL at every request and around every write to the disk: the next sync makes it good."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from callplan.book import disk
from callplan.plan.step import StepKind
from callplan.sync import run
from callplan.sync.server import Calendar
from callplan.sync.state import State

from tests.servers import Reply, proxy
from tests.sync.desk import pretend_desk
from tests.sync.home import AFTER_CALL, BEFORE_CALL, FOLLOWED_UP, NORDLYS, Home, home_of, moved_to, on_top
from tests.sync.pretend import FLAVOURS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def _first_push(home: Home) -> None:
    """Nothing was ever synced."""


def _update(home: Home) -> None:
    home.sync(BEFORE_CALL)
    file = home.where.book / "nordlys.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Nordlys Energi", "Nordlys Kraft"), encoding="utf-8")


def _merge(home: Home) -> None:
    _update(home)
    home.edit(StepKind.CALL, on_top("no answer\\nthe secretary is kind"))
    home.edit(StepKind.SECOND_CALL, moved_to("2026-12-18", "09:00"))
    home.desk.delete(home.uid(StepKind.REFLECT))


SCENES: list[Callable[[Home], None]] = [_first_push, _update, _merge]


@contextmanager
def _over_http(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The server in memory behind a port, so that a process of its own can reach it."""
    with proxy(home.desk.url, within=home.desk.server) as between:

        @contextmanager
        def opened(*_: Any, **__: Any) -> Iterator[Calendar]:
            with Calendar(between.url, None, None, identity=home.desk.url, timeout=20.0) as calendar:
                yield calendar

        with monkeypatch.context() as patch:
            patch.setattr(run, "open_calendar", opened)
            yield between


def _in_a_child(action: Callable[[], Any], started: list[int]) -> int:
    """Run it in a process of its own; the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            started.append(os.getpid())
            action()
            code = 0
        finally:
            os._exit(code)
    started.append(child)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the sync failed"
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the sync did not end")


def _failpoints(monkeypatch: pytest.MonkeyPatch, at: int | None) -> list[int]:
    """Count the moments before and after each write to the disk, and kill the process at one of them."""
    passed: list[int] = []

    def point() -> None:
        passed.append(1)
        if len(passed) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(holder: Any, name: str) -> None:
        action = getattr(holder, name)

        def wrapped(*arguments: Any, **options: Any) -> Any:
            point()
            result = action(*arguments, **options)
            point()
            return result

        monkeypatch.setattr(holder, name, wrapped)

    around(State, "settle")
    around(disk, "_written_beside")
    around(disk, "replace")
    return passed


def _result(home: Home) -> tuple[list[str], dict[str, str]]:
    volatile = re.compile(r"^(SEQUENCE|DTSTAMP|LAST-MODIFIED|CREATED).*\n", re.MULTILINE)
    items = home.desk.items()
    return (
        sorted(f"{one.step} {one.outcome} {one.note}" for one in home.log),
        {name: "\n".join(sorted(volatile.sub("", text).split("\n"))) for name, text in items.items()},
    )


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__.strip("_"))
def test_killed_anywhere_the_next_sync_ends_as_if_nothing_had_happened(
    scene: Callable[[Home], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def played(folder: Path, write: int | None, request: int | None, acted: bool) -> Any:
        home = home_of(pretend_desk(FLAVOURS["cyrus"], folder), monkeypatch, NORDLYS + FOLLOWED_UP)
        scene(home)
        home.desk.proxy.clear()
        counts = (0, 0)
        with _over_http(home, monkeypatch) as between, monkeypatch.context() as patch:
            passed = _failpoints(patch, write)
            if write is None and request is None:
                home.sync(AFTER_CALL)
                counts = (len(passed), between.count())
            else:
                started: list[int] = []

                def kill(number: int, *_: str) -> Reply | None:
                    if number != request:
                        return None
                    while not started:
                        time.sleep(0.001)
                    os.kill(started[0], signal.SIGKILL)
                    return Reply(cut=True, forward=acted)

                between.mischief = kill
                assert _in_a_child(lambda: home.sync(AFTER_CALL), started) == signal.SIGKILL
        home.sync(AFTER_CALL + timedelta(minutes=1))
        home.sync(AFTER_CALL + timedelta(minutes=2))
        assert home.desk.proxy.count() == 1
        return _result(home), counts

    expected, (writes, requests) = played(tmp_path / "whole", None, None, False)
    points: list[tuple[int | None, int | None, bool]] = [(number, None, False) for number in range(1, writes + 1)]
    points += [(None, number, acted) for number in range(1, requests + 1) for acted in (False, True)]
    for number, point in enumerate(points):
        assert played(tmp_path / str(number), *point)[0] == expected, point
    with capsys.disabled():
        sys.stdout.write(
            f"\n{scene.__name__.strip('_')}: killed at {len(points)} points ({writes} around writes to the disk, "
            f"{2 * requests} at requests) "
        )

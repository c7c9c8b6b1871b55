"""A sync that brings edits home, killed before and after each entry, commit and request: each comes home once."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from callplan.book import write
from callplan.plan.step import StepKind
from callplan.sync.state import State

from tests.sync.desk import OTHERS, desk_at, server_of
from tests.sync.home import (
    AFTER_CALL,
    BEFORE_CALL,
    FOLLOWED_UP,
    NORDLYS,
    Home,
    home_of,
    moved_to,
    noted,
    on_top,
)


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("name", ["sogo", *OTHERS])
def test_each_thing_comes_home_once_wherever_the_sync_is_killed(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    """Before and after each entry in the log, each commit of the state, and each request."""

    def run_killed(folder: Path, at: int | None) -> tuple[list[str], dict[str, str], int]:
        with desk_at(server_of(request, name), folder) as desk:
            return played(home_of(desk, monkeypatch, NORDLYS + FOLLOWED_UP), at)

    def played(home: Home, at: int | None) -> tuple[list[str], dict[str, str], int]:
        home.sync(BEFORE_CALL)
        home.edit(StepKind.CALL, on_top("no answer\\nthe secretary is kind"))
        home.edit(StepKind.SECOND_CALL, moved_to("2026-12-18", "09:00"))
        home.edit(StepKind.REFLECT, noted("ask about the dog"))
        home.desk.delete(home.uid(StepKind.REHEARSE, "second-call"))
        home.edit(StepKind.SECOND_CALL, noted("sent"))
        count = itertools.count(1)

        def point(action: Callable[..., Any]) -> Callable[..., Any]:
            def wrapped(*arguments: Any, **options: Any) -> Any:
                if next(count) == at:
                    raise Killed
                result = action(*arguments, **options)
                if next(count) == at:
                    raise Killed
                return result

            return wrapped

        with monkeypatch.context() as patch:
            patch.setattr(State, "settle", point(State.settle))
            patch.setattr(write, "append_log", point(write.append_log))
            kind = type(home.desk.calendar())
            patch.setattr(kind, "_once", point(kind._once))
            if at is None:
                home.sync(AFTER_CALL)
            else:
                with pytest.raises(Killed):
                    home.sync(AFTER_CALL)
        points = next(count) - 1
        home.sync(AFTER_CALL + timedelta(minutes=1))
        home.sync(AFTER_CALL + timedelta(minutes=2))
        assert home.desk.proxy.count() == 1
        volatile = re.compile(r"^(SEQUENCE|DTSTAMP|LAST-MODIFIED|CREATED).*\n", re.MULTILINE)
        items = {
            name: "\n".join(sorted(volatile.sub("", text).split("\n"))) for name, text in home.desk.items().items()
        }
        return sorted(f"{one.step} {one.outcome} {one.note}" for one in home.log[home.before :]), items, points

    log, items, points = run_killed(tmp_path / "whole", None)
    assert len(log) == 4
    assert not any(StepKind.REHEARSE in one for one in log)
    for at in range(1, points + 1):
        assert run_killed(tmp_path / str(at), at)[:2] == (log, items), at
    with capsys.disabled():
        sys.stdout.write(f"\nhomecoming on {name}: killed at {points} points ")

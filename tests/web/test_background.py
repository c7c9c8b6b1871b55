"""The sync in the background: one at a time, one more for whoever asks meanwhile, and its failures told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from callplan.web import background
from callplan.web.background import BackgroundSync, Progress, sync_process

from tests.web.scene import places_in


def settled(sync: BackgroundSync) -> Progress:
    ended = threading.Event()
    while sync.progress.state == "running":
        ended.wait(0.01)
    return sync.progress


def test_nothing_runs_until_asked() -> None:
    sync = BackgroundSync(lambda: (0, ""))
    assert sync.progress == Progress("idle")
    sync.ask()
    assert settled(sync) == Progress("done")


def test_asking_many_times_during_one_gives_one_more() -> None:
    runs: list[int] = []
    begun, let_go = threading.Event(), threading.Event()

    def run() -> tuple[int, str]:
        runs.append(1)
        begun.set()
        let_go.wait(10)
        return 0, ""

    sync = BackgroundSync(run)
    sync.ask()
    begun.wait(10)
    for _ in range(20):
        sync.ask()
    let_go.set()
    assert settled(sync).state == "done"
    assert len(runs) == 2


def test_a_failure_is_told_and_the_next_one_tried() -> None:
    answers = [(5, "The server cannot be reached."), (0, "")]
    sync = BackgroundSync(lambda: answers.pop(0))
    sync.ask()
    assert settled(sync) == Progress("failed", "The server cannot be reached.")
    sync.ask()
    assert settled(sync).state == "done"


def test_a_sync_that_cannot_start_is_a_failure() -> None:
    def run() -> tuple[int, str]:
        raise OSError("no more processes")

    sync = BackgroundSync(run)
    sync.ask()
    assert settled(sync).state == "failed"


def test_another_sync_at_work_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_BUSY_SECONDS", 0.01)
    answers = [(7, "Another callplan sync of this book is at work."), (0, "")]
    sync = BackgroundSync(lambda: answers.pop(0))
    sync.ask()
    assert settled(sync).state == "done"
    assert answers == []


def test_once_closed_nothing_begins() -> None:
    runs: list[int] = []

    def run() -> tuple[int, str]:
        runs.append(1)
        return 0, ""

    sync = BackgroundSync(run)
    sync.close()
    sync.ask()
    assert settled(sync).state == "idle"
    assert runs == []


def test_the_process_is_the_users_own_sync(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    code, said = sync_process(places_in(tmp_path), "2026-11-23T09:00:00+00:00")()
    assert (code, said) == (0, "")
    assert list((tmp_path / "state").glob("state-*.sqlite"))

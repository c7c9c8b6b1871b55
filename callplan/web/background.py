"""A sync in the background: asked for by a button, never waited for by a page.

It is a process of its own, the same `callplan sync` that the user would type: what it does costs the pages nothing,
and it can be ended at any moment.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Condition, Thread

from callplan.errors import DecisionError
from callplan.message import message
from callplan.sync.state import AT_WORK
from callplan.where import Places
from callplan.words.phrases import LANGUAGES
from callplan.words.said import said

log = logging.getLogger("callplan.web")

#: How long one may take before it is ended, and how long to wait while another sync of the same book is at work.
_LONGEST_SECONDS = 600
_BUSY_SECONDS = 2.0
_TRIES = 15

#: Runs a sync: its exit code and what it said on stderr.
Run = Callable[[], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the calendar stands: ``idle``, ``running``, ``done`` or ``failed``; `said` is the sentence for the last."""

    state: str = "idle"
    said: str = ""


class BackgroundSync:
    """At most one sync at a time; whoever asks during one gets another one after it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._condition = Condition()
        self._wanted = self._running = self._closed = False
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """Where it stands."""
        with self._condition:
            return Progress("running") if self._wanted or self._running else self._progress

    def ask(self) -> None:
        """Have the calendar brought up to date soon."""
        with self._condition:
            if self._closed:
                return
            self._wanted = True
            if not self._running:
                self._running = True
                Thread(target=self._work, name="callplan-sync", daemon=True).start()

    def close(self) -> None:
        """Begin no further one."""
        with self._condition:
            self._closed, self._wanted = True, False
            self._condition.notify_all()

    def _work(self) -> None:
        while True:
            with self._condition:
                if not self._wanted:
                    self._running = False
                    return
                self._wanted = False
            progress = self._one()
            with self._condition:
                self._progress = progress

    def _one(self) -> Progress:
        code, told = 1, ""
        for _ in range(_TRIES):
            try:
                code, told = self._run()
            except Exception as error:  # a sync that cannot even start must not end the pages
                log.exception("The sync could not be started")
                return Progress("failed", type(error).__name__)
            if code != DecisionError.exit_code or not _is_at_work(told):
                break
            with self._condition:
                if self._closed or self._condition.wait_for(lambda: self._closed, _BUSY_SECONDS):
                    break
        return Progress("done") if code == 0 else Progress("failed", told)


def _is_at_work(text: str) -> bool:
    """Whether a sync says that another one is at work, in whichever language the settings ask for."""
    return any(said(AT_WORK, language) in text for language in LANGUAGES)


def sync_process(places: Places, now: str | None = None, environ: Mapping[str, str] = os.environ) -> Run:
    """What runs `callplan sync` for these places; `now` is a replayed moment (ISO 8601)."""
    environment = dict(environ) | {
        "CALLPLAN_CONFIG": str(places.config),
        "CALLPLAN_BOOK": str(places.book),
        "CALLPLAN_STATE": str(places.state),
        "CALLPLAN_DATA": str(places.data),
    }
    if now is not None:
        environment["CALLPLAN_NOW"] = now

    def run() -> tuple[int, str]:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "callplan", "sync"],
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return 1, message("The calendar did not answer within {minutes} minutes.", minutes=_LONGEST_SECONDS // 60)
        return done.returncode, done.stderr.decode("utf-8", "replace").strip()

    return run

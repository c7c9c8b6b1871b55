"""One look at the book, worked out once and kept until something changed: what the feed and the pages show.

No request waits on a sync or on a slow busy calendar: the plan is worked out in a thread of its own, the request that
asked for it waits a moment, and all others are answered from the last look. Whether something changed is asked of the
file system, one stat a file.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from callplan import kept
from callplan.book.types import Application
from callplan.plan.step import Step
from callplan.plan.world import World
from callplan.settings import Settings

log = logging.getLogger("callplan.web")

#: A plan that leans on the present (a late step moves to the next sensible time) is looked at this often anyway.
LONGEST = timedelta(minutes=15)

#: How long a request waits for a new look before it takes the last one: a busy calendar's server may be slow or dead.
PATIENCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """The book at a moment. `titles` are the events' summaries by UID; `newest` is the youngest event's change.

    `world` is what the plan was made against. `applications` holds the last good version of those whose file is faulty
    now, `saved` says since when (UTC, by name), and `missing` of which no good version is known.
    """

    taken: datetime
    applications: tuple[Application, ...]
    faults: tuple[str, ...]
    steps: tuple[Step, ...]
    titles: dict[str, str]
    settings: Settings
    world: World
    feed: bytes
    newest: datetime | None
    until: datetime
    saved: Mapping[str, datetime] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def timezone(self) -> str:
        """The user's zone, an IANA name."""
        return self.settings.me.timezone

    @property
    def language(self) -> str:
        """The language of the pages."""
        return self.settings.me.language

    def application(self, name: str) -> Application | None:
        """The application of that name."""
        return next((one for one in self.applications if one.name == name), None)

    def step(self, uid: str) -> Step | None:
        """The step of that UID."""
        return next((one for one in self.steps if one.uid == uid), None)


def valid_until(steps: Iterable[Step], midnight: datetime, now: datetime) -> datetime:
    """The first moment after `now` at which the same book may give another plan: a step's edge, or `midnight`."""
    edges = (edge for step in steps for edge in (step.start, step.end, step.due) if edge is not None and edge > now)
    return min((midnight, now + LONGEST, *edges))


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed's bytes with their validators. `changed` is when the bytes last became other ones (UTC, seconds)."""

    body: bytes
    etag: str
    changed: datetime


#: From this many applications on, so many times as long as asking took.
_LARGE_BOOK, _BELIEVED_TIMES = 100, 25

#: Equal to no sign, so that what was foreseen is soon looked at.
_FORESEEN = object()


class LastLook:
    """The last look, taken anew when `signs` differ or its time has run out.

    `signs` gives a value that changes whenever a file does that the look depends on; `take` makes a look.
    `memory` is the file that remembers since when the feed has been as it is, so that Last-Modified survives a restart.
    """

    def __init__(
        self,
        take: Callable[[datetime], Look],
        signs: Callable[[], Hashable],
        clock: Callable[[], datetime],
        memory: Path,
    ) -> None:
        self._take, self._signs, self._clock, self._memory = take, signs, clock, memory
        self._working = Lock()
        self._kept: tuple[Hashable, Look, Feed] | None = None
        self._believed_until = 0.0

    def look(self) -> Look:
        """What there is now."""
        return self._current()[1]

    def feed(self) -> Feed:
        """The feed as it is now."""
        return self._current()[2]

    def now(self) -> datetime:
        """The present moment, as this look sees it."""
        return self._clock()

    def foresee(self, look: Look) -> None:
        """Show this until the next look is ready: what is known to come of an entry just made in the log."""
        last = self._kept
        if last is not None:
            self._kept, self._believed_until = (_FORESEEN, look, last[2]), 0.0

    def _current(self) -> tuple[Hashable, Look, Feed]:
        last = self._kept
        if last is not None and self._clock() < last[1].until and self._is_unchanged(last):
            return last
        if last is None:
            with self._working:  # the first look is waited for, and its failure told
                return self._kept or self._renew()
        if self._working.acquire(blocking=False):
            worker = Thread(target=self._renew_behind, name="callplan-look", daemon=True)
            worker.start()
            worker.join(PATIENCE_SECONDS)
        return self._kept or last

    def _is_unchanged(self, last: tuple[Hashable, Look, Feed]) -> bool:
        """Whether all signs are as they were. In a large book, where asking takes time, believed for a moment."""
        began = monotonic()
        if began < self._believed_until:
            return True
        if last[0] != self._signs():
            return False
        if len(last[1].applications) >= _LARGE_BOOK:
            self._believed_until = monotonic() + _BELIEVED_TIMES * (monotonic() - began)
        return True

    def _renew_behind(self) -> None:
        try:
            self._renew()
        except Exception:
            log.exception("The plan could not be worked out anew; the last one stays")
        finally:
            self._working.release()

    def _renew(self) -> tuple[Hashable, Look, Feed]:
        # Taking a look may itself write to the state (an event's new SEQUENCE); a second look then finds nothing to do.
        for _ in range(3):
            before = self._signs()
            look = self._take(self._clock())
            if self._signs() == before:
                break
        etag = f'"{hashlib.sha256(look.feed).hexdigest()[:32]}"'
        self._kept = (before, look, Feed(look.feed, etag, self._changed(look, etag)))
        return self._kept

    def _changed(self, look: Look, etag: str) -> datetime:
        """Since when the feed has had these bytes.

        Not simply the newest event's change: a step that was withdrawn changes the bytes and leaves no trace.
        """
        remembered = kept.read(self._memory)
        try:
            before = datetime.fromisoformat(remembered["changed"])
        except (KeyError, TypeError, ValueError):
            before = None
        if before is not None and remembered.get("etag") == etag:
            return before
        newest = look.newest or look.taken
        if before is not None:
            # Whole seconds are all that HTTP dates have: a second change within one must still be seen.
            newest = max(newest, look.taken, before + timedelta(seconds=1))
        changed = newest.astimezone(UTC).replace(microsecond=0)
        kept.write(self._memory, {"etag": etag, "changed": changed.isoformat()})
        return changed


def stamp(path: Path) -> Hashable:
    """What changes when the file at `path` does; None when there is no such file, or nothing in it."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino) if stat.st_size else None

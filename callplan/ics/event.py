"""An event as callplan means it: what is compared, fingerprinted and rendered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder, `minutes` before the start (negative: after it; DAVx5 keeps only start-related ones)."""

    minutes: int
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT of ours. `start` and `end` are aware; `timezone` is the IANA zone it is written in on CalDAV.

    `description` is plain text of ours, without the line that divides it from the user's own notes.
    """

    uid: str
    summary: str
    start: datetime
    end: datetime
    timezone: str
    description: str
    tentative: bool
    opaque: bool
    location: str | None = None
    url: str | None = None
    alarms: tuple[Alarm, ...] = ()
    categories: tuple[str, ...] = ("callplan",)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the meaning: equal for equal values, whatever the rendering."""
        meaning = [
            self.uid, self.summary, self.start.timestamp(), self.end.timestamp(), self.timezone, self.description,
            self.tentative, self.opaque, self.location, self.url,
            [[alarm.minutes, alarm.text] for alarm in self.alarms], list(self.categories),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(meaning).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Revision:
    """An event with its history: SEQUENCE (from 1) and the time of its last real change (UTC)."""

    event: Event
    sequence: int
    modified: datetime

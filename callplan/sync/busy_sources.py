"""The bytes of a busy calendar: a file, or what a server said, kept for an hour and for when it cannot be asked."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from callplan import kept
from callplan.errors import RecordError
from callplan.message import joined, message
from callplan.quoted import shown
from callplan.setting_values import is_url
from callplan.settings import CalendarSettings

LARGEST = 20_000_000

#: An answer is as good as new for so many seconds.
FRESH = 3600.0

#: A server that gave none is left in peace for so many: several commands in a row are not to wait for it each time.
_IN_PEACE = 60.0

#: Servers have their own idea of when a whole day begins, so the days before and after are asked for too.
_MARGIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source holds; None when nobody knows. `note`: a sentence when it is not what it holds now."""

    content: bytes | None
    note: str = ""


def called(source: str) -> str:
    """A source as messages name it: a file by its name, an address by its server (the rest may be a secret)."""
    return message("the busy calendar at {server}", server=server_of(source)) if is_url(source) else Path(source).name


def server_of(url: str) -> str:
    """The server of an address, fit for a sentence."""
    return shown(urlsplit(url).hostname or "")[1:-1]


def read(
    source: str,
    start: datetime,
    end: datetime,
    zone: str,
    state: Path | None = None,
    calendar: CalendarSettings | None = None,
) -> Reading:
    """The content of a file or of what an address gives, for the days from `start` to `end` (aware) at least.

    What an address gave is kept in the folder `state`: for an hour instead of asking again, and for as long as its
    server gives no other answer. `zone` (IANA) is for the hours in notes; `calendar` is the user's own, whose login
    is good for its server. Raises `RecordError` for a file that cannot be read; an address raises nothing.
    """
    if not is_url(source):
        return Reading(_read_file(Path(source)))
    copy = _Copy.of(source, state)
    now = time.time()
    if copy.is_fresh(now) and copy.covers(start, end):
        return Reading(copy.content)
    if not copy.failed_lately(now):
        from callplan.sync.busy_calendar import Unanswered, ask  # noqa: PLC0415 - 50 ms with its TLS

        first, last = start - _MARGIN, _month_after(end) + _MARGIN
        validators = {"etag": copy.etag, "modified": copy.modified} if copy.content is not None else {}
        try:
            answer = ask(source, first, last, calendar=calendar, **validators)
        except Unanswered as trouble:
            copy.failed, copy.reason, copy.advice = now, trouble.reason, trouble.advice
            copy.keep()
        else:
            copy.content = copy.content if answer.content is None else answer.content
            copy.etag, copy.modified = answer.etag, answer.modified
            copy.answered, copy.failed, copy.reason, copy.advice = now, 0.0, "", ""
            copy.start, copy.end = (0.0, 0.0) if answer.whole else (first.timestamp(), last.timestamp())
            copy.keep()
            return Reading(copy.content)
    return Reading(copy.content, _note(source, copy, zone))


def _note(source: str, copy: _Copy, zone: str) -> str:
    note = message(
        "The busy calendar at {server} cannot be read ({reason})",
        server=server_of(source),
        reason=message(copy.reason),
    )
    if copy.content is not None:
        note += message(", so the plan goes by what it said on {time}.", time=in_words(copy.answered, zone))
    else:
        note += ". " + unknown(source)
    return joined(" ", filter(None, (note, copy.advice and message(copy.advice))))


def unknown(source: str) -> str:
    """What follows when a calendar was never read."""
    return message(
        "BUSY TIMES OF {server} ARE NOT KNOWN: a call may fall on something there.", server=server_of(source)
    )


def in_words(seconds: float, zone: str) -> str:
    """``Mon 16 Nov 2026, 10:42``."""
    moment = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    return f"{moment:%a} {moment.day} {moment:%b %Y, %H:%M}"


@dataclass(slots=True)
class _Copy:
    """The last answer of a server, and how the last attempt went. Times in seconds since 1970.

    `start` and `end` bound the days the answer is about; both 0: it is about all.
    """

    file: Path | None
    content: bytes | None = None
    answered: float = 0.0
    failed: float = 0.0
    start: float = 0.0
    end: float = 0.0
    etag: str | None = None
    modified: str | None = None
    reason: str = ""
    advice: str = ""

    @classmethod
    def of(cls, url: str, state: Path | None) -> _Copy:
        """What is kept of an address in the folder `state`; empty when that is nothing, or nothing readable."""
        if state is None:
            return cls(None)
        file = state / f"busy-{hashlib.sha256(url.encode()).hexdigest()[:16]}.kept"
        try:
            head, newline, content = file.read_bytes().partition(b"\n")
            return cls(file, content if newline and content else None, **json.loads(head))
        except (OSError, ValueError, TypeError):
            return cls(file)

    def keep(self) -> None:
        """Write it down: one line of JSON, then the calendar."""
        if self.file is not None:
            head = {
                name: getattr(self, name)
                for name in ("answered", "failed", "start", "end", "etag", "modified", "reason", "advice")
            }
            kept.write_bytes(self.file, json.dumps(head).encode() + b"\n" + (self.content or b""))

    def is_fresh(self, now: float) -> bool:
        """Whether it need not be asked for again. A clock that was set back makes it old."""
        return self.content is not None and 0 <= now - self.answered < FRESH

    def failed_lately(self, now: float) -> bool:
        """Whether its server was asked in vain a moment ago."""
        return 0 <= now - self.failed < _IN_PEACE

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether the answer is about all the days from `start` to `end`."""
        return self.end == 0 or (self.start <= start.timestamp() and end.timestamp() <= self.end)


def _month_after(moment: datetime) -> datetime:
    """The end of the month after: a plan that reaches a few days further than the last one needs no new answer."""
    later = moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=63)
    return later.replace(day=1)


def _read_file(path: Path) -> bytes:
    try:
        if not path.exists():
            raise RecordError(
                message(
                    "{file}: there is no such busy calendar. Correct [busy] calendars in the settings.", file=str(path)
                )
            )
        if not path.is_file():  # a pipe would be waited for without end
            raise RecordError(message("{file}: this busy calendar is no file.", file=str(path)))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise RecordError(
            message(
                "{file}: this busy calendar cannot be read: {reason}.",
                file=str(path),
                reason=message(error.strerror or str(error)),
            )
        ) from None
    if len(content) > LARGEST:
        raise RecordError(
            message("{file}: this busy calendar is larger than {count} MB.", file=str(path), count=LARGEST // 1000000)
        )
    return content

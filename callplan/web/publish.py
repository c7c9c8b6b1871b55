"""The feed as a file where Google and Outlook can fetch it: a folder, or anything fsspec reaches.

Written whole or not at all where the target allows it, and only when the content changed: a web server then answers
"not modified" by itself. The name cannot be guessed, stays the same for a target, and is kept in the state.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from callplan import kept
from callplan.errors import RecordError, UsageError
from callplan.message import message
from callplan.web.stores import open_store, shown, trouble
from callplan.where import Places

_RANDOM_BYTES = 18  # 144 bits in the name
_LOOKS_BEFORE_AGAIN = 12


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it. `where` is the file's full place; `url` where it can be fetched, when that is known."""

    where: str
    url: str | None
    written: bool
    events: int


def published_url(places: Places) -> str | None:
    """Where the calendar last published can be fetched, for the buttons of the pages."""
    url = kept.read(_memory(places)).get("url")
    return url if isinstance(url, str) else None


def publish(
    places: Places, target: str, feed: bytes, url: str | None = None, *, force: bool = False, renamed: bool = False
) -> Published:
    """Put the feed into `target`: a folder, or an address of fsspec's like ``s3://bucket/folder``.

    `url` is where that folder is seen on the web; it is remembered. `renamed`: under another name, and the file of the
    old one is removed, so that whoever had its address has it no more. Raises `UsageError` for a target or address that
    will not do, `RecordError` when the feed itself is faulty (nothing is written), `ServerError` and `LoginError` when
    writing fails.
    """
    if url is not None and not re.fullmatch(r"https?://[^\s\"'<>]+", url):
        raise UsageError(message('"{url}" is no address. Write --url like https://example.org/calendars', url=url))
    from callplan.ics.lint import faults  # noqa: PLC0415 - only for this

    if found := faults(feed):
        raise RecordError(message("The calendar has a fault, so it was not published: ") + "; ".join(found[:3]))
    store = open_store(target)
    remembered = kept.read(_memory(places))
    targets = remembered.get("targets")
    targets = targets if isinstance(targets, dict) else {}
    key = hashlib.sha256(shown(store.name).encode()).hexdigest()
    known = targets.get(key)
    known = known if isinstance(known, dict) and re.fullmatch(r"[\w-]{24,}", str(known.get("file"))) else {}
    old = known.get("file")
    name = str(old) if old and not renamed else secrets.token_urlsafe(_RANDOM_BYTES)
    digest = hashlib.sha256(feed).hexdigest()
    base = (url or known.get("base") or "").rstrip("/") or None
    seen_at = f"{base}/{name}.ics" if base else None
    try:
        same = not force and known.get("digest") == digest and store.exists(f"{name}.ics")
        if not same:
            store.write(f"{name}.ics", feed)
        if renamed and old and store.exists(f"{old}.ics"):
            store.remove(f"{old}.ics")
    except Exception as error:  # each store fails in its own way
        raise trouble(error, target) from error
    finally:
        store.close()
    targets[key] = {"file": name, "digest": digest, "base": base}
    kept.write(_memory(places), {"targets": targets, "url": seen_at or remembered.get("url")})
    return Published(store.place(f"{name}.ics"), seen_at, not same, feed.count(b"BEGIN:VEVENT"))


def _memory(places: Places) -> Path:
    return places.state / "published.json"


def watch(once: Callable[[], bool], changed: Callable[[], object], wait: Callable[[float], bool], every: float) -> None:
    """Call `once` now and whenever `changed` gives something else; looks every so often until `wait` says stop.

    What failed (`once` says so) is tried again after a while, changed or not.
    """
    seen, looks = changed(), 0
    done = once()
    while not wait(every):
        now, looks = changed(), looks + 1
        if now != seen or (not done and looks % _LOOKS_BEFORE_AGAIN == 0):
            seen, looks = now, 0
            done = once()

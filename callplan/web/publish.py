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
from typing import Any
from urllib.parse import urlsplit

from callplan import kept
from callplan.errors import CallplanError, RecordError, ServerError, UsageError
from callplan.where import Places

_RANDOM_BYTES = 18  # 144 bits in the name


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
    will not do, `RecordError` when the feed itself is faulty (nothing is written), `ServerError` when writing fails.
    """
    if url is not None and not re.fullmatch(r"https?://[^\s\"'<>]+", url):
        raise UsageError(f'"{url}" is no address. Write --url like https://example.org/calendars')
    from callplan.ics.lint import faults  # noqa: PLC0415 - only for this

    if found := faults(feed):
        raise RecordError("The calendar has a fault, so it was not published: " + "; ".join(found[:3]))
    store = _store(target)
    remembered = kept.read(_memory(places))
    targets = remembered.get("targets")
    targets = targets if isinstance(targets, dict) else {}
    key = hashlib.sha256(store.name.encode()).hexdigest()  # an address may hold a password
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
    except CallplanError:
        raise
    except Exception as error:  # each store of fsspec's fails in its own way; its text may hold the address' password
        raise ServerError(
            f"{_shown(target)} cannot be written ({type(error).__name__}). Does it exist, and may you write there?"
        ) from error
    targets[key] = {"file": name, "digest": digest, "base": base}
    kept.write(_memory(places), {"targets": targets, "url": seen_at or remembered.get("url")})
    return Published(store.place(f"{name}.ics"), seen_at, not same, feed.count(b"BEGIN:VEVENT"))


def _memory(places: Places) -> Path:
    return places.state / "published.json"


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of this machine."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def place(self, file: str) -> str:
        return str(self.path / file)

    def exists(self, file: str) -> bool:
        return (self.path / file).is_file()

    def remove(self, file: str) -> None:
        (self.path / file).unlink()

    def write(self, file: str, content: bytes) -> None:
        """Whole or not at all, readable by the web server too."""
        import os  # noqa: PLC0415
        import tempfile  # noqa: PLC0415

        self.path.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".callplan-", dir=self.path)
        try:
            with os.fdopen(handle, "wb") as whole:
                whole.write(content)
                whole.flush()
                os.fsync(whole.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(self.path / file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@dataclass(frozen=True, slots=True)
class _Far:
    """A folder of a store that fsspec reaches."""

    system: Any
    root: str
    name: str

    def place(self, file: str) -> str:
        return f"{_shown(self.name).rstrip('/')}/{file}"

    def exists(self, file: str) -> bool:
        return bool(self.system.exists(f"{self.root}/{file}"))

    def remove(self, file: str) -> None:
        self.system.rm_file(f"{self.root}/{file}")

    def write(self, file: str, content: bytes) -> None:
        """In one piece: an object of S3 or Google appears whole. Elsewhere beside it, and then moved."""
        protocol = self.system.protocol if isinstance(self.system.protocol, str) else self.system.protocol[0]
        kind = {"content_type": "text/calendar; charset=utf-8"} if protocol in {"gs", "gcs"} else {}
        if protocol in {"s3", "s3a"}:
            kind = {"ContentType": "text/calendar; charset=utf-8"}
        if protocol in {"s3", "s3a", "gs", "gcs", "abfs", "az", "memory"}:
            self.system.pipe_file(f"{self.root}/{file}", content, **kind)
            return
        self.system.makedirs(self.root, exist_ok=True)
        beside = f"{self.root}/.{file}.part"
        self.system.pipe_file(beside, content)
        self.system.mv(beside, f"{self.root}/{file}")


def _store(target: str) -> _Folder | _Far:
    scheme = urlsplit(target).scheme.lower()
    if len(scheme) < 2:  # none, or a drive's letter
        return _Folder(Path(target).expanduser().resolve())
    if scheme == "file":
        return _Folder(Path(urlsplit(target).path).resolve())
    try:
        import fsspec.core  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(
            f"For {scheme}:// addresses callplan needs fsspec: pip install 'callplan[publish]'. A folder needs nothing."
        ) from None
    try:
        system, root = fsspec.core.url_to_fs(target, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{_shown(target)} cannot be reached: {_without(str(error), target)}") from None
    except Exception as error:
        raise ServerError(f"{_shown(target)} cannot be reached ({type(error).__name__}).") from error
    return _Far(system, str(root).rstrip("/"), target)


def _shown(target: str) -> str:
    """The address without user name and password."""
    return re.sub(r"(?<=://)[^/@]*@", "", target)


def _without(text: str, target: str) -> str:
    return text.replace(target, _shown(target)).splitlines()[0]


def watch(once: Callable[[], None], changed: Callable[[], object], wait: Callable[[float], bool], every: float) -> None:
    """Call `once` now and whenever `changed` gives something else; looks every so often until `wait` says stop."""
    seen = changed()
    once()
    while not wait(every):
        now = changed()
        if now != seen:
            seen = now
            once()

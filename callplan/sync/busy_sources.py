"""The bytes of a busy calendar: a file, or an address on the web."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from callplan import __version__, kept
from callplan.errors import CallplanError, LoginError, RecordError, ServerError
from callplan.quoted import shown
from callplan.setting_values import is_loopback, is_url

if TYPE_CHECKING:
    import urllib.request

LARGEST = 20_000_000
_SECONDS_TO_CONNECT = 10
_SECONDS_IN_ALL = 30
_SECONDS_FRESH = 300
_SECONDS_OF_USE = 7 * 24 * 3600

#: What reads a CalDAV collection: its URL in, iCalendar or free/busy bytes out.
ReadCollection = Callable[[str], bytes]


def called(source: str) -> str:
    """A source as messages name it: a file by its name, an address by its server (the rest may be a secret)."""
    return (
        f"the busy calendar at {shown(urlsplit(source).hostname or '')[1:-1]}" if is_url(source) else Path(source).name
    )


def read(source: str, read_collection: ReadCollection | None = None, state: Path | None = None) -> bytes:
    """The content of a file or of what an address gives.

    An address that ends in ``/`` is a CalDAV collection and goes to `read_collection`. What an address gave is kept in
    the folder `state`: for five minutes instead of asking again, and for as long as its server cannot be reached.
    Raises `RecordError` (no such file, too large), `ServerError`, `LoginError`.
    """
    if not is_url(source):
        return _read_file(Path(source))
    if urlsplit(source).path.endswith("/"):
        if read_collection is None:
            raise RecordError(
                f"{called(source)}: this is a CalDAV collection, and callplan reads busy times from .ics files and "
                "addresses so far. Give the address under which the calendar is published (it often ends in .ics)."
            )
        return read_collection(source)
    copy = state / f"busy-{hashlib.sha256(source.encode()).hexdigest()[:16]}.ics" if state else None
    if copy and _age(copy) < _SECONDS_FRESH:
        return copy.read_bytes()
    try:
        content = _download(source)
    except ServerError:
        if copy and _age(copy) < _SECONDS_OF_USE:
            return copy.read_bytes()
        raise
    if copy:
        kept.write_bytes(copy, content)
    return content


def _age(file: Path) -> float:
    """Seconds since the file was written; endless without one, or with a clock that was set back."""
    try:
        age = time.time() - file.stat().st_mtime
    except OSError:
        return math.inf
    return age if age >= 0 else math.inf


def _read_file(path: Path) -> bytes:
    try:
        if not path.exists():
            raise RecordError(f"{path}: there is no such busy calendar. Correct [busy] calendars in the settings.")
        if not path.is_file():  # a pipe would be waited for without end
            raise RecordError(f"{path}: this busy calendar is no file.")
        with path.open("rb") as file:
            return _limited(file, str(path), time.monotonic() + _SECONDS_IN_ALL)
    except OSError as error:
        raise RecordError(f"{path}: this busy calendar cannot be read: {error.strerror or error}.") from None


def _download(url: str) -> bytes:
    import http.client  # noqa: PLC0415 - 40 ms with its TLS, only for addresses
    import urllib.error  # noqa: PLC0415
    import urllib.request  # noqa: PLC0415

    class Redirects(urllib.request.HTTPRedirectHandler):
        """Follows to another address only where that is as safe as the first."""

        def redirect_request(
            self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
        ) -> urllib.request.Request | None:
            there = urlsplit(newurl)
            safe = there.scheme == "https" or (
                there.scheme == "http" and is_loopback(there.hostname or "") and is_loopback(req.host.split(":")[0])
            )
            if not safe:
                raise ServerError(f"{called(url)} sends on to an address that is not safe. Nothing was read.")
            return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]

    asked = urllib.request.Request(  # noqa: S310 - the settings let only https pass, and http on this computer
        url, headers={"User-Agent": f"callplan/{__version__}", "Accept": "text/calendar"}
    )
    until = time.monotonic() + _SECONDS_IN_ALL
    try:
        with urllib.request.build_opener(Redirects).open(asked, timeout=_SECONDS_TO_CONNECT) as answer:
            return _limited(answer, called(url), until)
    except urllib.error.HTTPError as error:
        raise _refusal(url, error.code) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise ServerError(f"{called(url)} cannot be read: {_in_words(reason)}. Try again later.") from None


def _refusal(url: str, code: int) -> CallplanError:
    if code in (401, 403):
        return LoginError(
            f"{called(url)} wants a login ({code}). Give the address under which it is published for reading."
        )
    if code in (404, 410):
        return RecordError(f"{called(url)} is not there any more ({code}). Correct [busy] calendars in the settings.")
    return ServerError(f"{called(url)} cannot be read: the server answers {code}. Try again later.")


def _in_words(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return "the server does not answer in time"
    return str(getattr(reason, "strerror", None) or reason).rstrip(".").replace("\n", " ")


def _limited(file: IO[bytes], name: str, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := file.read(65_536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise RecordError(f"{name}: this busy calendar is larger than {LARGEST // 1_000_000} MB.")
        if time.monotonic() > until:
            raise ServerError(f"{name}: reading it takes longer than {_SECONDS_IN_ALL} seconds. Try again later.")
    return b"".join(parts)

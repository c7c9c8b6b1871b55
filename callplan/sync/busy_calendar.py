"""Asking a server when the user is busy: a published calendar by GET, a CalDAV collection for the days needed.

Reads only, with nothing but the standard library: bringing caldav for two requests would double the time of `plan`.
A password goes to the server it belongs to and to no other, wherever that server sends us on to.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import IO
from urllib.parse import urlsplit
from xml.etree import ElementTree

from callplan import __version__
from callplan.errors import LoginError
from callplan.message import message
from callplan.quoted import shown
from callplan.setting_values import is_loopback
from callplan.settings import CalendarSettings
from callplan.sync import dav_xml

LARGEST = 20_000_000
_SECONDS_TO_CONNECT = 10
_SECONDS_IN_ALL = 30

#: Answers to a REPORT that say: this is no CalDAV collection, or none that can be asked for a stretch of time.
_NO_REPORT = frozenset({400, 405, 415, 501})
_NO_FILTER = frozenset({"supported-report", "supported-filter", "valid-filter"})

#: Events of some days (RFC 4791 section 7.8.1). Not `expand`: SOGo cannot, and an event of ours must be known as ours.
_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop>'
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:time-range start="{start}" end="{end}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>'
)

#: A collection without events in the days asked for.
_NOTHING = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"

_Login = tuple[str, str]  # name, password


class Unanswered(Exception):  # noqa: N818 - a plan goes on without the answer
    """Why there is no answer, as words for brackets; `advice` is a sentence on what the user can do, or empty."""

    def __init__(self, reason: str, advice: str = "") -> None:
        """Neither may hold the address: it may be a secret."""
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: iCalendar (None: unchanged), its validators, and whether it is only the days asked for."""

    content: bytes | None
    etag: str | None = None
    modified: str | None = None
    whole: bool = True


def ask(
    url: str,
    start: datetime,
    end: datetime,
    *,
    etag: str | None = None,
    modified: str | None = None,
    calendar: CalendarSettings | None = None,
) -> Answer:
    """What stands in a calendar between `start` and `end` (aware): a collection's events then, or the whole of a file.

    An address that ends in ``/`` is a CalDAV collection. `etag` and `modified` are the validators of the last answer.
    `calendar` is the user's own: a busy calendar on the same server is read with its login; the login for any other
    server is looked for in the system keyring, under ``https://server``, once that server asks for one. Raises
    `Unanswered`.
    """
    own = calendar is not None and calendar.username is not None and origin(url) == origin(calendar.url)
    collection = urlsplit(url).path.endswith("/")
    # To a collection the login goes unasked: Cyrus answers strangers without a challenge. A file is often public.
    login = _login(url, calendar) if own and collection else None
    validators = {name: text for name, text in (("If-None-Match", etag), ("If-Modified-Since", modified)) if text}
    try:
        return _answer(url, start, end, validators, login, collection=collection)
    except _LoginWanted as wanted:
        login = None if login else _login(url, calendar)
        if login is None:
            raise _refusal(url, wanted.status, own=own) from None
    try:
        return _answer(url, start, end, validators, login, collection=collection)
    except _LoginWanted as wanted:
        raise _refusal(url, wanted.status, own=own) from None


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: where a password may go (RFC 6454)."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"https": 443, "http": 80}.get(parts.scheme)


class _LoginWanted(Exception):  # noqa: N818 - tried again with a login
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def _answer(
    url: str, start: datetime, end: datetime, validators: dict[str, str], login: _Login | None, *, collection: bool
) -> Answer:
    if collection:
        events = _events(url, start, end, login)
        if events is not None:
            return Answer(events, whole=False)
    status, headers, content = _request("GET", url, b"", {"Accept": "text/calendar", **validators}, login)
    if status == 304:
        return Answer(None, validators.get("If-None-Match"), validators.get("If-Modified-Since"))
    if b"BEGIN:VCALENDAR" not in content[:4096].replace(b"\0", b"").upper():
        raise Unanswered(
            message("it answers with something that is no calendar"),
            message("Is its address in [busy] calendars right?"),
        )
    return Answer(content, headers.get("ETag"), headers.get("Last-Modified"))


def _events(url: str, start: datetime, end: datetime, login: _Login | None) -> bytes | None:
    """The events of a collection, one object after the other; None from a server that is no good at it."""
    first, last = (f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (start, end))
    body = _QUERY.format(start=first, end=last).encode()
    headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
    status, _, content = _request("REPORT", url, body, headers, login, no_good=_NO_REPORT)
    tree = _tree(content)
    if status in _NO_REPORT or dav_xml.preconditions(tree) & _NO_FILTER:
        return None
    parsed = dav_xml.parse_multistatus(tree)
    if parsed is None:
        return None
    return b"\r\n".join(member.data for member in parsed.members if member.data) or _NOTHING


def _tree(content: bytes) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - expat refuses entities that blow up (since 2.4.1)
    except ElementTree.ParseError:
        return None


def _request(
    method: str,
    url: str,
    body: bytes,
    headers: dict[str, str],
    login: _Login | None,
    no_good: frozenset[int] = frozenset(),
) -> tuple[int, Message[str, str], bytes]:
    """One request: status (2xx, 304 or one of `no_good`), headers, content. Raises `Unanswered`, `_LoginWanted`."""
    sent = {"User-Agent": f"callplan/{__version__}", **headers}
    if login is not None:
        sent["Authorization"] = f"Basic {b64encode(':'.join(login).encode()).decode()}"
    # S310: the settings let only https pass, and http on this computer
    asked = urllib.request.Request(url, body or None, sent, method=method)  # noqa: S310
    handlers: list[urllib.request.BaseHandler] = [_Redirects(with_login=login is not None)]
    if is_loopback(urlsplit(url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))  # a proxy for the world is no way to this machine
    until = time.monotonic() + _SECONDS_IN_ALL
    try:
        with urllib.request.build_opener(*handlers).open(asked, timeout=_SECONDS_TO_CONNECT) as answer:
            return answer.status, answer.headers, _limited(answer, until)
    except urllib.error.HTTPError as error:
        with error:
            if error.code in (401, 403):
                content = _limited(error, until)
                if error.code == 403 and no_good and dav_xml.preconditions(_tree(content)) & _NO_FILTER:
                    return error.code, error.headers, content
                raise _LoginWanted(error.code) from None
            if error.code == 304 or error.code in no_good:
                return error.code, error.headers, b""
            raise _trouble(error) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered(_in_words(getattr(error, "reason", error))) from None


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to another address only where that is as safe as the first, and never with a password elsewhere."""

    def __init__(self, *, with_login: bool) -> None:
        self._with_login = with_login

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        there = urlsplit(newurl)
        host = there.hostname or ""
        here = urlsplit(req.full_url).hostname or ""
        safe = there.scheme == "https" or (there.scheme == "http" and is_loopback(host) and is_loopback(here))
        if not safe:
            raise Unanswered(message("it sends on to an address that is not safe"))
        if req.get_method() != "GET" or (self._with_login and origin(newurl) != origin(req.full_url)):
            raise Unanswered(
                message("it sends on to another address, at {host}", host=shown(host)[1:-1]),
                message("If you trust that, put the new address into [busy] calendars."),
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _limited(answer: IO[bytes], until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read(65_536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Unanswered(message("it is larger than {count} MB", count=LARGEST // 1000000))
        if time.monotonic() > until:
            raise Unanswered(message("reading it takes longer than {seconds} seconds", seconds=_SECONDS_IN_ALL))
    return b"".join(parts)


def _trouble(error: urllib.error.HTTPError) -> Unanswered:
    if error.code in (404, 410):
        return Unanswered(
            message("there is nothing at its address ({code})", code=error.code),
            message("Correct [busy] calendars in the settings."),
        )
    if 300 <= error.code < 400:  # to a file, or in circles
        return Unanswered(message("it sends on, and never to a calendar"))
    return Unanswered(message("its server answers {code}", code=error.code))


def _refusal(url: str, status: int, *, own: bool) -> Unanswered:
    if own:
        return Unanswered(
            message("its server refuses your name and password ({status})", status=status),
            message("Check [calendar] username and password_command."),
        )
    return Unanswered(
        message("its server wants a login ({status})", status=status),
        message(
            'Keep one for it in the system keyring ("keyring set {address} YOUR-NAME-THERE"), or give the '
            "address under which the calendar is published.",
            address=_address(url),
        ),
    )


def _in_words(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return message("its server does not answer in time")
    if isinstance(reason, ConnectionRefusedError):
        return message("nobody answers there")
    return str(getattr(reason, "strerror", None) or reason).rstrip(".").replace("\n", " ")


def _address(url: str) -> str:
    """``https://cal.dahl.example``: under which name the keyring has a server's login."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _login(url: str, calendar: CalendarSettings | None) -> _Login | None:
    """Name and password for the server of `url`; None when there are none."""
    if calendar is not None and calendar.username is not None and origin(url) == origin(calendar.url):
        from callplan.sync.password import find_password  # noqa: PLC0415 - only where one is needed

        try:
            return calendar.username, find_password(calendar)
        except LoginError as error:
            raise Unanswered(message("there is no password for it"), str(error)) from None
    try:
        import keyring  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return None
    address = _address(url)
    try:
        found = keyring.get_credential(address, None)
        if found is None and calendar is not None and calendar.username:  # macOS finds nothing without a name
            found = keyring.get_credential(address, calendar.username)
    except Exception as error:  # a back end may raise anything
        raise Unanswered(message("the system keyring cannot be read: {reason}", reason=type(error).__name__)) from None
    return (found.username, found.password) if found is not None else None

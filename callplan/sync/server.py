"""One calendar on a CalDAV server. The only module that imports caldav, with the first request: it takes 250 ms.

The library is used at its lowest level, because its comfortable one overwrites without asking, follows redirects on
writes (a redirected PUT arrives empty), waits for ever and fetches changed objects one by one.
"""

from __future__ import annotations

import logging
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import callplan
from callplan.errors import CallplanError, RecordError
from callplan.message import message
from callplan.sync import dav_xml
from callplan.sync.dav_xml import Member, Multistatus, place
from callplan.sync.failures import (
    Answer,
    Failure,
    Trouble,
    as_error,
    connection_trouble,
    detail_of,
    failure_of,
    tls_trouble,
)

if TYPE_CHECKING:
    from caldav.davclient import DAVClient

#: Objects asked for in one REPORT, unless more are asked for on purpose; and the answers to one of that size which a
#: smaller one may not get.
CHUNK = 50
_TOO_MANY = (400, 403, 413, 414, 500, 502, 504, 507)

#: Xandikos answers 423 when two updates meet, of whichever items. Nothing was done; one after the other they work.
_LOCKED, _LOCKED_TRIES, _LOCKED_PAUSE = 423, 5, 0.01


class TokenRefusedError(Exception):
    """The server knows the sync token no more: everything has to be listed."""


class NoSyncReportError(Exception):
    """The server has no sync-collection REPORT (sabre/dav 1.8)."""


def checked_url(url: str) -> str:
    """The calendar's address, with its final slash.

    Raises `RecordError` unless it is https, or http on this very machine, and free of a password.
    """
    parts = urlsplit(url)
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RecordError(message('"{url}" is no web address. It begins with https://.', url=shown))
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise RecordError(
            message(
                '"{url}" would send your password readable to everybody on the way. Use https://.',
                url=shown,
            )
        )
    if parts.password is not None:
        raise RecordError(
            message('"{url}" is written with a password in it. Leave it out: callplan login asks for it.', url=shown)
        )
    clean = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="")
    return clean._replace(path=clean.path if clean.path.endswith("/") else clean.path + "/").geturl()


def is_loopback(host: str) -> bool:
    """Whether a host name can only mean this machine."""
    return host in ("localhost", "::1") or (host.startswith("127.") and host.replace(".", "").isdigit())


class Calendar:
    """A calendar collection, as a handful of verbs. Safe to use from several threads.

    Reading raises `ServerError` or `LoginError`, ready for the user; writing raises `Trouble`, since what to do about
    it is not decided here. Times are in seconds. `wait` sleeps; it is given in tests.
    """

    def __init__(
        self,
        url: str,
        username: str | None,
        password: str | None,
        *,
        identity: str | None = None,
        timeout: float = 30.0,
        longest_wait: float = 60.0,
        tries: int = 3,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = checked_url(url)
        #: Under this name the state knows the calendar; the built-in server's address changes, its identity does not.
        self.identity = identity or self.url
        self.slowed = threading.Event()  # set once the server has asked for a pause: one request at a time from then
        self.met = threading.Event()  # set once it has refused a change because of another that was under way
        self.always_created = False  # it says 201 to changes too (Radicale before 3.5.8)
        self._auth = _Login(username, password)
        self._timeout, self._longest_wait, self._tries, self._wait = timeout, longest_wait, tries, wait
        self._turn = threading.Lock()
        self._given_up: Trouble | None = None
        self._own = threading.local()
        self._clients: list[DAVClient] = []
        self._origin = urlsplit(self.url)._replace(path="", query="", fragment="").geturl()

    def __enter__(self) -> Calendar:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients:
            client.close()

    # -- reading -------------------------------------------------------------------------------------

    def changes(self, token: str) -> Multistatus:
        """What changed since the token; everything for "". One request (more only where the server pages).

        Raises `TokenRefusedError`, `NoSyncReportError`, `ServerError`, `LoginError`.
        """
        members: dict[str, Member] = {}
        current = token
        while True:
            page = self._sync_page(current)
            members.update((place(member.href), member) for member in page.members)
            if not page.truncated or not page.token or page.token == current:
                return Multistatus(tuple(members.values()), page.token)
            current = page.token

    def _sync_page(self, token: str) -> Multistatus:
        answer = self._attempt("REPORT", self.url, dav_xml.sync_collection(token), {"Depth": "0"})
        refused = answer.status in (400, 403, 409, 410, 412, 500, 507)
        if "valid-sync-token" in answer.conditions or (token and refused and answer.status != 403):
            raise TokenRefusedError
        if "supported-report" in answer.conditions or answer.status in (400, 405, 415, 501):
            raise NoSyncReportError
        return self._parsed(answer)

    def listing(self) -> Multistatus:
        """Every item with its ETag, in one request."""
        return self._parsed(self._attempt("PROPFIND", self.url, dav_xml.ETAGS, {"Depth": "1"}))

    def first_listing(self) -> Multistatus:
        """The same, with what the calendar says of itself. One request."""
        return self._parsed(self._attempt("PROPFIND", self.url, dav_xml.FIRST, {"Depth": "1"}))

    def read(self, hrefs: Sequence[str], at_once: int = CHUNK) -> dict[str, Member]:
        """The objects at these hrefs, by `place`; what is not there (any more) is absent. `at_once` a request.

        Where the server does not give that many together they are asked for 50 at a time. A plain 404 is no word on
        an item: which of them are missing is then taken from a listing.
        """
        found: dict[str, Member] = {}
        there: set[str] | None = None
        for first in range(0, len(hrefs), at_once):
            chunk = hrefs[first : first + at_once]
            answer = self._attempt("REPORT", self.url, dav_xml.multiget(chunk), {})
            if len(chunk) > CHUNK and answer.status in _TOO_MANY:
                found.update(self.read(chunk))
                continue
            if answer.status == 404:  # sabre 1.8 refuses all for the sake of one that is missing; others never do
                if there is None:
                    there = {place(one.href) for one in self.listing().members if one.status == 200}
                chunk = [href for href in chunk if place(href) in there]
                if not chunk:
                    continue
                answer = self._attempt("REPORT", self.url, dav_xml.multiget(chunk), {})
            members = self._parsed(answer).members
            found.update((place(one.href), one) for one in members if one.status == 200 and one.data)
        return found

    def search(self, uid: str | None = None) -> tuple[Member, ...]:
        """The events of the calendar, or those with this UID, with their data. One request."""
        answer = self._attempt("REPORT", self.url, dav_xml.query(uid), {"Depth": "1"})
        return tuple(member for member in self._parsed(answer).members if member.data)

    def _parsed(self, answer: Answer) -> Multistatus:
        failure = failure_of(answer, writing=False)
        if failure is not None:
            raise as_error(Trouble(failure, detail_of(answer), answer.retry_after), self.url)
        parsed = dav_xml.parse_multistatus(answer.tree)
        if parsed is None:
            raise as_error(Trouble(Failure.NOT_CALDAV), self.url)
        return parsed

    def _attempt(self, method: str, url: str, body: str, headers: Mapping[str, str]) -> Answer:
        try:
            return self._send(method, url, body, {"Content-Type": "application/xml; charset=utf-8", **headers})
        except Trouble as trouble:
            raise as_error(trouble, self.url) from None

    def ask(self, method: str, url: str, body: str = "", depth: str = "0") -> Answer:
        """One question at any address of this login, for setting up: the answer, whatever its status.

        Redirects are not followed. Raises `Trouble` when there is no answer.
        """
        return self._send(method, url, body, {"Content-Type": "application/xml; charset=utf-8", "Depth": depth})

    # -- writing -------------------------------------------------------------------------------------

    def put(self, href: str, body: bytes, etag: str | None) -> tuple[str | None, bool]:
        """Write an object: a new one when `etag` is None, else over that version. One request.

        `href` is as the server listed it, or a name inside the calendar. Returns the new ETag when the server gave a
        strong one, and whether the object is new (201). Raises `Trouble`.
        """
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        answer = self._send("PUT", self.address(href), body, headers)
        self._demand(answer)
        fresh = dav_xml.normal_etag(answer.etag)
        return fresh if dav_xml.is_strong(fresh) else None, answer.status == 201

    def delete(self, href: str, etag: str) -> bool:
        """Remove that version of an object; gives whether it was there. One request. Raises `Trouble`."""
        answer = self._send("DELETE", self.address(href), b"", {"If-Match": etag})
        if answer.status in (404, 410):
            return False
        self._demand(answer)
        return True

    def version(self, href: str) -> str | None:
        """The ETag that an object has now; None when it is not there. One request. Raises `Trouble`."""
        try:
            found = self.read([self.path(href)])
        except CallplanError:
            raise Trouble(Failure.CUT_OFF) from None
        return next((one.etag for one in found.values()), None)

    def _demand(self, answer: Answer) -> None:
        failure = failure_of(answer, writing=True)
        if failure is not None:
            raise Trouble(failure, detail_of(answer), answer.retry_after)

    def address(self, href: str) -> str:
        """The full address of an item: always on the server that was set up, whatever host an href names."""
        if "/" not in href:
            return self.url + href
        return self._origin + urlsplit(href).path

    def path(self, href: str) -> str:
        """The path of an item on the server."""
        return urlsplit(self.address(href)).path

    # -- the wire ------------------------------------------------------------------------------------

    def _send(self, method: str, url: str, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        """One request, repeated when the server asks for a pause that is not too long. Raises `Trouble`."""
        attempt = locked = 0
        while True:
            slow = self.slowed.is_set()
            with self._turn if slow else nullcontext():
                if self._given_up is not None:
                    raise Trouble(Failure.BUSY, retry_after=self._given_up.retry_after)
                answer = self._once(method, url, body, headers)
                if answer.status == _LOCKED and locked < _LOCKED_TRIES:
                    self.slowed.set()
                    locked += 1
                    if slow:  # it met no other write of ours
                        self._wait(_LOCKED_PAUSE * 2**locked)
                    else:
                        self.met.set()
                    continue
                if failure_of(answer, writing=True) is not Failure.BUSY:
                    return answer
                self.slowed.set()
                pause = answer.retry_after if answer.retry_after is not None else 2.0**attempt
                if pause > self._longest_wait or attempt + 1 == self._tries:
                    self._given_up = Trouble(Failure.BUSY, detail_of(answer), answer.retry_after)
                    raise self._given_up
                self._wait(max(pause, 0.1))
                attempt += 1

    def _once(self, method: str, url: str, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        kept = getattr(self._own, "client", None) is not None
        try:
            return self._asked(method, url, body, headers)
        except Trouble as trouble:
            if not kept or trouble.failure is not Failure.CUT_OFF:
                raise
            # The server may have closed a kept connection. Asking again is safe: each write names its version.
            self._own.client = None
            return self._asked(method, url, body, headers)

    def _asked(self, method: str, url: str, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        import niquests  # noqa: PLC0415 - as at the top
        from caldav.lib import error as dav_error  # noqa: PLC0415

        try:
            # The annotation says str; the bytes go out as they are (caldav.lib.python_utilities.to_wire).
            response = self._client().request(url, method, body, dict(headers))  # type: ignore[arg-type]
        except dav_error.AuthorizationError as refusal:
            text = refusal.body if isinstance(refusal.body, str) else (refusal.body or b"").decode("utf-8", "replace")
            names = frozenset(name.rpartition("}")[2] for name in refusal.preconditions)
            return Answer(refusal.status or 403, conditions=names, quota="usageLimits" in text or "rateLimit" in text)
        except dav_error.RateLimitError as refusal:
            return Answer(refusal.status or 503, retry_after=refusal.retry_after_seconds)
        except niquests.exceptions.TooManyRedirects as redirect:
            moved = redirect.response
            if moved is None:
                return Answer(302)
            return Answer(moved.status_code or 302, location=_shown(moved.headers.get("Location")))
        except SyntaxError:  # lxml's: the answer called itself XML and is not
            return Answer(207)
        except niquests.exceptions.SSLError as broken:
            raise tls_trouble(broken) from None
        except niquests.exceptions.ConnectTimeout:
            raise Trouble(Failure.UNREACHABLE, message("no connection in time")) from None
        except niquests.exceptions.Timeout:
            raise Trouble(Failure.TIMEOUT) from None
        except OSError as broken:
            raise connection_trouble(broken) from None
        return Answer(
            response.status,
            response.headers.get("ETag"),
            response.tree,
            dav_xml.preconditions(response.tree) if response.status >= 400 else frozenset(),
            # PHP calls even nothing at all a page (sabre/dav's answer to a write).
            html=response.headers.get("Content-Type", "").startswith("text/html") and bool(response.raw),
            date=response.headers.get("Date"),
        )

    def _client(self) -> DAVClient:
        client: DAVClient | None = getattr(self._own, "client", None)
        if client is None:
            from caldav.davclient import DAVClient  # noqa: PLC0415
            from caldav.lib import error as dav_error  # noqa: PLC0415

            # What the library says of odd servers is for its authors; what it can be told to dump holds the password.
            library_log = logging.getLogger("caldav")
            library_log.addHandler(logging.NullHandler())
            library_log.propagate = False
            dav_error.debug_dump_communication = False
            client = DAVClient(
                url=self.url,
                auth=self._auth,  # type: ignore[arg-type]  # any callable will do
                timeout=self._timeout,  # type: ignore[arg-type]
                enable_rfc6764=False,
                headers={"User-Agent": f"callplan/{callplan.__version__}"},
            )
            client.session.max_redirects = 0
            if is_loopback(urlsplit(self.url).hostname or ""):
                client.session.trust_env = False  # a proxy for the world is no way to this machine
            self._own.client = client
            self._clients.append(client)
        return client


class Unmade(Calendar):
    """The built-in calendar before it is first made, for a dry run: there is nothing in it, and nobody is asked."""

    def first_listing(self) -> Multistatus:
        return Multistatus(())


class _Login:
    """Basic authentication, sent unasked (RFC 7617, UTF-8).

    Given as an object, so that the library negotiates nothing (a race between threads) and looks in no .netrc.
    """

    def __init__(self, username: str | None, password: str | None) -> None:
        secret = f"{username}:{password or ''}".encode()
        header = f"Basic {b64encode(secret).decode()}"
        self.headers: Mapping[str, str] = {"Authorization": header} if username is not None else {}

    def __call__(self, request: Any) -> Any:
        request.headers.update(self.headers)
        return request

    def __repr__(self) -> str:
        return "<login>"


def _shown(location: str | None) -> str | None:
    """An address from the server fit for a sentence: no credentials, no query, no control characters."""
    if not location:
        return None
    parts = urlsplit("".join(character for character in location if character.isprintable()))
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()[:300]

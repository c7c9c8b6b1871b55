"""From a server's address to its calendars (RFC 6764, RFC 5397, RFC 4791): for `callplan login` and `doctor`."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from callplan.errors import LoginError, RecordError, ServerError
from callplan.message import message
from callplan.sync.failures import Answer, Failure, Trouble, as_error, as_login_error, detail_of, failure_of
from callplan.sync.server import Calendar, checked_url, is_loopback

_DAV = "{DAV:}"
_CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_WHO = (
    f"{_HEAD}<D:propfind {_NAMESPACES}><D:prop><D:current-user-principal/><C:calendar-home-set/><D:resourcetype/>"
    "<D:displayname/><C:supported-calendar-component-set/><D:current-user-privilege-set/><D:supported-report-set/>"
    "</D:prop></D:propfind>"
)

#: Redirects followed when looking for the calendars. Nothing is written on the way.
_MOST_REDIRECTS = 5

_WRITING = {"all", "write", "write-content", "bind"}

#: Providers that take no ordinary password from a program, and where theirs is made.
_APP_PASSWORDS = {
    "icloud.com": message("Apple wants an app-specific password: account.apple.com, Sign-In and Security."),
    "me.com": message("Apple wants an app-specific password: account.apple.com, Sign-In and Security."),
    "fastmail.com": message("Fastmail wants an app password: Settings, Privacy & Security, Manage app passwords."),
    "yahoo.com": message("Yahoo wants an app password: Account Info, Security, Generate app password."),
    "mailbox.org": message("With two-factor login, mailbox.org wants an app password made in its settings."),
    "zoho.com": message("Zoho wants an app-specific password: Account, Security, App Passwords."),
}

GOOGLE = message(
    "Google lets programs into its calendars over CalDAV only with OAuth and a client of their own, "
    "which callplan does not have; no password works there, app passwords included. Use the feed "
    "instead: callplan serve shows the address to subscribe to in Google Calendar. Google reads it "
    "every 4 to 24 hours."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar on the server. `reports` are those it says it has; `writable` and `events` hold where it is silent."""

    url: str
    name: str
    writable: bool
    events: bool
    reports: frozenset[str] = frozenset()
    date: str | None = None

    @property
    def fits(self) -> bool:
        """Whether callplan can keep its events there."""
        return self.writable and self.events


@dataclass(frozen=True, slots=True)
class Account:
    """What a login leads to. `home` is where calendars are made, None where the server has no such place."""

    calendars: tuple[Found, ...]
    home: str | None


def starting_url(written: str) -> str:
    """The address to begin at: of a URL, a bare host name, or an e-mail address. Raises `RecordError`, `LoginError`."""
    text = written.strip()
    if "://" not in text:
        text = "https://" + text.rpartition("@")[2]
    url = checked_url(text)
    host = urlsplit(url).hostname or ""
    if host.endswith((".google.com", ".googleapis.com", ".googleusercontent.com")) or host in (
        "google.com",
        "gmail.com",
    ):
        raise LoginError(GOOGLE)
    return url


def advice_for(url: str) -> str:
    """What to know of passwords at this provider; "" when nothing special is known."""
    host = urlsplit(url).hostname or ""
    return next((text for name, text in _APP_PASSWORDS.items() if host == name or host.endswith(f".{name}")), "")


def discover(url: str, username: str | None, password: str | None, timeout: float = 30.0) -> Account:
    """Every calendar the login can see, from any address of the server. Raises `ServerError`, `LoginError`."""
    start = starting_url(url)
    with _Search(start, username, password, timeout) as search:
        return search.run()


def make_calendar(url: str, username: str | None, password: str | None, name: str) -> Found:
    """Make a calendar for events and give it as the server then lists it. Raises `ServerError`, `LoginError`."""
    with _Search(starting_url(url), username, password, 30.0) as search:
        account = search.run()
        if account.home is None:
            raise ServerError(
                message("{url} does not say where calendars can be made. Make one in your calendar program.", url=url)
            )
        before = {one.url for one in account.calendars}
        search.make(account.home, name)
        after = search.run().calendars
        fresh = [one for one in after if one.url not in before]
        if not fresh:  # some servers take the name and another address: the name is what is left to go by
            fresh = [one for one in after if one.name == name]
        if not fresh:
            raise ServerError(
                message(
                    "{url} said the calendar was made, and does not list it. Look in your calendar program.", url=url
                )
            )
        return fresh[0]


def look_at(calendar: Calendar) -> Found:
    """What a calendar says of itself. Raises `ServerError`, `LoginError`."""
    try:
        answer = calendar.ask("PROPFIND", calendar.url, _WHO)
    except Trouble as trouble:
        raise as_error(trouble, calendar.url) from None
    failure = failure_of(answer, writing=False)
    if failure is not None:
        raise as_error(Trouble(failure, detail_of(answer)), calendar.url)
    found = list(_calendars(answer, calendar.url))
    if not found:
        raise ServerError(
            message("{url} is there, and is no calendar. callplan login {url} lists the calendars.", url=calendar.url)
        )
    return found[0]


def try_out(calendar: Calendar) -> None:
    """Write a small event and take it away again. Raises `ServerError`, `LoginError` when that does not work."""
    uid = f"callplan-test-{uuid.uuid4()}"
    body = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//callplan//callplan//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nDTEND:20260101T001500Z\r\n"
        "SUMMARY:callplan tries whether it can write here\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    try:
        etag, _ = calendar.put(f"{uid}.ics", body.encode(), None)
        if etag is None:
            members = calendar.read([calendar.path(f"{uid}.ics")])
            etag = next((one.etag for one in members.values()), None)
        calendar.delete(f"{uid}.ics", etag or "*")
    except Trouble as trouble:
        raise as_login_error(trouble, calendar.url) from None


class _Search:
    """A login on its way through a server. Reads only, but for `make`."""

    def __init__(self, start: str, username: str | None, password: str | None, timeout: float) -> None:
        self._start, self._login, self._timeout = start, (username, password), timeout
        self._clients: dict[str, Calendar] = {}

    def __enter__(self) -> _Search:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.__exit__(None, None, None)

    def run(self) -> Account:
        """Look from the address given, then where RFC 6764 says, then at the root."""
        found: dict[str, Found] = {}
        home: str | None = None
        last: Trouble | None = None
        root = urljoin(self._start, "/")
        for address in dict.fromkeys((self._start, urljoin(root, "/.well-known/caldav"), root)):
            try:
                where, answer = self._ask(address, _WHO)
                self._demand(answer)
            except Trouble as trouble:
                if trouble.failure in (Failure.LOGIN, Failure.UNREACHABLE, Failure.TLS, Failure.PLAIN, Failure.BUSY):
                    raise self._error(trouble) from None
                last = last or trouble
                continue
            found |= {one.url: one for one in _calendars(answer, where)}
            home = self._home(where, answer)
            if home is not None:
                break
        if home is not None:
            try:
                where, answer = self._ask(home, _WHO, depth="1")
                self._demand(answer)
            except Trouble as trouble:
                raise self._error(trouble) from None
            found |= {one.url: one for one in _calendars(answer, where)}
        if not found and home is None:
            raise self._error(last or Trouble(Failure.NOT_CALDAV))
        return Account(tuple(sorted(found.values(), key=lambda one: (not one.fits, one.name.casefold()))), home)

    def _home(self, where: str, answer: Answer) -> str | None:
        """The place of the calendars: named here, or by the principal."""
        home = _href(answer, f"{_CALDAV}calendar-home-set")
        if home:
            return urljoin(where, home)
        principal = _href(answer, f"{_DAV}current-user-principal")
        if not principal:
            return None
        try:
            there, about = self._ask(urljoin(where, principal), _WHO)
            self._demand(about)
        except Trouble:
            return None
        home = _href(about, f"{_CALDAV}calendar-home-set")
        return urljoin(there, home) if home else None

    def make(self, home: str, name: str) -> None:
        """MKCALENDAR. The address is ours, since an odd name makes an odd address."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "callplan"
        body = (
            f"{_HEAD}<C:mkcalendar {_NAMESPACES}><D:set><D:prop><D:displayname>{escape(name)}</D:displayname>"
            '<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>'
            "</D:prop></D:set></C:mkcalendar>"
        )
        base = home if home.endswith("/") else home + "/"
        for url in (f"{base}{slug}/", f"{base}{slug}-{uuid.uuid4().hex[:6]}/"):
            try:
                answer = self._client(url).ask("MKCALENDAR", url, body)
            except Trouble as trouble:
                raise self._error(trouble) from None
            if answer.status in (200, 201):
                return
            if answer.status not in (403, 405, 409):  # there is one of that address already
                break
        raise ServerError(
            message(
                "{home} does not let callplan make a calendar ({detail}). Make one in your calendar program "
                "or on your provider's page, and run callplan login again.",
                home=home,
                detail=detail_of(answer),
            )
        )

    def _ask(self, url: str, body: str, depth: str = "0") -> tuple[str, Answer]:
        """The answer and the address it came from. Raises `Trouble`."""
        for _ in range(_MOST_REDIRECTS):
            answer = self._client(url).ask("PROPFIND", url, body, depth)
            if not 300 <= answer.status < 400:
                return url, answer
            if not answer.location:
                raise Trouble(Failure.MOVED)
            following = urljoin(url, answer.location)
            if not self._trusted(following):
                raise Trouble(Failure.MOVED, following)
            url = following
        raise Trouble(Failure.MOVED, url)

    def _trusted(self, url: str) -> bool:
        """Whether the password may go there: the same domain, and never less safe than where it began."""
        try:
            checked_url(url)
        except RecordError:
            return False
        begun, there = urlsplit(self._start), urlsplit(url)
        if begun.scheme == "https" and there.scheme != "https":
            return False
        one, other = begun.hostname or "", there.hostname or ""
        if is_loopback(one) or is_loopback(other):
            return one == other
        return one == other or other.endswith(f".{one}") or _siblings(one, other)

    def _client(self, url: str) -> Calendar:
        if not self._trusted(url):
            raise Trouble(Failure.MOVED, url)
        origin = urljoin(url, "/")
        if origin not in self._clients:
            self._clients[origin] = Calendar(origin, *self._login, timeout=self._timeout)
        return self._clients[origin]

    def _demand(self, answer: Answer) -> None:
        failure = failure_of(answer, writing=False)
        if failure is not None:
            raise Trouble(failure, detail_of(answer), answer.retry_after)

    def _error(self, trouble: Trouble) -> Exception:
        if trouble.failure is Failure.LOGIN:
            known = advice_for(self._start) or (
                message(
                    "Many providers want an app password, made in their settings, instead of your usual one; "
                    "Nextcloud does with two-factor login (Settings, Security)."
                )
            )
            return LoginError(message("{url} refused the name and password. {known}", url=self._start, known=known))
        if trouble.failure in (Failure.NOT_CALDAV, Failure.NO_CALENDAR, Failure.FORBIDDEN):
            return ServerError(
                message(
                    "No calendars were found from {url}. Look up the CalDAV address in your provider's help, and "
                    "run callplan login with it.",
                    url=self._start,
                )
            )
        return as_login_error(trouble, self._start)


def _siblings(one: str, other: str) -> bool:
    """Whether two hosts lie in one domain (caldav.icloud.com, p12-caldav.icloud.com), not just in one co.uk."""
    parent = one.partition(".")[2]
    labels = parent.split(".")
    registry = len(labels) < 2 or (len(labels) == 2 and len(labels[0]) <= 3 and len(labels[1]) == 2)
    return not registry and (other == parent or other.endswith(f".{parent}"))


def _calendars(answer: Answer, where: str) -> Iterator[Found]:
    """The calendars among the resources of an answer."""
    if answer.tree is None:
        return
    for response in answer.tree.iter(f"{_DAV}response"):
        href = response.findtext(f"{_DAV}href")
        kind = next(response.iter(f"{_DAV}resourcetype"), None)
        if not href or kind is None or kind.find(f"{_CALDAV}calendar") is None:
            continue
        url = urljoin(where, href.strip())
        name = (response.findtext(f".//{_DAV}displayname") or "").strip()
        components = [one.get("name", "").upper() for one in response.iter(f"{_CALDAV}comp")]
        privileges = {child.tag.rpartition("}")[2] for one in response.iter(f"{_DAV}privilege") for child in one}
        reports = frozenset(child.tag.rpartition("}")[2] for one in response.iter(f"{_DAV}report") for child in one)
        yield Found(
            url if url.endswith("/") else url + "/",
            name or unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]),
            not privileges or bool(privileges & _WRITING),
            not components or "VEVENT" in components,
            reports,
            answer.date,
        )


def _href(answer: Answer, name: str) -> str | None:
    """The first href inside a property of that name."""
    if answer.tree is None:
        return None
    for prop in answer.tree.iter(name):
        text: Any = prop.findtext(f"{_DAV}href")
        if text and text.strip():
            return str(text).strip()
    return None

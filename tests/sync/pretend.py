"""A CalDAV server in memory, as unkind as the real ones are: each flavour has the faults measured on one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from callplan.sync import dav_xml
from callplan.sync.failures import Answer, Failure, Trouble
from callplan.sync.server import Calendar

from tests.servers import Proxy, Seen, Server

_UID = re.compile(r"^UID[^:\n]*:(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Flavour:
    """What a server does that a client would not expect."""

    name: str
    put_etag: str = "strong"  # | weak | none
    checks_if_none_match: bool = True
    checks_if_match: bool = True  # False: a PUT there creates, a DELETE deletes, whatever the version
    says_created: bool = False  # 201 to every PUT, to a change too
    versions_begin_again: bool = False  # after DELETE and PUT the ETag is the first one again
    rewrites: bool = False
    says_public: bool = False  # CLASS:PUBLIC in every event that has no class
    unknown_token: str = "403"  # | 412 | 500 | full
    has_sync: bool = True
    repeats_last: str = "no"  # | always | later: a token tells the last change once more, later: with the next one
    forgets_short_lived: bool = False  # tells nothing of what came and went between two tokens
    missing_in_multiget: str = "404"  # | silent | whole
    uid_elsewhere: str = "409"  # | 412 | 403 | allowed
    quotes: str = "%40"  # how @ is written in an href
    lists_itself: bool = False
    refuses_invalid: int = 403


FLAVOURS = {
    one.name: one
    for one in (
        Flavour("cyrus", rewrites=True, uid_elsewhere="403", quotes="@"),
        Flavour(
            "davical", unknown_token="full", repeats_last="later", missing_in_multiget="silent",
            uid_elsewhere="allowed",
        ),
        Flavour(
            "sogo", checks_if_none_match=False, checks_if_match=False, versions_begin_again=True, rewrites=True,
            says_public=True, unknown_token="full", repeats_last="always", quotes="@", refuses_invalid=404,
        ),
        Flavour("sabre", has_sync=False, missing_in_multiget="whole", uid_elsewhere="allowed", refuses_invalid=415),
        Flavour("xandikos", rewrites=True, unknown_token="412", forgets_short_lived=True, uid_elsewhere="412",
                quotes="@", refuses_invalid=412),
        Flavour("icloud", put_etag="none", lists_itself=True, rewrites=True),
        Flavour("gmx", put_etag="weak", unknown_token="500"),
        Flavour("old-radicale", rewrites=True, says_created=True),  # before 3.5.8; Debian 12 has 3.1.8
    )
}  # fmt: skip


@dataclass
class _Item:
    text: str
    etag: str
    uid: str


@dataclass
class _Collection:
    items: dict[str, _Item] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)  # names, in order; a token is a position in it
    forgotten_before: int = 0  # tokens older than this are unknown


class Pretend(Server):
    """The server, with the verbs of `tests.servers.Server`. `flavour` may be changed while it runs."""

    def __init__(self, flavour: Flavour) -> None:
        super().__init__(flavour.name, "http://127.0.0.1:1/anna/")
        object.__setattr__(self, "flavour", flavour)
        object.__setattr__(self, "collections", {})
        object.__setattr__(self, "read_only", False)
        object.__setattr__(self, "count", 0)

    flavour: Flavour
    collections: dict[str, _Collection]
    read_only: bool
    count: int

    def behave(self, **changes: Any) -> None:
        """From now on, these faults."""
        object.__setattr__(self, "flavour", replace(self.flavour, **changes))

    def set_read_only(self, read_only: bool) -> None:
        object.__setattr__(self, "read_only", read_only)

    def edit(self, calendar: str, name: str, change: Callable[[str], str]) -> None:
        """As another client does it, who may write even where we may not."""
        read_only = self.read_only
        self.set_read_only(False)
        try:
            super().edit(calendar, name, change)
        finally:
            self.set_read_only(read_only)

    def forget_tokens(self) -> None:
        """Every token given out so far is unknown."""
        for collection in self.collections.values():
            collection.changes.append("")
            collection.forgotten_before = len(collection.changes)

    def request(
        self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        path = unquote(urlsplit(url).path)
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        folder, _, name = path.rpartition("/")
        if method == "MKCALENDAR":
            self.collections[path] = _Collection()
            return 201, b"", {}
        collection = self.collections.get(folder + "/")
        if collection is None:
            return 404, b"", {}
        if method in ("PUT", "DELETE") and self.read_only and "x-another-client" not in sent:
            return 403, self._error("need-privileges"), {"content-type": "application/xml"}
        if method == "GET":
            item = collection.items.get(name)
            return (404, b"", {}) if item is None else (200, item.text.encode(), {"etag": item.etag})
        if method == "PUT":
            return self._put(collection, name, body, sent)
        if method == "DELETE":
            return self._delete(collection, name, sent)
        if method == "PROPFIND":
            return self._listing(folder + "/", collection, list(collection.items), None, itself=True)
        return self._report(folder + "/", collection, body)

    # -- writing -------------------------------------------------------------------------------------

    def _put(
        self, collection: _Collection, name: str, body: bytes, sent: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        text = body.decode().replace("\r\n", "\n")
        text = re.sub(r"\n[ \t]", "", text)
        found = _UID.search(text)
        if found is None or text.count("BEGIN:VEVENT") < 1:
            return self.flavour.refuses_invalid, self._error("valid-calendar-data"), {"content-type": "text/xml"}
        former = collection.items.get(name)
        if former is not None and sent.get("if-none-match") == "*" and self.flavour.checks_if_none_match:
            return 412, b"", {}
        wanted = sent.get("if-match")
        if (
            wanted is not None
            and (former is None or former.etag != wanted)
            and (self.flavour.checks_if_match or former is not None)
        ):
            return 412, b"", {}
        elsewhere = any(other != name and item.uid == found[1] for other, item in collection.items.items())
        if elsewhere and self.flavour.uid_elsewhere != "allowed":
            return int(self.flavour.uid_elsewhere), self._error("no-uid-conflict"), {"content-type": "text/xml"}
        if self.flavour.rewrites:
            text = _rewritten(text)
        if self.flavour.says_public and "\nCLASS:" not in text:
            text = text.replace("BEGIN:VEVENT\n", "BEGIN:VEVENT\nCLASS:PUBLIC\n")
        object.__setattr__(self, "count", self.count + 1)
        if self.flavour.versions_begin_again:
            counted = re.fullmatch(r'"gcs(\d+)"', former.etag) if former else None
            number = int(counted[1]) + 1 if counted else 0
            etag = f'"gcs{number:08}"'
        else:
            etag = f'"{self.count}-{abs(hash(text)) % 10**6}"'
        collection.items[name] = _Item(text, etag, found[1])
        collection.changes.append(name)
        given = {"strong": {"etag": etag}, "weak": {"etag": f"W/{etag}"}, "none": {}}[self.flavour.put_etag]
        return 204 if former and not self.flavour.says_created else 201, b"", given

    def _delete(self, collection: _Collection, name: str, sent: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        former = collection.items.get(name)
        if former is None:
            return 404, b"", {}
        if "if-match" in sent and sent["if-match"] != former.etag and self.flavour.checks_if_match:
            return 412, b"", {}
        del collection.items[name]
        collection.changes.append(name)
        return 204, b"", {}

    # -- reading -------------------------------------------------------------------------------------

    def _report(self, path: str, collection: _Collection, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        tree = ElementTree.fromstring(body)
        kind = tree.tag.rpartition("}")[2]
        if kind == "sync-collection":
            if not self.flavour.has_sync:
                return 403, self._error("supported-report"), {"content-type": "application/xml"}
            return self._changes(path, collection, tree.findtext("{DAV:}sync-token") or "")
        if kind == "calendar-multiget":
            wanted = [unquote(one.text or "").rpartition("/")[2] for one in tree.iter("{DAV:}href")]
            missing = [name for name in wanted if name not in collection.items]
            if missing and self.flavour.missing_in_multiget == "whole":
                return 404, b"", {}
            if self.flavour.missing_in_multiget == "silent":
                missing = []
            there = [name for name in wanted if name in collection.items]
            return self._listing(path, collection, there, None, gone=missing, data=True)
        match = tree.findtext(".//{urn:ietf:params:xml:ns:caldav}text-match")
        found = [
            name
            for name, item in collection.items.items()
            if match is None or ((uid := _UID.search(item.text)) is not None and uid[1] == match)
        ]
        return self._listing(path, collection, found, None, data=True)

    def _changes(self, path: str, collection: _Collection, token: str) -> tuple[int, bytes, dict[str, str]]:
        here = len(collection.changes)
        fresh = f"data:,{here}"
        position = int(token.rpartition(",")[2]) if re.fullmatch(r"data:,\d+", token) else None
        if token and (position is None or not collection.forgotten_before <= position <= here):
            if self.flavour.unknown_token != "full":
                body = b"" if self.flavour.unknown_token == "500" else self._error("valid-sync-token")
                return int(self.flavour.unknown_token), body, {"content-type": "application/xml"}
            return self._listing(path, collection, list(collection.items), fresh)
        if not token:
            return self._listing(path, collection, list(collection.items), fresh)
        assert position is not None
        repeats = self.flavour.repeats_last == "always" or (self.flavour.repeats_last == "later" and position < here)
        begin = max(0, position - 1) if repeats else position
        changed = dict.fromkeys(name for name in collection.changes[begin:] if name)
        gone = [name for name in changed if name not in collection.items]
        if self.flavour.forgets_short_lived:
            gone = [name for name in gone if name in collection.changes[:begin]]
        return self._listing(path, collection, [one for one in changed if one in collection.items], fresh, gone=gone)

    def _listing(
        self,
        path: str,
        collection: _Collection,
        names: list[str],
        token: str | None,
        *,
        gone: list[str] | None = None,
        data: bool = False,
        itself: bool = False,
    ) -> tuple[int, bytes, dict[str, str]]:
        parts = [
            f"<response><href>{self._href(path, name)}</href><propstat><prop><getetag>"
            f"{escape(collection.items[name].etag)}</getetag>"
            + (f"<C:calendar-data>{escape(collection.items[name].text)}</C:calendar-data>" if data else "")
            + "</prop><status>HTTP/1.1 200 OK</status></propstat></response>"
            for name in names
        ]
        if itself:
            sync = "<supported-report><report><sync-collection/></report></supported-report>"
            multiget = "<supported-report><report><C:calendar-multiget/></report></supported-report>"
            parts.append(
                f"<response><href>{path}</href><propstat><prop><resourcetype><collection/><C:calendar/></resourcetype>"
                f"<supported-report-set>{multiget}{sync if self.flavour.has_sync else ''}</supported-report-set></prop>"
                "<status>HTTP/1.1 200 OK</status></propstat></response>"
            )
        elif self.flavour.lists_itself and not data:
            parts.append(
                f'<response><href>{path}</href><propstat><prop><getetag>"self"</getetag></prop>'
                "<status>HTTP/1.1 200 OK</status></propstat></response>"
            )
        parts += [
            f"<response><href>{self._href(path, name)}</href><status>HTTP/1.1 404 Not Found</status></response>"
            for name in gone or ()
        ]
        if token is not None:
            parts.append(f"<sync-token>{token}</sync-token>")
        text = '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">' + "".join(parts) + "</multistatus>"
        return 207, text.encode(), {"content-type": "application/xml; charset=utf-8", "date": formatdate()}

    def _href(self, path: str, name: str) -> str:
        return escape(path + quote(name, safe="-._~").replace("%40", self.flavour.quotes))

    @staticmethod
    def _error(name: str) -> bytes:
        return f'<error xmlns="DAV:"><{name} xmlns="urn:ietf:params:xml:ns:caldav"/></error>'.encode()


def _rewritten(text: str) -> str:
    """As servers do it: properties of the event in another order, final blanks gone, RRULE parts shuffled."""
    lines = [line.rstrip(" ") for line in text.split("\n")]
    lines = [
        line.partition(":")[0] + ":" + ";".join(sorted(line.partition(":")[2].split(";")))
        if line.startswith("RRULE")
        else line
        for line in lines
    ]
    begin, end = lines.index("BEGIN:VEVENT") + 1, lines.index("END:VEVENT")
    inside = lines[begin:end]
    first = next((number for number, line in enumerate(inside) if line.startswith("BEGIN:")), len(inside))
    return "\n".join([*lines[:begin], *sorted(inside[:first]), *inside[first:], *lines[end:]])


class Between(Proxy):
    """What `tests.servers.Proxy` is to a server with a port: it counts requests and can be told to misbehave."""


class PretendCalendar(Calendar):
    """A calendar of a `Pretend`, without a network between."""

    def __init__(self, server: Pretend, between: Proxy, url: str, **options: Any) -> None:
        super().__init__(url, None, None, **options)
        self._server, self._between = server, between

    def _once(self, method: str, url: str, body: str | bytes, headers: Any) -> Answer:
        between = self._between
        data = body.encode() if isinstance(body, str) else body
        with between._lock:
            between._count += 1
            number = between._count
            between.bodies.append(data)
        path = urlsplit(url).path
        reply = between.mischief(number, method, path) if between.mischief else None
        status, answer = 0, b""
        given: dict[str, str] = {}
        with between._lock:
            if reply is None or reply.forward:
                status, answer, given = self._server.request(method, url, data, dict(headers))
            if reply is not None:
                status, answer = reply.status, reply.body
                given = {name.lower(): value for name, value in reply.headers.items()}
            sent = {name.lower(): value for name, value in headers.items()}
            cut = reply is not None and reply.cut
            between.seen.append(Seen(method, path, sent, data, 0 if cut else status))
        if cut:
            raise Trouble(Failure.CUT_OFF)
        try:
            tree = ElementTree.fromstring(answer) if answer.lstrip().startswith(b"<") else None
        except ElementTree.ParseError:
            tree = None
        retry = given.get("retry-after")
        return Answer(
            status,
            given.get("etag"),
            tree,
            dav_xml.preconditions(tree) if status >= 400 else frozenset(),
            html=given.get("content-type", "").startswith("text/html") and bool(answer),
            location=given.get("location"),
            retry_after=float(retry) if retry else None,
        )

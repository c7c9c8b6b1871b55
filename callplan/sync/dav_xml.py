"""The few XML bodies CalDAV needs, and what is read out of its multistatus answers (RFC 4918, 4791, 6578). Pure.

The library's own parsers give up a whole answer for one member with an odd status (Infomaniak says 418 for what was
removed) and its multiget asks for no ETag; so both are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

_DAV = "{DAV:}"
_CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'


def sync_collection(token: str) -> str:
    """What changed since `token`; everything for an empty one. Never with a limit: two servers lose items then."""
    return (
        f"{_HEAD}<D:sync-collection {_NAMESPACES}><D:sync-token>{escape(token)}</D:sync-token>"
        "<D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>"
    )


ETAGS = f"{_HEAD}<D:propfind {_NAMESPACES}><D:prop><D:getetag/></D:prop></D:propfind>"

#: The same, and what the calendar says of itself.
FIRST = ETAGS.replace("<D:getetag/>", "<D:getetag/><D:resourcetype/><D:supported-report-set/>")


def multiget(hrefs: Iterable[str]) -> str:
    """These objects with their ETags, in one request."""
    wanted = "".join(f"<D:href>{escape(href)}</D:href>" for href in hrefs)
    return (
        f"{_HEAD}<C:calendar-multiget {_NAMESPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop>"
        f"{wanted}</C:calendar-multiget>"
    )


def query(uid: str | None = None) -> str:
    """Every event with its ETag and data, or only the one with this UID."""
    condition = (
        f'<C:prop-filter name="UID"><C:text-match collation="i;octet">{escape(uid)}</C:text-match></C:prop-filter>'
        if uid
        else ""
    )
    return (
        f"{_HEAD}<C:calendar-query {_NAMESPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter>"
        f'<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{condition}</C:comp-filter></C:comp-filter>'
        "</C:filter></C:calendar-query>"
    )


@dataclass(frozen=True, slots=True)
class Member:
    """One resource of an answer. `href` as the server wrote it; `status` 200 unless it says otherwise.

    `calendar`: whether it says it is one, `syncs`: whether it says it answers sync-collection; None: it does not say.
    """

    href: str
    status: int = 200
    etag: str | None = None
    data: bytes | None = None
    calendar: bool | None = None
    syncs: bool | None = None


@dataclass(frozen=True, slots=True)
class Multistatus:
    """A parsed answer. `truncated`: the server had more to say (507; RFC 6578 section 3.6)."""

    members: tuple[Member, ...]
    token: str | None = None
    truncated: bool = False


def place(href: str) -> str:
    """The path of an href, decoded. Hrefs are compared by this: servers write ``@`` and ``+`` each in their own way."""
    return unquote(urlsplit(href.strip()).path)


def parse_multistatus(tree: Any) -> Multistatus | None:
    """What the parsed XML (an element tree) says; None when it is no multistatus."""
    if tree is None:
        return None
    root = tree if tree.tag == f"{_DAV}multistatus" else tree.find(f"{_DAV}multistatus")
    if root is None:
        return None
    members: dict[str, Member] = {}
    truncated = False
    for response in root.iterfind(f"{_DAV}response"):
        member = _member(response)
        if member is None:
            continue
        if member.status == 507:
            truncated = True
            continue
        former = members.pop(place(member.href), None)  # the last word on an href wins (Cyrus may list one twice)
        if former is None or member.status != 404 or former.status != 200:
            members[place(member.href)] = member
        else:
            members[place(member.href)] = former  # changed and removed in one answer: look at it to know
    token = root.findtext(f"{_DAV}sync-token")
    return Multistatus(tuple(members.values()), token.strip() if token else None, truncated)


def _member(response: Any) -> Member | None:
    href = response.findtext(f"{_DAV}href")
    if not href:
        return None
    status = _code(response.findtext(f"{_DAV}status"))
    etag: str | None = None
    data: bytes | None = None
    calendar = syncs = None
    seen: list[int] = []
    for propstat in response.iterfind(f"{_DAV}propstat"):
        code = _code(propstat.findtext(f"{_DAV}status")) or 200
        seen.append(code)
        if not 200 <= code < 300:
            continue
        for prop in propstat.iterfind(f"{_DAV}prop"):
            etag = normal_etag(prop.findtext(f"{_DAV}getetag")) or etag
            text = prop.findtext(f"{_CALDAV}calendar-data")
            data = text.encode() if text else data
            calendar = _names_in(prop, "resourcetype", f"{_CALDAV}calendar", calendar)
            syncs = _names_in(prop, "supported-report-set", f"{_DAV}sync-collection", syncs)
    if status is None:
        # All properties refused and none given: the propstat's code is the resource's (sabre writes 404 so).
        status = 200 if etag or data or calendar is not None or not seen else seen[0]
    return Member(href.strip(), status, etag, data, calendar, syncs)


def _names_in(prop: Any, name: str, wanted: str, before: bool | None) -> bool | None:
    """Whether that property of a resource names what is wanted; as before when it is not there, or empty."""
    found = prop.find(f"{_DAV}{name}")
    return before if found is None or not len(found) else found.find(f".//{wanted}") is not None


def _code(status: str | None) -> int | None:
    """404 from ``HTTP/1.1 404 Not Found``."""
    parts = (status or "").split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None


def normal_etag(etag: str | None) -> str | None:
    """An ETag as it can be sent back: quoted, not percent-encoded (Bedework), its W/ kept (GMX). None for none."""
    text = (etag or "").strip().replace("%22", '"')
    if not text:
        return None
    return text if text.startswith(('"', "W/")) else f'"{text}"'


def is_strong(etag: str | None) -> bool:
    """Whether an ETag may stand in If-Match (RFC 9110 section 13.1.1 wants a strong comparison)."""
    return etag is not None and not etag.startswith("W/")


def preconditions(tree: Any) -> frozenset[str]:
    """The local names in a DAV:error body: ``valid-sync-token``, ``no-uid-conflict`` … (RFC 4918 section 16)."""
    if tree is None or tree.tag != f"{_DAV}error":
        return frozenset()
    return frozenset(_names(tree))


def _names(tree: Any) -> Iterator[str]:
    for child in tree:
        if isinstance(child.tag, str):
            yield child.tag.rpartition("}")[2]

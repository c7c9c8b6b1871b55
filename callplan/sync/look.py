"""Looking at the calendar: what is there that is not as agreed, in as few requests as can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callplan.errors import RecordError
from callplan.message import Message, message
from callplan.sync.content import read_content
from callplan.sync.dav_xml import Member, Multistatus, place
from callplan.sync.failures import Failure, Trouble, as_error
from callplan.sync.reconcile import Agreed, Item, Remote
from callplan.sync.server import Calendar, NoSyncReportError, TokenRefusedError
from callplan.sync.state import Since

#: Some servers take an unknown token for "everything" and thereby hide deletions; so now and then all is listed.
FULL_LISTING_EVERY = timedelta(days=7)

#: Strange items fetched when one of ours has gone from its place: it may have been moved to another address.
_STRANGERS = 200

_UID = re.compile(rb"^UID[^:\r\n]*:(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. `seen` are items listed exactly as agreed; `since` is where the next look goes on from.

    `vouched`: the server has taken the token of the last look, so it is the calendar that was looked at then. Without
    a token of theirs nothing says so.
    """

    remote: Remote
    since: Since
    seen: tuple[Agreed, ...] = ()
    vouched: bool = False


def look(
    calendar: Calendar,
    since: Since,
    agreed: Mapping[str, Agreed],
    ours: frozenset[str],
    now: datetime,
    timezone: str = "UTC",
) -> Look:
    """What differs from `agreed` on the server.

    `ours` are the UIDs callplan may have written: items named after them are looked at even without a row in the
    state, others never. One request when nothing changed, two when something did. `timezone` (IANA) is for times
    without one. Raises `ServerError`, `LoginError`.
    """
    listing, whole, fresh = _list(calendar, since, now)
    vouched = not whole
    at_place = {place(row.href): row for row in agreed.values()}
    present = {place(one.href): one for one in listing.members if one.status == 200}
    present.pop(place(calendar.url), None)  # iCloud lists the calendar among its own items
    removed = {place(one.href) for one in listing.members if one.status != 200} & at_place.keys()
    named = {} if whole else present
    told = present.keys()
    odd = {
        where
        for where, one in named.items()
        if (row := at_place.get(where)) is not None and row.listed and not row.named and row.etag == one.etag
    }
    again = {
        where for where, one in named.items() if (row := at_place.get(where)) and row.named and row.etag == one.etag
    }
    # What we wrote after the token must be named by its answer. Where it is not, it has gone again since (Xandikos
    # tells nothing of items that came and went between two looks), or the token was not understood.
    unnamed = {
        where
        for where, row in at_place.items()
        if row.etag and not row.listed and where not in present.keys() | removed
    }
    repeated = bool(again) and fresh.token == since.token
    if not whole and (unnamed or (_is_a_list(at_place, named, removed, odd, again) and not repeated)):
        # It may be a list of everything, which hides deletions (DAViCal, SOGo, Stalwart).
        listing, whole = calendar.listing(), True
        vouched = bool(removed)  # no such list tells of what is gone
        present = {place(one.href): one for one in listing.members if one.status == 200}
        present.pop(place(calendar.url), None)
    if len(odd) * 2 > len(agreed):
        odd = set()
    # An item named without a reason may have been deleted and made anew, where ETags only count: then others of ours
    # have the same (SOGo).
    versions = Counter(row.etag for row in at_place.values())
    odd = {where for where in odd if versions[at_place[where].etag] > 1}
    if whole:
        removed |= at_place.keys() - present.keys()
    changed = {
        where
        for where, one in present.items()
        if where in at_place and (one.etag is None or at_place[where].etag != one.etag)
    }
    doubtful = {where for where, row in at_place.items() if row.etag is None or not (row.listed or where in present)}
    doubtful |= odd & present.keys()
    strangers = {where: one for where, one in present.items() if where not in at_place}
    unheld = ours - agreed.keys()
    ours_by_name = {where for where in strangers if _name(where) in unheld}
    found: dict[str, Member] = {}
    if not agreed and strangers.keys() - ours_by_name and ours:
        found = {place(one.href): one for one in calendar.search()}  # the events may have been imported here before
    elif removed:
        ours_by_name |= set(list(strangers)[:_STRANGERS])
    wanted = sorted((changed | removed | doubtful | ours_by_name) - found.keys())
    hrefs = [present[where].href if where in present else at_place[where].href for where in wanted]
    if hrefs:
        found.update(calendar.read(hrefs))
    # Listed and not given: it may have gone since, or be damaged, or the server is not well. The next look asks again.
    looked_at = removed | changed | doubtful
    unsure = (looked_at - found.keys()) & present.keys()
    if not whole and (unexplained := looked_at - found.keys() - present.keys() - removed):
        unsure |= unexplained & _there(calendar)
    remote = _sort_out(found, present, at_place, looked_at - unsure, ours | agreed.keys(), timezone)
    silent = {at_place[where].uid: message("It is listed there, and not given.") for where in unsure}
    remote = replace(remote, unreadable={**remote.unreadable, **silent})
    taken = frozenset(
        _name(where) for where in ours_by_name & found.keys() if _uid(found[where].data or b"") != _name(where)
    )
    remote = replace(remote, taken=(taken & ours) - remote.items.keys())
    unread = _unread(found, at_place, remote.unreadable)
    told_anew = _as_listed(at_place, present, told, unsure | (unread.keys() & at_place.keys()))
    return Look(remote, fresh, (*told_anew, *(row for where, row in unread.items() if where not in at_place)), vouched)


def _unread(
    found: Mapping[str, Member], at_place: Mapping[str, Agreed], unreadable: Mapping[str, str]
) -> dict[str, Agreed]:
    """A row without a version for each item that was given and cannot be read: the next look asks for it again.

    Until it can be read, nothing may be written over it and nothing removed, whatever version it is.
    """
    rows = {}
    for where, member in found.items():
        uid = _uid(member.data or b"")
        if uid in unreadable:
            rows[where] = at_place.get(where) or Agreed(uid, member.href, None, "", {}, "", "", listed=True)
    held = {row.uid for where, row in rows.items() if where in at_place}
    return {where: row for where, row in rows.items() if where in at_place or row.uid not in held}


def _is_a_list(
    at_place: Mapping[str, Agreed], named: Mapping[str, Member], removed: Set[str], odd: Set[str], again: Set[str]
) -> bool:
    """Whether a token's answer may be a list of everything there is, in which what is left out is deleted.

    `odd` is named without a reason, `again` as last time. A few may be: DAViCal tells the last change before the token
    together with the next one.
    """
    left_out = at_place.keys() - named.keys() - removed
    changed = named.keys() & at_place.keys() - odd - again
    if odd and left_out:
        return not (changed or removed) or len(changed | odd | again) * 2 > len(at_place)
    # What is only told once more leaves out what it left out last time.
    return len(again) * 2 > len(at_place) and any(at_place[where].named for where in left_out)


def _as_listed(
    at_place: Mapping[str, Agreed], present: Mapping[str, Member], named: Set[str], unsure: Set[str]
) -> Iterator[Agreed]:
    """The rows of which the server's answer tells something new, though nothing of their content."""
    for where, row in at_place.items():
        if where in unsure:
            fresh = replace(row, etag=None, listed=True)
        else:
            same = where in present and row.etag is not None and present[where].etag == row.etag
            fresh = replace(row, listed=row.listed or same, named=where in named)
        if fresh != row:
            yield fresh


def _list(calendar: Calendar, since: Since, now: datetime) -> tuple[Multistatus, bool, Since]:
    """The server's answer, whether it names everything, and where to go on from next time."""
    if since == Since():
        # A folder of calendars takes events too, and some servers make a calendar of each. So the first question is
        # one in whose answer the folder tells of itself. There is no token in it; the next look asks for one.
        listing = calendar.first_listing()
        here = place(calendar.url).rstrip("/")
        itself = next((one for one in listing.members if place(one.href).rstrip("/") == here), None)
        if itself is not None and itself.status == 404:  # Xandikos says so inside its answer
            raise as_error(Trouble(Failure.NO_CALENDAR), calendar.url)
        if itself is not None and itself.calendar is False:
            raise RecordError(
                message(
                    "{url} is no calendar, though there may be some in it. callplan login {url} lists them, and puts "
                    "the one you take into [calendar] url.",
                    url=calendar.url,
                )
            )
        return listing, True, Since(None, now) if itself is not None and itself.syncs is False else Since("")
    due = since.listed_at is None or not timedelta() <= now - since.listed_at < FULL_LISTING_EVERY
    if not due and since.token is None:  # it gave none last time (sabre/dav 1.8): not asked for again until next week
        return calendar.listing(), True, since
    if since.token and not due:
        try:
            listing = calendar.changes(since.token)
            return listing, False, Since(listing.token or since.token, since.listed_at)
        except (TokenRefusedError, NoSyncReportError):
            pass
    try:
        listing = calendar.changes("")
    except (TokenRefusedError, NoSyncReportError):
        listing = calendar.listing()
    return listing, True, Since(listing.token, now)


def look_again(
    calendar: Calendar, uids: Mapping[str, str], elsewhere: Iterable[str], timezone: str = "UTC"
) -> tuple[Remote, dict[str, Member]]:
    """These items as they are now: `uids` with their hrefs, and `elsewhere` searched for by UID.

    One request for all of `uids`, however many: a first push must not cost more than its writes and two questions.
    Also returns what was read, by `dav_xml.place`.
    """
    paths = {uid: calendar.path(href) for uid, href in uids.items()}
    found = calendar.read([*paths.values()], at_once=len(paths)) if paths else {}
    looked_for = {place(path) for path in paths.values()}
    if missing := looked_for - found.keys():
        looked_for -= missing & _there(calendar)  # listed, and not given
    for uid in elsewhere:
        for member in calendar.search(uid):
            found[place(member.href)] = member
    rows = {place(path): Agreed(uid, path, None, "", {}, "", "") for uid, path in paths.items()}
    wanted = frozenset(uids) | frozenset(elsewhere)
    return _sort_out(found, {}, rows, looked_for, wanted, timezone), found


def _there(calendar: Calendar) -> set[str]:
    """The places of everything that the calendar lists. One request."""
    return {place(one.href) for one in calendar.listing().members if one.status == 200}


def _sort_out(
    found: Mapping[str, Member],
    present: Mapping[str, Member],
    at_place: Mapping[str, Agreed],
    looked_at: set[str],
    ours: frozenset[str] | set[str],
    timezone: str,
) -> Remote:
    """Which of the objects read are ours, and which of ours are gone."""
    items: dict[str, Item] = {}
    unreadable: dict[str, str] = {}
    for where in sorted(found, key=lambda one: one not in at_place):  # our own places first: a copy elsewhere loses
        member = found[where]
        etag = member.etag or (present[where].etag if where in present else None)
        uid = _uid(member.data or b"")
        if uid not in ours or etag is None or uid in items:
            continue
        try:
            items[uid] = Item(member.href, etag, read_content(member.data or b"", timezone))
        except ValueError as fault:
            why = next(iter(fault.args), "")
            unreadable[uid] = why if isinstance(why, Message) else str(fault)
    gone = {at_place[where].uid for where in looked_at if where in at_place} - items.keys() - unreadable.keys()
    return Remote(items, frozenset(gone), unreadable)


def _uid(data: bytes) -> str:
    """The UID of an object, without the cost of reading all of it."""
    found = _UID.search(data.replace(b"\r\n ", b"").replace(b"\n ", b""))
    return found.group(1).strip().decode("utf-8", "replace") if found else ""


def _name(where: str) -> str:
    return where.rpartition("/")[2].removesuffix(".ics")

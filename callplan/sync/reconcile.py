"""The decisions of sync. Pure: three versions of each event go in, what the user did and what is to be sent come out.

*Desired* is what the plan wants, *agreed* what both sides had after the last sync, *remote* what has changed on the
server since. Nothing here talks to anybody, so every rule can be tried by the thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from callplan.ics.description import as_text
from callplan.ics.event import Event, Revision
from callplan.sync.content import (
    FIELDS,
    Content,
    description_words,
    digest,
    fields_of,
    hashes,
    other_meaning,
    parse_when,
)
from callplan.sync.dragged import as_meant, local_start, stands_on_its_day
from callplan.sync.memory import MAX_SEQUENCE, Known, Memory
from callplan.sync.operations import (
    Adopt,
    Cancelled,
    Create,
    Delete,
    Deleted,
    Edit,
    Forget,
    Furnished,
    Moved,
    Noted,
    Operation,
    Reworded,
    Update,
)
from callplan.sync.recurring import is_moved, still_recurring

#: The share of words that two versions of one line have in common at least.
_LIKE = 0.5

#: The status of an event of ours that the user has cancelled and that is still to be removed (`Agreed.fields`).
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Agreed:
    """One item as both sides last had it. `etag` None: written, but the server has not said which version it is."""

    uid: str
    href: str
    etag: str | None
    fingerprint: str
    fields: Mapping[str, str]
    description: str
    other: str  # content.other_meaning
    listed: bool = False  # whether the server has listed this very version: a later listing of it tells nothing new
    named: bool = False  # whether its last answer named it: SOGo names what was changed last time and again

    @property
    def confirmed(self) -> bool:
        """Whether the server has shown that it has the item. A write may be called a success and not have happened."""
        return self.etag is not None or self.listed

    @property
    def taken_out(self) -> bool:
        """Whether the user had cancelled the event when it was last looked at."""
        return self.fields.get("status") == CANCELLED

    def cancelled(self) -> Agreed:
        """The row once the user has been seen to have cancelled the event, which it is then to be removed for."""
        return replace(self, fields={**self.fields, "status": CANCELLED})


def agreed_on(href: str, etag: str | None, event: Event) -> Agreed:
    """The row for an event that the server now has."""
    return Agreed(event.uid, href, etag, event.fingerprint, fields_of(event), event.description, other_meaning(event))


@dataclass(frozen=True, slots=True)
class Item:
    """One of our items as read from the server."""

    href: str
    etag: str
    content: Content


@dataclass(frozen=True, slots=True)
class Remote:
    """What the server has that is not as agreed: `items` by UID, and the UIDs that are `gone`.

    `unreadable` are items of ours whose content cannot be understood (UID to sentence): they are left as they are.
    `taken` are the UIDs at whose place something of somebody else's stands: not every server minds writing over it.
    """

    items: Mapping[str, Item] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    unreadable: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


def find_edits(
    desired: Sequence[Event],
    agreed: Mapping[str, Agreed],
    remote: Remote,
    memory: Memory,
    given: frozenset[str] = frozenset(),
    returned: frozenset[str] = frozenset(),
    left_alone: frozenset[str] = frozenset(),
) -> tuple[Edit, ...]:
    """What the user did in their calendar since the last sync. `given`: UIDs whose time the record gives.

    `returned`: UIDs of events that the record did not want for a while since then: another machine of the user's may
    have taken those away. `left_alone`: applications whose file cannot be read just now: nothing of theirs is desired,
    and what the user does to it counts all the same.

    A field counts as the user's when it differs from what callplan last wrote: as the object itself says
    (`Content.wrote`), else as agreed. With neither, nothing can be told apart and only the notes are taken.
    """
    wanted = {event.uid: event for event in desired}
    aside = {uid for uid, known in memory.items() if known.application in left_alone}
    # So may one that is not wanted any more.
    missing = sorted(remote.gone & agreed.keys() & (wanted.keys() | aside) - returned)
    edits: list[Edit] = [Deleted(uid) for uid in missing if agreed[uid].confirmed]
    for uid, item in sorted(remote.items.items()):
        row, event, known = agreed.get(uid), wanted.get(uid), memory.get(uid)
        kept = known.kept.get("when") if known else None
        content = as_meant(item.content, event, row.fields.get("when") if row else None, kept.theirs if kept else None)
        base = content.wrote or (hashes(row.fields, row.description) if row and row.fields else None)
        if content.cancelled and (event is not None or uid in aside):
            edits.append(Cancelled(uid))
        ours = fields_of(event) if event else _as_planned(row, known)
        if base is not None and ours is not None:
            edits += _changed_fields(uid, content, base, ours, known, row, uid in given)
            if content.wrote and event is not None:
                edits += _told_by_another_machine(uid, content, row, ours, known)
        notes = _notes(content, base, row, event)
        if notes != (known.own_notes if known else ""):
            edits.append(Noted(uid, notes))
        if content.foreign != (known.foreign if known else ()):
            edits.append(Furnished(uid, content.foreign))
    return tuple(edits)


def published_elsewhere(items: Mapping[str, Item], memory: Memory) -> dict[str, datetime]:
    """The start (UTC) of events that another machine of the user's has put where this one does not know them to be.

    Only where they stand as that machine wrote them: a time of the user's own comes home instead (`find_edits`).
    """
    found: dict[str, datetime] = {}
    for uid, item in items.items():
        when, wrote = item.content.fields.get("when"), item.content.wrote or {}
        if when is not None and digest(when) == wrote.get("when") and "when" not in item.content.kept:
            known, (start, _) = memory.get(uid), parse_when(when)
            if known is None or known.start != start:
                found[uid] = start
    return found


def _as_planned(row: Agreed | None, known: Known | None) -> Mapping[str, str] | None:
    """What the plan wanted of an event when it was last written; None where that is not known."""
    if row is None or not row.fields:
        return None
    return {**row.fields, **({name: kept.ours for name, kept in known.kept.items()} if known else {})}


def _changed_fields(
    uid: str,
    content: Content,
    base: Mapping[str, str],
    ours: Mapping[str, str],
    known: Known | None,
    row: Agreed | None,
    given: bool,
) -> list[Edit]:
    edits: list[Edit] = []
    for name in FIELDS:
        theirs = content.fields.get(name)
        if theirs is None or digest(theirs) == base.get(name):
            continue
        mine = ours.get(name, "")
        kept = known.kept.get(name) if known else None
        # What was written may have been the user's own earlier text: then the plan's side is what it was at that time.
        before = digest(kept.ours) if kept else base.get(name)
        # The record may have caught up with an earlier change of theirs, after which nothing had to be written.
        agreed = row is not None and row.fields.get(name) == mine
        clash = bool(mine) and mine != theirs and digest(mine) != before and not agreed
        if name == "when":
            edits.append(Moved(uid, *parse_when(theirs), mine, clash and given))
        else:
            edits.append(Reworded(uid, name, theirs, mine, clash and name in ("summary", "location")))
    return edits


def _told_by_another_machine(
    uid: str, content: Content, row: Agreed | None, ours: Mapping[str, str], known: Known | None
) -> list[Edit]:
    """Fields that stand as callplan last wrote them, where the user's hand came or went by another machine of theirs.

    That machine read every edit before it wrote (If-Match), so what it kept is the user's; and what it no longer keeps
    though this machine saw it in the calendar, the user has taken back.
    """
    edits: list[Edit] = []
    for name, written in (content.wrote or {}).items():
        theirs, mine = content.fields.get(name), ours.get(name)
        if theirs is None or mine is None or digest(theirs) != written:
            continue
        kept = known.kept.get(name) if known else None
        if name in content.kept:
            if theirs not in (mine, kept.theirs if kept else None):
                clash = digest(mine) != content.kept[name] and name in ("summary", "location")
                edits.append(_edit(uid, name, theirs, mine, clash))
        elif kept and row and row.fields.get(name) == kept.theirs != theirs:
            edits.append(_edit(uid, name, mine, mine, clash=False))
    return edits


def _edit(uid: str, name: str, theirs: str, mine: str, clash: bool) -> Edit:
    return Moved(uid, *parse_when(theirs), mine, clash) if name == "when" else Reworded(uid, name, theirs, mine, clash)


def _notes(content: Content, base: Mapping[str, str] | None, row: Agreed | None, event: Event | None) -> str:
    """Everything that is the user's own: what stands below the line, and lines they put into callplan's part.

    A phone shows one text field, and people type at its top. Those lines are moved below the line, so that the script
    can be brought up to date without losing a word.
    """
    below = content.own_notes.strip()
    if base is None or digest(description_words(content.description)) == base.get("description"):
        return below
    known = [one.description for one in (row, event) if one is not None]
    if not known or any(description_words(content.description) == description_words(text) for text in known):
        return below
    whole = any(digest(description_words(text)) == base.get("description") for text in known)
    above = _typed_above(as_text(content.description).split("\n"), known, whole=whole)
    return "\n".join([*above, *([below] if below else [])]).strip()


def _typed_above(lines: Sequence[str], known: Iterable[str], *, whole: bool) -> list[str]:
    """The lines that are in none of the texts of ours that are known.

    `whole`: what callplan last wrote is among these. Else a line that stands after one of ours may be of another
    version of them, which another machine wrote; it is taken for that where it is like one of ours.
    """
    ours = {description_words(line) for text in known for line in text.split("\n")}
    new = [(at, line.rstrip()) for at, line in enumerate(lines) if description_words(line) not in {*ours, ""}]
    if whole or not new:
        return [line for _, line in new]
    first = next((at for at, line in enumerate(lines) if description_words(line) in ours - {""}), len(lines))
    return [line for at, line in new if at < first or not _is_like(description_words(line), ours)]


def _is_like(line: str, others: Iterable[str]) -> bool:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only where two machines and the user met in one text

    said = line.split()
    return any(SequenceMatcher(None, said, other.split()).ratio() > _LIKE for other in others if other)


def reconcile(
    desired: Sequence[Revision],
    agreed: Mapping[str, Agreed],
    remote: Remote,
    memory: Memory,
    *,
    present: frozenset[str] | None = None,
    left_alone: frozenset[str] = frozenset(),
) -> tuple[Operation, ...]:
    """What has to be done so that the calendar is as desired. The user's edits are already in `desired` and `memory`.

    `present` are the applications in the book (None: all), `left_alone` those whose file cannot be read just now:
    their items are neither changed nor removed.
    """
    wanted = {revision.event.uid: revision for revision in desired}
    operations: list[Operation] = []
    for revision in desired:
        if revision.event.uid not in remote.unreadable.keys() | remote.taken:
            operations += _bring_about(revision, agreed, remote, memory)
    for uid in sorted((agreed.keys() | remote.items.keys()) - wanted.keys() - remote.unreadable.keys()):
        row, item = agreed.get(uid), remote.items.get(uid)
        known = memory.get(uid)
        application = known.application if known else ""
        if uid in remote.gone:
            operations.append(Forget(uid))
        elif application in left_alone:
            if item and row:
                operations.append(Adopt(uid, item.href, item.etag, None))
        elif item or (row and row.etag):
            explained = present is None or application in present or not application
            operations.append(_removal(uid, item, row, explained))
    return tuple(operations)


def _removal(uid: str, item: Item | None, row: Agreed | None, explained: bool) -> Delete:
    """Remove the version just seen, else the one agreed; the caller knows that there is one with an ETag."""
    if item is not None:
        return Delete(uid, item.href, item.etag, item.content.fields.get("summary", ""), explained)
    assert row is not None  # noqa: S101
    return Delete(uid, row.href, row.etag or "", row.fields.get("summary", ""), explained)


def _bring_about(revision: Revision, agreed: Mapping[str, Agreed], remote: Remote, memory: Memory) -> list[Operation]:
    event = revision.event
    row, item, known = agreed.get(event.uid), remote.items.get(event.uid), memory.get(event.uid)
    agreed_when = row.fields.get("when") if row else None
    own_notes, foreign = (known.own_notes, known.foreign) if known else ("", ())
    wanted = fields_of(event)["when"]
    if foreign and is_moved((item.content.fields.get("when") if item else None) or agreed_when, wanted):
        foreign = still_recurring(foreign, local_start(wanted, event))
    if item is None:
        if row is None or event.uid in remote.gone:
            return [Create(event.uid, f"{event.uid}.ics", revision, own_notes, foreign)]
        if row.etag is None or row.fingerprint == event.fingerprint:
            return []  # without a version nothing may be overwritten: the next look finds it
        return [Update(event.uid, row.href, row.etag, revision, own_notes, foreign)]
    content = replace(item.content, day=None) if stands_on_its_day(item.content, event, agreed_when) else item.content
    if says(content, event, own_notes) and (row is None or row.other == other_meaning(event)):
        return [Adopt(event.uid, item.href, item.etag, event)]
    newer = min(max(revision.sequence, item.content.sequence + 1), MAX_SEQUENCE)
    revised = Revision(event, newer, revision.modified)
    return [Update(event.uid, item.href, item.etag, revised, own_notes, foreign)]


def says(content: Content, event: Event, own_notes: str) -> bool:
    """Whether the object on the server means what is wanted, however it is written."""
    ours = fields_of(event)
    return (
        all(content.fields[name] == ours[name] for name in FIELDS if name in content.fields)
        and description_words(content.description) == description_words(event.description)
        and content.own_notes.strip() == own_notes.strip()
        and not content.cancelled
        and content.day is None
    )

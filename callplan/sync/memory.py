"""What callplan remembers of each event, and how that shapes the next version of it. Pure.

An event has a history (SEQUENCE and the time of its last change, the same whoever asks) and may carry the user's hand:
a time they moved it to, a word they changed, notes of their own. `revise` puts both on the events of a fresh plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from callplan.ics.event import Event, Revision
from callplan.message import Message, message
from callplan.plan.step import Step, StepKind
from callplan.sync.content import FIELDS, fields_of, parse_when, when_text, with_field
from callplan.sync.operations import Cancelled, Deleted, Edit, Furnished, Moved, Noted, PutBack, Reworded

#: The largest SEQUENCE every reader takes (a signed 32-bit number).
MAX_SEQUENCE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A field the user changed: their text, and the plan's own at that time (`content.FIELDS`).

    `clash`: the plan has changed it too, to something else, and the user has not chosen yet.
    """

    theirs: str
    ours: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed. The calendar's text stands until the user chooses."""

    uid: str
    title: str
    field: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of one event. `sequence` 0: never revised. `dismissed`: the user deleted or cancelled it.

    `home` are the lines of `own_notes` that are in the record already (`content.words` of each). `seen`: how many
    entries the log had when the calendar was last looked at with this event wanted (-1: not known).
    """

    uid: str
    application: str = ""
    fingerprint: str = ""
    sequence: int = 0
    modified: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    start: datetime | None = None
    kept: Mapping[str, Kept] = field(default_factory=dict)
    own_notes: str = ""
    foreign: tuple[str, ...] = ()
    dismissed: bool = False
    home: tuple[str, ...] = ()
    seen: int = -1


Memory = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Revised:
    """`revise`'s answer: the events with their history, what is to be remembered, and what the user should be told.

    `dropped` says by UID why the time to which the user had moved an event counts no more.
    """

    revisions: tuple[Revision, ...]
    memory: Memory  # only what changed
    dropped: Mapping[str, Message] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def times_of_the_record(steps: Iterable[Step]) -> frozenset[str]:
    """The UIDs of steps whose time the record gives: a new time there must win over that of a moved event."""
    return frozenset(step.uid for step in steps if step.kind in (StepKind.INTERVIEW, StepKind.THANK_YOU_DEADLINE))


def learn(memory: Memory, edits: Iterable[Edit]) -> Memory:
    """What is remembered after the user's edits; only the entries that changed."""
    learnt: dict[str, Known] = {}
    for edit in edits:
        known = learnt.get(edit.uid) or memory.get(edit.uid) or Known(edit.uid)
        match edit:
            case Moved(start=start, end=end, instead_of=ours, clash=clash):
                known = _keep(known, "when", Kept(when_text(start, end), ours, clash))
            case Reworded(field=name, theirs=theirs, ours=ours, clash=clash):
                known = _keep(known, name, Kept(theirs, ours, clash))
            case Noted(notes=notes):
                known = replace(known, own_notes=notes)
            case Furnished(lines=lines):
                known = replace(known, foreign=lines)
            case Deleted() | Cancelled():
                known = replace(known, dismissed=True)
            case PutBack():
                known = replace(known, dismissed=False)
        learnt[edit.uid] = known
    return learnt


def count_on(memory: Memory, sequences: Mapping[str, int]) -> Memory:
    """What is remembered when clients have counted SEQUENCE further than we; only the entries that changed.

    A client may drop an update whose number is lower than the one it has.
    """
    return {
        uid: replace(known, sequence=min(sequence, MAX_SEQUENCE))
        for uid, sequence in sequences.items()
        if (known := memory.get(uid)) is not None and sequence > known.sequence
    }


def catch_up(memory: Memory, wanted: Iterable[str], entries: Mapping[str, int], owners: Mapping[str, str]) -> Memory:
    """What is remembered once the log has been seen as long as it is (`entries` by application); only what changed."""
    lengths = {uid: entries.get(owners.get(uid, ""), -1) for uid in wanted}
    known = {uid: memory.get(uid) or Known(uid) for uid in lengths}
    return {uid: replace(one, seen=lengths[uid]) for uid, one in known.items() if one.seen != lengths[uid]}


def _keep(known: Known, name: str, value: Kept) -> Known:
    kept = {other: former for other, former in known.kept.items() if other != name}
    if value.theirs != value.ours:
        kept[name] = value
    return replace(known, kept=kept)


def resolve(known: Known, *, theirs: bool) -> Known:
    """What is remembered once the user has chosen: `theirs` keeps the calendar's version, else the plan's counts."""
    kept = {name: replace(value, clash=False) for name, value in known.kept.items()} if theirs else {}
    return replace(known, kept=kept)


def revise(
    events: Sequence[Event],
    memory: Memory,
    now: datetime,
    owners: Mapping[str, str] | None = None,
    given: frozenset[str] = frozenset(),
) -> Revised:
    """Give each event its history and the user's hand; leave out what the user dismissed.

    `owners` names the application of a UID. `given` are the UIDs whose time comes straight from the record (an
    interview): there a new time in the record beats a time the user had moved the event to.
    """
    revisions: list[Revision] = []
    changed: dict[str, Known] = {}
    dropped: dict[str, Message] = {}
    conflicts: list[Conflict] = []
    for plain_event in events:
        known = memory.get(plain_event.uid) or Known(plain_event.uid)
        if known.dismissed:
            continue
        event, kept, why = _with_hand(plain_event, known.kept, now, plain_event.uid in given)
        if why:
            dropped[event.uid] = why
        conflicts += (
            Conflict(event.uid, plain_event.summary, name, value.theirs, value.ours)
            for name, value in kept.items()
            if value.clash
        )
        fresh = replace(
            known,
            kept=kept,
            start=event.start.astimezone(UTC),
            application=(owners or {}).get(event.uid, known.application),
        )
        if event.fingerprint != known.fingerprint:
            fresh = replace(
                fresh,
                fingerprint=event.fingerprint,
                sequence=min(known.sequence + 1, MAX_SEQUENCE),
                modified=now.astimezone(UTC).replace(microsecond=0),
            )
        if fresh != known:
            changed[event.uid] = fresh
        revisions.append(Revision(event, fresh.sequence, fresh.modified))
    return Revised(tuple(revisions), changed, dropped, tuple(conflicts))


def _with_hand(
    event: Event, kept: Mapping[str, Kept], now: datetime, given: bool
) -> tuple[Event, Mapping[str, Kept], Message | None]:
    """The event as the user wants it, what of their changes still counts, and why their time does not any more."""
    if not kept:
        return event, kept, None
    ours = fields_of(event)
    remaining: dict[str, Kept] = {}
    why: Message | None = None
    result = event
    for name in FIELDS:
        value = kept.get(name)
        if value is None or value.theirs == ours[name]:
            continue
        moved_on = value.ours != ours[name]  # the plan changed the same field since
        clash = value.clash
        if name == "when":
            followed = bool(value.ours) and _start(value.ours) == _start(value.theirs)  # only its length is the user's
            if given:  # a corrected end leaves the event on the day to which the user moved it
                beaten = moved_on and (followed or not value.ours or _start(value.ours) != _start(ours[name]))
            else:
                beaten = moved_on and followed and _start(value.theirs) != _start(ours[name])
            over = _over(value.theirs, ours[name], now, given)
            if over or (beaten and not clash):
                why = message("that time has passed") if over else message("the record gives it another one")
                continue
        elif moved_on and name in ("status", "transparency", "alarms"):
            continue  # the step itself became something else; the user's setting was for what it was
        elif moved_on:
            clash = True
        remaining[name] = Kept(value.theirs, ours[name], clash)
        result = with_field(result, name, value.theirs)
    return result, remaining, why


def _start(when: str) -> datetime:
    return parse_when(when)[0]


def _over(theirs: str, ours: str, now: datetime, given: bool) -> bool:
    """Whether the user's time has passed and the plan, finding the step undone, gives it a later one.

    What the record gives may have been earlier than it says; but what it has still ahead, the user needs to see there.
    """
    _, end = parse_when(theirs)
    return end < now and parse_when(ours)[0] > (now if given else end)

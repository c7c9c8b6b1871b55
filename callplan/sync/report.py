"""What a sync did, as a value: for the terminal, for JSON, for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from callplan.book.types import LogEntry
from callplan.errors import DecisionError, PartlyDoneError
from callplan.message import joined, message, plain_moment
from callplan.sync.content import parse_when, when_text
from callplan.sync.memory import Conflict
from callplan.sync.operations import (
    Cancelled,
    Delete,
    Deleted,
    Edit,
    Furnished,
    Moved,
    Noted,
    PutBack,
    Reworded,
    Write,
)

#: How many failures an error lists.
_LISTED = 10

#: What a conflict is about.
_FIELDS = {"when": message("time"), "summary": message("title"), "location": message("place")}


@dataclass(frozen=True, slots=True)
class Line:
    """One event that was (in a dry run: would be) written. `start` and `end` are aware, None for a removal."""

    uid: str
    summary: str
    start: datetime | None = None
    fault: str = ""
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a sync. `unchanged` counts events that stood as wanted; `messages` are for the user to read."""

    calendar: str
    dry_run: bool = False
    created: tuple[Line, ...] = ()
    updated: tuple[Line, ...] = ()
    deleted: tuple[Line, ...] = ()
    unchanged: int = 0
    failed: tuple[Line, ...] = ()
    edits: tuple[Edit, ...] = ()
    messages: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()  # undecided: the calendar's version stands
    logged: tuple[tuple[str, LogEntry], ...] = ()  # application and what came home into its log
    titles: Mapping[str, str] = field(default_factory=dict)  # summary by UID, for the words about edits
    timezone: str = "UTC"  # of the user: the times in `lines` are theirs
    by_hand: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # as `times_by_hand`, after this sync
    deadlines: frozenset[str] = frozenset()  # UIDs of events whose end is what matters

    @property
    def changes(self) -> int:
        """How many events were written or removed."""
        return len(self.created) + len(self.updated) + len(self.deleted)

    def lines(self) -> list[str]:
        """A line a change, then what the user did, then what they should know. Empty when nothing happened."""
        marks = (("+", self.created), ("~", self.updated), ("-", self.deleted), ("!", self.failed))
        zone = ZoneInfo(self.timezone)
        text = [_line(mark, one, zone, by=one.uid in self.deadlines) for mark, lines in marks for one in lines]
        return [*text, *self.told_edits(), *self.told_log(), *self.messages, *self.told_conflicts()]

    def told_log(self) -> list[str]:
        """What came home into the record, a sentence each."""
        zone = ZoneInfo(self.timezone)
        told: list[str] = []
        for application, entry in self.logged:
            begun = message("Would be logged for {name}: ", name=application) if self.dry_run else None
            one = (begun or message("Logged for {name}: ", name=application)) + message(entry.step)
            if entry.outcome:
                one += joined("", (" ", message(entry.outcome)))
            if entry.to:
                one += f" ({', '.join(entry.to)})"
            if entry.outcome == "moved" and entry.time:
                one += message(" to {time}", time=entry.time.astimezone(zone))
            told.append(one + f": {' '.join(entry.note.split())}" if entry.note else one)
        return told

    def told_conflicts(self) -> list[str]:
        """Both versions of what both sides changed, and the commands to choose."""
        zone = ZoneInfo(self.timezone)
        return [
            message(
                '? "{title}": you and the record changed the {field}. Calendar: "{theirs}". Record: "{ours}". The '
                "calendar's stands until you choose: callplan sync --resolve {event} theirs (the calendar's) or mine "
                "(the record's).",
                title=one.title,
                field=_FIELDS.get(one.field, one.field),
                theirs=_shown(one, one.theirs, zone),
                ours=_shown(one, one.ours, zone),
                event=self._named(one),
            )
            for one in self.conflicts
        ]

    def _named(self, conflict: Conflict) -> str:
        """How to name a conflict on the command line: by its title, where no other and no shell takes that wrong."""
        title = conflict.title.casefold()
        alike = {one.uid for one in self.conflicts if title in self.titles.get(one.uid, one.title).casefold()}
        plain = alike == {conflict.uid} and not set(title) & set('"\\$`!\n')
        return f'"{conflict.title}"' if plain else conflict.uid

    def told_edits(self) -> list[str]:
        """What the user did in their calendar, a sentence each."""
        zone = ZoneInfo(self.timezone)
        told = (_about(edit, self.titles.get(edit.uid, edit.uid), zone) for edit in self.edits)
        return [one for one in told if one]

    def as_json(self) -> dict[str, Any]:
        """The report with stable keys; times ISO 8601 with offset."""

        def listed(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
            return [
                {"uid": one.uid, "summary": one.summary, "start": one.start.isoformat() if one.start else None}
                | ({"fault": one.fault} if one.fault else {})
                for one in lines
            ]

        return {
            "calendar": self.calendar,
            "dry_run": self.dry_run,
            "created": listed(self.created),
            "updated": listed(self.updated),
            "deleted": listed(self.deleted),
            "unchanged": self.unchanged,
            "failed": listed(self.failed),
            "yours": self.told_edits(),
            "logged": [
                {
                    "application": application,
                    "step": entry.step,
                    "to": list(entry.to),
                    "outcome": entry.outcome,
                    "at": entry.at.isoformat(),
                    "time": entry.time.isoformat() if entry.time else None,
                    "note": entry.note,
                }
                for application, entry in self.logged
            ],
            "conflicts": [
                {"uid": one.uid, "title": one.title, "field": one.field, "theirs": one.theirs, "mine": one.ours}
                for one in self.conflicts
            ],
            "messages": list(self.messages),
        }


class HeldBackError(DecisionError):
    """Much would be lost at once, so nothing was done. `report` says so too."""

    def __init__(self, report: Report, reason: str) -> None:
        self.report = replace(report, messages=(reason,))
        super().__init__(reason)


class PartlySyncedError(PartlyDoneError):
    """Some events were written and some were not. `report` lists both."""

    def __init__(self, report: Report, reason: str = "") -> None:
        self.report = report
        failed = len(report.failed)
        lines: list[str] = [joined("", (f'"{one.summary}" ', one.fault)) for one in report.failed[:_LISTED]]
        if failed > _LISTED:
            lines.append(message("… and {count} more", count=failed - _LISTED))
        head = message("{count} of {all} changes could not be made.", count=failed, all=failed + report.changes)
        super().__init__(joined("\n", filter(None, [head, reason, *lines])))


def line_of(write: Write, fault: str = "") -> Line:
    """The line about a write."""
    if isinstance(write, Delete):
        return Line(write.uid, write.summary, None, fault)
    event = write.revision.event
    return Line(write.uid, event.summary, event.start, fault, event.end)


def sorted_lines(writes: Iterable[Write], kind: type[Write]) -> tuple[Line, ...]:
    """The lines about the writes of one kind, by time."""
    return tuple(sorted((line_of(one) for one in writes if isinstance(one, kind)), key=_when))


def _when(line: Line) -> tuple[float, str, str]:
    return (line.start.timestamp() if line.start else 0.0, line.summary, line.uid)


def _line(mark: str, line: Line, zone: ZoneInfo, *, by: bool) -> str:
    moment = line.end if by else line.start
    when = []
    if moment is not None:
        local = moment.astimezone(zone)
        time = joined("", [message(f"{local:%a}"), f" {plain_moment(local)}"])
        when = [message("by {time}", time=time) if by else time, "  "]
    return joined("", [f"{mark} ", *when, line.summary, *((" ", line.fault) if line.fault else ())])


def _shown(conflict: Conflict, text: str, zone: ZoneInfo) -> str:
    if conflict.field != "when" or not text:
        return text
    start, end = (moment.astimezone(zone) for moment in parse_when(text))
    return f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"


def _about(edit: Edit, title: str, zone: ZoneInfo) -> str:
    """What the user did, in words; "" for what goes without saying."""
    match edit:
        case Moved(start=start, end=end, instead_of=planned) if planned == when_text(start, end):
            return ""  # it was taken back, on another machine
        case Moved(start=start, instead_of=planned, stands=stands, dropped=why):
            moved = message('You moved "{title}" to {time}', title=title, time=start.astimezone(zone))
            if planned:
                moved += message(" (planned: {time})", time=parse_when(planned)[0].astimezone(zone))
            if stands is None:
                return moved + "."
            if not stands and why:
                return moved + message(". It is not kept: {reason}.", reason=why)
            if not stands:
                return moved + message(". It is not kept.")
            return moved + message(". The time is kept.")
        case Reworded(field="summary", theirs=theirs):
            return message('You changed the title of "{title}" to "{text}". It is kept.', title=title, text=theirs)
        case Reworded(field="location", theirs=theirs):
            return message('You changed the place of "{title}" to "{text}". It is kept.', title=title, text=theirs)
        case Noted(kept=True):
            return message('Your notes in "{title}" are kept.', title=title)
        case Noted():
            return message('You wrote in "{title}".', title=title)
        case Deleted():
            return message('You deleted "{title}". It stays deleted.', title=title)
        case PutBack():
            return message('You put "{title}" back into your calendar. It stays.', title=title)
        case Cancelled():
            return message('You cancelled "{title}". It is taken out of the plan.', title=title)
        case Reworded() | Furnished():
            return ""

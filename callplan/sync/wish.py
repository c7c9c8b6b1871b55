"""What is wanted of a calendar: the events of a plan, and whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from callplan.book.types import LogEntry
from callplan.ics.event import Event
from callplan.sync.memory import Memory
from callplan.sync.operations import Edit


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of the calendar.

    `owners`: the application of each UID. `given`: UIDs whose time comes straight from the record. `present`:
    applications in the book (None: all that are known). `left_alone`: those whose file cannot be read just now.
    `deadlines`: UIDs of events that end when something is due. `past`: of those that are over, which stay where they
    stand and are not written anew.
    `ours`: further UIDs that callplan may have written (steps now done). `timezone` and `language` are the user's.
    `with_slots`: the wish of the plan made anew with where another machine has published calls; None: nothing new.
    `entries`: how long the log of each application is. `accounts_for`: whether the record says why the event with this
    UID is not wanted any more, when it still was as the log was so long. `was_out`: whether the record itself took the
    event out of the calendar and put it back since the log was so long, `was_wanted`: whether it ever put it there
    (`plan.returns`): an event of which nothing is known may be of a newer book than this one. `skipped_there`: UIDs of
    steps that the log has skipped because their events were deleted in the calendar (`put_back`).
    """

    events: Sequence[Event]
    owners: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    present: frozenset[str] | None = None
    left_alone: frozenset[str] = frozenset()
    deadlines: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    timezone: str = "UTC"
    language: str = "en"
    entries: Mapping[str, int] = field(default_factory=dict)
    with_slots: Callable[[Mapping[str, datetime]], Wish | None] = lambda _slots: None
    accounts_for: Callable[[str, int], bool] = lambda _uid, _seen: True
    was_out: Callable[[str, int], bool] = lambda _uid, _seen: False
    was_wanted: Callable[[str], bool] = lambda _uid: True
    skipped_there: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Replanned:
    """What came home into the record: the wish of the plan made anew, what is remembered instead, what was logged.

    `waiting`: UIDs of events that were put back and whose record cannot be written just now: a later sync does it.
    """

    wish: Wish
    memory: Memory
    logged: tuple[tuple[str, LogEntry], ...] = ()
    messages: tuple[str, ...] = ()
    waiting: frozenset[str] = frozenset()


#: Given what is remembered, the user's edits, and when clients last wrote an event (by UID), brings home into the
#: record what is not there yet, and makes the plan anew; None when there is nothing.
Replan = Callable[[Memory, Sequence[Edit], Mapping[str, datetime]], "Replanned | None"]

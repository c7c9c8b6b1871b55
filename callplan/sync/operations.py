"""What sync found the user to have done, and what it is going to do: small values that speak for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from callplan.ics.event import Event, Revision

# -- what the user did in a calendar client --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """The user moved an event. `start` and `end` are UTC; `instead_of` is the plan's time (`content.when_text`).

    `clash`: the plan has moved it too, to another time, and that time is given by the record. `stands`: whether the
    event is at that time after the sync (None: it is not in the calendar any more), and `dropped` why it is not.
    """

    uid: str
    start: datetime
    end: datetime
    instead_of: str
    clash: bool = False
    stands: bool | None = True
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """The user changed a field (`content.FIELDS`) to `theirs`; the plan says `ours`. `clash`: both changed it."""

    uid: str
    field: str
    theirs: str
    ours: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """The user wrote in the event; `notes` is everything that is theirs now, `kept` whether the event is still there
    after the sync.
    """

    uid: str
    notes: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Furnished:
    """The user or their client added properties of which callplan knows nothing; they stay."""

    uid: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """The user deleted the event: the step is skipped and does not come back."""

    uid: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The user set the event's STATUS to CANCELLED: the step is skipped."""

    uid: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """An event that the user had deleted or cancelled stands in the calendar again: nothing is dismissed any more."""

    uid: str


Edit = Moved | Reworded | Noted | Furnished | Deleted | Cancelled | PutBack


# -- what sync does ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Create:
    """Write a new item at `href` (a name inside the calendar), only if nothing is there (If-None-Match: *)."""

    uid: str
    href: str
    revision: Revision
    own_notes: str = ""
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """Write over our item, only if it still is the version with this ETag (If-Match)."""

    uid: str
    href: str
    etag: str
    revision: Revision
    own_notes: str = ""
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove our item, only if it still is this version. `explained`: its application is still in the book;
    `accounted`: there is a reason why the plan does not want it any more (`guard`).
    """

    uid: str
    href: str
    etag: str
    summary: str
    explained: bool = True
    accounted: bool = True


@dataclass(frozen=True, slots=True)
class Adopt:
    """The server has what is wanted: remember its version, send nothing. `event` None: the content is as before."""

    uid: str
    href: str
    etag: str
    event: Event | None


@dataclass(frozen=True, slots=True)
class Forget:
    """The item is gone on both sides: nothing is sent."""

    uid: str


Operation = Create | Update | Delete | Adopt | Forget
Write = Create | Update | Delete

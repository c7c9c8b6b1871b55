"""A step: one thing to do, with a date. What the plan is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha1
from uuid import UUID

from callplan.message import Message


class StepKind(StrEnum):
    """The steps of the advice."""

    INTERVIEW = "interview"
    NOTES = "notes"
    THANK_YOU = "thank-you"
    THANK_YOU_DEADLINE = "thank-you-deadline"
    LETTER = "letter"
    FOLLOW_UP = "follow-up"
    REHEARSE = "rehearse"
    CALL = "call"
    SECOND_CALL = "second-call"
    ANSWER = "answer"
    REJECTION_REPLY = "rejection-reply"
    REFLECT = "reflect"


class Status(StrEnum):
    """Where a step stands."""

    PLANNED = "planned"  # certain, ahead
    TENTATIVE = "tentative"  # only needed if they stay silent
    DUE = "due"  # its time is now
    LATE = "late"  # past its latest time and undone; moved, never dropped
    DONE = "done"
    SKIPPED = "skipped"
    REFUSED = "refused"  # etiquette or the person forbids it
    UNPLACED = "unplaced"  # no possible time; `why` says what is in the way


#: Steps in these states have nothing in the calendar any more (an interview stays as history).
GONE = frozenset({Status.DONE, Status.SKIPPED, Status.REFUSED, Status.UNPLACED})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    `start`, `end` and `due` are aware; `start`/`end` are None when the step has no place in time (refused, unplaced).
    `timezone` is the IANA zone of the person called, else the user's. `why` is one sentence: the rule, the date it
    counts from, what it avoided. `advice` is the number of the article's sentence (``4.1.b3``).
    """

    application: str
    round: int
    kind: StepKind
    to: tuple[str, ...]
    phone: str | None
    start: datetime | None
    end: datetime | None
    due: datetime | None
    timezone: str
    status: Status
    assumed: bool
    why: Message
    advice: str
    uid: str
    warning: Message | None = None

    @property
    def in_calendar(self) -> bool:
        """Whether the step has an event: it has a time, and is not over."""
        return self.start is not None and (self.status not in GONE or self.kind is StepKind.INTERVIEW)


def step_uid(application_id: UUID, round_number: int, kind: StepKind, whom: str = "") -> str:
    """The iCalendar UID of a step: the same on every machine, ``[a-z0-9-]`` only (uuid5, RFC 9562).

    `whom` tells apart steps that exist once a person (letters) or once a call (rehearsals).
    """
    # `uuid.uuid5` makes an object on the way and takes two and a half times as long; a plan asks for thousands.
    octets = sha1(application_id.bytes + f"{round_number}/{kind.value}/{whom}".encode(), usedforsecurity=False).digest()
    plain = (octets[:6] + bytes((octets[6] & 0x0F | 0x50, octets[7], octets[8] & 0x3F | 0x80)) + octets[9:16]).hex()
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"

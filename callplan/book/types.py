"""An application and what is in it, as values.

Every `datetime` here is aware. A time that was written without an offset has been read in the application's zone
(`ZoneInfo`). Texts are as the user wrote them, stripped of control characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

#: What the log may hold for things that come from the other side.
INCOMING = ("reply", "new-date", "offer", "invitation", "rejection", "on-hold", "withdrawn")

#: Steps a log entry may name besides the incoming ones.
LOGGABLE_STEPS = (
    "interview", "notes", "thank-you", "thank-you-deadline", "letter", "follow-up", "rehearse",
    "call", "second-call", "answer", "rejection-reply", "reflect",
)  # fmt: skip

#: How an attempt ended. `undone` takes back the latest entry of the same step and round; `noted` is a remark on a step
#: and changes nothing. `in-review`: somebody reads the text over (`note` says who); `reviewed`: they have answered.
OUTCOMES = (
    "sent", "done", "reached", "no-answer", "busy", "gatekeeper", "voicemail", "wrong-number",
    "asked-not-to-call", "bad-moment", "skipped", "moved", "out-of-office", "undone", "noted",
    "in-review", "reviewed",
)  # fmt: skip


#: The ways in which they may write to the user, or answer.
CHANNELS = ("email", "phone", "letter", "message")

#: Sorts of firm; a family firm that wrote by letter likes handwriting.
KINDS = ("tech", "family", "public", "corporate", "agency", "other")

#: For salutations. Absent and `unknown` are the same.
GENDERS = ("f", "m", "x", "unknown")


@dataclass(frozen=True, slots=True)
class Hours:
    """Part of a day, half-open: [start, end), in the zone of whoever it is said of."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the other side."""

    name: str
    role: str | None = None
    email: str | None = None
    phone: str | None = None  # international format: "+45 32 12 34 56"; extension as " ext. 12"
    calls: bool = True  # False: never plan a call to this person
    honorific: str | None = None
    given: str | None = None
    family: str | None = None
    gender: str | None = None
    timezone: str | None = None  # IANA name
    country: str | None = None  # ISO 3166 alpha-2
    best_hours: tuple[Hours, ...] = ()
    signs_as: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A remark and who made it."""

    text: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question they asked and how the answer went."""

    asked: str
    by: str | None = None
    rating: int | None = None  # 1 to 5
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """What the user wrote down after the interview."""

    topics: tuple[Noted, ...] = ()
    valued: tuple[Noted, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A length of waiting: ``2 weeks``, ``10 days``, ``1 month``, ``3 working days``."""

    count: int
    unit: str  # day | working day | week | month


@dataclass(frozen=True, slots=True)
class Decision:
    """What they answered to "how long, who, and how?". At most one of `by` and `within`."""

    by: date | None = None
    within: Period | None = None
    contact: str | None = None
    channel: str | None = None  # email | phone | letter | message


@dataclass(frozen=True, slots=True)
class Round:
    """One interview."""

    start: datetime
    end: datetime
    end_assumed: bool = False
    place: str | None = None
    link: str | None = None
    panel: tuple[str, ...] = ()
    invitation: tuple[str, ...] = ()  # UIDs of the calendar events it came by, so that an update finds it
    sequence: int | None = None  # of the latest of them that was taken
    decision: Decision = field(default_factory=Decision)
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class Fit:
    """Something they need, and what the user has to show for it."""

    need: str
    strength: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Something that happened. State is derived from these and from nothing else."""

    at: datetime
    step: str
    outcome: str | None = None
    to: tuple[str, ...] = ()  # empty: everybody the step is for
    note: str = ""
    by: str | None = None  # channel of an incoming entry
    until: date | None = None
    date: date | None = None  # a date they promised
    time: datetime | None = None  # where a step was moved to, or when they asked to be called back
    round: int | None = None  # 1, 2 …; absent: the last round that had begun at `at`
    override: str | None = None  # the reason given for going against the etiquette


@dataclass(frozen=True, slots=True)
class Application:
    """One job the user is after. `name` is the file's stem."""

    name: str
    id: UUID
    company: str
    position: str
    timezone: str | None = None
    language: str | None = None
    country: str | None = None
    subdivision: str | None = None
    invited_by: str | None = None
    kind: str | None = None
    why: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    rounds: tuple[Round, ...] = ()
    fit: tuple[Fit, ...] = ()
    log: tuple[LogEntry, ...] = ()

    def person(self, name: str) -> Person | None:
        """The person of that name, or None."""
        return next((one for one in self.people if one.name == name), None)


#: An interview without an end is taken to last this long (DESIGN of the application file).
ASSUMED_LENGTH = timedelta(hours=1)

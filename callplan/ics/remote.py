"""An event as it stands on a server, and what a person changed in it. Pure: `callplan.ics.read` makes these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from callplan.ics.description import same_description, same_words
from callplan.ics.event import Alarm, Event


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """One VEVENT as the server has it, in the words of `Event`.

    `start` and `end` are aware. For an all-day event they are the midnights in the zone it was read for. `description`
    is our part of the text, `own_notes` the user's. `status` is TENTATIVE, CONFIRMED or CANCELLED, None when absent or
    unheard of; `cancelled` also when a client said so in the title only. `last_modified` is in UTC.
    """

    uid: str
    summary: str
    start: datetime
    end: datetime
    timezone: str  # IANA name; "UTC" where the object names none that is known
    description: str
    own_notes: str = ""
    status: str | None = None
    opaque: bool = True
    cancelled: bool = False
    all_day: bool = False
    recurring: bool = False
    location: str | None = None
    url: str | None = None
    alarms: tuple[Alarm, ...] = ()
    categories: tuple[str, ...] = ()
    sequence: int = 0
    last_modified: datetime | None = None

    @property
    def tentative(self) -> bool:
        """Whether it is marked as not certain."""
        return self.status == "TENTATIVE"


def differences(agreed: Event, remote: RemoteEvent, own_notes: str = "") -> frozenset[str]:
    """Which of start, end, summary, description, location, status and notes differ in meaning.

    `own_notes` are the notes last agreed. Alarms, categories, transparency, numbers and stamps are no difference:
    clients rewrite them when an alarm is dismissed. Nor is a STATUS that a server has dropped, nor white space, HTML
    or composition in a text.
    """
    found = set()
    if remote.all_day or _second(agreed.start) != _second(remote.start):
        found.add("start")
    if remote.all_day or _second(agreed.end) != _second(remote.end):
        found.add("end")
    if not same_words(agreed.summary, remote.summary):
        found.add("summary")
    if not same_description(agreed.description, remote.description):
        found.add("description")
    if not same_words(agreed.location, remote.location):
        found.add("location")
    if remote.cancelled or (remote.status is not None and remote.tentative != agreed.tentative):
        found.add("status")
    if not same_words(own_notes, remote.own_notes):
        found.add("notes")
    return frozenset(found)


def _second(moment: datetime) -> datetime:
    """In UTC: in the hours of a clock change, Python compares times of two zones as never equal (PEP 495)."""
    return moment.astimezone(UTC).replace(microsecond=0)

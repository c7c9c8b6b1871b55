"""What an event says, field by field, so that two versions of it can be compared and merged.

Servers reorder, refold and drop blanks, and clients rebuild an event from the fields they know. So bytes are never
compared: each field becomes a canonical text, and equal texts are the same meaning. What callplan last wrote goes
with the object itself as a row of short hashes (`WROTE`): it tells a user's edit from callplan's own hand even when the
state is lost or a second machine wrote last.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from callplan.ics.description import as_text, plain
from callplan.ics.event import Alarm, Event
from callplan.message import message
from callplan.sync.foreign import fold, foreign_of, furnish, lines_of

#: Own property with the hashes of the fields as written: letters, digits and hyphens (servers cut X- values at commas).
WROTE = "X-CALLPLAN-WROTE"

#: Own property that names the fields holding the user's own text when callplan wrote, each with the hash of what the
#: plan said then: another machine of theirs learns it there, and does not take the text for callplan's.
KEPT = "X-CALLPLAN-KEPT"

#: Why an object of several events is left alone: what each of them says is for the user to know.
SERIES = message(
    "It has become a series with exceptions, which is yours to change. If you do not want it, delete it there."
)

_EVENT = re.compile(rb"^BEGIN:VEVENT[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)

#: Fields a user may change in a client and callplan then keeps; `description` is merged by lines instead.
FIELDS = ("when", "summary", "location", "status", "transparency", "alarms")
_HASHED = (*FIELDS, "description")


_PAGE = re.compile(r"https?://\S+/call/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])", re.IGNORECASE)


def words(text: str | None) -> str:
    """A text reduced to its words: HTML clothing, line breaks, blanks and Unicode composition do not count."""
    return " ".join(unicodedata.normalize("NFC", as_text(plain(text or ""))).split())


def description_words(text: str) -> str:
    """The words of a description but for the address of the call's page, which only the machine that serves it knows.

    Two machines of the user's would write each other's texts anew for ever.
    """
    return words(_PAGE.sub("", text))


def when_text(start: datetime, end: datetime) -> str:
    """A stretch of time as ``20261116T090000Z/20261116T091500Z``: the instant, whatever the zone it is written in."""
    return "/".join(moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (start, end))


def parse_when(text: str) -> tuple[datetime, datetime]:
    """The reverse of `when_text`: start and end in UTC."""
    start, _, end = text.partition("/")
    return _moment(start), _moment(end)


def lasting(when: str, event: Event) -> str:
    """The same stretch; one without any length gets that of the event, for every event has to end after its start."""
    start, end = parse_when(when)
    return when if end > start else when_text(start, start + (event.end.astimezone(UTC) - event.start.astimezone(UTC)))


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


_READ: Mapping[str, Callable[[Event], str]] = {
    "when": lambda event: when_text(event.start, event.end),
    "summary": lambda event: words(event.summary),
    "location": lambda event: words(event.location),
    "status": lambda event: "tentative" if event.tentative else "confirmed",
    "transparency": lambda event: "opaque" if event.opaque else "transparent",
    "alarms": lambda event: alarms_text(alarm.minutes for alarm in event.alarms),
}


def alarms_text(minutes: Iterable[int]) -> str:
    """Reminders as sorted minutes before the start: ``30,1440``."""
    return ",".join(str(one) for one in sorted(set(minutes)))


def fields_of(event: Event) -> dict[str, str]:
    """The canonical text of each field of an event of ours."""
    return {name: _READ[name](event) for name in FIELDS}


def with_field(event: Event, name: str, text: str) -> Event:
    """The event with one field set from its canonical text, as the user left it in a client."""
    if name == "when":
        start, end = parse_when(lasting(text, event))
        return replace(event, start=start.astimezone(event.start.tzinfo), end=end.astimezone(event.end.tzinfo))
    if name == "summary":
        return replace(event, summary=text)
    if name == "location":
        return replace(event, location=text or None)
    if name == "status":
        return replace(event, tentative=text == "tentative")
    if name == "transparency":
        return replace(event, opaque=text == "opaque")
    minutes = [int(one) for one in text.split(",") if one]
    texts = {alarm.minutes: alarm.text for alarm in event.alarms}
    return replace(event, alarms=tuple(Alarm(one, texts.get(one, event.summary)) for one in minutes))


def other_meaning(event: Event) -> str:
    """A hash of what clients are not asked about: zone, link, categories. A change of it is always ours."""
    return digest(f"{event.timezone}\n{event.url or ''}\n{','.join(event.categories)}")


def digest(text: str) -> str:
    """24 bits of SHA-256: enough to tell two versions of one field apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class Content:
    """An object as it stands on the server.

    `fields` holds the canonical texts (a field the reader cannot give is absent), `description` callplan's part of
    the text, `own_notes` what stands below the dividing line, `wrote` the hashes callplan left when it last wrote it,
    `kept` the fields that were the user's then (with the hash of the plan's own text), and `foreign` what callplan
    does not write: the user's or their client's (`foreign.foreign_of`). `day` is the first day of an all-day event,
    which has no field "when".
    """

    uid: str
    fields: Mapping[str, str]
    description: str
    own_notes: str = ""
    cancelled: bool = False
    sequence: int = 0
    wrote: Mapping[str, str] | None = None
    foreign: tuple[str, ...] = field(default=())
    kept: Mapping[str, str] = field(default_factory=dict)
    touched: datetime | None = None  # when somebody last wrote it (UTC), as far as it says
    day: date | None = None


def hashes(fields: Mapping[str, str], description: str) -> dict[str, str]:
    """The hash of each field and of the description."""
    texts = {**fields, "description": description_words(description)}
    return {name: digest(texts[name]) for name in _HASHED if name in texts}


def stamp(data: bytes, event: Event, foreign: tuple[str, ...] = (), kept: Mapping[str, str] | None = None) -> bytes:
    """The rendered object with the hashes of what it says, and what is not callplan's, put into its VEVENT.

    `kept` are the fields that hold the user's text, each with the plan's own.
    """
    marks = hashes(fields_of(event), event.description)
    added = fold(f"{WROTE}:{'-'.join(marks[name] for name in _HASHED)}")
    if kept:
        added += fold(f"{KEPT}:{'-'.join(f'{name}-{digest(ours)}' for name, ours in sorted(kept.items()))}")
    data = furnish(data, foreign) if foreign else data
    return data.replace(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\n" + added, 1)


def own_lines(data: bytes) -> tuple[Mapping[str, str] | None, Mapping[str, str], tuple[str, ...]]:
    """What callplan wrote into an object (`Content.wrote` and `Content.kept`), and what is not callplan's.

    Only the first VEVENT is looked at.
    """
    wrote: Mapping[str, str] | None = None
    kept: Mapping[str, str] = {}
    properties, alarms = lines_of(data)
    for line in properties:
        before, _, value = line.partition(":")
        name, marks = before.partition(";")[0].upper(), value.strip().split("-")
        if name == WROTE:
            wrote = dict(zip(_HASHED, marks, strict=True)) if len(marks) == len(_HASHED) else None
        elif name == KEPT:
            kept = {one: mark for one, mark in zip(marks[::2], marks[1::2], strict=False) if one in FIELDS}
    return wrote, kept, foreign_of(properties, alarms)


def read_content(data: bytes, timezone: str = "UTC") -> Content:
    """The content of an object from the server. Raises ValueError with a sentence when it cannot be known.

    `timezone` (IANA) is for times without a zone.
    """
    from callplan.ics.read import read_object  # noqa: PLC0415 - icalendar takes 60 ms and most runs read nothing

    if len(_EVENT.findall(data)) > 1:
        raise ValueError(SERIES)
    event = read_object(data, timezone)
    fields = {
        "summary": words(event.summary),
        "location": words(event.location),
        "transparency": "opaque" if event.opaque else "transparent",
        "alarms": alarms_text(alarm.minutes for alarm in event.alarms),
    }
    if not event.all_day:
        fields["when"] = when_text(event.start, event.end)
    if event.status is not None and not event.cancelled:
        fields["status"] = "tentative" if event.tentative else "confirmed"
    wrote, kept, foreign = own_lines(data)
    return Content(
        event.uid,
        fields,
        event.description,
        event.own_notes,
        event.cancelled,
        event.sequence,
        wrote,
        foreign,
        kept,
        _touched(data, event.last_modified),
        event.start.date() if event.all_day else None,
    )


_STAMP = re.compile(rb"^DTSTAMP[^:\r\n]*:(\d{8}T\d{6}Z)", re.MULTILINE)


def _touched(data: bytes, last_modified: datetime | None) -> datetime | None:
    """The later of LAST-MODIFIED and DTSTAMP: some clients renew only the one, some the other."""
    stamps = [last_modified] if last_modified is not None else []
    if found := _STAMP.search(data):
        with contextlib.suppress(ValueError):  # the thirtieth of February
            stamps.append(_moment(found.group(1).decode()))
    return max(stamps, default=None)

"""Applications as TOML text, in the words and the order of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from callplan.book.periods import spoken
from callplan.book.types import Application, Decision, Fit, Hours, LogEntry, Noted, Notes, Person, Question, Round

#: What TOML can hold. Tuples are lists, mappings inline tables; None and empty ones are left out of a table.
Value = str | bool | int | date | datetime | UUID | Iterable["Value"] | Mapping[str, "Value"] | None

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONGEST_LINE = 100


def as_toml(application: Application) -> str:
    """The file that reads as this application. Times in its own zone are written without an offset."""
    zone = application.timezone
    parts = [
        table(
            None,
            {
                "id": application.id,
                "company": application.company,
                "position": application.position,
                "language": application.language,
                "country": application.country,
                "subdivision": application.subdivision,
                "timezone": application.timezone,
                "invited_by": application.invited_by,
                "kind": application.kind,
                "why": application.why,
            },
        )
    ]
    parts += [table("[[people]]", person_values(person)) for person in application.people]
    for one in application.rounds:
        parts += _round(one, zone)
    parts += [table("[[fit]]", fit_values(fit)) for fit in application.fit]
    parts += [entry_table(entry) for entry in application.log]
    return "\n".join(parts)


def entry_table(entry: LogEntry) -> str:
    """A ``[[log]]`` table. Times are written with their offset: they must not shift when the zone is corrected."""
    return table("[[log]]", entry_values(entry))


def entry_values(entry: LogEntry) -> dict[str, Value]:
    """The keys of a log entry, in the order of the contract."""
    return {
        "at": entry.at,
        "step": entry.step,
        "outcome": entry.outcome,
        "to": entry.to,
        "by": entry.by,
        "round": entry.round,
        "until": entry.until,
        "date": entry.date,
        "time": entry.time,
        "note": entry.note,
        "override": entry.override,
    }


def person_values(person: Person) -> dict[str, Value]:
    """The keys of a person, in the order of the contract."""
    return {
        "name": person.name,
        "role": person.role,
        "email": person.email,
        "phone": person.phone,
        "calls": None if person.calls else False,
        "honorific": person.honorific,
        "given": person.given,
        "family": person.family,
        "gender": person.gender,
        "timezone": person.timezone,
        "country": person.country,
        "best_hours": [_hours(one) for one in person.best_hours],
        "signs_as": person.signs_as,
    }


def fit_values(fit: Fit) -> dict[str, Value]:
    """The keys of a fit."""
    return {"need": fit.need, "strength": fit.strength, "by": fit.by}


def noted_value(noted: Noted) -> Value:
    """An item of `topics` or `valued`: a text, or an inline table when it says who."""
    return noted.text if noted.by is None else {"text": noted.text, "by": noted.by}


def question_values(question: Question) -> dict[str, Value]:
    """The keys of a question."""
    return {"asked": question.asked, "by": question.by, "rating": question.rating, "better": question.better}


def round_values(one: Round, zone: str | None) -> dict[str, Value]:
    """The keys of a round, without its tables. `zone`: in which times need no offset."""
    return {
        "start": local(one.start, zone),
        "end": None if one.end_assumed else local(one.end, zone),
        "place": one.place,
        "link": one.link,
        "panel": one.panel,
        "invitation": one.invitation[0] if len(one.invitation) == 1 else one.invitation,
        "sequence": one.sequence,
    }


def decision_values(decision: Decision) -> dict[str, Value]:
    """The keys of a decision."""
    within = spoken(decision.within) if decision.within else None
    return {"by": decision.by, "within": within, "contact": decision.contact, "channel": decision.channel}


def _round(one: Round, zone: str | None) -> list[str]:
    parts = [table("[[rounds]]", round_values(one, zone))]
    decision = decision_values(one.decision)
    if any(decision.values()):
        parts.append(table("[rounds.decision]", decision))
    notes: Notes = one.notes
    if notes.topics or notes.valued:
        remarks = {
            "topics": [noted_value(noted) for noted in notes.topics],
            "valued": [noted_value(noted) for noted in notes.valued],
        }
        parts.append(table("[rounds.notes]", remarks))
    parts += [table("[[rounds.notes.questions]]", question_values(question)) for question in notes.questions]
    return parts


def local(moment: datetime, zone: str | None) -> datetime:
    """The moment without an offset, when that reads as the same moment in `zone`."""
    if isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key == zone and not moment.fold:
        return moment.replace(tzinfo=None)
    return moment


def table(header: str | None, values: Mapping[str, Value]) -> str:
    """A table in lines, what is None, "" or an empty list left out."""
    lines = [header] if header else []
    lines += [pair(key, value) for key, value in values.items() if not _is_absent(value)]
    return "".join(f"{line}\n" for line in lines)


def pair(key: str, value: Value) -> str:
    """``key = value``, a long list over several lines."""
    written = f"{written_key(key)} = {written_value(value)}"
    if len(written) <= _LONGEST_LINE or isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        return written
    return f"{written_key(key)} = [\n" + "".join(f"    {written_value(item)},\n" for item in value) + "]"


def written_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def written_value(value: Value) -> str:
    """A value on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _text(value)
        case UUID():
            return _text(str(value))
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            pairs = (f"{written_key(key)} = {written_value(one)}" for key, one in value.items() if not _is_absent(one))
            return f"{{ {', '.join(pairs)} }}"
        case None:
            raise TypeError("TOML has no null")
        case _:
            return f"[{', '.join(written_value(item) for item in value)}]"


def plain(values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as a TOML reader gives them back."""
    return {key: plain_value(value) for key, value in values.items() if not _is_absent(value)}


def plain_value(value: Value) -> Any:
    """A value as a TOML reader gives it back."""
    match value:
        case datetime():
            return datetime.fromisoformat(_moment(value))
        case str() | bool() | int() | date():
            return value
        case UUID():
            return str(value)
        case Mapping():
            return plain(value)
        case None:
            raise TypeError("TOML has no null")
        case _:
            return [plain_value(item) for item in value]


def _is_absent(value: Value) -> bool:
    return value is None or value in ("", (), [])


def _moment(moment: datetime) -> str:
    """To the second; microseconds of a clock are noise in a file for people."""
    offset = moment.utcoffset()
    if offset is not None and offset.seconds % 60:
        moment = moment.astimezone(UTC)  # TOML's offsets are whole minutes
    return moment.replace(microsecond=0).isoformat()


def _hours(hours: Hours) -> str:
    def clock(one: time) -> str:
        return f"{one:%H:%M}"

    return f"{clock(hours.start)}-{clock(hours.end)}"


def _text(text: str) -> str:
    """A basic string. Everything a TOML text may not hold raw is escaped; a lone surrogate raises `ValueError`."""
    text.encode("utf-8")
    return '"' + "".join(_ESCAPES.get(sign) or _escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if sign < " " or "\x7f" <= sign <= "\x9f" else sign

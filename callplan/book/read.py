"""An application from its file. All faults of a file are told at once; what it returns can be relied on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from callplan.book import disk
from callplan.book.faults import EnoughError, Faults, dotted, found, parsed
from callplan.book.fields import Context, Table
from callplan.book.local_time import later
from callplan.book.log import read_log
from callplan.book.nearest import folded
from callplan.book.periods import parse_period
from callplan.book.types import (
    ASSUMED_LENGTH,
    CHANNELS,
    GENDERS,
    KINDS,
    Application,
    Decision,
    Fit,
    Hours,
    Noted,
    Notes,
    Person,
    Question,
    Round,
)
from callplan.countries import country_code
from callplan.errors import RecordError
from callplan.message import joined, message
from callplan.quoted import shown
from callplan.zones import zone_name

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# RFC 5646: language, script, region, variants; private use and grandfathered tags are for nobody's letters.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*", re.IGNORECASE
)
_LANGUAGE_NAMES = {"danish": "da", "dansk": "da", "english": "en", "german": "de", "deutsch": "de", "french": "fr"}
_SUBDIVISION = re.compile(r"[A-Z0-9]{1,3}")
# RFC 5321 and 6531 without quoted local parts and address literals, which no employer has.
_EMAIL = re.compile(r"(?![.])[\w!#$%&'*+/=?^`{|}~.-]{1,64}(?<![.])@(?:(?!-)[\w-]{1,63}(?<!-)\.)+(?!-)[\w-]{2,63}(?<!-)")


def read_application(path: Path) -> Application:
    """The application in `path`.

    Raises `RecordError` with every fault of the file, one a line:
    ``nordlys.toml, line 14: "Mete Holm" is not in people. Did you mean "Mette Holm"?``
    """
    return parse_application(disk.read_text(path), disk.stem(path))


def parse_application(text: str, name: str) -> Application:
    """The application that a TOML text holds. `name` is the file's, with or without ``.toml``.

    Raises `RecordError` like `read_application`.
    """
    name = name.removesuffix(".toml")
    label = f"{shown(name)[1:-1]}.toml"
    try:
        values = parsed(label, text)
    except ValueError as error:
        raise RecordError(*error.args) from None
    faults = Faults()
    application = from_values(values, name, faults)
    if application is None or faults:
        raise RecordError(joined("\n", faults.told(label, text)))
    return application


def from_values(values: Mapping[str, Any], name: str, faults: Faults) -> Application | None:
    """The application in parsed TOML. When `faults` have been found, the result is of no use; None: a hundred were."""
    try:
        return _application(values, name, faults)
    except EnoughError:
        return None


def _application(values: Mapping[str, Any], name: str, faults: Faults) -> Application:
    context = Context(faults)
    table = Table(values, (), context)
    country = context.country = table.checked("country", _country)
    context.zone_stated = bool(values.get("timezone"))
    timezone = table.checked("timezone", zone_name)
    context.zone = ZoneInfo(timezone) if timezone else None
    people = _people(table)
    known: dict[str, str] = {}
    for person in people:
        known.setdefault(folded(person.name), person.name)
    rounds = _rounds(table, known)
    return Application(
        name=name,
        id=_id(table),
        company=table.text("company", needed=message('Add a line like: company = "Nordlys Energi"')) or "",
        position=table.text("position", needed=message('Add a line like: position = "Data Engineer"')) or "",
        timezone=timezone,
        language=table.checked("language", _language),
        country=country,
        subdivision=_subdivision(table, country),
        invited_by=table.choice("invited_by", CHANNELS),
        kind=table.choice("kind", KINDS),
        why=table.texts("why"),
        people=people,
        rounds=rounds,
        fit=tuple(
            Fit(
                need=one.text("need", several_lines=True, needed=message("Say what they need, or take the table out."))
                or "",
                strength=one.text("strength", several_lines=True),
                by=one.person("by", known),
            )
            for one in table.tables("fit")
        ),
        log=read_log(table, known, len(written) if isinstance(written := values.get("rounds"), list) else 0),
    )


def _id(table: Table) -> UUID:
    fresh = f'id = "{uuid4()}"'
    text = table.text("id", needed=message("Here is a fresh one: {fresh}", fresh=fresh))
    if text is not None and (not _UUID.fullmatch(text) or not UUID(text).int):
        table.fault(
            "id", message("id is {text}, which is no UUID. Here is a fresh one: {fresh}", text=shown(text), fresh=fresh)
        )
    elif text is not None:
        return UUID(text)
    return UUID(int=0)


def _country(text: str) -> str:
    """Only as ISO writes it: other programs that read the file should not have to guess."""
    code = country_code(text)
    if code != text:
        raise ValueError(message('{text} must be written "{code}".', text=shown(text), code=code))
    return code


def _subdivision(table: Table, country: str | None) -> str | None:
    text = table.text("subdivision")
    if text is None:
        return None
    if "country" not in table.values:
        table.fault(
            "subdivision",
            message("subdivision is {text}, but there is no country for it to be part of.", text=shown(text)),
        )
    part = text.upper().rpartition("-")[2].strip()
    if not _SUBDIVISION.fullmatch(text):
        good = part if _SUBDIVISION.fullmatch(part) and len(text) <= 6 else None
        advice = (
            message('Did you mean "{name}"?', name=good)
            if good
            else message('Write the part after the hyphen in ISO 3166-2, like "BY".')
        )
        table.fault(
            "subdivision",
            message(
                "subdivision is {text}, which is no code of part of a country. {advice}",
                text=shown(text),
                advice=advice,
            ),
        )
    return text


def _language(text: str) -> str:
    if _LANGUAGE.fullmatch(text):
        return text
    meant = _LANGUAGE_NAMES.get(text.lower()) or text.replace("_", "-")
    advice = (
        message('Did you mean "{name}"?', name=meant)
        if meant != text and _LANGUAGE.fullmatch(meant)
        else message('Write it like "da" or "en-GB".')
    )
    raise ValueError(message("{text} is no language tag. {advice}", text=shown(text), advice=advice))


def email_address(text: str) -> str:
    """The text, if it is an address. Raises `ValueError` with a sentence."""
    if len(text) > 254 or ".." in text or not _EMAIL.fullmatch(text):
        raise ValueError(
            message('{text} is no e-mail address. Write it like "mette.holm@nordlys.example".', text=shown(text))
        )
    return text


def _link(text: str) -> str:
    from urllib.parse import urlsplit  # noqa: PLC0415 - few interviews have a link

    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r'[\s<>"]', text)
    except ValueError:
        good = False
    if not good:
        raise ValueError(
            message(
                '{text} is no web address. Write it like "https://meet.nordlys.example/interview".', text=shown(text)
            )
        )
    return text


def _people(table: Table) -> tuple[Person, ...]:
    people: list[Person] = []
    seen: set[str] = set()
    for one in table.tables("people"):
        person = _person(one)
        if person.name and person.name != person.name.strip():
            one.fault(
                "name", message("people.name {name} begins or ends with a space. Take it out.", name=shown(person.name))
            )
        if person.name and folded(person.name) in seen:
            one.fault(
                "name",
                message(
                    "people.name {name} stands twice. Names tell people apart: give one of them a middle name or an "
                    "initial, or make one table of the two.",
                    name=shown(person.name),
                ),
            )
        if person.name:
            seen.add(folded(person.name))
            people.append(person)
    return tuple(people)


def _person(one: Table) -> Person:
    country = one.checked("country", _country)
    dialled_in = country or one.context.country
    return Person(
        name=one.text("name", needed=message('Every person needs one: name = "Mette Holm"')) or "",
        role=one.text("role"),
        email=one.checked("email", email_address),
        phone=one.checked("phone", lambda text: _phone(text, dialled_in)),
        calls=one.flag("calls", True),
        honorific=one.text("honorific"),
        given=one.text("given"),
        family=one.text("family"),
        gender=one.choice("gender", GENDERS),
        timezone=one.checked("timezone", zone_name),
        country=country,
        best_hours=_best_hours(one),
        signs_as=one.text("signs_as"),
    )


def _phone(text: str, country: str | None) -> str:
    from callplan.places.numbers import international  # noqa: PLC0415 - 14 ms, only where there is a number

    return international(text, country)


def _best_hours(one: Table) -> tuple[Hours, ...]:
    from callplan.setting_values import hours  # noqa: PLC0415 - few people have told when they pick up

    stretches = []
    for item, path in one.items("best_hours", '["08:00-09:00"]'):
        text = one.item(item, path)
        try:
            stretches += [hours(text)] if text else []
        except ValueError as error:
            one.context.faults.add(path, joined("", (f"{dotted(path)}: ", *error.args)))
    return tuple(stretches)


def _rounds(table: Table, people: Mapping[str, str]) -> tuple[Round, ...]:
    rounds: list[Round] = []
    for one in table.tables("rounds"):
        this = _round(one, people)
        if this is None:
            continue
        if rounds and this.start < rounds[-1].start:
            one.fault(
                "start", message("rounds.start is before that of the round above. Put them in the order they happen.")
            )
        by = this.decision.by
        if by is not None and by < this.start.date():
            one.table("decision").fault(
                "by",
                message(
                    "rounds.decision.by {by} is before the interview ({start}).",
                    by=str(by),
                    start=f"{this.start:%Y-%m-%d}",
                ),
            )
        rounds.append(this)
    return tuple(rounds)


def _round(one: Table, people: Mapping[str, str]) -> Round | None:
    start = one.moment("start", needed=message("Say when the interview is: start = 2026-11-16T10:00:00"))
    end = one.moment("end")
    if start is not None and end is not None and end.astimezone(UTC) <= start.astimezone(UTC):
        one.fault("end", message("rounds.end ({end}) is not after rounds.start ({start}).", end=end, start=start))
    place, link, panel = one.text("place"), one.checked("link", _link), one.persons("panel", people)
    invitation, sequence = _invitation(one), one.whole("sequence", 0, 2**31 - 1)
    decision, notes = _decision(one.table("decision"), people), _notes(one.table("notes"), people)
    if start is None:
        return None
    return Round(
        start=start,
        end=end or later(start, ASSUMED_LENGTH),
        end_assumed=end is None,
        place=place,
        link=link,
        panel=panel,
        invitation=invitation,
        sequence=sequence,
        decision=decision,
        notes=notes,
    )


def _invitation(one: Table) -> tuple[str, ...]:
    """The UID of the invitation; of a day of several meetings a list of them."""
    if isinstance(one.values.get("invitation"), list):
        return tuple(one.item(item, path) for item, path in one.items("invitation", '["a UID", "another"]'))
    text = one.text("invitation")
    return (text,) if text else ()


def _decision(table: Table, people: Mapping[str, str]) -> Decision:
    if table.values.get("by") and table.values.get("within"):
        table.fault("within", message("rounds.decision has both by and within. Keep the one they said."))
    return Decision(
        by=table.day("by"),
        within=table.checked("within", parse_period),
        contact=table.person("contact", people),
        channel=table.choice("channel", CHANNELS),
    )


def _notes(table: Table, people: Mapping[str, str]) -> Notes:
    return Notes(
        topics=_noted(table, "topics", people),
        valued=_noted(table, "valued", people),
        questions=tuple(
            Question(
                asked=one.text("asked", several_lines=True, needed=message("Say what they asked.")) or "",
                by=one.person("by", people),
                rating=one.whole("rating", 1, 5),
                better=one.text("better", several_lines=True),
            )
            for one in table.tables("questions")
        ),
    )


def _noted(table: Table, key: str, people: Mapping[str, str]) -> tuple[Noted, ...]:
    remarks = []
    for item, path in table.items(key, '["a text", { text = "another", by = "Mette Holm" }]'):
        if isinstance(item, dict):
            one = Table(item, path, table.context)
            text = one.text("text", several_lines=True, needed=message("Say what it was.")) or ""
            remarks.append(Noted(text, one.person("by", people)))
        elif isinstance(item, str):
            remarks.append(Noted(table.item(item, path, several_lines=True)))
        else:
            like = '{ text = "...", by = "Mette Holm" }'
            table.context.faults.add(
                path,
                message(
                    "{name} holds {found}; it must be text or {like}.", name=dotted(path), found=found(item), like=like
                ),
            )
    return tuple(remarks)

"""Whom a step is for: who is thanked, who is written to, who is called, and in which zone they live."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from callplan.book.types import Application, Person, Round
from callplan.message import Message, message
from callplan.plan.history import RoundHistory
from callplan.plan.world import Workdays, World

_HUMAN_RESOURCES = re.compile(
    r"\b(HR|human resources|people|talent|recruit\w*|personal\w*|personnel|rekrutter\w*)\b", re.I
)


def interviewers(application: Application, one: Round) -> tuple[str, ...]:
    """Everybody to thank: the panel, else everybody on file."""
    return one.panel or tuple(person.name for person in application.people)


def contacts(application: Application, one: Round) -> list[Person]:
    """Whom to follow up with, best first: the contact they named, then HR, the interviewers, the others (3.3.a1)."""
    by_rank = [
        (0 if p.name == one.decision.contact else 1 if _is_hr(p) else 2 if p.name in one.panel else 3, index, p)
        for index, p in enumerate(application.people)
    ]
    return [person for _, _, person in sorted(by_rank, key=lambda row: row[:2])]


def _is_hr(person: Person) -> bool:
    return bool(person.role and _HUMAN_RESOURCES.search(person.role))


def country_of(
    person: Person | None, application: Application, number_countries: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """The country and subdivision whose working days count for this person.

    Their own, else the application's, else that of their phone number (`number_countries`, by number).
    """
    if person is not None and person.country and person.country != application.country:
        return person.country, None
    if person is not None and application.country is None:
        return number_countries.get(person.phone or ""), None
    return application.country, application.subdivision


def workdays_of(person: Person | None, application: Application, world: World) -> Workdays:
    """The working days of this person."""
    return world.workdays_of(*country_of(person, application, world.number_countries))


def zone_name(person: Person, application: Application, world: World, moment: datetime) -> str | None:
    """The zone of a person: given, else the application's, else the phone number's if its candidates agree.

    A person in another country than the application's is not in its zone. None: only the user can say; never the
    caller's own.
    """
    if person.timezone:
        return person.timezone
    elsewhere = person.country is not None and application.country is not None and person.country != application.country
    if application.timezone and not elsewhere:
        return application.timezone
    zones = world.number_zones.get(person.phone or "", ())
    offsets = {moment.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}
    return zones[0] if len(offsets) == 1 else None


@dataclass(frozen=True, slots=True)
class Callee:
    """Who is called, and in which zone they are."""

    person: Person
    zone: str


@dataclass(frozen=True, slots=True)
class NoCall:
    """Why nobody is called: a person's wish that is respected (`refused`), or something that is missing.

    `reason` is a sentence without its full stop.
    """

    reason: Message
    refused: bool = False
    person: Person | None = None


def callee(application: Application, one: Round, histories: Sequence[RoundHistory], world: World) -> Callee | NoCall:
    """The person to call in this round: the first contact who may be called and has a number.

    `histories` are those of the whole application: who asked not to be called is not called in a later round either.
    """
    barred = _asked_not_to_call(application, one, histories)
    willing: list[Person] = []
    refused: list[Person] = []
    for person in contacts(application, one):
        (refused if person.name in barred or not person.calls else willing).append(person)
    named = one.decision.contact
    if refused and (not willing or any(p.name == named for p in refused)):
        asked = tuple(p.name for p in refused if p.name in barred)
        reason = message("{names} asked not to be called, and that is respected", names=asked)
        if not asked:
            names = tuple(p.name for p in refused)
            reason = message("{names} is not to be called (calls = false)", names=names)
        return NoCall(reason, refused=True, person=refused[0])
    if not willing:
        return NoCall(message("There is nobody on file to call: add a [[people]] entry with a phone number"))
    with_number = [p for p in willing if p.phone]
    if not with_number:
        first = willing[0]
        reason = message("There is no phone number for {name}: add phone to their [[people]] entry", name=first.name)
        return NoCall(reason, person=first)
    person = with_number[0]
    wrong = _wrong_number(person, histories)
    if wrong:
        return NoCall(wrong, person=person)
    zone = zone_name(person, application, world, world.now)
    if zone is None:
        reason = message(
            "Nobody knows what time it is where {name} is: add timezone to their [[people]] entry", name=person.name
        )
        return NoCall(reason, person=person)
    return Callee(person, zone)


def _asked_not_to_call(application: Application, one: Round, histories: Sequence[RoundHistory]) -> set[str]:
    """Names of those who said that they do not want calls. No name given: the first contact."""
    names: set[str] = set()
    for history in histories:
        for entry in history.entries:
            if entry.outcome == "asked-not-to-call":
                names.update(entry.to or (p.name for p in contacts(application, one)[:1]))
    return names


def _wrong_number(person: Person, histories: Sequence[RoundHistory]) -> Message | None:
    """Why the number is not dialled again: the log calls it wrong. A note with another number clears this one."""
    for entry in (entry for history in histories for entry in history.entries):
        if entry.outcome != "wrong-number" or (entry.to and person.name not in entry.to):
            continue
        digits = re.sub(r"\D", "", entry.note)
        if len(digits) >= 6 and digits not in re.sub(r"\D", "", person.phone or ""):
            continue
        wrong = message(
            "{phone} was the wrong number for {name}: put the right one into phone of their [[people]] entry",
            phone=person.phone or "",
            name=person.name,
        )
        if len(digits) < 6:
            wrong += message(", and the wrong one into the note of that log entry")
        return wrong
    return None

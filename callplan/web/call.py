"""The call page as values: whom, when, what to say, what was noted. Made for a phone held in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from callplan.plan.step import Step
from callplan.web.happened import FIRST, OTHERS
from callplan.web.jotter import Jotting
from callplan.web.lines import dialled, line_of
from callplan.web.snapshot import Look
from callplan.words.clean import clean
from callplan.words.dates import city_of, clock_time, primary, same_clock, span_in_words, zone_in_words, zone_of
from callplan.words.said import said
from callplan.words.script import call_script
from callplan.words.spoken import Script

#: Parts of the script that are said in this order; the others lie folded below.
_SAID = "talk"


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the script. `key` names its tick."""

    key: str
    cue: str
    text: str
    ticked: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the script."""

    id: str
    title: str
    seconds: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class CallPage:
    """Everything on the page. `their_zone` is an IANA name, for the clock that goes on ticking.

    `early` says how long there is to wait where it is not time yet; "" when it is.
    """

    uid: str
    name: str
    title: str
    whom: str
    role: str
    company: str
    position: str
    phone: str | None
    dialled: str
    theirs: str
    mine: str
    mine_same: bool
    there_now: str
    their_city: str
    their_zone: str
    script_language: str
    seconds: int
    said: tuple[Part, ...]
    folded: tuple[Part, ...]
    notices: tuple[str, ...]
    notes: str
    seen: int
    warning: str | None
    why: str
    early: str
    first: tuple[str, ...] = FIRST
    others: tuple[str, ...] = OTHERS


def call_page(look: Look, step: Step, jotting: Jotting, now: datetime, words: dict[str, str]) -> CallPage:
    """The page of a call that has a time. Raises `RecordError` when a template of the user's own has a fault."""
    application = look.application(step.application)
    assert application is not None  # noqa: S101 - a step has an application
    assert step.start is not None  # noqa: S101 - a pending call has a time
    script = call_script(application, step, look.settings, now)
    parts = _parts(script, jotting)
    person = application.person(step.to[0]) if step.to else None
    start, end = step.start, step.end or step.start
    language = look.language
    there, here = zone_of(step.timezone), zone_of(look.timezone)
    same = same_clock(start, step.timezone, look.timezone)

    def span(zone_name: str) -> str:
        zone = zone_of(zone_name)
        told = span_in_words(start.astimezone(zone), end.astimezone(zone), language)
        return f"{told}, {zone_in_words(zone_name, language)}"

    return CallPage(
        uid=step.uid,
        name=application.name,
        title=line_of(step, application.company, look, words).title,
        whom=clean(person.name) if person else "",
        role=clean(person.role or "") if person else "",
        company=application.company,
        position=application.position,
        phone=script.phone,
        dialled=dialled(script.phone or ""),
        theirs=span(step.timezone),
        mine=span(look.timezone),
        mine_same=same,
        there_now="" if now.astimezone(there).utcoffset() == now.astimezone(here).utcoffset()
        else clock_time(now.astimezone(there), language),
        their_city=city_of(step.timezone, language),
        their_zone=step.timezone,
        script_language=primary(script.language),
        seconds=script.seconds,
        said=tuple(part for kind, part in parts if kind == _SAID),
        folded=tuple(part for kind, part in parts if kind != _SAID),
        notices=script.notices,
        notes=jotting.text,
        seen=len(application.log),
        warning=said(step.warning, language) if step.warning else None,
        why=said(step.why, language),
        early=_early(start.astimezone(here), now.astimezone(here), words),
    )  # fmt: skip


def _early(start: datetime, now: datetime, words: dict[str, str]) -> str:
    """That it is not time to call yet, by the user's days, or by hours on the day itself."""
    days = (start.date() - now.date()).days
    if days > 1:
        return words["early_days"].format(days=days)
    if days == 1:
        return words["early_tomorrow"]
    hours = int((start - now) / timedelta(hours=1))
    return words["early_hours"].format(hours=hours) if hours > 1 else ""


def _parts(script: Script, jotting: Jotting) -> list[tuple[str, Part]]:
    return [
        (
            one.part,
            Part(
                one.id,
                one.title,
                one.seconds,
                tuple(
                    Point(
                        key=f"{one.id}.{number}",
                        cue=line.cue,
                        text=line.text,
                        ticked=f"{one.id}.{number}" in jotting.ticks,
                        gap=line.text in script.gaps,
                    )
                    for number, line in enumerate(one.lines)
                ),
            ),
        )
        for one in script.sections
    ]

"""`callplan show`: everything known about one application, its steps with why, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from callplan.book.periods import in_words, spoken
from callplan.book.types import Application, Decision, Hours, LogEntry, Noted, Period, Person, Round
from callplan.cli import when
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.outlook import look_ahead, sentence
from callplan.cli.plan import print_with_why, step_object
from callplan.cli.strengths import way_to_fill
from callplan.cli.table import print_pairs
from callplan.cli.terminal import Styled, say_fitted, say_heading, say_json, say_prose
from callplan.plan.stage import stage
from callplan.plan.step import Step
from callplan.plan.upcoming import next_step

_EXAMPLES = """\
callplan show nordlys
callplan show nordlys --json
"""


@declare("show", _EXAMPLES)
@application_argument()
@click.option(
    "--json", "as_json", is_flag=True, help="For programs: application (as in its file), stage, steps, gaps, file."
)
@click.pass_obj
def command(frame: Frame, name: str, as_json: bool) -> None:
    """Show everything known about one application: people, rounds, log, the steps with why, and the gaps."""
    application = frame.find(name)
    outlook = look_ahead(frame, frame.book(whole=False))
    steps = outlook.of(application)
    where = stage(application, outlook.world)
    missing = list(gaps(application, frame.now))
    file = frame.places.book / f"{application.name}.toml"
    if as_json:
        say_json(
            {
                "name": application.name,
                "application": plain_value(application),
                "stage": where,
                "steps": [step_object(step, frame.zone) for step in steps],
                "gaps": missing,
                "file": str(file),
            }
        )
        return
    say_fitted(Styled(f"{application.company}: {application.position}", bold=True))
    _show_application(application, where, _next(steps, frame), str(file))
    for person in application.people:
        _show_person(person)
    for number, one in enumerate(application.rounds, 1):
        _show_round(number, one, frame)
    _show_own_words(application)
    if application.log:
        say_heading(told("Log"))
        for entry in application.log:
            _show_entry(entry, frame.zone, frame.now)
    if steps:
        say_heading(told("Plan"))
        print_with_why(steps, frame.zone, frame.now, one=True)
    if missing:
        say_heading(told("Missing"))
        for text in missing:
            say_prose(text, indent="  - ", hanging="    ")
        way = way_to_fill(application, frame.now)
        if way:
            say_prose(way, indent="  ")


def gaps(application: Application, now: datetime) -> Iterator[str]:
    """What is not known and would help, each with the place to write it."""
    if not application.rounds:
        yield told("No interview yet: add [[rounds]] with its start.")
        return
    latest = application.rounds[-1]
    if latest.decision.by is None and latest.decision.within is None:
        yield told(
            "When they decide is not known, so the follow-up leans on a guess. by or within under [rounds.decision]."
        )
    if latest.decision.contact is None and len(application.people) != 1:
        yield told("Who will tell you is not known: contact under [rounds.decision].")
    if latest.end_assumed:
        yield told("The interview's end is assumed (one hour): end under [[rounds]].")
    callable_people = [person for person in application.people if person.calls]
    if callable_people and not any(person.phone for person in callable_people):
        yield told("No telephone number is known, so no call can be planned: phone under [[people]].")
    if not application.people:
        yield told("Nobody is known there: add [[people]] with name, role, email and phone.")
    for person in application.people:
        if person.email is None and person.name in (*latest.panel, latest.decision.contact):
            yield told("{name} has no e-mail address: email under [[people]].").format(name=person.name)
    if latest.end <= now and not (latest.notes.topics or latest.notes.valued):
        yield told(
            "No notes on the interview: topics and valued under [rounds.notes]. Letters and script live on them."
        )
    if not application.why:
        yield told("Why you want this job is not written down: why, a list of sentences.")
    if not application.fit:
        yield told("What they need and what you have to show for it: [[fit]] with need and strength.")
    for fit in application.fit:
        if not fit.strength:
            text = told('They need "{need}", and your answer is not written down: strength under [[fit]].')
            yield text.format(need=fit.need)


def plain_value(value: Any) -> Any:
    """A value of the book as JSON can hold it: objects for dataclasses, ISO 8601 for times, the rest as in the file."""
    if isinstance(value, Period):
        return spoken(value)
    if isinstance(value, Hours):
        return f"{value.start:%H:%M}-{value.end:%H:%M}"
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain_value(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain_value(item) for item in value]
    return value


def _next(steps: Sequence[Step], frame: Frame) -> str:
    upcoming = next_step(steps, frame.now)
    return sentence(upcoming, frame.zone, frame.now) if upcoming is not None else ""


def _show_application(application: Application, where: str, upcoming: str, file: str) -> None:
    print_pairs(
        [
            (told("Stage"), told(where)),
            (told("Next"), upcoming),
            (told("Time zone"), application.timezone or ""),
            (told("Country"), " ".join(filter(None, (application.country, application.subdivision)))),
            (told("Language"), application.language or ""),
            (told("Invited by"), told(application.invited_by) if application.invited_by else ""),
            (told("Kind"), told(application.kind) if application.kind else ""),
            (told("File"), file),
        ]
    )


def _show_person(person: Person) -> None:
    say_heading(person.name)
    hours = ", ".join(plain_value(person.best_hours))
    print_pairs(
        [
            (told("Role"), person.role or ""),
            (told("E-mail"), person.email or ""),
            (told("Phone"), person.phone or ""),
            (told("Calls"), "" if person.calls else told("never")),
            (told("Best hours"), hours),
            (told("Time zone"), person.timezone or ""),
            (told("Country"), person.country or ""),
            (told("Salutation"), person.honorific or ""),
            (told("Signs as"), person.signs_as or ""),
        ]
    )


def _show_round(number: int, one: Round, frame: Frame) -> None:
    say_heading(told("Round {number}").format(number=number))
    today = frame.now.astimezone(frame.zone).date()
    here = when.span(one.start.astimezone(frame.zone), one.end.astimezone(frame.zone), today)
    there = when.span(one.start, one.end, today)
    print_pairs(
        [
            (told("When"), here + (told(", end assumed") if one.end_assumed else "")),
            (told("Their time"), "" if here == there else there),
            (told("Place"), one.place or ""),
            (told("Link"), one.link or ""),
            (told("Panel"), ", ".join(one.panel)),
            (told("Decision"), _decision(one.decision, today)),
            *[(told("Talked about"), _noted(item)) for item in one.notes.topics],
            *[(told("They value"), _noted(item)) for item in one.notes.valued],
        ]
    )
    for question in one.notes.questions:
        rating = told(" (went {rating} of 5)").format(rating=question.rating) if question.rating else ""
        say_prose(told("They asked: {text}").format(text=question.asked) + rating, hanging="  ")
        if question.better:
            say_prose(told("Better: {text}").format(text=question.better), indent="  ")


def _decision(decision: Decision, today: date) -> str:
    parts = []
    if decision.by:
        parts.append(told("by {time}").format(time=when.day(decision.by, today)))
    if decision.within:
        parts.append(told("within {period}").format(period=told(in_words(decision.within))))
    if decision.contact:
        parts.append(told("from {name}").format(name=decision.contact))
    if decision.channel:
        parts.append(told("by way of {channel}").format(channel=told(decision.channel)))
    return ", ".join(parts) or told("not known")


def _noted(item: Noted) -> str:
    return f"{item.text} ({item.by})" if item.by else item.text


def _show_own_words(application: Application) -> None:
    if not (application.why or application.fit):
        return
    say_heading(told("Why and fit"))
    for text in application.why:
        say_prose(text, indent=told("  why: "), hanging="    ")
    for fit in application.fit:
        strength = fit.strength or told("(nothing yet)")
        say_prose(f"{fit.need} -> {strength}", indent=told("  fit: "), hanging="    ")


def _show_entry(entry: LogEntry, zone: ZoneInfo, now: datetime) -> None:
    stamp = when.span(entry.at.astimezone(zone), None, now.astimezone(zone).date())
    today = now.astimezone(zone).date()
    parts = [" ".join(told(word) for word in (entry.step, entry.outcome) if word)]
    if entry.to:
        parts.append(told(" to {names}").format(names=", ".join(entry.to)).strip())
    if entry.by:
        parts.append(told("by way of {channel}").format(channel=told(entry.by)))
    if entry.date:
        parts.append(told("date {day}").format(day=when.day(entry.date, today)))
    if entry.until:
        parts.append(told("until {day}").format(day=when.day(entry.until, today)))
    if entry.time:
        parts.append(told("moved to {time}").format(time=when.span(entry.time.astimezone(zone), None, today)))
    if entry.note:
        parts.append(entry.note)
    if entry.override:
        parts.append(told("against the advice, because: {reason}").format(reason=entry.override))
    say_prose(f"{stamp}  {'; '.join(parts)}", indent="  ", hanging="    ")

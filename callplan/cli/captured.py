"""From what a file gave to the answers of `add`: what the user typed goes first, what is open is asked or named."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime

import click

from callplan.book.capture.taken import Asked, Taken, TakenPerson, TakenRound
from callplan.book.local_time import zones_of
from callplan.book.nearest import folded
from callplan.book.types import Person
from callplan.cli import when
from callplan.cli.answers import Answers, check_people, check_zone, dialled_or_open, say_left_out
from callplan.cli.language import told
from callplan.cli.question import asked, needed
from callplan.cli.terminal import filled, say, say_json, say_notice, say_prose
from callplan.errors import CallplanError, UsageError
from callplan.quoted import shown
from callplan.settings import MeSettings

#: Questions without whose answer there is nothing to write, and the flag that answers each.
_FLAGS = {"company": "--company", "position": "--position", "timezone": "--timezone", "time": "--start"}


def answered(taken: Taken, answers: Answers) -> Taken:
    """Without the questions that flags have answered, and with their answers for those that a report shows."""
    given = {
        "company": answers.company,
        "position": answers.position,
        "timezone": answers.timezone,
        "time": answers.start,
    }
    left = tuple(question for question in taken.questions if not given.get(question.about))
    return replace(
        taken,
        company=answers.company or taken.company,
        position=answers.position or taken.position,
        timezone=answers.timezone or taken.timezone,
        questions=left,
    )


def settled(taken: Taken, answers: Answers, may_ask: bool) -> tuple[Taken, Answers]:
    """With every question answered that must be. Raises `UsageError` where nobody is there to answer."""
    taken = answered(taken, answers)
    open_ones = [question for question in taken.questions if question.about in _FLAGS]
    if open_ones and not may_ask:
        raise UsageError(
            "\n".join(
                told("{question} Say it by {option}.").format(
                    question=told(question.text), option=_FLAGS[question.about]
                )
                for question in open_ones
            )
        )
    for question in taken.questions:
        if not may_ask:
            say_notice(question.text)
            continue
        taken, answers = _ask(question, taken, answers)
    return taken, answers


def may_ask(given: str) -> bool:
    """Whether somebody sits there, and standard input is not the file itself."""
    return given != "-" and sys.stdin.isatty()


def _ask(question: Asked, taken: Taken, answers: Answers) -> tuple[Taken, Answers]:
    match question.about:
        case "company":
            company = asked(told(question.text), needed, default=taken.company)
            return replace(taken, company=company), replace(answers, company=company)
        case "position":
            position = asked(told(question.text), needed)
            return replace(taken, position=position), replace(answers, position=position)
        case "timezone":
            zone = asked(
                told("{text} (like Europe/Copenhagen)").format(text=told(question.text)),
                lambda text: check_zone(needed(text)) or "",
            )
            return replace(taken, timezone=zone), replace(answers, timezone=zone)
        case "time":
            day = taken.rounds[0].start[:10] if taken.rounds else ""
            typed = asked(
                told("{text} (like 10:00-11:15)").format(text=told(question.text)), lambda text: _time(text, day)
            )
            return taken, replace(answers, start=typed)
        case "people" | "name" if not taken.people:
            from callplan.cli.introduced import people_introduced

            names = asked(
                told("{text} (names with commas between, or Enter)").format(text=told(question.text)),
                lambda text: check_people(text, taken.country, taken.company, may_leave_open=True),
                default="",
                several=True,
            )
            introduced = people_introduced(names, taken.company)
            say_left_out(part for one in introduced for part in one.left)
            found = tuple(
                TakenPerson(
                    one.name,
                    role=one.role or None,
                    email=one.email or None,
                    phone=dialled_or_open(one.phone, one.name, taken.country) or None,
                )
                for one in introduced
            )
            return replace(taken, people=(*taken.people, *found)), answers
        case "recurrence" | "rounds":
            text = told(question.text)
            right = text if text.endswith("?") else told("{text} Right?").format(text=text)
            if not click.confirm(filled(right), default=True, err=True):
                raise UsageError(
                    told("Nothing was written. Say it by hand: callplan add, callplan round NAME --start …")
                )
            return taken, answers
        case _:
            say_notice(question.text)
            return taken, answers


def _time(text: str, day: str) -> str:
    """A clock time on the day of the invitation, or a day of one's own."""
    for typed in (f"{day} {text.strip()}", text.strip()):
        try:
            when.read_time(typed, datetime.fromisoformat(day).date())
        except (CallplanError, ValueError):
            continue
        return typed
    raise UsageError(told('"{text}" is no time. Write it like 10:00-11:15.').format(text=text))


def from_card(given: str, typed: Answers, me: MeSettings, dry_run: bool, as_json: bool) -> tuple[Taken, Answers]:
    """A card's people as the answers of `add`, the user's own left out.

    With `dry_run` they are printed, and nothing more is to be done.

    Raises `RecordError`: nothing can be taken; `UsageError`: it is not clear which firm's card it is.
    """
    from callplan.book.capture.taken import report
    from callplan.cli.sources import read_sources

    source, *others = read_sources(given, "card")
    if others:
        raise UsageError(
            told("There are {count} cards in {given}. Name the file of the one that is meant.").format(
                count=len(others) + 1, given=shown(given)
            )
        )
    taken = answered(source.take("card", name=me.name, email=me.email), typed)
    if dry_run:
        say_json(report(taken)) if as_json else tell(taken)
        return taken, typed
    say_left_out(taken.left)
    if taken.asks("company"):
        taken, typed = settled(taken, typed, may_ask(given))
    else:
        for question in taken.questions:
            say_notice(question.text)
    return taken, as_answers(taken, None, typed)


def as_answers(taken: Taken, one: TakenRound | None, typed: Answers) -> Answers:
    """What `add` is to be told; what was typed goes before what the file says. `one`: the interview, if any."""
    country = typed.country or _country(taken)
    answers = replace(typed, company=typed.company or taken.company, position=typed.position or taken.position)
    answers = replace(answers, timezone=typed.timezone or taken.timezone, country=country)
    if not typed.person:
        answers = replace(
            answers,
            person=tuple(person.name for person in taken.people),
            role=tuple(person.role or "" for person in taken.people),
            email=tuple(person.email or "" for person in taken.people),
            phone=tuple(person.phone or "" for person in taken.people),
        )
    if one is not None:
        answers = replace(
            answers,
            start=typed.start or one.start,
            end=typed.end or (one.end if not typed.start else None),
            place=typed.place or one.place,
            link=typed.link or one.link,
            language=typed.language or taken.language,
            invited_by=typed.invited_by or "email",
        )
    return answers


def _country(taken: Taken) -> str | None:
    """The country of the firm's mail domain, where the zone of the invitation is one of that country's."""
    return taken.country if taken.country and taken.timezone in zones_of(taken.country) else None


def completed(people: tuple[Person, ...], taken: Taken) -> tuple[Person, ...]:
    """The people with what a file tells of them beyond what can be typed."""
    by_name = {folded(person.name): person for person in taken.people}
    return tuple(_completed(person, by_name.get(folded(person.name))) for person in people)


def _completed(person: Person, given: TakenPerson | None) -> Person:
    if given is None:
        return person
    return replace(
        person,
        honorific=person.honorific or given.honorific,
        given=person.given or given.given,
        family=person.family or given.family,
        timezone=person.timezone or given.timezone,
    )


def as_person(given: TakenPerson) -> Person:
    """Somebody of a file as a person of the book."""
    return Person(
        name=given.name, role=given.role, email=given.email, phone=given.phone, honorific=given.honorific,
        given=given.given, family=given.family, timezone=given.timezone,
    )  # fmt: skip


def tell(taken: Taken) -> None:
    """What would be taken, for people: `--dry-run` without `--json`."""
    say(told("Company:   {company}").format(company=taken.company or "?"))
    say(told("Position:  {position}").format(position=taken.position or "?"))
    for one in taken.rounds:
        until = f" – {one.end.replace('T', ' ')}" if one.end else ""
        say(told("Interview: ") + one.start.replace("T", " ") + until)
        for label, text in ((told("Place:    "), one.place), (told("Link:     "), one.link)):
            if text:
                say(f"{label} {text}")
    for person in taken.people:
        known = (person.role, person.email, person.phone, person.timezone)
        say_prose(
            told("Person:    {person}").format(person=", ".join(filter(None, (person.name, *known)))),
            hanging="           ",
        )
    say_left_out(taken.left)
    for question in taken.questions:
        say_prose(told("To ask:    {text}").format(text=told(question.text)), hanging="           ")

"""`callplan round`: one more interview of an application."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from callplan.book.local_time import later
from callplan.book.types import ASSUMED_LENGTH, CHANNELS, Application, Decision, Period, Person, Round
from callplan.cli import when
from callplan.cli.changes import tell_changes
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument, person_meant
from callplan.cli.outlook import look_ahead
from callplan.cli.terminal import say_prose
from callplan.errors import UsageError

_EXAMPLES = """\
callplan round nordlys --start "next tue 14:00"
callplan round nordlys --start "2026-12-01 10:00-11:00" --with Mette \\
    --with "Ida Lund"
callplan round nordlys --start "1 Dec 13:00" --decision-within "1 week"
callplan round nordlys --change 1 --start "9 Dec 10:00"
"""


@declare("round", _EXAMPLES)
@application_argument()
@click.option("--start", metavar="TIME", help=f"When it begins, on their clock: {when.TIME_FORMS}.")
@click.option("--change", "number", type=int, metavar="NUMBER", help="Correct that interview (1, 2 …): add none.")
@click.option("--end", metavar="TIME", help="When it ends: 11:15. [an hour later, assumed]")
@click.option("--place", metavar="TEXT", help="Where it is.")
@click.option("--link", metavar="URL", help="Where it is, on video.")
@click.option(
    "--with", "panel", multiple=True, metavar="PERSON", help="Who interviews you, new people too; repeatable."
)
@click.option("--decision-by", metavar="DATE", help="When they will have decided.")
@click.option("--decision-within", metavar="PERIOD", help='How long they need: "2 weeks", "10 days".')
@click.option("--contact", metavar="PERSON", help="Who will tell you.")
@click.option("--channel", type=click.Choice(CHANNELS), help="By which way they will tell you.")
@click.pass_obj
def command(
    frame: Frame,
    name: str,
    start: str | None,
    number: int | None,
    end: str | None,
    place: str | None,
    link: str | None,
    panel: tuple[str, ...],
    decision_by: str | None,
    decision_within: str | None,
    contact: str | None,
    channel: str | None,
) -> None:
    """Add a second (third …) interview to an application. It ends the chasing of the one before.

    Without --with nobody is named; those who are new are added to the people. With --change it is an interview that is
    there already: they moved it, or its place was wrong. It keeps its length, and everything that you do not name.
    """
    application = frame.find(name)
    before = look_ahead(frame, frame.book(whole=False), notices=False)
    if decision_by and decision_within:
        raise UsageError(told("Either --decision-by or --decision-within, not both."))
    times = _times(start, end, application, frame) if start else None
    if times is None and (number is None or end):
        raise UsageError(told('When does it begin? --start says it, as in --start "16 Nov 10:00".'))
    if number is not None and not 1 <= number <= len(application.rounds):
        raise UsageError(
            told("{company} has no interview {number}; the last one is {last}.").format(
                company=application.company, number=number, last=len(application.rounds)
            )
        )
    if number is not None and panel:
        raise UsageError(told("Who is in an interview is changed in the file: callplan edit {name}").format(name=name))
    names, fresh = _people(panel, contact, application)
    base = times[0] if times else frame.now
    decision = Decision(
        by=when.read_date(decision_by, base.date()) if decision_by else None,
        within=_period(decision_within),
        contact=names[-1] if contact else None,
        channel=channel,
    )
    if number is not None:
        from callplan.cli.round_change import change

        one = change(frame, _with_people(frame, application, fresh), number, times, place, link, decision)
    else:
        assert times is not None  # noqa: S101 - asked for above
        begins, ends, assumed = times
        panel_names = tuple(names[: len(panel)])
        one = Round(begins, ends, assumed, place=place, link=link, panel=panel_names, decision=decision)
        _write(frame, application, fresh, one)
    _say(frame, application, number or len(application.rounds) + 1, one)
    for person in fresh:
        say_prose(
            told("{person} is new: role, e-mail and phone under [[people]], callplan edit {name}").format(
                person=person.name, name=application.name
            )
        )
    from callplan.book.folder import read_book

    book = read_book(frame.places.book)
    frame.faults = book.faults
    changed = next((one for one in book.applications if one.name == application.name), None)
    if changed is not None:
        tell_changes(frame, before, look_ahead(frame, book), changed)


def _say(frame: Frame, application: Application, number: int, one: Round) -> None:
    today = frame.now.astimezone(frame.zone).date()
    there = when.span(one.start, one.end, today)
    here = when.span(one.start.astimezone(frame.zone), one.end.astimezone(frame.zone), today)
    say_prose(
        told("Round {number} of {company}: {span}").format(number=number, company=application.company, span=there)
        + ("" if here == there else told(" ({span} for you)").format(span=here))
        + (told(", end assumed.") if one.end_assumed else ".")
    )


def _times(start: str, end: str | None, application: Application, frame: Frame) -> tuple[datetime, datetime, bool]:
    """Start and end on their clock, and whether the end is assumed. Raises `UsageError`."""
    zone = ZoneInfo(application.timezone) if application.timezone else frame.zone
    first, last = when.read_time(start, frame.now.astimezone(zone).date(), or_today=True)
    if end:
        if last is not None:
            raise UsageError(told("The end is given twice: in --start and by --end."))
        last, surplus = when.read_time(end, first.date(), or_today=True)
        if surplus is not None:
            raise UsageError(told('"{text}" is a span; a single time is wanted here.').format(text=end))
    begins = when.in_zone(first, zone).astimezone(zone)
    ends = when.in_zone(last, zone).astimezone(zone) if last else later(begins, ASSUMED_LENGTH)
    if ends <= begins:
        raise UsageError(
            told("The interview ends ({end}) before it begins ({start}).").format(end=end or start, start=start)
        )
    return begins, ends, last is None


def _people(panel: tuple[str, ...], contact: str | None, application: Application) -> tuple[list[str], list[Person]]:
    """The full names, those of the panel first and the contact's last, and the people who are new."""
    from callplan.book.nearest import folded, nearest

    known = [person.name for person in application.people]
    names: list[str] = []
    fresh: list[Person] = []
    for given in (*panel, *((contact,) if contact else ())):
        text = " ".join(given.split())
        if not text:
            raise UsageError(told("There is nothing in one of the texts."))
        everybody = [*known, *(person.name for person in fresh)]
        if any(folded(text) in folded(one) for one in everybody):
            names.append(
                next((p.name for p in fresh if folded(text) in folded(p.name)), None) or person_meant(text, application)
            )
            continue
        near = nearest(text, everybody)
        if near:
            raise UsageError(
                told('"{part}" is not among the people. Did you mean "{near}"?').format(part=text, near=near)
            )
        fresh.append(Person(text))
        names.append(text)
    return names, fresh


def _period(text: str | None) -> Period | None:
    from callplan.book.periods import parse_period

    try:
        return parse_period(text) if text else None
    except ValueError as error:
        raise UsageError(*error.args) from None


def _write(frame: Frame, application: Application, fresh: list[Person], one: Round) -> None:
    from callplan.book.compose import as_toml, decision_values, round_values
    from callplan.book.read import parse_application
    from callplan.book.write import append_value

    # The people and the round are written one after the other: what the whole cannot hold is refused before the first.
    whole = replace(application, people=(*application.people, *fresh), rounds=(*application.rounds, one))
    parse_application(as_toml(whole), application.name)
    seen = _with_people(frame, application, fresh)
    path = frame.places.book / f"{application.name}.toml"
    values = round_values(one, application.timezone)
    decision = {key: value for key, value in decision_values(one.decision).items() if value is not None}
    append_value(path, ("rounds",), values | ({"decision": decision} if decision else {}), seen=seen)


def _with_people(frame: Frame, application: Application, fresh: list[Person]) -> Application:
    """The application once these people are written into its file."""
    from callplan.book.compose import person_values
    from callplan.book.write import append_value

    for person in fresh:
        path = frame.places.book / f"{application.name}.toml"
        application = append_value(path, ("people",), person_values(person), seen=application)
    return application

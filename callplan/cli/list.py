"""`callplan list`: all applications, where they stand and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.listing import Listing, find, keep, made_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from callplan.book.types import Application
    from callplan.cli.outlook import Outlook
    from callplan.plan.step import Step

_EXAMPLES = """\
callplan list
callplan list --json
"""


@declare("list", _EXAMPLES)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="For programs: a list of objects with the keys name, company, position, stage, next (step, start, status).",
)
@click.pass_obj
def command(frame: Frame, as_json: bool) -> None:
    """Show all applications: name, company, position, stage and the next date.

    The ones with something to do come first, in order of that date.
    """
    from callplan.cli.table import print_table
    from callplan.cli.terminal import say, say_json, say_prose

    listing = find(frame) or _made(frame)
    if as_json:
        say_json(listing.objects)
        return
    if not listing.cells:
        from callplan.cli.language import told

        _ = frame.settings  # its language
        if frame.faults:
            from callplan.cli.outlook import nothing_to_plan

            say_prose(nothing_to_plan(frame.book()))
            return
        say(told("The book is empty ({folder}).").format(folder=frame.places.book))
        say_prose(told("Start with: callplan add"))
        return
    print_table(listing.headings, listing.cells, wrapping=(1, 2, 3, 4))


def _made(frame: Frame) -> Listing:
    """The listing made anew, and kept if nothing about it is doubtful."""
    from callplan.cli.language import told
    from callplan.cli.outlook import look_ahead, when_of
    from callplan.sync.world import notes

    watched = frame.settings.busy_calendars  # and with the settings comes the language
    sources = made_from(frame, watched)
    outlook = look_ahead(frame, frame.book())
    rows = rows_of(outlook)
    listing = Listing(
        [
            {
                "name": application.name,
                "company": application.company,
                "position": application.position,
                "stage": where,
                "next": upcoming
                and {
                    "step": upcoming.kind.value,
                    "start": upcoming.start and upcoming.start.astimezone(frame.zone).isoformat(),
                    "status": upcoming.status.value,
                },
            }
            for application, where, upcoming in rows
        ],
        tuple(map(told, ("Name", "Company", "Position", "Stage", "Next"))),
        [
            (
                application.name,
                application.company,
                application.position,
                told(where),
                f"{when_of(upcoming, frame.zone, frame.now, brief=True)} {told(upcoming.kind.value)}"
                if upcoming
                else "-",
            )
            for application, where, upcoming in rows
        ],
    )
    if not (frame.faults or notes(outlook.world) or any("://" in one for one in watched)):
        keep(frame, listing, _moments(outlook), watched, sources)
    return listing


def rows_of(outlook: Outlook) -> list[tuple[Application, str, Step | None]]:
    """Each application, where it stands and its next step, in the order of those; last who has none, by name."""
    from callplan.plan.stage import stage
    from callplan.plan.upcoming import next_of_each

    following = {step.application: step for step in next_of_each(outlook.steps, outlook.world.now)}
    turns = {name: turn for turn, name in enumerate(following)}
    book = sorted(outlook.book.applications, key=lambda one: (turns.get(one.name, len(turns)), one.name))
    return [(one, stage(one, outlook.world), following.get(one.name)) for one in book]


def _moments(outlook: Outlook) -> Iterator[datetime | None]:
    """Every time at which something begins, ends or was said to happen."""
    for step in outlook.steps:
        yield from (step.start, step.end, step.due)
    for application in outlook.book.applications:
        for one in application.rounds:
            yield from (one.start, one.end)
        for entry in application.log:
            yield from (entry.at, entry.time)

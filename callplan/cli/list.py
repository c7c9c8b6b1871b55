"""`callplan list`: all applications, where they stand and what is next."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.outlook import look_ahead, next_step, when_of
from callplan.cli.table import print_table
from callplan.cli.terminal import say, say_json, say_prose
from callplan.plan.stage import stage

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
    outlook = look_ahead(frame, frame.book())
    rows = []
    for application in outlook.book.applications:
        steps = outlook.of(application)
        rows.append((application, stage(application, outlook.world), next_step(steps)))
    never = datetime.max.replace(tzinfo=UTC)
    rows.sort(key=lambda row: ((row[2].start if row[2] else None) or never, row[0].name))
    if as_json:
        say_json(
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
            ]
        )
        return
    if not rows:
        say(told("The book is empty ({folder}).").format(folder=frame.places.book))
        say_prose(told("Start with: callplan add"))
        return
    print_table(
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
        wrapping=(1, 2, 3, 4),
    )

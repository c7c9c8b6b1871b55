"""`callplan stats`: how long they took, how long you took, and when people picked up."""

from __future__ import annotations

from datetime import timedelta

import click

from callplan.book.types import Application
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.table import print_pairs, print_table
from callplan.cli.terminal import say, say_heading, say_json, say_prose
from callplan.plan.figures import ENOUGH, Figures, figures, middle

_EXAMPLES = """\
callplan stats
callplan stats --json
"""

_SILENT = timedelta(days=30)


@declare("stats", _EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="For programs: interviews, answers, delays, hours.")
@click.pass_obj
def command(frame: Frame, as_json: bool) -> None:
    """Show answer times, your own delays and the hours at which people picked up, from the log.

    The archive counts too. Of small numbers it says that they are small: three calls prove nothing.
    """
    known = figures(everything(frame), frame.now, frame.settings.rules.tries, frame.settings.me.timezone)
    if as_json:
        say_json(_plain(known))
        return
    if not known.interviews:
        say(told("No interview is over yet, so there is nothing to count."))
        return
    say(counted("{count} interview is over.", "{count} interviews are over.", known.interviews))
    _answers(known)
    _delays(known)
    _hours(known)


def everything(frame: Frame) -> tuple[Application, ...]:
    """The applications of the book and of its archive. Faults are told when the command is over."""
    from callplan.book.archive import archive_of
    from callplan.book.folder import read_book
    from callplan.where import ARCHIVE

    book = frame.book()
    archive = read_book(archive_of(frame.places.book), frame.places.kept(ARCHIVE))
    frame.faults = (*frame.faults, *archive.faults)
    live = {one.id for one in book.applications}
    return (*book.applications, *(one for one in archive.applications if one.id not in live))


def _answers(known: Figures) -> None:
    first = [one.first for one in known.answers if one.first is not None]
    decided = [one.decided for one in known.answers if one.decided is not None]
    silent = [one for one in known.answers if one.silent is not None]
    say_heading(told("How long they took"))
    print_pairs(
        [
            (told("First answer"), _typical(first)),
            (told("Decision"), _typical(decided)),
            (told("No answer yet"), str(len(silent)) if silent else ""),
        ]
    )
    for one in sorted(silent, key=lambda one: one.silent or timedelta(), reverse=True):
        if one.silent is not None and one.silent >= _SILENT:
            say_prose(
                told("{company} has been silent for {length}.").format(company=one.company, length=length(one.silent)),
                indent="  ",
            )
    _admit(len(first))


def _delays(known: Figures) -> None:
    say_heading(told("How long you took"))
    steps = [
        (step, [one.after for one in known.delays if one.step == step]) for step in ("notes", "thank-you", "letter")
    ]
    if not any(lengths for _, lengths in steps):
        say(told("Nothing is logged yet."))
        return
    print_pairs([(told(step), _typical(lengths)) for step, lengths in steps])
    late = sum(one.after > timedelta(hours=48) for one in known.delays if one.step == "thank-you")
    if late:
        say_prose(
            counted("{count} thank-you came after the 48 hours.", "{count} thank-yous came after the 48 hours.", late),
            indent="  ",
        )
    _admit(max(len(lengths) for _, lengths in steps))


def _hours(known: Figures) -> None:
    say_heading(told("When people picked up"))
    if not known.tries:
        say(told("Nobody has been called yet."))
        return
    print_table(
        (told("Their hour"), told("Calls"), told("Reached")),
        [(f"{one.hour:02}:00-{one.hour:02}:59", str(one.tries), str(one.reached)) for one in known.hours],
        wrapping=(),
    )
    say(told("{reached} of {tries} calls reached the person.").format(reached=known.reached, tries=known.tries))
    _admit(known.tries)


def _admit(count: int) -> None:
    if 0 < count < ENOUGH:
        say_prose(
            counted("Only {count}: too few to mean much.", "Only {count}: too few to mean much.", count), indent="  "
        )


def _typical(lengths: list[timedelta]) -> str:
    typical = middle(lengths)
    if typical is None:
        return ""
    if len(lengths) == 1:
        return told("{length} (once)").format(length=length(typical))
    return told("{length} in the middle ({least} to {most}, {count} times)").format(
        length=length(typical), least=length(min(lengths)), most=length(max(lengths)), count=len(lengths)
    )


def length(value: timedelta) -> str:
    """``40 minutes``, ``5 hours``, ``3 days``: as people say it, in whole ones."""
    minutes = round(value.total_seconds() / 60)
    if minutes < 90:
        return counted("{count} minute", "{count} minutes", minutes)
    if minutes < 36 * 60:
        return counted("{count} hour", "{count} hours", round(minutes / 60))
    return counted("{count} day", "{count} days", round(minutes / (24 * 60)))


def _plain(known: Figures) -> dict[str, object]:
    def hours(value: timedelta | None) -> float | None:
        return round(value.total_seconds() / 3600, 2) if value is not None else None

    return {
        "interviews": known.interviews,
        "answers": [
            {
                "application": one.application,
                "round": one.round,
                "first_hours": hours(one.first),
                "decided_hours": hours(one.decided),
                "silent_hours": hours(one.silent),
            }
            for one in known.answers
        ],
        "delays": [
            {"application": one.application, "round": one.round, "step": one.step, "hours": hours(one.after)}
            for one in known.delays
        ],
        "hours": [{"hour": one.hour, "tries": one.tries, "reached": one.reached} for one in known.hours],
        "enough": {
            "answers": sum(one.first is not None for one in known.answers) >= ENOUGH,
            "calls": known.tries >= ENOUGH,
        },
    }

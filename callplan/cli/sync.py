"""`callplan sync`: the calendar brought up to date, and the user's edits brought home."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.password import asked_for
from callplan.cli.terminal import say, say_json, say_prose, wants_colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from callplan.sync.report import Report

_EXAMPLES = """\
callplan sync
callplan sync --dry-run
callplan sync --allow-deletions
callplan sync --resolve "Call Mette" theirs
"""


@declare("sync", _EXAMPLES)
@click.option("--dry-run", is_flag=True, help="Ask the server and say what would be done; do none of it.")
@click.option("--allow-deletions", is_flag=True, help="Go on although many events would be deleted.")
@click.option(
    "--restore",
    is_flag=True,
    help="Write again all that was deleted from the calendar; steps skipped for it are undone in the log.",
)
@click.option(
    "--resolve",
    nargs=2,
    multiple=True,
    metavar="EVENT theirs|mine",
    help="Settle a conflict: theirs, the calendar's version, or mine, the record's. EVENT: UID or part of the title.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: what was done, as one object.")
@click.pass_obj
def command(
    frame: Frame,
    dry_run: bool,
    allow_deletions: bool,
    restore: bool,
    resolve: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Bring your calendar up to date, and bring home what you changed there.

    An event you moved keeps its time, one you deleted stays deleted, and your notes are kept, all of it in the record's
    log. Begin an event's notes with done, sent, no answer, voicemail or reached, and that is logged. Where you and the
    record changed the same thing, both versions are shown and yours stands until you choose.

    Only callplan's own events are ever touched. Without a [calendar] in the settings it is the built-in one. Safe to
    interrupt.
    """
    from callplan.errors import DecisionError
    from callplan.sync.report import HeldBackError, PartlySyncedError
    from callplan.sync.run import sync

    frame.book()
    try:
        with asked_for(), _bar() as progress:
            report = sync(
                frame.places,
                frame.settings,
                frame.now,
                dry_run=dry_run,
                allow_deletions=allow_deletions,
                restore=restore,
                resolve=_choices(resolve),
                progress=progress,
            )
    except PartlySyncedError as partly:
        _tell(partly.report, as_json)
        raise
    except HeldBackError as held:
        if as_json:
            _tell(held.report, as_json)
        raise
    _tell(report, as_json)
    if frame.settings.calendar is None and report.created and not (dry_run or as_json):
        say_prose(
            told(
                "It is the built-in calendar; callplan serve shows it to the programs of this computer. For a phone: "
                "callplan publish, or a calendar of your own (callplan login)."
            )
        )
    if report.conflicts:
        count = len(report.conflicts)
        raise DecisionError(
            counted(
                "{count} conflict waits for your choice (shown above). Everything else is as it would be.",
                "{count} conflicts wait for your choice (shown above). Everything else is as it would be.",
                count,
            )
            if dry_run
            else counted(
                "{count} conflict waits for your choice (shown above). Everything else is done.",
                "{count} conflicts wait for your choice (shown above). Everything else is done.",
                count,
            )
        )


def _choices(pairs: tuple[tuple[str, str], ...]) -> dict[str, bool]:
    """Event -> whether the calendar's version stands. Raises `UsageError`."""
    from callplan.errors import UsageError
    from callplan.sync.choose import MINE, THEIRS

    for event, choice in pairs:
        if choice.casefold() not in (*THEIRS, *MINE):
            raise UsageError(
                told(
                    "--resolve \"{event}\" {choice}: say theirs (the calendar's version) or mine (the record's)."
                ).format(event=event, choice=choice)
            )
    return {event: choice.casefold() in THEIRS for event, choice in pairs}


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        say_json(report.as_json())
        return
    for line in report.lines():
        say_prose(told(line), hanging="    ")
    numbers = {
        "new": len(report.created),
        "changed": len(report.updated),
        "removed": len(report.deleted),
        "unchanged": report.unchanged,
    }
    if report.dry_run:
        text = told(
            "Would be: {new} new, {changed} changed, {removed} removed; {unchanged} as they are. Nothing was written."
        )
    elif not (report.changes or report.failed):
        text = told("Up to date: {unchanged} events, nothing to write.")
    else:
        text = told("{new} new, {changed} changed, {removed} removed; {unchanged} as they were.")
    say(text.format_map(numbers))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr, begun with the first write; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    bars: list[click._termui_impl.ProgressBar[int]] = []

    def progress(done: int, total: int) -> None:
        if not bars:
            bar = click.progressbar(
                length=total, label=told("Writing"), file=sys.stderr, color=wants_colour(sys.stderr)
            )
            bars.append(bar)
            bar.__enter__()
        bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)

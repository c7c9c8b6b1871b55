"""The whole calendar as `export` and `publish` hand it out, and word of what is not in it as it should be."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from callplan.cli import when
from callplan.cli.frame import Frame
from callplan.cli.language import told
from callplan.cli.terminal import say_notice
from callplan.errors import PartlyDoneError

if TYPE_CHECKING:
    from callplan.web.snapshot import Look


def look_at_all(frame: Frame, now: datetime) -> Look:
    """The book, its plan and its feed at `now`. Faults are told when the command is over, as `Frame.book` does it."""
    from callplan.web.sources import take

    look = take(frame.places, now)
    frame.faults, frame.faults_matter = look.faults, True
    return look


def tell(frame: Frame, look: Look) -> int:
    """Say on stderr what could not be learnt, what is shown as it was, and what is missing.

    Gives the exit code: that of a thing partly done when an application is missing, else 0.
    """
    from callplan.sync.world import notes

    for text in notes(look.world):
        say_notice(text)
    today = look.taken.astimezone(frame.zone).date()
    for name, moment in look.saved.items():
        text = told("{file} is faulty, so its events are those of the version saved on {time}.")
        say_notice(text.format(file=f"{name}.toml", time=when.span(moment.astimezone(frame.zone), None, today)))
    for name in look.missing:
        say_notice(told("{file} is faulty, so its events are missing.").format(file=f"{name}.toml"))
    return PartlyDoneError.exit_code if look.missing else 0

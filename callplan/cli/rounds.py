"""Which interview of an application a command is about."""

from __future__ import annotations

from datetime import datetime, timedelta

from callplan.book.types import Application
from callplan.cli.language import told
from callplan.errors import UsageError

_JUST_OVER = timedelta(hours=12)


def round_at_hand(application: Application, wanted: int | None, now: datetime) -> int:
    """The number of the round wanted, else of the one that is on or just over, else the next, else the last.

    Raises `UsageError` where there is none.
    """
    count = len(application.rounds)
    if not count:
        raise UsageError(
            told("{name} has no interview yet: callplan round {name} --start …").format(name=application.name)
        )
    if wanted is not None:
        if wanted > count:
            raise UsageError(
                told("{name} has no round {wanted}; its last one is {count}.").format(
                    name=application.name, wanted=wanted, count=count
                )
            )
        return wanted
    ahead = [number for number, one in enumerate(application.rounds, 1) if one.end + _JUST_OVER > now]
    return min(ahead, key=lambda number: application.rounds[number - 1].start) if ahead else count


def last_held(application: Application, wanted: int | None, now: datetime) -> int:
    """The number of the round wanted, else of the latest that has begun, else the first. Raises `UsageError`."""
    begun = [number for number, one in enumerate(application.rounds, 1) if one.start <= now]
    if wanted is None and begun:
        return max(begun, key=lambda number: application.rounds[number - 1].start)
    return round_at_hand(application, wanted, now)

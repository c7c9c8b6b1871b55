"""The one clock. Everything that needs the time gets it handed down from here."""

from __future__ import annotations

from datetime import UTC, datetime

from callplan.errors import UsageError
from callplan.message import message

#: A plan needs years to come, and the calendar of computers ends with 9999.
_LAST_YEAR = 9900


def now(replayed: str | None) -> datetime:
    """The present moment in UTC, or the replayed one (``--now``, ``CALLPLAN_NOW``: ISO 8601).

    A replayed time without an offset is read as UTC. Raises `UsageError` when it is no ISO 8601 time.
    """
    if not replayed:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(replayed)
        if moment.year > _LAST_YEAR:
            raise ValueError(replayed)
    except ValueError:
        raise UsageError(
            message('--now "{replayed}" is no time. Write it like 2026-11-16T12:30:00+01:00.', replayed=replayed)
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

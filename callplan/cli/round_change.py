"""`callplan round --change`: an interview that was moved, or about which something else was put right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from callplan.book.local_time import later
from callplan.book.types import Application, Decision, Round
from callplan.cli.frame import Frame
from callplan.cli.language import told
from callplan.errors import UsageError


def change(
    frame: Frame,
    application: Application,
    number: int,
    times: tuple[datetime, datetime, bool] | None,
    place: str | None,
    link: str | None,
    decision: Decision,
) -> Round:
    """Write what is given of interview `number` (from 1; there is one) into the file, and give it as it then is.

    `times` are start, end, and whether the end was not given: then the interview keeps its length. Raises `UsageError`,
    `RecordError`.
    """
    from callplan.book.compose import decision_values, round_values
    from callplan.book.write import set_values

    at = ("rounds", number - 1)
    values: dict[tuple[str | int, ...], Any] = {}
    if times is not None:
        begins, ends, assumed = times
        old = application.rounds[number - 1]
        if assumed:
            ends = later(begins, old.end.astimezone(UTC) - old.start.astimezone(UTC))
        written = round_values(Round(begins, ends), application.timezone)
        values[(*at, "start")] = written["start"]
        if not (assumed and old.end_assumed):
            values[(*at, "end")] = written["end"]
    values |= {(*at, key): text for key, text in (("place", place), ("link", link)) if text is not None}
    promised = {key: value for key, value in decision_values(decision).items() if value is not None}
    values |= {(*at, "decision", key): value for key, value in promised.items()}
    for key, other in (("by", "within"), ("within", "by")):
        if key in promised and getattr(application.rounds[number - 1].decision, other) is not None:
            values[(*at, "decision", other)] = None  # they have named another day, in another way
    if not values:
        raise UsageError(told("Say what has changed: --start, --end, --place, --link or a decision."))
    path = frame.places.book / f"{application.name}.toml"
    return set_values(path, values, seen=application).rounds[number - 1]

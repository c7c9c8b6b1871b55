"""The log of an application: what really happened, theirs and ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from callplan.book.fields import Table
from callplan.book.types import CHANNELS, INCOMING, LOGGABLE_STEPS, OUTCOMES, LogEntry
from callplan.message import message
from callplan.quoted import shown

#: What may be said of something that came from them: a reply may be a robot's, and anything may be taken back.
_OF_A_REPLY = ("out-of-office", "undone")
_OF_THEIRS = ("undone",)

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # in place of a faulty time, and as the fault is told, seen by nobody


def read_log(table: Table, people: Mapping[str, str], rounds: int) -> tuple[LogEntry, ...]:
    """The entries in the order of the file, which need not be that of time."""
    return tuple(_entry(one, people, rounds) for one in table.tables("log"))


def _entry(one: Table, people: Mapping[str, str], rounds: int) -> LogEntry:
    steps = (*LOGGABLE_STEPS, *INCOMING)
    step = one.choice("step", steps, needed=message('Say what it was about, like: step = "thank-you"'))
    if step in INCOMING:
        _check_theirs(one, step)
    elif step is not None and not one.values.get("outcome"):
        one.missing("outcome", message('Say how {step} went, like: outcome = "sent"', step=step))
    return LogEntry(
        at=one.moment("at", needed=message("Say when it happened: at = 2026-11-16T12:30:00+01:00"))
        or datetime(2000, 1, 1, tzinfo=UTC),
        step=step or "",
        outcome=one.choice("outcome", OUTCOMES),
        to=one.persons("to", people),
        note=one.text("note", several_lines=True) or "",
        by=one.choice("by", CHANNELS),
        until=one.day("until"),
        date=one.day("date"),
        time=one.moment("time"),
        round=_round(one, rounds),
        override=one.text("override", several_lines=True),
    )


def _check_theirs(one: Table, step: str) -> None:
    """An entry of theirs needs only `at` and `step`, and says nothing that only an act of the user has."""
    right = _OF_A_REPLY if step == "reply" else _OF_THEIRS
    outcome = one.values.get("outcome")
    if isinstance(outcome, str) and outcome in OUTCOMES and outcome not in right:
        can_be = " or ".join(f'"{word}"' for word in right)
        one.fault(
            "outcome",
            message(
                'log.outcome is {outcome}, but "{step}" came from them. Take it out, or write {can_be}.',
                outcome=shown(outcome),
                step=step,
                can_be=can_be,
            ),
        )
    for key in ("to", "override"):
        if one.values.get(key):
            one.fault(
                key,
                message(
                    'log.{key} belongs to something you did, but "{step}" came from them. Take it out.',
                    key=key,
                    step=step,
                ),
            )


def _round(one: Table, rounds: int) -> int | None:
    if rounds == 0 and "round" in one.values:
        one.fault("round", message("log.round names a round, but there is no [[rounds]] yet."))
        return None
    return one.whole("round", 1, rounds)

"""What was typed at a `callplan add` that was broken off: kept for this user's eyes only, offered at the next one."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

import click

from callplan import kept
from callplan.book.nearest import folded
from callplan.cli import when
from callplan.cli.answers import Answers
from callplan.cli.language import told
from callplan.cli.terminal import filled, say_prose
from callplan.errors import UsageError
from callplan.where import UNFINISHED, Places


class Unfinished:
    """The answers of this book's last `add` that was broken off. `today` is what relative dates are typed on."""

    def __init__(self, places: Places, today: date) -> None:
        """Nothing is read yet."""
        self._path = places.kept(UNFINISHED)
        self._today = today

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self._path.exists()

    def keep(self, answers: Answers) -> None:
        """Remember the answers so far; silent where nothing can be written."""
        given = {name: value for name, value in asdict(answers).items() if value}
        kept.write(self._path, {"typed": self._today.isoformat(), "answers": given})

    def forget(self) -> None:
        """Delete them."""
        self._path.unlink(missing_ok=True)

    def offered(self, given: Answers) -> Answers:
        """With what had been typed, where it goes with what flags have `given` and the user wants it; else as given."""
        before = self._read()
        if before is None or not _is_same_job(given, before):
            return given
        typed = (before.company, before.position, before.start, ", ".join(filter(None, before.person)))
        say_prose(told("You had typed: {answers}").format(answers="; ".join(filter(None, typed))), err=True)
        if click.confirm(filled(told("Go on with what you had typed?")), default=True, err=True):
            return replace(before, **{name: value for name, value in _given(given).items() if value})
        self.forget()
        return given

    def forget_if_written(self, written: Answers) -> None:
        """Delete them where the application that was written now is the one they were meant for."""
        before = self._read()
        if before is not None and _is_same_job(written, before):
            self.forget()

    def _read(self) -> Answers | None:
        """The answers, if there are any; a start that means another day today ("tomorrow 10") is asked again."""
        known = kept.read(self._path)
        try:
            typed = date.fromisoformat(known["typed"])
            before = Answers(
                **{one.name: _as_typed(known["answers"].get(one.name), one.default) for one in fields(Answers)}
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        try:
            days = {when.read_time(before.start or "", day, or_today=True) for day in (typed, self._today)}
        except UsageError:
            days = set()
        return before if len(days) == 1 else replace(before, start=None)


def _given(answers: Answers) -> dict[str, Any]:
    return {one.name: getattr(answers, one.name) for one in fields(Answers)}


def _is_same_job(some: Answers, others: Answers) -> bool:
    """Whether both can be answers for one application: no other company, no other position."""
    pairs = ((some.company, others.company), (some.position, others.position))
    return all(not one or not other or folded(one) == folded(other) for one, other in pairs)


def _as_typed(value: Any, default: Any) -> Any:
    """A text, or texts, as they were kept. Raises `TypeError` for anything else."""
    texts = value if isinstance(value, list) else [value]
    if value is None:
        return default
    if isinstance(value, list) != isinstance(default, tuple) or not all(isinstance(text, str) for text in texts):
        raise TypeError
    return tuple(value) if isinstance(value, list) else value

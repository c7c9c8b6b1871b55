"""Writes the snapshots anew: ``python -m tests.words.snapshots``. Read the difference aloud before committing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from callplan.book.types import Notes
from callplan.plan.step import Status, StepKind
from callplan.words.agenda import events
from callplan.words.script import as_text, call_script

from tests.words.examples import CALLED, INTERVIEW, NORDLYS, NORDLYS_DA, NOW, SETTINGS, WROTE, me, step

FOLDER = Path(__file__).parent / "snapshots"
_PANEL = (StepKind.INTERVIEW, StepKind.THANK_YOU, StepKind.THANK_YOU_DEADLINE)
_TENTATIVE = (StepKind.FOLLOW_UP, StepKind.CALL, StepKind.SECOND_CALL, StepKind.REHEARSE, StepKind.REFLECT)


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of each snapshot."""
    later = datetime(2026, 12, 17, 12, tzinfo=UTC)
    for record in (NORDLYS, NORDLYS_DA):
        yield f"call-{record.language}.txt", as_text(call_script(record, step(), SETTINGS, NOW))
        twice = replace(record, log=(WROTE, CALLED))
        second = call_script(twice, step(StepKind.SECOND_CALL), SETTINGS, later)
        yield f"second-call-{record.language}.txt", as_text(second)
        silent = (replace(INTERVIEW, notes=Notes()),)
        bare = replace(record, why=(), fit=(), log=(), rounds=silent)
        yield f"gaps-{record.language}.txt", as_text(call_script(bare, step(), SETTINGS, NOW))
        steps = [
            step(
                kind,
                to=("Mette Holm", "Jonas Krag") if kind in _PANEL else ("Mette Holm",),
                status=Status.TENTATIVE if kind in _TENTATIVE else Status.PLANNED,
                due=datetime(2026, 12, 18, 16, tzinfo=UTC),
            )
            for kind in StepKind
        ]
        shown = events(steps, [twice], me(language=record.language, timezone="Europe/London"))
        alarms = ["".join(f"\n({alarm.minutes:+d} min) {alarm.text}" for alarm in one.alarms) for one in shown]
        yield (
            f"events-{record.language}.txt",
            "\n\n".join(f"## {one.summary}\n{one.description}{rings}" for one, rings in zip(shown, alarms, strict=True))
            + "\n",
        )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in texts():
        (FOLDER / name).write_text(content, encoding="utf-8")

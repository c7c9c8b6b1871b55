"""Writes the snapshots anew: ``python -m tests.words.snapshots``. Read the difference aloud before committing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from callplan.book.types import Application, LogEntry, Notes
from callplan.plan.step import Status, StepKind
from callplan.words.agenda import events
from callplan.words.letters.matter import DraftKind
from callplan.words.letters.paper import by_hand_text
from callplan.words.script import Variant, as_text, call_script

from tests.words.examples import CALLED, INTERVIEW, NORDLYS, NORDLYS_DA, NOW, SETTINGS, WROTE, me, step
from tests.words.letters import draft

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
        for variant in (Variant.OFFER, Variant.REJECTION, Variant.NO_SHOW):
            came = LogEntry(
                NOW - timedelta(hours=4), "rejection" if variant is Variant.REJECTION else "offer", by="phone"
            )
            rung = replace(record, log=(came,))
            spoken = as_text(call_script(rung, step(start=None, end=None), SETTINGS, NOW, variant=variant))
            yield f"{variant.value}-{record.language}.txt", spoken
        yield f"letters-{record.language}.txt", "\n".join(_letters(record))
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


def _letters(record: Application) -> Iterator[str]:
    """Every kind of draft: to each of the panel where each gets one; late, by hand and in three lines."""
    for kind in DraftKind:
        for name in INTERVIEW.panel if kind in (DraftKind.THANK_YOU, DraftKind.LETTER) else INTERVIEW.panel[:1]:
            one = draft(kind, record, name)
            yield f"## {kind.value}, {one.words}\n{one.subject}\n\n{one.body}"
        if kind is not DraftKind.LETTER:
            yield f"## {kind.value}, quick\n{draft(kind, record, quick=True).body}"
    yield f"## letter, by hand\n{by_hand_text(draft(DraftKind.LETTER, record, by_hand=True))}"
    yield f"## thank-you, late\n{draft(DraftKind.THANK_YOU, record, late=True).body}"
    yield f"## answer, yes\n{draft(DraftKind.ANSWER, record, accepted=True).body}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in texts():
        (FOLDER / name).write_text(content, encoding="utf-8")

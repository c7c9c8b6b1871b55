"""What stays in calendar and feed of applications in the archive: their interviews, and nothing that chases anybody.

An interview is an appointment, whatever became of the application: those that took place are history, and one still
ahead is not to vanish from a calendar because a file was put away. One that was called off has left it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from callplan.book.archive import archive_of
from callplan.book.folder import Book, read_book
from callplan.book.types import Application
from callplan.plan.cadence import make_plan
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.world import World


@dataclass(frozen=True, slots=True)
class Archived:
    """Applications in the archive (but those that are in the book again), their interviews, names of faulty files."""

    applications: tuple[Application, ...]
    interviews: tuple[Step, ...]
    faulty: tuple[str, ...]


def archived(folder: Path, book: Book, world: World, unchanged: Path | None = None) -> Archived:
    """What is in the archive of the book in `folder`; `unchanged` as for `read_book`.

    Raises `RecordError` when it cannot be read.
    """
    archive = read_book(archive_of(folder), unchanged)
    live = {one.id for one in book.applications}
    over = tuple(one for one in archive.applications if one.id not in live)
    steps = make_plan(over, world) if over else []
    interviews = tuple(
        step
        for step in steps
        if step.kind is StepKind.INTERVIEW
        and step.start is not None
        and (step.start < world.now or step.status is not Status.SKIPPED)
    )
    return Archived(over, interviews, archive.faulty)

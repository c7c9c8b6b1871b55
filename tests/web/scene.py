"""A book that exists in memory only, to put a server before."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from callplan.book.types import Application
from callplan.message import message
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.world import Me, World
from callplan.settings import MeSettings, Settings
from callplan.web.snapshot import LastLook, Look
from callplan.where import Places

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

NORDLYS = Application("nordlys", UUID("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"), "Nordlys Energi", "Data Engineer")
CASCADIA = Application("cascadia", UUID("5d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c12"), "Cascadia <Labs>", "Analyst & more")

CALL = Step(
    application="cascadia", round=1, kind=StepKind.CALL, to=("Pat Doe",), phone="+1 206 555 0100 ext. 12",
    start=NOW + timedelta(hours=7), end=NOW + timedelta(hours=7, minutes=15), due=NOW + timedelta(days=3),
    timezone="America/Los_Angeles", status=Status.PLANNED, assumed=False,
    why=message("Two business days after the follow-up."), advice="4.1.b3", uid="c0000000-0000-4000-8000-000000000001",
)  # fmt: skip
LETTER = Step(
    application="nordlys", round=1, kind=StepKind.LETTER, to=("Mette Holm",), phone=None,
    start=NOW + timedelta(days=1), end=NOW + timedelta(days=1, minutes=30), due=None,
    timezone="Europe/Copenhagen", status=Status.LATE, assumed=False,
    why=message("Three business days after the interview."), advice="3.2", uid="c0000000-0000-4000-8000-000000000002",
)  # fmt: skip


@dataclass
class Scene:
    """What the server will see when it looks, and how often it looked."""

    now: datetime = NOW
    sign: Hashable = 0
    feed: bytes = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    newest: datetime | None = NOW - timedelta(days=2)
    fails: bool = False
    looks: int = 0
    steps: tuple[Step, ...] = (CALL, LETTER)
    look: Look = field(init=False)

    def __post_init__(self) -> None:
        """The look everything is changed from."""
        self.look = Look(
            taken=self.now,
            applications=(CASCADIA, NORDLYS),
            faults=(),
            steps=self.steps,
            titles={CALL.uid: "Call Pat Doe", LETTER.uid: "Letter to Mette Holm"},
            settings=Settings(me=MeSettings(timezone="Europe/Copenhagen", timezone_known=True)),
            world=World(now=self.now, me=Me("Europe/Copenhagen")),
            feed=self.feed,
            newest=self.newest,
            until=self.now,
        )

    def take(self, now: datetime) -> Look:
        """Look at the book."""
        self.looks += 1
        if self.fails:
            raise OSError("the disk is gone")
        return replace(
            self.look,
            taken=now,
            feed=self.feed,
            newest=self.newest,
            until=now + timedelta(minutes=15),
            steps=self.steps,
        )

    def kept(self, folder: Path) -> LastLook:
        """The look a server would keep, its memory in `folder`."""
        return LastLook(self.take, lambda: self.sign, lambda: self.now, folder / "feed-validators.json")


def places_in(folder: Path) -> Places:
    """Places of a test."""
    return Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")

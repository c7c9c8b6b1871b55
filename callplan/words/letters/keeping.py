"""Drafts on disk: where each one lies, whether the user has edited it, and how far it is.

The file is the draft; the list of them in the state folder only remembers what callplan wrote and which text was
proofread or reviewed, as hashes. So an edit after proofreading makes it a draft again, and what was sent is asked of
the log, which alone says what happened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from callplan.book.types import Application
from callplan.errors import RecordError
from callplan.message import message
from callplan.plan.history import standing
from callplan.where import Places
from callplan.words import private_file

_VERSION = 1

#: No entry of a log is later than this.
_EVER = datetime.max.replace(tzinfo=UTC)

#: The step that the log names where the kind of draft is called otherwise.
LOGGED_AS = {"withdraw": "withdrawn"}

#: How a gap begins in each language there are phrases in (`Phrases.gap`).
GAP_SIGNS = ("[GAP: ", "[MANGLER: ")


class DraftState(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    PROOFED = "proofed"
    REVIEWED = "reviewed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft that was written to a file. `person` is empty where it is for nobody in particular.

    `written` is the SHA-256 of what callplan wrote; `proofed` and `reviewed` are those of the text that was.
    """

    application: str  # the application's id
    round: int
    kind: str
    person: str
    path: str
    written: str
    proofed: str = ""
    reviewed: str = ""

    @property
    def file(self) -> Path:
        """Where it lies."""
        return Path(self.path)

    @property
    def text(self) -> str | None:
        """What the file holds now; None when it has been deleted. Raises `RecordError` when it cannot be read."""
        content = private_file.read(self.file)
        if content is None:
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RecordError(message("{file} is not UTF-8. Save it as UTF-8.", file=str(self.path))) from None

    @property
    def edited(self) -> bool:
        """Whether the file is there and holds something else than callplan wrote."""
        content = private_file.read(self.file)
        return content is not None and fingerprint(content) != self.written


class Drafts:
    """The drafts of one book."""

    def __init__(self, places: Places) -> None:
        book = hashlib.sha256(str(places.book.expanduser().resolve()).encode()).hexdigest()[:8]
        self._path = places.state / f"drafts-{book}.json"

    def of(
        self,
        application: Application,
        kind: str | None = None,
        round_number: int | None = None,
        whom: Iterable[str] = (),
    ) -> list[KeptDraft]:
        """The application's drafts whose text file is still there. No `whom`: everybody's. Raises `RecordError`."""
        names = set(whom)
        return [
            one
            for one in self._all()
            if one.application == str(application.id)
            and kind in (None, one.kind)
            and round_number in (None, one.round)
            and (not names or not one.person or one.person in names)
            and one.file.is_file()
        ]

    def state(self, draft: KeptDraft, application: Application) -> DraftState:
        """How far it is: sent when the log says so, else reviewed or proofed if that very text was."""
        if was_sent(application, draft.kind, draft.round, draft.person):
            return DraftState.SENT
        now = fingerprint((draft.text or "").encode())
        if draft.reviewed == now:
            return DraftState.REVIEWED
        return DraftState.PROOFED if draft.proofed == now else DraftState.DRAFT

    def mark(self, draft: KeptDraft, state: DraftState) -> KeptDraft:
        """Remember that the text as it now stands was proofread or reviewed. Raises `RecordError`, `ValueError`."""
        now = fingerprint((draft.text or "").encode())
        if state is DraftState.PROOFED:
            marked = replace(draft, proofed=now)
        elif state is DraftState.REVIEWED:
            marked = replace(draft, reviewed=now)
        else:
            raise ValueError(f"{state} is asked of the log, or of the file")
        self._keep(marked)
        return marked

    def write(self, draft: KeptDraft, text: str) -> tuple[KeptDraft, bool]:
        """Write the draft's text, unless the user has edited what is there; tells whether it was written.

        A file that callplan did not write is never touched either. Raises `RecordError`.
        """
        known = next((one for one in self._all() if one.path == draft.path), None)
        there = private_file.read(draft.file)
        if there is not None and (known is None or fingerprint(there) != known.written):
            kept = known or replace(draft, written="")
            if known is None:
                self._keep(kept)
            return kept, False
        content = text.encode()
        private_file.write(draft.file, content)
        fresh = replace(known or draft, **_identity(draft), written=fingerprint(content))
        self._keep(fresh)
        return fresh, True

    def write_rendering(self, path: Path, content: bytes) -> bool:
        """Write what a draft looks like elsewhere (e-mail, HTML, PDF), unless the user has changed that file."""
        held = self._held()
        renderings = held.setdefault("renderings", {})
        there = private_file.read(path)
        if there is not None and fingerprint(there) != renderings.get(str(path)):
            return False
        private_file.write(path, content)
        renderings[str(path)] = fingerprint(content)
        private_file.write_json(self._path, held)
        return True

    def _held(self) -> dict[str, Any]:
        held = private_file.read_json(self._path) or {"version": _VERSION}
        if held.get("version") != _VERSION:
            raise RecordError(message("{file} was written by a newer callplan. Use that one.", file=str(self._path)))
        if not isinstance(held.get("drafts", []), list) or not isinstance(held.get("renderings", {}), dict):
            raise RecordError(message("{file} is damaged. Delete it; your drafts are not in it.", file=str(self._path)))
        return held

    def _all(self) -> list[KeptDraft]:
        try:
            return [KeptDraft(**one) for one in self._held().get("drafts", [])]
        except TypeError:
            raise RecordError(
                message("{file} is damaged. Delete it; your drafts are not in it.", file=str(self._path))
            ) from None

    def forget(self, application: Application) -> int:
        """Delete the application's drafts and all that is remembered of them; how many files. Raises `RecordError`."""
        theirs = [one for one in self._all() if one.application == str(application.id)]
        there = [one.file for one in theirs if one.file.is_file()]
        for file in there:
            file.unlink(missing_ok=True)
        if theirs:
            paths = {one.path for one in theirs}
            kept = [asdict(one) for one in self._all() if one.path not in paths]
            private_file.write_json(self._path, {**self._held(), "drafts": kept})
        return len(there)

    def _keep(self, draft: KeptDraft) -> None:
        others = [one for one in self._all() if one.path != draft.path]
        values = sorted((asdict(one) for one in (*others, draft)), key=lambda one: str(one["path"]))
        private_file.write_json(self._path, {**self._held(), "drafts": values})


def gaps_in(text: str) -> list[str]:
    """The gaps left in a text, as they stand there (at most to the end of their line)."""
    found = []
    for line in text.splitlines():
        for sign in GAP_SIGNS:
            start = line.find(sign)
            while start >= 0:
                end = _closing(line, start)
                found.append(line[start:end])
                start = line.find(sign, end)
    return found


def was_sent(application: Application, kind: str, round_number: int, person: str) -> bool:
    """Whether the log says that it was sent to that person (an entry without names is for everybody)."""
    step = LOGGED_AS.get(kind, kind)
    if round_number > len(application.rounds):
        return False
    return any(
        not entry.to or not person or person in entry.to
        for entry in standing(application, _EVER)[round_number - 1]
        if entry.step == step and (entry.outcome in ("sent", "done") or step == "withdrawn")
    )


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def _closing(line: str, start: int) -> int:
    """Just after the bracket that closes the one at `start`: gaps may hold brackets ([me], [[people]])."""
    depth = 0
    for index in range(start, len(line)):
        depth += {"[": 1, "]": -1}.get(line[index], 0)
        if depth == 0:
            return index + 1
    return len(line)


def _identity(draft: KeptDraft) -> dict[str, Any]:
    return {"application": draft.application, "round": draft.round, "kind": draft.kind, "person": draft.person}

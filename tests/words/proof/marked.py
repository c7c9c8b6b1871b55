"""Sentences with their faults marked in them: ``I {beleive|believe|typo} it. @ Known Name; Another``."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\{([^|{}]*)\|([^|{}]*)\|(\w+)\}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that is wrong, and what belongs there."""

    start: int
    end: int
    kind: str
    correct: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, the faults in it, and the people known."""

    text: str
    faults: tuple[Fault, ...]
    names: tuple[str, ...]


def marked(line: str) -> Sentence:
    """Read one line."""
    line, _, names = line.partition(" @ ")
    text, faults, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        if match[1] != match[2]:
            faults.append(Fault(len(text), len(text) + len(match[1]), match[3], match[2]))
        text += match[1]
        last = match.end()
    return Sentence(text + line[last:], tuple(faults), tuple(name.strip() for name in names.split(";") if name.strip()))


def sentences(path: Path) -> list[Sentence]:
    """All sentences of a file; lines that begin with # are not."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [marked(line) for line in lines if line.strip() and not line.startswith("#")]


def corpus(path: Path) -> list[tuple[str, Sentence]]:
    """The sentences of a corpus file (JSON lines) with their ids."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        faults = tuple(Fault(one["start"], one["end"], one["kind"], one["correct"]) for one in row["errors"])
        found.append((row["id"], Sentence(row["text"], faults, tuple(row.get("names", ())))))
    return found


def is_tuned_on(identity: str) -> bool:
    """Which half of the corpus may be looked at while rules are written; the other half is only counted."""
    return hashlib.sha256(identity.encode()).digest()[0] % 2 == 0

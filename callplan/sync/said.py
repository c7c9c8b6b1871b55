"""What the user's notes in an event say that the log does not have yet: outcomes and remarks. Pure.

The notes are one text that grows: lines are added at its top or its end, completed, taken out. What was in them before
is known (`Known.home`), and what the log has is held against them one to one. So words written twice are two tries, and
the same words seen twice (by a second machine, after a lost state) are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from callplan.book.characters import PROSE, without_forbidden
from callplan.book.types import LogEntry
from callplan.ics.description import as_text, plain
from callplan.plan.history import TRIED
from callplan.sync.content import words

#: After these another try may follow; what stands below any other outcome is a remark on it.
_MORE_MAY_FOLLOW = frozenset({*TRIED, "voicemail"})

#: Words of a remark that are not found by accident inside another one.
_LONG = 30

_KEY = re.compile(r"\w+|\?")

#: The outcome that a text begins with (None for none), and the remark that is left.
Reader = Callable[[str], tuple[str | None, str]]

Judge = Callable[[LogEntry], bool]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the notes say: an outcome with its remark, or (None) a remark. `text` is all of it, as it was typed."""

    outcome: str | None
    remark: str
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What is to be logged, in order, and the last outcome among what is new in the notes, logged before or not."""

    unlogged: tuple[Said, ...] = ()
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    fresh: bool  # it has not come home, and no remark in the log has its words
    opens: bool  # it begins with an outcome
    home: bool  # it has come home


def lines_of(notes: str) -> list[str]:
    """The lines of the notes that say anything, readable: without HTML clothing and without what no record may hold."""
    text = without_forbidden(as_text(plain(notes)).replace("&nbsp;", " ").replace("\xa0", " "))
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def shortened(text: str) -> str:
    """A remark as long as the record takes it; all of it stays in the calendar."""
    return text if len(text) <= PROSE else f"{text[: PROSE - 1]}…"


def at_home(notes: str) -> tuple[str, ...]:
    """What is remembered of notes once they are in the record."""
    return tuple(words(line) for line in lines_of(notes))


def is_news(notes: str, home: Sequence[str]) -> bool:
    """Whether anything was written into the notes, or taken out of them, since they came home."""
    return Counter(map(_key, lines_of(notes))) != Counter(map(_key, home))


def hear(notes: str, home: Sequence[str], entries: Iterable[LogEntry], read: Reader, may_be: Judge | None) -> Heard:
    """What in `notes` is new and not logged.

    `home` is what came home earlier, `entries` what the log has of this very step, `read` finds an outcome at the
    beginning of a text. `may_be` tells whether an entry may be of the new lines (one that is older than what is
    remembered cannot be); None: nothing is remembered, so any may, whatever its remark.
    """
    entries = list(entries)
    blocks = _blocks(_marked(lines_of(notes), home, entries, read), read)
    free = [entry for entry in entries if entry.outcome != "noted"]
    noted = [entry for entry in entries if entry.outcome == "noted"]
    for block in blocks:
        if block[0].opens and not block[0].fresh:
            said = words(_joined(block))
            if not _take(free, _outcomes_like(block, free, read, exactly=True)):
                refused = [one for one in noted if words(one.note) == said]
                _take(noted, refused) or _take(free, _outcomes_like(block, free, read))
    unlogged: list[Said] = []
    outcome = None
    for block in blocks:
        rest = [line for line in block if line.fresh]
        if block[0].opens and block[0].fresh:
            text = _joined(line for line in block if not line.home)
            outcome, remark = read(text)
            found = [one for one in _outcomes_like(block, free, read, exactly=True) if may_be is None or may_be(one)]
            if not found and may_be is None:
                found = _outcomes_like(block, free, read)
            refused = [one for one in noted if words(one.note) == words(text) and (may_be is None or may_be(one))]
            if not found and not refused:
                unlogged.append(Said(outcome, shortened(remark), text))
                continue
            if not _take(free, found):
                _take(noted, refused)
                outcome = None
                continue
            rest = [line for line in rest[1:] if not _in_log(line.text, found[:1])]
        if text := _joined(rest):
            unlogged.append(Said(None, shortened(text), text))
    return Heard(tuple(_merged(unlogged)), outcome)


def _key(text: str) -> str:
    """A line reduced to what tells it from others: case and marks do not, but a question is no statement."""
    return " ".join(_KEY.findall(words(text).casefold())) or words(text)


def _marked(lines: Sequence[str], home: Sequence[str], entries: Sequence[LogEntry], read: Reader) -> list[_Line]:
    """Which lines are new: not those that came home, nor remarks that the log has, nor old lines in another dress."""
    left = Counter(map(_key, home))
    # An outcome that stood inside prose was taken for a part of it.
    in_prose = Counter(_key(line) for one in entries if one.outcome == "noted" for line in one.note.split("\n")[1:])
    marked: list[_Line] = []
    for line in lines:
        key, opens = _key(line), read(line)[0] is not None
        came_home = left[key] > 0
        if came_home:
            left[key] -= 1
        prose = opens and in_prose[key] > 0
        if prose:
            in_prose[key] -= 1
        fresh = not came_home and not prose and (opens or not _in_log(line, entries))
        marked.append(_Line(line, fresh, opens and not prose, came_home))
    gone = [key for key in left.elements() if key]
    return [_as_edited(line, gone, read) if line.fresh else line for line in marked]


def _as_edited(line: _Line, gone: list[str], read: Reader) -> _Line:
    """A line that completes one that has gone is a remark; one that is a piece of it says nothing new."""
    key = _key(line.text)
    for old in gone:
        if line.opens and read(old)[0] is None:
            continue  # it has become an outcome
        if f"{key} ".startswith(f"{old} "):
            gone.remove(old)
            return replace(line, opens=False)
        if f"{old} ".startswith(f"{key} ") or (not line.opens and f" {key} " in f" {old} "):
            return replace(line, fresh=False)
    return line


def _blocks(lines: Sequence[_Line], read: Reader) -> list[list[_Line]]:
    """The lines by what they are about: each outcome, at the beginning of a line, with what stands below it.

    Prose is not searched for outcomes: one counts at the beginning of what is new, or below a try.
    """
    blocks: list[list[_Line]] = []
    for line in lines:
        block = blocks[-1] if blocks else []
        tried = bool(block) and block[0].opens and read(block[0].text)[0] in _MORE_MAY_FOLLOW
        if not block or (line.opens and (tried or not any(one.fresh for one in block))):
            blocks.append([line])
        elif line.fresh and not line.opens and not block[0].opens and not any(one.fresh for one in block):
            blocks.append([line])  # new remarks apart from old ones
        else:
            block.append(line)
    return blocks


def _outcomes_like(
    block: Sequence[_Line], entries: Sequence[LogEntry], read: Reader, *, exactly: bool = False
) -> list[LogEntry]:
    """The entries that may be of this block: of the same outcome, `exactly`: with a remark of its words too."""
    outcome, _ = read(block[0].text)
    same = [entry for entry in entries if entry.outcome == outcome]
    if not exactly:
        return same
    fresh = [line for line in block if line.fresh]
    texts = {
        words(shortened(read(_joined(some[:count]))[1])) for some in (block, fresh) for count in range(len(some), 0, -1)
    }
    return [entry for entry in same if words(entry.note) in texts]


def _take(entries: list[LogEntry], found: Sequence[LogEntry]) -> bool:
    if found:
        entries.remove(found[0])
    return bool(found)


def _in_log(line: str, entries: Iterable[LogEntry]) -> bool:
    """Whether the log holds these words as (part of) a remark. Long ones are found inside others too, since clients
    break lines anew.
    """
    same = words(line)
    return any(
        same in map(words, entry.note.split("\n")) or (len(same) > _LONG and same in words(entry.note))
        for entry in entries
        if entry.note
    )


def _merged(said: Iterable[Said]) -> list[Said]:
    """Remarks that follow one another are one."""
    merged: list[Said] = []
    for one in said:
        if merged and merged[-1].outcome is None and one.outcome is None:
            text = f"{merged[-1].text}\n{one.text}"
            merged[-1] = Said(None, shortened(text), text)
        else:
            merged.append(one)
    return merged


def _joined(lines: Iterable[_Line]) -> str:
    return "\n".join(line.text for line in lines).strip()

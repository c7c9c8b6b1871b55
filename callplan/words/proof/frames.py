"""Rules as frames: a place where a word is wrong, what belongs there, and why. Data: `english-frames.toml`, `danish-…`.

kind, why    as in a finding
find         a regular expression; the faulty words are its group `x`. `{NAME}` stands for one of the file's `[names]`;
             a blank is any white space, capitals do not matter
mend         what belongs there; or "=table": looked up in `[tables]` by the small-lettered words, nothing if not there;
             "=to": the same after "to"; "=a": the other article; "=s/this/that/": replaced within the words
before       must be found in the text that ends where `x` starts
[[each]]     a frame for each row of `table`; `{this}` and `{that}` in it are the row's two sides
unless       must not be found from some words before to some words after
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from callplan.words.proof.finding import Finding

_BEFORE = 40
_AFTER = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """One rule."""

    kind: str
    find: re.Pattern[str]
    mend: str
    why: str
    before: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Frames:
    """A language's rules, and the tables that they look suggestions up in."""

    frames: tuple[Frame, ...]
    tables: dict[str, dict[str, str]]


def read_frames(text: str) -> Frames:
    """From TOML. Raises `ValueError` (`re.error`, `KeyError`) for a faulty one: they are ours, so that is a bug."""
    read: dict[str, Any] = tomllib.loads(text)
    names: dict[str, str] = {}
    for name, pattern in read.get("names", {}).items():
        names[name] = f"(?:{_fill(pattern, names)})"
    tables: dict[str, dict[str, str]] = read.get("tables", {})
    names |= {f"any {name}": f"(?:{'|'.join(map(re.escape, table))})" for name, table in tables.items()}

    def compiled(pattern: str | None) -> re.Pattern[str] | None:
        return re.compile(_fill(pattern, names), re.IGNORECASE) if pattern else None

    def rows() -> Iterator[dict[str, str]]:
        yield from read["frame"]
        for one in read.get("each", ()):
            for this, that in tables[one["table"]].items():
                yield {key: value.replace("{this}", this).replace("{that}", that) for key, value in one.items()}

    found = [
        Frame(
            one["kind"],
            re.compile(_fill(one["find"], names), re.IGNORECASE),
            one["mend"],
            one["why"],
            compiled(one.get("before")),
            compiled(one.get("unless")),
        )
        for one in rows()
    ]
    return Frames(tuple(found), tables)


def _fill(pattern: str, names: dict[str, str]) -> str:
    return re.sub(r"\{([A-Za-z][A-Za-z_ ]*)\}", lambda match: names[match[1]], pattern)


@cache
def shipped(language: str) -> Frames:
    """The rules shipped for ``english`` or ``danish``; read once."""
    return read_frames((files(__package__) / f"{language}-frames.toml").read_text(encoding="utf-8"))


def framed(frames: Frames, text: str) -> Iterator[Finding]:
    """What the rules find in `text`. Typographic apostrophes are read as straight ones, white space as one blank."""
    plain, places = _even(text)
    for one in frames.frames:
        for match in one.find.finditer(plain):
            start, end = match.span("x")
            if one.before is not None and not one.before.search(plain, max(0, start - _BEFORE), start):
                continue
            near = plain[max(0, start - _BEFORE) : end + _AFTER]
            if one.unless is not None and one.unless.search(near):
                continue
            mend = _mend(one.mend, match, frames.tables)
            if mend is None or mend == match["x"]:
                continue
            first, last = places[start], places[end - 1] + 1
            found = text[first:last]
            if found[0].isupper() and (len(found) == 1 or not found.isupper()):
                mend = mend[0].upper() + mend[1:]
            yield Finding(first, last, one.kind, found, (mend,), one.why)


def _even(text: str) -> tuple[str, list[int]]:
    """White space made even, an empty line a line break; and for each character where it was."""
    characters: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"\s+|\S", text):
        piece = match.group()
        if piece.isspace():
            piece = "\n" if piece.count("\n") > 1 else " "
        characters.append("'" if piece == "’" else piece)
        places.append(match.start())
    return "".join(characters), places


def _mend(rule: str, match: re.Match[str], tables: dict[str, dict[str, str]]) -> str | None:
    words = match["x"].lower()
    if not rule.startswith("="):
        return rule
    if rule == "=to":
        return "to " + words
    if rule == "=a":
        return _article(match["x"].lower(), match["word"])
    if rule.startswith("=s/"):
        _, this, that, _ = rule.split("/")
        return re.sub(this, that, words, count=1)
    if rule == "=gerund":
        return tables["gerund"].get(words, words + "ing")
    return tables[rule[1:]].get(words)


def _article(article: str, word: str) -> str | None:
    """The article by sound: an hour, a university, a one-off, an MBA."""
    low = word.lower()
    if word.isupper():
        if len(word) > 4 or len(word) == 1:
            return None
        vowel = word[0] in "AEFHILMNORSX"
    elif re.match(r"hour|honest|honou?r|honer|heir", low):
        vowel = True
    elif re.match(r"uni(?!n|m)|use|usu|eu|ew|one\b|one-|once|ubiq|uti|ura|uter", low):
        vowel = False
    elif re.match(r"hist|hotel|herb|habitual", low) or not low[0].isascii():
        return None
    else:
        vowel = low[0] in "aeiou"
    right = "an" if vowel else "a"
    return right if right != article else None

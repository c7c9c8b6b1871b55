"""Names: those the user knows are right as they are; what nearly is one of them is a slip that a reader minds most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from callplan.words.proof.distance import folded, heard, slips
from callplan.words.proof.finding import Finding
from callplan.words.proof.speller import Speller
from callplan.words.proof.tokens import Token
from callplan.words.proof.word_list import words_of

_TITLES = words_of(
    "mr mrs ms miss dr prof professor dear herr frau hr fru frk kære hej señor señora monsieur madame hello hi"
)

#: Capitalised words that stand near names without being one.
NEVER_NAMES = words_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december christmas easter dear kind best regards yours sincerely "
    "faithfully thank thanks subject hello mandag tirsdag onsdag torsdag fredag lørdag søndag januar "
    "februar marts april maj juni juli august kære med venlig hilsen bedste mange venlige hilsner tak de "
    "jeg du vi i han hun den det hr fru"
)


@dataclass(frozen=True)
class Known:
    """The names that may stand in the text, in full; `others` are names that must not stand there."""

    people: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # firms and people of other applications

    def parts(self) -> dict[str, str]:
        """Every part of a known name, by its small-lettered form."""
        return {part.lower(): part for name in (*self.people, *self.firms) for part in name_parts(name)}


def name_parts(name: str) -> list[str]:
    """The words of a name: ``Aoife Ní Dhomhnaill`` has three."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name)


def misspelt_names(words: list[Token], known: Known, speller: Speller | None, language: str) -> Iterator[Finding]:
    """Words that nearly are a name of `known`, or are one without its capital."""
    parts = {low: part for low, part in known.parts().items() if len(part) > 2}
    people = {part.lower() for name in known.people for part in name_parts(name)}
    if not parts:
        return
    beside = _neighbours(known.people)
    for place, token in enumerate(words):
        word = _bare(token.text, language, parts)
        if not token.is_word or len(word) < 3 or word.lower() in NEVER_NAMES:
            continue
        exact = parts.get(word.lower())
        if exact is not None:
            lacks_capital = exact[0].isupper() and word == word.lower() and word.lower() in people
            if lacks_capital and (speller is None or not speller.knows(word)):
                yield _finding(token, word, exact, f'"{exact}" is a name; it takes a capital.')
            continue
        before = words[place - 1] if place and token.follows_closely else None
        after = words[place + 1] if place + 1 < len(words) and words[place + 1].follows_closely else None
        titled = before is not None and before.low.rstrip(".") in _TITLES
        fellows = {one.low for one in (before, after) if one is not None}
        near = _nearest(word, parts, titled, fellows, beside)
        if (
            near is None
            or _is_anothers(before, parts, speller)
            or not _is_suspect(token, word, speller, titled or bool(fellows & beside.get(near.lower(), set())))
        ):
            continue
        yield _finding(
            token, word, near, f'You know "{near}", not "{word}"; a misspelt name is what its owner sees first.'
        )


def strangers(text: str, known: Known) -> Iterator[Finding]:
    """Names of other applications' firms, and in full of their people: a letter written to somebody else."""
    mine = " ".join((*known.people, *known.firms)).lower()
    for name in known.others:
        if len(name) < 3 or name.lower() in mine:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            suggestions = known.firms[:1] if name[:1].isupper() else ()
            yield Finding(
                match.start(),
                match.end(),
                "name",
                match.group(),
                suggestions,
                f'"{name}" belongs to another application.',
            )


def _bare(word: str, language: str, parts: dict[str, str]) -> str:
    """Without the ending of the genitive."""
    plain = word.replace("’", "'")
    if plain.endswith("'s"):
        return word[:-2]
    if plain.endswith("'"):
        return word[:-1]
    if language == "da" and plain.endswith("s") and plain[:-1].lower() in parts:
        return word[:-1]
    return word


def _neighbours(people: Iterable[str]) -> dict[str, set[str]]:
    """Each part of a name -> the parts that stand beside it."""
    found: dict[str, set[str]] = {}
    for name in people:
        for left, right in pairwise(name_parts(name)):
            found.setdefault(left.lower(), set()).add(right.lower())
            found.setdefault(right.lower(), set()).add(left.lower())
    return found


def _nearest(
    word: str, parts: dict[str, str], titled: bool, fellows: set[str], beside: dict[str, set[str]]
) -> str | None:
    best: tuple[int, str] | None = None
    for low, part in parts.items():
        away = slips(word.lower(), low)
        sure = bool(fellows & beside.get(low, set()))
        if folded(word) == folded(part) or heard(word) == heard(part):
            away = min(away, 1) if len(part) > 3 or titled or sure else away
        allowed = 1 if len(part) < 6 else 2
        if len(part) <= 3:
            allowed = 1 if titled or sure else 0
        elif sure:
            allowed += 1
        elif away > 1 and folded(word)[0] != folded(part)[0] and heard(word)[:1] != heard(part)[:1]:
            continue
        if 0 < away <= allowed and (best is None or away < best[0]):
            best = (away, part)
    return best[1] if best else None


def _is_suspect(token: Token, word: str, speller: Speller | None, expected: bool) -> bool:
    """Whether a word that is near to a name can be meant as one."""
    is_word = speller is not None and speller.knows(word.lower())
    if not token.is_capital:
        return expected and not is_word  # any other misspelt word is spelling's business
    if expected:
        return True
    return not (token.opens and is_word)


def _is_anothers(before: Token | None, parts: dict[str, str], speller: Speller | None) -> bool:
    """Whether a name stands before that nobody known bears: then the person is somebody else."""
    if before is None or not before.is_capital or before.low.rstrip(".") in _TITLES or before.low in NEVER_NAMES:
        return False
    if before.low in parts or speller is None or speller.knows(before.low):
        return False
    return all(slips(before.low, low) > 2 for low in parts)


def _finding(token: Token, word: str, name: str, reason: str) -> Finding:
    return Finding(token.start, token.start + len(word), "name", word, (name,), reason)

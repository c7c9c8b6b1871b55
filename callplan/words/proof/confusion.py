"""Real words in another's place: "I am shore your glad to no".

Each word that is easily written for another is tried in the other's place too, and all of a sentence's choices are
weighed together (Viterbi), by how well the words stand beside each other. Something is said only when the other reading
is better by the margin of its set, so that a merely unusual sentence is left in peace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from callplan.words.proof.finding import Finding
from callplan.words.proof.pairs import Pairs, english_pairs
from callplan.words.proof.tokens import Token
from callplan.words.proof.word_list import words_of

MARGIN = 3.2  # e^3.2: the other reading must be some twenty-five times as likely
SLIP = 0.0  # added for words that only a slip exchanges
SOUND_MARGIN = 6.0  # of groups that only a pronunciation dictionary made
STRICT = -1.5  # added to every margin when asked to be strict
CUE = 3.5  # what a word near by that speaks for one of the two is worth
MOST_CUES = 2
OWNING = 0.8  # how much that word is believed
MOST_OWNING = 4.0  # the most that one following word may say of "your" against "you're"
ONE_SIDE = 1.5  # added to the margin where only one neighbour can be asked
AT_THE_END = 4.0  # what it costs to end a stretch of words on one that always leads to another
COMMONER = 1.5  # a word this much commoner than what stands there is believed on one neighbour's word
MUCH_RARER = 2.0  # a word this much rarer than what stands there (natural logarithm) …
RARITY = 0.7  # … needs so much more margin for each further step
KNOWS_BOTH = 4.5  # who uses both words of a set in one sentence knows one from the other

_CONTRACTED = {
    "'re": "are", "'s": "is", "'ll": "will", "'d": "would", "'ve": "have", "'m": "am",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Other:
    """What may be meant where a word stands, and how much better it must fit."""

    word: str
    margin: float


@dataclass(frozen=True)
class Sets:
    """Word -> what it is written for; and word -> the words near by that speak for it."""

    others: dict[str, tuple[Other, ...]]
    cues: dict[str, tuple[str, ...]]


def read_sets(sets: str, sounds: str) -> Sets:
    """From the text of ``english-sets.txt`` and ``english-sounds.txt``."""
    others: dict[str, dict[str, float]] = {}
    cues: dict[str, list[str]] = {}
    for raw in sets.splitlines():
        if not raw.strip() or raw.startswith("#"):
            continue
        head, *clues = raw.split(";")
        words, _, margin = head.partition("!")
        both_ways = ">" not in words
        price = (float(margin) if margin.strip() else MARGIN) + (0.0 if both_ways else SLIP)
        members = [word.strip() for word in re.split("[/>]", words)]
        for one in members if both_ways else members[:1]:
            for other in members:
                if other != one:
                    known = others.setdefault(one.lower(), {})
                    known[other] = min(price, known.get(other, price))
        for clue in clues:
            word, _, near = clue.partition(":")
            cues.setdefault(word.strip(), []).extend(near.split())
    for line in sounds.splitlines():
        group = line.split()
        for one in group:
            for other in group:
                if other != one:
                    others.setdefault(one, {}).setdefault(other, SOUND_MARGIN)
    return Sets(
        {word: tuple(Other(*one) for one in found.items()) for word, found in others.items()},
        {word: tuple(near) for word, near in cues.items()},
    )


@cache
def english_sets() -> Sets:
    """The shipped sets; read once."""
    folder = files(__package__)
    return read_sets(
        (folder / "english-sets.txt").read_text(encoding="utf-8"),
        (folder / "english-sounds.txt").read_text(encoding="utf-8"),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    word: str  # as it would be written
    parts: tuple[str, ...]  # as it is looked up
    worth: float  # cues for it, less the margin if it is not what stands there


def confusions(sentence: list[Token], strict: bool = False) -> Iterator[Finding]:
    """The words of one sentence that were probably meant to be others."""
    stretch: list[Token] = []
    near = [token.low for token in sentence]
    for token in sentence:
        if stretch and not token.follows_closely:
            yield from _judge(stretch, near, strict)
            stretch = []
        stretch.append(token)
    if stretch:
        yield from _judge(stretch, near, strict)


def _judge(stretch: list[Token], near: list[str], strict: bool) -> Iterator[Finding]:
    sets = english_sets()
    if not any(token.low in sets.others for token in stretch):
        return
    pairs = english_pairs()
    columns = [
        _choices(
            token,
            near,
            sets,
            strict,
            stretch[place - 1] if place else None,
            stretch[place + 1] if place + 1 < len(stretch) else None,
        )
        for place, token in enumerate(stretch)
    ]
    best = _best_path(columns, pairs)
    for token, column, choice in zip(stretch, columns, best, strict=True):
        if choice is not column[0]:
            word = choice.word
            if token.is_capital and word != "I":
                word = word[0].upper() + word[1:]
            yield Finding(
                token.start,
                token.end,
                "homophone",
                token.text,
                (word,),
                f'"{token.text}" is a word, but beside its neighbours here "{word}" is far more usual.',
            )


def _choices(
    token: Token, near: list[str], sets: Sets, strict: bool, leader: Token | None, follower: Token | None
) -> list[_Choice]:
    low = token.low
    if not token.is_word:
        return [_Choice(token.text, ("#",), 0.0)]
    if token.is_capital and not token.opens and low not in ("i", "i'm", "i'd", "i'll", "i've"):
        return [_Choice(token.text, ("@",), 0.0)]
    found = [
        _Choice(
            token.text, _parts(low), _cues(low, near, sets) + _owning(low, leader, follower) + _ending(low, follower)
        )
    ]
    if token.text.isupper() and len(token.text) > 1:
        return found
    for other in sets.others.get(low, ()):
        margin = other.margin + (STRICT if strict else 0.0) + (KNOWS_BOTH if other.word in near else 0.0)
        rarity = _rarity(low, other.word.lower())
        if (leader is None or follower is None) and rarity > -COMMONER:
            margin += ONE_SIDE
        margin += RARITY * max(0.0, rarity - MUCH_RARER)
        worth = _cues(other.word, near, sets) + _owning(other.word, leader, follower) + _ending(other.word, follower)
        found.append(_Choice(other.word, _parts(other.word.lower()), worth - margin))
    return found


def _parts(word: str) -> tuple[str, ...]:
    if " " in word:
        return tuple(word.split())
    if word == "can't":
        return ("can", "not")
    if word == "won't":
        return ("will", "not")
    if word == "let's":
        return ("let", "us")
    if word.endswith("n't"):
        return (word[:-3], "not")
    for ending, whole in _CONTRACTED.items():
        if word.endswith(ending) and word[: -len(ending)] in _BEFORE_CONTRACTION:
            return (word[: -len(ending)], whole)
    return (word.removesuffix("'s").rstrip("'"),)


_OWNING = {
    "your": 1, "its": 1, "their": 1, "whose": 1, "you're": -1, "it's": -1, "they're": -1, "who's": -1,
}  # fmt: skip

_LEADS_ON = words_of(
    "to the a an your its their our my his whose who's you're they're it's we're than whether of every "
    "for from quite by very except"
)

_BEFORE_CONTRACTION = words_of("i you he she it we they who there that what here where how")


def _owning(word: str, leader: Token | None, follower: Token | None) -> float:
    """What the neighbours say of "your" against "you're": "name" is owned, "sure" is what somebody is."""
    if word not in _OWNING:
        return 0.0
    pairs = english_pairs()
    odds = 0.0
    if follower is not None:
        odds += max(-MOST_OWNING, min(MOST_OWNING, pairs.possessed("#" if not follower.is_word else follower.low)))
    if leader is not None and word not in ("whose", "who's"):
        odds += max(-MOST_OWNING, min(MOST_OWNING, pairs.owner_follows(leader.low)))
    return OWNING * _OWNING[word] * odds


def _rarity(word: str, other: str) -> float:
    """How much rarer `other` is. Who writes "need" seldom means "knead", so that takes more to believe."""
    parts = (_parts(word), _parts(other))
    if any(len(one) > 1 for one in parts):
        return 0.0
    pairs = english_pairs()
    return pairs.single(word) - pairs.single(other)


def _ending(word: str, follower: Token | None) -> float:
    return -AT_THE_END if follower is None and word in _LEADS_ON else 0.0


def _cues(word: str, near: list[str], sets: Sets) -> float:
    count = 0
    for cue in sets.cues.get(word, ()):
        count += any(one in (cue, cue + "s") or (len(cue) > 3 and one.startswith(cue)) for one in near if one != word)
    return CUE * min(count, MOST_CUES)


def _inside(parts: tuple[str, ...], pairs: Pairs) -> float:
    return sum(_joint(left, right, pairs) for left, right in pairwise(parts)) - sum(
        pairs.single(part) for part in parts[1:-1]
    )


def _joint(left: str, right: str, pairs: Pairs) -> float:
    if pairs.knows(left) or pairs.knows(right):
        return pairs.together(left, right)
    return 0.0  # the same for every path: nobody chooses between two words that are never confused


def _best_path(columns: list[list[_Choice]], pairs: Pairs) -> list[_Choice]:
    if len(columns) == 1:
        alone = columns[0]
        return [max(alone, key=lambda one: one.worth + pairs.single(one.parts[0]) if len(one.parts) == 1 else -99.0)]
    reached: list[list[tuple[float, int]]] = [
        [(one.worth + _inside(one.parts, pairs) - _hinge(one, pairs, True, False), -1) for one in columns[0]]
    ]
    for number in range(1, len(columns)):
        last = number == len(columns) - 1
        row: list[tuple[float, int]] = []
        for one in columns[number]:
            options = [
                (reached[-1][place][0] + _joint(before.parts[-1], one.parts[0], pairs), place)
                for place, before in enumerate(columns[number - 1])
            ]
            score, place = max(options, key=lambda option: (option[0], -option[1]))
            own = one.worth + _inside(one.parts, pairs) - _hinge(one, pairs, False, last)
            row.append((score + own, place))
        reached.append(row)
    at = max(range(len(columns[-1])), key=lambda place: (reached[-1][place][0], -place))
    path: list[_Choice] = []
    for number in range(len(columns) - 1, -1, -1):
        path.append(columns[number][at])
        at = reached[number][at][1]
    return path[::-1]


def _hinge(one: _Choice, pairs: Pairs, is_first: bool, is_last: bool) -> float:
    """A word between two others is counted in both pairs, so once too often."""
    if len(one.parts) == 1:
        return 0.0 if is_first or is_last else pairs.single(one.parts[0])
    left = 0.0 if is_first else pairs.single(one.parts[0])
    return left + (0.0 if is_last else pairs.single(one.parts[-1]))

"""How well words stand beside each other in English, read from the shipped table when it is first asked."""

from __future__ import annotations

import gzip
import math
from functools import cache
from importlib.resources import files

STEPS = 4  # the table keeps round(4 * ln(count / 6,000,000)), see scripts/proof_tables.py
_UNSEEN = -0.7  # a pair that the source would have had if it were as common as its rarest
_LEAST = -9.0
_TOTAL = math.log(1_024_000_000_000 / 6_000_000)
_CHANCE_DISCOUNT = 1.5  # two words side by side by mere chance are rarer than their counts say: grammar forbids most
_RARE = -1.8

#: What an unknown word is taken for: a common word of its sort, and how the sort is told.
_LIKE = (("ing", "working"), ("ed", "created"), ("ly", "quickly"), ("ous", "serious"), ("al", "natural"),
         ("ive", "active"), ("able", "available"), ("ful", "useful"), ("s", "products"))  # fmt: skip
_LIKE_NAME = "john"
_LIKE_NUMBER = "two"
_LIKE_NOUN = "product"

#: Small words that keep the same company. One that was not seen beside a word is judged by the others.
_POOLS = tuple(
    frozenset(pool.split())
    for pool in (
        "a an the this that my your his her our their its each every another no some any whose",
        "will would can could may might must shall should to not cannot",
        "is are was were be been being am",
        "have has had having",
        "i you he she it we they who",
        "me him them us",
        "of in on at for with by from about into over under after before through between during without within",
        "and or but",
        "two three four five six seven eight nine ten twelve twenty thirty fifty hundred several many few",
        "very so too more most quite really rather extremely highly fairly",
    )
)
#: The word after tells these apart whatever the person: "your name" as "my name", "you're sure" as "he is sure".
_OWNERS = frozenset(["my", "your", "his", "her", "our", "their", "its", "whose"])
_SUBJECTS = frozenset(["he", "she", "we", "they", "i"])
_BEINGS = frozenset(["is", "are", "was", "were", "be", "am"])


class Pairs:
    """The table. Every answer is the logarithm of a count, 0 for the rarest pair that was counted."""

    def __init__(self, packed: bytes) -> None:
        """From the bytes of ``english-pairs.txt.gz``."""
        words, _, confusable = gzip.decompress(packed).decode().partition("\n\n")
        self._words: dict[str, tuple[float, int, int]] = {}
        self._before_total: dict[int, float] = {}
        self._after_total: dict[int, float] = {}
        for line in words.split("\n"):
            word, level, before, after = line.split(" ")
            count = int(level) / STEPS
            self._words[word] = (count, int(before), int(after))
            self._before_total[int(before)] = self._before_total.get(int(before), 0.0) + math.exp(count)
            self._after_total[int(after)] = self._after_total.get(int(after), 0.0) + math.exp(count)
        self._lines = {line[: line.index("\t")]: line for line in confusable.split("\n") if line}
        self._read: dict[str, tuple[dict[str, float], dict[str, float]]] = {}
        self._sums: dict[tuple[str, int], dict[int, float]] = {}
        self._pool_of = {word: number for number, pool in enumerate(_POOLS) for word in pool}
        self._pool_total = [math.log(sum(math.exp(self.single(word)) for word in pool)) for pool in _POOLS]

    def knows(self, word: str) -> bool:
        """Whether the neighbours of `word` are in the table."""
        return word in self._lines

    def single(self, word: str) -> float:
        """How common `word` is."""
        return self._words[word][0] if word in self._words else _RARE

    def _beside(self, word: str) -> tuple[dict[str, float], dict[str, float]]:
        if word not in self._read:
            _, left, right = self._lines[word].split("\t")
            sides = []
            for side in (left, right):
                parts = side.split(" ") if side else []
                sides.append({one: int(level) / STEPS for one, level in zip(parts[::2], parts[1::2], strict=True)})
            self._read[word] = (sides[0], sides[1])
        return self._read[word]

    def _pooled(self, pool: frozenset[str], word: str) -> float | None:
        """How often any of `pool` (all of them known) stands before `word`; None: never."""
        counts = [math.exp(seen) for one in pool if (seen := self._beside(one)[1].get(word)) is not None]
        return math.log(sum(counts)) if counts else None

    def possessed(self, word: str) -> float:
        """The logarithm of the odds that `word` follows "my, your, its …" rather than "is, are, was …"."""
        least = math.log(0.5)
        owned, been = self._pooled(_OWNERS, word), self._pooled(_BEINGS, word)
        return (least if owned is None else owned) - (least if been is None else been)

    def owner_follows(self, word: str) -> float:
        """The logarithm of the odds that after `word` comes "my, your, its …" rather than "he, she, we …"."""
        least = math.log(0.5)
        sums = []
        for pool in (_OWNERS - {"her", "whose"}, _SUBJECTS):
            counts = [math.exp(seen) for one in pool if (seen := self._beside(one)[0].get(word)) is not None]
            sums.append(math.log(sum(counts)) if counts else least)
        return sums[0] - sums[1]

    def together(self, left: str, right: str) -> float:
        """How common `left right` is. One of them must be known (`knows`)."""
        if right in self._lines:
            seen = self._beside(right)[0].get(left)
            guess = None if seen is not None else self._guess(right, left, 0)
        else:
            seen = self._beside(left)[1].get(right)
            guess = None if seen is not None else self._guess(left, right, 1)
        if seen is None and left in self._lines and right in self._lines:
            guess = max(guess if guess is not None else _LEAST, self._guess(left, right, 1))
        if seen is not None:
            return seen
        chance = self.single(left) + self.single(right) - _TOTAL - _CHANCE_DISCOUNT
        return max(_LEAST, min(_UNSEEN, max(chance, guess if guess is not None else _LEAST)))

    def _sort(self, word: str, side: int) -> int:
        """The number of the sort of word it is, by what follows (0) or goes before (1); -1: not known."""
        if word not in self._words:
            return -1
        _, before, after = self._words[word]
        return after if side else before

    def _guess(self, word: str, other: str, side: int) -> float:
        """What words of the same sort as `other` do beside `word`, made smaller by how rare `other` is among them."""
        pool = self._pool_of.get(other)
        if pool is not None:
            side_of = self._beside(word)[side]
            counts = [math.exp(side_of[one]) for one in _POOLS[pool] if one in side_of]
            return math.log(sum(counts)) + self.single(other) - self._pool_total[pool] if counts else _LEAST
        model = other if self._sort(other, side) >= 0 else like(other)
        sort = self._sort(model, side)
        if sort < 0:
            return _LEAST
        if (word, side) not in self._sums:
            sums: dict[int, float] = {}
            for one, level in self._beside(word)[side].items():
                of = self._sort(one, side)
                sums[of] = sums.get(of, 0.0) + math.exp(level)
            self._sums[word, side] = sums
        sum_of_sort = self._sums[word, side].get(sort)
        if sum_of_sort is None:
            return _LEAST
        total = (self._before_total if side == 0 else self._after_total)[sort]
        return math.log(sum_of_sort) + self.single(other) - math.log(total)


def like(word: str) -> str:
    """A common word of the sort that `word`, which the table does not have, seems to be of."""
    if word == "#":
        return _LIKE_NUMBER
    if word == "@":
        return _LIKE_NAME
    for ending, model in _LIKE:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return model
    return _LIKE_NOUN


@cache
def english_pairs() -> Pairs:
    """The shipped table; read once."""
    return Pairs((files(__package__) / "english-pairs.txt.gz").read_bytes())

"""How much two texts have in common: letters to a panel get compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from callplan.words.letters.compose import Draft
from callplan.words.phrases import phrases

#: A greater share of common runs of words than this is noticed.
MOST_ALIKE = 0.4

_RUN = 5
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def share(one: str, other: str) -> float:
    """The share of the shorter text's runs of five words that the other has too: 0 to 1. Case does not count."""
    runs = sorted((_runs(one), _runs(other)), key=len)
    return len(runs[0] & runs[1]) / len(runs[0]) if runs[0] else 0.0


def overlap_notices(drafts: Sequence[Draft]) -> list[str]:
    """A warning for each pair of texts that are more alike than good. Gaps do not count, nor do short notes."""
    texts = [(draft, _own_words(draft)) for draft in drafts if not draft.quick]
    found = []
    for (one, text), (other, second) in combinations(texts, 2):
        common = share(text, second)
        if common > MOST_ALIKE:
            words = phrases(one.language).letters["alike"]
            found.append(words.format(one=one.person, other=other.person, percent=round(common * 100)))
    return found


def _own_words(draft: Draft) -> str:
    text = "\n".join(draft.paragraphs)
    for gap in draft.gaps:
        text = text.replace(gap, " ")
    return text


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [found.casefold() for found in _WORD.findall(text)]
    return {tuple(words[index : index + _RUN]) for index in range(len(words) - _RUN + 1)}

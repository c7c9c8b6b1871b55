"""Make the tables by which English is proofread. Run by hand when a source or the sets change.

    pip install symspellpy numpy scipy scikit-learn
    npm pack cmu-pronouncing-dictionary          (then unpack; its index.js is the argument)
    python scripts/proof_tables.py package/index.js

Two files come of it, in callplan/words/proof: `english-sounds.txt`, words that sound alike (from the CMU Pronouncing
Dictionary, BSD licence), and `english-pairs.txt.gz`, how often confusable words stand beside which others (from the
bigrams in symspellpy, MIT, which were counted in Google Books). NOTICE.md beside them names the sources.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy
import symspellpy  # type: ignore[import-not-found]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.cluster import MiniBatchKMeans  # type: ignore[import-not-found]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-not-found]

HOME = Path(__file__).parent.parent / "callplan" / "words" / "proof"
FLOOR = 6_000_000  # the rarest pair in the source has 6.4 million; logarithms are kept relative to this
STEPS = 4  # a count is kept as round(4 * ln(count / FLOOR))
LEAST_SOUND = 1_500_000  # rarer words are not offered, nor suspected, because of their sound alone
LEAST_CONTEXTS = 6  # a word seen beside fewer others is classed by its ending
CLASSES = 160

#: Homophones on paper that nobody writes for one another, or that would only raise alarms.
NO_SUCH_SLIP = {"are", "or", "eye", "i", "a", "the", "thee", "oh", "owe", "be", "bee", "in", "and", "um", "us"}


def sources() -> tuple[Counter[str], dict[tuple[str, str], int]]:
    """How often each word, and each pair of words, occurs."""
    folder = Path(symspellpy.__file__).parent
    words: Counter[str] = Counter()
    for line in (folder / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        words[word] = int(count)
    pairs = {}
    for line in (folder / "frequency_bigramdictionary_en_243_342.txt").read_text(encoding="utf-8-sig").splitlines():
        left, right, count = line.split()
        pairs[left, right] = int(count)
    return words, pairs


def sounds(path: Path, words: Counter[str], known: set[str]) -> list[tuple[str, ...]]:
    """Groups of common words with one pronunciation; stress is not told apart."""
    groups: dict[str, set[str]] = defaultdict(set)
    for word, spoken in re.findall(r'^\s*"([^"]+)": "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE):
        plain = re.sub(r"\(\d\)$", "", word)
        if plain.isalpha() and plain in known and words[plain] >= LEAST_SOUND and plain not in NO_SUCH_SLIP:
            groups[re.sub(r"\d", "", spoken)].add(plain)
    return sorted({tuple(sorted(group)) for group in groups.values() if len(group) > 1})


def hand_sets() -> set[str]:
    """Every word in the sets made by hand; of a contraction, its parts."""
    found: set[str] = set()
    for line in (HOME / "english-sets.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            found.update(re.findall(r"[a-z]+", re.split("[!;]", line)[0].lower()))
    return (
        found
        | {"my", "your", "his", "her", "our", "their", "its", "whose", "is", "are", "was", "were", "be", "am"}
        | {"are", "is", "will", "had", "would", "have", "not", "us"}
    )


def classes(pairs: dict[tuple[str, str], int], side: int) -> dict[str, int]:
    """Words that keep the same company on one side. `side` 0: by what follows them; 1: by what goes before."""
    names = sorted({word for pair in pairs for word in pair})
    index = {word: number for number, word in enumerate(names)}
    rows = [index[pair[side]] for pair in pairs]
    columns = [index[pair[1 - side]] for pair in pairs]
    counts = numpy.array([float(count) for count in pairs.values()])
    shape = (len(names), len(names))
    table: Any = csr_matrix((counts, (rows, columns)), shape=shape)
    by_row = numpy.asarray(table.sum(1)).ravel()
    by_column = numpy.asarray(table.sum(0)).ravel() ** 0.75
    table = table.tocoo()
    bond = numpy.log(table.data * by_column.sum() / (by_row[table.row] * by_column[table.col]))
    bonds: Any = csr_matrix((numpy.maximum(bond, 0), (table.row, table.col)), shape=shape)
    left, strength, _ = randomized_svd(bonds, 60, random_state=1)
    points = left * strength**0.5
    points /= numpy.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    contexts = Counter(rows)
    solid = [number for number in range(len(names)) if contexts[number] >= LEAST_CONTEXTS]
    labels = MiniBatchKMeans(CLASSES, random_state=1, n_init=5, batch_size=4096).fit_predict(points[solid])
    return {names[number]: int(label) for number, label in zip(solid, labels, strict=True)}


def level_of(count: int) -> int:
    """A count as it is kept."""
    return round(STEPS * math.log(count / FLOOR))


def main(pronunciations: str) -> None:
    """Write both tables."""
    words, pairs = sources()
    known = {
        line.split("/")[0].strip()
        for line in (HOME / "dictionaries" / "en_US.dic").read_text(encoding="utf-8").splitlines()
    }
    groups = sounds(Path(pronunciations), words, known)
    (HOME / "english-sounds.txt").write_text("".join(" ".join(group) + "\n" for group in groups), encoding="utf-8")
    wanted = hand_sets() | {word for group in groups for word in group}
    before, after = classes(pairs, 0), classes(pairs, 1)
    beside: dict[str, tuple[list[str], list[str]]] = {word: ([], []) for word in sorted(wanted)}
    for (left, right), count in sorted(pairs.items()):
        level = level_of(count)
        if right in beside:
            beside[right][0].append(f"{left} {level}")
        if left in beside:
            beside[left][1].append(f"{right} {level}")
    seen = {word for pair in pairs for word in pair} | wanted
    lines = [
        f"{word} {level_of(max(words[word], 1_000_000))} {before.get(word, -1)} {after.get(word, -1)}"
        for word in sorted(seen)
    ]
    lines.append("")
    for word, (lefts, rights) in beside.items():
        lines.append(f"{word}\t{' '.join(lefts)}\t{' '.join(rights)}")
    packed = gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)
    (HOME / "english-pairs.txt.gz").write_bytes(packed)
    print(f"{len(groups)} groups of sound, {len(seen)} words, {len(beside)} confusable, {len(packed)} bytes")


if __name__ == "__main__":
    main(sys.argv[1])

"""What sort of word a Danish word is, and in which form, as the shipped dictionary (Stavekontrolden) knows it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from callplan.words.proof.speller import Speller
from callplan.words.proof.word_list import words_of

#: Flags of da_DK.aff, by the comments above them there.
_NOUN = frozenset(
    {2, 3, 4, 5, 7, 11, 13, 14, 15, 18, 19, 43, 44, 45, 46, 47, 48, 57, 58, 64, 65, 66, 70, 71, 72, 74, 76, 84, 85, 87}
)
_VERB = frozenset({1, 20, 21, 22})
_ADJECTIVE = frozenset({12, 23, 24, 25, 26, 27, 28, 38, 40, 41, 42, 49, 59, 77, 78, 82})


class DanishWords:
    """Looks words up; remembers what it found."""

    def __init__(self, book: Speller) -> None:
        """`book` must be the Danish speller."""
        self._book = book
        self._list = b"\n" + (files(__package__) / "dictionaries" / "da_DK.dic").read_bytes()
        self._entries: dict[str, list[frozenset[int] | None]] = {}
        self._forms: dict[str, list[tuple[str, str]]] = {}

    def knows(self, word: str) -> bool:
        """Whether it is a word; compounds that only could be words count."""
        return self._book.knows(word)

    def is_listed(self, word: str) -> bool:
        """Whether the dictionary lists it, or a word it is a form of: not a compound that only could be one."""
        return any(
            self.entries(stem) and word.startswith(stem[: max(2, len(stem) - 2)]) for stem, _ in self.forms(word)
        )

    def entries(self, word: str) -> list[frozenset[int] | None]:
        """The flags of each entry of that spelling; None for one that has irregular forms."""
        if word not in self._entries:
            found: list[frozenset[int] | None] = []
            for match in re.finditer(rb"\n" + re.escape(word.encode()) + rb"(?:/([\d,]+))?([^\n]*)", self._list):
                if match[2] and not match[2][:1].isspace():
                    continue
                flags = frozenset(int(flag) for flag in (match[1] or b"").decode().split(",") if flag)
                found.append(None if b" al:" in match[2] else flags)
            self._entries[word] = found
        return self._entries[word]

    def forms(self, word: str) -> list[tuple[str, str]]:
        """Stem and name of the form, for each way to read `word`: ``("lære", "NUTID")``."""
        if word not in self._forms:
            found = []
            for reading in self._book.analyze(word):
                stem = re.findall(r"st:(\S+)", reading)
                form = re.findall(r"\+(\w+)", reading)
                if stem:
                    found.append((stem[-1], form[-1] if form else ""))
            self._forms[word] = found
        return self._forms[word]

    def infinitive_of(self, word: str) -> str | None:
        """``lære`` for ``lærer``: None if `word` is no verb's present."""
        if not word.endswith("r") or len(word) < 3:
            return None
        stem = word[:-1]
        for one, form in self.forms(word):
            if one == stem and (form == "NUTID" or (form == "" and None in self.entries(stem))):
                return stem
        return None

    def is_infinitive(self, word: str) -> bool:
        """Whether `word` is a verb's infinitive whose present adds -r."""
        return len(word) > 1 and word[-1] in "eåoi" and self.infinitive_of(word + "r") == word

    def is_noun(self, word: str) -> bool:
        """Whether `word` may be a noun, in any form."""
        for stem, form in self.forms(word):
            if form in ("BESTEMT_ENTAL", "PLUR_UBEK", "PLUR_BEK", "FLERTAL") and self._has(stem, _NOUN):
                return True
            if form in ("", "ORD_SIDST", "GENITIV") and self._has(stem, _NOUN):
                return True
        return False

    def is_plain_noun(self, word: str) -> bool:
        """A noun as the dictionary lists it, neither verb nor adjective nor small word."""
        irregular = None in self.entries(word) and word[-1] not in "eåoi" and not self.is_adjective(word)
        return (self._has(word, _NOUN) or irregular) and not self._has(word, _ADJECTIVE | _VERB) and word not in SMALL

    def is_adjective(self, word: str) -> bool:
        """Whether `word` may be an adjective, in any form."""
        return word in _IRREGULAR_ADJECTIVES or any(self._has(stem, _ADJECTIVE) for stem, _ in self.forms(word))

    def _has(self, word: str, flags: frozenset[int]) -> bool:
        return any(entry is not None and bool(entry & flags) for entry in self.entries(word))


_IRREGULAR_ADJECTIVES = words_of(
    "god godt gode stor stort store lille små gammel gammelt gamle ung ungt unge lang langt lange bedre "
    "bedste større største mindre mindste flere fleste nær nært nære få"
)

#: Small words that are listed as nouns too, or never part of a compound that is written apart.
SMALL = words_of(
    "jeg du han hun den det vi i de man mig dig ham hende os jer dem min din sin mit dit sit mine dine "
    "sine vores jeres deres hans hendes dens dets en et to tre fire fem seks syv otte ni ti af ad til fra "
    "for om på med uden under over ved hos mod efter før inden siden mellem gennem som der at og eller "
    "men når hvis da så end ikke nok kun også gerne lige vel jo nu her hvor hvad hvem hvordan hvorfor "
    "meget mere mest lidt mindre mindst alt alle al hele halv anden andet andre samme hver hvert nogen "
    "noget nogle ingen intet par slags del gang ud ind op ned hjem bort væk frem tilbage sammen selv fri "
    "fast god ny gammel kort lang høj lav stor lille fælles sidste næste første tak hej kære god dag "
    "aften nat år uge måned time minut sekund mange få ret hen sted tid lov mål parat mon igen alene bare "
    "tit for tæt gode store små gamle unge lange bedre bedste større største mindste flere fleste seneste "
    "begge både enten hverken dog måske sådan langs trods grund skyld hr fru frk st kl nr ca via per pr "
    "plus minus egen eget egne selve begge ene"
)  # fmt: skip


@cache
def danish_words(book: Speller) -> DanishWords:
    """Read once for a speller."""
    return DanishWords(book)

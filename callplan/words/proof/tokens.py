"""A text as words, with where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callplan.words.proof.word_list import words_of

#: Addresses, links, numbers with letters: nothing in them is a word to be judged.
_NOT_PROSE = re.compile(
    r"""(?:https?://|www\.)\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)* | \b[\w-]+(?:\.[\w-]+)+/\S*
    | \b[\w-]+\.(?:com|org|net|dk|uk|de|eu|example|se|no|ie|pdf|docx?|txt|csv|xlsx?|toml|py)\b""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d[\w.,:/]*", re.UNICODE)

#: A stop after these does not end a sentence.
_SHORT = words_of(
    "mr mrs ms dr prof st no vs etc e.g i.e approx dept tel fig hr fr kl nr bl.a bl a.s ca f.eks eks osv "
    "mht vedr evt pga jf st sal inkl ekskl min maks pr stk tlf cvr"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number. `gap` is what stands between it and the word before (all of it for the first)."""

    text: str
    start: int
    end: int
    gap: str
    opens: bool  # the first of its sentence

    @property
    def low(self) -> str:
        """In small letters, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Not a number."""
        return not self.text[0].isdigit()

    @property
    def is_capital(self) -> bool:
        """Begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def follows_closely(self) -> bool:
        """Only white space stands between it and the word before, and no empty line."""
        return self.gap != "" and self.gap.isspace() and self.gap.count("\n") < 2 and not self.opens


def tokens(text: str) -> list[Token]:
    """The words of `text` in order. Addresses and file names are left out, and separate what stands around them."""
    masked = _NOT_PROSE.sub(lambda match: "\ufffc" * len(match.group()), text)
    found: list[Token] = []
    last = 0
    for match in _WORD.finditer(masked):
        word = match.group()
        end = match.end()
        if word[0].isdigit():
            stripped = word.rstrip(".,:/")
        else:
            stripped = word if word[-1] not in "'’" or _is_genitive(word, masked[end : end + 1]) else word[:-1]
        end -= len(word) - len(stripped)
        gap = masked[last : match.start()]
        before = found[-1].low if found else ""
        found.append(Token(text[match.start() : end], match.start(), end, gap, not found or _ends(before, gap)))
        last = end
    return found


def _is_genitive(word: str, following: str) -> bool:
    # "the clients' files": an apostrophe after s and before a space belongs to the word
    return word[-2:-1] in ("s", "z", "x") and following == " " and word[-1] in "'’" and len(word) > 2


def _ends(before: str, gap: str) -> bool:
    if "\n\n" in gap.replace("\r", "").replace(" ", "") or re.search(r"[!?…]|\n\s*[-*•–]\s", gap):
        return True
    if ":" in gap and "\n" in gap:
        return True
    return "." in gap and not (before in _SHORT or (len(before) == 1 and before not in "i" and gap.startswith(".")))


def sentences(words: list[Token]) -> list[list[Token]]:
    """The words, a list each sentence."""
    found: list[list[Token]] = []
    for word in words:
        if word.opens or not found:
            found.append([])
        found[-1].append(word)
    return found

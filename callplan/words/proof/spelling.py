"""Words that are no words. A capitalised stranger within a sentence is taken for a name, unless nearly a month."""

from __future__ import annotations

from collections.abc import Iterator

from callplan.words.proof.distance import slips
from callplan.words.proof.finding import Finding
from callplan.words.proof.speller import Speller
from callplan.words.proof.tokens import Token
from callplan.words.proof.word_list import words_in_order

MOST_SUGGESTED = 15  # words; suggestions take up to half a second each
SHORTEST_CAPITAL = 5

#: Capitalised words that are everybody's.
_COMMON_NAMES = {
    "en": words_in_order(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July "
        "August September October November December Christmas English German French Spanish Danish Swedish "
        "Norwegian Dutch Italian Polish Portuguese British European American Denmark Germany Sweden Norway "
        "England Ireland Scotland Britain Europe America Netherlands Switzerland Copenhagen London Internet "
        "Excel PowerPoint Microsoft Google LinkedIn Sincerely Regards"
    ),
    "da": words_in_order(
        "Danmark Tyskland Sverige Norge England København Aarhus Odense Aalborg Jylland Fyn Sjælland Bornholm "
        "Europa Excel PowerPoint Microsoft Google LinkedIn"
    ),
}


def misspelt(words: list[Token], speller: Speller, known: frozenset[str]) -> Iterator[Finding]:
    """Words unknown to the dictionaries and not among `known` (small-lettered parts of names)."""
    suggested = 0
    for place, token in enumerate(words):
        if not _is_judged(token, known) or speller.knows(token.text):
            continue
        if token.gap.endswith(("-", "–", "/", "&")) and token.is_capital:
            continue
        suggestions: tuple[str, ...]
        if token.is_capital:
            following = words[place + 1] if place + 1 < len(words) else None
            suggestions = _of_capital(token, following, speller)
            if not suggestions:
                continue
        else:
            suggested += 1
            suggestions = _others_first(token, speller.suggest(token.text)) if suggested <= MOST_SUGGESTED else ()
        yield Finding(
            token.start, token.end, "typo", token.text, suggestions, f'"{token.text}" is not in the dictionary.'
        )


def _is_judged(token: Token, known: frozenset[str]) -> bool:
    text = token.text
    bare = token.low.removesuffix("'s").rstrip("'")
    if not token.is_word or bare in known or (bare.endswith("s") and bare[:-1] in known):
        return False
    if len(text) == 1 or text.isupper():
        return False
    return text[1:] == text[1:].lower() or not any(letter.isupper() for letter in text[1:])


def _of_capital(token: Token, following: Token | None, speller: Speller) -> tuple[str, ...]:
    """A name, most often; but "Febuary" is none, nor is "Thnak" at the beginning of a sentence."""
    near = tuple(
        name
        for name in _COMMON_NAMES.get(speller.language, ())
        if len(name) >= SHORTEST_CAPITAL and slips(token.low, name.lower(), 2) <= (1 if len(name) < 8 else 2)
    )
    if near:
        return near
    if not token.opens or token.gap.rstrip(" ").endswith("&"):
        return ()
    if speller.knows(token.low):
        return ()
    if following is not None and following.is_capital and following.follows_closely and following.text != "I":
        return ()
    found = tuple(one for one in speller.suggest(token.low) if slips(token.low, one) == 1 and one == one.lower())
    return tuple(one[0].upper() + one[1:] for one in found) if len(token.text) > 3 or token.low in _SHORT_SLIPS else ()


_SHORT_SLIPS = frozenset(["teh", "hte", "jge", "ejg", "ver"])


def _others_first(token: Token, suggestions: tuple[str, ...]) -> tuple[str, ...]:
    """Suggestions with a capital last: who writes small letters seldom means a name."""
    plain = [one for one in suggestions if one == one.lower()]
    return (*plain, *(one for one in suggestions if one not in plain))

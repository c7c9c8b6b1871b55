"""Words that no tool can judge: both spellings are words, and often both make sense. For a human eye, last of all."""

from __future__ import annotations

from collections.abc import Iterator

from callplan.words.proof.finding import Finding
from callplan.words.proof.tokens import Token

_SETS = {
    "en": (
        "its it's",
        "your you're",
        "their there they're",
        "to too two",
        "then than",
        "affect effect",
        "principal principle",
        "complement compliment",
        "lose loose",
        "lead led",
        "whose who's",
        "were where we're",
        "quite quiet",
        "advice advise",
        "discreet discrete",
        "stationary stationery",
        "personal personnel",
        "accept except",
        "ensure assure insure",
        "past passed",
        "weather whether",
        "hear here",
        "no know",
        "write right",
        "form from",
        "manager manger",
        "interested interesting",
    ),
    "da": (
        "nogen nogle",
        "ad af",
        "ligge lægge",
        "ligger lægger",
        "ligget lagt",
        "hver vær vejr værd",
        "hvis vis",
        "en end",
        "sin hans hendes deres",
        "at og",
        "få får",
        "nået noget",
        "synes syntes",
        "været vært",
        "hjem hjemme",
        "inde ind",
    ),
}


def looks(words: list[Token], language: str) -> Iterator[Finding]:
    """The first place of each such word."""
    mates = {word: group.split() for group in _SETS.get(language, ()) for word in group.split()}
    seen: set[str] = set()
    for token in words:
        if token.low in mates and token.low not in seen:
            seen.add(token.low)
            others = tuple(mate for mate in mates[token.low] if mate != token.low)
            reason = f"Only you know whether you mean {' or '.join((token.low, *others))}."
            yield Finding(token.start, token.end, "look", token.text, others, reason)

"""Whether two names are of one firm: ``Nordlys`` and ``Nordlys Energi A/S`` are."""

from __future__ import annotations

import re

from callplan.book.nearest import folded

_LEGAL_FORM = re.compile(
    r"(?:a/s|a\.s\.?|as|asa|aps|i/s|p/s|k/s|amba|a\.m\.b\.a|ivs|ltd|limited|llc|l\.l\.c|llp|inc|incorporated|corp|"
    r"corporation|co|company|plc|pty|gmbh|mbh|ag|kg|kgaa|ohg|ug|se|e\.v|ab|hb|oy|oyj|b\.?v|n\.?v|s\.?a|s\.?a\.?r\.?l|"
    r"sas|s\.?p\.?a|s\.?r\.?l|s\.?l|kft|zrt|s\.r\.o|d\.o\.o|sp|z|o\.o)\.?",
    re.IGNORECASE,
)


def firm_words(name: str) -> tuple[str, ...]:
    """The words of a firm's name that are its own: small, without "the" and what the law adds at the end."""
    words = [word for part in folded(name).split() if (word := part.strip(",.;:()\"'“”")) or part == "&"]
    while len(words) > 1 and (_LEGAL_FORM.fullmatch(words[-1]) or words[-1] in ("&", "")):
        words.pop()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def has_legal_form(name: str) -> bool:
    """Whether the name ends in what the law adds: A/S, GmbH, Inc."""
    parts = folded(name).split()
    return len(parts) > 1 and bool(_LEGAL_FORM.fullmatch(parts[-1].strip(",;:()")))


def is_same_firm(one: str, other: str) -> bool:
    """Whether they are the same words but for legal forms."""
    return bool(firm_words(one)) and firm_words(one) == firm_words(other)


def begins_like(one: str, other: str) -> bool:
    """Whether all words of one are the first words of the other: ``Nordlys`` of ``Nordlys Energi A/S``."""
    first, second = sorted((firm_words(one), firm_words(other)), key=len)
    return bool(first) and second[: len(first)] == first

"""The name of an application's file, made from the company's."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 40
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "đ": "d", "ð": "d",
     "þ": "th", "œ": "oe", "ı": "i", "'": "", "’": ""}
)  # fmt: skip
# Windows has devices of these names, with any extension.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def file_stem(company: str) -> str:
    """``Nordlys Energi A/S`` -> ``nordlys-energi-a-s``: lower case, safe on every file system, at most 40 characters.

    A name in another script than Latin keeps its letters.
    """
    latin = unicodedata.normalize("NFC", company).lower().translate(_LETTERS)
    stem = _hyphened("[^a-z0-9]+", unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode())
    if not stem:
        stem = _hyphened(r"[\W_]+", unicodedata.normalize("NFKC", company).lower())
    stem = stem or "application"
    return f"{stem}-job" if stem in _DEVICES else stem


def _hyphened(other_signs: str, text: str) -> str:
    stem = re.sub(other_signs, "-", text).strip("-")
    if len(stem) > _LONGEST:
        stem = stem[: _LONGEST + 1].rpartition("-")[0] or stem[:_LONGEST]
    return stem

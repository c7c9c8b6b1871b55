"""The words of the pages, by language: English, and Danish. Any other language is read in English."""

from __future__ import annotations

from callplan.web import wording_da, wording_en

LANGUAGES = {"en": wording_en.WORDS, "da": wording_da.WORDS}


def wording(language: str) -> dict[str, str]:
    """The words for a primary language ("da")."""
    return LANGUAGES.get(language, wording_en.WORDS)

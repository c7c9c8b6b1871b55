"""Short phrases, one module a language; whole sentences to say stand in the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from callplan.words.dates import primary

#: The languages there are phrases in.
LANGUAGES = ("en", "da")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language. Values are patterns for `str.format`; what is filled in is never read as one.

    `titles` name the sections of a script, `labels` its head, `cues` the branches; `gaps` say what is missing and
    how to fill it; `needs` tie a point to what they asked for; `agenda` holds the texts of calendar events, `letters`
    what stands around letters, `practice` what is said while practising. `needing` and `having` are the verbs after
    which "somebody who …" and "I …" make a sentence, and `foreign` those of the other languages: notes that begin so
    are quoted, not built into a sentence.
    """

    gap: str
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    cues: Mapping[str, str]
    gaps: Mapping[str, str]
    notices: Mapping[str, str]
    needs: Mapping[str, str]
    agenda: Mapping[str, str]
    letters: Mapping[str, str]
    practice: Mapping[str, str]
    needing: frozenset[str]
    having: frozenset[str]
    foreign: frozenset[str]
    speaker: str
    own_words: tuple[str, ...]
    units: Mapping[str, tuple[str, str]]


def phrases(language: str) -> Phrases:
    """The phrases of a language; English where there are none."""
    if primary(language) == "da":
        from callplan.words.phrases import da  # noqa: PLC0415

        return da.PHRASES
    from callplan.words.phrases import en  # noqa: PLC0415

    return en.PHRASES

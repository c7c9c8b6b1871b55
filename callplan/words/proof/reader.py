"""Proofreading a text: every layer, and what to make of their answers together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from callplan.words.proof.finding import Finding, settle
from callplan.words.proof.letter import attachment, doubled, gaps, greeting_and_close, stale
from callplan.words.proof.look import looks
from callplan.words.proof.names import Known, misspelt_names, name_parts, strangers
from callplan.words.proof.speller import missing, speller
from callplan.words.proof.spelling import misspelt
from callplan.words.proof.tokens import sentences, tokens
from callplan.words.proof.weekdays import wrong_weekdays

#: Languages whose real-word errors are known; others are only spelled.
FULL = ("en", "da")


@dataclass(frozen=True)
class Proof:
    """What was found, in order of place, and what could not be looked at."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Without what is only for the eye."""
        return tuple(one for one in self.findings if one.kind != "look")


def proofread(
    text: str,
    language: str = "en",
    known: Known | None = None,
    attached: bool | None = None,
    strict: bool = False,
    grammar: bool = False,
    today: date | None = None,
) -> Proof:
    """Read `text` over.

    `known` are the names in it; `attached` says whether the mail has an attachment, None if nobody knows; `strict` says
    more, and is wrong more often; `grammar` asks Harper as well, which must be installed. Near `today` a date is tied
    to its weekday without its year too. A language outside `FULL` is only spelled.
    """
    known = known or Known()
    words = tokens(text)
    found: list[Finding] = [*gaps(text), *doubled(words, language), *stale(text, language)]
    found += greeting_and_close(text, language)
    found += wrong_weekdays(text, language, today)
    book = speller(language)
    found += misspelt_names(words, known, book, language)
    found += strangers(text, known)
    everybody = (*known.people, *known.firms, *known.others)
    parts = frozenset(part.lower() for name in everybody for part in name_parts(name))
    if book is not None:
        found += misspelt(words, book, parts)
    if language == "en":
        from callplan.words.proof.confusion import confusions  # noqa: PLC0415 - only when it is needed
        from callplan.words.proof.frames import framed, shipped  # noqa: PLC0415 - only when it is needed

        found += framed(shipped("english"), text)
        for sentence in sentences(words):
            found += confusions(sentence, strict)
        if grammar:
            from callplan.words.proof.harper import harper_says  # noqa: PLC0415 - only when it is needed

            found += harper_says(text)
    elif language == "da":
        from callplan.words.proof.danish import danish_faults  # noqa: PLC0415 - only when it is needed

        found += danish_faults(text, words, book, parts)
    found += attachment(text, attached)
    found += looks(words, language)
    notes = tuple(note for note in (missing(language),) if note)
    return Proof(tuple(settle(found)), notes)

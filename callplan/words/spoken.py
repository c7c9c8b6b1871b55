"""A script as values: what is said, in which order, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from callplan.plan.step import Step
from callplan.words.dates import primary


class Variant(StrEnum):
    """What the call is about; each has a template of that name."""

    CALL = "call"
    SECOND_CALL = "second-call"
    OFFER = "call-back-offer"  # they rang with an offer or an invitation
    REJECTION = "call-back-rejection"
    NO_SHOW = "no-show"  # they said that they would ring


#: Most words of the whole talk: 150 are about 65 seconds.
TALK_BUDGET = {
    Variant.CALL: 150,
    Variant.SECOND_CALL: 90,
    Variant.OFFER: 90,
    Variant.REJECTION: 90,
    Variant.NO_SHOW: 80,
}

#: Most words of one part of it, and of the parts with a limit of their own. Each point counts by itself.
PART_BUDGET = 30
PART_BUDGETS = {"opening": 20, "voicemail": 60}
VOICEMAIL_SECONDS = 25

_WORDS_PER_MINUTE = {"en": 140, "da": 140, "de": 125, "fr": 150, "es": 150}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section; `cue` tells when it is said, and is not said itself."""

    text: str
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the script.

    `part` is ``talk`` (said, in this order), ``variant`` (said instead), ``branch``, ``reserve`` or ``aside`` (read,
    not said). `words` and `seconds` are of what is said, gaps left out; `budget` is the most words it should have.
    `notices` say what of it is too long.
    """

    id: str
    title: str
    part: str
    lines: tuple[Line, ...]
    words: int = 0
    seconds: int = 0
    budget: int | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A call script. `head` is label and text, in order; `words` and `seconds` are of the whole talk.

    `gaps` are the facts the record does not have, each with the way to fill it; they stand in the lines as they stand
    here. `remarks` are notices about the script as a whole.
    """

    step: Step
    language: str
    heading: str
    head: tuple[tuple[str, str], ...]
    phone: str | None
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    remarks: tuple[str, ...]
    words: int
    seconds: int
    words_per_minute: int
    variant: Variant = Variant.CALL

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should look at: about the whole, then about its parts."""
        return (*self.remarks, *(notice for one in self.sections for notice in one.notices))

    def only(self, name: str) -> Script:
        """The script with that section alone; gaps and notices elsewhere have nothing to do with it."""
        sections = tuple(one for one in self.sections if one.id == name)
        shown = [*(text for _, text in self.head), *(line.text for one in sections for line in one.lines)]
        return replace(
            self,
            sections=sections,
            gaps=tuple(gap for gap in self.gaps if any(gap in text for text in shown)),
            words=sum(one.words for one in sections),
            seconds=sum(one.seconds for one in sections),
        )

    def section(self, name: str) -> Section | None:
        """The section of that id, or None."""
        return next((one for one in self.sections if one.id == name), None)


def words_per_minute(language: str) -> int:
    """How fast a language is spoken on the phone, until the user's own rate has been measured."""
    return _WORDS_PER_MINUTE.get(primary(language), _WORDS_PER_MINUTE["en"])


def seconds_of(words: int, rate: int) -> int:
    """How long so many words take."""
    return round(words * 60 / rate)


def count_words(text: str, gaps: tuple[str, ...] = ()) -> int:
    """How many words are said: what has a letter or a digit. Gaps are silent."""
    for gap in gaps:
        text = text.replace(gap, " ")
    return sum(any(map(str.isalnum, word)) for word in text.split())

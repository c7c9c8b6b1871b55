"""What the first words of an event's notes say of the step: `no answer`, `sent`, `talte med` … Pure."""

from __future__ import annotations

import re
import unicodedata

from callplan.plan.outcome_words import OUTCOME_PHRASES
from callplan.plan.step import StepKind

_CALLS = (StepKind.CALL, StepKind.SECOND_CALL)
_SENT = (
    StepKind.THANK_YOU,
    StepKind.THANK_YOU_DEADLINE,
    StepKind.LETTER,
    StepKind.FOLLOW_UP,
    StepKind.ANSWER,
    StepKind.REJECTION_REPLY,
)

#: The steps an outcome can be said of; one that is absent fits every step.
_FITTING = {
    "sent": _SENT,
    "no-answer": _CALLS,
    "voicemail": _CALLS,
    "reached": _CALLS,
}

#: Where these words follow, something else is meant: "reached out to HR", "sent svar" (a late answer, in Danish),
#: "voicemail greeting says", "no reply yet to my mail". A word ending in -ing follows only what was begun.
_NOT_BEFORE = {
    "reached": ("out",),
    "sent": ("svar", "på", "om", "i", "fra", "efter", "af", "som"),
    "posted": ("by",),
    "voicemail": ("greeting", "says", "said", "is", "was", "box", "full", "number"),
    "voice mail": ("greeting", "says", "said", "is", "was", "box", "full", "number"),
    "no reply": ("yet", "to", "from", "on"),
    "intet svar": ("endnu", "på", "fra"),
    "ingen svar": ("endnu", "på", "fra"),
    "done": ("with", "by"),
    "finished": ("with", "by"),
    "færdig": ("med",),
}
_BEGUN = ("done", "finished")

_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_APOSTROPHE = re.compile("['\u2019]")
_ASKED = re.compile(r"\s*\?")
_MARKS = re.compile(r"^[\s:;,.!–—-]+")
_LONGEST = max(len(phrase.split()) for phrase in OUTCOME_PHRASES)


def outcome_in(text: str, kind: StepKind) -> tuple[str | None, str]:
    """The outcome (as in the log) that `text` begins with, and the remark that is left; (None, text) for none.

    Case, composition and what is no letter do not count. An outcome that cannot be said of a step of this `kind` is
    none: "no answer" above a thank-you is a remark. Nor is one that is asked ("done?"), or that the next word turns
    into something else (`_NOT_BEFORE`). The remark is what follows a mark or a line break; where the
    sentence goes on ("reached Mette, she says Friday") it is all of it.
    """
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))[:_LONGEST]
    for count in range(len(found), 0, -1):
        phrase = _APOSTROPHE.sub("", " ".join(word.group().casefold() for word in found[:count]))
        outcome = OUTCOME_PHRASES.get(phrase)
        if outcome is None:
            continue
        if kind not in _FITTING.get(outcome, (kind,)):
            return None, text
        rest = text[found[count - 1].end() :]
        if _ASKED.match(rest) or _turned(phrase, rest):
            return None, text
        goes_on = _WORD.match(rest.lstrip(" \t")) is not None
        return outcome, (text if goes_on else _MARKS.sub("", rest)).strip()
    return None, text


def _turned(phrase: str, rest: str) -> bool:
    """Whether the word that follows makes something else of the phrase."""
    after = re.match(r"[ \t]+(\w+)", rest)
    if after is None:
        return False
    word = after[1].casefold()
    return word in _NOT_BEFORE.get(phrase, ()) or (phrase in _BEGUN and word.endswith("ing"))

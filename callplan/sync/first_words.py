"""What the first words of an event's notes say of the step: `no answer`, `sent`, `talte med` … Pure."""

from __future__ import annotations

import re
import unicodedata

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

#: Words, in English and Danish -> the outcome in the log. The longest that fits counts.
_OUTCOMES = {
    "done": "done", "finished": "done", "færdig": "done", "gjort": "done", "klaret": "done",
    "sent": "sent", "posted": "sent", "mailed": "sent", "emailed": "sent", "sendt": "sent", "afsendt": "sent",
    "no answer": "no-answer", "noanswer": "no-answer", "not reached": "no-answer", "nobody answered": "no-answer",
    "no reply": "no-answer", "no one answered": "no-answer", "intet svar": "no-answer", "ingen svar": "no-answer",
    "svarede ikke": "no-answer", "svarer ikke": "no-answer", "ikke truffet": "no-answer", "ingen tog den": "no-answer",
    "tog den ikke": "no-answer", "fik ikke fat": "no-answer",
    "voicemail": "voicemail", "voice mail": "voicemail", "left a message": "voicemail", "telefonsvarer": "voicemail",
    "telefonsvareren": "voicemail", "lagt besked": "voicemail", "lagde besked": "voicemail",
    "lagde en besked": "voicemail", "indtalt besked": "voicemail", "indtalte besked": "voicemail",
    "reached": "reached", "got through": "reached", "spoke to": "reached", "spoke with": "reached",
    "talked to": "reached", "talked with": "reached", "fik fat": "reached", "fået fat": "reached",
    "talte med": "reached", "talt med": "reached", "truffet": "reached", "fanget": "reached",
}  # fmt: skip

#: The steps an outcome can be said of; one that is absent fits every step.
_FITTING = {
    "sent": _SENT,
    "no-answer": _CALLS,
    "voicemail": _CALLS,
    "reached": _CALLS,
}

_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"^[\s:;,.!–—-]+")
_LONGEST = max(len(phrase.split()) for phrase in _OUTCOMES)


def outcome_in(text: str, kind: StepKind) -> tuple[str | None, str]:
    """The outcome (as in the log) that `text` begins with, and the remark that is left; (None, text) for none.

    Case, composition and what is no letter do not count. An outcome that cannot be said of a step of this `kind` is
    none: "no answer" above a thank-you is a remark. The remark is what follows a mark or a line break; where the
    sentence goes on ("reached Mette, she says Friday") it is all of it.
    """
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))[:_LONGEST]
    for count in range(len(found), 0, -1):
        phrase = " ".join(word.group().casefold() for word in found[:count])
        outcome = _OUTCOMES.get(phrase)
        if outcome is None:
            continue
        if kind not in _FITTING.get(outcome, (kind,)):
            return None, text
        rest = text[found[count - 1].end() :]
        goes_on = _WORD.match(rest.lstrip(" \t")) is not None
        return outcome, (text if goes_on else _MARKS.sub("", rest)).strip()
    return None, text

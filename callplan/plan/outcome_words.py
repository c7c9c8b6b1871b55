"""How people say, in English and Danish, what came of a step: in a calendar's notes and on the command line."""

from __future__ import annotations

#: Phrases -> the outcome in the log. In small letters, without apostrophes.
OUTCOME_PHRASES = {
    "done": "done", "finished": "done", "færdig": "done", "gjort": "done", "klaret": "done",
    "sent": "sent", "posted": "sent", "mailed": "sent", "emailed": "sent", "sendt": "sent", "afsendt": "sent",
    "no answer": "no-answer", "noanswer": "no-answer", "not reached": "no-answer", "nobody answered": "no-answer",
    "no reply": "no-answer", "no one answered": "no-answer", "intet svar": "no-answer", "ingen svar": "no-answer",
    "svarede ikke": "no-answer", "svarer ikke": "no-answer", "ikke truffet": "no-answer", "ingen tog den": "no-answer",
    "tog den ikke": "no-answer", "fik ikke fat": "no-answer", "didnt pick up": "no-answer",
    "did not pick up": "no-answer", "didnt answer": "no-answer", "did not answer": "no-answer",
    "nobody picked up": "no-answer", "no one picked up": "no-answer", "called no answer": "no-answer",
    "rang no answer": "no-answer", "called but no answer": "no-answer", "could not reach": "no-answer",
    "couldnt reach": "no-answer", "tog ikke telefonen": "no-answer", "ringede intet svar": "no-answer",
    "ringede ingen svar": "no-answer", "fik ingen svar": "no-answer", "fik intet svar": "no-answer",
    "voicemail": "voicemail", "voice mail": "voicemail", "left a message": "voicemail", "telefonsvarer": "voicemail",
    "telefonsvareren": "voicemail", "lagt besked": "voicemail", "lagde besked": "voicemail",
    "lagde en besked": "voicemail", "indtalt besked": "voicemail", "indtalte besked": "voicemail",
    "reached": "reached", "got through": "reached", "spoke to": "reached", "spoke with": "reached",
    "talked to": "reached", "talked with": "reached", "fik fat": "reached", "fået fat": "reached",
    "kom igennem": "reached", "kommet igennem": "reached", "kom ikke igennem": "no-answer",
    "talte med": "reached", "talt med": "reached", "truffet": "reached", "fanget": "reached",
}  # fmt: skip

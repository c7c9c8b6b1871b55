"""What the first words of an event's notes are taken for."""

from __future__ import annotations

import pytest
from callplan.plan.step import StepKind
from callplan.sync.first_words import outcome_in


@pytest.mark.parametrize(
    ("text", "kind", "outcome", "remark"),
    [
        ("no answer", StepKind.CALL, "no-answer", ""),
        ("No  answer – try Friday", StepKind.CALL, "no-answer", "try Friday"),
        ("reached Mette, she says Friday", StepKind.CALL, "reached", "reached Mette, she says Friday"),
        ("Talte med Mette", StepKind.SECOND_CALL, "reached", "Talte med Mette"),
        ("voicemail (Jonas)", StepKind.CALL, "voicemail", "(Jonas)"),
        ("lagde en besked. Ring fredag", StepKind.CALL, "voicemail", "Ring fredag"),
        ("FÆRDIG", StepKind.NOTES, "done", ""),
        ("fa\u0308rdig", StepKind.NOTES, None, "färdig"),
        ("no answer", StepKind.THANK_YOU, None, "no answer"),
        ("sent", StepKind.CALL, None, "sent"),
        ("undone", StepKind.NOTES, None, "undone"),
        ("not done", StepKind.NOTES, None, "not done"),
        ("Didn't pick up. Try again after lunch", StepKind.CALL, "no-answer", "Try again after lunch"),
        ("didn\u2019t answer", StepKind.CALL, "no-answer", ""),
        ("Called, no answer", StepKind.SECOND_CALL, "no-answer", ""),
        ("Tog ikke telefonen", StepKind.CALL, "no-answer", ""),
        ("Reached out to HR on LinkedIn", StepKind.CALL, None, "Reached out to HR on LinkedIn"),
        ("No reply yet to my mail", StepKind.CALL, None, "No reply yet to my mail"),
        ("no reply", StepKind.CALL, "no-answer", ""),
        ("Voicemail greeting says she is away", StepKind.CALL, None, "Voicemail greeting says she is away"),
        ("voicemail left", StepKind.CALL, "voicemail", "voicemail left"),
        ("finished drafting, still to send", StepKind.FOLLOW_UP, None, "finished drafting, still to send"),
        ("done with the first half", StepKind.NOTES, None, "done with the first half"),
        ("Færdig med udkastet", StepKind.FOLLOW_UP, None, "Færdig med udkastet"),
        ("sent? not yet", StepKind.FOLLOW_UP, None, "sent? not yet"),
        ("Done ?", StepKind.NOTES, None, "Done ?"),
        ("Sent svar fra Mette", StepKind.FOLLOW_UP, None, "Sent svar fra Mette"),
        ("sent it at noon", StepKind.FOLLOW_UP, "sent", "sent it at noon"),
        ("sent. Was there a question?", StepKind.FOLLOW_UP, "sent", "Was there a question?"),
        ("", StepKind.CALL, None, ""),
        ("…", StepKind.CALL, None, "…"),
    ],
)
def test_first_words_in_english_and_danish(text: str, kind: StepKind, outcome: str | None, remark: str) -> None:
    assert outcome_in(text, kind) == (outcome, remark)

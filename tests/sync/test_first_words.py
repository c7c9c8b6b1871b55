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
        ("", StepKind.CALL, None, ""),
        ("…", StepKind.CALL, None, "…"),
    ],
)
def test_first_words_in_english_and_danish(text: str, kind: StepKind, outcome: str | None, remark: str) -> None:
    assert outcome_in(text, kind) == (outcome, remark)

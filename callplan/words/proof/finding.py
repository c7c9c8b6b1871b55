"""What proofreading found."""

from __future__ import annotations

from dataclasses import dataclass

from callplan.words.proof.tokens import Token

#: In the order of how much a reader would mind. `look` is for the human eye only: no fault was found.
KINDS = ("name", "date", "gap", "doubled", "compound", "typo", "homophone", "grammar", "style", "look")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the text. `start` and `end` count code points of the text given, `end` exclusive."""

    start: int
    end: int
    kind: str
    found: str
    suggestions: tuple[str, ...]
    reason: str


def replaced(token: Token, kind: str, mend: str, reason: str) -> Finding:
    """A word that should be another one, with its capital."""
    if token.is_capital:
        mend = mend[0].upper() + mend[1:]
    return Finding(token.start, token.end, kind, token.text, (mend,), reason)


def settle(findings: list[Finding]) -> list[Finding]:
    """In order of place; of findings that overlap, the one whose kind comes first. `look` yields to all others.

    Two findings of one place and one replacement are one.
    """
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda finding: (KINDS.index(finding.kind), finding.start, -finding.end)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda finding: (finding.start, finding.end))

"""By hand or not, with reasons; and how to write it when it is by hand (advice 3.2, and the last tip)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from callplan.book.types import Application
from callplan.plan.letters import by_hand
from callplan.words.dates import day_month
from callplan.words.letters.compose import Draft
from callplan.words.phrases import phrases

#: Characters in a line that a hand fills on half a page.
_HAND_WIDTH = 46


@dataclass(frozen=True, slots=True)
class Advice:
    """`form` is ``by-hand``, ``typed`` or ``email``; `reasons` are clauses, the weightiest first."""

    form: str
    reasons: tuple[str, ...]
    sentence: str


def hand_advice(
    application: Application, language: str, arrival: date | None = None, decision: date | None = None
) -> Advice:
    """Whether to write by hand, and why. `arrival`: the day the post brings a letter sent now; `decision`: theirs.

    The verdict is the plan's own (`plan.letters.by_hand`), so that the calendar and the draft agree.
    """
    words = phrases(language).letters
    if by_hand(application):
        form = "by-hand"
    elif application.kind in ("tech", "agency") or application.invited_by == "message":
        form = "email"
    else:
        form = "typed"
    reasons = [words[f"why.{application.kind}"]] if f"why.{application.kind}" in words else []
    if f"why.invited_{application.invited_by}" in words:
        reasons.append(words[f"why.invited_{application.invited_by}"])
    if arrival and decision and arrival >= decision:
        days = {"day": day_month(arrival, language, arrival), "decision": day_month(decision, language, arrival)}
        reasons.append(words["why.post"].format(**days))
    reasons = reasons or [words["why.unknown"]]
    verdict = words[f"advice.{form}"]
    return Advice(form, tuple(reasons), words["because"].format(verdict=verdict, reasons="; ".join(reasons)))


def hand_lines(draft: Draft) -> list[str]:
    """The letter in lines as a hand fills them, the head left out."""
    lines: list[str] = []
    for block in ((draft.dateline,), *draft.blocks[-len(draft.paragraphs) - 2 :]):
        for line in block:
            lines += textwrap.wrap(line, _HAND_WIDTH, break_long_words=False) or [""]
        lines.append("")
    return lines[:-1]


def hand_guide(draft: Draft) -> Iterator[str]:
    """How to write the letter by hand, a piece of advice a line."""
    words = phrases(draft.language).letters
    names = [name for name in (draft.person, draft.address[-1] if not draft.person and draft.address else "") if name]
    yield words["guide.paper"]
    yield words["guide.lines"].format(lines=len(hand_lines(draft)))
    if names:
        yield words["guide.names"].format(names=", ".join(map(_spelled, names)))
    yield words["guide.once"]
    yield words["guide.post"]


def _spelled(name: str) -> str:
    return " ".join("-".join(word) for word in name[:80].split())

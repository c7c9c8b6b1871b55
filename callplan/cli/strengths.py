"""What they need, what the user has to show for it, and why this firm: what letters and calls are made of (4.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from callplan.book.types import Application, Fit, Noted
from callplan.cli.language import told
from callplan.cli.terminal import prompted, say_prose


@dataclass(frozen=True, slots=True)
class Strengths:
    """What is to be written down of it."""

    fit: list[Fit] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many remarks there are."""
        return len(self.fit) + len(self.why)


def ask(found: Strengths, application: Application, valued: Sequence[Noted], said: Callable[[str], Noted]) -> None:
    """Ask for what is missing, into `found`: first an answer to what they stressed or need, then more, then why.

    `valued` is what was noted just now; `said` tells who said it. Raises `click.Abort` with what was said until then.
    """
    say_prose(told("What do they need, and what have you to show for it?"), err=True)
    say_prose(
        told("As you would say it: runs Airflow in production / ran 40 pipelines for three years"),
        indent="  ",
        err=True,
    )
    for need in unanswered(application, valued):
        if strength := _prompt(told('  For "{need}" you have').format(need=need.text)):
            found.fit.append(Fit(need.text, strength, need.by))
    while need_text := _prompt(told("  They need")):
        need = said(need_text)
        found.fit.append(Fit(need.text, None, need.by))
        if strength := _prompt(told("  You have")):
            found.fit[-1] = Fit(need.text, strength, need.by)
    if not application.why:
        say_prose(told("Why do you want this job?"), err=True)
        while reason := _prompt("  -", " "):
            found.why.append(reason)


def unanswered(application: Application, valued: Sequence[Noted]) -> list[Noted]:
    """The needs on file to which there is no answer yet, and what they stressed that none of the needs is about."""
    from callplan.words.facts import is_answered

    stressed = [*(one for held in application.rounds for one in held.notes.valued), *valued]
    needs = [Noted(fit.need, fit.by) for fit in application.fit if not fit.strength]
    return [*needs, *(one for one in stressed if not is_answered(one.text, application.fit))]


def way_to_fill(application: Application, now: datetime) -> str | None:
    """The command that asks for what letters and scripts are made of, where some of that is missing."""
    held = [one for one in application.rounds if one.end <= now]
    silent = bool(held) and not held[-1].notes.topics
    if not (silent or unanswered(application, ()) or not application.fit or not application.why):
        return None
    return told("callplan note {name} asks for what was said, what you bring and why.").format(name=application.name)


def write_down(path: Path, application: Application, found: Strengths) -> Application:
    """Put it into the file, an answer to its need if that is there; every other byte stays. Raises `RecordError`."""
    from callplan.book.compose import fit_values
    from callplan.book.write import append_value, set_value

    seen = application
    for fit in found.fit:
        number = next((at for at, one in enumerate(seen.fit) if one.need == fit.need and not one.strength), None)
        if number is None:
            seen = append_value(path, ("fit",), fit_values(fit), seen=seen)
        elif fit.strength:
            seen = set_value(path, ("fit", number, "strength"), fit.strength, seen=seen)
    for reason in found.why:
        if seen.why:
            seen = append_value(path, ("why",), reason, seen=seen)
        else:
            seen = set_value(path, ("why",), [reason], seen=seen)
    return seen


def _prompt(question: str, suffix: str = ": ") -> str:
    answer: str = prompted(question, default="", show_default=False, prompt_suffix=suffix)
    return answer.strip()

"""`callplan lessons`: what to do better next time, across all interviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click

from callplan.book.nearest import folded
from callplan.book.types import Application
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.stats import everything
from callplan.cli.terminal import say, say_heading, say_json, say_prose

_EXAMPLES = """\
callplan lessons
callplan lessons --topic backfill
callplan lessons --json
"""

_WEAK = 3  # of 5; an answer that went better is no lesson

#: Entries whose note is something they said about the user.
_FEEDBACK = frozenset({"rejection", "rejection-reply", "reply", "offer", "invitation", "answer", "reflect"})


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something to learn from. `kind` is ``answer``, ``feedback`` or ``valued``; `day` is ISO 8601."""

    kind: str
    application: str
    company: str
    day: str
    text: str
    rating: int | None = None
    better: str | None = None
    by: str | None = None


@declare("lessons", _EXAMPLES)
@click.option("--topic", metavar="TEXT", help="Only what holds this text.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects, the weakest answers first.")
@click.pass_obj
def command(frame: Frame, topic: str | None, as_json: bool) -> None:
    """Show what to do better: the answers that went badly, what they told you, what they looked for.

    It reads all interviews, the archived ones too; a job you did not get still teaches.
    """
    found = [one for one in lessons(everything(frame), frame) if topic is None or _holds(one, topic)]
    if as_json:
        say_json([{name: getattr(one, name) for name in one.__slots__} for one in found])
        return
    if not found:
        say(
            told('Nothing holds "{topic}".').format(topic=topic)
            if topic
            else told("Nothing to learn from yet: callplan note NAME writes down what they asked.")
        )
        return
    _answers([one for one in found if one.kind == "answer"])
    for kind, heading in (("feedback", told("What they told you")), ("valued", told("What they looked for"))):
        some = [one for one in found if one.kind == kind]
        if some:
            say_heading(heading)
        for one in some:
            said = f" ({one.by})" if one.by else ""
            say_prose(f"{one.company}: {one.text}{said}", indent="  ", hanging="    ")


def lessons(applications: Iterable[Application], frame: Frame) -> list[Lesson]:
    """Every lesson: weak answers first (the weakest, then the latest), then feedback, then what they valued."""
    found: list[tuple[tuple[int, int, float], Lesson]] = []
    for application in applications:
        who = (application.name, application.company)
        for one in application.rounds:
            day, late = one.start.date().isoformat(), -one.start.timestamp()
            for question in one.notes.questions:
                if (question.rating or 0) <= _WEAK and (question.rating or question.better):
                    lesson = Lesson("answer", *who, day, question.asked, question.rating, question.better, question.by)
                    found.append(((0, question.rating or _WEAK, late), lesson))
            for item in one.notes.valued:
                found.append(((2, 0, late), Lesson("valued", *who, day, item.text, by=item.by)))
        for entry in application.log:
            if entry.note and entry.step in _FEEDBACK and entry.at <= frame.now:
                day = entry.at.astimezone(frame.zone).date().isoformat()
                found.append(
                    ((1, 0, -entry.at.timestamp()), Lesson("feedback", *who, day, " ".join(entry.note.split())))
                )
    return [lesson for _, lesson in sorted(found, key=lambda pair: (pair[0], pair[1].application, pair[1].text))]


def _answers(answers: list[Lesson]) -> None:
    if not answers:
        return
    say_heading(told("Answers to work on"))
    for one in answers:
        rating = told(" (went {rating} of 5)").format(rating=one.rating) if one.rating else ""
        say_prose(f"{one.company}: {one.text}{rating}", indent="  ", hanging="    ")
        if one.better:
            say_prose(told("Better: {text}").format(text=one.better), indent="    ")


def _holds(one: Lesson, topic: str) -> bool:
    return folded(topic) in folded(" ".join(filter(None, (one.text, one.better, one.company, one.by))))

"""`callplan note`: what was said, while it is fresh. Prompts that follow the advice, an editor, or one-liners."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import click

from callplan.book.nearest import folded
from callplan.book.types import Application, Fit, LogEntry, Noted, Question
from callplan.cli import strengths
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.naming import application_argument, person_meant
from callplan.cli.rounds import last_held
from callplan.cli.strengths import Strengths
from callplan.cli.terminal import Styled, filled, prompted, say, say_notice, say_prose
from callplan.errors import UsageError

_T = TypeVar("_T")

_EXAMPLES = """\
callplan note nordlys
callplan note nordlys --topic "moving the forecast to streaming" --by Jonas
callplan note nordlys --valued "calm under pressure"
callplan note nordlys --question "How would you backfill?" --rating 2 \\
    --better "Partition by meter"
callplan note nordlys --need "runs Airflow" --strength "ran 40 pipelines"
callplan note nordlys --editor
"""

#: What a line of the editor's sheet begins with, and what it means.
_SIGNS = {"-": "topic", "+": "valued", "?": "question", "!": "need", "=": "better"}


#: How much of a bracketed name must be right to be taken for a slip of the pen: (Mete), (Karg), but not (CTO).
_NEARLY = 0.75
_LONGEST_NAME = 60


@dataclass(slots=True)
class Jottings:
    """What is to be written down of one interview."""

    topics: list[Noted]
    valued: list[Noted]
    questions: list[Question]
    strengths: Strengths = field(default_factory=Strengths)

    @property
    def count(self) -> int:
        """How many remarks there are."""
        return len(self.topics) + len(self.valued) + len(self.questions) + self.strengths.count


@declare("note", _EXAMPLES)
@application_argument()
@click.option("--topic", multiple=True, metavar="TEXT", help='What letters say after "our talk about"; repeatable.')
@click.option("--valued", multiple=True, metavar="TEXT", help="A skill, experience or quality they stressed.")
@click.option("--question", multiple=True, metavar="TEXT", help="Something they asked.")
@click.option(
    "--rating", multiple=True, type=click.IntRange(1, 5), help="How the answer went; of the first --question."
)
@click.option("--better", multiple=True, metavar="TEXT", help="What you would say now; the same.")
@click.option("--need", multiple=True, metavar="TEXT", help="Something they need; repeatable.")
@click.option("--strength", multiple=True, metavar="TEXT", help="What you have to show for it; of the first --need.")
@click.option("--why", multiple=True, metavar="TEXT", help="Why you want this job; repeatable.")
@click.option("--by", metavar="PERSON", help="Who said it (part of a name is enough).")
@click.option("--editor", is_flag=True, help="Write it all on one sheet, in your editor.")
@click.option("--round", "round_number", type=click.IntRange(1), help="Which interview. [the latest]")
@click.pass_obj
def command(
    frame: Frame,
    name: str,
    topic: tuple[str, ...],
    valued: tuple[str, ...],
    question: tuple[str, ...],
    rating: tuple[int, ...],
    better: tuple[str, ...],
    need: tuple[str, ...],
    strength: tuple[str, ...],
    why: tuple[str, ...],
    by: str | None,
    editor: bool,
    round_number: int | None,
) -> None:
    """Write down what was said, as soon as you can: letters, calls and the next interview live on it.

    Without options it asks, a subject at a time, also what you have to show for what they need; Enter on an empty line
    goes on. The rest of the file stays as it is.
    """
    application = frame.find(name)
    number = last_held(application, round_number, frame.now)
    speaker = person_meant(by, application) if by else None
    if len(rating) > len(question) or len(better) > len(question):
        raise UsageError(told("Each --rating and each --better belongs to a --question: the first to the first."))
    if len(strength) > len(need):
        raise UsageError(told("Each --strength belongs to a --need: the first to the first."))
    if topic or valued or question or need or why:
        needs = [_with_speaker(text, application, speaker) for text in _said(need)]
        jottings = Jottings(
            [_with_speaker(text, application, speaker) for text in _said(topic)],
            [_with_speaker(text, application, speaker) for text in _said(valued)],
            [
                Question(text, speaker, _at(rating, index), (_at(better, index) or "").strip() or None)
                for index, text in enumerate(_said(question))
            ],
            Strengths(
                [Fit(one.text, (_at(strength, at) or "").strip() or None, one.by) for at, one in enumerate(needs)],
                _said(why),
            ),
        )
        whole = False
    elif editor:
        jottings, whole = _from_editor(application), True
    elif sys.stdin.isatty():
        jottings, whole = _asked(application, speaker)
    else:
        raise UsageError(told("Say it with --topic, --valued, --question or --need; there is nobody to ask."))
    if not jottings.count:
        say(told("Nothing was noted."))
        return
    kept = write_down(frame.places.book / f"{application.name}.toml", application, number, jottings)
    say(
        counted("Noted in {{name}}.toml: {count} remark.", "Noted in {{name}}.toml: {count} remarks.", jottings.count)
        .format(name=application.name)
    )  # fmt: skip
    _tick_off(frame, kept, number, whole)


def write_down(path: Path, application: Application, number: int, jottings: Jottings) -> Application:
    """Put the remarks into the file; every other byte stays. Raises `RecordError`."""
    from callplan.book.compose import noted_value, question_values
    from callplan.book.write import append_value, set_value

    notes = application.rounds[number - 1].notes
    seen = application
    for key, remarks, there in (
        ("topics", jottings.topics, bool(notes.topics)),
        ("valued", jottings.valued, bool(notes.valued)),
    ):
        where = ("rounds", number - 1, "notes", key)
        for index, remark in enumerate(remarks):
            if there or index:
                seen = append_value(path, where, noted_value(remark), seen=seen)
            else:  # the first of a list: in brackets, so that texts and tables can stand side by side
                seen = set_value(path, where, [noted_value(remark)], seen=seen)
    for question in jottings.questions:
        seen = append_value(path, ("rounds", number - 1, "notes", "questions"), question_values(question), seen=seen)
    return strengths.write_down(path, seen, jottings.strengths)


def _tick_off(frame: Frame, application: Application, number: int, whole: bool) -> None:
    """The step is done when everything was asked for, and hinted at when there was only a word."""
    from callplan.book.write import append_log
    from callplan.plan.history import histories
    from callplan.plan.step import StepKind

    one = application.rounds[number - 1]
    past = histories(application, frame.now, frame.settings.rules.tries)[number - 1]
    if frame.now < one.start or past.acts(StepKind.NOTES) or past.skipped(StepKind.NOTES):
        return
    if whole:
        entry = LogEntry(
            frame.now.astimezone(frame.zone).replace(microsecond=0),
            "notes",
            "done",
            round=_unless_last(application, number),
        )
        append_log(frame.places.book / f"{application.name}.toml", entry, seen=application)
        say(told("The step notes is done."))
    else:
        say_prose(told("When that is all: callplan log {name} notes done").format(name=application.name))


def _unless_last(application: Application, number: int) -> int | None:
    return None if number == len(application.rounds) else number


def _asked(application: Application, speaker: str | None) -> tuple[Jottings, bool]:
    """The remarks as they are typed, a subject at a time, in the order of the advice (2.2), and whether all was asked.

    Who leaves half-way keeps what was said until then: it is never as fresh again. Raises `click.Abort` before a word.
    """
    jottings = Jottings([], [], [])
    say(Styled(f"{application.company}: {application.position}", bold=True), err=True)
    try:
        _ask(jottings, application, speaker)
    except click.Abort:
        if not jottings.count:
            raise
        click.echo(err=True)
        say_notice(told("What was said so far is kept."))
        return jottings, False
    try:  # what the interview was about is complete by now
        strengths.ask(
            jottings.strengths, application, jottings.valued, lambda text: _with_speaker(text, application, speaker)
        )
    except click.Abort:
        click.echo(err=True)
    return jottings, True


def _ask(jottings: Jottings, application: Application, speaker: str | None) -> None:
    who = next((name.split()[0] for name in application.rounds[-1].panel if name.split()), told("Name"))
    for heading, example, remarks in (
        (
            told("What did you talk about?"),
            told(
                'Letters say it after "our talk about …", so write it to go on from there: moving the forecast to '
                "streaming ({who}). In brackets at the end: who said it."
            ),
            jottings.topics,
        ),
        (
            told("Which skills, experience and qualities did they stress?"),
            told("In a few words, like: calm under pressure ({who})"),
            jottings.valued,
        ),
    ):
        say_prose(heading, err=True)
        say_prose(example.format(who=who), indent="  ", err=True)
        while text := _prompt("  -"):
            remarks.append(_with_speaker(text, application, speaker))
    say_prose(told("What did they ask, and how did you answer?"), err=True)
    while asked := _prompt(told("  They asked")):
        noted = _with_speaker(asked, application, speaker)
        jottings.questions.append(Question(noted.text, noted.by))
        rating = _rating()
        jottings.questions[-1] = Question(noted.text, noted.by, rating)
        if better := _prompt(told("  What would you say now")) if rating is None or rating < 5 else "":
            jottings.questions[-1] = Question(noted.text, noted.by, rating, better)


def _with_speaker(text: str, application: Application, speaker: str | None) -> Noted:
    """``(Jonas)`` at the end of a line says who said it, if Jonas is one of them; else it is a part of the text.

    A slip of the pen in the name is asked about, or told where nobody can be asked.
    """
    head, bracket, tail = text.rpartition("(")
    if not (bracket and tail.endswith(")") and head.strip()):
        return Noted(text, speaker)
    name = tail[:-1].strip()
    try:
        return Noted(head.strip(), person_meant(name, application))
    except UsageError:
        meant = _nearly(name, application)
    if meant is None:
        return Noted(text, speaker)
    if sys.stdin.isatty():
        if click.confirm(filled(told('Is "{name}" {person}?').format(name=name, person=meant)), default=True, err=True):
            return Noted(head.strip(), meant)
    else:
        told_so = told('Careful: "{name}" is nobody at {company}, so it stays in the text. Did you mean {person}?')
        say_prose(told_so.format(name=name, company=application.company, person=meant), err=True)
    return Noted(text, speaker)


def _nearly(written: str, application: Application) -> str | None:
    """The person whose name, or a part of it, was nearly written."""
    from difflib import SequenceMatcher

    if not written or len(written) > _LONGEST_NAME:
        return None
    wanted = folded(written)
    near = {
        person.name: max(
            SequenceMatcher(None, wanted, one).ratio() for one in (folded(person.name), *folded(person.name).split())
        )
        for person in application.people
        if folded(person.name)
    }
    best = max(near, key=lambda name: near[name], default=None)
    return best if best is not None and near[best] >= _NEARLY else None


def _prompt(question: str) -> str:
    answer: str = prompted(question, default="", show_default=False, prompt_suffix=" " if question == "  -" else ": ")
    return answer.strip()


def _rating() -> int | None:
    while text := _prompt(told("  How did it go (1 to 5)")):
        if text in ("1", "2", "3", "4", "5"):
            return int(text)
        say(told("A number from 1 (badly) to 5 (well), or Enter."), err=True)
    return None


def _from_editor(application: Application) -> Jottings:
    """The remarks on a sheet in the user's editor. Raises `UsageError`."""
    people = ", ".join(person.name for person in application.people)
    sheet = told(
        "# {company}. Lines that begin with # are not kept.\n"
        '# - what you talked about, to stand after "our talk about": moving the forecast to streaming\n'
        "# + what they stressed: a skill, experience, a quality\n"
        "# ? what they asked; then, if you like, how it went from 1 to 5: ? How would you backfill? 2\n"
        "# ! what they need\n"
        "# = what you would say now (below its question), or have to show for it (below the need)\n"
        "# (Name) at the end says who: {people}\n"
    ).format(company=application.company, people=people)
    try:
        text = click.edit(sheet + "\n", extension=".txt")
    except click.ClickException as error:
        raise UsageError(f"{error.format_message()} " + told("Set EDITOR to the editor you like.")) from None
    return read_sheet((text or "").splitlines(), application)


def read_sheet(lines: Sequence[str], application: Application) -> Jottings:
    """The remarks on a sheet: a sign a line says what each is, a line without one goes on with the line above."""
    parts: list[list[str]] = []
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text[0] in _SIGNS:
            parts.append([_SIGNS[text[0]], text[1:].strip()])
        elif parts:
            parts[-1][1] += f" {text}"
        else:
            parts.append(["topic", text])
    jottings, last = Jottings([], [], []), ""
    for kind, text in parts:
        if not text:
            continue
        if kind == "better":
            _better(jottings, text, last)
            continue
        last = kind
        if kind == "question":
            asked, _, rating = text.rpartition(" ")
            rated = asked and rating in ("1", "2", "3", "4", "5")
            noted = _with_speaker(asked if rated else text, application, None)
            jottings.questions.append(Question(noted.text, noted.by, int(rating) if rated else None))
            continue
        noted = _with_speaker(text, application, None)
        if kind == "need":
            jottings.strengths.fit.append(Fit(noted.text, None, noted.by))
        else:
            (jottings.topics if kind == "topic" else jottings.valued).append(noted)
    return jottings


def _better(jottings: Jottings, text: str, below: str) -> None:
    """What stands below the last question, or the last need."""
    if below == "need":
        need = jottings.strengths.fit[-1]
        jottings.strengths.fit[-1] = replace(need, strength=f"{need.strength} {text}" if need.strength else text)
    elif jottings.questions:
        question = jottings.questions[-1]
        jottings.questions[-1] = replace(question, better=f"{question.better} {text}" if question.better else text)
    else:
        raise UsageError(told('"= {text}" stands below no question.').format(text=text))


def _said(texts: Sequence[str]) -> list[str]:
    if any(not text.strip() for text in texts):
        raise UsageError(told("There is nothing in one of the texts."))
    return [text.strip() for text in texts]


def _at(values: Sequence[_T], index: int) -> _T | None:
    return values[index] if index < len(values) else None

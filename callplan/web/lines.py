"""What the pages show of steps and applications: plain values, ready to be put into a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from markupsafe import Markup

from callplan.book.types import Application
from callplan.plan.stage import stage
from callplan.plan.step import Status, Step
from callplan.plan.upcoming import PENDING, next_of_each, next_step
from callplan.web.happened import CALLS, DONE
from callplan.web.snapshot import Look
from callplan.web.timeline import marks, picture
from callplan.words.dates import city_of, clock_time, moment_in_words, span_in_words, zone_of
from callplan.words.said import said


@dataclass(frozen=True, slots=True)
class Line:
    """A step. `page` is the address of its call page; `done` the outcome of its button (``sent``, ``done``).

    `overdue` says that its time has passed, and what that means; "" while it has not.
    """

    uid: str
    title: str
    when: str
    datetime: str
    there: str
    why: str
    warning: str | None
    status: str
    phone: str | None
    page: str | None
    done: str | None
    overdue: str = ""

    @property
    def late(self) -> bool:
        """Whether its time has passed."""
        return self.status == Status.LATE

    @property
    def tentative(self) -> bool:
        """Whether it is only needed if they stay silent."""
        return self.status == Status.TENTATIVE

    @property
    def dialled(self) -> str:
        """The number as a link dials it."""
        return dialled(self.phone or "")


@dataclass(frozen=True, slots=True)
class Row:
    """An application: its next step, its picture, all its steps; `seen` counts the entries of its log."""

    name: str
    company: str
    position: str
    stage: str
    seen: int
    line: Line | None
    picture: Markup
    steps: tuple[Line, ...]


def dialled(phone: str) -> str:
    """A number as a link dials it: the extension after a pause, which telephones know, if not RFC 3966."""
    number, _, extension = phone.partition(" ext. ")
    digits = "".join(character for character in number if character in "+0123456789")
    return f"tel:{digits},,{extension}" if extension else f"tel:{digits}"


def rows(look: Look, words: dict[str, str]) -> list[Row]:
    """Every application, in the order of their next steps; those that are over last, by name."""
    steps: dict[str, list[Step]] = {}
    for step in look.steps:
        steps.setdefault(step.application, []).append(step)
    found = [_row(one, steps.get(one.name, []), look, words) for one in look.applications]
    turns = {step.application: turn for turn, step in enumerate(next_of_each(look.steps, look.taken))}
    return sorted(found, key=lambda row: (turns.get(row.name, len(turns)), row.name))


def first(look: Look, shown: Sequence[Row], words: dict[str, str]) -> Row | None:
    """The one thing to do first, as a row of its application."""
    step = next_step(look.steps, look.taken)
    row = next((row for row in shown if step is not None and row.name == step.application), None)
    if row is None or step is None:
        return None
    return replace(row, line=line_of(step, row.company, look, words))


def outdated(look: Look) -> dict[str, str]:
    """When each application shown from its last good version was saved, in the user's zone and language, by name."""
    zone = zone_of(look.timezone)
    return {name: moment_in_words(saved.astimezone(zone), look.language) for name, saved in look.saved.items()}


def line_of(step: Step, company: str, look: Look, words: dict[str, str]) -> Line:
    """A step as a page shows it, in the user's zone and language."""
    when = there = machine = ""
    if step.start is not None:
        zone = zone_of(look.timezone)
        start, end = step.start.astimezone(zone), (step.end or step.start).astimezone(zone)
        theirs = step.start.astimezone(zone_of(step.timezone))
        when, machine = span_in_words(start, end, look.language), step.start.astimezone(UTC).isoformat()
        if step.phone and theirs.utcoffset() != start.utcoffset():
            there = f"{clock_time(theirs, look.language)} {city_of(step.timezone, look.language)}"
    return Line(
        uid=step.uid,
        title=title_of(step, company, look, words),
        when=when,
        datetime=machine,
        there=there,
        why=said(step.why, look.language),
        warning=said(step.warning, look.language) if step.warning else None,
        status=step.status.value,
        phone=step.phone,
        page=f"/call/{step.uid}" if step.kind in CALLS and step.status in PENDING else None,
        done=DONE[step.kind][1] if step.kind in DONE and step.status in PENDING else None,
        overdue=_overdue(step, look, words),
    )


def _overdue(step: Step, look: Look, words: dict[str, str]) -> str:
    """That its latest time is over, or its time while there is still some left."""
    due = moment_in_words(step.due.astimezone(zone_of(look.timezone)), look.language) if step.due else ""
    if step.status is Status.LATE:
        return words["overdue_since"].format(moment=due) if due else words["overdue"]
    if step.status is Status.DUE and step.end is not None and step.end <= look.taken:
        return words["passed_until"].format(moment=due) if due else words["passed"]
    return ""


def title_of(step: Step, company: str, look: Look, words: dict[str, str]) -> str:
    """What a step is called: as in the calendar, and by its kind where it is there no more."""
    if step.uid in look.titles and step.in_calendar:
        return short_title(look.titles[step.uid], company)
    return words[f"kind.{step.kind.value}"]


def short_title(title: str, company: str) -> str:
    """An event's title without the job it ends with: the page names company and position above it."""
    short = title.partition(company)[0].rstrip(" :–—,(") if company else title
    return short or title


def _row(application: Application, steps: list[Step], look: Look, words: dict[str, str]) -> Row:
    ahead = next_step(steps, look.taken)
    line = line_of(ahead, application.company, look, words) if ahead else None
    zone = zone_of(look.timezone)
    now = look.taken.astimezone(zone)
    titles = {step.uid: title_of(step, application.company, look, words) for step in steps}
    titles |= {kind: words[f"stage.{named}"] for kind, named in _NEWS.items()}
    shown = marks(application, steps, titles, zone)
    upcoming = words["picture_next"].format(title=line.title, when=line.when) if line else words["done"]
    told = words["picture"].format(
        company=application.company,
        done=sum(mark.look == "done" for mark in shown),
        all=sum(mark.look != "news" for mark in shown),
        next=upcoming,
    )
    return Row(
        name=application.name,
        company=application.company,
        position=application.position,
        stage=words[f"stage.{stage(application, look.world)}"],
        seen=len(application.log),
        line=line,
        picture=Markup(picture(shown, now, look.language, words["today"], told)),  # noqa: S704 - its texts are escaped
        steps=tuple(line_of(step, application.company, look, words) for step in steps),
    )


#: What the log calls what came from them, and the stage that has a word for it.
_NEWS = {
    "offer": "offer", "invitation": "invited again", "rejection": "rejected", "on-hold": "on hold",
    "withdrawn": "withdrawn", "reply": "they answered", "new-date": "they answered",
}  # fmt: skip

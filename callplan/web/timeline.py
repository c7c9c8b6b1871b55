"""A picture of one application: what was done, where today is, what is still ahead. SVG, coloured by the style sheet.

Places along the line are percentages and sizes are in the page's own unit of text, so that it fits every width and
grows with the text. It holds no text but dates; the same in words stands beside it for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from xml.sax.saxutils import escape, quoteattr

from callplan.book.types import INCOMING, Application
from callplan.plan.step import Status, Step, StepKind
from callplan.words.dates import day_month

_SHOWN = frozenset(
    {
        StepKind.INTERVIEW, StepKind.THANK_YOU, StepKind.LETTER, StepKind.FOLLOW_UP, StepKind.CALL,
        StepKind.SECOND_CALL, StepKind.ANSWER, StepKind.REJECTION_REPLY, StepKind.REFLECT,
    }
)  # fmt: skip

_CALLS = frozenset({StepKind.CALL, StepKind.SECOND_CALL})

#: The line runs from here to there, in percent of the width; marks at its ends need the rest.
_LEFT, _RIGHT = 4.0, 96.0

#: Marks closer than this would cover each other.
_APART = 5.8

#: How much of the width a letter of a label takes at most, on a phone.
_LETTER = 2.2

_ROW = "2.1rem"

#: A handset, drawn around 0,0 in a square of 12.
_HANDSET = (
    "M-4.6-5.4c-.8.5-1.4 1.5-1.2 2.6C-5 1.2-1.2 5 2.8 5.8c1.1.2 2.1-.4 2.6-1.2l-2.3-2.3-1.6.9"
    "C.2 2.6-2.6-.2-3.2-1.5l.9-1.6z"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the line. `look` is its style: ``done``, ``ahead``, ``maybe``, ``late`` or ``news``."""

    day: date
    shape: str  # meeting | writing | call | news
    look: str
    title: str


def marks(application: Application, steps: Iterable[Step], titles: dict[str, str], zone: tzinfo) -> list[Mark]:
    """What is on the line, in order. Several letters of one day are one mark."""
    found: dict[tuple[date, str, str], tuple[datetime, Mark]] = {}
    for step in steps:
        if step.kind not in _SHOWN or step.start is None or step.status in {Status.SKIPPED, Status.REFUSED}:
            continue
        shape = "meeting" if step.kind is StepKind.INTERVIEW else "call" if step.kind in _CALLS else "writing"
        mark = Mark(step.start.astimezone(zone).date(), shape, _look(step), titles.get(step.uid, step.kind.value))
        found.setdefault((mark.day, step.kind.value, mark.look), (step.start, mark))
    for entry in application.log:
        if entry.step in INCOMING and entry.outcome is None:
            mark = Mark(entry.at.astimezone(zone).date(), "news", "news", titles.get(entry.step, entry.step))
            found.setdefault((mark.day, entry.step, "news"), (entry.at, mark))
    return [mark for _, mark in sorted(found.values(), key=lambda one: one[0])]


def _look(step: Step) -> str:
    if step.status is Status.DONE:
        return "done"
    if step.status is Status.LATE:
        return "late"
    return "maybe" if step.status is Status.TENTATIVE else "ahead"


def picture(shown: Sequence[Mark], now: datetime, language: str, today_word: str, description: str) -> str:
    """The timeline as SVG; empty without marks. `now` is in the user's zone."""
    if not shown:
        return ""
    today = now.date()
    first, last = min(shown[0].day, today), max(shown[-1].day, today)
    places = _spread([_place(mark.day, first, last) for mark in shown])
    here = _today(today, shown, places, _place(today, first, last))
    parts = [
        f'<svg class="timeline" role="img" width="100%" height="3.6rem" aria-label={quoteattr(description)}>',
        f'<line class="past" x1="{places[0]:.1f}%" x2="{max(here, places[0]):.1f}%" y1="{_ROW}" y2="{_ROW}"/>',
        f'<line class="future" x1="{here:.1f}%" x2="{max(places[-1], here):.1f}%" y1="{_ROW}" y2="{_ROW}"/>',
        f'<line class="today" x1="{here:.1f}%" x2="{here:.1f}%" y1="1.15rem" y2="2.9rem"/>',
        _label(here, "0.85rem", today_word, "now"),
    ]
    parts += [_drawn(mark, place) for mark, place in zip(shown, places, strict=True)]
    parts += _dates(shown, places, language, today)
    return "".join([*parts, "</svg>"])


def _place(day: date, first: date, last: date) -> float:
    span = max((last - first) / timedelta(days=1), 1.0)
    return _LEFT + (_RIGHT - _LEFT) * ((day - first) / timedelta(days=1)) / span


def _spread(places: list[float]) -> list[float]:
    """The places with room between them: pushed right where they crowd, then back where that ran over the end."""
    room = _room(len(places))
    spread: list[float] = []
    for place in places:
        spread.append(max(place, spread[-1] + room) if spread else place)
    limit = _RIGHT
    for index in range(len(spread) - 1, -1, -1):
        spread[index] = min(spread[index], limit)
        limit = spread[index] - room
    return spread


def _today(today: date, shown: Sequence[Mark], places: Sequence[float], place: float) -> float:
    """Where today stands among marks that may have been pushed: past what was before it, not past what comes."""
    for mark, at in zip(shown, places, strict=True):
        if mark.day == today:
            return at
    half = _room(len(shown)) / 2
    earlier = [at + half for mark, at in zip(shown, places, strict=True) if mark.day < today]
    later = [at - half for mark, at in zip(shown, places, strict=True) if mark.day > today]
    return min([max([place, *earlier]), *later])


def _room(count: int) -> float:
    return min(_APART, (_RIGHT - _LEFT) / max(count - 1, 1))


def _drawn(mark: Mark, place: float) -> str:
    title = f"<title>{escape(mark.title)}</title>"
    kind = f'class="mark {mark.shape} {mark.look}"'
    if mark.shape == "call":
        return (
            f'<g {kind}>{title}<circle cx="{place:.1f}%" cy="{_ROW}" r="0.72rem"/>'
            f'<svg x="{place:.1f}%" y="{_ROW}" overflow="visible"><path d="{_HANDSET}"/></svg></g>'
        )
    if mark.shape == "news":
        return (
            f'<g {kind}>{title}<svg x="{place:.1f}%" y="{_ROW}" overflow="visible">'
            '<rect x="-5.5" y="-5.5" width="11" height="11" transform="rotate(45)"/></svg></g>'
        )
    radius = "0.6rem" if mark.shape == "meeting" else "0.38rem"
    core = f'<circle class="core" cx="{place:.1f}%" cy="{_ROW}" r="0.24rem"/>' if mark.shape == "meeting" else ""
    return f'<g {kind}>{title}<circle cx="{place:.1f}%" cy="{_ROW}" r="{radius}"/>{core}</g>'


def _dates(shown: Sequence[Mark], places: Sequence[float], language: str, today: date) -> list[str]:
    """The first day, the last, the next one; as many as have room."""
    ahead = next((index for index, mark in enumerate(shown) if mark.look in {"ahead", "late"}), None)
    if ahead is None:
        ahead = next((index for index, mark in enumerate(shown) if mark.look == "maybe"), None)
    labels: list[str] = []
    taken: list[tuple[float, float]] = []
    for index in (ahead, 0, len(shown) - 1):
        if index is None:
            continue
        text = day_month(shown[index].day, language, today)
        anchor, x = _anchored(places[index])
        width = _LETTER * len(text)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        if all(left >= end + _LETTER or left + width + _LETTER <= begin for begin, end in taken):
            taken.append((left, left + width))
            labels.append(_label(places[index], "3.5rem", text, "next" if index == ahead else "day"))
    return labels


def _anchored(place: float) -> tuple[str, float]:
    """How a label stands at its place, and where: at the ends it must not run over the edge."""
    if place < 10:
        return "start", 0.0
    return ("end", 100.0) if place > 90 else ("middle", place)


def _label(place: float, y: str, text: str, kind: str) -> str:
    anchor, x = _anchored(place)
    return f'<text class="{kind}" x="{x:.1f}%" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'

"""Steps as calendar events: title, text, reminders, place. In the user's language; deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from callplan.book.types import Application
from callplan.ics.event import Alarm, Event
from callplan.plan.letters import by_hand
from callplan.plan.reviews import Review, given_out, reviews
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.world import Me
from callplan.settings import Settings
from callplan.words.clean import clean, shorten
from callplan.words.event_text import CALLS, EventText
from callplan.words.facts import cleaned
from callplan.words.step_texts import description, review_description

#: No entry of a log is later than this.
_EVER = datetime.max.replace(tzinfo=UTC)

_OPAQUE = frozenset({StepKind.INTERVIEW, *CALLS})

# Clients show a title on one line; a part of it longer than this is cut there (the description has it whole).
_LONGEST_PART = 100
_LONGEST_TITLE = 240

_INTERVIEW_MINUTES = 60
_CARD_MINUTES = 10  # before the interview's end
_QUIET_PLACE_MINUTES = 15
_DEADLINE_HOURS = (24, 6, 1)


def events(
    steps: Sequence[Step],
    applications: Iterable[Application],
    settings: Settings,
    page_url: Callable[[Step], str | None] | None = None,
    now: datetime | None = None,
) -> list[Event]:
    """The events of the steps that belong in the calendar, in their order, then of the texts a friend is reading over.

    `page_url` gives the address of a call's page. Log entries after `now` have not happened (None: all of them have).
    A step of an application that is not among `applications` is left out.
    """
    known = {one.name: one for one in applications}
    records = {name: cleaned(one) for name, one in known.items()}
    planned = [
        _event(EventText(records[step.application], step, settings, now), page_url)
        for step in steps
        if step.in_calendar and step.application in records
    ]
    me = Me(settings.me.timezone, settings.me.country, settings.me.waking_hours)
    out = [
        _review_event(EventText(records[name], review.step, settings, now), review)
        for name, one in known.items()
        for review in reviews(one, steps, me, now or _EVER)
    ]
    return [*planned, *out]


def owners(steps: Iterable[Step], applications: Iterable[Application]) -> dict[str, str]:
    """The application of each UID that an event of these steps and applications has, or has had."""
    found = {step.uid: step.application for step in steps}
    return found | {uid: one.name for one in applications for uid in given_out(one)}


def _event(text: EventText, page_url: Callable[[Step], str | None] | None) -> Event:
    step = text.step
    assert step.start is not None  # noqa: S101 - what is in the calendar has a time
    end = step.end if step.end is not None and step.end > step.start else step.start + timedelta(minutes=15)
    link = page_url(step) if page_url is not None and step.kind in CALLS else None
    location, meeting = _place(text)
    return Event(
        uid=step.uid,
        summary=_title(text),
        start=step.start,
        end=end,
        timezone=step.timezone,
        description=description(text, link),
        tentative=step.status is Status.TENTATIVE,
        opaque=step.kind in _OPAQUE,
        location=location,
        url=clean(link) if link else meeting,
        alarms=tuple(_alarms(text, step.start, end)),
    )


def _review_event(text: EventText, review: Review) -> Event:
    """The quarter hour in which to fetch a text back from whoever reads it over (3.4.c2)."""
    friend = clean(review.friend) or text.say("review.friend")
    title = shorten(text.say("title.review", friend=friend, title=_plain_title(text)), _LONGEST_TITLE)
    return Event(
        uid=review.uid,
        summary=title,
        start=review.start,
        end=review.end,
        timezone=text.settings.me.timezone,
        description=review_description(text, friend, review.asked),
        tentative=False,
        opaque=False,
        location=None,
        url=None,
        alarms=(Alarm(0, title),),
    )


def _title(text: EventText) -> str:
    title = _plain_title(text)
    if text.step.status is Status.LATE:
        title = text.say("title.late", title=title)
    return shorten(title, _LONGEST_TITLE)


def _plain_title(text: EventText) -> str:
    """The title as it is when nothing is late."""
    step, key = text.step, f"title.{text.step.kind.value}"
    company, position = (shorten(part, _LONGEST_PART) for part in (text.company, text.position))
    if step.kind is StepKind.INTERVIEW and step.round > 1:
        key += "_again"
    elif step.kind is StepKind.LETTER and by_hand(text.record):
        key += "_by_hand"
    elif step.kind is StepKind.ANSWER and (incoming := text.incoming) is not None:
        key += f"_{incoming.step}"
    job = text.say("job", company=company, position=position)
    return text.say(key, job=job, whom=shorten(text.whom, _LONGEST_PART), round=step.round)


def _place(text: EventText) -> tuple[str | None, str | None]:
    """Where the interview is: what goes into LOCATION and, for a video link, into URL."""
    if text.step.kind is not StepKind.INTERVIEW:
        return None, None
    place, link = text.round.place or None, text.round.link or None
    url = link if link and urlsplit(link).scheme in ("http", "https") else None
    return place or link, url


def _alarms(text: EventText, start: datetime, end: datetime) -> Iterator[Alarm]:
    """Reminders, in minutes before the start: those of a deadline count from its end."""
    kind, title = text.step.kind, _plain_title(text)
    minutes = round((end - start).total_seconds() / 60)
    if kind is StepKind.INTERVIEW:
        yield Alarm(_INTERVIEW_MINUTES, text.say("alarm.interview", title=title))
        if minutes > _CARD_MINUTES:
            yield Alarm(_CARD_MINUTES - minutes, text.say("alarm.cards"))
    elif kind in CALLS:
        number = text.number
        yield Alarm(_QUIET_PLACE_MINUTES, text.say("alarm.call_soon", title=title, number=number))
        yield Alarm(0, text.say("alarm.call_now", title=title, number=number))
    elif kind is StepKind.THANK_YOU_DEADLINE:
        for hours in _DEADLINE_HOURS:
            yield Alarm(hours * 60 - minutes, text.say("alarm.deadline", hours=hours, title=title))
    else:
        yield Alarm(0, title)

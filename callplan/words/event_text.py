"""One step in the user's own language: the names, dates, addresses and gaps that a calendar event is written from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from callplan.book.types import Application, LogEntry, Person, Round
from callplan.plan.step import Step, StepKind
from callplan.plan.timing import is_end_of_day
from callplan.settings import Settings
from callplan.words.clean import clean
from callplan.words.dates import day_month, full_date, moment_in_words, primary, zone_of
from callplan.words.facts import CallFacts, facts_of
from callplan.words.my_number import my_number
from callplan.words.phrases import LANGUAGES, Phrases, phrases
from callplan.words.sentences import gap_writer, period_in_words, sentence

CALLS = (StepKind.CALL, StepKind.SECOND_CALL)

#: How many of the user's points an event shows; the script has them all.
_POINTS = 3


class EventText:
    """The texts of one step's event, in the user's language.

    `record` is the application, cleaned (`facts.cleaned`). Log entries after `now` have not happened (None: all have).
    """

    def __init__(self, record: Application, step: Step, settings: Settings, now: datetime | None) -> None:
        self.record, self.step, self.settings, self._now = record, step, settings, now
        self.language = settings.me.language if primary(settings.me.language) in LANGUAGES else "en"
        self.words: Phrases = phrases(self.language)
        config = clean(settings.path.name) if settings.path else "config.toml"
        self.gap = gap_writer(self.words, f"{record.name}.toml", config, record.name)
        self.people = [_person(record, name) for name in map(clean, step.to) if name]

    def say(self, key: str, **values: object) -> str:
        """The phrase of that name, filled in."""
        return self.words.agenda[key].format(name=self.record.name, file=f"{self.record.name}.toml", **values)

    @property
    def round(self) -> Round:
        """The interview the step belongs to."""
        return self.record.rounds[self.step.round - 1]

    @property
    def number(self) -> str:
        """The number to dial, or the gap in its place."""
        known = clean(self.step.phone or "") or (self.people[0].phone if self.people else None)
        return known or self.gap("number", name=self.whom)

    @property
    def whom(self) -> str:
        """The names of those the step is for."""
        names = self.words.labels["and"].join(person.name for person in self.people)
        return names or self.gap("callee" if self.step.kind in CALLS else "nobody")

    def moment(self, when: datetime) -> str:
        """A time on the clocks the event is written in."""
        return moment_in_words(when.astimezone(zone_of(self.step.timezone)), self.language)

    def latest(self, due: datetime) -> str:
        """When it must be done: a moment, or a day where the whole of it is meant."""
        zone = zone_of(self.step.timezone)
        return full_date(due.astimezone(zone).date(), self.language) if is_end_of_day(due, zone) else self.moment(due)

    def day(self, when: date | datetime) -> str:
        """A day as it is spoken, seen from the day of the step."""
        zone = zone_of(self.step.timezone)
        today = (self.step.start or self.round.start).astimezone(zone).date()
        return day_month(when.astimezone(zone).date() if isinstance(when, datetime) else when, self.language, today)

    def known_decision(self) -> str | None:
        """When they said they would decide."""
        decision = self.round.decision
        if decision.by:
            return self.say("by", day=self.day(decision.by))
        if decision.within:
            return self.say("within", period=period_in_words(decision.within, self.words))
        return None

    def channel(self, name: str | None) -> str | None:
        """The channel in words."""
        return self.words.agenda.get(f"channel.{name}", name) if name else None

    def facts(self) -> CallFacts:
        """What the round's notes, points and log have to say."""
        return facts_of(self.record, self.step, self._now, self.settings.rules.tries)

    @property
    def incoming(self) -> LogEntry | None:
        """The offer or invitation that is to be answered."""
        return self.facts().history.last("offer", "invitation")

    @property
    def company(self) -> str:
        """The company, or the gap in its place."""
        return self.record.company or self.gap("company")

    @property
    def position(self) -> str:
        """The position, or the gap in its place."""
        return self.record.position or self.gap("position")

    @property
    def my_number(self) -> str:
        """The user's number, or the gap in its place."""
        person = self.people[0] if self.people else None
        return my_number(self.settings.me, self.record, person) or self.gap("me_phone")

    def addressees(self) -> Iterator[str]:
        """Whom to write to, one a line, each with the address or the gap in its place."""
        if not self.people:
            yield f"{self.say('to')} {self.gap('nobody')}"
            return
        yield self.say("to")
        for person in self.people:
            address = f"<{person.email}>" if person.email else self.gap("email", name=person.name)
            yield f"- {person.name} {address}"

    def points(self, facts: CallFacts) -> Iterator[str]:
        """The user's points, best first, or the gap in their place."""
        yield self.say("points")
        for point in facts.points[:_POINTS]:
            yield f"- {self.say('point', need=point.need, strength=point.strength)}"
        if not facts.points:
            yield f"- {self.gap('points')}"

    def mention(self) -> Iterator[str]:
        """Something they talked about, if it was noted."""
        topic = next((one.text for one in self.round.notes.topics if one.text), None)
        if topic:
            yield self.say("mention", text=sentence(topic))


def _person(record: Application, name: str) -> Person:
    return record.person(name) or Person(name)

"""A case: one round of one application, with what has happened in it and the world around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from callplan.book.periods import in_words
from callplan.book.types import Application, LogEntry, Person, Round
from callplan.message import Message, message
from callplan.plan.business_days import business_days_after
from callplan.plan.history import RoundHistory
from callplan.plan.step import Status, Step, StepKind, step_uid
from callplan.plan.whom import workdays_of, zone_name
from callplan.plan.world import Workdays, World


@dataclass(frozen=True)
class Case:
    """One round of one application. `number` counts rounds from 1; `histories` are those of all its rounds.

    What every step asks of it is worked out once.
    """

    application: Application
    number: int
    one: Round
    histories: tuple[RoundHistory, ...]
    world: World

    @property
    def history(self) -> RoundHistory:
        """What has happened in this round."""
        return self.histories[self.number - 1]

    @cached_property
    def decided(self) -> LogEntry | None:
        """The offer, rejection or withdrawal that decided the application, in whichever round; the latest."""
        found = [h.settled for h in self.histories if h.settled is not None and h.settled.step != "invitation"]
        return max(found, key=lambda entry: entry.at, default=None)

    @property
    def superseded(self) -> bool:
        """Whether a later round has been opened: the chasing of this one is over."""
        return self.number < len(self.application.rounds)

    @cached_property
    def chasing(self) -> bool:
        """Whether silence still has to be broken: nothing is settled, nobody has answered, no later round is open.

        After an interview that did not take place there is nothing to ask.
        """
        settled = self.decided is not None or self.history.settled is not None
        return not (settled or self.superseded or self.history.hushed or self.cancelled)

    @property
    def cancelled(self) -> bool:
        """Whether the interview did not take place."""
        return self.history.skipped(StepKind.INTERVIEW)

    @property
    def my_zone(self) -> ZoneInfo:
        """The user's zone."""
        return ZoneInfo(self.world.me.timezone)

    @property
    def site_zone(self) -> ZoneInfo:
        """The zone the interview is held in; for a book without it, the interview's own offset, else the user's."""
        if self.application.timezone:
            return ZoneInfo(self.application.timezone)
        return self.one.start.tzinfo if isinstance(self.one.start.tzinfo, ZoneInfo) else self.my_zone

    @cached_property
    def site_workdays(self) -> Workdays:
        """The working days of the workplace."""
        return workdays_of(None, self.application, self.world)

    def zone_of(self, person: Person | None) -> ZoneInfo:
        """The zone in which something for this person counts; nobody known: the workplace's."""
        name = zone_name(person, self.application, self.world, self.world.now) if person is not None else None
        return ZoneInfo(name) if name else self.site_zone

    def decision_day(self) -> tuple[date, Message, bool]:
        """The day they said they would decide by, words for it, and whether it is only assumed."""
        return self._decision_day

    @cached_property
    def _decision_day(self) -> tuple[date, Message, bool]:
        promise = self.history.promise
        if promise is not None:
            return promise.day, message("the date they named"), False
        return self._first_decision_day

    @property
    def decisions(self) -> tuple[tuple[datetime | None, date], ...]:
        """The days they meant to decide by, in order, and when each was named (None: in the interview)."""
        return ((None, self._first_decision_day[0]), *((named.at, named.day) for named in self.history.promises))

    @cached_property
    def _first_decision_day(self) -> tuple[date, Message, bool]:
        decision = self.one.decision
        met = self.one.start.astimezone(self.site_zone).date()
        if decision.by:
            return decision.by, message("the decision date they gave"), False
        if decision.within:
            count, unit = decision.within.count, decision.within.unit
            words = message("the {period} they asked for", period=in_words(decision.within))
            if unit == "working day":
                return business_days_after(met, count, self.site_workdays), words, False
            if unit == "month":
                return _months_after(met, count), words, False
            return met + timedelta(days=count * (7 if unit == "week" else 1)), words, False
        days = self.world.rules.follow_up_after_days
        named = message("the usual wait, as they named no date")
        return business_days_after(met, days, self.site_workdays), named, True

    def status(self, start: datetime, due: datetime | None, *, tentative: bool = False) -> Status:
        """Where an undone step stands now."""
        if due is not None and self.world.now > due:
            return Status.LATE
        if self.world.now >= start:
            return Status.DUE
        return Status.TENTATIVE if tentative else Status.PLANNED

    def step(
        self,
        kind: StepKind,
        start: datetime | None,
        minutes: int,
        due: datetime | None,
        status: Status,
        why: Message,
        advice: str,
        *,
        to: tuple[str, ...] = (),
        phone: str | None = None,
        timezone: str | None = None,
        assumed: bool = False,
        whom: str = "",
        warning: Message | None = None,
    ) -> Step:
        """A step of this case, `minutes` long."""
        zone = ZoneInfo(timezone or self.world.me.timezone)
        end = None
        if start is not None:
            # Counted in UTC, so that a step across a clock change keeps its length.
            start = start.astimezone(zone)
            end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
        return Step(
            application=self.application.name,
            round=self.number,
            kind=kind,
            to=to,
            phone=phone,
            start=start,
            end=end,
            due=None if due is None else due.astimezone(zone),
            timezone=timezone or self.world.me.timezone,
            status=status,
            assumed=assumed,
            why=why,
            advice=advice,
            uid=step_uid(self.application.id, self.number, kind, whom),
            warning=warning,
        )


def _months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    return day

"""The plan: which steps, when, and why, over the whole book."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from callplan.book.types import Application
from callplan.plan.business_days import edges_of_week, is_business_day
from callplan.plan.calls import CALL_MINUTES, Calls, CallWish
from callplan.plan.case import Case
from callplan.plan.chase import follow_up, reflection
from callplan.plan.competition import SPACING
from callplan.plan.courtesy import courtesy_steps
from callplan.plan.history import histories
from callplan.plan.hours import QUARTER, Diary, moment_of, quarter_of
from callplan.plan.obstacles import avoided, broken_rules, many_away, obstacle
from callplan.plan.replies import reply_steps
from callplan.plan.slots import Candidate, Request, assign
from callplan.plan.step import Step, StepKind
from callplan.plan.world import World

#: A slot on the first or the last working day of the week costs this much more than one between them.
_EDGE_COST = 0.5

#: … and one in the half of the day in which they were not reached: the other half of one of the next days comes first,
#: over a weekend too.
_SAME_HALF_COST = 3.0

#: Steps that begin at the same time stand in the order of the advice: notes before the thanks that lean on them.
_ORDER = {kind: number for number, kind in enumerate(StepKind)}

_DAY = timedelta(days=1)
_CALL = timedelta(minutes=CALL_MINUTES)
_LATEST = datetime.max.replace(tzinfo=UTC)


def make_plan(applications: Iterable[Application], world: World) -> list[Step]:
    """Every step of every application, earliest first; steps without a time come last.

    Pure: the same applications (in any order) and the same `world` give the same plan.
    """
    chains = [
        _Chain(Case(application, number, one, past, world))
        for application in sorted(applications, key=lambda a: a.name)
        for past in [histories(application, world.now, world.rules.tries)]
        for number, one in enumerate(application.rounds, 1)
    ]
    board = _Board(world, chains)
    board.give_slots([chain for chain in chains if chain.ask()])
    # A second call counts from a first that may only just have got its slot.
    board.give_slots([chain for chain in chains if chain.ask_again()])
    steps = [step for chain in chains for step in chain.finished()]
    return sorted(
        steps, key=lambda s: (s.start is None, s.start or s.due or _LATEST, s.application, _ORDER[s.kind], s.uid)
    )


class _Chain:
    """The steps of one round while they are being made."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.offered = Calls(case)
        self.follow_up = follow_up(case)
        self.calls: list[Step] = self.offered.made()
        self.wish: CallWish | None = None

    def ask(self) -> CallWish | None:
        """The wish whose days are known already: for the call, or for the second after one that happened."""
        self.wish = self.offered.first_call(self.follow_up)
        if self.wish is None and self.case.history.calls:
            self.wish = self.offered.second_call(None)
        return self.wish

    def ask_again(self) -> CallWish | None:
        """The wish for a second call after one that is only planned."""
        first = self.calls[-1] if self.wish is not None and self.wish.kind is StepKind.CALL else None
        self.wish = self.offered.second_call(first) if first is not None else None
        return self.wish

    def chosen_times(self) -> list[datetime]:
        """Times the user or the callee chose for calls that are not made yet."""
        if not self.case.chasing:
            return []
        return [moment for moment in self.offered.chosen().values() if moment > self.case.world.now]

    def finished(self) -> list[Step]:
        """All steps of the round."""
        asked = [*self.calls, self.follow_up] if self.follow_up is not None else self.calls
        steps = [*courtesy_steps(self.case, asked), *reply_steps(self.case), *asked]
        impossible = self.offered.impossible()
        if impossible is not None:
            steps.append(impossible)
        steps += [r for call in self.calls if (r := self.offered.rehearsal(call)) is not None]
        last = reflection(self.case, steps)
        return steps if last is None else [*steps, last]


class _Board:
    """Gives out the slots. Interviews and chosen times stand; what has been given out is taken."""

    def __init__(self, world: World, chains: Sequence[_Chain]) -> None:
        self._world = world
        interviews = [(c.case.one.start, c.case.one.end) for c in chains if c.case.one.end > world.now]
        self._chosen = sorted(moment for chain in chains for moment in chain.chosen_times())
        chosen = [(moment, moment + _CALL) for moment in self._chosen]
        self._diary = Diary(world, interviews + chosen)
        self._without_chosen = Diary(world, interviews) if chosen else self._diary
        self._taken: set[int] = set()

    def give_slots(self, chains: Sequence[_Chain]) -> None:
        """Turns the wish of each chain into a step: placed, kept where it was chosen, or unplaced."""
        requests = [self._request(chain.wish) for chain in chains if chain.wish and chain.wish.fixed is None]
        slots = assign(requests, self._taken)
        kept = {request.uid: request.published for request in requests if self._is_second_best(request, slots)}
        self._taken.update(slots.values())
        for chain in chains:
            wish = chain.wish
            if wish is None:
                continue
            if wish.fixed is not None:
                warning = broken_rules(wish, wish.fixed, self._without_chosen, beside=self._beside_another(wish.fixed))
                chain.calls.append(chain.offered.placed(wish, wish.fixed, warning))
            elif wish.uid in slots:
                start = moment_of(slots[wish.uid])
                stays = kept.get(wish.uid) == slots[wish.uid]
                found = replace(wish, why=wish.why + avoided(wish, start, self._diary, kept=stays))
                chain.calls.append(chain.offered.placed(found, start, many_away(wish, start)))
            else:
                chain.calls.append(chain.offered.unplaced(wish, obstacle(wish, self._diary)))

    def _is_second_best(self, request: Request, slots: Mapping[str, int]) -> bool:
        """Whether the slot that a call already has in the calendar is none that it would be given beside the others."""
        others = {*self._taken, *(quarter for uid, quarter in slots.items() if uid != request.uid)}
        free = [one for one in request.candidates if all(abs(one.quarter - other) >= SPACING for other in others)]
        best = min(free, key=lambda one: (one.cost, one.quarter), default=None)
        return best is not None and request.published not in (None, best.quarter)

    def _beside_another(self, moment: datetime) -> bool:
        """Whether another call whose time was chosen too is less than 15 minutes from this one."""
        near = bisect_left(self._chosen, moment + 2 * _CALL) - bisect_right(self._chosen, moment - 2 * _CALL)
        return near > (moment > self._world.now)  # itself is among them while it is ahead

    def _request(self, wish: CallWish) -> Request:
        published = self._world.published.get(wish.uid)
        quarter = int(published.timestamp() // QUARTER) if published is not None else None
        return Request(wish.uid, self._candidates(wish), quarter)

    def _candidates(self, wish: CallWish) -> tuple[Candidate, ...]:
        workdays = wish.rule.workdays
        edges = edges_of_week(workdays)
        # A quarter that is running is still good for a first try; after a try the pause is kept to the minute.
        bound = quarter_of(wish.not_before) if wish.avoid else int(wish.not_before.timestamp() // QUARTER)
        avoid = wish.avoid
        found: list[Candidate] = []
        waited = -_business_days_between(wish.earliest, wish.target, wish)
        day = wish.earliest
        while day <= wish.latest:
            if is_business_day(day, workdays):
                cost = abs(waited) + (_EDGE_COST if day.weekday() in edges else 0)
                found += [
                    Candidate(quarter, cost + _SAME_HALF_COST if half is avoid else cost)
                    for quarter, half in self._diary.day(wish.rule, day).free
                    if quarter >= bound
                ]
                waited += 1
            day += _DAY
        return tuple(found)


def _business_days_between(start: date, end: date, wish: CallWish) -> int:
    """How many business days lie in [start, end)."""
    days = (start + _DAY * n for n in range((end - start).days))
    return sum(is_business_day(day, wish.rule.workdays) for day in days)

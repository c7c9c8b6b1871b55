"""The plan of large books, how its time grows; and its slots beside those of a general solver."""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from callplan.book.types import Application, Decision, LogEntry, Person, Round
from callplan.places.profiles import profiles
from callplan.places.workdays import workdays, workdays_key
from callplan.plan.cadence import make_plan
from callplan.plan.slots import assign
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.world import Busy, Me, World

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
STEPS = (100, 1_000, 4_000, 10_000)
BUSY = 5_000
A_DAY = 3
RUNS = 3

#: Weight, country, subdivision, zone, and a number there.
_OFFICES = (
    (40, "DK", None, "Europe/Copenhagen", "+45 32 12 34 56"),
    (12, "SE", None, "Europe/Stockholm", "+46 8 500 123 45"),
    (12, "DE", "BY", "Europe/Berlin", "+49 89 1234567"),
    (10, "GB", None, "Europe/London", "+44 20 7946 0123"),
    (8, "US", None, "America/New_York", "+1 212-555-0142"),
    (6, "IN", None, "Asia/Kolkata", "+91 22 1234 5678"),
    (6, "AE", None, "Asia/Dubai", "+971 4 123 4567"),
    (6, "US", None, "America/Los_Angeles", "+1 213-555-0142"),
)
_CALLS = (StepKind.CALL, StepKind.SECOND_CALL)


def book(count: int, days: float) -> list[Application]:
    """`count` applications, a third of them followed up, their interviews up to so many days before and after now.

    Fifty of them were followed up this week: their calls compete for one fortnight. The same count gives the same book.
    """
    random = Random(count)
    made = [_application(random, number, NOW + timedelta(days=random.uniform(-days, days))) for number in range(count)]
    for number in range(min(50, count // 2)):
        one = _application(random, number, NOW - timedelta(days=random.uniform(21, 24)))
        sent = LogEntry(NOW - timedelta(hours=random.randrange(2, 72)), "follow-up", "sent")
        made[number] = replace(one, log=(*one.log[:1], sent))
    return made


def _application(random: Random, number: int, about: datetime) -> Application:
    _, country, subdivision, zone, phone = random.choices(_OFFICES, [weight for weight, *_ in _OFFICES])[0]
    start = about.astimezone(ZoneInfo(zone)).replace(hour=random.randrange(9, 16), minute=0, second=0, microsecond=0)
    start -= timedelta(days=max(0, start.weekday() - 4))
    end = start + timedelta(minutes=random.choice((45, 60, 75)))
    by = (end + timedelta(days=random.randrange(7, 28))).date() if random.random() < 0.6 else None
    return Application(
        name=f"firm-{number:05}",
        id=UUID(int=random.getrandbits(128), version=4),
        company=f"Firm {number}",
        position="Engineer",
        country=country,
        subdivision=subdivision,
        timezone=zone,
        people=(Person("Mette Holm", role="HR Manager", phone=phone), Person("Jonas Krag")),
        rounds=(Round(start, end, panel=("Mette Holm", "Jonas Krag"), decision=Decision(by=by, contact="Mette Holm")),),
        log=tuple(_log(random, end, by)),
    )


def _log(random: Random, end: datetime, by: date | None) -> list[LogEntry]:
    """Thanked; a third of all chased as far as the days allow; many answered in the end."""
    entries = [LogEntry(end + timedelta(hours=3), "thank-you", "sent")]
    moment = end + timedelta(days=16) if by is None else datetime.combine(by, end.timetz()) + timedelta(days=2)
    if random.random() < 1 / 3:
        entries.append(LogEntry(moment, "follow-up", "sent"))
        if random.random() < 0.4:
            entries.append(LogEntry(moment + timedelta(days=3), "call", random.choice(("reached", "no-answer"))))
    if random.random() < 0.4:
        answer = random.choice(("rejection", "reply", "offer"))
        entries.append(LogEntry(moment + timedelta(days=random.randrange(1, 20)), answer))
    return [entry for entry in entries if entry.at <= NOW]


def world() -> World:
    """Now, a diary of `BUSY` stretches over two years, and what is known of every office's country."""
    random = Random(1)
    zone = ZoneInfo("Europe/Copenhagen")
    busy = []
    for _ in range(BUSY):
        day = NOW.astimezone(zone) + timedelta(days=random.randrange(730))
        start = day.replace(hour=random.randrange(7, 18), minute=random.choice((0, 15, 30, 45)))
        busy.append(Busy(start, start + timedelta(minutes=random.choice((15, 30, 60, 90)))))
    countries = {(country, subdivision) for _, country, subdivision, *_ in _OFFICES}
    years = range(NOW.year - 1, NOW.year + 3)
    return World(
        now=NOW,
        me=Me("Europe/Copenhagen", "DK"),
        workdays={workdays_key(*one): workdays(*one, years) for one in countries},
        profiles=profiles(),
        busy=tuple(busy),
    )


def growth(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The exponent of a power law fitted to the times: the slope of least squares over both logarithms."""
    slope = statistics.linear_regression([math.log(size) for size in sizes], [math.log(one) for one in times]).slope
    return float(slope)


def plan() -> None:
    """Both tables: a book that grows denser, and one that grows longer."""
    known = world()
    table("interviews over two years, however many: in the end no quarter hour is left", lambda _: 365, known)
    table(f"{A_DAY} interviews a day, for as many years as it takes", lambda count: count / A_DAY / 2, known)


def table(title: str, days: Callable[[int], float], known: World) -> None:
    """Plan a book of each size, its interviews up to `days` of its size from now; print the CPU time it takes."""
    print(f"{title}\n{'applications':>12} {'seconds':>9} {'us each':>9} {'calls placed':>13} {'unplaced':>9}")
    times = []
    for count in STEPS:
        applications = book(count, days(count))
        steps: list[Step] = []
        best = math.inf
        for _ in range(RUNS):
            began = time.process_time()
            steps = make_plan(applications, known)
            best = min(best, time.process_time() - began)
        times.append(best)
        calls = [step.status for step in steps if step.kind in _CALLS and step.status is not Status.DONE]
        unplaced = calls.count(Status.UNPLACED)
        print(f"{count:12,} {best:9.3f} {best / count * 1e6:9.0f} {len(calls) - unplaced:13,} {unplaced:9,}")
    straight = growth(STEPS, [count * math.log(count) for count in STEPS])
    print(f"grows as n^{growth(STEPS, times):.2f}; n log n is n^{straight:.2f} over these sizes\n")


def slots() -> None:
    """How many are placed and what they cost, and the same by CP-SAT."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    try:
        from tests.plan.instances import measure, random_instance, solved_by_cp_sat  # noqa: PLC0415
    except ImportError:
        sys.exit("This needs OR-tools, which scripts/test installs: run that once.")
    equal, ours, theirs, calls = 0, 0.0, 0.0, 0
    seconds = [0.0, 0.0]
    worst = 1.0
    count = 300
    for seed in range(count):
        requests = random_instance(seed)
        began = time.perf_counter()
        placed, moved, cost = measure(requests, assign(requests))
        between = time.perf_counter()
        best_placed, best_moved, best_cost = solved_by_cp_sat(requests)
        seconds[0] += between - began
        seconds[1] += time.perf_counter() - between
        equal += (placed, moved) == (best_placed, best_moved)
        ours, theirs, calls = ours + cost, theirs + best_cost, calls + len(requests)
        worst = max(worst, cost / best_cost if best_cost else 1.0 + cost)
    print(f"{count} instances, {calls:,} calls: as many placed, and as few moved, in {equal} of {count}")
    print(f"cost x {ours / theirs:.4f} (worst x {worst:.4f}); time x {seconds[0] / seconds[1]:.3f} of CP-SAT's")

"""Sending the writes: a first one alone, then several at a time, each remembered as its answer arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from callplan.sync.failures import STOPS, Failure, Trouble
from callplan.sync.operations import Create, Delete, Update, Write
from callplan.sync.server import Calendar

#: Requests under way at once. Radicale takes eight connections by default, and more gain nothing.
WORKERS = 8

#: So many answers in a row that the server failed, and it is left alone. One alone may be a lost race: Xandikos says
#: 423 or 500 when two writes meet.
BREAKS = 2 * WORKERS


@dataclass(frozen=True, slots=True)
class Done:
    """A write the server accepted. `etag` None: it gave no strong one (or it was a removal).

    `certain`: it said so. A 404 to a removal most likely means that it was gone; it may mean a server that is not well.
    """

    operation: Write
    etag: str | None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A write that was refused, or of which nobody knows."""

    operation: Write
    trouble: Trouble


Outcome = Done | Failed
Render = Callable[[Write], bytes]


def carry_out(calendar: Calendar, writes: Sequence[Write], render: Render, workers: int = WORKERS) -> Iterator[Outcome]:
    """Send these writes and yield each outcome as soon as it is known, in no particular order.

    The first goes alone, so that a wrong password or a read-only calendar fails once and not eight times. When
    something fails that would fail for all (`failures.STOPS`), or the server breaks time after time, nothing more is
    sent; what was not sent is not yielded. Once the server has asked for a pause, one request is under way at a time.
    """
    if not writes:
        return
    first = _write(calendar, writes[0], render)
    yield first
    if _stops(first) or len(writes) == 1:
        return
    waiting = iter(writes[1:])
    stopped = False
    broken = 0  # in a row
    with ThreadPoolExecutor(max(1, workers), thread_name_prefix="sync") as pool:
        under_way: set[Future[Outcome]] = set()
        while True:
            while not stopped and len(under_way) < (1 if calendar.slowed.is_set() else workers):
                operation = next(waiting, None)
                if operation is None:
                    break
                under_way.add(pool.submit(_write, calendar, operation, render))
            if not under_way:
                return
            finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                outcome = future.result()
                broken = broken + 1 if _is_broken(outcome) else 0
                stopped = stopped or _stops(outcome) or broken >= BREAKS
                yield outcome


def _created(calendar: Calendar, operation: Update, body: bytes, fresh: str | None) -> Outcome:
    """What a 201 to a change means.

    SOGo makes an item anew that was deleted a moment ago, although If-Match forbids it; Radicale before 3.5.8 says 201
    to every PUT. Only a second one tells: it changes what the first has made, for certain.
    """
    etag = fresh or calendar.version(operation.href)
    if etag is None:
        return Failed(operation, Trouble(Failure.GONE))
    again, created = calendar.put(operation.href, body, etag)
    if created:
        calendar.always_created = True
        return Done(operation, again)
    calendar.delete(operation.href, again or calendar.version(operation.href) or etag)
    return Failed(operation, Trouble(Failure.GONE))


def _is_broken(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and outcome.trouble.failure is Failure.BROKEN


def _stops(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and outcome.trouble.failure in STOPS


def _write(calendar: Calendar, operation: Write, render: Render) -> Outcome:
    try:
        if isinstance(operation, Delete):
            return Done(operation, None, certain=calendar.delete(operation.href, operation.etag))
        etag = None if isinstance(operation, Create) else operation.etag
        body = render(operation)
        fresh, created = calendar.put(operation.href, body, etag)
        if created and isinstance(operation, Update) and not calendar.always_created:
            return _created(calendar, operation, body, fresh)
        return Done(operation, fresh)
    except Trouble as trouble:
        return Failed(operation, trouble)
    except ValueError as fault:  # our own event cannot be written down: that is this item's trouble only
        return Failed(operation, Trouble(Failure.REJECTED, str(fault)))

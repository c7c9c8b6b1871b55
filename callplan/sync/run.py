"""`callplan sync` as one call: the book read, the plan made, the calendar brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from callplan.sync.memory import times_of_the_record
from callplan.sync.report import PartlySyncedError, Report
from callplan.sync.state import State

if TYPE_CHECKING:
    from callplan.settings import Settings
    from callplan.sync.push import Wish
    from callplan.sync.server import Calendar
    from callplan.where import Places


def sync(
    places: Places,
    settings: Settings,
    now: datetime,
    *,
    dry_run: bool = False,
    allow_deletions: bool = False,
    restore: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Bring the calendar of the settings (or the built-in one) and the book to agree.

    A dry run asks the server and tells what it would do; it writes nothing anywhere. `allow_deletions` is the user's
    word that many deletions are meant, `restore` that what is gone from the calendar is to be written again.
    `progress` is called with the writes done and their number.

    Raises `RecordError`, `ServerError`, `LoginError` and `DecisionError` (nothing was written), and
    `PartlySyncedError`, whose report says what was.
    """
    from callplan.sync.push import push  # noqa: PLC0415 - brings caldav, which is slow

    with State.open(places, read_only=dry_run) as state, nullcontext() if dry_run else state.locked():
        wish, told = wish_for(places, settings, now)
        with open_calendar(places, settings, dry_run=dry_run) as calendar:
            try:
                report = push(
                    calendar,
                    wish,
                    state,
                    now,
                    dry_run=dry_run,
                    allow_deletions=allow_deletions,
                    restore=restore,
                    progress=progress,
                )
            except PartlySyncedError as partly:
                partly.report = replace(partly.report, messages=(*partly.report.messages, *told))
                raise
    return replace(report, messages=(*report.messages, *told))


def wish_for(places: Places, settings: Settings, now: datetime) -> tuple[Wish, tuple[str, ...]]:
    """What the book wants of the calendar, and a sentence for each file that cannot be read."""
    from callplan.book.folder import read_book  # noqa: PLC0415 - so that light commands may import this module
    from callplan.plan.cadence import make_plan  # noqa: PLC0415
    from callplan.sync.push import Wish  # noqa: PLC0415
    from callplan.sync.world import gather  # noqa: PLC0415
    from callplan.words.agenda import events  # noqa: PLC0415

    book = read_book(places.book)
    steps = make_plan(book.applications, gather(book, settings, places, now))
    readable = frozenset(one.name for one in book.applications)
    left_alone = frozenset(book.faulty)
    wish = Wish(
        events(steps, book.applications, settings, now=now),
        owners={step.uid: step.application for step in steps},
        given=times_of_the_record(steps),
        present=readable | left_alone,
        left_alone=left_alone,
        ours=frozenset(step.uid for step in steps),
        timezone=settings.me.timezone,
        language=settings.me.language,
    )
    told = [f"{name}.toml cannot be read, so its events are left as they are." for name in sorted(left_alone)]
    return wish, tuple(told)


@contextmanager
def open_calendar(places: Places, settings: Settings, *, dry_run: bool = False) -> Iterator[Calendar]:
    """The calendar to sync with: the user's own, else the built-in one, which is served meanwhile.

    Raises `RecordError` for an address that will not do, `LoginError` when there is no password.
    """
    from callplan.sync.server import Calendar, Unmade  # noqa: PLC0415 - caldav takes 230 ms
    from callplan.web import builtin  # noqa: PLC0415 - the one upward import: the built-in server is the default calendar

    wanted = settings.calendar
    if wanted is not None:
        from callplan.sync.password import find_password  # noqa: PLC0415
        from callplan.sync.server import checked_url  # noqa: PLC0415

        url = checked_url(wanted.url)
        password = find_password(wanted) if wanted.username is not None else None
        with Calendar(url, wanted.username, password) as calendar:
            yield calendar
    elif dry_run and not (places.data / "calendars").exists():
        yield Unmade("http://localhost/", None, None, identity=builtin.IDENTITY)
    else:
        with (
            builtin.running(places) as (url, username, password),
            Calendar(url, username, password, identity=builtin.IDENTITY) as calendar,
        ):
            yield calendar

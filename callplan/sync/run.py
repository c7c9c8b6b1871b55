"""`callplan sync` as one call: the book read, the plan made, the calendar brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from callplan.errors import RecordError
from callplan.message import message
from callplan.sync.report import PartlySyncedError, Report
from callplan.sync.state import State

if TYPE_CHECKING:
    from callplan.settings import Settings
    from callplan.sync.record import Record
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
    resolve: Mapping[str, bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Bring the calendar of the settings (or the built-in one) and the book to agree.

    A dry run asks the server and tells what it would do. It leaves the record, the calendar and what is remembered of
    them as they are; only what every command keeps to be quicker next time (the dates of holidays, where numbers ring,
    what busy calendars said) may be written, in the state folder.

    `allow_deletions` is the user's word that many deletions are meant, `restore` that all deletions in the calendar are
    taken back (`push`), `resolve` their choices in conflicts (a UID or part of a title, and whether the calendar's
    version is to stand).
    `progress` is called with the writes done and their number.

    Raises `RecordError` (no such book, too), `ServerError`, `LoginError` and `DecisionError` (nothing was written), and
    `PartlySyncedError`, whose report says what was.
    """
    from callplan.sync.push import push  # noqa: PLC0415 - brings caldav, which is slow
    from callplan.sync.record import Record  # noqa: PLC0415 - so that light commands may import this module

    if not places.book.is_dir():
        raise RecordError(
            message(
                "There is no book at {folder}. Check --book, or whether the disk it is on is there; callplan add "
                "begins a new one.",
                folder=str(places.book),
            )
        )
    with State.open(places, read_only=dry_run) as state, nullcontext() if dry_run else state.locked():
        record = Record(places, settings, now, dry_run=dry_run)
        with open_calendar(places, settings, dry_run=dry_run) as calendar:
            try:
                report = push(
                    calendar,
                    record.wish,
                    state,
                    now,
                    replan=record.come_home,
                    dry_run=dry_run,
                    allow_deletions=allow_deletions,
                    restore=restore,
                    resolve=resolve,
                    progress=progress,
                )
            except PartlySyncedError as partly:
                partly.report = _with_messages(partly.report, record)
                raise
    return _with_messages(report, record)


def _with_messages(report: Report, record: Record) -> Report:
    return replace(report, messages=(*report.messages, *record.messages(report.by_hand)))


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

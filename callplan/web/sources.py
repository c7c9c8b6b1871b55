"""What the web shows, taken from where it lies: the book, the settings, the state, the busy calendars."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from callplan.book.archive import archive_of
from callplan.book.folder import read_book
from callplan.book.types import Application
from callplan.errors import RecordError
from callplan.ics.feed import feed
from callplan.plan.cadence import make_plan
from callplan.settings import Settings, load_settings
from callplan.sync.archived import archived
from callplan.sync.last_good import completed
from callplan.sync.memory import times_of_the_record
from callplan.sync.page_address import address_file, page_of
from callplan.sync.state import State, state_path
from callplan.sync.world import gather
from callplan.web.snapshot import LastLook, Look, stamp, valid_until
from callplan.where import APPLICATIONS, ARCHIVE, Places
from callplan.words.agenda import events, owners
from callplan.words.dates import zone_of

#: The calendar's name, where a client asks for one.
NAME = "callplan"


def last_look(places: Places, clock: Callable[[], datetime]) -> LastLook:
    """The look at the book of `places` that a server keeps."""
    memory = places.state / "feed-validators.json"
    return LastLook(lambda now: take(places, now), lambda: signs(places), clock, memory)


def take(places: Places, now: datetime) -> Look:
    """Read the book and work out its plan and its feed.

    An event that changed gets its new SEQUENCE in the state, the same that `sync` would give it. Raises `RecordError`
    for faulty settings; of an application whose file is faulty the last good version counts, and `faults` tells of it.
    """
    settings = load_settings(places.config)
    read = completed(read_book(places.book, places.kept(APPLICATIONS)), places)
    book = read.book
    world = gather(book, settings, places, now)
    steps = make_plan(book.applications, world)
    old = archived(places.book, book, world, places.kept(ARCHIVE))
    shown, known = (*steps, *old.interviews), (*book.applications, *old.applications)
    planned = events(shown, known, settings, page_of(places), now)  # as `sync` makes them
    with State.open(places) as state:
        revisions = state.revise(planned, now, owners(shown, known), times_of_the_record(shown))
    return Look(
        taken=now,
        applications=book.applications,
        faults=book.faults,
        steps=tuple(steps),
        titles={event.uid: event.summary for event in planned},
        settings=settings,
        world=world,
        feed=feed(revisions, NAME, settings.me.timezone, now, settings.feed_days_back),
        newest=max((revision.modified for revision in revisions), default=None),
        until=valid_until(steps, _midnight(now, settings), now),
        saved=read.saved,
        missing=read.missing,
    )


def foreseen(look: Look, changed: Application, now: datetime) -> Look:
    """The look as it will be with one application changed: its plan made anew, against the world as it was seen."""
    applications = tuple(changed if one.name == changed.name else one for one in look.applications)
    world = replace(look.world, now=now)
    steps = make_plan(applications, world)
    mine = [step for step in steps if step.application == changed.name]
    titles = {event.uid: event.summary for event in events(mine, [changed], look.settings, now=now)}
    return replace(
        look, taken=now, applications=applications, steps=tuple(steps), titles={**look.titles, **titles}, world=world
    )


def signs(places: Places) -> Hashable:
    """What differs once anything the look depends on has changed on this machine: one stat a file."""
    state = state_path(places)
    return (
        stamp(places.config),
        stamp(address_file(places)),
        _book_files(places.book),
        _book_files(archive_of(places.book)),
        tuple((path, stamp(Path(path))) for path in _busy_files(places)),
        stamp(state),
        stamp(state.with_name(state.name + "-wal")),  # what SQLite has written and not yet filed
    )


def _book_files(folder: Path) -> Hashable:
    try:
        with os.scandir(folder) as entries:
            return frozenset(
                (entry.name, stat.st_mtime_ns, stat.st_size, stat.st_ino)
                for entry in entries
                if entry.name.endswith(".toml")
                for stat in (entry.stat(),)
            )
    except OSError:
        return None  # no book yet, or a file that went while it was looked at: seen the next time


def _busy_files(places: Places) -> tuple[str, ...]:
    return _busy_files_of(places.config, stamp(places.config))


@lru_cache(maxsize=8)
def _busy_files_of(config: Path, _stamp: Hashable) -> tuple[str, ...]:
    try:
        calendars = load_settings(config).busy_calendars
    except RecordError:
        return ()  # `take` tells of it
    return tuple(calendar for calendar in calendars if "://" not in calendar)


def _midnight(now: datetime, settings: Settings) -> datetime:
    zone = zone_of(settings.me.timezone)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)

"""Everything that can be wrong around callplan, looked at in turn: for `callplan doctor`. Writes nothing."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from callplan.errors import CallplanError, LoginError, RecordError, ServerError
from callplan.extras import command_for_package
from callplan.message import counted_message, message
from callplan.settings import MeSettings, Settings, load_settings
from callplan.where import Places

#: Seconds between the server's clock and ours that do no harm.
_SKEW = 120


class Health(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, how it is, what was seen, and what to do. `exit_code` 0 unless it is a fault."""

    name: str
    health: Health
    seen: str
    advice: str = ""
    exit_code: int = 0


def checkup(places: Places, now: datetime, *, ask_server: bool = True, replayed: bool = False) -> Iterator[Check]:
    """Every check, as it is made. Nothing is raised; `ask_server` False leaves the network alone."""
    settings: Settings | None = None
    try:
        settings = load_settings(places.config)
    except CallplanError as error:
        yield _fault("settings", error)
    else:
        seen = (
            str(places.config)
            if settings.path
            else message("none at {file}; the defaults are used", file=str(places.config))
        )
        yield Check("settings", Health.OK, seen)
    yield from _permissions(places)
    if settings is not None:
        yield from _me(settings)
    yield from _book(places)
    yield from _state(places)
    yield from _clock(now)
    if settings is not None and ask_server:
        yield from _calendar(places, settings, None if replayed else now)


def _fault(name: str, error: CallplanError, advice: str = "") -> Check:
    return Check(name, Health.FAULT, error.message, advice, error.exit_code)


def _permissions(places: Places) -> Iterator[Check]:
    """What only the user should read or change."""
    loose = []
    for path, forbidden in (
        (places.config, 0o022),
        (places.book, 0o022),
        (places.state, 0o077),
        (places.data / "calendars", 0o077),
    ):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            continue
        if os.name == "posix" and mode & forbidden:
            loose.append((path, mode, "go-w" if forbidden == 0o022 else "go-rwx"))
    for path, mode, wanted in loose:
        yield Check(
            "permissions", Health.FAULT,
            message("{file} is open to others ({mode}).", file=str(path), mode=f"{mode:o}"),
            f"chmod {wanted} {path}",
            RecordError.exit_code,
        )  # fmt: skip
    if not loose:
        yield Check("permissions", Health.OK, message("only you can change your files and read callplan's"))


def _me(settings: Settings) -> Iterator[Check]:
    me = settings.me
    if not me.timezone_known:
        yield Check(
            "you", Health.WARN, message("[me] timezone is not set; {zone} is taken from the system.", zone=me.timezone),
            message('Put timezone = "{zone}" under [me].', zone=me.timezone),
        )  # fmt: skip
    missing = [key for key in ("name", "phone", "country") if getattr(me, key) is None]
    if missing:
        yield Check(
            "you", Health.WARN,
            message("[me] has no {keys}: scripts, letters and holidays need them.", keys=", ".join(missing)),
            message("Add them under [me]."),
        )  # fmt: skip
    objection = _objection(me)
    if objection:
        yield Check("you", Health.WARN, objection, message("Mend phone under [me]: scripts and letters say it."))
    if me.timezone_known and not missing and not objection:
        yield Check("you", Health.OK, f"{me.name}, {me.timezone}")


def _objection(me: MeSettings) -> str:
    """Why nobody could ring the user's own number, in a sentence; "" when it can be rung."""
    from callplan.places.numbers import international  # noqa: PLC0415 - 14 ms

    try:
        international(me.phone or "", me.country)
    except ValueError as error:
        return "" if me.phone is None or (me.country is None and not me.phone.startswith("+")) else error.args[0]
    return ""


def _book(places: Places) -> Iterator[Check]:
    from callplan.book.folder import read_book  # noqa: PLC0415

    if not places.book.is_dir():
        yield Check(
            "book",
            Health.WARN,
            message("{folder} is not there yet.", folder=str(places.book)),
            message("callplan add makes it."),
        )
        return
    try:
        book = read_book(places.book)
    except CallplanError as error:
        yield _fault("book", error)
        return
    for fault in book.faults:
        yield Check("book", Health.FAULT, fault, "", RecordError.exit_code)
    if not os.access(places.book, os.W_OK):
        yield Check(
            "book", Health.FAULT, message("{folder} cannot be written.", folder=str(places.book)),
            message("Give yourself the right to."),
            RecordError.exit_code,
        )  # fmt: skip
    elif not book.faults:
        count = len(book.applications)
        yield Check(
            "book",
            Health.OK,
            counted_message(
                "{count} application in {folder}", "{count} applications in {folder}", count, folder=str(places.book)
            ),
        )


def _state(places: Places) -> Iterator[Check]:
    from callplan.sync.state import State, state_path  # noqa: PLC0415

    path = state_path(places)
    if not path.exists():
        yield Check("state", Health.OK, message("nothing was synced yet"))
        return
    try:
        with State.open(places, read_only=True) as state:
            known = state.memory()
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        connection.close()
    except CallplanError as error:
        yield _fault("state", error)
        return
    except sqlite3.Error:
        sound = False
    if not sound:
        yield Check(
            "state", Health.FAULT, message("{file} is damaged.", file=str(path)),
            message("Move it away and run callplan sync: it is won back."),
            RecordError.exit_code,
        )  # fmt: skip
        return
    clashes = sum(kept.clash for one in known.values() for kept in one.kept.values())
    if clashes:
        yield Check(
            "state",
            Health.WARN,
            counted_message(
                "{count} conflict waits for your choice.", "{count} conflicts wait for your choice.", clashes
            ),
            message("callplan sync shows them."),
        )
    yield Check("state", Health.OK, message("{count} events are remembered", count=len(known)))


def _clock(now: datetime) -> Iterator[Check]:
    if not 2024 <= now.year <= 2100:
        yield Check(
            "clock", Health.FAULT, message("This computer believes it is {day}.", day=f"{now:%Y-%m-%d}"),
            message("Set its clock."),
            RecordError.exit_code,
        )  # fmt: skip
        return
    try:
        offset = ZoneInfo("Europe/Copenhagen").utcoffset(datetime(2026, 7, 1))
        sound = offset is not None and offset.total_seconds() == 7200
    except (KeyError, OSError):
        sound = False
    if sound:
        yield Check("clock", Health.OK, message("{time} UTC; the time zones are there", time=now.astimezone(UTC)))
    else:
        yield Check(
            "clock", Health.FAULT, message("The system's time zones are missing or wrong."),
            command_for_package("tzdata"),
            RecordError.exit_code,
        )  # fmt: skip


def _calendar(places: Places, settings: Settings, now: datetime | None) -> Iterator[Check]:
    if settings.calendar is None:
        made = (places.data / "calendars").exists()
        seen = message("the built-in one, made by the first callplan sync")
        if made:
            seen = message("the built-in one, in {folder}", folder=str(places.data))
        yield Check("calendar", Health.OK, seen, message("callplan login ADDRESS takes one on a server of yours."))
        return
    from callplan.sync.discover import look_at  # noqa: PLC0415 - caldav takes 230 ms
    from callplan.sync.keep_login import how_to_keep  # noqa: PLC0415
    from callplan.sync.password import find_password, was_typed  # noqa: PLC0415
    from callplan.sync.server import Calendar  # noqa: PLC0415

    wanted = settings.calendar
    try:
        password = find_password(wanted) if wanted.username is not None else None
    except CallplanError as error:
        yield _fault("password", error)
        return
    if wanted.username is not None and was_typed(wanted):
        seen = message("the one of {user} is kept nowhere; you typed it", user=wanted.username)
        yield Check("password", Health.WARN, seen, how_to_keep(wanted))
    elif wanted.username is not None:
        yield Check("password", Health.OK, message("there is one for {user}", user=wanted.username))
    try:
        with Calendar(wanted.url, wanted.username, password, tries=1) as calendar:
            found = look_at(calendar)
    except CallplanError as error:
        yield _fault("calendar", error)
        return
    if not found.writable:
        yield Check(
            "calendar", Health.FAULT, message('"{name}" is read-only.', name=found.name),
            message("callplan login lists others."),
            LoginError.exit_code,
        )  # fmt: skip
    elif not found.events:
        yield Check(
            "calendar", Health.FAULT, message('"{name}" takes no events (tasks only).', name=found.name),
            message("callplan login lists others."),
            ServerError.exit_code,
        )  # fmt: skip
    else:
        yield Check("calendar", Health.OK, message('"{name}" at {url} can be written', name=found.name, url=wanted.url))
    if found.reports and "sync-collection" not in found.reports:
        yield Check(
            "server", Health.WARN,
            message("It cannot tell what changed since last time, so each sync lists the calendar."),
            message("Nothing to do; it costs a little time with hundreds of events."),
        )  # fmt: skip
    yield from _skew(found.date, now)


def _skew(date: str | None, now: datetime | None) -> Iterator[Check]:
    if date is None or now is None:
        return
    try:
        apart = abs((parsedate_to_datetime(date) - now).total_seconds())
    except (TypeError, ValueError):
        return
    if apart > _SKEW:
        yield Check(
            "clock", Health.WARN,
            message("The server's clock and this computer's are {minutes} minutes apart.", minutes=round(apart / 60)),
            message("Let this computer set its clock by the network."),
        )  # fmt: skip

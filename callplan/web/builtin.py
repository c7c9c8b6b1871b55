"""The built-in CalDAV server as `sync` uses it: started for the length of a run, on a free port of this machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from callplan.web.secret import password

if TYPE_CHECKING:
    from callplan.settings import Places
    from callplan.web.guesses import Guesses
    from callplan.web.radicale_app import CalendarServer

#: What the state calls this calendar, whatever port it is served on.
IDENTITY = "builtin:"


def password_file(places: Places) -> Path:
    """Where the password lies, for the user's other devices."""
    return places.state / "calendar-password"


def calendar_server(places: Places, guesses: Guesses | None = None) -> CalendarServer:
    """The WSGI application over the data folder of `places`, its calendar and password made on first use.

    `guesses` slows down whoever guesses the password.
    """
    from callplan.web.radicale_app import CalendarServer  # noqa: PLC0415 - 60 ms, for this alone

    return CalendarServer(places.data / "calendars", password(password_file(places)), guesses)


@contextlib.contextmanager
def running(places: Places) -> Iterator[tuple[str, str, str]]:
    """Serve the built-in calendar; yields its URL, the user's name and the password.

    Several processes may do this at once, and `callplan serve` beside them: Radicale locks its folder by file.
    """
    from callplan.web.listener import Listener, listening  # noqa: PLC0415 - a sync with a calendar elsewhere needs none
    from callplan.web.radicale_app import CALENDAR, MOUNT, USERNAME  # noqa: PLC0415

    with listening(Listener("127.0.0.1", 0, calendar_server(places), threads=8)) as server:
        yield (
            f"http://127.0.0.1:{server.port}{MOUNT}/{USERNAME}/{CALENDAR}/",
            USERNAME,
            password(password_file(places)),
        )

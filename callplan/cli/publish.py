"""`callplan publish`: the feed as a file where Google and Outlook can fetch it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import click

from callplan.cli.calendar import look_at_all, tell
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.terminal import say, say_error

_EXAMPLES = """\
callplan publish ~/Sites/calendars --url https://anna.example/calendars
callplan publish s3://anna/calendars --url https://anna.example/calendars
callplan publish sftp://anna@host.example/var/www/calendars --watch
"""

#: How often --watch looks, and how often the plan is made anew without any change: time passes in it.
_LOOK_SECONDS = 5.0


@declare("publish", _EXAMPLES)
@click.argument("target", metavar="FOLDER|ADDRESS")
@click.option("--url", metavar="URL", help="Where that folder is seen on the web; remembered for the pages.")
@click.option("--watch", is_flag=True, help="Stay, and publish again whenever the plan changes; Ctrl-C ends it.")
@click.option("--force", is_flag=True, help="Write even when nothing changed.")
@click.option("--new-name", is_flag=True, help="Take the present address back: another name, the old file removed.")
@click.pass_obj
def command(frame: Frame, target: str, url: str | None, watch: bool, force: bool, new_name: bool) -> int:
    """Put the calendar where Google, Outlook and your phone can fetch it, under a name that nobody can guess.

    The target is a folder, or any address fsspec knows (s3://, sftp://, webdav+https:// …; where one needs an extra,
    callplan says how to install it). The file is checked first, written whole, and only when it changed.
    """
    from callplan import clock
    from callplan.web.publish import publish
    from callplan.web.sources import signs

    replayed = frame.now if frame.is_replayed else None
    faults: tuple[str, ...] = ()

    def once(first: bool = True) -> int:
        nonlocal faults
        look = look_at_all(frame, replayed or clock.now(None))
        published = publish(frame.places, target, look.feed, url, force=force and first, renamed=new_name and first)
        if published.written or first:
            head = told("Published: ") if published.written else told("Unchanged: ")
            count = counted("{count} event in {{place}}", "{count} events in {{place}}", published.events)
            say(head, count.format(place=published.where))
            if published.url:
                say(told("Subscribe to: "), published.url)
        if first or look.faults != faults:  # --watch looks often, and says a thing once
            faults = look.faults
            return tell(frame, look)
        return 0

    return _watch(once, lambda: (signs(frame.places), datetime.now(UTC).strftime("%Y-%m-%d %H"))) if watch else once()


def _watch(once: Callable[[bool], int], changed: Callable[[], object]) -> int:
    import signal
    import threading

    from callplan.errors import CallplanError
    from callplan.web.publish import watch

    stop = threading.Event()
    rounds, said = 0, ""

    def attempt() -> bool:
        nonlocal rounds, said
        rounds += 1
        try:
            once(rounds == 1)
        except CallplanError as error:
            if rounds == 1:
                raise
            if str(error) != said:
                said = str(error)
                say_error(told("Not published: {error}").format(error=told(error.message)))
            return False
        said = ""
        return True

    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        watch(attempt, changed, stop.wait, _LOOK_SECONDS)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0

"""`callplan login`: from an address and a password to a calendar that is known to work."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.terminal import filled, prompted, say, say_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callplan.settings import CalendarSettings
    from callplan.sync.discover import Account, Found

_EXAMPLES = """\
callplan login cal.dahl.example
callplan login anna@dahl.example --make "Follow-up"
callplan login https://cal.dahl.example/dav/ --username anna --calendar Work
callplan login cal.dahl.example --password-command "pass show caldav"
"""


@declare("login", _EXAMPLES)
@click.argument("url", metavar="ADDRESS")
@click.option("--username", metavar="NAME", help="Your name there. [asked for]")
@click.option("--calendar", "wanted", metavar="NAME", help="Which calendar, by a part of its name or address.")
@click.option("--make", metavar="NAME", help="Make a calendar of that name and take it.")
@click.option("--password-command", metavar="COMMAND", help="A command that prints the password; kept in the settings.")
@click.pass_obj
def command(
    frame: Frame, url: str, username: str | None, wanted: str | None, make: str | None, password_command: str | None
) -> None:
    """Find your calendars on a server, take one, and try it.

    ADDRESS is your server, your e-mail address, or any address of the server's. The password is asked for (or taken
    from CALLPLAN_PASSWORD) and kept in the system's keyring where there is one, never in a file. A calendar of its own
    for callplan is best: your other calendars stay as they are, and you can hide it.

    What is written into the settings is [calendar]; comments and all else stay.
    """
    from callplan.errors import UsageError
    from callplan.settings import CalendarSettings
    from callplan.sync.discover import discover, make_calendar, starting_url, try_out
    from callplan.sync.keep_login import keep_in_keyring, keyring_trouble, write_settings
    from callplan.sync.password import find_password
    from callplan.sync.server import Calendar

    _ = frame.settings  # a faulty file is told before anything is asked
    start = starting_url(url)
    if wanted and make:
        raise UsageError(told("Either --calendar or --make, not both."))
    name = username or _asked(told("User name"), url if "@" in url and "://" not in url else None)
    parts = tuple(shlex.split(password_command)) if password_command else ()
    there = CalendarSettings(start, name, parts)
    trouble = None if parts else keyring_trouble(there)
    given = bool(parts or os.environ.get("CALLPLAN_PASSWORD"))
    if given:
        password = find_password(there)
    else:
        _say_where_it_goes(trouble)
        password = _asked(
            told("Password (or app password) of {user} at {server}").format(user=name, server=urlsplit(start).hostname),
            hidden=True,
        )
    account = None if make else discover(start, name, password)
    if account is not None and (wanted or any(one.fits for one in account.calendars)):
        chosen = _choose(account, wanted)
    else:
        chosen = make_calendar(start, name, password, make or _name_of_a_new_one(account))
        say_prose(told('Made "{name}".').format(name=chosen.name))
    with Calendar(chosen.url, name, password) as calendar:
        try_out(calendar)
    kept = CalendarSettings(chosen.url, name, parts)
    write_settings(frame.places.config, kept)
    say_prose(
        told('"{name}" can be read and written. It is in {config} now: {url}').format(
            name=chosen.name, config=frame.places.config, url=chosen.url
        )
    )
    if not parts and (reason := trouble or keep_in_keyring(kept, password)) is not None:
        _tell_not_kept(kept, reason)
        return
    if not parts:
        say_prose(told("The password is in the system's keyring."))
    say(told("Next: callplan sync --dry-run"))


def _say_where_it_goes(trouble: str | None) -> None:
    """What becomes of a password, before it is typed."""
    if trouble is None:
        say_prose(told("The password will be kept in the system's keyring."), err=True)
    else:
        say_prose(
            told(
                "The password will not be kept: {reason}. Each sync will ask for it, until you say where it is."
            ).format(reason=told(trouble)),
            err=True,
        )


def _tell_not_kept(calendar: CalendarSettings, reason: str) -> None:
    """The password is kept nowhere: that comes before the first sync."""
    from callplan.extras import command_for
    from callplan.sync.keep_login import is_keyring_here

    say_prose(told("The password is not kept: {reason}.").format(reason=told(reason)))
    say_prose(told("Next: keep it, in one of these ways. Until then callplan sync asks for it, at a terminal."))
    if not is_keyring_here():
        say(f"  {command_for('keyring')}")
        say_prose(told("and callplan login {url} once more").format(url=calendar.url), indent="      ")
    say('  password_command = ["pass", "show", "caldav"]')
    say_prose(told("under [calendar] in the settings, where a password manager can tell it"), indent="      ")
    say("  CALLPLAN_PASSWORD")
    say_prose(told("in the environment of each sync"), indent="      ")
    say(told("Then: callplan sync --dry-run"))


def _choose(account: Account, wanted: str | None) -> Found:
    """The calendar meant, or the only one, or the one picked from a list. Raises `UsageError`."""
    from callplan.errors import UsageError

    fitting = [one for one in account.calendars if one.fits]
    if wanted is not None:
        part = wanted.casefold()
        exact = [one for one in account.calendars if part in (one.name.casefold(), one.url.casefold())]
        found = exact or [one for one in account.calendars if part in one.name.casefold() or part in one.url.casefold()]
        if len(found) == 1 and found[0].fits:
            return found[0]
        if len(found) == 1:
            raise UsageError(
                told('"{name}" {unfit}. Take another one, or --make NAME.').format(
                    name=found[0].name, unfit=_unfit(found[0])
                )
            )
        _list(account.calendars)
        several, none = told('"{name}" could be several of these.'), told('"{name}" is none of these.')
        raise UsageError((several if found else none).format(name=wanted))
    _list(account.calendars)
    if len(fitting) == 1:
        return fitting[0]
    if not _somebody_is_there():
        raise UsageError(told("There are several. Say which: --calendar NAME, or let callplan make one: --make NAME."))
    number: int = prompted(told("Which one"), type=click.IntRange(1, len(account.calendars)))
    chosen = account.calendars[number - 1]
    if not chosen.fits:
        raise UsageError(f'"{chosen.name}" {_unfit(chosen)}.')
    return chosen


def _name_of_a_new_one(account: Account | None) -> str:
    """What the calendar is to be called that has to be made. Raises `UsageError` when nobody can be asked."""
    from callplan.errors import UsageError

    there = account.calendars if account is not None else ()
    _list(there)
    if not _somebody_is_there() or account is None or account.home is None:
        raise UsageError(told("None of your calendars there can take events. Let callplan make one: --make NAME."))
    question = told("None of your calendars there can take events. Make one called (Ctrl-C: none)")
    if not there:
        question = told("There is no calendar yet. Make one called (Ctrl-C: none)")
    name: str = prompted(filled(question), default=told("Follow-up"))
    return name


def _list(calendars: Sequence[Found]) -> None:
    for number, one in enumerate(calendars, 1):
        say_prose(f"{number}. {one.name}  {one.url}" + ("" if one.fits else f"  ({_unfit(one)})"), hanging="   ")


def _unfit(calendar: Found) -> str:
    return told("takes no events") if calendar.writable else told("is read-only")


def _asked(question: str, default: str | None = None, *, hidden: bool = False) -> str:
    """An answer from the terminal. Raises `UsageError` when nobody can be asked."""
    from callplan.errors import UsageError

    try:
        # Without a terminal there is nothing to hide it from, and getpass would warn of that with a path of Python's.
        hide = hidden and _somebody_is_there()
        answer: str = prompted(question, default=default, hide_input=hide)
    except click.Abort:
        if _somebody_is_there():
            raise
        click.echo(err=True)  # the question stands there without an answer
        raise UsageError(
            told(
                "Nobody can be asked here. Give --username, and the password by CALLPLAN_PASSWORD or "
                "--password-command."
            )
        ) from None
    return answer


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()

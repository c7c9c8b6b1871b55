"""The password of the calendar, from where the user keeps it. It is never written down and never shown."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from callplan.errors import LoginError, reason_of
from callplan.message import message
from callplan.settings import CalendarSettings

#: Seconds a password command may take: enough to type a passphrase into a dialogue.
PATIENCE = 60.0

#: The service name in the system keyring; the account is ``username@host``.
SERVICE = "callplan"

#: Asks the user for the password of a calendar.
Ask = Callable[[CalendarSettings], str]

#: The innermost is asked.
_askers: list[Ask] = []
_typed: dict[str, str] = {}


@contextmanager
def asking(ask: Ask) -> Iterator[None]:
    """Within it, a password that is kept nowhere is asked for, once an account, and forgotten at its end."""
    _askers.append(ask)
    try:
        yield
    finally:
        _askers.pop()
        _typed.clear()


def was_typed(calendar: CalendarSettings) -> bool:
    """Whether the password was asked for just now, and is kept nowhere."""
    return account(calendar) in _typed


def find_password(
    calendar: CalendarSettings, environ: Mapping[str, str] | None = None, patience: float = PATIENCE
) -> str:
    """The password: from ``CALLPLAN_PASSWORD``, else the password command, else the system keyring, else by `asking`.

    Raises `LoginError` with the way out when there is none. What a command says on its error output stays there.
    """
    told = (os.environ if environ is None else environ).get("CALLPLAN_PASSWORD")
    if told:
        return told
    if calendar.password_command:
        return _from_command(calendar.password_command, patience)
    try:
        kept = _from_keyring(calendar)
    except LoginError:
        if not _askers:
            raise
        kept = None
    if kept:
        return kept
    if _askers:
        name = account(calendar)
        if name not in _typed:
            _typed[name] = _askers[-1](calendar)
        return _typed[name]
    raise LoginError(
        message(
            'There is no password for {account}. Set password_command in [calendar] (for example ["pass", '
            '"show", "caldav"]), store it in the system keyring with callplan login, or set '
            "CALLPLAN_PASSWORD.",
            account=account(calendar),
        )
    )


def _from_command(command: tuple[str, ...], patience: float) -> str:
    """The first line the command prints. It is run without a shell, and may ask on the terminal."""
    program = command[0]
    found = shutil.which(os.path.expanduser(program))  # noqa: PTH111 - which() wants text
    if found is None:
        raise LoginError(
            message('The password_command "{program}" is not on this computer. Check [calendar].', program=program)
        )
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, from their settings
            [found, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        raise LoginError(
            message(
                'The password_command "{program}" gave no answer in {seconds} seconds. Try it in a terminal.',
                program=program,
                seconds=round(patience),
            )
        ) from None
    except OSError as error:
        raise LoginError(
            message(
                'The password_command "{program}" cannot be run: {reason}.',
                program=program,
                reason=reason_of(error),
            )
        ) from None
    if done.returncode != 0:
        raise LoginError(
            message(
                'The password_command "{program}" failed with code {code}. Try it in a terminal to see why.',
                program=program,
                code=done.returncode,
            )
        )
    try:
        password = done.stdout.decode().split("\n", 1)[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise LoginError(
            message('The password_command "{program}" printed something that is no text.', program=program)
        ) from None
    if not password:
        raise LoginError(
            message('The password_command "{program}" printed nothing. Try it in a terminal.', program=program)
        )
    return password


def _from_keyring(calendar: CalendarSettings) -> str | None:
    try:
        import keyring  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, account(calendar))
    except Exception as error:  # a back end may raise anything
        raise LoginError(
            message(
                "The system keyring cannot be read ({reason}). Unlock it, or set password_command.",
                reason=type(error).__name__,
            )
        ) from None


def account(calendar: CalendarSettings) -> str:
    """Under which name the keyring has it: ``anna@cal.dahl.example``."""
    return f"{calendar.username or ''}@{urlsplit(calendar.url).hostname or ''}"

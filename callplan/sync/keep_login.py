"""Where a login is kept: the address in ``config.toml``, the password in the system's keyring, never in a file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from callplan.book import disk
from callplan.errors import RecordError
from callplan.extras import command_for
from callplan.message import message
from callplan.settings import CalendarSettings
from callplan.sync.password import SERVICE, account


def is_keyring_here() -> bool:
    """Whether the package that reaches the system's keyring is installed."""
    try:
        import keyring  # noqa: F401, PLC0415 - an extra, and slow to import
    except ImportError:
        return False
    return True


def keyring_trouble(calendar: CalendarSettings) -> str | None:
    """Why the system's keyring cannot keep the password, in a few words; None where it seems that it can."""
    if not is_keyring_here():
        return message("the keyring package is not installed")
    import keyring  # noqa: PLC0415 - as above

    try:
        if getattr(keyring.get_keyring(), "priority", 1) <= 0:  # those that fail, or swallow, what they are given
            return message("this system has no keyring")
        keyring.get_password(SERVICE, account(calendar))
    except Exception as error:  # a back end may raise anything
        return _not_open(error)
    return None


def keep_in_keyring(calendar: CalendarSettings, password: str) -> str | None:
    """Put the password into the system's keyring; None when it is there, else the reason in a few words.

    There has to be one, see `keyring_trouble`.
    """
    import keyring  # noqa: PLC0415 - as above

    try:
        keyring.set_password(SERVICE, account(calendar), password)
        if keyring.get_password(SERVICE, account(calendar)) == password:
            return None
    except Exception as error:  # a back end may raise anything
        return _not_open(error)
    return message("the keyring did not keep it")


def how_to_keep(calendar: CalendarSettings) -> str:
    """The ways to keep the password, in a sentence or two."""
    if not is_keyring_here():
        return message(
            "To keep it: {command}, then callplan login {url}; or put password_command under [calendar], or set "
            "CALLPLAN_PASSWORD.",
            command=command_for("keyring"),
            url=calendar.url,
        )
    return message(
        "To keep it in the system's keyring: callplan login {url}. Or put password_command under [calendar], or set "
        "CALLPLAN_PASSWORD.",
        url=calendar.url,
    )


def _not_open(error: Exception) -> str:
    return message("this system has no keyring that is open ({reason})", reason=type(error).__name__)


def write_settings(path: Path, calendar: CalendarSettings) -> None:
    """Put ``[calendar]`` into the settings at `path`; comments, order and everything else stay.

    A new file is readable by the user alone. Raises `RecordError`, with the file as it was.
    """
    import tomlkit  # noqa: PLC0415 - only to write
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    content = disk.read(path) if path.exists() else None
    try:
        document = tomlkit.parse(content.text if content is not None else "")
    except TOMLKitError:
        raise RecordError(
            message("{name} is no TOML. Mend it, then run callplan login again.", name=path.name)
        ) from None
    table = document.get("calendar")
    if table is None:
        table = tomlkit.table()
        if document:
            document.add(tomlkit.nl())
        document.add("calendar", table)
    wanted = {
        "url": calendar.url,
        "username": calendar.username,
        "password_command": list(calendar.password_command) or None,
    }
    for key, value in wanted.items():
        if value is not None:
            table[key] = value
        elif key in table:
            del table[key]
    text = tomlkit.dumps(document)
    before = tomllib.loads(content.text) if content is not None else {}
    after = tomllib.loads(text)
    before["calendar"] = {key: value for key, value in wanted.items() if value is not None}
    if after != before:
        raise RecordError(
            message(
                "{name} is written in a way that callplan cannot change. Put [calendar] in by hand.", name=path.name
            )
        )
    if content is not None:
        disk.replace(content, text)
    elif not disk.create(path, text):
        raise RecordError(
            message("{file} was made by something else just now. Run callplan login again.", file=str(path))
        )

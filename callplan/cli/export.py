"""`callplan export`: the plan as an iCalendar file."""

from __future__ import annotations

from pathlib import Path

import click

from callplan.cli.calendar import look_at_all, tell
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.terminal import say

_EXAMPLES = """\
callplan export plan.ics
callplan export - | less
"""


@declare("export", _EXAMPLES)
@click.argument("file", metavar="FILE.ics|-", type=click.Path(path_type=Path, allow_dash=True, dir_okay=False))
@click.pass_obj
def command(frame: Frame, file: Path) -> int:
    """Write the whole plan as one iCalendar file, for a calendar that imports; "-" writes to standard output.

    An import is a picture of today. To keep a calendar right by itself, use callplan sync, or subscribe to the feed of
    callplan serve. While an application's file is faulty, its last good version counts.
    """
    look = look_at_all(frame, frame.now)
    if str(file) == "-":
        click.echo(look.feed, nl=False)
    else:
        write_whole(file, look.feed)
        count = look.feed.count(b"BEGIN:VEVENT")
        say(f"{file}: ", counted("{count} event written.", "{count} events written.", count))
    return tell(frame, look)


def write_whole(file: Path, octets: bytes) -> None:
    """Put the octets into the file, all or none, with the permissions that it has or a new file gets.

    A symbolic link is followed; a pipe or device (``/dev/stdout``) is written straight into. Raises `RecordError`.
    """
    try:
        _put(octets, file.resolve())
    except OSError as error:  # which would name a file of ours that nobody has heard of
        from callplan.errors import RecordError

        raise RecordError(
            told("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror)
        ) from None


def _put(octets: bytes, target: Path) -> None:
    import os
    import tempfile

    if target.exists() and not target.is_file():
        target.write_bytes(octets)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as whole:
            whole.write(octets)
            whole.flush()
            os.fsync(whole.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    import os

    mask = os.umask(0o077)
    os.umask(mask)
    return mask

"""`callplan remove`: an application out of the book."""

from __future__ import annotations

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.going import ask, file_meant
from callplan.cli.language import counted, told
from callplan.cli.naming import application_argument
from callplan.cli.terminal import say, say_prose

_EXAMPLES = """\
callplan remove nordlys
callplan remove nordlys --yes
"""


@declare("remove", _EXAMPLES)
@application_argument()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(frame: Frame, name: str, yes: bool) -> None:
    """Delete an application from the book; the next sync takes its events off the calendar.

    It asks first. To keep what you learnt, callplan archive NAME; to leave no trace, callplan purge NAME.
    """
    from callplan.book.archive import delete
    from callplan.sync.leave import disown

    path = file_meant(frame, name)
    question = told("Delete {file} for good? (callplan archive {name} keeps it)").format(file=path, name=path.stem)
    if not ask(question, yes):
        say(told("Nothing was changed."))
        return
    standing = disown(frame.places, path.stem)
    delete(path)
    frame.places.forget_kept()
    say(told("Deleted: {file}").format(file=path))
    if standing:
        say_prose(
            counted(
                "{count} event of it is in the calendar; callplan sync takes it away.",
                "{count} events of it are in the calendar; callplan sync takes them away.",
                standing,
            )
        )

"""`callplan archive`: an application that is over, kept for what it taught."""

from __future__ import annotations

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.going import file_in_archive, file_meant
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.terminal import say, say_json, say_prose

_EXAMPLES = """\
callplan archive nordlys
callplan archive --list
callplan archive nordlys --back
"""


@declare("archive", _EXAMPLES)
@application_argument(required=False, archived=True)
@click.option("--back", is_flag=True, help="Out of the archive again.")
@click.option("--list", "listing", is_flag=True, help="What is in the archive.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the list, with name, company, position, file.")
@click.pass_obj
def command(frame: Frame, name: str | None, back: bool, listing: bool, as_json: bool) -> None:
    """Move an application that is over into the book's archive: nothing of it is chased any more.

    Its interviews stay in the calendar and the feed, also one still ahead (log it as withdrawn first if it is off);
    everything else goes with the next sync. callplan stats and callplan lessons go on learning from it.
    """
    from callplan.book.archive import archive_of, move
    from callplan.book.folder import read_book
    from callplan.errors import UsageError
    from callplan.sync.leave import disown

    if listing or as_json or name is None:
        if name is not None:
            raise UsageError(told("--list is of the whole archive; leave the name out."))
        _list(frame, as_json)
        return
    if back:
        path = file_in_archive(frame, name)
        target = move(path, frame.places.book)
        say(told("Back in the book: {file}").format(file=target))
        return
    path = file_meant(frame, name)
    target = move(path, archive_of(frame.places.book))
    say(told("Archived: {file}").format(file=target))
    if target.stem in read_book(target.parent).faulty:
        say_prose(told("It is faulty, so its events are left as they are until it is mended."))
        return
    disown(frame.places, path.stem)
    say_prose(told("Nobody there is chased any more. callplan sync takes all but its interviews off the calendar."))


def _list(frame: Frame, as_json: bool) -> None:
    from callplan.book.archive import archive_of
    from callplan.book.folder import read_book
    from callplan.cli.table import print_table

    folder = archive_of(frame.places.book)
    archive = read_book(folder)
    frame.faults = (*frame.faults, *archive.faults)
    frame.faults_matter = True
    if as_json:
        say_json(
            [
                {
                    "name": one.name,
                    "company": one.company,
                    "position": one.position,
                    "file": str(folder / f"{one.name}.toml"),
                }
                for one in archive.applications
            ]
        )
    elif not archive.applications:
        say(told("There is nothing in the archive."))
    else:
        print_table(
            (told("Name"), told("Company"), told("Position")),
            [(one.name, one.company, one.position) for one in archive.applications],
            wrapping=(1, 2),
        )

"""`callplan purge`: every trace of an application, or of the people in it, here and in the calendar."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.going import ask, file_in_archive, file_meant
from callplan.cli.language import counted, told
from callplan.cli.naming import application_argument
from callplan.cli.terminal import say, say_prose
from callplan.errors import CallplanError, UsageError

_EXAMPLES = """\
callplan purge nordlys
callplan purge nordlys --contacts
callplan purge nordlys --yes
"""


@declare("purge", _EXAMPLES)
@application_argument(archived=True)
@click.option("--contacts", is_flag=True, help="Only the people: names, addresses, numbers. What you learnt stays.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(frame: Frame, name: str, contacts: bool, yes: bool) -> None:
    """Erase an application everywhere: its file, its drafts, what sync remembers, and its events in the calendar.

    With --contacts only the people go, out of the file and out of the events. Archived ones are found too. Copies you
    made yourself (backups, git, sent mail) are yours to erase.
    """
    path = _meant(frame, name)
    if contacts:
        _purge_contacts(frame, path, yes)
    else:
        _purge_all(frame, path, yes)


def _meant(frame: Frame, name: str) -> Path:
    """The file in the book, else in the archive."""
    try:
        return file_meant(frame, name)
    except UsageError as unknown:
        try:
            return file_in_archive(frame, name)
        except CallplanError:
            raise unknown from None


def _purge_all(frame: Frame, path: Path, yes: bool) -> None:
    from callplan.book.archive import delete
    from callplan.sync.leave import disown, events_of, forget

    question = told("Erase {file}, its drafts and its events in the calendar? This cannot be undone.")
    if not ask(question.format(file=path), yes):
        say(told("Nothing was changed."))
        return
    drafts = _forget_drafts(frame, path)
    uids = events_of(frame.places, path.stem)
    standing = disown(frame.places, path.stem)
    delete(path)
    frame.places.forget_kept()
    say(told("Erased: {file}").format(file=path))
    if drafts:
        say(counted("Erased: {count} draft.", "Erased: {count} drafts.", drafts))
    try:
        if standing:
            _sync(frame)
    finally:
        forget(frame.places, uids)


def _purge_contacts(frame: Frame, path: Path, yes: bool) -> None:
    from callplan.book import disk
    from callplan.book.anonymous import without_contacts
    from callplan.book.compose import as_toml
    from callplan.book.read import read_application
    from callplan.sync.leave import disown

    application = read_application(path)
    if not application.people:
        say(told("Nobody is named in it."))
        return
    question = told("Erase {names} from {file}, with every comment in it? Nobody there is called any more.")
    names = ", ".join(person.name for person in application.people)
    if not ask(question.format(names=names, file=path), yes):
        say(told("Nothing was changed."))
        return
    text = as_toml(without_contacts(application))
    tomllib.loads(text)
    with disk.alone(path.parent):
        _forget_drafts(frame, path)
        disk.replace(disk.read(path), text)
        standing = disown(frame.places, path.stem)  # so that the next sync removes what goes, and asks nothing
    frame.places.forget_kept()
    say(told("Erased from {file}: {names}").format(file=path, names=names))
    if standing:
        _sync(frame)


def _forget_drafts(frame: Frame, path: Path) -> int:
    """Delete the application's drafts; none are known of a file that cannot be read."""
    from callplan.book.read import read_application
    from callplan.words.letters.keeping import Drafts

    try:
        application = read_application(path)
    except CallplanError:
        return 0
    return Drafts(frame.places).forget(application)


def _sync(frame: Frame) -> None:
    """Take the events off the calendar now; where that fails, say that they are still there. Raises what sync does."""
    from callplan.sync.run import sync

    try:
        report = sync(frame.places, frame.settings, frame.now)
    except CallplanError:
        say_prose(
            told("The calendar could not be brought up to date, so its events are still there: run callplan sync."),
            err=True,
        )
        raise
    say(
        told("In the calendar: {deleted} removed, {updated} changed.").format(
            deleted=len(report.deleted), updated=len(report.updated)
        )
    )

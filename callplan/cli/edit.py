"""`callplan edit`: an application in the user's editor, checked before it is kept."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from callplan.book import disk
from callplan.book.folder import read_book
from callplan.book.read import parse_application
from callplan.cli.changes import tell_changes
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.outlook import look_ahead
from callplan.cli.terminal import say, say_error
from callplan.errors import RecordError, UsageError

_EXAMPLES = """\
callplan edit nordlys
EDITOR=nano callplan edit nordlys
"""


@declare("edit", _EXAMPLES)
@application_argument()
@click.pass_obj
def command(frame: Frame, name: str) -> None:
    """Open an application in your editor ($VISUAL or $EDITOR); what you save is checked before it is kept.

    With a fault in it, the file stays as it was, and you can go on editing. A faulty file can be opened too.
    """
    path = frame.places.book / f"{_stem_of(frame, name)}.toml"
    before = look_ahead(frame, frame.book(whole=False))
    content = disk.read(path)
    text = _edited(path, content.text)
    if text == content.text:
        say(told("Nothing was changed."))
        return
    with disk.alone(path.parent):
        disk.replace(content, text)
    say(told("Written: {file}").format(file=path))
    book = read_book(path.parent)
    frame.faults = book.faults
    application = next((one for one in book.applications if one.name == path.stem), None)
    if application is not None:
        tell_changes(frame, before, look_ahead(frame, book), application)


def _stem_of(frame: Frame, name: str) -> str:
    """The file's stem, of a faulty one too: to mend it is what an editor is for."""
    book = frame.book(whole=False)
    if name.removesuffix(".toml") in book.faulty:
        return name.removesuffix(".toml")
    try:
        return frame.find(name).name
    except RecordError:
        return next(one for one in book.faulty if name.casefold().removesuffix(".toml") in one.casefold())


def _edited(path: Path, text: str) -> str:
    """The text as the user leaves it, without a fault. Raises `RecordError`; a faulty draft is kept and named."""
    draft = _draft(path.stem, text)
    while True:
        try:
            click.edit(filename=str(draft))
        except click.ClickException as error:
            draft.unlink(missing_ok=True)
            raise UsageError(f"{error.format_message()} {told('Set EDITOR to the editor you like.')}") from None
        content = disk.read(draft)
        try:
            edited = content.text
            if edited != text:
                parse_application(edited, path.stem)
        except RecordError as error:
            if sys.stdin.isatty():
                say_error(error.message)
                if click.confirm(told("Back to the editor?"), default=True, err=True):
                    continue
            raise RecordError(
                told("{reason}\n{file} is as it was. Your draft is kept in {draft}.").format(
                    reason=told(error.message), file=path.name, draft=draft
                )
            ) from None
        draft.unlink(missing_ok=True)
        return edited


def _draft(stem: str, text: str) -> Path:
    """A copy outside the book, so that a half-edited file is never read as an application. Private."""
    handle, name = tempfile.mkstemp(prefix=f"{stem}-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return Path(name)

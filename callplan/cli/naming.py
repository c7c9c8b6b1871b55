"""How applications and people are named on the command line: by any unambiguous part, completed by the shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from callplan.cli.frame import Frame
from callplan.cli.language import told

if TYPE_CHECKING:
    from callplan.book.types import Application


def application_argument(
    required: bool = True, archived: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The NAME argument. `archived`: names in the archive are meant too."""
    complete = _complete_archived if archived else _complete
    return click.argument("name", metavar="NAME" if required else "[NAME]", required=required, shell_complete=complete)


def _complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[Any]:
    """The files' stems: cheap, and good enough while a name is being typed."""
    from click.shell_completion import CompletionItem

    folder: Path = context.ensure_object(Frame).places.book
    return [CompletionItem(file.stem) for file in sorted(folder.glob("*.toml")) if begun.lower() in file.stem.lower()]


def _complete_archived(context: click.Context, parameter: click.Parameter, begun: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    folder: Path = context.ensure_object(Frame).places.book / "archive"
    archived = [
        CompletionItem(file.stem) for file in sorted(folder.glob("*.toml")) if begun.lower() in file.stem.lower()
    ]
    return _complete(context, parameter, begun) + archived


def person_meant(part: str, application: Application) -> str:
    """The full name of the person meant by a part of it. Raises `UsageError`."""
    from callplan.errors import UsageError

    names = [person.name for person in application.people]
    wanted = part.strip().casefold()
    exact = [name for name in names if name.casefold() == wanted]
    found = exact or [name for name in names if wanted and wanted in name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(told('"{part}" could be {names}.').format(part=part, names=told(" or ").join(found)))
    raise UsageError(
        told('"{part}" is nobody at {company}. Known: {names}.').format(
            part=part, company=application.company, names=", ".join(names) or told("nobody yet")
        )
    )

"""How an application is named on the command line: any unambiguous part of its name, completed by the shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from callplan.cli.frame import Frame


def application_argument(required: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The NAME argument."""
    return click.argument("name", metavar="NAME" if required else "[NAME]", required=required, shell_complete=_complete)


def _complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[Any]:
    """The files' stems: cheap, and good enough while a name is being typed."""
    from click.shell_completion import CompletionItem

    folder: Path = context.ensure_object(Frame).places.book
    return [CompletionItem(file.stem) for file in sorted(folder.glob("*.toml")) if begun.lower() in file.stem.lower()]

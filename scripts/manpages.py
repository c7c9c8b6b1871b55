"""What `scripts/manpages` does: each command's help as a page of roff, so that the two cannot differ."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from callplan import __version__
from callplan.cli import COMMANDS, cli
from callplan.cli.frame import SharedOptions

_DESCRIPTION = "Every step of a good follow-up to a job interview, kept right in your calendar."


def roff(text: str) -> str:
    """Plain text as roff shows it: nothing in it is taken for a request, an escape or a typographic dash."""
    safe = (
        text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha")
    )
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in safe.split("\n"))


def page(name: str, command: click.Command) -> str:
    """The man page of a command; `name` is empty for callplan itself."""
    title = f"callplan-{name}" if name else "callplan"
    line = COMMANDS[name][1] if name else _DESCRIPTION
    context = click.Context(command, info_name=title.replace("-", " ", 1))
    usage = " ".join(command.collect_usage_pieces(context))
    parts = [
        f'.TH "{title.upper()}" "1" "" "callplan {__version__}" "callplan"',
        ".SH NAME",
        f"{roff(title)} \\- {roff(line)}",
        ".SH SYNOPSIS",
        f".B {roff(context.info_name or title)}",
        roff(usage),
        ".SH DESCRIPTION",
        *_paragraphs(inspect.cleandoc(command.help or line)),
    ]
    if not name:
        parts += [".SH COMMANDS", *_definitions((f"callplan-{one}(1)", line) for one, (_, line) in COMMANDS.items())]
    own, shared = _options(command, context)
    for heading, options in (("OPTIONS", own), ("OPTIONS EVERYWHERE", shared)):
        if options:
            parts += [f".SH {heading}", *_definitions(options)]
    if command.epilog:
        examples = command.epilog.replace("\b\n", "").rstrip()
        parts += [".SH " + ("EXAMPLES" if name else "FIRST STEPS"), ".nf", roff(examples), ".fi"]
    parts += [".SH SEE ALSO", "callplan(1)" if name else "callplan\\-add(1), callplan\\-plan(1), callplan\\-log(1)"]
    return "\n".join(parts) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    for number, part in enumerate(text.split("\n\n")):
        if number:
            yield ".PP"
        if part.startswith("\b"):
            yield from (".nf", roff(part.removeprefix("\b\n")), ".fi")
        else:
            yield roff(" ".join(part.split()))


def _options(command: click.Command, context: click.Context) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Its own options, and the shared ones."""
    everywhere = command._shared if isinstance(command, SharedOptions) else []
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            (shared if parameter in everywhere else own).append(record)
    return own, shared


def _definitions(pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Iterator[str]:
    for term, text in pairs:
        yield ".TP"
        yield f".B {roff(term)}"
        yield roff(re.sub(r"\s+", " ", text))


def pages() -> Iterator[tuple[str, str]]:
    """File name and text of every page."""
    yield "callplan.1", page("", cli)
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield f"callplan-{name}.1", page(name, command)


def main(folder: Path) -> int:
    """Write all pages into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, text in pages():
        (folder / name).write_text(text, encoding="utf-8")
        count += 1
    print(f"{count} pages in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

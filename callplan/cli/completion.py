"""`callplan completion`: lets the shell complete commands, options, names of applications, steps and outcomes."""

from __future__ import annotations

import os
from pathlib import Path

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.errors import UsageError

_EXAMPLES = """\
callplan completion bash > ~/.local/share/bash-completion/completions/callplan
callplan completion zsh > ~/.zfunc/_callplan
callplan completion fish > ~/.config/fish/completions/callplan.fish
"""

SHELLS = ("bash", "zsh", "fish")


@declare("completion", _EXAMPLES)
@click.argument("shell", required=False, type=click.Choice(SHELLS))
@click.pass_obj
def command(_frame: Frame, shell: str | None) -> None:
    """Print what makes your shell complete callplan: commands, options, names, steps and outcomes.

    Put it where the examples say and open a new shell. For zsh, ~/.zshrc needs "fpath+=~/.zfunc" before compinit. [the
    shell you are in]
    """
    from click.shell_completion import get_completion_class

    from callplan.cli import cli

    name = shell or Path(os.environ.get("SHELL", "")).name
    kind = get_completion_class(name) if name in SHELLS else None
    if kind is None:
        raise UsageError(told("Say which shell: {shells}.").format(shells=", ".join(SHELLS)))
    maker = kind(cli, {}, "callplan", "_CALLPLAN_COMPLETE")
    # click asks bash for its version before it gives the script; the version matters where it runs, not here.
    click.echo(maker.source_template % maker.source_vars())

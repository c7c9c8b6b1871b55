"""The command line. Commands are loaded when they are called; `callplan --help` needs this table and click only."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from copy import copy
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from callplan import __version__
from callplan.cli.frame import Frame, SharedOptions, run
from callplan.cli.language import speak_as_set, told

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: Command -> the module that holds it (as `command`) and its line in ``callplan --help``. In the order of use.
COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("callplan.cli.add", "Put an interview into the book."),
    "round": ("callplan.cli.round", "One more interview of an application."),
    "person": ("callplan.cli.person", "A business card in, or one out for your telephone."),
    "edit": ("callplan.cli.edit", "Open an application in your editor; checked before it is kept."),
    "list": ("callplan.cli.list", "All applications, where they stand and what is next."),
    "show": ("callplan.cli.show", "Everything known about one application, and what is missing."),
    "today": ("callplan.cli.today", "What is due now and later today; plain callplan says it too."),
    "next": ("callplan.cli.next", "The one thing to do first, then the others."),
    "plan": ("callplan.cli.plan", "Every step with its date, and why."),
    "card": ("callplan.cli.card", "For the end of the interview: how long, who, how, their cards."),
    "note": ("callplan.cli.note", "What was said in the interview, while it is fresh."),
    "log": ("callplan.cli.log", "Say what happened: sent, no answer, reached, offer …"),
    "script": ("callplan.cli.script", "What to say in the next call."),
    "practise": ("callplan.cli.practise", "Read the script aloud against the clock."),
    "draft": ("callplan.cli.draft", "The e-mail or letter, whole, from what is on file."),
    "proof": ("callplan.cli.proof", "Read a draft over for what a spelling checker cannot see."),
    "review": ("callplan.cli.review", "Hand a draft to a friend who reads it over."),
    "sync": ("callplan.cli.sync", "Bring the calendar up to date, and your edits home."),
    "serve": ("callplan.cli.serve", "The pages, the feed and the built-in calendar server."),
    "publish": ("callplan.cli.publish", "Put the calendar where Google and Outlook can fetch it."),
    "export": ("callplan.cli.export", "Write the plan as an iCalendar file."),
    "stats": ("callplan.cli.stats", "Answer times, your own delays, when people picked up."),
    "lessons": ("callplan.cli.lessons", "What to do better, across all interviews."),
    "archive": ("callplan.cli.archive", "Put away an application that is over; it still teaches."),
    "remove": ("callplan.cli.remove", "Delete an application and its events."),
    "purge": ("callplan.cli.purge", "Leave no trace of an application, or of its people."),
    "login": ("callplan.cli.login", "Find your calendars on a server, take one, and try it."),
    "doctor": ("callplan.cli.doctor", "Check everything, and say what to do where it is not right."),
    "completion": ("callplan.cli.completion", "Let your shell complete commands, names and steps."),
}

_EPILOG = """\b
First steps:
  callplan add                     five questions about the interview
  callplan                         what is due
  callplan plan                    what to do, and when
  callplan sync                    into your calendar
  callplan log nordlys thank-you sent

Files are found by --config, --book and --state, or CALLPLAN_CONFIG, CALLPLAN_BOOK and CALLPLAN_STATE, or where
this system keeps such things. CALLPLAN_NOW is --now."""


class LazyGroup(SharedOptions, click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of use."""
        return [*COMMANDS]  # `list` is the module of that command once it has been called

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but a mistyped name is answered with the near ones."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=3, cutoff=0.5)
            unknown, listed = told('There is no command "{name}".'), told("callplan --help lists them.")
            meant = told("Did you mean {names}?").format(names=told(" or ").join(near))
            ctx.fail(f"{unknown.format(name=name)} {meant if near else listed}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names of commands with their lines, without importing any; options as click does it."""
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        from click.shell_completion import CompletionItem

        return [
            CompletionItem(one, help=told(line)) for one, (_, line) in COMMANDS.items() if one.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section(told("Commands")):
            formatter.write_dl([(name, told(line)) for name, (_, line) in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first steps, in the user's language."""
        shown = copy(self)
        shown.epilog = self.epilog and told(self.epilog)
        click.Group.format_epilog(shown, ctx, formatter)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command line; standalone, every error becomes a sentence and the process ends with its code."""
        plain_main: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return plain_main(*args, standalone_mode=False, **extra)
        frame = Frame()
        speak_as_set(_config([*(args[0] if args else extra.get("args") or sys.argv[1:])]))
        return run(lambda: plain_main(*args, standalone_mode=False, obj=frame, **extra), frame)


def _config(arguments: list[str]) -> Path:
    """The settings file that these arguments ask for."""
    from callplan.where import places

    for word, following in pairwise([*arguments, ""]):
        if word == "--config" or word.startswith("--config="):
            return places(config=word.partition("=")[2] or following).config
    return places().config


@click.group(
    cls=LazyGroup,
    epilog=_EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="callplan %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Every step of a good follow-up to a job interview, kept right in your calendar."""
    if context.invoked_subcommand is None:
        today: click.Command = import_module(COMMANDS["today"][0]).command
        context.invoke(today)


def main() -> None:
    """Entry point."""
    try:
        cli(prog_name="callplan")
    finally:
        # Else the collector goes through all that the process holds, three times, only to end it: with caldav loaded
        # that takes a quarter of a short sync.
        gc.freeze()

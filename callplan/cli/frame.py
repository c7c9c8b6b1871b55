"""What every command stands in: the shared options, the files they lead to, and the one place where errors end.

Imports click only; what the options lead to (settings, book, plan) is loaded by the command that asks for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from copy import copy
from functools import cached_property
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from callplan.cli.language import placeholders, speak, told

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from callplan.book.folder import Book
    from callplan.book.types import Application
    from callplan.settings import Settings
    from callplan.where import Places

BUG = 1
USAGE = 2
FAULTY_RECORD = 4
INTERRUPTED = 130  # 128 + SIGINT, as shells report it
BROKEN_PIPE = 141  # 128 + SIGPIPE


class Frame:
    """The shared options, and what they lead to. One a process, handed to commands with `click.pass_obj`."""

    def __init__(self) -> None:
        """An empty frame; the options fill it as they are parsed."""
        self.config: str | None = None
        self.book_folder: str | None = None
        self.state: str | None = None
        self.replayed: str | None = None
        self.debug = False
        self.faults: tuple[str, ...] = ()
        self.faults_matter = False

    @cached_property
    def places(self) -> Places:
        """Where config, book, state and data are."""
        from callplan.where import places

        return places(config=self.config, book=self.book_folder, state=self.state)

    @cached_property
    def settings(self) -> Settings:
        """The settings. Raises `RecordError`."""
        from callplan.cli.when import read_slashes_as
        from callplan.settings import load_settings

        settings = load_settings(self.places.config)
        speak(settings.me.language)
        read_slashes_as(settings.me.country, settings.me.language)
        return settings

    @cached_property
    def now(self) -> datetime:
        """The present or replayed moment, UTC. Raises `UsageError`."""
        from callplan import clock

        return clock.now(self._replayed)

    @property
    def is_replayed(self) -> bool:
        """Whether another moment than the present was asked for."""
        return bool(self._replayed)

    @property
    def _replayed(self) -> str | None:
        return self.replayed or os.environ.get("CALLPLAN_NOW")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The user's own zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.me.timezone)

    @cached_property
    def _read(self) -> Book:
        from callplan.book.folder import read_book
        from callplan.where import APPLICATIONS

        book = read_book(self.places.book, self.places.kept(APPLICATIONS))
        self.faults = book.faults
        return book

    def book(self, whole: bool = True) -> Book:
        """The book. Its faults go to stderr when the command is over, which then ends with exit code 4.

        Not `whole`: the command is about one application that was read well, so the faults of others do not fail it.
        """
        self.faults_matter = self.faults_matter or whole
        return self._read

    def find(self, name: str) -> Application:
        """The application meant by (a part of) its name. Faults of other files are told but do not fail the command.

        Raises `UsageError` (unknown, ambiguous), `RecordError` when it is the file meant that is faulty.
        """
        from callplan.book.folder import find
        from callplan.errors import RecordError

        try:
            return find(self._read, name)
        except RecordError as error:
            told = str(error).split("\n")
            self.faults = tuple(fault for fault in self.faults if fault not in told)
            raise


def _keep(attribute: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A callback that puts the option's value into the frame; a later one (after the command) wins."""

    def callback(context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
        if value:
            setattr(context.ensure_object(Frame), attribute, value)
        return value

    return callback


def _shared_options() -> list[click.Option]:
    def option(name: str, attribute: str, metavar: str | None, text: str) -> click.Option:
        return click.Option(
            [name, f"shared_{attribute}"],
            metavar=metavar,
            help=text,
            is_flag=metavar is None,
            expose_value=False,
            is_eager=True,
            callback=_keep(attribute),
        )

    return [
        option("--config", "config", "FILE", "Settings (config.toml)."),
        option("--book", "book_folder", "FOLDER", "Your applications, one file each."),
        option("--state", "state", "FOLDER", "What sync remembers."),
        option("--now", "replayed", "TIME", "Act as if it were that moment, like 2026-11-16T12:30+01:00."),
        option("--debug", "debug", None, "Show where in the program an error comes from."),
    ]


class SharedOptions(click.Command):
    """A command that takes the shared options too; in its help they stand in a section of their own."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        """As `click.Command`."""
        super().__init__(*args, **keywords)
        self._shared = _shared_options()
        self.params.extend(self._shared)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own, made in English whatever is spoken: it is kept, and said in the language when it is shown."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Show this message and exit."
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after the command's name in its usage, in the user's language."""
        return [placeholders(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The description, in the user's language."""
        shown = copy(self)
        shown.help = self.help and told(cleandoc(self.help))
        click.Command.format_help_text(shown, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its own options first, the shared ones after; a group's commands between."""
        own = [one for one in self.get_params(ctx) if one not in self._shared and isinstance(one, click.Option)]
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)
        with formatter.section(told("Options")):
            formatter.write_dl(_records(own, ctx))
        with formatter.section(told("Options everywhere, before or after the command")):
            formatter.write_dl(_records(self._shared, ctx))


def _records(options: Iterable[click.Option], context: click.Context) -> list[tuple[str, str]]:
    """The options as help shows them, in the user's language."""
    records = []
    for option in options:
        shown = copy(option)
        shown.help = option.help and told(option.help)
        record = shown.get_help_record(context)
        if record is not None:
            records.append((placeholders(record[0]), record[1]))
    return records


class _FramedCommand(SharedOptions):
    """The class of callplan's commands: their help ends with examples, as they are typed."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, never rewrapped."""
        formatter.write("\n" + told("Examples:") + "\n")
        for line in (self.epilog or "").splitlines():
            formatter.write(f"  {told(line)}\n")


def declare(name: str, examples: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command; `examples` end its help, a line each."""
    return click.command(name, cls=_FramedCommand, epilog=examples)


def run(action: Callable[[], Any], frame: Frame) -> None:
    """Run the command line and end the process: 0, or the exit code that belongs to what went wrong."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show an arrow gets a question mark, not a crash.
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="replace")
    code = _guard(action, frame)
    if code != BROKEN_PIPE:
        if frame.faults:
            from callplan.cli.terminal import say_error

            for fault in frame.faults:
                say_error(fault)
            if frame.faults_matter:
                code = code or FAULTY_RECORD
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            code = BROKEN_PIPE
    if code == BROKEN_PIPE:
        _silence_stdout()
    sys.exit(code)


def _guard(action: Callable[[], Any], frame: Frame) -> int:
    from callplan.errors import CallplanError

    try:
        outcome = action()
    except CallplanError as error:
        _report(error.message, frame)
        return error.exit_code
    except click.UsageError as error:
        _report_usage(error)
        return USAGE
    except click.ClickException as error:
        _report(error.format_message(), frame)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):  # Abort: Ctrl-C or the end of input at a question
        if sys.stderr.isatty():
            click.echo(err=True)  # the shell's prompt begins on a line of its own
        return INTERRUPTED
    except SystemExit:  # click's answer to a reader who has left
        return BROKEN_PIPE
    except OSError as error:
        if error.filename is None:
            return _report_bug(error, frame)
        reason = told(error.strerror or type(error).__name__)
        _report(f"{os.fspath(error.filename)}: {reason}.", frame)
        return FAULTY_RECORD
    except Exception as error:  # the last line of defence: nobody should meet a traceback
        return _report_bug(error, frame)
    return outcome if isinstance(outcome, int) else 0


def _report(text: str, frame: Frame) -> None:
    from callplan.cli.terminal import say_error

    if frame.debug:
        _show_traceback()
    say_error(text)


def _report_usage(error: click.UsageError) -> None:
    from callplan.cli.terminal import say, say_error

    if error.ctx is not None:
        for line in error.ctx.get_usage().splitlines():
            say(line, err=True)
        say(told("Try '{command} --help' for help.").format(command=error.ctx.command_path), err=True)
        say(err=True)
    say_error(placeholders(error.format_message()))


def _report_bug(error: BaseException, frame: Frame) -> int:
    # Its message may quote what it was working on, a password even; the name of its kind is enough to start with.
    _report(
        told(
            "callplan met a fault of its own ({kind}). Please report it with what the same command says with --debug."
        ).format(kind=type(error).__name__),
        frame,
    )
    return BUG


def _show_traceback() -> None:
    import traceback

    from callplan.cli.terminal import say_text

    say_text(traceback.format_exc().rstrip(), err=True)


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere, since nobody reads any more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return

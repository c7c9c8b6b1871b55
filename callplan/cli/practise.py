"""`callplan practise`: the script on the screen, part by part, with a clock; for reading aloud."""

from __future__ import annotations

import sys
import textwrap
import time
from typing import TYPE_CHECKING

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.naming import application_argument
from callplan.cli.outlook import look_ahead
from callplan.cli.terminal import WIDEST, Styled, say, say_prose, wants_colour, width

if TYPE_CHECKING:
    from collections.abc import Callable

_EXAMPLES = """\
callplan practise nordlys
callplan practise nordlys --role
callplan practise nordlys --nervous
"""

_STOP = ("q", "quit", "stop")
_TICK_SECONDS = 0.5


@declare("practise", _EXAMPLES)
@application_argument()
@click.option("--role", is_flag=True, help="The other side speaks too, and says something unforeseen.")
@click.option("--nervous", is_flag=True, help="Five rounds instead of three.")
@click.option("--rounds", type=click.IntRange(1, 20), help="So many rounds.")
@click.option("--second", is_flag=True, help="Practise the second call.")
@click.option("--seed", type=int, help="The same chance again (with --role).")
@click.pass_obj
def command(
    frame: Frame, name: str, role: bool, nervous: bool, rounds: int | None, second: bool, seed: int | None
) -> None:
    """Read the script aloud, part by part: Enter after each, q to stop.

    It measures how fast you speak, and the next script counts with your own words a minute. Three rounds are good.
    """
    import random

    from callplan.cli.script import script_for
    from callplan.words.phrases import phrases
    from callplan.words.practice import NERVOUS_ROUNDS, ROUNDS, PracticeRecord, rehearse
    from callplan.words.spoken import Variant

    application = frame.find(name)
    outlook = look_ahead(frame, frame.book(whole=False))
    script = script_for(frame, application, outlook, Variant.SECOND_CALL if second else None)
    words = phrases(script.language).practice
    if not script.words:
        say_prose(words["silent"])
        return
    say(Styled(script.heading, bold=True))
    say_prose(words["start_role" if role else "start"])
    wanted = rounds or (NERVOUS_ROUNDS if nervous else ROUNDS)
    chance = random.Random(seed) if role else None  # noqa: S311 - a role play, no secret
    done = rehearse(script, Terminal(), wanted, chance)
    rate = PracticeRecord(frame.places).add(script.language, done.rates)
    say()
    if done.rates and rate is not None:
        say_prose(words["learned"].format(rate=rate))
    ending = "enough" if done.finished >= wanted else "stopped"
    say_prose(words[ending].format(rounds=done.finished, wanted=wanted, name=application.name))


class Terminal:
    """A screen and a keyboard, for `callplan.words.practice.rehearse`. `clock` gives seconds that only go forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock

    def show(self, kind: str, text: str) -> None:
        """Print a line in the look of its kind."""
        if kind == "round":
            say()
            say(Styled(f"━━ {text} ━━", bold=True))
        elif kind == "title":
            say()
            say(Styled(text.upper(), dim=True))
        elif kind == "say":
            for line in textwrap.wrap(text, min(width(), WIDEST) - 4, break_on_hyphens=False):
                say("    ", Styled(line, bold=True))
        elif kind == "them":
            say()
            say_prose(text, indent="  << ", hanging="     ")
        else:
            say_prose(text, indent="  ")

    def wait(self, seconds: int) -> float | None:
        """Wait for Enter; on a terminal a clock runs meanwhile. None when the user stops, or the input ends."""
        begun = self._clock()
        typed = self._typed(begun, seconds)
        if typed is None or typed.strip().casefold() in _STOP:
            return None
        return self._clock() - begun

    def _typed(self, begun: float, seconds: int) -> str | None:
        ticking = sys.stdin.isatty() and wants_colour() and _can_select()
        while ticking and not self._key_is_there():
            passed = int(self._clock() - begun)
            sys.stdout.write(f"\r  {passed // 60}:{passed % 60:02d} / {seconds // 60}:{seconds % 60:02d} ")
            sys.stdout.flush()
        try:
            line = sys.stdin.readline()
        except (ValueError, UnicodeDecodeError):
            return None
        return line if line else None

    def _key_is_there(self) -> bool:
        import select

        return bool(select.select([sys.stdin], [], [], _TICK_SECONDS)[0])


def _can_select() -> bool:
    """Whether a keyboard can be watched while a clock runs (not on Windows)."""
    return sys.platform != "win32"

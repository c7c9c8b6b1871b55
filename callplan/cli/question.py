"""A question, asked until its answer is right; what is pasted in several lines is one answer.

Most terminals mark a paste, and readline then takes it as one answer. Where they do not (the console, screen, libedit),
each line would answer a question of its own, so what came in one go with a line is read together with it.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Callable

import click

from callplan.cli.language import told
from callplan.cli.terminal import can_edit_lines, filled, filled_error, prompted, say_text
from callplan.errors import CallplanError, UsageError

#: Lines of one paste are closer together than this; nobody presses the next key so soon after Enter.
_GAP_SECONDS = 0.02
_LONGEST_PASTE = 200_000
#: What people type instead of Enter where they have no answer. Nobody is called so.
_UNKNOWN = re.compile(
    r"[?.\s–—-]*|n/a|tb[ad]|none|nobody|no ?one(?: yet)?|unknown|no idea|not (?:sure|known|said)(?: yet)?|"
    r"(?:i )?(?:don['’]?t|do not) know(?: yet)?|ingen|ukendt|(?:det )?ved (?:jeg )?ikke(?: endnu)?|ingen anelse|"
    r"niemand|unbekannt|(?:das )?weiß (?:ich )?(?:noch )?nicht|keine ahnung",
    re.IGNORECASE,
)


def asked(question: str, check: Callable[[str], str], default: str | None = None, several: bool = False) -> str:
    """The answer, as `check` gives it, which raises a `CallplanError` for a wrong one; that is told, and asked again.

    `default` is what Enter alone means, or that it is not known; without it an answer is needed. `several`: it may be
    of several lines.
    """
    is_typed_ahead = _is_waiting()

    def checked(text: str) -> str:
        nonlocal is_typed_ahead
        whole = text if is_typed_ahead else text + _rest_of_paste()
        is_typed_ahead = _is_waiting()
        try:
            if not several and "\n" in whole.strip():
                raise UsageError(
                    told("These are several lines, and nothing of them was taken. The answer here is one line.")
                )
            if default is not None and _UNKNOWN.fullmatch(whole.strip()):
                return default
            return check(whole)
        except CallplanError as error:
            raise click.UsageError(filled_error(told(error.message))) from None

    answer: str = prompted(filled(question), default=default, show_default=bool(default), value_proc=checked)
    return answer


def needed(text: str) -> str:
    """The text, if there is one. Raises `UsageError`."""
    if not text.strip():
        raise UsageError(told("This is needed."))
    return text.strip()


def _is_waiting() -> bool:
    """Whether a line was sent before the question for it was seen: typed ahead, or by a script. Each is an answer."""
    return can_edit_lines() and sys.platform != "win32" and bool(select.select([sys.stdin], [], [], 0)[0])


def _rest_of_paste() -> str:
    """What came in one go with the line that was just read; a last line without an end is ended by the user."""
    if not can_edit_lines() or sys.platform == "win32":
        return ""
    import readline
    import termios
    import tty

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    came = b""
    try:
        tty.setcbreak(keyboard, termios.TCSANOW)  # else the last line would stay behind until Enter is pressed
        while len(came) < _LONGEST_PASTE and select.select([keyboard], [], [], _GAP_SECONDS)[0]:
            came += os.read(keyboard, 4096)
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    text = came.decode(sys.stdin.encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ""
    lines, _, last = text.rpartition("\n")
    if lines:
        say_text(lines)
    readline.set_startup_hook(lambda: readline.insert_text(last))
    try:
        last = input() if last else last
    except EOFError:
        raise click.Abort from None
    finally:
        readline.set_startup_hook()
    return f"\n{lines}\n{last}"

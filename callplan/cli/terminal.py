"""What reaches the screen: cleaned of control characters first, coloured afterwards, never the other way round.

Company names, notes and server answers are other people's text. An escape sequence among them could retitle the
window, hide a line or forge one, so every line goes through `clean` here before a single code of ours is added.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click

from callplan.cli.language import told

# C0 and C1 controls, DEL, bidirectional overrides, line and paragraph separators, lone surrogates.
# Tab and newline are among them.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

#: Prose is not made longer than this, however wide the window.
WIDEST = 100


@dataclass(frozen=True, slots=True)
class Styled:
    """A piece of text and how it should look where colour is wanted."""

    text: str
    colour: str | None = None
    bold: bool = False
    dim: bool = False


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def clean(text: str) -> str:
    """One line of `text` with every control character written out (``\\x1b``); tabs and newlines become spaces."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_visible, text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def clean_lines(text: str) -> str:
    """Like `clean`, but newlines stay."""
    return "\n".join(clean(line) for line in text.split("\n"))


def wants_colour(stream: Any = None) -> bool:
    """Whether codes may be written: a terminal, not a dumb one, and no ``NO_COLOR`` (https://no-color.org)."""
    stream = sys.stdout if stream is None else stream
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(stream.isatty())


def width() -> int:
    """Columns to write in: those of the window, 80 where there is none."""
    return max(20, shutil.get_terminal_size((80, 24)).columns)


def columns(text: str) -> int:
    """How many columns cleaned `text` takes: wide East Asian characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, room: int) -> list[str]:
    """Cleaned `text` in lines of at most `room` columns; a word longer than a line is cut. Never empty."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split():
        for piece in _pieces(word, room):
            if line and columns(line) + 1 + columns(piece) <= room:
                line += " " + piece
            else:
                if line:
                    lines.append(line)
                line = piece
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, room: int) -> Iterable[str]:
    if columns(word) <= room:
        yield word
        return
    piece, taken = "", 0
    for character in word:
        wide = _columns_of(character)
        if piece and taken + wide > room:
            yield piece
            piece, taken = "", 0
        piece += character
        taken += wide
    yield piece


def styled(piece: Styled | str, text: str | None = None) -> str:
    """The piece (or another `text` in its style), cleaned, then coloured."""
    if isinstance(piece, str):
        return clean(piece if text is None else text)
    plain = clean(piece.text if text is None else text)
    if not plain or not (piece.colour or piece.bold or piece.dim):
        return plain
    return click.style(plain, fg=piece.colour, bold=piece.bold or None, dim=piece.dim or None)


def say(*pieces: Styled | str, err: bool = False) -> None:
    """Print the pieces as one line, cleaned."""
    stream = sys.stderr if err else sys.stdout
    click.echo("".join(styled(piece) for piece in pieces), err=err, color=wants_colour(stream))


def say_fitted(*pieces: Styled | str, hanging: str = "    ") -> None:
    """Print the pieces as one line where it fits the window, else filled and without their looks."""
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    if columns(clean(text)) <= width():
        say(*pieces)
    else:
        say_prose(text, indent=text[: len(text) - len(text.lstrip(" "))], hanging=hanging)


def say_text(text: str, err: bool = False) -> None:
    """Print `text` as it is laid out, cleaned line by line."""
    click.echo(clean_lines(text), err=err)


def say_prose(text: str, indent: str = "", hanging: str | None = None, err: bool = False) -> None:
    """Print a sentence or a paragraph, filled to the window."""
    hanging = indent if hanging is None else hanging
    room = max(10, min(width(), WIDEST) - max(len(indent), len(hanging)))
    for number, line in enumerate(wrap(text, room)):
        say((hanging if number else indent) + line, err=err)


def filled(text: str) -> str:
    """A question as a prompt shows it: cleaned, and in lines where the window is too narrow for it."""
    return "\n".join(wrap(text, max(20, width() - 2)))


def filled_error(text: str) -> str:
    """What is wrong with an answer, as it stands behind the "Error:" that click puts before it."""
    head = told("Error: ")
    return filled(head + text).removeprefix(head)


def prompted(text: str, **options: Any) -> Any:
    """The answer to `click.prompt`, on stderr, out of the way of what is piped on; the usual keys edit the line.

    They do so through readline, which writes to stdout alone: so the question stands there where all is one terminal.
    """
    return click.prompt(text, err=not can_edit_lines(), **options)


def can_edit_lines() -> bool:
    """Whether somebody types at a terminal that shows everything, and Python has readline, which is loaded then."""
    own = sys.stdin is sys.__stdin__  # not another one in its place, as in tests
    if not own or not all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr)):
        return False
    try:
        import readline  # noqa: F401 - input() uses it when it is there
    except ImportError:
        return False
    return True


def say_heading(text: str) -> None:
    """Print a heading with an empty line before it."""
    click.echo()
    say(Styled(text, bold=True))


def say_json(value: Any) -> None:
    """Print JSON: UTF-8 as it is, but nothing that a terminal would obey."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo("\n".join(_UNSAFE.sub(_json_escape, line) for line in text.split("\n")))


def _json_escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def say_error(text: str) -> None:
    """Print what went wrong on stderr, a line a fault; on a terminal, filled to the window."""
    head = told("Error: ")
    room = min(width(), WIDEST)
    for number, fault in enumerate(told(text).split("\n")):
        first = head if not number else ""
        lines = wrap(first + fault, room) if sys.stderr.isatty() else [first + fault]
        say(Styled(first, colour="red", bold=True), lines[0][len(first) :], err=True)
        for line in lines[1:]:
            say(line, err=True)


def say_notice(text: str) -> None:
    """Print something worth knowing on stderr, out of the way of what is piped on."""
    head = told("Note: ")
    for number, line in enumerate(wrap(told(text), min(width(), WIDEST) - len(head))):
        say(Styled(head, colour="yellow") if not number else " " * len(head), line, err=True)

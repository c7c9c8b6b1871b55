"""Tables for 80 columns and for less: cells wrap, nothing is cut off; in a very narrow window rows become blocks."""

from __future__ import annotations

from collections.abc import Sequence

import click

from callplan.cli.terminal import Styled, clean, columns, say, styled, wants_colour, width, wrap

_GAP = "  "
_NARROWEST = 8  # a wrapping column is not made narrower than this


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Styled | str]], wrapping: Sequence[int]) -> None:
    """Print rows under headings. `wrapping` are the columns that may be broken over lines, by number from 0."""
    for line in layout(headings, rows, wrapping, width()):
        click.echo(line, color=wants_colour())


def layout(
    headings: Sequence[str], rows: Sequence[Sequence[Styled | str]], wrapping: Sequence[int], room: int
) -> list[str]:
    """The lines of the table, each at most `room` columns wide where words allow (and blocks where they do not)."""
    widths = [
        max([columns(heading), *(columns(clean(_text(row[column]))) for row in rows)])
        for column, heading in enumerate(headings)
    ]
    fitted = _fit(widths, wrapping, room - len(_GAP) * (len(widths) - 1))
    if fitted is None:
        return _blocks(headings, rows, room)
    lines = [_line([Styled(heading, bold=True) for heading in headings], fitted)]
    for row in rows:
        cells = [wrap(_text(cell), fitted[column]) for column, cell in enumerate(row)]
        for number in range(max(map(len, cells))):
            parts = [
                _restyled(row[column], cell[number] if number < len(cell) else "") for column, cell in enumerate(cells)
            ]
            lines.append(_line(parts, fitted))
    return lines


def _text(cell: Styled | str) -> str:
    return cell if isinstance(cell, str) else cell.text


def _restyled(cell: Styled | str, text: str) -> Styled | str:
    return text if isinstance(cell, str) else Styled(text, cell.colour, cell.bold, cell.dim)


def _line(cells: Sequence[Styled | str], widths: Sequence[int]) -> str:
    last = len(cells) - 1
    return _GAP.join(
        styled(cell) + ("" if number == last else " " * (widths[number] - columns(clean(_text(cell)))))
        for number, cell in enumerate(cells)
    ).rstrip()


def _fit(widths: list[int], wrapping: Sequence[int], room: int) -> list[int] | None:
    """Widths that fit into `room`: the widest wrapping column gives way first. None where none do."""
    fitted = list(widths)
    while sum(fitted) > room:
        givers = [column for column in wrapping if fitted[column] > _NARROWEST]
        if not givers:
            return None
        widest = max(givers, key=lambda column: fitted[column])
        second = max((fitted[column] for column in givers if column != widest), default=_NARROWEST)
        excess = sum(fitted) - room
        fitted[widest] = max(_NARROWEST, fitted[widest] - excess, min(second, fitted[widest] - 1))
    return fitted


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[Styled | str]], room: int) -> list[str]:
    lines: list[str] = []
    for row in rows:
        if lines:
            lines.append("")
        for heading, cell in zip(headings, row, strict=True):
            if not _text(cell):
                continue
            label = f"{heading}: "
            for number, piece in enumerate(wrap(_text(cell), max(_NARROWEST, room - len(label)))):
                lines.append((label if not number else " " * len(label)) + styled(_restyled(cell, piece)))
    return lines


def print_pairs(pairs: Sequence[tuple[str, Styled | str]]) -> None:
    """Print labels and values under each other; an empty value is left out."""
    shown = [(label, value) for label, value in pairs if _text(value)]
    left = max((columns(label) for label, _ in shown), default=0) + 2
    room = max(_NARROWEST, width() - left)
    for label, value in shown:
        for number, piece in enumerate(wrap(_text(value), room)):
            head = Styled(label.ljust(left), dim=True) if not number else " " * left
            say(head, _restyled(value, piece))

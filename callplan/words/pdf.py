"""Paper: the one module that imports fpdf2. A4, one typeface that has the letters of Europe, licensed to ship."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "DejaVu"
_SPACING = 1.35

#: So many characters (a line counts thirty at least) are more than a page in any size; no use trying.
_PLAINLY_LONG = 9000

#: Stands for a character the typeface does not have.
MISSING = "\ufffd"


@dataclass(frozen=True, slots=True)
class Run:
    """Some lines in one look. `size` is relative to the page's; `gap` is the space above, in lines."""

    lines: tuple[str, ...]
    bold: bool = False
    size: float = 1.0
    gap: float = 1.0
    indent: float = 0.0  # in millimetres


def pdf(
    runs: Iterable[Run], title: str, sizes: Iterable[float], margin: float, now: datetime, must_fit: bool = False
) -> tuple[bytes, bool]:
    """A PDF in the first of `sizes` (points) in which it is one page, else in the last; tells whether it is one page.

    `margin` is in millimetres, `now` becomes the date of making. The same input gives the same bytes. `must_fit`: what
    is longer than a page is of no use, and plainly long text gives no bytes at all.
    """
    printable = [
        Run(tuple(printable_text(line) for line in run.lines), run.bold, run.size, run.gap, run.indent) for run in runs
    ]
    length = sum(len(line) + 30 for run in printable for line in run.lines)
    choices = list(sizes)
    if length > _PLAINLY_LONG:
        if must_fit:
            return b"", False
        choices = choices[-1:]
    document = None
    for size in choices:
        document = _printed(printable, title, size, margin, now)
        if document.page_no() == 1:
            break
    assert document is not None  # noqa: S101 - there is always a size
    return bytes(document.output()), document.page_no() == 1


def printable_text(text: str) -> str:
    """The text with `MISSING` for each character the typeface does not have."""
    known = _characters()
    return "".join(character if ord(character) in known else MISSING for character in text)


def unprintable(text: str) -> str:
    """The characters of a text that the typeface does not have, each once."""
    known = _characters()
    return "".join(dict.fromkeys(one for one in text if ord(one) not in known and not one.isspace()))


def _printed(runs: list[Run], title: str, size: float, margin: float, now: datetime) -> FPDF:
    from fpdf import FPDF  # noqa: PLC0415 - 150 ms
    from fpdf.enums import XPos, YPos  # noqa: PLC0415

    document = FPDF(format="A4")
    document.set_creation_date(now)
    document.set_title(printable_text(title))
    document.set_creator("callplan")
    document.set_margin(margin)
    document.set_auto_page_break(True, margin)
    document.add_font(_FAMILY, "", _FONTS / "DejaVuSansCondensed.ttf")
    document.add_font(_FAMILY, "B", _FONTS / "DejaVuSansCondensed-Bold.ttf")
    document.add_page()
    for number, run in enumerate(runs):
        points = size * run.size
        height = points * 0.3528 * _SPACING  # a point is 0.3528 mm
        document.set_font(_FAMILY, "B" if run.bold else "", points)
        if number:
            document.ln(height * run.gap)
        for line in run.lines:
            document.set_x(margin + run.indent)
            document.multi_cell(0, height, line, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    return document


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with fpdf2

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with TTFont(_FONTS / "DejaVuSansCondensed.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())

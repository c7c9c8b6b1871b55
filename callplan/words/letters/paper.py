"""A letter on paper: HTML that prints well from a browser, and a PDF. Made from the text as the user left it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from callplan.words.clean import clean_lines
from callplan.words.dates import primary
from callplan.words.letters.compose import Draft
from callplan.words.letters.hand import hand_guide, hand_lines
from callplan.words.pdf import Run, pdf
from callplan.words.phrases import phrases

_SIZES = (11.0, 10.5, 10.0, 9.5)
_MARGIN = 25.0
_SIGNING_GAP = 3.0  # lines of room for a signature

_STYLE = """
@page { size: A4; margin: 25mm }
body { font: 11pt/1.45 "DejaVu Sans Condensed", "Segoe UI", "Helvetica Neue", Arial, sans-serif; max-width: 16cm;
  margin: 25mm auto; padding: 0 1rem; color: #111; background: #fff; overflow-wrap: anywhere }
p { margin: 0 0 1em }
.sign { margin-top: 4.5em }
aside { border: 1px solid #999; padding: .5em 1em; margin: 0 0 2em }
.by-hand p { font: 14pt/2.1 "Segoe Print", "Bradley Hand", "Comic Sans MS", cursive; white-space: pre-line }
@media print { body { margin: 0; max-width: none; padding: 0 } aside { display: none } }
"""


def as_html(draft: Draft, text: str) -> str:
    """The letter as a page by itself: no script, nothing loaded from elsewhere. `text` is the draft's, as edited."""
    blocks = _blocks(text)
    inside = "\n".join(
        _paragraph(block, draft.subject, signed=_is_signature(number, blocks, draft))
        for number, block in enumerate(blocks)
    )
    guide = ""
    if draft.by_hand:
        words = phrases(draft.language).letters
        items = "".join(f"<li>{escape(line)}</li>" for line in hand_guide(draft))
        guide = f"<aside><h2>{escape(words['guide'])}</h2><ul>{items}</ul></aside>\n"
        inside = f'<div class="by-hand">{inside}</div>'
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(primary(draft.language))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(draft.subject)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{guide}{inside}\n</body>\n</html>\n"
    )


def as_pdf(draft: Draft, text: str, now: datetime) -> tuple[bytes, bool]:
    """The letter as a PDF, and whether it is one page. By hand: the guide, and the lines to copy."""
    if draft.by_hand:
        return pdf(_hand_runs(draft), draft.subject, _SIZES, _MARGIN, now)
    blocks = _blocks(text)
    runs = [
        Run(block, bold=block == (draft.subject,), gap=_SIGNING_GAP if _is_signature(number, blocks, draft) else 1.0)
        for number, block in enumerate(blocks)
    ]
    return pdf(runs, draft.subject, _SIZES, _MARGIN, now)


def by_hand_text(draft: Draft) -> str:
    """The guide and the letter in lines, as text."""
    guide = "\n".join(f"- {line}" for line in hand_guide(draft))
    return f"{phrases(draft.language).letters['guide']}\n{guide}\n\n" + "\n".join(hand_lines(draft)) + "\n"


def _hand_runs(draft: Draft) -> Iterator[Run]:
    yield Run((phrases(draft.language).letters["guide"],), bold=True)
    yield Run(tuple(f"– {line}" for line in hand_guide(draft)), gap=0.3)
    for number, block in enumerate(_blocks("\n".join(hand_lines(draft)))):
        yield Run(block, size=1.25, gap=1.6 if number == 0 else 0.8)


def _blocks(text: str) -> list[tuple[str, ...]]:
    found = [tuple(block.split("\n")) for block in clean_lines(text).split("\n\n")]
    return [tuple(line for line in block if line) for block in found if any(block)]


def _is_signature(number: int, blocks: list[tuple[str, ...]], draft: Draft) -> bool:
    return number == len(blocks) - 1 and blocks[number] == draft.signature


def _paragraph(block: tuple[str, ...], subject: str, signed: bool) -> str:
    inside = "<br>\n".join(escape(line) for line in block)
    opening = '<p class="sign">' if signed else "<p>"
    return f"<p><strong>{inside}</strong></p>" if block == (subject,) else f"{opening}{inside}</p>"

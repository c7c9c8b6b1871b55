"""The call script as Markdown, as a page that prints well, and as one sheet in large type to hold in the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape

from callplan.words.dates import primary
from callplan.words.pdf import Run, pdf
from callplan.words.phrases import phrases
from callplan.words.script import Script, Section

#: What goes onto the sheet and in which sizes (points), the best choice first.
_SHEETS = (
    (("talk", "variant", "branch", "reserve"), (16.0, 14.0)),
    (("talk", "variant", "branch"), (16.0, 14.0)),
    (("talk", "branch"), (16.0, 14.0, 12.5)),
    (("talk",), (14.0, 12.5)),
)
_SMALL = (11.0, 10.0)
_MARGIN = 12.0

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")

_STYLE = """
@page { size: A4; margin: 12mm }
body { font: 1.3rem/1.45 "DejaVu Sans Condensed", "Segoe UI", "Helvetica Neue", Arial, sans-serif; max-width: 42rem;
  margin: 1.5rem auto; padding: 0 1rem; color: #111; background: #fff; overflow-wrap: anywhere }
h1 { font-size: 1.4em } h2 { font-size: 1.05em; margin: 1.2em 0 .2em; border-top: 1px solid #bbb; padding-top: .4em }
h2 small, dt, .cue { color: #555; font-weight: normal; font-size: .8em } p { margin: .2em 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em } dd { margin: 0; font-weight: bold }
.aside p, .reserve p, .missing p { font-size: .85em }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 12pt } .aside { display: none }
  section { break-inside: avoid } }
"""


def as_markdown(script: Script) -> str:
    """The script as Markdown (CommonMark). What the record says is escaped, so it stays text."""
    return "\n".join(_markdown_lines(script)) + "\n"


def as_html(script: Script) -> str:
    """The script as a page by itself: no script in it, nothing loaded from elsewhere, large type."""
    head = "\n".join(
        f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in script.head
    )  # an empty label goes on from the line before
    sections = "\n".join(_html_section(one, script) for one in script.sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(primary(script.language))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(script.heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(script.heading)}</h1>\n<p>{escape(_length(script, script.words, script.seconds))}</p>\n"
        f"<dl>\n{head}\n</dl>\n{sections}\n{_html_missing(script)}</body>\n</html>\n"
    )


def as_pdf(script: Script, now: datetime) -> tuple[bytes, bool]:
    """One sheet: whom and which number, the points, then what to say; and whether it did fit on one page.

    What is least needed during the call is left out first (the reserve, the message, the branches), before the type
    gets small.
    """
    for parts, sizes in _SHEETS:
        sheet, fits = pdf(_runs(script, parts), script.heading, sizes, _MARGIN, now, must_fit=True)
        if fits:
            return sheet, True
    return pdf(_runs(script, ("talk",)), script.heading, _SMALL, _MARGIN, now)


def _runs(script: Script, parts: tuple[str, ...]) -> Iterator[Run]:
    labels = phrases(script.language).labels
    yield Run((script.heading,), bold=True)
    shown = [f"{label}: {text}" if label else text for label, text in script.head]
    yield Run(tuple(shown), size=0.8, gap=0.1)
    for one in script.sections:
        if one.part not in parts:
            continue
        yield Run((one.title,), bold=True, size=0.75, gap=0.45)
        for line in one.lines:
            if line.cue:
                yield Run((f"{line.cue}:",), size=0.75, gap=0.0)
            small = 0.85 if one.part != "talk" else 1.0
            yield Run((line.text,), size=small, gap=0.0, indent=6.0 if line.cue else 0.0)
    if script.gaps:
        yield Run((labels["gaps"],), bold=True, size=0.75, gap=0.45)
        yield Run(tuple(script.gaps), size=0.7, gap=0.0)


def _markdown_lines(script: Script) -> Iterator[str]:
    labels = phrases(script.language).labels
    yield f"# {_escaped(script.heading)}"
    yield ""
    yield _length(script, script.words, script.seconds)
    yield ""
    for label, text in script.head:
        yield f"- **{_escaped(label)}:** {_escaped(text)}" if label else f"  {_escaped(text)}"
    for one in script.sections:
        length = f" ({_length(script, one.words, one.seconds)})" if one.words else ""
        yield ""
        yield f"## {_escaped(one.title)}{length}"
        yield ""
        bullet = "- [ ] " if one.id == "before" else "- " if one.part in ("aside", "reserve") else ""
        for line in one.lines:
            if line.cue:
                yield f"*{_escaped(line.cue)}*"
                yield ""
            yield f"{bullet}{_escaped(line.text)}"
            if not bullet:
                yield ""
    for key, texts in (("gaps", script.gaps), ("notices", script.notices)):
        if texts:
            yield f"\n## {_escaped(labels[key])}\n"
            yield from (f"- {_escaped(text)}" for text in texts)


def _html_section(one: Section, script: Script) -> str:
    length = f" <small>{escape(_length(script, one.words, one.seconds))}</small>" if one.words else ""
    lines = "\n".join(
        (f'<p class="cue">{escape(line.cue)}</p>\n' if line.cue else "") + f"<p>{escape(line.text)}</p>"
        for line in one.lines
    )
    return f'<section class="{escape(one.part)}">\n<h2>{escape(one.title)}{length}</h2>\n{lines}\n</section>'


def _html_missing(script: Script) -> str:
    labels = phrases(script.language).labels
    found = ""
    for key, texts in (("gaps", script.gaps), ("notices", script.notices)):
        if texts:
            lines = "\n".join(f"<p>{escape(text)}</p>" for text in texts)
            found += f'<section class="missing">\n<h2>{escape(labels[key])}</h2>\n{lines}\n</section>\n'
    return found


def _length(script: Script, words: int, seconds: int) -> str:
    return phrases(script.language).labels["length"].format(words=words, seconds=seconds)


def _escaped(text: str) -> str:
    return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))

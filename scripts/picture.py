"""Make the pictures of the docs from the samples: a terminal (docs/terminal.svg) and two pages (docs/*-page.png).

.venv/bin/python scripts/picture.py        makes them anew; the pages need Debian's chromium
"""

from __future__ import annotations

import io
import os
import pty
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: What is typed, and which stretches of what is printed are shown: from the line that begins so, up to another.
COMMANDS: tuple[tuple[list[str], tuple[tuple[str, str], ...]], ...] = (
    (["plan"], (("When", "by Wed"),)),
    (["script", "brightwater"], (("Call script", "BEFORE"), ("OPENING", "THE DATE"))),
)

CELL, LINE, MARGIN = 8.4, 19, 18
INK, PAPER = "#dde3ea", "#14181d"
COLOURS = {"31": "#ff8a80", "32": "#8fd694", "33": "#f2cc70", "34": "#82b1ff", "35": "#d7a6ff", "36": "#7fdbe0"}

_CODE = re.compile("\x1b\\[([0-9;]*)m")


def printed(arguments: list[str], environment: dict[str, str]) -> list[str]:
    """The lines of one command as it prints them on a terminal, escape codes included."""
    child, screen = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-m", "callplan", *arguments], environment)
    chunks = []
    while True:
        try:
            chunk = os.read(screen, 65536)
        except OSError:  # Linux ends a terminal nobody holds any more with EIO
            break
        if not chunk:
            break
        chunks.append(chunk)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit(b"".join(chunks).decode())
    return b"".join(chunks).decode().replace("\r\n", "\n").rstrip("\n").split("\n")


def excerpts(lines: list[str], stretches: tuple[tuple[str, str], ...]) -> list[str]:
    """The stretches of `lines`, each followed by an ellipsis."""
    plain = [_CODE.sub("", line) for line in lines]
    shown = []
    for first, last in stretches:
        start = next(number for number, line in enumerate(plain) if line.startswith(first))
        end = next(number for number, line in enumerate(plain) if line.startswith(last))
        shown += [*lines[start:end], "\x1b[2m…\x1b[0m"]
    return shown


def spans(line: str) -> Iterator[tuple[int, str, str]]:
    """The stretches of a line without wide gaps: the column each begins in, its text, its SVG attributes."""
    codes: set[str] = set()
    column = 0
    pieces = _CODE.split(line)
    for piece, code in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        colour = next((COLOURS[one] for one in codes if one in COLOURS), "")
        style = f' fill="{colour}"' if colour else ""
        style += ' font-weight="bold"' if "1" in codes else ""
        style += ' opacity="0.65"' if "2" in codes else ""
        for found in re.finditer(r"\S+(?: \S+)*", piece):
            yield column + found.start(), found[0], style
        column += len(piece)
        for one in code.split(";"):
            codes = set() if one in ("", "0") else codes | {one}


def svg(lines: list[str]) -> str:
    """A terminal window with these lines."""
    wide = round(80 * CELL + 2 * MARGIN)
    high = len(lines) * LINE + 2 * MARGIN + 22
    rows = []
    for number, line in enumerate(lines):
        row = "".join(
            f'<tspan x="{MARGIN + column * CELL:.1f}"{style}>{escape(text)}</tspan>'
            for column, text, style in spans(line)
        )
        if row:
            rows.append(f'<text y="{MARGIN + 34 + number * LINE}">{row}</text>')
    dots = "".join(f'<circle cx="{22 + 18 * place}" cy="18" r="5.5" fill="#3b434c"/>' for place in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" font-size="14"'
        ' font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" role="img">\n'
        "<title>callplan in a terminal</title>\n"
        f'<rect width="{wide}" height="{high}" rx="8" fill="{PAPER}"/>{dots}\n'
        f'<g fill="{INK}">\n' + "\n".join(rows) + "\n</g>\n</svg>\n"
    )


def photograph(folder: Path) -> None:
    """The home page as on a tablet and the call page as on a phone, twice as sharp; `folder` is for what is served."""
    from callplan.web.serve import Options, serving  # noqa: PLC0415 - what follows is for the pages only
    from callplan.web.sources import last_look  # noqa: PLC0415
    from callplan.where import Places  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415 - fpdf2 brings it
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    shutil.copytree(ROOT / "samples/applications", folder / "book")
    shutil.copy(ROOT / "samples/config.toml", folder)
    shutil.copy(ROOT / "samples/busy.ics", folder)
    places = Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")
    moment = datetime(2026, 11, 23, 13, 35, tzinfo=UTC)  # a call is due
    with (
        serving(places, last_look(places, lambda: moment), Options(port=0), lambda: (0, "")) as served,
        sync_playwright() as engine,
    ):
        browser = engine.chromium.launch(executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox"])
        for name, width, height in (("home", 1000, 715), ("call", 390, 844)):
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
            page.goto(served.home)
            if name == "call":
                page.get_by_role("link", name="Call Carmen Ortiz").first.click()
                page.locator("#call").wait_for()
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.quantize(128).save(ROOT / f"docs/{name}-page.png", optimize=True)
        browser.close()


def main() -> None:
    """Run the commands over the samples and write the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {name: value for name, value in os.environ.items() if name.partition("_")[0] != "CALLPLAN"} | {
            "CALLPLAN_CONFIG": str(ROOT / "samples/config.toml"),
            "CALLPLAN_BOOK": str(ROOT / "samples/applications"),
            "CALLPLAN_STATE": f"{scratch}/state",
            "CALLPLAN_DATA": f"{scratch}/data",
            "CALLPLAN_NOW": "2026-11-23T08:00:00+01:00",
            "TERM": "xterm-256color",
            "COLUMNS": "80",
        }
        environment.pop("NO_COLOR", None)
        lines: list[str] = []
        for command, stretches in COMMANDS:
            typed = f"\x1b[32m$ \x1b[0m\x1b[1mcallplan {' '.join(command)}\x1b[0m"
            lines += [typed, *excerpts(printed(command, environment), stretches), ""]
    (ROOT / "docs/terminal.svg").write_text(svg(lines), encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        photograph(Path(scratch))


if __name__ == "__main__":
    main()

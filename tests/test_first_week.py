"""docs/first-week.md is what the program says: every command in it is run again, at its moment, and compared.

``python -m tests.test_first_week`` writes the output anew after a change that is meant.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from difflib import unified_diff
from pathlib import Path
from uuid import UUID

import pytest
from callplan.cli import cli
from callplan.cli.language import speak
from click.testing import CliRunner

PAGE = Path(__file__).parent.parent / "docs" / "first-week.md"

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$|^<!-- (now|typed): (.*?) -->$", re.MULTILINE | re.DOTALL)
_TASKS = 10
_ID = UUID("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11")


def replayed(page: str, folder: Path) -> str:
    """The page with the output of every command as it is now. `folder` is empty and becomes the user's home."""
    book = folder / "book"
    config = folder / "config.toml"
    environment = {
        "CALLPLAN_CONFIG": str(config),
        "CALLPLAN_BOOK": str(book),
        "CALLPLAN_STATE": str(folder / "state"),
        "CALLPLAN_DATA": str(folder / "data"),
        "COLUMNS": "80",
        "LINES": "40",
        "NO_COLOR": "1",
    }
    typed: list[str] = []

    def answer(block: re.Match[str]) -> str:
        language, text, kind, value = block.groups()
        if kind == "now":
            environment["CALLPLAN_NOW"] = value
        elif kind == "typed":
            typed[:] = [line.strip() for line in value.split("|")]
        elif language == "toml":
            config.write_text(text, encoding="utf-8")
        elif language == "console":
            commands = [line for line in text.splitlines() if line.startswith("$ ")]
            said = "".join(f"{command}\n{run(command, typed, environment)}" for command in commands)
            typed.clear()
            return f"```console\n{said.replace(str(book), '~/.local/share/callplan/book')}```"
        return block[0]

    return _BLOCK.sub(answer, page)


def run(command: str, typed: list[str], environment: dict[str, str]) -> str:
    """What the command says, with the answers typed where it asks. A bug or a Ctrl-C fails."""
    words = shlex.split(command.removeprefix("$ callplan"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("callplan.book.write.uuid4", lambda: _ID)  # steps of one moment stand in the order of their ids
        if typed:
            patch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
        text = "".join(f"{line}\n" for line in typed) if typed else None
        result = CliRunner().invoke(cli, words, input=text, env=environment, prog_name="callplan")
    assert result.exit_code in (0, 3), (command, result.output)
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


def test_the_first_week_goes_as_the_page_tells(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    speak("en")
    now = replayed(page, tmp_path)
    differences = "\n".join(unified_diff(page.splitlines(), now.splitlines(), "told", "is", lineterm="", n=2))
    assert now == page, f"python -m tests.test_first_week writes it anew, if this is meant:\n{differences}"
    assert len(re.findall(r"^## \d+\. ", page, re.MULTILINE)) == _TASKS
    assert "fault of its own" not in page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(replayed(PAGE.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
    sys.exit()

"""Commands load what they use and nothing else: start-up is what a user waits for most often."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import Desk

#: Never for a command that only reads the book.
HEAVY = {
    "caldav",
    "radicale",
    "flask",
    "lxml",
    "niquests",
    "requests",
    "cheroot",
    "icalendar",
    "jinja2",
    "babel",
    "rich",
}

#: Nor for the help.
NOT_EVEN = HEAVY | {"phonenumbers", "holidays", "tomlkit", "sqlite3", "platformdirs", "zoneinfo", "tomllib", "json"}

_RUNNER = """
import sys
from callplan.cli import cli
try:
    cli(sys.argv[1:], prog_name="callplan")
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(desk: Desk, *arguments: str) -> set[str]:
    """The top-level modules that a command has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, *arguments],
        env={**os.environ, **desk.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout
    return set(done.stderr.splitlines()[-1].split()) - started_with()


def started_with() -> set[str]:
    """What a bare interpreter loads in this environment (a .pth file may bring its own)."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(*{name.partition('.')[0] for name in sys.modules})"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_and_version_load_click_and_nothing_heavier(desk: Desk, arguments: tuple[str, ...]) -> None:
    modules = loaded(desk, *arguments)
    assert "click" in modules
    assert not modules & NOT_EVEN


@pytest.mark.parametrize(
    "arguments", [("list",), ("plan",), ("plan", "nordlys", "--why"), ("next",), ("plan", "--json")]
)
def test_reading_commands_load_no_server_no_calendar_and_no_templates(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.run("list")  # what is kept between runs is there after the first
    modules = loaded(desk, *arguments)
    assert not modules & HEAVY
    assert "holidays" not in modules


def test_logging_loads_no_server_and_no_calendar(desk: Desk) -> None:
    desk.run("list")
    assert not loaded(desk, "log", "nordlys", "thank-you", "sent") & HEAVY


def test_help_of_a_command_loads_no_server(desk: Desk) -> None:
    for name in ("sync", "serve", "export", "script"):
        assert not loaded(desk, name, "--help") & HEAVY

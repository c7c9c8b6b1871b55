"""The shell completes commands, names, steps and outcomes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from callplan.cli import COMMANDS
from callplan.cli.completion import SHELLS

from tests.cli.conftest import Desk


def completed(desk: Desk, line: str, shell: str = "bash") -> list[str]:
    """What the shell would be offered at the end of the line."""
    words = line.split(" ")
    done = subprocess.run(
        [sys.executable, "-c", "from callplan.cli import main; main()"],
        env={
            **os.environ,
            **desk.environment,
            "_CALLPLAN_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return [row.partition(",")[2].partition("\t")[0] for row in done.stdout.splitlines() if row]


def test_commands_are_completed(desk: Desk) -> None:
    assert completed(desk, "callplan ") == list(COMMANDS)
    assert completed(desk, "callplan le") == ["lessons"]


def test_names_are_completed_by_any_part(desk: Desk) -> None:
    for command in ("show", "log", "note", "card", "round", "remove"):
        assert completed(desk, f"callplan {command} ord") == ["nordlys"]


def test_steps_are_completed_then_the_outcomes_that_fit(desk: Desk) -> None:
    assert completed(desk, "callplan log nordlys thank-you-") == ["thank-you-deadline"]
    assert "offer" in completed(desk, "callplan log nordlys o")
    fitting = completed(desk, "callplan log nordlys call ")
    assert {"reached", "no-answer", "voicemail"} <= set(fitting)
    assert "sent" not in fitting
    assert completed(desk, "callplan log nordlys offer ") == []


def test_names_in_the_archive_are_completed_where_they_are_wanted(desk: Desk) -> None:
    desk.run("archive", "nordlys")
    assert completed(desk, "callplan show nor") == []
    assert completed(desk, "callplan purge nor") == ["nordlys"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_accepts_its_script(desk: Desk, shell: str) -> None:
    script = desk.run("completion", shell).stdout
    assert "_CALLPLAN_COMPLETE" in script
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here to read it")
    subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_the_shell_is_the_one_in_use_where_none_is_named(desk: Desk) -> None:
    assert desk.run("completion", SHELL="/bin/zsh").stdout == desk.run("completion", "zsh").stdout
    assert "bash, zsh, fish" in desk.run("completion", SHELL="/bin/tcsh", code=2).stderr

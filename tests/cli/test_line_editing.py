"""Questions are answered with the keys that edit a line everywhere else."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time

import pytest

from tests.cli.conftest import Desk

pty = pytest.importorskip("pty", reason="there are no terminals of this kind here")
pytest.importorskip("readline", reason="this Python has none")

_LEFT, _HOME, _UP = b"\x1b[D", b"\x01", b"\x1b[A"


class _Terminal:
    """callplan at a terminal of its own."""

    def __init__(self, desk: Desk, *arguments: str) -> None:
        self.seen = b""
        self._fd, there = pty.openpty()
        environment = {**os.environ, **desk.environment, "TERM": "xterm"}
        command = [sys.executable, "-m", "callplan", *arguments]
        self._child = subprocess.Popen(command, env=environment, stdin=there, stdout=there, stderr=there)
        os.close(there)

    def wait_for(self, text: bytes) -> None:
        """Read until the text has come."""
        end = time.monotonic() + 30
        while text not in self.seen and time.monotonic() < end:
            if select.select([self._fd], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self._fd, 4096)
                except OSError:  # the child has ended
                    break
        assert text in self.seen, self.seen

    def press(self, *keys: bytes) -> None:
        """Type."""
        os.write(self._fd, b"".join(keys))

    def end(self) -> int:
        """The exit code."""
        while True:
            try:
                if not os.read(self._fd, 4096):
                    break
            except OSError:
                break
        os.close(self._fd)
        return self._child.wait(timeout=30)


def test_the_arrows_edit_an_answer_instead_of_standing_in_it(desk: Desk) -> None:
    desk.now = "2026-11-16T12:30:00+01:00"
    terminal = _Terminal(desk, "note", "nordlys")
    terminal.wait_for(b"  - ")
    terminal.press(b"treamin", _HOME, b"s", b"\x05", b"gx", b"\x7f", b"\n")
    terminal.wait_for(b"\n  - ")
    terminal.press(b"\n\n\n\n")
    assert terminal.end() == 0
    kept = (desk.book / "nordlys.toml").read_text(encoding="utf-8")
    assert '"streaming"' in kept
    assert "\x1b" not in kept


def test_the_question_survives_going_to_the_start_of_the_line(desk: Desk) -> None:
    terminal = _Terminal(desk, "add")
    terminal.wait_for(b"Company: ")
    terminal.press(b"eith", _HOME, b"L", _UP, _LEFT, b"\n")
    terminal.wait_for(b"Position")
    assert b"^[[" not in terminal.seen
    terminal.press(b"\x04")
    assert terminal.end() == 130

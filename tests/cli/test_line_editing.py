"""Questions are answered with the keys that edit a line everywhere else."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
import tomllib

import pytest

from tests.cli.conftest import Desk

pty = pytest.importorskip("pty", reason="there are no terminals of this kind here")
pytest.importorskip("readline", reason="this Python has none")

_LEFT, _HOME, _UP = b"\x1b[D", b"\x01", b"\x1b[A"


class _Terminal:
    """callplan at a terminal of its own."""

    def __init__(self, desk: Desk, *arguments: str, marks_pastes: bool = True, typed_ahead: bytes = b"") -> None:
        self.seen = b""
        self._marks_pastes = marks_pastes
        self._fd, there = pty.openpty()
        environment = {**os.environ, **desk.environment, "TERM": "xterm" if marks_pastes else "dumb"}
        command = [sys.executable, "-m", "callplan", *arguments]
        self.press(typed_ahead)
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

    def paste(self, text: str) -> None:
        """Paste, as terminals do: with carriage returns, and marked where they can."""
        bare = text.replace("\n", "\r").encode()
        self.press(b"\x1b[200~" + bare + b"\x1b[201~" if self._marks_pastes else bare)

    def answer(self, question: bytes, answer: bytes) -> None:
        """Wait for the question and answer it."""
        self.wait_for(question)
        self.seen = b""
        self.press(answer, b"\r")

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


@pytest.mark.parametrize("marks_pastes", [True, False])
def test_what_is_pasted_in_several_lines_is_one_answer(desk: Desk, marks_pastes: bool) -> None:
    terminal = _Terminal(desk, "add", marks_pastes=marks_pastes)
    terminal.wait_for(b"Company: ")
    terminal.paste("Leith Analytics\nQuay Street 4\nEdinburgh")
    terminal.answer(b"Edinburgh", b"")
    terminal.wait_for(b"These are several lines")
    terminal.answer(b"Company: ", b"Leith Analytics")
    terminal.answer(b"Position: ", b"Analyst")
    terminal.answer(b"10:00-11:15): ", b"2026-11-20 10:00-11:00")
    terminal.wait_for(b"Enter): ")
    terminal.paste("Fiona Drummond, HR\nIain Macrae, CTO\n+44 131 496 0124")
    terminal.answer(b"0124", b"\x7f3")
    terminal.answer(b"When do they decide", b"2 weeks")
    assert terminal.end() == 0
    kept = tomllib.loads((desk.book / "leith-analytics.toml").read_text(encoding="utf-8"))
    assert (kept["company"], kept["position"]) == ("Leith Analytics", "Analyst")
    assert [(one["name"], one["role"], one.get("phone")) for one in kept["people"]] == [
        ("Fiona Drummond", "HR", None),
        ("Iain Macrae", "CTO", "+44 131 496 0123"),
    ]


@pytest.mark.parametrize("marks_pastes", [True, False])
def test_lines_typed_ahead_answer_a_question_each(desk: Desk, marks_pastes: bool) -> None:
    ahead = b"Leith Analytics\nAnalyst\n2026-11-20 10:00-11:00\nFiona Drummond\nEurope/London\n2 weeks\n"
    assert _Terminal(desk, "add", marks_pastes=marks_pastes, typed_ahead=ahead).end() == 0
    kept = tomllib.loads((desk.book / "leith-analytics.toml").read_text(encoding="utf-8"))
    assert (kept["position"], kept["people"][0]["name"]) == ("Analyst", "Fiona Drummond")

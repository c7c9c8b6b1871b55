"""`callplan practise` and `callplan script`: the call, read aloud and held in the hand."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from callplan.cli.practise import Terminal
from pypdf import PdfReader

from tests.cli.conftest import Desk


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """The follow-up e-mail has been sent; the call is next."""
    desk.run("log", "nordlys", "follow-up", "sent", "--at", "2026-11-16T12:20")
    return desk


def said(text: str) -> str:
    return " ".join(text.split())


def clock(*moments: float) -> Iterator[float]:
    yield from moments


class TestPractise:
    def test_enter_goes_on_and_q_stops(self, waiting: Desk) -> None:
        done = waiting.process("practise", "nordlys", input="\n\nq\n")
        assert done.returncode == 0, done.stderr
        assert "Round 1 of 3" in done.stdout
        assert "This is Anna Dahl." in done.stdout
        assert "Stopped after 0 of 3 rounds." in done.stdout

    def test_end_of_input_stops_too(self, waiting: Desk) -> None:
        done = waiting.process("practise", "nordlys", "--nervous", input="")
        assert done.returncode == 0
        assert "Round 1 of 5" in done.stdout

    @pytest.mark.advice("4.2.0b")
    def test_whole_rounds_end_well_and_role_is_seedable(self, waiting: Desk) -> None:
        runs = [
            waiting.process("practise", "nordlys", "--rounds", "1", "--role", "--seed", "4", input="\n" * 20).stdout
            for _ in range(2)
        ]
        assert "callplan log nordlys rehearse done" in said(runs[0])
        assert "<<" in runs[0]
        assert [line for line in runs[0].splitlines() if "<<" in line] == [
            line for line in runs[1].splitlines() if "<<" in line
        ]

    def test_clock_runs_on_a_terminal_until_enter(self, waiting: Desk) -> None:
        pty = pytest.importorskip("pty")  # not on Windows

        screen, terminal = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "callplan", "practise", "nordlys"],
            env={**os.environ, **waiting.environment, "TERM": "xterm"},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
        ) as process:
            os.close(terminal)
            seen = b""
            for expected, answer in ((b"0:01 / 0:0", b"\n"), (b"COURTESY", b"q\n"), (b"Stopped after", b"")):
                while expected not in seen:
                    seen += os.read(screen, 4096)
                os.write(screen, answer)
            assert process.wait(timeout=30) == 0
        os.close(screen)
        assert b"words a minute" in seen or b"Read it aloud" in seen

    def test_nothing_to_call_about_is_said(self, desk: Desk) -> None:
        desk.run("log", "nordlys", "withdrawn")
        desk.run("practise", "nordlys", code=2)

    def test_terminal_measures_from_showing_to_enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ticks = clock(10.0, 18.5)
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
        assert Terminal(lambda: next(ticks)).wait(8) == 8.5

    @pytest.mark.parametrize("typed", ["q\n", "Q\n", "stop\n", ""])
    def test_terminal_stops_at_q_and_at_the_end(self, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert Terminal(lambda: 0.0).wait(8) is None

    def test_learned_pace_counts_in_the_next_script(self, waiting: Desk) -> None:
        assert waiting.json("script", "nordlys")["words_per_minute"] == 140
        state = waiting.folder / "state"
        state.mkdir(exist_ok=True)
        (state / "practice.json").write_text('{"version": 1, "rates": {"en": [100, 110, 120]}}', encoding="utf-8")
        assert waiting.json("script", "nordlys")["words_per_minute"] == 110


class TestScript:
    @pytest.mark.parametrize(
        ("form", "begin"), [("text", "Call script:"), ("markdown", "# Call script:"), ("html", "<!DOCTYPE html>")]
    )
    def test_every_form_is_printed(self, waiting: Desk, form: str, begin: str) -> None:
        assert waiting.run("script", "nordlys", "--format", form).stdout.startswith(begin)

    def test_sheet_is_written_as_its_name_says(self, waiting: Desk, tmp_path: Path) -> None:
        out = tmp_path / "call.pdf"
        waiting.run("script", "nordlys", "--out", str(out))
        assert len(PdfReader(out).pages) == 1
        assert waiting.run("script", "nordlys", "--format", "pdf").stdout_bytes.startswith(b"%PDF-")

    def test_file_of_another_kind_is_not_written_over(self, waiting: Desk, tmp_path: Path) -> None:
        other = tmp_path / "diary"
        other.write_text("mine", encoding="utf-8")
        waiting.run("script", "nordlys", "--out", str(other), code=2)
        assert other.read_text(encoding="utf-8") == "mine"

    @pytest.mark.advice("B4")
    def test_variants(self, waiting: Desk) -> None:
        assert "You said you would ring" in said(waiting.run("script", "nordlys", "--no-show").stdout)
        gatekeeper = waiting.run("script", "nordlys", "--gatekeeper").stdout
        assert "May I speak to Mette Holm" in said(gatekeeper)
        assert "OPENING" not in gatekeeper
        waiting.run("script", "nordlys", "--offer", code=2)
        waiting.run("script", "nordlys", "--offer", "--rejection", code=2)

    @pytest.mark.advice("4.4.b2")
    def test_when_they_rang_the_script_is_for_calling_back(self, waiting: Desk) -> None:
        waiting.run("log", "nordlys", "offer", "--by", "phone")
        one = waiting.json("script", "nordlys")
        assert one["variant"] == "call-back-offer"
        assert one["phone"] == "+45 32 12 34 56"
        assert one["words"] <= 90

    @pytest.mark.advice("4.6.0b")
    def test_rejection_by_phone_is_answered_kindly(self, waiting: Desk) -> None:
        waiting.run("log", "nordlys", "rejection", "--by", "phone")
        assert "What could I have done or said better?" in said(waiting.run("script", "nordlys").stdout)

"""What holds for every command: shared options, errors as sentences, exit codes, quiet ends."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from callplan.cli import COMMANDS, cli
from callplan.errors import (
    CallplanError,
    DecisionError,
    EtiquetteError,
    LoginError,
    PartlyDoneError,
    RecordError,
    ServerError,
    UsageError,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import NORDLYS, Desk


class TestOptions:
    def test_shared_options_stand_before_or_after_the_command(self, desk: Desk, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.mkdir()
        (other / "nordlys.toml").write_text(NORDLYS, encoding="utf-8")
        before = desk.run("--book", str(other), "list", "--json").stdout
        after = desk.run("list", "--book", str(other), "--json").stdout
        assert before == after
        assert "hudson" not in before

    def test_the_option_after_the_command_wins(self, desk: Desk, tmp_path: Path) -> None:
        listed = desk.run("--book", str(tmp_path / "nowhere"), "list", "--book", str(desk.book), "--json").stdout
        assert "hudson" in listed

    def test_an_option_goes_before_the_environment(self, desk: Desk) -> None:
        assert desk.json("--book", str(desk.folder / "nowhere"), "list") == []

    def test_now_replays_any_moment(self, desk: Desk) -> None:
        assert "scheduled" in desk.run("list", "--now", "2026-11-10T09:00:00+01:00").stdout

    def test_a_now_that_is_no_time_is_a_usage_error(self, desk: Desk) -> None:
        assert "no time" in desk.run("list", "--now", "soon", code=2).stderr
        assert "no time" in desk.run("list", "--now", "9999-12-31T23:59:59+00:00", code=2).stderr

    def test_a_book_that_does_not_exist_is_empty(self, empty: Desk) -> None:
        assert "callplan add" in empty.run("list", "--book", str(empty.folder / "nowhere")).stdout


class TestHelp:
    def test_help_lists_every_command_with_a_line(self, empty: Desk) -> None:
        shown = empty.run("--help").stdout
        for name, (_, line) in COMMANDS.items():
            assert f"  {name} " in shown
            assert line in shown
        assert max(map(len, shown.splitlines())) <= 80

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_help_with_examples_within_80_columns(self, empty: Desk, name: str) -> None:
        shown = empty.run(name, "--help").stdout
        assert f"Examples:\n  callplan {name}" in shown.replace("EDITOR=nano ", "")
        assert "--book FOLDER" in shown
        assert max(map(len, shown.splitlines())) <= 80

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_in_the_table_is_the_one_in_its_module(self, name: str) -> None:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert command.name == name

    @pytest.mark.parametrize(
        ("typed", "meant"), [("plam", "plan"), ("lst", "list"), ("snyc", "sync"), ("scripts", "script")]
    )
    def test_a_mistyped_command_is_answered_with_the_near_one(self, empty: Desk, typed: str, meant: str) -> None:
        shown = empty.run(typed, code=2).stderr
        assert f'There is no command "{typed}". Did you mean' in shown
        assert meant in shown.split("Did you mean")[1]

    def test_a_command_like_no_other_points_to_the_help(self, empty: Desk) -> None:
        assert "callplan --help lists them" in empty.run("xyzzy", code=2).stderr

    def test_a_wrong_option_is_a_usage_error(self, empty: Desk) -> None:
        assert "--jsno" in empty.run("list", "--jsno", code=2).stderr

    def test_names_are_completed_from_the_book(self, desk: Desk) -> None:
        done = subprocess.run(
            [sys.executable, "-c", "from callplan.cli import main; main()"],
            env={
                **os.environ,
                **desk.environment,
                "_CALLPLAN_COMPLETE": "bash_complete",
                "COMP_WORDS": "callplan show nor",
                "COMP_CWORD": "2",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.split() == ["plain,nordlys"]


class TestErrors:
    @pytest.mark.parametrize(
        "kind", [UsageError, EtiquetteError, RecordError, ServerError, LoginError, DecisionError, PartlyDoneError]
    )
    def test_every_error_is_a_sentence_with_its_exit_code(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: type[CallplanError]
    ) -> None:
        def fail(*_: object) -> None:
            raise kind("The moon is in the way.")

        monkeypatch.setattr("callplan.cli.outlook.look_ahead", fail)
        result = desk.run("list", code=kind.exit_code)
        assert result.stderr == "Error: The moon is in the way.\n"
        assert result.stdout == ""

    def test_a_bug_is_one_sentence_that_asks_to_report(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise KeyError("s3cret")

        monkeypatch.setattr("callplan.cli.outlook.look_ahead", fail)
        shown = desk.run("list", code=1).stderr
        assert "KeyError" in shown
        assert "report" in shown
        assert "s3cret" not in shown
        assert "Traceback" not in shown

    def test_debug_shows_where_a_bug_is(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise KeyError("\x1b[31mhere")

        monkeypatch.setattr("callplan.cli.outlook.look_ahead", fail)
        shown = desk.run("list", "--debug", code=1).stderr
        assert "Traceback" in shown
        assert "\x1b" not in shown

    def test_an_error_says_nothing_raw_from_the_data(self, desk: Desk) -> None:
        assert "\x1b" not in desk.run("show", "\x1b]0;owned\x07", code=2).stderr

    def test_a_file_that_cannot_be_written_is_no_bug(self, desk: Desk) -> None:
        shown = desk.run("export", str(desk.folder / "no" / "such" / "plan.ics"), code=4).stderr
        assert "No such file or directory" in shown

    def test_a_faulty_file_hides_no_good_one_and_ends_with_4(self, desk: Desk) -> None:
        desk.put("broken", "company = 3\n")
        for command in ("list", "plan", "next"):
            result = desk.run(command, code=4)
            assert "nordlys" in result.stdout
            assert "broken.toml" in result.stderr

    def test_a_faulty_file_does_not_fail_a_command_about_a_good_one(self, desk: Desk) -> None:
        desk.put("broken", "company = 3\n")
        for arguments in (("show", "nordlys"), ("plan", "nordlys"), ("log", "nordlys", "notes"), ("script", "nordlys")):
            assert "broken.toml" in desk.run(*arguments).stderr

    def test_naming_the_faulty_file_tells_its_faults_once(self, desk: Desk) -> None:
        desk.put("broken", 'company = "Broken"\nid = "x"\nposition = "y"\n')
        shown = desk.run("show", "broken", code=4).stderr
        assert shown.count("broken.toml") == shown.count("\n")

    def test_faulty_settings_end_with_4(self, desk: Desk) -> None:
        desk.config.write_text("[me]\nnmae = 'Anna'\n", encoding="utf-8")
        assert "name" in desk.run("list", code=4).stderr


class TestEnds:
    def test_a_reader_who_leaves_hears_nothing_more(self, desk: Desk) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w") as pipe:
            done = subprocess.run(
                [sys.executable, "-m", "callplan", "plan", "--json"],
                env={**os.environ, **desk.environment},
                stdout=pipe,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.stderr == ""
        assert done.returncode == 141

    def test_an_interrupt_is_quiet(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("callplan.cli.outlook.look_ahead", interrupt)
        assert desk.run("list", code=130).stderr.strip() == ""

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.text(max_size=8), max_size=4))
    def test_no_command_line_meets_a_bug(self, desk: Desk, words: list[str]) -> None:
        for command in ("show", "plan", "log"):
            before = (desk.book / "nordlys.toml").read_bytes()
            result = desk_result(desk, [command, *words])
            assert result != 1
            if result:
                assert (desk.book / "nordlys.toml").read_bytes() == before


def desk_result(desk: Desk, arguments: list[str]) -> int:
    """The exit code of a command line."""
    from click.testing import CliRunner  # noqa: PLC0415

    return CliRunner().invoke(cli, arguments, env=desk.environment, prog_name="callplan").exit_code


class TestColour:
    def on_a_terminal(self, desk: Desk, *arguments: str, **environment: str) -> str:
        """What the command writes to a terminal of 80 columns."""
        main, side = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "callplan", *arguments],
            env={**os.environ, **desk.environment, "TERM": "xterm", **environment},
            stdin=side,
            stdout=side,
            stderr=side,
        ) as process:
            os.close(side)
            shown = b""
            while True:
                try:
                    chunk = os.read(main, 65536)
                except OSError:  # Linux: the other side is closed
                    break
                if not chunk:
                    break
                shown += chunk
            process.wait()
        os.close(main)
        return shown.decode()

    def test_colour_is_on_a_terminal_only_and_honours_no_color(self, desk: Desk) -> None:
        desk.environment.pop("NO_COLOR", None)
        assert "\x1b[" in self.on_a_terminal(desk, "plan", NO_COLOR="")
        assert "\x1b" not in self.on_a_terminal(desk, "plan", NO_COLOR="1")
        assert "\x1b" not in desk.process("plan").stdout

    def test_colour_is_never_the_only_signal(self, desk: Desk) -> None:
        coloured = click.unstyle(self.on_a_terminal(desk, "plan", NO_COLOR="")).replace("\r\n", "\n")
        assert coloured == desk.process("plan").stdout

    def test_a_screen_that_cannot_show_a_letter_gets_a_question_mark(self, desk: Desk) -> None:
        desk.put("aozora", NORDLYS.replace("6d0b", "7d0b").replace("Nordlys Energi", "青空"))
        done = subprocess.run(
            [sys.executable, "-m", "callplan", "list"],
            env={**os.environ, **desk.environment, "PYTHONIOENCODING": "latin-1"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert b"??" in done.stdout

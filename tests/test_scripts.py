"""The scripts of the clone: the demo end to end, and the environment they make, with stand-ins for Python and pip."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ("scripts/demo", "scripts/test", "scripts/bench", "scripts/other-servers", ".ci/run")


def clean_environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CALLPLAN_")} | more


def alive(process: int) -> bool:
    """Whether it runs. A dead one whose parent has not asked yet does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def demo(folder: Path, *options: str) -> str:
    done = subprocess.run(
        [ROOT / "scripts/demo", "--python", sys.executable, "--folder", folder, *options],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


def alike(shown: str) -> str:
    """Without what differs from run to run: the port, the secrets."""
    return re.sub(r"127\.0\.0\.1:\d+|/[fs]/[^/]+/", "", shown)


@pytest.fixture(scope="module")
def three_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """The demo's folder, and what was shown by a first run and, after playing with the book, by one with --keep."""
    folder = tmp_path_factory.mktemp("demo")
    first = demo(folder)
    (folder / "book/nordlys.toml").write_text("company = 'mine'\n", encoding="utf-8")
    second = demo(folder, "--keep")
    server = int((folder / "server.pid").read_text(encoding="utf-8"))
    try:
        yield folder, first, second
    finally:
        assert "Stopped the server" in demo(folder)
        assert not alive(server)


class TestTheDemo:
    def test_it_shows_the_whole_way(self, three_runs: tuple[Path, str, str]) -> None:
        _, shown, _ = three_runs
        for sign in (
            "callplan sync",
            "callplan plan",
            "callplan script",
            "callplan add",
            "/f/",
            "/dav/",
            "212-555-0142",
        ):
            assert sign in shown
        held = re.search(r"now holds (\d+) events", shown)
        assert held
        assert int(held[1]) > 40

    def test_it_stops_the_server_when_it_ends(self, three_runs: tuple[Path, str, str]) -> None:
        assert three_runs[1].endswith("The server is stopped again; with --keep it would go on.\n")

    def test_kept_the_server_goes_on_until_the_next_run(self, three_runs: tuple[Path, str, str]) -> None:
        folder, _, shown = three_runs
        server = int((folder / "server.pid").read_text(encoding="utf-8"))
        assert f"kill {server}" in shown
        assert alive(server)

    def test_a_second_run_shows_the_same(self, three_runs: tuple[Path, str, str]) -> None:
        _, first, second = three_runs
        told = [re.search(r"1\. Twelve.*6\. Where", alike(shown), re.DOTALL) for shown in (first, second)]
        assert told[0]
        assert told[1]
        assert told[0][0] == told[1][0]

    def test_a_book_that_was_played_with_is_put_aside(self, three_runs: tuple[Path, str, str]) -> None:
        folder, _, shown = three_runs
        (aside,) = folder.glob("book.*")
        assert str(aside) in shown
        assert (aside / "nordlys.toml").read_text(encoding="utf-8") == "company = 'mine'\n"
        assert (folder / "book/nordlys.toml").read_bytes() == (ROOT / "samples/applications/nordlys.toml").read_bytes()

    def test_interrupted_it_takes_the_server_along(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [ROOT / "scripts/demo", "--python", sys.executable, "--folder", tmp_path],
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if "is running" in line:
                    break
            server = int((tmp_path / "server.pid").read_text(encoding="utf-8"))
            assert alive(server)
            process.send_signal(signal.SIGTERM)
            process.stdout.read()
            assert process.wait(timeout=60) != 0
        assert not alive(server)

    def test_an_unknown_option_is_told(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [ROOT / "scripts/demo", "--fast"], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert done.returncode == 1
        assert "no option --fast" in done.stderr


class Clone:
    """Just enough of a clone for `environment.sh`, and a `python3` that answers as the test wants."""

    def __init__(self, folder: Path) -> None:
        (folder / "scripts").mkdir()
        for name in ("scripts/environment.sh", "setup.cfg", "pyproject.toml"):
            shutil.copy(ROOT / name, folder / name)
        self.folder = folder
        self.calls = folder / "calls"
        self.calls.touch()

    def python(self, cases: str) -> None:
        """The stand-in: a shell `case` over its arguments; what no case ends goes to the real Python."""
        fake = self.folder / "python3"
        fake.write_text(
            f'#!/bin/sh\necho "$*" >> {self.calls}\ncase "$*" in\n{cases}\nesac\nexec {sys.executable} "$@"\n',
            encoding="utf-8",
        )
        fake.chmod(0o755)

    def make(self, extras: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                "bash", "-c",
                'set -euo pipefail; root=$PWD; . scripts/environment.sh; is_root() { false; }; make_environment "$1"',
                "scripts/demo", extras,
            ],
            cwd=self.folder,
            env=clean_environment(PYTHON=str(self.folder / "python3")),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )  # fmt: skip

    def installations(self) -> int:
        return self.calls.read_text(encoding="utf-8").count(" install ")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


#: pip stands in for itself: it is there, and installs nothing.
WITH_PIP = '  "-m pip --python"*) exit 0 ;;\n  "-m venv --clear --without-pip"*) ;;\n  "-m venv"*) exit 1 ;;'


class TestTheEnvironment:
    def test_without_the_venv_package_a_pip_that_is_there_does(self, clone: Clone) -> None:
        clone.python(WITH_PIP)
        assert clone.make().returncode == 0
        assert (clone.folder / ".venv/pyvenv.cfg").exists()
        assert clone.installations() == 1

    def test_a_second_run_installs_nothing(self, clone: Clone) -> None:
        clone.python(WITH_PIP)
        clone.make()
        before = clone.calls.read_text(encoding="utf-8")
        done = clone.make()
        assert (done.returncode, done.stdout) == (0, "")
        assert clone.calls.read_text(encoding="utf-8") == before

    def test_another_list_of_dependencies_is_installed_anew(self, clone: Clone) -> None:
        clone.python(WITH_PIP)
        clone.make()
        with (clone.folder / "setup.cfg").open("a", encoding="utf-8") as file:
            file.write("# one more\n")
        clone.make()
        assert clone.installations() == 2

    def test_the_tests_need_more_than_the_demo_and_not_the_other_way_round(self, clone: Clone) -> None:
        clone.python(WITH_PIP)
        clone.make()
        clone.make("[test]")
        clone.make("")
        clone.make("[test]")
        assert clone.installations() == 2

    def test_a_failed_installation_shows_why_and_is_tried_again(self, clone: Clone) -> None:
        clone.python('  *" install "*) echo "no such host"; exit 1 ;;\n' + WITH_PIP)
        done = clone.make()
        assert done.returncode == 1
        assert "no such host" in done.stderr
        assert "Is the network there?" in done.stderr
        clone.python(WITH_PIP)
        assert clone.make().returncode == 0

    def test_without_venv_and_pip_it_says_what_to_install(self, clone: Clone) -> None:
        clone.python('  "-m pip"*|"-m venv"*) exit 1 ;;')
        done = clone.make()
        assert done.returncode == 1
        assert re.search(r"sudo apt install python3\.\d+-venv", done.stderr)

    def test_an_older_python_is_refused_with_a_sentence(self, clone: Clone) -> None:
        clone.python('  --version) echo "Python 3.9.2"; exit 0 ;;\n  *) exit 1 ;;')
        done = clone.make()
        assert done.returncode == 1
        assert "needs Python 3.11 or later, and there is only Python 3.9.2 here" in done.stderr

    def test_a_link_to_the_systems_python_is_not_taken_for_an_environment(self, clone: Clone) -> None:
        clone.python(WITH_PIP)
        (clone.folder / ".venv/bin").mkdir(parents=True)
        (clone.folder / ".venv/bin/python").symlink_to("/usr/bin/env")
        assert clone.make().returncode == 0
        assert (clone.folder / ".venv/pyvenv.cfg").exists()


class TestTheRest:
    @pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
    @pytest.mark.parametrize("script", SCRIPTS)
    def test_shellcheck_finds_nothing(self, script: str) -> None:
        done = subprocess.run(["shellcheck", "-x", script], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.stdout == ""

    @pytest.mark.parametrize("script", SCRIPTS)
    def test_every_script_can_be_run(self, script: str) -> None:
        assert os.access(ROOT / script, os.X_OK)

    def test_the_check_before_a_change_is_kept_is_the_test_script(self) -> None:
        lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
        (command,) = [line for line in lines if line and not line.startswith("#")]
        assert command.endswith('/../scripts/test"')

    def test_the_benches_are_listed_and_an_unknown_one_is_told(self) -> None:
        def benches(*names: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, ROOT / "scripts/benches.py", *names], capture_output=True, text=True, check=False
            )

        assert "startup" in benches().stdout
        assert benches("flight").returncode == 2
        assert "There is no bench flight" in benches("flight").stderr

    @pytest.mark.parametrize("picture", ["docs/terminal.svg", "docs/architecture.svg"])
    def test_the_pictures_are_well_formed(self, picture: str) -> None:
        assert ET.parse(ROOT / picture).getroot().tag == "{http://www.w3.org/2000/svg}svg"

    def test_every_link_of_the_documents_leads_somewhere(self) -> None:
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"

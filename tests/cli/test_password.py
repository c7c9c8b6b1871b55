"""A password that is kept nowhere: said before it is typed, asked for at a terminal, and never anywhere else."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from callplan import extras
from callplan.settings import load_settings

from tests.cli.conftest import CONFIG, Desk
from tests.servers import PASSWORD, USERNAME, Server, radicale


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as running:
        running.make_calendar("work")
        yield running


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.delenv("CALLPLAN_PASSWORD", raising=False)


@pytest.fixture
def configured(desk: Desk, server: Server) -> Desk:
    """A desk with a calendar elsewhere, whose password is kept nowhere."""
    calendar = f'\n[calendar]\nurl = "{server.home}work/"\nusername = "{USERNAME}"\n'
    desk.config.write_text(CONFIG + calendar, encoding="utf-8")
    return desk


def _said(text: str) -> str:
    return " ".join(text.split())


def test_login_says_what_becomes_of_the_password_before_it_asks(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = desk.asked(monkeypatch, f"{PASSWORD}\n", "login", f"{server.home}work/", "--username", USERNAME)
    before, _, after = _said(result.output).partition("Password (or app password)")
    assert "The password will not be kept: the keyring package is not installed" in before
    # What is missing comes before the first sync.
    assert 0 < after.index("Next: keep it") < after.index("callplan sync --dry-run")
    assert PASSWORD not in result.output


def test_the_command_that_login_names_next_works(desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.asked(monkeypatch, f"{PASSWORD}\n", "login", f"{server.home}work/", "--username", USERNAME)
    result = desk.asked(monkeypatch, f"{PASSWORD}\n", "sync", "--dry-run")
    assert "Would be:" in result.stdout
    assert PASSWORD not in result.output
    said = _said(result.stderr)
    assert f"Password of {USERNAME}@127.0.0.1" in said
    assert "To keep it:" in said
    assert "callplan[keyring]" in said


def test_doctor_asks_too_and_says_that_it_is_kept_nowhere(configured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    result = configured.asked(monkeypatch, f"{PASSWORD}\n", "doctor")
    said = _said(result.stdout)
    assert f"the one of {USERNAME} is kept nowhere; you typed it" in said
    assert "can be written" in said
    assert PASSWORD not in result.output


def test_it_is_asked_for_once_and_forgotten_afterwards(configured: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    configured.asked(monkeypatch, f"{PASSWORD}\n", "sync")
    configured.asked(monkeypatch, "", "sync", code=130)  # asked anew, and nobody answers


@pytest.mark.parametrize("command", ["sync", "doctor"])
def test_without_a_terminal_nothing_is_asked(configured: Desk, command: str) -> None:
    result = configured.run(command, code=6)
    assert "There is no password for" in _said(result.output)
    assert "Password of" not in result.output


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        (None, 'pip install "callplan[sftp]"'),
        ("pipx_metadata.json", "pipx inject callplan fsspec paramiko"),
        ("uv-receipt.toml", "uv tool install callplan --with fsspec --with paramiko"),
    ],
)
def test_the_command_to_install_an_extra_fits_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str | None, command: str
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    if mark is not None:
        (tmp_path / mark).touch()
    assert extras.command_for("sftp") == command


def test_an_environment_that_is_not_on_the_path_is_installed_into_by_its_own_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert extras.command_for("grammar") == f'{sys.executable} -m pip install "callplan[grammar]"'
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert extras.command_for_package("chunspell") == f"uv pip install --python {sys.executable} chunspell"


def test_no_hint_names_a_command_of_its_own() -> None:
    package = Path(extras.__file__).parent
    written = [
        file.name for file in package.rglob("*.py") if re.search(r"pipx? (install|inject)", file.read_text("utf-8"))
    ]
    assert written == ["extras.py"]


def test_a_server_without_a_calendar_gets_one_and_the_password_is_typed_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with radicale(tmp_path / "bare") as bare:
        address = bare.home.removesuffix(f"{USERNAME}/")
        nobody = desk.run("login", address, "--username", USERNAME, code=2, CALLPLAN_PASSWORD=PASSWORD)
        assert "--make NAME" in nobody.stderr
        typed = f"{PASSWORD}\nAfter interviews\n"
        result = desk.asked(monkeypatch, typed, "login", address, "--username", USERNAME)
        assert "There is no calendar yet. Make one called" in _said(result.stderr)
        assert 'Made "After interviews"' in result.stdout
    calendar = load_settings(desk.config).calendar
    assert calendar is not None
    assert calendar.url.endswith("/after-interviews/")

"""Where files and folders lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from callplan.where import places


def test_what_is_given_goes_before_the_environment(tmp_path: Path) -> None:
    environ = {f"CALLPLAN_{name}": f"/env/{name.lower()}" for name in ("CONFIG", "BOOK", "STATE", "DATA")}
    found = places(config=str(tmp_path / "c.toml"), book=str(tmp_path / "b"), environ=environ)
    assert found.config == tmp_path / "c.toml"
    assert found.book == tmp_path / "b"
    assert found.state == Path("/env/state")
    assert found.data == Path("/env/data")


def test_without_a_word_the_platforms_folders_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("the XDG folders are Linux's")
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    found = places(environ={})
    assert found.config == tmp_path / "CONFIG" / "callplan" / "config.toml"
    assert found.state == tmp_path / "STATE" / "callplan"
    assert found.data == tmp_path / "DATA" / "callplan"
    assert found.book == tmp_path / "DATA" / "callplan" / "book"


def test_an_empty_variable_counts_as_absent_and_a_relative_path_is_made_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    found = places(environ={"CALLPLAN_BOOK": "", "CALLPLAN_DATA": "d", "CALLPLAN_STATE": "s"})
    assert found.data == tmp_path / "d"
    assert found.book == tmp_path / "d" / "book"


def test_the_home_folder_may_be_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert places(book="~/jobs", environ={}).book == tmp_path / "jobs"


def test_each_system_has_its_own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import platformdirs  # noqa: PLC0415
    from platformdirs.macos import MacOS  # noqa: PLC0415
    from platformdirs.windows import Windows  # noqa: PLC0415

    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("platformdirs.windows.get_win_folder", lambda name: str(tmp_path / name))
    for system, part in ((MacOS, "Library"), (Windows, "CSIDL")):
        monkeypatch.setattr(platformdirs, "PlatformDirs", system)
        found = places(environ={})
        for path in (found.config, found.book, found.state, found.data):
            assert part in str(path)
            assert "callplan" in str(path)

"""What is packaged: every file that callplan reads when it runs, types, and bounds that hold together."""

from __future__ import annotations

import configparser
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def setup() -> configparser.ConfigParser:
    known = configparser.ConfigParser()
    known.read(ROOT / "setup.cfg", encoding="utf-8")
    return known


def files_of_the_package() -> list[Path]:
    return [
        path.relative_to(ROOT / "callplan")
        for path in (ROOT / "callplan").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and "__pycache__" not in path.parts
    ]


def test_every_file_that_is_no_module_is_package_data(setup: configparser.ConfigParser) -> None:
    patterns = [one.strip() for one in setup["options.package_data"]["callplan"].split(",")]
    for path in files_of_the_package():
        assert any(fnmatch(path.as_posix(), one.replace("**/", "*")) for one in patterns), path


def test_folders_of_data_are_packaged_too(setup: configparser.ConfigParser) -> None:
    assert setup["options"]["packages"] == "find_namespace:"


def test_callplan_says_that_it_is_typed() -> None:
    assert (ROOT / "callplan" / "py.typed").exists()


def test_the_oldest_versions_are_told_to_pip(setup: configparser.ConfigParser) -> None:
    told = subprocess.run(
        ["python3", "scripts/lowest.py", "setup.cfg"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for line in setup["options"]["install_requires"].strip().splitlines():
        name = line.split(">=")[0].strip()
        assert any(one.startswith(f"{name}==") or one == line for one in told), name

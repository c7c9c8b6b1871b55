"""The man pages are the help, in roff that groff has no complaint about."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from callplan.cli import COMMANDS, cli

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def manpages() -> ModuleType:
    specification = importlib.util.spec_from_file_location("manpages", ROOT / "scripts" / "manpages.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def every_option() -> Iterator[tuple[str, str]]:
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                yield name, parameter.opts[0]


def test_there_is_a_page_for_each_command_with_each_of_its_options(manpages: ModuleType) -> None:
    pages = dict(manpages.pages())
    assert set(pages) == {"callplan.1", *(f"callplan-{name}.1" for name in COMMANDS)}
    for name, option in every_option():
        assert option.replace("-", "\\-") in pages[f"callplan-{name}.1"], (name, option)
    assert all(f"callplan\\-{name}(1)" in pages["callplan.1"] for name in COMMANDS)


def test_groff_reads_them_without_a_warning(manpages: ModuleType, tmp_path: Path) -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not here")
    manpages.main(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        done = subprocess.run(
            ["groff", "-man", "-ww", "-z", "-Tutf8", "-K", "utf8", str(path)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == "", path.name


def test_text_is_never_taken_for_roff(manpages: ModuleType) -> None:
    assert manpages.roff(".SH x\n\\fB'y") == "\\&.SH x\n\\efB\\(aqy"

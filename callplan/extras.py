"""How what is not there yet is installed beside callplan: each way of installing it has its own command."""

from __future__ import annotations

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path


def command_for(extra: str) -> str:
    """The command that adds one of callplan's extras to this very installation."""
    from importlib.metadata import requires  # noqa: PLC0415 - 20 ms, and few miss anything

    of_the_extra = re.compile(rf"([\w.-]+).*;.*\bextra == ['\"]{re.escape(extra)}['\"]")
    found = [match[1] for match in map(of_the_extra.match, requires("callplan") or ()) if match]
    return _command(found, f'"callplan[{extra}]"')


def command_for_package(package: str) -> str:
    """The command that adds a package which callplan needs to this very installation."""
    return _command([package], package)


def _command(packages: list[str], for_pip: str) -> str:
    there = Path(sys.prefix)
    if (there / "pipx_metadata.json").exists():
        return f"pipx inject callplan {' '.join(packages)}"
    if (there / "uv-receipt.toml").exists():
        return f"uv tool install callplan {' '.join(f'--with {package}' for package in packages)}"
    if find_spec("pip") is None:  # an environment that uv made
        return f"uv pip install --python {_quoted(sys.executable)} {for_pip}"
    typed = shutil.which("pip")
    if typed is not None and Path(typed).parent == Path(sys.executable).parent:
        return f"pip install {for_pip}"
    return f"{_quoted(sys.executable)} -m pip install {for_pip}"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path

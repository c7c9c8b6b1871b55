"""How what is not there yet is installed beside callplan: each way of installing it has its own command."""

from __future__ import annotations

import sys
from pathlib import Path


def command_for(extra: str, *packages: str) -> str:
    """The command that adds the extra, whose `packages` these are, to this very installation."""
    there = Path(sys.prefix)
    if (there / "pipx_metadata.json").exists():
        return f"pipx inject callplan {' '.join(packages)}"
    if (there / "uv-receipt.toml").exists():
        return f"uv tool install callplan {' '.join(f'--with {package}' for package in packages)}"
    return f'pip install "callplan[{extra}]"'

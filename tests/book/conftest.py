"""A file of the book to write to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.book.samples import NORDLYS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the contract, in a folder of its own."""
    path = tmp_path / "nordlys.toml"
    path.write_text(NORDLYS, encoding="utf-8")
    return path

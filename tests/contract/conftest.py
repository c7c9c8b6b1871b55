"""A fresh desk for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Settings with plain calling hours, and an empty book."""
    made = Desk(tmp_path)
    made.settle()
    return made

"""The table of the advice says what the tests prove, and nothing more."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def article() -> ModuleType:
    spec = importlib.util.spec_from_file_location("article", ROOT / "scripts" / "article.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(article: ModuleType) -> None:
    assert article.PAGE.read_text(encoding="utf-8") == article.page(), "run scripts/article"


def test_every_marker_names_a_piece_of_advice(article: ModuleType) -> None:
    assert set(article.proofs()) <= {number for part in article.rows().values() for number in part}


def test_every_row_is_proved_or_says_that_it_is_not(article: ModuleType) -> None:
    lines = article.PAGE.read_text(encoding="utf-8").splitlines()
    proofs = article.proofs()
    for part in article.rows().values():
        for number in part:
            row = next(line for line in lines if line.startswith(f"| {number} |"))
            assert ("**not yet**" in row) is (number not in proofs)


def test_the_plan_quotes_no_advice_that_the_table_does_not_have(article: ModuleType) -> None:
    known = {number for part in article.rows().values() for number in part}
    quoted = {
        number
        for path in (ROOT / "callplan" / "plan").glob("*.py")
        for number in re.findall(r'"([1-4]\.\d\.[0a-c]\d?[ab]?|T\.\d)"', path.read_text(encoding="utf-8"))
    }
    assert quoted
    assert quoted <= known

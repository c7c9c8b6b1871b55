from __future__ import annotations

import pytest

from tests.words.snapshots import FOLDER, texts


@pytest.mark.parametrize(("name", "content"), list(texts()), ids=lambda value: value if value.endswith(".txt") else "")
def test_wording_is_as_it_was_last_read_aloud(name: str, content: str) -> None:
    assert content == (FOLDER / name).read_text(encoding="utf-8")

from __future__ import annotations

from functools import cache

import pytest

from tests.words.snapshots import FOLDER, texts


@cache
def written() -> dict[str, str]:
    """Name and content of each text, written when first asked for: collecting the tests needs none of them."""
    return dict(texts())


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_wording_is_as_it_was_last_read_aloud(name: str) -> None:
    assert written()[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_every_text_has_been_read_aloud() -> None:
    assert written().keys() == {path.name for path in FOLDER.iterdir()}

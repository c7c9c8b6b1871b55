"""Where numbers ring is worked out once, and again when the library or a number is new."""

from __future__ import annotations

from pathlib import Path

import pytest
from callplan import kept
from callplan.places import numbers
from callplan.places.ringing import ringing

COPENHAGEN, TOLL_FREE = "+45 32 12 34 56", "+800 1234 5678"


def test_it_is_kept_for_the_version_that_knew_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "numbers.json"
    found = ringing([COPENHAGEN, TOLL_FREE], file)
    assert found[COPENHAGEN] == (("Europe/Copenhagen",), "DK")
    assert found[TOLL_FREE][1] is None
    monkeypatch.setattr(numbers, "zones", lambda _number: ("Mars/Olympus",))
    assert ringing([COPENHAGEN], file) == {COPENHAGEN: found[COPENHAGEN]}
    assert ringing([COPENHAGEN, "+46 31 390 06 12"], file)[COPENHAGEN][0] == ("Mars/Olympus",)
    kept.write(file, {**kept.read(file), "stamp": "phonenumbers-0.0.dist-info"})
    monkeypatch.undo()
    assert ringing([COPENHAGEN], file) == {COPENHAGEN: found[COPENHAGEN]}


@pytest.mark.parametrize("scrap", [b"", b"[]", b'{"stamp": 3}', b'{"numbers": {"+45 32 12 34 56": 7}}'])
def test_a_scrap_counts_as_nothing(tmp_path: Path, scrap: bytes) -> None:
    file = tmp_path / "numbers.json"
    file.write_bytes(scrap)
    assert ringing([COPENHAGEN], file)[COPENHAGEN][1] == "DK"

"""While a file is faulty, its last good version is planned from: what is kept, for how long, and what is not."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from callplan.book.folder import read_book
from callplan.sync.last_good import Completed, completed, forget_copy
from callplan.where import Places

GOOD = """\
id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"
company = "Nordlys Energi"
position = "Data Engineer"
"""
SAVED = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "book").mkdir()
    put(tmp_path / "book", "nordlys", GOOD)
    return Places(tmp_path / "config.toml", tmp_path / "book", tmp_path / "state", tmp_path / "data")


def put(book: Path, name: str, text: str) -> None:
    (book / f"{name}.toml").write_text(text, encoding="utf-8")
    os.utime(book / f"{name}.toml", (SAVED.timestamp(), SAVED.timestamp()))


def look(places: Places) -> Completed:
    return completed(read_book(places.book), places)


def companies(found: Completed) -> list[str]:
    return [one.company for one in found.book.applications]


def test_a_faulty_file_counts_as_it_was_last_saved_in_good_order(places: Places) -> None:
    assert look(places) == Completed(read_book(places.book), {}, ())
    (places.book / "nordlys.toml").write_text(GOOD.replace('Energi"', "Energi"), encoding="utf-8")
    found = look(places)
    assert companies(found) == ["Nordlys Energi"]
    assert (found.book.faulty, found.saved, found.missing) == (("nordlys",), {"nordlys": SAVED}, ())
    put(places.book, "nordlys", GOOD.replace("Energi", "Strøm"))  # as many bytes, saved at the same moment
    assert companies(look(places)) == ["Nordlys Strøm"]
    (places.book / "nordlys.toml").write_text("company = ", encoding="utf-8")
    assert companies(look(places)) == ["Nordlys Strøm"]


def test_what_was_never_read_well_is_missing(places: Places) -> None:
    put(places.book, "hudson", "company = ")
    found = look(places)
    assert (companies(found), found.missing) == (["Nordlys Energi"], ("hudson",))


def test_a_copy_in_conflict_is_not_missing(places: Places) -> None:
    put(places.book, "nordlys.sync-conflict-20261116-123000-ABCDEFG", GOOD)
    found = look(places)
    assert (companies(found), found.missing) == (["Nordlys Energi"], ())
    assert found.book.faults


def test_what_left_the_book_leaves_the_copies(places: Places) -> None:
    look(places)
    (places.book / "nordlys.toml").unlink()
    assert companies(look(places)) == []
    put(places.book, "nordlys", "company = ")
    assert look(places).missing == ("nordlys",)


def test_a_file_under_another_name_is_not_shown_twice(places: Places) -> None:
    look(places)
    (places.book / "nordlys.toml").write_text("company = ", encoding="utf-8")
    put(places.book, "nordlys-energi", GOOD)
    found = look(places)
    assert ([one.name for one in found.book.applications], found.missing) == (["nordlys-energi"], ())


def test_of_two_files_with_one_id_the_first_goes_on(places: Places) -> None:
    look(places)
    put(places.book, "copy", GOOD)
    found = look(places)
    assert ([one.name for one in found.book.applications], found.missing) == (["nordlys"], ("copy",))


def test_a_copy_is_private_and_can_be_erased(places: Places) -> None:
    look(places)
    [copy] = (path for path in places.state.rglob("*") if path.is_file())
    assert copy.stat().st_mode & 0o077 == 0
    assert copy.parent.stat().st_mode & 0o077 == 0
    forget_copy(places, "nordlys")
    forget_copy(places, "nobody")
    assert not copy.exists()


def test_where_nothing_can_be_written_nothing_is_kept(places: Places) -> None:
    places.state.write_text("no folder", encoding="utf-8")
    assert companies(look(places)) == ["Nordlys Energi"]
    (places.book / "nordlys.toml").write_text("company = ", encoding="utf-8")
    assert look(places).missing == ("nordlys",)

"""Files that have not changed are not parsed again, and what is kept never outlives its file."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from callplan.book import unchanged
from callplan.book.folder import read_book

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "applications"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "state" / "applications.pickle"


def test_what_is_kept_equals_what_is_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_book(SAMPLES, kept)
    monkeypatch.setattr(unchanged, "parse_application", None)  # nothing is parsed any more
    assert read_book(SAMPLES, kept) == first == read_book(SAMPLES)
    assert kept.stat().st_mode & 0o077 == 0


def test_a_file_is_known_by_its_content_and_not_by_its_time(tmp_path: Path, kept: Path) -> None:
    text = (SAMPLES / "nordlys.toml").read_text(encoding="utf-8")
    file = tmp_path / "book" / "nordlys.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    (company,) = {one.company for one in read_book(file.parent, kept).applications}
    before = file.stat()
    file.write_text(text.replace(company, company[::-1]), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [one.company for one in read_book(file.parent, kept).applications] == [company[::-1]]
    file.rename(file.with_name("renamed.toml"))
    assert [one.name for one in read_book(file.parent, kept).applications] == ["renamed"]


def test_a_faulty_file_is_read_again_each_time(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "broken.toml").write_text("company = ", encoding="utf-8")
    assert read_book(tmp_path, kept).faults == read_book(tmp_path, kept).faults != ()


class _Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("made-by-a-pickle",)


@pytest.mark.parametrize("octets", [b"", b"\x80\x05garbage", pickle.dumps(_Hostile()), pickle.dumps((None, 3))])
def test_a_kept_file_that_is_damaged_or_hostile_counts_as_none(
    kept: Path, octets: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept.parent.mkdir()
    kept.write_bytes(octets)
    assert read_book(SAMPLES, kept) == read_book(SAMPLES)
    assert not Path("made-by-a-pickle").exists()


def test_another_version_reads_everything_itself(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_book(SAMPLES, kept)
    monkeypatch.setattr("callplan.__version__", "999")
    assert unchanged.Unchanged(kept)._known == {}

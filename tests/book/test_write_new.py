"""The file of a new application: for the user alone, and never in the place of another."""

from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from callplan.book.read import read_application
from callplan.book.types import Person, Round
from callplan.book.write import create_application
from callplan.errors import RecordError

from tests.book.samples import files


def test_a_new_application_is_written_for_the_user_alone(tmp_path: Path) -> None:
    start = datetime(2026, 11, 16, 10, tzinfo=UTC)
    path = create_application(
        tmp_path / "book",
        company="Nordlys Energi A/S",
        position="Data Engineer",
        timezone="Europe/Copenhagen",
        people=[Person("Mette Holm", phone="+45 32 12 34 56")],
        rounds=[Round(start, start.replace(hour=11), end_assumed=True, panel=("Mette Holm",))],
    )
    assert path == tmp_path / "book" / "nordlys-energi-a-s.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    application = read_application(path)
    assert application.rounds[0].start == start
    assert files(path.parent) == [path.name]


def test_a_new_application_never_takes_the_place_of_another(tmp_path: Path) -> None:
    names = [create_application(tmp_path, company="Nordlys", position=f"Job {n}").name for n in range(3)]
    assert names == ["nordlys.toml", "nordlys-2.toml", "nordlys-3.toml"]
    assert [read_application(tmp_path / name).position for name in names] == ["Job 0", "Job 1", "Job 2"]
    assert len({read_application(tmp_path / name).id for name in names}) == 3


def test_a_disk_without_hard_links_gets_a_new_application_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    names = [create_application(tmp_path, company="Nordlys", position="Job").name for _ in range(2)]
    assert files(tmp_path) == sorted(names) == ["nordlys-2.toml", "nordlys.toml"]


def test_a_new_application_that_is_not_right_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as refusal:
        create_application(
            tmp_path / "book", company="", position="x", country="dk", people=[Person("Ida", phone="12")]
        )
    assert [line.split(" ")[0] for line in str(refusal.value).split("\n")] == ["country:", "people.phone:", "company"]
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a\x1bb", "x.sync-conflict-1", " x", "\ud800"])
def test_a_name_that_no_file_should_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError):
        create_application(tmp_path, company="Nordlys", position="x", name=name)
    assert files(tmp_path) == []

"""The listing is kept between runs, and never a moment longer than it holds."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from callplan.cli.listing import holds_until
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import HUDSON, NORDLYS, Desk

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture
def settled(desk: Desk) -> Desk:
    """A desk whose files are some seconds old, so that a listing is kept."""
    age(desk)
    return desk


def age(desk: Desk) -> None:
    past = time.time() - 10
    for path in (*desk.book.glob("*.toml"), desk.config):
        os.utime(path, (past, past))


def plans(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one with every plan that is made."""
    from callplan.cli import outlook  # noqa: PLC0415

    made: list[int] = []
    real = outlook.look_ahead

    def counting(*arguments: object) -> object:
        made.append(1)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("callplan.cli.outlook.look_ahead", counting)
    return made


def test_a_second_run_makes_no_plan_and_says_the_same(settled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plans(monkeypatch)
    first = (settled.run("list").stdout, settled.run("list", "--json").stdout)
    second = (settled.run("list").stdout, settled.run("list", "--json").stdout)
    assert first == second
    assert len(made) == 1


def _edit(desk: Desk) -> None:
    desk.put("nordlys", NORDLYS.replace("Data Engineer", "Data Enginees"))


def _touch_in_place(desk: Desk) -> None:
    with (desk.book / "nordlys.toml").open("r+", encoding="utf-8") as file:
        file.write("# my Favourite")


def _settings(desk: Desk) -> None:
    desk.config.write_text(desk.config.read_text().replace("Anna", "Anne"), encoding="utf-8")


@pytest.mark.parametrize("command", ["list", "plan", "next", "today"])
def test_a_book_with_nothing_but_faulty_files_is_not_called_empty(empty: Desk, command: str) -> None:
    assert "The book is empty" in empty.run(command).stdout
    empty.put("nordlys", "company = ")
    result = empty.run(command, code=4)
    assert "No file of the book can be read." in result.stdout
    assert "nordlys.toml, line 1" in result.stderr


@pytest.mark.parametrize(
    "change",
    [
        _edit,
        _touch_in_place,
        _settings,
        lambda desk: (desk.book / "hudson.toml").unlink(),
        lambda desk: desk.put("third", HUDSON.replace("0b2f7a51", "1b2f7a51")),
        lambda desk: desk.run("log", "nordlys", "thank-you", "sent"),
        lambda desk: desk.run("sync"),
        lambda desk: setattr(desk, "now", "2026-11-16T12:45:00+01:00"),
        lambda desk: setattr(desk, "now", "2026-11-16T12:29:59+01:00"),
    ],
)
def test_any_change_makes_it_anew(
    settled: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[[Desk], object]
) -> None:
    settled.run("list")
    change(settled)
    made = plans(monkeypatch)
    settled.run("list")
    assert made


def test_a_book_with_faults_is_never_kept(settled: Desk) -> None:
    settled.put("broken", "company = 3\n")
    age(settled)
    for _ in range(2):
        assert "broken.toml" in settled.run("list", code=4).stderr


@pytest.mark.parametrize("scrap", [b"", b"[]", b"{}", b'{"since": 3}', b"\xff", b'{"since":"x","until":"y"}'])
def test_a_scrap_in_its_place_is_no_error(settled: Desk, scrap: bytes) -> None:
    before = settled.run("list").stdout
    (path,) = (settled.folder / "state").glob("listing-*.json")
    path.write_bytes(scrap)
    assert settled.run("list").stdout == before


def test_it_is_for_the_user_alone(settled: Desk) -> None:
    settled.run("list")
    (path,) = (settled.folder / "state").glob("listing-*.json")
    assert path.stat().st_mode & 0o077 == 0


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with all the samples."""
    desk = Desk(tmp_path_factory.mktemp("samples"))
    for path in (SAMPLES / "applications").glob("*.toml"):
        shutil.copy(path, desk.book)
    return desk


@settings(max_examples=20 * int(os.environ.get("CALLPLAN_FUZZ", "1")), deadline=None)
@given(
    st.datetimes(datetime(2026, 11, 1), datetime(2027, 1, 31)).map(lambda one: one.replace(tzinfo=UTC)),
    st.floats(0, 1, exclude_max=True),
)
def test_until_it_ends_a_new_one_would_say_the_same(samples: Desk, now: datetime, part: float) -> None:
    from callplan.book.folder import read_book  # noqa: PLC0415
    from callplan.cli.frame import Frame  # noqa: PLC0415
    from callplan.cli.list import _moments, rows_of  # noqa: PLC0415
    from callplan.cli.outlook import look_ahead  # noqa: PLC0415

    def rows(at: datetime) -> tuple[object, datetime]:
        frame = Frame()
        frame.config, frame.book_folder, frame.state = str(samples.config), str(samples.book), f"{samples.folder}/state"
        frame.replayed = at.isoformat()
        outlook = look_ahead(frame, read_book(samples.book))
        return rows_of(outlook), holds_until(at, _moments(outlook))

    first, until = rows(now)
    assert now < until <= now + timedelta(minutes=15)
    later = min(now + (until - now) * part, until - timedelta(microseconds=1))
    assert rows(later)[0] == first

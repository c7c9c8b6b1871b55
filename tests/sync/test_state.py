"""What is remembered between runs, who may read it, and what happens to a file that is not ours."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from callplan.errors import DecisionError, RecordError
from callplan.sync.memory import Kept, Known
from callplan.sync.reconcile import agreed_on
from callplan.sync.state import Since, State, state_path
from callplan.sync.state_file import published_starts
from callplan.where import Places

from tests.sync.build import NOW, event, events, places, uid


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return places(tmp_path / "anna")


def _all_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_only_the_owner_can_read_it(where: Places) -> None:
    with State.open(where) as state:
        state.revise(events(2), NOW)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in where.state.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(where.state.stat().st_mode) == 0o700


def test_a_file_others_could_read_is_closed_to_them(where: Places) -> None:
    with State.open(where):
        pass
    state_path(where).chmod(0o644)
    with State.open(where):
        assert stat.S_IMODE(state_path(where).stat().st_mode) == 0o600


def test_reading_makes_nothing(where: Places) -> None:
    with State.open(where, read_only=True) as state:
        assert state.memory() == {}
        assert published_starts(where) == {}
        assert state.since("x") == Since()
        assert [one.sequence for one in state.revise(events(2), NOW)] == [1, 1]
    assert not where.state.exists()


def test_reading_leaves_no_files_beside_the_state(where: Places) -> None:
    with State.open(where) as state:
        state.revise(events(2), NOW)
    before = _all_files(where.state)
    with State.open(where, read_only=True) as state:
        assert len(published_starts(where)) == 2
        state.revise([event(5)], NOW)
    assert _all_files(where.state) == before
    with State.open(where, read_only=True) as state:
        assert len(state.memory()) == 2


def test_what_another_process_is_writing_can_be_read(where: Places) -> None:
    with State.open(where) as writing:
        writing.revise(events(3), NOW)
        with State.open(where, read_only=True) as reading:
            assert len(reading.memory()) == 3


def test_each_book_has_its_own_state_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "anna" / "book").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "anna" / "book")
    one = places(tmp_path / "anna")
    linked = Places(one.config, tmp_path / "link", one.state, one.data)
    other = Places(one.config, tmp_path / "anna" / "other", one.state, one.data)
    assert state_path(one) == state_path(linked)
    assert state_path(one) != state_path(other)


def test_equal_events_keep_their_history(where: Places) -> None:
    with State.open(where) as state:
        first = state.revise(events(3), NOW)
    with State.open(where) as state:
        assert state.revise(events(3), NOW + timedelta(days=3)) == first


def test_a_real_change_counts_on_and_is_dated(where: Places) -> None:
    later = NOW + timedelta(hours=2)
    with State.open(where) as state:
        state.revise(events(2), NOW)
        changed = state.revise([event(0), event(1, summary="Call now")], later)
    assert [(one.sequence, one.modified) for one in changed] == [(1, NOW), (2, later)]


def test_everything_comes_back_as_it_was_stored(where: Places) -> None:
    known = Known(
        uid(1), "nordlys", "f" * 64, 7, NOW, NOW, {"when": Kept("20261203T080000Z/20261203T081500Z", "x")},
        "Ask for Jonas.\nÆøå 🎉", ("COLOR:tomato", "X-A;B=C:d"), True,
    )  # fmt: skip
    row = agreed_on("/anna/x.ics", '"etag"', event(1))
    since = Since("token", NOW)
    with State.open(where) as state:
        state.settle("https://cal.example/", agreed=[row], memory={known.uid: known}, since=since)
    with State.open(where, read_only=True) as state:
        assert state.memory() == {known.uid: known}
        assert state.agreed("https://cal.example/") == {uid(1): row}
        assert state.agreed("https://other.example/") == {}
        assert state.since("https://cal.example/") == since
        assert state.items_elsewhere("https://other.example/") == {"https://cal.example/": 1}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be one" * 40, b"x", b"\0" * 5000])
def test_a_damaged_file_is_told_and_left_as_it_is(where: Places, content: bytes, read_only: bool) -> None:
    where.state.mkdir(parents=True)
    state_path(where).write_bytes(content)
    with pytest.raises(RecordError, match="damaged or not callplan's") as caught:
        State.open(where, read_only=read_only)
    assert "Move it away" in str(caught.value)
    assert state_path(where).read_bytes() == content


def test_somebody_elses_database_is_told_and_left_as_it_is(where: Places) -> None:
    where.state.mkdir(parents=True)
    with sqlite3.connect(state_path(where)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(RecordError, match="not callplan's"):
        State.open(where)


def test_a_newer_state_is_told(where: Places) -> None:
    with State.open(where):
        pass
    with sqlite3.connect(state_path(where)) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(RecordError, match="newer callplan"):
        State.open(where)


@pytest.mark.parametrize("version", [1, 2])
def test_an_earlier_state_is_read_as_it_is_and_brought_up_to_date_to_write(where: Places, version: int) -> None:
    with State.open(where) as state:
        state.revise(events(2), NOW)
        state.settle("calls", since=Since("token", NOW))
    with closing(sqlite3.connect(state_path(where))) as earlier:
        if version == 1:
            earlier.execute("ALTER TABLE published DROP COLUMN home")
        earlier.execute("ALTER TABLE published DROP COLUMN seen")
        earlier.execute("ALTER TABLE calendars DROP COLUMN one_by_one")
        earlier.execute(f"PRAGMA user_version = {version}")
        earlier.commit()
    for read_only in (True, False):
        with State.open(where, read_only=read_only) as state:
            assert {(known.seen, known.home, known.sequence) for known in state.memory().values()} == {(-1, (), 1)}
            assert state.since("calls") == Since("token", NOW)
            assert not state.takes_one_by_one("calls")
    with State.open(where) as state:
        state.note_one_by_one("calls")
        state.settle("calls", since=Since("next", NOW))
        assert state.takes_one_by_one("calls")


def test_damage_found_while_reading_is_told(where: Places) -> None:
    with State.open(where) as state:
        state.revise(events(200), NOW)
    path = state_path(where)
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    with State.open(where, read_only=True) as state, pytest.raises(RecordError, match="damaged"):
        state.memory()


def test_a_second_sync_of_the_same_book_is_kept_out(where: Places) -> None:
    with State.open(where) as one, State.open(where) as two, one.locked():
        with pytest.raises(DecisionError, match="Another callplan sync") as caught, two.locked():
            pass
        assert caught.value.exit_code == 7
    with State.open(where) as after, after.locked():
        pass


def test_the_lock_dies_with_its_process(where: Places) -> None:
    code = (
        "import os, sys; from pathlib import Path; from tests.sync.build import places; "
        "from callplan.sync.state import State; state = State.open(places(Path(sys.argv[1]))); "
        "lock = state.locked(); lock.__enter__(); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(where.config.parent)], check=False)
    assert done.returncode == 9
    with State.open(where) as state, state.locked():
        pass


def test_the_feed_can_count_while_a_sync_is_at_work(where: Places) -> None:
    with State.open(where) as syncing, syncing.locked(), State.open(where) as feed:
        feed.revise(events(1), NOW)
        syncing.revise(events(2), NOW)
        assert len(feed.memory()) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(where: Places) -> None:
    where.state.mkdir(parents=True)
    where.state.chmod(0o500)
    with pytest.raises(RecordError, match="cannot be opened"):
        State.open(where)

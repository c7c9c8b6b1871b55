"""Publishing: an unguessable name that stays, whole files only, and none without need or with a fault."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from callplan.errors import RecordError, ServerError, UsageError
from callplan.web.publish import publish, published_url, watch
from callplan.web.sources import take
from callplan.web.stores import shown
from callplan.where import Places

from tests.web.book import NOW, sample_places
from tests.web.scene import places_in


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return sample_places(tmp_path)


@pytest.fixture
def feed(places: Places) -> bytes:
    return take(places, NOW).feed


def test_a_folder_gets_one_file_of_an_unguessable_name(places: Places, feed: bytes, tmp_path: Path) -> None:
    done = publish(places, str(tmp_path / "web" / "deep"), feed)
    [file] = (tmp_path / "web" / "deep").iterdir()
    assert done.where == str(file)
    assert file.read_bytes() == feed
    assert len(file.stem) >= 24
    assert file.suffix == ".ics"
    assert file.stat().st_mode & 0o777 == 0o644
    assert done.events == feed.count(b"BEGIN:VEVENT")


def test_the_name_stays_and_the_file_is_written_only_when_it_changed(
    places: Places, feed: bytes, tmp_path: Path
) -> None:
    first = publish(places, str(tmp_path / "web"), feed)
    stamp = Path(first.where).stat().st_mtime_ns
    second = publish(places, str(tmp_path / "web"), feed)
    assert (first.written, second.written, second.where) == (True, False, first.where)
    assert Path(first.where).stat().st_mtime_ns == stamp
    changed = publish(places, str(tmp_path / "web"), feed.replace(b"COLOR:steelblue", b"COLOR:teal"))
    assert (changed.written, changed.where) == (True, first.where)
    assert publish(places, str(tmp_path / "web"), feed, force=True).written
    Path(first.where).unlink()
    assert publish(places, str(tmp_path / "web"), feed).written


def test_a_new_name_takes_the_old_address_back(places: Places, feed: bytes, tmp_path: Path) -> None:
    first = publish(places, str(tmp_path / "web"), feed)
    second = publish(places, str(tmp_path / "web"), feed, renamed=True)
    assert second.where != first.where
    assert [str(file) for file in (tmp_path / "web").iterdir()] == [second.where]
    assert publish(places, str(tmp_path / "web"), feed).where == second.where


def test_each_target_has_a_name_of_its_own(places: Places, feed: bytes, tmp_path: Path) -> None:
    names = {Path(publish(places, str(tmp_path / name), feed).where).name for name in ("a", "b")}
    assert len(names) == 2


def test_the_address_on_the_web_is_remembered(places: Places, feed: bytes, tmp_path: Path) -> None:
    done = publish(places, str(tmp_path / "web"), feed, "https://anna.example/calendars/")
    assert done.url == f"https://anna.example/calendars/{Path(done.where).name}"
    assert publish(places, str(tmp_path / "web"), feed).url == done.url
    assert published_url(places) == done.url


def test_a_faulty_calendar_is_not_published(places: Places, feed: bytes, tmp_path: Path) -> None:
    done = publish(places, str(tmp_path / "web"), feed)
    with pytest.raises(RecordError, match="was not published"):
        publish(places, str(tmp_path / "web"), feed.replace(b"DTSTAMP", b"X-STAMP"))
    assert Path(done.where).read_bytes() == feed


def test_what_cannot_be_reached_is_a_sentence_without_the_password(places: Places, feed: bytes) -> None:
    with pytest.raises((UsageError, ServerError)) as told:
        publish(places, "nosuch://anna:geheim@host.example/x", feed)
    assert "geheim" not in str(told.value)
    with pytest.raises(UsageError, match="--url"):
        publish(places, "/tmp/x", feed, "cal.example")


def test_a_folder_that_cannot_be_written_is_a_sentence(places: Places, feed: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ServerError, match="cannot be written"):
        publish(places, str(tmp_path / "file"), feed)


def test_a_far_store_gets_the_file_too(places: Places, feed: bytes) -> None:
    fsspec = pytest.importorskip("fsspec")
    done = publish(places, "memory://bucket/calendars", feed)
    memory = fsspec.filesystem("memory")
    [file] = memory.ls("/bucket/calendars", detail=False)
    assert memory.cat_file(file) == feed
    assert done.where == f"memory://bucket/calendars/{file.rsplit('/', 1)[1]}"
    assert not publish(places, "memory://bucket/calendars", feed).written


def test_a_store_that_has_no_whole_writes_gets_the_file_moved_in(places: Places, feed: bytes, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    publish(places, f"local://{tmp_path}/far", feed)
    [file] = (tmp_path / "far").iterdir()
    assert file.read_bytes() == feed


def test_watching_publishes_once_for_each_change() -> None:
    seen = iter(("a", "a", "b", "b", "b", "c", "c"))
    stops = iter((False, False, False, False, False, False, True))
    published: list[int] = []

    def once() -> bool:
        published.append(1)
        return True

    watch(once, lambda: next(seen), lambda _: next(stops), 0.0)
    assert len(published) == 3


def test_what_failed_while_watching_is_tried_again_after_a_minute() -> None:
    answers, tried = iter((True, False, True)), []
    looks = iter(range(100))
    signs = iter(["a", "b"] + ["b"] * 98)
    at = -1

    def once() -> bool:
        tried.append(at)
        return next(answers)

    def wait(_: float) -> bool:
        nonlocal at
        at = next(looks)
        return at > 40

    watch(once, lambda: next(signs), wait, 5.0)
    assert tried == [-1, 0, 12]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sftp://anna:geheim@host.example/c", "sftp://host.example/c"),
        ("sftp://anna:ge/heim@host.example/c", "sftp://host.example/c"),
        ("sftp://anna:ge@heim@host.example/c", "sftp://host.example/c"),
        (
            "webdav+https://cloud.example/dav/anna@dahl.example/c",
            "webdav+https://cloud.example/dav/anna@dahl.example/c",
        ),
        ("s3://bucket/c", "s3://bucket/c"),
        ("/home/anna/c", "/home/anna/c"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, told: str) -> None:
    assert shown(address) == told


def test_the_command_publishes_watches_and_ends(tmp_path: Path) -> None:
    places = sample_places(tmp_path)
    environment = {
        "CALLPLAN_CONFIG": str(places.config), "CALLPLAN_BOOK": str(places.book), "CALLPLAN_STATE": str(places.state),
        "CALLPLAN_DATA": str(places.data), "CALLPLAN_NOW": NOW.isoformat(), "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    command = [sys.executable, "-m", "callplan", "publish", str(tmp_path / "web"), "--watch"]
    watching = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert watching.stdout is not None
    assert watching.stdout.readline().startswith("Published: ")
    watching.send_signal(signal.SIGTERM)
    began = time.monotonic()
    assert watching.wait(timeout=20) == 0
    assert time.monotonic() - began < 10
    watching.stdout.close()
    assert len(list((tmp_path / "web").glob("*.ics"))) == 1
    assert places_in(tmp_path) == places

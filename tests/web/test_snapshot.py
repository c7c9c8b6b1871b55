"""The last look: when it is taken anew, and what the feed's validators say."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from callplan.web import snapshot
from callplan.web.snapshot import LONGEST, stamp, valid_until

from tests.web.scene import CALL, LETTER, NOW, Scene


def test_nothing_is_worked_out_twice_while_nothing_changes(tmp_path: Path) -> None:
    scene = Scene()
    kept = scene.kept(tmp_path)
    feeds = [kept.feed() for _ in range(5)]
    assert scene.looks == 1
    assert len(set(feeds)) == 1


def test_a_changed_file_is_seen_by_the_next_request(tmp_path: Path) -> None:
    scene = Scene()
    kept = scene.kept(tmp_path)
    before = kept.feed()
    scene.feed, scene.sign, scene.now = b"other", 1, NOW + timedelta(minutes=1)
    after = kept.feed()
    assert (after.body, after.changed) == (b"other", scene.now)
    assert after.etag != before.etag


def test_a_look_runs_out_at_its_time(tmp_path: Path) -> None:
    scene = Scene()
    kept = scene.kept(tmp_path)
    kept.feed()
    scene.now += LONGEST
    kept.feed()
    assert scene.looks == 2


def test_a_look_that_wrote_to_the_state_is_taken_once_more(tmp_path: Path) -> None:
    scene = Scene()
    wrote = iter([1, 2])
    take = scene.take

    def writing(now):  # type: ignore[no-untyped-def]
        scene.sign = next(wrote, 2)
        return take(now)

    scene.take = writing  # type: ignore[method-assign]
    kept = scene.kept(tmp_path)
    kept.feed()
    settled = scene.looks
    kept.feed()
    assert scene.looks == settled


def test_the_first_change_is_that_of_the_newest_event(tmp_path: Path) -> None:
    scene = Scene()
    assert scene.kept(tmp_path).feed().changed == scene.newest


def test_unchanged_bytes_keep_their_date_over_a_restart(tmp_path: Path) -> None:
    scene = Scene()
    before = scene.kept(tmp_path).feed()
    scene.now += timedelta(days=3)
    scene.newest = scene.now
    assert scene.kept(tmp_path).feed() == before


def test_a_withdrawn_event_moves_the_date_though_no_event_is_newer(tmp_path: Path) -> None:
    scene = Scene()
    kept = scene.kept(tmp_path)
    kept.feed()
    scene.feed, scene.sign, scene.now = b"less", 1, NOW + timedelta(hours=1)
    assert kept.feed().changed == scene.now


def test_two_changes_within_a_second_have_two_dates(tmp_path: Path) -> None:
    scene = Scene(newest=NOW)
    kept = scene.kept(tmp_path)
    dates = [kept.feed().changed]
    for number in range(1, 4):
        scene.feed, scene.sign = b"%d" % number, number
        dates.append(kept.feed().changed)
    assert len(set(dates)) == 4
    assert dates == sorted(dates)


def test_a_failure_leaves_the_last_feed_standing(tmp_path: Path) -> None:
    scene = Scene()
    kept = scene.kept(tmp_path)
    good = kept.feed()
    scene.fails, scene.sign = True, 1
    assert kept.feed() == good
    scene.fails, scene.feed = False, b"back"
    assert kept.feed().body == b"back"


def test_a_failure_at_the_first_look_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="disk"):
        Scene(fails=True).kept(tmp_path).feed()


def test_no_request_waits_while_another_works_the_plan_out(tmp_path: Path) -> None:
    scene = Scene()
    begun, go_on = threading.Event(), threading.Event()
    take = scene.take

    def slow(now):  # type: ignore[no-untyped-def]
        if scene.sign:
            begun.set()
            go_on.wait(10)
        return take(now)

    scene.take = slow  # type: ignore[method-assign]
    kept = scene.kept(tmp_path)
    before = kept.feed()
    scene.feed, scene.sign = b"new", 1
    first = threading.Thread(target=kept.feed)
    first.start()
    assert begun.wait(10)
    assert kept.feed() == before  # at once: the other is still at work
    go_on.set()
    first.join(10)
    assert kept.feed().body == b"new"


def test_a_look_that_takes_too_long_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PATIENCE_SECONDS", 0.01)
    scene = Scene()
    go_on, take = threading.Event(), scene.take

    def dead(now):  # type: ignore[no-untyped-def]
        if scene.sign:
            go_on.wait(10)
        return take(now)

    scene.take = dead  # type: ignore[method-assign]
    kept = scene.kept(tmp_path)
    before = kept.feed()
    scene.feed, scene.sign = b"new", 1
    assert kept.feed() == before
    go_on.set()
    monkeypatch.setattr(snapshot, "PATIENCE_SECONDS", 10.0)
    for thread in threading.enumerate():
        if thread.name == "callplan-look":
            thread.join(10)
    assert kept.feed().body == b"new"


def test_a_look_is_valid_until_the_next_edge_of_a_step() -> None:
    midnight = NOW + timedelta(hours=14)
    near = NOW + timedelta(minutes=3)

    assert valid_until([replace(CALL, due=near), LETTER], midnight, NOW) == near
    assert valid_until([CALL, LETTER], midnight, NOW) == NOW + LONGEST
    assert valid_until([], NOW + timedelta(minutes=1), NOW) == NOW + timedelta(minutes=1)
    assert valid_until([replace(CALL, start=NOW)], midnight, NOW) > NOW


def test_a_stamp_differs_once_the_file_does(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    assert stamp(file) is None
    file.write_text("1")
    one = stamp(file)
    assert stamp(file) == one
    other = tmp_path / "b.toml"
    other.write_text("2")
    other.replace(file)
    assert stamp(file) != one

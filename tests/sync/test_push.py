"""One calendar, from nothing to quiet: what a sync writes, how often it asks, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from callplan.errors import DecisionError

from tests.sync.build import NOW, event, events, owners, uid
from tests.sync.desk import Desk

FOREIGN = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a phone//EN\r\nBEGIN:VEVENT\r\nUID:dentist-1\r\n"
    "DTSTAMP:20261101T090000Z\r\nDTSTART:20261202T090000Z\r\nDTEND:20261202T093000Z\r\nSUMMARY:Dentist\r\n"
    "CATEGORIES:callplan\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def put_foreign(desk: Desk, name: str = "dentist-1.ics", text: str = FOREIGN) -> None:
    status, body, _ = desk.server.request(
        "PUT", desk.url + name, text.encode(), {"Content-Type": "text/calendar; charset=utf-8"}
    )
    assert status == 201, body


def test_the_first_sync_writes_every_event_under_its_uid(desk: Desk) -> None:
    report = desk.sync(events(5))
    assert len(report.created) == 5
    items = desk.items()
    assert sorted(items) == sorted(f"{uid(number)}.ics" for number in range(5))
    assert "SUMMARY:Call Mette Holm\\, Nordlys Energi (3)" in items[f"{uid(3)}.ics"]


@pytest.mark.parametrize("count", [1, 12, 51])
def test_a_first_push_of_n_takes_at_most_n_and_two_requests(desk: Desk, count: int) -> None:
    desk.sync(events(count))
    assert desk.proxy.count("PUT") == count
    looks = (
        1 if count <= 50 or desk.server.name not in ("icloud", "gmx") else 2
    )  # no strong ETag: looked at, 50 at a time
    assert desk.proxy.count() <= count + 1 + looks


def test_new_items_are_only_written_where_nothing_stands(desk: Desk) -> None:
    desk.sync(events(3))
    assert all(one.headers["if-none-match"] == "*" for one in desk.proxy.seen if one.method == "PUT")


def test_a_sync_with_nothing_to_do_takes_one_request(desk: Desk) -> None:
    desk.sync(events(12))
    for _ in range(3):
        report = desk.sync(events(12))
        assert desk.proxy.count() == 1
        assert (report.changes, report.unchanged) == (0, 12)


@pytest.mark.advice("B1")
def test_a_changed_event_is_written_once_against_its_version(desk: Desk) -> None:
    desk.sync(events(4))
    later = [*events(3), event(3, summary="Call Mette Holm again")]
    report = desk.sync(later, NOW + timedelta(hours=1))
    assert [line.summary for line in report.updated] == ["Call Mette Holm again"]
    puts = [one for one in desk.proxy.seen if one.method == "PUT"]
    assert len(puts) == 1 + desk.repeats
    assert all(put.headers["if-match"].startswith('"') for put in puts)
    assert "SEQUENCE:2" in desk.items()[f"{uid(3)}.ics"]
    desk.sync(later, NOW + timedelta(hours=2))
    assert desk.proxy.count() == 1


@pytest.mark.advice("B1")
def test_an_event_no_longer_wanted_is_removed_and_no_other(desk: Desk) -> None:
    desk.sync(events(4))
    report = desk.sync(events(3))
    assert len(report.deleted) == 1
    (delete,) = [one for one in desk.proxy.seen if one.method == "DELETE"]
    assert delete.headers["if-match"].startswith('"')
    assert sorted(desk.items()) == sorted(f"{uid(number)}.ics" for number in range(3))


def test_foreign_events_are_never_touched(desk: Desk) -> None:
    put_foreign(desk)
    before = desk.items()["dentist-1.ics"]
    desk.sync(events(3))
    desk.sync(events(2))
    desk.sync([])
    assert desk.items() == {"dentist-1.ics": before}


def test_a_foreign_item_under_our_name_is_left_alone_and_told_of(desk: Desk) -> None:
    put_foreign(desk, f"{uid(1)}.ics")
    with pytest.raises(Exception, match=r"1 of 3 changes could not be made"):
        desk.sync(events(3))
    assert "SUMMARY:Dentist" in desk.items()[f"{uid(1)}.ics"]
    assert len(desk.items()) == 3


def test_a_lost_state_adopts_what_is_there_and_writes_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    desk.sync(events(6))
    before = desk.items()
    fresh = desk.another(tmp_path / "new machine")
    report = fresh.sync(events(6))
    assert report.changes == 0
    assert desk.proxy.count("PUT") == 0
    assert desk.items() == before
    fresh.sync(events(6))
    assert desk.proxy.count() == 1


def test_events_imported_under_other_names_are_found_by_uid(desk: Desk, tmp_path: Path) -> None:
    desk.sync(events(3))
    texts = desk.items()
    for number in range(3):
        desk.delete(uid(number))
    for number, text in enumerate(texts.values()):
        put_foreign(desk, f"imported-{number}.ics", text.replace("\n", "\r\n"))
    fresh = desk.another(tmp_path / "new machine")
    fresh.sync([*events(2), event(2, summary="Call again")])
    assert sorted(desk.items()) == [f"imported-{number}.ics" for number in range(3)]
    assert "SUMMARY:Call again" in "".join(desk.items().values())


def test_two_machines_with_one_book_converge(desk: Desk, tmp_path: Path) -> None:
    other = desk.another(tmp_path / "laptop")
    desk.sync(events(4))
    other.sync(events(4))
    changed = [event(0, summary="Call first"), *events(4)[1:], event(7)]
    desk.sync(changed, NOW + timedelta(days=1))
    report = other.sync(changed, NOW + timedelta(days=1))
    assert report.changes == 0
    assert not [one for one in report.lines() if one.startswith("You")]
    later = [event(0, description="+45 32 12 34 56\nOther words."), *changed[1:]]
    other.sync(later, NOW + timedelta(days=2))
    assert desk.sync(later, NOW + timedelta(days=2)).changes == 0
    assert len(desk.items()) == 5


def test_a_dry_run_tells_the_same_and_changes_nothing(desk: Desk) -> None:
    desk.sync(events(4))
    wanted = [event(0, summary="Call first"), *events(3)[1:], event(9)]
    before = desk.items()
    dry = desk.sync(wanted, dry_run=True)
    assert {one.method for one in desk.proxy.seen} <= {"REPORT", "PROPFIND"}
    assert desk.items() == before
    wet = desk.sync(wanted)
    assert (dry.created, dry.updated, dry.deleted) == (wet.created, wet.updated, wet.deleted)
    assert dry.as_json() | {"dry_run": False} == wet.as_json()


def test_a_dry_run_remembers_nothing(desk: Desk) -> None:
    desk.sync(events(2))
    with desk.state() as state:
        before = (state.memory(), state.agreed(desk.url), state.since(desk.url))
    desk.sync(events(3), NOW + timedelta(days=1), dry_run=True)
    with desk.state() as state:
        assert (state.memory(), state.agreed(desk.url), state.since(desk.url)) == before


def test_removing_applications_wholesale_asks_first(desk: Desk) -> None:
    desk.sync(events(8))
    gone = {"present": frozenset({"another"})}
    with pytest.raises(DecisionError, match=r"8 of the 8 events .* --allow-deletions"):
        desk.sync([], wish=gone)
    assert len(desk.items()) == 8
    desk.sync([], wish=gone, allow_deletions=True)
    assert not desk.items()


def test_events_of_a_file_that_cannot_be_read_stay(desk: Desk) -> None:
    desk.sync(events(4))
    report = desk.sync([], wish={"present": frozenset({"nordlys"}), "left_alone": frozenset({"nordlys"})})
    assert report.changes == 0
    assert len(desk.items()) == 4


def test_chasing_steps_withdrawn_by_the_log_need_no_flag(desk: Desk) -> None:
    desk.sync(events(8))
    assert len(desk.sync([], wish={"present": frozenset({"nordlys"})}).deleted) == 8


def test_an_emptied_calendar_asks_first_and_can_be_filled_again(desk: Desk) -> None:
    desk.sync(events(6))
    for number in range(6):
        desk.delete(uid(number))
    with pytest.raises(DecisionError, match=r"6 of the 6 events .* gone from the calendar"):
        desk.sync(events(6))
    assert len(desk.sync(events(6), restore=True).created) == 6
    assert len(desk.items()) == 6
    desk.sync(events(6))
    assert desk.proxy.count() == 1


def test_steps_done_since_the_state_was_lost_are_removed(desk: Desk, tmp_path: Path) -> None:
    desk.sync(events(3))
    fresh = desk.another(tmp_path / "new machine")
    fresh.sync(events(2), wish={"ours": frozenset({uid(2)}), "owners": owners(events(3))})
    assert len(desk.items()) == 2


def test_writes_go_eight_at_a_time_after_a_first_one_alone(radicale_desk: Desk) -> None:
    radicale_desk.sync(events(30))
    assert 2 <= radicale_desk.proxy.at_once <= 8


def test_every_item_is_remembered_as_its_answer_arrives(wired_desk: Desk) -> None:
    rows: list[int] = []

    def count(_done: int, _total: int) -> None:
        with wired_desk.state() as state:
            rows.append(len(state.agreed(wired_desk.url)))

    wired_desk.sync(events(6), progress=count)
    assert rows == [1, 2, 3, 4, 5, 6]


def test_events_keep_what_the_plan_does_not_change(desk: Desk) -> None:
    desk.sync([event()])
    desk.edit(uid(0), lambda text: text.replace("END:VEVENT", "COLOR:tomato\nX-PHONE-TAG:abc\nEND:VEVENT"))
    desk.sync([event(summary="Call now")])
    (text,) = desk.items().values()
    assert "COLOR:tomato" in text
    assert "X-PHONE-TAG:abc" in text
    assert "SUMMARY:Call now" in text


def test_a_new_calendar_address_is_a_new_calendar(desk: Desk, tmp_path: Path) -> None:
    desk.sync(events(2))
    moved = replace(desk, url=desk.url + "?")
    with moved.calendar(identity="elsewhere") as calendar, moved.state() as state:
        from callplan.sync.push import push  # noqa: PLC0415
        from callplan.sync.wish import Wish  # noqa: PLC0415

        report = push(calendar, Wish(events(2)), state, NOW)
    assert any("2 events written earlier stay in" in line for line in report.messages)

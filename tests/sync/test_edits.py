"""What the user does in their calendar comes home and survives every rewrite."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from callplan.ics.description import NOTES_LINE
from callplan.sync.operations import Cancelled, Deleted, Moved, Noted
from callplan.sync.state_file import published_starts

from tests.sync.build import NOW, event, events, places, uid
from tests.sync.desk import Desk, pretend_desk
from tests.sync.pretend import FLAVOURS

LATER = NOW + timedelta(hours=5)


def _to_nine(text: str) -> str:
    text = re.sub(r"DTSTART;TZID=Europe/Copenhagen:\S+", "DTSTART;TZID=Europe/Copenhagen:20261203T090000", text)
    return re.sub(r"DTEND;TZID=Europe/Copenhagen:\S+", "DTEND;TZID=Europe/Copenhagen:20261203T091500", text)


def _write_below(words: str) -> Callable[[str], str]:
    return lambda text: text.replace(NOTES_LINE, f"{NOTES_LINE}\\n{words}")


def test_a_moved_event_keeps_its_time_through_every_rewrite(desk: Desk) -> None:
    desk.sync(events(3))
    desk.edit(uid(1), _to_nine)
    report = desk.sync(events(3), LATER)
    assert [type(edit) for edit in report.edits] == [Moved]
    assert report.changes == 0
    assert desk.proxy.count("PUT") == 0
    for hours in range(1, 4):
        changed = [event(0), event(1, description=f"New words {hours}"), event(2)]
        desk.sync(changed, LATER + timedelta(hours=hours))
        text = desk.items()[f"{uid(1)}.ics"]
        assert f"New words {hours}" in text
        assert "20261203T090000" in text
    desk.sync(changed, LATER + timedelta(days=1))
    assert desk.proxy.count() == 1


def test_the_planner_is_told_where_the_user_put_a_call(desk: Desk) -> None:
    desk.sync(events(2))
    desk.edit(uid(1), _to_nine)
    desk.sync(events(2), LATER)
    assert published_starts(places(desk.folder))[uid(1)].isoformat() == "2026-12-03T08:00:00+00:00"


def test_k_edits_take_two_requests(desk: Desk) -> None:
    desk.sync(events(9))
    desk.sync(events(9))
    for number in range(4):
        desk.edit(uid(number), _write_below("they are kind"))
    report = desk.sync(events(9), LATER)
    assert desk.proxy.count() == 2
    assert len(report.edits) == 4


def test_an_edit_after_a_quiet_time_takes_two_requests(desk: Desk) -> None:
    desk.sync(events(6))
    desk.sync(events(6))
    for number in range(2):
        desk.edit(uid(number), _write_below("they are kind"))
        report = desk.sync(events(6), LATER)
        assert (desk.proxy.count(), len(report.edits)) == (2, 1)
        desk.sync(events(6), LATER)
        assert desk.proxy.count() == 1


def test_own_notes_below_the_line_survive_rewrites(desk: Desk) -> None:
    desk.sync(events(2))
    desk.edit(uid(0), _write_below("Ask for Jonas\\, not Mette.\\nSecond line"))
    report = desk.sync([event(0, description="All new."), event(1)], LATER)
    assert report.edits == (Noted(uid(0), "Ask for Jonas, not Mette.\nSecond line"),)
    text = desk.items()[f"{uid(0)}.ics"]
    assert "DESCRIPTION:All new." in text
    assert f"{NOTES_LINE}\\nAsk for Jonas\\, not Mette.\\nSecond line" in text
    desk.sync([event(0, description="All new."), event(1)], LATER)
    assert desk.proxy.count() == 1


def test_words_typed_at_the_top_of_the_event_move_below_the_line(desk: Desk) -> None:
    desk.sync(events(2))
    desk.edit(uid(0), lambda text: text.replace("DESCRIPTION:", "DESCRIPTION:no answer\\n"))
    report = desk.sync(events(2), LATER)
    assert report.edits == (Noted(uid(0), "no answer"),)
    assert f"{NOTES_LINE}\\nno answer" in desk.items()[f"{uid(0)}.ics"]
    assert desk.sync(events(2), LATER).changes == 0
    assert desk.proxy.count() == 1


def test_a_description_replaced_by_a_word_keeps_the_word_and_gets_its_script_back(desk: Desk) -> None:
    desk.sync([event()])
    desk.edit(uid(0), lambda text: re.sub(r"DESCRIPTION:.*", "DESCRIPTION:voicemail", text, count=1))
    desk.sync([event()], LATER)
    text = desk.items()[f"{uid(0)}.ics"]
    assert "DESCRIPTION:+45 32 12 34 56" in text
    assert f"{NOTES_LINE}\\nvoicemail" in text


def test_a_deleted_event_stays_deleted(desk: Desk) -> None:
    desk.sync(events(5))
    desk.delete(uid(2))
    report = desk.sync(events(5), LATER)
    assert report.edits == (Deleted(uid(2)),)
    assert report.unchanged == 4
    desk.sync([*events(2), event(2, summary="Call anew"), *events(5)[3:]], LATER)
    assert f"{uid(2)}.ics" not in desk.items()
    assert len(desk.items()) == 4


def test_a_cancelled_event_is_taken_out(desk: Desk) -> None:
    desk.sync(events(3))
    desk.edit(uid(1), lambda text: text.replace("STATUS:TENTATIVE", "STATUS:CANCELLED"))
    report = desk.sync(events(3), LATER)
    assert report.edits == (Cancelled(uid(1)),)
    assert len(desk.items()) == 2
    desk.sync(events(3), LATER)
    assert desk.proxy.count() == 1


def test_a_dismissed_alarm_and_cosmetics_are_no_change(desk: Desk) -> None:
    desk.sync(events(2))

    def dismiss(text: str) -> str:
        text = text.replace("END:VALARM", "ACKNOWLEDGED:20261201T071500Z\nEND:VALARM", 1)
        text = re.sub(r"SEQUENCE:\d+", "SEQUENCE:9", text)
        return re.sub(r"DTSTAMP:\S+", "DTSTAMP:20261201T071501Z", text)

    desk.edit(uid(0), dismiss)
    report = desk.sync(events(2), LATER)
    assert report.edits == ()
    assert report.lines() == []
    assert desk.proxy.count("PUT") == 0
    desk.sync([event(0, summary="Call anew"), event(1)], LATER)
    assert "SEQUENCE:10" in desk.items()[f"{uid(0)}.ics"]


def test_a_reworded_place_is_kept_and_a_clash_shows_both_versions_until_it_is_settled(desk: Desk) -> None:
    desk.sync(events(1))
    desk.edit(uid(0), lambda text: text.replace("LOCATION:by phone", "LOCATION:from the garden"))
    assert any("place" in line for line in desk.sync(events(1), LATER).lines())
    clash = desk.sync([event(location="by video")], LATER)
    assert any("from the garden" in line and "by video" in line for line in clash.lines())
    assert "LOCATION:from the garden" in desk.items()[f"{uid(0)}.ics"]
    again = desk.sync([event(location="by video")], LATER)
    assert again.conflicts == clash.conflicts
    assert (again.changes, desk.proxy.count()) == (0, 1)


def test_the_records_new_time_beats_a_moved_interview(desk: Desk) -> None:
    desk.sync(events(1))
    desk.edit(uid(0), _to_nine)
    desk.sync(events(1), LATER, wish={"given": frozenset({uid(0)})})
    assert "20261203T090000" in desk.items()[f"{uid(0)}.ics"]
    rescheduled = [event(start=event(30).start, end=event(30).end)]
    desk.sync(rescheduled, LATER, wish={"given": frozenset({uid(0)})})
    assert "20261203T090000" not in desk.items()[f"{uid(0)}.ics"]


def test_a_moved_time_that_has_passed_gives_way_to_the_plan(desk: Desk) -> None:
    desk.sync(events(1))
    desk.edit(uid(0), _to_nine)
    desk.sync(events(1), LATER)
    december = NOW.replace(month=12, day=10)
    fresh = event(300)
    desk.sync([event(start=fresh.start, end=fresh.end)], december)
    assert "20261203T090000" not in desk.items()[f"{uid(0)}.ics"]


def test_the_users_hand_is_seen_even_by_a_machine_without_state(desk: Desk, tmp_path: Path) -> None:
    desk.sync(events(3))
    desk.edit(uid(1), _to_nine)
    desk.edit(uid(2), _write_below("mine"))
    fresh = desk.another(tmp_path / "new machine")
    report = fresh.sync(events(3), LATER)
    assert report.changes == 0
    assert {type(edit) for edit in report.edits} == {Moved, Noted}
    assert "20261203T090000" in desk.items()[f"{uid(1)}.ics"]


def test_an_edit_during_the_sync_is_merged_and_written_once_more(desk: Desk) -> None:
    desk.sync(events(2))
    desk.sync(events(2))

    def meddle(_number: int, method: str, path: str) -> None:
        if method == "PUT" and uid(0) in path:
            desk.proxy.mischief = None
            desk.edit(uid(0), _write_below("in the same second"))

    desk.proxy.mischief = meddle
    report = desk.sync([event(0, summary="Call now"), event(1)], LATER)
    assert len(report.updated) == 1
    text = desk.items()[f"{uid(0)}.ics"]
    assert "SUMMARY:Call now" in text
    assert "in the same second" in text
    assert desk.proxy.count("PUT") == 2 + desk.repeats
    desk.sync([event(0, summary="Call now"), event(1)], LATER)
    assert desk.proxy.count() == 1


def test_an_event_deleted_during_the_sync_stays_deleted(desk: Desk) -> None:
    desk.sync(events(2))
    desk.sync(events(2))

    def meddle(_number: int, method: str, path: str) -> None:
        if method == "PUT" and uid(0) in path:
            desk.proxy.mischief = None
            desk.delete(uid(0))

    desk.proxy.mischief = meddle
    desk.sync([event(0, summary="Call now"), event(1)], LATER)
    assert list(desk.items()) == [f"{uid(1)}.ics"]
    assert desk.sync([event(0, summary="Call now"), event(1)], LATER).changes == 0


def test_an_event_made_into_a_series_with_exceptions_is_left_alone(desk: Desk) -> None:
    desk.sync(events(1))

    def repeat(text: str) -> str:
        first = re.search(r"BEGIN:VEVENT.*END:VEVENT\n", text, re.DOTALL)
        assert first is not None
        master = first[0].replace("END:VEVENT", "RRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT")
        when = "20261202T083000"
        override = re.sub(
            r"(DTSTART|DTEND);TZID=Europe/Copenhagen:\d{8}", r"\1;TZID=Europe/Copenhagen:20261202", first[0]
        )
        override = override.replace("END:VEVENT", f"RECURRENCE-ID;TZID=Europe/Copenhagen:{when}\nEND:VEVENT")
        return text.replace(first[0], master + override)

    desk.edit(uid(0), repeat)
    report = desk.sync(events(1), LATER)
    assert "left as it is" in report.messages[0]
    assert "RRULE" in desk.items()[f"{uid(0)}.ics"]


def _to_the_garden(text: str) -> str:
    return re.sub("LOCATION:.*", "LOCATION:the garden", text)


def test_a_place_that_the_other_machine_has_kept_is_kept_here_too(tmp_path: Path) -> None:
    here = pretend_desk(FLAVOURS["cyrus"], tmp_path / "here")
    there = here.another(tmp_path / "there")
    here.sync(events(1))
    there.sync(events(1))
    here.edit(uid(0), _to_the_garden)
    reworded = [event(0, summary="Call later")]
    there.sync(reworded, LATER)  # it writes the place as its own words
    here.sync(reworded, LATER + timedelta(hours=1))
    assert "LOCATION:the garden" in here.items()[f"{uid(0)}.ics"]
    here.sync([event(0, summary="Call at last")], LATER + timedelta(hours=2))
    assert "LOCATION:the garden" in here.items()[f"{uid(0)}.ics"]


def test_a_place_that_is_taken_back_does_not_return(tmp_path: Path) -> None:
    here = pretend_desk(FLAVOURS["cyrus"], tmp_path / "here")
    there = here.another(tmp_path / "there")
    for desk in (here, there):
        desk.sync(events(1))
    here.edit(uid(0), _to_the_garden)
    here.sync(events(1), LATER)
    there.sync(events(1), LATER)
    here.edit(uid(0), lambda text: text.replace("LOCATION:the garden", "LOCATION:by phone"))
    for hours, desk in enumerate((here, there, here), start=1):
        report = desk.sync(events(1), LATER + timedelta(hours=hours))
        assert report.changes == 0
        assert "LOCATION:by phone" in here.items()[f"{uid(0)}.ics"]

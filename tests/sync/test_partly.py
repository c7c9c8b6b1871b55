"""Some writes are refused, lost or put off: the rest is done, what is certain is remembered, nothing is done twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.errors import CallplanError, DecisionError, ServerError
from callplan.sync import push as push_module
from callplan.sync.carry_out import BREAKS, WORKERS, carry_out
from callplan.sync.report import PartlySyncedError
from callplan.sync.server import CHUNK

from tests.servers import Reply
from tests.sync.build import NOW, event, events, uid
from tests.sync.desk import Desk, pretend_desk
from tests.sync.pretend import FLAVOURS


@pytest.mark.parametrize("status", [400, 403, 413, 415, 422, 423, 500, 504])
def test_one_refused_item_does_not_stop_the_rest(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    body = (
        b'<?xml version="1.0"?><error xmlns="DAV:"><valid-calendar-data xmlns="urn:ietf:params:xml:ns:caldav"/></error>'
    )
    reply = Reply(status, body if status == 403 else b"", {"Content-Type": "application/xml"})
    desk.proxy.mischief = lambda _n, method, path: reply if method == "PUT" and uid(2) in path else None
    with pytest.raises(PartlySyncedError, match="1 of 6 changes") as caught:
        desk.sync(events(6))
    assert caught.value.exit_code == 8
    assert len(caught.value.report.created) == 5
    assert event(2).summary in str(caught.value)
    assert len(desk.items()) == 5
    desk.proxy.mischief = None
    assert len(desk.sync(events(6)).created) == 1


@pytest.mark.parametrize("reply", [Reply(cut=True, forward=True), Reply(500, forward=True), Reply(504, forward=True)])
def test_a_write_whose_answer_is_lost_is_looked_at_and_not_repeated(wired_desk: Desk, reply: Reply) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda _n, method, path: reply if method == "PUT" and uid(5) in path else None
    report = None
    try:
        report = desk.sync(events(6))
    except PartlySyncedError as partly:  # the connection was cut: what was not sent yet is listed
        report = partly.report
    desk.proxy.mischief = None
    if len(report.created) < 6:
        desk.sync(events(6))
    assert len(desk.items()) == 6
    assert desk.sync(events(6)).changes == 0


@pytest.mark.parametrize("etag", [None, 'W/"weak"'])
def test_an_answer_without_a_strong_etag_is_looked_up_in_one_request(wired_desk: Desk, etag: str | None) -> None:
    desk = wired_desk
    headers = {"ETag": etag} if etag else {}
    desk.proxy.mischief = lambda _n, method, _p: Reply(201, headers=headers, forward=True) if method == "PUT" else None
    desk.sync(events(12))
    assert desk.proxy.count() == 12 + 2
    desk.proxy.mischief = None
    assert desk.sync([*events(11), event(11, summary="Call now")]).changes == 1
    desk.sync([*events(11), event(11, summary="Call now")])
    assert desk.proxy.count() == 1


@pytest.mark.parametrize("flavour", ["icloud", "gmx"])
@pytest.mark.parametrize("count", [1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_first_push_without_strong_etags_is_its_writes_and_two_questions(
    tmp_path: Path, flavour: str, count: int
) -> None:
    desk = pretend_desk(FLAVOURS[flavour], tmp_path)
    desk.sync(events(count))
    assert desk.proxy.count() == count + 2
    assert desk.sync(events(count)).changes == 0
    desk.sync(events(count))
    assert desk.proxy.count() == 1


@pytest.mark.parametrize("status", [400, 403, 413, 414, 500, 502, 504, 507])
def test_a_server_that_does_not_give_so_many_at_once_is_asked_for_fifty(tmp_path: Path, status: int) -> None:
    desk = pretend_desk(FLAVOURS["icloud"], tmp_path)
    sizes: list[int] = []

    def limited(number: int, method: str, _path: str) -> Reply | None:
        size = desk.proxy.bodies[number - 1].count(b"<D:href>")
        if method != "REPORT" or not size:
            return None
        sizes.append(size)
        return Reply(status) if size > CHUNK else None

    desk.proxy.mischief = limited
    assert len(desk.sync(events(2 * CHUNK + 1)).created) == 2 * CHUNK + 1
    assert sizes == [2 * CHUNK + 1, CHUNK, CHUNK, 1]
    desk.sync(events(2 * CHUNK + 1))
    desk.sync(events(2 * CHUNK + 1))
    assert desk.proxy.count() == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_is_kept_and_then_one_request_goes_at_a_time(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    asked: list[int] = []

    def busy(_number: int, method: str, path: str) -> Reply | None:
        if method == "PUT" and uid(0) in path and not asked:
            asked.append(1)
            return Reply(status, headers={"Retry-After": "7"})
        return None

    desk.proxy.mischief = busy
    assert len(desk.sync(events(8)).created) == 8
    assert desk.waits == [7.0]
    assert desk.proxy.at_once == 1


def test_a_pause_until_a_date_is_kept(wired_desk: Desk) -> None:
    from datetime import UTC  # noqa: PLC0415

    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    desk = wired_desk
    desk.proxy.mischief = lambda number, *_: Reply(503, headers={"Retry-After": until}) if number == 1 else None
    desk.sync(events(2))
    assert len(desk.waits) == 1
    assert 20 < desk.waits[0] <= 30


@pytest.mark.parametrize("retry_after", ["4000000000", "7200", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_absurd_pause_is_told_and_not_waited_for(wired_desk: Desk, retry_after: str) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda _n, method, _p: (
        Reply(429, headers={"Retry-After": retry_after}) if method == "PUT" else None
    )
    desk.fails(ServerError, "asks for a pause", count=20)
    assert desk.waits == []
    assert desk.proxy.count("PUT") == 1


def test_a_server_that_stays_busy_is_asked_three_times(wired_desk: Desk) -> None:
    wired_desk.proxy.mischief = lambda *_: Reply(429)
    wired_desk.fails(ServerError, "asks for a pause")
    assert wired_desk.proxy.count() == 3


def test_a_full_server_stops_the_run_and_keeps_what_is_done(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda number, method, _p: Reply(507) if method == "PUT" and number > 3 else None
    with pytest.raises(PartlySyncedError, match="no room left") as caught:
        desk.sync(events(40))
    assert len(caught.value.report.created) == 2
    assert len(caught.value.report.failed) == 38
    assert desk.proxy.count("PUT") <= 2 + 8
    desk.proxy.mischief = None
    assert len(desk.sync(events(40)).created) == 38


@pytest.mark.parametrize("status", [423, 500, 502])
def test_a_write_that_fails_once_is_tried_once_more(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda number, method, _p: Reply(status) if number in (2, 4) else None
    wanted = [*(event(number, summary=f"Call {number}") for number in range(5)), event(9)]
    report = desk.sync(wanted)
    assert (len(report.created), len(report.updated), len(report.deleted)) == (1, 5, 1)
    desk.proxy.mischief = None
    desk.sync(wanted)
    assert desk.proxy.count() == 1


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many requests each round of writes was allowed to have under way at once."""
    allowed: list[int] = []

    def noted(calendar: Any, writes: Any, render: Any, workers: int) -> Any:
        allowed.append(workers)
        return carry_out(calendar, writes, render, workers)

    monkeypatch.setattr(push_module, "carry_out", noted)
    return allowed


def test_where_changes_have_met_they_go_one_by_one_until_all_is_listed_again(
    wired_desk: Desk, at_once: list[int]
) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda number, *_: Reply(423) if number == 3 else None
    for words in ("they meet", "one by one", "still so"):
        report = desk.sync([event(number, summary=f"{words} {number}") for number in range(6)])
        assert len(report.updated) == 6
        desk.proxy.mischief = None
    assert at_once == [WORKERS, WORKERS, 1, 1]
    desk.sync(events(6), NOW + timedelta(days=8))  # everything is listed, and the server may be another one by now
    assert at_once[-1] == WORKERS


def test_new_events_go_at_once_even_where_changes_have_met(wired_desk: Desk, at_once: list[int]) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda number, *_: Reply(423) if number == 3 else None
    changed = [event(number, summary=f"Call {number}") for number in range(6)]
    desk.sync(changed)
    desk.proxy.mischief = None
    desk.sync([*changed, *(event(number) for number in range(6, 9))])
    desk.sync(changed[:5])
    assert at_once == [WORKERS, WORKERS, WORKERS, 1]


@pytest.mark.parametrize("status", [404, 410])
def test_a_bare_404_to_a_removal_is_looked_at_once_more(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.proxy.mischief = lambda _n, method, _p: Reply(status) if method == "DELETE" else None
    desk.sync(events(5))
    assert len(desk.items()) == 6  # it had not happened
    desk.proxy.mischief = None
    desk.sync(events(5))
    assert len(desk.items()) == 5
    desk.sync(events(5))
    assert desk.proxy.count() == 1


def test_a_bare_404_to_the_question_for_an_event_is_no_deletion(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.edit(uid(2), lambda text: text.replace("LOCATION:by phone", "LOCATION:the garden"))
    desk.proxy.mischief = lambda number, *_: Reply(404) if number == 2 else None
    report = desk.sync(events(6))
    assert [type(edit).__name__ for edit in report.edits] == ["Reworded"]
    assert "LOCATION:the garden" in desk.items()[f"{uid(2)}.ics"]


@pytest.mark.parametrize("reply", [Reply(201), Reply(204), Reply(207, b"<multistatus")])
def test_an_event_that_was_only_said_to_be_written_is_written_again(wired_desk: Desk, reply: Reply) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda number, method, _p: reply if method == "PUT" and number > 4 else None
    with suppress(PartlySyncedError):
        desk.sync(events(6))
    assert len(desk.items()) < 6
    desk.proxy.mischief = None
    report = desk.sync(events(6))
    assert report.edits == ()
    assert len(desk.items()) == 6


def test_a_server_that_fails_at_every_write_is_left_alone(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.proxy.mischief = lambda _n, method, _p: Reply(500) if method == "PUT" else None
    desk.fails(ServerError, "failed", count=60)
    assert desk.proxy.count("PUT") <= 2 * BREAKS
    assert desk.items() == {}


def test_a_calendar_emptied_while_sync_looks_is_asked_about_before_anything_is_skipped(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.sync(events(8))

    def emptied(_number: int, method: str, _path: str) -> None:
        if method == "PUT":
            for name in desk.items():
                desk.server.request("DELETE", desk.url + name)

    desk.proxy.mischief = emptied
    with pytest.raises(PartlySyncedError):
        desk.sync([event(number, summary=f"Call {number}") for number in range(8)])
    desk.proxy.mischief = None
    with pytest.raises(DecisionError, match="8 of the 8 events"):
        desk.sync(events(8))


def test_a_deletion_counts_even_where_a_change_of_ours_had_failed_before(wired_desk: Desk) -> None:
    desk = wired_desk
    desk.sync(events(6))
    desk.edit(uid(2), lambda text: text.replace("LOCATION:by phone", "LOCATION:the garden"))
    changed = [event(number, description=f"Call {number}") for number in range(6)]
    desk.proxy.mischief = lambda _n, method, _p: Reply(500) if method == "PUT" else None
    with pytest.raises(CallplanError):
        desk.sync(changed)
    desk.proxy.mischief = None
    desk.delete(uid(2))
    report = desk.sync(changed)
    assert [type(edit).__name__ for edit in report.edits] == ["Deleted"]
    assert len(desk.items()) == 5


def test_an_event_that_is_listed_and_never_given_is_left_alone_and_told(wired_desk: Desk) -> None:
    """A file that is damaged on the server: the list names it, and no question for it is answered."""
    desk = wired_desk
    desk.sync(events(6))
    desk.sync(events(6))
    desk.edit(uid(2), lambda text: text.replace("LOCATION:by phone", "LOCATION:the garden"))

    def damaged(_number: int, method: str, _path: str) -> Reply | None:
        if method != "REPORT" or b"calendar-multiget" not in desk.proxy.bodies[-1]:
            return None
        status, body, headers = desk.server.request("REPORT", desk.url, desk.proxy.bodies[-1])
        parts = body.decode().replace("</multistatus>", "").split("<response>")
        kept = "<response>".join(part for part in parts if uid(2) not in part)
        missing = f"<response><href>/anna/calls/{uid(2)}.ics</href><status>HTTP/1.1 500 Oh</status></response>"
        return Reply(status, f"{kept}{missing}</multistatus>".encode(), headers)

    desk.proxy.mischief = damaged
    for words in ("once", "twice", "thrice"):
        report = desk.sync([event(number, description=words) for number in range(6)])
        assert report.edits == ()
        assert "It is listed there, and not given." in " ".join(report.messages)
        assert len(desk.items()) == 6
    desk.proxy.mischief = None
    report = desk.sync([event(number, description="at last") for number in range(6)])
    assert [type(edit).__name__ for edit in report.edits] == ["Reworded"]
    assert "LOCATION:the garden" in desk.items()[f"{uid(2)}.ics"]


def test_what_a_removal_left_in_doubt_is_in_doubt_for_the_next_run_too(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["sabre"], tmp_path)  # each of its answers names everything
    desk.sync(events(6))
    desk.sync(events(6))
    desk.proxy.mischief = lambda _n, method, _p: Reply(404) if method == "DELETE" else None
    desk.sync(events(5))
    desk.server.request("DELETE", f"{desk.url}{uid(5)}.ics")
    desk.proxy.mischief = None
    report = desk.sync(events(6))
    assert report.edits == ()
    assert len(desk.items()) == 6


def test_a_server_that_says_created_to_every_change_loses_none(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["old-radicale"], tmp_path)
    desk.sync(events(6))
    report = desk.sync([event(number, summary=f"Call {number}") for number in range(6)])
    assert len(report.updated) == 6
    assert report.edits == ()
    assert len(desk.items()) == 6
    assert desk.proxy.count() == 1 + 6 + 1  # one change is sent twice, to find out
    desk.sync([event(number, summary=f"Call {number}") for number in range(6)])
    assert desk.proxy.count() == 1

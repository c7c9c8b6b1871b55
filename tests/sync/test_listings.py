"""Where a sync token does not help, everything is listed, and no deletion is overlooked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.servers import Reply
from tests.sync.build import NOW, events, uid
from tests.sync.desk import Desk


@pytest.mark.parametrize("status", [400, 403, 409, 412, 500])
def test_a_refused_token_costs_one_request_more(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    desk.sync(events(4))
    desk.sync(events(4))
    desk.delete(uid(1))
    body = b'<?xml version="1.0"?><error xmlns="DAV:"><valid-sync-token/></error>' if status in (403, 412) else b""
    reply = Reply(status, body, {"Content-Type": "application/xml"})
    desk.proxy.mischief = lambda number, *_: reply if number == 1 else None
    report = desk.sync(events(4))
    assert [type(edit).__name__ for edit in report.edits] == ["Deleted"]
    desk.proxy.mischief = None
    desk.sync(events(4))
    assert desk.proxy.count() == 1


@pytest.mark.parametrize("status", [403, 405, 501])
def test_a_server_without_sync_reports_is_listed(wired_desk: Desk, status: int) -> None:
    desk = wired_desk
    body = b'<?xml version="1.0"?><error xmlns="DAV:"><supported-report/></error>'

    def no_sync(_number: int, method: str, _path: str) -> Reply | None:
        if method == "REPORT" and b"sync-collection" in desk.proxy.bodies[-1]:
            return Reply(status, body, {"Content-Type": "application/xml"})
        return None

    desk.proxy.mischief = no_sync
    desk.sync(events(3))
    desk.delete(uid(2))
    desk.edit(uid(1), lambda text: text.replace("LOCATION:by phone", "LOCATION:outside"))
    report = desk.sync(events(3))
    assert {type(edit).__name__ for edit in report.edits} == {"Deleted", "Reworded"}
    assert desk.sync(events(3)).changes == 0


def test_a_listing_for_a_token_hides_no_deletion(wired_desk: Desk) -> None:
    """DAViCal, SOGo and Stalwart take an unknown token for an empty one and list everything, deletions left out."""
    desk = wired_desk
    desk.sync(events(4))
    desk.sync(events(4))
    with desk.state() as state:
        since = state.since(desk.url)
        state.settle(desk.url, since=type(since)("", since.listed_at))
    desk.delete(uid(3))
    desk.proxy.mischief = None
    with desk.state() as state:
        state.settle(desk.url, since=type(since)("forgotten", since.listed_at))

    def whole(_number: int, method: str, _path: str) -> Reply | None:
        if method != "REPORT" or b"forgotten" not in desk.proxy.bodies[-1]:
            return None
        listing = desk.server.request(
            "REPORT",
            desk.url,
            desk.proxy.bodies[-1].replace(b"forgotten", b""),
            {"Content-Type": "application/xml", "Depth": "0"},
        )[1]
        kept = [part for part in listing.split(b"<response>") if uid(3).encode() not in part]
        text = b"<response>".join(kept)
        return Reply(207, text, {"Content-Type": "text/xml"})

    desk.proxy.mischief = whole
    report = desk.sync(events(4))
    assert [type(edit).__name__ for edit in report.edits] == ["Deleted"]


def test_everything_is_listed_at_least_every_week(desk: Desk) -> None:
    desk.sync(events(3))
    desk.sync(events(3), NOW + timedelta(days=8))
    assert desk.proxy.count() == (2 if desk.server.name == "sabre" else 1)  # it is asked for tokens again
    assert b"<D:sync-token></D:sync-token>" in desk.proxy.seen[0].body

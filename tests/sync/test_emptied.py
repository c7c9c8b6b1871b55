"""A calendar in which nothing of ours is left: emptied by the user, or suddenly another one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from callplan.errors import DecisionError

from tests.sync.build import NOW, events, uid
from tests.sync.desk import Desk, pretend_desk
from tests.sync.pretend import FLAVOURS, Pretend

HOUR = timedelta(hours=1)
WEEK = timedelta(days=8)


@pytest.fixture(params=["cyrus", "sogo", "davical", "sabre", "xandikos", "icloud", "gmx"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A calendar with two events, looked at three times."""
    desk = pretend_desk(FLAVOURS[request.param], tmp_path)
    for hour in range(3):
        desk.sync(events(2), NOW + hour * HOUR)
    return desk


def make_anew(desk: Desk) -> None:
    """The calendar is deleted, and another one made at its address."""
    assert isinstance(desk.server, Pretend)
    for collection in desk.server.collections.values():
        collection.items.clear()
    desk.server.forget_tokens()


def test_a_small_calendar_made_anew_is_asked_about(kept: Desk) -> None:
    """Where an unknown token is taken for none (SOGo, DAViCal), that shows when everything is listed, once a week."""
    make_anew(kept)
    with pytest.raises(DecisionError, match=r"2 of the 2 events .* --allow-deletions .* --restore"):
        kept.sync(events(2), NOW + WEEK)
    assert len(kept.sync(events(2), NOW + WEEK, restore=True).created) == 2
    assert kept.sync(events(2), NOW + WEEK).changes == 0


def test_a_refused_token_and_nothing_left_is_asked_about_at_once(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["cyrus"], tmp_path)
    desk.sync(events(2))
    make_anew(desk)
    with pytest.raises(DecisionError, match="2 of the 2 events"):
        desk.sync(events(2), NOW + HOUR)
    report = desk.sync(events(2), NOW + HOUR, allow_deletions=True)
    assert [type(edit).__name__ for edit in report.edits] == ["Deleted", "Deleted"]
    assert desk.items() == {}


@pytest.mark.parametrize("flavour", ["cyrus", "sogo", "davical", "xandikos", "icloud", "gmx"])
def test_a_user_who_deletes_both_events_of_a_calendar_that_knows_the_token_is_believed(
    tmp_path: Path, flavour: str
) -> None:
    desk = pretend_desk(FLAVOURS[flavour], tmp_path)
    for hour in range(3):
        desk.sync(events(2), NOW + hour * HOUR)
    desk.delete(uid(0))
    desk.delete(uid(1))
    assert len(desk.sync(events(2), NOW + 4 * HOUR).edits) == 2


@pytest.mark.parametrize("later", [HOUR, WEEK])
def test_a_user_who_deletes_the_only_event_is_believed(kept: Desk, later: timedelta) -> None:
    kept.sync(events(1), NOW + 3 * HOUR)
    kept.delete(uid(0))
    make_anew(kept)
    kept.sync(events(1), NOW + 3 * HOUR + later)
    kept.sync(events(1), NOW + WEEK)
    assert kept.items() == {}


def test_a_token_refused_while_something_of_ours_still_stands_is_no_other_calendar(kept: Desk) -> None:
    assert isinstance(kept.server, Pretend)
    kept.delete(uid(1))
    kept.server.forget_tokens()
    report = kept.sync(events(2), NOW + WEEK)
    assert [edit.uid for edit in report.edits] == [uid(1)]


def test_what_the_record_wants_no_more_may_be_gone(kept: Desk) -> None:
    make_anew(kept)
    assert kept.sync([], NOW + WEEK).edits == ()

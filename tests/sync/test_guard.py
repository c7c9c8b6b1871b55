"""Much that would go at once is asked about first, whichever side it comes from; what has its reason is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from callplan.book.archive import archive_of, move
from callplan.book.types import Hours
from callplan.errors import DecisionError
from callplan.plan.step import StepKind
from callplan.settings import Settings
from callplan.sync import run
from callplan.sync.guard import too_many, weighed
from callplan.sync.memory import Known
from callplan.sync.operations import Delete
from callplan.sync.reconcile import Agreed

from tests.servers import Reply
from tests.sync.build import NOW, uid
from tests.sync.home import AFTER_INTERVIEW, ME, NORDLYS, Home, second_machine

HOUR = timedelta(hours=1)
REJECTED = '\n[[log]]\nat = 2026-11-16T12:30:00+01:00\nstep = "rejection"\n'
NEXT_ROUND = "\n[[rounds]]\nstart = 2026-11-25T10:00:00\nend = 2026-11-25T11:00:00\n"


def rewritten(home: Home, old: str, new: str) -> None:
    file = home.where.book / "nordlys.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def without_rounds(home: Home) -> None:
    rewritten(home, NORDLYS[NORDLYS.index("[[rounds]]") :], "")


def with_another_id(home: Home) -> None:
    rewritten(home, "6d0b8f0e", "7d0b8f0e")


def not_to_be_called(home: Home) -> None:
    rewritten(home, 'phone = "+45 32 12 34 56"', 'phone = "+45 32 12 34 56"\ncalls = false')


@pytest.mark.parametrize("change", [without_rounds, with_another_id, not_to_be_called])
def test_a_record_that_wants_much_less_is_asked_about_and_nothing_is_lost(
    fresh: Home, change: Callable[[Home], None]
) -> None:
    before = fresh.desk.items()
    change(fresh)
    for dry_run in (True, False):
        with pytest.raises(DecisionError, match=r"\d of the \d+ events .* --allow-deletions"):
            fresh.sync(AFTER_INTERVIEW + HOUR, dry_run=dry_run)
    assert fresh.desk.items() == before
    assert fresh.outcomes() == []
    report = fresh.sync(AFTER_INTERVIEW + HOUR, allow_deletions=True)
    assert len(report.deleted) > 3
    assert fresh.sync(AFTER_INTERVIEW + 2 * HOUR).lines() == []


def test_settings_that_leave_no_hour_for_calls_are_asked_about(fresh: Home) -> None:
    evenings = Settings(me=replace(ME, waking_hours=Hours(time(17), time(20))))
    with pytest.raises(DecisionError, match="--allow-deletions"):
        run.sync(fresh.where, evenings, AFTER_INTERVIEW + HOUR)


@pytest.mark.parametrize("step", ["rejection", "offer", "withdrawn", "invitation"])
def test_what_the_log_says_is_reason_enough(fresh: Home, step: str) -> None:
    file = fresh.where.book / "nordlys.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + REJECTED.replace("rejection", step), encoding="utf-8")
    assert len(fresh.sync(AFTER_INTERVIEW + HOUR).deleted) > 3


def test_so_is_another_round(fresh: Home) -> None:
    file = fresh.where.book / "nordlys.toml"
    file.write_text(file.read_text(encoding="utf-8") + NEXT_ROUND, encoding="utf-8")
    fresh.sync(AFTER_INTERVIEW + HOUR)
    fresh.sync(datetime(2026, 11, 25, 12, tzinfo=UTC))


def test_so_is_that_the_application_was_put_away(fresh: Home) -> None:
    move(fresh.where.book / "nordlys.toml", archive_of(fresh.where.book))
    assert len(fresh.sync(AFTER_INTERVIEW + HOUR).deleted) > 3


def test_time_alone_is_no_reason_to_ask(fresh: Home) -> None:
    """Somebody who looks again after weeks or months, and has logged nothing."""
    for days in (10, 40, 100, 400):
        fresh.sync(AFTER_INTERVIEW + timedelta(days=days))


def test_a_machine_that_comes_late_asks_nothing_of_what_another_has_logged(fresh: Home, tmp_path: Path) -> None:
    laptop = second_machine(fresh, tmp_path)
    laptop.sync(AFTER_INTERVIEW)
    file = fresh.where.book / "nordlys.toml"
    file.write_text(file.read_text(encoding="utf-8") + REJECTED, encoding="utf-8")
    fresh.sync(AFTER_INTERVIEW + HOUR)
    laptop.sync(AFTER_INTERVIEW + 2 * HOUR)
    assert laptop.sync(AFTER_INTERVIEW + 3 * HOUR).lines() == []


def test_a_deleted_deadline_is_logged_and_stays_deleted_without_the_state(fresh: Home, tmp_path: Path) -> None:
    fresh.desk.delete(fresh.uid(StepKind.THANK_YOU_DEADLINE))
    fresh.sync(AFTER_INTERVIEW + HOUR)
    assert fresh.outcomes() == ["thank-you-deadline skipped"]
    laptop = second_machine(fresh, tmp_path)
    laptop.sync(AFTER_INTERVIEW + 2 * HOUR)
    assert f"{fresh.uid(StepKind.THANK_YOU_DEADLINE)}.ics" not in fresh.desk.items()
    assert f"{fresh.uid(StepKind.THANK_YOU)}.ics" in fresh.desk.items()


def test_a_lost_race_about_nothing_is_written_once_more(fresh: Home) -> None:
    """412 to a new item, and nothing stands there: whatever it was has gone."""
    where = f"{fresh.uid(StepKind.REFLECT)}.ics"
    fresh.desk.server.request("DELETE", f"{fresh.desk.url}{where}")
    fresh.sync(AFTER_INTERVIEW + HOUR)
    refused: list[str] = []

    def mischief(_number: int, method: str, path: str) -> Reply | None:
        if method == "PUT" and path.endswith(where) and not refused:
            refused.append(path)
            return Reply(412)
        return None

    fresh.desk.proxy.mischief = mischief
    fresh.sync(AFTER_INTERVIEW + 2 * HOUR, restore=True)
    assert refused
    assert where in fresh.desk.items()


# -- pure ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ends", "counts"), [("20261112T091500Z", False), ("20261204T071500Z", True)])
def test_what_is_over_may_go(ends: str, counts: bool) -> None:
    row = Agreed(uid(0), "x", '"1"', "", {"when": f"20261101T080000Z/{ends}"}, "", "")
    removal, known = Delete(uid(0), "x", '"1"', "Call"), Known(uid(0), seen=2, application="nordlys")
    [one] = weighed([removal], {uid(0): row}, {uid(0): known}, lambda _uid, seen: seen != 2, NOW)
    assert isinstance(one, Delete)
    assert one.accounted is not counts


@pytest.mark.parametrize(
    ("missing", "unaccounted", "stops"), [(0, 26, True), (0, 25, False), (13, 13, True), (12, 13, False)]
)
def test_both_kinds_of_removal_count_together(missing: int, unaccounted: int, stops: bool) -> None:
    gone = [Delete(uid(number), "x", '"1"', "Call", explained=False) for number in range(missing)]
    dropped = [Delete(uid(number), "x", '"1"', "Call", accounted=False) for number in range(unaccounted)]
    assert (too_many([], [*gone, *dropped], 100) is not None) is stops

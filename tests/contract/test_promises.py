"""What holds for every book: generated files go in, and what comes out keeps the contract's promises."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.desk import CHASING, METTE, Desk, Step, firm, of, open_steps, round_of

#: Country, zone, days off each week (Monday is 0).
PLACES = [
    ("DK", "Europe/Copenhagen", {5, 6}),
    ("GB", "Europe/London", {5, 6}),
    ("US", "America/New_York", {5, 6}),
    ("IN", "Asia/Kolkata", {6}),
    ("JP", "Asia/Tokyo", {5, 6}),
    ("SA", "Asia/Riyadh", {4, 5}),
    ("AU", "Australia/Sydney", {5, 6}),
]
EARLY_AND_LATE = ((time(8, 30), time(10)), (time(15, 30), time(16, 45)))
AWAKE = (time(7), time(20))
HERE = ZoneInfo("Europe/Copenhagen")
QUARTER = timedelta(minutes=15)

LOGS = [
    "",
    "{0} follow-up sent",
    "{0} follow-up sent\n{4} call no-answer",
    "{0} follow-up sent\n{4} call reached",
    "{0} follow-up sent\n{4} call reached\n{15} second-call reached",
    "{0} reply",
    "{0} offer by=email",
    "{0} rejection",
    "{0} follow-up sent\n{4} withdrawn",
]
ANSWERS = ("reply", "offer", "rejection", "withdrawn")

one_firm = st.tuples(
    st.sampled_from(PLACES),
    st.dates(date(2026, 1, 5), date(2027, 12, 1)),
    st.integers(1, 30),  # days until the decision
    st.sampled_from(LOGS),
)


def written(number: int, place: tuple[str, str, set[int]], day: date, wait: int, log: str) -> str:
    """The application file; the log begins three days after the decision."""
    decision = day + timedelta(days=wait)
    stamps = [f"{decision + timedelta(days=3 + later)}T12:00:00+00:00" for later in range(16)]
    rounds = round_of(f"{day}T11:00:00", f"{day}T12:00:00", decision=f"by = {decision}")
    head = f'country = "{place[0]}"\ntimezone = "{place[1]}"'
    return firm(head=head, people=METTE, rounds=rounds, log=log.format(*stamps), number=number)


def check_call(step: Step, place: tuple[str, str, set[int]]) -> None:
    """A call ahead lies in their hours, on their working days, while the caller is awake."""
    start, end = (datetime.fromisoformat(step[key]).astimezone(ZoneInfo(place[1])) for key in ("start", "end"))
    assert end - start == QUARTER
    assert start.minute % 15 == 0
    assert any(first <= start.time() and end.time() <= last for first, last in EARLY_AND_LATE)
    assert start.weekday() not in place[2]
    assert start.date() not in holidays.country_holidays(place[0], years=start.year)
    if (start.weekday() + 1) % 7 in place[2]:  # their Friday, whatever its name
        assert end.time() <= time(11, 30)
    assert AWAKE[0] <= start.astimezone(HERE).time() <= end.astimezone(HERE).time() <= AWAKE[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(firms=st.lists(one_firm, min_size=1, max_size=4), days=st.integers(0, 60))
def test_every_plan_keeps_the_promises(
    firms: list[tuple[tuple[str, str, set[int]], date, int, str]], days: int
) -> None:
    now = datetime.combine(firms[0][1], time(6), UTC) + timedelta(days=days, hours=days % 12)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.settle()
        for number, (place, day, wait, log) in enumerate(firms):
            desk.put(written(number, place, day, wait, log), f"firm{number}")
        steps = desk.plan(now.isoformat())
        assert desk.plan(now.isoformat()) == steps, "the same input and now, the same plan"

    fixed: list[tuple[datetime, datetime]] = []
    for number, (place, day, wait, log) in enumerate(firms):
        mine = [step for step in steps if step["application"] == f"firm{number}"]
        ahead = {name: [step for step in of(mine, name) if step["status"] != "done"] for name in CHASING}
        assert len(of(mine, "follow-up")) <= 1
        assert len(of(mine, "call")) + len(of(mine, "second-call")) <= 2 + log.count("no-answer")
        for step in ahead["call"] + ahead["second-call"]:
            if step["start"]:
                check_call(step, place)
                fixed.append((datetime.fromisoformat(step["start"]), datetime.fromisoformat(step["end"])))
            else:
                assert step["status"] in {"unplaced", "refused"}
        end = datetime.combine(day, time(12), ZoneInfo(place[1]))
        for step in of(mine, "thank-you-deadline"):
            assert datetime.fromisoformat(step["end"]) == end.astimezone(UTC) + timedelta(hours=48)
        said = day + timedelta(days=wait + 9)  # all that answers is in the log by then
        if any(answer in log for answer in ANSWERS) and now.date() > said:
            assert not CHASING & open_steps(mine)
        for step in mine:
            if step["status"] == "late" and step["step"] != "thank-you-deadline":
                assert datetime.fromisoformat(step["start"]) >= now, "late moves on"
    fixed.sort()
    assert all(later[0] - sooner[1] >= QUARTER for sooner, later in pairwise(fixed))

"""The sample book through the real commands, replayed at the Monday morning it was written for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import icalendar
import phonenumbers
import pytest
import recurring_ical_events

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.stem for path in (SAMPLES / "applications").glob("*.toml"))
MOMENT = datetime.fromisoformat("2026-11-23T08:00:00+01:00")
HOME = ZoneInfo("Europe/Copenhagen")
CALLS = ("call", "second-call")
AHEAD = ("planned", "tentative", "due", "late")


class Desk:
    """A copy of the samples with a state of its own, and callplan run over it in a process."""

    def __init__(self, folder: Path) -> None:
        self.book = folder / "book"
        shutil.copytree(SAMPLES / "applications", self.book)
        for name in ("config.toml", "busy.ics"):
            shutil.copy(SAMPLES / name, folder / name)
        outside = {name: value for name, value in os.environ.items() if not name.startswith("CALLPLAN_")}
        self.environment = outside | {
            "CALLPLAN_CONFIG": str(folder / "config.toml"),
            "CALLPLAN_BOOK": str(self.book),
            "CALLPLAN_STATE": str(folder / "state"),
            "CALLPLAN_DATA": str(folder / "data"),
            "CALLPLAN_NOW": MOMENT.isoformat(),
        }

    def run(self, *arguments: str, code: int = 0) -> str:
        """What the command printed; it must end with `code`, and say nothing on stderr when that is 0."""
        done = subprocess.run(
            [sys.executable, "-m", "callplan", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, done.stderr
        if code == 0:
            assert not re.search("Error|Traceback|Warning", done.stderr), done.stderr
        return done.stdout if code == 0 else done.stderr

    def plan(self) -> list[dict[str, Any]]:
        """`plan --json`."""
        steps: list[dict[str, Any]] = json.loads(self.run("plan", "--json"))
        return steps


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """For reading only."""
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def plan(desk: Desk) -> list[dict[str, Any]]:
    return desk.plan()


def pending(plan: list[dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    """The steps of an application that are still to be done, by kind and whom."""
    return {
        " ".join([step["step"], *(step["to"] if step["step"] == "letter" else [])]): step
        for step in plan
        if step["application"] == name and step["status"] in AHEAD
    }


def calls_ahead(plan: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], datetime, datetime]]:
    for step in plan:
        if step["step"] in CALLS and step["start"] and step["status"] in AHEAD:
            yield step, datetime.fromisoformat(step["start"]), datetime.fromisoformat(step["end"])


def written(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "applications" / f"{name}.toml").read_text(encoding="utf-8"))


def busy_times() -> list[tuple[datetime, datetime]]:
    """The busy calendar as a library of its own reads it, clear of what is free or cancelled."""
    calendar = icalendar.Calendar.from_ical((SAMPLES / "busy.ics").read_bytes())
    times = []
    for event in recurring_ical_events.of(calendar).between(date(2026, 11, 1), date(2027, 3, 1)):
        if event.get("TRANSP") == "TRANSPARENT" or event.get("STATUS") == "CANCELLED":
            continue
        start, end = event.start, event.end
        if not isinstance(start, datetime):
            start, end = datetime.combine(start, time(), HOME), datetime.combine(end, time(), HOME)
        times.append((start, end))
    return times


class TestTheBook:
    def test_every_sample_is_listed_without_a_fault(self, desk: Desk) -> None:
        assert sorted(one["name"] for one in json.loads(desk.run("list", "--json"))) == NAMES

    def test_the_samples_span_the_world(self) -> None:
        places = {(one.get("country"), one.get("subdivision")) for one in map(written, NAMES)}
        assert places >= {
            ("DK", None), ("GB", "ENG"), ("GB", "SCT"), ("US", "NY"), ("US", "WA"), ("DE", "BY"), ("IN", "KA"),
            ("JP", None), ("SE", None), ("FR", None),
        }  # fmt: skip

    def test_every_sample_has_an_id_of_its_own(self) -> None:
        assert len({written(name)["id"] for name in NAMES}) == len(NAMES)

    @pytest.mark.parametrize("name", NAMES)
    def test_every_telephone_number_could_be_dialled(self, name: str) -> None:
        for person in written(name)["people"]:
            if "phone" in person:
                assert phonenumbers.is_valid_number(phonenumbers.parse(person["phone"]))

    @pytest.mark.parametrize("name", NAMES)
    def test_every_address_is_an_example(self, name: str) -> None:
        text = (SAMPLES / "applications" / f"{name}.toml").read_text(encoding="utf-8")
        hosts = re.findall(r"(?:@|https?://)([A-Za-z0-9.-]+)", text)
        assert hosts
        assert all(host.endswith(".example") for host in hosts)

    @pytest.mark.parametrize("name", NAMES)
    def test_every_sample_can_be_shown(self, desk: Desk, name: str) -> None:
        shown = desk.run("show", name)
        assert written(name)["company"] in shown
        # The file's own path is as long as it is.
        assert max(len(line) for line in shown.splitlines() if not line.startswith("File")) <= 80


#: Where each application stands on that Monday morning: what is left to do, and the state of it.
STAGES = {
    "nordlys": {"follow-up": "tentative", "call": "tentative", "second-call": "tentative"},  # waiting
    "thameslea": {"interview": "planned", "thank-you": "planned", "follow-up": "tentative"},  # before the interview
    "tamarind": {"notes": "due", "thank-you": "due", "thank-you-deadline": "planned"},  # just interviewed
    "isarwerk": {  # thanked, three letters to write
        "letter Katharina Vogel": "due",
        "letter Stefan Huber": "due",
        "letter Miriam Aydin": "due",
        "follow-up": "tentative",
    },
    "cascadia": {"follow-up": "tentative", "call": "tentative"},  # waiting, for nobody knows how long
    "brightwater": {"call": "planned", "second-call": "tentative"},  # followed up
    "skargard": {"call": "planned", "second-call": "tentative"},  # rung, not reached
    "aozora": {"second-call": "planned"},  # reached once
    "belvaux": {},  # closed
    "pennine": {"rejection-reply": "planned"},  # rejected
    "fjordbyg": {"answer": "due"},  # offered
    "leith": {"interview": "planned", "thank-you": "planned"},  # the second round ahead
}


class TestTheStages:
    def test_every_sample_has_its_stage_here(self) -> None:
        assert sorted(STAGES) == NAMES

    @pytest.mark.parametrize("name", NAMES)
    def test_what_is_left_to_do_fits_the_stage(self, plan: list[dict[str, Any]], name: str) -> None:
        left = {kind: step["status"] for kind, step in pending(plan, name).items()}
        assert {kind: left.get(kind) for kind in STAGES[name]} == STAGES[name]

    @pytest.mark.parametrize("name", ["belvaux", "pennine", "fjordbyg"])
    def test_what_is_decided_is_chased_no_more(self, plan: list[dict[str, Any]], name: str) -> None:
        assert not pending(plan, name).keys() & {"follow-up", "call", "second-call", "rehearse"}

    def test_a_closed_application_leaves_nothing_to_do(self, plan: list[dict[str, Any]]) -> None:
        assert pending(plan, "belvaux") == {}

    def test_a_second_round_ends_the_chasing_of_the_first(self, plan: list[dict[str, Any]]) -> None:
        assert {step["round"] for step in pending(plan, "leith").values()} == {2}

    def test_an_unknown_decision_date_is_assumed_and_says_so(self, plan: list[dict[str, Any]]) -> None:
        assert pending(plan, "cascadia")["follow-up"]["assumed"] is True
        assert pending(plan, "nordlys")["follow-up"]["assumed"] is False

    def test_the_day_after_thanksgiving_is_free_in_washington(self, plan: list[dict[str, Any]]) -> None:
        start = datetime.fromisoformat(pending(plan, "cascadia")["follow-up"]["start"])
        assert start.astimezone(ZoneInfo("America/Los_Angeles")).date() == date(2026, 11, 30)

    def test_the_second_call_to_osaka_avoids_the_holiday_ten_days_on(self, plan: list[dict[str, Any]]) -> None:
        start = datetime.fromisoformat(pending(plan, "aozora")["second-call"]["start"]).astimezone(
            ZoneInfo("Asia/Tokyo")
        )
        assert start.date() == date(2026, 11, 24)
        assert start.hour in (15, 16, 17)  # the morning there is night here

    def test_who_was_tried_in_the_morning_is_rung_in_the_afternoon(self, plan: list[dict[str, Any]]) -> None:
        start = datetime.fromisoformat(pending(plan, "skargard")["call"]["start"])
        assert start.astimezone(ZoneInfo("Europe/Stockholm")).hour >= 12

    def test_who_asked_for_email_only_is_never_rung(self, plan: list[dict[str, Any]]) -> None:
        rung = {name for step, _, _ in calls_ahead(plan) for name in step["to"]}
        assert not rung & {"Tom Whitfield", "Hiroshi Tanaka"}

    def test_each_of_a_panel_of_three_gets_a_letter(self, plan: list[dict[str, Any]]) -> None:
        assert sum(kind.startswith("letter ") for kind in pending(plan, "isarwerk")) == 3


class TestTheCalls:
    def test_there_are_enough_of_them_to_mean_something(self, plan: list[dict[str, Any]]) -> None:
        assert len(list(calls_ahead(plan))) >= 12

    def test_every_call_is_on_a_working_day_over_there(self, plan: list[dict[str, Any]]) -> None:
        for step, start, _ in calls_ahead(plan):
            one = written(step["application"])
            free = holidays.country_holidays(one["country"], subdiv=one.get("subdivision"))
            there = start.astimezone(ZoneInfo(step["timezone"]))
            assert there.date() not in free, step
            assert there.weekday() < (6 if one["country"] == "IN" else 5), step

    def test_every_call_finds_the_caller_awake(self, plan: list[dict[str, Any]]) -> None:
        for step, start, end in calls_ahead(plan):
            assert time(7) <= start.astimezone(HOME).time(), step
            assert end.astimezone(HOME).time() <= time(20), step

    def test_every_call_starts_on_a_quarter_and_takes_one(self, plan: list[dict[str, Any]]) -> None:
        for step, start, end in calls_ahead(plan):
            assert start.timestamp() % 900 == 0, step
            assert end - start == timedelta(minutes=15), step

    def test_no_call_is_planned_into_a_busy_time(self, plan: list[dict[str, Any]]) -> None:
        busy = busy_times()
        assert busy
        for step, start, end in calls_ahead(plan):
            assert not [one for one in busy if one[0] < end and start < one[1]], step

    def test_two_calls_are_never_closer_than_a_quarter_of_an_hour(self, plan: list[dict[str, Any]]) -> None:
        times = sorted((start, end) for _, start, end in calls_ahead(plan))
        for (_, end), (following, _) in pairwise(times):
            assert following - end >= timedelta(minutes=15)

    def test_best_hours_are_kept(self, plan: list[dict[str, Any]]) -> None:
        found = [start for step, start, _ in calls_ahead(plan) if step["to"] == ["Grace Nakamura"]]
        assert found
        for start in found:
            there = start.astimezone(ZoneInfo("America/Los_Angeles"))
            assert there.hour == 8 or (there.hour, there.minute) in ((16, 30), (16, 45))


class TestTheScripts:
    @pytest.mark.parametrize("name", ["brightwater", "skargard", "aozora", "nordlys", "cascadia", "isarwerk"])
    def test_whoever_is_called_next_has_a_script_from_the_record(self, desk: Desk, name: str) -> None:
        said = " ".join(desk.run("script", name).split())
        record = written(name)
        assert record["company"] in said
        assert "Anna Dahl" in said
        assert "+45 32 12 34 00" in said
        strengths = [fit["strength"] for fit in record["fit"] if "strength" in fit]
        assert any(strength in said for strength in strengths)

    def test_the_second_call_has_a_script_of_its_own(self, desk: Desk) -> None:
        assert desk.run("script", "brightwater") != desk.run("script", "brightwater", "--second")

    def test_the_danish_sample_speaks_danish(self, desk: Desk) -> None:
        assert "Mit navn er" in desk.run("script", "nordlys") or "Det er Anna" in desk.run("script", "nordlys")

    def test_nobody_rings_the_firm_that_was_rung_twice(self, desk: Desk) -> None:
        refused = desk.run("log", "belvaux", "call", "reached", code=3)
        assert "3.5" in refused


class TestTheCalendar:
    def test_the_first_sync_writes_the_plan_and_the_second_changes_nothing(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path)
        desk.run("sync")
        first = events_of(desk)
        assert {step["uid"] for step in desk.plan() if in_calendar(step)} == first.keys()
        desk.run("sync")
        assert events_of(desk) == first

    def test_an_application_that_leaves_the_book_takes_its_own_events_along(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path)
        desk.run("sync")
        before = events_of(desk)
        gone = {step["uid"] for step in desk.plan() if step["application"] == "pennine"}
        (desk.book / "pennine.toml").unlink()
        desk.run("sync")
        assert events_of(desk) == {uid: text for uid, text in before.items() if uid not in gone}

    def test_a_logged_offer_clears_the_chasing_out_of_the_calendar(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path)
        desk.run("sync")
        chasing = pending(desk.plan(), "nordlys")
        assert chasing["call"]["uid"] in events_of(desk)
        desk.run("log", "nordlys", "offer", "--by", "email")
        desk.run("sync")
        left = events_of(desk).keys()
        assert not {step["uid"] for kind, step in chasing.items() if kind in ("follow-up", *CALLS)} & left
        assert pending(desk.plan(), "nordlys")["answer"]["uid"] in left

    def test_the_export_holds_the_same_events(self, desk: Desk, plan: list[dict[str, Any]], tmp_path: Path) -> None:
        desk.run("export", str(tmp_path / "plan.ics"))
        calendar = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
        exported = {str(event["UID"]): event.decoded("DTSTART") for event in calendar.walk("VEVENT")}
        recent = MOMENT - timedelta(days=60)
        wanted = {
            step["uid"]: datetime.fromisoformat(step["start"]).astimezone(UTC)
            for step in plan
            if in_calendar(step) and datetime.fromisoformat(step["start"]) > recent
        }
        assert exported == wanted


def in_calendar(step: dict[str, Any]) -> bool:
    return bool(step["start"]) and (step["status"] in AHEAD or step["step"] == "interview")


def events_of(desk: Desk) -> dict[str, str]:
    """What the built-in server keeps on disk, by UID."""
    data = Path(desk.environment["CALLPLAN_DATA"])
    files = (path for path in data.rglob("*.ics") if ".Radicale.cache" not in path.parts)
    return {path.stem: path.read_text(encoding="utf-8") for path in files}

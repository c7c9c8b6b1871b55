"""Whatever the user, the record and the server do, in any order: after a sync that succeeds, the calendar is right.

A Hypothesis state machine over a server in memory that fails, loses answers, forgets or weakens ETags, refuses tokens,
rewrites bodies, ignores conditions, answers 412 for what it likes, turns read-only, is slow and breaks off.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from callplan.errors import CallplanError, DecisionError
from callplan.ics.description import NOTES_LINE
from callplan.ics.event import Event
from callplan.sync.content import read_content
from callplan.sync.failures import Failure, Trouble
from callplan.sync.report import PartlySyncedError, Report
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.servers import Reply
from tests.sync.build import NOW, event, owners, uid
from tests.sync.conftest import Desk, pretend_desk
from tests.sync.pretend import FLAVOURS, Pretend

#: Many more examples, and others each time: for when the engine is changed.
EXHAUSTIVE = bool(os.environ.get("CALLPLAN_EXHAUSTIVE"))

NUMBERS = st.integers(0, 5)
FOREIGN = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:dentist\nDTSTAMP:20261101T090000Z\n"
    "DTSTART:20261202T090000Z\nDTEND:20261202T093000Z\nSUMMARY:Dentist\nEND:VEVENT\nEND:VCALENDAR\n"
)

LATE = Reply(504)  # no answer in time

#: What may happen to one request: (what the client gets, after the server acted or not).
MISHAPS = [
    Reply(500), Reply(500, forward=True), Reply(cut=True), Reply(cut=True, forward=True), Reply(412), Reply(423),
    Reply(404), Reply(507), Reply(429, headers={"Retry-After": "1"}), Reply(503, headers={"Retry-After": "9999"}),
    Reply(200, b"<html><form>", {"content-type": "text/html"}), Reply(207, b"<multistatus"), Reply(401),
    LATE, Reply(302, headers={"location": "https://x.example/"}), Reply(201, forward=True),
    Reply(412, b'<error xmlns="DAV:"><valid-calendar-data/></error>', {"content-type": "text/xml"}),
    Reply(412, b'<error xmlns="DAV:"><no-uid-conflict/></error>', {"content-type": "text/xml"}),
]  # fmt: skip


class CalendarMachine(RuleBasedStateMachine):
    """One user, one phone, two machines with the same plan, one server."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plan: dict[int, Event] = {}
        self.now: datetime = NOW
        self.notes: dict[int, str] = {}  # words the user wrote that must never be lost while the event is wanted
        self.places: dict[int, str] = {}  # places the user gave
        self.deleted: set[int] = set()  # by the user, and seen by a sync
        self.mishaps = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    @initialize(flavour=st.sampled_from(["sogo", "cyrus", "icloud", *sorted(FLAVOURS)]))
    def begin(self, flavour: str) -> None:
        self.desk: Desk = pretend_desk(FLAVOURS[flavour], Path(self.folder.name) / "laptop")
        self.other = self.desk.another(Path(self.folder.name) / "desktop")
        assert isinstance(self.desk.server, Pretend)
        self.server: Pretend = self.desk.server
        self.server.request("PUT", f"{self.desk.url}dentist.ics", FOREIGN.encode())
        self.foreign = self.desk.items()["dentist.ics"]
        for number in range(5):
            self.plan[number] = event(number)
        self._check(self.desk)
        self._check(self.other)

    # -- the record ----------------------------------------------------------------------------------

    @rule(number=NUMBERS, words=st.sampled_from(["Call now", "Call later", "Call"]))
    def plan_or_reword_a_step(self, number: int, words: str) -> None:
        if self.plan.setdefault(number, event(number)):
            self.plan[number] = replace(self.plan[number], summary=f"{words} ({number})", description=f"{words}!")

    @rule(number=NUMBERS)
    def finish_a_step(self, number: int) -> None:
        if self.plan.pop(number, None) is not None:
            self.notes.pop(number, None)
            self.places.pop(number, None)
            self.deleted.discard(number)

    # -- the phone -----------------------------------------------------------------------------------

    def _there(self, number: int) -> bool:
        return f"{uid(number)}.ics" in self.server.collections["/anna/calls/"].items

    def _known_to(self, *desks: Desk, number: int) -> bool:
        for desk in desks:
            with desk.state() as state:
                if uid(number) not in state.agreed(desk.url):
                    return False
        return True

    @rule(number=NUMBERS, words=st.sampled_from(["ask for Jonas", "they are kind", "blue door"]))
    def write_below_the_line(self, number: int, words: str) -> None:
        if self._there(number) and number in self.plan and number not in self.notes:
            self.desk.edit(uid(number), lambda text: text.replace(NOTES_LINE, f"{NOTES_LINE}\\n{words}"))
            self.notes[number] = words

    @rule(number=NUMBERS, words=st.sampled_from(["the garden", "home"]))
    def give_a_place(self, number: int, words: str) -> None:
        if self._there(number) and number in self.plan:
            self.desk.edit(uid(number), lambda text: re.sub("LOCATION:.*", f"LOCATION:{words}", text))
            self.places[number] = words

    @rule(number=NUMBERS)
    def delete_an_event(self, number: int) -> None:
        # A machine that never saw an event cannot tell that the user deleted it; the log, which both share, can.
        if self._there(number) and number in self.plan and self._known_to(self.desk, self.other, number=number):
            self.desk.delete(uid(number))
            self.deleted.add(number)
            self.notes.pop(number, None)
            self.places.pop(number, None)

    # -- the server ----------------------------------------------------------------------------------

    @rule(
        change=st.sampled_from([
            {"put_etag": "strong"}, {"put_etag": "weak"}, {"put_etag": "none"}, {"rewrites": True},
            {"checks_if_none_match": False}, {"checks_if_match": False}, {"has_sync": False}, {"has_sync": True},
            {"versions_begin_again": True}, {"unknown_token": "full"}, {"unknown_token": "412"},
            {"unknown_token": "500"}, {"missing_in_multiget": "whole"}, "forget tokens", "read-only", "writable",
        ])
    )  # fmt: skip
    def change_the_server(self, change: dict[str, object] | str) -> None:
        if isinstance(change, dict):
            self.server.behave(**change)
        elif change == "forget tokens":
            self.server.forget_tokens()
        else:
            self.server.set_read_only(change == "read-only")

    # -- sync ----------------------------------------------------------------------------------------

    def _sync(self, desk: Desk) -> Report | None:
        self.now += timedelta(minutes=7)
        wanted = [self.plan[number] for number in sorted(self.plan)]
        ours = frozenset(uid(number) for number in range(6))
        try:
            return desk.sync(wanted, self.now, wish={"owners": owners(wanted), "ours": ours}, allow_deletions=True)
        except DecisionError:
            raise
        except (CallplanError, PartlySyncedError):
            return None

    @rule(mishaps=st.dictionaries(st.integers(1, 9), st.sampled_from(MISHAPS), max_size=3), later=st.booleans())
    def sync_in_bad_weather(self, mishaps: dict[int, Reply], later: bool) -> None:
        def met(number: int, *_: str) -> Reply | None:
            if mishaps.get(number) is LATE:
                raise Trouble(Failure.TIMEOUT)
            return mishaps.get(number)

        self.desk.proxy.mischief = met
        try:
            self._sync(self.other if later else self.desk)
        finally:
            self.desk.proxy.mischief = None

    @rule()
    def sync(self) -> None:
        self._check(self.desk)

    @rule()
    def sync_the_other_machine(self) -> None:
        self._check(self.other)

    def _check(self, desk: Desk) -> None:
        read_only = self.server.read_only
        report = self._sync(desk)
        if report is None:
            assert read_only, "only a read-only calendar may refuse in good weather"
            return
        if report.failed:
            return
        items = self.desk.items()
        assert items.pop("dentist.ics") == self.foreign  # nobody else's event is ever touched
        wanted = {f"{uid(number)}.ics" for number in self.plan if number not in self.deleted}
        assert set(items) == wanted  # nothing lost, nothing doubled, nothing left, nothing back from the dead
        for number, planned in self.plan.items():
            if number in self.deleted:
                continue
            content = read_content(items[f"{uid(number)}.ics"].encode(), "Europe/Copenhagen")
            assert content.fields["summary"] == planned.summary
            assert content.description == planned.description
            assert content.fields["location"] == self.places.get(number, "by phone")
            assert content.own_notes == self.notes.get(number, "")
        again = self._sync(desk)
        assert again is not None
        assert again.changes == 0  # and a second one has nothing to do

    @invariant()
    @precondition(lambda self: hasattr(self, "server"))
    def one_object_a_uid(self) -> None:
        texts = [item.text for item in self.server.collections["/anna/calls/"].items.values()]
        uids = [found[1] for text in texts if (found := re.search("^UID:(.*)$", text, re.MULTILINE))]
        assert len(uids) == len(set(uids))


TestAnyOrder = CalendarMachine.TestCase
TestAnyOrder.settings = settings(
    max_examples=500 if EXHAUSTIVE else 20,
    stateful_step_count=30 if EXHAUSTIVE else 25,
    derandomize=not EXHAUSTIVE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
pytestmark = pytest.mark.filterwarnings("ignore")

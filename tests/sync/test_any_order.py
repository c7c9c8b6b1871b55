"""Whatever the user, the record and the server do, in any order: after a sync that succeeds, the calendar is right.

A Hypothesis state machine over a server in memory that fails, loses answers, forgets or weakens ETags, refuses tokens,
rewrites bodies, ignores conditions, answers 412 for what it likes, turns read-only, is slow and breaks off.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from callplan.errors import CallplanError, DecisionError
from callplan.ics.description import NOTES_LINE
from callplan.ics.event import Event
from callplan.sync.content import fields_of, read_content
from callplan.sync.failures import Failure, Trouble
from callplan.sync.memory import Memory
from callplan.sync.operations import Edit, PutBack
from callplan.sync.report import PartlySyncedError, Report
from callplan.sync.wish import Replanned, Wish
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.servers import Reply
from tests.sync.build import NOW, event, owners, uid
from tests.sync.desk import Desk, pretend_desk
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
    """One user, one phone, two machines with the same book, one server."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plan: dict[int, Event] = {}
        self.log: list[tuple[str, int]] = []  # what took a step out of the plan, and what put it back
        self.now: datetime = NOW
        self.given: dict[int, dict[str, str]] = {}  # what the user changed of an event, by field
        self.notes: dict[int, str] = {}  # words the user wrote that must never be lost while the event is wanted
        self.former: dict[int, list[tuple[str, str]]] = {}  # both of a life before: a step that returns may have them
        self.deleted: set[int] = set()  # by the user, and not yet in the log
        self.skipped: dict[int, Event] = {}  # by the log, since the user had deleted them: as they were planned
        self.trash: dict[int, str] = {}
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

    @rule(number=NUMBERS, words=st.sampled_from(["Ring now", "Ring later", "Ring"]))
    def plan_or_reword_a_step(self, number: int, words: str) -> None:
        if number not in self.plan:
            self.log.append(("back", number))
            self.skipped.pop(number, None)
        planned = self.plan.get(number) or event(number)
        self.plan[number] = replace(planned, description=f"{words}!", tentative=words == "Ring")

    @rule(number=NUMBERS, hours=st.integers(1, 3))
    def plan_another_time(self, number: int, hours: int) -> None:
        if planned := self.plan.get(number):
            later = timedelta(days=7, hours=hours)
            self.plan[number] = replace(planned, start=event(number).start + later, end=event(number).end + later)

    @rule(number=NUMBERS)
    def finish_a_step(self, number: int) -> None:
        if number in self.plan:
            self._out(number)

    def _out(self, number: int) -> None:
        del self.plan[number]
        self.log.append(("out", number))
        self.deleted.discard(number)
        self._end_life(number)

    def _end_life(self, number: int) -> None:
        self.former.setdefault(number, []).extend(self.given.pop(number, {}).items())
        self.former[number].append(("notes", self.notes.pop(number, "")))

    def _was_out(self, gone: str, seen: int) -> bool:
        return any(what == "out" and uid(number) == gone for what, number in self.log[seen:])

    # -- the phone -----------------------------------------------------------------------------------

    def _there(self, number: int) -> bool:
        return f"{uid(number)}.ics" in self.server.collections["/anna/calls/"].items

    def _known_to(self, *desks: Desk, number: int) -> bool:
        """Whether they have all seen the event in the calendar since it was last put into the plan."""
        for desk in desks:
            with desk.state() as state:
                known = state.memory().get(uid(number))
                if uid(number) not in state.agreed(desk.url) or not known or self._was_out(uid(number), known.seen):
                    return False
        return True

    @rule(number=NUMBERS, words=st.sampled_from(["ask for Jonas", "they are kind", "blue door"]))
    def write_below_the_line(self, number: int, words: str) -> None:
        if self._there(number) and number in self.plan and number not in self.notes.keys() | self.deleted:
            self.desk.edit(uid(number), lambda text: text.replace(NOTES_LINE, f"{NOTES_LINE}\\n{words}"))
            self.notes[number] = words

    @rule(number=NUMBERS, words=st.sampled_from(["the garden", "home"]))
    def give_a_place(self, number: int, words: str) -> None:
        self._give(number, "location", words, lambda text: re.sub("LOCATION:.*", f"LOCATION:{words}", text))

    @rule(number=NUMBERS, words=st.sampled_from(["Speak up", "Be brief"]))
    def give_a_title(self, number: int, words: str) -> None:
        self._give(number, "summary", words, lambda text: re.sub("\nSUMMARY:.*", f"\nSUMMARY:{words}", text))

    @rule(number=NUMBERS, hour=st.integers(10, 12))
    def drag(self, number: int, hour: int) -> None:
        when = f"20270301T{hour - 1}0000Z/20270301T{hour - 1}1500Z"
        day = ("DTSTART;TZID=Europe/Copenhagen", "DTEND;TZID=Europe/Copenhagen")

        def dragged(text: str) -> str:
            for name, minutes in zip(day, ("00", "15"), strict=True):
                text = re.sub(f"{name}:.*", f"{name}:20270301T{hour}{minutes}00", text)
            return text

        self._give(number, "when", when.replace("T90000Z", "T090000Z").replace("T91500Z", "T091500Z"), dragged)

    def _give(self, number: int, name: str, theirs: str, change: Callable[[str], str]) -> None:
        if self._there(number) and number in self.plan and number not in self.deleted:
            self.desk.edit(uid(number), change)
            self.given.setdefault(number, {})[name] = theirs

    @rule(number=NUMBERS)
    def touch_up(self, number: int) -> None:
        """What clients do to an event of their own accord."""
        if self._there(number):
            self.desk.edit(uid(number), lambda text: re.sub("\nDTSTAMP:.*", "\nDTSTAMP:20261117T080000Z", text))

    @rule(number=NUMBERS, by=st.sampled_from(["deleting", "cancelling"]))
    def take_away(self, number: int, by: str) -> None:
        if number in self.deleted or number not in self.plan or not self._there(number):
            return
        if by == "cancelling":
            self.desk.edit(uid(number), lambda text: re.sub("\nSTATUS:.*", "\nSTATUS:CANCELLED", text))
        # A machine that never saw an event cannot tell that the user deleted it; the log, which both share, can.
        elif self._known_to(self.desk, self.other, number=number):
            self.trash[number] = self.server.collections["/anna/calls/"].items[f"{uid(number)}.ics"].text
            self.desk.delete(uid(number))
        else:
            return
        self.deleted.add(number)
        self._end_life(number)

    @rule(number=NUMBERS)
    def put_back(self, number: int) -> None:
        """Out of the trash, as it was. A machine that has not seen it gone takes the log's word that it is skipped."""
        unseen = number in self.deleted and number in self.plan
        skipped = number in self.skipped and not self._held_by(self.desk, self.other, number=number)
        if number not in self.trash or self._there(number) or not (unseen or skipped):
            return
        self.desk.put_back(uid(number), self.trash.pop(number))
        self.deleted.discard(number)

    @rule(number=NUMBERS, seen=st.booleans())
    def delete_and_think_again(self, number: int, seen: bool) -> None:
        """What chance alone seldom does: a deletion that is taken back at once, or when both machines have seen it."""
        self.take_away(number, "deleting")
        if seen:
            for desk in (self.desk, self.other):
                self._sync(desk)
        self.put_back(number)

    def _held_by(self, *desks: Desk, number: int) -> bool:
        for desk in desks:
            with desk.state() as state:
                if uid(number) in state.agreed(desk.url):
                    return True
        return False

    # -- the server ----------------------------------------------------------------------------------

    @rule(
        change=st.sampled_from([
            {"put_etag": "strong"}, {"put_etag": "weak"}, {"put_etag": "none"}, {"rewrites": True},
            {"checks_if_none_match": False}, {"checks_if_match": False}, {"has_sync": False}, {"has_sync": True},
            {"versions_begin_again": True}, {"says_created": True}, {"says_created": False},
            {"unknown_token": "full"}, {"unknown_token": "412"},
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

    def _wish(self) -> Wish:
        wanted = [self.plan[number] for number in sorted(self.plan)]
        return Wish(
            wanted,
            owners=owners(wanted),
            ours=frozenset(uid(number) for number in range(6)),
            entries={"nordlys": len(self.log)},
            was_out=self._was_out,
            skipped_there=frozenset(uid(number) for number in self.skipped),
            timezone="Europe/Copenhagen",
        )

    def _come_home(self, memory: Memory, edits: Sequence[Edit], _touched: object) -> Replanned | None:
        """A deleted step is logged as skipped, which both machines read; one that was put back is planned again."""
        back = [number for number in self.skipped if PutBack(uid(number)) in edits]
        for number in back:
            self.plan[number] = self.skipped.pop(number)
            self.log.append(("back", number))
        gone = [number for number in self.plan if uid(number) in memory and memory[uid(number)].dismissed]
        for number in gone:
            self.skipped[number] = self.plan[number]
            self._out(number)
        home = {uid(number): replace(memory[uid(number)], dismissed=False) for number in gone}
        return Replanned(self._wish(), home) if gone or back else None

    def _sync(self, desk: Desk) -> Report | None:
        self.now += timedelta(minutes=7)
        wish = self._wish()
        options = {field.name: getattr(wish, field.name) for field in fields(wish) if field.name != "events"}
        try:
            return desk.sync(wish.events, self.now, wish=options, allow_deletions=True, replan=self._come_home)
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

    @rule()
    def sync_both_in_turn(self) -> None:
        for desk in (self.desk, self.other):
            self._check(desk)
        for desk in (self.desk, self.other):
            report = self._sync(desk)
            assert report is None or report.failed or not report.changes  # no machine takes back what another wrote

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
            given, former = self.given.get(number, {}), self.former.get(number, [])
            assert content.description == planned.description
            for name, ours in fields_of(planned).items():
                theirs = content.fields[name]
                assert theirs == given.get(name, ours) or (name not in given and (name, theirs) in former)
            mine = {*self.notes.get(number, "").split("\n")} - {""}
            earlier = {words for name, words in former if name == "notes"} - mine
            assert {*content.own_notes.split("\n")} - {""} - earlier == mine
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

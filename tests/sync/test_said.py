"""What the notes of an event say that the log does not have: each try once, however the notes grow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from callplan.book.types import LogEntry
from callplan.plan.step import StepKind
from callplan.sync.first_words import outcome_in
from callplan.sync.said import at_home, hear, is_news
from hypothesis import given
from hypothesis import strategies as st

MONDAY = datetime(2026, 12, 7, 8, 15, tzinfo=UTC)


def read(text: str) -> tuple[str | None, str]:
    return outcome_in(text, StepKind.CALL)


class Machine:
    """A machine that has seen the notes of one call; the log may be another's too."""

    def __init__(self, log: list[LogEntry] | None = None, *, remembers: bool = True) -> None:
        self.log: list[LogEntry] = [] if log is None else log
        self.home: tuple[str, ...] = ()
        self.modified = MONDAY - timedelta(days=3) if remembers else None
        self.now = MONDAY

    def sees(self, *lines: str) -> list[str]:
        """What it logs when the notes are these lines, as ``no-answer: remark``."""
        self.now += timedelta(hours=1)
        notes, since = "\n".join(lines), self.modified
        if not is_news(notes, self.home):
            return []
        heard = hear(notes, self.home, self.log, read, None if since is None else lambda entry: entry.at > since)
        for said in heard.unlogged:
            note = said.text if said.outcome is None else said.remark
            self.log.append(LogEntry(self.now, "call", said.outcome or "noted", note=note))
            if said.outcome is not None:
                self.modified = self.now
        self.modified = self.modified or self.now
        self.home = at_home(notes)
        return [f"{said.outcome}: {said.remark}" if said.remark else str(said.outcome) for said in heard.unlogged]


def test_two_tries_between_two_syncs_are_two_entries() -> None:
    assert Machine().sees("no answer", "Reached: they decide on Friday") == [
        "no-answer",
        "reached: they decide on Friday",
    ]


def test_what_stands_below_an_outcome_is_its_remark() -> None:
    machine = Machine()
    lines = ("no answer", "She is on holiday", "no answer", "Reached: on Friday", "Spoke to Jonas too")
    assert machine.sees(*lines) == [
        "no-answer: She is on holiday",
        "no-answer",
        "reached: on Friday\nSpoke to Jonas too",
    ]


def test_prose_is_not_searched_for_outcomes() -> None:
    assert Machine().sees("Asked how large the team is", "Reached a number of nine") == [
        "None: Asked how large the team is\nReached a number of nine"
    ]


def test_a_try_below_an_older_remark_counts() -> None:
    machine = Machine()
    machine.sees("Ask for Jonas")
    assert machine.sees("Ask for Jonas", "no answer") == ["no-answer"]
    assert machine.sees("voicemail", "Ask for Jonas", "no answer") == ["voicemail"]


@pytest.mark.parametrize("words", ["no answer", "no answer again", "No answer: rang for a minute"])
def test_the_same_words_once_more_are_another_try(words: str) -> None:
    machine = Machine()
    assert len(machine.sees(words)) == 1
    assert machine.sees(words) == []
    assert len(machine.sees(words, words)) == 1
    assert [entry.outcome for entry in machine.log] == ["no-answer"] * 2


def test_words_written_anew_into_empty_notes_are_another_try() -> None:
    machine = Machine()
    machine.sees("no answer")
    assert machine.sees() == []
    assert machine.sees("no answer") == ["no-answer"]


@pytest.mark.parametrize("edited", ["No answer!", "NO ANSWER", "no  answer", "<p>no answer</p>", "&nbsp;no answer"])
def test_a_line_in_another_dress_is_the_same_line(edited: str) -> None:
    machine = Machine()
    machine.sees("no answer")
    assert machine.sees(edited) == []


def test_a_completed_line_is_a_remark_and_no_further_try() -> None:
    machine = Machine()
    machine.sees("no answer")
    assert machine.sees("No answer, rang for a minute") == ["None: No answer, rang for a minute"]
    assert machine.sees("no answer") == []  # and cut back again


def test_a_question_that_is_answered_counts() -> None:
    machine = Machine()
    assert machine.sees("Reached?") == ["None: Reached?"]
    assert machine.sees("Reached!") == ["reached"]


@pytest.mark.parametrize(
    "notes", ["<b>no answer</b>", "<p>no answer</p>", "no answer<br>", "\u200bno answer", "• no answer"]
)
def test_a_clients_clothing_hides_no_outcome(notes: str) -> None:
    assert Machine().sees(notes) == ["no-answer"]


def test_what_no_record_may_hold_is_left_out() -> None:
    assert Machine().sees("Reached: her line is \u202a+45 32 12 34 99\u202c") == [
        "reached: her line is +45 32 12 34 99"
    ]
    (long,) = Machine().sees("Reached: " + "blah " * 10_000)
    assert len(long) < 21_000
    assert long.endswith("…")


def test_a_machine_that_remembers_nothing_takes_no_try_for_another() -> None:
    first = Machine()
    for lines in (["no answer"], ["no answer", "no answer"], ["no answer", "no answer", "No answer", "Rang twice"]):
        first.sees(*lines)
    assert [entry.outcome for entry in first.log] == ["no-answer"] * 3
    assert Machine(first.log, remembers=False).sees("no answer", "no answer", "No answer", "Rang twice") == []


def test_a_machine_that_remembers_nothing_hears_what_is_not_logged() -> None:
    log = [LogEntry(MONDAY, "call", "no-answer")]
    assert Machine(log, remembers=False).sees("no answer", "no answer", "Reached: Friday") == [
        "no-answer",
        "reached: Friday",
    ]


def test_a_remark_that_was_changed_in_the_file_is_still_that_entry() -> None:
    log = [LogEntry(MONDAY, "call", "no-answer", note="corrected by hand")]
    assert Machine(log, remembers=False).sees("no answer: rang long") == []


def test_a_refused_outcome_counts_when_it_is_written_again() -> None:
    machine = Machine()
    machine.log.append(LogEntry(MONDAY, "call", "noted", note="no answer"))
    machine.home = at_home("no answer")
    assert machine.sees("no answer", "no answer") == ["no-answer"]


def test_another_machine_was_quicker() -> None:
    log: list[LogEntry] = []
    phone, laptop = Machine(log), Machine(log)
    assert phone.sees("no answer", "She is away") == ["no-answer: She is away"]
    assert laptop.sees("no answer", "She is away") == []
    assert laptop.sees("no answer", "She is away", "no answer") == ["no-answer"]
    assert phone.sees("no answer", "She is away", "no answer") == []


LINES = st.sampled_from(
    [
        "no answer", "No answer again", "no answer: rang long", "intet svar", "Ask for Jonas", "She is on holiday",
        "They decide on Friday, or on Monday at the latest", "voicemail",
    ]
)  # fmt: skip


@given(st.lists(st.lists(LINES, min_size=1, max_size=3), max_size=5))
def test_notes_that_grow_are_all_in_the_log_and_nothing_twice(additions: list[list[str]]) -> None:
    machine = Machine()
    notes: list[str] = []
    for lines in additions:
        notes += lines
        machine.sees(*notes)
        assert machine.sees(*notes) == []
    logged = " ".join(f"{entry.outcome} {entry.note}" for entry in machine.log)
    assert all(line in logged for line in notes if read(line)[0] is None)
    tries = sum(entry.outcome != "noted" for entry in machine.log)
    assert tries <= sum(read(line)[0] is not None for line in notes)
    assert Machine([*machine.log], remembers=False).sees(*notes) == []
    quicker = Machine(machine.log)
    assert quicker.sees(*notes) == []


@given(st.lists(LINES, max_size=6))
def test_a_run_that_was_cut_off_is_finished_and_not_repeated(lines: list[str]) -> None:
    whole = Machine()
    whole.sees(*lines)
    for count in range(len(whole.log) + 1):
        cut = Machine([replace(entry) for entry in whole.log[:count]])
        cut.sees(*lines)
        assert [(e.outcome, e.note) for e in cut.log] == [(e.outcome, e.note) for e in whole.log]

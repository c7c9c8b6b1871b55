"""What the user does in their calendar comes home into the log, once, and the plan follows in the same sync."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from callplan.book import write
from callplan.book.types import LogEntry
from callplan.errors import RecordError
from callplan.plan.step import StepKind
from callplan.where import Places
from callplan.words.letters.keeping import Drafts, KeptDraft

from tests.sync.desk import Desk
from tests.sync.home import (
    AFTER_CALL,
    AFTER_INTERVIEW,
    BEFORE_CALL,
    FOLLOWED_UP,
    NORDLYS,
    Home,
    home_of,
    moved_to,
    noted,
    on_top,
    second_machine,
)


def test_a_dragged_call_is_logged_as_moved_and_keeps_its_time(calling: Home) -> None:
    calling.edit(StepKind.CALL, moved_to("2026-12-07", "08:45"))
    report = calling.sync(BEFORE_CALL + timedelta(hours=1))
    assert calling.outcomes() == ["call moved"]
    assert calling.log[-1].time == datetime(2026, 12, 7, 7, 45, tzinfo=UTC)
    assert "Logged for nordlys: call moved to 2026-12-07 08:45" in report.lines()
    assert ":20261207T084500" in calling.text(StepKind.CALL)
    assert calling.sync(BEFORE_CALL + timedelta(hours=2)).changes == 0
    assert calling.desk.proxy.count() == 1
    assert len(calling.outcomes()) == 1


def test_a_call_dragged_to_a_bad_hour_is_kept_and_warned_of(calling: Home) -> None:
    calling.edit(StepKind.CALL, moved_to("2026-12-07", "22:00"))
    for options in ({"dry_run": True}, {}):
        report = calling.sync(BEFORE_CALL + timedelta(hours=1), **options)
        assert any(line.startswith("Careful: ") and "22:00 is outside" in line for line in report.lines())
    assert ":20261207T220000" in calling.text(StepKind.CALL)
    assert calling.sync(BEFORE_CALL + timedelta(hours=2)).lines() == []


def test_a_deadline_that_is_over_is_not_written_anew(fresh: Home) -> None:
    file, later = fresh.where.book / "nordlys.toml", AFTER_INTERVIEW + timedelta(days=9)
    deadline = f"{fresh.uid(StepKind.THANK_YOU_DEADLINE)}.ics"
    text = file.read_text(encoding="utf-8")
    assert fresh.sync(later).deleted == ()
    assert deadline in fresh.desk.items()  # it stays where it stands
    file.write_text(text + '\n[[log]]\nat = 2026-11-25T09:00:00+01:00\nstep = "rejection"\n', encoding="utf-8")
    fresh.sync(later)
    assert deadline not in fresh.desk.items()
    file.write_text(text, encoding="utf-8")  # it was a mistake
    report = fresh.sync(later)
    assert report.created
    assert deadline not in fresh.desk.items()
    assert fresh.sync(later).changes == 0
    assert len(fresh.desk.items()) == fresh.sync(later).unchanged


def test_the_file_keeps_every_other_byte(calling: Home) -> None:
    before = (calling.where.book / "nordlys.toml").read_text(encoding="utf-8")
    calling.edit(StepKind.CALL, moved_to("2026-12-07", "08:45"))
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    assert (calling.where.book / "nordlys.toml").read_text(encoding="utf-8").startswith(before)


def test_a_stretched_call_keeps_its_length(calling: Home) -> None:
    calling.edit(StepKind.CALL, lambda text: re.sub(r"(DTEND\S+)T083000", r"\1T093000", text))
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    calling.sync(BEFORE_CALL + timedelta(hours=2))
    assert "T081500" in calling.text(StepKind.CALL)
    assert "T093000" in calling.text(StepKind.CALL)
    assert calling.outcomes() == []


@pytest.mark.parametrize("kind", [StepKind.THANK_YOU, StepKind.FOLLOW_UP, StepKind.CALL, StepKind.REFLECT])
def test_a_deleted_step_is_logged_as_skipped_and_stays_away(fresh: Home, kind: StepKind) -> None:
    fresh.desk.delete(fresh.uid(kind))
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=1))
    assert fresh.outcomes() == [f"{kind} skipped"]
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=2))
    assert f"{fresh.uid(kind)}.ics" not in fresh.desk.items()
    assert len(fresh.log) == 1


def test_a_skipped_step_comes_back_when_the_log_takes_it_back(fresh: Home) -> None:
    fresh.desk.delete(fresh.uid(StepKind.THANK_YOU))
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=1))
    undone = LogEntry(AFTER_INTERVIEW + timedelta(hours=2), "thank-you", "undone")
    write.append_log(fresh.where.book / "nordlys.toml", undone)
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=3))
    assert f"{fresh.uid(StepKind.THANK_YOU)}.ics" in fresh.desk.items()
    assert fresh.sync(AFTER_INTERVIEW + timedelta(hours=4)).changes == 0
    assert len(fresh.log) == 2


def test_one_letter_of_two_is_skipped_for_its_reader_alone(fresh: Home) -> None:
    fresh.desk.delete(fresh.uid(StepKind.LETTER, "Jonas Krag"))
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=1))
    assert fresh.log[-1].to == ("Jonas Krag",)
    assert f"{fresh.uid(StepKind.LETTER, 'Mette Holm')}.ics" in fresh.desk.items()


def test_a_cancelled_step_is_logged_as_skipped(fresh: Home) -> None:
    fresh.edit(StepKind.FOLLOW_UP, lambda text: re.sub("STATUS:.*", "STATUS:CANCELLED", text))
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=1))
    assert fresh.outcomes() == ["follow-up skipped"]
    assert f"{fresh.uid(StepKind.FOLLOW_UP)}.ics" not in fresh.desk.items()


@pytest.mark.parametrize("typed", [noted, on_top])
@pytest.mark.parametrize("words", ["no answer", "No Answer!", "NO ANSWER.", "intet svar", "* no answer"])
def test_no_answer_is_logged_and_the_event_moves_in_the_same_sync(
    calling: Home, typed: Callable[[str], Callable[[str], str]], words: str
) -> None:
    calling.edit(StepKind.CALL, typed(words))
    before = calling.text(StepKind.CALL)
    report = calling.sync(AFTER_CALL)
    assert calling.outcomes() == ["call no-answer"]
    # To Monday afternoon, with its rehearsal; the second call counts from that day.
    rehearsal, call = calling.uid(StepKind.REHEARSE, StepKind.CALL.value), calling.uid(StepKind.CALL)
    assert [line.uid for line in report.updated] == [rehearsal, call, calling.uid(StepKind.SECOND_CALL)]
    after = calling.text(StepKind.CALL)
    assert re.findall("DTSTART.*", after) != re.findall("DTSTART.*", before)
    assert words in after
    calling.sync(AFTER_CALL + timedelta(minutes=5))
    assert calling.desk.proxy.count() == 1
    assert len(calling.outcomes()) == 1


def test_a_second_try_is_logged_when_the_words_stand_there_once_more(calling: Home) -> None:
    calling.edit(StepKind.CALL, on_top("no answer"))
    calling.sync(AFTER_CALL)
    calling.edit(StepKind.CALL, on_top("no answer"))
    calling.sync(AFTER_CALL + timedelta(days=5))
    assert calling.outcomes() == ["call no-answer", "call no-answer"]
    calling.sync(AFTER_CALL + timedelta(days=5, minutes=5))
    assert len(calling.outcomes()) == 2


def test_what_follows_the_first_words_is_the_note_of_the_entry(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("Reached: they decide on Friday\\nAsk for Jonas next time"))
    calling.sync(AFTER_CALL)
    assert calling.outcomes() == ["call reached"]
    assert calling.log[-1].note == "they decide on Friday\nAsk for Jonas next time"
    assert f"{calling.uid(StepKind.CALL)}.ics" not in calling.desk.items()
    assert f"{calling.uid(StepKind.SECOND_CALL)}.ics" in calling.desk.items()


@pytest.mark.parametrize(
    ("kind", "words", "entry"),
    [
        (StepKind.THANK_YOU, "sent", "thank-you sent"),
        (StepKind.THANK_YOU, "Sendt", "thank-you sent"),
        (StepKind.THANK_YOU_DEADLINE, "done", "thank-you done"),
        (StepKind.NOTES, "Færdig.", "notes done"),
        (StepKind.FOLLOW_UP, "sent it at noon", "follow-up sent"),
    ],
)
def test_each_step_knows_its_words(fresh: Home, kind: StepKind, words: str, entry: str) -> None:
    fresh.edit(kind, noted(words))
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=3))
    assert fresh.outcomes() == [entry]
    assert f"{fresh.uid(kind)}.ics" not in fresh.desk.items()
    fresh.sync(AFTER_INTERVIEW + timedelta(hours=4))
    assert len(fresh.log) == 1


def test_what_they_said_is_in_the_record(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("They are moving to Odense\\; ask about it"))
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    assert calling.outcomes() == ["call noted"]
    assert calling.log[-1].note == "They are moving to Odense; ask about it"
    calling.edit(StepKind.CALL, lambda text: text.replace("about it", "about it\\nThe dog is called Bob"))
    calling.sync(BEFORE_CALL + timedelta(hours=2))
    assert calling.log[-1].note == "The dog is called Bob"
    calling.sync(BEFORE_CALL + timedelta(hours=3))
    assert len(calling.outcomes()) == 2


def test_what_etiquette_refuses_is_told_and_the_words_are_kept(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS + FOLLOWED_UP)
    home.sync(BEFORE_CALL)
    home.edit(StepKind.CALL, noted("reached"))
    with (home.where.book / "nordlys.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[log]]\nat = 2026-12-04T08:00:00+01:00\nstep = "rejection"\n')
    report = home.sync(AFTER_CALL)
    assert any("not logged as reached" in line and "--override" in line for line in report.lines())
    assert home.outcomes() == ["rejection None", "call noted"]
    assert home.sync(AFTER_CALL + timedelta(minutes=5)).messages == ()
    assert len(home.outcomes()) == 2


def test_sent_waits_for_a_draft_that_still_has_gaps(fresh: Home) -> None:
    draft = fresh.where.state / "thanks.txt"
    kept = KeptDraft("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11", 1, "thank-you", "Mette Holm", str(draft), "")
    Drafts(fresh.where).write(kept, "Dear [GAP: whom], thank you")
    fresh.edit(StepKind.THANK_YOU, noted("sent"))
    report = fresh.sync(AFTER_INTERVIEW + timedelta(minutes=5))
    assert fresh.outcomes() == []
    assert any("[GAP: whom]" in line and "the next sync tries again" in line for line in report.messages)
    draft.write_text("Dear Mette, thank you", encoding="utf-8")
    fresh.sync(AFTER_INTERVIEW + timedelta(minutes=9))
    assert fresh.outcomes() == ["thank-you sent"]


def test_a_dragged_interview_is_told_and_not_logged(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(datetime(2026, 11, 10, 9, 0, tzinfo=UTC))
    home.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    report = home.sync(datetime(2026, 11, 10, 10, 0, tzinfo=UTC))
    assert home.log == ()
    assert any("the record at 2026-11-16 10:00, and every step counts" in line for line in report.lines())
    assert ":20261117T100000" in home.text(StepKind.INTERVIEW)
    # It is told until it is put right, since the thanks would go out a day too early.
    (line,) = home.sync(datetime(2026, 11, 10, 11, 0, tzinfo=UTC)).lines()
    assert line.endswith('callplan round nordlys --change 1 --start "2026-11-17 10:00"')
    begun = datetime(2026, 11, 17, 10)
    ended = datetime(2026, 11, 17, 11, 15)
    file = home.where.book / "nordlys.toml"
    write.set_values(file, {("rounds", 0, "start"): begun, ("rounds", 0, "end"): ended})
    home.sync(datetime(2026, 11, 10, 12, 0, tzinfo=UTC))
    assert home.sync(datetime(2026, 11, 10, 13, 0, tzinfo=UTC)).lines() == []
    assert ":20261117T100000" in home.text(StepKind.INTERVIEW)


def test_an_interview_moved_on_both_sides_is_a_conflict_until_it_is_settled(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    now = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    home.sync(now)
    home.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    file = home.where.book / "nordlys.toml"
    file.write_text(NORDLYS.replace("2026-11-16T", "2026-11-18T"), encoding="utf-8")
    report = home.sync(now + timedelta(hours=1))
    assert [one.field for one in report.conflicts] == ["when"]
    (line,) = report.told_conflicts()
    assert "2026-11-17 10:00-11:15" in line
    assert "2026-11-18 10:00-11:15" in line
    assert ":20261117T100000" in home.text(StepKind.INTERVIEW)
    assert home.sync(now + timedelta(hours=2)).conflicts == report.conflicts
    settled = home.sync(now + timedelta(hours=3), resolve={home.uid(StepKind.INTERVIEW): False})
    assert settled.conflicts == ()
    assert ":20261118T100000" in home.text(StepKind.INTERVIEW)
    assert home.sync(now + timedelta(hours=4)).changes == 0


def test_a_dry_run_logs_nothing_and_tells_what_it_would(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("no answer"))
    before = calling.log
    report = calling.sync(AFTER_CALL, dry_run=True)
    assert calling.log == before
    assert any(line.startswith("Would be logged for nordlys: call no-answer") for line in report.lines())
    assert report.as_json()["logged"][0]["outcome"] == "no-answer"
    assert len(report.updated) == 3  # the call, its rehearsal and the second call, which counts from it


def test_a_mass_deletion_is_not_logged_before_the_user_has_said_so(fresh: Home) -> None:
    for name in list(fresh.desk.items()):
        fresh.desk.delete(name.removesuffix(".ics"))
    with pytest.raises(Exception, match="--allow-deletions"):
        fresh.sync(AFTER_INTERVIEW + timedelta(hours=1))
    assert fresh.log == ()


def test_a_file_that_cannot_be_written_keeps_the_edit_for_later(calling: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    calling.edit(StepKind.CALL, noted("no answer"))
    with monkeypatch.context() as patch:

        def refuse(*_: Any, **__: Any) -> Any:
            raise RecordError("nordlys.toml is read-only. Nothing was written.")

        patch.setattr(write, "append_log", refuse)
        report = calling.sync(AFTER_CALL)
    assert any("the next sync tries again" in line for line in report.lines())
    calling.sync(AFTER_CALL + timedelta(minutes=5))
    assert calling.outcomes() == ["call no-answer"]


def test_what_was_done_while_the_file_was_faulty_comes_home_when_it_is_mended(calling: Home) -> None:
    file = calling.where.book / "nordlys.toml"
    whole = file.read_text(encoding="utf-8")
    calling.edit(StepKind.CALL, moved_to("2026-12-07", "08:45"))
    file.write_text(whole + "\nno such thing = [\n", encoding="utf-8")
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    file.write_text(whole, encoding="utf-8")
    calling.sync(BEFORE_CALL + timedelta(hours=2))
    assert calling.outcomes() == ["call moved"]
    assert ":20261207T084500" in calling.text(StepKind.CALL)


def test_two_machines_with_one_book_log_each_thing_once(
    calling: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = second_machine(calling, tmp_path)
    laptop.sync(BEFORE_CALL)
    calling.edit(StepKind.CALL, noted("no answer"))
    calling.edit(StepKind.REHEARSE, moved_to("2026-12-03", "21:00"), "call")
    calling.desk.delete(calling.uid(StepKind.REFLECT))
    for machine in (calling, laptop, calling, laptop):
        machine.sync(AFTER_CALL)
    assert sorted(calling.outcomes()) == ["call no-answer", "reflect skipped"]
    items = calling.desk.items()
    for machine in (laptop, calling):
        assert machine.sync(AFTER_CALL + timedelta(minutes=5)).changes == 0
    assert calling.desk.items() == items


def test_another_machines_removal_is_no_deletion_by_the_user(calling: Home, tmp_path: Path) -> None:
    laptop = second_machine(calling, tmp_path)
    laptop.sync(BEFORE_CALL)
    write.append_log(calling.where.book / "nordlys.toml", LogEntry(AFTER_CALL, "call", "reached"))
    calling.sync(AFTER_CALL)
    report = laptop.sync(AFTER_CALL)
    assert report.edits == ()
    assert calling.outcomes() == ["call reached"]


@pytest.mark.parametrize(
    ("out", "back"),
    [
        (LogEntry(BEFORE_CALL, "call", "reached"), LogEntry(BEFORE_CALL, "call", "undone")),
        (LogEntry(BEFORE_CALL, "offer", by="email"), LogEntry(BEFORE_CALL, "offer", "undone")),
    ],
    ids=["reached", "offer"],
)
def test_what_is_taken_back_stands_again_though_the_other_machine_only_saw_it_vanish(
    out: LogEntry, back: LogEntry, calling: Home, tmp_path: Path
) -> None:
    laptop = second_machine(calling, tmp_path)
    laptop.sync(BEFORE_CALL)
    standing = set(calling.desk.items())
    write.append_log(calling.where.book / "nordlys.toml", out)
    calling.sync(BEFORE_CALL)
    assert f"{calling.uid(StepKind.CALL)}.ics" not in calling.desk.items()
    write.append_log(calling.where.book / "nordlys.toml", back)
    now = BEFORE_CALL + timedelta(minutes=1)
    assert laptop.sync(now, dry_run=True).edits == ()
    report = laptop.sync(now)
    assert report.edits == ()
    assert set(calling.desk.items()) == standing
    assert calling.sync(now).changes == 0
    calling.desk.delete(calling.uid(StepKind.CALL))  # but from here on it is the user's doing
    assert [type(edit).__name__ for edit in laptop.sync(now).edits] == ["Deleted"]
    assert calling.outcomes()[-1] == "call skipped"


def test_a_machine_with_an_older_book_leaves_a_newer_ones_events_standing(calling: Home, tmp_path: Path) -> None:
    older = tmp_path / "laptop" / "book"
    older.mkdir(parents=True)
    (older / "nordlys.toml").write_bytes((calling.where.book / "nordlys.toml").read_bytes())
    laptop = Home(
        calling.desk.another(tmp_path / "laptop"),
        Places(calling.where.config, older, tmp_path / "laptop", calling.where.data),
        calling.before,
    )
    laptop.sync(BEFORE_CALL)
    write.append_log(calling.where.book / "nordlys.toml", LogEntry(BEFORE_CALL, "offer", by="email"))
    calling.sync(BEFORE_CALL)
    answer = f"{calling.uid(StepKind.ANSWER, 'offer')}.ics"
    names = set(calling.desk.items())
    laptop.sync(BEFORE_CALL + timedelta(minutes=1), allow_deletions=True)
    assert names <= set(calling.desk.items())
    calling.sync(BEFORE_CALL + timedelta(minutes=2), allow_deletions=True)
    assert calling.outcomes() == ["offer None"]
    assert len(names) == len(set(calling.desk.items()) & names), answer

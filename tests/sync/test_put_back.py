"""What the user deleted in the calendar and put back there stands, on every machine; what only looks so does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from callplan.book import write
from callplan.book.types import LogEntry
from callplan.errors import CallplanError, RecordError
from callplan.plan.step import StepKind
from callplan.settings import Settings
from callplan.sync import run
from callplan.sync.report import PartlySyncedError
from callplan.where import Places

from tests.servers import Reply
from tests.sync.desk import OTHERS, Desk, pretend_desk
from tests.sync.home import AFTER_INTERVIEW, ME, NORDLYS, Home, home_of, second_machine
from tests.sync.pretend import FLAVOURS

BEFORE_INTERVIEW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FOLLOW_UP = StepKind.FOLLOW_UP


@pytest.fixture
def home(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Before the interview, with everything in the calendar."""
    found = home_of(desk_at_home, monkeypatch, NORDLYS)
    found.sync(BEFORE_INTERVIEW)
    return found


def stands(home: Home, kind: StepKind, whom: str = "") -> bool:
    return f"{home.uid(kind, whom)}.ics" in home.desk.items()


def delete(home: Home, kind: StepKind, whom: str = "") -> str:
    """The user deletes the event. Returns it, as the trash keeps it."""
    text = home.text(kind, whom)
    home.desk.delete(home.uid(kind, whom))
    return text


def cancel(home: Home, kind: StepKind) -> None:
    home.edit(kind, lambda text: re.sub("STATUS:.*", "STATUS:CANCELLED", text))


def fails_to_remove(home: Home, now: datetime, reply: Reply) -> None:
    """A sync whose removals are answered like this."""
    home.desk.proxy.mischief = lambda _number, method, _path: reply if method == "DELETE" else None
    with pytest.raises(CallplanError):
        home.sync(now)
    home.desk.proxy.mischief = None


# -- it stands ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FOLLOW_UP, StepKind.CALL, StepKind.REFLECT])
def test_a_step_whose_event_is_put_back_is_skipped_no_more(home: Home, kind: StepKind) -> None:
    text = delete(home, kind)
    home.sync(BEFORE_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(kind), text)
    report = home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert any(line.startswith('You put "') for line in report.lines())
    assert home.outcomes() == [f"{kind} skipped", f"{kind} undone"]
    assert stands(home, kind)
    assert home.sync(BEFORE_INTERVIEW + 3 * HOUR).lines() == []


@pytest.mark.parametrize(
    ("kind", "logged"),
    [
        (StepKind.INTERVIEW, []),
        (StepKind.THANK_YOU_DEADLINE, ["thank-you-deadline skipped", "thank-you-deadline undone"]),
    ],
)
def test_an_interview_or_a_deadline_that_is_put_back_stands(home: Home, kind: StepKind, logged: list[str]) -> None:
    text = delete(home, kind)
    home.sync(BEFORE_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(kind), text)
    home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert stands(home, kind)
    assert home.outcomes() == logged
    assert home.sync(BEFORE_INTERVIEW + 3 * HOUR).lines() == []


def test_it_can_be_deleted_again(home: Home) -> None:
    for hour in range(3):
        text = delete(home, FOLLOW_UP)
        home.sync(BEFORE_INTERVIEW + (2 * hour + 1) * HOUR)
        assert not stands(home, FOLLOW_UP)
        home.desk.put_back(home.uid(FOLLOW_UP), text)
        home.sync(BEFORE_INTERVIEW + (2 * hour + 2) * HOUR)
        assert stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped", "follow-up undone"] * 3


def test_what_is_put_back_before_any_sync_saw_it_gone_is_nothing(home: Home) -> None:
    home.desk.put_back(home.uid(FOLLOW_UP), delete(home, FOLLOW_UP))
    assert home.sync(BEFORE_INTERVIEW + HOUR).edits == ()
    assert home.log == ()


@pytest.mark.parametrize("first", ["desk", "laptop"])
@pytest.mark.parametrize("kind", [FOLLOW_UP, StepKind.INTERVIEW])
def test_two_machines_leave_it_standing_whichever_sees_it_first(
    home: Home, tmp_path: Path, kind: StepKind, first: str
) -> None:
    laptop = second_machine(home, tmp_path)
    laptop.sync(BEFORE_INTERVIEW)
    text = delete(home, kind)
    home.sync(BEFORE_INTERVIEW + HOUR)
    laptop.sync(BEFORE_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(kind), text)
    for machine in (home, laptop) if first == "desk" else (laptop, home):
        machine.sync(BEFORE_INTERVIEW + 2 * HOUR)
    for machine in (home, laptop):
        assert machine.sync(BEFORE_INTERVIEW + 3 * HOUR).lines() == []
    assert stands(home, kind)
    assert home.outcomes() == ([] if kind is StepKind.INTERVIEW else ["follow-up skipped", "follow-up undone"])


def test_a_machine_that_has_lost_its_state_knows_it_from_the_log(home: Home, tmp_path: Path) -> None:
    text = delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    second_machine(home, tmp_path).sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped", "follow-up undone"]


@pytest.mark.parametrize("apart", [timedelta(), HOUR], ids=["at once", "one after the other"])
@pytest.mark.parametrize("whom", ["Mette Holm", "Jonas Krag"])
def test_of_two_letters_only_hers_comes_back(home: Home, whom: str, apart: timedelta) -> None:
    both = sorted(("Mette Holm", "Jonas Krag"))
    texts = {}
    for number, name in enumerate(both):
        texts[name] = delete(home, StepKind.LETTER, name)
        if apart or number:
            home.sync(BEFORE_INTERVIEW + (number + 1) * HOUR)
    home.desk.put_back(home.uid(StepKind.LETTER, whom), texts[whom])
    home.sync(BEFORE_INTERVIEW + 5 * HOUR)
    home.sync(BEFORE_INTERVIEW + 6 * HOUR)
    assert [name for name in both if stands(home, StepKind.LETTER, name)] == [whom]


def test_a_letter_sent_to_the_other_one_meanwhile_stays_sent(home: Home) -> None:
    now = AFTER_INTERVIEW
    text = delete(home, StepKind.LETTER, "Mette Holm")
    home.sync(now)
    write.append_log(
        home.where.book / "nordlys.toml", LogEntry(now + timedelta(minutes=5), "letter", "sent", ("Jonas Krag",))
    )
    home.sync(now + HOUR)
    home.desk.put_back(home.uid(StepKind.LETTER, "Mette Holm"), text)
    home.sync(now + 2 * HOUR)
    assert stands(home, StepKind.LETTER, "Mette Holm")
    assert not stands(home, StepKind.LETTER, "Jonas Krag")


def test_a_cancelled_event_that_is_confirmed_again_before_it_is_removed_stands(home: Home) -> None:
    before = home.text(FOLLOW_UP)
    cancel(home, FOLLOW_UP)
    fails_to_remove(home, BEFORE_INTERVIEW + HOUR, Reply(500))
    assert home.outcomes() == ["follow-up skipped"]
    home.edit(FOLLOW_UP, lambda _: before)
    home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped", "follow-up undone"]
    assert home.sync(BEFORE_INTERVIEW + 3 * HOUR).lines() == []


@pytest.mark.parametrize("kind", [FOLLOW_UP, StepKind.INTERVIEW])
def test_a_cancelled_event_that_is_confirmed_again_while_it_is_removed_stands(home: Home, kind: StepKind) -> None:
    if home.desk.server == OTHERS.get("other-sogo"):
        pytest.skip("SOGo removes any version of an event, whichever is named")
    before = home.text(kind)
    cancel(home, kind)

    def changes_their_mind(_number: int, method: str, _path: str) -> None:
        if method == "DELETE":
            home.desk.proxy.mischief = None
            home.edit(kind, lambda _: before)

    home.desk.proxy.mischief = changes_their_mind
    home.sync(BEFORE_INTERVIEW + HOUR)
    home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert stands(home, kind)


def test_a_record_that_cannot_be_written_just_now_follows_later(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    text = delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    with monkeypatch.context() as patch:

        def refuse(*_: Any, **__: Any) -> Any:
            raise RecordError("nordlys.toml is read-only. Nothing was written.")

        patch.setattr(write, "append_log", refuse)
        report = home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert any("the next sync tries again" in line for line in report.lines())
    assert stands(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + 3 * HOUR)
    assert stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped", "follow-up undone"]
    assert home.sync(BEFORE_INTERVIEW + 4 * HOUR).lines() == []


def test_the_note_that_tells_it_is_known_in_each_language(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    text = delete(home, FOLLOW_UP)
    home.desk.proxy.clear()
    danish = Settings(me=replace(ME, language="da"))
    run.sync(home.where, danish, BEFORE_INTERVIEW + HOUR)
    assert home.log[-1].note == "taget ud af kalenderen"
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert home.outcomes() == ["follow-up skipped", "follow-up undone"]


def test_a_dry_run_tells_it_and_writes_nothing(home: Home) -> None:
    text = delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    report = home.sync(BEFORE_INTERVIEW + 2 * HOUR, dry_run=True)
    assert "Would be logged for nordlys: follow-up undone" in report.lines()
    assert report.deleted == ()
    assert home.outcomes() == ["follow-up skipped"]


# -- restore -----------------------------------------------------------------------------------------


def test_restore_takes_back_what_was_deleted_in_the_calendar_and_not_what_the_record_skips(home: Home) -> None:
    file = home.where.book / "nordlys.toml"
    write.append_log(file, LogEntry(BEFORE_INTERVIEW, "reflect", "skipped"))
    for kind in (FOLLOW_UP, StepKind.INTERVIEW):
        home.desk.delete(home.uid(kind))
    home.sync(BEFORE_INTERVIEW + HOUR)
    report = home.sync(BEFORE_INTERVIEW + 2 * HOUR, restore=True)
    assert "Logged for nordlys: follow-up undone" in report.lines()
    assert stands(home, FOLLOW_UP)
    assert stands(home, StepKind.INTERVIEW)
    assert not stands(home, StepKind.REFLECT)
    assert home.sync(BEFORE_INTERVIEW + 3 * HOUR).lines() == []


def test_an_interview_restored_on_one_machine_stands_for_the_other(home: Home, tmp_path: Path) -> None:
    laptop = second_machine(home, tmp_path)
    laptop.sync(BEFORE_INTERVIEW)
    home.desk.delete(home.uid(StepKind.INTERVIEW))
    for machine in (home, laptop):
        machine.sync(BEFORE_INTERVIEW + HOUR)
    home.sync(BEFORE_INTERVIEW + 2 * HOUR, restore=True)
    for machine in (laptop, home, laptop):
        assert not machine.sync(BEFORE_INTERVIEW + 3 * HOUR).changes
    assert stands(home, StepKind.INTERVIEW)


# -- it only looks so --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FOLLOW_UP, StepKind.INTERVIEW])
@pytest.mark.parametrize("reply", [Reply(500), Reply(cut=True)], ids=["refused", "unanswered"])
def test_a_cancelled_event_that_could_not_be_removed_is_removed_later(home: Home, kind: StepKind, reply: Reply) -> None:
    cancel(home, kind)
    fails_to_remove(home, BEFORE_INTERVIEW + HOUR, reply)
    assert stands(home, kind)
    report = home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert not any("You put" in line for line in report.lines())
    assert not stands(home, kind)
    assert home.outcomes() == ([] if kind is StepKind.INTERVIEW else ["follow-up skipped"])


def test_what_the_record_skips_is_removed_as_often_as_it_stands_there(home: Home, tmp_path: Path) -> None:
    """An older copy of the book may write it again."""
    text = home.text(FOLLOW_UP)
    write.append_log(home.where.book / "nordlys.toml", LogEntry(BEFORE_INTERVIEW, "follow-up", "skipped"))
    fails_to_remove(home, BEFORE_INTERVIEW + HOUR, Reply(500))
    home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert not stands(home, FOLLOW_UP)
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    home.sync(BEFORE_INTERVIEW + 3 * HOUR)
    assert not stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped"]


def test_what_the_record_wants_no_more_is_not_put_back(home: Home) -> None:
    text = delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    write.append_log(home.where.book / "nordlys.toml", LogEntry(AFTER_INTERVIEW, "rejection"))
    home.sync(AFTER_INTERVIEW + HOUR)
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    report = home.sync(AFTER_INTERVIEW + 2 * HOUR)
    assert not any("You put" in line for line in report.lines())
    assert not stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped", "rejection None"]


def test_where_it_stands_still_in_another_calendar_it_was_not_put_back(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = pretend_desk(FLAVOURS["cyrus"], tmp_path / "laptop")
    where = Places(home.where.config, home.where.book, tmp_path / "laptop", home.where.data)
    laptop = Home(elsewhere, where)
    connected = run.open_calendar

    def sync(machine: Home, now: datetime) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(run, "open_calendar", connected if machine is home else lambda *_, **__: elsewhere.calendar())
            machine.sync(now)

    sync(laptop, BEFORE_INTERVIEW)
    assert stands(laptop, FOLLOW_UP)
    delete(home, FOLLOW_UP)
    sync(home, BEFORE_INTERVIEW + HOUR)
    sync(laptop, BEFORE_INTERVIEW + 2 * HOUR)
    assert not stands(laptop, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped"]


def older_copy(home: Home, tmp_path: Path) -> Home:
    """A machine to which the log has not come since now."""
    book = tmp_path / "older" / "book"
    book.mkdir(parents=True)
    (book / "nordlys.toml").write_bytes((home.where.book / "nordlys.toml").read_bytes())
    where = Places(home.where.config, book, tmp_path / "older", home.where.data)
    return Home(home.desk.another(tmp_path / "older"), where)


def test_an_older_copy_of_the_book_puts_nothing_back_that_it_had_seen(home: Home, tmp_path: Path) -> None:
    older = older_copy(home, tmp_path)
    older.sync(BEFORE_INTERVIEW)
    delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    for machine in (older, home, older, home):
        machine.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert not stands(home, FOLLOW_UP)
    assert home.outcomes() == older.outcomes() == ["follow-up skipped"]


def test_what_a_new_machine_with_an_older_book_writes_cannot_be_told_from_the_users_hand_and_stands(
    home: Home, tmp_path: Path
) -> None:
    """Of the two mistakes, the one that loses nothing."""
    older = older_copy(home, tmp_path)
    delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    older.sync(BEFORE_INTERVIEW + 2 * HOUR)
    for machine in (home, older, home):
        machine.sync(BEFORE_INTERVIEW + 3 * HOUR)
    assert stands(home, FOLLOW_UP)
    assert home.outcomes() == ["follow-up skipped", "follow-up undone"]


@pytest.mark.parametrize("flavour", ["sogo", "cyrus", "old-radicale"])
def test_another_machines_write_that_crosses_the_deletion_takes_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flavour: str
) -> None:
    """SOGo makes the deleted item anew when the other machine's change arrives."""
    home = home_of(pretend_desk(FLAVOURS[flavour], tmp_path), monkeypatch, NORDLYS)
    home.sync(BEFORE_INTERVIEW)
    laptop = second_machine(home, tmp_path)
    laptop.sync(BEFORE_INTERVIEW)
    file = home.where.book / "nordlys.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-11-30", "2026-12-01"), encoding="utf-8")
    uid = home.uid(FOLLOW_UP)

    def crosses(_number: int, method: str, path: str) -> None:
        if method == "PUT" and uid in path:
            home.desk.proxy.mischief = None
            home.desk.delete(uid)
            home.sync(BEFORE_INTERVIEW + HOUR)  # which logs the deletion

    home.desk.proxy.mischief = crosses
    try:
        laptop.sync(BEFORE_INTERVIEW + HOUR)
    except PartlySyncedError:
        assert flavour != "cyrus"
    assert home.desk.proxy.mischief is None
    for hour, machine in enumerate((laptop, home, laptop, home), 2):
        machine.sync(BEFORE_INTERVIEW + hour * HOUR)
    assert not stands(home, FOLLOW_UP)
    assert home.outcomes()[-1] == "follow-up skipped"
    assert "follow-up undone" not in home.outcomes()


def test_an_event_deleted_by_an_earlier_version_stays_deleted(home: Home) -> None:
    """Its log does not say that it was the calendar where the step was skipped."""
    text = delete(home, FOLLOW_UP)
    home.sync(BEFORE_INTERVIEW + HOUR)
    file = home.where.book / "nordlys.toml"
    file.write_text(re.sub("note = .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    home.desk.put_back(home.uid(FOLLOW_UP), text)
    home.sync(BEFORE_INTERVIEW + 2 * HOUR)
    assert not stands(home, FOLLOW_UP)

"""The log grows: an entry is written, every other byte stays, and nothing is ever half done."""

from __future__ import annotations

import errno
import os
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.book.compose import as_toml
from callplan.book.read import parse_application, read_application
from callplan.book.types import LogEntry
from callplan.book.write import append_log
from callplan.errors import RecordError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.applications import applications, entries
from tests.book.samples import NORDLYS, changed, files, raw

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
REPLY = LogEntry(NOON, "reply", by="email", note='They said "soon".')
AS_TEXT = '[[log]]\nat = 2026-11-20T12:00:00+00:00\nstep = "reply"\nby = "email"\nnote = "They said \\"soon\\"."\n'


def test_an_entry_is_put_behind_the_last_one_and_its_comments(path: Path) -> None:
    append_log(path, REPLY)
    assert raw(path) == changed(
        "# she answered within the hour\n", f"# she answered within the hour\n\n{AS_TEXT}", NORDLYS
    )


def test_a_comment_above_the_next_header_stays_above_it(path: Path) -> None:
    text = changed("# she answered within the hour\n\n", "")
    path.write_text(text, encoding="utf-8")
    append_log(path, REPLY)
    assert raw(path) == changed("# --- what", f"\n{AS_TEXT}\n# --- what", text)


def test_the_first_entry_is_put_at_the_end(path: Path) -> None:
    text = NORDLYS[: NORDLYS.index("[[log]]")] + NORDLYS[NORDLYS.index("[[fit]]") :]
    path.write_text(text, encoding="utf-8")
    append_log(path, REPLY)
    assert raw(path) == f"{text}\n{AS_TEXT}"


def test_a_file_without_a_last_line_end_gets_one(path: Path) -> None:
    text = NORDLYS[: NORDLYS.index("\n# she answered")]
    path.write_text(text, encoding="utf-8")
    append_log(path, REPLY)
    assert raw(path) == f"{text}\n\n{AS_TEXT}"


def test_windows_line_ends_and_byte_order_mark_stay(path: Path) -> None:
    text = NORDLYS.replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    append_log(path, REPLY)
    fresh = path.read_bytes()
    assert fresh.startswith(b"\xef\xbb\xbf#")
    assert fresh.count(b"\n") == fresh.count(b"\r\n") == text.count("\n") + AS_TEXT.count("\n") + 1
    assert read_application(path).log[-1] == REPLY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("log = []", "log = [{ENTRY}]"),
        ("log = [ ]  # none yet", "log = [{ENTRY}]  # none yet"),
        ('log = [{at = 2026-11-16T12:30:00, step = "reply"}]', None),
        ('log = [\n    {at = 2026-11-16T12:30:00, step = "reply"}, # ], first\n]', None),
        ('log = [\n    {at = 2026-11-16T12:30:00, step = "reply"} # first\n]', None),
        ('log = [{at = 2026-11-16T12:30:00, step = "reply"},]', None),
    ],
)
def test_a_log_in_brackets_grows_in_them(path: Path, before: str, after: str | None) -> None:
    text = NORDLYS[: NORDLYS.index("[[log]]")].replace("[[people]]", f"{before}\n\n[[people]]", 1)
    path.write_text(text, encoding="utf-8")
    count = len(read_application(path).log)
    application = append_log(path, REPLY)
    assert len(application.log) == count + 1
    assert read_application(path) == application
    entry = '{ at = 2026-11-20T12:00:00+00:00, step = "reply", by = "email", note = "They said \\"soon\\"." }'
    if after:
        assert raw(path) == text.replace(before, after.replace("{ENTRY}", entry))
    left = iter(raw(path))
    assert all(sign in left for sign in text)


def test_fractions_of_a_second_are_dropped_and_line_ends_of_notes_made_plain(path: Path) -> None:
    application = append_log(path, replace(REPLY, at=NOON.replace(microsecond=7), note="one\r\ntwo\rthree"))
    assert application.log[-1] == replace(REPLY, note="one\ntwo\nthree")


def test_what_it_gives_back_is_what_the_file_holds(path: Path) -> None:
    assert append_log(path, REPLY) == read_application(path)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (replace(REPLY, step="replied"), 'log.step is "replied", which callplan does not know. Did you mean "reply"?'),
        (replace(REPLY, by="fax"), 'log.by is "fax"'),
        (replace(REPLY, round=2), "log.round is 2; it must be a whole number and can only be 1."),
        (replace(REPLY, note="a\x00b"), "log.note holds a control character (U+0000)."),
        (replace(REPLY, note="\ud83d"), "log.note holds half a character (U+D83D)."),
        (LogEntry(NOON, "call"), "log.outcome is missing."),
        (
            LogEntry(NOON, "call", "reached", to=("Mete Holm",)),
            '"Mete Holm" is not in people. Did you mean "Mette Holm"?',
        ),
    ],
)
def test_an_entry_that_is_not_right_is_refused_and_nothing_written(path: Path, entry: LogEntry, sentence: str) -> None:
    with pytest.raises(RecordError) as refusal:
        append_log(path, entry)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was written to nordlys.toml.")
    assert raw(path) == NORDLYS


def test_a_faulty_file_is_not_written_to_and_its_faults_are_told(path: Path) -> None:
    path.write_text(changed("rating = 2", "rating = 9"), encoding="utf-8")
    with pytest.raises(RecordError, match=r"nordlys.toml, line 42: rounds.notes.questions.rating is 9"):
        append_log(path, REPLY)
    path.write_text("company = ", encoding="utf-8")
    with pytest.raises(RecordError, match=r"nordlys.toml, line 1: this is no TOML"):
        append_log(path, REPLY)


def test_a_decision_that_rests_on_an_older_file_is_refused(path: Path) -> None:
    seen = read_application(path)
    append_log(path, REPLY, seen=seen)
    text = raw(path)
    with pytest.raises(RecordError, match=r"nordlys.toml has changed since it was read"):
        append_log(path, REPLY, seen=seen)
    assert raw(path) == text


def test_a_change_between_reading_and_writing_is_never_written_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_text(f"{NORDLYS}# typed meanwhile\n", encoding="utf-8")
        real(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(RecordError, match=r"nordlys.toml was changed by something else just now"):
        append_log(path, REPLY)
    assert raw(path) == f"{NORDLYS}# typed meanwhile\n"
    assert files(path.parent) == ["nordlys.toml"]


def test_entries_logged_at_the_same_moment_are_all_kept(path: Path) -> None:
    def log(number: int) -> None:
        append_log(path, replace(REPLY, note=f"number {number}"))

    threads = [threading.Thread(target=log, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry.note for entry in read_application(path).log[1:]} == {f"number {number}" for number in range(8)}


FAILURES = [
    ("write", OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
    ("fsync", OSError(errno.EIO, "Input/output error"), "cannot be used: Input/output error"),
    ("replace", OSError(errno.EACCES, "Permission denied"), "you lack the permission"),
    ("chmod", OSError(errno.EROFS, "Read-only file system"), "the disk is read-only"),
    ("open", OSError(errno.EACCES, "Permission denied"), "you lack the permission"),
    ("fsync", KeyboardInterrupt(), None),
]


@pytest.mark.parametrize(("call", "failure", "sentence"), FAILURES)
def test_a_failure_at_any_point_leaves_the_old_file_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, failure: BaseException, sentence: str | None
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    if call == "write":
        real = os.fdopen

        def half_written(handle: int, mode: str) -> Any:
            file = real(handle, mode)
            if mode != "wb":
                return file
            file.write(b"half")
            file.flush()
            return _Failing(file, failure)

        monkeypatch.setattr(os, "fdopen", half_written)
    elif call == "open":
        real_open = os.open
        monkeypatch.setattr(
            os, "open", lambda path, flags, *rest: fail() if flags & os.O_CREAT else real_open(path, flags, *rest)
        )
    else:
        monkeypatch.setattr(os if call == "fsync" else Path, call, fail)
    with pytest.raises(type(failure) if sentence is None else RecordError) as refusal:
        append_log(path, REPLY)
    monkeypatch.undo()
    assert sentence is None or sentence in str(refusal.value)
    assert raw(path) == NORDLYS
    assert files(path.parent) == ["nordlys.toml"]


class _Failing:
    """A file on a full disk."""

    def __init__(self, file: Any, failure: BaseException) -> None:
        self._file = file
        self._failure = failure

    def __enter__(self) -> _Failing:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file.fileno())
        self._file.detach()

    def write(self, _data: bytes) -> None:
        raise self._failure


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660])
def test_the_mode_of_a_file_stays(path: Path, mode: int) -> None:
    path.chmod(mode)
    append_log(path, REPLY)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_link_stays_a_link_and_its_target_is_changed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "book" / "linked.toml"
    link.parent.mkdir()
    link.symlink_to("../nordlys.toml")
    append_log(link, REPLY)
    assert link.is_symlink()
    assert not path.is_symlink()
    assert read_application(path).log[-1] == REPLY
    assert files(link.parent) == ["linked.toml"]


def test_a_read_only_file_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(RecordError, match=r"nordlys.toml is read-only. Nothing was written."):
        append_log(path, REPLY)


def test_a_file_that_would_grow_too_large_is_not_written(path: Path) -> None:
    text = NORDLYS + "# \n" * 333_000
    path.write_text(text[:999_990].rpartition("\n")[0] + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"would grow beyond a million bytes"):
        append_log(path, REPLY)


def test_an_entry_without_a_zone_is_a_mistake_of_the_program(path: Path) -> None:
    with pytest.raises(ValueError, match=r"must be aware"):
        append_log(path, LogEntry(datetime(2026, 11, 20, 12), "reply"))


COMMENTS = st.sampled_from(["", "# a remark", "\n", "#[[log]]", "\n# x\n\n", "  # indented", "\t"])


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_logging_leaves_every_other_byte_alone(data: st.DataObject, tmp_path: Path) -> None:
    application = data.draw(applications())
    tables = [f"[{part}" for part in as_toml(application).split("\n[")]
    tables[0] = tables[0][1:]
    if data.draw(st.booleans()):  # the log need not be the last of the tables
        tables[1:] = sorted(tables[1:], key=lambda table: not table.startswith("[[log]]"))
    text = "".join(f"{table.rstrip()}\n{data.draw(COMMENTS)}\n" for table in tables)
    if data.draw(st.booleans()):
        text = text.rstrip()
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    path = tmp_path / "firm.toml"
    path.write_bytes(text.encode("utf-8"))
    before = parse_application(text, "firm")
    entry = data.draw(entries(tuple(person.name for person in before.people), len(before.rounds)))
    after = append_log(path, entry)
    assert replace(after, log=after.log[:-1]) == before
    assert after.log[-1] == entry
    fresh = raw(path)
    kept = text[: next((at for at, pair in enumerate(zip(text, fresh, strict=False)) if len(set(pair)) > 1), len(text))]
    rest = text[len(kept) :]
    assert fresh.startswith(kept)
    assert fresh.endswith(rest)
    assert set(fresh[len(kept) : len(fresh) - len(rest)]) & {"\r"} == ({"\r"} if "\r\n" in text else set())

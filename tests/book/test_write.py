"""Changes to files: what is meant changes, every other byte stays, and nothing is ever half done."""

from __future__ import annotations

import errno
import os
import stat
import threading
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.book.compose import Value, as_toml
from callplan.book.read import parse_application, read_application
from callplan.book.types import LogEntry, Person, Round
from callplan.book.write import append_log, append_value, create_application, set_value
from callplan.errors import RecordError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.applications import applications, entries
from tests.book.samples import NORDLYS, changed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
REPLY = LogEntry(NOON, "reply", by="email", note='They said "soon".')
AS_TEXT = '[[log]]\nat = 2026-11-20T12:00:00+00:00\nstep = "reply"\nby = "email"\nnote = "They said \\"soon\\"."\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "nordlys.toml"
    path.write_text(NORDLYS, encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def raw(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


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


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        (("company",), "Nordlys A/S", '"Nordlys Energi"', '"Nordlys A/S"'),
        (("people", 0, "calls"), False, "calls = true", "calls = false"),
        (("people", 1, "phone"), "+45 32 12 34 58", '"32 12 34 57 ext. 12"', '"+45 32 12 34 58"'),
        (("rounds", 0, "decision", "by"), date(2026, 12, 1), "by = 2026-11-30", "by = 2026-12-01"),
        (("rounds", 0, "start"), datetime(2026, 11, 16, 9), "T10:00:00", "T09:00:00"),
        (("rounds", 0, "notes", "topics", 0), "tides", '"moving the load forecast to streaming"', '"tides"'),
        (("subdivision",), "84", 'visited"]\n', 'visited"]\nsubdivision = "84"\n'),
        (("people", 0, "gender"), "f", "calls = true\n", 'calls = true\ngender = "f"\n'),
    ],
)
def test_a_value_is_changed_in_its_place(
    path: Path, key: tuple[str | int, ...], value: Value, old: str, new: str
) -> None:
    application = set_value(path, key, value)
    assert raw(path) == changed(old, new)
    assert read_application(path) == application


PLACES: list[tuple[tuple[str | int, ...], list[Value]]] = [
    (("company",), ["Arla"]),
    (("kind",), ["tech", None]),
    (("subdivision",), ["84", None]),
    (("why",), [["tides", "wind"], None]),
    (("people", 0, "role"), ['a "b"', None]),
    (("people", 1), [None]),
    (("rounds", 0, "end"), [datetime(2026, 11, 16, 12), None]),
    (("rounds", 0, "link"), ["https://x.example/", None]),
    (("rounds", 0, "decision"), [None, {"by": date(2026, 12, 1)}]),
    (("rounds", 0, "decision", "channel"), ["letter", None]),
    (("rounds", 0, "notes", "topics"), [["tides"], None]),
    (("rounds", 0, "notes", "questions", 0, "rating"), [5, None]),
    (("fit", 0, "strength"), ["patience\nand more", None]),
    (("log", 0, "note"), ["x" * 200, None]),
]
# Other ways to write the same, which an insertion cannot change.
REWRITINGS = [
    ("[rounds.decision]   # what they answered\n", "[rounds . 'decision']\n"),
    (
        '[rounds.decision]   # what they answered\nby = 2026-11-30\ncontact = "Mette Holm"\nchannel = "phone"',
        'decision.by = 2026-11-30\ndecision.contact = "Mette Holm"\ndecision.channel = "phone"',
    ),
    ('[rounds.decision]   # what they answered\nby = 2026-11-30\ncontact = "Mette Holm"\nchannel = "phone"',
     'decision = { by = 2026-11-30, contact = "Mette Holm", channel = "phone" } # {{'),
    ('why = ["They', 'why = [ # first\n  "The wind",\n\n  # second\n  "They'),
    ('[[fit]]\n', '[[  fit ]] # header\n'),
    ("\n", "\r\n"),
    ('company = "Nordlys Energi"', '"company" = """Nordlys \\\n  Energi"""'),
]  # fmt: skip


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.sets(st.sampled_from(REWRITINGS)), st.lists(st.sampled_from(PLACES), max_size=4), st.data())
def test_whatever_is_changed_the_rest_of_the_file_stays(
    tmp_path: Path, ways: set[tuple[str, str]], places: list[Any], data: st.DataObject
) -> None:
    text = NORDLYS
    for old, new in sorted(ways, reverse=True):
        text = text.replace(old, new)
    path = tmp_path / "nordlys.toml"
    path.write_bytes(text.encode())
    for key, values in places:
        value = data.draw(st.sampled_from(values))
        before, wanted = raw(path), tomllib.loads(raw(path))
        try:
            application = set_value(path, key, value)
        except RecordError:
            assert raw(path) == before
            continue
        assert read_application(path) == application
        holder: Any = wanted
        for part in key[:-1]:
            holder = holder.setdefault(part, {}) if isinstance(holder, dict) else holder[part]
        if value is not None:
            holder[key[-1]] = value
        elif key[-1] in holder or isinstance(holder, list):
            del holder[key[-1]]
        assert tomllib.loads(raw(path)) == wanted
        gone = before.count("#") - raw(path).count("#")
        assert gone == 0 or value is None or isinstance(value, (list, dict))  # comments inside what went
        assert (raw(path).count("\n") == raw(path).count("\r\n")) == ("\r\n" in before)


def test_a_table_that_is_missing_is_made(path: Path) -> None:
    text = NORDLYS.replace(NORDLYS[NORDLYS.index("[rounds.decision]") : NORDLYS.index("[rounds.notes]")], "")
    path.write_text(text, encoding="utf-8")
    set_value(path, ("rounds", 0, "decision", "within"), "2 weeks")
    assert raw(path) == changed("[rounds.notes]", '[rounds.decision]\nwithin = "2 weeks"\n\n[rounds.notes]', text)


@pytest.mark.parametrize(
    "written", ['decision = { within = "1 week" }  # said Mette', 'decision.within = "1 week"  # said Mette']
)
def test_tables_written_in_other_ways_are_changed_too(path: Path, written: str) -> None:
    part = NORDLYS[NORDLYS.index("[rounds.decision]") : NORDLYS.index("[rounds.notes]")]
    text = NORDLYS.replace(part, "").replace("end = 2026-11-16T11:15:00", f"end = 2026-11-16T11:15:00\n{written}")
    path.write_text(text, encoding="utf-8")
    set_value(path, ("rounds", 0, "decision", "contact"), "Mette Holm")
    decision = set_value(path, ("rounds", 0, "decision", "within"), "2 weeks").rounds[0].decision
    assert (decision.contact, decision.within and decision.within.count) == ("Mette Holm", 2)
    assert raw(path).count("#") == text.count("#")


def test_a_key_is_taken_out_with_its_line_only(path: Path) -> None:
    set_value(path, ("people", 0, "calls"), None)
    assert raw(path) == changed("calls = true\n", "")
    set_value(path, ("people", 0, "calls"), None)
    assert raw(path) == changed("calls = true\n", "")


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        (("rounds", 0, "notes", "topics"), "tides", 'streaming"]', 'streaming", "tides"]'),
        (
            ("rounds", 0, "notes", "valued"),
            {"text": "patience", "by": "Mette Holm"},
            '"Jonas Krag" }]',
            '"Jonas Krag" }, { text = "patience", by = "Mette Holm" }]',
        ),
        (("why",), "the tides", 'visited"]', 'visited", "the tides"]'),
        (
            ("people",),
            {"name": "Ida Lund", "role": None},
            '16:00"]\n',
            '16:00"]\n\n[[people]]\nname = "Ida Lund"\n',
        ),
        (
            ("rounds",),
            {"start": datetime(2026, 12, 1, 9), "panel": ["Mette Holm"]},
            'not by day"\n',
            'not by day"\n\n[[rounds]]\nstart = 2026-12-01T09:00:00\npanel = ["Mette Holm"]\n',
        ),
        (
            ("rounds", 0, "notes", "questions"),
            {"asked": "Why?", "rating": 4},
            'not by day"\n',
            'not by day"\n\n[[rounds.notes.questions]]\nasked = "Why?"\nrating = 4\n',
        ),
    ],
)  # fmt: skip
def test_a_list_grows_by_one(path: Path, key: tuple[str | int, ...], value: Value, old: str, new: str) -> None:
    application = append_value(path, key, value)
    assert raw(path) == changed(old, new)
    assert read_application(path) == application


def test_notes_begin_where_there_were_none(path: Path) -> None:
    part = NORDLYS[NORDLYS.index("[rounds.notes]") : NORDLYS.index("[[log]]")]
    path.write_text(NORDLYS.replace(part, ""), encoding="utf-8")
    append_value(path, ("rounds", 0, "notes", "questions"), {"asked": "Why?"})
    append_value(path, ("rounds", 0, "notes", "topics"), "tides")
    application = append_value(path, ("rounds", 0, "notes", "topics"), "wind")
    assert [noted.text for noted in application.rounds[0].notes.topics] == ["tides", "wind"]
    assert application.rounds[0].notes.questions[0].asked == "Why?"
    left = iter(raw(path).splitlines())
    assert all(line in left for line in NORDLYS.replace(part, "").splitlines() if line)


@pytest.mark.parametrize(
    "key",
    [
        ("people", 7),
        ("people", "x"),
        ("people", -1),
        ("people", 7, "role"),
        ("company", "x", "y"),
        ("people", "name", "x"),
    ],
)
def test_a_place_that_is_not_there_is_refused(path: Path, key: tuple[str | int, ...]) -> None:
    with pytest.raises(RecordError):
        set_value(path, key, "x")
    assert raw(path) == NORDLYS


def test_a_value_that_is_not_right_is_refused(path: Path) -> None:
    with pytest.raises(RecordError, match=r'kind is "familly".*Did you mean "family"'):
        set_value(path, ("kind",), "familly")
    with pytest.raises(RecordError, match=r"company is no list"):
        append_value(path, ("company",), "x")
    assert raw(path) == NORDLYS


def test_a_new_application_is_written_for_the_user_alone(tmp_path: Path) -> None:
    start = datetime(2026, 11, 16, 10, tzinfo=UTC)
    path = create_application(
        tmp_path / "book",
        company="Nordlys Energi A/S",
        position="Data Engineer",
        timezone="Europe/Copenhagen",
        people=[Person("Mette Holm", phone="+45 32 12 34 56")],
        rounds=[Round(start, start.replace(hour=11), end_assumed=True, panel=("Mette Holm",))],
    )
    assert path == tmp_path / "book" / "nordlys-energi-a-s.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    application = read_application(path)
    assert application.rounds[0].start == start
    assert files(path.parent) == [path.name]


def test_a_new_application_never_takes_the_place_of_another(tmp_path: Path) -> None:
    names = [create_application(tmp_path, company="Nordlys", position=f"Job {n}").name for n in range(3)]
    assert names == ["nordlys.toml", "nordlys-2.toml", "nordlys-3.toml"]
    assert [read_application(tmp_path / name).position for name in names] == ["Job 0", "Job 1", "Job 2"]
    assert len({read_application(tmp_path / name).id for name in names}) == 3


def test_a_disk_without_hard_links_gets_a_new_application_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    names = [create_application(tmp_path, company="Nordlys", position="Job").name for _ in range(2)]
    assert files(tmp_path) == sorted(names) == ["nordlys-2.toml", "nordlys.toml"]


def test_a_new_application_that_is_not_right_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as refusal:
        create_application(
            tmp_path / "book", company="", position="x", country="dk", people=[Person("Ida", phone="12")]
        )
    assert [line.split(" ")[0] for line in str(refusal.value).split("\n")] == ["country:", "people.phone:", "company"]
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a\x1bb", "x.sync-conflict-1", " x", "\ud800"])
def test_a_name_that_no_file_should_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError):
        create_application(tmp_path, company="Nordlys", position="x", name=name)
    assert files(tmp_path) == []


def test_editing_the_usual_file_does_not_need_tomlkit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tomlkit", None)
    append_log(path, REPLY)
    set_value(path, ("people", 0, "role"), "CEO")
    append_value(path, ("fit",), {"need": "x"})
    assert tomllib.loads(raw(path))["fit"][-1] == {"need": "x"}

"""A value in a file is changed in its place, and every other byte stays."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.book.compose import Value
from callplan.book.read import read_application
from callplan.book.types import LogEntry
from callplan.book.write import append_log, append_value, set_value
from callplan.errors import RecordError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.samples import NORDLYS, changed, raw

REPLY = LogEntry(datetime(2026, 11, 20, 12, tzinfo=UTC), "reply", by="email", note='They said "soon".')


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


def test_editing_the_usual_file_does_not_need_tomlkit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tomlkit", None)
    append_log(path, REPLY)
    set_value(path, ("people", 0, "role"), "CEO")
    append_value(path, ("fit",), {"need": "x"})
    assert tomllib.loads(raw(path))["fit"][-1] == {"need": "x"}

"""Lines and offsets of what stands in a TOML text."""

from __future__ import annotations

import tomllib
from typing import Any

from callplan.book import compose
from callplan.book.locate import Path, layout, locate
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = '''\
# a comment with [brackets] and "quotes"
company = "Nordlys # no comment"
"quoted key" = 1
'literal' = 2
a . b . "c" = 3

story = """
[[people]]
name = \\"nobody\\" "" \\
"""
raw = \'\'\'
x = 1\'\'\'\'\'
[[people]]   # first
name = "Mette"
[[people]]
name = "Jonas"
best_hours = [   # a list
  "08:00-09:00",  # ] early

  "15:00-16:00", { text = "a", by = ["x",
     "y"] },
]
[[rounds]]
start = 2026-11-16 10:00:00
decision.by = 2026-11-30
[rounds.notes]
topics = []
[[rounds.notes.questions]]
asked = "why, [or] = not?"
[[rounds]]
[[rounds.notes.questions]]
asked = "when"
'''


def test_every_key_item_and_header_has_its_line() -> None:
    lines = locate(TEXT)
    assert tomllib.loads(TEXT)
    assert {path: lines[path] for path in lines} == {
        ("company",): 2,
        ("quoted key",): 3,
        ("literal",): 4,
        ("a",): 5,
        ("a", "b"): 5,
        ("a", "b", "c"): 5,
        ("story",): 7,
        ("raw",): 11,
        ("people",): 13,
        ("people", 0): 13,
        ("people", 0, "name"): 14,
        ("people", 1): 15,
        ("people", 1, "name"): 16,
        ("people", 1, "best_hours"): 17,
        ("people", 1, "best_hours", 0): 18,
        ("people", 1, "best_hours", 1): 20,
        ("people", 1, "best_hours", 2): 20,
        ("people", 1, "best_hours", 2, "text"): 20,
        ("people", 1, "best_hours", 2, "by"): 20,
        ("people", 1, "best_hours", 2, "by", 0): 20,
        ("people", 1, "best_hours", 2, "by", 1): 21,
        ("rounds",): 23,
        ("rounds", 0): 23,
        ("rounds", 0, "start"): 24,
        ("rounds", 0, "decision"): 25,
        ("rounds", 0, "decision", "by"): 25,
        ("rounds", 0, "notes"): 26,
        ("rounds", 0, "notes", "topics"): 27,
        ("rounds", 0, "notes", "questions"): 28,
        ("rounds", 0, "notes", "questions", 0): 28,
        ("rounds", 0, "notes", "questions", 0, "asked"): 29,
        ("rounds", 1): 30,
        ("rounds", 1, "notes"): 31,
        ("rounds", 1, "notes", "questions"): 31,
        ("rounds", 1, "notes", "questions", 0): 31,
        ("rounds", 1, "notes", "questions", 0, "asked"): 32,
    }


def test_lines_are_the_same_with_windows_line_ends() -> None:
    assert locate(TEXT.replace("\n", "\r\n")) == locate(TEXT)


def test_a_value_spans_exactly_its_own_text() -> None:
    places = layout(TEXT)
    start, end = places.values["rounds", 0, "start"]
    assert TEXT[start:end] == "2026-11-16 10:00:00"
    start, end = places.values["people", 1, "best_hours", 0]
    assert TEXT[start:end] == '"08:00-09:00"'
    start, end = places.values["raw",]
    assert TEXT[start:end] == "'''\nx = 1'''''"


def test_of_a_faulty_text_what_stands_before_the_fault_is_known() -> None:
    assert locate('a = 1\nb = "open\nc = 3\n') == {("a",): 1, ("b",): 2}


def test_nesting_without_end_is_no_trouble() -> None:
    assert locate("a = " + "[" * 100_000)[("a",)] == 1


SCALARS = st.one_of(st.text(alphabet=st.characters(codec="utf-8"), max_size=20), st.integers(-9, 99), st.booleans())
KEYS = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=6)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def paths_of(value: Any, path: Path = ()) -> list[Path]:
    match value:
        case dict():
            return [path, *(one for key, inner in value.items() for one in paths_of(inner, (*path, key)))]
        case list():
            return [path, *(one for at, inner in enumerate(value) for one in paths_of(inner, (*path, at)))]
        case _:
            return [path]


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(KEYS, VALUES.filter(lambda value: value not in ("", [], ())), max_size=4))
def test_every_value_of_any_text_is_found_and_spans_its_text(values: dict[str, Any]) -> None:
    text = "\n# [x]\n".join(compose.pair(key, value) for key, value in values.items())
    places = layout(text)
    read = tomllib.loads(text)
    assert set(places.values) == set(paths_of(read)) - {()}
    for key, value in read.items():
        start, end = places.values[(key,)]
        assert tomllib.loads(f"x = {text[start:end]}")["x"] == value


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="[]{}\"'=.,#\n\r\\ ab1", max_size=60))
def test_no_text_upsets_it(text: str) -> None:
    layout(text)

"""What reaches the terminal, and in what shape."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Sequence

import click
import pytest
from callplan.cli import terminal
from callplan.cli.table import layout
from callplan.cli.terminal import Styled
from hypothesis import given
from hypothesis import strategies as st

#: Whatever a terminal might obey, or a reader be fooled by.
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

CELLS = st.text(max_size=40)


def plain(
    headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], wrapping: tuple[int, ...], room: int
) -> list[str]:
    """The lines of a table without their looks."""
    return [click.unstyle(line) for line in layout(headings, rows, wrapping, room)]


class Terminal:
    """A stream that says whether it is one."""

    def __init__(self, is_one: bool) -> None:
        self.is_one = is_one

    def isatty(self) -> bool:
        return self.is_one


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    assert not OBEYED.search(terminal.clean(text))


@given(st.text())
def test_cleaned_text_can_be_encoded(text: str) -> None:
    terminal.clean(text + "\udc80").encode()


def test_an_escape_sequence_is_written_out() -> None:
    assert terminal.clean("Nordlys \x1b]0;owned\x07 \x9b31m") == r"Nordlys \x1b]0;owned\x07 \x9b31m"


def test_a_bidirectional_override_is_written_out() -> None:
    assert terminal.clean("exe.\u202efdp") == r"exe.\u202efdp"


@given(st.dictionaries(st.text(), st.text(), max_size=3))
def test_json_holds_the_same_values_and_no_control_character(value: dict[str, str]) -> None:
    value = {
        key.encode(errors="replace").decode(): text.encode(errors="replace").decode() for key, text in value.items()
    }
    caught = io.StringIO()
    with contextlib.redirect_stdout(caught):
        terminal.say_json(value)
    assert json.loads(caught.getvalue()) == value
    assert not OBEYED.search(caught.getvalue().replace("\n", ""))


@given(st.text(max_size=200), st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = terminal.wrap(text, room)
    assert all(terminal.columns(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(terminal.clean(text).split())


def test_wide_characters_take_two_columns() -> None:
    assert terminal.columns("青空") == 4
    assert terminal.columns("é") == 1


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=5),
    st.integers(60, 120),
)
def test_a_table_with_wrapping_columns_fits_the_window(rows: list[tuple[str, ...]], room: int) -> None:
    lines = plain(("Name", "Company", "Position", "Stage", "Next"), rows, (0, 1, 2, 3, 4), room)
    assert all(terminal.columns(line) <= room for line in lines)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), st.integers(20, 40))
def test_in_a_narrow_window_nothing_is_lost(rows: list[tuple[str, ...]], room: int) -> None:
    text = "".join("".join(plain(("A", "B"), rows, (1,), room)).split())
    for row in rows:
        for cell in row:
            for word in terminal.clean(cell).split():
                assert word[: room // 2 - 8] in text


def test_a_narrow_window_turns_rows_into_blocks() -> None:
    lines = plain(("When", "What"), [("Mon 16 Nov 10:00-11:15", "interview with everybody")], (), 24)
    assert lines == ["When: Mon 16 Nov", "      10:00-11:15", "What: interview with", "      everybody"]


def test_columns_line_up_under_wide_characters() -> None:
    lines = plain(("Company", "Next"), [("青空", "call"), ("Leith", "letter")], (0,), 80)
    assert [
        terminal.columns(line.split(word)[0]) for line, word in zip(lines, ("Next", "call", "letter"), strict=True)
    ] == [9, 9, 9]


@pytest.mark.parametrize(
    ("is_one", "environment", "wanted"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, is_one: bool, environment: dict[str, str], wanted: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.wants_colour(Terminal(is_one)) is wanted


def test_data_is_cleaned_before_colour_is_added() -> None:
    assert terminal.styled(Styled("a\x1b[31mb", "red")) == "\x1b[31ma\\x1b[31mb\x1b[0m"


def test_a_line_too_long_for_the_window_keeps_its_indentation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    terminal.say_fitted("  ", Styled("nordlys", bold=True), ": letter to Jonas Krag, today", hanging="      ")
    assert capsys.readouterr().out.splitlines() == ["  nordlys: letter to Jonas", "      Krag, today"]
    assert terminal.filled("Delete the file of this application?") == "Delete the file of this\napplication?"

"""Nothing that can be typed or found in a file meets a bug: exit codes are documented ones, files stay whole.

Counts are printed (``pytest -s``); CALLPLAN_FUZZ multiplies the examples.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from callplan.cli import cli
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import CONFIG, NORDLYS, Desk

_TIMES = int(os.environ.get("CALLPLAN_FUZZ", "1"))
FEW = settings(
    max_examples=25 * _TIMES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_FINE = frozenset({0, 2, 3, 4})

codes: Counter[tuple[str, int]] = Counter()


@pytest.fixture(scope="module", autouse=True)
def _counts() -> Iterator[None]:
    yield
    print_counts()


def print_counts() -> None:
    """Say how often which exit code has come, and begin to count anew."""
    for (what, code), count in sorted(codes.items()):
        sys.stdout.write(f"{what}: {count} with exit code {code}\n")
    codes.clear()


def tried(what: str, desk: Desk, *arguments: str, typed: str | None = None) -> int:
    """The exit code, which must be a documented one."""
    result = CliRunner().invoke(
        cli, arguments, input=typed, env=desk.environment | {"NO_COLOR": "1"}, prog_name="callplan"
    )
    codes[what, result.exit_code] += 1
    allowed = _FINE | ({130} if typed is not None else set())  # the end of what was typed, at a question
    assert result.exit_code in allowed, (arguments, result.output)
    assert "\x1b" not in result.output
    return result.exit_code


def whole(path: Path) -> bool:
    """Whether the file is TOML still."""
    tomllib.loads(path.read_text(encoding="utf-8"))
    return True


_WORDS = st.sampled_from(
    [
        "thank-you",
        "letter",
        "follow-up",
        "call",
        "second-call",
        "reply",
        "new-date",
        "offer",
        "invitation",
        "rejection",
        "on-hold",
        "withdrawn",
        "sent",
        "reached",
        "no",
        "answer",
        "busy",
        "voicemail",
        "moved",
        "undone",
        "skipped",
        "notes",
        "reflect",
        "out",
        "of",
        "office",
        "tak",
        "brev",
    ]
)
_OPTIONS = st.sampled_from(["--date", "--until", "--time", "--at", "--to", "--note", "--by", "--round", "--override"])
_VALUES = st.one_of(
    st.sampled_from(["tomorrow", "next tue 9:00", "i morgen", "2026-12-04", "31 feb", "email", "1", "99", "Mette", ""]),
    st.text(max_size=12),
)


def damaged(text: str) -> st.SearchStrategy[str]:
    """The text with a piece of it replaced, doubled or cut."""

    def change(parts: tuple[int, int, str]) -> str:
        start, length, instead = parts
        return text[:start] + instead + text[start + length :]

    piece = st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            ['"', "[[rounds]]\n", "[", "= ", "\n", "2026-13-01", "\x00", "[rounds.notes]\n", "{", '"""', "1e999"]
        ),
    )
    return st.tuples(st.integers(0, len(text)), st.integers(0, 30), piece).map(change)


@FEW
@given(text=damaged(NORDLYS))
def test_any_record_is_read_or_its_faults_are_told(desk: Desk, text: str) -> None:
    path = desk.book / "nordlys.toml"
    path.write_bytes(text.encode())  # as it is: a lone carriage return is one of the damages
    for command in (("list",), ("plan", "--why"), ("show", "nordlys"), ("stats",), ("lessons",), ("card", "nordlys")):
        tried("record", desk, *command)
    assert path.read_bytes() == text.encode()


@FEW
@given(text=damaged(CONFIG + '[rules]\nmax_calls = 1\n[calls]\nhours = ["08:30-10:00"]\n'))
def test_any_settings_are_read_or_their_faults_are_told(desk: Desk, text: str) -> None:
    desk.config.write_text(text, encoding="utf-8")
    for command in ("list", "next", "today"):
        tried("settings", desk, command)


@FEW
@given(words=st.lists(_WORDS, max_size=3), options=st.lists(st.tuples(_OPTIONS, _VALUES), max_size=3))
def test_any_log_entry_is_written_or_refused_and_the_file_stays_whole(
    desk: Desk, words: list[str], options: list[tuple[str, str]]
) -> None:
    path = desk.put("nordlys", NORDLYS)
    code = tried("log", desk, "log", "nordlys", *words, *(part for pair in options for part in pair))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(NORDLYS)
    assert (text == NORDLYS) == bool(code)
    assert whole(path)


@FEW
@given(lines=st.lists(st.text(st.characters(blacklist_characters="\r\n\x1b", codec="utf-8"), max_size=20), max_size=9))
def test_any_answers_to_prompts_do_no_harm(desk: Desk, lines: list[str]) -> None:
    path = desk.put("nordlys", NORDLYS)
    typed = "\n".join(lines) + "\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
        for command in (("note", "nordlys"), ("add",), ("purge", "nordlys"), ("remove", "nordlys")):
            if path.exists():
                tried("prompts", desk, *command, typed=typed)
    assert all(whole(file) for file in desk.book.glob("*.toml"))


@FEW
@given(
    start=st.one_of(st.sampled_from(["tomorrow 9:00", "24 Nov 10:00-11:00", "næste tirsdag 14:00"]), _VALUES),
    extra=st.lists(st.tuples(st.sampled_from(["--end", "--with", "--contact", "--place"]), _VALUES), max_size=3),
)
def test_any_round_is_added_or_refused_and_the_file_stays_whole(
    desk: Desk, start: str, extra: list[tuple[str, str]]
) -> None:
    path = desk.put("nordlys", NORDLYS)
    code = tried("round", desk, "round", "nordlys", "--start", start, *(part for pair in extra for part in pair))
    assert whole(path)
    assert not code or path.read_text(encoding="utf-8") == NORDLYS

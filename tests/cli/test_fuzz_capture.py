"""Invitations, cards and what is answered to their questions, through the command: no bug, no spoilt file.

Counts are printed (``pytest -s``); CALLPLAN_FUZZ multiplies the examples. The files are read in this process: that
each has one of its own is proved in tests/book/capture/test_apart.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from callplan.book.capture.card import read_cards
from callplan.book.capture.invitation import read_invitation
from callplan.book.capture.taken import Taken
from callplan.book.capture.who import Applicant
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.book.capture import system_cards
from tests.book.capture.test_fuzz import damaged as damaged_file
from tests.book.capture.test_tables import INVITATIONS as TABLES
from tests.cli.conftest import NORDLYS, Desk
from tests.cli.test_fuzz import FEW, damaged, print_counts, tried, whole

_FEWER = settings(FEW, max_examples=FEW.max_examples // 3)
_INVITATIONS = [data for data, _ in TABLES.values() if len(data) < 10_000]
_CARDS = [data for data, _ in system_cards.CARDS.values() if len(data) < 10_000]
_TYPED = st.lists(
    st.one_of(
        st.sampled_from(
            ["Nordlys", "Data Engineer", "Europe/Copenhagen", "10:00-11:15", "25:00", "y", "n", "", "Mette Holm, Jo"]
        ),
        st.text(st.characters(blacklist_characters="\r\n\x1b", codec="utf-8"), max_size=12),
    ),
    max_size=12,
).map(lambda lines: "\n".join(lines) + "\n")


def read_here(data: bytes, kind: str, *, name: str = "", email: str = "") -> Taken:
    me = Applicant(name, email)
    return read_cards(data, me) if kind == "card" else read_invitation(data, me)


@pytest.fixture(autouse=True)
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    monkeypatch.setattr("callplan.cli.sources.taken_from", read_here)
    yield
    print_counts()


def clear(desk: Desk) -> None:
    for file in desk.book.iterdir():
        file.unlink()


@_FEWER
@given(data=damaged_file(_INVITATIONS), again=damaged_file(_INVITATIONS), typed=_TYPED)
def test_any_invitation_is_taken_or_refused_and_the_book_stays_whole(
    desk: Desk, data: bytes, again: bytes, typed: str
) -> None:
    clear(desk)
    for number, file in enumerate((data, again)):
        path = desk.folder / f"{number}.ics"
        path.write_bytes(file)
        tried("invitation", desk, "add", "--invitation", str(path), typed=typed)
    assert all(whole(file) for file in desk.book.glob("*.toml"))
    assert tried("after", desk, "plan") == 0


@_FEWER
@given(data=damaged_file(_CARDS), typed=_TYPED)
def test_any_card_is_taken_or_refused_and_the_book_stays_whole(desk: Desk, data: bytes, typed: str) -> None:
    clear(desk)
    known = desk.put("nordlys", NORDLYS)
    path = desk.folder / "a.vcf"
    path.write_bytes(data)
    tried("card", desk, "person", "nordlys", "--card", str(path), typed=typed)
    tried("card", desk, "add", "--card", str(path), "--start", "tomorrow 9:00", typed=typed)
    assert whole(known)
    assert all(whole(file) for file in desk.book.glob("*.toml"))
    assert tried("after", desk, "plan") == 0


@_FEWER
@given(text=damaged(NORDLYS), typed=_TYPED)
def test_whatever_an_editor_leaves_is_taken_or_told_about(desk: Desk, text: str, typed: str) -> None:
    clear(desk)
    desk.put("nordlys", NORDLYS)
    written = desk.folder / "written.toml"
    written.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDITOR", f"cp {written}")
        patch.setenv("VISUAL", f"cp {written}")
        tried("editor", desk, "edit", "nordlys", typed=typed)

"""Pages that only one of two machines serves: the address of a call's page is no reason to write an event anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from callplan.book import write
from callplan.book.types import LogEntry
from callplan.plan.step import StepKind
from callplan.sync.content import description_words
from callplan.sync.page_address import remember_pages
from callplan.where import Places

from tests.sync.desk import pretend_desk
from tests.sync.home import AFTER_CALL, BEFORE_CALL, FOLLOWED_UP, NORDLYS, Home, home_of, noted, on_top
from tests.sync.pretend import FLAVOURS

MINUTE = timedelta(minutes=1)
PAGE = "https://cal.dahl.example/call/6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"


@pytest.mark.parametrize("first_to_sync", [0, 1])
def test_two_machines_converge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_to_sync: int) -> None:
    desk = home_of(pretend_desk(FLAVOURS["cyrus"], tmp_path / "desk"), monkeypatch, NORDLYS + FOLLOWED_UP)
    where = Places(desk.where.config, desk.where.book, tmp_path / "laptop", desk.where.data)
    laptop = Home(desk.desk.another(tmp_path / "laptop"), where, desk.before)
    remember_pages(desk.where, "https://cal.dahl.example")
    machines = [desk, laptop] if first_to_sync == 0 else [laptop, desk]
    for machine in machines:
        machine.sync(BEFORE_CALL)
    for count in range(1, 5):
        assert machines[count % 2].sync(BEFORE_CALL + count * MINUTE).changes == 0
    for machine in machines:
        machine.sync(BEFORE_CALL + 6 * MINUTE)
        assert machine.desk.proxy.count() == 1
    desk.edit(StepKind.CALL, noted("no answer"))
    machines[0].sync(AFTER_CALL)
    for count in range(1, 5):
        assert machines[count % 2].sync(AFTER_CALL + count * MINUTE).changes == 0
    assert desk.outcomes() == ["call no-answer"]


def test_the_address_reaches_the_calendar_once_there_are_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(pretend_desk(FLAVOURS["cyrus"], tmp_path), monkeypatch, NORDLYS + FOLLOWED_UP)
    home.sync(BEFORE_CALL)
    remember_pages(home.where, "https://cal.dahl.example")
    assert home.sync(BEFORE_CALL + MINUTE).changes > 0
    assert f"https://cal.dahl.example/call/{home.uid(StepKind.CALL)}" in home.text(StepKind.CALL)


def test_what_is_typed_above_is_told_from_the_other_machines_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home_of(pretend_desk(FLAVOURS["cyrus"], tmp_path / "desk"), monkeypatch, NORDLYS + FOLLOWED_UP)
    where = Places(desk.where.config, desk.where.book, tmp_path / "laptop", desk.where.data)
    laptop = Home(desk.desk.another(tmp_path / "laptop"), where, desk.before)
    remember_pages(desk.where, "https://cal.dahl.example")
    for machine in (desk, laptop):
        machine.sync(BEFORE_CALL)
    for count, words in enumerate(("no-answer", "busy")):  # the text says how often they were not reached
        at = AFTER_CALL + count * timedelta(days=3)
        write.append_log(desk.where.book / "nordlys.toml", LogEntry(at, "call", words))
        if count == 0:
            desk.sync(at)
    desk.edit(StepKind.CALL, on_top("Ask for Jonas too"))
    laptop.sync(AFTER_CALL + timedelta(days=3, minutes=1))
    assert desk.outcomes() == ["call no-answer", "call busy", "call noted"]
    assert desk.log[-1].note == "Ask for Jonas too"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"+45 32 12 34 56\n{PAGE}\n\nAsk", "+45 32 12 34 56 Ask"),
        (f"{PAGE}\nAsk", "Ask"),
        (f"{PAGE}-more", f"{PAGE}-more"),
        ("https://cal.dahl.example/call/me", "https://cal.dahl.example/call/me"),
    ],
)
def test_only_the_address_of_a_call_page_is_left_out(text: str, said: str) -> None:
    assert description_words(text) == said

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from callplan.book.types import Application, LogEntry
from callplan.words.script import as_text

from tests.words.examples import CALLED, NORDLYS, NORDLYS_DA, WROTE
from tests.words.scripts import SECOND, TWICE, said, script


@pytest.mark.parametrize("application", [NORDLYS, NORDLYS_DA], ids=["en", "da"])
@pytest.mark.advice("4.5.0")
def test_second_call_is_shorter_and_says_it_is_the_last(application: Application) -> None:
    one = script(replace(application, log=(WROTE, CALLED)), SECOND)
    assert one.words <= 90
    assert said(one, "last").startswith(("This is my last call.", "Det er sidste gang, jeg ringer."))
    assert one.section("permission") is None
    assert one.section("why") is None


@pytest.mark.advice("4.5.a")
@pytest.mark.parametrize(
    ("application", "words"),
    [(NORDLYS, "I know it takes time."), (NORDLYS_DA, "Jeg ved, det tager tid.")],
    ids=["en", "da"],
)
def test_second_call_takes_them_for_slow_and_not_for_forgetful(application: Application, words: str) -> None:
    one = script(replace(application, log=(WROTE, CALLED)), SECOND)
    assert said(one, "ask").startswith(words)


def test_second_call_names_the_first_and_what_was_promised() -> None:
    one = script(TWICE, SECOND)
    assert said(one, "purpose") == "We spoke on 8 December, and you expected to decide by 15 December."
    assert "two more interviews to go" in said(one, "reminder")
    assert "two more interviews to go" not in said(one, "purpose")  # a private note is not read out


def test_second_call_brings_a_point_the_first_had_no_room_for() -> None:
    assert "leads a team: I led six people at Lille Bælt." in said(script(TWICE, SECOND), "new_point")


def test_second_call_without_another_point_brings_none() -> None:
    assert script(replace(TWICE, fit=NORDLYS.fit[:2]), SECOND).section("new_point") is None


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("voicemail", "I left you a message on 8 December."), ("reached", "We spoke on 8 December.")],
)
def test_second_call_says_how_the_first_ended(outcome: str, words: str) -> None:
    entry = replace(CALLED, outcome=outcome, date=None, note="")
    assert said(script(replace(NORDLYS, log=(WROTE, entry)), SECOND), "purpose") == words


def test_second_call_after_tries_in_vain_claims_no_talk() -> None:
    tries = tuple(LogEntry(CALLED.at + timedelta(hours=hour), "call", "no-answer") for hour in range(5))
    one = script(replace(NORDLYS, log=(WROTE, *tries)), SECOND)
    assert said(one, "purpose") == "I tried to reach you on 8 December."


def test_second_call_without_a_first_in_the_log_shows_the_gap() -> None:
    one = script(NORDLYS, SECOND)
    assert "We spoke" not in as_text(one)
    assert any("callplan log nordlys call reached" in gap for gap in one.gaps)

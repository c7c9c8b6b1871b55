"""Practising the call: rounds, the other side, and the user's own pace, with a clock of the test's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from callplan.book.types import Application
from callplan.errors import RecordError
from callplan.where import Places
from callplan.words.practice import FASTEST, SLOWEST, PracticeRecord, Rehearsal, Spoken, rate_of, rehearse
from callplan.words.script import Script, call_script
from callplan.words.spoken import seconds_of

from tests.words.examples import NORDLYS, NOW, SETTINGS, step
from tests.words.letters import BOTH

TALK = ["opening", "courtesy", "purpose", "why", "points", "topic", "ask", "need", "permission", "close"]


class Actor:
    """A user who speaks at one pace; stops before the part of that number."""

    def __init__(self, rate: float = 120.0, stop_at: int | None = None) -> None:
        self.rate, self.stop_at = rate, stop_at
        self.shown: list[tuple[str, str]] = []
        self.waits = 0
        self._words = 0

    def show(self, kind: str, text: str) -> None:
        self.shown.append((kind, text))
        if kind == "title":
            self._words = 0
        elif kind == "say":
            self._words += sum(any(map(str.isalnum, word)) for word in text.split())

    def wait(self, seconds: int) -> float | None:
        self.waits += 1
        if self.waits == self.stop_at:
            return None
        return self._words * 60 / self.rate

    def lines(self, kind: str) -> list[str]:
        return [text for shown, text in self.shown if shown == kind]


def script(application: Application = NORDLYS, rate: int | None = None) -> Script:
    return call_script(application, step(), SETTINGS, NOW, rate=rate)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(*(tmp_path / name for name in ("config.toml", "book", "state", "data")))


@pytest.mark.parametrize("rounds", [1, 3, 5])
def test_every_part_of_the_talk_is_read_in_each_round(rounds: int) -> None:
    actor, one = Actor(), script()
    assert rehearse(one, actor, rounds) == Rehearsal(rounds, (120,) * rounds)
    talk = [section for section in one.sections if section.part == "talk"]
    assert actor.lines("title") == [section.title for section in talk] * rounds
    assert actor.lines("say") == [line.text for section in talk for line in section.lines] * rounds
    assert len(actor.lines("round")) == rounds
    assert actor.lines("them") == []


def test_result_tells_seconds_words_and_pace() -> None:
    actor = Actor(rate=180)
    rehearse(script(), actor, 1)
    assert actor.lines("result")[0].endswith("180 words a minute.")
    assert "That is fast" in actor.lines("result")[-1]


def test_stopping_keeps_what_was_read() -> None:
    assert rehearse(script(), Actor(stop_at=3), 3) == Rehearsal(0, (120,))
    assert rehearse(script(), Actor(stop_at=1), 3) == Rehearsal(0, ())
    assert rehearse(script(), Actor(stop_at=len(TALK) + 3), 3).finished == 1


@pytest.mark.parametrize("rate", [1, SLOWEST - 5, FASTEST + 20, 5000])
def test_pace_of_somebody_who_does_not_read_aloud_is_not_learned(rate: int) -> None:
    assert rehearse(script(), Actor(rate=rate), 2) == Rehearsal(2, ())


@pytest.mark.parametrize("application", BOTH, ids=["en", "da"])
def test_other_side_answers_and_says_one_unforeseen_thing(application: Application) -> None:
    one = script(application)
    branches = one.section("branches")
    assert branches is not None
    cues = {line.cue for line in branches.lines if line.cue}
    unforeseen = set()
    for seed in range(40):
        actor = Actor()
        assert rehearse(one, actor, 1, random.Random(seed)).finished == 1
        surprise = cues & set(actor.lines("them"))
        assert len(surprise) == 1
        unforeseen |= surprise
        assert any("Mette Holm" in line for line in actor.lines("them"))
        answer = next(line for line in branches.lines if line.cue in surprise)
        assert answer.text in actor.lines("say")
    assert len(unforeseen) >= 5


def test_same_seed_plays_the_same_call_and_sometimes_somebody_else_answers() -> None:
    def call(seed: int) -> list[tuple[str, str]]:
        actor = Actor()
        rehearse(script(), actor, 1, random.Random(seed))
        return actor.shown

    assert call(5) == call(5)
    assert {any("reception" in text for _, text in call(seed)) for seed in range(20)} == {True, False}


def test_learned_pace_is_used_by_the_next_script_of_that_language(places: Places) -> None:
    record = PracticeRecord(places)
    assert record.rate("en") is None
    assert record.add("en", (100, 120, 110)) == 110
    assert PracticeRecord(places).rate("en-GB") == 110
    assert PracticeRecord(places).rate("da") is None
    one = script(rate=PracticeRecord(places).rate("en"))
    assert one.words_per_minute == 110
    assert one.seconds == seconds_of(one.words, 110) > script().seconds


def test_pace_follows_the_latest_rounds(places: Places) -> None:
    record = PracticeRecord(places)
    record.add("en", (100,) * 9)
    assert record.add("en", (150,) * 9) == 150
    assert record.add("en", ()) == 150


@pytest.mark.parametrize("held", ['{"rates": {"en": ["fast", 3, 1000]}}', '{"rates": []}', '{"version": 9}'])
def test_nonsense_in_the_file_is_no_pace(places: Places, held: str) -> None:
    places.state.mkdir()
    (places.state / "practice.json").write_text(held, encoding="utf-8")
    assert PracticeRecord(places).rate("en") is None
    assert PracticeRecord(places).add("en", (130,)) == 130


def test_damaged_file_is_an_error_with_a_way_out(places: Places) -> None:
    places.state.mkdir()
    (places.state / "practice.json").write_bytes(b"\xff\xfe")
    with pytest.raises(RecordError, match="Delete it"):
        PracticeRecord(places).rate("en")


@pytest.mark.parametrize(
    ("spoken", "rate"),
    [([], None), ([(60, 30.0)], 120), ([(30, 15.0), (30, 15.0)], 120), ([(60, 0.0)], None), ([(0, 30.0)], None)],
)
def test_rate_of_several_parts(spoken: list[tuple[int, float]], rate: int | None) -> None:
    assert rate_of([Spoken("part", words, seconds) for words, seconds in spoken]) == rate

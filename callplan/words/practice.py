"""Practising the call: how fast the user really speaks, remembered and used for the next script.

What is kept is a rate for each language and the count of rounds, in the state folder; nothing of what was said.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol

from callplan.where import Places
from callplan.words import private_file
from callplan.words.dates import primary
from callplan.words.phrases import phrases
from callplan.words.spoken import Line, Script, Section, count_words, seconds_of

#: "A few times, more if you are nervous" (advice 4.2.0b).
ROUNDS, NERVOUS_ROUNDS = 3, 5

#: Slower was thinking or a phone call in between, faster was not said aloud.
SLOWEST, FASTEST = 60, 260

_REMEMBERED = 9  # the latest rounds that the rate is the middle of
_VERSION = 1


class Stage(Protocol):
    """Where the practising happens: a screen, and somebody who says when they have finished."""

    def show(self, kind: str, text: str) -> None:
        """Show a line: ``round``, ``title``, ``say``, ``cue``, ``them`` or ``result``."""

    def wait(self, seconds: int) -> float | None:
        """Wait until the user has spoken, about `seconds` long; how long it took. None: they want to stop."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One part, as it was said."""

    section: str
    words: int
    seconds: float

    @property
    def rate(self) -> float:
        """Words a minute."""
        return self.words * 60 / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it. `rates` are the rounds' that were read aloud; `finished` counts the whole rounds."""

    finished: int
    rates: tuple[int, ...]


def rehearse(script: Script, stage: Stage, rounds: int, chance: random.Random | None = None) -> Rehearsal:
    """Go through the script `rounds` times. With `chance`, the other side speaks too and asks something unforeseen."""
    rates: list[int] = []
    finished = 0
    for number in range(1, rounds + 1):
        words = phrases(script.language).practice
        stage.show("round", words["round"].format(number=number, rounds=rounds))
        spoken, whole = _once(script, stage, chance)
        rate = rate_of(spoken)
        if rate is not None:
            rates.append(rate)
        if spoken:
            stage.show("result", _summary(script, spoken, rate))
        if not whole:
            break
        finished += 1
    return Rehearsal(finished, tuple(rates))


def rate_of(spoken: list[Spoken]) -> int | None:
    """Words a minute over several parts; None where they cannot have been read aloud."""
    words, seconds = sum(one.words for one in spoken), sum(one.seconds for one in spoken)
    rate = words * 60 / seconds if seconds > 0 else 0.0
    return round(rate) if words and SLOWEST <= rate <= FASTEST else None


class PracticeRecord:
    """The user's own rates, by language, in the state folder."""

    def __init__(self, places: Places) -> None:
        self._path = places.state / "practice.json"

    def rate(self, language: str) -> int | None:
        """The user's words a minute in that language: the middle of the latest rounds. None before the first."""
        rates = self._rates(self._held(), language)
        return round(median(rates)) if rates else None

    def add(self, language: str, rates: tuple[int, ...]) -> int | None:
        """Remember the rates of some rounds; gives the new rate. Raises `RecordError` when it cannot be written."""
        if rates:
            held = self._held()
            known = [*self._rates(held, language), *rates][-_REMEMBERED:]
            held.setdefault("rates", {})[primary(language)] = known
            private_file.write_json(self._path, {**held, "version": _VERSION})
        return self.rate(language)

    def _held(self) -> dict[str, Any]:
        held = private_file.read_json(self._path)
        return held if held.get("version", _VERSION) == _VERSION and isinstance(held.get("rates", {}), dict) else {}

    def _rates(self, held: dict[str, Any], language: str) -> list[int]:
        found = held.get("rates", {}).get(primary(language), [])
        return [one for one in found if isinstance(one, int) and SLOWEST <= one <= FASTEST] if found else []


def _once(script: Script, stage: Stage, chance: random.Random | None) -> tuple[list[Spoken], bool]:
    """One round: the parts said, and whether it was gone through to the end."""
    spoken: list[Spoken] = []
    turns = _with_the_other_side(script, stage, chance) if chance is not None else _alone(script, stage)
    for title, section, lines in turns:
        words = sum(count_words(line.text, script.gaps) for line in lines)
        stage.show("title", title)
        for line in lines:
            stage.show("say", line.text)
        seconds = stage.wait(seconds_of(words, script.words_per_minute))
        if seconds is None:
            return spoken, False
        one = Spoken(section, words, seconds)
        spoken.append(one)
        stage.show("result", _result(script, one))
    return spoken, True


_Turn = tuple[str, str, tuple[Line, ...]]


def _alone(script: Script, _stage: Stage) -> Iterator[_Turn]:
    for one in _talk(script):
        yield one.title, one.id, one.lines


def _with_the_other_side(script: Script, stage: Stage, chance: random.Random) -> Iterator[_Turn]:
    """The call with both sides: who answers is chance, and so is what they say to the question."""
    words, talk = phrases(script.language).practice, _talk(script)
    callee = script.head[0][1].split(",")[0]
    company = script.head[1][1].split(",")[0] if len(script.head) > 1 else ""
    gatekeeper = script.section("gatekeeper")
    if gatekeeper is not None and chance.random() < 0.4:
        stage.show("them", words["reception"].format(company=company))
        yield gatekeeper.title, gatekeeper.id, gatekeeper.lines[:1]
        stage.show("them", words["put_through"])
    stage.show("them", words["hello"].format(callee=callee, company=company))
    turning = next((one.id for one in talk if one.id == "ask"), talk[-1].id if talk else "")
    for one in talk:
        yield one.title, one.id, one.lines
        if one.id == turning:
            yield from _surprise(script, stage, chance)
        elif one.id in ("opening", "courtesy", "purpose", "points", "need", "close"):
            stage.show("them", words[f"after_{one.id}"])


def _surprise(script: Script, stage: Stage, chance: random.Random) -> Iterator[_Turn]:
    """They say one of the things that the branches foresee; the user answers before going on."""
    branches = script.section("branches")
    answers: list[tuple[str, list[Line]]] = []
    for line in branches.lines if branches else ():
        if line.cue:
            answers.append((line.cue, [line]))
        elif answers:
            answers[-1][1].append(line)
    if branches is None or not answers:
        return
    cue, lines = chance.choice(answers)
    stage.show("them", cue)
    yield branches.title, "branches", tuple(Line(line.text) for line in lines)


def _talk(script: Script) -> list[Section]:
    return [one for one in script.sections if one.part == "talk"]


def _result(script: Script, one: Spoken) -> str:
    words = phrases(script.language).practice
    told = words["part"].format(seconds=f"{one.seconds:.1f}", words=one.words)
    if not SLOWEST <= one.rate <= FASTEST:
        return f"{told} {words['not_aloud']}" if one.rate > FASTEST and one.words else told
    return f"{told} {words['rate'].format(rate=round(one.rate))}"


def _summary(script: Script, spoken: list[Spoken], rate: int | None) -> str:
    words = phrases(script.language).practice
    seconds = sum(one.seconds for one in spoken)
    told = words["whole"].format(seconds=round(seconds), words=sum(one.words for one in spoken))
    if rate is None:
        return told
    pace = "fast" if rate > 160 else "slow" if rate < 110 else "good"
    return f"{told} {words['rate'].format(rate=rate)} {words[pace]}"

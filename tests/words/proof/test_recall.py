"""What is promised: how much is found and how seldom a right sentence is called wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from callplan.words.proof import spelling
from callplan.words.proof.names import Known
from callplan.words.proof.reader import Proof, proofread

from tests.words.proof.marked import Sentence, corpus, is_tuned_on, sentences

HERE = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def nothing_suggested() -> Iterator[None]:
    """What is counted here is where faults are found; what may be meant takes Hunspell a third of a second a word."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "MOST_SUGGESTED", 0)
        yield


@cache
def read(language: str, text: str, names: tuple[str, ...]) -> Proof:
    return proofread(text, language, Known(people=names))


def share_found(language: str, rows: Sequence[Sentence], kind: str) -> float:
    there, found = Counter[str](), 0
    for row in rows:
        proof = read(language, row.text, row.names)
        for fault in row.faults:
            if fault.kind == kind:
                there[kind] += 1
                found += any(one.start < fault.end and fault.start < one.end for one in proof.faults)
    return found / there[kind] if there[kind] else 1.0


def share_alarmed(language: str, rows: Sequence[Sentence]) -> float:
    right = [row for row in rows if not row.faults]
    return sum(bool(read(language, row.text, row.names).faults) for row in right) / len(right)


def halves(language: str) -> dict[str, list[Sentence]]:
    rows = corpus(HERE / f"proof-{language}.jsonl")
    return {
        "tuned on": [one for name, one in rows if is_tuned_on(name)],
        "held out": [one for name, one in rows if not is_tuned_on(name)],
        "all": [one for _, one in rows],
    }


@pytest.mark.advice("3.4.a2")
@pytest.mark.parametrize("half", ["tuned on", "held out"])
@pytest.mark.parametrize(
    ("kind", "least"), [("homophone", 0.75), ("typo", 0.95), ("doubled", 1.0), ("name", 0.95), ("grammar", 0.9)]
)
def test_english_faults_are_found(half: str, kind: str, least: float) -> None:
    assert share_found("en", halves("en")[half], kind) >= least


@pytest.mark.parametrize(
    ("kind", "least"), [("homophone", 0.6), ("compound", 0.6), ("typo", 0.6), ("name", 0.6), ("doubled", 0.6)]
)
def test_danish_faults_are_found(kind: str, least: float) -> None:
    assert share_found("da", halves("da")["all"], kind) >= least


@pytest.mark.parametrize("language", ["en", "da"])
def test_right_sentences_of_the_corpus_are_left_in_peace(language: str) -> None:
    assert share_alarmed(language, halves(language)["all"]) < 0.03


@pytest.mark.parametrize("name", ["sentences-en", "fresh-en", "fourth-en", "sentences-da", "fourth-da"])
def test_other_sentences_fare_alike(name: str) -> None:
    rows = sentences(HERE / f"{name}.txt")
    language = name[-2:]
    assert share_found(language, rows, "homophone") >= 0.75
    assert share_alarmed(language, rows) < 0.03


@pytest.mark.advice("3.4.b")
def test_the_sentence_of_the_article_is_caught_whole() -> None:
    proof = read("en", "I am shore your glad to no", ())
    assert [(one.found, one.suggestions[0]) for one in proof.faults] == [
        ("shore", "sure"),
        ("your", "you're"),
        ("no", "know"),
    ]


@pytest.mark.advice("3.4.b")
def test_the_sentence_that_was_meant_is_right() -> None:
    assert not read("en", "I am sure you're glad to know.", ()).faults

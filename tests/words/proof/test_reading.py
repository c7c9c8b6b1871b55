"""How a text is read over: each layer, and what they say together."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise

import pytest
from callplan.cli.proof import as_dict
from callplan.words.proof import speller as speller_module
from callplan.words.proof.distance import folded, heard, slips
from callplan.words.proof.finding import KINDS, Finding, settle
from callplan.words.proof.names import Known
from callplan.words.proof.pairs import Pairs
from callplan.words.proof.reader import proofread
from callplan.words.proof.tokens import sentences, tokens
from hypothesis import given, settings
from hypothesis import strategies as st

METTE = Known(people=("Mette Søndergaard", "Jonas Lind"), firms=("Nordlys A/S",), others=("Fjordbyg", "Per Brask"))


def found(
    text: str, language: str = "en", known: Known | None = None, attached: bool | None = None
) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for one in proofread(text, language, known, attached).findings:
        kinds.setdefault(one.kind, []).append(one.found)
    return kinds


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_every_finding_stands_where_it_says(text: str) -> None:
    for one in proofread(text).findings:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.found
        assert one.kind in KINDS
        assert one.reason


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["your", "you're", "to", "two", "their", "no", "\n\n", ".", ",", "the", "the ", "æ", "at", "nogen"]
        ),
        max_size=30,
    )
)
def test_findings_come_in_order_and_do_not_overlap(words: list[str]) -> None:
    for language in ("en", "da"):
        seen = proofread(" ".join(words), language).findings
        assert all(one.end <= other.start for one, other in pairwise(seen))


def test_positions_count_code_points_not_bytes() -> None:
    text = "Zoë 🎉 said that your right."
    one = next(one for one in proofread(text).faults if one.found == "your")
    assert text[one.start : one.end] == "your"


@pytest.mark.advice("1.2.a", "3.3.a1")
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dear Mette Sondergaard, thank you.", "Sondergaard"),
        ("Dear Ms Søndergard, thank you.", "Søndergard"),
        ("I met Jonas Lynd on Monday.", "Lynd"),
        ("I enjoyed the tour of Nordlis.", "Nordlis"),
    ],
)
def test_a_near_miss_of_a_known_name_is_a_slip(text: str, wrong: str) -> None:
    assert found(text, known=METTE)["name"] == [wrong]


@pytest.mark.parametrize(
    "text",
    ["Mette Søndergaard's talk was good.", "Jonas and Mette met at Nordlys.", "I met Johanna Linde-Krag in Oslo."],
)
def test_known_names_and_other_peoples_are_right(text: str) -> None:
    assert "name" not in found(text, known=METTE)
    assert "typo" not in found(text, known=METTE)


def test_a_danish_genitive_of_a_known_name_is_right() -> None:
    assert "name" not in found("Tak til Mettes hold.", "da", METTE)


def test_another_applications_firm_is_found_in_the_wrong_letter() -> None:
    assert found("I would love to work for Fjordbyg.", known=METTE)["name"] == ["Fjordbyg"]
    assert found("Please greet Per Brask.", known=METTE)["name"] == ["Per Brask"]


@pytest.mark.parametrize(
    "text",
    [
        "Dear [GAP: name — see [[people]] in x.toml],",
        "Kære [MANGLER: navn],",
        "Dear <name>,",
        "TODO: close",
        "on {{ date }}.",
    ],
)
def test_gaps_left_open_are_found(text: str) -> None:
    assert "gap" in found(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the the", False),
        ("The\nthe tour", False),
        ("had had", True),
        ("Duran Duran plays", True),
        ("the. The tour", True),
        ("a   a", True),
    ],
)
def test_a_word_twice_is_a_fault_over_lines_and_capitals(text: str, kept: bool) -> None:
    assert ("doubled" in found(text)) is not kept


def test_sincerely_goes_with_a_name_and_faithfully_with_none() -> None:
    assert found("Dear Ms Holm,\n\nThank you.\n\nYours faithfully,\nAnna")["style"] == ["Yours faithfully"]
    assert found("Dear Sir or Madam,\n\nThank you.\n\nYours sincerely,\nAnna")["style"] == ["Yours sincerely"]
    assert "style" not in found("Dear Ms Holm,\n\nThank you.\n\nYours sincerely,\nAnna")


def test_an_attachment_that_is_not_there_is_a_gap_and_unknown_ones_are_for_the_eye() -> None:
    assert found("I have attached my CV.", attached=False)["gap"] == ["attached"]
    assert found("I have attached my CV.")["look"] == ["attached"]
    assert "gap" not in found("I have attached my CV.", attached=True)


@pytest.mark.advice("4.2.b1")
def test_phrases_that_spoil_a_letter_are_told() -> None:
    assert found("I am sorry to bother you, just checking in.")["style"]


@pytest.mark.advice("4.6.a1")
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I think the decision was very unfair.", "en"),
        ("You should have called me before.", "en"),
        ("I am deeply disappointed in you.", "en"),
        ("Det var simpelthen uretfærdigt.", "da"),
        ("I burde have ringet til mig.", "da"),
        ("Jeg er skuffet over jer.", "da"),
    ],
)
def test_what_sounds_like_a_reproach_is_told(text: str, language: str) -> None:
    assert found(text, language=language)["style"]


def test_a_disappointment_of_ones_own_is_no_reproach() -> None:
    assert "style" not in found("I was disappointed not to be chosen, and I thank you for telling me.")
    assert "style" not in found("Jeg blev skuffet over afslaget, men tak for beskeden.", language="da")


@pytest.mark.advice("3.4.a2")
def test_words_that_no_tool_can_judge_come_last_and_are_no_faults() -> None:
    proof = proofread("I read it to the end, then I left.")
    assert not proof.faults
    assert {one.found for one in proof.findings} >= {"to", "then"}


@pytest.mark.advice("3.4.a1")
def test_without_a_dictionary_nothing_is_misspelt_and_the_reader_is_told() -> None:
    proof = proofread("Das ist ein Satzz.", "xx")
    assert not proof.faults
    assert "xx" in proof.notes[0]


def test_addresses_and_file_names_are_no_words() -> None:
    assert not proofread("Write to p.wilk@post.example or see www.fjrod.example/teh and plann.pdf.").faults


def test_overlapping_findings_are_settled_by_what_a_reader_minds_most() -> None:
    typo, name = Finding(0, 5, "typo", "Metet", (), "…"), Finding(0, 5, "name", "Metet", ("Mette",), "…")
    assert settle([typo, name]) == [name]


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [("form", "from", 1), ("reid", "reed", 1), ("a", "a", 0), ("abc", "xyzabc", 3), ("abcdef", "x", 4)],
)
def test_slips_are_counted(one: str, other: str, away: int) -> None:
    assert slips(one, other) == slips(other, one) == away


def test_names_are_compared_as_heard_and_without_accents() -> None:
    assert heard("Katrine") == heard("Cathrine")
    assert folded("Søndergård") == folded("Sondergard")


def test_sentences_end_at_stops_but_not_at_titles() -> None:
    words = tokens("Mr. Reid came. He left at kl. 9.")
    assert next([token.text for token in one] for one in sentences(words)) == ["Mr", "Reid", "came"]


def test_the_tables_are_small_and_can_be_read() -> None:
    folder = files("callplan.words.proof")
    size = sum(
        len((folder / name).read_bytes())
        for name in (
            "english-pairs.txt.gz",
            "english-sets.txt",
            "english-sounds.txt",
            "english-frames.toml",
            "danish-frames.toml",
        )
    )
    assert size < 2_000_000
    Pairs((folder / "english-pairs.txt.gz").read_bytes())  # how quickly: scripts/bench proof


def test_every_dictionary_has_its_licence_beside_it() -> None:
    folder = files("callplan.words.proof") / "dictionaries"
    names = {one.name for one in folder.iterdir()}
    for languages in ("en_GB", "en_US", "da_DK"):
        assert {f"{languages}.aff", f"{languages}.dic", f"{languages}.licence.txt"} <= names


def test_the_systems_dictionaries_are_asked_for_other_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speller_module, "_SYSTEM", ())
    speller_module._stems.cache_clear()
    try:
        assert "hunspell-de" in (speller_module.missing("de") or "")
    finally:
        speller_module._stems.cache_clear()


def test_findings_can_be_told_to_programs() -> None:
    one = proofread("teh end").findings[0]
    assert json.loads(json.dumps(as_dict(one))) == {
        "start": 0, "end": 3, "kind": "typo", "found": "teh",
        "suggestions": list(one.suggestions), "reason": one.reason,
    }  # fmt: skip

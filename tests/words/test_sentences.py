"""Notes as sentences: what is noted in passing stands right in a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from callplan.words.letters.matter import DraftKind
from callplan.words.sentences import whole_sentence

from tests.words.examples import NORDLYS
from tests.words.letters import draft


@pytest.mark.parametrize(
    ("noted", "sentence"),
    [
        ("they build the grid", "They build the grid."),
        ("I grew up beside it.", "I grew up beside it."),
        ("åbne data er jeres sag", "Åbne data er jeres sag."),
        ("iOS is what I know best", "iOS is what I know best."),
        ("7 of my friends work there", "7 of my friends work there."),
    ],
)
def test_what_stands_by_itself_begins_with_a_capital(noted: str, sentence: str) -> None:
    assert whole_sentence(noted) == sentence


@pytest.mark.parametrize("kind", [DraftKind.LETTER, DraftKind.FOLLOW_UP])
def test_a_reason_noted_in_small_letters_begins_a_sentence(kind: DraftKind) -> None:
    assert "They build the grid." in draft(kind, replace(NORDLYS, why=("they build the grid",)), "Mette Holm").body

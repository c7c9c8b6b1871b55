"""A line about people, as it is typed or pasted, becomes people."""

from __future__ import annotations

from contextlib import suppress

import pytest
from callplan.cli.introduced import Introduced, people_introduced
from callplan.errors import UsageError
from hypothesis import given
from hypothesis import strategies as st

METTE, JONAS = Introduced("Mette Holm"), Introduced("Jonas Krag")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mette Holm", (METTE,)),
        ("Mette Holm, Jonas Krag", (METTE, JONAS)),
        ("Mette Holm and Jonas Krag", (METTE, JONAS)),
        ("mette holm, jonas krag", (Introduced("mette holm"), Introduced("jonas krag"))),
        ("Mette Holm, Al", (METTE, Introduced("Al"))),
        ("Mette Holm (CFO)", (Introduced("Mette Holm", "CFO"),)),
        ("Mette Holm, HR", (Introduced("Mette Holm", "HR"),)),
        ("Mette Holm (CTO) and Jonas Krag", (Introduced("Mette Holm", "CTO"), JONAS)),
        ("Mette Holm, HR Manager and Jonas Krag", (Introduced("Mette Holm", "HR Manager"), JONAS)),
        ("Mette Holm, Head of People and Culture", (Introduced("Mette Holm", "Head of People and Culture"),)),
        ("Jean-Luc Krag - udviklingschef", (Introduced("Jean-Luc Krag", "udviklingschef"),)),
        ("Mette Holm <mette@nordlys.example>", (Introduced("Mette Holm", email="mette@nordlys.example"),)),
        (
            "Mette Holm, HR Manager, mette@nordlys.example, +45 32 12 34 56",
            (Introduced("Mette Holm", "HR Manager", "mette@nordlys.example", "+45 32 12 34 56"),),
        ),
        (
            "Mette Holm, HR Manager | tlf. 32 12 34 56; Jonas Krag, CTO",
            (Introduced("Mette Holm", "HR Manager", phone="32 12 34 56"), Introduced("Jonas Krag", "CTO")),
        ),
        ("", ()),
    ],
)
def test_who_is_who_is_told_by_what_it_looks_like(text: str, expected: tuple[Introduced, ...]) -> None:
    assert people_introduced(text) == expected


@pytest.mark.parametrize("text", ["mette@nordlys.example", "+45 32 12 34 56, Mette Holm"])
def test_what_belongs_to_nobody_is_asked_about(text: str) -> None:
    with pytest.raises(UsageError, match="Whose is"):
        people_introduced(text)


@given(st.text(alphabet="aB é,;()<>@+1-/|.&\n", max_size=60))
def test_any_line_gives_people_with_names_or_is_refused(text: str) -> None:
    with suppress(UsageError):
        assert all(person.name.strip() for person in people_introduced(text))

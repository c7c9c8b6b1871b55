"""`callplan person`: a card in, a card out."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import vobject
from callplan.book.capture.card import read_cards
from callplan.book.capture.who import calmed
from callplan.book.types import Person
from callplan.book.vcard import as_vcard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.book.capture.further_cards import card
from tests.cli.conftest import Desk

CARDS = Path(__file__).parents[1] / "book" / "capture" / "data" / "cards"


def people(desk: Desk, name: str = "nordlys") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((desk.book / f"{name}.toml").read_text(encoding="utf-8"))["people"]
    return found


def vcf(desk: Desk, body: str) -> str:
    path = desk.folder / "one.vcf"
    path.write_bytes(card(body))
    return str(path)


class TestALine:
    def test_adds_completes_and_corrects(self, desk: Desk) -> None:
        said = desk.run(
            "person", "nordlys", "--add", "Jonas, CTO, 32 12 34 99; Ivy Cole (Lead), ivy@nordlys.example"
        ).stdout
        assert "Added: Ivy Cole, Lead, ivy@nordlys.example" in said
        assert people(desk)[1:] == [
            {
                "name": "Jonas Krag", "email": "jonas.krag@nordlys.example", "role": "CTO",
                "phone": "+45 32 12 34 99",
            },
            {"name": "Ivy Cole", "role": "Lead", "email": "ivy@nordlys.example"},
        ]  # fmt: skip
        assert "was HR Manager" in desk.run("person", "nordlys", "--add", "Mette Holm, CFO").stdout
        assert people(desk)[0]["role"] == "CFO"

    @pytest.mark.parametrize(
        ("number", "right"),
        [
            ("+44 (0)20 7946 0811", "+44 20 7946 0811"),
            ("+41 (0)44 668 18 00", "+41 44 668 18 00"),
            ("0044 20 7946 0811", "+44 20 7946 0811"),
            ("(212) 555-0142", "+1 212-555-0142"),
        ],
    )
    def test_gives_a_number_as_it_is_dialled(self, desk: Desk, number: str, right: str) -> None:
        desk.run("person", "hudson", "--add", f"Tom A, {number}")
        assert people(desk, "hudson")[-1] == {"name": "Tom A", "phone": right}

    def test_leaves_out_where_somebody_works_and_says_so(self, desk: Desk) -> None:
        said = desk.run(
            "person", "nordlys", "--add", "Ivy Cole, PhD, CTO, Nordlys Energi A/S, Havnegade 12, 8000 Aarhus C"
        )
        assert people(desk)[-1] == {"name": "Ivy Cole", "role": "CTO"}
        assert "Left out: PhD, Havnegade 12, 8000 Aarhus C." in said.stderr

    @pytest.mark.parametrize("line", ["", "+45 32 12 34 56", "Ivy, +45 12", "Ivy, ivy@nordlys", "Ortiz, Carmen, VP"])
    def test_what_is_nobody_or_wrong_changes_nothing(self, desk: Desk, line: str) -> None:
        before = people(desk)
        desk.run("person", "nordlys", "--add", line, code=2)
        assert people(desk) == before


class TestTakingOneIn:
    def test_adds_somebody_new(self, desk: Desk) -> None:
        desk.run(
            "person", "nordlys", "--card", vcf(desk, "FN:Dr. Ivy Cole\nN:Cole;Ivy;;Dr.;\nTITLE:CTO\nTEL:+4532123499")
        )
        assert people(desk)[-1] == {
            "name": "Ivy Cole", "role": "CTO", "phone": "+45 32 12 34 99", "honorific": "Dr.",
            "given": "Ivy", "family": "Cole",
        }  # fmt: skip

    def test_completes_somebody_known_by_address(self, desk: Desk) -> None:
        desk.run(
            "person",
            "nordlys",
            "--card",
            vcf(desk, "FN:J. Krag\nEMAIL:Jonas.Krag@nordlys.example\nTEL:+4532123499\nTITLE:Head of Data"),
        )
        assert people(desk)[1] == {
            "name": "Jonas Krag", "email": "jonas.krag@nordlys.example", "phone": "+45 32 12 34 99",
            "role": "Head of Data",
        }  # fmt: skip
        assert "# my favourite" in (desk.book / "nordlys.toml").read_text(encoding="utf-8")

    def test_keeps_what_is_there_and_says_that_the_card_differs(self, desk: Desk) -> None:
        told = desk.run("person", "nordlys", "--card", vcf(desk, "FN:Mette Holm\nTEL:+4532123499")).output
        assert "on the card +45 32 12 34 99" in " ".join(told.split())
        assert people(desk)[0]["phone"] == "+45 32 12 34 56"

    def test_may_be_said_whose_it_is(self, desk: Desk) -> None:
        desk.run("person", "nordlys", "--card", vcf(desk, "FN:Krag J\nTEL:+4532123499"), "--who", "jonas")
        assert [one["name"] for one in people(desk)] == ["Mette Holm", "Jonas Krag"]
        assert people(desk)[1]["phone"] == "+45 32 12 34 99"

    def test_dry_writes_nothing(self, desk: Desk) -> None:
        before = people(desk)
        told = json.loads(
            desk.run("person", "nordlys", "--card", str(CARDS / "12-two-cards.vcf"), "--dry-run", "--json").stdout
        )
        assert [one["name"] for one in told["people"]] == ["Iben Rask", "Morten Lauge"]
        assert people(desk) == before

    def test_of_nobody_adds_nobody(self, desk: Desk) -> None:
        desk.run("person", "nordlys", "--card", str(CARDS / "11-no-name-at-all.vcf"), code=2)
        desk.run("person", "nordlys", "--card", str(CARDS / "16-garbage.vcf"), code=4)
        assert len(people(desk)) == 2


class TestGivingOneOut:
    def test_the_card_is_on_stdout_and_its_code_beside_it(self, desk: Desk) -> None:
        result = desk.run("person", "nordlys", "--vcard", "--who", "Mette")
        found = vobject.readOne(result.stdout)
        assert found.fn.value == "Mette Holm"
        assert found.tel.value == "+4532123456"
        assert found.org.value == ["Nordlys Energi"]
        assert "█" in result.stderr
        assert "█" not in result.stdout

    def test_everybody_who_can_be_reached_gets_one(self, desk: Desk) -> None:
        cards = list(vobject.readComponents(desk.run("person", "nordlys", "--vcard").stdout))
        assert [one.fn.value for one in cards] == ["Mette Holm", "Jonas Krag"]

    @pytest.mark.parametrize(
        ("name", "begins"), [("a.vcf", b"BEGIN:VCARD\r\n"), ("a.svg", b"<?xml"), ("a.png", b"\x89PNG")]
    )
    def test_it_goes_into_a_file(self, desk: Desk, name: str, begins: bytes) -> None:
        path = desk.folder / name
        desk.run("person", "nordlys", "--vcard", "--who", "Mette", "--output", str(path))
        assert path.read_bytes().startswith(begins)
        assert path.stat().st_mode & 0o77 == 0

    def test_a_picture_is_of_one_person(self, desk: Desk) -> None:
        desk.run("person", "nordlys", "--vcard", "--output", str(desk.folder / "a.svg"), code=2)

    def test_another_ending_is_refused(self, desk: Desk) -> None:
        assert ".vcf, .svg or .png" in desk.run("person", "hudson", "--vcard", "--output", "a.pdf", code=2).output


def test_the_people_are_listed(desk: Desk) -> None:
    assert "Mette Holm, HR Manager, +45 32 12 34 56, mette.holm@nordlys.example" in desk.run("person", "nordlys").output
    assert [one["name"] for one in desk.json("person", "nordlys")] == ["Mette Holm", "Jonas Krag"]


@pytest.mark.parametrize(
    "options", [["--output", "x.vcf"], ["--dry-run"], ["--card", "a", "--vcard"], ["--vcard", "--who", "Nobody"]]
)
def test_options_that_do_not_fit_are_refused(desk: Desk, options: list[str]) -> None:
    desk.run("person", "nordlys", *options, code=2)


_WORD = st.text(st.characters(whitelist_categories=["Lu", "Ll"]), min_size=2, max_size=12)
_TEXT = st.text(st.characters(whitelist_categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60).map(
    lambda text: " ".join(text.replace("\\", "").split())
)


@settings(max_examples=150, deadline=None)
@given(_WORD, _WORD, _TEXT, _TEXT)
def test_a_card_given_out_is_read_again(given_name: str, family: str, company: str, role: str) -> None:
    person = Person(f"{given_name} {family}", role=role or None, email="a.b@c.example", phone="+45 32 12 34 56 ext. 12")
    text = as_vcard(person, company or "Firm", "Job; with, signs")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (read,) = read_cards(text.encode()).people
    assert (read.email, read.phone) == (person.email, person.phone)
    assert read.name == calmed(person.name)

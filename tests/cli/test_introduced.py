"""A line about people, as it is typed or pasted, becomes people."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from callplan.cli.answers import check_phone
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
        ("Mette og Jonas", (Introduced("Mette"), Introduced("Jonas"))),
        ("Mette, HR, Jonas, CTO", (Introduced("Mette", "HR"), Introduced("Jonas", "CTO"))),
        ("Mette Holm, HR, and Jonas", (Introduced("Mette Holm", "HR"), Introduced("Jonas"))),
        ("Mette Holm, Sofia", (METTE, Introduced("Sofia"))),
        ("Mette Holm, PhD, Sofia", (Introduced("Mette Holm", left=("PhD",)), Introduced("Sofia"))),
        ("Mette Holm, Line", (METTE, Introduced("Line"))),
        ("Mette Holm, HR\nJonas", (Introduced("Mette Holm", "HR"), Introduced("Jonas"))),
        ("HR Manager, Mette Holm", (Introduced("Mette Holm", "HR Manager"),)),
        ("Mette Holm; HR Chief; +45 32 12 34 56", (Introduced("Mette Holm", "HR Chief", phone="+45 32 12 34 56"),)),
        ("Tom M +45 32 12 34 56", (Introduced("Tom M", phone="+45 32 12 34 56"),)),
        ("Mette: +45 32 12 34 56", (Introduced("Mette", phone="+45 32 12 34 56"),)),
        ('"Mette Holm" <m@x.example>; "Jonas Krag"', (Introduced("Mette Holm", email="m@x.example"), JONAS)),
        ("1. Mette Holm, HR\n2. Jonas Krag", (Introduced("Mette Holm", "HR"), JONAS)),
        ("- Mette Holm\n• Jonas Krag (CTO)", (METTE, Introduced("Jonas Krag", "CTO"))),
        ("From: Mette Holm <m@x.example>", (Introduced("Mette Holm", email="m@x.example"),)),
        ("i. A. Mette Holm, HR", (Introduced("Mette Holm", "HR"),)),
        ("I. A. Richards", (Introduced("I. A. Richards"),)),
        ("Mit Patel", (Introduced("Mit Patel"),)),
        ("Panel:\nMette Holm\nJonas Krag", (METTE, JONAS)),
        ("\n\nMette Holm\n\nJonas Krag\n \n", (METTE, JONAS)),
        ("Interviewers: Mette Holm, Jonas Krag", (METTE, JONAS)),
        ("", ()),
    ],
)
def test_who_is_who_is_told_by_what_it_looks_like(text: str, expected: tuple[Introduced, ...]) -> None:
    assert people_introduced(text) == expected


@pytest.mark.parametrize("text", ["mette@nordlys.example", "+45 32 12 34 56, Mette Holm"])
def test_what_belongs_to_nobody_is_asked_about(text: str) -> None:
    with pytest.raises(UsageError, match="Whose is"):
        people_introduced(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dr. Carmen Ortiz, PhD, VP of Engineering",
            Introduced("Dr. Carmen Ortiz", "VP of Engineering", left=("PhD",)),
        ),
        ("Lars Holm, MSc, CTO", Introduced("Lars Holm", "CTO", left=("MSc",))),
        (
            "Lars Holm MBA (he/him), cand.merc., HD(R), CFO",
            Introduced("Lars Holm", "CFO", left=("MBA", "he/him", "cand.merc.", "HD")),
        ),
        ("Jane Roe, MBA, CPA\nVP", Introduced("Jane Roe", "VP", left=("MBA", "CPA"))),
        ("Jane Roe PhD CPA, VP", Introduced("Jane Roe", "VP", left=("PhD", "CPA"))),
        ("Tom Ashby, Jr., VP", Introduced("Tom Ashby Jr.", "VP")),
        ("Mette Holm, Head of People, Copenhagen", Introduced("Mette Holm", "Head of People", left=("Copenhagen",))),
        ("Mette Holm, Head of People, Kronbjerg", Introduced("Mette Holm", "Head of People, Kronbjerg")),
        ("Mette Holm, Nordlys Energi", METTE),
        (
            "Mette Holm, Nordlys Energi, Vesterbrogade 1, 1620 København V",
            Introduced("Mette Holm", left=("Vesterbrogade 1", "1620 København V")),
        ),
        ("Mette Holm – HR Manager – Nordlys Energi A/S", Introduced("Mette Holm", "HR Manager")),
        ("Mette Holm, HR Manager at Nordlys Energi", Introduced("Mette Holm", "HR Manager")),
        ("Mette Holm, Recruiter, Hays GmbH", Introduced("Mette Holm", "Recruiter, Hays GmbH")),
        ("Mette Holm, Novo Nordisk, m@novo.example", Introduced("Mette Holm", "Novo Nordisk", "m@novo.example")),
        (
            "Anna Weber, Leiterin HR, Musterstraße 12, 10115 Berlin, Fax: +49 30 23125123, www.weber.example",
            Introduced(
                "Anna Weber", "Leiterin HR",
                left=("Musterstraße 12", "10115 Berlin", "+49 30 23125123", "www.weber.example"),
            ),
        ),
        ("Ortiz, Carmen, VP, carmen.ortiz@x.example", Introduced("Carmen Ortiz", "VP", "carmen.ortiz@x.example")),
        (
            "Mette Holm\nHead of People\nNordlys Energi A/S\nVesterbrogade 1\nTel.: +45 32 12 34 56\nm@nordlys.example",
            Introduced("Mette Holm", "Head of People", "m@nordlys.example", "+45 32 12 34 56", ("Vesterbrogade 1",)),
        ),
    ],
)  # fmt: skip
def test_a_signature_is_of_one_person(text: str, expected: Introduced) -> None:
    assert people_introduced(text, "Nordlys Energi") == (expected,)


@given(
    st.sampled_from(["Mette Holm", "Jean-Luc Krag", "Carmen de la Cruz"]),
    st.lists(
        st.sampled_from(
            ["PhD", "MSc", "MBA", "she/her", "Nordlys Energi", "Nordlys Energi A/S", "VP of Engineering", "HR Manager",
             "Copenhagen", "1620 København V", "10115 Berlin", "Vesterbrogade 1", "12 High Street", "NY 10001",
             "2. sal", "Denmark", "www.nordlys.example", "mette@nordlys.example", "Tel: +45 32 12 34 56",
             "M +44 (0)20 7946 0811", "Fax: +45 32 12 34 57", "CVR 12 34 56 78"]
        ),
        max_size=7,
    ),
    st.sampled_from([", ", " | ", "\n", " – ", "; "]),
)  # fmt: skip
def test_nothing_of_a_signature_but_the_name_is_anybody(name: str, others: list[str], between: str) -> None:
    (person,) = people_introduced(between.join([name, *others]), "Nordlys Energi")
    assert person.name == name
    assert {"PhD", "MSc", "MBA", "she/her"} & set(others) <= set(person.left)  # what goes into no record is told
    assert not any(sign.isdigit() for sign in person.role)
    assert "Nordlys" not in person.role


LETTERS = {
    "en": (
        "Hi Anna,", "Thank you for your application, which we have read with much interest.",
        "You will meet Ivy Cole (Head of People) and Tom Ashby, CTO.", "Best regards", "Sent from my iPhone",
        "On 10 Nov 2026, Anna Dahl <anna@dahl.example> wrote:\n> Thanks a lot\n> Anna",
    ),
    "da": (
        "Kære Anna", "Tak for din ansøgning, som vi har læst med stor interesse.",
        "Du møder Ivy Cole (Head of People) og Tom Ashby, CTO.", "Med venlig hilsen", "Sendt fra min iPhone",
        "Fra: Anna Dahl <anna@dahl.example>\nSendt: 10. november 2026 10:12\nTil: Mette Holm\nEmne: Samtale\n\nTak",
    ),
    "de": (
        "Sehr geehrte Frau Dahl,", "vielen Dank für Ihre Bewerbung, die wir gerne gelesen haben.",
        "Ihre Gesprächspartner sind Ivy Cole (Head of People) und Tom Ashby, CTO.", "Mit freundlichen Grüßen",
        "Von meinem iPhone gesendet", "Am 10.11.2026 um 10:12 schrieb Anna Dahl:\n> Vielen Dank",
    ),
}  # fmt: skip
SIGNER = Introduced("Mette Holm", "HR Manager", "mette@nordlys.example", "+45 32 12 34 56")


@given(
    st.sampled_from(sorted(LETTERS)), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans(),
    st.sampled_from(["\n", "\n\n"]),
)  # fmt: skip
def test_of_a_whole_letter_only_people_are_taken(
    language: str, greets: bool, names: bool, closes: bool, by_telephone: bool, answers: bool, between: str
) -> None:
    greeting, thanks, meeting, closing, machine, quoted = LETTERS[language]
    signature = "\n".join((SIGNER.name, SIGNER.role, f"Tel.: {SIGNER.phone}", SIGNER.email))
    parts = [
        *([greeting] if greets else []), thanks, *([meeting] if names else []),
        "\n".join([*([closing] if closes else []), signature]),
        *([machine] if by_telephone else []), *([quoted] if answers else []),
    ]  # fmt: skip
    people = people_introduced("\n\n".join(parts[:-1]) + between + parts[-1] if len(parts) > 2 else "\n\n".join(parts))
    others = (Introduced("Ivy Cole", "Head of People"), Introduced("Tom Ashby", "CTO")) if names else ()
    assert [replace(one, left=()) for one in people] == [*others, SIGNER]
    assert people[0].left[-1] == "the rest of the text"


def test_a_sentence_right_below_a_signature_is_left_out() -> None:
    (person,) = people_introduced("Mette Holm\nHR Manager\nThis e-mail is confidential, so please delete it at once.")
    assert person == Introduced("Mette Holm", "HR Manager", left=("the rest of the text",))


def test_a_sentence_above_a_number_is_what_somebody_is() -> None:
    (person,) = people_introduced("Mette Holm\nHead of People, responsible for all hiring in Denmark.\n+45 32 12 34 56")
    assert person.role.startswith("Head of People")
    assert person.phone == "+45 32 12 34 56"


def test_a_line_that_a_mail_program_broke_is_one() -> None:
    wrapped = "On Monday, here in our office in Aarhus, you will meet Mette\nHolm and Jonas Krag."
    letter = f"Dear Anna,\n{wrapped}\nThanks\nIvy Cole"
    assert [one.name for one in people_introduced(letter)] == ["Mette Holm", "Jonas Krag", "Ivy Cole"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dear Anna,\nYou will meet Mette Holm and Jonas Krag on Monday.\n\nBest\nMette", ["Mette Holm", "Jonas Krag"]),
        ("Dear Anna,\nYou will meet Jonas Krag on Monday.\n\nBest\nMette", ["Jonas Krag", "Mette"]),
        ("Dear Anna,\nYou will meet Ivy Cole and Ivy Ash on Monday.\n\nBest\nIvy", ["Ivy Cole", "Ivy Ash", "Ivy"]),
    ],
)
def test_who_signs_with_a_first_name_is_whoever_has_it(text: str, names: list[str]) -> None:
    assert [one.name for one in people_introduced(text)] == names


def test_what_is_far_too_long_is_refused_and_a_thousand_blanks_are_none() -> None:
    with pytest.raises(UsageError, match="too long"):
        people_introduced("Mette Holm, HR; " * 2000)
    for gap in (" " * 50_000, "\n" * 50_000):
        assert [one.name for one in people_introduced(f"Mette Holm, HR;{gap}Jonas Krag, CTO")] == [
            "Mette Holm",
            "Jonas Krag",
        ]
    people = people_introduced("Mette Holm " + "a@b.example " * 800)
    assert (people[0].name, people[0].email) == ("Mette Holm", "a@b.example")


def test_a_closing_at_the_end_is_nobody() -> None:
    assert [one.name for one in people_introduced("Mette Holm\nJonas Krag\nHilsen")] == ["Mette Holm", "Jonas Krag"]


def test_a_list_of_people_above_a_closing_is_no_letter() -> None:
    people = people_introduced("Ivy Cole, CTO\nTom Ashby, HR\n\nBest regards\nMette Holm")
    assert [one.name for one in people] == ["Ivy Cole", "Tom Ashby", "Mette Holm"]


def test_what_may_be_one_person_or_two_is_asked_about() -> None:
    with pytest.raises(UsageError, match=r'may be one person or two\. Write "Carmen Ortiz", or "Ortiz; Carmen"'):
        people_introduced("Ortiz, Carmen, VP")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("Mette Holm, Team 12345 b", "Team 12345 b"), ("Mette Holm, @mette", "@mette"), ("Mette Holm, a@ b", "a@ b")],
)
def test_what_looks_like_a_number_or_an_address_is_no_role(text: str, quoted: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f'"{quoted}" is no ')):
        people_introduced(text)


@pytest.mark.parametrize(
    "number",
    [
        "+44 (0)20 7946 0811", "+1 (212) 555-0142", "+41 (0)44 668 18 00", "(212) 555-0142", "0044 20 7946 0811",
        "(+45) 32 12 34 56", "+45.32.12.34.56", "030 / 23125123", "030 – 23125123", "Tel: +45 32 12 34 56",
        "m: 32 12 34 56", "+45 32 12 34 56 ext. 12", "+1 (212) 555-0142 x3", "+45 32 12 34 56;ext=12",
        "+45 32 12 34 56 lokal 12", "+45 32 12 34 56, 12", "+45 32 12 34 5x", "+45 12", "+999 12 34 56 78",
    ],
)  # fmt: skip
@pytest.mark.parametrize("country", [None, "DK", "US", "DE", "GB"])
@pytest.mark.parametrize("line", ["{}", "HR, {}", "{}, HR", "HR Manager, {}, m@x.example; Jonas Krag"])
def test_a_number_in_a_line_is_read_as_the_option_reads_it(number: str, country: str | None, line: str) -> None:
    person, *_ = people_introduced("Tom A, " + line.format(number))
    assert person.role in ("", "HR", "HR Manager")
    assert _read(person.phone, country) == _read(number, country)


@pytest.mark.parametrize(
    ("area", "groups"),
    [
        ("+49 (0) 30", ("23125", "100")), ("+49 (0)30", ("23 12 51", "00")), ("0049 (0) 4321", ("23 12 5", "0")),
        ("+49 30", ("23125100",)), ("+43 (0) 1", ("512 34 56", "78")), ("+41 (0) 44", ("668 18 00",)),
        ("030", ("23 12 51", "00")), ("(030)", ("23125", "100")), ("0171", ("123 45 67",)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("slash", [" / ", "/", " /", "/ ", " - ", " – "])
@pytest.mark.parametrize("dash", ["-", " - ", " – "])
def test_groups_that_stand_apart_are_one_number(area: str, groups: tuple[str, ...], slash: str, dash: str) -> None:
    number = area + slash + dash.join(groups)
    (person,) = people_introduced(f"Anna Weber, Leiterin HR, Tel.: {number}, anna@weber.example")
    assert (person.role, person.left) == ("Leiterin HR", ())
    assert check_phone(person.phone, "DE") == check_phone(area + "".join(groups), "DE")


@pytest.mark.parametrize(
    ("line", "phone", "left"),
    [
        ("+45 32 12 34 56 / 32 12 34 57", "+45 32 12 34 56", ("32 12 34 57",)),
        ("+45 32 12 34 56 - 32 12 34 57", "+45 32 12 34 56", ("32 12 34 57",)),
        ("+45 32 12 34 56 - 12", "+45 32 12 34 56 ext. 12", ()),
        ("+49 (0) 30 / 23125-100 / +49 (0) 171 / 1234567", "+49 30 23125100", ("+49 (0) 171-1234567",)),
    ],
)
def test_a_second_number_or_an_extension_is_no_group_of_the_first(line: str, phone: str, left: tuple[str, ...]) -> None:
    (person,) = people_introduced(f"Anna Weber, {line}")
    assert (check_phone(person.phone, None), person.left) == (phone, left)


def _read(number: str, country: str | None) -> str:
    """The number that would be rung; or that it is refused, and whether all of it is quoted."""
    try:
        return check_phone(number, country)
    except UsageError as error:
        return f"refused, quoted whole: {number in str(error)}"


@given(st.text(alphabet="aB é,;()<>@+1-/|.&\n", max_size=60))
def test_any_line_gives_people_with_names_or_is_refused(text: str) -> None:
    with suppress(UsageError):
        assert all(person.name.strip() for person in people_introduced(text))

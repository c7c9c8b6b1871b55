"""What is said of a file that cannot be read: the place, the fault, the remedy."""

# ruff: noqa: E501 - one fault a line

from __future__ import annotations

import tomllib
from datetime import UTC
from typing import Any

import pytest
from callplan.book.faults import Faults
from callplan.book.keys import KEYS
from callplan.book.read import from_values, parse_application
from callplan.errors import RecordError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.book.samples import NORDLYS, changed, complaint

ROUND = "[[rounds]]\nstart = 2026-11-16T10:00:00\n"


FAULTS = [
    # what stands in the file, what is put in its place, what is said of it
    ('"Mette Holm", "Jonas Krag"]', '"Mete Holm"]', 'nordlys.toml, line 29: "Mete Holm" is not in people. Did you mean "Mette Holm"?'),
    ('panel = ["Mette Holm",', 'panel = [\n  "Mette Holm",\n  "Mete Holm",', 'line 31: "Mete Holm" is not in people.'),
    ('contact = "Mette Holm"', 'contact = "Mette"', '"Mette" is not in people. Did you mean "Mette Holm"?'),
    ('contact = "Mette Holm"', 'contact = "mette holm"', '"mette holm" is not in people. Did you mean "Mette Holm"?'),
    ('by = "Jonas Krag" }', 'by = "Jonas Krog" }', 'line 38: "Jonas Krog" is not in people. Did you mean "Jonas Krag"?'),
    ('to = ["Mette Holm"]', 'to = ["Somebody Else"]', 'In people: "Mette Holm", "Jonas Krag".'),
    ("rating = 2", 'rating = 2\nby = "X"', '"X" is not in people.'),
    ('panel = ["Mette Holm", "Jonas Krag"]', 'panel = ["Mette Holm", "Mette Holm"]', 'rounds.panel: "Mette Holm" stands twice.'),
    ('panel = ["Mette Holm", "Jonas Krag"]', 'panel = ["", "Jonas Krag"]', "rounds.panel holds a blank text."),
    ('panel = ["Mette Holm", "Jonas Krag"]', 'panel = "Mette Holm"', 'rounds.panel is "Mette Holm"; it must be a list, like'),
    ('name = "Jonas Krag"', 'name = "Mette Holm"', 'people.name "Mette Holm" stands twice.'),
    ('name = "Jonas Krag"', 'name = "mette  holm"', 'people.name "mette  holm" stands twice.'),
    ('name = "Jonas Krag"', 'name = " Jonas Krag"', 'begins or ends with a space.'),
    ('name = "Jonas Krag"\n', "", "line 19: people.name is missing."),
    ('company = "Nordlys Energi"', 'compny = "Nordlys Energi"', 'line 3: compny is no key. Did you mean "company"?'),
    ('company = "Nordlys Energi"\n', "", "company is missing. Add a line like"),
    ('company = "Nordlys Energi"', 'company = ""', "line 3: company is blank."),
    ('company = "Nordlys Energi"', 'company = "\u00a0"', "line 3: company is blank."),
    ('company = "Nordlys Energi"', "company = 5", "line 3: company is 5; it must be text, in quotes."),
    ('company = "Nordlys Energi"', 'company = "Nord\\u0007lys"', "company holds a control character (U+0007). Take it out"),
    ('company = "Nordlys Energi"', 'company = "Nord\\u202elys"', "holds a character that turns the direction of the text"),
    ('company = "Nordlys Energi"', 'company = "Nord\\u200blys"', "company holds an invisible character (U+200B)"),
    ('company = "Nordlys Energi"', 'company = "Nord\\nlys"', "company holds a line break or tab (U+000A)"),
    ('company = "Nordlys Energi"', f'company = "{"x" * 501}"', "company is 501 characters long; 500 are the most"),
    ('role = "HR Manager"', 'titel = "HR Manager"', "people.titel is no key."),
    ('role = "HR Manager"', 'title = "HR Manager"', 'people.title is no key. Did you mean "role"?'),
    ('role = "HR Manager"', 'channel = "phone"', "people.channel is no key. It belongs under [rounds.decision]."),
    ('role = "HR Manager"', 'xyzzy = "HR Manager"', "people.xyzzy is no key. The keys under [[people]] are name, role,"),
    ('kind = "family"', 'kind = "familly"', 'kind is "familly", which callplan does not know. Did you mean "family"?'),
    ('invited_by = "email"', 'invited_by = "fax"', "It must be email, phone, letter or message."),
    ('channel = "phone"', 'channel = "telephone"', 'Did you mean "phone"?'),
    ("calls = true", "calls = 1", "line 17: people.calls is 1; it must be true or false, without quotes."),
    ("calls = true", 'gender = "lady"', "It must be f, m, x or unknown."),
    ("calls = true", 'timezone = "Europe/Kopenhagen"', 'people.timezone: "Europe/Kopenhagen" is no time zone.'),
    ("calls = true", 'country = "UK"', 'people.country: "UK" is no country. Did you mean "GB"?'),
    ('country = "DK"', 'country = "dk"', 'country: "dk" must be written "DK".'),
    ('country = "DK"', 'country = "Denmark"', 'country: "Denmark" is no country.'),
    ('country = "DK"', 'country = "DE"\nsubdivision = "DE-BY"', 'Did you mean "BY"?'),
    ('country = "DK"', 'country = "DE"\nsubdivision = "Bavaria!"', "Write the part after the hyphen in ISO 3166-2"),
    ('country = "DK"', 'subdivision = "BY"', "there is no country for it to be part of"),
    ('timezone = "Europe/Copenhagen"', 'timezone = "CPH"', 'timezone: "CPH" is no time zone.'),
    ('timezone = "Europe/Copenhagen"', 'timezone = "../../etc/passwd"', "is no time zone."),
    ('timezone = "Europe/Copenhagen"\n', "", 'rounds.start 2026-11-16 10:00 says no time zone. Add a line above the first [table]: timezone = "Europe/Copenhagen".'),
    ('language = "da"', 'language = "danish"', 'language: "danish" is no language tag. Did you mean "da"?'),
    ('language = "da"', 'language = "en_GB"', 'Did you mean "en-GB"?'),
    ('language = "da"', 'language = "mother tongue"', 'Write it like "da" or "en-GB".'),
    ("3d5e3b0a9c11", "3d5e3b0a9c1", 'which is no UUID. Here is a fresh one: id = "'),
    ("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11", "00000000-0000-0000-0000-000000000000", "which is no UUID."),
    ('email = "mette.holm@nordlys.example"', 'email = "mette.holm"', "is no e-mail address. Write it like"),
    ('email = "mette.holm@nordlys.example"', 'email = "a@b.example>, <c@evil.example"', "is no e-mail address."),
    ('phone = "+45 32 12 34 56"', 'phone = "+45 32"', 'people.phone: "+45 32" cannot be rung: numbers of +45 (DK) are longer.'),
    ('phone = "+45 32 12 34 56"', "phone = 4532123456", "people.phone is 4532123456; it must be text, in quotes."),
    ('"08:00-09:00"', '"09:00-08:00"', 'line 22: people.best_hours: "09:00-08:00" ends before it begins.'),
    ('"08:00-09:00"', '"08:00"', 'Write it like "08:30-10:00".'),
    ('"08:00-09:00"', "8", "people.best_hours is 8; it must be text, in quotes."),
    ("end = 2026-11-16T11:15:00", "end = 2026-11-16T10:00:00", "line 26: rounds.end (2026-11-16 10:00) is not after rounds.start"),
    ("end = 2026-11-16T11:15:00", "end = 2026-11-15T11:15:00", "is not after rounds.start"),
    ("start = 2026-11-16T10:00:00", "start = 2026-11-16", "rounds.start is the date 2026-11-16; it must be a date and a time, like"),
    ("start = 2026-11-16T10:00:00", 'start = "2026-11-16T10:00"', "it must be a date and a time without quotes"),
    ("start = 2026-11-16T10:00:00", "start = 10:00:00", "rounds.start is the time of day 10:00; it must be"),
    ("start = 2026-11-16T10:00:00", "start = 0001-01-01T00:00:00", "the year must be 2000 to 2199"),
    ("start = 2026-11-16T10:00:00", "start = 9999-12-31T23:59:59-10:00", "the year must be 2000 to 2199"),
    ("start = 2026-11-16T10:00:00\n", "", "line 24: rounds.start is missing."),
    ("start = 2026-11-16T10:00:00", "start = 2026-03-29T02:30:00", "2026-03-29 02:30 does not exist in Europe/Copenhagen: clocks go forward over it. Did you mean 03:30?"),
    ("at = 2026-11-16T12:30:00+01:00", "at = 2026-03-29T02:30:00", "log.at: 2026-03-29 02:30 does not exist"),
    ("[[log]]", f"{ROUND.replace('11-16', '11-15')}[[log]]", "rounds.start is before that of the round above."),
    ("[rounds.decision]", "[[rounds.decision]]", "[[rounds.decision]] must be [rounds.decision]: there is one."),
    ("[[fit]]", "[fit]", "[fit] must be [[fit]]: there may be several."),
    ("[[fit]]", "[fits.more]", 'nordlys.toml, line 54: fits is no key. Did you mean "fit"?'),
    ("[[fit]]", "[fits]", 'fits is no key. Did you mean "fit"?'),
    ('link = "https://meet.nordlys.example/first"', 'link = "javascript:alert(1)"', "is no web address."),
    ("by = 2026-11-30", 'by = 2026-11-30\nwithin = "2 weeks"', "line 33: rounds.decision has both by and within."),
    ("by = 2026-11-30", 'within = "soon"', 'rounds.decision.within: "soon" is no length of time. Write it like "2 weeks"'),
    ("by = 2026-11-30", "within = 2", "rounds.decision.within is 2; it must be text, in quotes."),
    ("by = 2026-11-30", "by = 2026-11-30T10:00:00", "rounds.decision.by is the time 2026-11-30 10:00; it must be a date, like"),
    ("by = 2026-11-30", 'by = "30 November"', 'rounds.decision.by is "30 November"; it must be a date'),
    ("by = 2026-11-30", "by = 2025-11-30", "rounds.decision.by 2025-11-30 is before the interview (2026-11-16)."),
    ("rating = 2", "rating = 6", "rounds.notes.questions.rating is 6; it must be a whole number from 1 to 5."),
    ("rating = 2", "rating = 2.5", "is 2.5; it must be a whole number"),
    ("rating = 2", "rating = true", "is true; it must be a whole number"),
    ("rating = 2", "rating = 0x" + "f" * 5000, "is a number of more than 20 digits; it must be"),
    ('{ text = "writes things down", by', '{ txt = "writes things down", by', 'rounds.notes.valued.txt is no key. Did you mean "text"?'),
    ('{ text = "writes things down", by', '{ text = "", by', "rounds.notes.valued.text is blank."),
    ('topics = ["moving', 'topics = [5, "moving', "rounds.notes.topics holds 5; it must be text or {"),
    ("why = [", "why = [[], ", "why is an empty list; it must be text, in quotes."),
    ('step = "thank-you"', 'step = "thankyou"', 'log.step is "thankyou", which callplan does not know. Did you mean "thank-you"?'),
    ('step = "thank-you"', 'step = "second_call"', 'Did you mean "second-call"?'),
    ('step = "thank-you"\n', "", "line 45: log.step is missing."),
    ('outcome = "sent"', 'outcome = "no answer"', 'Did you mean "no-answer"?'),
    ('outcome = "sent"\n', "", "line 45: log.outcome is missing. Say how thank-you went"),
    ('step = "thank-you"', 'step = "offer"', 'log.outcome is "sent", but "offer" came from them.'),
    ('step = "thank-you"\noutcome = "sent"', 'step = "offer"', 'log.to belongs to something you did, but "offer" came from them.'),
    ('note = ""', "round = 2", "log.round is 2; it must be a whole number and can only be 1."),
    ('note = ""', "round = 0", "log.round is 0"),
    ('note = ""', 'by = "fax"', "log.by is"),
    ('note = ""', 'until = "Monday"', "log.until is"),
    ('note = ""', 'note = "a\\u0000b"', "log.note holds a control character (U+0000)."),
    ("at = 2026-11-16T12:30:00+01:00\n", "", "line 45: log.at is missing."),
    ('note = ""', '"no\\u001bte" = ""', "log.no\N{REPLACEMENT CHARACTER}te is no key."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_a_fault_is_told_with_its_place_and_its_remedy(old: str, new: str, sentence: str) -> None:
    said = complaint(changed(old, new))
    assert sentence in said
    assert all(line.startswith("nordlys.toml") and line.isprintable() for line in said.split("\n"))


BROKEN = [
    ("company = Nordlys", "line 3: this is no TOML: invalid value; text needs quotes"),
    ('company = "Nordlys', "line 3: this is no TOML:"),
    (
        'company = "Nordlys"\ncompany = "Nordlys"',
        "line 4: this is no TOML: cannot overwrite a value, the key stands twice",
    ),
    ("<<<<<<< HEAD", "line 3: two versions were merged and a conflict was left."),
    ("a" + ".a" * 30_000 + " = 1", "a key has more than 50 parts"),
    ('"a \\" b"' + ". 'a b'" * 30_000 + " = 1", "a key has more than 50 parts"),
    ("x = " + "[" * 5000, "nested too deep"),
    ("x = " + "9" * 5000, "nested too deep or too long"),
    ("\x00", "line 3: this is no TOML"),
]


@pytest.mark.parametrize(("line", "sentence"), BROKEN)
def test_what_is_no_toml_is_told_with_its_line(line: str, sentence: str) -> None:
    said = complaint(changed('company = "Nordlys Energi"', line))
    assert sentence in said
    assert said.isprintable()


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(
        "rating = 2", "rating = 9", changed("calls = true", "calls = 1", changed('"Mette Holm"]', '"Mete"]'))
    )
    lines = complaint(changed('company = "', 'cmpany = "', text)).split("\n")
    assert [line.split(":")[0] for line in lines] == [
        "nordlys.toml",
        "nordlys.toml, line 3",
        "nordlys.toml, line 17",
        "nordlys.toml, line 42",
        "nordlys.toml, line 49",
    ]


def test_a_thousand_faults_are_told_in_a_hundred_lines() -> None:
    lines = complaint("\n".join(f"key_{n} = 1" for n in range(1000))).split("\n")
    assert len(lines) == 101
    assert lines[-1] == "nordlys.toml: and perhaps more. Mend these first."


def test_a_missing_id_comes_with_a_fresh_one_that_is_right() -> None:
    text = NORDLYS.replace('id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"   # made once\n', "")
    said = complaint(text)
    assert said.startswith("nordlys.toml: id is missing.")
    line = said.partition("Here is a fresh one: ")[2]
    assert complaint(f"{line}\n{text}") == ""


def test_a_country_of_many_zones_says_that_there_are_others() -> None:
    text = NORDLYS.replace('timezone = "Europe/Copenhagen"\n', "").replace('"DK"', '"US"')
    assert 'timezone = "America/New_York" (or another zone of US).' in complaint(text)


def test_a_missing_zone_is_told_once() -> None:
    text = NORDLYS.replace('timezone = "Europe/Copenhagen"\n', "")
    assert complaint(text).count("\n") == 0


PIECES = st.sampled_from(
    [
        '"',
        "'",
        '"""',
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "#",
        ",",
        "1",
        "true",
        "2026-11-16",
        "\\u202e",
        "\x00",
        "é",
        "[[log]]\n",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(NORDLYS)), st.integers(0, 12), PIECES), max_size=4))
def test_a_garbled_file_raises_a_record_error_or_nothing(cuts: list[tuple[int, int, str]]) -> None:
    text = NORDLYS
    for at, length, piece in cuts:
        text = text[:at] + piece + text[at + length :]
    assert all(line.isprintable() for line in complaint(text).split("\n"))


VALUES = st.recursive(
    st.one_of(
        st.text(max_size=12), st.integers(), st.booleans(), st.floats(), st.dates(), st.datetimes(), st.times(),
        st.datetimes(timezones=st.just(UTC)), st.none(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted({(table, key) for table, keys in KEYS.items() for key in keys})), VALUES)
def test_any_value_under_any_key_raises_a_record_error_or_nothing(place: tuple[str, str], value: object) -> None:
    root: dict[str, Any] = tomllib.loads(NORDLYS)
    table, key = place
    holder: Any = root
    for part in table.split(".") if table else ():
        inner = holder[part]
        holder = inner if isinstance(inner, dict) else inner[-1]
    if isinstance(holder, dict):  # the only topic is a plain text
        holder[key] = value
    faults = Faults()
    from_values(root, "nordlys", faults)
    assert all(line.isprintable() for line in faults.told("nordlys.toml", NORDLYS))


def test_a_faulty_file_raises_a_record_error_with_exit_code_four() -> None:
    with pytest.raises(RecordError) as refusal:
        parse_application("", "nordlys.toml")
    assert refusal.value.exit_code == 4
    assert str(refusal.value).startswith("nordlys.toml: id is missing.")

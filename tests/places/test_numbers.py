"""Telephone numbers of many countries. All are of ranges that nobody is given."""

# ruff: noqa: PT017 - the sentence of a refusal is checked where there is one

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress

import pytest
from callplan.places.numbers import international, region, tel_uri, zones
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "country", "right"),
    [
        ("+45 32 12 34 56", None, "+45 32 12 34 56"),
        ("32123456", "DK", "+45 32 12 34 56"),
        ("0045 32 12 34 56", "DK", "+45 32 12 34 56"),
        ("(212) 555-0123", "US", "+1 212-555-0123"),
        ("020 7946 0123", "GB", "+44 20 7946 0123"),
        ("+44 (0)20 7946 0123", None, "+44 20 7946 0123"),
        ("+45 32 12 34 56 ext. 12", None, "+45 32 12 34 56 ext. 12"),
        ("+45 32 12 34 56 x12", None, "+45 32 12 34 56 ext. 12"),
        ("+45 32 12 34 56;ext=12", None, "+45 32 12 34 56 ext. 12"),
        ("+44 20 7946 0123 x12", None, "+44 20 7946 0123 ext. 12"),
        ("\u202d+45 32 12 34 56\u202c", None, "+45 32 12 34 56"),
        ("＋４５ ３２１２３４５６", None, "+45 32 12 34 56"),
        ("+49 30–23125 123", None, "+49 30 23125123"),
        ("+800 1234 5678", None, "+800 1234 5678"),
        ("+1 (212) 555-0142", "DE", "+1 212-555-0142"),
        ("+41 (0)44 668 18 00", "DE", "+41 44 668 18 00"),
        ("(+45) 32 12 34 56", None, "+45 32 12 34 56"),
        ("+45 (0)32 12 34 56", None, "+45 32 12 34 56"),
        ("0044 20 7946 0811", None, "+44 20 7946 0811"),
        ("0044 20 7946 0811", "US", "+44 20 7946 0811"),
        ("0011 44 20 7946 0811", "AU", "+44 20 7946 0811"),
        ("030 / 23125123", "DE", "+49 30 23125123"),
        ("+45.32.12.34.56", None, "+45 32 12 34 56"),
        ("Tel.: +45 32 12 34 56", None, "+45 32 12 34 56"),
        ("m: 32 12 34 56", "DK", "+45 32 12 34 56"),
        ("Direct line +1 (212) 555-0142 x3", None, "+1 212-555-0142 ext. 3"),
        ("Zentrale: +49 30 23125123", None, "+49 30 23125123"),
        ("tel:+45-32-12-34-56;ext=12", None, "+45 32 12 34 56 ext. 12"),
        ("+45 32 12 34 56 lokal 12", None, "+45 32 12 34 56 ext. 12"),
    ],
)
def test_a_number_is_written_as_it_is_dialled_from_anywhere(written: str, country: str | None, right: str) -> None:
    assert international(written, country) == right


@pytest.mark.parametrize(
    ("written", "country", "sentence"),
    [
        ("32123456", None, '"32123456" has no country code, and no country is given.'),
        ("32123456", "AQ", "has no country code"),
        ("+45 32", None, "numbers of +45 (DK) are longer"),
        ("+45 32 12 34 56 78 90", None, "numbers of +45 (DK) are shorter"),
        ("+45 12 34 56 78", None, "no numbers of +45 (DK) begin like that"),
        ("+999 32 12 34 56", None, "begins with a country code that does not exist"),
        ("call me", "DK", "is no telephone number"),
        ("", "DK", "is no telephone number"),
        ("+", "DK", "is no telephone number"),
        ("<b>+45 32 12 34 56</b>", None, "is no telephone number"),
        ("1-800-FLOWERS", "US", "is no telephone number"),
        ("+45 32 12 34 56, +45 32 12 34 57", None, "is no telephone number"),
        ("9" * 500, "DK", "is no telephone number"),
        ("Fax: +45 32 12 34 56", "DK", "is no telephone number"),
        ("CVR 32 12 34 56", "DK", "is no telephone number"),
        ("+0 30 23125123", "DE", "begins with a country code that does not exist"),
        ("0000 20 7946 0811", None, "has no country code"),
    ],
)
def test_a_number_that_cannot_be_rung_is_refused_with_the_reason(
    written: str, country: str | None, sentence: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as refusal:
        international(written, country)
    assert 'Write it like "+45 32 12 34 56".' in str(refusal.value)


def test_a_number_tells_its_zones_and_its_country() -> None:
    assert zones("+45 32 12 34 56") == ("Europe/Copenhagen",)
    assert zones("+1 212-555-0123") == ("America/New_York",)
    assert len(zones("+1 800-555-0199")) > 1
    assert region("+1 212-555-0123") == "US"
    assert region("+44 20 7946 0123") == "GB"


def test_a_number_of_no_country_has_no_zone_and_no_region() -> None:
    assert zones("+870 773 111 632") == ()
    assert region("+870 773 111 632") is None


def test_a_link_that_rings_keeps_the_extension() -> None:
    assert tel_uri("+45 32 12 34 56") == "tel:+45-32-12-34-56"
    assert tel_uri("+45 32 12 34 56 ext. 12") == "tel:+45-32-12-34-56;ext=12"


@given(
    st.text(max_size=30) | st.text(alphabet="+0123456789 ()-.x#,;", max_size=20), st.sampled_from([None, "DK", "US"])
)
def test_any_text_is_a_number_or_a_sentence(text: str, country: str | None) -> None:
    try:
        number = international(text, country)
    except ValueError as error:
        assert str(error).isprintable()
    else:
        assert international(number) == number


@given(
    st.sampled_from(["32123456", "2079460811", "3023125123", "446681800", "2125550142", "12"]),
    st.sampled_from(["+45", "+44", "+49", "+41", "+1", "+999", "0045", "0044", "0049", "00999"]),
    st.sampled_from([" ", "", " (0)", "-", ".", " / "]),
    st.sampled_from([None, "DK", "GB", "DE", "CH", "US", "JP", "AU"]),
)
def test_a_number_with_a_country_code_rings_in_that_country_or_nowhere(
    rest: str, code: str, between: str, country: str | None
) -> None:
    with suppress(ValueError):
        assert international(code + between + rest, country).startswith("+" + code.lstrip("+0"))


def test_reading_a_number_loads_neither_zones_nor_places() -> None:
    code = (
        "import sys; from callplan.places.numbers import international; international('+45 32 12 34 56');"
        "print([m for m in ('timezone', 'geocoder', 'carrier') if f'phonenumbers.{m}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

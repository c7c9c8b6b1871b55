"""In which language a company is written and spoken to where the application names none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from callplan.cli import language

from tests.cli.conftest import CONFIG, HUDSON, Desk


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.speak("en")


@pytest.fixture
def danish(desk: Desk) -> Desk:
    """A desk whose owner reads Danish."""
    desk.config.write_text(CONFIG + 'language = "da"\n', encoding="utf-8")
    return desk


def test_a_new_york_company_is_spoken_to_in_english_whatever_the_user_reads(danish: Desk) -> None:
    result = danish.run("script", "hudson")
    assert "My number is" in result.stdout
    assert 'language = "da"' in result.stderr  # how to have it otherwise
    assert "Mit nummer er" in danish.run("script", "nordlys").stdout


def test_a_letter_to_new_york_is_english_too_and_says_how_to_have_it_otherwise(danish: Desk) -> None:
    result = danish.run("draft", "hudson", "thank-you")
    assert "Thank you" in result.stdout
    assert 'language = "da"' in result.stderr
    at_home = danish.run("draft", "nordlys", "thank-you")
    assert "Tak for" in at_home.stdout
    assert "language" not in at_home.stderr


def test_what_is_to_be_asked_in_the_interview_is_in_that_language_too(danish: Desk) -> None:
    danish.now = "2026-11-10T12:00:00+01:00"
    assert "How long" in danish.run("card", "hudson").stdout


@pytest.mark.parametrize("spoken", ["da", "da-DK"])
def test_the_applications_own_language_goes_first(danish: Desk, spoken: str) -> None:
    danish.put("hudson", HUDSON.replace("country", f'language = "{spoken}"\ncountry'))
    result = danish.run("script", "hudson")
    assert "Mit nummer er" in result.stdout
    assert "language" not in result.stderr


def test_add_says_in_which_language_letters_will_be_written(danish: Desk) -> None:
    def add(company: str, country: str) -> str:
        told = danish.run(
            "add", "--company", company, "--position", "Analyst", "--start", "2026-11-18 10:00", "--country", country,
            "--timezone", "Europe/Copenhagen",
        )  # fmt: skip
        return " ".join(told.stdout.split())

    assert 'language = "da"' in add("Acme", "US")
    assert 'language = "en"' in add("Fjord", "FO")

"""In which language the people of a company are written and spoken to, said where the user did not choose it."""

from __future__ import annotations

from callplan.book.types import Application
from callplan.cli.language import told


def language_notice(application: Application) -> str:
    """That it is English for the sake of the company's country, and how to have it otherwise."""
    return told('In English, for {company} is in {country}. Otherwise: language = "da" in {file}').format(
        company=application.company, country=application.country, file=f"{application.name}.toml"
    )


def language_line(application: Application, mine: str) -> str:
    """The language of letters and scripts where the application names none; "" where it does."""
    from callplan.words.dates import primary
    from callplan.words.letter_language import letter_language

    if application.language:
        return ""
    danish = primary(letter_language(application, mine)) == "da"
    return told('Letters and scripts will be in {language}. In another one: language = "{other}" in {file}').format(
        language=told("Danish") if danish else told("English"),
        other="en" if danish else "da",
        file=f"{application.name}.toml",
    )

"""Salutation, date and close: each language's own, and no gender or family name that is only guessed."""

from __future__ import annotations

from datetime import date

import pytest
from callplan.book.types import Person
from callplan.words.letters.conventions import addressee, closing, convention, salutation, written_date

VOGEL = Person("Katharina Vogel", honorific="Dr.", given="Katharina", family="Vogel", gender="f")
LANG = Person("Karl Lang", honorific="Prof. Dr.", gender="m")
HUBER = Person("Stefan Huber", gender="m")
SATO = Person("Keiko Sato", country="JP", gender="f")
WEISS = Person("Daniel Weiss", honorific="Mr.", signs_as="Dan")
ASHWORTH = Person("Margaret Ashworth", honorific="Mrs")
MARCHAND = Person("Hélène Marchand", honorific="Mme", gender="f")
GARCIA = Person("Ana García López", given="Ana", family="García López", gender="f")
UNKNOWN = Person("Kim Nguyen Tran")


@pytest.mark.parametrize(
    ("person", "language", "form", "line"),
    [
        (VOGEL, "en-GB", "letter", "Dear Dr Vogel,"),
        (VOGEL, "en-US", "letter", "Dear Dr. Vogel:"),
        (VOGEL, "de", "letter", "Sehr geehrte Frau Dr. Vogel,"),
        (LANG, "en-GB", "letter", "Dear Professor Lang,"),
        (LANG, "de", "letter", "Sehr geehrter Herr Prof. Dr. Lang,"),
        (HUBER, "de", "email", "Sehr geehrter Herr Huber,"),
        (HUBER, "en-US", "email", "Dear Mr. Huber,"),
        (ASHWORTH, "en-GB", "letter", "Dear Mrs Ashworth,"),
        (ASHWORTH, "de", "letter", "Sehr geehrte Frau Ashworth,"),
        (WEISS, "en-US", "letter", "Dear Dan:"),
        (WEISS, "en-US", "email", "Dear Dan,"),
        (WEISS, "da", "email", "Kære Dan"),
        (SATO, "en-GB", "letter", "Dear Ms Keiko Sato,"),  # which of the two is the family name is not sure
        (MARCHAND, "fr", "letter", "Madame,"),
        (HUBER, "fr", "email", "Monsieur,"),
        (UNKNOWN, "fr", "email", "Madame, Monsieur,"),
        (GARCIA, "es", "letter", "Estimada señora García López:"),
        (HUBER, "es", "letter", "Estimado señor Huber:"),
        (UNKNOWN, "es", "letter", "Estimado/a Kim Nguyen Tran:"),
        (UNKNOWN, "de", "letter", "Guten Tag Kim Nguyen Tran,"),
        (UNKNOWN, "en-GB", "letter", "Dear Kim Nguyen Tran,"),
        (UNKNOWN, "da", "letter", "Kære Kim Nguyen Tran"),
        (None, "en-GB", "letter", "Dear Sir or Madam,"),
        (None, "en-GB", "email", "Dear Hiring Team,"),
        (None, "en-US", "letter", "Dear Hiring Team:"),
        (None, "de", "letter", "Sehr geehrte Damen und Herren,"),
        (None, "es", "email", "A quien corresponda:"),
    ],
)
def test_salutation(person: Person | None, language: str, form: str, line: str) -> None:
    to = addressee(person) if person else None
    assert salutation(to, language, form) == line  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "language", "form", "line"),
    [
        (VOGEL, "en-GB", "letter", "Yours sincerely,"),
        (None, "en-GB", "letter", "Yours faithfully,"),
        (VOGEL, "en-US", "letter", "Sincerely,"),
        (VOGEL, "en", "email", "Kind regards,"),
        (VOGEL, "da", "email", "Med venlig hilsen"),
        (VOGEL, "de", "letter", "Mit freundlichen Grüßen"),
        (VOGEL, "de-CH", "letter", "Mit freundlichen Grüssen"),
        (VOGEL, "es", "letter", "Atentamente,"),
        (MARCHAND, "fr", "email", "Cordialement,"),
        (MARCHAND, "fr", "letter", "Je vous prie d'agréer, Madame, l'expression de mes salutations distinguées."),
    ],
)
def test_close(person: Person | None, language: str, form: str, line: str) -> None:
    to = addressee(person) if person else None
    assert closing(to, language, form) == line  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12 March 2026"), ("en-GB", "12 March 2026"), ("en-US", "March 12, 2026"), ("da", "12. marts 2026"),
        ("de", "12. März 2026"), ("fr", "le 12 mars 2026"), ("es", "12 de marzo de 2026"),
    ],
)  # fmt: skip
def test_date(language: str, text: str) -> None:
    assert written_date(date(2026, 3, 12), language) == text


@pytest.mark.parametrize(
    ("language", "country", "forms"),
    [("en", "US", "en-US"), ("en", "GB", "en"), ("en-GB", "US", "en-GB"), ("de", "CH", "de-CH"), ("da", "US", "da")],
)
def test_country_decides_where_a_language_has_two_sets_of_forms(language: str, country: str, forms: str) -> None:
    assert convention(language, country) == forms

"""The language of letters and scripts where the application names none: what the company reads, as far as we know."""

from __future__ import annotations

from callplan.book.types import Application
from callplan.words.clean import clean
from callplan.words.dates import primary

#: Where a language other than English is read, by ISO 3166 code.
_READ_IN = {"da": frozenset({"DK", "GL", "FO"})}


def letter_language(application: Application, mine: str) -> str:
    """The application's language, else the user's own (`mine`), but English to a country that does not read that."""
    wanted = clean(application.language or "")
    return wanted or ("en" if _is_foreign_there(application, mine) else mine)


def gives_way(application: Application, mine: str) -> bool:
    """Whether letters and scripts are in English for the sake of the company's country."""
    return not clean(application.language or "") and _is_foreign_there(application, mine)


def _is_foreign_there(application: Application, mine: str) -> bool:
    read_in = _READ_IN.get(primary(mine))
    return read_in is not None and application.country is not None and application.country not in read_in

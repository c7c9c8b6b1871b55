"""The catalogues of translations (gettext): read when a language other than English is asked for, once each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

#: The folder of the catalogues, one folder a language.
LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> NullTranslations | None:
    """The catalogue of a language tag (``da``, ``da-DK``); None for English, and where there is none."""
    spoken = language.replace("_", "-").partition("-")[0].lower()
    if spoken == "en":
        return None
    import gettext  # noqa: PLC0415 - English loads nothing

    try:
        return gettext.translation("callplan", LOCALE, [spoken])
    except OSError:
        return None

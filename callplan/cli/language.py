"""The language callplan speaks to its user: English as it stands in the code, others from ``callplan/locale``.

English loads nothing. Another language is one small catalogue (gettext, compiled by `scripts/catalogues`), read when
the settings ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callplan.catalogue import catalogue

if TYPE_CHECKING:
    from gettext import NullTranslations

_catalogue: NullTranslations | None = None
_spoken = "en"


def speak(language: str) -> None:
    """Speak the language of that tag (``da``, ``da-DK``) from now on; English where there is no catalogue."""
    global _catalogue, _spoken
    _catalogue, _spoken = catalogue(language), language


def told(text: str) -> str:
    """The text in the user's language: a constant, so that it can be collected, or a message (`callplan.message`)."""
    if _catalogue is None or not text:
        return text
    if hasattr(text, "template"):
        from callplan.words.said import said

        return said(text, _spoken)
    return _catalogue.gettext(text)


def counted(one: str, many: str, count: int) -> str:
    """The singular or the plural in the user's language, with ``{count}`` filled in."""
    if _catalogue is None:
        return (one if count == 1 else many).format(count=count)
    return _catalogue.ngettext(one, many, count).format(count=count)

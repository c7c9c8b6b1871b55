"""The language callplan speaks to its user: English as it stands in the code, others from ``callplan/locale``.

English loads nothing. Another language is one small catalogue (gettext, compiled by `scripts/catalogues`), read when
the settings ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

_catalogue: NullTranslations | None = None
_spoken = "en"


def speak(language: str) -> None:
    """Speak the language of that tag (``da``, ``da-DK``) from now on; English where there is no catalogue."""
    global _catalogue, _spoken  # noqa: PLW0603 - one process has one user
    primary = language.replace("_", "-").partition("-")[0].lower()
    if primary == _spoken:
        return
    _catalogue, _spoken = None, "en"
    if primary == "en":
        return
    import gettext
    from pathlib import Path

    try:
        _catalogue = gettext.translation("callplan", Path(__file__).parent.parent / "locale", [primary])
    except OSError:
        return
    _spoken = primary


def told(text: str) -> str:
    """The text in the user's language. Only constants are given, so that they can be collected."""
    return text if _catalogue is None else _catalogue.gettext(text)


def counted(one: str, many: str, count: int) -> str:
    """The singular or the plural in the user's language, with ``{count}`` filled in."""
    if _catalogue is None:
        return (one if count == 1 else many).format(count=count)
    return _catalogue.ngettext(one, many, count).format(count=count)

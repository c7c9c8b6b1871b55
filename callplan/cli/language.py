"""The language callplan speaks to its user: English as it stands in the code, others from ``callplan/locale``.

English loads nothing. Another language is one small catalogue (gettext, compiled by `scripts/catalogues`), read when
the settings ask for it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from callplan.catalogue import LOCALE, catalogue

if TYPE_CHECKING:
    from gettext import NullTranslations

_catalogue: NullTranslations | None = None
_spoken = "en"

#: The key in the settings, found without reading them as TOML: help is to cost no more than it must.
_LANGUAGE = re.compile(r"""(?ms)^[ \t]*\[me\](?:(?!^[ \t]*\[).)*?^[ \t]*language[ \t]*=[ \t]*["']([\w-]+)["']""")

#: What stands for a value in help.
_PLACEHOLDER = re.compile(r"\b[A-Z]{3,}(?: RANGE)?\b")


def speak(language: str) -> None:
    """Speak the language of that tag (``da``, ``da-DK``) from now on; English where there is no catalogue."""
    global _catalogue, _spoken
    if language == _spoken:
        return
    was_english = _catalogue is None
    _catalogue, _spoken = catalogue(language), language
    if _catalogue is None and was_english:
        return
    import gettext
    import os

    # Click asks gettext for its own words, and gettext asks the environment for the language.
    gettext.bindtextdomain("callplan", LOCALE)
    gettext.textdomain("messages" if _catalogue is None else "callplan")
    os.environ["LANGUAGE"] = language.replace("-", "_")


def spoken_now() -> str:
    """The language that is spoken, as a tag."""
    return _spoken


def speak_as_set(config: Path) -> None:
    """Speak the language that the settings file seems to ask for, before anything has read and checked it."""
    try:
        found = _LANGUAGE.search(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        found = None
    speak(found[1] if found else "en")


def placeholders(text: str) -> str:
    """A text of click's with the words that stand for values (FILE, NAME) in the user's language."""
    return text if _catalogue is None else _PLACEHOLDER.sub(lambda word: told(word[0]), text)


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

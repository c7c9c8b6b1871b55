"""Messages in the user's language: templates from the catalogue, days and times as the language writes them."""

from __future__ import annotations

from datetime import date, datetime, time

from callplan.catalogue import catalogue
from callplan.message import Message, Value, plain_moment
from callplan.words.dates import clock_time, short_date


def said(text: str, language: str) -> str:
    """The text in that language: a message as its catalogue has it; English, and what is no message, as it is."""
    words = catalogue(language)
    if words is None or not text or not isinstance(text, Message):
        return text
    if text.parts:
        return "".join(said(part, language) for part in text.parts)
    template = words.ngettext(text.template, *text.several) if text.several else words.gettext(text.template)
    if not text.values:
        return template
    return template.format(**{key: _written(value, language) for key, value in text.values.items()})


def _written(value: Value, language: str) -> object:
    if isinstance(value, str):
        return said(value, language)
    if isinstance(value, tuple):
        words = catalogue(language)
        return (words.gettext(" and ") if words else " and ").join(value)
    if isinstance(value, datetime):
        return plain_moment(value)
    if isinstance(value, date):
        return short_date(value, language)
    if isinstance(value, time):
        return clock_time(datetime.combine(date.min, value), language)
    return value

"""The user's own number as somebody there can dial it."""

from __future__ import annotations

from callplan.book.types import Application, Person
from callplan.settings import MeSettings
from callplan.words.clean import clean


def my_number(me: MeSettings, record: Application, person: Person | None = None) -> str:
    """The number as it stands in the settings, but with its country code for people in another country.

    "" when there is none. Where it cannot be rung, or nobody knows in which country, it stays as it is.
    """
    number = clean(me.phone or "")
    if not number or number.lstrip().startswith("+") or me.country is None:
        return number
    from callplan.places.numbers import international, region  # noqa: PLC0415 - 14 ms, and most write their code

    theirs = (person.country if person else None) or record.country
    try:
        if theirs is None and person is not None and person.phone:
            theirs = region(international(person.phone, me.country))
        return number if theirs in (None, me.country) else international(number, me.country)
    except ValueError:
        return number

"""Working days of countries: weekends (CLDR) and public holidays (the `holidays` library).

Importing that library costs more than all the rest of `plan`, so the dates it found are kept in the state folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from callplan import kept
from callplan.errors import RecordError
from callplan.message import message
from callplan.plan.world import Workdays
from callplan.quoted import shown

#: CLDR's weekends where they are not Saturday and Sunday (`date.weekday()`); a test holds them against babel's.
_WEEKENDS: Mapping[frozenset[int], str] = {
    frozenset({4, 5}): "BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE",
    frozenset({4}): "IR",
    frozenset({6}): "IN UG",
    frozenset({3, 4}): "AF",
}
_WEEKEND_OF = {country: days for days, countries in _WEEKENDS.items() for country in countries.split()}
_SATURDAY_AND_SUNDAY = frozenset({5, 6})

#: The library's names for days on which offices close early, or some of them altogether.
_HALF_DAY_CATEGORIES = ("half_day", "optional", "bank", "de_facto", "catholic")

#: In India an employee picks two or three of some thirty "restricted" holidays: offices stay open on all of them.
_NO_HALF_DAYS = {("IN", "optional")}

#: Without a subdivision, the one where most people live: the days that all of the United Kingdom has in common lack
#: two that England keeps (Easter Monday and the summer bank holiday).
_USUAL_SUBDIVISION = {"GB": "ENG"}

#: Offices that empty by noon on these days. By custom, not by law, so the library has them for few countries.
_EVES = {(12, 24): "Christmas Eve", (12, 31): "New Year's Eve"}
_KEEPS_EVES = frozenset("AU BE CA CH CZ DE ES FI FR GB HU IE IT NL NO NZ PL SK US".split())  # noqa: SIM905

_KEPT_IN = "holidays.json"
_MOST_KEPT = 400  # years of one country or subdivision

#: One year: ``{"holidays": {"2026-12-25": "Christmas Day"}, "half_days": {…}}``. None: the library has no such country.
_Year = dict[str, dict[str, str]] | None


def workdays_key(country: str, subdivision: str | None = None) -> str:
    """The key of `World.workdays`: the country, and the subdivision as the record has it (``DK``, ``DE-BY``)."""
    return f"{country}-{subdivision}" if subdivision else country


def workdays(country: str, subdivision: str | None, years: Iterable[int], state: Path | None = None) -> Workdays:
    """The working days of a country (ISO 3166) or subdivision (``BY``, ``DE-BY`` and ``Bayern`` are one) in `years`.

    Names are English where the library has them. A country that it does not know has its usual week, no holidays, and
    a `note` that says so. `state`: the folder in which the dates are kept between runs. Raises `RecordError` for a
    subdivision that the country does not have; the sentence lists those it has.
    """
    wanted = sorted(set(years))
    keys = {year: f"{workdays_key(country, _plain(country, subdivision))}/{year}" for year in wanted}
    stamp = kept.version_of("holidays") if state else None
    store = kept.read(state / _KEPT_IN) if state else {}
    known = store.get("dates") if store.get("stamp") == stamp else None
    known = known if isinstance(known, dict) else {}
    try:
        return _workdays(country, [known[keys[year]] for year in wanted])
    except (KeyError, TypeError, ValueError, AttributeError):  # not kept yet, or spoilt
        found = _look_up(country, subdivision, wanted)
    if state and stamp:
        known |= {keys[year]: found[year] for year in wanted}
        newest = sorted(known, key=lambda key: key.rpartition("/")[2])[-_MOST_KEPT:]
        kept.write(state / _KEPT_IN, {"stamp": stamp, "dates": {key: known[key] for key in newest}})
    return _workdays(country, [found[year] for year in wanted])


def _workdays(country: str, years: list[_Year]) -> Workdays:
    def dates(kind: str) -> dict[date, str]:
        return {date.fromisoformat(day): str(name) for year in years if year for day, name in year[kind].items()}

    note = (
        ""
        if None not in years
        else message("The public holidays of {country} are not known here: none are kept free.", country=country)
    )
    return Workdays(_WEEKEND_OF.get(country, _SATURDAY_AND_SUNDAY), dates("holidays"), dates("half_days"), note)


def _look_up(country: str, subdivision: str | None, years: list[int]) -> dict[int, _Year]:
    """What the library says. `holidays.list_supported_countries` would load all 250 countries to name them."""
    import holidays  # noqa: PLC0415 - 100 ms
    from holidays.registry import EntityLoader  # noqa: PLC0415

    if country not in EntityLoader.get_country_codes(include_aliases=False):
        return dict.fromkeys(years)
    calendar: Any = getattr(holidays, country)
    code = _code(country, subdivision, calendar) or _USUAL_SUBDIVISION.get(country)
    language = "en_US" if "en_US" in (calendar.supported_languages or ()) else None

    def dates(category: str) -> dict[date, str]:
        if category not in calendar.supported_categories or (country, category) in _NO_HALF_DAYS:
            return {}
        return dict(calendar(years=years, subdiv=code, language=language, categories=(category,)))

    free = dates("public")
    half: dict[date, str] = {}
    if country in _KEEPS_EVES:
        half = {date(year, *day): name for year in years for day, name in _EVES.items()}
    for category in _HALF_DAY_CATEGORIES:
        half |= dates(category)
    half = {day: name for day, name in half.items() if day not in free}
    return {
        year: {
            "holidays": {day.isoformat(): name for day, name in free.items() if day.year == year},
            "half_days": {day.isoformat(): name for day, name in half.items() if day.year == year},
        }
        for year in years
    }


def _code(country: str, subdivision: str | None, calendar: Any) -> str | None:
    """The library's code of a subdivision. None where the whole country has the same holidays."""
    if not subdivision or not calendar.subdivisions:
        return None
    aliases: Mapping[str, str] = getattr(calendar, "subdivisions_aliases", None) or {}
    by_name = {name.casefold(): code for name, code in aliases.items()}
    by_name |= {code.casefold(): code for code in calendar.subdivisions}
    plain = _plain(country, subdivision)
    if plain in by_name:
        return by_name[plain]
    near = get_close_matches(plain, by_name, n=1, cutoff=0.75)
    advice = message('Did you mean "{name}"? ', name=by_name[near[0]]) if near else ""
    raise RecordError(
        message(
            "subdivision {subdivision}: {country} has no such subdivision with holidays of its own. "
            "{advice}Those it has are {codes}.",
            subdivision=shown(subdivision),
            country=country,
            advice=advice,
            codes=", ".join(sorted(calendar.subdivisions)),
        )
    )


def _plain(country: str, subdivision: str | None) -> str:
    """A subdivision without its country and case: ``DE-BY`` is ``by``."""
    return (subdivision or "").strip().casefold().removeprefix(f"{country.casefold()}-")

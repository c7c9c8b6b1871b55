"""Days, clock times and zones in the words of a language.

English and Danish, which every title and script needs, come from the tables below (CLDR's names, held equal to
Babel's by a test): loading Babel costs a sync 80 ms. Any other language is asked of Babel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: A date this far off is spoken with its year.
_YEAR_NEEDED_DAYS = 180


@dataclass(frozen=True, slots=True)
class _Forms:
    """How one language writes a date: names, and patterns for the day, the day and year, the whole date."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day: str
    day_year: str
    full: str


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FORMS = {
    "en": _Forms(
        _ENGLISH_MONTHS, _ENGLISH_DAYS, "{day} {month}", "{day} {month} {year}", "{weekday} {day} {month} {year}"
    ),
    "en-US": _Forms(
        _ENGLISH_MONTHS, _ENGLISH_DAYS, "{month} {day}", "{month} {day}, {year}", "{weekday}, {month} {day}, {year}"
    ),
    "da": _Forms(
        (
            "januar", "februar", "marts", "april", "maj", "juni",
            "juli", "august", "september", "oktober", "november", "december",
        ),
        ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        "{day}. {month}", "{day}. {month} {year}", "{weekday} den {day}. {month} {year}",
    ),
}  # fmt: skip

# Where a zone's own name is not what its city is called; the rest is the last part of the name.
_CITIES = {
    "en": {
        "Africa/Asmera": "Asmara", "America/Bogota": "Bogotá", "America/Godthab": "Nuuk",
        "America/Sao_Paulo": "São Paulo", "America/St_Johns": "St. John’s", "Asia/Calcutta": "Kolkata",
        "Asia/Katmandu": "Kathmandu", "Asia/Rangoon": "Yangon", "Asia/Saigon": "Ho Chi Minh City",
        "Asia/Ho_Chi_Minh": "Ho Chi Minh City",
        "Atlantic/Faroe": "Faroe Islands", "Atlantic/Canary": "Canary Islands", "Europe/Kiev": "Kyiv",
    },
    "da": {
        "Africa/Addis_Ababa": "Addis Abeba", "Africa/Algiers": "Algier", "Africa/Cairo": "Kairo",
        "America/Bogota": "Bogotá", "America/Godthab": "Nuuk", "America/Sao_Paulo": "São Paulo",
        "America/St_Johns": "St. John’s", "Asia/Baghdad": "Bagdad", "Asia/Calcutta": "Kolkata",
        "Asia/Damascus": "Damaskus", "Asia/Hong_Kong": "Hongkong", "Asia/Katmandu": "Kathmandu",
        "Asia/Rangoon": "Yangon", "Asia/Saigon": "Ho Chi Minh-byen", "Asia/Ho_Chi_Minh": "Ho Chi Minh-byen",
        "Asia/Tehran": "Teheran", "Asia/Yerevan": "Jerevan", "Atlantic/Azores": "Azorerne",
        "Atlantic/Canary": "De Kanariske Øer", "Atlantic/Faroe": "Færøerne", "Europe/Athens": "Athen",
        "Europe/Belgrade": "Beograd", "Europe/Brussels": "Bruxelles", "Europe/Bucharest": "Bukarest",
        "Europe/Copenhagen": "København", "Europe/Kiev": "Kyiv", "Europe/Lisbon": "Lissabon", "Europe/Moscow": "Moskva",
        "Europe/Prague": "Prag", "Europe/Rome": "Rom", "Europe/Vienna": "Wien", "Europe/Warsaw": "Warszawa",
        "Europe/Zurich": "Zürich",
    },
}  # fmt: skip


def day_month(day: date, language: str, today: date) -> str:
    """A date as it is spoken: "16 November", "16. november"; with its year when that is half a year from `today`."""
    forms = _forms(language)
    with_year = abs((day - today).days) > _YEAR_NEEDED_DAYS
    if forms is None:
        return _ask_babel(day, language, "long" if with_year else "MMMMd")
    return _fill(forms.day_year if with_year else forms.day, forms, day)


def long_date(day: date, language: str) -> str:
    """A date as a letter bears it: "16 November 2026", "16. november 2026", "November 16, 2026" (en-US)."""
    forms = _forms(language)
    return _ask_babel(day, language, "long") if forms is None else _fill(forms.day_year, forms, day)


def full_date(day: date, language: str) -> str:
    """A date with its weekday and year: "Monday 16 November 2026", "mandag den 16. november 2026"."""
    forms = _forms(language)
    return _ask_babel(day, language, "full") if forms is None else _fill(forms.full, forms, day)


def short_date(day: date, language: str) -> str:
    """A whole date in few letters, for the middle of a sentence: "man. 16. nov. 2026"."""
    if primary(language) != "da":
        return _ask_babel(day, language, "yMMMEd")
    forms = _FORMS["da"]
    month, weekday = forms.months[day.month - 1], forms.weekdays[day.weekday()].removesuffix("dag")
    return f"{weekday}. {day.day}. {month if len(month) == 3 else f'{month[:3]}.'} {day.year}"


def clock_time(moment: datetime, language: str) -> str:
    """The clock at `moment`, in its own zone: "15:30", "3:30 PM" (en-US), "15.30" (da)."""
    if language == "en-US":
        return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"
    return f"{moment.hour:02d}{'.' if primary(language) == 'da' else ':'}{moment.minute:02d}"


def clock_span(start: datetime, end: datetime, language: str) -> str:
    """From one clock time to another: "08:30–08:45"."""
    return f"{clock_time(start, language)}–{clock_time(end, language)}"


def moment_in_words(moment: datetime, language: str) -> str:
    """A date and a clock time, in the zone of `moment`: "Monday 16 November 2026, 15:30"."""
    return f"{full_date(moment.date(), language)}{_at(language)}{clock_time(moment, language)}"


def span_in_words(start: datetime, end: datetime, language: str) -> str:
    """A date and two clock times, in the zone of `start`: "Monday 16 November 2026, 15:30–15:45"."""
    return f"{full_date(start.date(), language)}{_at(language)}{clock_span(start, end, language)}"


def city_of(zone: str, language: str) -> str:
    """The city a zone is named after: "Europe/Copenhagen" is "Copenhagen", "København" in Danish; "UTC" stays."""
    known = _CITIES.get(primary(language), _CITIES["en"]).get(zone)
    return known or zone.rsplit("/", 1)[-1].replace("_", " ")


def zone_in_words(zone: str, language: str) -> str:
    """Whose clock it is: "Copenhagen time", "tidszone København"."""
    city = city_of(zone, language)
    return f"tidszone {city}" if primary(language) == "da" else f"{city} time"


def span_in_zone(start: datetime, end: datetime, zone: str, language: str) -> str:
    """A span on the clocks of a zone: "Tuesday 8 December 2026, 08:30–08:45, Copenhagen time (UTC+1)"."""
    begin, finish = (moment.astimezone(zone_of(zone)) for moment in (start, end))
    offset = utc_offset(begin)
    where = zone_in_words(zone, language) if zone != "UTC" else "UTC"
    return f"{span_in_words(begin, finish, language)}, {where}" + (f" ({offset})" if where != offset else "")


def same_clock(moment: datetime, zone: str, other: str) -> bool:
    """Whether the clocks of two zones show the same at that moment."""
    return moment.astimezone(zone_of(zone)).utcoffset() == moment.astimezone(zone_of(other)).utcoffset()


def utc_offset(moment: datetime) -> str:
    """The offset of an aware time: "UTC+1", "UTC−3:30", "UTC"."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")


def country_name(code: str | None, language: str) -> str | None:
    """The country of an ISO 3166 code in words: "DK" is "Denmark". None where there is none of that code."""
    from babel import Locale  # noqa: PLC0415

    locale = Locale.parse(primary(language)) if primary(language) in _FORMS else Locale("en")
    name = locale.territories.get((code or "").upper())
    return str(name) if name else None


def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def primary(language: str) -> str:
    """The language without region and script: "da-DK" is "da"."""
    return language.replace("_", "-").split("-", 1)[0].lower()


def _at(language: str) -> str:
    return " kl. " if primary(language) == "da" else ", "


def _fill(pattern: str, forms: _Forms, day: date) -> str:
    return pattern.format(
        day=day.day, month=forms.months[day.month - 1], year=day.year, weekday=forms.weekdays[day.weekday()]
    )


def _forms(language: str) -> _Forms | None:
    return _FORMS.get(language) or _FORMS.get(primary(language))


def _ask_babel(day: date, language: str, form: str) -> str:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    if form in ("long", "full"):
        return format_date(day, form, locale=locale)
    return format_skeleton(form, day, locale=locale)

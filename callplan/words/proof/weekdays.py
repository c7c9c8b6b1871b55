"""A weekday beside a date that it does not go with: it sends the reader on the wrong day, and no speller sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from callplan.words.proof.finding import Finding

_DAYS = {
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    "da": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
}
_MONTHS = {
    "en": [
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ],
    "da": [
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ],
}  # fmt: skip
_DAY_SHORT = {"en": r"|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun", "da": ""}  # "man" is a word of its own in Danish

_NUMBER = r"(?P<day>\d{1,2})"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?![\w:]))?"


def _pattern(language: str, date_form: str) -> re.Pattern[str]:
    days = "|".join(_DAYS[language]) + _DAY_SHORT[language]
    months = "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in _MONTHS[language])  # Sept
    form = (
        date_form.replace("DAY", _NUMBER)
        .replace("MONTH", rf"(?P<month>{months})\b(?:\.(?=\s+(?:19|20)\d\d))?")
        .replace("YEAR", _YEAR)
    )
    return re.compile(rf"(?<![\w-])(?P<weekday>{days})\b\.?,?\s+(?P<date>{form})", re.IGNORECASE)


#: How a date is written after its weekday. Danish figures want "den" or a slash: "mandag 9.10" may be a time.
_FORMS = {
    "en": (
        _pattern("en", r"(?:the\s+)?DAY(?:st|nd|rd|th)?\s+(?:of\s+)?MONTHYEAR"),
        _pattern("en", r"MONTH\s+DAY(?:st|nd|rd|th)?(?![\w:–-])YEAR"),
    ),
    "da": (
        _pattern("da", r"(?:den\s+|d\.\s*)?DAY\.?\s+MONTHYEAR"),
        _pattern(
            "da", r"(?:den\s+|d\.\s*)DAY[./](?P<number>\d{1,2})(?![\d:])(?:[./-]?\s?(?P<year>(?:19|20)\d\d)(?!\w))?"
        ),
    ),
}

#: "Monday and Tuesday, 30 November and 1 December": the weekday is not that of the date after it.
_LISTED = re.compile(r"(?:day|dag)s?\s*(?:,|/|&|–|-|and|or|to|og|eller|til)\s*$", re.IGNORECASE)

#: Days from now within which a date without its year is surely that one.
_NEAR = 150


def wrong_weekdays(text: str, language: str, today: date | None) -> Iterator[Finding]:
    """Weekdays that do not go with their date: in the year named, else in the year that is nearest to `today`.

    Without a year, a date that is far away both ways may be of either year, and nothing is said of it.
    """
    for form in _FORMS.get(language, ()):
        for match in form.finditer(text):
            if _LISTED.search(text, 0, match.start()):
                continue
            meant = _meant(match, language, today)
            if meant is None:
                continue
            said = _index(match["weekday"], _DAYS[language])
            if said == meant.weekday():
                continue
            right = _DAYS[language][meant.weekday()]
            right = right.capitalize() if match["weekday"][0].isupper() else right
            start, end = match.span()
            between = text[match.end("weekday") : match.start("date")].lstrip(".")
            mend = f"{right}{between}{match['date']}"
            yield Finding(start, end, "date", match.group(), (mend,), _reason(meant, language))


def _meant(match: re.Match[str], language: str, today: date | None) -> date | None:
    """The day that the date surely means; None where there is none."""
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _index(parts["month"], _MONTHS[language]) + 1
    day = int(parts["day"])
    if parts["year"]:
        return _date(int(parts["year"]), month, day)
    if today is None:
        return None
    years = (_date(today.year + more, month, day) for more in (-1, 0, 1))
    found = min((one for one in years if one is not None), key=lambda one: abs((one - today).days), default=None)
    return found if found is not None and abs((found - today).days) <= _NEAR else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _index(written: str, names: list[str]) -> int:
    return next(index for index, name in enumerate(names) if name[:3] == written.lower()[:3])


def _reason(day: date, language: str) -> str:
    weekday, month = _DAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    if language == "da":
        return f"{day.day}. {month} {day.year} er en {weekday}. Er det dagen eller datoen, der er forkert?"
    return f"{day.day} {month.title()} {day.year} is a {weekday.title()}. Is it the day or the date that is wrong?"

"""Telephone numbers whose groups stand apart, as in "030 / 23 12 51 - 00": which groups are of one number."""

from __future__ import annotations

import re

from callplan.places.number_forms import digits

# A number whose groups stand apart: "030 / 23 12 51 - 00", "+49 (0) 30 / 23125-100".
_SPREAD = re.compile(
    r"(?<![\w+(])(?<![\d)] )(?:\(?(?:\+|0)|\(\d)[\d ()]*(?: *[-–—/] *[\d(][\d ()]*)(?: *[-–—] *\d[\d ]*(?![\w/]))*"
)
_BETWEEN_GROUPS = re.compile(r" *[-–—/] *")
_AREA_CODE = re.compile(r"(?:\(?(?:\+|0)|\(\d)[\d ()]{0,8}")
#: A number without a country code has no more digits, with its 0; what is added to it is no longer than a branch.
_LONGEST_NATIONAL, _LONGEST_BRANCH = 12, 5


def in_one_piece(text: str) -> str:
    """The text with the groups of each number put together, so that neither a slash nor a dash divides it."""
    return _SPREAD.sub(_together, text)


def _together(spread: re.Match[str]) -> str:
    """The groups that are of one number without spaces between, so that nothing divides them; others as they are.

    "+49 30 23125 - 100" is one number, "+45 32 12 34 56 - 12" has an extension: only the country's rules tell.
    """
    ends = [*(between.start() for between in _BETWEEN_GROUPS.finditer(spread[0])), len(spread[0])]
    for end in reversed(ends[1:]):
        if _is_one_number(spread[0][:end].strip()):
            return _BETWEEN_GROUPS.sub("-", spread[0][:end].rstrip()) + spread[0][len(spread[0][:end].rstrip()) :]
    return spread[0]


def _is_one_number(text: str) -> bool:
    """Whether groups of digits are of one number; without a country code as far as their lengths tell."""
    area, *others = _BETWEEN_GROUPS.split(text)
    if len(others) == 1 and _AREA_CODE.fullmatch(area):
        return True
    if not text.lstrip("(").startswith(("+", "00")):
        return digits(text) <= _LONGEST_NATIONAL and digits(others[-1]) <= _LONGEST_BRANCH
    from callplan.places.numbers import international  # noqa: PLC0415 - phonenumbers, and few numbers stand so

    try:
        return bool(international(text))
    except ValueError:
        return False

"""Telephone numbers: checked, written for people, written for links, and where on earth they ring.

The one module that imports `phonenumbers` (14 ms, so only where a number is met). Never its geocoder: 395 ms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers

from callplan.message import message
from callplan.quoted import shown

_LONGEST = 60
# phonenumbers would dig a number out of any text, and turn letters into digits.
_NUMBER = re.compile(r"\+?[\d\s().\-/]+(?: ext\. \d{1,8})?#?")
_PLAIN = re.compile(r"\+?[\d\s.\-/]+")
_ABROAD = re.compile(r"[\s(]*0[\s().-]*0[\s().-]*(?=[1-9])")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


class CountryUnknownError(ValueError):
    """The number may be right; in which country it is dialled is not known."""


@lru_cache(maxsize=4096)
def international(text: str, region: str | None = None) -> str:
    """The number as it is dialled from anywhere: ``+45 32 12 34 56``, with an extension ``+45 32 12 34 56 ext. 12``.

    `region` is the ISO 3166 country in which a number without a country code is dialled; one with a code (+ or 00) is
    never read in it. Invisible characters, in which address books like to wrap numbers, and labels ("Tel.:", "m:") are
    dropped. Raises `ValueError` with a sentence: there is no such number, or (`CountryUnknownError`) perhaps one.
    """
    written = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    written = _DASHES.sub("-", written).strip()
    if not _PLAIN.fullmatch(written):
        from callplan.places.number_forms import EXTENSION, without_label  # noqa: PLC0415 - few are written otherwise

        written = EXTENSION.sub(r" ext. \1", without_label(written))
    wanted = message('Write it like "+45 32 12 34 56".')
    if len(written) > _LONGEST or not _NUMBER.fullmatch(written):
        raise ValueError(message("{text} is no telephone number. {wanted}", text=shown(text), wanted=wanted))
    if _ABROAD.match(written) and not _dials_abroad(written, region):
        written = _ABROAD.sub("+", written)
    if written.startswith("+"):
        region = None  # else an unknown code would be taken for digits of a number there
    elif region is None or phonenumbers.country_code_for_region(region) == 0:
        raise CountryUnknownError(
            message("{text} has no country code, and no country is given. {wanted}", text=shown(text), wanted=wanted)
        )
    try:
        number = phonenumbers.parse(written, region)
        if not phonenumbers.is_valid_number(number) and region is None and "(0)" in written:
            number = phonenumbers.parse(written.replace("(0)", " "), region)  # where nobody dials a 0 first: Denmark
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            raise ValueError(
                message(
                    "{text} begins with a country code that does not exist. {wanted}", text=shown(text), wanted=wanted
                )
            ) from None
        raise ValueError(message("{text} is no telephone number. {wanted}", text=shown(text), wanted=wanted)) from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError(
            message(
                "{text} cannot be rung: {reason}. {wanted}", text=shown(text), reason=_reason(number), wanted=wanted
            )
        )
    extension, number.extension = number.extension, None  # countries write it in their own ways: x12, доб. 12
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{dialled} ext. {extension}" if extension else dialled


def _dials_abroad(written: str, region: str | None) -> bool:
    """Whether the number begins with what is dialled before a country code in `region`: 0011 in Australia."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region) if region else None
    prefix = metadata.international_prefix if metadata else None
    return bool(prefix and re.match(prefix, re.sub(r"\D", "", written)))


def zones(number: str) -> tuple[str, ...]:
    """The IANA zones in which an `international` number may ring; none when it is not known."""
    from phonenumbers import timezone  # noqa: PLC0415 - 2 ms, and only a plan asks

    found = timezone.time_zones_for_number(phonenumbers.parse(number))
    return tuple(zone for zone in found if zone != timezone.UNKNOWN_TIMEZONE)


def region(number: str) -> str | None:
    """The ISO 3166 country of an `international` number; None for one of no country (freephone +800, satellites)."""
    code = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    return code if code and code.isalpha() else None


def tel_uri(number: str) -> str:
    """The link that rings an `international` number (RFC 3966): ``tel:+45-32-12-34-56;ext=12``."""
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.RFC3966)


def _reason(number: phonenumbers.PhoneNumber) -> str:
    place = phonenumbers.region_code_for_country_code(number.country_code or 0)
    where = message("numbers of +{code}", code=number.country_code or 0) + (
        message(" ({place})", place=place) if place and place.isalpha() else ""
    )
    match phonenumbers.is_possible_number_with_reason(number):
        case phonenumbers.ValidationResult.TOO_SHORT | phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return message("{where} are longer", where=where)
        case phonenumbers.ValidationResult.TOO_LONG:
            return message("{where} are shorter", where=where)
        case _:
            return message("no {where} begin like that", where=where)

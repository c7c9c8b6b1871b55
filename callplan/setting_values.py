"""What each key of the settings may hold. Every reader takes the TOML value and gives the checked one.

They raise `ValueError` with sentences that say what was found and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import time
from ipaddress import ip_address
from itertools import pairwise
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from callplan.book.characters import complaint
from callplan.book.types import Hours
from callplan.countries import country_code
from callplan.message import joined, message
from callplan.plan.world import Rules
from callplan.quoted import shown
from callplan.zones import zone_name

#: The languages that callplan itself speaks.
LANGUAGES = ("en", "da")

_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_EMAIL = re.compile(r"[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+")
_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext\.?|x|#)\s*\d{1,8})?", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")


def text(value: Any, secret: bool = False) -> str:
    """One line of text, not empty. `secret`: no message shows it."""
    told = "it" if secret else shown(value)
    if not isinstance(value, str):
        raise ValueError(message("{value} is no text. Put it in quotes.", value=told))
    if not value.strip():
        raise ValueError(message("it is empty. Fill it in, or take the line out."))
    wrong = complaint(value)
    if wrong:
        raise ValueError(joined("", (f"{told} ", wrong, ".")))
    return value.strip()


def email(value: Any) -> str:
    """An address like ``anna@dahl.example``."""
    address = text(value)
    if not _EMAIL.fullmatch(address):
        raise ValueError(
            message('{address} is no e-mail address. Write it like "anna@dahl.example".', address=shown(address))
        )
    return address


def phone(value: Any) -> str:
    """A telephone number as it is to be said: digits, spaces, a leading plus."""
    number = text(value)
    if not _PHONE.fullmatch(number) or sum(sign.isdigit() for sign in number) < 5:
        raise ValueError(
            message('{number} is no telephone number. Write it like "+45 32 12 34 00".', number=shown(number))
        )
    return number


def address(value: Any) -> tuple[str, ...]:
    """The lines of a postal address."""
    return _texts(value, '["Strandvejen 4", "8000 Aarhus C"]', most=10)


def timezone(value: Any) -> str:
    """An IANA zone."""
    return zone_name(text(value))


def country(value: Any) -> str:
    """An ISO 3166 code."""
    return country_code(text(value))


def language(value: Any) -> str:
    """One of `LANGUAGES`; a region after it (``en-GB``) is dropped."""
    tag = text(value)
    spoken = re.split(r"[-_]", tag)[0].lower()
    if spoken not in LANGUAGES:
        raise ValueError(
            message(
                "callplan does not speak {tag}. Its languages are {languages}.",
                tag=shown(tag),
                languages=" and ".join(LANGUAGES),
            )
        )
    return spoken


def hours(value: Any) -> Hours:
    """Part of a day, like ``08:30-10:00``."""
    written = text(value)
    found = _HOURS.fullmatch(written.strip())
    try:
        if not found:
            raise ValueError
        from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
        stretch = Hours(time(from_hour, from_minute), time(to_hour, to_minute))
    except ValueError:
        raise ValueError(
            message('{written} is no part of a day. Write it like "08:30-10:00".', written=shown(written))
        ) from None
    if stretch.end <= stretch.start:
        raise ValueError(
            message(
                "{written} ends before it begins. It must lie within one day, at latest until 23:59.",
                written=shown(written),
            )
        )
    return stretch


def _span(one: Hours) -> str:
    return f"{one.start:%H:%M}-{one.end:%H:%M}"


def call_hours(value: Any) -> tuple[Hours, ...]:
    """Stretches of a day, sorted, a quarter of an hour or more each, not overlapping."""
    stretches = sorted(map(hours, _texts(value, '["08:30-10:00", "15:30-16:45"]', most=12)), key=lambda one: one.start)
    for one in stretches:
        if _minutes(one.end) - _minutes(one.start) < 15:
            raise ValueError(message("{hours} is too short: a call takes 15 minutes.", hours=_span(one)))
    for one, following in pairwise(stretches):
        if following.start < one.end:
            raise ValueError(
                message("{one} and {other} overlap. Write them as one.", one=_span(one), other=_span(following))
            )
    return tuple(stretches)


def username(value: Any) -> str:
    """A user name. RFC 7617: HTTP's Basic login cannot carry one with a colon."""
    name = text(value)
    if ":" in name:
        raise ValueError(message("a user name with a colon cannot be sent. The password does not belong here either."))
    return name


def command(value: Any) -> tuple[str, ...]:
    """A command and its arguments, as a list: no shell reads it."""
    if isinstance(value, str):
        raise ValueError(message('it is one text, and must be a list of words, like ["pass", "show", "caldav"].'))
    return _texts(value, '["pass", "show", "caldav"]', most=50, secret=True)


def calendar_url(value: Any) -> str:
    """The address of a CalDAV calendar: https, or http on this computer."""
    written = text(value, secret=True)
    parts = _split(written)
    if parts.scheme not in ("https", "http"):
        raise ValueError(
            message('this is no web address. Write it like "https://cal.dahl.example/dav/anna/follow-up/".')
        )
    _refuse_unsafe(parts)
    return written


def busy_calendars(value: Any) -> tuple[str, ...]:
    """URLs (``webcal:`` becomes ``https:``) and paths of calendars that say when the user is not free."""
    return tuple(map(_busy_calendar, _texts(value, '["busy.ics"]', most=50, secret=True)))


def _busy_calendar(written: str) -> str:
    if not is_url(written):
        return written
    parts = _split(written)
    if parts.scheme in ("webcal", "webcals"):
        parts = parts._replace(scheme="https")
    if parts.scheme not in ("https", "http"):
        raise ValueError(
            message(
                '"{scheme}:" cannot be read. Write an https:// address or a path beside this file.', scheme=parts.scheme
            )
        )
    _refuse_unsafe(parts)
    return urlunsplit(parts)


def is_url(written: str) -> bool:
    """Whether this names a scheme (two letters or more: ``C:`` is a drive)."""
    return bool(_SCHEME.match(written))


def is_loopback(host: str) -> bool:
    """Whether `host` is this computer: the only place where plain http is safe."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(written: str) -> SplitResult:
    """The parts of a URL. The text itself stays out of every message: an address may carry a secret."""
    try:
        parts = urlsplit(written)
        parts.port  # noqa: B018 - raises when it is none
    except ValueError:
        raise ValueError(message("this is no web address.")) from None
    if re.search(r"\s", written):
        raise ValueError(message("a web address holds no spaces. Write %20 instead."))
    return parts


def _refuse_unsafe(parts: SplitResult) -> None:
    host = parts.hostname
    if "@" in parts.netloc:
        raise ValueError(
            message(
                "never put a user name or password into the address. Take out all that stands before the @, and "
                "use username and password_command."
            )
        )
    if not host:
        raise ValueError(message("this address names no server."))
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError(
            message(
                "over http://, anybody on the way to {host} can read the password and change what is sent. Write "
                "https:// (plain http is for this computer only).",
                host=shown(host)[1:-1],
            )
        )


def whole_number(least: int, most: int, advice: str = "") -> Callable[[Any], int]:
    """A reader of whole numbers from `least` to `most`."""

    def number(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(
                message(
                    "{value} must be a whole number from {least} to {most}.{advice}",
                    value=shown(value),
                    least=least,
                    most=most,
                    advice=advice,
                )
            )
        return value

    return number


_DAY, _WEEK = 24 * 60, 7 * 24

#: Every key of ``[rules]``. A test sees to it that these are the fields of `Rules`.
RULES: Mapping[str, Callable[[Any], int]] = {
    "max_calls": whole_number(
        1,
        2,
        message(
            " The advice allows two calls and then to stop; for somebody who wants none, write calls = false there."
        ),
    ),
    "notes_after_minutes": whole_number(0, _DAY),
    "notes_minutes": whole_number(5, 240),
    "thank_you_after_minutes": whole_number(0, 2 * _DAY),
    "thank_you_minutes": whole_number(5, 240),
    "thank_you_hours": whole_number(1, _WEEK),
    "letter_after_days": whole_number(0, 30),
    "grace_days": whole_number(0, 30),
    "follow_up_after_days": whole_number(1, 60),
    "follow_up_within_days": whole_number(0, 30),
    "call_after_days": whole_number(0, 30),
    "call_within_days": whole_number(0, 30),
    "second_call_min_days": whole_number(1, 60),
    "second_call_target_days": whole_number(1, 60),
    "second_call_max_days": whole_number(1, 60),
    "tries_a_day": whole_number(1, 4),
    "tries": whole_number(1, 20),
    "reflect_after_days": whole_number(0, 365),
    "answer_hours": whole_number(1, _WEEK),
    "rejection_after_hours": whole_number(0, _WEEK),
    "rejection_hours": whole_number(1, 2 * _WEEK),
    "rejection_days": whole_number(1, 90),
}

#: The left is never more than the right.
_ORDER = (
    ("second_call_min_days", "second_call_target_days"),
    ("second_call_target_days", "second_call_max_days"),
    ("tries_a_day", "tries"),
    ("rejection_after_hours", "rejection_hours"),
)


def rules_that_clash(given: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each pair of rules that cannot both hold: the key that was given, and the sentence."""
    rules = {**asdict(Rules()), **given}
    for less, more in _ORDER:
        if rules[less] > rules[more]:
            key = less if less in given else more
            yield (
                key,
                message(
                    "{less} ({least}) is more than {more} ({most}). Change one of them.",
                    less=less,
                    least=rules[less],
                    more=more,
                    most=rules[more],
                ),
            )
    if rules["thank_you_after_minutes"] > 60 * rules["thank_you_hours"]:
        key = "thank_you_after_minutes" if "thank_you_after_minutes" in given else "thank_you_hours"
        yield key, message("the thank-you would come after its own deadline. Change one of the two.")


def _texts(value: Any, like: str, most: int, secret: bool = False) -> tuple[str, ...]:
    """A list of one text or more. `secret`: its items are not shown."""
    if not isinstance(value, list):
        raise ValueError(
            message(
                "{value} is no list. Write it like {like}.", value=message("it") if secret else shown(value), like=like
            )
        )
    if not value:
        raise ValueError(message("the list is empty. Take the line out, or write it like {like}.", like=like))
    if len(value) > most:
        raise ValueError(message("the list is longer than {most}.", most=most))
    return tuple(text(one, secret) for one in value)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute

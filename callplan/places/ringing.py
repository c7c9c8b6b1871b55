"""Where the telephone numbers of a book ring, kept between runs: the library that knows costs 25 ms to load."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from callplan import kept

#: The zones in which a number may ring (none when that is not known), and its country.
Ringing = tuple[tuple[str, ...], str | None]


def ringing(phones: Iterable[str], file: Path | None = None) -> dict[str, Ringing]:
    """Zones (IANA) and country (ISO 3166) of each number, as `callplan.places.numbers` writes it; `file` keeps them."""
    wanted = sorted(set(phones))
    if not wanted:
        return {}
    stamp = kept.version_of("phonenumbers") if file else None
    store = kept.read(file) if file else {}
    try:
        known = store["numbers"] if store.get("stamp") == stamp else {}
        return {phone: (tuple(known[phone][0]), known[phone][1]) for phone in wanted}
    except (KeyError, TypeError, IndexError):  # not kept yet, or spoilt
        from callplan.places.numbers import region, zones  # noqa: PLC0415 - 25 ms

        found: dict[str, Ringing] = {phone: (zones(phone), region(phone)) for phone in wanted}
        if file and stamp:
            kept.write(file, {"stamp": stamp, "numbers": found})
        return found

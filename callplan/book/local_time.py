"""Times as they are written beside a place: without an offset, read in the place's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

#: Outside these years a date is a slip, and the arithmetic of the plan could overflow.
YEARS = range(2000, 2200)


def in_zone(written: datetime, zone: ZoneInfo) -> datetime:
    """The moment a local time names in `zone`. Where clocks go back it names two: the first is taken.

    Raises `ValueError` with a sentence where clocks go forward over it and it names none.
    """
    moment = written.replace(tzinfo=zone)
    real = moment.astimezone(UTC).astimezone(zone)
    if real.replace(tzinfo=None) != written:
        raise ValueError(
            f"{written:%Y-%m-%d %H:%M} does not exist in {zone.key}: clocks go forward over it. "
            f"Did you mean {real:%H:%M}?"
        )
    return moment


def later(moment: datetime, length: timedelta) -> datetime:
    """`length` of elapsed time after `moment`, in the same zone. (Plain addition moves the clock's hands instead.)"""
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country, its most populous first (``zone.tab`` of the IANA database); empty when unknown."""
    for source in (Path("/usr/share/zoneinfo/zone.tab"), _packaged()):
        try:
            lines = source.read_text(encoding="utf-8").splitlines() if source else ()
        except OSError:
            continue
        found = tuple(line.split("\t")[2] for line in lines if line.startswith(f"{country}\t"))
        if found:
            return found
    return ()


def _packaged() -> Path | None:
    from importlib import resources  # noqa: PLC0415 - only for a message, where the system has no zone files

    try:
        table = resources.files("tzdata") / "zoneinfo" / "zone.tab"
    except ModuleNotFoundError:
        return None
    return table if isinstance(table, Path) else None

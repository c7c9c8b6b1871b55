"""IANA time zones by name: is it one, which was meant, which is the system's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from callplan.message import message
from callplan.quoted import shown


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone here. Anything but a plain name (a path, an empty text) is none."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError; a folder is an OSError
        return False
    return name != "localtime"


def zone_name(name: str) -> str:
    """`name` when it is a zone. Raises `ValueError` with a sentence that suggests the zone that was meant."""
    if is_zone(name):
        return name
    meant = _meant(name)
    advice = message('Did you mean "{name}"?', name=meant) if meant else message('Write it like "Europe/Copenhagen".')
    raise ValueError(message("{name} is no time zone. {advice}", name=shown(name), advice=advice))


def system_zone(environ: Mapping[str, str] | None = None, etc: Path = Path("/etc")) -> str | None:
    """The zone this computer is set to, or None when it does not say.

    ``TZ`` goes before ``/etc/localtime`` (a link into the zone files), and that before ``/etc/timezone``. A POSIX rule
    in ``TZ`` (``CET-1CEST``) names no zone: None, because it overrides the two files as well.
    """
    told = (os.environ if environ is None else environ).get("TZ")
    if told is not None:
        told = told.removeprefix(":")
        name = _below_zone_files(told) or told or "UTC"
        return name if is_zone(name) else None
    link = etc / "localtime"
    for _ in range(8):  # link by link: the last file may carry another zone's name (Copenhagen is a link to Berlin)
        if not link.is_symlink():
            break
        link = link.parent / link.readlink()
        name = _below_zone_files(str(link)) or ""
        if is_zone(name):
            return name
    try:
        name = (etc / "timezone").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return name if is_zone(name) else None


def _below_zone_files(path: str) -> str | None:
    _, found, name = path.rpartition("zoneinfo/")
    return name.removeprefix("posix/").removeprefix("right/") if found else None


def _meant(name: str) -> str | None:
    """The nearest zone: the same but for its case, the same city, or about the same letters."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a message

    wanted = name.strip().replace(" ", "_").casefold()
    known = _known()
    if wanted in known:
        return known[wanted]
    for folded, zone in known.items():
        if "/" in folded and wanted.rpartition("/")[2] == folded.rpartition("/")[2]:
            return zone
    near = get_close_matches(wanted, known, n=1, cutoff=0.7)
    return known[near[0]] if near else None


@cache
def _known() -> dict[str, str]:
    """Every zone by its name without regard to case. Kept: to list them, all their files are opened."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - only for a message

    return {zone.casefold(): zone for zone in sorted(available_timezones())}

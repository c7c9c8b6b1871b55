"""Which name was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONGEST = 100  # comparing letters takes the square of the length


def folded(text: str) -> str:
    """The same for texts that look the same but for capitals: NFC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def nearest(wanted: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `wanted` most likely stands for: a slip of the pen, or a part of it."""
    near = near_ones(wanted, names, most=1)
    return near[0] if near else None


def near_ones(wanted: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` of `names` that may be meant, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a message

    if len(wanted) > _LONGEST:
        return []
    by_fold = {folded(name): name for name in names if len(name) <= _LONGEST}
    sought = folded(wanted)
    close = get_close_matches(sought, by_fold, n=most, cutoff=0.65)
    words = set(sought.replace("_", "-").split())
    partly = [fold for fold in by_fold if words and words <= set(fold.split()) and fold not in close]
    return [by_fold[fold] for fold in (*close, *partly)][:most]

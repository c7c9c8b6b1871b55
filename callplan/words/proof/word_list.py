"""Lists of words, written as one reads them."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


def words_in_order(text: str) -> tuple[str, ...]:
    """The words of `text`, as they come."""
    return tuple(text.split())

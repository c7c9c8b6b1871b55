"""Where the pages of calls are, as events tell it: `serve` writes its address down, `sync` and the feed read it.

The address of a page carries no secret. Who follows it needs the cookie that the secret link has left in the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from callplan import kept
from callplan.plan.step import Step
from callplan.where import Places


def address_file(places: Places) -> Path:
    """Where the address of the pages is written down."""
    return places.state / "pages-address.json"


def remember_pages(places: Places, base: str) -> None:
    """Note that the pages are at `base` ("https://cal.example"), unless that is known."""
    if kept.read(address_file(places)).get("base") != base:
        kept.write(address_file(places), {"base": base})


def page_of(places: Places) -> Callable[[Step], str | None] | None:
    """What gives the address of a call's page; None when nothing was ever served from here."""
    base = kept.read(address_file(places)).get("base")
    if not isinstance(base, str) or not base.startswith(("http://", "https://")):
        return None
    return lambda step: f"{base}/call/{step.uid}"

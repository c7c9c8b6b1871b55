"""Slows down whoever guesses secrets: a few wrong ones in a row are forgiven, then an address has to wait.

The secrets have 128 bits and more, so nobody guesses one; this keeps the log short and the processor free.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from threading import Lock
from time import monotonic

#: Wrong guesses an address may make at once, and the seconds after which it may make another one.
BURST, REFILL_SECONDS = 20, 1.0

#: Addresses remembered; the longest unseen is forgotten first.
_ADDRESSES = 4096


class Guesses:
    """The wrong guesses of each address (of each /64 in IPv6, which one customer has all of)."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}  # address -> guesses left, as of when

    def may_guess(self, address: str) -> bool:
        """Whether a secret from this address may be looked at."""
        with self._lock:
            return self._now(_network(address)) >= 1

    def wrong(self, address: str) -> None:
        """Count a wrong guess."""
        network = _network(address)
        with self._lock:
            left = max(0.0, self._now(network) - 1)
            self._left.pop(network, None)
            self._left[network] = (left, self._clock())
            if len(self._left) > _ADDRESSES:
                del self._left[next(iter(self._left))]

    def _now(self, network: str) -> float:
        left, when = self._left.get(network, (float(BURST), 0.0))
        return min(float(BURST), left + (self._clock() - when) / REFILL_SECONDS)


def _network(address: str) -> str:
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((number, 64), strict=False)) if number.version == 6 else str(number)

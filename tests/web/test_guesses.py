"""Whoever guesses has to wait; whoever knows does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from callplan.web.guesses import BURST, Guesses
from callplan.web.serve import Addresses, Options, serving

from tests.web.browser import Browser, basic
from tests.web.scene import Scene, places_in


def test_some_wrong_guesses_are_forgiven_then_one_a_second() -> None:
    now = [0.0]
    guesses = Guesses(lambda: now[0])
    for _ in range(BURST):
        assert guesses.may_guess("192.0.2.1")
        guesses.wrong("192.0.2.1")
    assert not guesses.may_guess("192.0.2.1")
    assert guesses.may_guess("192.0.2.2")
    now[0] += 1.0
    assert guesses.may_guess("192.0.2.1")
    guesses.wrong("192.0.2.1")
    assert not guesses.may_guess("192.0.2.1")
    now[0] += 3600
    for _ in range(BURST):
        guesses.wrong("192.0.2.1")
    assert not guesses.may_guess("192.0.2.1")  # a long rest earns no more than before


def test_one_customers_network_of_ipv6_counts_as_one() -> None:
    guesses = Guesses(lambda: 0.0)
    for number in range(BURST):
        guesses.wrong(f"2001:db8::{number:x}")
    assert not guesses.may_guess("2001:db8::ffff")
    assert guesses.may_guess("2001:db8:0:1::1")
    assert guesses.may_guess("no address")


def test_addresses_are_not_collected_without_end() -> None:
    guesses = Guesses(lambda: 0.0)
    for number in range(10_000):
        guesses.wrong(f"10.0.{number // 256}.{number % 256}")
    assert len(guesses._left) <= 4096


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Addresses]:
    with serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=0)) as addresses:
        yield addresses


def test_guessing_the_link_is_slowed_and_the_cookie_goes_on_working(served: Addresses) -> None:
    browser = Browser(served.home)
    cookie = browser.ask("GET", urlsplit(served.home).path).headers["Set-Cookie"].split(";")[0]
    statuses = [browser.ask("GET", f"/s/guess{number}/").status for number in range(2 * BURST)]
    assert statuses[:BURST] == [404] * BURST
    assert 429 in statuses[BURST:]
    answer = browser.ask("GET", "/s/another/")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert browser.ask("GET", "/", Cookie=cookie).status == 200


def test_guessing_the_password_is_slowed(served: Addresses) -> None:
    path = urlsplit(served.caldav).path
    statuses = [
        Browser(served.caldav, basic(served.username, f"guess{number}")).ask("PROPFIND", path).status
        for number in range(2 * BURST)
    ]
    assert statuses[:BURST] == [401] * BURST
    assert 429 in statuses[BURST:]


def test_guessing_the_feed_is_slowed_but_its_readers_are_not(served: Addresses) -> None:
    browser = Browser(served.feed)
    statuses = [browser.ask("GET", f"/f/guess{number}/callplan.ics").status for number in range(2 * BURST)]
    assert 429 in statuses[BURST:]
    assert browser.ask("GET", urlsplit(served.feed).path).status == 200

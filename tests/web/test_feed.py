"""The feed over real HTTP: what each client of the feed needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from callplan.web.feed import is_unchanged
from callplan.web.serve import Addresses, Options, feed_secret, serving
from callplan.web.snapshot import Feed
from hypothesis import given
from hypothesis import strategies as st

from tests.web.browser import Browser
from tests.web.scene import Scene, places_in


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def served(tmp_path: Path, scene: Scene) -> Iterator[Addresses]:
    with serving(places_in(tmp_path), scene.kept(tmp_path / "state"), Options(port=0)) as addresses:
        yield addresses


@pytest.fixture
def browser(served: Addresses) -> Browser:
    return Browser(served.feed)


@pytest.fixture
def path(served: Addresses) -> str:
    return urlsplit(served.feed).path


def test_get_gives_the_calendar_with_everything_a_client_asks_for(browser: Browser, path: str, scene: Scene) -> None:
    answer = browser.ask("GET", path)
    assert answer.status == 200
    assert answer.body == scene.feed
    headers = answer.headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"] == 'inline; filename="callplan.ics"'
    assert headers["Content-Length"] == str(len(scene.feed))
    assert headers["ETag"] == f'"{hashlib.sha256(scene.feed).hexdigest()[:32]}"'
    assert parsedate_to_datetime(headers["Last-Modified"]) == scene.newest
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Encoding"] is None


def test_head_has_the_headers_of_get_and_no_body(browser: Browser, path: str) -> None:
    head, get = browser.ask("HEAD", path), browser.ask("GET", path)
    assert head.body == b""
    assert head.status == 200
    without_date = [[(name, value) for name, value in one.headers.items() if name != "Date"] for one in (head, get)]
    assert without_date[0] == without_date[1]


def test_nothing_is_compressed_whatever_the_client_accepts(browser: Browser, path: str, scene: Scene) -> None:
    answer = browser.ask("GET", path, Accept_Encoding="gzip, br, deflate, zstd")
    assert answer.headers["Content-Encoding"] is None
    assert answer.body == scene.feed


def test_nothing_is_negotiated(browser: Browser, path: str) -> None:
    for accept in ("text/html", "application/json", "image/*;q=0.1"):
        assert browser.ask("GET", path, Accept=accept).headers["Content-Type"].startswith("text/calendar")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_etag_alone_gives_304(browser: Browser, path: str, method: str) -> None:
    etag = browser.ask("GET", path).headers["ETag"]
    for offered in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = browser.ask(method, path, If_None_Match=offered)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert answer.headers["Last-Modified"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_date_alone_gives_304(browser: Browser, path: str, method: str) -> None:
    date = browser.ask("GET", path).headers["Last-Modified"]
    assert browser.ask(method, path, If_Modified_Since=date).status == 304
    earlier = format_datetime(parsedate_to_datetime(date) - timedelta(seconds=1), usegmt=True)
    assert browser.ask(method, path, If_Modified_Since=earlier).status == 200


def test_a_wrong_etag_outweighs_a_right_date(browser: Browser, path: str) -> None:
    date = browser.ask("GET", path).headers["Last-Modified"]
    assert browser.ask("GET", path, If_None_Match='"other"', If_Modified_Since=date).status == 200


def test_a_change_is_seen_by_either_validator(browser: Browser, path: str, scene: Scene) -> None:
    before = browser.ask("GET", path).headers
    scene.feed, scene.sign = b"BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n", 1
    assert browser.ask("GET", path, If_None_Match=before["ETag"]).body == scene.feed
    assert browser.ask("GET", path, If_Modified_Since=before["Last-Modified"]).body == scene.feed


def test_every_other_method_is_405_and_the_connection_lives_on(browser: Browser, path: str) -> None:
    for method in ("PUT", "DELETE", "PROPFIND", "POST", "PATCH", "OPTIONS", "REPORT", "MKCALENDAR"):
        answer = browser.ask(method, path, b"x" * 300_000, If_Match="nothing")
        assert answer.status == 405, method
        assert answer.headers["Allow"] == "GET, HEAD"
        assert browser.ask("GET", path).status == 200
    assert browser.connections == 1


def test_an_unknown_secret_and_an_unknown_name_are_404(browser: Browser, path: str) -> None:
    secret = path.split("/")[2]
    for wrong in (
        "/f/",
        "/f//callplan.ics",
        "/f/unknown/callplan.ics",
        f"/f/{secret[:-1]}/callplan.ics",
        f"/f/{secret}x/callplan.ics",
        f"/f/{secret}",
        f"/f/{secret}/",
        f"/f/{secret}/other.ics",
        f"/f/{secret}/callplan.ics/",
        f"/f/{secret}/../../etc/passwd",
        f"/f/{secret.swapcase()}/callplan.ics",
        "/f/%ff%fe/callplan.ics",
        "/f/%00/callplan.ics",
    ):
        answer = browser.ask("GET", wrong)
        assert answer.status == 404, wrong
        assert answer.body == b"Not found.\n"
        assert browser.ask("PUT", wrong, b"x").status == 404


def test_a_revoked_secret_is_410_and_the_new_one_works_at_once(
    browser: Browser, path: str, tmp_path: Path, scene: Scene
) -> None:
    new = feed_secret(places_in(tmp_path)).rotate().current
    assert browser.ask("GET", path).status == 410
    assert browser.ask("PUT", path, b"x").status == 410
    assert browser.ask("GET", f"/f/{new}/callplan.ics").body == scene.feed


def test_the_feed_answers_as_long_as_it_ever_worked(browser: Browser, path: str, scene: Scene) -> None:
    good = browser.ask("GET", path).body
    scene.fails, scene.sign = True, 1
    assert browser.ask("GET", path).body == good


def test_the_address_is_announced_and_hard_to_guess(served: Addresses) -> None:
    assert served.feed.startswith(f"http://127.0.0.1:{served.port}/f/")
    assert len(urlsplit(served.feed).path.split("/")[2]) >= 22


FEED = Feed(b"x", '"abc"', datetime(2026, 11, 21, 9, 0, tzinfo=UTC))


@given(st.text())
def test_no_header_makes_the_validators_fail(text: str) -> None:
    assert is_unchanged(FEED, text, None) in {True, False}
    assert is_unchanged(FEED, None, text) in {True, False}


@pytest.mark.parametrize(
    ("date", "unchanged"),
    [
        ("Sat, 21 Nov 2026 09:00:00 GMT", True),
        ("Sat, 21 Nov 2026 08:59:59 GMT", False),
        ("Sat, 21 Nov 2026 10:00:00 +0100", True),
        ("Sat Nov 21 09:00:00 2026", True),
        ("Saturday, 21-Nov-26 09:00:00 GMT", True),
        ("yesterday", False),
        ("Mon, 01 Jan 0001 00:00:00 +2359", False),
        ("", False),
    ],
)
def test_every_form_of_date_that_clients_send_is_understood(date: str, unchanged: bool) -> None:
    assert is_unchanged(FEED, None, date) is unchanged

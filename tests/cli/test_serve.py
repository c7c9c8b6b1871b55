"""What `callplan serve` says of its addresses: which calendar it is, and who can reach it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from callplan.web import serve
from callplan.web.serve import Addresses, Options

from tests.cli.conftest import CONFIG, Desk

ELSEWHERE = '\n[calendar]\nurl = "https://cal.dahl.example/dav/anna/follow-up/"\nusername = "anna"\n'


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that announces what it would serve, and ends."""

    def briefly(_places: Any, _clock: Any, options: Options, announce: Callable[[Addresses], None], _: Any) -> None:
        base = options.public_url or "http://127.0.0.1:5233"
        caldav = f"{base}/dav/callplan/follow-up/"
        here = Path("calendar-password")
        announce(Addresses(5233, f"{base}/s/x/", f"{base}/f/x/c.ics", caldav, "me", here, options.public_url is None))

    monkeypatch.setattr(serve, "serve", briefly)


def _said(desk: Desk, *more: str) -> str:
    return " ".join(desk.run("serve", *more).stdout.split())


@pytest.mark.usefixtures("announced")
def test_it_says_that_a_phone_cannot_reach_this_computer_and_what_works(desk: Desk) -> None:
    said = _said(desk)
    assert "a phone cannot reach them" in said
    assert "callplan publish" in said
    assert "TLS" in said


@pytest.mark.usefixtures("announced")
def test_an_address_that_a_phone_can_reach_needs_no_such_word(desk: Desk) -> None:
    said = _said(desk, "--behind-proxy", "--public-url", "https://cal.example")
    assert "https://cal.example/dav/" in said
    assert "cannot reach" not in said


@pytest.mark.usefixtures("announced")
def test_a_calendar_elsewhere_is_named_and_the_empty_one_is_not_offered(desk: Desk) -> None:
    desk.config.write_text(CONFIG + ELSEWHERE, encoding="utf-8")
    said = _said(desk)
    assert "https://cal.dahl.example/dav/anna/follow-up/" in said
    assert "/dav/callplan/" not in said
    assert "calendar-password" not in said


def test_sync_does_not_promise_the_phone_what_serve_alone_cannot_do(desk: Desk) -> None:
    said = " ".join(desk.run("sync").stdout.split())
    assert "serve shows it to the programs of this computer" in said
    assert "For a phone: callplan publish" in said

"""The whole server: who may reach it, what it announces, how it ends."""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
import subprocess
import sys
import textwrap
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from caldav.davclient import DAVClient
from callplan.errors import UsageError
from callplan.web.builtin import running
from callplan.web.serve import Options, serving

from tests.web.browser import Browser, basic, event
from tests.web.scene import Scene, places_in


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "cal.example"])
def test_no_network_is_served_without_tls_or_a_proxy(host: str) -> None:
    with pytest.raises(UsageError, match="--behind-proxy"):
        Options(host=host).check()
    Options(host=host, behind_proxy=True).check()


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (Options(certificate=Path("a.pem")), "both --certificate and --key"),
        (Options(certificate=Path("/nowhere/a.pem"), key=Path("/nowhere/b.pem")), "is no file"),
        (Options(public_url="cal.example"), "--public-url"),
        (Options(public_url="https://cal.example/x?y"), "--public-url"),
        (Options(public_url="javascript:alert(1)"), "--public-url"),
    ],
)
def test_faulty_options_are_sentences(options: Options, fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        options.check()


def test_port_zero_takes_a_free_port_and_says_which(tmp_path: Path) -> None:
    with serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=0)) as addresses:
        assert addresses.port > 0
        for address in (addresses.home, addresses.feed, addresses.caldav):
            assert urlsplit(address).port == addresses.port


def test_a_public_url_is_announced_instead_of_the_bound_address(tmp_path: Path) -> None:
    options = Options(port=0, behind_proxy=True, public_url="https://cal.example/")
    with serving(places_in(tmp_path), Scene().kept(tmp_path), options) as addresses:
        assert addresses.feed.startswith("https://cal.example/f/")
        browser = Browser(f"http://127.0.0.1:{addresses.port}/")
        answer = browser.ask("GET", urlsplit(addresses.home).path, Host="cal.example", X_Forwarded_Proto="https")
        assert "Secure" in answer.headers["Set-Cookie"]
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        assert addresses.feed in browser.ask("GET", "/", Host="cal.example", Cookie=cookie).body.decode()


def test_with_a_certificate_everything_is_encrypted(tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    options = Options(host="localhost", port=0, certificate=certificate, key=key)
    with serving(places_in(tmp_path), Scene().kept(tmp_path), options) as addresses:
        assert addresses.home.startswith("https://")
        connection = http.client.HTTPSConnection("localhost", addresses.port, timeout=20, context=trusting)
        connection.request("GET", urlsplit(addresses.home).path)
        answer = connection.getresponse()
        assert "Secure" in (answer.headers["Set-Cookie"] or "")
        connection.close()


def test_a_client_cannot_pretend_to_be_behind_a_proxy(tmp_path: Path) -> None:
    with serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=0)) as addresses:
        answer = Browser(addresses.home).ask("GET", urlsplit(addresses.home).path, X_Forwarded_Proto="https")
        assert "Secure" not in answer.headers["Set-Cookie"]


def test_a_caldav_client_uses_the_built_in_server(tmp_path: Path) -> None:
    with serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=0)) as addresses:
        password = addresses.password_file.read_text(encoding="utf-8").strip()
        client = DAVClient(addresses.caldav, username=addresses.username, password=password, auth_type="basic")
        [calendar] = client.get_calendars()
        assert str(calendar.url) == addresses.caldav


def test_a_client_that_knows_only_the_host_is_shown_the_way(tmp_path: Path) -> None:
    with serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=0)) as addresses:
        answer = Browser(addresses.home).ask("PROPFIND", "/.well-known/caldav", b"<x/>")
        assert (answer.status, answer.headers["Location"]) == (301, "/dav/")


def test_a_sync_of_its_own_meets_the_server_in_the_same_calendar(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with serving(places, Scene().kept(tmp_path), Options(port=0)) as addresses:
        program = textwrap.dedent(
            """
            import sys
            from pathlib import Path
            from urllib.parse import urlsplit
            from callplan.web.builtin import running
            from tests.web.browser import Browser, basic, event
            from tests.web.scene import places_in

            with running(places_in(Path(sys.argv[1]))) as (url, username, password):
                path = urlsplit(url).path
                for number in range(10):
                    assert Browser(url, basic(username, password)).ask(
                        "PUT", f"{path}sync{number}.ics", event(f"sync{number}")
                    ).status == 201
            """
        )
        sync = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)])
        browser = Browser(addresses.caldav, basic(addresses.username, addresses.password_file.read_text().strip()))
        path = urlsplit(addresses.caldav).path
        for number in range(10):
            assert browser.ask("PUT", f"{path}serve{number}.ics", event(f"serve{number}")).status == 201
        assert sync.wait(timeout=60) == 0
        listing = browser.ask("PROPFIND", path, Depth="1").body.decode()
        assert listing.count(".ics</href>") == 20


def test_serving_and_syncing_agree_on_the_path(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with serving(places, Scene().kept(tmp_path), Options(port=0)) as addresses, running(places) as (url, _, password):
        assert urlsplit(addresses.caldav).path == urlsplit(url).path
        assert addresses.password_file.read_text(encoding="utf-8").strip() == password


def test_no_secret_enters_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=0)) as addresses,
    ):
        password = addresses.password_file.read_text(encoding="utf-8").strip()
        browser = Browser(addresses.home, basic("callplan", password))
        for path in (
            urlsplit(addresses.home).path,
            urlsplit(addresses.feed).path,
            "/x" + urlsplit(addresses.feed).path,
            urlsplit(addresses.feed).path.upper(),
            "/dav" + urlsplit(addresses.feed).path,
            f"/dav/{password}",
            "/",
        ):
            for method in ("GET", "PUT", "PROPFIND"):
                browser.ask(method, path, b"x", Referer=addresses.home)
        Browser(addresses.caldav, basic("callplan", password + "x")).ask("PROPFIND", "/dav/")
    assert "/f/…" in caplog.text
    for address in (addresses.home, addresses.feed):
        assert urlsplit(address).path.split("/")[2] not in caplog.text
    assert password not in caplog.text
    assert "Wrong name or password" in caplog.text


def test_an_end_leaves_the_port_free(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for _ in range(2):
        with serving(places_in(tmp_path), Scene().kept(tmp_path), Options(port=port)) as addresses:
            browser = Browser(addresses.feed)
            assert browser.ask("GET", urlsplit(addresses.feed).path).status == 200  # and stays connected, idle

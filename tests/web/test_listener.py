"""The HTTP server: limits, chunked bodies, and a log without secrets."""

from __future__ import annotations

import http.client
import logging
import socket
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from callplan.errors import UsageError
from callplan.web.listener import Listener, is_loopback, listening, logged_path

Environ = dict[str, Any]


def echo(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def deaf(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", "0")])
    return []


def say(server: Listener, words: bytes) -> bytes:
    """Send these very bytes; all that comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(words)
        raw.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: raw.recv(65536), b""))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "/"),
        ("/f/topsecret/callplan.ics", "/f/…"),
        ("/s/topsecret/", "/s/…"),
        ("/s/topsecret", "/s/…"),
        ("/dav/callplan/callplan/1.ics", "/dav/…"),
        ("/style.css", "/style.css"),
        ("/F/topsecret/callplan.ics", "/…"),
        ("//f/topsecret/callplan.ics", "/…"),
        ("/topsecret", "/…"),
        ("", "/…"),
    ],
)
def test_the_log_shows_the_first_segment_at_most(path: str, shown: str) -> None:
    assert logged_path(path) == shown


def test_the_log_holds_neither_path_nor_query_nor_referer(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "callplan.web"), listening(Listener("127.0.0.1", 0, echo)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/f/topsecret/callplan.ics?key=topsecret", headers={"Referer": "http://x/topsecret"})
        assert connection.getresponse().read() == b""
        connection.close()
    assert "GET /f/… 200" in caplog.text
    assert "topsecret" not in caplog.text


def test_a_chunked_body_reaches_the_application_whole() -> None:
    with listening(Listener("127.0.0.1", 0, echo)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("PUT", "/dav/x", body=iter([b"one ", b"two"]), encode_chunked=True)
        assert connection.getresponse().read() == b"one two"
        connection.close()


def test_an_unread_chunked_body_is_not_taken_for_the_next_request(caplog: pytest.LogCaptureFixture) -> None:
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"PUT /dav/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with caplog.at_level(logging.INFO, "callplan.web"), listening(Listener("127.0.0.1", 0, deaf)) as server:
        answer = say(server, head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(smuggled), smuggled))
    assert answer.count(b"HTTP/1.1 200") == 1
    assert caplog.text.count("GET") == 0


@pytest.mark.parametrize("chunks", [b"zz\r\nabc\r\n0\r\n\r\n", b"ffffffff\r\nabc", b"3\r\nabcdef\r\n0\r\n\r\n"])
def test_broken_chunks_end_the_connection(chunks: bytes) -> None:
    head = b"PUT /dav/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with listening(Listener("127.0.0.1", 0, echo)) as server:
        answer = say(server, head + chunks)
    assert answer.startswith(b"HTTP/1.1 413")
    assert answer.count(b"HTTP/1.1") == 1


def test_an_oversized_body_is_refused_unread() -> None:
    with listening(Listener("127.0.0.1", 0, echo)) as server:
        answer = say(server, b"PUT /dav/x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_taken_port_is_a_sentence() -> None:
    with (
        listening(Listener("127.0.0.1", 0, echo)) as server,
        pytest.raises(UsageError, match=f"port {server.port}.*in use.*--port 0"),
        listening(Listener("127.0.0.1", server.port, echo)),
    ):
        pass


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("192.0.2.1", False), ("cal.example", False), ("localhost.example", False)],
)  # fmt: skip
def test_what_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected

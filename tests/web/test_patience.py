"""Slow clients: they get their answer, and never at the price of the others'."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import trustme
from callplan.web import patience
from callplan.web.listener import Listener, listening

from tests.web.browser import Browser

BODY = b"x" * 3_000_000


@pytest.fixture(autouse=True)
def short_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let less be slow, so that the tests are quick."""
    monkeypatch.setattr(patience, "_MOMENT_SECONDS", 0.05)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = BODY if environ["PATH_INFO"] == "/large" else environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def connect(server: Listener) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def test_a_hundred_clients_that_never_finish_their_request_keep_nobody_waiting() -> None:
    with listening(Listener("127.0.0.1", 0, application)) as server, contextlib.ExitStack() as stack:
        for number in range(100):
            slow = stack.enter_context(connect(server))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " if number % 2 else b"")
        began = time.monotonic()
        for _ in range(20):
            assert Browser(f"http://127.0.0.1:{server.port}/").ask("GET", "/").status == 200
        assert time.monotonic() - began < 8


def test_clients_that_never_take_their_answer_keep_nobody_waiting() -> None:
    with listening(Listener("127.0.0.1", 0, application)) as server, contextlib.ExitStack() as stack:
        for _ in range(60):
            greedy = socket.socket()
            greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            greedy.connect(("127.0.0.1", server.port))
            stack.enter_context(greedy).sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        began = time.monotonic()
        for _ in range(10):
            assert Browser(f"http://127.0.0.1:{server.port}/").ask("GET", "/").status == 200
        assert time.monotonic() - began < 8


def test_a_slow_client_alone_is_waited_for() -> None:
    with listening(Listener("127.0.0.1", 0, application)) as server, connect(server) as slow:
        for piece in (
            b"PUT / HTTP/1.1\r\nHost: x\r\n",
            b"Content-Length: 4\r\n",
            b"Connection: close\r\n\r\nab",
            b"cd",
        ):
            slow.sendall(piece)
            time.sleep(0.1)
        assert b"".join(iter(lambda: slow.recv(65536), b"")).endswith(b"\r\n\r\nabcd")


def test_a_request_that_drips_in_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_REQUEST_SECONDS", 0.4)
    with listening(Listener("127.0.0.1", 0, application)) as server, connect(server) as slow:
        began = time.monotonic()
        slow.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        slow.settimeout(0.1)
        answer = b""
        while time.monotonic() - began < 10:
            try:
                slow.sendall(b"a")
                answer = slow.recv(100)
                break
            except TimeoutError:
                continue
            except OSError:
                break
        assert time.monotonic() - began < 5
        assert answer == b"" or answer.startswith(b"HTTP/1.1 408")


def test_a_silent_client_does_not_hold_up_tls(tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    issued.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    issued.private_key_pem.write_to_path(tmp_path / "key.pem")
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    tls = (str(tmp_path / "cert.pem"), str(tmp_path / "key.pem"))
    with listening(Listener("127.0.0.1", 0, application, tls=tls)) as server, contextlib.ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(connect(server))
        stack.enter_context(connect(server)).sendall(b"GET / HTTP/1.1\r\n\r\n")  # speaks no TLS
        began = time.monotonic()
        for _ in range(5):
            with trusting.wrap_socket(connect(server), server_hostname="localhost") as quick:
                quick.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                assert len(b"".join(iter(lambda: quick.recv(65536), b""))) > len(BODY)
        assert time.monotonic() - began < 8

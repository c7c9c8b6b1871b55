"""The HTTP server under all of callplan's web: cheroot with limits, a log that holds no secret, and a clean end."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from time import perf_counter
from typing import Any

from cheroot import wsgi

from callplan.errors import UsageError
from callplan.message import message
from callplan.web.patience import PatientConnection, PatientTls, Places

log = logging.getLogger("callplan.web")
access = logging.getLogger("callplan.web.access")

#: A WSGI application, loosely: flask, radicale and our own each type it their own way.
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

#: First path segments that are no secret; of every other address the log shows nothing.
_SEGMENTS = frozenset(
    {"f", "s", "dav", "call", "log", "after", "undo", "sync", ".well-known", "style.css", "call.js", "icon.svg"}
)


def logged_path(path: str) -> str:
    """The address as the log may show it: the first segment, and only when it is one of ours."""
    first = path.removeprefix("/").split("/", 1)[0]
    if path == "/":
        return path
    if first not in _SEGMENTS:
        return "/…"
    return f"/{first}" if path == f"/{first}" else f"/{first}/…"


class _Door(wsgi.Gateway_10):
    """One request: chunked bodies made plain (Radicale asks for a length), and the line in the log."""

    def respond(self) -> None:
        began = perf_counter()
        if self.req.chunked_read and not self._take_chunks():
            return
        super().respond()
        method = self.env["REQUEST_METHOD"]
        access.info(
            "%s %s %s %s %.0f ms",
            self.env["REMOTE_ADDR"],
            method if re.fullmatch(r"[A-Z-]{1,20}", method) else "?",
            logged_path(self.env["PATH_INFO"]),
            self.req.status[:3].decode("ascii", "replace"),
            (perf_counter() - began) * 1000,
        )

    def _take_chunks(self) -> bool:
        """Read a chunked body whole. What nobody reads would be taken for the next request on the connection."""
        try:
            body = self.req.rfile.read()
        except Exception:  # cheroot: MaxSizeExceeded, OSError or ValueError, by the kind of fault
            self.req.close_connection = True
            self.req.simple_response("413 Request Entity Too Large")
            self.req.sent_headers = True
            return False
        self.env["wsgi.input"] = BytesIO(body)
        self.env["CONTENT_LENGTH"] = str(len(body))
        self.env.pop("HTTP_TRANSFER_ENCODING", None)
        return True


class Listener(wsgi.Server):
    """cheroot with limits, quiet errors, and TLS when a certificate is given."""

    max_request_header_size = 16 * 1024
    max_request_body_size = 10 * 1024 * 1024
    keep_alive_conn_limit = 64
    expiration_interval = 0.1  # also how long a stop may take
    ConnectionClass = PatientConnection

    def __init__(
        self,
        host: str,
        port: int,
        application: Application,
        *,
        threads: int = 24,
        tls: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(
            (host, port), application, numthreads=threads, server_name="callplan", timeout=20, shutdown_timeout=3,
            request_queue_size=64,
        )  # fmt: skip
        self.gateway = _Door
        self.slow_places = Places(max(1, threads * 2 // 3))
        if tls:
            self.ssl_adapter = PatientTls(*tls)

    @property
    def port(self) -> int:
        """The port really bound, once the server is listening."""
        return int(self.bind_addr[1])

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """What cheroot would print on stderr."""
        log.log(level if traceback else logging.DEBUG, "%s", msg, exc_info=traceback)


@contextlib.contextmanager
def listening(server: Listener) -> Iterator[Listener]:
    """Bind at once, serve in a thread, stop at the end. Raises `UsageError` when the address cannot be had."""
    host, port = server.bind_addr
    try:
        server.prepare()
    except OSError as error:
        reason = re.search(r"\[Errno -?\d+\] ([^)]+)", str(error))  # cheroot quotes what it met in a text of its own
        raise UsageError(
            message(
                "Cannot listen on {host} port {port}: {reason}. Another callplan may be running there; --port 0 "
                "takes a free port.",
                host=host,
                port=port,
                reason=message(reason[1] if reason else str(error)),
            )
        ) from None
    thread = threading.Thread(target=server.serve, name="callplan-web", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=5)


def is_loopback(host: str) -> bool:
    """Whether nothing but this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""HTTP as sync needs it: kept connections, one a thread, no redirects, no surprises. From the standard library.

The CalDAV library's own stack takes 250 ms to import and several milliseconds a request, which a sync with nothing to
do and one with a thousand writes both feel. Where it knows more (a proxy, a store of trusted certificates of its own),
it is left the word: `Unfit`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit

from callplan.sync.failures import Failure, Trouble


class Unfit(Exception):  # noqa: N818 - it is no error: another way has to be taken
    """This address is not for plain connections."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class PlainHttp:
    """Connections to one server. Safe to use from several threads: each has its own."""

    def __init__(self, timeout: float) -> None:
        """`timeout` in seconds, for the connection and for each piece of an answer."""
        self._timeout = timeout
        self._own = threading.local()
        self._open: list[http.client.HTTPConnection] = []
        self._context: ssl.SSLContext | None = None

    def close(self) -> None:
        """Let go of every connection."""
        for connection in self._open:
            connection.close()

    def ask(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """One request. Raises `Unfit` (nothing was sent) and `Trouble`."""
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
        while True:
            connection, fresh = self._connection(parts.scheme, parts.hostname or "", parts.port)
            try:
                connection.request(method, path, body, {"Accept-Encoding": "identity", **headers})
                answer = connection.getresponse()
                return Response(
                    answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
                )
            except TimeoutError:
                self._drop(connection)
                raise Trouble(Failure.TIMEOUT) from None
            except (http.client.HTTPException, OSError):
                self._drop(connection)
                if fresh:
                    raise Trouble(Failure.CUT_OFF) from None
                # The server had closed a kept connection. Asking again is safe: each write names the version it is for.

    def _connection(self, scheme: str, host: str, port: int | None) -> tuple[http.client.HTTPConnection, bool]:
        """This thread's connection to a server, and whether it is a new one."""
        kept: dict[tuple[str, str, int | None], http.client.HTTPConnection] = self._own.__dict__.setdefault("kept", {})
        connection = kept.get((scheme, host, port))
        if connection is not None and connection.sock is not None:
            return connection, False
        if connection is None:
            if scheme == "https":
                self._context = self._context or ssl.create_default_context()
                connection = http.client.HTTPSConnection(host, port, timeout=self._timeout, context=self._context)
            else:
                connection = http.client.HTTPConnection(host, port, timeout=self._timeout)
            kept[scheme, host, port] = connection
            self._open.append(connection)
        try:
            connection.connect()
        except ssl.SSLCertVerificationError:
            raise Unfit from None
        except ssl.SSLError:
            raise Trouble(Failure.TLS) from None
        except socket.gaierror:
            raise Trouble(Failure.UNREACHABLE, "no server of that name") from None
        except TimeoutError:
            raise Trouble(Failure.UNREACHABLE, "no connection in time") from None
        except OSError:
            raise Trouble(Failure.UNREACHABLE, "nobody answers there") from None
        return connection, True

    @staticmethod
    def _drop(connection: http.client.HTTPConnection) -> None:
        connection.close()


def goes_through_a_proxy(scheme: str, host: str) -> bool:
    """Whether the environment names a proxy for this host."""
    return scheme in urllib.request.getproxies_environment() and not urllib.request.proxy_bypass(host)


def seconds_until(retry_after: str | None) -> float | None:
    """Retry-After in seconds from now: it is a number or a date (RFC 9110 section 10.2.3). None for neither."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

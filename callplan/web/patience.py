"""Connections that cannot be held open by slow clients: each request has an end, and only so many may be slow at once.

cheroot gives a thread to each request and waits as long as another octet comes in time; a few dozen clients that send
one now and then would take all threads for ever. Here whoever lets a thread wait for more than a moment needs one of a
few places; those who are quick never need one, so they are always served.
"""

from __future__ import annotations

import select
import socket
import ssl
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

from cheroot.makefile import StreamReader, StreamWriter
from cheroot.server import HTTPConnection
from cheroot.ssl.builtin import BuiltinSSLAdapter

#: Waits shorter than this are nothing out of the ordinary.
_MOMENT_SECONDS = 0.25

#: For the whole of a request, and for the whole of an answer (a megabyte over a poor line).
_REQUEST_SECONDS, _ANSWER_SECONDS = 30.0, 120.0

_WRITTEN_AT_ONCE = 256 * 1024


class Places:
    """The places for those who are slow."""

    def __init__(self, count: int) -> None:
        self._free = BoundedSemaphore(count)

    def take(self) -> bool:
        """A place, if there is one."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        """The place is free again."""
        self._free.release()


class Patience:
    """How long one connection may still be waited for."""

    def __init__(self, sock: Any, places: Places) -> None:
        self._sock, self._places = sock, places
        self._has_place = False
        self._until: dict[str, float] = {}

    def begin(self) -> None:
        """A request begins."""
        self._until = {"read": monotonic() + _REQUEST_SECONDS}

    def end(self) -> None:
        """It has been answered."""
        if self._has_place:
            self._places.give_back()
            self._has_place = False

    def await_octets(self) -> None:
        """Wait until something can be read. Raises `TimeoutError`."""
        if getattr(self._sock, "pending", int)():  # TLS has read it already
            return
        self._await("read", select.POLLIN)

    def await_room(self) -> None:
        """Wait until something can be written. Raises `TimeoutError`."""
        self._until.setdefault("write", monotonic() + _ANSWER_SECONDS)
        self._await("write", select.POLLOUT)

    def _await(self, way: str, event: int) -> None:
        poll = select.poll()
        poll.register(self._sock, event)
        if poll.poll(_MOMENT_SECONDS * 1000):
            return
        if not self._has_place:
            self._has_place = self._places.take()
        left = self._until.get(way, 0.0) - monotonic()
        if not self._has_place or left <= 0 or not poll.poll(left * 1000):
            raise TimeoutError("timed out")  # the words by which cheroot knows it
        # The next wait may find the time used up although octets keep dripping in.
        self._sock.settimeout(max(left, 0.1))


class _Channel(socket.SocketIO):
    """The socket, read and written with patience."""

    def __init__(self, sock: Any, mode: Any, patience: Patience) -> None:
        super().__init__(sock, mode)
        self._patience = patience

    def readinto(self, b: Any) -> int | None:
        self._patience.await_octets()
        return super().readinto(b)

    def write(self, b: Any) -> int | None:
        self._patience.await_room()
        return super().write(memoryview(b)[:_WRITTEN_AT_ONCE])


class _Writer(StreamWriter):
    """What answers are written to: without cheroot's buffer, which copies all of what is left for each piece."""

    def write(self, b: Any) -> int:
        channel: Any = self.raw
        left = memoryview(b)
        while left:
            left = left[channel.write(left) or 0 :]
        self.bytes_written += len(b)
        return len(b)


class PatientConnection(HTTPConnection):
    """A connection of cheroot's over such a channel."""

    def __init__(self, server: Any, sock: Any, makefile: Any = None) -> None:
        self._patience = Patience(sock, server.slow_places)
        super().__init__(server, sock, self._file)

    def _file(self, sock: Any, mode: str, size: int) -> Any:
        file: Any = (StreamReader if "r" in mode else _Writer)(sock, mode, size)
        file._raw = _Channel(sock, mode, self._patience)
        return file

    def communicate(self) -> bool:
        """Take one request and answer it; whether the connection stays."""
        self._patience.begin()
        try:
            if isinstance(self.socket, ssl.SSLSocket) and self.socket.version() is None:
                self._shake_hands(self.socket)
            return bool(super().communicate())  # type: ignore[no-untyped-call]
        except (TimeoutError, OSError):  # while shaking hands; TLS faults are OSErrors too
            return False
        finally:
            self._patience.end()

    def _shake_hands(self, sock: ssl.SSLSocket) -> None:
        waited = sock.gettimeout()
        while True:
            sock.settimeout(0)
            try:
                sock.do_handshake()
            except ssl.SSLWantReadError:
                self._patience.await_octets()
            except ssl.SSLWantWriteError:
                self._patience.await_room()
            else:
                sock.settimeout(waited)
                return


class PatientTls(BuiltinSSLAdapter):
    """TLS whose handshake is done in the connection's own thread: cheroot does it where it takes connections."""

    def wrap(self, sock: Any) -> tuple[Any, dict[str, str]]:
        """The socket inside TLS, and what the application is told of it."""
        inside = self.context.wrap_socket(sock, do_handshake_on_connect=False, server_side=True)
        return inside, {"wsgi.url_scheme": "https", "HTTPS": "on"}

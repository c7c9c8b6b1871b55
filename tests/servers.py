"""Real CalDAV servers on free loopback ports, and a proxy that counts requests and can misbehave."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

_ALL = (
    b'<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/></prop>'
    b'<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>'
    b"</C:calendar-query>"
)

USERNAME = "anna"
PASSWORD = "blåbær:og fløde"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: `home` is the URL under which calendars are made."""

    name: str
    home: str
    username: str | None = None
    password: str | None = None

    def request(
        self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        """A bare request, as a second client would send it: status, body, headers (names in lower case)."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        sent = dict(headers or {})
        if self.username is not None:
            secret = b64encode(f"{self.username}:{self.password}".encode()).decode()
            sent["Authorization"] = f"Basic {secret}"
        with contextlib.closing(connection):
            connection.request(method, parts.path, body, sent)
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def make_calendar(self, name: str) -> str:
        """A new, empty calendar; its URL."""
        url = f"{self.home}{name}/"
        status, body, _ = self.request("MKCALENDAR", url)
        assert status == 201, body
        return url

    def read_all(self, calendar: str) -> dict[str, str]:
        """The text of every event in a calendar, by its name there, unfolded and with LF."""
        status, body, _ = self.request("REPORT", calendar, _ALL, {"Depth": "1", "Content-Type": "application/xml"})
        assert status == 207, body
        items = {}
        for response in ElementTree.fromstring(body).iter("{DAV:}response"):
            name = unquote(response.findtext("{DAV:}href", "")).rpartition("/")[2]
            data = next(response.iter("{urn:ietf:params:xml:ns:caldav}calendar-data")).text or ""
            items[name] = data.replace("\r\n", "\n").replace("\n ", "")
        return items

    def edit(self, calendar: str, name: str, change: Callable[[str], str]) -> None:
        """Change an item as a phone would: read it, write it back whole."""
        status, data, headers = self.request("GET", calendar + name)
        assert status == 200
        text = change(data.decode().replace("\r\n", "\n").replace("\n ", ""))
        status, body, _ = self.request(
            "PUT",
            calendar + name,
            text.replace("\n", "\r\n").encode(),
            {"Content-Type": "text/calendar; charset=utf-8", "If-Match": headers["etag"]},
        )
        assert status in (200, 201, 204), body


def others() -> dict[str, Server]:
    """Servers that are running already, by ``other-NAME``: lines of ``NAME=URL,USER,PASSWORD`` in OTHER_SERVERS.

    URL is the folder in which calendars can be made. `scripts/other-servers` sets it.
    """
    found = {}
    for one in os.environ.get("OTHER_SERVERS", "").splitlines():
        name, _, rest = one.partition("=")
        home, username, password = rest.split(",", 2)
        found[f"other-{name}"] = Server(name, home, username, password)
    return found


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended at once"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        threading.Event().wait(0.02)
    raise AssertionError("the server did not start")


@contextlib.contextmanager
def _process(command: list[str], port: int, log: Path, **more: str) -> Iterator[None]:
    """`more` is added to the environment."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ | more)
        try:
            _wait_for(port, process)
            yield
        finally:
            process.kill()  # asked kindly, Radicale waits for connections that nobody will close
            process.wait()


@contextlib.contextmanager
def radicale(folder: Path, *, password: bool = True, read_only: bool = False) -> Iterator[Server]:
    """Radicale as a process of its own, its data in `folder`. `read_only` grants reading only."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--storage-filesystem-folder", str(folder / "collections"), "--server-hosts", f"127.0.0.1:{port}"]
    if password:
        users = folder / "users"
        users.write_text(f"{USERNAME}:{PASSWORD}\n", encoding="utf-8")
        options += ["--auth-type", "htpasswd", "--auth-htpasswd-filename", str(users)]
        options += ["--auth-htpasswd-encryption", "plain", "--auth-delay", "0"]
    else:
        options += ["--auth-type", "none"]
    if read_only:
        rights = folder / "rights"
        rights.write_text("[all]\nuser: .*\ncollection: .*\npermissions: Rr\n")
        options += ["--rights-type", "from_file", "--rights-file", str(rights)]
    command = [sys.executable, "-m", "radicale", "--config", "", *options]
    with _process(command, port, folder / "log"):
        home = f"http://127.0.0.1:{port}/{USERNAME}/"
        yield Server("radicale", home, *((USERNAME, PASSWORD) if password else ()))


@contextlib.contextmanager
def xandikos(folder: Path) -> Iterator[Server]:
    """Xandikos as a process of its own. It takes no password over plain HTTP."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "xandikos", "serve", "-d", str(folder / "data"), "-l", "127.0.0.1"]
    command += ["-p", str(port), "--current-user-principal", f"/{USERNAME}/", "--defaults", "--no-detect-systemd"]
    command += ["--state-dir", str(folder / "state")]
    with _process(command, port, folder / "log"):
        yield Server("xandikos", f"http://127.0.0.1:{port}/{USERNAME}/calendars/")


@contextlib.contextmanager
def builtin(folder: Path) -> Iterator[Server]:
    """callplan's own, as `callplan serve` runs it, in a process of its own and with the others' password."""
    port = free_port()
    (folder / "state").mkdir(parents=True)
    (folder / "state" / "calendar-password").write_text(PASSWORD, encoding="utf-8")
    places = {f"CALLPLAN_{name.upper()}": str(folder / name) for name in ("config", "book", "state", "data")}
    with _process([sys.executable, "-m", "callplan", "serve", "--port", str(port)], port, folder / "log", **places):
        yield Server("builtin", f"http://127.0.0.1:{port}/dav/callplan/", "callplan", PASSWORD)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came through the proxy, and the status it was answered with (0: the connection was cut)."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the proxy's own. `cut`: close the connection instead. `forward`: first let the server act."""

    status: int = 500
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    forward: bool = False


#: Called with the request's number (from 1), method and path; None lets it through.
Mischief = Callable[[int, str, str], Reply | None]


@dataclass
class Proxy:
    """What went through, in the order of the answers, and what to do to it."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)  # in the order of the requests
    mischief: Mischief | None = None
    at_once: int = 0  # most requests that were under way at one moment
    _count: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, method: str | None = None) -> int:
        """How many requests came, of one method or of all."""
        return sum(method in (None, one.method) for one in self.seen)

    def clear(self) -> None:
        """Forget what was seen."""
        self.seen.clear()
        self.bodies.clear()
        self._count = self.at_once = 0


@contextlib.contextmanager
def proxy(target: str, tls: ssl.SSLContext | None = None, within: Server | None = None) -> Iterator[Proxy]:
    """A proxy before the server of `target`; `Proxy.url` is `target` seen through it.

    With `tls`, it speaks https. `within` is a server in this process, which is asked directly.
    """
    parts = urlsplit(target)
    state = Proxy()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with state._lock:
                state._count += 1
                number = state._count
                state.bodies.append(body)
                state._under_way += 1
                state.at_once = max(state.at_once, state._under_way)
            reply = state.mischief(number, self.command, self.path) if state.mischief else None
            status, answer = 0, b""
            headers: dict[str, str] = {}
            if reply is None or reply.forward:
                status, answer, headers = self.forward(body)
            if reply is not None:
                status, answer, headers = reply.status, reply.body, dict(reply.headers)
            cut = reply is not None and reply.cut
            with state._lock:
                state._under_way -= 1
                sent = {name.lower(): value for name, value in self.headers.items()}
                state.seen.append(Seen(self.command, self.path, sent, body, 0 if cut else status))
            if cut:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def forward(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
            if within is not None:
                with state._lock:
                    return within.request(self.command, self.path, body, dict(self.headers.items()))
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
            with contextlib.closing(connection):
                headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.read(), dict(answer.getheaders())

        do_GET = do_PUT = do_DELETE = do_REPORT = do_PROPFIND = do_MKCALENDAR = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    scheme = "https" if tls else "http"
    state.url = parts._replace(scheme=scheme, netloc=f"127.0.0.1:{server.server_port}").geturl()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""`sync` beside vdirsyncer: the same events and server, directly and through a proxy that adds 50 ms a round trip.

Both push n events into an empty calendar, look when nothing has changed, and push ten changes; then bare PUTs, eight at
a time, show what the server alone takes. Seconds are those of whole processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

from callplan.ics.event import Alarm, Event, Revision
from callplan.ics.render import caldav_object
from tests.servers import Proxy, Server, proxy, radicale, xandikos
from tests.sync.conftest import pretend_desk
from tests.sync.pretend import FLAVOURS

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ONE_WAY = 0.025

_CHILD = """
import json, resource, sys, time
began = time.perf_counter()
from pathlib import Path
from callplan.sync.push import push
from callplan.sync.server import Calendar
from callplan.sync.state import State
from callplan.sync.wish import Wish
from callplan.where import Places
sys.path.insert(0, sys.argv[6])
from bench_sync import NOW, event
url, username, password, folder, count = sys.argv[1:6]
changed = int(sys.argv[7])
here = Path(folder)
wanted = [event(number, f"Call again {number}" if number < changed else None) for number in range(int(count))]
loaded = time.perf_counter()
with State.open(Places(here / "c", here / "b", here / "s", here / "d")) as state, state.locked():
    with Calendar(url, username or None, password or None, identity="bench") as calendar:
        report = push(calendar, Wish(wanted), state, NOW)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"changes": report.changes, "memory": memory, "sync": time.perf_counter() - loaded}))
"""


def event(number: int, summary: str | None = None) -> Event:
    """A call as callplan plans it, with a script of the usual length."""
    start = NOW + timedelta(minutes=15 * number)
    return Event(
        uid=f"bench-{number:05}",
        summary=summary or f"Call Mette Holm: Nordlys Energi {number}",
        start=start,
        end=start + timedelta(minutes=15),
        timezone="Europe/Copenhagen",
        description="+45 32 12 34 56\n" + "Ask when they decide, who decides, and how you will hear.\n" * 8,
        tentative=False,
        opaque=True,
        alarms=(Alarm(15, "Call soon"), Alarm(0, "Call now")),
    )


def rendered(number: int, summary: str | None = None) -> bytes:
    """The event as an object."""
    return caldav_object(Revision(event(number, summary), 1, NOW))


@contextlib.contextmanager
def far_away(url: str) -> Iterator[str]:
    """The server behind 50 ms: a connection costs a round trip, and so does a request. Bytes pass untouched."""
    parts = urlsplit(url)
    loop = asyncio.new_event_loop()
    ports: list[int] = []
    ready = threading.Event()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Each piece arrives ONE_WAY after it was sent; pieces overlap on the way."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not data:
                    writer.close()
                    return
                writer.write(data)
                await writer.drain()

        task = asyncio.ensure_future(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                queue.put_nowait((loop.time() + ONE_WAY, data))
        queue.put_nowait((loop.time() + ONE_WAY, b""))
        with contextlib.suppress(OSError):
            await task

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * ONE_WAY)  # the handshake
        with contextlib.suppress(OSError, asyncio.CancelledError):
            there, back = await asyncio.open_connection(parts.hostname, parts.port)
            await asyncio.gather(pump(reader, back), pump(there, writer))

    async def main() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await server.serve_forever()

    def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(main())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield parts._replace(netloc=f"127.0.0.1:{ports[0]}").geturl()
    finally:
        loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        thread.join(5)


class Ours:
    """callplan's sync, a process a run."""

    name = "callplan"

    def __init__(self, server: Server, url: str, folder: Path) -> None:
        self.command = [sys.executable, "-c", _CHILD, url, server.username or "", server.password or "", str(folder)]
        self.memory = 0.0

    def run(self, count: int, changed: int = 0) -> float:
        """Seconds of one run with `count` events, `changed` of them with another title."""
        began = time.perf_counter()
        said = subprocess.run(
            [*self.command, str(count), str(Path(__file__).parent), str(changed)],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        self.memory = max(self.memory, json.loads(said)["memory"])
        return time.perf_counter() - began


class Theirs:
    """vdirsyncer over a folder with the same events."""

    name = "vdirsyncer"

    def __init__(self, server: Server, url: str, folder: Path) -> None:
        home, _, name = url.rstrip("/").rpartition("/")
        self.vdir = folder / "vdir" / name
        self.vdir.mkdir(parents=True)
        login = f'username = "{server.username}"\npassword = "{server.password}"\n' if server.username else ""
        (folder / "conf").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n[pair p]\na = "here"\nb = "there"\ncollections = ["{name}"]\n'
            f'conflict_resolution = "a wins"\n[storage here]\ntype = "filesystem"\npath = "{folder}/vdir"\n'
            f'fileext = ".ics"\n[storage there]\ntype = "caldav"\nurl = "{home}/"\n{login}',
            encoding="utf-8",
        )
        self.command = [str(Path(sys.executable).parent / "vdirsyncer"), "-c", str(folder / "conf")]
        self._call("discover")

    def _call(self, verb: str) -> None:
        done = subprocess.run([*self.command, verb], input="y\n" * 9, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)

    def run(self, count: int, changed: int = 0) -> float:
        """Seconds of one `vdirsyncer sync`."""
        for number in range(count):
            summary = f"Call again {number}" if number < changed else None
            path = self.vdir / f"bench-{number:05}.ics"
            data = rendered(number, summary)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        began = time.perf_counter()
        self._call("sync")
        return time.perf_counter() - began


def bare(server: Server, url: str, count: int) -> float:
    """Seconds for the same PUTs with nothing around them: eight connections, kept where the server keeps them."""
    bodies = [rendered(number) for number in range(count)]
    own = threading.local()
    parts = urlsplit(url)
    headers = {"Content-Type": "text/calendar; charset=utf-8", "If-None-Match": "*"}
    if server.username:
        secret = b64encode(f"{server.username}:{server.password}".encode()).decode()
        headers["Authorization"] = f"Basic {secret}"

    def put(number: int) -> None:
        if not hasattr(own, "connection"):
            own.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        own.connection.request(
            "PUT", f"{parts.path}bare-{number}.ics", bodies[number].replace(b"bench-", b"bare-"), headers
        )
        answer = own.connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise RuntimeError(answer.status)

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(count)))
    return time.perf_counter() - began


def counted(tool: type[Ours] | type[Theirs], server: Server, count: int, folder: Path) -> list[int]:
    """The requests of the three rows, through a counting proxy."""
    url = server.make_calendar(f"count-{tool.name}-{count}-{time.monotonic_ns()}")
    with proxy(url) as between:
        return _requests(tool(server, between.url, folder), between, count)


def _requests(tool: Ours | Theirs, between: Proxy, count: int) -> list[int]:
    found = []
    for changed in (0, 0, 10):
        between.clear()
        tool.run(count, changed)
        found.append(between.count())
    return found


def compare(start: Callable[[Path], contextlib.AbstractContextManager[Server]], counts: tuple[int, ...]) -> None:
    """All rows against one server."""
    scratch = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        with start(scratch / "server") as server:
            for count in counts:
                _compare(server, count, scratch)
    finally:
        shutil.rmtree(scratch)


def _compare(server: Server, count: int, scratch: Path) -> None:
    rows = ("first push", "nothing changed", "ten changes")
    fresh = iter(range(100))
    requests = {
        one: counted(one, server, count, scratch / f"n{next(fresh)}-{one.name}-{count}") for one in (Ours, Theirs)
    }
    for distance in ("direct", "50 ms"):
        seconds: dict[str, list[float]] = {}
        baseline = 0.0
        for one in (Ours, Theirs, None):
            url = server.make_calendar(f"{distance.replace(' ', '')}-{one.name if one else 'bare'}-{count}")
            with contextlib.nullcontext(url) if distance == "direct" else far_away(url) as address:
                if one is None:
                    baseline = bare(server, address, count)
                else:
                    tool = one(server, address, scratch / f"{distance.replace(' ', '')}-{one.name}-{count}")
                    seconds[one.name] = [tool.run(count, changed) for changed in (0, 0, 10)]
        for number, row in enumerate(rows):
            ours, theirs = seconds["callplan"][number], seconds["vdirsyncer"][number]
            ratio = f"   x {ours / baseline:.2f} of bare PUTs ({baseline:.2f} s)" if number == 0 else ""
            print(
                f"{server.name:9} {distance:7} {count:5} {row:16} callplan {ours:6.2f} s {requests[Ours][number]:5} req"
                f"   vdirsyncer {theirs:6.2f} s {requests[Theirs][number]:5} req   {theirs / ours:5.1f} times{ratio}",
                flush=True,
            )


def memory() -> None:
    """The most memory of a first push of 5,000 events and of a look at them."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as scratch:
        desk = pretend_desk(FLAVOURS["cyrus"], Path(scratch))
        with proxy(desk.url, within=desk.server) as between:
            tool = Ours(desk.server, between.url, Path(scratch))
            first = tool.run(5000)
            print(f"5,000 events: first push {first:.1f} s, most memory {tool.memory:.0f} MB", flush=True)
            print(f"              nothing changed {tool.run(5000):.2f} s, most memory {tool.memory:.0f} MB", flush=True)


def main() -> None:
    """Sync against vdirsyncer on Radicale and Xandikos, near and far; memory with 5,000 events."""
    counts = tuple(int(one) for one in os.environ.get("BENCH_COUNTS", "100,1000").split(","))
    compare(radicale, counts)
    compare(xandikos, counts[:1])
    if not os.environ.get("BENCH_NO_MEMORY"):
        memory()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    main()

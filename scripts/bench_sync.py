"""`sync` beside vdirsyncer: the same events and server, directly and through a proxy that adds 50 ms a round trip.

Both push n events into an empty calendar, look when nothing has changed, and push ten changes, in turn; then bare PUTs,
eight at a time, show what the server alone takes. Seconds are those of whole processes, medians where there are
several; "in sync" leaves out the start of Python and the import of libraries, which bare PUTs do not have either.

The stock Radicale reads a whole collection for each PUT, so at 1,000 events it is the limit for everybody (44 s of
bare PUTs): there the row is measured on callplan's own server, which does not. `scripts/other-servers --bench` measures
on the servers that it starts. BENCH_SYNC names what is measured: radicale, xandikos, built-in, memory (these by
default), others.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench_distance import far_away
from bench_events import renamed, rendered
from tests.servers import Proxy, Server, others, proxy, radicale, xandikos
from tests.sync.desk import pretend_desk
from tests.sync.pretend import FLAVOURS

_SCRIPTS = str(Path(__file__).parent)
ROWS = ("first push", "nothing changed", "ten changes")

#: callplan's sync as a process of its own: url, username, password, folder, count, changed.
_CHILD = f"""
import gc, json, resource, sys, time
sys.path.insert(0, {_SCRIPTS!r})
from pathlib import Path
from bench_events import NOW, event, renamed
from callplan.sync.push import push
from callplan.sync.server import Calendar
from callplan.sync.state import State
from callplan.sync.wish import Wish
from callplan.where import Places
import caldav.davclient
url, username, password, folder, count, changed = sys.argv[1:]
here, name = Path(folder), url.rstrip("/").rpartition("/")[2]
wanted = [event(number, renamed(number, changed), name) for number in range(int(count))]
loaded = time.perf_counter()
with State.open(Places(here / "c", here / "b", here / "s", here / "d")) as state, state.locked():
    with Calendar(url, username or None, password or None, identity="bench") as calendar:
        report = push(calendar, Wish(wanted), state, NOW)
taken = time.perf_counter() - loaded
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"changes": report.changes, "memory": memory, "in sync": taken}}))
gc.freeze()  # as the command line ends
"""

#: callplan's own server as a process of its own; it ends with its standard input.
_BUILT_IN = """
import json, sys
from pathlib import Path
from callplan.web.builtin import running
from callplan.where import Places
here = Path(sys.argv[1])
with running(Places(here / "c", here / "b", here / "s", here / "d")) as login:
    print(json.dumps(login), flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Login:
    """An empty calendar and who may write to it."""

    url: str
    username: str | None
    password: str | None


#: Makes an empty calendar, for as long as the context lasts.
Calendars = Callable[[], contextlib.AbstractContextManager[Login]]


class Ours:
    """callplan's sync, a process a run."""

    def __init__(self, login: Login, url: str, folder: Path) -> None:
        self._command = [sys.executable, "-c", _CHILD, url, login.username or "", login.password or "", str(folder)]
        self.memory = self.in_sync = 0.0

    def run(self, count: int, changed: str = "") -> float:
        """Seconds of one run with `count` events, ten of them with another title when `changed` names it."""
        began = time.perf_counter()
        done = subprocess.run([*self._command, str(count), changed], check=True, capture_output=True, text=True)
        taken = time.perf_counter() - began
        said = json.loads(done.stdout)
        self.memory, self.in_sync = max(self.memory, said["memory"]), said["in sync"]
        return taken


class Theirs:
    """vdirsyncer over a folder with the same events."""

    def __init__(self, login: Login, url: str, folder: Path) -> None:
        home, _, name = url.rstrip("/").rpartition("/")
        self._vdir = folder / "vdir" / name
        self._vdir.mkdir(parents=True)
        who = f'username = "{login.username}"\npassword = "{login.password}"\n' if login.username else ""
        (folder / "conf").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n[pair p]\na = "here"\nb = "there"\ncollections = ["{name}"]\n'
            f'conflict_resolution = "a wins"\n[storage here]\ntype = "filesystem"\npath = "{folder}/vdir"\n'
            f'fileext = ".ics"\n[storage there]\ntype = "caldav"\nurl = "{home}/"\n{who}',
            encoding="utf-8",
        )
        self._command = [str(Path(sys.executable).parent / "vdirsyncer"), "-c", str(folder / "conf")]
        self._call("discover")

    def _call(self, verb: str) -> None:
        done = subprocess.run([*self._command, verb], input="y\n" * 9, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)

    def run(self, count: int, changed: str = "") -> float:
        """Seconds of one `vdirsyncer sync`; writing the files is not counted."""
        for number in range(count):
            path = self._vdir / f"{self._vdir.name}-{number:05}.ics"
            title = renamed(number, changed)
            if title or not path.exists():
                path.write_bytes(rendered(number, title, self._vdir.name))
        began = time.perf_counter()
        self._call("sync")
        return time.perf_counter() - began


def bare(login: Login, url: str, count: int) -> float:
    """Seconds for the same PUTs with nothing around them: eight connections, kept where the server keeps them."""
    parts = urlsplit(url)
    name = parts.path.rstrip("/").rpartition("/")[2]
    bodies = [rendered(number, calendar=name) for number in range(count)]
    own = threading.local()
    headers = {"Content-Type": "text/calendar; charset=utf-8", "If-None-Match": "*"}
    if login.username:
        headers["Authorization"] = f"Basic {b64encode(f'{login.username}:{login.password}'.encode()).decode()}"

    def put(number: int) -> None:
        if not hasattr(own, "connection"):
            own.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        own.connection.request("PUT", f"{parts.path}{name}-{number:05}.ics", bodies[number], headers)
        answer = own.connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise RuntimeError(answer.status)

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(count)))
    return time.perf_counter() - began


@contextlib.contextmanager
def built_in(scratch: Path) -> Iterator[Login]:
    """callplan's own server with its one calendar, anew each time."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    command = [sys.executable, "-c", _BUILT_IN, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Login(*json.loads(process.stdout.readline()))


@contextlib.contextmanager
def calendar_on(server: Server) -> Iterator[Login]:
    """One more calendar on a server that runs."""
    yield Login(server.make_calendar(f"bench-{time.monotonic_ns()}"), server.username, server.password)


def requests(calendars: Calendars, count: int, scratch: Path) -> dict[type, list[int]]:
    """The requests of each row, through a counting proxy. All bytecode is there afterwards."""
    found: dict[type, list[int]] = {}
    for kind in (Ours, Theirs):
        with calendars() as login, proxy(login.url) as between:
            tool = kind(login, between.url, Path(tempfile.mkdtemp(dir=scratch)))
            found[kind] = [_counted(tool, between, count, changed) for changed in ("", "", "once")]
    return found


def _counted(tool: Ours | Theirs, between: Proxy, count: int, changed: str) -> int:
    between.clear()
    tool.run(count, changed)
    return between.count()


def compare(name: str, calendars: Calendars, count: int, turns: tuple[int, int], scratch: Path) -> None:
    """All rows against one server; `turns`: how often the first push is measured directly, and far away."""
    counted = requests(calendars, count, scratch)
    for distance, repeated in zip(("direct", "50 ms"), turns, strict=True):
        pairs: dict[str, list[tuple[float, float]]] = {row: [] for row in ROWS}
        beside: list[tuple[float, float, float]] = []
        for _ in range(repeated):
            _turn(calendars, count, distance == "direct", scratch, pairs, beside)
        for number, row in enumerate(ROWS):
            ours, theirs = (statistics.median(pair[side] for pair in pairs[row]) for side in (0, 1))
            ratio = statistics.median(pair[1] / pair[0] for pair in pairs[row])
            print(
                f"{name:9} {distance:6} {count:5} {row:15}  callplan {ours:6.2f} s {counted[Ours][number]:5} requests"
                f"   vdirsyncer {theirs:6.2f} s {counted[Theirs][number]:5} requests   {ratio:5.2f} times as fast",
                flush=True,
            )
        took, whole, inside = (statistics.median(one[side] for one in beside) for side in (0, 1, 2))
        print(
            f"{'':23} bare PUTs {took:.2f} s: callplan takes {inside:.2f} of it in sync, {whole:.2f} in all", flush=True
        )


def _turn(
    calendars: Calendars,
    count: int,
    direct: bool,
    scratch: Path,
    pairs: dict[str, list[tuple[float, float]]],
    beside: list[tuple[float, float, float]],
) -> None:
    """Each once with a calendar of its own, then several times what is short. Adds to `pairs` and `beside`."""
    with contextlib.ExitStack() as stack:
        logins = [stack.enter_context(calendars()) for _ in range(3)]
        urls = [one.url if direct else stack.enter_context(far_away(one.url)) for one in logins]
        ours = Ours(logins[0], urls[0], Path(tempfile.mkdtemp(dir=scratch)))
        theirs = Theirs(logins[1], urls[1], Path(tempfile.mkdtemp(dir=scratch)))
        pushed = ours.run(count)
        alone = bare(logins[2], urls[2], count)
        beside.append((alone, pushed / alone, ours.in_sync / alone))
        pairs[ROWS[0]].append((pushed, theirs.run(count)))
        for _ in range(4):
            pairs[ROWS[1]].append((ours.run(count), theirs.run(count)))
        for changed in ("once", "twice", "thrice"):
            pairs[ROWS[2]].append((ours.run(count, changed), theirs.run(count, changed)))


def memory(scratch: Path) -> None:
    """The most memory of a first push of 5,000 events, and of a look: with ETags, and where all is read again."""
    for flavour in ("cyrus", "icloud"):
        desk = pretend_desk(FLAVOURS[flavour], scratch / flavour)
        with proxy(desk.url, within=desk.server) as between:
            tool = Ours(Login(desk.url, None, None), between.url, scratch / flavour)
            first = tool.run(5000)
            print(
                f"5,000 events ({desk.server.name}): first push {first:.1f} s, {between.count()} requests, "
                f"most memory {tool.memory:.0f} MB; then nothing changed {tool.run(5000):.2f} s, {tool.memory:.0f} MB",
                flush=True,
            )


def main() -> None:
    """Sync against vdirsyncer on three servers, near and far; memory with 5,000 events."""
    scratch = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    wanted = os.environ.get("BENCH_SYNC", "radicale xandikos built-in memory").split()
    try:
        for name, start in (("radicale", radicale), ("xandikos", xandikos)):
            if name in wanted:
                with start(scratch / name) as server:
                    compare(name, partial(calendar_on, server), 100, (3, 2), scratch)
        for server in others().values() if "others" in wanted else ():
            for count in (100, 1000):
                compare(server.name, partial(calendar_on, server), count, (1, 1), scratch)
        if "built-in" in wanted:
            compare("built-in", lambda: built_in(scratch), 1000, (1, 1), scratch)
        if "memory" in wanted:
            memory(scratch)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    main()

"""The built-in calendar server beside the stock Radicale: the first push of many events, in pairs, turn by turn."""

from __future__ import annotations

import base64
import contextlib
import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from callplan.ics.event import Alarm, Event, Revision
from callplan.ics.render import caldav_object
from callplan.web.builtin import running
from callplan.where import Places

EVENTS = 1000
PAIRS = 3

#: (URL of the calendar, header of the login)
Calendar = tuple[str, dict[str, str]]


def events(count: int) -> list[tuple[str, bytes]]:
    """Events as callplan writes them: a description, two alarms, a VTIMEZONE."""
    begin = datetime(2026, 11, 23, 8, tzinfo=UTC)
    texts = []
    for number in range(count):
        start = begin + timedelta(minutes=15 * number)
        event = Event(
            uid=f"bench-{number}",
            summary=f"Call Mette Holm: Nordlys Energi {number} (Data Engineer)",
            start=start,
            end=start + timedelta(minutes=15),
            timezone="Europe/Copenhagen",
            description="+45 32 12 34 56\n" + "Ask when they decide, who decides, and how you will hear.\n" * 8,
            tentative=False,
            opaque=True,
            location=None,
            url=None,
            alarms=(Alarm(15, "Call soon"), Alarm(0, "Call now")),
        )
        texts.append((event.uid, caldav_object(Revision(event, 1, begin))))
    return texts


def push(calendar: Calendar, wanted: list[tuple[str, bytes]]) -> float:
    """Wall seconds of one PUT after the other, over one connection where the server keeps it."""
    url, login = calendar
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    began = time.perf_counter()
    for uid, text in wanted:
        headers = {**login, "If-None-Match": "*", "Content-Type": "text/calendar; charset=utf-8"}
        connection.request("PUT", f"{parts.path}{uid}.ics", text, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"{url}: PUT answered {answer.status}")
    taken = time.perf_counter() - began
    connection.close()
    return taken


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[Calendar]:
    """callplan's built-in server, as `sync` starts it."""
    places = Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")
    with running(places) as (url, username, password):
        yield url, {"Authorization": "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()}


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[Calendar]:
    """Radicale as it comes, without a password check, which would only slow it down."""
    port = free_port()
    options = ["--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none", "--logging-level", "critical"]
    command = [sys.executable, "-m", "radicale", "--config", "", *options, "--storage-filesystem-folder", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        made = patiently(lambda: ask(port, "MKCALENDAR", "/bench/calendar/"))
        if made != 201:
            raise SystemExit(f"Radicale: MKCALENDAR answered {made}")
        yield f"http://127.0.0.1:{port}/bench/calendar/", {"Authorization": "Basic YmVuY2g6"}
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(port: int, method: str, path: str) -> int:
    """The status of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={"Authorization": "Basic YmVuY2g6"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def patiently(question: Callable[[], int]) -> int:
    """The answer, once there is one."""
    for _ in range(200):
        with contextlib.suppress(OSError):
            return question()
        time.sleep(0.05)
    raise SystemExit("The server does not start.")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def web() -> None:
    """The first push of 1,000 events: the built-in server beside the stock Radicale, in memory and on disk."""
    wanted = events(EVENTS)
    print(f"{EVENTS} events of {len(wanted[0][1])} bytes, one PUT after the other; {PAIRS} pairs, turn by turn")
    print(f"{'':10} {'built-in':>10} {'stock':>10}   ratio of each pair")
    for name, where in (("memory", "/dev/shm"), ("disk", "/var/tmp")):
        rows = []
        for _ in range(PAIRS):
            row = []
            for server in (ours, stock):
                with tempfile.TemporaryDirectory(dir=where) as scratch, server(Path(scratch)) as calendar:
                    row.append(push(calendar, wanted))
            rows.append(row)
        ratios = sorted(theirs / mine for mine, theirs in rows)
        mine, theirs = (statistics.median(row[side] for row in rows) for side in (0, 1))
        print(f"{name:10} {mine:8.1f} s {theirs:8.1f} s   {', '.join(f'{ratio:.1f}' for ratio in ratios)}")


if __name__ == "__main__":
    web()

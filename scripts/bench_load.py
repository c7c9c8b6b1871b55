"""The feed under load: `callplan serve` beside nginx with the same file, and Radicale with the same events."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bench_web import Calendar, ask, free_port, patiently, stock
from callplan.book.types import Decision, Person, Round
from callplan.book.write import create_application
from callplan.ics.lint import faults
from callplan.web.serve import Options, serving
from callplan.web.sources import last_look
from callplan.where import Places

APPLICATIONS = 1000
SECONDS = 5
TURNS = 3
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def book(folder: Path) -> Places:
    """A book of many applications, interviewed in the last four weeks."""
    places = Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")
    for number in range(APPLICATIONS):
        start = NOW - timedelta(days=number % 28 + 1, hours=number % 8)
        person = Person(f"Person {number}", phone=f"+45 32 12 {number // 100:02d} {number % 100:02d}")
        create_application(
            places.book, company=f"Firm {number}", position="Data Engineer", timezone="Europe/Copenhagen", country="DK",
            people=[person],
            rounds=[Round(start, start + timedelta(hours=1), decision=Decision(contact=person.name))],
        )  # fmt: skip
    return places


def wrk(url: str, header: str | None = None) -> tuple[float, str]:
    """Requests a second over 8 connections, and the slowest hundredth."""
    command = ["wrk", "-t2", "-c8", f"-d{SECONDS}s", "--latency", "--timeout", "60s", url] + (
        ["-H", header] if header else []
    )
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said and header is None:
        raise SystemExit(f"{url}: not every answer was right\n{said}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+(\S+)", said)
    assert rate, said
    return float(rate[1]), slowest[1] if slowest else "?"


@contextlib.contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[str]:
    """nginx with the same file, two workers, no log."""
    port = free_port()
    (folder / "callplan.ics").write_bytes(body)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 2; pid {folder}/pid; error_log /dev/null; events {{}}\n"
        f"http {{ access_log off; sendfile on; types {{ text/calendar ics; }}\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n",
        encoding="utf-8",
    )
    folder.chmod(0o755)
    server = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        patiently(lambda: ask(port, "GET", "/callplan.ics"))
        yield f"http://127.0.0.1:{port}/callplan.ics"
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[str]:
    """`callplan serve` over the book in `folder`, in a process of its own; its feed's address."""
    command = [sys.executable, __file__, str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(timeout=20)


def etag(url: str) -> tuple[str, bytes]:
    """The validator of what is served there, and the thing itself."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    body = answer.read()
    return answer.headers["ETag"], body


def fill(calendar: Calendar, body: bytes) -> None:
    """All events of the feed into Radicale, in one request."""
    url, login = calendar
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
    connection.request("PUT", parts.path, body, {**login, "Content-Type": "text/calendar; charset=utf-8"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 201:
        raise SystemExit(f"{url}: PUT answered {answer.status}")


def load() -> None:
    """The feed of 1,000 applications per second, and its 304s, beside nginx and Radicale (wrk)."""
    for tool in ("wrk", "nginx"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is missing: sudo apt install {tool}")
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        root = Path(scratch)
        root.chmod(0o755)
        print(f"Making a book of {APPLICATIONS} applications …", flush=True)
        book(root / "ours")
        address = stack.enter_context(ours(root / "ours"))
        _, body = etag(address)
        if found := faults(body):
            raise SystemExit(f"The feed is faulty: {found[:2]}")
        (root / "nginx").mkdir()
        beside = stack.enter_context(nginx(root / "nginx", body))
        calendar = stack.enter_context(stock(root / "radicale"))
        count = body.count(b"BEGIN:VEVENT")
        print(f"The feed: {len(body)} bytes, {count} events; {SECONDS} s, 8 connections, {TURNS} turns (median)")
        fill(calendar, body)
        rows: dict[str, list[tuple[float, str]]] = {}
        for _ in range(TURNS):
            for name, url in (("callplan", address), ("nginx", beside)):
                rows.setdefault(f"{name}, whole", []).append(wrk(url))
                rows.setdefault(f"{name}, 304", []).append(wrk(url, f"If-None-Match: {etag(url)[0]}"))
            rows.setdefault("Radicale, whole", []).append(wrk(calendar[0], "Authorization: Basic YmVuY2g6"))
        for name, found_rates in rows.items():
            rate, slowest = sorted(found_rates)[len(found_rates) // 2]
            print(f"{name:18} {rate:10.1f} per s   99 % within {slowest}")


def _serve(folder: Path) -> None:
    """What the process of `ours` runs."""
    import signal  # noqa: PLC0415

    places = Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")
    with serving(places, last_look(places, lambda: NOW), Options(port=0)) as addresses:
        print(addresses.feed, flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    _serve(Path(sys.argv[1])) if len(sys.argv) > 1 else load()

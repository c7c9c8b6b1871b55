"""A fuzzer: requests of every kind at every address, with and without the cookie. Nothing breaks or leaks."""

from __future__ import annotations

import contextlib
import http.client
import random
import socket
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from callplan.web.serve import Addresses, Options, serving
from callplan.web.sources import last_look
from callplan.where import Places

from tests.web.book import EXHAUSTIVE, FEW, NOW, Visitor, sample_places

COUNT = 1500 if EXHAUSTIVE else 600
RAW = 300 if EXHAUSTIVE else 100

HOSTILE = (
    "", "'", '"', "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "%00", "\x00", "../../../../etc/passwd",
    "..%2f..%2f", "\r\nSet-Cookie: a=b",
    "\u202e\u200b", "𝕳𝖊", "Ω≈ç√", "-1", "99999999999999999999", "1e9", "NaN", "null", "[]",
    "{}",
    "🏳️‍🌈", "\ud7ff", "A" * 3000, "' OR 1=1 --", "; ls", "`id`", "$(id)", "\x1b[31m", "/", "//", ".", "..", "\\", "~",
    "2026-02-30", "2026-11-24T09:15", "0001-01-01", "9999-12-31T23:59", "2026-11-24T09:15+99:99",
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "REPORT",
           "TRACE", "X" * 30, "get")  # fmt: skip


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return sample_places(tmp_path, FEW)


@pytest.fixture
def served(places: Places) -> Iterator[Addresses]:
    with serving(places, last_look(places, lambda: NOW), Options(port=0), lambda: (0, "")) as addresses:
        yield addresses


def hostile(dice: random.Random) -> str:
    if dice.random() < 0.3:
        return "".join(chr(dice.choice((dice.randrange(32, 127), dice.randrange(0x20, 0xD000)))) for _ in range(8))
    return dice.choice(HOSTILE)


def book(places: Places) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in places.book.iterdir()}


def test_no_request_breaks_the_server_or_changes_the_book_without_its_token(
    served: Addresses, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(20261123)
    visitor = Visitor(served)
    call = visitor.call()
    uid = call.rsplit("/", 1)[1]
    secret = urlsplit(served.home).path.split("/")[2]
    before = book(places)
    answers: dict[int, int] = {}
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    for _ in range(COUNT):
        word = quote(hostile(dice), safe=dice.choice(("", "/", "/%")))
        path = dice.choice(
            ("/", "/sync", call, f"{call}/notes", f"/log/{uid}", "/after/brightwater", "/undo/brightwater", "/call/",
             "/s/", "/f/", "/dav/", "/after/", "/log/", "/style.css", "/.well-known/caldav", f"/call/{uid}/")
        ) + (word if dice.random() < 0.5 else "") + (f"?{word}={word}" if dice.random() < 0.3 else "")  # fmt: skip
        fields = [
            (
                dice.choice(("outcome", "notes", "tick", "seen", "count", "promised", "again", "token", word[:20])),
                hostile(dice),
            )
            for _ in range(dice.randrange(6))
        ]
        inside = dice.random() < 0.7
        headers = {"Content-Type": dice.choice(("application/x-www-form-urlencoded", "multipart/form-data", "text/x"))}
        if inside:
            headers["Cookie"] = visitor.cookie
        if dice.random() < 0.2:
            headers[dice.choice(("Host", "Accept", "If-None-Match", "Range", "Depth", "X-Forwarded-For"))] = quote(
                hostile(dice)
            )
        body = urlencode(fields, errors="surrogatepass").encode()
        with contextlib.suppress(http.client.HTTPException, ConnectionError):
            connection.request(dice.choice(METHODS), path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            answers[answer.status] = answers.get(answer.status, 0) + 1
            assert answer.status < 500, (path, headers, body, text)
            assert b"Traceback" not in text
            if not inside:
                assert b"Brightwater" not in text
                assert secret.encode() not in text
            continue
        connection.close()
    with capsys.disabled():
        print(f"\n{COUNT} requests: {', '.join(f'{count} x {status}' for status, count in sorted(answers.items()))}")  # noqa: T201
    assert book(places) == before
    assert visitor.call() == call


def test_hostile_words_in_every_field_are_logged_as_text_or_refused(served: Addresses, places: Places) -> None:
    visitor = Visitor(served)
    path = visitor.call()
    for word, field in zip(HOSTILE, cycle(("notes", "promised", "notes", "again", "notes", "outcome", "seen"))):
        form = visitor.form(visitor.get(path)) | {"outcome": "busy", field: word}
        answer = visitor.post(path.replace("/call/", "/log/"), form)
        assert answer.status in {303, 400, 409}, (field, word)
        assert b"<script>alert" not in answer.body
        after = str(answer.headers["Location"]) if answer.status == 303 else ""
        if "logged=" in after:
            visitor.post("/undo/brightwater", visitor.form(visitor.get(after)))
    assert last_look(places, lambda: NOW).look().faults == ()


def test_words_that_are_no_http_end_the_connection_and_nothing_else(served: Addresses) -> None:
    dice = random.Random(7)
    for _ in range(RAW):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as raw, contextlib.suppress(OSError):
            line = bytes(dice.randrange(256) for _ in range(dice.randrange(60)))
            head = dice.choice(
                (b"", b"GET / HTTP/1.1\r\n", b"POST /log/x HTTP/1.1\r\nContent-Length: -5\r\n", b"GET /\r\n")
            )
            raw.sendall(head + line + b"\r\n\r\n")
            raw.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda raw=raw: raw.recv(65536), b""))  # type: ignore[misc]
            assert b" 500 " not in answer[:20]
    assert Visitor(served).get("/")

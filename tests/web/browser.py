"""A client that follows nothing, keeps nothing and hides nothing, for asking servers."""

from __future__ import annotations

import base64
import http.client
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer."""

    status: int
    headers: Message
    body: bytes


class Browser:
    """Asks the server at `url`, over one connection as long as the server keeps it open."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        self._headers = headers or {}
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        self.connections = 0

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request; a header's underscores become hyphens."""
        if self._connection.sock is None:
            self.connections += 1
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body, self._headers | named)
        response = self._connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def basic(username: str, password: str) -> dict[str, str]:
    """The header of HTTP's Basic authentication."""
    return {"Authorization": "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()}


def event(uid: str, summary: str = "Call") -> bytes:
    """A small event."""
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261120T100000Z\r\nDTEND:20261120T101500Z\r\n"
        f"SUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()

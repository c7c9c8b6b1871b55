"""Radicale inside callplan: a CalDAV server as a WSGI application, one user, one password, files on disk.

Only this module and its neighbours `radicale_*` import radicale. The password is checked here, once and in constant
time, before a request reaches Radicale at all: there is no anonymous surface, and no bcrypt to pay on each request.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import logging
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from radicale import config

from callplan.web.guesses import Guesses
from callplan.web.radicale_put import CalendarApplication
from callplan.web.radicale_store import Storage

log = logging.getLogger("callplan.web")

#: The one user of the built-in server, and the name of the calendar that is made for them.
USERNAME = "callplan"
CALENDAR = "callplan"

#: Where the server is mounted: the same for `sync` and `serve`, so that hrefs are the same too.
MOUNT = "/dav"

_MAKE_CALENDAR = b"""<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:I="http://apple.com/ns/ical/">
<set><prop>
<displayname>callplan</displayname>
<C:calendar-description>Interviews, and everything that comes after them</C:calendar-description>
<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
<I:calendar-color>#0f766eff</I:calendar-color>
</prop></set>
</C:mkcalendar>"""


class CalendarServer:
    """The WSGI application. `folder` holds the calendars; `password` is the one user's; `guesses` counts wrong ones."""

    def __init__(self, folder: Path, password: str, guesses: Guesses | None = None) -> None:
        self._guesses = guesses
        logging.getLogger("radicale").setLevel(logging.ERROR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # Radicale's files follow the umask; the folder keeps others out
        configuration = config.load()
        configuration.update(
            {
                # Guessing 138 bits needs no slowing down, nor does a 403 or a full disk.
                "auth": {"type": "remote_user", "delay": 0},
                "server": {"delay_on_error": 0},
                "rights": {"type": "owner_only"},
                "storage": {"type": Storage, "filesystem_folder": str(folder)},
                "web": {"type": "none"},
                "logging": {"level": "error", "mask_passwords": True},
            },
            "callplan",
        )
        self._expected = _digest(f"{USERNAME}:{password}".encode())
        self._radicale = CalendarApplication(configuration)
        self._calendar_folder = folder / "collection-root" / USERNAME / CALENDAR
        self.ensure_calendar()

    def ensure_calendar(self) -> None:
        """Make the calendar unless it is there; another process may do so at the same moment."""
        if self._calendar_folder.is_dir():
            return
        environ = {
            "REQUEST_METHOD": "MKCALENDAR",
            "PATH_INFO": f"/{USERNAME}/{CALENDAR}/",
            "SCRIPT_NAME": MOUNT,
            "SERVER_NAME": "callplan",
            "SERVER_PORT": "0",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": "application/xml",
            "CONTENT_LENGTH": str(len(_MAKE_CALENDAR)),
            "wsgi.input": BytesIO(_MAKE_CALENDAR),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "REMOTE_USER": USERNAME,
        }
        status: list[str] = []
        self._radicale(environ, lambda line, headers: status.append(line))
        if not self._calendar_folder.is_dir():
            raise RuntimeError(f"the built-in server could not make its calendar: {status[0]}")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request below `MOUNT`; 401 unless it carries the password."""
        address = environ["REMOTE_ADDR"]
        if "HTTP_AUTHORIZATION" in environ and self._guesses and not self._guesses.may_guess(address):
            start_response("429 Too Many Requests", [("Retry-After", "5"), ("Content-Length", "0")])
            return []
        if not self._is_owner(environ.get("HTTP_AUTHORIZATION", "")):
            if "HTTP_AUTHORIZATION" in environ:
                if self._guesses:
                    self._guesses.wrong(address)
                log.warning("Wrong name or password for the built-in calendar server from %s", address)
            start_response(
                "401 Unauthorized",
                [
                    ("WWW-Authenticate", 'Basic realm="callplan", charset="UTF-8"'),
                    ("Content-Type", "text/plain; charset=utf-8"),
                    ("Content-Length", "0"),
                ],
            )
            return []
        inner = {
            key: value
            for key, value in environ.items()
            # What only a trusted proxy may say must not come from a client; and nobody needs the password now.
            if not key.startswith(("HTTP_X_SCRIPT", "HTTP_X_REMOTE", "HTTP_X_FORWARDED"))
            and key != "HTTP_AUTHORIZATION"
        }
        inner["REMOTE_USER"] = USERNAME
        inner["SCRIPT_NAME"] = MOUNT
        inner["PATH_INFO"] = environ["PATH_INFO"].removeprefix(MOUNT) or "/"
        return self._radicale(inner, start_response)

    def _is_owner(self, authorization: str) -> bool:
        scheme, _, encoded = authorization.partition(" ")
        try:
            offered = base64.b64decode(encoded.strip(), validate=True) if scheme.lower() == "basic" else b""
        except (binascii.Error, ValueError):
            offered = b""
        return hmac.compare_digest(_digest(offered), self._expected)


def _digest(credentials: bytes) -> bytes:
    """Equal lengths for the comparison."""
    return hashlib.sha256(credentials).digest()

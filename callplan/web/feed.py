"""The feed over HTTP: what Thunderbird, Google, Outlook, ICSx5 and GNOME each need of it.

Every rule here has a client behind it: docs and evidence in the notes on feeds and clients. In short: the address
itself is the secret; HEAD answers as GET; both validators, for some clients know only one; no redirect, no
compression, no negotiation; 405 for the PUT that Thunderbird tries; 404 and 410 kept apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from callplan.web.guesses import Guesses
from callplan.web.secret import SecretFile, Verdict
from callplan.web.snapshot import Feed

#: The last segment of the address: Thunderbird names the calendar after it.
FILE_NAME = "callplan.ics"

_Answer = tuple[str, list[tuple[str, str]], bytes]

_ALWAYS = [
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]


class FeedServer:
    """The WSGI application below ``/f/``: ``/f/<secret>/callplan.ics``."""

    def __init__(self, secret: SecretFile, feed: Callable[[], Feed], guesses: Guesses | None = None) -> None:
        self._secret, self._feed, self._guesses = secret, feed, guesses or Guesses()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        _discard(environ)
        status, headers, body = self._answer(environ)
        start_response(status, [*headers, *_ALWAYS])
        return [body] if body and environ["REQUEST_METHOD"] != "HEAD" else []

    def _answer(self, environ: dict[str, Any]) -> _Answer:
        secret, _, name = environ["PATH_INFO"].removeprefix("/f/").partition("/")
        verdict = self._secret.secret().judge(secret)
        if verdict is Verdict.REVOKED:
            return _plain("410 Gone", "This address has been taken back. Ask its owner for the new one.\n")
        if verdict is Verdict.UNKNOWN:
            # A right address is answered whatever its neighbours do: Google's and Outlook's fetch from shared machines,
            # and a calendar that meets an error there is silently dropped.
            address = environ["REMOTE_ADDR"]
            slow = not self._guesses.may_guess(address)
            self._guesses.wrong(address)
            if slow:
                status, headers, body = _plain("429 Too Many Requests", "Too many wrong addresses.\n")
                return status, [("Retry-After", "60"), *headers], body
        if verdict is Verdict.UNKNOWN or name != FILE_NAME:
            return _plain("404 Not Found", "Not found.\n")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            status, headers, body = _plain("405 Method Not Allowed", "This calendar can only be read.\n")
            return status, [("Allow", "GET, HEAD"), *headers], body
        feed = self._feed()
        validators = [
            ("ETag", feed.etag),
            ("Last-Modified", format_datetime(feed.changed.astimezone(UTC), usegmt=True)),
            ("Cache-Control", "private, no-cache"),  # may be kept, must be asked after
        ]
        if is_unchanged(feed, environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")):
            return "304 Not Modified", validators, b""
        return (
            "200 OK",
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", f'inline; filename="{FILE_NAME}"'),
                ("Content-Length", str(len(feed.body))),
                *validators,
            ],
            feed.body,
        )


def is_unchanged(feed: Feed, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the client has these bytes already (RFC 9110, section 13.2.2: the ETag decides when there is one)."""
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return "*" in tags or feed.etag in tags
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
        return feed.changed <= (since if since.tzinfo else since.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return False  # RFC 9110, section 13.1.3: what is no date counts as absent


def _plain(status: str, text: str) -> _Answer:
    body = text.encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    return status, headers, body


def _discard(environ: dict[str, Any]) -> None:
    """Read what was sent and keep none of it: a client whose body is not taken may never see the answer."""
    body = environ["wsgi.input"]
    if int(environ.get("CONTENT_LENGTH") or 0):
        while body.read(65536):
            pass

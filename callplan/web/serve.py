"""`callplan serve`: the pages, the feed and the built-in calendar server in one process, behind one port."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from callplan.errors import UsageError
from callplan.message import message
from callplan.sync.page_address import remember_pages
from callplan.web.background import BackgroundSync, Run, sync_process
from callplan.web.builtin import calendar_server, password_file
from callplan.web.feed import FILE_NAME, FeedServer
from callplan.web.guesses import Guesses
from callplan.web.jotter import Jotter
from callplan.web.listener import Application, Listener, is_loopback, listening
from callplan.web.pages import Site, pages
from callplan.web.publish import published_url
from callplan.web.radicale_app import CALENDAR, MOUNT, USERNAME
from callplan.web.secret import SecretFile
from callplan.web.snapshot import LastLook
from callplan.web.sources import last_look
from callplan.web.subscribe import Subscriptions
from callplan.where import Places

PORT = 5233

#: What may stand in a Host header that is shown on the page.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Options:
    """Where and how to serve. Port 0 takes a free one.

    `behind_proxy`: a reverse proxy on this machine or network ends TLS and says so in X-Forwarded-Proto.
    `public_url` is the address people use (``https://cal.example``), when it is not the one bound.
    """

    host: str = "127.0.0.1"
    port: int = PORT
    behind_proxy: bool = False
    public_url: str | None = None
    certificate: Path | None = None
    key: Path | None = None

    def check(self) -> None:
        """Raises `UsageError` for what would lay the user's plans open on a network."""
        if bool(self.certificate) != bool(self.key):
            raise UsageError(message("TLS needs both --certificate and --key."))
        for file in (self.certificate, self.key):
            if file and not file.is_file():
                raise UsageError(message("{file} is no file. --certificate and --key are PEM files.", file=str(file)))
        if self.public_url is not None and not re.fullmatch(r"https?://" + _HOST.pattern, self.public_url.rstrip("/")):
            raise UsageError(
                message('"{url}" is no address. Write --public-url like https://cal.example.', url=self.public_url)
            )
        if not (is_loopback(self.host) or self.certificate or self.behind_proxy):
            raise UsageError(
                message(
                    "{host} can be reached from other machines, and without TLS everybody on the way could read "
                    "along. Give --certificate and --key, or --behind-proxy when a proxy in front does TLS.",
                    host=self.host,
                )
            )


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the user is told when the server is up. `home` and `feed` carry secrets: for the user's own eyes.

    `local`: they are good on this machine only.
    """

    port: int
    home: str
    feed: str
    caldav: str
    username: str
    password_file: Path
    local: bool = True


def feed_secret(places: Places) -> SecretFile:
    """The secret in the feed's address."""
    return SecretFile(places.state / "feed-secret.json")


def pages_secret(places: Places) -> SecretFile:
    """The secret in the link to the pages. Another than the feed's: that one is given to Google and Outlook."""
    return SecretFile(places.state / "pages-secret.json")


@contextlib.contextmanager
def serving(
    places: Places, look: LastLook, options: Options = Options(), sync: Run | None = None
) -> Iterator[Addresses]:
    """Serve while the block runs. The plan is worked out before the first request is taken.

    `sync` brings the calendar up to date after a button was pressed (None: `callplan sync`, in a process of its own).

    Raises `UsageError` (address, port), `RecordError` (settings, secrets).
    """
    options.check()
    secret_of_feed, secret_of_pages = feed_secret(places), pages_secret(places)
    place = _Place(options, places, secret_of_feed, secret_of_pages)
    if options.public_url or options.port:  # a port taken at random is another one the next time
        remember_pages(places, place.base(options.port))
    look.feed()
    guesses = Guesses()
    background = BackgroundSync(sync or sync_process(places))
    site = Site(
        last=look,
        secret=secret_of_pages,
        subscriptions=place.subscriptions,
        places=places,
        jotter=Jotter(places.state / "call-notes"),
        background=background,
        guesses=guesses,
    )
    application = _Front(
        FeedServer(secret_of_feed, look.feed, guesses),
        calendar_server(places, guesses),
        pages(site),
        behind_proxy=options.behind_proxy,
    )
    tls = (str(options.certificate), str(options.key)) if options.certificate and options.key else None
    with (
        contextlib.closing(background),
        listening(Listener(options.host, options.port, application, tls=tls)) as server,
    ):
        base = place.base(server.port)
        yield Addresses(
            port=server.port,
            home=f"{base}/s/{secret_of_pages.secret().current or '-'}/",
            feed=f"{base}/f/{secret_of_feed.secret().current or '-'}/{FILE_NAME}",
            caldav=f"{base}{MOUNT}/{USERNAME}/{CALENDAR}/",
            username=USERNAME,
            password_file=password_file(places),
            local=is_loopback(urlsplit(base).hostname or ""),
        )


def serve(
    places: Places,
    clock: Callable[[], datetime],
    options: Options = Options(),
    announce: Callable[[Addresses], None] = lambda _: None,
    replayed: str | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is called once requests are taken. Main thread only.

    `replayed` is the moment that `clock` gives, when it is not the present one (ISO 8601).
    """
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with serving(places, last_look(places, clock), options, sync_process(places, replayed)) as addresses:
            announce(addresses)
            stop.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Place:
    """Where this server is, as seen from outside."""

    def __init__(self, options: Options, places: Places, feed: SecretFile, pages: SecretFile) -> None:
        self._options, self._places, self._feed, self._pages = options, places, feed, pages

    def base(self, port: int) -> str:
        """The address to announce, without a slash at the end."""
        options = self._options
        if options.public_url:
            return options.public_url.rstrip("/")
        host = f"[{options.host}]" if ":" in options.host else options.host
        return f"{'https' if options.certificate else 'http'}://{host}:{port}"

    def subscriptions(self, environ: dict[str, Any]) -> Subscriptions:
        """The addresses for a page: by the name under which it was asked for."""
        host = environ.get("HTTP_HOST", "")
        if self._options.public_url or not _HOST.fullmatch(host):
            base = self.base(int(environ["SERVER_PORT"]))
        else:
            base = f"{environ['wsgi.url_scheme']}://{host}"
        name = base.split("://")[1].rsplit(":", 1)[0].strip("[]")
        return Subscriptions(
            feed=f"{base}/f/{self._feed.secret().current or '-'}/{FILE_NAME}",
            caldav=f"{base}{MOUNT}/{USERNAME}/{CALENDAR}/",
            home=f"{base}/s/{self._pages.secret().current or '-'}/",
            username=USERNAME,
            password_file=str(password_file(self._places)),
            published=published_url(self._places),
            local=is_loopback(name),
        )


class _Front:
    """Which application a request is for."""

    def __init__(self, feed: Application, dav: Application, site: Application, *, behind_proxy: bool) -> None:
        self._feed, self._dav, self._site, self._behind_proxy = feed, dav, site, behind_proxy

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Hand the request on."""
        if self._behind_proxy:
            if environ.get("HTTP_X_FORWARDED_PROTO") == "https":
                environ["wsgi.url_scheme"] = "https"
            # The last one is what the proxy saw; those before it are what the client says.
            if last := environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip():
                environ["REMOTE_ADDR"] = last
        path: str = environ["PATH_INFO"]
        if path.startswith("/f/"):
            return self._feed(environ, start_response)
        if path == MOUNT or path.startswith(MOUNT + "/"):
            return self._dav(environ, start_response)
        if path.rstrip("/") == "/.well-known/caldav":  # RFC 6764: how a client finds it by the host alone
            start_response("301 Moved Permanently", [("Location", f"{MOUNT}/"), ("Content-Length", "0")])
            return []
        return self._site(environ, start_response)

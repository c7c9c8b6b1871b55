"""`callplan serve`: the pages, the feed and the built-in calendar server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.terminal import say, say_prose

if TYPE_CHECKING:
    from callplan.settings import CalendarSettings
    from callplan.web.serve import Addresses

_EXAMPLES = """\
callplan serve
callplan serve --port 8080
callplan serve --host 0.0.0.0 --certificate cert.pem --key key.pem
callplan serve --host 0.0.0.0 --behind-proxy --public-url https://cal.example
callplan serve --new-secret feed
"""

_FILE = click.Path(path_type=Path, dir_okay=False)


@declare("serve", _EXAMPLES)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=5233, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on; 0: a free one."
)
@click.option("--public-url", metavar="URL", help="The address people use, when it is another one.")
@click.option("--behind-proxy", is_flag=True, help="A reverse proxy in front does TLS.")
@click.option("--certificate", type=_FILE, metavar="FILE", help="TLS certificate (PEM).")
@click.option("--key", type=_FILE, metavar="FILE", help="Its private key (PEM).")
@click.option(
    "--new-secret",
    type=click.Choice(("pages", "feed", "password", "all")),
    help="Take back the link, the feed's address or the password, make a new one, and end.",
)
@click.option("--revoke", type=click.Choice(("pages", "feed")), help="Take it back and make no new one, and end.")
@click.pass_obj
def command(
    frame: Frame,
    host: str,
    port: int,
    public_url: str | None,
    behind_proxy: bool,
    certificate: Path | None,
    key: Path | None,
    new_secret: str | None,
    revoke: str | None,
) -> None:
    """Serve the pages, the feed to subscribe to and the built-in CalDAV server, until Ctrl-C.

    By itself it is for this computer only. A phone or another machine is let in only with TLS: with --certificate and
    --key, or with --behind-proxy. Without either, callplan publish puts the calendar where a phone can fetch it. The
    links printed carry a secret: they are yours.
    """
    from callplan import clock
    from callplan.web.serve import Options, serve

    if new_secret or revoke:
        _change_secrets(frame, new_secret, revoke)
        return

    calendar = frame.settings.calendar

    def announce(addresses: Addresses) -> None:
        _announce(addresses, calendar)

    options = Options(host, port, behind_proxy, public_url, certificate, key)
    replayed = frame.now if frame.is_replayed else None
    serve(
        frame.places,
        lambda: replayed or clock.now(None),
        options,
        announce,
        replayed.isoformat() if replayed else None,
    )


def _announce(addresses: Addresses, calendar: CalendarSettings | None) -> None:
    """The addresses. With a calendar elsewhere the built-in one is empty, so that one is named instead."""
    say(told("Your pages:      "), addresses.home)
    say(told("Subscribe to:    "), addresses.feed)
    if calendar is None:
        say(told("CalDAV server:   "), addresses.caldav)
        say(told("    user name:   "), addresses.username)
        say(told("    password in: "), str(addresses.password_file))
    else:
        say(told("Your calendar:   "), calendar.url)
        say_prose(told("It is on a server of its own, as your settings say; callplan sync keeps it up to date."))
    if addresses.local and calendar is None:
        say_prose(
            told(
                "These addresses are good on this computer only; a phone cannot reach them. For a phone there is "
                "callplan publish, to look at; and callplan serve with TLS (--certificate or --behind-proxy, see "
                "--help), with reminders and the page for the call."
            )
        )
    elif addresses.local:
        say_prose(
            told(
                "The pages and the address to subscribe to are good on this computer only; a phone cannot reach them. "
                "Give it your calendar's own account, or serve with TLS (--certificate or --behind-proxy, see --help)."
            )
        )
    say_prose(told("These links are secret: who has them can read your plan. Ctrl-C ends the server."))


def _change_secrets(frame: Frame, renewed: str | None, revoked: str | None) -> None:
    """Take secrets back. A running server notices the link and the feed at once, the password when it starts anew."""
    from callplan.web.builtin import password_file
    from callplan.web.secret import new_password
    from callplan.web.serve import feed_secret, pages_secret

    files = {"pages": pages_secret(frame.places), "feed": feed_secret(frame.places)}
    called = {"pages": told("The link to the pages"), "feed": told("The address of the feed")}
    for name, file in files.items():
        if revoked == name:
            file.revoke()
            say_prose(
                told("{what} is taken back. There is no new one until --new-secret {name}.").format(
                    what=called[name], name=name
                )
            )
        elif renewed in (name, "all"):
            file.rotate()
            say_prose(told("{what} is taken back; callplan serve shows the new one.").format(what=called[name]))
    if renewed in ("password", "all"):
        new_password(password_file(frame.places))
        say_prose(
            told("There is a new password in {file}. Start callplan serve anew to use it.").format(
                file=password_file(frame.places)
            )
        )

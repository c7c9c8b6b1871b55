"""How to get at the calendar from elsewhere: the right button for each program, and a code for the phone's camera.

Which scheme each program wants is told in `docs/publish.md`; in short: Apple and Android's ICSx5 register for webcal,
Google's deep link wants webcal inside, Outlook's wants https.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from urllib.parse import quote

from markupsafe import Markup

from callplan.settings import CalendarSettings


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The addresses. `local`: from this machine only. `published`: the feed's copy on the web, when there is one.

    `caldav` is the calendar that sync writes to. Its password lies in `password_file`; "" when it is one elsewhere.
    """

    feed: str
    caldav: str
    home: str
    username: str
    password_file: str
    local: bool
    published: str | None = None

    def with_calendar(self, calendar: CalendarSettings | None) -> Subscriptions:
        """With the calendar of the settings: the built-in one is empty beside it, and nothing comes home from there."""
        if calendar is None:
            return self
        return replace(self, caldav=calendar.url, username=calendar.username or "", password_file="")

    @property
    def programs(self) -> tuple[Program, ...]:
        """Every program, with what it needs."""
        address = self.published or self.feed
        near = not self.local or self.published is not None
        webcal = "webcal:" + address.split(":", 1)[1]
        inside = quote(webcal, safe="")
        plain = quote(address, safe="")
        outlook = f"/calendar/0/addfromweb?url={plain}&name=callplan"
        return (
            Program("apple", webcal, warn_plain=not self.caldav.startswith("https:")),
            Program(
                "google",
                f"https://calendar.google.com/calendar/u/0/r?cid={inside}" if near else None,
                "https://calendar.google.com/calendar/u/0/r/settings/addbyurl" if near else None,
                unreachable=not near,
            ),
            Program(
                "outlook",
                f"https://outlook.live.com{outlook}" if near else None,
                f"https://outlook.office.com{outlook}" if near else None,
                unreachable=not near,
            ),
            Program("android", webcal if near else None, unreachable=not near),
            Program("thunderbird"),
        )

    @property
    def code(self) -> Markup:
        """The secret link to the pages, for a camera to read, as SVG. The page, not webcal: cameras know https."""
        import segno  # noqa: PLC0415 - 15 ms, for this alone

        text = BytesIO()
        segno.make(self.home, error="m", micro=False).save(
            text, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, svgclass="code", lineclass=None,
            dark="#111", light="#fff",
        )  # fmt: skip
        return Markup(text.getvalue().decode())  # noqa: S704 - made by segno of an address


@dataclass(frozen=True, slots=True)
class Program:
    """A calendar program: `link` behind its button, `other` the second way."""

    name: str
    link: str | None = None
    other: str | None = None
    unreachable: bool = False
    warn_plain: bool = False

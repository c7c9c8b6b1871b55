"""What an invitation is to say, and the frame of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import dedent

ME = ("Alex Winter", "alex.winter@post.example")


@dataclass(frozen=True)
class Expected:
    """What must come out. `asks`: about what; None: no matter."""

    start: str | None = None
    end: str | None = ""
    company: str | None = ""
    position: str | None = ""
    people: tuple[tuple[str, str | None], ...] | None = None
    link: str | None = ""
    place: str | None = ""
    asks: tuple[str, ...] = ()
    error: str | None = None
    rounds: int = 1
    timezone: str | None = ""
    phones: dict[str, str | None] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)


def calendar(event: str, before: str = "", method: str = "METHOD:REQUEST\n") -> bytes:
    """A calendar of one event, CRLF."""
    text = (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{method}{dedent(before)}"
        f"BEGIN:VEVENT\nUID:u-1@x.example\nDTSTAMP:20261201T100000Z\n{dedent(event).strip()}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return text.replace("\n", "\r\n").encode()


ALEX = "ATTENDEE;RSVP=TRUE;CN=Alex Winter:mailto:alex.winter@post.example\n"

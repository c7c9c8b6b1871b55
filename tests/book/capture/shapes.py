"""How the files of the tables are put together, and what is expected of them. All people and firms are invented."""

from __future__ import annotations

import base64
import quopri
from typing import Any

ANNA = ("Anna Dahl", "anna@dahl.example")
ME = (
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Anna Dahl:"
    "mailto:anna@dahl.example"
)
EXCHANGE = "Microsoft Exchange Server 2010"
CENTRAL_EUROPE = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""

#: Name -> the bytes, and what must come out. Keys of the latter:
#: `company`, `position`, `place`: the answer holds one of these, or is None; with `_not` behind it: none of these;
#: `people`: see `who`; `maybe`: names that may come out too; `ask`: what is asked about; `may_ask`: more may be asked;
#: `refused`: words of which one is in the sentence; `never`: in no value.
Table = dict[str, tuple[bytes, dict[str, Any]]]


def who(
    name: str | list[str], email: str | None = None, phone: str | list[str | None] | None = None,
    role: str | None = None, timezone: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Somebody who must come out. Of a list, any is right. `role` "*": no matter."""
    return {"name": name, "email": email, "phone": phone, "role": role, "timezone": timezone}


def folded(text: str, end: str = "\r\n") -> bytes:
    """The lines of a calendar, folded after 74 bytes, never inside a character."""
    lines = []
    for line in text.strip("\n").split("\n"):
        raw, lead = line.encode(), b""
        while len(raw) > 74:
            cut = 74
            while raw[cut] & 0xC0 == 0x80:
                cut -= 1
            lines.append(lead + raw[:cut])
            raw, lead = raw[cut:], b" "
        lines.append(lead + raw)
    return end.encode().join(lines) + end.encode()


def calendar_text(
    *events: str, method: str = "REQUEST", prodid: str = "-//Google Inc//Google Calendar 70.9054//EN", before: str = ""
) -> str:
    """A calendar of these events. `before`: zones and properties of the whole."""
    head = f"BEGIN:VCALENDAR\nPRODID:{prodid}\nVERSION:2.0\n" + (f"METHOD:{method}\n" if method else "")
    parts = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"{head}{before.strip()}\n{parts}END:VCALENDAR\n".replace("\n\n", "\n")


def escaped(text: str) -> str:
    """A text as a value of iCalendar."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def card(body: str, version: str = "3.0") -> str:
    return f"BEGIN:VCARD\nVERSION:{version}\n{body.strip()}\nEND:VCARD\n"


def mail(part: bytes, coding: str = "base64", charset: str = "UTF-8", kind: str = "text/calendar") -> bytes:
    """A mail that has the file as an alternative."""
    body = base64.encodebytes(part) if coding == "base64" else quopri.encodestring(part)
    text = f"""\
From: Mette Holm <mette@nordlys.example>
To: Anna Dahl <anna@dahl.example>
Subject: =?utf-8?B?SW52aXRhdGlvbjogSW50ZXJ2aWV3?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="AA"

--AA
Content-Type: text/html; charset="UTF-8"

<p>Hi</p>
--AA
Content-Type: {kind}; charset="{charset}"; method=REQUEST
Content-Transfer-Encoding: {coding}

{body.decode()}
--AA--
"""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()

"""Whatever the bytes: a sentence or a value, in time.

The counts are printed with ``pytest -s``; CALLPLAN_FUZZ multiplies the examples.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from callplan.book.capture.apart import SECONDS
from callplan.book.capture.card import read_cards
from callplan.book.capture.invitation import read_invitation
from callplan.book.capture.taken import Taken, UnusableError, as_values, from_values
from callplan.book.capture.who import Applicant
from callplan.book.characters import complaint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.capture import system_cards
from tests.book.capture.further_cards import CARDS
from tests.book.capture.further_invitations import INVITATIONS
from tests.book.capture.test_tables import INVITATIONS as TABLES

DATA = Path(__file__).parent / "data"
COUNTS: Counter[str] = Counter()
atexit.register(lambda: sys.stdout.write(f"\nfuzzed: {dict(COUNTS)}\n"))

_EVENTS = [path.read_bytes() for path in sorted((DATA / "invitations").glob("*.ics")) if path.stat().st_size < 10_000]
_EVENTS += [data for data, _ in (*INVITATIONS.values(), *TABLES.values())]
_VCARDS = [path.read_bytes() for path in sorted((DATA / "cards").glob("*.vcf")) if path.stat().st_size < 10_000]
_VCARDS += [data for data, _ in (*CARDS.values(), *system_cards.CARDS.values())]
_SCRAPS = [
    b"\r\n", b"\n ", b":", b";", b'"', b",", b"\\", b"\\n", b"=", b"=\r\n", b"^n", b"^'", b"\x00", b"\xff",
    b"\xe2\x80\xae", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VTIMEZONE\r\n", b"BEGIN:VCARD\r\n",
    b"DTSTART:20270230\r\n", b"TZID=", b"99999999T999999Z", b"00000000T000000",
    b"RRULE:FREQ=YEARLY;BYDAY=-9SU\r\n", b"TZOFFSETTO:+9999\r\n", b"DURATION:P999W\r\n", b"DURATION:-PT1H\r\n",
    b"SEQUENCE:-1\r\n", b"SEQUENCE:99999999999\r\n", b"CN=", b"mailto:", b"@", b"https://", b"https://[", b"<p>",
    b"</a>", b"&#0;", b"&#x110000;", b"TEL:+", b"TEL;VALUE=uri:tel:", b";ext=1", b"CHARSET=",
    b"ENCODING=QUOTED-PRINTABLE", b"ENCODING=b", b"N:;;;;\r\n", b"ORG:;;;\r\n",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """A real file with a few scraps put in, pieces cut out, and bytes changed."""
    data = draw(st.sampled_from(files))
    dice = draw(st.randoms(use_true_random=False))  # integers() would nearly always damage the first line
    for _ in range(draw(st.integers(0, 5))):
        at = dice.randrange(len(data) + 1)
        match draw(st.integers(0, 3)):
            case 0:
                data = data[:at] + draw(st.sampled_from(_SCRAPS)) + data[at:]
            case 1:
                data = data[:at] + data[at + draw(st.integers(1, 60)) :]
            case 2:
                data = data[:at] + draw(st.binary(min_size=1, max_size=4)) + data[at + 1 :]
            case _ if draw(st.integers(0, 9)) == 0:
                data = data[:at]
    return data


def check(kind: str, read: Callable[[], Taken]) -> None:
    """Either a sentence, or values that any record can hold; and never long in coming."""
    COUNTS[kind] += 1
    began = time.process_time()
    try:
        taken = read()
    except UnusableError as error:
        COUNTS[f"{kind} refused"] += 1
        assert str(error).endswith(".")  # noqa: PT017 - either is right
        return
    finally:
        assert time.process_time() - began < SECONDS
    assert from_values(as_values(taken)) == taken
    texts = [
        taken.company,
        taken.position,
        *(text for one in taken.rounds for text in (one.place, one.link, *one.uids)),
    ]
    texts += [text for one in taken.people for text in (one.name, one.email, one.phone, one.role, one.honorific)]
    for text in filter(None, texts):
        assert complaint(text) is None
    names = [person.name for person in taken.people]
    assert len(set(names)) == len(names)
    assert all(name.strip() == name and name for name in names)


_SETTINGS = settings(
    max_examples=150 * int(os.environ.get("CALLPLAN_FUZZ", "1")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@_SETTINGS
@given(damaged(_EVENTS))
def test_a_damaged_invitation_is_read_or_refused(data: bytes) -> None:
    check("invitation", lambda: read_invitation(data, Applicant("Alex Winter", "alex.winter@post.example")))


@_SETTINGS
@given(damaged(_VCARDS))
def test_a_damaged_card_is_read_or_refused(data: bytes) -> None:
    check("card", lambda: read_cards(data))


@_SETTINGS
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check("bytes", lambda: read_invitation(b"BEGIN:VCALENDAR\r\n" + data, Applicant()))
    check("bytes", lambda: read_cards(b"BEGIN:VCARD\r\n" + data + b"\r\nEND:VCARD"))


_LINE = st.text(max_size=60).map(lambda text: text.replace("\r", "").replace("\n", "\\n"))


@_SETTINGS
@given(_LINE, _LINE, _LINE, _LINE)
def test_any_texts_are_read_or_refused(summary: str, place: str, name: str, text: str) -> None:
    data = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270112T090000Z\r\n"
        f"SUMMARY:Interview {summary}\r\nLOCATION:{place}\r\nDESCRIPTION:Dear Alex\\n{text}\r\n"
        f"ORGANIZER;CN={name}:mailto:ivy@saltmarsh.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode("utf-8", "replace")
    check("texts", lambda: read_invitation(data, Applicant()))
    card = f"BEGIN:VCARD\r\nFN:{name}\r\nN:{place}\r\nORG:{summary}\r\nTEL:{text}\r\nEND:VCARD\r\n"
    check("texts", lambda: read_cards(card.encode("utf-8", "replace")))


_PHRASES = st.sampled_from(
    [
        "You will meet", "you'll be speaking with", "Du møder", "til samtalen deltager", "nehmen", "teil", "Present:",
        "Ihre Gesprächspartner sind", "Vous rencontrerez", "interview with", "Interviewers:", "will join us",
        "our client", "on behalf of", "position of", "for the", "role", "at", "hos", "bei", "som", "als", "Company:",
        "your application", "Stilling:", "Mette Holm", "Jonas Krag", "Frau Dr. Petra Lang", "J. R. van der Berg", "CTO",
        "Head of Data", "afdelingschef", "Nordlys Energi A/S", "Kestrel & Pike", "Data Engineer", "and", "og", "und",
        ",", ";", ".", "(", ")", "–", "-", ":", "\\n", "\\n\\n", "/", "<p>", "<td>", "</td>", "+45 32 12 34 56",
        "mette@nordlys.example", "https://zoom.us/j/1", "12.04.2027", "kl. 10.30", "2nd round", "Best regards",
        "Hi Anna,", "@", "\u202e", "\x1b[31m",
    ]
)  # fmt: skip


@_SETTINGS
@given(st.lists(_PHRASES, max_size=60).map(" ".join), st.lists(_PHRASES, max_size=12).map(" ".join), st.integers(1, 80))
def test_any_phrases_are_read_in_time(text: str, title: str, times: int) -> None:
    data = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270112T090000Z\r\n"
        f"SUMMARY:{title}\r\nDESCRIPTION:{text * times}\r\n"
        "ORGANIZER;CN=Ivy Cole:mailto:ivy@saltmarsh.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
    check("phrases", lambda: read_invitation(data, Applicant()))

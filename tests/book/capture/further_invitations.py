"""Invitations of other shapes than those of the data: other programs, languages, slips. All people are invented."""

# ruff: noqa: E501 - lines of files, as they are

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


_ALEX = "ATTENDEE;RSVP=TRUE;CN=Alex Winter:mailto:alex.winter@post.example\n"

CUSTOM_ZONE = """\
    BEGIN:VTIMEZONE
    TZID:Customized Time Zone
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

INVITATIONS: dict[str, tuple[bytes, Expected]] = {
    "custom zone that the file defines, summer": (
        calendar(
            f"""\
DTSTART;TZID="Customized Time Zone":20270610T090000
DTEND;TZID="Customized Time Zone":20270610T100000
SUMMARY:Interview: Welder at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}""",
            CUSTOM_ZONE,
        ),
        Expected("2027-06-10T09:00:00+02:00", company="Ironwood Yard", position="Welder"),
    ),
    "custom zone that the file defines, winter, a few days after the change": (
        calendar(
            f"""\
DTSTART;TZID="Customized Time Zone":20261102T090000
DURATION:PT45M
SUMMARY:Interview: Welder at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}""",
            CUSTOM_ZONE,
        ),
        Expected("2026-11-02T09:00:00+01:00", "2026-11-02T09:45:00+01:00", company="Ironwood Yard"),
    ),
    "windows name that the file contradicts": (
        calendar(
            f"""\
DTSTART;TZID=Romance Standard Time:20261208T090000
SUMMARY:Interview: Welder at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}""",
            """\
    BEGIN:VTIMEZONE
    TZID:Romance Standard Time
    BEGIN:STANDARD
    DTSTART:16010101T000000
    TZOFFSETFROM:+0900
    TZOFFSETTO:+0900
    END:STANDARD
    END:VTIMEZONE
    """,
        ),
        Expected("2026-12-08T09:00:00", asks=("timezone",)),
    ),
    "olson name behind a prefix": (
        calendar(
            f"""\
DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Madrid:20261209T120000
DTEND;TZID=/freeassociation.sourceforge.net/Europe/Madrid:20261209T130000
SUMMARY:Entrevista para Analista de Datos en Molino Azul S.L.
ORGANIZER;CN=Lucía Prado:mailto:lucia.prado@molinoazul.example
{_ALEX}"""
        ),
        Expected(
            "2026-12-09T12:00:00+01:00",
            company="Molino Azul S.L.",
            position="Analista de Datos",
            timezone="Europe/Madrid",
        ),
    ),
    "zone in small letters": (
        calendar(
            f"""\
DTSTART;TZID=europe/helsinki:20261209T120000
SUMMARY:Työhaastattelu - Ohjelmistokehittäjä - Kaarna Oy
ORGANIZER;CN=Aino Salo:mailto:aino.salo@kaarna.example
{_ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+02:00", None, company="Kaarna Oy", position="Ohjelmistokehittäjä"),
    ),
    "windows display name": (
        calendar(
            f"""\
DTSTART;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20261209T120000
SUMMARY:Entretien d'embauche - Comptable - Brume SARL
ORGANIZER;CN=Zoé Marchand:mailto:zoe.marchand@brume.example
{_ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+01:00", None, company="Brume SARL", position="Comptable"),
    ),
    "unquoted zone with a colon": (
        calendar(
            f"""\
DTSTART;TZID=GMT+01:00:20261209T120000
DTEND;TZID=GMT+01:00:20261209T123000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+01:00", "2026-12-09T12:30:00+01:00", asks=("position",)),
    ),
    "Microsoft's own name of UTC": (
        calendar(
            f"""\
DTSTART;TZID=tzone://Microsoft/Utc:20261209T120000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+00:00", None, asks=("position",)),
    ),
    "Microsoft's custom zone without a definition": (
        calendar(
            f"""\
DTSTART;TZID=tzone://Microsoft/Custom:20261209T120000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}"""
        ),
        Expected("2026-12-09T12:00:00", None, asks=("timezone", "position")),
    ),
    "an hour that the clocks leave out": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Copenhagen:20270328T023000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{_ALEX}"""
        ),
        Expected("2027-03-28T02:30:00", None, asks=("timezone", "position")),
    ),
    "Outlook's whole day from midnight to midnight": (
        calendar(
            f"""\
DTSTART;TZID="GMT Standard Time":20261214T000000
DTEND;TZID="GMT Standard Time":20261215T000000
SUMMARY:Assessment day - Fern & Moss
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
ORGANIZER;CN=Pia Dean:mailto:pia.dean@fernmoss.example
{_ALEX}"""
        ),
        Expected("2026-12-14", None, company="Fern & Moss", asks=("time", "position")),
    ),
    "Outlook on the web, safe link, Danish": (
        calendar(
            f"""\
ORGANIZER;CN=Bo Friis (HR):mailto:bfr@klitgaard-maskiner.dk.example
{_ALEX}DESCRIPTION;LANGUAGE=da-DK:Hej Alex\\n\\nVi glæder os til at se dig til samtale om jobbet som servicetekniker.\\n\\n
 Klik her: https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19%253ameeting_x%2540thread.v2%2F0&data=05%7C01&reserved=0\\n
SUMMARY;LANGUAGE=da-DK:Jobsamtale hos Klitgaard Maskiner
DTSTART;TZID=Romance Standard Time:20270112T090000
DTEND;TZID=Romance Standard Time:20270112T100000
LOCATION:Microsoft Teams-møde"""
        ),
        Expected(
            "2027-01-12T09:00:00+01:00",
            company="Klitgaard Maskiner",
            position="servicetekniker",
            link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0",
            place=None,
            people=(("Bo Friis", "bfr@klitgaard-maskiner.dk.example"),),
            timezone="Europe/Copenhagen",
        ),
    ),
    "Zoom with location and link in one line": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
DTEND:20270112T100000Z
SUMMARY:Second Round Interview | Backend Engineer | Saltmarsh
LOCATION:Saltmarsh HQ\\, 9 Pier Road; https://saltmarsh.zoom.us/j/99887766554?pwd=abc
ORGANIZER;CN=Ivy Cole:mailto:ivy@saltmarsh.example
{_ALEX}"""
        ),
        Expected(
            company="Saltmarsh",
            position="Backend Engineer",
            link="https://saltmarsh.zoom.us/j/99887766554?pwd=abc",
            place="Saltmarsh HQ, 9 Pier Road",
        ),
    ),
    "CONFERENCE goes before what the text says": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview with Saltmarsh for Backend Engineer
CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=Dial:tel:+4420794601234\\,\\,123#
CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join:https://meet.saltmarsh.example/room/42
DESCRIPTION:Old link: https://zoom.us/j/1112223334
ORGANIZER;CN=Ivy Cole:mailto:ivy@saltmarsh.example
{_ALEX}"""
        ),
        Expected(link="https://meet.saltmarsh.example/room/42", company="Saltmarsh", position="Backend Engineer"),
    ),
    "a recruiting system's own video room": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: QA Tester @ Saltmarsh
DESCRIPTION:Hi Alex\\nJoin the video call: https://rooms.hirely.example/r/8fj2\\nReschedule: https://app.hirely.example/reschedule/1\\n
ORGANIZER;CN=Saltmarsh Careers:mailto:careers@saltmarsh.example
ATTENDEE;CN=Ivy Cole:mailto:ivy.cole@saltmarsh.example
{_ALEX}"""
        ),
        Expected(
            link="https://rooms.hirely.example/r/8fj2",
            company="Saltmarsh",
            position="QA Tester",
            people=(("Ivy Cole", "ivy.cole@saltmarsh.example"),),
        ),
    ),
    "an invitation whose only link is to reschedule": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: QA Tester @ Saltmarsh
DESCRIPTION:Change it: https://app.hirely.example/reschedule/1
LOCATION:9 Pier Road
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@saltmarsh.example
{_ALEX}"""
        ),
        Expected(link=None, place="9 Pier Road"),
    ),
    "Google's room and group among the guests": (
        calendar(
            f"""\
DTSTART;TZID=America/Los_Angeles:20270112T090000
DTEND;TZID=America/Los_Angeles:20270112T100000
SUMMARY:Tanglewood: Product Designer onsite interview
ORGANIZER;CN=recruiting@tanglewood.example:mailto:recruiting@tanglewood.example
ATTENDEE;CUTYPE=INDIVIDUAL;CN=Rosa Quill;X-NUM-GUESTS=0:mailto:rosa@tanglewood.example
ATTENDEE;CUTYPE=INDIVIDUAL;CN=SFO-2-Redwood (6):mailto:c_188@resource.calendar.google.com
ATTENDEE;CUTYPE=INDIVIDUAL;CN=design-team@tanglewood.example:mailto:design-team@tanglewood.example
ATTENDEE;CUTYPE=INDIVIDUAL;CN=Fireflies.ai Notetaker:mailto:fred@fireflies.ai
{_ALEX}"""
        ),
        Expected(
            "2027-01-12T09:00:00-08:00",
            company="Tanglewood",
            position="Product Designer",
            people=(("Rosa Quill", "rosa@tanglewood.example"),),
            timezone="America/Los_Angeles",
        ),
    ),
    "a guest who is an address only": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Tester at Saltmarsh
ORGANIZER:mailto:ivy.cole@saltmarsh.example
{_ALEX}"""
        ),
        Expected(people=(("Ivy Cole", "ivy.cole@saltmarsh.example"),), asks=("name",)),
    ),
    "a guest whose address gives no name": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Tester at Saltmarsh
ORGANIZER:mailto:ivc@saltmarsh.example
{_ALEX}"""
        ),
        Expected(people=(), asks=("name",)),
    ),
    "Apple's guests without a mailto": (
        calendar(
            """\
DTSTART;TZID=Europe/Oslo:20270112T090000
SUMMARY:Jobbintervju: Kokk hos Fjordkroa AS
ORGANIZER;CN="Liv Strand";EMAIL="liv@fjordkroa.example":/aMjc2NTQ/principal/
ATTENDEE;CN="Alex Winter";EMAIL="alex.winter@post.example":invalid:nomail
ATTENDEE;CN="Odd Berge";CUTYPE=INDIVIDUAL:invalid:nomail"""
        ),
        Expected(
            "2027-01-12T09:00:00+01:00",
            company="Fjordkroa AS",
            position="Kokk",
            people=(("Liv Strand", "liv@fjordkroa.example"), ("Odd Berge", None)),
        ),
    ),
    "interviewers under a heading": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview - Alex Winter - Data Steward
ORGANIZER;CN=Scheduling:mailto:no-reply@us.greenhouse-mail.example
DESCRIPTION:Company: Pebble Archive\\nInterviewers:\\n  • Ada Brook\\, Head of Data\\n  • Sam O’Dea (Archivist)\\n\\nSee you!
{_ALEX}"""
        ),
        Expected(
            company="Pebble Archive",
            position="Data Steward",
            people=(("Ada Brook", None), ("Sam O’Dea", None)),
            roles={"Ada Brook": "Head of Data", "Sam O’Dea": "Archivist"},
        ),
    ),
    "signature with a number, dial-in below": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Carpenter at Oakum Boats
ORGANIZER;CN=Nils Rehn:mailto:nils.rehn@oakum.example
DESCRIPTION:Dear Alex\\n\\nSee you.\\n\\nNils Rehn\\nYard Manager\\nMobile: +46 70 123 45 67\\n\\n________________\\nJoin by phone\\n+46 8 505 218 00\\,\\,123456789# Sweden\\n
{_ALEX}"""
        ),
        Expected(phones={"Nils Rehn": "+46 70 123 45 67"}, roles={"Nils Rehn": "Yard Manager"}),
    ),
    "a dial-in that looks like a signature": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Carpenter at Oakum Boats
ORGANIZER;CN=Nils Rehn:mailto:nils.rehn@oakum.example
DESCRIPTION:Nils Rehn\\nDial in: +46 8 505 218 00 PIN 4711#\\n+46 8 505 218 01\\,\\,88
{_ALEX}"""
        ),
        Expected(phones={"Nils Rehn": None}),
    ),
    "German, article and gender": (
        calendar(
            f"""\
DTSTART;TZID=W. Europe Standard Time:20270112T090000
SUMMARY;LANGUAGE=de-DE:Einladung zum Vorstellungsgespräch als Sachbearbeiter (m/w/d) bei der Lindenhof Spedition GmbH
ORGANIZER;CN="Brandt, Dr. Ute":mailto:ute.brandt@lindenhof.example
{_ALEX}"""
        ),
        Expected(
            "2027-01-12T09:00:00+01:00",
            company="Lindenhof Spedition GmbH",
            position="Sachbearbeiter",
            people=(("Ute Brandt", "ute.brandt@lindenhof.example"),),
            timezone="Europe/Berlin",
        ),
    ),
    "French, elided article": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Paris:20270112T090000
SUMMARY:Entretien chez Papeterie Lune : poste de Responsable logistique
ORGANIZER;CN=Anne-Lise Caron:mailto:al.caron@papeterielune.example
{_ALEX}"""
        ),
        Expected(company="Papeterie Lune", position="Responsable logistique"),
    ),
    "Dutch": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Amsterdam:20270112T090000
SUMMARY:Sollicitatiegesprek Medewerker Klantenservice bij Grachtenhuis BV
ORGANIZER;CN=Joost van der Meer:mailto:joost@grachtenhuis.example
{_ALEX}"""
        ),
        Expected(company="Grachtenhuis BV", position="Medewerker Klantenservice"),
    ),
    "Swedish": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Stockholm:20270112T090000
SUMMARY:Anställningsintervju: Lagerchef\\, Granbarr AB
ORGANIZER;CN=Maj Åberg:mailto:maj.aberg@granbarr.example
{_ALEX}"""
        ),
        Expected(company="Granbarr AB", position="Lagerchef", people=(("Maj Åberg", "maj.aberg@granbarr.example"),)),
    ),
    "position only in the text": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@saltmarsh.example
DESCRIPTION:Hi Alex\\, we want to talk about the role of Harbour Pilot at Saltmarsh Ferries. Ivy
{_ALEX}"""
        ),
        Expected(company="Saltmarsh Ferries", position="Harbour Pilot"),
    ),
    "a free mail address says nothing about the firm": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@gmail.com
{_ALEX}"""
        ),
        Expected(company=None, position=None, asks=("company", "position")),
    ),
    "only the domain names the firm": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Bookbinder
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@saltmarsh-press.example
{_ALEX}"""
        ),
        Expected(company="Saltmarsh Press", position="Bookbinder", asks=("company",)),
    ),
    "two meetings on two days": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}END:VEVENT
BEGIN:VEVENT
UID:u-2@x.example
DTSTART:20270114T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        ),
        Expected(rounds=2, company="Clearpane", position="Glazier"),
    ),
    "two versions of one event, the newer counts": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SEQUENCE:0
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}END:VEVENT
BEGIN:VEVENT
UID:u-1@x.example
DTSTART:20270113T090000Z
SEQUENCE:3
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        ),
        Expected("2027-01-13T09:00:00+00:00", None, rounds=1),
    ),
    "invitations of two firms": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}END:VEVENT
BEGIN:VEVENT
UID:u-2@x.example
DTSTART:20270113T090000Z
SUMMARY:Interview: Baker at Crumb
ORGANIZER;CN=Al Dent:mailto:al.dent@crumb.example
{_ALEX}"""
        ),
        Expected(error="several firms"),
    ),
    "a reply of a calendar program": (
        calendar("DTSTART:20270112T090000Z\nSUMMARY:Accepted: Interview", method="METHOD:REPLY\n"),
        Expected(error="REPLY"),
    ),
    "no start": (calendar("SUMMARY:Interview"), Expected(error="no start")),
    "a date that does not exist": (calendar("DTSTART:20270230T090000Z\nSUMMARY:Interview"), Expected(error="exist")),
    "a year of long ago": (calendar("DTSTART:16010101T090000Z\nSUMMARY:Interview"), Expected(error="1601")),
    "a date in words": (calendar("DTSTART:next friday\nSUMMARY:Interview"), Expected(error="no date")),
    "cut off in the event": (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270112T090000Z\r\nSUMMARY:Inter",
        Expected(error="cut off"),
    ),
    "UTF-16 without a mark, old Mac line ends": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Glaziär at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        )
        .decode()
        .replace("\r\n", "\r")
        .encode("utf-16-le"),
        Expected(company="Clearpane", position="Glaziär"),
    ),
    "inside a whole mail": (
        b"From: ivy.cole@clearpane.example\r\nTo: alex.winter@post.example\r\nSubject: Interview\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\n'
        b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        )
        + b"--b--\r\n",
        Expected("2027-01-12T09:00:00+00:00", None, company="Clearpane", position="Glazier"),
    ),
    "control characters and a direction mark": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Gla\u202ezier at Clear\x1bpane
ORGANIZER;CN=Ivy\u200b Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        ),
        Expected(company="Clearpane", position="Glazier", people=(("Ivy Cole", "ivy.cole@clearpane.example"),)),
    ),
    "names of two applicants are told apart by address": (
        calendar(
            """\
DTSTART:20270112T090000Z
SUMMARY:Alex Winter / Clearpane - Interview for Glazier
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
ATTENDEE;CN=A. Winter:mailto:alex.winter@post.example"""
        ),
        Expected(company="Clearpane", position="Glazier", people=(("Ivy Cole", "ivy.cole@clearpane.example"),)),
    ),
    "telephone interview": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
DTEND:20270112T093000Z
SUMMARY:Phone screen - Glazier - Clearpane Ltd
LOCATION:Phone call
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        ),
        Expected(place=None, link=None, company="Clearpane Ltd", position="Glazier"),
    ),
    "text only in Outlook's HTML": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview at Clearpane
X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Join: <a href="https://clearpane.webex.com/meet/ivy">here</a></p></body></html>
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{_ALEX}"""
        ),
        Expected(link="https://clearpane.webex.com/meet/ivy", asks=("position",)),
    ),
    "signature behind a closing, Danish": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Samtale
ORGANIZER;CN=Dorte Holt:mailto:dh@acme-tools.example
DESCRIPTION:Kære Alex\\, vi vil gerne invitere dig til samtale om stillingen som indkøber.\\nMvh Dorte Holt\\nHR-chef\\, Acme Tools A/S\\nTlf. +45 32 12 34 56
{_ALEX}"""
        ),
        Expected(
            company="Acme Tools A/S",
            position="indkøber",
            phones={"Dorte Holt": "+45 32 12 34 56"},
            roles={"Dorte Holt": "HR-chef"},
        ),
    ),
    "two numbers in a line": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Buyer at Acme Tools
ORGANIZER;CN=Dorte Holt:mailto:dh@acme-tools.example
DESCRIPTION:Dear Alex\\n\\nKind regards\\nDorte Holt\\nT: +45 32 12 34 56 | M: +45 20 12 34 56
{_ALEX}"""
        ),
        Expected(phones={"Dorte Holt": "+45 32 12 34 56"}),
    ),
    "an agency invites for another firm": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview - Ridgeway Homes - Finance Manager
ORGANIZER;CN=Dorte Holt:mailto:dorte@talentbridge.example
DESCRIPTION:Hi Alex\\nBest\\nDorte Holt\\nTalentbridge Recruitment Ltd
{_ALEX}"""
        ),
        Expected(position="Finance Manager", asks=("company",)),
    ),
}

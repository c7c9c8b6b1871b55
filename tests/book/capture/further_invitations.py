"""Invitations of other shapes than those of the data: other programs, languages, slips. All people are invented."""

# ruff: noqa: E501 - lines of files, as they are

from __future__ import annotations

from tests.book.capture.further_zones import ZONES
from tests.book.capture.invited import ALEX, Expected, calendar

INVITATIONS: dict[str, tuple[bytes, Expected]] = {
    **ZONES,
    "Outlook on the web, safe link, Danish": (
        calendar(
            f"""\
ORGANIZER;CN=Bo Friis (HR):mailto:bfr@klitgaard-maskiner.dk.example
{ALEX}DESCRIPTION;LANGUAGE=da-DK:Hej Alex\\n\\nVi glæder os til at se dig til samtale om jobbet som servicetekniker.\\n\\n
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
        ),
        Expected(people=(("Ivy Cole", "ivy.cole@saltmarsh.example"),), asks=("name",)),
    ),
    "a guest whose address gives no name": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Tester at Saltmarsh
ORGANIZER:mailto:ivc@saltmarsh.example
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
        ),
        Expected(phones={"Nils Rehn": None}),
    ),
    "German, article and gender": (
        calendar(
            f"""\
DTSTART;TZID=W. Europe Standard Time:20270112T090000
SUMMARY;LANGUAGE=de-DE:Einladung zum Vorstellungsgespräch als Sachbearbeiter (m/w/d) bei der Lindenhof Spedition GmbH
ORGANIZER;CN="Brandt, Dr. Ute":mailto:ute.brandt@lindenhof.example
{ALEX}"""
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
{ALEX}"""
        ),
        Expected(company="Papeterie Lune", position="Responsable logistique"),
    ),
    "Dutch": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Amsterdam:20270112T090000
SUMMARY:Sollicitatiegesprek Medewerker Klantenservice bij Grachtenhuis BV
ORGANIZER;CN=Joost van der Meer:mailto:joost@grachtenhuis.example
{ALEX}"""
        ),
        Expected(company="Grachtenhuis BV", position="Medewerker Klantenservice"),
    ),
    "Swedish": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Stockholm:20270112T090000
SUMMARY:Anställningsintervju: Lagerchef\\, Granbarr AB
ORGANIZER;CN=Maj Åberg:mailto:maj.aberg@granbarr.example
{ALEX}"""
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
{ALEX}"""
        ),
        Expected(company="Saltmarsh Ferries", position="Harbour Pilot"),
    ),
    "a free mail address says nothing about the firm": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@gmail.com
{ALEX}"""
        ),
        Expected(company=None, position=None, asks=("company", "position")),
    ),
    "only the domain names the firm": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Bookbinder
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@saltmarsh-press.example
{ALEX}"""
        ),
        Expected(company="Saltmarsh Press", position="Bookbinder", asks=("company",)),
    ),
    "two meetings on two days": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{ALEX}END:VEVENT
BEGIN:VEVENT
UID:u-2@x.example
DTSTART:20270114T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{ALEX}"""
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
{ALEX}END:VEVENT
BEGIN:VEVENT
UID:u-1@x.example
DTSTART:20270113T090000Z
SEQUENCE:3
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{ALEX}"""
        ),
        Expected("2027-01-13T09:00:00+00:00", None, rounds=1),
    ),
    "invitations of two firms": (
        calendar(
            f"""\
DTSTART:20270112T090000Z
SUMMARY:Interview: Glazier at Clearpane
ORGANIZER;CN=Ivy Cole:mailto:ivy.cole@clearpane.example
{ALEX}END:VEVENT
BEGIN:VEVENT
UID:u-2@x.example
DTSTART:20270113T090000Z
SUMMARY:Interview: Baker at Crumb
ORGANIZER;CN=Al Dent:mailto:al.dent@crumb.example
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
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
{ALEX}"""
        ),
        Expected(position="Finance Manager", asks=("company",)),
    ),
}

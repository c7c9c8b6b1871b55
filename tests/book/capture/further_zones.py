"""Invitations whose times are written in other ways: zones, days, hours. All people are invented."""

from __future__ import annotations

from tests.book.capture.invited import ALEX, Expected, calendar

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

ZONES: dict[str, tuple[bytes, Expected]] = {
    "custom zone that the file defines, summer": (
        calendar(
            f"""\
DTSTART;TZID="Customized Time Zone":20270610T090000
DTEND;TZID="Customized Time Zone":20270610T100000
SUMMARY:Interview: Welder at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{ALEX}""",
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
{ALEX}""",
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
{ALEX}""",
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
{ALEX}"""
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
{ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+02:00", None, company="Kaarna Oy", position="Ohjelmistokehittäjä"),
    ),
    "windows display name": (
        calendar(
            f"""\
DTSTART;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20261209T120000
SUMMARY:Entretien d'embauche - Comptable - Brume SARL
ORGANIZER;CN=Zoé Marchand:mailto:zoe.marchand@brume.example
{ALEX}"""
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
{ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+01:00", "2026-12-09T12:30:00+01:00", asks=("position",)),
    ),
    "Microsoft's own name of UTC": (
        calendar(
            f"""\
DTSTART;TZID=tzone://Microsoft/Utc:20261209T120000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{ALEX}"""
        ),
        Expected("2026-12-09T12:00:00+00:00", None, asks=("position",)),
    ),
    "Microsoft's custom zone without a definition": (
        calendar(
            f"""\
DTSTART;TZID=tzone://Microsoft/Custom:20261209T120000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{ALEX}"""
        ),
        Expected("2026-12-09T12:00:00", None, asks=("timezone", "position")),
    ),
    "an hour that the clocks leave out": (
        calendar(
            f"""\
DTSTART;TZID=Europe/Copenhagen:20270328T023000
SUMMARY:Interview at Ironwood Yard
ORGANIZER;CN=Tove Lind:mailto:tove.lind@ironwood.example
{ALEX}"""
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
{ALEX}"""
        ),
        Expected("2026-12-14", None, company="Fern & Moss", asks=("time", "position")),
    ),
}

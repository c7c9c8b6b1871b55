"""Invitations as systems write them: Exchange, Google, Zoom, recruiting systems,"""

# ruff: noqa: E501 - lines of files, as they are
# fmt: off

from __future__ import annotations

from typing import Any

from tests.book.capture.shapes import CENTRAL_EUROPE, EXCHANGE, ME, Table, calendar_text, folded, who

SYSTEMS: Table = {}


def case(name: str, data: str | bytes, **expected: Any) -> None:
    SYSTEMS[name] = folded(data) if isinstance(data, str) else data, expected


case("01-exchange-displayname-zone", calendar_text(f"""ORGANIZER;CN=Holm, Mette:MAILTO:mette.holm@nordlys.example
{ME}
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Krag, Jonas":MAILTO:jonas.krag@nordlys.example
ATTENDEE;CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=AAR-Mødelokale 2.14 (8 pers):MAILTO:aar-2-14@nordlys.example
DESCRIPTION;LANGUAGE=da-DK:Kære Anna\\n\\nVi glæder os til at se dig til samtale om stillingen som Dataingeniør.\\n\\nVenlig hilsen\\nMette Holm\\nHR-partner\\nNordlys Energi A/S\\nMobil: +45 32 12 34 56\\n
UID:040000008200E00074C5B7101A82E00800000000A1
SUMMARY;LANGUAGE=da-DK:Samtale – Nordlys Energi – Dataingeniør
DTSTART;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20270316T100000
DTEND;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20270316T111500
DTSTAMP:20270301T081502Z
SEQUENCE:0
LOCATION;LANGUAGE=da-DK:AAR-Mødelokale 2.14 (8 pers)
""", prodid=EXCHANGE, before=CENTRAL_EUROPE.format(name="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris")),
 start="2027-03-16T10:00:00+01:00", end="2027-03-16T11:15:00+01:00", company=["Nordlys Energi"], position=["Dataingeniør"],
 people=[who("Mette Holm","mette.holm@nordlys.example","+4532123456","HR-partner"), who("Jonas Krag","jonas.krag@nordlys.example")], not_people=["aar-2-14@nordlys.example"], link=None)

case("02-outlook-tzone-custom", calendar_text(f"""ORGANIZER;CN="Claire Moreau":MAILTO:claire.moreau@atelier-lumen.example
{ME}
UID:040000008200E00074C5B7101A82E00800000000A2
SUMMARY;LANGUAGE=fr:Entretien - Ingénieure données - Atelier Lumen
DTSTART;TZID="tzone://Microsoft/Custom":20270115T140000
DTEND;TZID="tzone://Microsoft/Custom":20270115T150000
DTSTAMP:20270105T081502Z
DESCRIPTION:Bonjour Anna\\,\\n\\nVous rencontrerez Paul Lefèvre (directeur technique) et moi-même.\\n\\nCordialement\\,\\nClaire Moreau\\nResponsable recrutement\\n+33 1 99 00 41 22\\n
X-ALT-DESC;FMTTYPE=text/html:<html><head><meta name="Generator" content="MS Exchange Server"></head><body><p>Bonjour Anna\\,</p><p>Vous rencontrerez Paul Lef&egrave\\;vre (directeur technique) et moi-m&ecirc\\;me.</p></body></html>
LOCATION;LANGUAGE=fr:12 rue des Lilas\\, 75020 Paris
SEQUENCE:0
X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
""", prodid=EXCHANGE, before="""BEGIN:VTIMEZONE
TZID:tzone://Microsoft/Custom
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE"""), start="2027-01-15T14:00:00+01:00", end="2027-01-15T15:00:00+01:00", company=["Atelier Lumen"], position=["Ingénieure données"],
 people=[who("Claire Moreau","claire.moreau@atelier-lumen.example","+33199004122","Responsable recrutement"), who("Paul Lefèvre",None,None,"directeur technique")], place=["12 rue des Lilas"])

case("03-google-names-in-title", calendar_text("""DTSTART:20270209T130000Z
DTEND:20270209T134500Z
DTSTAMP:20270201T081502Z
ORGANIZER;CN=Mette Holm:mailto:mette@nordlys.example
UID:abc123@google.com
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE;CN=Mette Holm;X-NUM-GUESTS=0:mailto:mette@nordlys.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=anna@dahl.example;X-NUM-GUESTS=0:mailto:anna@dahl.example
X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij
DESCRIPTION:-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-\\nDeltag med Google Meet: https://meet.google.com/abc-defg-hij\\nEller ring op: (DK) +45 70 71 45 55 PIN: 123456789#\\nFlere telefonnumre: https://tel.meet/abc-defg-hij?pin=1234567890123&hs=7\\n\\nFå mere at vide om Meet: https://support.google.com/a/users/answer/9282720\\n\\nUndlad at redigere denne sektion.\\n-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Anna Dahl <> Mette Holm
TRANSP:OPAQUE
"""), start="2027-02-09T13:00:00+00:00", end="2027-02-09T13:45:00+00:00", company=None, position=None, ask=["company","position"],
 people=[who("Mette Holm","mette@nordlys.example")], link="https://meet.google.com/abc-defg-hij", not_phones=["+4570714555"])

case("04-zoom-scheduled", calendar_text("""DTSTAMP:20270101T090000Z
DTSTART;TZID=Europe/Berlin:20270118T153000
DTEND;TZID=Europe/Berlin:20270118T161500
SUMMARY:Interview: Data Engineer @ Windpark Hagen
UID:20270101T090000Z-81122334455@fe80:0:0:0:31:49ff:feec:f4c9ens5
TZID:Europe/Berlin
DESCRIPTION:Sabine Krüger is inviting you to a scheduled Zoom meeting.\\n\\nJoin Zoom Meeting\\nhttps://us06web.zoom.us/j/81122334455?pwd=aBcDeFgHiJ.1\\n\\nMeeting ID: 811 2233 4455\\nPasscode: 445566\\n\\n---\\n\\nOne tap mobile\\n+496950502596\\,\\,81122334455#\\,\\,\\,\\,*445566# Germany\\n+496971049922\\,\\,81122334455#\\,\\,\\,\\,*445566# Germany\\n\\n---\\n\\nDial by your location\\n• +49 69 5050 2596 Germany\\n• +49 69 7104 9922 Germany\\n\\nMeeting ID: 811 2233 4455\\nPasscode: 445566\\n\\nFind your local number: https://us06web.zoom.us/u/kabcdefgh\\n
LOCATION:https://us06web.zoom.us/j/81122334455?pwd=aBcDeFgHiJ.1
BEGIN:VALARM
TRIGGER:-PT10M
ACTION:DISPLAY
DESCRIPTION:Reminder
END:VALARM
""", method="PUBLISH", prodid="-//zoom.us//iCalendar Event//EN"), start="2027-01-18T15:30:00+01:00", end="2027-01-18T16:15:00+01:00",
 company=["Windpark Hagen"], position=["Data Engineer"], link="https://us06web.zoom.us/j/81122334455?pwd=aBcDeFgHiJ.1", people=[], maybe=["Sabine Krüger"], may_ask=True, not_phones=["+496950502596"], place=None)

case("05-teams-dutch", calendar_text(f"""ORGANIZER;CN=Saskia van Dommelen:mailto:saskia@waterlinie.example
{ME}
ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRUE;CN=Pieter de Vries (Techniek):mailto:pieter.devries@waterlinie.example
DESCRIPTION;LANGUAGE=nl-NL:Beste Anna\\,\\n\\nGraag nodigen we je uit voor een sollicitatiegesprek voor de functie van Data Engineer bij Waterlinie Bouw.\\n\\nMet vriendelijke groet\\,\\nSaskia van Dommelen\\nHR Adviseur\\nWaterlinie Bouw BV\\nT +31 85 888 12 01\\n________________________________________________________________________________\\nMicrosoft Teams-vergadering\\nDeelnemen: https://teams.microsoft.com/meet/3921556677?p=QmTest\\nVergadering-id: 392 155 667 7\\nWachtwoordcode: xY7\\n________________________________\\nInbellen per telefoon\\n+31 20 708 6901\\,\\,123456789# Netherlands\\, Amsterdam\\nTelefonische vergadering-id: 123 456 789#\\n________________________________________________________________________________\\n
UID:040000008200E00074C5B7101A82E00800000000A5
SUMMARY;LANGUAGE=nl-NL:Sollicitatiegesprek Data Engineer
DTSTART;TZID=W. Europe Standard Time:20270120T110000
DTEND;TZID=W. Europe Standard Time:20270120T120000
DTSTAMP:20270105T081502Z
SEQUENCE:0
LOCATION;LANGUAGE=nl-NL:Microsoft Teams-vergadering
X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/meet/3921556677?p=QmTest
""", prodid=EXCHANGE, before=CENTRAL_EUROPE.format(name="W. Europe Standard Time")), start="2027-01-20T11:00:00+01:00", end="2027-01-20T12:00:00+01:00",
 company=["Waterlinie Bouw"], position=["Data Engineer"], people=[who("Saskia van Dommelen","saskia@waterlinie.example","+31858881201","HR Adviseur"),who("Pieter de Vries","pieter.devries@waterlinie.example")],
 link="https://teams.microsoft.com/meet/3921556677?p=QmTest", place=None, not_phones=["+31207086901"])

case("06-webex-swedish", calendar_text(f"""ORGANIZER;CN="Elsa Bergqvist":MAILTO:elsa.bergqvist@fjallvind.example
{ME}
DTSTART;TZID=Europe/Stockholm:20270122T090000
DTEND;TZID=Europe/Stockholm:20270122T100000
LOCATION:https://fjallvind.webex.com/fjallvind/j.php?MTID=m0123456789abcdef
TRANSP:OPAQUE
SEQUENCE:1737000000
UID:webex-1-2-3
DTSTAMP:20270110T101010Z
DESCRIPTION:\\n\\n\\n\\nAnställningsintervju för tjänsten som dataingenjör hos Fjällvind AB\\n\\nNär det är dags\\, anslut till Webex-mötet här.\\nhttps://fjallvind.webex.com/fjallvind/j.php?MTID=m0123456789abcdef\\n\\nMötesnummer (åtkomstkod): 2731 123 4567\\nMöteslösenord: aBc\\n\\nAnslut via telefon\\n+46-8-465-004-99 Sweden Toll\\n\\n
X-ALT-DESC;FMTTYPE=text/html:<p>Anställningsintervju</p>
SUMMARY:Intervju dataingenjör – Fjällvind AB
PRIORITY:5
CLASS:PUBLIC
""", prodid="-//Microsoft Corporation//Outlook 10.0 MIMEDIR//EN"), start="2027-01-22T09:00:00+01:00", end="2027-01-22T10:00:00+01:00",
 company=["Fjällvind"], position=["dataingenjör"], people=[who("Elsa Bergqvist","elsa.bergqvist@fjallvind.example")], link="https://fjallvind.webex.com/fjallvind/j.php?MTID=m0123456789abcdef", not_phones=["+46846500499"])

case("07-apple-structured", calendar_text(f"""CREATED:20270101T101010Z
UID:5D3C0E0F-0000-4444-8888-AAAABBBBCCCC
DTEND;TZID=Europe/Madrid:20270428T130000
{ME}
ATTENDEE;CN="Lucía Ortega";CUTYPE=INDIVIDUAL;EMAIL="lucia@olivarverde.example";PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:lucia@olivarverde.example
ORGANIZER;CN="Lucía Ortega";EMAIL="lucia@olivarverde.example":mailto:lucia@olivarverde.example
SUMMARY:Entrevista de trabajo: Ingeniera de datos – Olivar Verde
TRANSP:OPAQUE
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Calle Mayor 5\\n28013 Madrid\\nEspaña";X-APPLE-MAPKIT-HANDLE=CAESabc;X-APPLE-RADIUS=70;X-TITLE="Olivar Verde":geo:40.41,-3.70
LOCATION:Olivar Verde\\nCalle Mayor 5\\, 28013 Madrid\\, España
DTSTART;TZID=Europe/Madrid:20270428T120000
DTSTAMP:20270101T101010Z
SEQUENCE:0
""", prodid="-//Apple Inc.//macOS 14.4//EN"), start="2027-04-28T12:00:00+02:00", end="2027-04-28T13:00:00+02:00",
 company=["Olivar Verde"], position=["Ingeniera de datos"], people=[who("Lucía Ortega","lucia@olivarverde.example")], place=["Calle Mayor 5"], place_not=["geo:","\n"])

case("08-greenhouse", calendar_text(f"""DTSTART:20270211T150000Z
DTEND:20270211T160000Z
DTSTAMP:20270205T120000Z
ORGANIZER;CN=Brightfold Recruiting:mailto:no-reply@greenhouse.example
UID:gh-interview-99887@greenhouse.example
{ME}
ATTENDEE;CN=Dana Whitlock;ROLE=REQ-PARTICIPANT:mailto:dana@brightfold.example
ATTENDEE;CN=luis.ferreira@brightfold.example;ROLE=REQ-PARTICIPANT:mailto:luis.ferreira@brightfold.example
SUMMARY:Technical Interview (Anna Dahl) - Senior Data Engineer
DESCRIPTION:Candidate: Anna Dahl\\nJob: Senior Data Engineer\\nInterviewers: Dana Whitlock\\, Luis Ferreira\\nCompany: Brightfold Labs\\n\\nJoin: https://brightfold.zoom.us/j/92233445566\\n\\nThis is an automatic message.
LOCATION:https://brightfold.zoom.us/j/92233445566
"""), start="2027-02-11T15:00:00+00:00", end="2027-02-11T16:00:00+00:00", company=["Brightfold Labs"], position=["Senior Data Engineer"],
 people=[who("Dana Whitlock","dana@brightfold.example"),who("Luis Ferreira","luis.ferreira@brightfold.example")], not_people=["no-reply@greenhouse.example"], link="https://brightfold.zoom.us/j/92233445566", place=None)

case("09-lever", calendar_text(f"""DTSTART;TZID=America/Chicago:20270212T103000
DTEND;TZID=America/Chicago:20270212T113000
DTSTAMP:20270205T120000Z
ORGANIZER;CN=Interview Scheduling:mailto:interviews@quillmere.example
UID:lever-123
{ME}
ATTENDEE;CN=Harriet Bowes;PARTSTAT=ACCEPTED:mailto:harriet.bowes@quillmere.example
SUMMARY:Anna Dahl - On-site Interview - Quillmere Paper - Production Planner
DESCRIPTION:Hi Anna\\,\\n\\nYou're meeting with Harriet Bowes (Head of Planning).\\n\\nIf you need to reschedule\\, call Tom Ashby in recruiting at +1 312 555 0142.
LOCATION:500 W Lake St\\, Chicago\\, IL 60606
"""), start="2027-02-12T10:30:00-06:00", end="2027-02-12T11:30:00-06:00", company=["Quillmere Paper"], position=["Production Planner"],
 people=[who("Harriet Bowes","harriet.bowes@quillmere.example",None,"Head of Planning")], maybe=["Tom Ashby"], not_people=["interviews@quillmere.example"], place=["500 W Lake St"])

case("10-workday", calendar_text(f"""DTSTART:20270301T080000Z
DTEND:20270301T090000Z
DTSTAMP:20270205T120000Z
ORGANIZER;CN=quillmere@myworkday.example:mailto:quillmere@myworkday.example
UID:wd-123
SUMMARY:Interview for R-0012345 Supply Chain Analyst
{ME}
DESCRIPTION:Dear Anna\\,\\n\\nYou have been scheduled for an interview with Quillmere Paper Ltd for the position R-0012345 Supply Chain Analyst (Full time).\\n\\nInterviewer(s): Imogen Sharrow\\n\\nThis email was intended for anna@dahl.example. Replies to this mailbox are not monitored.
LOCATION:
"""), start="2027-03-01T08:00:00+00:00", end="2027-03-01T09:00:00+00:00", company=["Quillmere Paper"], position=["Supply Chain Analyst"], position_not=["R-0012345"],
 people=[who("Imogen Sharrow")], not_people=["quillmere@myworkday.example"], place=None)

case("11-smartrecruiters", calendar_text(f"""DTSTART;TZID=Europe/Warsaw:20270302T120000
DTEND;TZID=Europe/Warsaw:20270302T124500
DTSTAMP:20270205T120000Z
ORGANIZER;CN="Marek Dolny via SmartHire":mailto:notification@smarthire.example
UID:sr-1
SUMMARY:Interview with Anna Dahl for Backend Developer
{ME}
ATTENDEE;CN=Marek Dolny:mailto:marek.dolny@bursztyn.example
DESCRIPTION:Bursztyn Software has invited you to an interview.\\n\\nPosition: Backend Developer\\nLocation: Video\\nPlease join via https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d\\n
"""), start="2027-03-02T12:00:00+01:00", end="2027-03-02T12:45:00+01:00", company=["Bursztyn Software"], position=["Backend Developer"],
 people=[who("Marek Dolny","marek.dolny@bursztyn.example")], not_people=["notification@smarthire.example"], link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d", place=None)

case("12-teamtailor", calendar_text(f"""DTSTART:20270303T130000Z
DTEND:20270303T140000Z
DTSTAMP:20270205T120000Z
ORGANIZER;CN=Astrid Lind:mailto:meeting-8f3a@inbound.teamtailor.example
UID:tt-1
SUMMARY:Första intervju – Systemutvecklare
{ME}
ATTENDEE;CN=Astrid Lind:mailto:astrid.lind@fjallvind.example
DESCRIPTION:Hej Anna!\\n\\nVarmt välkommen på intervju för rollen Systemutvecklare hos Fjällvind AB. Du träffar Astrid Lind\\, teknikchef.\\n\\nVi ses på Hamngatan 7 i Luleå.\\n\\nHälsningar\\nAstrid Lind
LOCATION:Hamngatan 7\\, Luleå
"""), start="2027-03-03T13:00:00+00:00", end="2027-03-03T14:00:00+00:00", company=["Fjällvind"], position=["Systemutvecklare"],
 people=[who("Astrid Lind","astrid.lind@fjallvind.example",None,"teknikchef")], place=["Hamngatan 7"])

case("13-calendly", calendar_text("""DTSTART:20270304T160000Z
DTEND:20270304T163000Z
DTSTAMP:20270205T120000Z
ORGANIZER;CN=Calendly:mailto:notifications@calendly.example
UID:calendly-1
SUMMARY:Anna Dahl and Noor Haddad
ATTENDEE;CN=Anna Dahl:mailto:anna@dahl.example
ATTENDEE;CN=Noor Haddad:mailto:noor.haddad@tideway.example
DESCRIPTION:Event Name: Intro call\\, Controls Engineer\\n\\nLocation: This is a Zoom web conference.\\nYou can join this meeting from your computer\\, tablet\\, or smartphone.\\nhttps://tideway.zoom.us/j/93344556677\\n\\nPowered by Calendly.com
LOCATION:https://tideway.zoom.us/j/93344556677
"""), start="2027-03-04T16:00:00+00:00", end="2027-03-04T16:30:00+00:00", company=None, ask=["company"], position=["Controls Engineer"],
 people=[who("Noor Haddad","noor.haddad@tideway.example")], not_people=["notifications@calendly.example"], link="https://tideway.zoom.us/j/93344556677", place=None)

def slot(number: int, begins: str, ends: str, name: str, mail: str, title: str) -> str:
    return f"""DTSTART;TZID=America/Los_Angeles:20270305T{begins}
DTEND;TZID=America/Los_Angeles:20270305T{ends}
DTSTAMP:20270205T120000Z
UID:gt-{number}
ORGANIZER;CN=GoodTime Scheduler:mailto:scheduler@goodtime.example
{ME}
ATTENDEE;CN={name}:mailto:{mail}
SUMMARY:{title} | Anna Dahl | Staff Data Engineer | Tideway Robotics
LOCATION:https://tideway.zoom.us/j/93344556688"""
case("14-goodtime-loop", calendar_text(*[slot(1,"090000","094500","Noor Haddad","noor.haddad@tideway.example","System design"), slot(2,"100000","104500","Ben Achterberg","ben.achterberg@tideway.example","Coding"), slot(3,"110000","113000","Yuki Mori","yuki.mori@tideway.example","Values")]),
 start="2027-03-05T09:00:00-08:00", end="2027-03-05T11:30:00-08:00", rounds=1, company=["Tideway Robotics"], position=["Staff Data Engineer"],
 people=[who("Noor Haddad","noor.haddad@tideway.example"),who("Ben Achterberg","ben.achterberg@tideway.example"),who("Yuki Mori","yuki.mori@tideway.example")], not_people=["scheduler@goodtime.example"], link="https://tideway.zoom.us/j/93344556688")

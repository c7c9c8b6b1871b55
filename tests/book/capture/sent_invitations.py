"""Invitations by hand and by agency, of every method, in every encoding, inside mails."""

# ruff: noqa: E501 - lines of files, as they are
# fmt: off

from __future__ import annotations

from typing import Any

from tests.book.capture.shapes import CENTRAL_EUROPE, ME, Table, calendar_text, folded, mail, who

SENT: Table = {}


def case(name: str, data: str | bytes, **expected: Any) -> None:
    SENT[name] = folded(data) if isinstance(data, str) else data, expected


case("15-agency", calendar_text(f"""DTSTART;TZID=Europe/London:20270308T140000
DTEND;TZID=Europe/London:20270308T150000
DTSTAMP:20270205T120000Z
UID:ag-1
ORGANIZER;CN=Tom Ashby:mailto:tom.ashby@penrose-search.example
{ME}
SUMMARY:Interview with our client Castellan Insurance - Claims Analyst
DESCRIPTION:Hi Anna\\,\\n\\nI'm pleased to confirm your interview with our client\\, Castellan Insurance\\, for the role of Claims Analyst. You will meet Oksana Petrenko (Head of Claims) and Ravi Nair\\, Claims Manager.\\n\\nBest of luck!\\nTom Ashby\\nSenior Consultant\\nPenrose Search\\n+44 20 7946 0244
LOCATION:3 Castle Square\\, Exeter EX1 1AA
"""), start="2027-03-08T14:00:00+00:00", end="2027-03-08T15:00:00+00:00", company=["Castellan Insurance"], company_not=["Penrose"], position=["Claims Analyst"],
 people=[who("Tom Ashby","tom.ashby@penrose-search.example","+442079460244","Senior Consultant"),who("Oksana Petrenko",None,None,"Head of Claims"),who("Ravi Nair",None,None,"Claims Manager")], place=["3 Castle Square"])

base = f"""DTSTART:20270309T090000Z
DTEND:20270309T100000Z
DTSTAMP:20270205T120000Z
UID:m-1
ORGANIZER;CN=Mette Holm:mailto:mette@nordlys.example
{ME}
SUMMARY:Interview: Data Engineer at Nordlys Energi
"""
case("16-cancel-status", calendar_text(base+"STATUS:CANCELLED\nSEQUENCE:2\n", method="CANCEL"), refused=["cancel"])
case("17-reply", calendar_text(base.replace("NEEDS-ACTION","ACCEPTED"), method="REPLY"), refused=["answer","reply"])
case("18-counter", calendar_text(base, method="COUNTER"), refused=["counter","propos","reply","answer"], may_ask=True)
case("19-publish-no-attendees", calendar_text("""DTSTART:20270309T090000Z
DTEND:20270309T100000Z
DTSTAMP:20270205T120000Z
UID:m-19
SUMMARY:Interview: Data Engineer at Nordlys Energi
DESCRIPTION:You will meet Mette Holm (CTO) and Jonas Krag\\, Lead Engineer.
""", method="PUBLISH"), start="2027-03-09T09:00:00+00:00", end="2027-03-09T10:00:00+00:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm",None,None,"CTO"),who("Jonas Krag",None,None,"Lead Engineer")])

case("20-recurring-override", calendar_text(*[base+"RRULE:FREQ=WEEKLY;COUNT=3\n", base.replace("20270309T09","20270316T11").replace("20270309T10","20270316T12")+"RECURRENCE-ID:20270316T090000Z\n"]),
 start="2027-03-09T09:00:00+00:00", end="2027-03-09T10:00:00+00:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")], may_ask=True)
case("21-only-override", calendar_text(base.replace("DTSTART:20270309T09","DTSTART:20270316T11").replace("DTEND:20270309T10","DTEND:20270316T12")+"RECURRENCE-ID:20270316T090000Z\n"),
 start="2027-03-16T11:00:00+00:00", end="2027-03-16T12:00:00+00:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
case("22-all-day", calendar_text(f"""DTSTART;VALUE=DATE:20270310
DTEND;VALUE=DATE:20270311
DTSTAMP:20270205T120000Z
UID:ad-1
ORGANIZER;CN=Mette Holm:mailto:mette@nordlys.example
{ME}
SUMMARY:Assessment day: Nordlys Energi\\, Data Engineer
"""), ask=["time"], start="2027-03-10", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
case("23-floating", calendar_text(f"""DTSTART:20270310T130000
DURATION:PT1H30M
DTSTAMP:20270205T120000Z
UID:fl-1
ORGANIZER;CN=Mette Holm:mailto:mette@nordlys.example
{ME}
SUMMARY:2nd round
DESCRIPTION:Second interview for the Data Engineer position at Nordlys Energi.
"""), ask=["timezone"], start="2027-03-10T13:00:00", end="2027-03-10T14:30:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
case("24-duration", calendar_text(base.replace("DTEND:20270309T100000Z","DURATION:PT45M")), start="2027-03-09T09:00:00+00:00", end="2027-03-09T09:45:00+00:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
case("25-no-end", calendar_text(base.replace("DTEND:20270309T100000Z\n","")), start="2027-03-09T09:00:00+00:00", end=None, company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
case("26-cr-only", folded(calendar_text(base), end="\r"), start="2027-03-09T09:00:00+00:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
dk = base.replace("Data Engineer at Nordlys Energi","Pædagog hos Æblehaven").replace("Mette Holm","Søren Åse")
case("27-utf16-be", b"\xfe\xff"+calendar_text(dk).encode("utf-16-be"), start="2027-03-09T09:00:00+00:00", company=["Æblehaven"], position=["Pædagog"], people=[who("Søren Åse","mette@nordlys.example")])
case("28-cp1252-claimed-utf8", calendar_text(dk.replace("SUMMARY:","SUMMARY;CHARSET=UTF-8:")).replace("\n","\r\n").encode("cp1252"), start="2027-03-09T09:00:00+00:00", company=["Æblehaven"], position=["Pædagog"], people=[who("Søren Åse","mette@nordlys.example")])
def folded_inside_characters(text: str) -> bytes:
    lines = [line.encode() for line in text.strip().split("\n")]
    return b"".join(b"\r\n ".join(raw[at : at + 31] for at in range(0, len(raw), 31)) + b"\r\n" for raw in lines)
case("29-octet-fold", folded_inside_characters(calendar_text(dk)), start="2027-03-09T09:00:00+00:00", company=["Æblehaven"], position=["Pædagog"], people=[who("Søren Åse","mette@nordlys.example")])
case("30-vcal10-qp", b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\nPRODID:-//Old//EN\r\nBEGIN:VEVENT\r\nUID:v1\r\nDTSTART:20270309T090000Z\r\nDTEND:20270309T100000Z\r\nSUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Samtale: P=C3=A6dagog hos =C3=86ble=\r\nhaven\r\nDESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Du m=F8der S=F8ren =C5se (leder)=0D=0AVelkommen\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
 start="2027-03-09T09:00:00+00:00", company=["Æblehaven"], position=["Pædagog"], people=[who("Søren Åse",None,None,"leder")])
case("31-eml-base64", mail(folded(calendar_text(dk))), start="2027-03-09T09:00:00+00:00", company=["Æblehaven"], position=["Pædagog"], people=[who("Søren Åse","mette@nordlys.example")], rounds=1)
case("32-eml-qp-latin1", mail(calendar_text(dk).replace("\n","\r\n").encode("latin-1"), "quoted-printable", "iso-8859-1"), start="2027-03-09T09:00:00+00:00", company=["Æblehaven"], position=["Pædagog"], people=[who("Søren Åse","mette@nordlys.example")])
case("33-eml-without-calendar", mail(folded(calendar_text(dk))).replace(b"text/calendar", b"text/x-none").replace(b"QkVHSU4", b"QQQQQQQ"), refused=["calendar","invitation"])
case("34-collision", calendar_text(base.replace("DTSTART:20270309T090000Z","DTSTART;TZID=GMT Standard Time:20270710T090000").replace("DTEND:20270309T100000Z","DTEND;TZID=GMT Standard Time:20270710T100000"), before=CENTRAL_EUROPE.format(name="GMT Standard Time")),
 start=["2027-07-10T09:00:00+01:00","2027-07-10T09:00:00"], company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")], may_ask=True)
case("35-hole", calendar_text(base.replace("DTSTART:20270309T090000Z","DTSTART;TZID=Europe/Berlin:20270328T023000").replace("DTEND:20270309T100000Z","DTEND;TZID=Europe/Berlin:20270328T033000")),
 may_ask=True, company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")], start=["2027-03-28T03:30:00+02:00","2027-03-28T02:30:00"])
case("36-danish-prose", calendar_text(f"""DTSTART;TZID=Europe/Copenhagen:20270311T120000
DTEND;TZID=Europe/Copenhagen:20270311T130000
DTSTAMP:20270205T120000Z
UID:dp-1
ORGANIZER;CN=HR Nordlys Energi:mailto:hr@nordlys.example
{ME}
SUMMARY:Invitation til jobsamtale
DESCRIPTION:Kære Anna\\n\\nTak for din ansøgning til stillingen som datakonsulent i Nordlys Energi. Vi vil gerne invitere dig til samtale torsdag den 11. marts kl. 12.\\n\\nTil samtalen møder du afdelingschef Mette Holm og udviklingsleder Jonas Krag samt tillidsrepræsentant Lise Bro.\\n\\nHar du spørgsmål\\, kan du ringe til Mette Holm på 32 12 34 56.\\n\\nVenlig hilsen\\nHR
LOCATION:Havnegade 12\\, 8000 Aarhus C
"""), start="2027-03-11T12:00:00+01:00", end="2027-03-11T13:00:00+01:00", company=["Nordlys Energi"], position=["datakonsulent"],
 people=[who("Mette Holm",None,None,"afdelingschef"),who("Jonas Krag",None,None,"udviklingsleder"),who("Lise Bro",None,None,"tillidsrepræsentant")], not_people=["hr@nordlys.example"], place=["Havnegade 12"])
case("37-german", calendar_text(f"""DTSTART;TZID=Europe/Berlin:20270312T100000
DTEND;TZID=Europe/Berlin:20270312T113000
DTSTAMP:20270205T120000Z
UID:de-1
ORGANIZER;CN="Vogt, Annika":mailto:annika.vogt@rheinblick.example
{ME}
SUMMARY:Vorstellungsgespräch Rheinblick Verlag GmbH – Dateningenieurin (m/w/d)
DESCRIPTION:Sehr geehrte Frau Dahl\\,\\n\\nan dem Gespräch nehmen teil: Herr Dr. Cem Öztürk (Leiter IT) und Frau Petra Lang (Betriebsrat).\\n\\nMit freundlichen Grüßen\\ni. A. Annika Vogt\\nPersonalreferentin\\nRheinblick Verlag GmbH\\nTel.: +49 69 90009-455\\nFax: +49 69 90009-499\\n
LOCATION:Uferstraße 9\\, 60311 Frankfurt am Main
"""), start="2027-03-12T10:00:00+01:00", end="2027-03-12T11:30:00+01:00", company=["Rheinblick Verlag"], position=["Dateningenieurin"],
 people=[who("Annika Vogt","annika.vogt@rheinblick.example","+496990009455","Personalreferentin"),who(["Cem Öztürk","Dr. Cem Öztürk"],None,None,"Leiter IT"),who("Petra Lang",None,None,"Betriebsrat")], place=["Uferstraße 9"], not_phones=["+496990009499"])
case("38-french", calendar_text(f"""DTSTART:20270315T090000Z
DTEND:20270315T100000Z
DTSTAMP:20270205T120000Z
UID:fr-1
ORGANIZER;CN=Odile Tessier:mailto:odile@grandcour.example
{ME}
SUMMARY:Entretien d'embauche – Chef de projet chez Atelier Grandcour
DESCRIPTION:Votre interlocuteur : Luc Renaud\\, directeur des opérations.
"""), start="2027-03-15T09:00:00+00:00", company=["Atelier Grandcour"], position=["Chef de projet"], people=[who("Odile Tessier","odile@grandcour.example"),who("Luc Renaud",None,None,"directeur des opérations")])
case("39-sent-by", calendar_text(f"""DTSTART:20270315T090000Z
DTEND:20270315T100000Z
DTSTAMP:20270205T120000Z
UID:sb-1
ORGANIZER;CN=Mette Holm;SENT-BY="mailto:assistant@nordlys.example":mailto:mette@nordlys.example
ATTENDEE;CUTYPE=GROUP;CN=Hiring Team:mailto:hiring-team@nordlys.example
ATTENDEE;PARTSTAT=DECLINED;CN=Ole Bak:mailto:ole@nordlys.example
ATTENDEE;CUTYPE=ROOM;CN=Boardroom:mailto:boardroom@nordlys.example
ATTENDEE;CN="krag@nordlys.example":mailto:krag@nordlys.example
{ME}
SUMMARY:Job interview Nordlys Energi (Data Engineer)
"""), start="2027-03-15T09:00:00+00:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")], maybe=["krag@nordlys.example"], not_people=["hiring-team@nordlys.example","ole@nordlys.example","boardroom@nordlys.example","assistant@nordlys.example"], may_ask=True)
case("40-own-entry", calendar_text("""DTSTART;TZID=Europe/Copenhagen:20270316T140000
DTEND;TZID=Europe/Copenhagen:20270316T150000
DTSTAMP:20270205T120000Z
UID:own-1
ORGANIZER;CN=Anna Dahl:mailto:anna@dahl.example
SUMMARY:Jobsamtale Havbro Logistik - driftsplanlægger
LOCATION:Kajgade 3\\, Esbjerg
DESCRIPTION:Peter Lund\\, tlf. 32 12 70 11
""", method="", prodid="-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN"), start="2027-03-16T14:00:00+01:00", company=["Havbro Logistik"], position=["driftsplanlægger"], people=[], maybe=["Peter Lund"], place=["Kajgade 3"], may_ask=True)
case("41-two-firms", calendar_text(*[base, f"""DTSTART:20270312T090000Z
DTEND:20270312T100000Z
DTSTAMP:20270205T120000Z
UID:m-2
ORGANIZER;CN=Fiona Delahunt:mailto:fiona@bramblehouse.example
{ME}
SUMMARY:Interview: Bookseller at Bramble House
"""]), refused_or_asked=True)
case("42-dentist", calendar_text("""DTSTART;TZID=Europe/Copenhagen:20270316T140000
DTEND;TZID=Europe/Copenhagen:20270316T143000
DTSTAMP:20270205T120000Z
UID:dent-1
SUMMARY:Tandlæge
LOCATION:Torvet 2\\, Aarhus
"""), start="2027-03-16T14:00:00+01:00", company=None, position=None, ask=["company","position"], people=[], place=["Torvet 2"])
case("43-updated-invitation-prefix", calendar_text(f"""DTSTART:20270317T090000Z
DTEND:20270317T100000Z
DTSTAMP:20270205T120000Z
UID:up-1
SEQUENCE:3
ORGANIZER;CN=Harriet Bowes:mailto:harriet.bowes@quillmere.example
{ME}
SUMMARY:Updated invitation: FW: Final interview – Quillmere Paper – Planner
"""), start="2027-03-17T09:00:00+00:00", company=["Quillmere Paper"], position=["Planner"], people=[who("Harriet Bowes","harriet.bowes@quillmere.example")])
case("44-gmail-organizer", calendar_text(f"""DTSTART:20270317T090000Z
DTEND:20270317T100000Z
DTSTAMP:20270205T120000Z
UID:gm-1
ORGANIZER;CN=Ida Falk:mailto:idafalk77@gmail.com
{ME}
SUMMARY:Interview
DESCRIPTION:Hi Anna\\, looking forward to talking about the barista job. My number is 020 7946 0377. Ida
LOCATION:Copper Kettle Café\\, 8 Market Row\\, York
"""), start="2027-03-17T09:00:00+00:00", company=None, ask=["company"], position=["barista"], people=[who("Ida Falk","idafalk77@gmail.com")], place=["8 Market Row"])
case("45-phone-interview", calendar_text(f"""DTSTART;TZID=America/New_York:20270318T110000
DTEND;TZID=America/New_York:20270318T113000
DTSTAMP:20270205T120000Z
UID:ph-1
ORGANIZER;CN=Luis Ferreira:mailto:luis.ferreira@brightfold.example
{ME}
SUMMARY:Phone Screen - Brightfold Labs - Data Analyst
LOCATION:Luis will call you at +45 32 12 34 00
DESCRIPTION:Luis Ferreira\\nTalent Partner | Brightfold Labs\\n(929) 555-0123
"""), start="2027-03-18T11:00:00-04:00", company=["Brightfold Labs"], position=["Data Analyst"], people=[who("Luis Ferreira","luis.ferreira@brightfold.example",None,"Talent Partner")], not_phones=["+4532123400"])
case("46-html-table", calendar_text(f"""DTSTART:20270319T090000Z
DTEND:20270319T100000Z
DTSTAMP:20270205T120000Z
UID:ht-1
ORGANIZER;CN=Havbro HR:mailto:job@havbro.example
{ME}
SUMMARY:Interview confirmation
DESCRIPTION:<html><body><table><tr><td><b>Role</b></td><td>Operations Planner</td></tr><tr><td><b>Company</b></td><td>Havbro Logistik A/S</td></tr><tr><td><b>Interviewers</b></td><td>Jonas Krag\\, HR Manager<br>Mette Holm\\, COO</td></tr><tr><td><b>Where</b></td><td>Kajgade 3\\, Esbjerg</td></tr></table><script>alert(1)</script></body></html>
"""), start="2027-03-19T09:00:00+00:00", company=["Havbro Logistik"], position=["Operations Planner"], people=[who("Jonas Krag",None,None,"HR Manager"),who("Mette Holm",None,None,"COO")], not_people=["job@havbro.example"])
case("47-japanese", calendar_text(f"""DTSTART;TZID=Asia/Tokyo:20270322T130000
DTEND;TZID=Asia/Tokyo:20270322T140000
DTSTAMP:20270205T120000Z
UID:jp-1
ORGANIZER;CN=佐藤 健一:mailto:sato@sakura-denki.example
{ME}
SUMMARY:面接：データエンジニア（株式会社さくら電機）
LOCATION:東京都千代田区丸の内1-1-1
"""), start="2027-03-22T13:00:00+09:00", company=["さくら電機"], position=["データエンジニア"], people=[who("佐藤 健一","sato@sakura-denki.example")], place=["丸の内"])
case("48-hostile-names", calendar_text(f"""DTSTART:20270322T090000Z
DTEND:20270322T100000Z
DTSTAMP:20270205T120000Z
UID:hn-1
ORGANIZER;CN=Mette \x1b[31mHolm\u202e:mailto:mette@nordlys.example
{ME}
SUMMARY:Interview: =HYPERLINK("http://x.example") at \x1b]0;pwn\x07Nordlys Energi
"""), start="2027-03-22T09:00:00+00:00", never=["\x1b","\u202e","\x07"], company=["Nordlys Energi"], people=[who("Mette Holm","mette@nordlys.example")], may_ask=True)
case("49-vtodo", "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTODO\nUID:t\nSUMMARY:Interview\nDUE:20270301T100000Z\nEND:VTODO\nEND:VCALENDAR\n", refused=["event","meeting"])
case("50-msft-quoted-mailto", calendar_text(f"""DTSTART;TZID=Eastern Standard Time:20270320T093000
DTEND;TZID=Eastern Standard Time:20270320T103000
DTSTAMP:20270205T120000Z
UID:q-1
ORGANIZER;CN="'Mette Holm'":mailto:'mette@nordlys.example'
ATTENDEE;CN="mette.holm@nordlys.example";ROLE=REQ-PARTICIPANT:invalid:nomail
{ME}
SUMMARY:Interview: Data Engineer at Nordlys Energi
"""), start="2027-03-20T09:30:00-04:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")], may_ask=True)
case("51-lowercase", "begin:vcalendar\nversion:2.0\nbegin:vevent\nuid:lc\ndtstart;tzid=europe/copenhagen:20270309t100000\ndtend;tzid=europe/copenhagen:20270309t110000\nsummary:Interview: Data Engineer at Nordlys Energi\norganizer;cn=Mette Holm:mailto:Mette@Nordlys.example\nend:vevent\nend:vcalendar\n",
 start="2027-03-09T10:00:00+01:00", company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])
case("52-z-and-tzid", calendar_text(base.replace("DTSTART:","DTSTART;TZID=Europe/Copenhagen:")), start="2027-03-09T09:00:00+00:00", may_ask=True, company=["Nordlys Energi"], position=["Data Engineer"], people=[who("Mette Holm","mette@nordlys.example")])

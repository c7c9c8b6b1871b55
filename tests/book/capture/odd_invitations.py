"""Invitations that are odd in one way: zones, encodings, several events, wrappings."""

# ruff: noqa: E501 - lines of files, as they are
# fmt: off

from __future__ import annotations

from typing import Any

from tests.book.capture.shapes import CENTRAL_EUROPE, ME, Table, calendar_text, folded, mail, who

ODD: Table = {}


def case(name: str, data: str | bytes, **expected: Any) -> None:
    ODD[name] = folded(data) if isinstance(data, str) else data, expected


EV=f"""UID:z@x.example
DTSTAMP:20270301T080000Z
ORGANIZER;CN=Mette Holm:mailto:mette.holm@nordlys.example
{ME}
SUMMARY:Interview: Data Engineer at Nordlys Energi
"""
OK: dict[str, Any] = {"company": ["Nordlys Energi"], "position": ["Data Engineer"], "people": [who("Mette Holm", "mette.holm@nordlys.example")]}
def raw(name: str, text: str | bytes, **e: Any) -> None: case(name, text, **{**OK, **e})
raw("c50-proprietary-tz", calendar_text("DTSTART;TZID=/softwarestudio.org/Olson_20011030_5/America/New_York:20270316T090000\nDURATION:PT30M\n"+EV),start="2027-03-16T09:00:00-04:00",end="2027-03-16T09:30:00-04:00")
raw("c51-gap-week-us-eu", calendar_text("DTSTART;TZID=Pacific Standard Time:20270318T090000\nDTEND;TZID=Pacific Standard Time:20270318T100000\n"+EV),start="2027-03-18T09:00:00-07:00")
raw("c52-autumn-ambiguous", calendar_text("DTSTART;TZID=Europe/Copenhagen:20271031T023000\nDTEND;TZID=Europe/Copenhagen:20271031T033000\n"+EV),start=["2027-10-31T02:30:00+02:00","2027-10-31T02:30:00"],may_ask=True)
raw("c53-dtend-before", calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T090000Z\n"+EV),refused=["before"])
raw("c54-dtend-other-zone", calendar_text("DTSTART;TZID=Europe/London:20270316T100000\nDTEND;TZID=Europe/Paris:20270316T120000\n"+EV),start="2027-03-16T10:00:00+00:00",end="2027-03-16T11:00:00+00:00")
raw("c55-zone-est5edt", calendar_text("DTSTART;TZID=EST5EDT:20270716T100000\nDURATION:PT1H\n"+EV),start="2027-07-16T10:00:00-04:00")
raw("c56-zone-cet-abbrev", calendar_text("DTSTART;TZID=CET:20270716T100000\nDURATION:PT1H\n"+EV),start=["2027-07-16T10:00:00+02:00","2027-07-16T10:00:00"],may_ask=True)
raw("c57-zone-ist", calendar_text("DTSTART;TZID=IST:20270716T100000\nDURATION:PT1H\n"+EV),start=["2027-07-16T10:00:00"],ask=["timezone"])
raw("c58-duplicate-events-same-uid", calendar_text(*["DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\nSEQUENCE:0\n"+EV,"DTSTART:20270317T100000Z\nDTEND:20270317T110000Z\nSEQUENCE:1\n"+EV]),start="2027-03-17T10:00:00+00:00",rounds=1)
raw("c59-two-days", calendar_text(*["DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV,"DTSTART:20270318T100000Z\nDTEND:20270318T110000Z\n"+EV.replace("UID:z@","UID:y@")]),start="2027-03-16T10:00:00+00:00",rounds=2)
raw("c60-vtodo-and-event", calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV).replace("BEGIN:VEVENT","BEGIN:VTODO\nUID:t\nSUMMARY:x\nEND:VTODO\nBEGIN:VEVENT",1),start="2027-03-16T10:00:00+00:00")
raw("c61-eml-html-first", mail(folded(calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV))).replace(b"Content-Type: text/calendar; charset=\"UTF-8\"; method=REQUEST", b"Content-Type: TEXT/CALENDAR; METHOD=REQUEST;\r\n charset=utf-8; name=\"meeting.ics\""),start="2027-03-16T10:00:00+00:00")
raw("c62-mbox", b"From mette@nordlys.example Mon Feb  1 09:00:00 2027\r\n"+mail(folded(calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV))),start="2027-03-16T10:00:00+00:00")
raw("c63-eml-attached-rfc822", b"From: a@x.example\r\nTo: b@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=QQ\r\n\r\n--QQ\r\nContent-Type: message/rfc822\r\n\r\n"+mail(folded(calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV)))+b"\r\n--QQ--\r\n",start="2027-03-16T10:00:00+00:00")
raw("c64-utf16le-nobom", calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV).encode("utf-16-le"),start="2027-03-16T10:00:00+00:00")
raw("c65-mixed-newlines", folded(calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV)).replace(b"\r\nDTEND",b"\rDTEND").replace(b"\r\nSUMMARY",b"\n\nSUMMARY"),start="2027-03-16T10:00:00+00:00")
raw("c66-junk-before", b"Attached invitation:\r\n\r\n"+folded(calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV)),start="2027-03-16T10:00:00+00:00",may_refuse=True)
raw("c68-winmail", b"\x78\x9f\x3e\x22\x01\x00\x06\x90\x08\x00"+b"\x00IPM.Microsoft Schedule.MtgReq\x00"*50,refused=["calendar"])
raw("c69-json", b'{"summary":"Interview"}',refused=["calendar"])
raw("c70-jcal", b'["vcalendar",[["version",{},"text","2.0"]],[["vevent",[["dtstart",{},"date-time","2027-03-16T10:00:00Z"]],[]]]]',refused=["calendar"])
raw("c71-empty-values", calendar_text("DTSTART:20270316T100000Z\nDTEND:\nLOCATION:\nDESCRIPTION:\n"+EV),start="2027-03-16T10:00:00+00:00",end=None)
raw("c72-declinecounter", calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\n"+EV,method="DECLINECOUNTER"),refused=["DECLINECOUNTER"])
raw("c73-outlook-forward-x-props", calendar_text("DTSTART;TZID=\"W. Europe Standard Time\":20270316T100000\nDTEND;TZID=\"W. Europe Standard Time\":20270316T110000\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE\n"+EV,before=CENTRAL_EUROPE.format(name="W. Europe Standard Time").replace("TZID:","TZID:\"").replace("Time\n","Time\"\n",1)),start="2027-03-16T10:00:00+01:00")
raw("c74-midnight-24h", calendar_text("DTSTART;TZID=Europe/Copenhagen:20270316T000000\nDTEND;TZID=Europe/Copenhagen:20270317T000000\n"+EV),ask=["time"],start="2027-03-16")
raw("c75-x-wr-timezone-floating", calendar_text("DTSTART:20270316T100000\nDTEND:20270316T110000\n"+EV,before="X-WR-TIMEZONE:Europe/Copenhagen"),start=["2027-03-16T10:00:00","2027-03-16T10:00:00+01:00"],may_ask=True)
raw("c76-place-is-half-an-address", calendar_text("DTSTART:20270316T100000Z\nDTEND:20270316T110000Z\nLOCATION:https://[\n"+EV), start="2027-03-16T10:00:00+00:00", link=None)

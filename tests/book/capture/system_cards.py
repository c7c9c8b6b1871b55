"""Cards as telephones, Outlook, scanners and address books write them."""

# ruff: noqa: E501 - lines of files, as they are
# fmt: off

from __future__ import annotations

import json
from typing import Any

from tests.book.capture.shapes import Table, card, mail, who

CARDS: Table = {}


def case(name: str, data: str | bytes, **expected: Any) -> None:
    written = data.strip("\n").replace("\n", "\r\n").encode() + b"\r\n" if isinstance(data, str) else data
    CARDS[name] = written, expected


case("01-nokia21", card("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8rensen;Mads;;;\nTEL;CELL:+4532123456\nTEL;WORK;VOICE;PREF:+4532124411\nTEL;FAX;WORK:+4532124499\nEMAIL;INTERNET;WORK:mads@havbro.example\nORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Havbro Logistik;R=C3=B8gteri\nTITLE:Driftschef","2.1"),
 company=["Havbro Logistik"], people=[who("Mads Sørensen","mads@havbro.example","+4532124411","Driftschef")])
case("02-android", card("N:Holm;Mette;;;\nFN:Mette Holm\nTEL;TYPE=CELL:+45 32 12 34 56\nTEL;TYPE=X-Direkte:+45 32 12 34 57\nEMAIL;TYPE=HOME:mette@post.example\nEMAIL;TYPE=WORK:mette.holm@nordlys.example\nORG:Nordlys Energi\nTITLE:HR Manager\nNOTE:Mødt på messen\nPHOTO;ENCODING=B;TYPE=JPEG:"+"A"*2000),
 company=["Nordlys Energi"], people=[who("Mette Holm","mette.holm@nordlys.example",["+4532123456","+4532123457"],"HR Manager")])
case("03-apple-item", card("PRODID:-//Apple Inc.//iPhone OS 17.4//EN\nN:Krag;Jonas;;Dr.;\nFN:Dr. Jonas Krag\nORG:Nordlys Energi A/S;\nTITLE:CTO\nitem1.EMAIL;type=INTERNET;type=pref:jonas.krag@nordlys.example\nitem1.X-ABLabel:_$!<Work>!$_\nitem2.TEL;type=pref:+45 32 12 40 44\nitem2.X-ABLabel:iPhone\nitem3.TEL:+45 32 12 40 99\nitem3.X-ABLabel:Fax\nitem4.ADR;type=WORK:;;Havnegade 12;Aarhus;;8000;Denmark\nitem4.X-ABADR:dk\nX-SOCIALPROFILE;type=linkedin:http://www.linkedin.com/in/x"),
 company=["Nordlys Energi"], people=[who(["Jonas Krag","Dr. Jonas Krag"],"jonas.krag@nordlys.example","+4532124044","CTO")], not_phones=["+4532124099"])
case("04-outlook", card("N;LANGUAGE=en-us:Whitlock;Dana;M.;Ms.;PhD\nFN:Dana M. Whitlock, PhD\nORG:Brightfold Labs, Inc.;People Operations\nTITLE:VP\\, People\nTEL;WORK;VOICE:(212) 555-0123\nTEL;CELL;VOICE:(917) 555-0124\nTEL;WORK;FAX:(212) 555-0129\nADR;WORK;PREF:;;500 Fifth Ave;New York;NY;10110;United States of America\nLABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:500 Fifth Ave=0D=0A=\nNew York, NY 10110\nEMAIL;PREF;INTERNET:dana@brightfold.example\nX-MS-OL-DEFAULT-POSTAL-ADDRESS:2\nREV:20260101T101010Z","2.1"),
 company=["Brightfold Labs"], people=[who(["Dana Whitlock","Dana M. Whitlock","Dana M. Whitlock, PhD","Ms. Dana M. Whitlock"],"dana@brightfold.example","+12125550123","VP, People")], may_ask=True)
case("05-scanner-caps", card("N:ASHBY;TOM;;;\nFN:TOM ASHBY\nTEL;TYPE=WORK:+442079460244\nTEL;TYPE=FAX:+442079460245\nTEL;TYPE=CELL:+447700900123\nEMAIL:TOM.ASHBY@PENROSE-SEARCH.EXAMPLE\nTITLE:SENIOR CONSULTANT"),
 company=None, people=[who(["Tom Ashby","TOM ASHBY"],"tom.ashby@penrose-search.example","+442079460244","SENIOR CONSULTANT")])
case("06-scanner-everything-in-fn", card("FN:Harriet Bowes\nORG:Quillmere Paper Ltd\nTITLE:People Partner\nTEL;TYPE=work,voice:T: +44 113 496 0142\nTEL;TYPE=work,fax:F: +44 113 496 0143\nEMAIL;TYPE=work:E: harriet.bowes@quillmere.example\nURL:www.quillmere.example"),
 company=["Quillmere Paper"], people=[who("Harriet Bowes","harriet.bowes@quillmere.example","+441134960142","People Partner")], may_ask=True)
case("07-japanese", card("N:佐藤;健一;;;\nFN:佐藤 健一\nX-PHONETIC-LAST-NAME:サトウ\nX-PHONETIC-FIRST-NAME:ケンイチ\nORG:株式会社さくら電機;人事部\nTITLE:人事部長\nTEL;TYPE=WORK:+81-3-0000-0000\nEMAIL:sato@sakura-denki.example"),
 company=["さくら電機"], people=[who("佐藤 健一","sato@sakura-denki.example",[None,"+81300000000"],"人事部長")], may_ask=True)
case("08-japanese-no-fn", card("N:佐藤;健一;;;\nORG:株式会社さくら電機\nEMAIL:sato@sakura-denki.example"), company=["さくら電機"], people=[who(["佐藤 健一","佐藤健一"],"sato@sakura-denki.example")])
case("09-chinese-no-fn", card("N;CHARSET=UTF-8:王;小明;;;\nORG;CHARSET=UTF-8:晨光科技\nTEL;CELL:+8613800138000","2.1"), company=["晨光科技"], people=[who(["王小明","王 小明"],None,"+8613800138000")])
case("10-hungarian", card("N:Nagy;Zsófia;;;\nFN:Nagy Zsófia\nORG:Tisza Műszer Kft.\nTITLE:HR vezető\nTEL;TYPE=WORK,VOICE:+36 1 550 0123\nEMAIL:zsofia.nagy@tisza.example\nADR;TYPE=WORK:;;Fő utca 1.;Budapest;;1011;Magyarország","4.0"),
 company=["Tisza Műszer"], people=[who(["Nagy Zsófia"],"zsofia.nagy@tisza.example",["+3615500123",None],"HR vezető")], may_ask=True)
case("11-n-without-fn-suffix", card("N:Ferreira;Luis;Maria;Mr.;Jr.\nORG:Brightfold Labs\nTEL;TYPE=work:+1 212 555 0177"), company=["Brightfold Labs"], people=[who(["Luis Ferreira","Luis Maria Ferreira","Luis Maria Ferreira Jr.","Luis Maria Ferreira, Jr."],None,"+12125550177")])
case("12-fn-last-first", card("FN:Krag, Jonas\nN:Krag;Jonas;;;\nORG:Nordlys Energi\nEMAIL:jonas@nordlys.example"), company=["Nordlys Energi"], people=[who("Jonas Krag","jonas@nordlys.example")])
case("13-fn-is-mail", card("FN:jonas.krag@nordlys.example\nN:;;;;\nEMAIL:jonas.krag@nordlys.example\nORG:Nordlys Energi"), company=["Nordlys Energi"], ask=["name"])
case("14-fn-is-company", card("FN:Nordlys Energi\nORG:Nordlys Energi\nX-ABShowAs:COMPANY\nTEL:+45 32 12 30 00"), company=["Nordlys Energi"], people=[], ask=["name"])
case("15-three-cards", card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nEMAIL:mette@nordlys.example")+card("FN:Jonas Krag\nN:Krag;Jonas\nORG:Nordlys Energi\nEMAIL:jonas@nordlys.example")+card("FN:Anna Dahl\nN:Dahl;Anna\nEMAIL:anna@dahl.example"),
 company=["Nordlys Energi"], people=[who("Mette Holm","mette@nordlys.example"),who("Jonas Krag","jonas@nordlys.example")])
case("16-two-firms", card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nEMAIL:mette@nordlys.example")+card("FN:Fiona Delahunt\nN:Delahunt;Fiona\nORG:Bramble House\nEMAIL:fiona@bramblehouse.example"), refused_or_asked=True)
case("17-tz-name", card("FN:Yuki Mori\nN:Mori;Yuki\nORG:Tideway Robotics\nTZ:America/Los_Angeles\nTEL;TYPE=work:+1 415 555 0121"), company=["Tideway Robotics"], people=[who("Yuki Mori",None,"+14155550121",None,"America/Los_Angeles")])
case("18-tz-offset", card("FN:Yuki Mori\nN:Mori;Yuki\nORG:Tideway Robotics\nTZ:-08:00\nEMAIL:yuki@tideway.example"), company=["Tideway Robotics"], people=[who("Yuki Mori","yuki@tideway.example")], tz_none=True)
case("19-tz-utc-offset-v4", card("FN:Elsa Bergqvist\nN:Bergqvist;Elsa\nORG:Fjällvind AB\nTZ;VALUE=utc-offset:+0100\nEMAIL:elsa@fjallvind.example","4.0"), company=["Fjällvind"], people=[who("Elsa Bergqvist","elsa@fjallvind.example")], tz_none=True)
case("20-tz-text-v3", card("FN:Elsa Bergqvist\nN:Bergqvist;Elsa\nORG:Fjällvind AB\nTZ;VALUE=text:+01:00; CET; Europe/Stockholm\nEMAIL:elsa@fjallvind.example"), company=["Fjällvind"], people=[who("Elsa Bergqvist","elsa@fjallvind.example",None,None,"Europe/Stockholm")], may_ask=True)
case("23-jcard", json.dumps(["vcard",[["version",{},"text","4.0"],["fn",{},"text","Mette Holm"],["n",{},"text",["Holm","Mette","","",""]],["org",{},"text","Nordlys Energi"],["email",{"type":"work"},"text","mette@nordlys.example"],["tel",{"type":["work","voice"]},"uri","tel:+45-32-12-34-56"]]]),
 refused=["vCard","card"], may_take=True)
case("24-xcard", '<?xml version="1.0"?><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"><vcard><fn><text>Mette Holm</text></fn></vcard></vcards>', refused=["card"])
case("28-hostile-name", card("FN:=cmd|' /C calc'!A0 \x1b[31mRed\u202e\nN:Red;=cmd|' /C calc'!A0\nORG:Evil\\n[[log]]\\nat=1\nEMAIL:x@evil.example"), never=["\x1b","\u202e","\n"], may_refuse=True, may_ask=True)
case("29-no-end", "BEGIN:VCARD\nVERSION:3.0\nFN:Mette Holm\nTEL:+45321", refused=[""], may_take=True)
case("30-lowercase-lf-bom", b"\xef\xbb\xbf"+"begin:vcard\nversion:3.0\nfn:Håkon Sæther\nn:Sæther;Håkon;;;\norg:Måløy Båt\nemail;type=internet:h@maloy.example\ntel;type=cell:+47 406 12 345\nend:vcard\n".encode(), company=["Måløy Båt"], people=[who("Håkon Sæther","h@maloy.example","+4740612345")])
case("31-national-no-country", card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nTEL;TYPE=WORK:32 12 34 56\nEMAIL:mette@nordlys.example"), company=["Nordlys Energi"], people=[who("Mette Holm","mette@nordlys.example",None)], ask=["phone"])
case("32-00-prefix", card("FN:Cem Öztürk\nN:Öztürk;Cem;;Dr.;\nORG:Rheinblick Verlag GmbH;IT\nROLE:Leiter IT\nTEL;TYPE=WORK:0049 (0)69 90009-455\nEMAIL;TYPE=PREF,INTERNET:cem@rheinblick.example"), company=["Rheinblick Verlag"], people=[who(["Cem Öztürk","Dr. Cem Öztürk"],"cem@rheinblick.example","+496990009455","Leiter IT")])
case("33-pager-modem-only", card("FN:Ole Bak\nN:Bak;Ole\nORG:Havbro\nTEL;TYPE=PAGER:+4532121111\nTEL;TYPE=MODEM:+4532121112\nTEL;TYPE=TEXT:+4532121113","3.0"), company=["Havbro"], people=[who("Ole Bak",None,[None,"+4532121113"])], may_ask=True)
case("34-fold-tab-and-utf8-split", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:K\xc3\r\n\t\xa4the Sm\r\n aragd\r\nN:Smaragd;K\xc3\xa4the\r\nORG:Smaragd GmbH\r\nEND:VCARD\r\n", company=["Smaragd"], people=[who("Käthe Smaragd")])
case("35-21-multiline-qp-base64-blank", b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Str=F6m;Bj=\r\n=F6rn\r\nPHOTO;BASE64;JPEG:\r\n  AAAA\r\n  BBBB==\r\n\r\nORG:Fj=E4ll\r\nTEL;HOME:+46 8 465 004 71\r\nEND:VCARD\r\n", people=[who("Björn Ström",None,["+46846500471"])], may_ask=True)
case("36-eml-with-card", mail(card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi").encode(), kind="text/vcard"), company=["Nordlys Energi"], people=[who("Mette Holm")])
case("37-meCard", "MECARD:N:Holm,Mette;TEL:+4532123456;EMAIL:mette@nordlys.example;;", refused=["card"])
case("38-nickname-kind-org", card("KIND:org\nFN:Copper Kettle Catering\nTEL:+44 20 7946 0100\nEMAIL:hello@copperkettle.example","4.0"), company=["Copper Kettle Catering"], people=[], ask=["name"])
case("39-kind-group-members", card("KIND:group\nFN:Hiring team\nMEMBER:urn:uuid:1","4.0")+card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nUID:urn:uuid:1","4.0"), company=["Nordlys Energi"], people=[who("Mette Holm")], may_ask=True)
case("40-agent-nested", "BEGIN:VCARD\nVERSION:2.1\nN:Holm;Mette\nFN:Mette Holm\nORG:Nordlys Energi\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Bak;Ole\nFN:Ole Bak\nTEL;WORK:+4532121111\nEND:VCARD\nEMAIL;INTERNET:mette@nordlys.example\nEND:VCARD\n", company=["Nordlys Energi"], people=[who("Mette Holm","mette@nordlys.example",None)])
case("e01", card("N:van der Berg;Joost;;ir.;\nFN:ir. Joost van der Berg\nORG:Waterlinie Bouw B.V.\nTITLE:Projectleider\nTEL;TYPE=CELL,VOICE:+31 6 12345678\nEMAIL;TYPE=INTERNET,WORK:j.vanderberg@waterlinie.example"),company=["Waterlinie Bouw"],people=[who(["Joost van der Berg"],"j.vanderberg@waterlinie.example","+31612345678","Projectleider")])
case("e02", card("N:Ortega Ruiz;Lucía;;;\nFN:Lucía Ortega Ruiz\nORG:Olivar Verde S.L.;Datos\nROLE:Directora\nTEL;WORK;PREF:+34 910 123 456\nTEL;HOME:+34 600 123 456\nEMAIL:lucia@olivarverde.example\nEMAIL;PREF:l.ortega@olivarverde.example","3.0"),company=["Olivar Verde"],people=[who("Lucía Ortega Ruiz","l.ortega@olivarverde.example","+34910123456","Directora")])
case("e03", card("FN;CHARSET=UTF-8:MÜLLER\\, Käthe\nN;CHARSET=UTF-8:MÜLLER;Käthe;;;\nORG;CHARSET=UTF-8:Werkstatt Smaragd\nTEL;WORK:+49 69 90009-321","2.1"),company=["Werkstatt Smaragd"],people=[who(["Käthe Müller","Käthe MÜLLER"],None,"+496990009321")])
case("e04", card("FN:\nN:;;;;\nNICKNAME:Meg\nORG:Nordlys\nEMAIL:meg@nordlys.example"),company=["Nordlys"],people=[],ask=["name"])
case("e05", card("FN:김 민준\nN:김;민준;;;\nORG:한빛소프트\nTEL;TYPE=CELL:+82 10-1234-5678"),company=["한빛소프트"],people=[who(["김 민준","김민준"],None,["+821012345678",None])],may_ask=True)
case("e06", card("N:Kovács;János;;Dr.;\nFN:Dr. Kovács János\nORG:Tisza Műszer Kft.\nTEL:+36 20 123 4567"),company=["Tisza Műszer"],people=[who(["Kovács János","Dr. Kovács János"],None,"+36201234567")])
case("e07", card("FN:Sam O’Dea\nN:O’Dea;Sam\nORG:Pebble Archive\nTEL;TYPE=work:+1 (212) 555-0188 x 42\nTEL;TYPE=fax:+1 212 555 0189"),company=["Pebble Archive"],people=[who("Sam O’Dea",None,"+12125550188")])
case("e08", card("FN:Jane Roe (she/her)\nN:Roe;Jane;;;\nORG:Hudson Freight\nPRONOUNS:she/her\nTEL;TYPE=work:+1 212 555 0142"),company=["Hudson Freight"],people=[who(["Jane Roe","Jane Roe (she/her)"],None,"+12125550142")])
case("e09", card("FN:Jane Roe\\, MBA\\, PMP\nN:Roe;Jane;;;MBA,PMP\nORG:Hudson Freight Inc.\nTITLE:Sr. Recruiter\nTEL;TYPE=work:+1.212.555.0142"),company=["Hudson Freight"],people=[who(["Jane Roe","Jane Roe, MBA, PMP","Jane Roe, MBA"],None,"+12125550142","Sr. Recruiter")])
case("e10", card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nTEL;TYPE=work:tel:+45-32-12-34-56\nEMAIL;TYPE=work:mailto:mette@nordlys.example\nTZ:Europe/Copenhagen\nLANG:da"),company=["Nordlys Energi"],people=[who("Mette Holm","mette@nordlys.example","+4532123456",None,"Europe/Copenhagen")])
case("e11", card("N:Holm;Mette\nFN:Mette Holm\nORG:Nordlys Energi\nTITLE:HR\nTEL;TYPE=WORK;X-EXT=12:+45 32 12 34 56\nitem1.URL:https://nordlys.example\nitem1.X-ABLabel:_$!<HomePage>!$_\nBDAY:1980-01-01\nX-WAB-GENDER:1\nGEO:56.1;10.2"),company=["Nordlys Energi"],people=[who("Mette Holm",None,"+4532123456","HR")])
case("e12", "\ufeff"+card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi"),company=["Nordlys Energi"],people=[who("Mette Holm")])
case("e13", card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nEMAIL:mette@nordlys.example").replace("\n","\r"),company=["Nordlys Energi"],people=[who("Mette Holm","mette@nordlys.example")])
case("e14", card("FN:Mette Holm\nN:Holm;Mette\nTITLE:HR Manager\\nNordlys Energi\nORG:Nordlys Energi\nNOTE:Line one\\nLine two: a\\, b\nADR;TYPE=WORK:;;Havnegade 12\\nBaghuset;Aarhus;;8000;Danmark\nTEL:32 12 34 56"),company=["Nordlys Energi"],people=[who("Mette Holm",None,"+4532123456","HR Manager")])
case("e15", card("FN:Reception\nORG:Nordlys Energi\nTEL:+45 32 12 30 00"),company=["Nordlys Energi"],people=[],ask=["name"])
case("e16", card("FN:HR Department\nORG:Nordlys Energi\nEMAIL:hr@nordlys.example"),company=["Nordlys Energi"],people=[],ask=["name"])
case("e17", card("FN:Mette Holm\nN:Holm;Mette\nORG:;\nTITLE:\nTEL:\nEMAIL:"),people=[who("Mette Holm")])
case("e18", card("FN:Mette Holm\nN:Holm;Mette\nORG:Nordlys Energi\nTEL;TYPE=WORK:+45 12\nTEL;TYPE=CELL:+45 32 12 34 56"),company=["Nordlys Energi"],people=[who("Mette Holm",None,"+4532123456")])
case("e19", "BEGIN:VCARD\nVERSION:4.0\nFN:Mette Holm\nN:Holm;Mette;;;\nORG:Nordlys Energi\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+4532123456\nTEL;VALUE=uri;TYPE=fax:tel:+4532123499\nEMAIL;PREF=2:b@nordlys.example\nEMAIL;PREF=1:a@nordlys.example\nEND:VCARD\n",company=["Nordlys Energi"],people=[who("Mette Holm","a@nordlys.example","+4532123456")])
case("e20", card("FN:Mette Holm\nN:Holm;Mette\nX-EVOLUTION-FILE-AS:Holm\\, Mette\nORG:Nordlys Energi\nTEL;TYPE=MSG:+4532123456\nX-SKYPE:mette"),company=["Nordlys Energi"],people=[who("Mette Holm",None,"+4532123456")])

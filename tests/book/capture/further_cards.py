"""Business cards of other shapes than those of the data. All people and firms are invented."""

# ruff: noqa: E501 - lines of files, as they are

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """What must come out of the first card; ``""``: no matter."""

    name: str | None = ""
    company: str | None = ""
    role: str | None = ""
    email: str | None = ""
    phone: str | None = ""
    timezone: str | None = ""
    honorific: str | None = ""
    asks: tuple[str, ...] = ()
    error: str | None = None
    people: int = 1


def card(body: str, version: str = "3.0") -> bytes:
    """A card, CRLF."""
    return f"BEGIN:VCARD\nVERSION:{version}\n{body.strip()}\nEND:VCARD\n".replace("\n", "\r\n").encode()


CARDS: dict[str, tuple[bytes, Expected]] = {
    "small letters": (
        b"begin:vcard\nversion:3.0\nfn:Ivy Cole\nn:Cole;Ivy;;;\ntel;type=work:+442079460101\nemail:IVY@saltmarsh.example\nend:vcard\n",
        Expected("Ivy Cole", email="ivy@saltmarsh.example", phone="+44 20 7946 0101"),
    ),
    "leading blank lines and spaces after END": (
        b"\r\n\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ivy Cole\r\nEND:VCARD  \r\n\r\n",
        Expected("Ivy Cole", phone=None),
    ),
    "old Mac line ends": (b"BEGIN:VCARD\rVERSION:3.0\rFN:Ivy Cole\rEND:VCARD\r", Expected("Ivy Cole")),
    "family name first in FN": (card("FN:Cole, Ivy\nN:Cole;Ivy;;;"), Expected("Ivy Cole")),
    "honorific with a name of its own": (
        card("FN:Prof. Dr. Ute Brandt\nN:Brandt;Ute;;Prof. Dr.;"),
        Expected("Ute Brandt", honorific="Prof. Dr."),
    ),
    "UTF-16 big endian": (
        card("FN:Žofie Malá\nTEL;WORK:+420 601 123 456").decode().encode("utf-16"),
        Expected("Žofie Malá"),
    ),
    "UTF-16 without a mark": (card("FN:Žofie Malá").decode().encode("utf-16-be"), Expected("Žofie Malá")),
    "raw bytes in a named charset": (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-2:Mal\xe1;\xaeofie\r\nEND:VCARD\r\n",
        Expected("Žofie Malá"),
    ),
    "quoted-printable Shift JIS": (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=93=63=92=86=20=89=D4\r\nEND:VCARD\r\n",
        Expected("田中 花"),
    ),
    "quoted-printable that says UTF-8 and is Latin-1": (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;QUOTED-PRINTABLE:J=F8rgen Dahl\r\nEND:VCARD\r\n",
        Expected("Jørgen Dahl"),
    ),
    "a charset that is none": (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=zip_codec;ENCODING=QUOTED-PRINTABLE:Ivy=20Cole\r\nEND:VCARD\r\n",
        Expected("Ivy Cole"),
    ),
    "quoted-printable last line with a soft break": (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nORG;ENCODING=QUOTED-PRINTABLE:Salt=\r\nmarsh=\r\n\r\nFN:Ivy Cole\r\nEND:VCARD\r\n",
        Expected("Ivy Cole", "Saltmarsh"),
    ),
    "folded name of 3.0": (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ivy \r\n Co\r\n\tle\r\nEND:VCARD\r\n",
        Expected("Ivy Cole"),
    ),
    "types in quotes and in small letters": (
        card('FN:Ivy Cole\nTEL;TYPE="fax,work":+442079460101\nTEL;type="cell,voice":+447911123456', "4.0"),
        Expected(phone="+44 7911 123456"),
    ),
    "a number of a telephone that says nothing": (
        card("FN:Ivy Cole\nTEL:+442079460101"),
        Expected(phone="+44 20 7946 0101"),
    ),
    "only a fax": (card("FN:Ivy Cole\nTEL;TYPE=WORK,FAX:+442079460101"), Expected(phone=None)),
    "Android's label of a fax": (
        card("FN:Ivy Cole\nitem1.TEL:+442079460101\nitem1.X-ABLabel:Fax (Büro)\nTEL;CELL:+447911123456"),
        Expected(phone="+44 7911 123456"),
    ),
    "two zeros for the plus": (card("FN:Ivy Cole\nTEL;WORK:0044 20 7946 0101"), Expected(phone="+44 20 7946 0101")),
    "a zero in brackets": (card("FN:Ivy Cole\nTEL;WORK:+44 (0)20 7946 0101"), Expected(phone="+44 20 7946 0101")),
    "extension in words": (
        card("FN:Ivy Cole\nTEL;WORK:+44 20 7946 0101 ext. 7"),
        Expected(phone="+44 20 7946 0101 ext. 7"),
    ),
    "extension behind a pause": (
        card("FN:Ivy Cole\nTEL;WORK:+442079460101,,7"),
        Expected(phone="+44 20 7946 0101 ext. 7"),
    ),
    "national number, country in German": (
        card("FN:Ute Brandt\nTEL;WORK:030 23125 077\nADR;WORK:;;Linden 1;Berlin;;10115;Deutschland"),
        Expected(phone="+49 30 23125077"),
    ),
    "national number, Apple's country code": (
        card("FN:Odile Tessier\nTEL;WORK:01 99 00 41 22\nitem1.ADR:;;3 passage;Lyon;;69000;\nitem1.X-ABADR:fr"),
        Expected(phone="+33 1 99 00 41 22"),
    ),
    "national number and no country": (
        card("FN:Ivy Cole\nTEL;WORK:020 7946 0101"),
        Expected(phone=None, asks=("phone",)),
    ),
    "national number, mail of a country is no proof": (
        card("FN:Ute Brandt\nTEL:030 23125 077\nEMAIL:ute@lindenhof.de"),
        Expected(phone=None, asks=("phone",)),
    ),
    "vanity number": (card("FN:Ivy Cole\nTEL:1-800-FLOWERS"), Expected(phone=None, asks=("phone",))),
    "tel with a context": (
        card("FN:Ivy Cole\nTEL;VALUE=uri:tel:+44-20-7946-0101;phone-context=+44", "4.0"),
        Expected(phone="+44 20 7946 0101"),
    ),
    "mailto in 4.0": (
        card("FN:Ivy Cole\nEMAIL;VALUE=uri:mailto:ivy@saltmarsh.example", "4.0"),
        Expected(email="ivy@saltmarsh.example"),
    ),
    "e-mail at work before that at home": (
        card("FN:Ivy Cole\nEMAIL;TYPE=HOME:ivy@home.example\nEMAIL;TYPE=WORK:ivy@saltmarsh.example"),
        Expected(email="ivy@saltmarsh.example"),
    ),
    "the preferred alternative of 4.0": (
        card("FN;PREF=2:Ivy M. Cole\nFN;PREF=1:Ivy Cole\nORG:Saltmarsh", "4.0"),
        Expected("Ivy Cole", "Saltmarsh"),
    ),
    "a firm's card of Apple": (
        card("N:;;;;\nFN:Saltmarsh Ferries\nORG:Saltmarsh Ferries;\nX-ABShowAs:COMPANY\nTEL:+442079460101"),
        Expected(company="Saltmarsh Ferries", asks=("name",), people=0),
    ),
    "a firm's card of 4.0": (
        card("KIND:org\nFN:Saltmarsh Ferries", "4.0"),
        Expected(company="Saltmarsh Ferries", asks=("name",), people=0),
    ),
    "the name is an address": (
        card("FN:ivy@saltmarsh.example\nEMAIL:ivy@saltmarsh.example"),
        Expected(asks=("name",), people=0),
    ),
    "zone as an offset says no zone": (card("FN:Ivy Cole\nTZ:-05:00"), Expected(timezone=None)),
    "zone of 3.0 as text": (card("FN:Ivy Cole\nTZ;VALUE=text:America/Toronto"), Expected(timezone="America/Toronto")),
    "role without a title": (card("FN:Ivy Cole\nROLE:Recruiter"), Expected(role="Recruiter")),
    "an assistant's card inside": (
        card(
            "FN:Ivy Cole\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Somebody Else\nTEL:+442079460999\nEND:VCARD\nTEL:+442079460101",
            "2.1",
        ),
        Expected("Ivy Cole", phone="+44 20 7946 0101"),
    ),
    "an address book": (card("FN:Ivy Cole") * 50, Expected(error="address book")),
    "cards of two firms": (
        card("FN:Ivy Cole\nORG:Saltmarsh") + card("FN:Al Dent\nORG:Crumb"),
        Expected("Ivy Cole", None, asks=("company",), people=2),
    ),
    "a calendar": (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Expected(error="no business card")),
    "invisible characters in name and number": (
        card("FN:Ivy\u200b \u202eCole\nTEL:\u202a+44 20 7946 0101\u202c"),
        Expected("Ivy Cole", phone="+44 20 7946 0101"),
    ),
    "a name in Arabic": (card("FN:ليلى حداد\nN:حداد;ليلى;;;\nORG:شركة النور"), Expected("ليلى حداد", "شركة النور")),
    "many blank properties": (
        card("FN:Ivy Cole\nTEL:\nEMAIL:\nORG:;;\nTITLE:\nN:;;;;"),
        Expected("Ivy Cole", None, None, None, None),
    ),
}

"""Business cards (vCard 2.1, 3.0, 4.0) -> people. Fax numbers are nobody's telephone; a firm is nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from callplan.book.capture.content_lines import LONGEST_FILE, ContentLine, content_lines
from callplan.book.capture.mail import part_of_mail
from callplan.book.capture.signature import without_degrees
from callplan.book.capture.taken import Asked, Taken, TakenPerson, UnusableError
from callplan.book.capture.who import Applicant, address_in, calmed, is_shared, letters
from callplan.book.capture.wording import first_line, one_line
from callplan.message import message
from callplan.zones import is_zone

#: More cards than this are an address book, not the card of an interviewer.
MOST_CARDS = 12

_NO_VOICE = frozenset(("FAX", "PAGER", "MODEM", "BBS", "TEXTPHONE", "ISDN", "TTY", "TLX", "TELEX", "X-FAX"))
_FAX_LABEL = re.compile(r"fax|telefax|pager|modem|telex|télécopie", re.IGNORECASE)
#: Which number to ring when the card prefers none: at work first.
_RANK = ("WORK", "CELL", "MOBILE", "IPHONE", "MAIN", "VOICE", "")
_EXTENSION = re.compile(
    r"(?:;\s*ext=|,+|\b(?:ext|extension|x|lokal|dw|durchwahl|poste)\b\.?:?)\s*(\d{1,6})#?\s*$", re.IGNORECASE
)
_OTHERWISE_CALLED = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB", "greatbritain": "GB",
    "us": "US", "usa": "US", "unitedstatesofamerica": "US", "holland": "NL", "thenetherlands": "NL", "brd": "DE",
    "czechrepublic": "CZ",
}  # fmt: skip
#: What scanners leave before a number or an address: "T:", "Mobile:", "E-mail:".
_LABEL = re.compile(r"^\s*[^\W\d_][\w. /-]{0,14}?(?::|[.:]\s*(?=[+(\d]))\s*")
#: Names of these scripts are said family name first; kana among them are written apart in Japan.
_FAMILY_FIRST = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_NOBODY = Applicant()
_MANY_LINES = message("has several lines, of which only the first is taken")


@dataclass(slots=True)
class _Card:
    """The properties of one card."""

    lines: list[ContentLine] = field(default_factory=list)

    def all(self, name: str) -> list[ContentLine]:
        return [line for line in self.lines if line.name == name and line.value.strip(" ;")]

    def text(self, name: str) -> str:
        found = self.all(name)
        return min(found, key=_preference).text if found else ""

    def units(self, name: str) -> list[str]:
        found = self.all(name)
        return min(found, key=_preference).units() if found else []

    def label(self, line: ContentLine) -> str:
        """Apple's own name for a property of a group, out of its wrapping."""
        if not line.group:
            return ""
        named = next((one.text for one in self.lines if one.group == line.group and one.name == "X-ABLABEL"), "")
        return re.sub(r"_\$!<(.*)>!\$_", r"\1", named.strip())


def read_cards(data: bytes, me: Applicant = _NOBODY) -> Taken:
    """All that the cards of a file give, except the applicant's own.

    Raises `UnusableError` when there is none, or the file is cut off.
    """
    if len(data) > LONGEST_FILE:
        raise UnusableError(message("it is larger than {count} MB, which no card is.", count=LONGEST_FILE // 1000000))
    part = (
        part_of_mail(data, "text/vcard", ".vcf", b"BEGIN:VCARD") if b"BEGIN:VCARD" not in data[:100].upper() else None
    )
    cards = list(_cards(part or data))
    if not cards:
        raise UnusableError(message("there is no business card in it: no line BEGIN:VCARD."))
    questions: list[Asked] = []
    theirs = [card for card in cards if not me.is_meant(_whose(card), _email(card) or "")]
    if not theirs and me.name:
        raise UnusableError(message("it is your own card. Take the card of somebody whom you will meet."))
    people: dict[str, TakenPerson] = {}
    left: list[str] = []
    companies: dict[str, str] = {}
    for card in theirs:
        company = _company(card, questions)
        if company:
            companies.setdefault(letters(company) or company, company)
        person = _person(card, company, questions, left)
        if person is not None:
            people.setdefault(letters(person.name) or person.name, person)
    firms = list(companies.values())
    if len(firms) > 1:
        questions.append(
            Asked(
                "company", message("The cards are of several firms: {firms}. Which one is it?", firms=", ".join(firms))
            )
        )
    return Taken(
        company=firms[0] if len(firms) == 1 else None,
        people=tuple(people.values()),
        questions=tuple(questions),
        timezone=next((zone for person in people.values() if (zone := person.timezone)), None),
        left=tuple(left),
    )


def _cards(data: bytes) -> Iterator[_Card]:
    card: _Card | None = None
    count = depth = 0
    for line in content_lines(data):
        kind = line.value.strip().upper()
        if line.name == "BEGIN" and kind == "VCARD":
            if card is not None:
                depth += 1  # a card inside AGENT is somebody else's
                if depth > 3:
                    raise UnusableError(message("its cards are inside each other, as no program writes them."))
                continue
            count += 1
            if count > MOST_CARDS:
                raise UnusableError(message("it is a whole address book. Save the one card that is meant."))
            card = _Card()
        elif line.name == "END" and kind == "VCARD" and card is not None:
            if depth:
                depth -= 1
                continue
            yield card
            card = None
        elif (
            card is not None
            and not depth
            and len(card.lines) < 2000
            and line.name not in ("PHOTO", "LOGO", "SOUND", "KEY")
        ):
            card.lines.append(line)
    if card is not None:
        raise UnusableError(message("the card is cut off: its last line END:VCARD is missing. Save it again."))


def _person(card: _Card, company: str | None, questions: list[Asked], left: list[str]) -> TakenPerson | None:
    """Whose card it is; what else may be asked goes into `questions`, and what goes into no record into `left`."""
    email = _email(card)
    units = [*map(one_line_of, card.units("N")), *[""] * 5]
    family, given, more, honorific = units[0], units[1], units[2], units[3]
    name = _name(card, given, family)
    kind = card.text("KIND").strip().lower()
    is_firm = kind in ("org", "group", "location") or card.text("X-ABSHOWAS").strip().upper() == "COMPANY"
    if (
        not name
        or (company and letters(name) == letters(company))
        or ((is_firm or _is_desk(name, email)) and not (given or family))
    ):
        whose = company or email or "a firm"
        questions.append(Asked("name", message("The card of {whose} names no person. Whose is it?", whose=whose)))
        return None
    if any(re.search(r"[\r\n]", line.text.strip()) for line in (*card.all("FN"), *card.all("N"))):
        questions.append(
            Asked("name", message('The name "{name}" {trouble}. Is it right?', name=name, trouble=_MANY_LINES))
        )
    if units[4] and ", " in name:  # "Jane Roe, MBA"
        name = name.partition(", ")[0]
    name, degrees = without_degrees(name)
    left += degrees or ([units[4]] if units[4] and units[4] not in name else [])
    found = re.match(rf"{re.escape(honorific)}\.?\s+(?=\S)", name) if honorific else None
    if found:
        name = name[found.end() :]
    if not found and honorific and not re.fullmatch(r"[^\W\d_][\w. /-]{0,20}", honorific):
        honorific = ""
    return TakenPerson(
        name=name,
        email=email,
        phone=_phone(card, name, questions),
        role=first_line(card.text("TITLE") or card.text("ROLE"), 150).rstrip(" ,;") or None,
        timezone=_zone(card),
        honorific=honorific or None,
        given=given or None if not more or given else more,
        family=family or None,
    )


def _is_desk(name: str, email: str | None) -> bool:
    """Whether a name without parts is a department's: "Reception", "HR Department"."""
    return is_shared(name, email or "") or is_shared("", name.replace(" ", "-"))


def _zone(card: _Card) -> str | None:
    """The zone by its name, also behind an offset: ``+01:00; CET; Europe/Stockholm``. An offset alone is no zone."""
    told = one_line(card.text("TZ"))
    parts = [part.strip() for part in re.split(r"[;,]", told)]
    return next((zone for zone in (told, *parts) if "/" in zone and is_zone(zone)), None)


def one_line_of(text: str) -> str:
    """A part of a name; what follows a line break in it was smuggled in."""
    return first_line(text, 80)


def _name(card: _Card, given: str, family: str) -> str:
    """The formatted name, else the parts of the name, as it is said."""
    whole = first_line(card.text("FN"), 120).strip(" ,;")
    if "@" in whole or not re.search(r"[^\W\d_]|[^\x00-\x7f]", whole):
        whole = ""
    if whole and family and given and whole.replace(" ", "").lower() == f"{family},{given}".replace(" ", "").lower():
        whole = ""
    name = whole or _said(given, family)
    return "" if "@" in name or letters(name) in ("none", "null", "unknown", "noname") else calmed(name)


def _said(given: str, family: str) -> str:
    if given and family and _FAMILY_FIRST.fullmatch(given + family):
        return f"{family} {given}" if _KANA.search(given + family) else f"{family}{given}"
    return " ".join(part for part in (given, family) if part)


def _whose(card: _Card) -> str:
    units = [*map(one_line_of, card.units("N")), "", ""]
    return _name(card, units[1], units[0])


def _company(card: _Card, questions: list[Asked]) -> str | None:
    units = card.units("ORG")
    if (units and re.search(r"[\r\n]", units[0].strip())) or "\\n" in (units[0] if units else ""):
        questions.append(
            Asked(
                "company",
                message(
                    'The company "{name}" {trouble}. Is it right?', name=first_line(units[0], 150), trouble=_MANY_LINES
                ),
            )
        )
    company = first_line(units[0].replace("\\n", "\n"), 150) if units else ""
    if not company and (card.text("KIND").strip().lower() == "org" or card.text("X-ABSHOWAS").upper() == "COMPANY"):
        company = first_line(card.text("FN"), 150)
    return company or None


def _kinds(line: ContentLine) -> set[str]:
    """The types of a property, however they are written: ``TYPE=work,voice``, ``TYPE="voice,work"``, ``;WORK``."""
    return {word.upper() for value in line.parameters.get("TYPE", ()) for word in re.split(r"[,;\s]+", value) if word}


def _preference(line: ContentLine) -> tuple[int, int]:
    """Smaller is better: PREF=1 … 100 of vCard 4.0, or the type PREF; then no preference."""
    told = line.parameter("PREF")
    if told.isdigit():
        return 0, int(told[:4])
    return (0, 1) if "PREF" in _kinds(line) or told else (1, 0)


def _email(card: _Card) -> str | None:
    def rank(line: ContentLine) -> tuple[tuple[int, int], int]:
        kinds = _kinds(line)
        return _preference(line), 0 if "WORK" in kinds else 2 if "HOME" in kinds else 1

    for line in sorted(card.all("EMAIL")[:30], key=rank):
        text = _LABEL.sub("", line.text[:400].strip())
        address = address_in(text)
        if address and address == text.strip(" <>").lower():
            return address
    return None


def _phone(card: _Card, name: str, questions: list[Asked]) -> str | None:
    """The number to ring: the preferred one, else that of work, in international format."""

    def rank(line: ContentLine) -> tuple[tuple[int, int], int]:
        kinds = _kinds(line) | {card.label(line).upper()}
        return _preference(line), min((_RANK.index(kind) for kind in kinds if kind in _RANK), default=len(_RANK))

    wrong = ""
    for line in sorted((line for line in card.all("TEL")[:30] if _is_voice(line, card)), key=rank):
        written = first_line(line.text, 80)
        number = _international(written, card)
        if number:
            return number
        wrong = wrong or written
    if wrong:
        questions.append(
            Asked(
                "phone",
                message(
                    '"{number}" is no number that can be rung from anywhere. What is the number of {name}?',
                    number=wrong,
                    name=name,
                ),
            )
        )
    return None


def _is_voice(line: ContentLine, card: _Card) -> bool:
    kinds = _kinds(line)
    if re.match(r"\s*(?:f|fx|(?:tele)?fax)\s*[.:]", line.text, re.IGNORECASE):  # a scanner's label
        return False
    return not (kinds & _NO_VOICE or any("FAX" in kind for kind in kinds) or _FAX_LABEL.search(card.label(line)))


def _international(written: str, card: _Card) -> str | None:
    from callplan.places.numbers import international  # noqa: PLC0415 - slow, and not every card has a number

    text = _LABEL.sub("", written)
    text = re.sub(r";(?:phone-context|isub|npdi?|pref|type)=[^;]*", "", text, flags=re.IGNORECASE)
    extension = _EXTENSION.search(text)
    if extension:
        text = text[: extension.start()].rstrip(" ;,.#-") + f" ext. {extension[1]}"
    text = re.sub(r"(?<=[\d)\s])\(0\)(?=\s?\d)", " ", text) if text.lstrip().startswith(("+", "00")) else text
    if re.match(r"\s*00[1-9]", text):
        text = "+" + text.strip()[2:]
    for region in (None, _country(card)):
        try:
            return international(text, region)
        except ValueError:
            if region is None and text.lstrip().startswith("+"):
                return None
    return None


def _country(card: _Card) -> str | None:
    """The country of the card's address. Never of its language or mail: a wrong country is a wrong number."""
    for line in sorted(card.all("ADR")[:12], key=lambda line: (_preference(line), "WORK" not in _kinds(line))):
        units = line.units()
        code = line.parameter("CC") or next(
            (one.text for one in card.lines if line.group and one.group == line.group and one.name == "X-ABADR"), ""
        )
        country = one_line(units[6]) if len(units) > 6 else ""
        found = _code(country) or (code.strip().upper() if re.fullmatch(r"[A-Za-z]{2}", code.strip()) else None)
        if found:
            return found
    return None


def _code(country: str) -> str | None:
    """The code of a country by its name in the languages of Europe."""
    if not country:
        return None
    plain = letters(country)
    if plain in _OTHERWISE_CALLED:
        return _OTHERWISE_CALLED[plain]
    from callplan.countries import COUNTRIES  # noqa: PLC0415 - only for numbers without a country code

    if country.strip().upper() in COUNTRIES:
        return country.strip().upper()
    from babel import Locale  # noqa: PLC0415 - slow, for the same

    for language in ("en", "de", "fr", "es", "it", "nl", "da", "sv", "nb", "fi", "pl", "pt", "cs"):
        for code, name in Locale(language).territories.items():
            if code in COUNTRIES and letters(name) == plain:
                return str(code)
    return None

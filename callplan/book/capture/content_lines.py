"""The lines of iCalendar and vCard files, as mailers and telephones really write them.

Both formats share one syntax (RFC 5545 3.1, RFC 6350 3.2, vCard 2.1). This reader forgives what can be read in one way
only: other encodings, bare line feeds, characters split by a fold, lines broken without one, names in small letters.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

#: Bytes of a file; longer ones are refused unread.
LONGEST_FILE = 12_000_000
#: Bytes of one line. What is longer is a picture, an attachment or an attack, and is cut.
LONGEST_LINE = 60_000
#: Properties of a file; what comes after them is not read.
MOST_LINES = 40_000
#: Lines before they are joined; a folded picture of 12 MB has half as many. The rest is read as one.
MOST_RAW_LINES = 300_000

_LINE_END = re.compile(rb"\r*\n|\r")
_HEAD = re.compile(rb"(?:[A-Za-z0-9-]+\.)?([A-Za-z][A-Za-z0-9-]*)[ \t]*[;:]")
_NAMES = """
BEGIN END VERSION PRODID METHOD CALSCALE UID DTSTAMP DTSTART DTEND DURATION DUE SUMMARY DESCRIPTION LOCATION
ORGANIZER ATTENDEE CONTACT URL STATUS SEQUENCE CLASS PRIORITY TRANSP CREATED LAST-MODIFIED RRULE RDATE EXDATE
RECURRENCE-ID ATTACH CATEGORIES COMMENT GEO RESOURCES TRIGGER ACTION REPEAT TZID TZNAME TZOFFSETFROM
TZOFFSETTO TZURL CONFERENCE COLOR IMAGE SOURCE NAME ORG FN N TEL EMAIL TITLE ROLE ADR LABEL TZ NOTE PHOTO
LOGO SOUND BDAY REV KEY NICKNAME KIND LANG GENDER MEMBER RELATED ANNIVERSARY IMPP MAILER AGENT
"""
_KNOWN = frozenset(_NAMES.split())
_QUOTED_PRINTABLE = re.compile(rb"[^:]*;(?:encoding=)?quoted-printable\b", re.IGNORECASE)
_CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(?:windows|cp)-?125\d|cp437|"
    r"cp850|koi8-[ru]|"
    r"shift[-_]?jis|sjis|euc-(?:jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5|macintosh|x-mac-roman",
    re.IGNORECASE,
)
_SIGN = {"n": "\n", "N": "\n"}
_CARET = {"n": "\n", "'": '"', "^": "^"}


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property. `name` and the keys of `parameters` are in capitals; `value` still has its escapes."""

    name: str
    value: str
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = ""

    def parameter(self, name: str) -> str:
        """The values of a parameter as one text; empty when it is absent."""
        return ", ".join(self.parameters.get(name, ()))

    @property
    def text(self) -> str:
        """The value as people read it, line feeds for line breaks."""
        return unescaped(self.value)

    def units(self) -> list[str]:
        """A structured value (N, ORG, ADR) in its parts."""
        return [unescaped(part) for part in re.split(r"(?<!\\);", self.value)]


def unescaped(text: str) -> str:
    """Without the backslashes of RFC 5545 3.3.11 (and Apple's before a colon)."""
    return re.sub(r"\\([nN,;:\\\"])", lambda found: _SIGN.get(found[1], found[1]), text)


def content_lines(data: bytes) -> Iterator[ContentLine]:
    """The properties of a file, in its order. Never raises: what is no property belongs to the one before it."""
    plain = _as_ascii_superset(data[: LONGEST_FILE + 1])
    joined = list(islice(_unfolded(plain), MOST_LINES + 1))
    charset = _charset(joined)
    for raw in joined:
        line = _parsed(raw, charset)
        if line is not None:
            yield line


def _as_ascii_superset(data: bytes) -> bytes:
    """UTF-16 and UTF-32 as UTF-8, with or without their mark; the mark of UTF-8 taken off."""
    for mark, name in (
        (b"\xef\xbb\xbf", ""),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace").encode() if name else data[len(mark) :]
    head = data[:64]
    if len(head) >= 8 and head[1::2].count(0) * 2 > len(head) * 0.7:
        return data.decode("utf-16-le", "replace").encode()
    if len(head) >= 8 and head[0::2].count(0) * 2 > len(head) * 0.7:
        return data.decode("utf-16-be", "replace").encode()
    return data


def _unfolded(data: bytes) -> Iterator[bytes]:
    """Whole lines. Joined before they are decoded: a fold may stand inside a character."""
    parts: list[bytes] = []
    length = 0
    soft = False  # the line is quoted-printable and goes on below
    old = False  # vCard 2.1 folds before a space that belongs to the text
    for line in _LINE_END.split(data, MOST_RAW_LINES):
        head = line[:1]
        if parts and soft:
            piece = line
        elif parts and head in (b" ", b"\t"):
            piece = line if old and line.strip() and not _is_base64(parts[0]) else line[1:]
        elif parts and line and not _is_property(line):
            piece = b"\\n" + line
        else:
            if parts:
                yield b"".join(parts)
            parts, length, piece = [], 0, line
            if not line.strip():
                continue
            if line[:8].upper() == b"VERSION:":
                old = line[8:].strip() == b"2.1"
        soft = bool(_QUOTED_PRINTABLE.match(parts[0] if parts else piece)) and piece.endswith(b"=")
        if soft:
            piece = piece[:-1]
        if length < LONGEST_LINE:
            parts.append(piece[:LONGEST_LINE])
            length += len(piece)
    if parts:
        yield b"".join(parts)


def _is_base64(line: bytes) -> bool:
    return bool(re.match(rb"[^:]*(?:base64|encoding=b)\b", line, re.IGNORECASE))


def _is_property(line: bytes) -> bool:
    """Whether a line begins a property. "Parking: behind the house" is a sentence whose line was broken badly."""
    found = _HEAD.match(line)
    if not found:
        return False
    name = found[1].decode("ascii")
    return name.upper() in _KNOWN or name[:2] in ("X-", "x-") or (name.isupper() and len(name) > 2)


def _charset(lines: list[bytes]) -> str:
    try:
        for line in lines:
            # A line that was cut to its longest may end inside a character.
            line.decode("utf-8", "ignore" if len(line) >= LONGEST_LINE else "strict")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _parsed(raw: bytes, charset: str) -> ContentLine | None:
    text = raw.decode(charset, "replace")
    head, value = _head_and_value(text)
    if value is None:
        return None
    first, *rest = _split(head, ";")
    group, _, name = first.strip().rpartition(".")
    parameters = _parameters(rest)
    encoding = parameters.get("ENCODING", ("",))[0].upper()
    named = parameters.get("CHARSET", ("",))[0]
    told = named if _CHARSETS.fullmatch(named) else None
    if encoding in ("QUOTED-PRINTABLE", "Q"):
        value = _decoded(binascii.a2b_qp(value.encode(charset, "replace")), told or charset)
    elif told:
        value = _decoded(value.encode(charset, "replace"), told)
    return ContentLine(name.upper(), value, parameters, group.upper())


def _decoded(data: bytes, charset: str) -> str:
    for one in (charset, "utf-8"):
        try:
            return data.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _head_and_value(text: str) -> tuple[str, str | None]:
    """Split at the first colon outside quotes; when the quotes do not close, at the first of all."""
    quoted = escaped = False
    for position, sign in enumerate(text):
        if escaped:
            escaped = False
        elif sign == "\\" and quoted:
            escaped = True
        elif sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return text[:position], text[position + 1 :]
    head, colon, value = text.partition(":")
    return head, value if colon else None


def _split(text: str, separator: str) -> list[str]:
    """The parts between separators outside quotes."""
    parts, quoted, escaped, start = [], False, False, 0
    for position, sign in enumerate(text):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            quoted = not quoted
        elif sign == separator and not quoted:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _parameters(parts: list[str]) -> dict[str, tuple[str, ...]]:
    """The parameters by name. A bare word of vCard 2.1 (``TEL;WORK``) is a TYPE or an ENCODING."""
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        name, equals, written = part.partition("=")
        name = name.strip().upper()
        if not equals:
            kind = "ENCODING" if name in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT") else "TYPE"
            name, written = kind, name
        values = tuple(_parameter_value(one) for one in _split(written, ","))
        found[name] = (*found.get(name, ()), *values)
    return found


def _parameter_value(text: str) -> str:
    """Without its quotes, and with the signs that RFC 6868 writes with a caret."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    text = re.sub(r"\^([n'^])", lambda found: _CARET[found[1]], text)
    return unescaped(text)

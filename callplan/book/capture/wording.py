"""Text of other people, made fit for a record: one line, no invisible characters, not too long."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

#: What follows in a description is the meeting service's, not the sender's.
_SERVICE_LINE = re.compile(
    r"^[\W_]*(?:[_=~*─-]{12,}|-::~|\.{12,}|one tap mobile|dial by your location|"
    r"join (?:zoom|microsoft teams|teams|webex|with google|by phone|by video|from)|"
    r"microsoft teams(?:$|\W+(?:need|benötig|brug|besoin|¿|meeting|mødet?))|"
    r"join with google meet|(?:meeting|webinar) id\b)",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"<(?:p|br|div|html|body|span|table|ul|b|i|a)\b[^>]*>|</(?:p|div|body|html|a|span)>",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u2060-\u206f\u3164\uffa0\ufeff\ufff9-\ufffb]")
_BLOCKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr"))
_MOST_OF_A_MESSAGE = 30_000


def one_line(text: str, longest: int = 200) -> str:
    """The text on one line: blanks collapsed, whatever leads a screen or a header astray dropped."""
    kept = "".join(sign if _is_safe(sign) else " " if sign.isspace() else "" for sign in text[: longest * 4])
    return " ".join(_INVISIBLE.sub("", kept).split())[:longest].strip()


def first_line(text: str, longest: int = 200) -> str:
    """The first line that is not blank. A name or a firm has one; what follows a line break was smuggled in."""
    return next((line for part in re.split(r"[\r\n]", text) if (line := one_line(part, longest))), "")


def _is_safe(sign: str) -> bool:
    if " " <= sign <= "~":
        return True
    kind = unicodedata.category(sign)
    return kind not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") and (kind != "Cf" or sign in "\u200c\u200d")


def plain_text(text: str) -> str:
    """A description as text: HTML without its tags, addresses of links kept behind their words."""
    text = text[:_MOST_OF_A_MESSAGE].replace("\r\n", "\n").replace("\r", "\n")
    if not _HTML.search(text):
        return text.replace("\u00a0", " ")
    reader = _TextOf()
    reader.feed(text)
    reader.close()
    return "".join(reader.pieces).replace("\u00a0", " ")


def message_lines(text: str) -> list[str]:
    """What the sender wrote, line by line: nothing below the first line that is the meeting service's."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _SERVICE_LINE.match(line.strip()):
            break
        lines.append(line.strip())
    return lines


class _TextOf(HTMLParser):
    """Collects the text of HTML; a link's address follows its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "head", "title"):
            self._hidden += 1
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag == "a":
            self._address = next((value for name, value in attrs if name == "href" and value), "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "head", "title"):
            self._hidden = max(0, self._hidden - 1)
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag == "a" and self._address:
            said = self.pieces[-1] if self.pieces else ""
            if self._address.startswith("http") and self._address not in said:
                self.pieces.append(f" <{self._address}>")
            elif self._address.lower().startswith("mailto:") and self._address[7:] not in said:
                self.pieces.append(f" <{self._address[7:]}>")
            self._address = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)

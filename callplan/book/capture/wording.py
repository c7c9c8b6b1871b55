"""Text of other people, made fit for a record: one line, no invisible characters, not too long."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

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
#: What colours a terminal, or gives it another title.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
# Not html.parser: its time grows with the square of what is broken.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_UNSEEN = frozenset(("style", "script", "head", "title"))
_BLOCKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr"))
_CELLS = frozenset(("td", "th", "dt", "dd"))
#: A row of a table: a label and what it says.
_ROW = re.compile(r"^[ ]*\t\s*([^\t\n:]{2,40}?)\s*:?\s*\t\s*(?=\S)", re.MULTILINE)
_MOST_OF_A_MESSAGE = 30_000


def one_line(text: str, longest: int = 200) -> str:
    """The text on one line: blanks collapsed, whatever leads a screen or a header astray dropped."""
    text = _ESCAPE.sub("", text[: longest * 8])
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
    pieces: list[str] = []
    hidden, address, end = 0, "", 0
    for found in _TAG.finditer(text):
        if not hidden:
            pieces.append(unescape(text[end : found.start()]))
        end = found.end()
        closing, name = bool(found[1]), found[2].lower()
        if name in _UNSEEN:
            hidden = max(0, hidden - 1) if closing else hidden + 1
        elif name in _BLOCKS:
            pieces.append("\n")
        elif name in _CELLS and not closing:
            pieces.append("\t")
        elif name == "a" and not closing:
            address = unescape(told[1] or told[2] or told[3] or "") if (told := _HREF.search(found[3])) else ""
        elif name == "a" and address:
            pieces += _address(address, pieces[-1] if pieces else "")
            address = ""
    pieces.append("" if hidden else unescape(text[end:]))
    return _ROW.sub(r"\1: ", "".join(pieces).replace("\u00a0", " ")).replace("\t", " ")


def _address(address: str, said: str) -> list[str]:
    """Where a link leads, behind its words, unless they say it themselves."""
    plain = address[7:] if address.lower().startswith("mailto:") else address
    return [f" <{plain}>"] if plain not in said and (plain != address or address.lower().startswith("http")) else []


def message_lines(text: str) -> list[str]:
    """What the sender wrote, line by line: nothing below the first line that is the meeting service's."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _SERVICE_LINE.match(line.strip()):
            break
        lines.append(line.strip())
    return lines

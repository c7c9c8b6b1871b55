"""Which characters a record may hold, so that no screen, letter, header or calendar is led astray by them.

Letters of every script pass, with ZWJ and ZWNJ (Persian, Hindi and emoji need them) and the marks LRM, RLM and ALM.
"""

from __future__ import annotations

import re
import unicodedata

from callplan.message import message

#: Longest text of one line, and of several.
LINE, PROSE = 500, 20_000

# Refused everywhere. Noncharacters and most controls cannot stand in XML, which CalDAV wraps a calendar in.
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
# Refused where texts are compared and shown in one line: nobody sees why two names with these are not the same.
_IN_A_LINE = re.compile("[\t\n\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\uffa0\ufeff\U000e0000-\U000e007f]")


def complaint(text: str, several_lines: bool = False) -> str | None:
    """What is wrong with the characters or the length of a text, as the end of a sentence; None: nothing.

    `several_lines`: line feeds, tabs and invisible characters may be in it.
    """
    limit = PROSE if several_lines else LINE
    if len(text) > limit:
        return message("is {count:,} characters long; {limit:,} are the most", count=len(text), limit=limit)
    if text.isascii() and text.isprintable():
        return None
    found = _NEVER.search(text) or (None if several_lines else _IN_A_LINE.search(text))
    return message("holds {called}. Take it out", called=_called(found[0])) if found else None


def without_forbidden(text: str) -> str:
    """A text without the characters that no record may hold: what is taken over from elsewhere needs no complaint."""
    return text if text.isascii() and text.isprintable() else _NEVER.sub("", text)


def _called(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    if sign in "\t\n\r\u2028\u2029":
        return message("a line break or tab ({code})", code=code)
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return message("a control character ({code})", code=code)
    if kind == "Cs":
        return message("half a character ({code})", code=code)
    if kind == "Cn":
        return message("what is no character ({code})", code=code)
    if unicodedata.bidirectional(sign) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"):
        return message("a character that turns the direction of the text ({code})", code=code)
    return message("an invisible character ({code})", code=code)

"""The text of an event: what may stand in it, and the line under which the user's own notes stand.

Pure and light: no iCalendar library is loaded from here.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

#: The line that divides our text from the user's own notes, by language. ASCII and short, so that it fits a phone's
#: width and survives clients that replace typography. Every one of them is recognised, whatever the language now is.
NOTES_LINES = {
    "en": "=== Your own notes below ===",
    "da": "=== Dine egne noter herunder ===",
}
NOTES_LINE = NOTES_LINES["en"]

# Everything that some reader takes for the end of a line: str.splitlines() knows all of these, and so does vobject.
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# RFC 5545 3.1 allows no control character but the tab; the XML around a CalDAV answer no U+FFFE and U+FFFF; and a byte
# order mark is no text: icalendar drops it at the start of a value.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

# No quantifier before the first word: a megabyte of "=" must not cost quadratic time.
_DIVIDER = "|".join(line.replace(" ", r"\s+") for line in NOTES_LINES.values())
_DIVIDER_ALONE = re.compile(rf"^[ \t]*(?:{_DIVIDER})[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DIVIDER_ANYWHERE = re.compile(_DIVIDER, re.IGNORECASE)

_HTML_BREAK = re.compile(r"<br\s*/?>\n?|</(?:p|div|li|tr|h[1-6])\s*>\n?", re.IGNORECASE)
# The tags that calendars write. Anything else in angle brackets ("<maybe>") is somebody's text.
_HTML_TAG = re.compile(
    r"</?(?:html-blob|html|head|body|meta|p|div|span|br|hr|a|b|i|u|s|em|strong|font|small|pre|blockquote|img"
    r"|[uo]l|li|table|tbody|thead|t[rdh]|h[1-6]|o:p)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text as it may stand in an iCalendar TEXT value: line breaks are ``\\n``, no control characters."""
    text = _FORBIDDEN.sub("", _LINE_BREAK.sub("\n", text))
    if _SURROGATE.search(text):  # half a character cannot be written as UTF-8
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def plain_line(text: str) -> str:
    """`plain`, on one line: for titles and places, which clients show on one."""
    return " ".join(plain(text).split())


def compose(ours: str, own_notes: str = "", language: str = "en") -> str:
    """Our text, the divider and the user's own notes, as one DESCRIPTION. The divider stands there without notes too,
    so that the user sees where to write. `language` falls back to English.
    """
    line = NOTES_LINES.get(language.partition("-")[0].lower(), NOTES_LINE)
    ours, own_notes = _without_divider(plain(ours)).strip(), plain(own_notes).strip()
    return "\n".join([*([ours, ""] if ours else []), line, *([own_notes] if own_notes else [])])


def split_notes(description: str) -> tuple[str, str]:
    """Our text and the user's own notes; ``("…", "")`` when the divider is gone.

    Bears clients that trim or re-wrap blank lines, put the divider in the middle of a line, or store HTML (Google,
    Exchange). As long as the divider stands on a line of its own the notes are taken literally, tags and all.
    """
    text = plain(description)
    for attempt, divider in (
        (text, _DIVIDER_ALONE),
        (readable := as_text(text), _DIVIDER_ALONE),
        (readable, _DIVIDER_ANYWHERE),
    ):
        if found := divider.search(attempt):
            ours, notes = attempt[: found.start()].strip(), attempt[found.end() :].strip()
            if ours.startswith("<html-blob>"):  # Google's wrapper around the whole of a description
                ours, notes = ours.removeprefix("<html-blob>"), notes.removesuffix("</html-blob>")
            return ours.strip(), notes.strip()
    return text.strip(), ""


def as_text(text: str) -> str:
    """HTML as plain text: breaks become line breaks, other tags go, entities are resolved. Without tags: unchanged."""
    if not _HTML_TAG.search(text):
        return text
    without_tags = _HTML_TAG.sub("", _HTML_BREAK.sub("\n", text))
    return plain(unescape(without_tags)).replace("\xa0", " ")


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts say the same. Blank space, line breaks, HTML clothing and Unicode composition do not count."""
    one, other = plain(one or ""), plain(other or "")
    return _words(one) == _words(other) or _words(as_text(one)) == _words(as_text(other))


def same_description(ours: str, theirs: str) -> bool:
    """`same_words` for our own part of a DESCRIPTION, as `compose` wrote it and `split_notes` gives it back."""
    return same_words(_without_divider(plain(ours)), theirs)


def _without_divider(ours: str) -> str:
    """Text of ours in which nothing can be taken for the divider (a company may be called anything)."""
    return _DIVIDER_ANYWHERE.sub(lambda found: found[0].replace("=", "-"), ours)


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()

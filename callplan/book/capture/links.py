"""Where an interview is: the link of a meeting service, or the place in the real world."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, unquote, urlsplit

from callplan.book.capture.calendar_file import Component
from callplan.book.capture.wording import one_line, plain_text

_LONGEST = 500
_URL = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x1f\x7f-\x9f]{3,1000}", re.IGNORECASE)
#: Host (or its end) and the beginning of the path. "*": any path of a host that serves nothing but meetings.
_SERVICES = (
    (r"teams\.(?:microsoft|live)\.(?:com|us)|teams\.cloud\.microsoft", r"/(?:l/meetup-join/|meet/|v2/|dl/launcher)"),
    (r"(?:[\w-]+\.)*zoom(?:gov)?\.(?:us|com|com\.cn)", r"/(?:j|w|my|s|wc|u)/"),
    (r"meet\.google\.com", r"/[\w-]+"),
    (r"(?:[\w-]+\.)*webex\.com", r"/(?:meet|join|[\w-]+/(?:j\.php|meet|join)|wbxmjs|webappng|m/|[\w.-]+/j\.php)"),
    (r"(?:[\w-]+\.)?whereby\.com", r"/[\w-]+"),
    (r"meet\.jit\.si|jitsi\.[\w.-]+|meet\.[\w-]+\.[\w.-]+", r"/[^\s]+"),
    (r"(?:[\w-]+\.)?(?:gotomeeting|gotomeet|goto)\.(?:com|me)", r"/[^\s]+"),
    (r"meet\.goto\.com|global\.gotomeeting\.com|app\.goto\.com", r"/[^\s]+"),
    (r"(?:[\w-]+\.)?(?:bluejeans|8x8|around|daily|livestorm|vowel|spatial)\.(?:com|vc|co)", r"/[^\s]+"),
    (r"(?:app\.)?chime\.aws", r"/\d+"),
    (r"(?:v|video|meetings)\.ringcentral\.com", r"/[^\s]+"),
    (r"join\.skype\.com|meet\.lync\.com|(?:meet|dialin)\.[\w.-]+|lync\.[\w.-]+", r"/[^\s]+"),
    (r"facetime\.apple\.com", r"/join"),
    (r"(?:[\w-]+\.)?(?:hirevue|coderpad|codility|karat|hackerrank|livekit)\.(?:com|io)", r"/[^\s]+"),
    (r"discord\.(?:gg|com)|bbb\.[\w.-]+|video\.[\w.-]+|call\.[\w.-]+|nextcloud\.[\w.-]+", r"/[^\s]+"),
)
_SERVICE = tuple((re.compile(host, re.IGNORECASE), re.compile(path, re.IGNORECASE)) for host, path in _SERVICES)
#: Words before a link that say it is the way in, on a host that is not known.
_WAY_IN = re.compile(
    r"\b(?:video|join|meeting|call|link|room|online|virtual|conference|møde\w*|deltag\w*|videosamtale|opkald|"
    r"teilnehmen|beitreten|besprechung|videogespräch|rejoindre|réunion|visio\w*|unirse|reunión|deelnemen|"
    r"delta|möte\w*|liity|dołącz|partecipa)\b[^\n:]{0,40}:?\s*$",
    re.IGNORECASE,
)
_NO_WAY_IN = re.compile(
    r"reschedul|cancel|feedback|unsubscribe|privacy|terms|manage|prepare|/jobs?/|careers?|map|directions|help|hilfe|"
    r"hjælp|options|calendar|dialin|dial-in|download|faq|support|policy|rsvp|response|confirm|decline|aka\.",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(
    r"\W*(?:(?:via|per|over|on|på|im|in|en|through|using|by)\s+)?(?:(?:ms|microsoft|google|cisco|apple)[\s-]+)?"
    r"(?:teams|zoom|meet|webex|skype(?: for business)?|hangouts?|facetime|whereby|jitsi|slack|"
    r"online|virtual|virtuell\w*|virtuelt|remote|video\w*|phone|telephone|tele[fp]h?on\w*|call|telefonisch|"
    r"à distance|en ligne|på nett\w*|webbmöte|digitalt?|tbd|tba|n/?a|see (?:description|below|body)|none)"
    r"(?:[\s-]+(?:meeting|møde|mötet?|möte|besprechung|call|conference|konferenz|interview|réunion|reunión|video|"
    r"vergadering|reunião|riunione|kokous|spotkanie|opkald|samtale|gespräch|anruf|link|details|to follow|"
    r"\(.{0,60}\)|or phone|teams|zoom|conferencing|below|chat))*\W*",
    re.IGNORECASE,
)
_CONFERENCE_NAMES = (
    "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK", "X-ZOOM-MEETING-URL", "X-WEBEX-MEETING-URL", "X-TELEMOST-CONFERENCE",
)  # fmt: skip


def meeting_link(event: Component, description: str) -> str | None:
    """The address that leads into the meeting: a property made for it, the place, else the description."""
    for line in event.all("CONFERENCE"):
        features = line.parameter("FEATURE").upper()
        if line.value.lower().startswith("http") and ("VIDEO" in features or "PHONE" not in features):
            return _fit(line.text)
    for name in _CONFERENCE_NAMES:
        told = event.first(name)
        if told and (found := _urls(told.text)):
            return _fit(found[0])
    named = [line.text for line in event.all("URL", "X-ALT-URL")]
    location = plain_text(event.text("LOCATION"))
    for text in (*named, location, description):
        service = next((url for url in _urls(text) if is_meeting(url)), None)
        if service:
            return _fit(service)
    alone = _URL.fullmatch(location.strip())
    if alone and not _NO_WAY_IN.search(location) and (found := _urls(location)):
        return _fit(found[0])
    return _labelled(description)


def host_of_firm(link: str | None) -> str | None:
    """The firm's own name in the host of a meeting service: ``tideway.zoom.us`` -> tideway."""
    found = re.match(r"https?://([a-z][a-z0-9-]+)\.(?:zoom\.us|webex\.com|whereby\.com)/", link or "", re.IGNORECASE)
    return (
        found[1].lower() if found and not re.fullmatch(r"us\d+web|www|zoom|meet\w*|app|web", found[1].lower()) else None
    )


def place_of(event: Component) -> str | None:
    """Where to go, on one line; None for an interview on a screen or on the telephone."""
    location = event.first("LOCATION")
    text = plain_text(location.text) if location else ""
    structured = event.first("X-APPLE-STRUCTURED-LOCATION")
    if not text.strip() and structured:
        parts = [structured.parameter("X-TITLE"), structured.parameter("X-ADDRESS")]
        text = "\n".join(dict.fromkeys(part for part in parts if part))
    text = _URL.sub(" ", text)
    pieces = [piece for part in re.split(r"[\n;]", text) if (piece := one_line(part).strip(" ,;|<>-–/"))]
    real = [piece for piece in pieces if not _VIRTUAL.fullmatch(piece) and not _is_dialled(piece)]
    place = one_line(", ".join(dict.fromkeys(real)), 300)
    return place or None


def is_meeting(url: str) -> bool:
    """Whether the address is one of a meeting service's rooms."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    return any(
        one.fullmatch(host) and path.match(parts.path + ("?" + parts.query if parts.query else ""))
        for one, path in _SERVICE
    ) and not re.search(r"dialin|/static/|/download|/meetingoptions|/tel", parts.path + host, re.IGNORECASE)


def _urls(text: str) -> list[str]:
    return [url for found in _URL.finditer(text) if (url := _bare(found.group()))]


def _bare(url: str) -> str:
    """Without the punctuation of the sentence around it, and out of the wrappings of mail filters."""
    while url and (
        url[-1] in ".,;:!?'*_" or (url[-1] in ")]" and url.count(url[-1]) > url.count("(["[")]".index(url[-1])]))
    ):
        url = url[:-1]
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if not host:
        return ""
    query = parse_qs(parts.query)
    if host.endswith("safelinks.protection.outlook.com") and "url" in query:
        return _inner(query["url"][0])
    if (
        re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host)
        and parts.path == "/url"
        and ("q" in query or "url" in query)
    ):
        return _inner((query.get("q") or query["url"])[0])
    wrapped = re.match(r"https?://urldefense\.(?:proofpoint\.)?com/v3/__(.+?)__;", url)
    return _inner(wrapped[1]) if wrapped else url


def _inner(url: str) -> str:
    url = url if _URL.fullmatch(url) else unquote(url)
    return url if _URL.fullmatch(url) else ""


def _labelled(description: str) -> str | None:
    """A link on an unknown host behind a word like "Video:"."""
    for line in _with_line_before(description.split("\n")):
        for found in _URL.finditer(line):
            url = _bare(found.group())
            before = line[: found.start()].rstrip("< (")
            if url and _WAY_IN.search(before[-60:]) and not _NO_WAY_IN.search(url):
                return _fit(url)
    return None


def _with_line_before(lines: Iterable[str]) -> Iterable[str]:
    """Each line; one that is nothing but a link with the line above it, where its label stands."""
    above = ""
    for line in lines:
        yield f"{above} {line.strip()}" if _URL.fullmatch(line.strip()) and above else line
        above = line.strip() or above


def _is_dialled(text: str) -> bool:
    """Whether it is a telephone number (and its PIN) and nothing else."""
    return sum(sign.isdigit() for sign in text) >= 7 and not re.search(
        r"[^\W\d_]{4,}", re.sub(r"(?i)phone|call|tel\w*|dial|code|passcode|pin|konferen\w*|\bid\b", "", text)
    )


def _fit(url: str) -> str | None:
    """The address, when a record can hold it."""
    url = _bare(url.strip())
    found = _URL.fullmatch(url)
    if not found or len(url) > _LONGEST or not url.isascii():
        return url if found and len(url) <= _LONGEST and url.isprintable() else None
    return url

"""Who is a person: neither a robot, a room, a mailing list, a firm nor the applicant. And how a name is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from callplan.book.capture.roles import has_title_word, is_title_word
from callplan.book.capture.wording import first_line, one_line

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[\w-]{1,63}\.)+[\w-]{2,63}"
)
_ROBOT = re.compile(
    r"(?:no|do[-_.]?not|dont|never|ikke|nicht|keine?|ne[-_.]?pas|no[-_.]?resp\w*)[-_.]?(?:reply|svar|"
    r"antwort\w*|repondre|"
    r"responder|respond)?(?:[-_.+].*|\d*)|.*(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noresponder).*|"
    r"notif\w*|notify|mailer(?:-daemon)?|postmaster|bounces?|automat\w*|robot|bot|system|scheduler|scheduling|"
    r"calendars?|kalender|invites?|invitations?|meetings?|alerts?|reminders?|zoom|teams|webex|notetaker|"
    r"fred|unknownorganizer|invalid|nomail|daemon|service|(?:hire|recruit)?bot[-_.\d]*",
    re.IGNORECASE,
)
_ROBOT_NAME = re.compile(
    r"\b(?:note\s?taker|notetaker|\bbot\b|scheduling|scheduler|assistant \(ai\)|recorder|no-?reply)\b", re.IGNORECASE
)
_SHARED = re.compile(
    r"(?:hr|rh|hr-?team|people(?:-?ops|-?team)?|talents?|talent[-_.]?acquisition|recruit\w*|hiring(?:-?team)?|jobs?|"
    r"careers?|karriere|karriär|carriere|career\w*|rekrut\w*|rekryt\w*|bewerbung\w*|personal\w*|personnel|personale|"
    r"stillinger|jobb|jobbe|emploi\w*|candidat\w*|seleccion|empleo|rrhh|recrutement|vacatures?|sollicitatie\w*|"
    r"info|hello|hi|hej|hallo|kontakt|contact|mail|post|office|kontor|buero|admin|reception|sekretariat|"
    r"sekretaer|facilities|finance|accounting|legal|security|events|bookings?|catering|front-?desk|team|staff|"
    r"all|everyone|everybody|alle|support|help|helpdesk|sales|press|group|list|[\w.-]+-all|"
    r"all-[\w.-]+|(?:interview|panel|hr|talent|people|hiring|recruiting)[-_.][\w.-]*)",
    re.IGNORECASE,
)
_NO_PERSON_WORD = re.compile(
    r"\b(?:recruit(?:ing|ment)|talent|hiring|careers?|team|human resources|hr department|people (?:team|"
    r"operations|ops)|"
    r"everyone|everybody|all staff|mailing list|distribution|department|afdeling\w*|abteilung|personalabteilung|"
    r"service desk|assistenz|recursos humanos|ressources humaines|risorse umane|personaleafdeling\w*|hr-?afdeling\w*|"
    r"henkilöstö\w*|sekretariat\w*|calendar|kalender|rekruttering|karriere|bewerbung\w*|group|panel|interviewers?|"
    r"candidates?|jobs?|inc|ltd|llc|gmbh|aps|a/s|limited|plc|company)\b|^all\b",
    re.IGNORECASE,
)
_ROOM_NAME = re.compile(
    r"\b(?:(?:meeting|conference|conf\.?|board|interview|focus|huddle|video)[\s-]?room|boardroom|"
    r"mødelokale\w*|lokale|"
    r"møterom\w*|mötesrum\w*|konferensrum\w*|besprechungsraum\w*|konferenzraum\w*|sitzungszimmer|"
    r"salle(?: de réunion)?|sala(?: de reuniones| riunioni)?|vergaderzaal|vergaderruimte|kokoushuone|"
    r"room \w+|raum \w+|"
    r"equipment|projector|phone booth|[\w-]+-\d+-[\w ]+\(\d+\))|\b(?:auditorium|skype room|teams room)\b",
    re.IGNORECASE,
)
_ROOM_ADDRESS = re.compile(
    r"(?:conf|meeting|room|rm|moede|mødelokale|raum|salle|sala|resource|equip\w*|boardroom|"
    r"lokale)[-_.]?(?:room)?[-_.\d][\w.-]*|"
    r"[\w.-]*(?:meetingroom|conferenceroom|mødelokale|moedelokale|besprechungsraum|konferenzraum)[\w.-]*|"
    r"room\d*|rm\d+",
    re.IGNORECASE,
)
_NO_PERSON_HOST = re.compile(
    r"(?:resource|group)\.calendar\.|\.resource\.|^resource\.|fireflies\.ai|otter\.ai|read\.ai|"
    r"fathom\.video|^invalid$|\.invalid$"
)
_TITLES = (
    r"(?:prof\.?|professor|dr\.?(?:[\s-](?:med|phil|rer|jur|ing|h\.?c)\.?(?:\s?nat\.?)?)*|mrs\.?|mr\.?|"
    r"ms\.?|miss|mx\.?|"
    r"herr|frau|hr\.|fr\.|fru|mme\.?|m\.|madame|monsieur|sr\.|sra\.|ir\.|ing\.|dipl\.-ing\.|mag\.|dhr\.|mevr\.)"
)
_HONORIFIC = re.compile(rf"({_TITLES}(?:\s+{_TITLES})*)\s+(?=\w)", re.IGNORECASE)
_TITLE_ALONE = re.compile(rf"{_TITLES}(?:\s+{_TITLES})*", re.IGNORECASE)
_DEPARTMENT = re.compile(
    r"(?:hr|human resources|people(?: & culture| and culture| team| ops| operations)?|recruit\w*|"
    r"talent(?: acquisition)?|"
    r"hiring|personal\w*|rekrut\w*|hr[\w -]{0,20})",
    re.IGNORECASE,
)
_SMALL_WORDS = "van von der den de del della di da das do dos du la le el al bin ibn ter ten zu zur af av y e i"
_PARTICLES = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its parts, as far as they are told apart."""

    name: str
    honorific: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Applicant:
    """The user, who interviews nobody. Empty where the settings do not say."""

    name: str = ""
    email: str = ""

    def is_meant(self, name: str, address: str) -> bool:
        """Whether an entry of the invitation is the user's own: by address, else by name."""
        if self.email and address and letters(address) == letters(self.email):
            return True
        if letters(name) and letters(name) == letters(self.email):
            return True
        mine = set(words(self.name))
        theirs = set(words(_flipped(name)))
        if len(mine) < 2 or not theirs:
            return False
        # Two people may share a name, but hardly the one who is asked and the one who asks.
        return mine == theirs or (len(theirs) >= 2 and (mine <= theirs or theirs <= mine))


def address_in(text: str) -> str | None:
    """The first e-mail address of a text, lower-cased; None when there is none that a record can hold."""
    found = _ADDRESS.search(text[:2000])
    if not found or len(found.group()) > 200 or len(found.group().partition("@")[0]) > 64:
        return None
    return found.group().lower()


def is_robot(name: str, address: str) -> bool:
    """Whether a program sits behind the address."""
    local, _, host = address.partition("@")
    if not looks_like_name(re.sub(r"\s+\(?via .*", "", name)) and _RECRUITING & set(host.lower().split(".")):
        return True
    return bool(
        _ROBOT.fullmatch(local) or _NO_PERSON_HOST.search(host) or _ROBOT_NAME.search(name)
        or (re.search(r"\bvia [A-Z]\w+\)?$", name) and not is_personal(name, address))
    )  # fmt: skip


def is_room(name: str, address: str) -> bool:
    """Whether it is a room or a thing that is booked like one."""
    local = address.partition("@")[0]
    return bool(_ROOM_NAME.search(name) or (_ROOM_ADDRESS.fullmatch(local) and not is_personal(name, address)))


def is_shared(name: str, address: str) -> bool:
    """Whether several people stand behind the entry: a list, a department, the firm itself."""
    local, _, host = address.partition("@")
    if "@" in name:
        name = name.partition("@")[0]  # Google's for somebody without one
    elif name == name.lower() and _NO_PERSON_WORD.search(name):
        return True
    elif is_personal(name, address):
        return False
    if _NO_PERSON_WORD.search(name) or (name and matches_domain(name, host) and len(words(name)) > 1):
        return True
    return bool(_SHARED.fullmatch(local)) and not looks_like_name(name)


def is_personal(name: str, address: str) -> bool:
    """Whether the part before the @ is made of the name: nobody shares that."""
    if "@" in name:
        return False
    local = letters(address.partition("@")[0])
    parts = [part for part in words(name) if len(part) > 1 and not _NO_PERSON_WORD.search(part)]
    return any(len(part) > 2 and part in local for part in parts) and not _SHARED.fullmatch(address.partition("@")[0])


def looks_like_name(text: str) -> bool:
    """Whether it is written like the name of a person: two to five words with capitals, and nothing of a firm."""
    parts = text.split()
    if not 2 <= len(parts) <= 5 or not re.fullmatch(r"[^\W\d_]+(?:[ .’'\"-]+[^\W\d_]+)*\.?", text):
        return False
    if _NO_PERSON_WORD.search(text) or has_title_word(text):
        return False
    return all(part[0].isupper() or part.lower() in _PARTICLES or not part[0].islower() for part in parts)


def named(written: str) -> Named | None:
    """A name as a person would say it: "Krag, Jonas (HR)" is Jonas Krag. None: there is no name in it."""
    text = first_line(written, 120).strip(" '\"<>,;") if written.count('"') != 2 else first_line(written, 120)
    text = re.sub(r"\s+\(?via [\w .]+\)?$", "", text)
    if not text or "@" in text or not re.search(r"[^\W\d_]{2}|[^\x00-\u02ff]", text):
        return None
    role = None
    suffix = re.search(r"\s*[(\[]([^()\[\]]{1,60})[)\]]$", text) or re.search(r"\s+[|–—-]\s+([^|–—]{1,60})$", text)
    if suffix:
        role = suffix[1].strip() if _DEPARTMENT.fullmatch(suffix[1].strip()) or has_title_word(suffix[1]) else None
        text = text[: suffix.start()].strip() or text
    honorific = None
    found = _HONORIFIC.match(text)
    if found and len(text) > found.end():
        honorific, text = found[1], text[found.end() :]
    text = _flipped(text)
    titled = re.match(r"([^\W\d_][\w-]*)\s+(?=\S+\s+\S)", text)
    if titled and not role and is_title_word(titled[1]):  # "Avdelingsleder Tone Moe"
        role, text = titled[1], text[titled.end() :]
    found = _HONORIFIC.match(text)
    if found and not honorific:
        honorific, text = found[1], text[found.end() :]
    return Named(calmed(text), honorific, role)


def calmed(name: str) -> str:
    """The name without what is shouted: "Camille ROUX" and "TOM ASHBY" as others are written."""
    parts = name.split()
    whole = name.isupper()
    if len(parts) < 2:
        return name
    return " ".join(
        re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), part)
        if part.isupper() and len(part) > (2 if whole else 3) and part[-1].isalpha()
        else part
        for part in parts
    )


def _flipped(text: str) -> str:
    """ "Krag, Jonas" the way he is called."""
    family, comma, given = text.partition(", ")
    if not comma or not re.fullmatch(r"[^\W\d_][^,;:&/\d]*", given) or not re.fullmatch(r"[^,;:&/\d]+", family):
        return text
    if (
        len(given.split()) > 3
        or len(family.split()) > 4
        or _NO_PERSON_WORD.search(text)
        or _DEPARTMENT.fullmatch(given)
    ):
        return text
    if _TITLE_ALONE.fullmatch(given):
        return f"{given} {family}"
    if re.fullmatch(r"(?:jr|sr|ph\.?d|mba|m\.?d|esq|msc|bsc|ma|ba|ii|iii)\.?", given, re.IGNORECASE) or has_title_word(
        given
    ):
        return family
    return f"{given} {family}"


def name_from_address(address: str) -> str | None:
    """``luis.ferreira@`` -> Luis Ferreira; None where the address does not tell the words apart."""
    local = re.sub(r"[+].*", "", address.partition("@")[0])
    parts = [part for part in re.split(r"[._]", re.sub(r"\d+$", "", local)) if part]
    if not 2 <= len(parts) <= 3 or not all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", part) for part in parts):
        return None
    if len(parts[0]) < 2 or len(parts[-1]) < 2 or _SHARED.fullmatch(local) or _ROBOT.fullmatch(local):
        return None
    return " ".join("-".join(piece.capitalize() for piece in part.split("-")) for part in parts)


def words(text: str) -> list[str]:
    """The words of a text in plain small letters."""
    return [word for part in re.split(r"[\W_]+", text) if (word := letters(part))]


_SPELLED = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "đ": "d", "ı": "i",
     "ð": "d", "þ": "th"}
)  # fmt: skip
_BARE = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "ł": "l", "đ": "d"})


def letters(text: str) -> str:
    """Small letters and digits only, umlauts spelled out: how domains write names. Other scripts keep their letters."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED)
    return "".join(sign for sign in unicodedata.normalize("NFKD", spelled) if sign.isalnum())


def _bare_letters(text: str) -> str:
    """The same with umlauts as their bare letter: how other domains write them."""
    bare = unicodedata.normalize("NFC", text).lower().translate(_BARE)
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", bare))


#: Where many people have their mail, and the systems that send many firms' invitations: neither says which firm it is.
_PROVIDERS = """
gmail googlemail google outlook hotmail live msn yahoo ymail icloud me mac aol gmx web mail proton protonmail pm
t-online freenet orange wanadoo free laposte libero virgilio seznam wp onet o2 interia yandex mailru qq 163 126
zoho fastmail tutanota tuta hey post telia telenor online comcast verizon att btinternet sky posteo mailbox
"""
_SYSTEMS = """
greenhouse greenhouse-mail lever ashbyhq ashby workable workablemail teamtailor teamtailor-mail smartrecruiters personio
recruitee myworkday workday successfactors icims jobvite bamboohr goodtime calendly hr-manager emply hireflix
breezy breezyhr cronofy zoom teams webex microsoft exchange onmicrosoft outlook365 comeet pinpoint pinpointhq jazzhr
taleo oracle oraclecloud recruitcrm bullhorn ceipal modernloop prelude hirevue indeed linkedin stepstone xing jobindex
bookable doodle youcanbook savvycal cal eventbrite when2meet
"""
_RECRUITING = frozenset(_SYSTEMS.split())
_ANYBODYS = frozenset(_PROVIDERS.split()) | _RECRUITING
_SECOND = "co com org net ac gov edu ltd plc gob or ne go"
_SECOND_LEVEL = frozenset(_SECOND.split())


def domain_label(address: str) -> str | None:
    """The part of a domain that names the firm; None for providers of mail and of interviews."""
    parts = address.lower().rpartition("@")[2].split(".")
    if len(parts) < 2:
        return None
    index = -3 if len(parts) >= 3 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else -2
    label = parts[index]
    return None if label in _ANYBODYS or label.replace("-", "") in _ANYBODYS or len(label) < 2 else label


def matches_domain(text: str, address: str) -> bool:
    """Whether the words name the firm whose domain it is: Kløver, "Norrland Energi AB", "Werkstatt Smaragd"."""
    label = domain_label(f"x@{address.rpartition('@')[2]}")
    return bool(label) and _fits(text, label or "")


def _fits(text: str, label: str) -> bool:
    plain = label.replace("-", "")
    if len(plain) < 3:
        return False
    parts = [part for part in re.split(r"[\W_]+", text) if part]
    for spell in (letters, _bare_letters):
        spelled = [word for part in parts if (word := spell(part))]
        whole = "".join(spelled)
        without_and = "".join(word for word in spelled if word not in ("and", "og", "und", "et", "the", "och"))
        if len(whole) >= 3 and plain in (whole, without_and):
            return True
        for start in range(len(spelled)):
            joined = ""
            for word in spelled[start:]:
                joined += word
                # The firm's words make up the domain, or begin it, or one of them is the domain.
                if joined == plain and len(plain) >= 3:
                    return True
                if start == 0 and len(joined) >= 5 and plain.startswith(joined) and len(joined) * 2 >= len(plain):
                    return True
            if (
                len(spelled[start]) >= 5
                and plain.startswith(spelled[start])
                and len(spelled[start]) * 3 >= len(plain) * 2
            ):
                return True
            if len(plain) >= 5 and spelled[start].startswith(plain):
                return True
        if len(spelled) >= 2 and "".join(word[0] for word in spelled) == plain:
            return True
    return False


def distinct(names: Iterable[str]) -> list[str]:
    """The names, each once."""
    return list(dict.fromkeys(one_line(name) for name in names if name))

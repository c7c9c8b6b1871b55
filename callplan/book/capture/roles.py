"""What is somebody's title, and what a firm's name: told apart from the names of people."""

from __future__ import annotations

import re

from callplan.book.capture.vocabulary import JOB
from callplan.book.capture.wording import one_line

_NO_ROLE = re.compile(
    r"https?:|@|\d{3}|[.!?]\s|[!?]$|^(?:and|og|und|et|will|who|is|the|for|at|to|in|on|with|from|by|about|für|"
    r"bei|mit|hos|"
    r"til|på|om|pour|chez|à|para|con|voor|als|as|you|me|i)\b",
    re.IGNORECASE,
)
#: Words that stand in titles and in nobody's name.
_TITLE_WORD = re.compile(
    r"(?<!\w)(?:"
    r"(?-i:IT|HR|VP|SVP|EVP|AVP|GM|MD|C[A-Z]{1,2}O|HRBP|R&D|QA|UX|HSE|PMO)|"
    r"head\w*|\w*teacher|matron|(?:co-?)?founder|owner|president|principal|chief|head|lead|manager|engineer|"
    r"developer|director|officer|analyst|"
    r"consultant|specialist|recruiter|architect|scientist|designer|administrator|coordinator|supervisor|executive|"
    r"associate|assistant|advis[eo]r|planner|controller|accountant|secretary|editor|operator|technician|leader|partner|"
    r"chair|chairman|chairwoman|senior|junior|staff|deputy|interim|global|regional|"
    r"\w*(?:chef|sjef|leder|lederen|chefen|direktør|direktören?|konsulent|konsult|re(?:præ|pre|prä)sentant|medarbejder|"
    r"medarbetare|rådgiver|koordinator|udvikler|utvecklare|ingeniør|ingenjör|ansvarlig|ansvarig|formand|forstander|"
    r"inspektør|rektor|ejer|ägare)|"
    r"\w*(?:leiter|leitung|leiterin|referent|referentin|vorstand|betriebsrat|betriebsrätin|berater|beraterin|"
    r"entwickler|"
    r"entwicklerin|direktor|direktorin|managerin|inhaber|inhaberin|prokurist|prokuristin|führer|führerin|"
    r"beauftragte|beauftragter|vertreter|vertreterin|chefin|kaufmann|kauffrau)|"
    r"directeur|directrice|responsable|cheffe|gérante?|présidente?|chargée?|adjointe?|ingénieure?|fondat(?:eur|rice)|"
    r"recruteu(?:r|se)|assistante|conseill(?:er|ère)|"
    r"directora|jefe|jefa|gerente|responsabile|coordinadora?|encargad[oa]|diretora?|direttore|direttrice|soci[oa]|"
    r"fundadora?|técnic[oa]|"
    r"hoofd|\w*leider|leidinggevende|adviseur|eigenaar|medewerker|"
    r"\w*johtaja|\w*päällikkö|dyrektor|kierownik|menedżer|specjalista|\w*部長|\w*課長|\w*经理"
    r")(?!\w)",
    re.IGNORECASE,
)
#: What people are the head of: in titles and in nobody's name, but no title by itself.
_FIELD = re.compile(
    r"(?<!\w)(?:data|platform|product|sales|marketing|finance|operations|engineering|design|research|people|"
    r"talent|culture|"
    r"customer|success|support|security|infrastructure|software|hardware|quality|legal|technology|development|"
    r"strategy|growth|analytics|science|acquisition|resources|team|department)(?!\w)",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?:^|\s)(?:a/s|aps|i/s|p/s|k/s|ltd\.?|limited|llc|l\.l\.c\.|inc\.?|corp\.?|corporation|plc|"
    r"gmbh(?: & co\.? kg)?|ag|kg|se|e\.v\.|ug|"
    r"ab|as|asa|oy|oyj|b\.?v\.?|n\.?v\.?|s\.?a\.?r\.?l\.?|sas|s\.a\.s\.|s\.?a\.?|s\.?p\.?a\.?|"
    r"s\.?r\.?l\.?|s\.?l\.?|sp\. z o\.o\.|kft\.?|zrt\.?|s\.r\.o\.|d\.o\.o\.|"
    r"& co\.?|& sons|& söhne|& sønner|& daughters|group|holding|kommune|region|university|universitet\w*|universität|"
    r"hospital|foundation|fonden|verlag|labs?|studios?|partners|associates)\.?$|"
    r"^(?:株式会社|合同会社|有限会社)|(?:株式会社|合同会社|有限会社|有限公司|股份公司)$",
    re.IGNORECASE,
)


def role_of(text: str) -> str | None:
    """The text when it can be somebody's title."""
    role = one_line(text, 120).strip(" ,;:()–-")
    return role if 2 <= len(role) <= 70 and len(role.split()) <= 8 and not _NO_ROLE.search(role) else None


def has_title_word(text: str) -> bool:
    """Whether a word in it stands in titles, and in nobody's name."""
    return bool(_TITLE_WORD.search(text) or _FIELD.search(text))


def is_title_word(text: str) -> bool:
    """Whether the one word is a title."""
    return bool(_TITLE_WORD.fullmatch(text))


def is_title(text: str) -> bool:
    """Whether the words are a title: they hold one of its words, or one of a job's that is written small."""
    return role_of(text) is not None and (
        bool(_TITLE_WORD.search(text)) or bool(JOB.search(f" {text}") and text[:1].islower())
    )


def looks_like_firm(text: str) -> bool:
    """Whether the words end like a firm's name does."""
    return bool(_FIRM.search(text))

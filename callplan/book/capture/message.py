"""What the words of an invitation say about people: who is named with an address, their roles, signed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from callplan.book.capture.prose import announces, enumerated, people_in_prose
from callplan.book.capture.roles import is_title, looks_like_firm, role_of
from callplan.book.capture.taken import MOST_PEOPLE, TakenPerson
from callplan.book.capture.who import (
    Applicant,
    address_in,
    is_robot,
    is_shared,
    letters,
    looks_like_name,
    matches_domain,
    named,
    words,
)
from callplan.book.capture.wording import one_line

_AT = re.compile(r"[\w.+-]{1,64}@[\w.-]{3,120}")
_LIST_SIGN = re.compile(r"^\W*(?:\d{1,2}[.)]\s*)?")
_CLOCK = re.compile(r"^.{0,60}?\d{1,2}[:.]\d{2}.{0,40}?:\s+(?=[^\W\d_])")
#: What stands above or before a list of people; then, in one of its groups, the people.
HEADING = re.compile(
    r"(?:your |the |dine? |ihre? |vos? )?(?:(?:interviewers?|interviewer\(s\)|interview(?:ing)? panel|"
    r"panel(?:ists?| members?)?|"
    r"interviewere|deltagere(?: (?:fra|from) [^:]{1,40})?|samtalepartnere|gesprächspartner\w*|"
    r"interviewpartner\w*|intervieweurs?|"
    r"gesprekspartners?|intervjuare|haastattelijat?)\s*(?::\s*(.*))?|"
    r"(?:attendees|participants|teilnehmer\w*|entrevistador(?:es|as)?|intervistator[ei]|interlocut(?:eur|rice)s?|"
    r"aanwezigen?|meet|participantes|asistentes|fra os|who|hvem|"
    r"(?:who )?you(?: will|'ll) (?:meet|be meeting|speak|talk)(?: with)?|meeting with|with)\s*:\s*(.*))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,2}\s*:\s")
_NOT_THEM = re.compile(
    r"^\W*(?:candidate|applicant|kandidat\w*|ansøger|bewerber\w*|candidat\w*|recruiter\b(?!.*@))\b", re.IGNORECASE
)
_SIGNED_NUMBER = re.compile(
    r"^(?:\W*(?!(?:tele)?fax|fx?\b)(?:[^\W\d_][\w/]{0,9}\.?\s)?(?:direct(?: line| dial)?|d|m|t|p|mob(?:ile|"
    r"il)?\w*|cell|phone|tel(?:e[fp]h?on\w*)?|tlf|"
    r"telefon\w*|office|"
    r"direkte?|direktnummer|durchwahl|handy|tél\w*|móvil|portable|mobiel)\b\W{0,4})?(\+[\d][\d\s().-]{6,20}\d)\W*$",
    re.IGNORECASE,
)
#: What stands alone above a signature.
CLOSING = re.compile(
    r"(?:mvh|v\.?h|venlig(?:st)? hilsen|med venlig hilsen|de bedste hilsner|regards|cheers|mfg|"
    r"(?:best|kind|warm)(?: regards| wishes)?|sincerely|thanks|thank you|mit freundlichen grüßen|"
    r"(?:viele|beste|herzliche) grüße|cordialement|saludos|"
    r"groet(?:en|jes)?|med vänlig hälsning|vennlig hilsen|hilsen|/|-|i\.? ?[av]\.?|p\.?p\.?|gez\.|sgd\.?)[,.!]?",
    re.IGNORECASE,
)
_DIAL_IN = re.compile(
    r",,|#|\bpin\b|passcode|conference|konference|konferenz|dial|ring ind|einwähl|zugangs|kenn(?:ung|"
    r"wort)|meeting id|"
    r"one tap|toll|access code|møde-?id|bridge|<tel:",
    re.IGNORECASE,
)


def people_in_text(lines: Sequence[str], me: Applicant) -> Iterator[TakenPerson]:
    """Those named together with their own address, under a heading like "Interviewers", or as whom one will meet."""
    found = 0
    for person in (*_in_lists(lines), *people_in_prose(lines)):
        if me.is_meant(person.name, person.email or ""):
            continue
        found += 1
        if found > MOST_PEOPLE:
            return
        yield person


def _in_lists(lines: Sequence[str]) -> Iterator[TakenPerson]:
    listing = anybody = False
    for whole in lines:
        line = whole[:400]
        if _NOT_THEM.match(line):
            listing = False
            continue
        heading = HEADING.fullmatch(line.strip(" *-•"))
        if heading:
            listing, line = True, heading[1] or heading[2] or ""
        elif announces(line):
            listing, line = True, ""
        if not line.strip():
            listing = listing and not anybody
            continue
        if not heading and _LABEL.match(line):
            listing = False  # "Venue: …"
        person = _with_address(line)
        people = [person] if person else _listed(line) if listing else []
        yield from people
        anybody = anybody or bool(people)
        listing = listing and bool(people or heading)


def _with_address(line: str) -> TakenPerson | None:
    """ "Elsa Bergqvist, Head of Control Room (elsa.bergqvist@norrland.example)"."""
    found = _AT.search(line)
    address = address_in(found.group()) if found else None
    if not found or not address:
        return None
    before = _CLOCK.sub("", _LIST_SIGN.sub("", line[: found.start()])).rstrip(" (<[:-–,")
    before = re.sub(r"\s*(?:e-?mail|mail|at|on|via)\W*$", "", before, flags=re.IGNORECASE).rstrip(" (<[:-–,")
    name, role = _name_and_role(before)
    if name is None or is_robot(name, address) or is_shared(name, address):
        return None
    local = letters(address.partition("@")[0])
    if not looks_like_name(name):
        single = words(name)
        if len(single) != 1 or single[0] not in local:
            return None
    elif not any(word in local for word in words(name)) and not local.startswith("".join(w[0] for w in words(name))):
        return None  # somebody else's address behind the name
    full = named(name)
    return TakenPerson(full.name, address, role=role, honorific=full.honorific) if full else None


def _name_and_role(before: str) -> tuple[str | None, str | None]:
    """The name at the end of what stands before an address, and the role behind its comma."""
    text = one_line(before, 200)
    for name, separator, role in (text.partition(", "), text.partition(" – "), text.partition(" - ")):
        if separator and looks_like_name(_tail(name)) and role_of(role):
            return _tail(name), role_of(role)
    tail = _tail(text)
    if looks_like_name(tail):
        return tail, None
    last = text.split()[-1:] or [""]
    return (last[0], None) if last[0][:1].isupper() else (None, None)


def _tail(text: str) -> str:
    """The last words of a sentence that begin with capitals: "Please ask for Lena Brandt" -> Lena Brandt."""
    parts = text.split()
    kept: list[str] = []
    for part in reversed(parts):
        bare = part.strip("()\"'")
        if bare[:1].isupper() or (kept and bare.lower() in ("van", "von", "de", "der", "den", "af", "del", "di", "da")):
            kept.insert(0, bare)
            continue
        break
    return " ".join(kept[-4:])


def _listed(line: str) -> list[TakenPerson]:
    """Those on a line under such a heading; what follows the only name there is a title, whatever it says."""
    text = one_line(_CLOCK.sub("", _LIST_SIGN.sub("", line)), 400)
    people = enumerated(text, listed=True)
    led = re.search(r"\s(?:with|med|mit|avec|con|met)\s", text)  # "Technical deep dive with Noor Haddad"
    if not people and led:
        people = enumerated(text[led.end() :])
    rest = text.partition(people[0].name)[2] if len(people) == 1 and not people[0].role else ""
    told = re.match(r"(?:,| [-–|])\s+(.+)$", rest)
    if told and not looks_like_name(told[1]):
        return [replace(people[0], role=role_of(told[1]))]
    return people


def with_roles(people: Sequence[TakenPerson], lines: Sequence[str], company: str | None) -> tuple[TakenPerson, ...]:
    """The people with what the text adds: "…: Noor Haddad, Controls Lead", or what stands under a signature."""
    return tuple(_completed(person, lines, company) for person in people)


def _completed(person: TakenPerson, lines: Sequence[str], company: str | None) -> TakenPerson:
    for number, line in enumerate(lines):
        at = line.casefold().find(person.name.casefold())
        if at < 0 or len(line) > 300 or len(line) != len(line.casefold()):
            continue
        before, rest = line[:at], line[at + len(person.name) :]
        plain_before = not before.strip(" *-•\t") or before.rstrip().endswith((":", "-", "–"))
        bracketed = re.match(r"\s+\(([^()]{2,70})\)", rest)
        if not person.role and bracketed and is_title(bracketed[1]):
            person = replace(person, role=_without(role_of(bracketed[1]), company))
        elif not person.role and plain_before and rest.startswith((",", " -", " –", " |")):
            told = rest.strip(" ,-–(|)").partition(", ")[0]
            person = replace(person, role=_without(None if looks_like_name(told) else role_of(told), company))
        signed = not before.strip(" *-•\t") or any(
            CLOSING.fullmatch(one.strip()) for one in (before, re.split(r"[.!?]\s+", before)[-1])
        )
        if signed and not person.role and rest.startswith(", "):
            person = replace(person, role=_title(rest[2:].partition(", ")[0].strip()))
        if signed and re.match(r"\s*[|·•]", rest):
            person = _signed(person, [rest.strip(" |·•")], company)
        if signed and not rest.strip(" ,."):
            person = _signed(person, lines[number + 1 : number + 6], company)
    return person


def _signed(person: TakenPerson, below: Sequence[str], company: str | None) -> TakenPerson:
    """What stands right under a name: title, firm, number. Up to the first empty line or another sentence."""
    for index, line in enumerate(below):
        if not line.strip() and index:
            break
        parts = re.split(r"\s*[|·•/]\s+|\s{3,}", line.strip())
        number = next((found for part in parts if (found := _SIGNED_NUMBER.match(part))), None)
        if number and not _DIAL_IN.search(line) and person.phone is None:
            person = replace(person, phone=_valid(number[1]))
        elif index == 0 and not person.role and line.strip():
            first = re.split(r",\s|\s[|–-]\s", line.strip())[0]
            if company and (letters(company) in letters(first) or letters(first) in letters(company)):
                continue
            if person.email and matches_domain(first, person.email):
                continue
            person = replace(person, role=_title(first))
    return person


def _title(text: str) -> str | None:
    role = role_of(text)
    return (
        role
        if role
        and not looks_like_firm(role)
        and (role[:1].isupper() or is_title(role))
        and not re.search(r"\d|:", role)
        else None
    )


def _without(role: str | None, company: str | None) -> str | None:
    """The role without the firm that is written behind it."""
    if role and company:
        role = re.sub(rf",?\s*(?:at|@|hos|bei|,)?\s*{re.escape(company)}.*$", "", role, flags=re.IGNORECASE).strip(" ,")
    return role or None


def _valid(number: str) -> str | None:
    from callplan.places.numbers import international  # noqa: PLC0415 - slow, and few invitations are signed so

    try:
        return international(number)
    except ValueError:
        return None

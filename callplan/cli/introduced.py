"""People as a line introduces them: ``Mette Holm, HR Manager, mette@nordlys.example; Jonas Krag (CTO)``.

What a mail's signature or a list on paper has between commas is told apart by what it looks like: an address, a
number, a job, a degree, a town, the firm; only what is written like a name is the next person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from callplan.book.capture.letter import letter_in
from callplan.book.capture.message import HEADING, people_in_text
from callplan.book.capture.roles import has_title_word, looks_like_firm
from callplan.book.capture.signature import (
    is_address,
    is_degree,
    is_generation,
    is_pronouns,
    is_town,
    is_web_page,
    without_degrees,
)
from callplan.book.capture.who import Applicant, letters, looks_like_name, matches_domain
from callplan.book.firms import begins_like, has_legal_form, is_same_firm
from callplan.book.nearest import folded
from callplan.cli.language import told
from callplan.errors import UsageError
from callplan.message import message
from callplan.places.number_forms import EXTENSION_ALONE, digits, is_label, number_in
from callplan.places.number_groups import in_one_piece
from callplan.quoted import shown


@dataclass(frozen=True, slots=True)
class Introduced:
    """Somebody, and what the line says of them; empty where it says nothing. The number is as it was typed.

    `left`: what the line says that a record has no place for: degrees, streets, towns, web pages, more numbers.
    """

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two signs. `kind`: text, email, phone, web, label or other: a number that nobody is rung at.

    `listed`: after "and", so that it is no other half of a name. `opens`: the first behind a semicolon.
    """

    text: str
    kind: str = "text"
    bracketed: bool = False
    listed: bool = False
    line: int = 0
    opens: bool = False


# What stands before a name in a list, in a signature ("i. A."), and around it in a mail's header.
_SIGNS = re.compile(
    r"^[ \t]*(?:(?:[-–*•·▪◦‣]|\d{1,2}[.)])\s+|(?:[Ww]ith|[Mm]ed|mit)\s+|(?i:from|fra|von|de)\s*:\s*|"
    r"(?:i\.\s?[AV]|ppa)\.\s*)(?=[^\W\d_])|[\"“”„]",
    re.MULTILINE,
)
#: Nobody is introduced in more; what is read over and over would take minutes.
_LONGEST = 10_000
_GAPS = re.compile(r"([ \t\n])\1{2,}")
_NEXT_PERSON = re.compile(r"\s*;(?!\s*ext=)\s*")
# Between brackets with words, commas belong to what is said there; those of a number ("(0)", "(212)") are its own. A
# hyphen divides only with spaces around it, and not within a number (`number_groups`).
_PIECE = re.compile(
    r"\(((?=[^()]*[^\W\d_])[^()]*)\)|<([^<>]*)>|"
    r"((?:\((?![^()]*[^\W\d_])[^()]*\)|[^(),<>|/\t\n–—-]|(?<=\S)[-–—/](?=\S)|-(?=\S))+)"
)
_LEADING_AND = re.compile(r"^(?:and|og|und|och|&|\+)\s+(?=\D)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|og|und|och|et|&|\+)\s+", re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?([^\s@,;:]+@[^\s@,;]*[^\s@,;.])\.?", re.IGNORECASE)
_EMAIL_LABEL = re.compile(r"(?:e-?mail|e-?post|mail|e|@)\s*[:.]*\s*", re.IGNORECASE)
_JOBS = (
    r"hr|human resources|people|talent|hiring|recruiting|recruitment|rekruttering|finance|product|sales|marketing|it|"
    r"legal|operations|engineering|data|research|software|økonomi|salg|personale|"
    r"head|owner|founder|partner|principal|president|chair\w*|board|ejer|bestyrelse\w*|lead|leads|senior|junior|"
    r"c[a-z]o|[es]?vp|md|pm|"
    r"\w*(?:manager|director|engineer|developer|officer|analyst|consultant|specialist|assistant|scientist|architect|"
    r"designer|administrator|coordinator|recruiter|controller|professor|secretary|advis[eo]r|supervisor|captain|"
    r"leder|chef|direktør|konsulent|udvikler|ingeniør|medarbejder|rådgiver|koordinator|sekretær|assistent|"
    r"leiter(?:in)?|referent(?:in)?|berater(?:in)?|entwickler(?:in)?|ingenieur(?:in)?|responsable|directeur|directrice|"
    r"gerente|directora?|ingeniero|chefe?|ansvarig|utvecklare|ingenjör)"
)
_JOB = re.compile(rf"\b(?:{_JOBS})\b|\w\s+(?:of|af|for|hos|at)\s+\w", re.IGNORECASE)
_AT = re.compile(r"\s+(?:at|@|hos|bei|chez|with|i|in)\s+", re.IGNORECASE)
_INITIALS = re.compile(r"[A-ZÆØÅ]{2,4}")
_NAME = re.compile(r"[^\W\d_][\w.'’ -]*")
_ONE_WORD = re.compile(r"[^\W\d_][\w'’-]*(?:\s+[^\W\d_]\.)?")


def people_introduced(text: str, company: str | None = None) -> tuple[Introduced, ...]:
    """The people in a line; `company` is where they all are, and is no part of what each is.

    Raises `UsageError` for a line that gives an address or a number to nobody, that has digits which are neither, or
    that may be of one person or of two.
    """
    text = _GAPS.sub(lambda gap: gap[1] * 2, text)
    if len(text) > _LONGEST:
        raise UsageError(told("That is too long to look for people in. Leave out all but the lines that name them."))
    letter = letter_in(text) if "\n" in text.strip() else None
    if letter is None:
        return _listed(text, company)
    signed = _listed("\n".join(letter.signature), company)
    named = tuple(
        Introduced(f"{one.honorific} {one.name}" if one.honorific else one.name, one.role or "", one.email or "")
        for one in people_in_text(letter.sentences, Applicant())
        if not any(folded(one.name) in folded(other.name) for other in signed)
    )
    if not (named or signed):
        return _listed(text, company)
    first, *others = _signed_by(named, signed)
    return (_leaving(first, told("the rest of the text")), *others)


def _signed_by(named: tuple[Introduced, ...], signed: tuple[Introduced, ...]) -> tuple[Introduced, ...]:
    """Those who are named and those who signed; who signs with a first name is whoever of the named has it."""
    people, others = list(named), []
    for one in signed:
        places = [place for place, other in enumerate(people) if folded(one.name) in folded(other.name).split()[:-1]]
        if len(places) != 1:
            others.append(one)
            continue
        [place] = places
        known = people[place]
        people[place] = replace(
            known,
            role=known.role or one.role,
            email=known.email or one.email,
            phone=known.phone or one.phone,
            left=(*known.left, *one.left),
        )
    return (*people, *others)


def _listed(text: str, company: str | None) -> tuple[Introduced, ...]:
    """The people of a list or a signature."""
    people: list[Introduced] = []
    pieces: list[_Piece] = []
    first, line_end, others = text.strip().partition("\n")
    if heading := HEADING.fullmatch(first.strip()):
        first = heading[1] or heading[2] or ""
    for part in _NEXT_PERSON.split(_SIGNS.sub("", f"{first}{line_end}{others}".strip())):
        found = list(_pieces(part))
        pieces += [replace(one, opens=number == 0) for number, one in enumerate(found)]
    is_signature = _is_signature(pieces)
    for index, piece in enumerate(pieces):
        rest = pieces[index + 1 :]
        ends = next((number for number, one in enumerate(rest) if one.opens), len(rest))
        is_new_line = index > 0 and piece.line != pieces[index - 1].line
        people = _with(people, piece, rest[:ends], company, is_new_line and not is_signature)
    return tuple(people)


def is_job(text: str) -> bool:
    """Whether a text names a job, as far as its words are known."""
    return bool(_JOB.search(text))


def _is_signature(pieces: list[_Piece]) -> bool:
    """Whether lines are of one person: an address or a number has one of its own."""
    return any(one.kind != "text" and one.line != before.line for before, one in pairwise(pieces))


def _with(
    people: list[Introduced], piece: _Piece, following: list[_Piece], company: str | None, is_list: bool
) -> list[Introduced]:
    """The people with what one piece says: of the last of them, or of the next one.

    `is_list`: it begins a line of a list of people.
    """
    text, kind = piece.text, piece.kind
    if kind not in ("email", "web") and re.search(r"\S@|@\S", text):
        raise UsageError(
            message('{text} is no e-mail address. Write it like "mette.holm@nordlys.example".', text=shown(text))
        )
    if kind == "label":  # "Mette: +45 …", but also "Switchboard: +45 …"
        return people or [Introduced(text)]
    if kind == "text" and (not people or (people[-1].name and piece.opens and not _goes_on(piece, company))):
        if is_job(text) and following and _is_full_name(following[0].text):
            return [*people, Introduced(role=text)]
        return [*people, _called(Introduced(), text)]
    *others, last = people or [Introduced()]
    if not last.name and kind == "text":
        return [*others, _called(last, text)]
    if not last.name:
        raise UsageError(told('Whose is "{text}"? Say the name first.').format(text=text))
    if kind == "email" and not last.email:
        return [*others, replace(last, email=text)]
    if kind == "phone" and not last.phone:
        return [*others, replace(last, phone=text)]
    if last.phone and (EXTENSION_ALONE.fullmatch(text) or re.fullmatch(r"\d{1,3}", text)):
        return [*others, replace(last, phone=f"{last.phone}{', ' if text.isdigit() else ' '}{text}")]
    if _says_nothing(piece, company):
        return people
    if is_generation(text) and not last.role:
        return [*others, replace(last, name=f"{last.name} {text}")]
    if kind != "text" or _is_title(text) or _is_no_part(text, company):
        return [*others, _leaving(last, text)]
    if digits(text) >= 5:
        raise UsageError(
            told(
                '"{text}" is no telephone number, and nothing else that a record has a place for. Leave it out.'
            ).format(text=text)
        )
    if piece.bracketed or _is_role(piece, last, following, is_list):
        return [*others, _with_role(last, text, company)]
    return [*others, *_next_to(last, piece, following, is_list)]


def _pieces(text: str) -> Iterator[_Piece]:
    """What stands between commas, brackets and dashes, and addresses and numbers out of the words around them."""
    text = in_one_piece(text)
    for found in _PIECE.finditer(text):
        bracketed, angled, plain = found.groups()
        if bracketed is not None:
            parts = bracketed.split(",")
        else:
            plain = (angled or plain or "").strip()
            parts = _apart(_LEADING_AND.sub("", plain))
        line = text.count("\n", 0, found.start())
        listed = len(parts) > 1 or bool(_LEADING_AND.match(plain or ""))
        for part in parts:
            if part.strip(" .-–—/"):
                piece = _Piece(
                    " ".join(part.split()), "text", bracketed is not None, listed and bracketed is None, line
                )
                yield from _told_apart(piece)


def _told_apart(piece: _Piece) -> Iterator[_Piece]:
    while piece.text:
        if is_web_page(piece.text):
            yield replace(piece, kind="web")
            return
        if found := _EMAIL.search(piece.text):
            before, after = piece.text[: found.start()].strip(), piece.text[found.end() :].strip(" .")
            if before and not _EMAIL_LABEL.fullmatch(before):
                yield from _told_apart(replace(piece, text=before))
            yield replace(piece, text=found[1], kind="email")
        elif written := number_in(piece.text):
            after = written.after
            if written.before and not re.fullmatch(r"\S{1,18}:", written.before):
                yield replace(piece, text=written.before.strip(" ,:("))
            elif written.before:
                yield replace(piece, text=written.before.strip(":"), kind="label")
            yield replace(piece, text=written.number, kind="phone" if written.rings else "other")
        else:
            yield piece
            return
        piece = replace(piece, text=after, listed=False)


def _apart(text: str) -> list[str]:
    """What "and" stands between, where the next name follows it, and not the rest of a job ("People and Culture")."""
    first, *others = _AND.split(text)
    names = all(_NAME.fullmatch(one) and not _JOB.search(one) for one in others)
    whole = all(" " in one for one in others) or not _JOB.search(first)
    return [first, *others] if names and whole else [text]


def _goes_on(piece: _Piece, company: str | None) -> bool:
    """Whether it is still about the person before, though a semicolon divides them."""
    text = piece.text
    return is_job(text) or _is_title(text) or _is_no_part(text, company) or _says_nothing(piece, company)


def _is_title(text: str) -> bool:
    """Whether it goes with a name, as degrees and pronouns do, and says nothing of where and what somebody is."""
    return is_degree(text) or is_pronouns(text)


def _says_nothing(piece: _Piece, company: str | None) -> bool:
    """Whether nothing is lost without it: what a number is called, the application's own company."""
    text = piece.text
    return (
        is_label(text)
        or (piece.bracketed and len(text) == 1)  # HD(R)
        or bool(company and is_same_firm(text, company))
    )


def _called(person: Introduced, name: str) -> Introduced:
    """With the name; degrees behind it are no part of it."""
    said, degrees = without_degrees(name)
    return replace(person, name=said, left=(*person.left, *degrees))


def _leaving(person: Introduced, text: str) -> Introduced:
    return replace(person, left=(*person.left, text))


def _with_role(person: Introduced, text: str, company: str | None) -> Introduced:
    """With what the text says they are, but for where: that is the application's company."""
    for at in _AT.finditer(text):
        if company and begins_like(text[at.end() :], company):
            text = text[: at.start()]
            break
    return replace(person, role=f"{person.role}, {text}" if person.role else text)


def _is_no_part(text: str, company: str | None) -> bool:
    """Whether it is where somebody works, or a page: of no use in a record, and nobody's name."""
    if company and begins_like(text, company) and (has_legal_form(text) or not is_job(text)):
        return True
    return not is_job(text) and (is_town(text) or is_address(text))


def _is_role(piece: _Piece, last: Introduced, following: list[_Piece], is_list: bool) -> bool:
    """Whether it says what somebody is, and is not the next name; who writes names small writes them all so.

    One word behind a role is more likely a town or a department, unless a role of its own follows, or names stand one
    a line (`is_list`).
    """
    text = piece.text
    if _says_job(text) or not _NAME.fullmatch(text) or (text[0].islower() and last.name[0].isupper()):
        return True
    if _ONE_WORD.fullmatch(text):
        is_known = last.role or last.email or last.phone or not all(map(_is_title, last.left))
        return bool(is_known) and not (piece.listed or is_list or (following and _says_more(following[0])))
    if text[0].isupper() and not looks_like_name(text):
        return True
    addresses = [one.text for one in following if one.kind == "email"]
    return any(matches_domain(text, address) for address in addresses) or bool(
        following and is_address(following[0].text)
    )


def _says_job(text: str) -> bool:
    return bool(is_job(text) or _INITIALS.fullmatch(text) or has_title_word(text) or looks_like_firm(text))


def _says_more(piece: _Piece) -> bool:
    """Whether it says something of the name before it."""
    return piece.kind == "text" and (piece.bracketed or _says_job(piece.text))


def _is_full_name(text: str) -> bool:
    return looks_like_name(text) and not _says_job(text)


def _next_to(last: Introduced, piece: _Piece, following: list[_Piece], is_list: bool) -> list[Introduced]:
    """Both people; or the one who is written family name first, where the address says so.

    Raises `UsageError` where nothing says whether ``Ortiz, Carmen, VP`` are two.
    """
    new = _called(Introduced(), piece.text)
    name, both = new.name, [last, new]
    halves = _ONE_WORD.fullmatch(last.name) and _ONE_WORD.fullmatch(name) and last == Introduced(last.name)
    more = following[0] if following else None
    if not halves or piece.listed or is_list or more is None or (more.kind == "text" and not _says_more(more)):
        return both
    addresses = [letters(one.text.partition("@")[0]) for one in following if one.kind == "email"]
    if any(letters(last.name) in local and letters(name) in local for local in addresses):
        return [replace(new, name=f"{name} {last.name}")]
    raise UsageError(
        told('"{family}, {given}" may be one person or two. Write "{given} {family}", or "{family}; {given}".').format(
            family=last.name, given=name
        )
    )

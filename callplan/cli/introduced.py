"""People as a line introduces them: ``Mette Holm, HR Manager, mette@nordlys.example; Jonas Krag (CTO)``.

What a mail's signature or a list on paper has between commas is told apart by what it looks like: an address, a
number, a job; whatever else begins with a capital is the next name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from callplan.cli.language import told
from callplan.errors import UsageError


@dataclass(frozen=True, slots=True)
class Introduced:
    """Somebody, and what the line says of them; empty where it says nothing. The number is as it was typed."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


_NEXT_PERSON = re.compile(r"\s*[;\n]\s*")
# Between brackets, commas belong to what is said there; a hyphen divides only with spaces around it.
_PIECE = re.compile(r"\(([^()]*)\)|<([^<>]*)>|((?:[^(),<>|/\t–—-]|(?<=\S)[-–—/](?=\S)|-(?=\S))+)")
_LEADING_AND = re.compile(r"^(?:and|og|und|och|&|\+)\s+(?=\D)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|og|und|och|et|&|\+)\s+", re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:|e-?mail:?\s+|mail:?\s+)?([^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?:tel|tlf|phone|telephone|mobile|mobil|mob|cell|direct|direkte|t|m|p)\b[.:]?\s*)?(\+?[\d\s().-]{4,}.*)", re.I
)
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
_INITIALS = re.compile(r"[A-ZÆØÅ]{2,4}")
_NAME = re.compile(r"[^\W\d_][\w.'’ -]*")


def people_introduced(text: str) -> tuple[Introduced, ...]:
    """The people in a line. Raises `UsageError` for a line that gives an address or a number to nobody."""
    return tuple(person for part in _NEXT_PERSON.split(text.strip()) if part for person in _in_turn(part))


def is_job(text: str) -> bool:
    """Whether a text names a job, as far as its words are known."""
    return bool(_JOB.search(text))


def _in_turn(text: str) -> list[Introduced]:
    people: list[Introduced] = []
    for piece, bracketed in _pieces(text):
        if found := _EMAIL.fullmatch(piece):
            people[-1:] = [replace(_last(people, piece), email=found[1])]
        elif (found := _PHONE.fullmatch(piece)) and (piece[0] == "+" or sum(map(str.isdigit, piece)) >= 5):
            people[-1:] = [replace(_last(people, piece), phone=found[1].strip())]
        elif people and (bracketed or _is_role(piece, people[-1].name)):
            last = people[-1]
            people[-1] = replace(last, role=f"{last.role}, {piece}" if last.role else piece)
        else:
            people.append(Introduced(piece))
    return people


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What stands between commas, brackets and dashes, and whether it stood in brackets."""
    for found in _PIECE.finditer(text):
        bracketed, angled, plain = found.groups()
        if bracketed is not None:
            parts = bracketed.split(",")
        else:
            parts = _apart(_LEADING_AND.sub("", (angled or plain or "").strip()))
        for part in parts:
            if part.strip(" .-–—/"):
                yield " ".join(part.split()), bracketed is not None


def _apart(text: str) -> list[str]:
    """What "and" stands between, where the next name follows it, and not the rest of a job ("People and Culture")."""
    first, *others = _AND.split(text)
    names = all(_NAME.fullmatch(one) and not _JOB.search(one) for one in others)
    whole = all(" " in one for one in others) or not _JOB.search(first)
    return [first, *others] if names and whole else [text]


def _last(people: list[Introduced], piece: str) -> Introduced:
    if not people:
        raise UsageError(told('Whose is "{text}"? Say the name first.').format(text=piece))
    return people[-1]


def _is_role(piece: str, after: str) -> bool:
    """Whether it says what somebody is, and is not the next name; who writes names small writes them all so."""
    named = _NAME.fullmatch(piece) and (piece[0].isupper() or not after[0].isupper())
    return not named or bool(_JOB.search(piece) or _INITIALS.fullmatch(piece))

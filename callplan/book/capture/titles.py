"""Company and position from the title of an invitation, its text and the addresses in it.

No list of firms exists, so several weak signs are weighed: the mail domain (the strongest), words like "at" and "for",
endings like "A/S", what is left when the names of people and the words for "interview" are taken away. Where two
readings remain, nothing is given and the user is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callplan.book.capture.roles import has_title_word, looks_like_firm
from callplan.book.capture.vocabulary import (
    ARTICLE,
    AS_A_JOB,
    CLIENT,
    CUT,
    END_OF_PHRASE,
    FIRM_IN_TEXT,
    IN_TEXT,
    INTERVIEW,
    JOB,
    JOB_NOUN,
    LABELLED_COMPANY,
    LABELLED_POSITION,
    LABELLED_TITLE,
    NUMBERS,
    PREFIX,
    STAGE,
    WHEN,
)
from callplan.book.capture.who import Applicant, domain_label, letters, looks_like_name, matches_domain, words
from callplan.book.capture.wording import one_line

#: The full-width marks of East Asian titles.
_WIDE = str.maketrans("：（）［］｜／～＠，、・【】「」＜＞", ":()[]|/~@,,|()()<>")


#: A line of the text that is written like a title: "Loomwork – Customer Success Manager".
_TITLE_LINE = re.compile(r"(?=.{8,90}$)[^,.:;!?@]+(?:\s[–—|-]\s[^,.:;!?@]+){1,2}")


@dataclass(slots=True)
class _Piece:
    """A part of a title. `kind`: company, position, or open; `after_comma`: maybe the place of the one before."""

    text: str
    kind: str = ""
    after_comma: bool = False
    beside: bool = False  # a word for the talk itself


@dataclass(frozen=True, slots=True)
class Titled:
    """The company and position; `sure` False: only the sender's mail speaks for the company, maybe against `other`."""

    company: str | None
    position: str | None
    sure: bool = True
    other: str | None = None


def read_titles(
    titles: Sequence[str], lines: Sequence[str], place: str, people: Iterable[str], addresses: Sequence[str],
    organisation: str, me: Applicant,
) -> Titled:  # fmt: skip
    """What the titles (of one day's events) and the text say. `organisation`: a sender's name that is no person's."""
    company = _labelled(LABELLED_COMPANY, lines)
    position = _labelled(LABELLED_POSITION, lines)
    others = [found[1] for line in lines[:40] if (found := LABELLED_TITLE.match(line)) and "http" not in line]
    others += [line for line in lines[:4] if _TITLE_LINE.fullmatch(line) and JOB.search(line)]
    pieces = [_pieces(title, people, me) for title in titles]
    extra = [_pieces(other, people, me) for other in others]
    domains = [address for address in addresses if domain_label(address)]
    for one in (*pieces, *extra):
        _mark(one, domains, (me.name, *people))
    sender_only = doubtful = False  # an agency's mail names the agency
    names = list(people)
    company = company or _client((*titles, *lines[:60])) or _company_of(pieces) or _company_of(extra)
    if company is None:
        company = _named_like_domain((*lines, place), domains) or _firm_of(organisation, domains)
        sender_only = company is not None
        told = _firm_in_text(lines, names)
        company = company if told is None or _is_part_of(told, company) else told
    position = position or _position_of(pieces, company) or _position_of(extra, company)
    position = _without_place(position or _position_in_text(lines))
    if company is None:
        company, position = _what_is_left(pieces[:1], titles[:1], position, bool(domains))
        doubtful = (
            company is not None
            and _may_be_somebody(company)
            and any(piece.kind == "with" and piece.text == company for piece in pieces[0])
        )
    if company is None:
        company = next((line for line in map(_signature, reversed(lines[-12:])) if line), None)
    if company is None and domains:
        label = domain_label(domains[0]) or ""
        return Titled(" ".join(part.capitalize() for part in label.split("-")), position, sure=False)
    rest = [one.text for part in pieces for one in part if one.kind in ("", "with") and not one.after_comma]
    rest = [
        text
        for text in rest
        if text[:1].isupper() and letters(text) not in (letters(position or ""), letters(company or ""))
    ]
    return Titled(
        _tidy(company),
        _tidy(position),
        sure=not doubtful and not (sender_only and rest),
        other=_tidy(rest[0]) if rest else None,
    )


def _labelled(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    for line in (part for whole in lines[:60] for part in re.split(r"(?<=[^\W\d_][.!?])\s+(?=[A-ZÆØÅÄÖÜ])", whole)):
        found = pattern.match(line)
        if found and 2 <= len(found[1].strip()) <= 120 and "http" not in found[1]:
            return NUMBERS.sub("", one_line(found[1])).strip(" -–,;.") or None
    return None


def _client(texts: Iterable[str]) -> str | None:
    """The firm for which an agency invites."""
    return next((_bare_firm(found[1]) for text in texts if (found := CLIENT.search(text[:1000]))), None)


def _firm_in_text(lines: Sequence[str], people: Sequence[str]) -> str | None:
    """The firm of "your application for the position as … at Quillmere Paper"."""
    known = {letters(name) for name in people}
    for pattern in FIRM_IN_TEXT:
        for line in lines[:40]:
            found = pattern.search(line[:600])
            firm = _bare_firm(found[1]) if found else ""
            if looks_like_name(firm) and pattern is FIRM_IN_TEXT[1] and not looks_like_firm(firm):
                continue  # "Tom Ashdown invites you"
            if firm and letters(firm) not in known and not JOB.search(firm) and not re.search(r"\d{2}", firm):
                return firm
    return None


def _bare_firm(text: str) -> str:
    return text if re.search(r"\.\w\.$|\b(?:Ltd|Inc|Corp|Co)\.$", text) else text.rstrip(" .-&/'’")


def _is_part_of(told: str, company: str | None) -> bool:
    return company is not None and (letters(told) in letters(company))


def _pieces(title: str, people: Iterable[str], me: Applicant) -> list[_Piece]:
    """A title in parts: names of people, numbers and the words for an interview taken out."""
    plain = "".join("|" if unicodedata.category(sign) == "So" else sign for sign in title.translate(_WIDE)[:600])
    text = PREFIX.sub("", one_line(plain, 300))
    text = re.sub(
        r"\s@\s+(?:mon|tue|wed|thu|fri|sat|sun)\w*\s.*$", "", text, flags=re.IGNORECASE
    )  # Google's mail subject
    names = [me.name, *me.name.split()[:1], *people]
    for name in [one.split()[-1] for one in (me.name, *people) if one.strip()]:
        text = re.sub(
            rf"\b(?:herrn?|frau|mr|ms|mrs|hr|fru|m|mme)\.?\s+(?:dr\.?\s+)?{re.escape(name)}\b",
            " | ",
            text,
            flags=re.IGNORECASE,
        )
    reversed_names = [f"{' '.join(name.split()[1:])}, {name.split()[0]}" for name in names if len(name.split()) > 1]
    for name in sorted(filter(None, (*reversed_names, *names)), key=len, reverse=True):
        single = len(name.split()) == 1
        if single and not re.search(
            rf"(?:^|[-–:|(<>&+]\s*|with |mit |med |x )\b{re.escape(name)}\b\s*(?:$|[-–:|)<>&+,]|and |og |und |x )", text
        ):
            continue
        text = re.sub(
            rf"(?:\b(?:and|og|und|et|with|mit|med|avec|&|\+|for|für)\s+)?(?<!\w){re.escape(name)}(?!\w)",
            " | ",
            text,
            flags=re.IGNORECASE,
        )
    text = re.sub(
        r"\s(?:is|was|has been|ist|er|est)\s(?:\w+\s)?(?:confirmed|scheduled|booked|moved|rescheduled|bestätigt).*$",
        "",
        text,
    )
    text = re.sub(r"\bSp\. z o\. ?o\.?", "Sp._z_o.o.", NUMBERS.sub(" ", WHEN.sub(" | ", text)))
    pieces, kind, start, comma = [], "", 0, False
    for found in (*CUT.finditer(text), None):
        end = found.start() if found else len(text)
        pieces += _piece(text[start:end].replace("Sp._z_o.o.", "Sp. z o.o."), kind, comma)
        if found:
            start = found.end()
            kind = "company" if found["at"] else "with" if found["with"] else "position" if found["for"] else ""
            comma = found.group().lstrip().startswith((",", "("))
    return pieces


def _piece(text: str, kind: str, comma: bool) -> list[_Piece]:
    bare = INTERVIEW.sub(" ", text) if kind != "company" else text
    beside = bare != text
    bare = _stripped(bare)
    job = JOB_NOUN.sub("", bare).strip() if len(bare.split()) > 1 else bare
    if job != bare:
        kind, bare = "position", _stripped(job)
    bare = re.sub(
        r"^(?:and|og|und|et|&|\+|x|<>)\s+|\s+(?:and|og|und|et|&|\+|x|<>|for|with|at|hos|bei|mit|med|om)$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    bare = bare.strip(" -–—|/,;:<>&+\"'“”„")
    bare = bare if re.search(r"(?:\.\w|\b[A-Z][a-z]{1,2})\.$", bare) else bare.strip(" .")  # "S.L." keeps its dot
    if not bare or STAGE.fullmatch(bare) or not re.search(r"[^\W\d_]{2}", bare):
        return []
    return [_Piece(bare, kind, comma, beside)]


def _stripped(text: str) -> str:
    text = " ".join(text.split()).strip(' -–—|/,;:<>"“”„')
    for _ in range(2):
        text = ARTICLE.sub("", text) if len(text.split()) > 1 else text
    return text


def _mark(pieces: list[_Piece], domains: Sequence[str], people: Iterable[str]) -> None:
    """Say of each part what it is, as far as one can tell."""
    known = [set(words(name)) for name in people]
    everybody = set().union(*known) | {"and", "og", "und", "y", "e", "et", "och", "en", "x", "med", "mit", "with"}
    pieces[:] = [piece for piece in pieces if not set(words(piece.text)) <= everybody]
    for piece in pieces:
        of_domain = any(matches_domain(piece.text, address) for address in domains)
        if of_domain or (looks_like_firm(piece.text) and not JOB.search(piece.text)):
            piece.kind = "company!"
        elif piece.kind == "company" and JOB.search(piece.text) and len(piece.text.split()) < 2:
            piece.kind = ""
        elif piece.kind in ("", "position", "with") and JOB.search(piece.text):
            piece.kind = "position!"
    if any(piece.kind == "company!" for piece in pieces):
        # Another "at" is then a place, and what follows the firm behind a comma too.
        after = False
        for piece in pieces:
            if piece.kind == "company" or (after and piece.after_comma and piece.kind == ""):
                piece.kind = "place"
            after = piece.kind in ("company!", "place")


def _company_of(titles: Iterable[list[_Piece]]) -> str | None:
    for kind in ("company!", "company"):
        for pieces in titles:
            found = [piece.text for piece in pieces if piece.kind == kind]
            if found:
                return found[0]
    return None


def _position_of(titles: Sequence[list[_Piece]], company: str | None) -> str | None:
    """The position, when all titles that name one name the same."""
    found = []
    for pieces in titles:
        left = [piece for piece in pieces if piece.text != company and not piece.kind.startswith(("company", "place"))]
        for kind in ("position!", "position"):
            sure = [piece.text for piece in left if piece.kind == kind]
            if sure:
                found.append(sure[0])
                break
        else:
            open_ones = [piece.text for piece in left if piece.kind == "" and not piece.beside]
            if len(open_ones) == 1 and company is not None:
                found.append(open_ones[0])
    return found[0] if found and len({letters(one) for one in found}) == 1 else None


def _what_is_left(
    pieces: Sequence[list[_Piece]], titles: Sequence[str], position: str | None, has_domain: bool
) -> tuple[str | None, str | None]:
    """What the one part of the first title that is left must be: firm, or else position; neither when unsure."""
    left = [
        one
        for part in pieces
        for one in part
        if one.kind in ("", "with") and letters(one.text) != letters(position or "")
    ]
    with_whom = [piece for piece in left if piece.kind == "with"]
    only = with_whom[0] if len(with_whom) == 1 else left[0] if len(left) == 1 else None
    if only is None or not only.text[:1].isupper():
        return None, position
    if only.kind == "with" and _may_be_somebody(only.text) and len(left) > 1:
        return None, position
    talk = INTERVIEW.search(titles[0])
    leads = talk is not None and 0 <= titles[0].find(only.text) < talk.start()
    sure = only.kind == "with" or (leads and not has_domain)
    if sure or (position is not None and not only.after_comma):
        return only.text, position  # "Kestrel & Pike: second interview"
    # "Interview: Volontariat" is for that; "Opfølgende samtale" says nothing of the job.
    return (None, position or (only.text if has_domain and not only.beside else None))


def _may_be_somebody(text: str) -> bool:
    """Whether "interview with …" may as well name who interviews."""
    return looks_like_name(text) and not looks_like_firm(text)


def _named_like_domain(texts: Iterable[str], domains: Sequence[str]) -> str | None:
    """The phrase somewhere in the invitation that is spelled like the sender's domain: "Bramble House Books"."""
    found: list[str] = []
    for text in list(texts)[:60]:
        for phrase in re.split(
            r"[,.;:()<>|/]\s+|[,;:()<>|\n]|\s[-–—]\s|\s(?:at|hos|bei|chez|from|with|fra|von)\s|^(?:hos|at|bei)\s",
            text[:400],
        ):
            bare = one_line(phrase)
            if not bare or "@" in bare or "http" in bare:
                continue
            capitals: list[str] = re.findall(
                r"(?:[A-ZÆØÅÄÖÜÉ0-9][\w&'’/.-]*(?:\s+(?:&|og|and|und|of|de|i)\s+|\s+|$))+", bare
            )
            for candidate in (bare, *capitals):
                name = candidate.strip(" .,")
                if (
                    0 < len(name.split()) <= 7
                    and name[:1].isupper()
                    and any(matches_domain(name, one) for one in domains)
                ):
                    found.append(name)
    return next((name for name in found if looks_like_firm(name)), next(iter(found), None))


def _firm_of(organisation: str, domains: Sequence[str]) -> str | None:
    """The firm from a sender like "Tideway Robotics Recruiting (via Hirely)"."""
    text = re.sub(r"\s*\(.*\)$|\s+via\s+.*$", "", organisation)
    text = re.sub(
        r"\s*\b(?:recruit(?:ing|ment)(?: team)?|talent(?: acquisition)?(?: team)?|hr(?: team| department)?|"
        r"careers?|hiring(?: team)?|"
        r"people(?: team)?|jobs|team|rekruttering|karriere|bewerbung\w*|human resources|calendar|interviews?|"
        r"scheduling)\s*$",
        "", text, flags=re.IGNORECASE,
    ).strip(" -–|,")  # fmt: skip
    if text == organisation.strip() and not (
        looks_like_firm(text) or any(matches_domain(text, one) for one in domains)
    ):
        return None
    return one_line(text) if len(words(text)) <= 6 and "@" not in text and text else None


def _signature(line: str) -> str | None:
    """A firm at the end of a line of the signature: "Havbro Logistik A/S"."""
    for part in re.split(r",\s+|\s[|–-]\s", line[:120]):
        if 2 <= len(part.split()) <= 6 and looks_like_firm(part) and part[:1].isupper() and "@" not in part:
            return one_line(part)
    return None


def _position_in_text(lines: Sequence[str]) -> str | None:
    text = " \n ".join(lines[:60])[:6000]
    for pattern in IN_TEXT:
        for found in pattern.finditer(text):
            phrase = END_OF_PHRASE.split(found[1] + " ", maxsplit=1)[0]
            phrase = _stripped(NUMBERS.sub("", one_line(phrase)))
            if 3 <= len(phrase) <= 60 and len(phrase.split()) <= 6 and not re.search(r"\byou\b|\byour\b", phrase):
                return phrase
    jobs = (one_line(one[1] or one[2]) for one in AS_A_JOB.finditer(text))
    return next((one for one in jobs if JOB.search(one) or has_title_word(one)), None)


def _without_place(position: str | None) -> str | None:
    """ "pædagog i Børnehuset Æblehaven" is a pædagog."""
    return re.sub(r"\s(?:i|en|em|à|w)\s+[A-ZÆØÅÄÖÜÉ].*$", "", position) if position else None


def _tidy(text: str | None) -> str | None:
    return one_line(text, 150) or None if text else None

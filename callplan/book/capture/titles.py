"""Company and position from the title of an invitation, its text and the addresses in it.

No list of firms exists, so several weak signs are weighed: the mail domain (the strongest), words like "at" and "for",
endings like "A/S", what is left when the names of people and the words for "interview" are taken away. Where two
readings remain, nothing is given and the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callplan.book.capture.message import looks_like_firm
from callplan.book.capture.who import Applicant, domain_label, letters, matches_domain, words
from callplan.book.capture.wording import one_line

_LABELLED_COMPANY = re.compile(
    r"^\W*(?:company|employer|organi[sz]ation|firm|client|virksomhed|firma|arbejdsgiver|organisation|unternehmen|arbeitgeber|"
    r"entreprise|société|employeur|empresa|azienda|bedrijf|werkgever|företag|arbetsgivare|bedrift|yritys)\s*:\s*(.+)$",
    re.IGNORECASE,
)
_LABELLED_POSITION = re.compile(
    r"^\W*(?:position(?: title)?|job(?: title)?|role|vacancy|opening|post|job position|applied (?:for|position)|stilling|"
    r"stillingsbetegnelse|jobtitel|stelle(?:nbezeichnung)?|stellenbezeichnung|poste|offre|puesto|vacante|posizione|ruolo|"
    r"functie|vacature|tjänst|befattning|roll|tehtävä|stanowisko)\s*:\s*(.+)$",
    re.IGNORECASE,
)
_LABELLED_TITLE = re.compile(r"^\W*(?:event(?: name| type)?|subject|what|meeting|emne|betreff|objet|titel|interview)\s*:\s*(.+)$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:\s*(?:re|fw|fwd|sv|vs|aw|wg|tr|rv|i|vb|invitation|updated invitation|update|updated|einladung|indkaldelse|"
    r"invitación|uitnodiging|inbjudan|convocation|accepted|tentative|reminder|confirmed|confirmation|rescheduled|moved|"
    r"new time|bekræftet|flyttet|bestätigt|verschoben|terminbestätigung|terminverschiebung|confirmé|reporté|external|ext|"
    r"cancel+ed|aflyst|abgesagt|annulé|hold|save the date)\s*:|\s*\[[^\]]{1,20}\])+\s*",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"\((?:[mwfdxhi]\s?[/|]\s?){1,3}[mwfdxhin*]\)|\((?:all genders|alle geschlechter|gn|h/f|m/k|k/m)\)|"
    r"\b(?:jr|req|ref|rq|id|job id|job|r|vacancy|stilling|nr|no)?\.?[\s#:-]*(?:#|(?<![a-z]))\d{3,}[\d-]*\b|\bJR\d+\b|\bR-?\d{4,}\b|\bREQ-?\d+\b|"
    r"\b\d+\s*(?:/|of|von|af|av|de|van|sur)\s*\d+\b|"
    r"\b(?:round|runde|stage|step|part|teil|del|fase|etape|étape|tour|ronde|omgang)\s*#?\d+\b|\b\d+\.\s*(?:runde|samtale|gespräch|omgang)?\b",
    re.IGNORECASE,
)
_QUALITY = (
    r"(?:(?:\d+[- ]?(?:minutes?|mins?|min\.|minutter|minuten|hours?|h|timer|stunden?|st|nd|rd|th))|first|second|third|1st|2nd|3rd|"
    r"final|last|technical|tech|initial|introductory|phone|telephone|video|virtual|online|remote|panel|onsite|on-site|in-person|"
    r"personal|job|follow-up|informal|hiring manager|hr|team|culture|cultural|fit|values|behaviou?ral|screening|recruiter|"
    r"zoom|teams|google meet|skype|webex|første|anden|andet|2\.|1\.|3\.|ny|afsluttende|uformel|telefonisk|fysisk|kort|"
    r"erstes?|zweites?|drittes?|persönliches|virtuelles|telefonisches|kennenlern|premier|deuxième|second|primera|segunda|"
    r"tweede|eerste|andra|första|informal|quick|short|your|din|ihr|our|the|an?|et|en|ein|une?)"
)
_TALK = (
    r"(?:interviews?|jobinterview|job interview|telefoninterview|videointerview|jobsamtale|ansættelsessamtale|videosamtale|"
    r"telefonsamtale|samtale|jobbsamtal|intervjusamtale|jobbintervju|anställningsintervju|rekryteringsintervju|intervju|samtal|"
    r"vorstellungsgespräch|bewerbungsgespräch|kennenlerngespräch|videogespräch|telefongespräch|gespräch|kennenlernen|vorstellungstermin|"
    r"entretien(?: d['’]embauche| de recrutement| téléphonique| d['’]évaluation)?|entrevista(?: de trabajo| de emprego)?|colloquio(?: di lavoro| conoscitivo)?|"
    r"sollicitatiegesprek|kennismakingsgesprek|kennismaking|gesprek|työhaastattelu|haastattelu|rozmowa(?: kwalifikacyjna| rekrutacyjna| o pracę)?|pohovor|"
    r"meeting|chat|call|conversation|talk|discussion|screen(?:ing)?|phone screen|intro(?:duction)?|assessment(?: day| center)?|"
    r"session|catch[- ]?up|get to know|coffee|møde|kaffe|besprechung|termin|termin zum|visit|rendez-vous|rdv|reunión|case)"
)
_INTERVIEW = re.compile(rf"(?:(?<!\w){_QUALITY}[\s-]+){{0,4}}(?<!\w){_TALK}(?!\w)(?:\s+(?:invitation|invite|day|loop|dag|tag|request|slot|confirmation|confirmed|bekræftelse))?", re.IGNORECASE)
_AT = r"at|hos|bei|chez|@|ved|presso|bij|chez|hjá|ved|u"
_WITH = r"with|mit|med|avec|con|met|kanssa|z|från|from|fra|von"
_FOR = (
    r"for(?: the| an?)?(?: (?:position|role|post|job|vacancy) (?:of|as))?|as(?: an?)?|om(?: stillingen som| jobbet som| en stilling som| tjänsten som)?|"
    r"som|als|über|about|regarding|re|til(?: stillingen som| jobbet som)?|till|zur|zum|für|pour(?: le)?(?: poste de)?|poste de|para(?: el)?(?: puesto de)?|"
    r"per(?: la posizione di)?|voor(?: de functie(?: van)?)?|vedr\.?|vedrørende|ang\.?|angående"
)
_CUT = re.compile(
    rf"\s+(?:[-–—|·•→~/]|<-?>|//|::|&lt;&gt;|vs\.?)\s+|\s*[:;|•·]\s+|,\s+|\s*[()\[\]]\s*|\s+[-–—](?=\w)|(?<=\w)[-–—]\s+|"
    rf"(?:(?<=\s)|^)(?P<at>{_AT})\s+|(?:(?<=\s)|^)(?P<with>{_WITH})\s+|(?:(?<=\s)|^)(?P<for>{_FOR})\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an|our|your|die|der|das|dem|den|einer?s?|vores|jeres|din|ihre?|le|la|les|un|une|el|los|de|het|of|et|en|ett)\s+", re.IGNORECASE)
_JOB_NOUN = re.compile(
    r"\s*\b(?:positions?|roles?|job|post|vacancy|opening|stilling(?:en)?|jobbet|stelle|poste|puesto|tjänst(?:en)?|functie)\b\s*$|"
    r"^(?:position|role|job|vacancy|stilling(?:en)?|jobbet|stelle|poste|puesto|tjänst(?:en)?|functie|ausbildung)(?:\s+(?:of|as|som|als|des|der|de|van))?\s+(?=\w)|"
    r"\s+role$",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"(?:^|\W)(?:\w*(?:engineer|developer|manager|analyst|designer|director|officer|consultant|specialist|assistant|planner|"
    r"handler|operator|scientist|architect|administrator|technician|accountant|nurse|teacher|maker|keeper|driver|clerk|"
    r"coordinator|editor|writer|seller|gardener|researcher|tester|trainer|advis[eo]r|lead|intern|trainee|apprentice|chef|cook|"
    r"worker|programmer|buyer|recruiter|controller|producer|librarian|lecturer|professor|doctor|lawyer|secretary|"
    r"udvikler|ingeniør|leder|konsulent|medarbejder|hjælper|rådgiver|planlægger|assistent|elev|elevplads|lærer|pædagog|"
    r"sygeplejerske|mester|chef|koordinator|sælger|bogholder|tekniker|"
    r"entwickler|ingenieur|leiter|berater|mitarbeiter|sachbearbeiter|kaufmann|kauffrau|schmied|lektorat|lektor|redakteur|"
    r"werkstudent|praktikum|praktikant|azubi|techniker|verkäufer|pfleger|meister|in|referent|"
    r"ingénieur|développeur|responsable|chargée?|technicien|comptable|vendeur|"
    r"desarrollador|ingeniero|gerente|analista|técnico|utvecklare|ingenjör|chef|handläggare|säljare|utvikler|ontwikkelaar|medewerker|"
    r"adviseur|beheerder|sviluppatore|ingegnere))(?::in|/in|\*in|in|en|s)?(?=$|\W)",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"(?:on-?site|virtual|online|video|phone|zoom|teams|microsoft teams|google meet|webex|remote|in person|final|confirmed|"
    r"tentative|hr|culture fit|technical|introduction|intro|part|round|runde|candidate|applicant|kandidat|tba|tbd|details|"
    r"and|og|und|et|y|e|en|&|x|you|us|me|invitation|jobbet|first|second|third|schedule|time|in|on|i|på|im|am|"
    r"\d+|\d+\s*(?:min|minutes|minutter|minuten|h|hour)s?|monday|tuesday|wednesday|thursday|friday|mandag|tirsdag|onsdag|torsdag|fredag)",
    re.IGNORECASE,
)
_IN_TEXT = (
    re.compile(r"\b(?:position|role|post|job|vacancy)\s+(?:of|as)\s+(?:an?\s+|the\s+|our\s+)?(.{3,80})", re.IGNORECASE),
    re.compile(r"\b(?:the|our|as an?|for an?)\s+((?:[A-Z][\w/&+-]*\s+){1,5})(?:position|role|post|job|vacancy|opening)\b"),
    re.compile(r"\b(?:stillingen|jobbet|tjänsten|rollen|job|stilling|plads)\s+(?:som|af)\s+(.{3,80})", re.IGNORECASE),
    re.compile(r"\b(?:stelle|position|tätigkeit|bewerbung)\s+(?:als|zum|zur|des|der)\s+(.{3,80})", re.IGNORECASE),
    re.compile(r"\b(?:poste|puesto|posizione|ruolo|cargo)\s+(?:de|d['’]|di)\s*(.{3,80})", re.IGNORECASE),
    re.compile(r"\bfunctie\s+(?:van|als)\s+(.{3,80})", re.IGNORECASE),
)
_END_OF_PHRASE = re.compile(
    r"[.,;:!?()\n]|\s[-–—]\s|\s(?:at|with|hos|bei|chez|in|i|on|and|og|und|et|you|will|is|we|has|der|die|which|that|ved|på|"
    r"within|for|to|und|im|am|om|has|have|from|dans|en|este|role|position|job)\s",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Piece:
    """A part of a title. `kind`: company, position or what is left open; `after_comma`: maybe the place of the one before."""

    text: str
    kind: str = ""
    after_comma: bool = False


@dataclass(frozen=True, slots=True)
class Titled:
    """The company and position; `sure` False: the company is only what the mail domain is called."""

    company: str | None
    position: str | None
    sure: bool = True


def read_titles(
    titles: Sequence[str], lines: Sequence[str], place: str, people: Iterable[str], addresses: Sequence[str],
    organisation: str, me: Applicant,
) -> Titled:  # fmt: skip
    """What the titles (of one day's events) and the text say. `organisation`: the sender's name, when it is no person's."""
    company = _labelled(_LABELLED_COMPANY, lines)
    position = _labelled(_LABELLED_POSITION, lines)
    others = [found for line in lines[:40] if (found := _LABELLED_TITLE.match(line)) and "http" not in line]
    pieces = [_pieces(title, people, me) for title in titles]
    extra = [_pieces(found[1], people, me) for found in others]
    domains = [address for address in addresses if domain_label(address)]
    for one in (*pieces, *extra):
        _mark(one, domains, people)
    company = company or _company_of(pieces) or _company_of(extra)
    if company is None:
        company = _named_like_domain((place, *lines), domains) or _firm_of(organisation, domains)
    position = position or _position_of(pieces, company) or _position_of(extra, company)
    position = position or _position_in_text(lines)
    if company is None:
        company, position = _what_is_left(pieces, position)
    if company is None:
        company = next((line for line in map(_signature, reversed(lines[-12:])) if line), None)
    if company is None and domains:
        label = domain_label(domains[0]) or ""
        return Titled(" ".join(part.capitalize() for part in label.split("-")), position, sure=False)
    return Titled(_tidy(company), _tidy(position))


def _labelled(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    for line in lines[:60]:
        found = pattern.match(line)
        if found and 2 <= len(found[1].strip()) <= 120 and "http" not in found[1]:
            return _NUMBERS.sub("", one_line(found[1])).strip(" -–,;") or None
    return None


def _pieces(title: str, people: Iterable[str], me: Applicant) -> list[_Piece]:
    """A title in parts: names of people, numbers and the words for an interview taken out."""
    text = _PREFIX.sub("", one_line(title, 300))
    text = re.sub(r"\s@\s+(?:mon|tue|wed|thu|fri|sat|sun)\w*\s.*$", "", text, flags=re.IGNORECASE)  # Google's mail subject
    names = [me.name, *me.name.split()[:1], *people]
    reversed_names = [f"{' '.join(name.split()[1:])}, {name.split()[0]}" for name in names if len(name.split()) > 1]
    for name in sorted(filter(None, (*reversed_names, *names)), key=len, reverse=True):
        single = len(name.split()) == 1
        if single and not re.search(rf"(?:^|[-–:|(<>&+]\s*|with |mit |med )\b{re.escape(name)}\b\s*(?:$|[-–:|)<>&+,]|and |og |und )", text):
            continue
        text = re.sub(rf"(?:\b(?:and|og|und|et|with|mit|med|avec|&|\+|for|für)\s+)?(?<!\w){re.escape(name)}(?!\w)", " | ", text, flags=re.IGNORECASE)
    text = _NUMBERS.sub(" ", text)
    pieces, kind, start, comma = [], "", 0, False
    for found in (*_CUT.finditer(text), None):
        end = found.start() if found else len(text)
        pieces += _piece(text[start:end], kind, comma)
        if found:
            start = found.end()
            kind = "company" if found["at"] else "with" if found["with"] else "position" if found["for"] else ""
            comma = found.group().startswith(",")
    return pieces


def _piece(text: str, kind: str, comma: bool) -> list[_Piece]:
    bare = _INTERVIEW.sub(" ", text) if kind != "company" else text
    bare = _stripped(bare)
    job = _JOB_NOUN.sub("", bare).strip() if len(bare.split()) > 1 else bare
    if job != bare:
        kind, bare = "position", _stripped(job)
    bare = re.sub(r"^(?:and|og|und|et|&|\+|x|<>)\s+|\s+(?:and|og|und|et|&|\+|x|<>|for|with|at|hos|bei|mit|med|om)$", "", bare, flags=re.IGNORECASE)
    bare = bare.strip(" -–—|/,;:.<>&+\"'“”„")
    if not bare or _STAGE.fullmatch(bare) or not re.search(r"[^\W\d_]{2}", bare):
        return []
    return [_Piece(bare, kind, comma)]


def _stripped(text: str) -> str:
    text = " ".join(text.split()).strip(" -–—|/,;:.<>\"“”„")
    for _ in range(2):
        text = _ARTICLE.sub("", text) if len(text.split()) > 1 else text
    return text


def _mark(pieces: list[_Piece], domains: Sequence[str], people: Iterable[str]) -> None:
    """Say of each part what it is, as far as one can tell."""
    known = {letters(name) for name in people}
    pieces[:] = [piece for piece in pieces if letters(piece.text) not in known]
    for piece in pieces:
        if any(matches_domain(piece.text, address) for address in domains):
            piece.kind = "company!"
        elif looks_like_firm(piece.text) and not _JOB.search(piece.text):
            piece.kind = "company!"
        elif piece.kind == "company" and _JOB.search(piece.text) and len(piece.text.split()) < 2:
            piece.kind = ""
        elif piece.kind in ("", "position", "with") and _JOB.search(piece.text):
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
            open_ones = [piece.text for piece in left if piece.kind == ""]
            if len(open_ones) == 1 and company is not None and _company_of([pieces]):
                found.append(open_ones[0])
    return found[0] if found and len({letters(one) for one in found}) == 1 else None


def _what_is_left(titles: Sequence[list[_Piece]], position: str | None) -> tuple[str | None, str | None]:
    """The firm, when one part of the first title is left that can be nothing else."""
    pieces = titles[0] if titles else []
    left = [piece for piece in pieces if piece.kind in ("", "with") and letters(piece.text) != letters(position or "")]
    with_whom = [piece for piece in left if piece.kind == "with"]
    only = with_whom[0] if len(with_whom) == 1 else left[0] if len(left) == 1 else None
    if only is not None and only.text[:1].isupper():
        return only.text, position
    return None, position


def _named_like_domain(texts: Iterable[str], domains: Sequence[str]) -> str | None:
    """The phrase somewhere in the invitation that is spelled like the sender's domain: "Bramble House Books"."""
    for text in list(texts)[:60]:
        for phrase in re.split(r"[,.;:()<>|/]\s+|[,;:()<>|\n]|\s[-–—]\s|\s(?:at|hos|bei|chez|from|with|fra|von|of)\s|^(?:hos|at|bei)\s", text[:400]):
            bare = one_line(phrase)
            if not bare or "@" in bare or "http" in bare or len(bare) > 60:
                continue
            capitals = re.findall(r"(?:[A-ZÆØÅÄÖÜÉ0-9][\w&'’/.-]*(?:\s+(?:&|og|and|und|of|de|i)\s+|\s+|$))+", bare)
            for candidate in (bare, *capitals):
                name = candidate.strip(" .,")
                if 0 < len(name.split()) <= 5 and name[:1].isupper() and any(matches_domain(name, one) for one in domains):
                    return name
    return None


def _firm_of(organisation: str, domains: Sequence[str]) -> str | None:
    """The firm from a sender like "Tideway Robotics Recruiting (via Hirely)"."""
    text = re.sub(r"\s*\(.*\)$|\s+via\s+.*$", "", organisation)
    text = re.sub(
        r"\s*\b(?:recruit(?:ing|ment)(?: team)?|talent(?: acquisition)?(?: team)?|hr(?: team| department)?|careers?|hiring(?: team)?|"
        r"people(?: team)?|jobs|team|rekruttering|karriere|bewerbung\w*|human resources|calendar|interviews?|scheduling)\s*$",
        "", text, flags=re.IGNORECASE,
    ).strip(" -–|,")  # fmt: skip
    if text == organisation.strip() and not (looks_like_firm(text) or any(matches_domain(text, one) for one in domains)):
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
    for pattern in _IN_TEXT:
        for found in pattern.finditer(text):
            phrase = _END_OF_PHRASE.split(found[1] + " ", maxsplit=1)[0]
            phrase = _stripped(_NUMBERS.sub("", one_line(phrase)))
            if 3 <= len(phrase) <= 60 and len(phrase.split()) <= 6 and not re.search(r"\byou\b|\byour\b", phrase):
                return phrase
    return None


def _tidy(text: str | None) -> str | None:
    return one_line(text, 150) or None if text else None

"""People named in a sentence: "You will meet Mette Holm (CTO) and Jonas Krag, Lead Engineer".

A sentence is only read when it says that these are the people one will meet. A bare "interview with …" may as well name
the firm, and is believed only of somebody who has a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from callplan.book.capture.roles import is_title, looks_like_firm, role_of
from callplan.book.capture.taken import MOST_PEOPLE, TakenPerson
from callplan.book.capture.who import looks_like_name, named
from callplan.book.capture.wording import one_line

#: What comes before the people, language by language; all in small letters.
_THEM = re.compile(
    r"(?<!\w)(?:"
    # English
    r"you(?:['’](?:ll|re going to)| will| are(?: going to)?| would)?(?: also| then| first| next| both)? (?:be )?"
    r"(?:meet(?:ing)?|speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|interview(?:ing|ed))"
    r"(?: up)?(?: (?:with|to|by))?|"
    r"(?:interviewed|conducted|hosted|led|attended|accompanied|joined|run) by|introduc(?:e|ing) you to|"
    r"(?:your |the )?interviewers?(?: \w+)?(?: (?:is|are|will be|include))|please ask for|"
    r"(?:panel|committee)(?: members)?(?: (?:consists|will consist|is made up|is composed) of| comprises| is|"
    r" are| includes?| will be)|"
    # Danish, Norwegian, Swedish
    r"(?:du |vil du |skal du |kommer du (?:til )?(?:å|at|att) )(?:vil |skal |kommer (?:til )?(?:å|at|"
    r"att) )?(?:få |får )?"
    r"(?:også |då |da |her |här )?"
    r"(?:møde|møder|møte|møter|träffa|träffar|möta|möter|tale med|taler med|snakke med|snakker med|prata med|"
    r"pratar med)|"
    r"(?:møder|møter|träffar|möter) du|(?:deltager|deltar|deltage|delta)(?: også| desuden| foruden \w+)?|"
    r"\w*(?:udvalget|panelet|utvalget) består a[fv]|(?:interviewes|intervjues|intervjuas) a[fv]|"
    r"(?:samtalen|interviewet|intervjun|intervjuet) (?:(?:af)?holdes|hålls|føres|gennemføres|bliver|er|"
    r"är) (?:a[fv]|med)|"
    r"med på (?:intervjun|mötet|samtalen) är|"
    # German
    r"(?:gesprächs|interview|ansprech)partner(?:innen|in)?(?: (?:sind|ist|werden|"
    r"wird)(?: (?-i:[a-zäöü]+))?)?(?: sein)?|"
    r"nehmen(?: \w+){0,3} teil|nehmen(?: außerdem| auch| noch)?|dabei (?:sein werden|sind|ist)|"
    r"\w*(?:kommission|jury) besteht aus|teilnehmen werden|(?:sie|du) (?:treffen|triffst)|"
    r"(?:sie sprechen|sprechen sie|du sprichst|sprichst du) mit|"
    r"(?:sie|du) (?:werden|wirst) (?:mit|von)|(?:treffen sie|triffst du|lernen sie|lernst du|sie lernen|du lernst)|"
    r"(?:gespräch|interview) (?:führen|führt)(?: mit (?:ihnen|dir))?|geführt von|anwesend sein werden|"
    r"erwarten (?:sie|dich)|sie erwarten|"
    # French
    r"vous (?:y |allez )?(?:rencontrere?z|rencontrer|verrez|échangerez avec|parlerez (?:à|avec)|serez reçue?s? par|"
    r"vous entretiendrez avec)|(?:vos? |votre )interlocut(?:eur|rice)s?(?: (?:sera|seront|est|sont))?|en présence de|"
    r"(?:reçue?|menée?|conduit) par|"
    # Spanish, Portuguese, Italian
    r"(?:se reunirá|te reunirás|hablarás?|hablará|conversarás?) con|conocerás? a|te (?:va a )?entrevistar(?:á|án)?|"
    r"le entrevistar(?:á|án)|(?:vai (?:conhecer|falar com|conversar com)|falará com|entrevistad[oa] por)|"
    r"(?:incontrer(?:ai|à)|parler(?:ai|à) con|intervistat[oa] da)|"
    # Dutch, Finnish, Polish
    r"(?:je|u) (?:spreekt|ontmoet|maakt kennis)(?: dan| ook)?(?: met)?|(?:spreek|ontmoet|spreekt) (?:je|u)(?: met)?|"
    r"\w*commissie bestaat uit|gesprekspartners?(?: (?:zijn|is))?|tapaat|haastattelijo(?:ina|inasi) (?:ovat|on)|"
    r"(?:spotkasz się|porozmawiasz) z|rozmowę (?:poprowadzi|przeprowadz\w+)"
    r")(?!\w)\s*:?\s+",
    re.IGNORECASE,
)
#: May as well be followed by the firm.
_PERHAPS = re.compile(
    r"(?<!\w)(?:interview|meeting|call|conversation|chat|session|samtale|jobsamtale|møde|møte|gespräch|termin|"
    r"entretien|"
    r"rendez-vous|entrevista|reunión|gesprek|afspraak|samtal|intervju|möte|colloquio)\s+(?:is |er |ist |est |es |är )?"
    r"(?:with|med|mit|avec|con|met|com)\s+",
    re.IGNORECASE,
)
#: What comes after the people.
_DO = re.compile(
    r"\s+(?:(?:will|is going to|are going to|(?:is|are) (?:looking forward to)|looks? forward to|would like to)\s+"
    r"(?:be )?(?:(?:interview|meet|talk|speak|chat|host|lead|conduct|run|join|attend|greet|welcome)(?:ing)?|"
    r"there|present)|"
    r"(?:vil|skal) (?:også )?(?:deltage|delta|være til stede|møde dig)|deltager|deltar|kommer att (?:delta|"
    r"intervjua|träffa)|"
    r"(?:nehmen|nimmt|werden|wird)(?: \w+){0,4} (?:teil|teilnehmen|führen|begrüßen|kennenlernen)|freuen sich|"
    r"vous recevr(?:a|ont)|(?:zal|zullen)(?: \w+){0,2} (?:aanwezig|spreken|ontvangen)|(?:te|le) entrevistar(?:á|"
    r"án))(?!\w)",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"(?<!\w)(?:present|attending|participating|participants|attendees|interviewers?|panel|til stede|tilstede|"
    r"deltage\w*|"
    r"deltagere|anwesend|dabei|teilnehm\w*|présente?s?|participants|presentes|asistentes|participantes|aanwezig\w*|"
    r"deltar|närvarande|til stede|paikalla|obecni)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<!\bProf)(?<!\bDr)(?<!\b[HMS]r)(?<!\bMrs)(?<!\bMs)(?<!\bFr)(?<!\bIng)(?<!\bSra)(?<!\bkl)(?<!\bnr)"
    r"(?<!\b[^\W\d_])[.!?]\s+"
)
_AND = r"and|og|und|et|och|samt|sowie|y|e|i|en|ja|oraz|&|\+|plus|as well as|along with|together with|ainsi que|evenals"
_BETWEEN = re.compile(rf"\s*[;,/]\s+(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+")
#: Ends what is said about the people.
_STOP = re.compile(
    r"\s(?:at|on|in|to|for|who|whom|about|from|by|where|when|which|will|is|are|has|have|with|"
    r"i|på|til|om|hos|fra|som|der|kl\.?|den|ved|till|från|vid|bei|am|um|im|zu|zum|zur|über|von|vom|aus|"
    r"à|chez|pour|dans|qui|le|du|en|para|sobre|che|per|op|bij|over|van)\s",
)
_LEADING = re.compile(
    r"^(?:(?:og|and|und|et|evt\.|possibly|our|your|the|a|an|both|first|also|then|with|by|me|myself|us|jeg|mig|"
    r"vores|både|dels|også|med|af|"
    r"vår|våra|våre|"
    r"unser(?:e[mnrs]?)?|ihre?[mnrs]?|dein(?:e[mnrs]?)?|de[rmn]|die|das|mit|von|notre|nos|le|la|les|l['’]|avec|par|"
    r"nuestr[oa]s?|con|el|los|las|onze?|met|moi-même)\s+)+",
    re.IGNORECASE,
)
_BEFORE_COLON = re.compile(r"^[^,;():]{0,60}:\s+")  # "You will meet the team: …"
_GREETING = re.compile(
    r"^\W*(?:hi|hello|dear|hej|hei|kære|hallo|liebe[r]?|bonjour|hola|ciao|"
    r"beste)\s[^,!]{1,40}[,!]\s*",
    re.IGNORECASE,
)
#: What is written with capitals after "ask for" or "you will meet …", and is nobody.
_PLACE = re.compile(
    r"(?<!\w)(?:pass|desk|entrance|gardens?|house|building|room|tower|hotel|caf[eé]|station|campus|floor|"
    r"reception|"
    r"lobby|square|street|road|avenue|plaza|cent(?:er|re)|office|campus|team|challenge|"
    r"bygning|lokale|etage|plads|kontor|hus|indgang|byggnad|plan|gebäude|haus|\w*raum|eingang|turm|platz|"
    r"tour|rue|salle|bâtiment|étage|calle|plaza|sala|edificio|via|piazza|gebouw|kantoor|zaal)(?!\w)|"
    r"\w(?:gade|vej|allé|straße|strasse|gasse|weg|straat|gatan|vägen|veien|gata)(?!\w)",
    re.IGNORECASE,
)
_FAMILY_NAME = re.compile(
    r"(?:herrn?|frau|hr\.?|fru|mr\.?|mrs\.?|ms\.?|mme|dr\.?|dhr\.?|"
    r"mevr\.?)\s+\S+(?:\s+\(.*\))?$",
    re.IGNORECASE,
)
#: What German puts behind the people.
_VERBS = re.compile(r"\s+(?:teil(?:nehmen)?|sein|dabei sein|führen|da sein|mit dabei)\W*$", re.IGNORECASE)
_MYSELF = re.compile(
    r"(?:us|os|uns|nous|oss|ons|me|meg|mej|myself|i|jeg|mig|jag|ich|mir|mich|moi(?:-même)?|yo|mí|ik|"
    r"mij)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]{1,80})\)(.*)", re.DOTALL)
_OF = (" of", " for", " de", " des", " der", " i", " av", " af", " van", " di")
_LONGEST = 400


def people_in_prose(lines: Sequence[str]) -> Iterator[TakenPerson]:
    """Those whom a sentence says one will meet, with the titles it gives them."""
    count = 0
    for line in lines:
        for sentence in _SENTENCE.split(line[: 4 * _LONGEST]):
            for person in _met(sentence[:_LONGEST]):
                yield person
                count += 1
                if count >= MOST_PEOPLE:
                    return


def announces(line: str) -> bool:
    """Whether a line that ends in a colon says that those below it will be there: "Til stede vil være:"."""
    line = line.strip()
    return line.endswith(":") and bool(_THEM.search(line + " ") or _THERE.search(line))


def _met(sentence: str) -> list[TakenPerson]:
    sentence = _GREETING.sub("", sentence)
    told = _THEM.search(sentence)
    if told:
        return enumerated(_VERBS.sub("", _BEFORE_COLON.sub("", sentence[told.end() :])))
    doing = _DO.search(sentence)
    if doing:
        before = enumerated(sentence[: doing.start()])
        if (before and sentence.lstrip().startswith((before[0].name, before[0].honorific or "\n"))) or _titled(before):
            return before
    perhaps = _PERHAPS.search(sentence)
    return _titled(enumerated(sentence[perhaps.end() :])) if perhaps else []


def _titled(people: Sequence[TakenPerson]) -> list[TakenPerson]:
    return [person for person in people if person.honorific or (person.role and is_title(person.role))]


def enumerated(text: str, listed: bool = False) -> list[TakenPerson]:
    """The people of an enumeration, up to where the sentence goes on with something else.

    `listed`: it is a list of people, so what stands in brackets is a title, known or not.
    """
    people: list[TakenPerson] = []
    pending = ""  # a title before its name: "our CTO, Mette Holm"
    for joint, whole in _parts(text):
        part = _LEADING.sub("", whole)
        person, stopped = _mentioned(part, listed)
        if person is not None:
            role = person.role or _title_of(pending)
            people.append(TakenPerson(person.name, role=role, honorific=person.honorific))
            pending = ""
        elif _FAMILY_NAME.match(part):
            pending = ""  # "Herr Müller": there, but not named
        elif people and not stopped and not people[-1].role and is_title(part) and not _and(joint):
            people[-1] = TakenPerson(people[-1].name, role=_title_of(part), honorific=people[-1].honorific)
        elif people and people[-1].role and _and(joint) and part.islower() and not stopped:
            joined = f"{people[-1].role} {joint.strip()} {part}"  # "Head of Sales and Marketing"
            people[-1] = TakenPerson(people[-1].name, role=role_of(joined), honorific=people[-1].honorific)
        elif not stopped and is_title(part):
            pending = part
        elif not (people and _is_aside(part)):
            break  # "us at the front desk, …"
        if stopped:
            break
    return people


def _and(joint: str) -> bool:
    return joint.strip(" ,;") in ("and", "og", "und", "et", "och", "y", "e", "en", "&", "samt", "sowie")


def _title_of(text: str) -> str | None:
    """The words when they are a title, without "our" before them."""
    role = role_of(_LEADING.sub("", one_line(text)))
    return role if role and is_title(role) and not looks_like_firm(role) else None


def _is_aside(part: str) -> bool:
    """Whether the enumeration may go on behind it: a title, or a department."""
    return is_title(part) or len(part.split()) <= 2


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts of an enumeration, each with what joins it to the one before; brackets are kept whole."""
    hidden = re.sub(r"\([^()]*\)", lambda found: "(" + "_" * (len(found.group()) - 2) + ")", text)
    joints = [(0, 0), *((found.start(), found.end()) for found in _BETWEEN.finditer(hidden)), (len(text), len(text))]
    for (begin, start), (end, _) in pairwise(joints):
        part = text[start:end].strip(" .:;!–-\t*•")
        if part and not _MYSELF.fullmatch(part):
            yield text[begin:start], part


def _mentioned(part: str, listed: bool) -> tuple[TakenPerson | None, bool]:
    """Who is named in a part, and whether the sentence goes on with something else behind it."""
    bracketed = _IN_BRACKETS.fullmatch(part)
    text, inside, after = bracketed.groups() if bracketed else (part, "", "")
    dashed = re.match(r"(.+?)\s+[–—|-]\s+(.+)$", text)
    if dashed and not inside:
        text, inside = dashed[1], dashed[2]
    text = _LEADING.sub("", one_line(text))
    stop = _stop(text)
    stopped = stop is not None or (bool(after.strip(" .,")) and not _is_aside(after))
    rest = text[stop:] if stop is not None else ""
    text = text[:stop].strip() if stop is not None else text
    found = _name_at_end(text)
    if found is None:
        return None, stopped
    title, name = found
    full = named(name)
    if full is None:
        return None, stopped
    origin = re.match(
        r"\s(?:from|fra|från|von|vom|aus der|aus)\s+(?:the |our |der |dem )?([A-Z]{2,4}|[\w ]{2,30})$", rest
    )
    if origin:  # "Mette Holm from HR"
        stopped = False
        inside = inside or (origin[1] if is_title(origin[1]) else "")
    role = (role_of(inside) if listed else None) or _title_of(inside) or _title_of(title)
    return TakenPerson(full.name, role=role, honorific=full.honorific), stopped


def _stop(text: str) -> int | None:
    """Where a word stands that leads away from the people, unless only a title stands before it."""
    for found in _STOP.finditer(text):
        if _name_at_end(text[: found.start()]) is not None:
            return found.start()
    return None


def _name_at_end(text: str) -> tuple[str, str] | None:
    """The title and the name: "afdelingschef Mette Holm", "Head of Data Mette Holm", "Frau Dr. Petra Lang"."""
    words = text.split()
    for start in range(max(0, len(words) - 6), len(words) - 1):
        name, title = " ".join(words[start:]), " ".join(words[:start])
        full = named(name)
        if full is None or not looks_like_name(full.name) or looks_like_firm(full.name) or title.endswith(_OF):
            continue
        if full.name[0].islower() or words[start] == full.role or _PLACE.search(full.name):
            continue
        return None if title and not is_title(title) else (title, name)
    return None

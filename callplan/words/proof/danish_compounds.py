"""Særskrivning: Danish compounds written as two words, after the English manner."""

from __future__ import annotations

from collections.abc import Iterator

from callplan.words.proof.danish_words import SMALL, DanishWords
from callplan.words.proof.finding import Finding
from callplan.words.proof.tokens import Token
from callplan.words.proof.word_list import words_of

#: Nouns that stand before others in their own right: "en kop kaffe", "to timers kørsel", "direktør Holm".
_MEASURES = words_of(
    "kop glas stykke antal række flaske pose kilo gram liter meter kilometer procent million milliard "
    "tusind hundrede slags type form portion bunke stak mængde gruppe par snes dusin kasse side part "
    "masse smule bid døgn år time dag uge måned minut krone kroner sal etage klasse hold halv halve kvart "
    "grad hr fru frøken herr mor far bror søster onkel tante doktor professor direktør chef konge "
    "dronning prins firma firmaet byen by kommune afdeling afdelingen gade aften morgen formiddag "
    "eftermiddag nat weekend mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts "
    "april maj juni juli august september oktober november december jul påske tak hilsen kære kære års "
    "dags ugers uges timers times måneders måneds minutters kroners døgns gangs alles livs verdens dagens "
    "årets ugens månedens"
)
#: After these stands a thing without an article: "har kundekontakt".
_HAVING = words_of("har havde haft får fik fået søger søgte tager tog taget kræver krævede omfatter")

#: With an -s these begin compounds, and hardly own anything.
_JOINTS = ("else", "fuldtid", "deltid", "halvtid", "arbejd")

#: After these comes a noun, so the first of two is no verb.
_BEFORE_NOUN = words_of(
    "en et den det de min din sin mit dit sit mine dine sine vores jeres deres hans hendes dens dets "
    "denne dette disse som med for om til af på i ved efter før under fra uden mellem over hos inden mod "
    "god gode ny nye stor store hele egen eget egne kort korte lang lange lille små fast faste ingen "
    "nogle flere mange få alle hver hvert første næste sidste"
)


def written_apart(clause: list[Token], lexicon: DanishWords, known: frozenset[str]) -> Iterator[Finding]:
    """Særskrivning: two nouns side by side that the dictionary has as one."""
    for place in range(len(clause) - 1):
        first, second = clause[place], clause[place + 1]
        if (first.is_capital and not first.opens) or second.is_capital or not (first.is_word and second.is_word):
            continue
        if first.gap.endswith("-") or len(first.text) < 3 or len(second.text) < 3 or {first.low, second.low} & known:
            continue
        before = clause[place - 1].low if place and clause[place - 1].text != "I" else ""  # "I" is no "i"
        if not _is_half(first.low, second.low, lexicon) and not _may_be_parted(
            first.low, second.low, before, bool(place), clause[place - 1] if place else None, lexicon
        ):
            continue
        whole = first.low + second.low
        yield Finding(
            first.start,
            second.end,
            "compound",
            f"{first.text}{second.gap}{second.text}",
            (whole[0].upper() + whole[1:] if first.is_capital else whole,),
            "In Danish this is one word.",
        )


def _is_half(first: str, second: str, lexicon: DanishWords) -> bool:
    """Whether the first is no word but half of one: "børne hjem", "arbejds plads"."""
    return (
        not lexicon.knows(first)
        and second not in SMALL
        and lexicon.is_noun(second)
        and lexicon.is_listed(first + second)
    )


def _may_be_parted(
    first: str, second: str, before: str, inside: bool, previous: Token | None, lexicon: DanishWords
) -> bool:
    if first in SMALL or second in SMALL or first in _MEASURES or (previous is not None and not previous.is_word):
        return False
    if not lexicon.is_noun(second) or (
        lexicon.infinitive_of(second) is not None and not lexicon.is_listed(first + second)
    ):
        return False
    whole = first + second
    if not lexicon.knows(whole):
        return False
    genitive = (
        first.endswith("s")
        and any(form == "GENITIV" for _, form in lexicon.forms(first))
        and not lexicon.is_plain_noun(first)
    )
    if genitive:
        stem = first[:-1]
        indefinite = bool(lexicon.entries(stem)) and stem not in _MEASURES
        if before in ("en", "et"):  # "en virksomheds leder" has one; "et fuldtids job", "en uddannelses plan" are slips
            return indefinite and stem.endswith(_JOINTS) and lexicon.is_listed(whole)
        return indefinite and (lexicon.is_listed(whole) or before in _BEFORE_NOUN)
    plural_joint = any(form == "PLUR_UBEK" for _, form in lexicon.forms(first)) and not lexicon.entries(first)
    if plural_joint:
        return lexicon.is_listed(whole) and before in _BEFORE_NOUN
    if lexicon.is_infinitive(first) and not lexicon.is_noun(first):
        return lexicon.is_listed(whole) and before in _BEFORE_NOUN - {"at", "og", "for", "til"}
    definite = any(form in ("BESTEMT_ENTAL", "PLUR_BEK") for _, form in lexicon.forms(second))
    if lexicon.is_adjective(first) and lexicon.entries(first) and definite and not first.endswith("e"):
        return lexicon.is_listed(whole) and first not in ("hel", "selv", "al")
    if not lexicon.is_plain_noun(first) or lexicon.is_adjective(first):
        return False
    if not lexicon.is_listed(whole) and (len(second) < 6 or len(first) < 3):
        return False
    if before in _HAVING and lexicon.is_listed(whole) and lexicon.is_plain_noun(second):
        return True
    return before in _BEFORE_NOUN or (inside and lexicon.is_adjective(before) and not lexicon.is_noun(before))

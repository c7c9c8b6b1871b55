"""Danish: the verb's -r, compounds written apart, and which "nogen", "at" or "end" is meant.

The dictionary knows every form (`danish_words`), so these are rules of grammar rather than lists of sentences. Fixed
phrases and pairs that a pattern can tell apart are data: ``danish-frames.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from callplan.words.proof.danish_compounds import written_apart
from callplan.words.proof.danish_verbs import STRICT_MODALS, verbs
from callplan.words.proof.danish_words import SMALL, DanishWords, danish_words
from callplan.words.proof.finding import Finding, replaced
from callplan.words.proof.frames import framed, shipped
from callplan.words.proof.speller import Speller
from callplan.words.proof.tokens import Token, sentences
from callplan.words.proof.word_list import words_of

_NEGATIVE = words_of("ikke aldrig uden hverken ingen næppe hvis mon nogensinde før end ligeså")


def danish_faults(text: str, words: list[Token], book: Speller | None, known: frozenset[str]) -> Iterator[Finding]:
    """All that is found in Danish text, spelling apart. `known`: parts of names, which are no verbs."""
    yield from framed(shipped("danish"), text)
    if book is None:
        return
    lexicon = danish_words(book)
    for sentence in sentences(words):
        asks = _asks(sentence, text)
        for clause in _clauses(sentence):
            yield from verbs(clause, lexicon, known)
            yield from _at_for_og(clause, lexicon)
            yield from written_apart(clause, lexicon, known)
            yield from _some(clause, lexicon, asks)
            yield from _than(clause, lexicon)
            yield from _laid(clause, lexicon)


def _asks(sentence: list[Token], text: str) -> bool:
    return text[sentence[-1].end : sentence[-1].end + 2].strip().startswith("?")


def _clauses(sentence: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in sentence:
        if clause and not token.follows_closely:
            yield clause
            clause = []
        clause.append(token)
    if clause:
        yield clause


_TO_PHRASES = re.compile(r"(?:fra|til|med|af|for|over|om) og (?:med|til|fra|uden|imod|mod|under|for)$")
_WANTS_AT = words_of(
    "til for med ved uden om efter af på i prøver prøve prøvede prøvet forsøger forsøge forsøgte forsøgt "
    "fornøjelse fornøjelsen glæde ære lyst held mulighed muligheden brug begynder begyndte begyndt lærer "
    "lærte lært ønsker ønske husk huske husker glem glemme glemte glemt vigtigt godt dejligt rart "
    "spændende svært let nemt interessant hyggeligt inspirerende værd planlægger regner håber overvejer "
    "besluttede nået nåede når elsker foretrækker undgå undlade evne evnen"
)


def _at_for_og(clause: list[Token], lexicon: DanishWords) -> Iterator[Finding]:
    """ "en fornøjelse og møde dig": what is heard as "å" is written "at" before a plain verb."""
    for place in range(1, len(clause) - 1):
        before, token, after = clause[place - 1 : place + 2]
        if token.low != "og" or before.low not in _WANTS_AT or not lexicon.is_infinitive(after.low):
            continue
        if _TO_PHRASES.search(f"{before.low} og {after.low}") or (
            after.low in ("i", "få", "alle") and before.low == "i"
        ):
            continue
        if any(one.low == "at" or one.low in STRICT_MODALS for one in clause[max(0, place - 3) : place]):
            continue
        if (
            lexicon.is_noun(after.low)
            and before.low in ("i", "på", "af", "med", "ved", "for", "til")
            and not _object_follows(clause, place + 2)
        ):
            continue
        yield replaced(token, "homophone", "at", 'Before the verb\'s plain form it is "at".')


def _object_follows(clause: list[Token], place: int) -> bool:
    return place < len(clause) and clause[place].low in SMALL


_SINGULAR_AFTER = frozenset(["med", "der", "som", "til", "fra", "hos", "andre", "anden"])


def _some(clause: list[Token], lexicon: DanishWords, asks: bool) -> Iterator[Finding]:
    """ "nogle" are several; "nogen" is anybody, or any in questions, doubts and denials."""
    for place, token in enumerate(clause):
        if token.low not in ("nogen", "nogle"):
            continue
        denied = asks or any(one.low in _NEGATIVE for one in clause[:place]) or clause[0].low == "om"
        after = clause[place + 1].low if place + 1 < len(clause) else ""
        next_one = clause[place + 2].low if place + 2 < len(clause) else ""
        described = lexicon.is_adjective(after) and lexicon.is_noun(
            next_one
        )  # "gode" may be a noun, before one it is none
        noun = after if lexicon.is_noun(after) and not described else next_one
        forms = lexicon.forms(noun) if lexicon.is_noun(noun) and (noun == after or lexicon.is_adjective(after)) else []
        plural = any(form in ("PLUR_UBEK", "PLUR_BEK") for _, form in forms) or noun in (
            "år",
            "dage",
            "ting",
            "timer",
            "uger",
            "måneder",
            "børn",
            "spørgsmål",
            "gange",
            "ord",
            "folk",
            "penge",
            "mennesker",
            "råd",
            "ideer",
        )
        singular = bool(forms) and not plural and any(form in ("", "ORD_SIDST") for _, form in forms)
        # "forslag" are one and several, and one of them would be "noget"
        same = singular and any((noun, "BESTEMT_ENTAL") == one for one in lexicon.forms(noun + "et"))
        if (
            token.low == "nogen"
            and not denied
            and (plural or same or after in ("gange",) or (after == "af" and place + 2 < len(clause)))
        ):
            yield replaced(token, "homophone", "nogle", 'Several are "nogle"; "nogen" is anybody, or any at all.')
        elif token.low == "nogle" and (
            (singular and not same and not lexicon.is_adjective(after) and lexicon.infinitive_of(after) is None)
            or (denied and (after in _SINGULAR_AFTER or ((plural or same) and _is_denied_here(clause, place))))
        ):
            yield replaced(token, "homophone", "nogen", 'Anybody, or any at all, is "nogen"; "nogle" are several.')


def _is_denied_here(clause: list[Token], place: int) -> bool:
    return place > 0 and clause[place - 1].low in ("ikke", "uden", "aldrig")


_COMPARED = re.compile(
    r"(?:\w{2,}ere|mere|mindre|flere|færre|større|længere|bedre|værre|ældre|yngre|andet|andre|anden|før|hellere|snarere)$"
)
_NEVER_AFTER_EN = words_of(
    "den det min mit mine din dit dine sin sit sine vores jeres hans hendes deres dem et ham hende os jer "
    "ingenting intet ingen aldrig alle nogensinde"
)
_THAN_FOLLOWS = words_of(
    "ventet forventet jeg du han hun vi man nogensinde før normalt sidst planlagt hvad mig dig andre to "
    "tre fire fem ti tidligere ellers nogen de fleste det i på at aftalt beregnet alle sædvanligt "
    "sædvanlig sidste forrige antaget regnet hos"
)
_NO_COMPARISON = words_of(
    "er har var blev bliver som til på for med af om ved få får fik giver gav tak havde søger finde "
    "finder tage sende skrive det"
)


def _than(clause: list[Token], lexicon: DanishWords) -> Iterator[Finding]:
    """ "større end", but "en større": after a comparison it is "end", before a noun "en"."""
    for place, token in enumerate(clause):
        before = [one.low for one in clause[max(0, place - 3) : place]]
        after = clause[place + 1].low if place + 1 < len(clause) else ""
        if (
            token.low == "en"
            and after in _THAN_FOLLOWS | _NEVER_AFTER_EN
            and any(_COMPARED.match(one) for one in before)
        ):
            if before[-1] in ("er", "har", "var") and after in ("to", "tre", "de"):
                continue
            yield replaced(token, "homophone", "end", 'Comparing takes "end".')
        elif token.low == "end" and before and before[-1] in _NO_COMPARISON:
            if any(
                _COMPARED.match(one.low) or one.low in ("så", "hvad", "hvor", "hvem", "ikke") for one in clause[:place]
            ):
                continue
            if lexicon.is_noun(after) or lexicon.is_adjective(after):
                yield replaced(token, "homophone", "en", 'Before what is one it is "en"; comparing takes "end".')


_PLACES = words_of(
    "i på ved under over hos bag foran mellem uden inden her der hjemme fremme klar stille længe syg "
    "vågen lidt lige og bi bag ude inde oppe nede"
)
_SPANS = words_of("time timer dag dage uge uger måned måneder år minutter døgn nat natten")


def _laid(clause: list[Token], lexicon: DanishWords) -> Iterator[Finding]:
    """ "har ligget kopier i mappen": what one puts somewhere is "lagt"."""
    for place, token in enumerate(clause[:-1]):
        if token.low != "ligget" or not any(one.low in ("har", "havde") for one in clause[max(0, place - 4) : place]):
            continue
        after = clause[place + 1].low
        rest = {one.low for one in clause[place + 1 : place + 5]}
        if (
            after in _PLACES
            or rest & _SPANS
            or (
                after in SMALL
                and after
                not in (
                    "en",
                    "et",
                    "den",
                    "det",
                    "dem",
                    "min",
                    "mine",
                    "mit",
                    "alle",
                    "alt",
                    "et",
                    "jer",
                    "jeres",
                    "nogle",
                )
            )
        ):
            continue
        if lexicon.is_noun(after) or after in SMALL:
            yield replaced(
                token, "homophone", "lagt", 'Who puts something somewhere has "lagt" it; it then has "ligget" there.'
            )

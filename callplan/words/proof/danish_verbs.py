"""The Danish verb's -r: "at" and the modal verbs take the plain form, a subject takes the present."""

from __future__ import annotations

from collections.abc import Iterator

from callplan.words.proof.danish_words import SMALL, DanishWords
from callplan.words.proof.finding import Finding, replaced
from callplan.words.proof.tokens import Token
from callplan.words.proof.word_list import words_of

_MODALS = words_of(
    "kan kunne vil ville skal skulle må måtte bør burde tør turde gider gad lad lader lod lade ladet "
    "kunnet villet skullet hjælp hjælpe hjælper hjalp bede beder bad ser så hører hørte får fik få"
)
#: After these the plain form, whatever stands between.
STRICT_MODALS = words_of("kan kunne vil ville skal skulle må måtte bør burde tør gider")
_SUBJECTS = frozenset(["jeg", "du", "han", "hun", "vi", "man", "i"])
_ADVERBS = words_of(
    "gerne godt også ikke nok altid aldrig jo da nu så snart straks helst hellere først kun bare blot "
    "sikkert måske muligvis naturligvis selvfølgelig gerne hurtigt selv lige netop endnu stadig virkelig "
    "ofte tit igen dog vel ellers alligevel derfor derefter herefter samtidig fortsat desværre heldigvis "
    "meget personligt allerede"
)
_NOT_PRESENT = words_of(
    "eller over under efter hver der her hvor mer flere mere bedre større mindre ældre yngre værre "
    "længere færre år for før"
)
_IRREGULAR = {
    "er": "være",
    "har": "have",
    "gør": "gøre",
    "ved": "vide",
    "kan": "kunne",
    "skal": "skulle",
    "vil": "ville",
    "må": "måtte",
}
_FINITE = {"være": "er", "have": "har", "gøre": "gør", "vide": "ved"}
_PAST_LIKE = words_of("kunne ville skulle måtte burde turde havde gjorde lagde sagde vidste døde bragte")

_DETERMINERS = words_of(
    "den det de en et min din sin mit dit sit mine dine sine vores jeres deres hans hendes dens dets denne dette disse "
    "hver hvert ingen intet nogen noget nogle al alt alle hvilken hvilket hvilke mange flere"
)

#: Subjects that may also stand before a noun.
_THINGS = frozenset(["det", "den", "de", "der"])

#: "min gode kollega og jeg": as far into its clause a pair of subjects may stand.
_LONGEST_PAIR = 4


def verbs(clause: list[Token], lexicon: DanishWords, known: frozenset[str]) -> Iterator[Finding]:
    """Nutids-r: "at" and the modal verbs take the plain form, a subject takes the present."""
    for place, token in enumerate(clause):
        if not place or token.is_capital or token.low in known:
            continue
        word = token.low
        ruled_by = _ruler(clause, place)
        if ruled_by is not None:
            plain = lexicon.infinitive_of(word) if word not in _NOT_PRESENT else None
            if plain is None and ruled_by.low == "at" and clause[place - 1] is ruled_by:
                plain = _IRREGULAR.get(word)
            if plain is not None and not _is_doer(clause, place, lexicon, plain):
                yield replaced(token, "homophone", plain, f'After "{ruled_by.low}" the verb is "{plain}", without -r.')
            continue
        present = _FINITE.get(word) or (word + "r" if lexicon.is_infinitive(word) else None)
        if present is None or word in _PAST_LIKE or (word in SMALL and word not in ("få",)):
            continue
        if not _is_licensed(clause, place) and (
            _has_subject(clause, place, lexicon) or _is_before_subject(clause, place, lexicon)
        ):
            yield replaced(token, "homophone", present, f'With its subject the verb is "{present}".')
        elif _is_lone_verb(clause, place, lexicon, word):
            yield replaced(token, "homophone", present, f'The sentence has no other verb, so this one is "{present}".')


def _ruler(clause: list[Token], place: int) -> Token | None:
    """The "at" or modal verb that a verb at `place` hangs on: adverbs, or a modal's subject, may stand between."""
    at = place - 1
    while at >= 0 and clause[at].low in _ADVERBS:
        at -= 1
    if at < 0:
        return None
    if clause[at].low == "at":
        return clause[at]
    if clause[at].low in STRICT_MODALS and not (
        at > 0 and clause[at - 1].low in ("hvad", "det", "alt") and at == place - 1
    ):
        return clause[at]
    subject = clause[at]
    if (subject.low in _SUBJECTS and subject.low != "i") or subject.text == "I":
        before = at - 1
        if (
            before >= 0
            and clause[before].low in STRICT_MODALS
            and (before == 0 or clause[before - 1].low not in _SUBJECTS)
        ):
            return clause[before]
    return None


def _is_doer(clause: list[Token], place: int, lexicon: DanishWords, plain: str) -> bool:
    """Whether a word in -r is a person ("som leder", "vil ansøgere") or thing rather than a verb."""
    before = clause[place - 1].low
    if before == "at":
        # "at leder og medarbejdere mødes": a second noun, or a verb, follows at once
        after = clause[place + 1].low if place + 1 < len(clause) else ""
        return lexicon.is_noun(clause[place].low) and (lexicon.infinitive_of(after) is not None or after in _IRREGULAR)
    return (
        before not in _ADVERBS
        and before not in _SUBJECTS
        and lexicon.is_noun(clause[place].low)
        and plain + "r" != clause[place].low
    )


def _has_subject(clause: list[Token], place: int, lexicon: DanishWords) -> bool:
    at = place - 1
    while at > 0 and clause[at].low in _ADVERBS and clause[at].low not in ("så", "da", "selv"):
        at -= 1
    subject = clause[at]
    if subject.low in _THINGS:  # "det kræve", but "det lave hus", "den store", "det være sig"
        word = clause[place].low
        after = clause[place + 1].low if place + 1 < len(clause) else ""
        return (
            word != "være"
            and not lexicon.is_adjective(word)
            and (not lexicon.is_noun(word) or after in _AFTER_VERB | {"godt", "fint", "bedst"})
        )
    if subject.low not in _SUBJECTS or (subject.low == "i" and subject.text != "I"):
        return False
    if at > 1 and clause[at - 1].low == "og":  # "min kone og jeg": both are the subject where they open the clause
        return at <= _LONGEST_PAIR and (clause[at - 2].low in _SUBJECTS or clause[at - 2].low not in SMALL)
    return not (at > 0 and clause[at - 1].low in ("og", "eller", "end", "mellem"))


def _is_before_subject(clause: list[Token], place: int, lexicon: DanishWords) -> bool:
    """ "Derfor søge jeg": what stands before its subject is finite. "den tale jeg holdt" is a noun, though."""
    if place + 1 >= len(clause) or not _is_subject(clause[place + 1]):
        return False
    before = clause[place - 1].low
    if before in _SUBJECTS or before in ("og", "eller"):
        return False
    return not lexicon.is_noun(clause[place].low) or (before not in _DETERMINERS and not lexicon.is_adjective(before))


def _is_licensed(clause: list[Token], place: int) -> bool:
    """Whether a verb without -r is right here: something earlier in the clause asks for it.

    An "at" before a subject ("at du kontakter mig") begins a clause and asks for nothing.
    """
    return any(
        one.low in _MODALS
        or (one.low == "at" and not _is_subject(clause[index + 1]) and clause[index + 1].low not in _THINGS)
        for index, one in enumerate(clause[:place])
    )


def _is_subject(token: Token) -> bool:
    return token.low in _SUBJECTS and (token.low != "i" or token.text == "I")


def _is_lone_verb(clause: list[Token], place: int, lexicon: DanishWords, word: str) -> bool:
    """A plain form that can only be a verb, after a noun subject, in a clause that has no other verb."""
    if not clause[0].opens or place > 5:
        return False
    if place + 1 >= len(clause) and not _is_definite(clause[place - 1].low, lexicon):
        return False
    if (
        (lexicon.is_noun(word) and not word.endswith("ere") and word in SMALL)
        or lexicon.is_adjective(word)
        or _is_licensed(clause, place)
    ):
        return False
    before = clause[place - 1]
    if not ((lexicon.is_noun(before.low) and before.low not in SMALL) or (before.is_capital and not before.opens)):
        return False
    after = clause[place + 1].low if place + 1 < len(clause) else ""
    thing = lexicon.is_noun(word) and not word.endswith("ere") and not _is_definite(before.low, lexicon)
    if thing and after not in _AFTER_VERB:
        return False
    return not any(_is_finite(one, lexicon) for one in (*clause[:place], *clause[place + 1 :]))


def _is_definite(word: str, lexicon: DanishWords) -> bool:
    return any(form in ("BESTEMT_ENTAL", "PLUR_BEK") for _, form in lexicon.forms(word))


_AFTER_VERB = words_of(
    "jer os mig dig ham hende dem den det en et min mine mit dit din dine jeres vores mange alle ikke altid også"
)


def _is_finite(token: Token, lexicon: DanishWords) -> bool:
    low = token.low
    if (
        low in _IRREGULAR
        or low in _MODALS
        or low in _PAST_LIKE
        or low in ("var", "blev", "bliver", "gik", "kom", "er", "hed")
    ):
        return True
    if lexicon.infinitive_of(low) is not None:
        return True
    return any(form in ("DATID", "IMPERFEKTUM", "PRÆTERITUM") for _, form in lexicon.forms(low))

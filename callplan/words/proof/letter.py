"""What is wrong with a letter as a letter: open gaps, an unfitting close, a missing attachment, stale phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callplan.words.proof.finding import Finding
from callplan.words.proof.tokens import Token
from callplan.words.proof.word_list import words_of

_GAP = re.compile(
    r"""\[(?:GAP|MANGLER|TODO)(?:[^\[\]]|\[[^\[\]]*\]|\[\[[^\[\]]*\]\])*\]
    | \[(?!\d+\])[^\W\d_][^\]\n]{1,80}\](?!\() | \{\{[^}]*\}\}? | \{%[^%]*%\}
    | <(?:name|firma|company|navn|position|stilling|date|dato|insert[^>]*|your[^>]*|indsæt[^>]*)>
    | \b(?:TODO|FIXME|XXX+|TBD|TBC)\b
    | _{3,} | \b(?:xx+|nn)\b(?=[ ,.]|$) | \?\?\?+""",
    re.VERBOSE,
)

#: Said twice on purpose, or right though it looks wrong.
_TWICE = {
    "en": words_of("had that her so no bye ha blah very really long many far"),
    "da": frozenset(["så", "ha", "nej", "ja", "der", "meget", "langt", "mere"]),
}
_EMPHATIC = frozenset(["very", "really", "so", "long", "many", "far", "blah", "meget", "langt", "mere"])

_REPROACH = "It sounds like a reproach, and shuts the door."
_REPROACH_DA = "Det lyder som en bebrejdelse og lukker døren."

#: Phrases that spoil a follow-up, and why. The reader is busy and owes the writer nothing.
_STALE = {
    "en": (
        (r"to whom it may concern", "Write to a person, or to the team that asked you in."),
        (
            r"(?:i am |i'm )?(?:so |very )?sorry (?:to|for) (?:bother|disturb)(?:ing)? you",
            "You bother nobody by a polite question.",
        ),
        (r"i (?:was|am) just (?:wondering|checking|writing|calling)", '"Just" makes it small; say what you want.'),
        (r"just (?:checking in|following up|touching base)", '"Just" makes it small; say what you want.'),
        (r"touch(?:ing)? base|circl(?:e|ing) back|reach(?:ing)? out to circle", "Office jargon; say what you mean."),
        (r"as per (?:my|our) (?:last|previous) e-?mail|per my last e-?mail", "It sounds like a reproach."),
        (r"at your earliest convenience", "It hurries the reader under a polite cloak."),
        (r"\basap\b", "It hurries the reader."),
        (
            r"i(?:'m| am) a (?:team player|perfectionist|people person|hard worker)",
            "Everybody says so; show it by an example.",
        ),
        (r"think(?:ing)? outside the box", "Everybody says so; show it by an example."),
        (r"dear sirs?(?! or madam)\b", "Half of the readers are no sirs."),
        (r"i (?:really |desperately )?need th(?:e|is) job", "It says what you need, not what you bring."),
        (r"any updates?\s*\?", "Ask in a whole sentence."),
        (
            r"i (?:hate|don't want|do not want) to (?:bother|disturb|be a bother)(?: you)?",
            "You bother nobody by a polite question.",
        ),
        (
            r"i know (?:that )?you(?:'re| are) (?:very |so |really )?busy,? but",
            "They may be; your question is worth a minute.",
        ),
        (
            r"(?:is|was|feels|felt|seems|been) (?:so |very |quite |simply |rather |deeply )?unfair",
            _REPROACH,
        ),
        (r"waste of (?:my|our|everybody's|everyone's) time", _REPROACH),
        (
            r"you (?:should|could|ought to) have (?:told|called|rung|written|chosen|hired|let|said|picked)",
            _REPROACH,
        ),
        (r"(?:disappointed|let down) (?:in|by|with) you(?:r (?:company|team|decision|choice))?", _REPROACH),
        (
            r"i (?:deserved?|had deserved|have earned) (?:the|this|that) (?:job|position|role|chance)",
            "It argues with a decision; ask what was missing instead.",
        ),
    ),
    "da": (
        (r"undskyld (?:at )?jeg forstyrrer", "Du forstyrrer ingen med et høfligt spørgsmål."),
        (r"jeg (?:ville|vil) bare lige (?:høre|spørge|sige)", '"Bare lige" gør det småt; sig, hvad du vil.'),
        (r"til rette vedkommende", "Skriv til et menneske."),
        (r"hurtigst muligt", "Det skynder på læseren."),
        (
            r"jeg (?:ved godt|ved),? (?:at )?(?:du|i) har (?:meget |frygtelig )?travlt,? men",
            "Det har de måske; dit spørgsmål er et minut værd.",
        ),
        (r"(?:er|var|føles|føltes) (?:så |meget |dybt |ret |simpelthen )?uretfærdigt?", _REPROACH_DA),
        (r"spild af (?:min|vores|alles) tid", _REPROACH_DA),
        (
            r"(?:i|du) (?:burde|kunne|skulle) have (?:fortalt|ringet|skrevet|valgt|sagt|ansat|givet besked)",
            _REPROACH_DA,
        ),
        (r"skuffet over (?:jer|dig|jeres|din|dit)", _REPROACH_DA),
        (
            r"jeg (?:fortjente|havde fortjent|fortjener) (?:jobbet|stillingen|chancen)",
            "Det strides med en afgørelse; spørg hellere, hvad der manglede.",
        ),
    ),
}

_ATTACHED = re.compile(
    r"\b(?:attached|enclosed|(?:i |we )(?:attach|enclose)|in the attachment|vedhæftet|vedhæfter|vedlagt|vedlægger)\b",
    re.IGNORECASE,
)


def gaps(text: str) -> Iterator[Finding]:
    """Places that somebody meant to fill."""
    for match in _GAP.finditer(text):
        yield Finding(match.start(), match.end(), "gap", match.group(), (), "A gap was left open.")


def doubled(words: list[Token], language: str) -> Iterator[Finding]:
    """The same word twice, over a line's end and with a capital too; what is said twice on purpose is left."""
    fine = _TWICE.get(language, frozenset())
    for place in range(1, len(words)):
        first, second = words[place - 1], words[place]
        if not (first.is_word and first.low == second.low and second.gap.isspace() and second.gap.count("\n") < 2):
            continue
        if first.low in fine or (len(first.text) == 1 and first.text != second.text and language == "da"):
            continue
        if "\n" not in second.gap and len(second.gap) > 2:
            continue  # columns
        if first.text == second.text and second.is_capital and (len(first.text) > 3 or not first.opens):
            continue  # a name: Duran Duran
        if first.low == "is" and place > 2 and words[place - 2].low == "it":
            continue  # what it is is a question of taste
        yield Finding(
            first.start,
            second.end,
            "doubled",
            f"{first.text}{second.gap}{second.text}",
            (first.text,),
            "The word stands there twice.",
        )


def stale(text: str, language: str) -> Iterator[Finding]:
    """Phrases that spoil a letter."""
    for pattern, reason in _STALE.get(language, ()):
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text.replace("’", "'"), re.IGNORECASE):
            yield Finding(match.start(), match.end(), "style", text[match.start() : match.end()], (), reason)


def greeting_and_close(text: str, language: str) -> Iterator[Finding]:
    """In English a letter to a name ends "Yours sincerely", one to nobody "Yours faithfully"."""
    if language != "en":
        return
    greeting = re.search(r"^[ \t]*(dear|hi|hello)[ \t]+([^\n]{1,60}?)[,:]?[ \t]*$", text, re.IGNORECASE | re.MULTILINE)
    close = re.search(
        r"^[ \t]*(yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?)[,.]?[ \t]*$",
        text,
        re.IGNORECASE | re.MULTILINE,
    )
    if greeting is None or close is None:
        return
    to_nobody = re.match(
        r"(?:sirs?|madam|sir or madam|sir/madam|hiring manager|hiring team|recruit)", greeting[2], re.IGNORECASE
    )
    said = close[1].lower()
    if "faithfully" in said and not to_nobody:
        yield Finding(
            close.start(1),
            close.end(1),
            "style",
            close[1],
            ("Yours sincerely",),
            "A letter to a person by name ends so; faithfully is for Dear Sir or Madam.",
        )
    elif said == "yours sincerely" and to_nobody:
        yield Finding(
            close.start(1), close.end(1), "style", close[1], ("Yours faithfully",), "A letter without a name ends so."
        )


def attachment(text: str, attached: bool | None) -> Iterator[Finding]:
    """What the text says is attached. `attached`: whether anything is; None: unknown, so the user should look."""
    if attached:
        return
    for match in _ATTACHED.finditer(text):
        if attached is None:
            yield Finding(match.start(), match.end(), "look", match.group(), (), "Is it attached?")
        else:
            yield Finding(
                match.start(), match.end(), "gap", match.group(), (), "The text speaks of an attachment; there is none."
            )
        return

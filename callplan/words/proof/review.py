"""The e-mail that asks a friend to read a draft over: the draft, and nothing else of what is on file."""

from __future__ import annotations

import re

from callplan.words.clean import clean, clean_lines
from callplan.words.letters.mail import Mail, read_mail

_WORDS = {
    "en": (
        "Would you read this over?",
        "Would you read this over before I send it? Please look for what a spelling checker cannot see: a wrong word "
        "that is a word, a misspelt name, a sentence you had to read twice, a tone that is not mine. Say what you "
        "stumbled over; you need not say why.",
    ),
    "da": (
        "Vil du læse det her igennem?",
        "Vil du læse det her igennem, før jeg sender det? Se efter det, en stavekontrol ikke kan se: et forkert ord, "
        "som er et ord, et navn stavet galt, en sætning, du måtte læse to gange, en tone, som ikke er min. Sig, hvad "
        "du snublede over; du behøver ikke sige hvorfor.",
    ),
}


def asking(text: str, friend: str | None, language: str | None) -> Mail:
    """The request with the draft's body below a line. `friend` is an address, with or without a name before it."""
    subject, request = _WORDS.get((language or "en").partition("-")[0].lower(), _WORDS["en"])
    draft = read_mail(text)
    body = f"{draft.subject}\n\n{draft.body}" if draft.subject else draft.body
    named = re.fullmatch(r"(?P<name>.*?)\s*<(?P<address>[^<>]*)>", clean(friend or ""))
    name, address = (named["name"].strip('" '), named["address"]) if named else ("", clean(friend or ""))
    return Mail(name, address, subject, f"{request}\n\n----\n\n{clean_lines(body).strip()}\n")

"""The pocket list for the end of an interview: how long, who, how, and a card from everybody (1.1, 1.2).

In the language the interview is held in, so that the questions can be said as they stand. Nothing is invented: what is
already known is shown, the rest is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from callplan.book.types import Application, Person, Round
from callplan.words.dates import day_month, primary
from callplan.words.phrases import LANGUAGES, phrases
from callplan.words.sentences import period_in_words

_OWN = {
    "en": {
        "title": "Before you leave",
        "how_long": "How long?",
        "who": "Who?",
        "how": "How?",
        "cards": "Cards",
        "told": "They said: {known}. Is that still right?",
        "has": "you have it all",
        "missing": "missing: {missing}",
        "anybody": "Everybody you meet",
        "spell": "Read it before you put it away: is the name spelt as you wrote it, is there a direct number?",
        "forgot": "Forgotten? Reception, the invitation, a signature or the company's site may have it.",
        "thanks": "Thank each of them by name, with a look and a hand.",
    },
    "da": {
        "title": "Inden du går",
        "how_long": "Hvor længe?",
        "who": "Hvem?",
        "how": "Hvordan?",
        "cards": "Visitkort",
        "told": "De sagde: {known}. Gælder det stadig?",
        "has": "du har det hele",
        "missing": "mangler: {missing}",
        "anybody": "Alle, du møder",
        "spell": "Læs det, før du lægger det væk: er navnet stavet, som du skrev det, og er der et direkte nummer?",
        "forgot": "Glemt? Receptionen, indbydelsen, en signatur eller firmaets hjemmeside har det måske.",
        "thanks": "Sig tak til hver af dem ved navn, med et blik og et håndtryk.",
    },
}


@dataclass(frozen=True, slots=True)
class Point:
    """A line to tick. `said` is what to say, `known` what is known already; `key` is stable."""

    key: str
    label: str
    said: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The list. `cards` has a point for each person to ask for a card; `hints` follow it."""

    language: str
    title: str
    questions: tuple[Point, ...]
    cards_title: str
    ask: str
    cards: tuple[Point, ...]
    hints: tuple[str, ...]


def pocket_card(application: Application, one: Round, spoken: str) -> Card:
    """The list for that interview. `spoken` is the language where the application names none, or one without words."""
    tags = (primary(application.language or ""), primary(spoken), "en")
    language = next(tag for tag in tags if tag in LANGUAGES)
    words, agenda = _OWN[language], phrases(language).agenda
    decision = one.decision
    known = None
    if decision.by:
        known = agenda["by"].format(day=day_month(decision.by, language, one.start.date()))
    elif decision.within:
        known = agenda["within"].format(period=period_in_words(decision.within, phrases(language)))
    channel = agenda.get(f"channel.{decision.channel}", decision.channel) if decision.channel else None
    asked = (("how_long", known), ("who", decision.contact), ("how", channel))
    questions = tuple(
        Point(key, words[key], agenda[f"ask.{key}"], words["told"].format(known=value) if value else "")
        for key, value in asked
    )
    return Card(
        language,
        words["title"],
        questions,
        words["cards"],
        agenda["ask.card"],
        tuple(_cards(application, one, language)),
        (words["spell"], words["forgot"], words["thanks"]),
    )


def missing_from(person: Person) -> tuple[str, ...]:
    """Which of the four things a card gives are not known of the person: ``role phone email`` (the name is)."""
    return tuple(key for key in ("role", "phone", "email") if not getattr(person, key))


def _cards(application: Application, one: Round, language: str) -> Iterator[Point]:
    words, agenda = _OWN[language], phrases(language).agenda
    if not one.panel:
        yield Point("", words["anybody"], "")
    for name in one.panel:
        person = application.person(name) or Person(name)
        lacks = [agenda[f"missing.{key}"] for key in missing_from(person)]
        role = f", {person.role}" if person.role else ""
        yield Point(
            name, f"{name}{role}", "", words["missing"].format(missing=", ".join(lacks)) if lacks else words["has"]
        )

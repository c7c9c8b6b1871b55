"""How a language opens, dates and closes a letter. Sources: docs/letters.md.

English and Danish are written whole; German, French and Spanish have these forms right, and a body in English until
the user gives a template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from callplan.book.types import Person
from callplan.words.dates import long_date, primary

Form = Literal["email", "letter", "message"]

#: What people put before a name, to the gender it tells ("" where it tells none) and whether it is a degree.
_TITLES = {
    "mr": "m", "mister": "m", "ms": "f", "mrs": "f", "miss": "f", "mx": "x", "hr": "m", "herr": "m", "fru": "f",
    "frk": "f", "frau": "f", "m": "m", "monsieur": "m", "mme": "f", "madame": "f", "mlle": "f", "sr": "m", "sra": "f",
    "srta": "f", "señor": "m", "señora": "f", "senor": "m", "senora": "f", "don": "m", "doña": "f",
}  # fmt: skip
_DEGREES = re.compile(r"\b(prof(?:essor)?|dr)\b\.?", re.IGNORECASE)

#: Countries where the family name usually comes first, so that the last word of a name is none.
_FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KH", "KP", "KR", "SG", "TW", "VN"})


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person as letters address them. `family` is empty where the record does not make it sure."""

    name: str
    given: str
    family: str
    gender: str  # f, m, x or ""
    title: str  # as on file: "Mrs"
    degree: str  # "Dr.", "Prof.", "Prof. Dr." or ""
    signs_as: str


def addressee(person: Person, country: str | None = None) -> Addressee:
    """How to address a person: their own words for it first, then what the name itself makes sure."""
    honorific = person.honorific or ""
    title = _DEGREES.sub("", honorific).strip(" .")
    degree = " ".join(f"{word.capitalize()[:4]}." for word in _degree_words(honorific))
    told = person.gender if person.gender in ("f", "m", "x") else _TITLES.get(title.casefold(), "")
    words = person.name.split()
    family = person.family or ""
    if not family and person.given and person.name.startswith(f"{person.given} "):
        family = person.name[len(person.given) + 1 :]
    elif not family and len(words) == 2 and (person.country or country or "").upper() not in _FAMILY_FIRST:
        family = words[1]
    return Addressee(
        person.name, person.given or "", family, told or "", title if title.casefold() in _TITLES else "", degree,
        person.signs_as or "",
    )  # fmt: skip


def convention(language: str, country: str | None) -> str:
    """The language with its country where forms differ: plain ``en`` to the United States is ``en-US``."""
    if language.lower() == "en" and (country or "").upper() == "US":
        return "en-US"
    if language.lower() == "de" and (country or "").upper() == "CH":
        return "de-CH"
    return language


def salutation(person: Addressee | None, language: str, form: Form) -> str:
    """The line that greets, with the sign that follows it: ``Dear Ms Raman,``, ``Kære Mette Holm``."""
    match primary(language):
        case "da":
            return f"Kære {person.signs_as or person.name}" if person else "Kære ansættelsesudvalg"
        case "de":
            return _german(person)
        case "fr":
            return {"f": "Madame,", "m": "Monsieur,"}.get(person.gender if person else "", "Madame, Monsieur,")
        case "es":
            return _spanish(person)
        case _:
            return _english(person, language, form)


def closing(person: Addressee | None, language: str, form: Form) -> str:
    """The line above the name, with the sign that follows it."""
    formal = form == "letter"
    match primary(language):
        case "da":
            return "Med venlig hilsen"
        case "de":
            return "Mit freundlichen Grüssen" if language.upper().endswith("-CH") else "Mit freundlichen Grüßen"
        case "fr":
            who = {"f": "Madame", "m": "Monsieur"}.get(person.gender if person else "", "Madame, Monsieur")
            polite = f"Je vous prie d'agréer, {who}, l'expression de mes salutations distinguées."
            return polite if formal else "Cordialement,"
        case "es":
            return "Atentamente,"
        case _:
            if language.upper().endswith("-US"):
                return "Sincerely," if formal else "Best regards,"
            if formal:
                return "Yours sincerely," if person else "Yours faithfully,"
            return "Kind regards,"


def written_date(day: date, language: str) -> str:
    """The date at the head of a letter: ``12 March 2026``, ``12. marts 2026``, ``le 12 mars 2026``."""
    text = long_date(day, language)
    return f"le {text}" if primary(language) == "fr" else text


def _english(person: Addressee | None, language: str, form: Form) -> str:
    american = language.upper().endswith("-US")
    mark = ":" if american and form == "letter" else ","
    if person is None:
        return f"Dear Hiring Team{mark}" if american or form != "letter" else "Dear Sir or Madam,"
    if person.signs_as:
        return f"Dear {person.signs_as}{mark}"
    title = "Professor" if "Prof." in person.degree else person.degree or _english_title(person)
    if title and not american:
        title = title.replace(".", "")  # Mr, Ms, Dr: British and Danish users' English
    name = (person.family or person.name) if title else person.name
    return f"Dear {' '.join(filter(None, [title, name]))}{mark}"


def _english_title(person: Addressee) -> str:
    known = {"mr": "Mr.", "ms": "Ms.", "mrs": "Mrs.", "miss": "Miss", "mx": "Mx."}.get(person.title.casefold())
    return known or {"f": "Ms.", "m": "Mr."}.get(person.gender, "")


def _german(person: Addressee | None) -> str:
    if person is None:
        return "Sehr geehrte Damen und Herren,"
    greeting = {"f": "Sehr geehrte Frau", "m": "Sehr geehrter Herr"}.get(person.gender)
    if greeting is None:
        return f"Guten Tag {' '.join(filter(None, [person.degree, person.name]))},"
    return f"{' '.join(filter(None, [greeting, person.degree, person.family or person.name]))},"


def _spanish(person: Addressee | None) -> str:
    if person is None:
        return "A quien corresponda:"
    greeting = {"f": "Estimada señora", "m": "Estimado señor"}.get(person.gender)
    name = (person.family or person.name) if greeting else person.name
    return f"{greeting or 'Estimado/a'} {name}:"


def _degree_words(honorific: str) -> list[str]:
    words = [found.lower() for found in _DEGREES.findall(honorific)]
    return ["prof" if word.startswith("prof") else word for word in words]

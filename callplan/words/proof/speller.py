"""Spelling, by Hunspell with the dictionaries shipped beside this module, or those that the system has.

Without Hunspell's binding or a dictionary of the language nothing is called misspelt; the caller is told so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from callplan.extras import command_for_package
from callplan.message import message
from callplan.words.proof.distance import slips
from callplan.words.proof.word_list import words_of

#: Language -> its dictionaries; a word is right if one of them has it.
DICTIONARIES = {
    "en": ("en_GB", "en_US"),
    "da": ("da_DK",),
    "de": ("de_DE", "de_AT", "de_CH"),
    "fr": ("fr_FR", "fr"),
    "es": ("es_ES", "es"),
}

_SYSTEM = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell",
           "/Library/Spelling", "/opt/homebrew/share/hunspell", "/opt/local/share/hunspell")  # fmt: skip

#: Words of offices and job hunting that the dictionaries have not learnt yet.
_NEW = {
    "en": words_of(
        "onboarding offboarding upskilling reskilling podcast podcasts webinar webinars startup startups "
        "freelancing teamwork freelancer freelancers coworker coworkers stakeholder stakeholders timeline "
        "timelines dropdown emoji blockchain chatbot fintech frontend backend dataset datasets workflow "
        "workflows wellbeing homeschooling smartphone smartphones crowdfunding ecommerce hackathon hackathons "
        "config backlog backlogs e-mail co-op signage callback voicemail roadmap roadmaps logistics biogas "
        "cleanroom heatpump barista baristas bookable copywriting videoconference videoconferencing "
        "screenshare rota rotas handover handovers sync vs etc cv pdf backfill backfilled backfilling middleware "
        "scalable scalability observability serverless microservice microservices codebase codebases repo repos "
        "hotfix rollout rollouts runbook runbooks uptime standup standups walkthrough walkthroughs benchmarked "
        "cybersecurity decarbonisation decarbonization changelog mentee mentees touchpoint touchpoints learnings "
        "skillset skillsets kanban wireframe wireframes signup timesheet timesheets clickthrough reskill "
        "bioscience pharma medtech proptech healthtech agritech telehealth neurodiversity biotech"
    ),
    "da": words_of(
        "takbrev takkebrev takbreve jobsamtale jobsamtaler jobopslag onboarding teamleder hjemmearbejdsdag "
        "online mail mails webinar webinarer podcast startup startups workshop workshops cv feedback fx ift "
        "ifm mfl kl nr vha"
    ),
}


class Speller:
    """One language's dictionaries."""

    def __init__(self, language: str, paths: tuple[Path, ...]) -> None:
        """From the stems of dictionaries: ``…/da_DK`` stands for ``da_DK.aff`` and ``da_DK.dic``; loaded when asked."""
        self.language = language
        self._paths = paths
        self._loaded: dict[Path, Any] = {}
        self._known: dict[str, bool] = {}
        self._suggested: dict[tuple[str, int], tuple[str, ...]] = {}
        self._new = _NEW.get(language, frozenset())

    def _books(self) -> Iterator[Any]:
        """The dictionaries, each loaded when the ones before it did not know the word."""
        from hunspell import Hunspell  # type: ignore[import-untyped]  # noqa: PLC0415 - only when it is needed

        for path in self._paths:
            if path not in self._loaded:
                self._loaded[path] = Hunspell(path.name, hunspell_data_dir=str(path.parent))
            yield self._loaded[path]

    def knows(self, word: str) -> bool:
        """Whether `word` is right as it is written; of a word at a sentence's start, its small-lettered form is too."""
        if word not in self._known:
            plain = word.replace("’", "'")
            bare = plain.removesuffix("'s").rstrip("'") if self.language == "en" else plain.rstrip("'")
            self._known[word] = bare.lower() in self._new or any(
                bool(book.spell(form)) for book in self._books() for form in {plain, bare} if form
            )
        return self._known[word]

    def analyze(self, word: str) -> tuple[str, ...]:
        """Hunspell's readings of `word`: ``st:lære +NUTID``."""
        return tuple(reading for book in self._books() for reading in book.analyze(word))

    def suggest(self, word: str, most: int = 5) -> tuple[str, ...]:
        """What may be meant, the nearest first. Slow: up to 0.4 s for a Danish word."""
        if (word, most) not in self._suggested:
            self._suggested[word, most] = self._nearest(word)[:most]
        return self._suggested[word, most]

    def _nearest(self, word: str) -> tuple[str, ...]:
        found: dict[str, int] = {}
        for book in self._books():
            for number, suggestion in enumerate(book.suggest(word)):
                away = slips(word.lower(), suggestion.lower().replace("-", " "))
                if away <= max(1, min(3, len(word) // 2)) and suggestion not in found:
                    found[suggestion] = away * 10 + number + (8 if " " in suggestion or "-" in suggestion else 0)
        return tuple(sorted(found, key=lambda one: found[one]))


@cache
def speller(language: str) -> Speller | None:
    """The language's speller, loaded once (0.1 s English, 0.3 s Danish); None when there is none, see `missing`."""
    if missing(language):
        return None
    return Speller(language, _stems(language))


def missing(language: str) -> str | None:
    """Why there is no speller, in a sentence; None if there is one."""
    if find_spec("hunspell") is None:
        return message(
            "Spelling was not checked: the package chunspell is not installed. This installs it: {command}",
            command=command_for_package("chunspell"),
        )
    if not _stems(language):
        wanted = DICTIONARIES.get(language, (language,))[0]
        return message(
            "Spelling was not checked: there is no Hunspell dictionary {wanted} here. Install your system's "
            "(hunspell-{language}), or set DICPATH to its folder.",
            wanted=wanted,
            language=language,
        )
    return None


@cache
def _stems(language: str) -> tuple[Path, ...]:
    folders = [Path(one) for one in os.environ.get("DICPATH", "").split(os.pathsep) if one]
    with as_file(files(__package__) / "dictionaries") as shipped:
        folders.append(shipped)
    folders += [Path(one) for one in _SYSTEM]
    found: list[Path] = []
    for name in DICTIONARIES.get(language, (language,)):
        for folder in folders:
            if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
                found.append(folder / name)
                break
    return tuple(found)

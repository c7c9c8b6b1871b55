"""Verbs with which notes begin, by language: "runs Airflow", "ran 40 DAGs". A first word that is none is left alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verbs:
    """`needing`: what somebody does ("runs"); `having`: what I did ("ran")."""

    needing: frozenset[str]
    having: frozenset[str]

    @property
    def every(self) -> frozenset[str]:
        """Both."""
        return self.needing | self.having


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = Verbs(
    needing=_words(
        "builds can communicates delivers designs develops documents drives enjoys explains finds gets gives "
        "handles has helps is keeps knows leads learns likes listens loves maintains makes manages mentors "
        "owns plans runs ships solves speaks stays supports takes teaches tests thinks understands wants "
        "works writes"
    ),
    having=_words(
        "am automated brought built can coached created cut delivered designed developed did documented "
        "doubled drove explained found gave got grew halved handled have held helped hired improved "
        "introduced kept know launched learned learnt led made maintained managed mentored migrated moved "
        "opened owned planned ran rebuilt reduced rewrote saved set shipped solved speak spent started "
        "supported taught tested took trained was won worked write wrote"
    ),
)

DANISH = Verbs(
    needing=_words(
        "arbejder bevarer brænder bygger deler dokumenterer driver elsker er finder formidler forstår får "
        "giver gør har hjælper holder håndterer kan kender kommunikerer kører leder leverer lytter lærer "
        "løser opbygger planlægger samarbejder sikrer skaber skriver styrer står støtter tager taler tester "
        "trives tænker udvikler underviser ved vedligeholder vil"
    ),
    having=_words(
        "arbejdede automatiserede byggede designede drev etablerede fandt fik flyttede forbedrede forklarede "
        "gav gjorde halverede har havde hjalp holdt håndterede indførte kan kender klarede kørte lavede "
        "ledede leverede lærte løste migrerede omskrev opbyggede oplærte oprettede planlagde reducerede "
        "samlede skabte skrev solgte sparede startede stiftede stod styrede taler testede tog udviklede "
        "underviste vandt var vedligeholdt"
    ),
)

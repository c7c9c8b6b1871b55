"""The words of the pages, by language: English, and Danish. Any other language is read in English."""

from __future__ import annotations

_ENGLISH = {
    "title": "What is next",
    "next": "Next",
    "nothing": "Nothing to do right now.",
    "nothing_how": "Put an interview into the book with “callplan add”, and its steps appear here.",
    "tentative": "only if they stay silent",
    "call": "Call {number}",
    "there": "there",
    "applications": "Your applications",
    "done": "Nothing left to do",
    "faults": "Some files could not be read",
    "subscribe": "In your calendar",
    "feed": "Look at it anywhere",
    "feed_how": (
        "Subscribe to this address in any calendar program. It is for reading; programs ask for news now and then. "
        "Whoever has the address can read it."
    ),
    "feed_local": "Only this computer can reach it; Google and Outlook.com, which fetch it themselves, cannot.",
    "open": "Open in the calendar program",
    "caldav": "With reminders, and to move things",
    "caldav_how": (
        "Add a CalDAV account to your calendar program. What you move or delete there comes home with “callplan sync”."
    ),
    "caldav_plain": "An iPhone or a Mac asks for https here; see the page on deployment in callplan’s documentation.",
    "address": "Address",
    "username": "User name",
    "password": "Password",
    "password_where": "the line in the file",
}

_DANISH = {
    "title": "Det næste",
    "next": "Næste skridt",
    "nothing": "Der er ikke noget at gøre lige nu.",
    "nothing_how": "Læg en samtale i bogen med “callplan add”, så kommer dens skridt frem her.",
    "tentative": "kun hvis de intet lader høre",
    "call": "Ring til {number}",
    "there": "dér",
    "applications": "Dine ansøgninger",
    "done": "Der er ikke mere at gøre",
    "faults": "Nogle filer kunne ikke læses",
    "subscribe": "I din kalender",
    "feed": "Se det overalt",
    "feed_how": (
        "Abonnér på denne adresse i et hvilket som helst kalenderprogram. Den kan kun læses; programmet spørger selv "
        "efter nyt nu og da. Enhver, der har adressen, kan læse den."
    ),
    "feed_local": "Kun denne computer kan nå adressen, så Google og Outlook.com, der selv henter den, kan ikke.",
    "open": "Åbn i kalenderprogrammet",
    "caldav": "Med påmindelser, og til at flytte rundt",
    "caldav_how": (
        "Tilføj en CalDAV-konto i kalenderprogrammet. Det, du flytter eller sletter, kommer hjem ved “callplan sync”."
    ),
    "caldav_plain": "En iPhone eller Mac kræver https her; se siden om drift i callplans dokumentation.",
    "address": "Adresse",
    "username": "Brugernavn",
    "password": "Adgangskode",
    "password_where": "linjen i filen",
}

LANGUAGES = {"en": _ENGLISH, "da": _DANISH}


def wording(language: str) -> dict[str, str]:
    """The words for a primary language ("da")."""
    return LANGUAGES.get(language, _ENGLISH)

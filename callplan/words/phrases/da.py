"""Danish."""

from __future__ import annotations

from callplan.words.phrases import Phrases
from callplan.words.phrases.da_agenda import AGENDA
from callplan.words.phrases.da_letters import GAPS, LETTERS
from callplan.words.phrases.verbs import DANISH, ENGLISH

PHRASES = Phrases(
    gap="[MANGLER: {what}]",
    speaker="jeg",
    own_words=("jeg ", "mit ", "min ", "mine "),
    titles={
        "before": "Før du ringer",
        "gatekeeper": "Hvis en anden tager telefonen",
        "opening": "Indledning",
        "courtesy": "Høflighed",
        "purpose": "Hvorfor jeg ringer",
        "why": "Hvorfor netop dem",
        "points": "Hvad jeg kan bidrage med",
        "topic": "Noget, vi talte om",
        "new_point": "Én ny ting",
        "ask": "Hvornår falder beslutningen?",
        "need": "Mangler de noget?",
        "permission": "Må jeg ringe igen?",
        "last": "Sidste gang, jeg ringer",
        "close": "Farvel",
        "reserve": "I reserve, hvis de vil høre mere",
        "branches": "Hvis de siger",
        "voicemail": "Hvis du lægger en besked (kun ved sidste forsøg)",
        "reminder": "Hvad der blev sagt sidst",
        "after": "Bagefter",
    },
    labels={
        "call": "Manuskript til opkaldet",
        "second-call": "Manuskript til det andet opkald",
        "who": "Hvem",
        "number": "Nummer",
        "theirs": "Deres tid",
        "mine": "Din tid",
        "same": "den samme som deres, {zone}",
        "interview": "Samtale",
        "no_time": "intet tidspunkt endnu",
        "length": "{words} ord, cirka {seconds} sekunder",
        "gaps": "Mangler stadig",
        "notices": "Se lige på dette",
        "promised": "De lovede svar senest {day}.",
        "and": " og ",
        "greetings": "Goddag|Goddag",
    },
    cues={
        "gatekeeper_absent": "Er der ikke, eller er optaget",
        "bad_moment": "“Det passer dårligt lige nu”",
        "not_decided": "“Vi har ikke besluttet os endnu”",
        "on_hold": "“Stillingen er sat på pause”",
        "need_more": "“Vi mangler noget fra dig”",
        "offer": "“Vi vil gerne have dig”, eller “kom til endnu en samtale”",
        "rejected": "“Vi har valgt en anden”",
        "no_calls": "“Vi vil helst ikke ringes op”",
    },
    gaps={
        **GAPS,
        "me_name": 'dit navn — skriv name = "…" under [me] i {config}',
        "me_phone": 'dit nummer — skriv phone = "…" under [me] i {config}',
        "company": 'firmaet — skriv company = "…" i {file}',
        "position": 'stillingen — skriv position = "…" i {file}',
        "callee": "hvem du skal ringe til — tilføj en person under [[people]] i {file}",
        "number": 'nummeret på {name} — skriv phone = "…" ved personen i {file}',
        "email": 'mailadressen på {name} — skriv email = "…" ved personen i {file}; '
        "den står måske på visitkortet, i invitationen eller på firmaets hjemmeside",
        "nobody": "hvem du skal skrive til — tilføj en person under [[people]] i {file}",
        "why": 'hvorfor netop dette firma — skriv why = ["…"] i {file}',
        "points": 'hvad du kan bidrage med — tilføj [[fit]] med need = "…" og strength = "…" i {file}',
        "one_more": 'en ting mere — tilføj endnu et [[fit]] med need = "…" og strength = "…" i {file}',
        "strength": 'dit svar på “{need}” — skriv strength = "…" under det [[fit]] i {file}',
        "valued": "dit svar på “{text}”, som de lagde vægt på — tilføj et [[fit]] om det i {file}",
        "topic": 'noget, I talte om — skriv topics = ["…"] under [rounds.notes] i {file}',
        "wrote": "den dag, du skrev — notér det, når den opfølgende mail er sendt: callplan log {name} follow-up sent",
        "first_call": "det første opkald — notér det, og hvad de sagde: callplan log {name} call reached",
    },
    notices={
        "long_section": "“{title}” er på {words} ord, helst højst {budget}: sig det kortere, eller forkort det "
        "i {file}.",
        "long_talk": "Det hele er på {words} ord (cirka {seconds} s), helst højst {budget}. "
        "Det længste stykke er “{title}” med {longest} ord.",
        "long_message": "Beskeden er på {words} ord (cirka {seconds} s), helst højst {budget} ord og {limit} s.",
        "foreign": "Nogle af dine noter er på et andet sprog end manuskriptet. De er citeret, som de står: "
        "oversæt dem til dansk, før du ringer.",
        "language": "Der er endnu intet manuskript på dette sprog ({language}), så det er på engelsk.",
    },
    needs={
        "verb": "I har brug for en, der {need}",
        "verb_you": "Du søger en, der {need}",
        "verb_by": "{by} søger en, der {need}",
        "noun": "I lægger vægt på {need}",
        "noun_you": "Du nævnte {need}",
        "noun_by": "{by} nævnte {need}",
        "quoted": "I lægger vægt på “{need}”. Mit svar: “{strength}”.",
    },
    agenda=AGENDA,
    letters=LETTERS,
    needing=DANISH.needing,
    having=DANISH.having,
    foreign=ENGLISH.every - DANISH.every,
    units={
        "day": ("dag", "dage"),
        "working day": ("arbejdsdag", "arbejdsdage"),
        "week": ("uge", "uger"),
        "month": ("måned", "måneder"),
    },
)

"""The words of the pages in Danish."""

WORDS = {
    "title": "Det næste",
    "next": "Næste skridt",
    "today": "i dag",
    "nothing": "Der er ikke noget at gøre lige nu.",
    "nothing_how": "Læg en samtale i bogen med “callplan add”, så kommer dens skridt frem her.",
    "overdue": "Overskredet.",
    "overdue_since": "Overskredet siden {moment}.",
    "passed": "Tiden er gået: gør det nu.",
    "passed_until": "Tiden er gået: gør det nu; senest {moment}.",
    "tentative": "kun hvis de intet lader høre",
    "call": "Ring til {number}",
    "open_call": "Åbn opkaldets side",
    "applications": "Dine ansøgninger",
    "done": "Der er ikke mere at gøre",
    "faults": "Nogle filer kunne ikke læses",
    "faults_outdated": "{file}: indtil det er rettet, vises den, som den blev gemt {when}.",
    "faults_missing": "{file}: intet af den vises, før det er rettet.",
    "world": "Værd at vide",
    "all_steps": "Alle skridt",
    "picture": "{company}: {done} af {all} skridt er gjort. {next}",
    "picture_next": "Næste: {title}, {when}.",
    "mark_done": "Gjort",
    "mark_sent": "Sendt",
    "mark_skip": "Spring over",
    "state.done": "gjort",
    "state.skipped": "sprunget over",
    "state.refused": "skal ikke gøres",
    "state.unplaced": "ingen tid fundet",
    "state.tentative": "kun hvis de intet lader høre",
    "state.planned": "planlagt",
    "state.due": "nu",
    "state.late": "forsinket",
    "stage.no interview": "ingen samtale endnu",
    "stage.scheduled": "samtale forude",
    "stage.interviewed": "samtale holdt",
    "stage.thanked": "takket",
    "stage.lettered": "brev sendt",
    "stage.waiting": "venter på dem",
    "stage.followed up": "fulgt op",
    "stage.called": "ringet",
    "stage.called twice": "ringet to gange",
    "stage.closed": "afsluttet",
    "stage.they answered": "de har svaret",
    "stage.on hold": "sat på pause",
    "stage.invited again": "inviteret igen",
    "stage.offer": "tilbud",
    "stage.rejected": "de sagde nej",
    "stage.withdrawn": "trukket tilbage",
    "kind.interview": "Samtale",
    "kind.notes": "Noter fra samtalen",
    "kind.thank-you": "Takkemail",
    "kind.thank-you-deadline": "Sidste frist for takken",
    "kind.letter": "Brev",
    "kind.follow-up": "Opfølgende mail",
    "kind.rehearse": "Øv opkaldet",
    "kind.call": "Statusopkald",
    "kind.second-call": "Andet opkald",
    "kind.answer": "Dit svar",
    "kind.rejection-reply": "Et venligt svar",
    "kind.reflect": "Et blik tilbage",
    # -- subscribing
    "subscribe": "I din kalender",
    "subscribe_how": "Vælg, hvor du ser din kalender.",
    "copy_address": "Kopiér",
    "copied": "Kopieret",
    "feed": "Adressen at abonnere på",
    "feed_how": "Til at se i et hvilket som helst kalenderprogram. Enhver, der har adressen, kan læse den.",
    "published_note": "Knapperne bruger den kopi, som “callplan publish” holder på nettet.",
    "local": (
        "Denne side findes kun på denne computer, så hverken en telefon, Google eller Outlook.com kan nå adresserne. "
        "“callplan publish” lægger kalenderen, hvor de kan; dokumentationens side om drift viser, hvordan det hele "
        "kommer på nettet."
    ),
    "sub.apple": "iPhone, iPad, Mac",
    "sub.apple.button": "Abonnér",
    "sub.apple.how": (
        "Tryk på knappen og bekræft. Et abonnement er til at se på: Apple fjerner dets påmindelser, medmindre du slår "
        "“Fjern påmindelser” fra. Vil du have påmindelser og kunne flytte ting, så tilføj CalDAV-kontoen nedenfor "
        "(Indstillinger, Kalenderkonti, Tilføj konto, Andre)."
    ),
    "sub.apple.plain": "En iPhone eller Mac tager kun imod en CalDAV-konto over https, og det er denne adresse ikke.",
    "sub.google": "Google Kalender",
    "sub.google.button": "Føj til Google Kalender",
    "sub.google.other": "Finder den intet: sæt selv adressen ind",
    "sub.google.how": (
        "Brug en computer; Googles app kan ikke tilføje en adresse. Google henter kalenderen fra egne servere, kun "
        "med timers mellemrum og somme tider en gang i døgnet. Google ser bort fra påmindelser: sæt dem selv for "
        "denne kalender."
    ),
    "sub.outlook": "Outlook",
    "sub.outlook.button": "Føj til Outlook.com",
    "sub.outlook.other": "Arbejds- eller skolekonto",
    "sub.outlook.how": (
        "Microsoft henter kalenderen fra sine egne servere, omtrent hver tredje time og somme tider en gang i døgnet. "
        "Påmindelser følger ikke med."
    ),
    "sub.android": "Android",
    "sub.android.button": "Abonnér med ICSx5",
    "sub.android.how": (
        "Installér først ICSx5 (en gratis app); Android kan ikke selv abonnere. Den ser efter en gang i døgnet, "
        "medmindre du vælger andet, og beholder påmindelser. Vil du også kunne flytte ting, så brug DAVx5 med "
        "CalDAV-adressen nedenfor."
    ),
    "sub.thunderbird": "Thunderbird",
    "sub.thunderbird.how": (
        "Kalender, Ny kalender, På netværket. Med CalDAV-adressen nedenfor har du påmindelser og kan flytte ting. "
        "Med adressen at abonnere på: sæt kryds ved “Skrivebeskyttet”; den ser efter hver halve time."
    ),
    "unreachable": "Den kan ikke nå denne computer. Brug “callplan publish”.",
    "caldav": "Med påmindelser, og til at flytte rundt: CalDAV",
    "caldav_how": (
        "Tilføj en CalDAV-konto i kalenderprogrammet. Det, du flytter eller sletter, kommer hjem ved “callplan sync”."
    ),
    "caldav_own": (
        "Dine indstillinger nævner denne kalender, så dine skridt står i den. Tilføj dens konto i kalenderprogrammet "
        "med den adgangskode, du har på den server. Det, du flytter eller sletter, kommer hjem ved “callplan sync”."
    ),
    "address": "Adresse",
    "username": "Brugernavn",
    "password": "Adgangskode",
    "password_where": "linjen i filen",
    "qr": "Siderne på din telefon",
    "qr_how": "Ret kameraet mod billedet. Det rummer dit hemmelige link: vis det ikke til andre.",
    "qr_local": "Som det er nu, virker det kun på denne computer: en telefon kan ikke nå den.",
    # -- the call
    "back": "Alle ansøgninger",
    "their_time": "Deres tid",
    "your_time": "Din tid",
    "now_there": "I {city} er klokken nu",
    "outdated": (
        "Ansøgningens fil har en fejl. Det, du ser, er den, som den blev gemt {when}. Intet kan noteres, før filen er "
        "rettet; dine noter her på siden bliver gemt."
    ),
    "early_days": "Om {days} dage; ikke endnu.",
    "early_tomorrow": "I morgen; ikke endnu.",
    "early_hours": "Om {hours} timer; ikke endnu.",
    "same_time": "den samme som deres",
    "no_number": "Der er intet nummer. Tilføj et med “callplan edit {name}”.",
    "copy_number": "Kopiér nummer",
    "to_the_points": "Hvad du siger",
    "seconds": "cirka {seconds} sekunder",
    "timer": "Tid",
    "timer_start": "Start uret",
    "timer_reset": "Nulstil",
    "notes": "Noter",
    "notes_how": "Hvem du talte med, hvad de sagde, hvad de lovede. Gemmes, mens du skriver.",
    "notes_how_plain": "Hvem du talte med, hvad de sagde, hvad de lovede.",
    "save": "Gem noterne",
    "saved": "Gemt",
    "unsaved": "Ikke gemt endnu",
    "offline": "Ingen forbindelse. Gemt på telefonen og sendes, så snart den er tilbage",
    "promised": "De nævnte en dag for afgørelsen",
    "again": "De bad dig ringe igen (deres tid)",
    "bar.script": "Manuskript",
    "bar.notes": "Noter",
    "bar.how": "Resultat",
    "how": "Hvordan gik det?",
    "more": "Der skete noget andet",
    "to_call": "Klar til at ringe",
    "outcome.reached": "Talte med dem",
    "outcome.no-answer": "Intet svar",
    "outcome.busy": "Optaget",
    "outcome.voicemail": "Lagde en besked",
    "outcome.gatekeeper": "En anden tog den",
    "outcome.bad-moment": "Dårligt tidspunkt, ring igen",
    "outcome.wrong-number": "Forkert nummer",
    "outcome.asked-not-to-call": "De vil ikke ringes op",
    "outcome.offer": "De gav et tilbud",
    "outcome.invitation": "De inviterer mig igen",
    "outcome.rejection": "De sagde nej",
    "outcome.skipped": "Jeg ringer ikke",
    "outcome.sent": "sendt",
    "outcome.done": "gjort",
    # -- afterwards
    "logged": "Noteret",
    "well_done": "Godt gået. Det var det svære.",
    "undone": "Taget tilbage",
    "new_date": "Næste skridt",
    "waiting": "Venter også",
    "no_next": "Der er ikke mere at gøre for denne ansøgning.",
    "take_back": "Tag det tilbage",
    "home": "Alle ansøgninger",
    "sync.idle": "Kalenderen blev ikke rørt.",
    "sync.running": "Din kalender bliver opdateret …",
    "sync.done": "Din kalender er opdateret.",
    "sync.failed": "Din kalender kunne ikke opdateres; “callplan sync” fortæller mere.",
    "refused": "Hellere lade være",
    "refused_how": "Intet blev noteret. Dine noter er gemt.",
    "sorry": "Det gik ikke",
    "missing": "Denne side findes ikke mere",
    "missing_how": (
        "Et opkalds side forsvinder, når der er ringet, når en anden skal ringes op, eller når opkaldet er erstattet; "
        "det næste skridt har sin egen side. “Det næste” fører derhen."
    ),
    "missing_home": "Det næste",
    "meanwhile": "Der er noteret noget, siden du åbnede siden, så intet blev ændret. Sådan ser det ud nu.",
}

"""Danish: what stands around letters and e-mails, and what the user is told about them."""

from __future__ import annotations

LETTERS = {
    # Labels.
    "to": "Til",
    "subject": "Emne",
    "phone": "Telefon",
    "address": "{person}, {role}",
    # Notices.
    "words": "{words} ord; bedst er {fewest} til {most}.",
    "generic": "Intet i teksten kommer fra dine noter, så den kunne være fra hvem som helst. Skriv i {file}, hvad I "
    "talte om.",
    "foreign": "Nogle af dine noter er på et andet sprog end teksten. De er citeret, som de står: oversæt dem til "
    "dansk, før du sender den.",
    "language": "Hilsen, dato og afslutning følger reglerne for {language}; teksten er på engelsk, indtil du giver en "
    "skabelon (docs/templates.md).",
    "unknown_language": "Der er endnu ingen breve på dette sprog ({language}), så dette er på engelsk.",
    "ahead": "Samtalen ligger stadig forude: begynd med dette, og gør det færdigt, når du ved, hvad I talte om.",
    "went_badly": "Du var ikke tilfreds med dine svar. Skriv alligevel: det gik måske bedre, end det føltes, og en god "
    "tekst tæller stadig.",
    "nobody": "Der er ingen at skrive til i filen, så teksten begynder uden navn. Et navn er bedre: det står måske på "
    "visitkortet, i invitationen, i en underskrift eller på firmaets hjemmeside.",
    "me_phone": "Dit nummer mangler i underskriften: skriv phone under [me] i {config}.",
    "me_email": "Din mailadresse mangler i underskriften: skriv email under [me] i {config}.",
    "me_address": "Din adresse mangler øverst i brevet: skriv address under [me] i {config}.",
    "their_address": "Der er ingen postadresse: fint til en PDF på mail. Skal det med posten, så skriv place ved "
    "samtalen.",
    "check_address": "Adressen er stedet for samtalen: se efter, om post når frem dertil.",
    "alike": "Teksterne til {one} og {other} har {percent} % af ordlyden til fælles; kolleger sammenligner. Skriv en "
    "af dem om, eller notér, hvad du talte med hver af dem om.",
    "early": "De regner med at beslutte sig senest {day}: vent så længe.",
    "rang": "De ringede, så ring tilbage i stedet for at skrive.",
    "receipt": "En læsekvittering er kun noget, man beder om: mange programmer spørger først eller svarer ikke, og "
    "nogle bryder sig ikke om den. At den udebliver, betyder ingenting.",
    "receipt_address": "Uden din egen adresse er der ingen læsekvittering: skriv email under [me] i {config}.",
    "bad_address": "{address} kan ikke stå i en mails hoved; sæt selv adressen ind.",
    # By hand or not.
    "advice.by-hand": "Håndskrift passer bedst til dem.",
    "advice.typed": "Et brev skrevet på maskine passer bedst, med posten eller som PDF på mail.",
    "advice.email": "En mail passer bedst; et brev på papir ventes ikke.",
    "why.family": "en familievirksomhed kan lide håndskrift",
    "why.tech": "et teknologifirma læser mail og kan undre sig over papir",
    "why.public": "en offentlig myndighed lægger det maskinskrevne på sagen",
    "why.corporate": "i et stort firma går et maskinskrevet brev lettere rundt",
    "why.agency": "et bureau sender mail videre",
    "why.invited_email": "de inviterede dig på mail, så mail er fint",
    "why.invited_message": "de skrev en besked, så mail er fint",
    "why.invited_letter": "de skrev til dig på papir",
    "why.invited_phone": "de ringede, og det siger hverken for eller imod papir",
    "why.post": "posten kan være undervejs til {day}, og de beslutter sig den {decision}: send også en mail",
    "why.unknown": "intet i filen taler for håndskrift",
    "because": "{verdict} For {reasons}. Du bestemmer: --by-hand eller --typed.",
    # Writing it by hand.
    "guide": "Sådan skriver du det",
    "guide.paper": "Ulinjeret papir eller et enkelt kort med et linjeret ark under; en pen, der ikke smitter af.",
    "guide.lines": "{lines} linjer, som de står nedenfor, med en håndsbred fri til venstre; det fylder en halv side.",
    "guide.names": "Bogstav for bogstav, for et forkert navn ødelægger det hele: {names}.",
    "guide.once": "Skriv det én gang på kladde, læs det højt, og skriv det så rent.",
    "guide.post": "Send det i dag: det bør være fremme, før de beslutter sig.",
}

GAPS = {
    "talked_about": 'noget, du talte med {whom} om — skriv topics = [{{ text = "…", by = "{whom}" }}] under '
    "[rounds.notes] i {file}",
    "answer_day": "dit svar — skriv kladden igen med --yes, eller med --until og den dag, du senest svarer",
    "next_round": "dag, tid og sted for samtalen — tilføj den nye samtale i {file}",
    "promised_call": "den dag, de ville ringe — callplan log {name} reply --date …",
}

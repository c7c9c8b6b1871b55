"""Danish: the texts of calendar events. A text may have several lines."""

from __future__ import annotations

AGENDA = {
    # Titles. {job} is "Nordlys Energi (Data Engineer)".
    "job": "{company} ({position})",
    "title.interview": "Samtale: {job}",
    "title.interview_again": "{round}. samtale: {job}",
    "title.notes": "Skriv samtalen ned: {job}",
    "title.thank-you": "Takkemail: {job}",
    "title.thank-you-deadline": "Takkemail, sidste frist: {job}",
    "title.letter": "Brev til {whom}: {job}",
    "title.letter_by_hand": "Håndskrevet brev til {whom}: {job}",
    "title.follow-up": "Opfølgende mail: {job}",
    "title.rehearse": "Øv dit opkald: {job}",
    "title.call": "Ring til {whom}: {job}",
    "title.second-call": "Ring igen til {whom}: {job}",
    "title.answer": "Svar dem: {job}",
    "title.answer_offer": "Svar på tilbuddet: {job}",
    "title.answer_invitation": "Svar på invitationen: {job}",
    "title.rejection-reply": "Et venligt svar: {job}",
    "title.reflect": "Gør status: {job}",
    "title.review": "Tilbage fra {friend}: {title}",
    "title.late": "Forsinket: {title}",
    # What several events say.
    "late": "Det er forsinket og stadig velkomment: hellere sent end aldrig.",
    "tentative": "Kun hvis de ikke har svaret inden da.",
    "assumed": "Regnet fra en dato, der kun er antaget; planen flytter sig, når du skriver den rigtige i {file}.",
    "to": "Til:",
    "due": "Senest: {moment}",
    "why": "Hvorfor nu: {why}",
    "warning": "Bemærk: {warning}",
    "drafted": "Et udkast: callplan draft {name} {step}",
    "done": "Når det er gjort: callplan log {name} {step} {outcome}",
    "theirs": "Deres tid: {span}",
    "mine": "Din tid: {span}",
    "same": "den samme som deres, {zone}",
    "points": "Dine punkter:",
    "point": "{need}: {strength}",
    "mention": "I talte om: {text}",
    "valued": "De lagde vægt på: {text}",
    "reason": "Hvorfor {company}: {text}",
    # The steps.
    "interview": "Find ud af, på en venlig måde, inden du går:",
    "interview.how_long": "Hvor længe? {said}",
    "interview.who": "Hvem giver besked? {said}",
    "interview.how": "På telefon eller mail? {said}",
    "interview.known": "Det ved du allerede: {known}.",
    "ask.how_long": "“Må jeg spørge, hvornår I regner med at træffe en beslutning?”",
    "ask.who": "“Hvem hører jeg fra?”",
    "ask.how": "“Ringer I, eller skriver I?”",
    "ask.card": "“Må jeg bede om dit visitkort?”",
    "interview.cards": "Og bed hver af dem om et visitkort: {said} Det kan føles lidt akavet, men det viser, at "
    "du er interesseret. Så "
    "har du det præcise navn, stillingen, nummeret og mailadressen:",
    "interview.card": "{person} – du har det hele",
    "interview.card_missing": "{person} – mangler stadig: {missing}",
    "interview.card_anybody": "alle, du møder",
    "interview.heard": "Fra den forrige samtale:",
    "interview.next": "Bagefter: skriv ned, hvad der blev sagt, og send takkemailen på vej hjem.",
    "missing.role": "stilling",
    "missing.phone": "nummer",
    "missing.email": "mailadresse",
    "by": "senest den {day}",
    "within": "inden for {period}",
    "channel.email": "mail",
    "channel.phone": "telefon",
    "channel.letter": "brev",
    "channel.message": "besked",
    "notes": "Skriv det ned, mens du husker ordene:\n"
    "- hvad I talte om, og hvem der sagde hvad\n"
    "- de evner, den erfaring og de egenskaber, de lagde vægt på\n"
    "- hvert spørgsmål, og hvor godt du svarede (1 til 5)\n"
    "- hvad de sagde om beslutningen: hvor længe, hvem og hvordan\n"
    "Stikord er nok. De gør din mail og dit brev personlige og forbereder dig til næste samtale.",
    "notes.next": "Derefter: takkemailen.",
    "thank-you": "Send en kort takkemail, en til hver, også selv om samtalen ikke føltes god. Tre-fire sætninger: "
    "tak for "
    "deres tid, nævn én ting, I talte om, og skriv, at du gerne vil have jobbet. Du kan begynde på den på "
    "telefonen, når "
    "du går ud ad døren.",
    "thank-you.ask_date": "Du fik ikke at vide, hvornår de beslutter sig: spørg i én venlig linje.",
    "thank-you.next": "Derefter: et brev nogle dage senere, og så vente, til de har besluttet sig.",
    "thank-you-deadline": "{hours} timer efter samtalen: sidste øjeblik for takkemailen. Fire sætninger er nok, "
    "og en enkel "
    "tak i dag er bedre end en perfekt i morgen.",
    "letter": "Skriv et brev på én side til {whom}, fyldigere end mailen: tak, knyt to-tre af dine styrker til "
    "det, de "
    "har brug for, og skriv, hvad du kan bidrage med, som andre måske ikke kan.",
    "letter_by_hand": "Skriv et brev i hånden til {whom}, en halv side, og post det i dag, så det når frem i "
    "tide: tak, "
    "knyt en eller to af dine styrker til det, de har brug for, og skriv, at du gerne vil have jobbet.",
    "letter.each": "Alle, du mødte, får deres eget brev; kolleger sammenligner dem.",
    "letter.next": "Læs det igennem for stavefejl, helst med et ekstra par øjne. Så venter du, til de har "
    "besluttet sig.",
    "follow-up": "Spørg på mail, om de har besluttet sig: hvem du er, stillingen og dagen, I mødtes; hvad du kan "
    "bidrage "
    "med, som i en ansøgning; én ting, I talte om; og en venlig slutning som “Jeg glæder mig til at høre fra jer”.",
    "follow-up.proof": "Læs den igennem for stavefejl, helst med et ekstra par øjne. Du kan bede om en læsekvittering.",
    "follow-up.next": "Send den kun én gang. Er de stadig tavse, ringer du nogle dage senere; du skriver ikke igen.",
    "rehearse": "Læs manuskriptet højt tre gange, fem gange, hvis du er nervøs. Opkaldet: {moment}.",
    "rehearse.how": "Med stopur: callplan practise {name}",
    "call.who": "Tal med: {who}",
    "call.you": "Du er {me}; {met} den {day}.",
    "call.met": "I mødtes",
    "call.interviewed": "din samtale var",
    "call.ask": "Tak, fordi du tager dig tid. Passer det lige nu?",
    "call.wrote": "Du skrev den {day} og vil gerne høre, hvor langt de er.",
    "call.decision": "Spørg: hvornår regner I med at træffe en beslutning?",
    "call.decision_known": "Spørg: hvornår regner I med at træffe en beslutning? (De sagde: {said}.)",
    "call.end": "Mangler I noget fra mig? Må jeg ringe igen en enkelt gang?",
    "call.end_last": "Mangler I noget fra mig?",
    "call.absent": "Får du ikke fat i dem? Spørg, hvornår det passer, og prøv igen senere: det er bedre end en "
    "besked. Læg kun en "
    "besked ved sidste forsøg, med dit nummer to gange: {number}",
    "call.script": "Hele manuskriptet: callplan script {name}",
    "call.log": "Bagefter: callplan log {name} {step} reached (eller: no-answer, voicemail …)",
    "second-call.first": "Dit første opkald var den {day}.",
    "second-call.said": "De sagde: {said}",
    "second-call.promised": "De ventede en afgørelse senest den {day}.",
    "second-call.new": "Én ny ting: {text}",
    "second-call.last": "Sig, at det er sidste gang, du ringer, og at du også gerne vil vide det, hvis stillingen "
    "er besat.",
    "second-call.kind": "De har næppe glemt dig: det tager ofte længere tid at beslutte sig end planlagt.",
    "answer": "Svar med det samme: det viser, at du gerne vil.",
    "answer.offer": "Tak dem, gentag stillingen og det, de tilbyder, og svar ja, ja med et spørgsmål, eller "
    "hvornår du "
    "har besluttet dig.",
    "answer.invitation": "Tak dem, gentag dag, tid og sted, og sig, at du kommer.",
    "answer.channel": "Svar på samme måde, som de henvendte sig: via {channel}.",
    "rejection-reply": "Tak, fordi de gav besked, og tak for samtalen. Stil ét åbent spørgsmål: hvad kunne jeg "
    "have gjort "
    "bedre? Skriv, at du meget gerne vil komme i betragtning til en anden stilling.",
    "rejection-reply.kind": "Det er en skuffelse og ingen dom over dig. Intet i svaret skal bebrejde nogen; det, de "
    "svarer, hjælper dig til næste samtale.",
    "review": "Teksten har været hos {friend} siden den {day}. Hør, hvad der faldt i øjnene, ret den, og læs den højt "
    "en gang til, før du sender den: friske øjne ser det, dine har læst ti gange.",
    "review.friend": "en ven",
    "review.done": "Når du har den tilbage: callplan review {name} {step} --done",
    "reflect": "De har været tavse længe, og du har gjort alt, hvad god tone tillader. Det siger ikke meget om "
    "dig. Spørg "
    "dig selv:\n"
    "- Er det stadig det rigtige job for mig?\n"
    "- Behandler de folk, som jeg gerne vil behandles?\n"
    "- Hvad har jeg lært, som hjælper mig næste gang?\n"
    "- Hvor søger jeg nu?",
    "reflect.next": "Herfra skriver og spørger du ikke mere. Hører du alligevel fra dem, går planen videre.",
    # Reminders.
    "alarm.interview": "Om en time: {title}",
    "alarm.cards": "Inden du går: hvor længe, hvem og hvordan? Og bed om deres visitkort.",
    "alarm.call_soon": "Find et roligt sted. Om 15 minutter: {title}, {number}",
    "alarm.call_now": "Nu: {title}, {number}",
    "alarm.deadline": "{hours} t tilbage: {title}",
}

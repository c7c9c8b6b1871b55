"""The words around an interview in a dozen languages: for the talk itself, the job, the firm, and what joins them."""

from __future__ import annotations

import re

LABELLED_COMPANY = re.compile(
    r"^\W*(?:company|employer|organi[sz]ation|firm|client|virksomhed|firma|arbejdsgiver|organisation|"
    r"unternehmen|arbeitgeber|"
    r"entreprise|société|employeur|empresa|azienda|bedrijf|werkgever|företag|arbetsgivare|bedrift|"
    r"yritys)\s*:\s*(.+)$",
    re.IGNORECASE,
)
LABELLED_POSITION = re.compile(
    r"^\W*(?:position(?: title)?|job(?: title)?|role|vacancy|opening|post|job position|(?:position )?applied (?:for|"
    r"position)|stilling|"
    r"stillingsbetegnelse|jobtitel|stelle(?:nbezeichnung)?|stellenbezeichnung|poste|offre|puesto|vacante|"
    r"posizione|ruolo|"
    r"functie|vacature|tjänst|befattning|roll|tehtävä|stanowisko)\s*:\s*(.+)$",
    re.IGNORECASE,
)
LABELLED_TITLE = re.compile(
    r"^\W*(?:event(?: name| type)?|subject|what|meeting|emne|betreff|objet|titel|interview)\s*:\s*(.+)$", re.IGNORECASE
)
PREFIX = re.compile(
    r"^(?:\s*(?:re|fw|fwd|sv|vs|aw|wg|tr|rv|i|vb|invitation|updated invitation|update|updated|einladung|indkaldelse|"
    r"invitación|uitnodiging|inbjudan|convocation|accepted|tentative|reminder|confirmed|confirmation|"
    r"rescheduled|moved|"
    r"new time|bekræftet|flyttet|bestätigt|verschoben|terminbestätigung|terminverschiebung|confirmé|"
    r"reporté|external|ext|"
    r"cancel+ed|aflyst|abgesagt|annulé|hold|save the date)\s*:|\s*\[(?:external|ext|extern|ekstern|"
    r"externe)[^\]]{0,20}\])+\s*",
    re.IGNORECASE,
)
NUMBERS = re.compile(
    r"\((?:[mwfdxhi]\s?[/|]\s?){1,3}[mwfdxhin*]\)|\((?:all genders|alle geschlechter|gn|h/f|m/k|k/m)\)|"
    r"(?<!\w)[hfmwkx]/[hfmwkx](?:/[hfmwkxdn])?(?!\w)|\b\d{5,}\b|#\d{3,}\b|"
    r"\b(?:jr|req|ref|rq|id|job id|job|vacancy|stilling|nr|no)\.?[\s#:-]*\d{3,}[\d-]*\b|\bJR\d+\b|"
    r"\bR-?\d{4,}\b|\bREQ-?\d+\b|"
    r"\b\d+\s*(?:/|of|von|af|av|de|van|sur)\s*\d+\b|"
    r"\b(?:round|runde|stage|step|part|teil|del|fase|etape|étape|tour|ronde|omgang)\s*#?\d+\b|"
    r"\b1[:-]1\b|\b1on1\b|\b\d+\.\s*(?:runde|samtale|gespräch|omgang)?\b",
    re.IGNORECASE,
)
#: A date, or a time, with the word before it: "am 12.04.2027", "on Monday 12 April", "kl. 10.30".
WHEN = re.compile(
    r"(?:\b(?:am|on|den|d\.|le|el|op|il|um|kl\.?|at|klokken)\s+)?(?:\b(?:mon|tues?|wed(?:nes)?|thurs?|"
    r"fri)(?:day)?,?\s+)?"
    r"(?<![\w/])(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:jan|feb|mar|apr|ma[jiy]|jun|jul|aug|sep|o[kc]t|nov|de[cz])\w*\.?(?:\s+\d{4})?|"
    r"\d{1,2}[:.]\d{2}(?:\s*(?:am|pm|uhr|h))?|\d{1,2}\s*(?:am|pm|uhr))(?![\w/])",
    re.IGNORECASE,
)
QUALITY = (
    r"(?:(?:\d+[- ]?(?:minutes?|mins?|min\.|minutter|minuten|hours?|h|timer|stunden?|st|nd|rd|th))|first|"
    r"second|third|1st|2nd|3rd|"
    r"final|last|technical|tech|initial|introductory|group|gruppe|telefon|phone|telephone|video|virtual|online|"
    r"remote|panel|"
    r"onsite|on-site|in-person|"
    r"personal|job|follow-up|informal|hiring manager|hr|team|culture|cultural|fit|values|behaviou?ral|"
    r"screening|recruiter|"
    r"zoom|teams|google meet|skype|webex|opfølgende|uddybende|indledende|afklarende|næste|uppföljande|weiteres|"
    r"første|anden|andet|2\.|1\.|3\.|ny|afsluttende|uformel|telefonisk|"
    r"fysisk|kort|"
    r"erstes?|zweites?|drittes?|persönliches|virtuelles|telefonisches|kennenlern|premier|deuxième|second|"
    r"primera|segunda|"
    r"tweede|eerste|andra|första|informal|quick|short|your|din|ihr|our|the|an?|et|en|ein|une?)"
)
TALK = (
    r"(?:interviews?|jobinterview|job interview|telefoninterview|videointerview|jobsamtale|"
    r"ansættelsessamtale|videosamtale|"
    r"telefonsamtale|samtale|jobbsamtal|intervjusamtale|jobbintervju|anställningsintervju|"
    r"rekryteringsintervju|intervju|samtal|"
    r"vorstellungsgespräch|bewerbungsgespräch|kennenlerngespräch|videogespräch|telefongespräch|gespräch|"
    r"kennenlernen|vorstellungstermin|"
    r"entretien(?: d['’]embauche| de recrutement| téléphonique| d['’]évaluation)?|"
    r"entrevista(?: de trabajo| de emprego)?|colloquio(?: di lavoro| conoscitivo)?|"
    r"sollicitatiegesprek|kennismakingsgesprek|kennismaking|gesprek|työhaastattelu|haastattelu|"
    r"rozmowa(?: kwalifikacyjna| rekrutacyjna| o pracę)?|pohovor|"
    r"meet the team|meet (?:and|&) greet|meeting|chat|call|conversation|talk|discussion|screen(?:ing)?|"
    r"phone screen|intro(?:duction)?|"
    r"assessment(?: day| center)?|"
    r"session|catch[- ]?up|get to know|coffee|møde|kaffe|besprechung|termin|termin zum|visit|rendez-vous|"
    r"rdv|reunión|case|take-?home(?: (?:review|assignment|task|test))?|case review|állásinterjú|interjú|mülakat|"
    r"interviu|trial(?: day| shift)?|prøvedag|probetag|probearbeit\w*|provdag|"
    r"einladung zu[mr]?|invitation to|invitation til|indkaldelse til|kallelse till|inbjudan till|convocation à|"
    r"invito a|面接|面談|面试|面試|면접|интервью|собеседование|співбесіда)"
)
INTERVIEW = re.compile(
    rf"(?:(?<!\w){QUALITY}[\s-]+){{0,4}}(?<!\w){TALK}(?!\w)(?:\s+(?:invitation|invite|day|loop|dag|tag|"
    rf"request|slot|confirmation|confirmed|bekræftelse))?",
    re.IGNORECASE,
)
# "en" is a preposition before a name in Spanish, and an article in Danish.
AT = r"at|hos|(?-i:på(?=\s+[A-ZÅÄÖÆØ]))|bei|chez|@|ved|presso|bij|hjá|u|(?-i:(?:en|em)(?=\s+[A-ZÁÉÍÓÚ]))"
WITH = r"with|w/|mit|med|avec|con|met|kanssa|z|från|from|fra|von"
FOR = (
    r"for(?: the| an?)?(?: (?:position|role|post|job|vacancy) (?:of|as))?|as(?: an?)?|"
    r"om(?: stillingen som| jobbet som| en stilling som| tjänsten som)?|"
    r"som|als|för|über|about|regarding|re|til(?: stillingen som| jobbet som)?|till|zur|zum|für|"
    r"pour(?: le)?(?: poste de)?|poste de|para(?: el)?(?: puesto de)?|"
    r"per(?: la posizione di)?|voor(?: de functie(?: van)?)?|vedr\.?|vedrørende|ang\.?|angående"
)
CUT = re.compile(
    rf"\s+(?:[-–—|·•→~/]|<-?>|//|::|&lt;&gt;|vs\.?)\s+|\s*[:;|•·]\s+|,\s+|\s*[()\[\]]\s*|\s+[-–—](?=\w)|"
    rf"(?<=\w)[-–—]\s+|"
    rf"(?:(?<=\s)|^)(?P<at>{AT})\s+|(?:(?<=\s)|^)(?P<with>{WITH})\s+|(?:(?<=\s)|^)(?P<for>{FOR})\s+",
    re.IGNORECASE,
)
ARTICLE = re.compile(
    r"^(?:the|a|an|our|your|die|der|das|dem|den|einer?s?|vores|jeres|din|ihre?|le|la|les|un|une|el|los|de|"
    r"het|of|et|en|ett)\s+",
    re.IGNORECASE,
)
JOB_NOUN = re.compile(
    r"\s*\b(?:positions?|roles?|job|post|vacancy|opening|stilling(?:en)?|jobbet|stelle|poste|puesto|"
    r"tjänst(?:en)?|functie)\b\s*$|"
    r"^(?:position|role|job|vacancy|stilling(?:en)?|jobbet|stelle|poste|puesto|tjänst(?:en)?|functie|"
    r"ausbildung)(?:\s+(?:of|as|som|als|des|der|de|van))?\s+(?=\w)|"
    r"\s+role$",
    re.IGNORECASE,
)
JOB = re.compile(
    r"(?:^|\W)(?:\w*(?:engineer|developer|manager|analyst|designer|director|officer|consultant|specialist|"
    r"assistant|planner|"
    r"handler|operator|scientist|architect|administrator|technician|accountant|nurse|teacher|maker|keeper|"
    r"driver|clerk|electrician|carpenter|plumber|mechanic|baker|barista|waiter|waitress|cashier|bartender|butcher|"
    r"hairdresser|receptionist|pharmacist|physiotherapist|psychologist|midwife|pilot|journalist|photographer|"
    r"translator|auditor|statistician|economist|chemist|surveyor|welder|student|"
    r"elektriker|tømrer|murer|smed|kok|tjener|frisør|økonom|jurist|sosu-assistent|vikar|"
    r"coordinator|editor|writer|seller|gardener|researcher|tester|trainer|advis[eo]r|lead|intern|trainee|"
    r"apprentice|chef|cook|"
    r"worker|programmer|buyer|recruiter|controller|producer|librarian|lecturer|professor|doctor|lawyer|secretary|"
    r"udvikler|ingeniør|leder|konsulent|medarbejder|hjælper|rådgiver|planlægger|assistent|elev|elevplads|"
    r"lærer|pædagog|"
    r"sygeplejerske|mester|chef|koordinator|sælger|bogholder|tekniker|"
    r"entwickler|ingenieur|leiter|berater|mitarbeiter|sachbearbeiter|kaufmann|kauffrau|schmied|lektorat|"
    r"lektor|redakteur|"
    r"werkstudent|praktikum|praktikant|azubi|techniker|verkäufer|pfleger|meister|in|referent|"
    r"ingénieur|développeur|responsable|chargée?|technicien|comptable|vendeur|"
    r"\w*エンジニア|\w*デザイナー|\w*マネージャー|\w*工程师|\w*设计师|\w*職|"
    r"desarrollador|ingeniero|gerente|analista|técnico|utvecklare|ingenjör|chef|handläggare|säljare|"
    r"utvikler|ontwikkelaar|medewerker|"
    r"adviseur|beheerder|sviluppatore|ingegnere))(?::in|/in|\*in|in|en|s)?(?=$|\W)",
    re.IGNORECASE,
)
STAGE = re.compile(
    r"(?:vikariat|vacancy|position|role|job|stilling|opening|on-?site|virtual|frau|herrn?|mrs?|ms|hr|fru|mme|m|"
    r"rh|it|c[etfop]o|founders?|hiring manager|vg|telefon|"
    r"(?:your |ihre |din )?(?:application|bewerbung|ansøgning|ansökan|candidature|candidatura)|gesprächstermin|tour|"
    r"(?:bekræftelse|confirmation|bestätigung|bekreftelse)(?: (?:på|of|af|der|des|av))?|online|video|phone|zoom|"
    r"teams|microsoft teams|google meet|webex|remote|"
    r"in person|final|confirmed|"
    r"tentative|hr|culture fit|technical|introduction|intro|part|round|runde|candidate|applicant|kandidat|"
    r"tba|tbd|details|confirmation|einladung|invitation|indkaldelse|invitasjon|inbjudan|kallelse|convocation|"
    r"invitación|"
    r"convite|invito|uitnodiging|kutsu|zaproszenie|"
    r"(?:\d+(?:st|nd|rd|th|\.|e|er|ère|ème|ª|º|de|te|:a|:e)?|first|second|third|final|last|next|første|anden|"
    r"andet|tredje|"
    r"erste|zweite|dritte|premier|deuxième|troisième|primera|segunda|tercera|eerste|tweede|derde|första|andra)[ -]"
    r"(?:round|runde|stage|etape|étape|tour|ronde|omgang|fase|phase|step|omgång|steg|kierros)|"
    r"and|og|und|et|y|e|en|&|x|you|us|me|invitation|jobbet|first|second|third|schedule|time|in|on|i|på|im|am|"
    r"\d+|\d+\s*(?:min|minutes|minutter|minuten|h|hour)s?|monday|tuesday|wednesday|thursday|friday|mandag|"
    r"tirsdag|onsdag|torsdag|fredag)",
    re.IGNORECASE,
)
IN_TEXT = (
    re.compile(r"\b(?:position|role|post|job|vacancy)\s+(?:of|as)\s+(?:an?\s+|the\s+|our\s+)?(.{3,80})", re.IGNORECASE),
    re.compile(
        r"\b(?:the|our|as an?|for an?)\s+((?:[A-Z][\w/&+-]*\s+){1,5})(?:position|role|post|job|vacancy|opening)\b"
    ),
    re.compile(
        r"\bfor (?:the|our|an?)\s+((?:(?!same\b|above|advertised|following|open|new|this|first|final|"
        r"next)[\w/&+-]+\s+){1,4})"
        r"(?:position|role|post|job|vacancy|opening)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:vorstellungsgespräch|bewerbungsgespräch|jobsamtale|samtale|interview|jobinterview|entretien|"
        r"entrevista|intervju)\s+"
        r"(?:als|som|as an?|comme|como)\s+(.{3,80})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:vikariatet|stillingen|jobbet|tjänsten|rollen|job|stilling|plads)\s+(?:som|"
        r"af)\s+(.{3,80})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:stelle|position|tätigkeit|bewerbung)\s+(?:als|zum|zur|des|der)\s+(.{3,80})", re.IGNORECASE),
    re.compile(r"\b(?:poste|puesto|posizione|ruolo|cargo)\s+(?:de|d['’]|di)\s*(.{3,80})", re.IGNORECASE),
    re.compile(r"\bfunctie\s+(?:van|als)\s+(.{3,80})", re.IGNORECASE),
)
#: A firm behind words that can only stand before one. Its own words begin with capitals, or with a digit.
_FIRM_NAME = (
    r"(?-i:((?:[A-Z0-9ÆØÅÄÖÜÉ][\w&'’/-]*(?:\.\w+)*|株式会社\w+)"
    r"(?:\s+(?:(?:&|and|og|und|och|et|y|de|of|the|der|des|du|i)\s+)?[A-Z0-9ÆØÅÄÖÜÉ&][\w&'’/-]*(?:\.\w+)*){0,5}))"
)
CLIENT = re.compile(
    r"(?<!\w)(?:(?:on behalf of |for |with |at )?(?:our|my) (?:end )?client|client company|vores kunde|"
    r"vor kunde|vår kund|vår kunde|"
    r"unser(?:e[nmr]?)? (?:mandant|kunde|klient|auftraggeber)(?:e?n)?|im auftrag (?:von|der)|notre client|"
    r"pour le compte de|"
    r"nuestr[oa] client[ea]|onze (?:opdrachtgever|klant)|il nostro cliente|asiakkaamme|naszego klienta)"
    rf"(?:\s+is|\s+er|\s+ist|\s+est)?\s*[,:–-]?\s+(?:die |der |dem |das |the )?{_FIRM_NAME}",
    re.IGNORECASE,
)
FIRM_IN_TEXT = (
    re.compile(
        r"(?<!\w)(?:interview|position|role|job|vacancy|opportunity|opening|application|candidacy|interest|career|"
        r"jobsamtale|samtale|ansøgning|stillingen?|tjänst(?:en)?|rollen?|intervju\w*|"
        r"stelle|bewerbung|vorstellungsgespräch|poste|candidature|entretien|puesto|vacante|candidatura|entrevista|"
        r"functie|vacature|sollicitatie\w*|posizione|colloquio)"
        rf"(?: (?!at |hos |bei |chez |bij |with |en |in )[^\W\d_][\w/()-]*){{0,8}},? (?:at|with|hos|"
        rf"bei(?: der)?|chez|bij|ved|presso) {_FIRM_NAME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^{_FIRM_NAME} (?:has invited you|have invited you|would like to (?:invite|interview|meet)|"
        rf"invites you|is pleased to|"
        r"are pleased to|inviterer dig|vil gerne|bjuder in|lädt sie|möchte sie|vous invite|te invita|nodigt (?:je|u))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:welcome to|thank you for applying to|your interest in (?:joining )?|joining) {_FIRM_NAME}",
        re.IGNORECASE,
    ),
)
#: Believed only of what is a job: "Prøvedag som elektriker hos …", but also "som aftalt hos …".
AS_A_JOB = re.compile(
    r"\b(?:(?:som|als|as(?: an?)?|como|come|comme)\s+((?:[\w/&+-]+\s+){1,4}?)(?:hos|ved|bei|at|with|en|bij|"
    r"presso|chez)\s|"
    r"(?:tjänsten|stillingen|rollen|jobbet|position|role|stelle|functie|vacature|puesto|posizione|interview for)\s+"
    r"((?-i:[A-ZÅÄÖÆØÜ][\w/&+-]*(?:\s+(?:de |of |og |und )?[A-ZÅÄÖÆØÜ][\w/&+-]*){0,4})))",
    re.IGNORECASE,
)
END_OF_PHRASE = re.compile(
    r"[.,;:!?()\n]|\s[-–—]\s|\s(?:at|with|hos|bei|chez|in|i|on|and|og|und|et|you|will|is|we|has|der|die|"
    r"which|that|ved|på|"
    r"within|for|to|und|im|am|om|has|have|from|dans|en|este|role|position|job)\s",
    re.IGNORECASE,
)

"""What stands in a signature beside the name: degrees, pronouns, towns, streets, web pages. None of it is a person."""

from __future__ import annotations

import re

#: Without their dots only in capitals: Ma is a name too, and "BA" and "MD" are more often what somebody does.
_DEGREE = (
    r"(?-i:MA|MS|BS|JD|HD|PE|MFA|MPA|MPH|CPA|CFA|FCA|ACCA|PMP|PHR|SPHR|SHRM-S?CP|[MF]?CIPD|EMBA)|"
    r"ph\.?\s?d|d\.?\s?phil|m\.d|mba|executive mba|m\.?\s?sc|b\.?\s?sc|[mb]\.\s?[as]|[mb]\.?\s?eng|m\.?phil|m\.ed|"
    r"ll\.?[mb]|j\.d|ed\.d|p\.e|c\.?eng|esq|hons|dr\.?\s?(?:rer|phil|med|jur|ing|h\.?\s?c)\.?(?:\s?(?:nat|pol|oec)\.?)?|"
    r"cand\.?\s?[a-zæøå]+\.?(?:\s?[a-zæøå]+\.)?|dipl\.?-?\s?[a-z]+\.?(?:\s?\([a-zäöü]+\))?|mag\.|lic\.|civ\.?\s?ing|"
    r"civilingeniør|statsautoriseret revisor"
)
_DEGREES = re.compile(rf"(?:{_DEGREE})\.?(?:\s?\((?:hons|oxon|cantab)\.?\))?", re.IGNORECASE)
_AT_THE_END = re.compile(
    r"[\s,]+(?:ph\.?d|[mb]\.?sc|mba|ll\.?[mb]|[mb]\.?eng|m\.?phil|esq|(?-i:M\.?D|CPA|CFA|PMP|S?PHR|[MF]CIPD|SHRM-S?CP))\.?$",
    re.IGNORECASE,
)
_GENERATION = re.compile(r"(?:jr|sr|jun|sen)\.?|ii|iii|iv", re.IGNORECASE)
_PRONOUNS = re.compile(
    r"(?:she|he|they|her|him|them|hers|his|theirs|hun|han|de|hende|ham|dem|sie|er|ihr|ihm|elle|il|ella|él)"
    r"(?:\s*/\s*(?:she|he|they|her|him|them|hers|his|theirs|hun|han|de|hende|ham|dem|hendes|hans|deres|sie|er|ihr|ihn|"
    r"ihm|elle|il|lui|ella|él))+",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+(?:(?!al\b)[a-z]{2}|com|org|net|info|app|dev|example)(?:/\S*)?",
    re.IGNORECASE,
)
_STREET = (
    r"\w*(?:gade|vej|vejen|gaden|plads|pladsen|torv|torvet|allé|alléen|boulevard|brygge|kaj|stræde|vænge|parken|"
    r"straße|strasse|str\.|gasse|allee|platz|damm|ufer|weg|ring|gata|gatan|vägen|väg|gränd|veien|gate|plass|"
    r"straat|laan|plein|gracht|kade)"
)
_ROAD = (
    r"street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|square|sq\.?|court|ct\.?|way|place|pl\.?|terrace|"
    r"boulevard|blvd\.?|highway|hwy\.?|parkway|pkwy\.?|quay|close|crescent|row|wharf|park|gardens|broadway"
)
_WAY = r"(?:rue|avenue|boulevard|chemin|calle|avenida)"
_WAY_WITH_NUMBER = (
    r"(?:rue|avenue|av\.|boulevard|bd|place|quai|chemin|cours|via|viale|piazza|calle|c/|avenida|plaza|paseo|rua)"
)
_ADDRESS = re.compile(
    # A postcode: 1620 København V, D-10115 Berlin, 114 55 Stockholm, 1012 AB Amsterdam, NY 10001, SW1A 2AA.
    r"(?:[a-z]{1,2}-)?\d{4,6}(?:\s+[a-z]{2})?(?:\s+\D+)?|\d{3}\s\d{2}\s+\D+|.*\b[a-z]{2}\s+\d{5}(?:-\d{4})?|"
    r"(?:.*\s)?[a-z]{1,2}\d[a-z\d]?\s\d[a-z]{2}|"
    # A street with a number, on either side of it, or by its word alone.
    rf"(?:[^\W\d_][\w.'’-]*\s+){{0,4}}{_STREET}\s*\d.*|\w{{3,}}(?:gade|gaden|vej|vejen|stræde|straße|strasse|gatan|vägen|"
    r"veien|straat|gracht)|"
    rf"\d+\s?[a-z]?,?\s+(?:[\w.'’-]+\s+){{0,4}}(?:{_ROAD})(?:\s+[nsew]{{1,2}}\.?)?|"
    rf"{_WAY}\s+\D+|\d+\s?(?:bis|ter)?,?\s+{_WAY_WITH_NUMBER}\s+\D+|{_WAY_WITH_NUMBER}\s+\D+\d+\s?[a-z]?|"
    r"(?:[^\W\d_][\w.'’-]*\s+){1,4}\d{1,4}\s?[a-z]?(?:\s?[-–]\s?\d+\s?[a-z]?)?|"
    # What is inside a house, and post boxes.
    r"\d+\.?\s?(?:st|nd|rd|th)?\.?\s?(?:floor|sal|etage|og|stock|tv|th|mf)\.?(?:\s.{0,8})?|"
    r"(?:floor|suite|unit|building|bygning|level|room|lokale|etage|gebäude|p\.?\s?o\.?\s?box|box|postboks|postfach)\s.{0,12}\d.{0,6}",
    re.IGNORECASE,
)
#: Towns and countries that signatures of firms end in. Others are told by the postcode before them.
_PLACES = """
copenhagen københavn kobenhavn frederiksberg aarhus århus odense aalborg ålborg esbjerg randers kolding horsens vejle
roskilde herning silkeborg hørsholm hillerød helsingør viborg fredericia køge holstebro taastrup ballerup lyngby
glostrup hellerup gentofte søborg hvidovre brøndby valby ørestad billund sønderborg næstved slagelse svendborg
stockholm göteborg gothenburg malmö malmo uppsala linköping örebro västerås solna helsingborg oslo bergen trondheim
stavanger drammen tromsø helsinki helsingfors espoo tampere turku oulu reykjavik tallinn riga vilnius warsaw warszawa
kraków krakow wrocław gdańsk poznań prague praha brno budapest bratislava vienna wien graz linz salzburg berlin
hamburg munich münchen cologne köln frankfurt stuttgart düsseldorf dortmund leipzig dresden hannover hanover nürnberg
nuremberg bremen bonn mannheim karlsruhe kiel lübeck flensburg münster aachen zurich zürich geneva genève genf basel
bern lausanne luxembourg brussels bruxelles brussel antwerp antwerpen ghent gent amsterdam rotterdam utrecht eindhoven
delft groningen paris lyon marseille toulouse lille bordeaux nantes strasbourg grenoble london manchester birmingham
leeds bristol cambridge oxford edinburgh glasgow cardiff belfast liverpool sheffield nottingham aberdeen dublin galway
madrid barcelona valencia sevilla málaga bilbao lisbon lisboa porto milano rome roma turin torino bologna naples
athens thessaloniki bucharest zagreb ljubljana belgrade istanbul ankara kyiv boston chicago seattle atlanta miami
philadelphia portland detroit minneapolis baltimore pittsburgh toronto vancouver montreal montréal ottawa calgary
sydney melbourne brisbane auckland wellington singapore tokyo osaka seoul beijing shanghai shenzhen bangalore
bengaluru mumbai delhi hyderabad chennai pune dubai johannesburg nairobi lagos cairo manhattan brooklyn denmark
danmark sweden sverige norway norge finland iceland germany deutschland austria österreich switzerland schweiz suisse
netherlands nederland belgium belgique belgië france spain españa portugal italy italia poland polska ireland england
scotland wales canada australia india japan china europe nordics nordic scandinavia emea apac dach benelux usa uk
americas danimarca dänemark
""".split()  # noqa: SIM905
_SEVERAL_WORDS = (
    "new york", "new york city", "san francisco", "los angeles", "san diego", "san jose", "palo alto",
    "mountain view", "menlo park", "salt lake city", "las vegas", "washington dc", "washington d.c", "new delhi",
    "hong kong", "tel aviv", "cape town", "são paulo", "sao paulo", "rio de janeiro", "mexico city", "buenos aires",
    "kuala lumpur", "abu dhabi", "den haag", "the hague", "frankfurt am main", "st. gallen", "newcastle upon tyne",
    "milton keynes", "kongens lyngby", "united kingdom", "united states", "great britain", "northern ireland",
    "new zealand", "the netherlands", "south africa", "czech republic", "northern europe", "western europe",
    "north america", "middle east",
)  # fmt: skip
_TOWNS = frozenset((*_PLACES, *_SEVERAL_WORDS))
_AROUND = re.compile(r"^(?:greater|central|region|downtown)\s+|\s+(?:area|region|office|[a-zæøå]{1,2}|\d{1,2})$")


def is_degree(text: str) -> bool:
    """Whether it is a degree or a membership, and not what somebody does: ``PhD``, ``cand.merc.``, ``SHRM-CP``."""
    return all(_DEGREES.fullmatch(one.strip()) for one in re.split(r"\s+(?:&|and|og)\s+", text.strip()))


def is_pronouns(text: str) -> bool:
    """``she/her``: how somebody wishes to be spoken of, which callplan never says."""
    return bool(_PRONOUNS.fullmatch(text.strip()))


def is_generation(text: str) -> bool:
    """``Jr.``, ``III``: the end of the name before it."""
    return bool(_GENERATION.fullmatch(text.strip()))


def without_degrees(name: str) -> tuple[str, tuple[str, ...]]:
    """The name as it is said, and the degrees behind it: ``Lars Holm MSc`` is Lars Holm, with an MSc."""
    degrees: tuple[str, ...] = ()
    while (found := _AT_THE_END.search(name)) and name[: found.start()].strip():
        name, degrees = name[: found.start()], (found.group().strip(" ,"), *degrees)
    return name, degrees


def is_web_page(text: str) -> bool:
    """Whether it is the address of a page."""
    return bool(_WEB.fullmatch(text.strip()))


def is_address(text: str) -> bool:
    """Whether it is a street, a postcode with its town, or a floor."""
    return bool(_ADDRESS.fullmatch(text.strip(" .,")))


def is_town(text: str) -> bool:
    """Whether it is a town or a country that is known by its name."""
    plain = " ".join(text.lower().split()).strip(" .,")
    return plain in _TOWNS or _AROUND.sub("", plain) in _TOWNS
